"""The working of a derivation: its formula with what the names stand for in their places."""

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


_PRINTED = {
    "+": Operator.PLUS,
    "-": Operator.MINUS,
    "*": Operator.TIMES,
    "/": Operator.OVER,
    "(": Operator.OPEN,
    ")": Operator.CLOSE,
}


def working(reckoned: DerivationResult) -> tuple[Input | Decimal | Operator, ...]:
    """The formula's parts in order: inputs, plain numbers, and printed operators."""
    parts: list[Input | Decimal | Operator] = []
    for token in _TOKEN.findall(reckoned.derivation.formula):
        if token in _PRINTED:
            parts.append(_PRINTED[token])
        elif token.isdigit():
            parts.append(Decimal(token))
        else:
            parts.append(reckoned.inputs[token])
    return tuple(parts)
