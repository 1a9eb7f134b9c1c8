"""What is made of claims: our own arithmetic, and charts."""

from collections.abc import Mapping
from dataclasses import dataclass

from explainer.dataset.model.texts import Pair


@dataclass(frozen=True, slots=True)
class Derivation:
    """Our own arithmetic: a formula over named inputs, shown with ``digits`` decimals.

    ``inputs`` maps a name of the formula to a claim (``figure/claim``), ``report:source/report``,
    ``rate:id`` or an earlier derivation (``=id``). ``display`` holds ``{value}``: the number, or
    the amount where there is a ``currency``. Negative ``digits`` round to tens, thousands ….
    """

    id: str
    figure: str
    label: Pair
    formula: str
    inputs: Mapping[str, str]
    digits: int
    display: Pair
    currency: str | None = None
    note: Pair | None = None


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One mark of a chart: the claim it draws and what the row is called."""

    ref: str
    label: Pair


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of claims that share one kind and one currency or unit."""

    id: str
    kind: str
    title: Pair
    description: Pair
    rows: tuple[ChartRow, ...]
