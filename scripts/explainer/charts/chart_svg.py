"""The picture of a chart that stands in the prose: its field, its rows, its scale."""

from decimal import Decimal

from explainer import urls
from explainer.charts import Bar, Dot, Drawing, Line, Mark, Row, Square, Tag, draw
from explainer.charts import svg as sheet_of
from explainer.data import Chart
from explainer.i18n import Localizer

WIDE, LEFT, RIGHT = 1200, 60, 1140
ZOOM = 1.5
"""Pixels down are drawn larger than on a page, as the picture is."""


def chart_picture(words: Localizer, chart: Chart, root: str) -> str:
    """The chart as SVG in the words' language."""
    title, about = words.text(chart.title), words.text(chart.description)
    drawing = draw(words.dataset, words.reckoned, chart)
    sheet = sheet_of.Sheet(LEFT, RIGHT, top=30)
    sheet.lines(title, 42, bold=True)
    sheet.skip(24)
    if drawing.field:
        for mark in drawing.field:
            _mark(sheet, words, mark)
        sheet.skip(drawing.high * ZOOM + 10)
    for row in drawing.rows:
        _row(sheet, words, chart, drawing, row)
    if drawing.scale:
        for tag in drawing.scale:
            _mark(sheet, words, tag)
        sheet.skip(44)
    sheet.skip(14)
    sheet.lines(about, 21, colour=sheet_of.QUIET)
    sheet.skip(12)
    sheet.lines(words.text(words.dataset.about.name), 22, bold=True)
    address = urls.absolute(root, words.language, urls.chart_page(chart.id))
    sheet.lines(address, 20, colour=sheet_of.QUIET)
    return sheet.picture(WIDE, words, title, about)


def _row(sheet: sheet_of.Sheet, words: Localizer, chart: Chart, drawing: Drawing, row: Row) -> None:
    about = chart.rows[row.number]
    colour = sheet_of.colour(row.shape)
    label = words.text(about.label)
    if about.date:
        label = words.string("chart.dated", date=words.date(about.date), label=label)
    numbers = [words.number_behind(one) for one in row.inputs]
    said = words.string("style.list").join(numbers)
    room = RIGHT - LEFT - 40 - (sheet_of.width(said, 27) if said else 0)
    sheet.skip(10)
    first = sheet.y
    lines = sheet_of.wrapped(label, 24, max(room, 420))
    for line in lines:
        sheet.skip(32)
        sheet.add(sheet_of.text(LEFT + 30, sheet.y, line, 24))
    sheet.add(sheet_of.shape(row.shape, LEFT + 8, first + 24, scale=0.8))
    if said:
        beside = room >= 420
        if not beside:
            sheet.skip(36)
        y = first + 32 if beside else sheet.y
        sheet.add(sheet_of.text(RIGHT, y, said, 27, bold=True, anchor="end", colour=colour))
    for step in about.steps:
        sheet.skip(32)
        sign, said_in = ("←", sheet_of.INK) if step.known else ("?", sheet_of.COLOURS["square"])
        sheet.add(sheet_of.text(LEFT + 60, sheet.y, sign, 22, colour=sheet_of.QUIET))
        for line in sheet_of.wrapped(words.text(step.text), 22, RIGHT - LEFT - 120):
            sheet.add(sheet_of.text(LEFT + 100, sheet.y, line, 22, colour=said_in))
            sheet.skip(30)
        sheet.skip(-30)
    if about.note:
        for line in sheet_of.wrapped(words.text(about.note), 20, RIGHT - LEFT - 40):
            sheet.skip(27)
            sheet.add(sheet_of.text(LEFT + 30, sheet.y, line, 20, colour=sheet_of.QUIET))
    if row.marks:
        sheet.skip(12)
        for mark in row.marks:
            _mark(sheet, words, mark)
        sheet.skip(row.high * ZOOM)


def _mark(sheet: sheet_of.Sheet, words: Localizer, mark: Mark) -> None:
    def x(place: Decimal) -> float:
        return sheet_of.along(place, LEFT, RIGHT)

    def y(down: int) -> float:
        return round(sheet.y + down * ZOOM, 2)

    match mark:
        case Dot():
            at = (x(mark.x), y(mark.y))
            sheet.add(sheet_of.shape(mark.shape, *at, scale=1.1, hollow=mark.hollow))
            sheet.add(sheet_of.lean(mark.lean, mark.shape, *at))
        case Bar():
            long = sheet_of.along(mark.wide, 0, RIGHT - LEFT)
            drawn = sheet_of.bar(
                x(mark.x), y(mark.y), long, mark.high * ZOOM, mark.shape, mark.style
            )
            sheet.add(drawn)
        case Square():
            left, side = LEFT + mark.x * ZOOM, 13 * ZOOM
            sheet.add(sheet_of.bar(left, y(mark.y), side, side, mark.shape, "solid"))
        case Line():
            sheet.add(sheet_of.stroke(x(mark.x1), y(mark.y1), x(mark.x2), y(mark.y2), mark))
        case Tag():
            colour = sheet_of.QUIET if mark.quiet else sheet_of.INK
            said = words.tag(mark.said)
            sheet.add(
                sheet_of.text(x(mark.x), y(mark.y), said, 20, colour=colour, anchor=mark.anchor)
            )
