"""The tables of phrases: one file a language, read by the tests of every implementation."""

from pathlib import Path
from typing import NamedTuple

from explainer.extract import Language, Quantity

FOLDER = Path(__file__).parent


class Phrase(NamedTuple):
    """One line: the phrase as printed, and what it reads as (``None``: it is refused)."""

    text: str
    reads: str | None


def table(language: Language) -> list[Phrase]:
    """All phrases of a language, in the order of the file."""
    lines = (FOLDER / f"phrases.{language}.txt").read_text("utf-8").splitlines()
    pairs = [line.rsplit(" | ", 1) for line in lines if line and not line.startswith("# ")]
    return [Phrase(text, None if reads == "-" else reads) for text, reads in pairs]


def brief(quantity: Quantity) -> str:
    """A quantity in the notation of the tables."""
    high = "" if quantity.value_max is None else f"..{quantity.value_max:f}"
    measure = quantity.currency or quantity.unit or ""
    bound = "" if quantity.bound == "exact" else str(quantity.bound)
    return " ".join(f"{quantity.kind} {quantity.value:f}{high} {measure} {bound}".split())
