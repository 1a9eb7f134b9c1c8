"""Arithmetic formulas: names, whole numbers, ``+ - * /`` and brackets, evaluated exactly."""

import ast
from collections.abc import Mapping
from fractions import Fraction


class BadFormula(ValueError):
    """The formula is no arithmetic over its inputs; the message says why."""


def evaluate(formula: str, inputs: Mapping[str, Fraction]) -> Fraction:
    """The exact value of ``formula`` over ``inputs``. Raises :class:`BadFormula`."""
    try:
        tree = ast.parse(formula, mode="eval")
    except SyntaxError as error:
        raise BadFormula(f"not a formula: {formula}") from error
    unused = set(inputs) - {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if unused:
        raise BadFormula(f"inputs that the formula does not use: {', '.join(sorted(unused))}")
    return _value(tree.body, inputs)


def _value(node: ast.expr, inputs: Mapping[str, Fraction]) -> Fraction:
    match node:
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return Fraction(number)
        case ast.Name(id=name):
            if name not in inputs:
                raise BadFormula(f"no input is called {name}")
            return inputs[name]
        case ast.BinOp(left=left, op=operator, right=right):
            one, other = _value(left, inputs), _value(right, inputs)
            match operator:
                case ast.Add():
                    return one + other
                case ast.Sub():
                    return one - other
                case ast.Mult():
                    return one * other
                case ast.Div():
                    if other == 0:
                        raise BadFormula("a division by zero")
                    return one / other
    raise BadFormula("only names, whole numbers, + - * / and brackets are allowed")
