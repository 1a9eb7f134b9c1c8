"""Load the data folder: YAML files in, a checked :class:`Dataset` or every fault out.

Faults are found in steps, each of which needs that the one before found none: files, YAML and
models; ids and references; then the rules of ``checks``, the registry of ids and the history.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from explainer.data import ids, schema, yaml_source
from explainer.data.checks import CHECKS
from explainer.data.dataset import Dataset
from explainer.data.errors import Code, DataError, DataErrors, did_you_mean
from explainer.data.fields import set_fields
from explainer.data.figures import Claim, Derivation, Statement
from explainer.data.schema import Place, Places
from explainer.data.sources import Mention


def load(data: Path, *, locked: bool = True) -> Dataset:
    """Read and check the data folder.

    Faults name files by their path below ``data``'s parent ("data/terms.yml"). With
    ``locked=False`` the registry of ids and the history are not held against the data; only the
    command that extends them loads so. Raises :class:`DataErrors` with all faults.
    """
    documents, problems = yaml_source.read_documents(data, schema.SINGLE, schema.FOLDERS)
    lock = ""
    if locked:
        lock, faults = yaml_source.read_list(data, yaml_source.IDS)
        problems += faults
    places, contents = Places(), dict[str, Any]()
    for name, document in documents.items():
        content, faults = schema.validate(document, name.partition("/")[0].removesuffix(".yml"))
        problems += faults
        contents[name] = content
    DataErrors.unless_empty(problems)
    for name, content in contents.items():
        problems += places.add(documents[name], content)
    problems += [*_check_names(places), *_link(places)]
    DataErrors.unless_empty(problems)
    dataset = _dataset(contents, places)
    problems += (one for check in CHECKS for one in check(dataset, places))
    if locked:
        problems += ids.check_lock(dataset, places, lock, f"{data.name}/{yaml_source.IDS}")
        problems += ids.check_history(dataset, places)
    DataErrors.unless_empty(problems)
    return dataset


def _check_names(places: Places) -> Iterator[DataError]:
    """Yield a fault for each value that is not an id of the sort that it has to be."""
    known = places.known
    known["figure or claim"] = {**known["figure"], **known["claim"]}
    rates = (rate for rate in known["rate"].values() if rate.value_max is None)
    known["period that has rates"] = {rate.period: rate for rate in rates}
    gone = {one.id for one in known["retired"].values()}
    order = {f"={name}": number for number, name in enumerate(known["derivation"])}
    for sort, place in places.names:
        target, name = _target(sort, place.value)
        if sort == "figure or claim" and name.partition("/")[0] in gone:
            continue
        expected = f"the id of a {target}"
        if name not in known[target]:
            expected += did_you_mean(known[target], name)
            yield place.problem(Code.UNKNOWN_REFERENCE, place.value, expected)
        elif (
            isinstance(place.owner, Derivation)
            and order.get(place.value, -1) >= order[f"={place.owner.id}"]
        ):
            expected += " that stands before it"
            yield place.problem(Code.UNKNOWN_REFERENCE, place.value, expected)


def _target(sort: str, name: str) -> tuple[str, str]:
    """Return the sort and name that a reference means: an input tells its sort by a prefix."""
    if sort != "input":
        return sort, name
    prefix, _, rest = name.partition(":")
    if prefix in ("report", "rate"):
        return prefix, rest
    return ("derivation", name[1:]) if name.startswith("=") else ("claim", name)


def _link(places: Places) -> Iterator[DataError]:
    """Put voices and mentions behind the ids that name them; yield a fault for each that fails."""
    voices = places.known["voice"]
    for place in places.entities.values():
        entry = place.value
        if isinstance(entry, Claim | Statement) and entry.voice_id in voices:
            set_fields(entry, voice=voices[entry.voice_id])
            if isinstance(entry, Claim):
                yield from _link_mentions(places, place, entry)


def _link_mentions(places: Places, place: Place, claim: Claim) -> Iterator[DataError]:
    voice, found = claim.voice, list[Mention]()
    for number, name in enumerate(claim.mention_ids):
        at = ("mentions", number)
        mention: Mention | None = places.known["mention"].get(f"{voice.source}/{name}")
        if mention is None:
            known = (
                one.id for one in places.known["mention"].values() if one.source == voice.source
            )
            expected = f"the id of a mention in {voice.source}{did_you_mean(known, name)}"
            yield place.problem(Code.UNKNOWN_REFERENCE, name, expected, at)
        elif not voice.speaks_in(mention.block):
            expected = f"a mention in {', '.join(voice.blocks)}, where {voice.id} speaks"
            yield place.problem(Code.VOICE_MISMATCH, name, expected, at)
        elif mention.quantity is None:
            yield place.problem(Code.UNREAD_MENTION, name, "a mention that was read", at)
        else:
            found.append(mention)
    if found:
        source = places.known["primary source"][voice.source]
        set_fields(claim, source=source, mentions=tuple(found), quantity=found[0].quantity)


def _dataset(contents: Mapping[str, Any], places: Places) -> Dataset:
    known = places.known
    topics = [*known["topic"]]
    by_topic = sorted(known["figure"].values(), key=lambda figure: topics.index(figure.topic))
    return Dataset(
        sources=known["primary source"],
        voices=known["voice"],
        digests=known["mentions file"],
        topics=known["topic"],
        themes=known["theme"],
        statements=known["statement"],
        figures={figure.id: figure for figure in by_topic},
        derivations=known["derivation"],
        charts=known["chart"],
        terms=known["term"],
        interface=contents["interface.yml"]["strings"],
        rates=known["rate"],
        grades=known["grade"],
        retired={(one.sort, one.id): one for one in known["retired"].values()},
        context=known["context source"],
        revisions=contents["revisions.yml"]["revisions"],
        about=contents["about.yml"]["about"],
    )
