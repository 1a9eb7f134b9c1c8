"""What the names of a formula stand for: claims, reports, rates and earlier derivations."""

from fractions import Fraction

from explainer.data.formula import evaluate
from explainer.data.model import Claim, Dataset, Derivation, Rate, Report

Input = Claim | Report | Rate | Derivation


def input_of(dataset: Dataset, ref: str) -> Input:
    """The thing that an input names. The assembly has proved that it exists."""
    sort, _, name = ref.partition(":")
    if sort == "report":
        return dataset.report(name)
    if sort == "rate":
        return dataset.rates[name]
    if ref.startswith("="):
        return dataset.derivations[ref.removeprefix("=")]
    return dataset.claim(ref)


def exact(dataset: Dataset, derivation: Derivation) -> Fraction:
    """The derivation's exact result. Raises :class:`BadFormula`."""
    values = {name: _value(dataset, ref) for name, ref in derivation.inputs.items()}
    return evaluate(derivation.formula, values)


def _value(dataset: Dataset, ref: str) -> Fraction:
    match input_of(dataset, ref):
        case Derivation() as earlier:
            return exact(dataset, earlier)
        case Rate() as rate:
            return Fraction(rate.value)
        case Claim() | Report() as printed:
            return Fraction(printed.quantity.value)
