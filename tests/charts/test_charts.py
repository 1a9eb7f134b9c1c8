"""Charts as marks: every kind draws its numbers to scale, and its table has what is drawn."""

import csv
from copy import deepcopy
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from explainer.charts import Drawing, draw_chart, draw_range_plot
from explainer.charts.kinds import AXIS, COLUMN, position, round_scale
from explainer.charts.svg import Plot, Row
from explainer.data import Chart, ChartKind, Claim, Dataset, Report
from explainer.data.fields import set_fields
from explainer.export import SiteContext
from explainer.export.csv import csv_tables
from explainer.extract import parse

AMOUNTS = st.decimals(min_value="0.001", max_value="1e15", places=3)
NARROW = 3
"""Pixels of a hundredth of the narrowest sheet."""


@pytest.fixture(scope="module")
def drawn(to: SiteContext) -> list[tuple[Chart, Drawing]]:
    return [(c, draw_chart(to.words["zh"], c)) for c in to.dataset.charts.values()]


def marks_of(plot: Plot | None, name: str) -> list[dict[str, Decimal]]:
    """Return the lengths of a plot's marks of one sort, without their units."""
    tree = etree.fromstring(f"<svg>{plot.marks if plot else ''}</svg>")
    lengths = ("x", "y", "width", "height", "x1", "y1", "x2", "y2")
    return [
        {key: Decimal(mark.get(key, "0").removesuffix("%")) for key in lengths}
        for mark in tree.findall(name)
    ]


@given(AMOUNTS, AMOUNTS)
def test_a_scale_is_round_and_holds_both_ends(one: Decimal, other: Decimal) -> None:
    low, high, step = round_scale(min(one, other), max(one, other))
    assert low <= min(one, other)
    assert max(one, other) <= high
    assert low % step == high % step == 0
    assert 1 <= (high - low) / step <= 6
    assert 0 <= position(one, low, high) <= 100


def place_of(
    kind: ChartKind, drawing: Drawing, row: Row, number: int, index: int
) -> Decimal | None:
    """Return where, or how long, the mark of a row's number is; None where it is a text."""
    plot = row.plots[min(index, len(row.plots) - 1)] if row.plots else None
    match kind:
        case "bars" | "columns" if plot:
            place = marks_of(plot, "rect")[0]["width"] * Decimal(plot.width)
            if row.column:
                column = marks_of(row.column, "rect")[::-1][index]
                assert abs(column["height"] - place * COLUMN / 10000) <= 1
                assert column["y"] + column["height"] == row.column.height
            return place
        case "spread":
            return marks_of(plot, "svg")[index]["x"]
        case "waffle" if plot:
            return Decimal(plot.marks.count("M"))
        case "slopes" if index < 2:
            return -marks_of(drawing.field, "svg")[2 * number + index]["y"]
        case "timeline":
            ticks = [line for line in marks_of(drawing.field, "line") if line["x1"] == AXIS - 5]
            return ticks[number]["y1"]
    return None


def test_marks_stand_where_the_numbers_of_the_table_put_them(
    to: SiteContext, drawn: list[tuple[Chart, Drawing]]
) -> None:
    """Of every chart, each number of its table and the place of its mark lie on one line."""
    tables = dict(csv_tables(to))
    for chart, drawing in drawn:
        lines = iter(csv.DictReader(tables[f"charts/{chart.id}"].splitlines()))
        series: dict[int, list[tuple[Decimal, Decimal]]] = {}
        for row_number, row in enumerate(drawing.rows):
            for index in range(max(len(row.inputs), 1)):
                line = next(lines)
                assert line["label_en"] and line["label_zh"]
                assert bool(line["speaker_zh"]) == bool(row.inputs)
                number = Decimal(line["multiple"] or line["value"] or 0)
                if chart.kind == "timeline":
                    day = f"{line['date']}-01"[:10]
                    number = Decimal(date.fromisoformat(day).toordinal())
                elif chart.kind == "slopes":
                    number = number.log10()
                place = place_of(chart.kind, drawing, row, row_number, index)
                if place is not None:
                    own = index if chart.kind == "bars" else 0
                    series.setdefault(own, []).append((number, place))
        assert not next(lines, None), chart.id
        assert series or chart.kind in ("ring", "chain"), chart.id
        for pairs in series.values():
            (low, start), (high, end) = min(pairs), max(pairs)
            if chart.kind in ("bars", "columns", "waffle"):
                low, start = Decimal(0), Decimal(0)
            for number, place in pairs:
                expected = start + (end - start) * (number - low) / (high - low)
                room = Decimal("0.6") if chart.kind == "waffle" else (end - start) / 80
                assert abs(place - expected) <= room, (chart.id, number)


def test_marks_stay_on_the_sheet_and_apart(drawn: list[tuple[Chart, Drawing]]) -> None:
    for chart, drawing in drawn:
        plots = [plot for row in drawing.rows for plot in (*row.plots, row.column)]
        # The line of an average bridges the gaps between columns; a field may count in pixels.
        slack = Decimal(16 if chart.kind == "columns" else "0.01")
        limit = 300 if chart.kind == "ring" else 100
        for plot in (*plots, drawing.field):
            ends = [end for mark in marks_of(plot, "line") for end in (mark["x1"], mark["x2"])]
            ends += [mark["x"] + mark["width"] for mark in marks_of(plot, "rect")]
            ends += [mark["x"] for mark in marks_of(plot, "svg")]
            assert all(-slack <= end <= limit + slack for end in ends), chart.id
        for row in drawing.rows if chart.kind == "spread" else ():
            for one, other in combinations(marks_of(row.plots[0], "svg"), 2):
                across, down = abs(one["x"] - other["x"]) * NARROW, abs(one["y"] - other["y"])
                assert across >= 16 or down >= 16, chart.id


def test_only_our_own_arithmetic_wears_its_sign(dataset: Dataset) -> None:
    rows = [row for chart in dataset.charts.values() for row in chart.rows]
    signed = [row for row in rows if row.shape == "derived"]
    assert all(ref.startswith("=") for row in signed for ref in row.refs)


def test_a_range_plot_places_numbers_by_value(to: SiteContext) -> None:
    for figure in to.dataset.figures.values():
        plot = draw_range_plot(to.words["en"], figure)
        assert plot.rows[0].quantities[0] == figure.claims[0].quantity
        points: list[tuple[Decimal, Decimal]] = []
        converted = False
        for row in plot.rows:
            places = {mark["width"] for mark in marks_of(row.plots[0], "svg")}
            if row.shape != "open":
                points += zip((one.value for one in row.quantities), places, strict=True)
            for one, quantity in zip(row.inputs, row.quantities, strict=True):
                converted |= isinstance(one, Claim | Report) and one.quantity != quantity
            assert all(0 <= place <= 100 for place in places)
        assert [place for _, place in sorted(points)] == sorted(place for _, place in points)
        ticks = [tick["x"] for tick in marks_of(plot.scale, "text")]
        assert [ticks[0], ticks[-1]] == [0, 100]
        assert bool(plot.rates) == converted


def test_a_range_plot_of_dates_has_a_scale_of_years(to: SiteContext) -> None:
    figure = deepcopy(to.dataset.figures["jobs-created"])
    for claim, phrase in zip(figure.claims, ("July 2, 2021", "January 1, 2022"), strict=True):
        set_fields(claim, quantity=parse(phrase, "en").quantity)
    plot = draw_range_plot(to.words["zh"], figure)
    places = [marks_of(row.plots[0], "svg")[0]["width"] for row in plot.rows]
    assert places == [Decimal("49.91"), Decimal("66.67")]
