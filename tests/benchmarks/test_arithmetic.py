"""The benchmark's arithmetic, on made-up numbers."""

import pytest
from benchmarks.arithmetic import Spread, exponent, ratios, spread
from benchmarks.contest import Turn
from benchmarks.measuring import Cost
from benchmarks.report import Report, growth


def test_a_spread_is_the_median_with_the_least_and_the_most() -> None:
    assert spread([3.0, 1.0, 2.0]) == Spread(2.0, 1.0, 3.0)
    assert spread([4.0, 1.0]) == Spread(2.5, 1.0, 4.0)


def test_a_ratio_is_of_one_and_the_same_round() -> None:
    # A machine that is half as fast in the second round changes no ratio.
    assert ratios([2.0, 4.0, 9.0], [1.0, 2.0, 3.0]) == Spread(2.0, 2.0, 3.0)
    with pytest.raises(ValueError, match="shorter"):
        ratios([1.0, 2.0], [1.0])


@pytest.mark.parametrize("power", [0.0, 1.0, 1.5, 2.0])
def test_an_exponent_is_the_power_of_the_size(power: float) -> None:
    found = exponent({size: 3 * size**power for size in (200, 1_000, 4_000)})
    assert found == pytest.approx(power)


def test_one_size_tells_no_growth() -> None:
    assert exponent({200: 1.0}) is None


def test_growth_leaves_out_what_every_site_costs() -> None:
    costs = {size: Cost(1.0, cpu, 1, 1) for size, cpu in ((20, 9.0), (200, 2.0), (2_000, 20.0))}
    assert growth(costs) == pytest.approx(1.0)


def test_peers_are_held_against_our_process_and_floors_against_our_work() -> None:
    report = Report("2026-01-01", size=20)
    report.contest = {
        "ours": [Turn(Cost(6.0, 6.0, 1, 0), Cost(4.0, 4.0, 1, 9))],
        "floor": [Turn(Cost(5.0, 5.0, 1, 0), Cost(2.0, 2.0, 1, 9))],
        "peer": [Turn(Cost(3.0, 2.0, 1, 9))],
    }
    found = {name: (ours[0].wall, theirs[0].wall) for name, (ours, theirs) in report.pairs()}
    assert found == {"floor": (4.0, 2.0), "peer": (6.0, 3.0)}


def test_what_failed_is_told_in_the_table() -> None:
    report = Report("2026-01-01", missing={"peer": "not installed: no such package"})
    assert "peer: not installed: no such package" in list(report.lines())
