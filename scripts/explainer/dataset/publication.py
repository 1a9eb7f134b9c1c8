"""The publication itself: its name and licence, its history, and the ids that left it."""

from collections.abc import Iterator, Mapping
from typing import Any

from explainer.dataset.assembly import Assembly, entries, optional_pair, pair, pick
from explainer.dataset.model import About, Action, Charter, Figure, Retired, Revision
from explainer.dataset.strict_yaml import Document, Path


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


def _charter(raw: Mapping[str, Any]) -> Charter:
    return Charter(raw["id"], pair(raw["name"]), raw["url"])


def revisions(assembly: Assembly, figures: Mapping[str, Figure]) -> Iterator[Revision]:
    """Every revision, in the order of the file."""
    document = assembly.documents["revisions.yml"]
    where = assembly.locator(document)
    value: Any = document.value
    claims = {claim.ref for figure in figures.values() for claim in figure.claims}
    known = dict.fromkeys([*figures, *claims], True)
    for index, raw in enumerate(value["revisions"]):
        path: Path = ("revisions", index)
        assembly.remember("revision", str(index), document, path)
        if Action(raw["action"]) is not Action.WITHDRAWN:
            pick(assembly, known, raw["about"], "figure or claim", where, (*path, "about"))
        yield Revision(
            raw["date"],
            raw["about"],
            Action(raw["action"]),
            raw.get("old"),
            raw.get("new"),
            optional_pair(raw.get("reason")),
        )


def retired(assembly: Assembly) -> Iterator[tuple[tuple[str, str], Retired]]:
    """Every retired id, by sort and name."""
    for raw, _, _ in entries(assembly, "retired.yml", "retired"):
        reason = optional_pair(raw.get("reason"))
        found = Retired(raw["sort"], raw["id"], raw["date"], raw.get("moved_to"), reason)
        yield (raw["sort"], raw["id"]), found
