"""The publication itself: its name and licence, its history, and the ids that left it."""

from collections.abc import Iterator, Mapping
from typing import Any

from explainer.data.assembly import LoadContext, entries, optional_pair, pair, pick
from explainer.data.model import About, Action, Figure, Retired, Revision, Standard
from explainer.data.strict_yaml import Document, Path
from explainer.extract import Kind


def about(document: Document) -> About:
    """The publication's name, version, licence and standard."""
    value: Any = document.value
    raw = value["about"]
    return About(
        raw["slug"],
        pair(raw["name"]),
        pair(raw["description"]),
        raw["version"],
        raw["published"],
        _charter(raw["licence"]),
        _charter(raw["accessibility"]),
    )


def _charter(raw: Mapping[str, Any]) -> Standard:
    return Standard(raw["id"], pair(raw["name"]), raw["url"])


def revisions(
    assembly: LoadContext,
    figures: Mapping[str, Figure],
    retired: Mapping[tuple[str, str], Retired],
) -> Iterator[Revision]:
    """Every revision, in the order of the file; what was retired keeps its own."""
    document = assembly.documents["revisions.yml"]
    where = assembly.locator(document)
    value: Any = document.value
    claims = {claim.ref for figure in figures.values() for claim in figure.claims}
    gone = {name for sort, name in retired if sort in ("figure", "claim")}
    known = dict.fromkeys([*figures, *claims, *gone], True)
    for index, raw in enumerate(value["revisions"]):
        path: Path = ("revisions", index)
        assembly.remember("revision", str(index), document, path)
        if raw["about"].partition("/")[0] not in gone:
            pick(assembly, known, raw["about"], "figure or claim", where, (*path, "about"))
        yield Revision(
            raw["date"],
            raw["about"],
            Action(raw["action"]),
            raw.get("old"),
            raw.get("new"),
            optional_pair(raw.get("reason")),
        )


def retired(assembly: LoadContext) -> Iterator[tuple[tuple[str, str], Retired]]:
    """Every retired id, by sort and name."""
    for raw, _, _ in entries(assembly, "retired.yml", "retired"):
        yield (
            (raw["sort"], raw["id"]),
            Retired(
                raw["sort"],
                raw["id"],
                raw["date"],
                pair(raw["label"]),
                raw.get("moved_to"),
                optional_pair(raw.get("reason")),
                raw.get("superseded_by"),
                Kind(raw["kind"]) if "kind" in raw else None,
                raw.get("figure"),
            ),
        )
