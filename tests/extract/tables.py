"""The tables of phrases and passages, which the tests of both implementations read."""

from collections.abc import Iterator
from pathlib import Path

from explainer.extract import Language, Quantity

FOLDER = Path(__file__).parent
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def phrases(language: Language) -> list[tuple[str, str | None]]:
    """Every phrase of a language with what it reads as (``None``: it is refused)."""
    lines = (FOLDER / f"phrases.{language}.txt").read_text("utf-8").splitlines()
    pairs = [line.rsplit(" | ", 1) for line in lines if line and not line.startswith("# ")]
    return [(text, None if reads == "-" else reads) for text, reads in pairs]


def passages(language: Language) -> Iterator[tuple[str, list[str]]]:
    """Every passage with the lines that say what is to be found in it."""
    for name in ("misread", "news", "press"):
        lines = (FOLDER / f"{name}.{language}.txt").read_text("utf-8").splitlines()
        lines = [line for line in lines if not line.startswith("# ")]
        starts = [at for at, line in enumerate(lines) if not line.startswith(" ")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            yield lines[start], [line.strip() for line in lines[start + 1 : end]]


def brief(quantity: Quantity | None) -> str:
    """A quantity in the notation of the tables."""
    if quantity is None:
        return "-"
    high = "" if quantity.value_max is None else f"..{quantity.value_max:f}"
    measure = quantity.currency or quantity.unit or ""
    bound = "" if quantity.bound == "exact" else str(quantity.bound)
    return " ".join(f"{quantity.kind} {quantity.value:f}{high} {measure} {bound}".split())
