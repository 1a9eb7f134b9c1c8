"""The steps of a derivation: its formula with inputs in place of their names."""

import re
from decimal import Decimal
from enum import StrEnum

from explainer.data import Input
from explainer.derive.derivations import DerivationResult

_TOKEN = re.compile(r"[a-z]+|[0-9]+|[-+*/()]")


class Operator(StrEnum):
    """An operator or bracket as it is printed."""

    PLUS = "+"
    MINUS = "−"
    TIMES = "×"
    OVER = "÷"
    OPEN = "("
    CLOSE = ")"


_OPERATORS = dict(zip("+-*/()", Operator, strict=True))


def formula_steps(result: DerivationResult) -> tuple[Input | Decimal | Operator, ...]:
    """Return the formula's parts in order: inputs, plain numbers, and printed operators."""
    steps: list[Input | Decimal | Operator] = []
    for token in _TOKEN.findall(result.derivation.formula):
        if token in _OPERATORS:
            steps.append(_OPERATORS[token])
        elif token.isdigit():
            steps.append(Decimal(token))
        else:
            steps.append(result.inputs[token])
    return tuple(steps)
