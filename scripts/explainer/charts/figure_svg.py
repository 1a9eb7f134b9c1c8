"""The picture of a figure: its claims on one scale, what others print below, source and address."""

from explainer import urls
from explainer.charts import Strip, Stroke, strip
from explainer.charts import svg as draw
from explainer.data import Claim, Figure
from explainer.i18n import Localizer

WIDE, LEFT, RIGHT = 1200, 70, 1130


def figure_picture(words: Localizer, figure: Figure, root: str) -> str:
    """The figure's strip as SVG in the words' language."""
    marks = strip(words.dataset, figure)
    title = words.text(figure.headline, figure)
    sheet = draw.Sheet(LEFT - 10, RIGHT + 20, top=30)
    sheet.lines(title, 42, bold=True)
    sheet.skip(6)
    sheet.lines(words.text(figure.label, figure), 25, colour=draw.QUIET)
    sheet.skip(20)
    top = sheet.y + 6
    for mark in marks.claims:
        _claim(sheet, words, mark, marks)
    if marks.context:
        _context(sheet, words, marks)
    _scale(sheet, words, marks, top)
    for rate in marks.rates:
        sheet.lines(words.rate(rate), 19, colour=draw.QUIET)
    sheet.skip(12)
    status = words.string(f"status.{figure.comparison.status}")
    sheet.lines(f"{status} · {words.text(words.dataset.about.name)}", 22, bold=True)
    address = urls.absolute(root, words.language, urls.figure_page(figure.id))
    sheet.lines(address, 20, colour=draw.QUIET)
    return sheet.picture(WIDE, words, title, words.text(figure.summary, figure))


def _claim(sheet: draw.Sheet, words: Localizer, mark: Stroke, marks: Strip) -> None:
    assert isinstance(mark.printed, Claim)
    shape = mark.printed.voice.shape
    colour = draw.COLOURS[shape]
    sheet.skip(44)
    sheet.add(draw.shape(shape, LEFT, sheet.y - 8, scale=0.9))
    voice = words.text(mark.printed.voice.label)
    sheet.add(draw.text(LEFT + 22, sheet.y, voice, 25, colour=colour))
    said = words.amount(mark.printed)
    sheet.add(draw.text(RIGHT, sheet.y, said, 29, bold=True, anchor="end"))
    sheet.skip(32)
    x = draw.along(mark.place, LEFT, RIGHT)
    if marks.from_zero:
        sheet.add(draw.line(LEFT, sheet.y, x, sheet.y, colour=colour, thick=4))
    sheet.add(draw.shape(shape, x, sheet.y, scale=1.15))
    sheet.add(draw.lean(mark.lean, shape, x, sheet.y))


def _context(sheet: draw.Sheet, words: Localizer, marks: Strip) -> None:
    sheet.skip(50)
    sheet.add(draw.shape("triangle", LEFT, sheet.y - 8, scale=0.9, hollow=True))
    said = words.string("strip.context", n=words.number_of(len(marks.context)))
    sheet.add(draw.text(LEFT + 22, sheet.y, said, 25, colour=draw.COLOURS["triangle"]))
    sheet.skip(32)
    for mark in marks.context:
        x = draw.along(mark.place, LEFT, RIGHT)
        sheet.add(draw.shape("triangle", x, sheet.y, scale=1.1, hollow=True))


def _scale(sheet: draw.Sheet, words: Localizer, marks: Strip, top: float) -> None:
    sheet.skip(34)
    for tick in marks.ticks:
        x = draw.along(tick.place, LEFT, RIGHT)
        sheet.under(draw.line(x, top, x, sheet.y, thick=1.5))
        anchor = "start" if tick.place < 5 else "end" if tick.place > 95 else "middle"
        said = words.bare(tick.quantity)
        sheet.add(draw.text(x, sheet.y + 26, said, 20, colour=draw.QUIET, anchor=anchor))
    sheet.skip(40)
