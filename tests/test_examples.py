"""The examples in docstrings are true."""

import doctest
import pkgutil
from importlib import import_module

import explainer


def test_examples_give_what_they_say() -> None:
    names = [module.name for module in pkgutil.walk_packages(explainer.__path__, "explainer.")]
    modules = [import_module(name) for name in names if not name.endswith("__main__")]
    results = [doctest.testmod(module) for module in modules]
    assert sum(result.attempted for result in results) > 0
    assert [result for result in results if result.failed] == []
