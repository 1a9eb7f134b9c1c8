"""The benchmark's invented figures are valid data, and its exponent is right."""

from pathlib import Path

import pytest

from benchmark import growth_exponent, write_checkout
from explainer.build import check


def test_invented_figures_load_without_errors(tmp_path: Path) -> None:
    write_checkout(tmp_path / "checkout", 20)
    dataset = check(tmp_path / "checkout")
    assert len(dataset.figures) == len(dataset.charts) == len(dataset.derivations) == 20
    assert {len(figure.claims) for figure in dataset.figures.values()} == {2}
    for language in ("en", "zh"):
        prose = (tmp_path / "checkout" / "docs" / language / "money.md").read_text("utf-8")
        assert prose.count("{{ fig(") == 6


@pytest.mark.parametrize("power", [0.0, 1.0, 2.0])
def test_the_exponent_is_the_power_of_the_size(power: float) -> None:
    found = growth_exponent({size: 3 * size**power for size in (200, 1_000, 4_000)})
    assert found == pytest.approx(power)
