"""The picture of a bar chart that stands in the prose."""

from explainer import addresses
from explainer.charts import bars
from explainer.dataset import Chart, Nature
from explainer.pictures import drawing as draw
from explainer.wording import Words

WIDE, LEFT, RIGHT = 1200, 60, 1140


def chart_picture(words: Words, chart: Chart, root: str) -> str:
    """The chart as SVG in the words' language."""
    title, about = words.text(chart.title), words.text(chart.description)
    sheet = draw.Sheet(LEFT, RIGHT, top=30)
    sheet.lines(title, 42, bold=True)
    sheet.skip(14)
    for row, bar in zip(chart.rows, bars(chart, words.dataset.claim), strict=True):
        shape, planned = bar.claim.voice.shape, bar.claim.nature is Nature.PLANNED
        sheet.skip(50)
        sheet.add(draw.text(LEFT, sheet.y, words.text(row.label), 25))
        said = words.amount(bar.claim)
        sheet.add(draw.text(RIGHT, sheet.y, said, 29, bold=True, anchor="end"))
        sheet.skip(16)
        length = draw.along(bar.length, 0, RIGHT - LEFT)
        sheet.add(draw.bar(LEFT, sheet.y, length, 30, shape, planned=planned))
        sheet.skip(62)
        sheet.add(draw.shape(shape, LEFT + 8, sheet.y - 7, scale=0.7))
        voice = words.text(bar.claim.voice.label)
        sheet.add(draw.text(LEFT + 26, sheet.y, voice, 21, colour=draw.COLOURS[shape]))
    sheet.skip(22)
    sheet.lines(about, 21, colour=draw.QUIET)
    sheet.skip(12)
    sheet.lines(words.text(words.dataset.about.name), 22, bold=True)
    address = addresses.absolute(root, words.language, addresses.chart_page(chart.id))
    sheet.lines(address, 20, colour=draw.QUIET)
    return sheet.picture(WIDE, words, title, about)
