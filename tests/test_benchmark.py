"""The benchmark's invented figures are valid data."""

from pathlib import Path

from benchmark import write_checkout
from explainer.build import check


def test_invented_figures_load_without_errors(tmp_path: Path) -> None:
    write_checkout(tmp_path / "checkout", 20)
    dataset = check(tmp_path / "checkout")
    assert len(dataset.figures) == len(dataset.charts) == len(dataset.derivations) == 20
    assert {len(figure.claims) for figure in dataset.figures.values()} == {2}
    for language in ("en", "zh"):
        prose = (tmp_path / "checkout" / "docs" / language / "money.md").read_text("utf-8")
        assert prose.count("{{ fig(") == 6
