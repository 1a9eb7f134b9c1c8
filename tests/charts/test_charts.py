"""Charts as marks: every kind draws its numbers to scale."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.charts import Drawing, Values, draw_chart, make_range_plot
from explainer.charts.marks import Bar, Dot, Line, Square, Tag
from explainer.charts.scales import position, round_scale
from explainer.data import Chart, ChartKind, Dataset
from explainer.derive import DerivationResult, evaluate_all

Results = dict[str, DerivationResult]
AMOUNTS = st.decimals(min_value="0.001", max_value="1e15", places=3)


@pytest.fixture(scope="module")
def results(dataset: Dataset) -> Results:
    return evaluate_all(dataset)


def charts_of(dataset: Dataset, *kinds: ChartKind) -> list[Chart]:
    found = [chart for chart in dataset.charts.values() if chart.kind in kinds]
    assert found
    return found


def marks_of(drawing: Drawing) -> list[object]:
    return [*drawing.field, *(mark for row in drawing.rows for mark in row.marks), *drawing.scale]


@given(AMOUNTS, AMOUNTS)
def test_a_scale_is_round_and_holds_both_ends(one: Decimal, other: Decimal) -> None:
    low, high, step = round_scale(min(one, other), max(one, other))
    assert low <= min(one, other)
    assert max(one, other) <= high
    assert low % step == high % step == 0
    assert 1 <= (high - low) / step <= 6
    assert 0 <= position(one, low, high) <= 100


def test_every_chart_stays_inside_its_width(dataset: Dataset, results: Results) -> None:
    for chart in dataset.charts.values():
        drawing = draw_chart(dataset, results, chart)
        assert [row.number for row in drawing.rows] == list(range(len(chart.rows)))
        for mark in marks_of(drawing):
            match mark:
                case Dot() | Tag():
                    assert 0 <= mark.x <= 100, chart.id
                case Bar():
                    assert 0 <= mark.x <= mark.x + mark.width <= Decimal("100.01"), chart.id
                case Line():
                    assert 0 <= min(mark.x1, mark.x2) <= max(mark.x1, mark.x2) <= 100, chart.id


def test_bars_are_as_long_as_their_numbers(dataset: Dataset, results: Results) -> None:
    for chart in charts_of(dataset, ChartKind.BARS, ChartKind.STACK):
        values = Values(dataset, results, chart)
        numbers = [values.value(one) for one in values.first_inputs()]
        whole = max(numbers) if chart.kind is ChartKind.BARS else sum(numbers)
        bars = [mark for mark in marks_of(draw_chart(dataset, results, chart)) if type(mark) is Bar]
        for number, bar in zip(numbers, bars, strict=True):
            assert abs(bar.width - number * 100 / whole) <= Decimal("0.005")


def test_a_waffle_has_a_square_for_each_share(dataset: Dataset, results: Results) -> None:
    for chart in charts_of(dataset, ChartKind.WAFFLE):
        values = Values(dataset, results, chart)
        squares = draw_chart(dataset, results, chart).field
        assert all(isinstance(square, Square) for square in squares)
        shares = [values.value(one) / (chart.each or 1) for one in values.first_inputs()]
        assert len(squares) == sum(int(share.to_integral_value()) for share in shares)


def test_a_point_on_a_guide_has_its_multiple(dataset: Dataset, results: Results) -> None:
    """On logarithmic axes a guide is straight and runs through every pair of its ratio."""
    for chart in charts_of(dataset, ChartKind.POWER):
        drawing = draw_chart(dataset, results, chart)
        lines = [mark for mark in drawing.field if isinstance(mark, Line)]
        guides = [line for line in lines if line.style == "guide"]
        assert len(guides) == len(chart.guides) > 0
        slopes = {round((g.y2 - g.y1) / float(g.x2 - g.x1), 1) for g in guides}
        assert max(slopes) - min(slopes) <= 0.11


def test_a_range_plot_places_claims_by_value(dataset: Dataset) -> None:
    for figure in dataset.figures.values():
        plot = make_range_plot(dataset, figure)
        assert plot.claims[0].conversion is None
        points = sorted((*plot.claims, *plot.context), key=lambda point: point.quantity.value)
        assert [p.place for p in points] == sorted(p.place for p in points)
        assert plot.ticks[0].place == 0
        assert plot.ticks[-1].place == 100
        assert all(0 <= point.place <= 100 for point in points)
        is_converted = any(p.conversion for p in (*plot.claims, *plot.context))
        assert bool(plot.rates) == is_converted
