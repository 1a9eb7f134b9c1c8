"""Charts as marks: every kind draws its numbers to scale, and its table has what is drawn."""

import csv
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from explainer.charts import Drawing, draw_chart, make_range_plot
from explainer.charts.kinds import COLUMN
from explainer.charts.marks import Bar, Dot, Line, Mark, Row
from explainer.charts.scales import position, round_scale
from explainer.data import Chart, ChartKind, Dataset
from explainer.export import SiteContext
from explainer.export.csv import csv_tables

AMOUNTS = st.decimals(min_value="0.001", max_value="1e15", places=3)
NARROW = 3
"""Pixels of a hundredth of the narrowest sheet."""


@pytest.fixture(scope="module")
def drawn(to: SiteContext) -> list[tuple[Chart, Drawing]]:
    return [(c, draw_chart(to.dataset, to.results, c)) for c in to.dataset.charts.values()]


def all_marks(drawing: Drawing) -> list[Mark]:
    plots = [plot for row in drawing.rows for plot in row.plots]
    columns = [row.column for row in drawing.rows if row.column]
    return [
        *drawing.field,
        *drawing.upright,
        *(m for plot in (*plots, *columns) for m in plot.marks),
    ]


@given(AMOUNTS, AMOUNTS)
def test_a_scale_is_round_and_holds_both_ends(one: Decimal, other: Decimal) -> None:
    low, high, step = round_scale(min(one, other), max(one, other))
    assert low <= min(one, other)
    assert max(one, other) <= high
    assert low % step == high % step == 0
    assert 1 <= (high - low) / step <= 6
    assert 0 <= position(one, low, high) <= 100


def place_of(kind: ChartKind, drawing: Drawing, row: Row, index: int) -> Decimal | None:
    """Return where, or how long, the mark of a row's number is; None where it is a text."""
    dots = [mark for mark in drawing.field if isinstance(mark, Dot)]
    ticks = [mark for mark in drawing.upright if isinstance(mark, Line) and mark.style == "tick"]
    plot = row.plots[min(index, len(row.plots) - 1)] if row.plots else None
    bars = [mark for mark in plot.marks if isinstance(mark, Bar)] if plot else []
    match kind:
        case ChartKind.BARS | ChartKind.COLUMNS if plot:
            place = bars[0].width * plot.width
            if row.column:
                column = [m for m in row.column.marks if isinstance(m, Bar)][::-1][index]
                assert abs(column.height - place * COLUMN / 10000) <= 1
                assert column.y + column.height == row.column.height
            return place
        case ChartKind.SPREAD if plot:
            return [mark.x for mark in plot.marks if isinstance(mark, Dot)][index]
        case ChartKind.WAFFLE if plot:
            return Decimal(len(plot.marks))
        case ChartKind.SLOPES if index < 2:
            return Decimal(-dots[2 * row.number + index].y)
        case ChartKind.TIMELINE:
            return ticks[row.number].x1
    return None


def test_marks_stand_where_the_numbers_of_the_table_put_them(
    to: SiteContext, drawn: list[tuple[Chart, Drawing]]
) -> None:
    """Of every chart, each number of its table and the place of its mark lie on one line."""
    tables = dict(csv_tables(to))
    for chart, drawing in drawn:
        lines = iter(csv.DictReader(tables[f"charts/{chart.id}"].splitlines()))
        series: dict[int, list[tuple[Decimal, Decimal]]] = {}
        for row in drawing.rows:
            for index in range(max(len(row.inputs), 1)):
                line = next(lines)
                assert line["label_en"] and line["label_zh"]
                assert bool(line["speaker_zh"]) == bool(row.inputs)
                number = Decimal(line["multiple"] or line["value"] or 0)
                if chart.kind is ChartKind.TIMELINE:
                    day = f"{line['date']}-01"[:10]
                    number = Decimal(date.fromisoformat(day).toordinal())
                elif chart.kind is ChartKind.SLOPES:
                    number = number.log10()
                place = place_of(chart.kind, drawing, row, index)
                if place is not None:
                    own = index if chart.kind is ChartKind.BARS else 0
                    series.setdefault(own, []).append((number, place))
        assert not next(lines, None), chart.id
        assert series or chart.kind in (ChartKind.RING, ChartKind.CHAIN), chart.id
        for pairs in series.values():
            (low, start), (high, end) = min(pairs), max(pairs)
            if chart.kind in (ChartKind.BARS, ChartKind.COLUMNS, ChartKind.WAFFLE):
                low, start = Decimal(0), Decimal(0)
            for number, place in pairs:
                expected = start + (end - start) * (number - low) / (high - low)
                room = Decimal("0.6") if chart.kind is ChartKind.WAFFLE else (end - start) / 80
                assert abs(place - expected) <= room, (chart.id, number)


def test_the_page_of_a_chart_has_a_table_of_all_that_is_drawn(
    built: Path, to: SiteContext, drawn: list[tuple[Chart, Drawing]]
) -> None:
    for chart, drawing in drawn:
        page = html.parse(built / "charts" / chart.id / "index.html")
        rows = page.xpath("//*[@id='chart-table']/tbody/tr")
        for row, cells in zip(drawing.rows, rows, strict=True):
            shown = " ".join(cells.text_content().split())
            for one in row.inputs:
                assert to.words["en"].format_input(one) in shown
            for multiple in row.plotted:
                assert to.words["en"].format_unhedged(multiple) in shown


def test_marks_stay_on_the_sheet_and_apart(drawn: list[tuple[Chart, Drawing]]) -> None:
    for chart, drawing in drawn:
        for mark in all_marks(drawing):
            ends: list[Decimal] = []
            if isinstance(mark, Line):
                ends = [mark.x1, mark.x2]
            elif isinstance(mark, Bar):
                ends = [mark.x, mark.x + mark.width]
            # The line of an average bridges the gaps between columns.
            slack = Decimal(16 if chart.kind is ChartKind.COLUMNS else "0.01")
            assert all(-slack <= end <= 100 + slack for end in ends), chart.id
        for row in drawing.rows if chart.kind is ChartKind.SPREAD else ():
            dots = [mark for mark in row.plots[0].marks if isinstance(mark, Dot)]
            for one, other in combinations(dots, 2):
                across, down = abs(one.x - other.x) * NARROW, abs(one.y - other.y)
                assert across >= 16 or down >= 16, chart.id


def test_only_our_own_arithmetic_wears_its_sign(dataset: Dataset) -> None:
    rows = [row for chart in dataset.charts.values() for row in chart.rows]
    signed = [row for row in rows if row.shape == "derived"]
    assert all(ref.startswith("=") for row in signed for ref in row.refs)


def test_a_range_plot_places_claims_by_value(dataset: Dataset) -> None:
    for figure in dataset.figures.values():
        plot = make_range_plot(dataset, figure)
        assert plot.claims[0].conversion is None
        points = sorted((*plot.claims, *plot.context), key=lambda point: point.quantity.value)
        assert [p.place for p in points] == sorted(p.place for p in points)
        assert plot.ticks[0].x == 0
        assert plot.ticks[-1].x == 100
        assert all(0 <= point.place <= 100 for point in points)
        is_converted = any(p.conversion for p in (*plot.claims, *plot.context))
        assert bool(plot.rates) == is_converted
