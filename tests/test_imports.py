"""Packages import only from those before them, and no module imports itself through others."""

import ast
from graphlib import TopologicalSorter

from tests.conftest import ROOT

ORDER = (
    "limits files extract urls data config derive i18n charts export site verify build cli".split()
)


def imported_by(source: str, modules: dict[str, int]) -> set[str]:
    """The modules that a source imports from, at its head or inside a function."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    assert not any(node.level for node in nodes), "imports name their package"
    named = [(str(node.module), alias.name) for node in nodes for alias in node.names]
    found = {f"{base}.{name}" if f"{base}.{name}" in modules else base for base, name in named}
    return found & modules.keys()


def test_imports_run_in_one_direction() -> None:
    sources: dict[str, str] = {}
    for path in (ROOT / "scripts").glob("explainer/**/*.py"):
        parts = path.relative_to(ROOT / "scripts").with_suffix("").parts
        sources[".".join(parts).removesuffix(".__init__")] = path.read_text("utf-8")
    ranks = {n: ORDER.index(n.split(".")[1]) for n in sources if n.count(".") and "__" not in n}
    graph = {name: imported_by(sources[name], ranks) for name in ranks}
    assert sum(map(len, graph.values())) > 100
    TopologicalSorter(graph).prepare()  # raises CycleError
    assert [(a, b) for a in graph for b in graph[a] if ranks[b] > ranks[a]] == []
