"""Social cards, 1200 × 630: the page's title, its numbers with their voices, the site's name."""

from collections.abc import Iterator, Sequence

from explainer.charts import svg
from explainer.data import Claim
from explainer.i18n import Localizer

SIZE = (1200, 630)
LEFT, RIGHT = 70, 1130
_TITLE_SIZES = (68, 60, 52, 46, 40)
"""Largest first; the first in which the title fits three lines is used."""


def draw_social_card(words: Localizer, title: str, about: str, claims: Sequence[Claim]) -> str:
    """Draw the social card of a page: its title, and the first three claims it rests on."""
    width = RIGHT - LEFT
    name = words.text(words.dataset.about.name)
    parts = [svg.draw_text(LEFT, 92, name, 30, bold=True, colour=svg.QUIET)]
    for number, shape in enumerate(("circle", "diamond", "square")):
        parts.append(svg.draw_shape(shape, RIGHT - 76 + 38 * number, 82, scale=1.2))
    fitting = (size for size in _TITLE_SIZES if len(svg.wrap_text(title, size, width)) <= 3)
    size = next(fitting, _TITLE_SIZES[-1])
    y = 120.0
    for line in svg.wrap_text(title, size, width)[:4]:
        y += size * 1.28
        parts.append(svg.draw_text(LEFT, y, line, size, bold=True))
    if claims:
        parts += _draw_claims(words, claims[:3])
    else:
        y += 24
        for line in svg.wrap_text(about, 30, width)[: int((560 - y) // 42)]:
            y += 42
            parts.append(svg.draw_text(LEFT, y, line, 30, colour=svg.QUIET))
    parts.append(f'<rect x="0" y="612" width="1200" height="18" fill="{svg.INK}"/>')
    return svg.make_document(SIZE, words, title, about, "".join(parts))


def _draw_claims(words: Localizer, claims: Sequence[Claim]) -> Iterator[str]:
    room = (RIGHT - LEFT) / len(claims)
    widest = max(svg.text_width(words.format_claim(claim), 1) for claim in claims)
    size = round(min(46.0, (room - 30) / widest), 1)
    yield svg.draw_line(LEFT, 430, RIGHT, 430)
    for number, claim in enumerate(claims):
        x, shape = LEFT + room * number, claim.voice.shape
        amount, colour = words.format_claim(claim), svg.COLOURS[shape]
        yield svg.draw_text(x, 500, amount, size, bold=True, colour=colour)
        yield svg.draw_shape(shape, x + 10, 541, scale=0.9)
        voice = words.text(claim.voice.short)
        yield svg.draw_text(x + 32, 550, voice, 26, colour=svg.QUIET)
