"""Arithmetic formulas: names, whole numbers, ``+ - * /`` and brackets, evaluated exactly."""

import ast
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction


class BadFormula(ValueError):
    """The formula is no arithmetic over its inputs; the message says why."""


_OPERATORS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def evaluate(formula: str, inputs: Mapping[str, Fraction]) -> Fraction:
    """Return the exact value of ``formula`` over ``inputs``. Raises :class:`BadFormula`."""
    try:
        tree = ast.parse(formula, mode="eval")
    except (SyntaxError, MemoryError, RecursionError) as error:
        raise BadFormula(f"not a formula: {formula}") from error
    unused = set(inputs) - {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if unused:
        raise BadFormula(f"inputs that the formula does not use: {', '.join(sorted(unused))}")
    try:
        return _value(tree.body, inputs)
    except ZeroDivisionError as error:
        raise BadFormula("a division by zero") from error


def _value(node: ast.expr, inputs: Mapping[str, Fraction]) -> Fraction:
    match node:
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return Fraction(number)
        case ast.Name(id=name):
            if name not in inputs:
                raise BadFormula(f"no input is called {name}")
            return inputs[name]
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_value(left, inputs), _value(right, inputs))
    raise BadFormula("only names, whole numbers, + - * / and brackets are allowed")
