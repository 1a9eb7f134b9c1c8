"""Share pictures, 1200 × 630: the finding, the numbers with their voices, the name of the site."""

from collections.abc import Sequence

from explainer.charts import svg as draw
from explainer.data import Claim
from explainer.i18n import Localizer

SIZE = (1200, 630)
LEFT, RIGHT = 70, 1130
_SIZES = (68, 60, 52, 46, 40)
"""Type sizes for the finding, largest first; the first that fits three lines is used."""


def share_picture(words: Localizer, title: str, about: str, claims: Sequence[Claim]) -> str:
    """The share picture of a page: its title, and the first three claims it rests on."""
    name = words.text(words.dataset.about.name)
    parts = [draw.text(LEFT, 92, name, 30, bold=True, colour=draw.QUIET)]
    for number, shape in enumerate(("circle", "diamond", "square")):
        parts.append(draw.shape(shape, RIGHT - 76 + 38 * number, 82, scale=1.2))
    size = next((s for s in _SIZES if len(draw.wrapped(title, s, RIGHT - LEFT)) <= 3), _SIZES[-1])
    y = 120.0
    for one in draw.wrapped(title, size, RIGHT - LEFT)[:4]:
        y += size * 1.28
        parts.append(draw.text(LEFT, y, one, size, bold=True))
    if claims:
        parts += _numbers(words, claims[:3])
    else:
        y += 24
        for one in draw.wrapped(about, 30, RIGHT - LEFT)[: int((560 - y) // 42)]:
            y += 42
            parts.append(draw.text(LEFT, y, one, 30, colour=draw.QUIET))
    parts.append(f'<rect x="0" y="612" width="1200" height="18" fill="{draw.INK}"/>')
    return draw.picture(SIZE, words.language, words.lang, title, about, "".join(parts))


def _numbers(words: Localizer, claims: Sequence[Claim]) -> list[str]:
    room = (RIGHT - LEFT) / len(claims)
    widest = max(draw.width(words.amount(claim), 1) for claim in claims)
    size = round(min(46.0, (room - 30) / widest), 1)
    parts = [draw.line(LEFT, 430, RIGHT, 430)]
    for number, claim in enumerate(claims):
        x, shape = LEFT + room * number, claim.voice.shape
        said = words.amount(claim)
        parts.append(draw.text(x, 500, said, size, bold=True, colour=draw.COLOURS[shape]))
        parts.append(draw.shape(shape, x + 10, 541, scale=0.9))
        voice = words.text(claim.voice.short)
        parts.append(draw.text(x + 32, 550, voice, 26, colour=draw.QUIET))
    return parts
