"""Data files written in another way hold the same dataset."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from explainer.data import Dataset, load

Vary = Callable[[Path], None]


def every_file(change: Callable[[str], str], names: str = "*.[yl]*") -> Vary:
    def vary(data: Path) -> None:
        for path in data.rglob(names):
            path.write_bytes(change(path.read_bytes().decode("utf-8")).encode("utf-8"))

    return vary


def through_yaml(write_out: Callable[[Any], str]) -> Vary:
    return every_file(lambda text: write_out(yaml.load(text, yaml.BaseLoader)), "*.yml")


def reverse_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: reverse_keys(value[key]) for key in reversed(value)}
    return [reverse_keys(one) for one in value] if isinstance(value, list) else value


def split_figures(data: Path) -> None:
    value = yaml.load((data / "figures/hit.yml").read_text("utf-8"), yaml.BaseLoader)
    (data / "figures/hit.yml").unlink()
    for number, figure in enumerate(value["figures"]):
        (data / f"figures/hit-{number}.yml").write_text(json.dumps({"figures": [figure]}), "utf-8")


SAME: dict[str, Vary] = {
    "line ends of Windows": every_file(lambda text: text.replace("\n", "\r\n")),
    "no last line end": every_file(lambda text: text.rstrip("\n")),
    "every character escaped": through_yaml(json.dumps),
    "keys in another order": through_yaml(lambda value: json.dumps(reverse_keys(value))),
    "a file for each figure": split_figures,
}


@pytest.mark.parametrize("variant", SAME)
def test_the_way_of_writing_changes_no_value(data: Path, dataset: Dataset, variant: str) -> None:
    SAME[variant](data)
    assert load(data) == dataset
