"""Load the data folder: YAML files in, a checked :class:`Dataset` or every fault out.

Each file is held against its model and what it refers to. The rules of ``checks``, the registry of
ids and the history then run wherever the files that they read are right, so that faults of one file
hide few of another and have no followers.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from explainer.data import ids, yaml_source
from explainer.data.checks import CHECKS
from explainer.data.dataset import Dataset
from explainer.data.errors import Code, DataError, DataErrors
from explainer.data.fields import LANGUAGES, Entity, Index, Known, set_fields
from explainer.data.models import FOLDERS, SINGLE, MentionsFile, adapter, json_schema
from explainer.data.yaml_source import Document, Place
from explainer.limits import FILE_ERRORS

_NOTHING: Mapping[str, Any] = defaultdict(tuple)
"""The content of a file that is not right."""
_NESTED = ("claims", "reports", "mentions")
"""Lists of entries whose ids are unique within the entry, or file, around them."""


def load(data: Path, *, locked: bool = True, changes: Mapping[str, bytes] | None = None) -> Dataset:
    """Read and check the data folder.

    Faults name files by their path below ``data``'s parent ("data/terms.yml"). With
    ``locked=False`` the registry of ids and the history are not held against the data; only the
    command that extends them loads so. Files count as if they held what ``changes`` gives for
    them. Raises :class:`DataErrors` with all faults.
    """
    singles = (*SINGLE, yaml_source.IDS) if locked else SINGLE
    files, problems = yaml_source.read_files(data, singles, FOLDERS)
    files |= changes or {}
    return _load(data.name, tuple(files.items()), tuple(problems), locked)


@lru_cache(maxsize=1)
def _load(
    folder: str,
    files: tuple[tuple[str, bytes], ...],
    problems: tuple[DataError, ...],
    locked: bool,
) -> Dataset:
    """Return what the files hold; a build loads the same files more than once."""
    found, lock = [*problems], ""
    documents = dict[str, Document]()
    for name, content in files:
        if name == yaml_source.IDS:
            lock, faults = yaml_source.decode(content, f"{folder}/{name}")
        else:
            document, faults = yaml_source.parse(content, f"{folder}/{name}")
            if document:
                documents[name] = document
        found += faults
    path = f"{folder}/{yaml_source.IDS}"
    is_complete = not found  # what is missing would bring a fault for each reference to it
    lines, faults = ids.read_lock(lock, path)
    index, repeated = _index(documents)
    found += [*repeated, *faults]
    broken, doubtful = {"ids"} if faults else set[str](), set[str]()
    contents = dict[str, Any]()
    for name, document in documents.items():
        form = name.partition("/")[0].removesuffix(".yml")
        blanks = form in ("interface", "derivations")
        context = Known(index, blanks) if is_complete else None
        contents[name], faults = validate(document, form, context)
        found += faults
        if contents[name] is None or any(one.path == document.path for one in repeated):
            broken.add(form)
            contents[name] = _NOTHING
        elif not _only_texts(faults):
            doubtful.add(form)
    if not is_complete:
        raise DataErrors(found)
    dataset = _dataset(contents)
    is_readable = not broken & {"sources", "mentions"}
    faults = [*_link(dataset, index)] if is_readable else []
    found += faults
    if faults or doubtful or not is_readable:
        broken |= {"links", *doubtful}
    steps = [*CHECKS]
    if locked:
        steps.append((partial(ids.check_lock, locked=lines, path=path), ids.NAMING, ""))
        steps.append((ids.check_history, frozenset({"links", "revisions"}), ""))
    for check, needed, result in steps:
        faults = [] if needed & broken else [*check(dataset, index)]
        found += faults
        if needed & broken or not _only_texts(faults):
            broken.add(result)
    DataErrors.unless_empty(found)
    return dataset


def _only_texts(faults: Iterable[DataError]) -> bool:
    """Return whether what the faults are in can be read nevertheless."""
    return all(one.code in (Code.TYPED_DIGIT, Code.PAIR_MISMATCH) for one in faults)


def _index(documents: Mapping[str, Document]) -> tuple[Index, list[DataError]]:
    """Return where every id of the files stands, valid or not, and a fault for each repeated id."""
    found, problems = Index(dict), list[DataError]()
    for path, document in documents.items():
        value: Any = document.value
        outer = value.get("source", "") if isinstance(value, dict) else ""
        for key, around, place, entry in _entries(Place(document, ()), value, outer):
            sort, name = key.removesuffix("s"), entry["id"]
            if key in _NESTED:
                name = f"{around}/{name}"
            elif sort == "retired":
                name = f"{entry.get('sort')} {name}"
            elif sort == "source":
                kind = "context source" if path.startswith("context/") else "primary source"
                found[kind][name] = place
            elif sort == "rate" and "value_max" not in entry:
                found["period that has rates"][str(entry.get("period"))] = place
            first = found[sort].setdefault(name, place)
            if first is not place:
                line, _ = first.document.place(first.path)
                expected = f"an id of its own ({first.document.path}:{line} has it)"
                problems.append(place.problem(Code.DUPLICATE_ID, entry["id"], expected, ("id",)))
        if path.startswith("mentions/") and path != f"mentions/{outer}.yml":
            expected = f"{Path(path).stem}, as the file is called"
            problems.append(Place(document, ("source",)).problem(Code.BAD_VALUE, outer, expected))
    return found, problems


def _entries(
    place: Place, value: Any, around: str
) -> Iterator[tuple[str, str, Place, dict[str, Any]]]:
    """Yield every entry with an id in a list below a value.

    Gives the list's key, the id of the entry around it, its place, and the entry.
    """
    for key, below in value.items() if isinstance(value, dict) else ():
        for number, entry in enumerate(below if isinstance(below, list) else ()):
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                there = Place(place.document, (*place.path, key, number))
                yield key, around, there, entry
                yield from _entries(there, entry, entry["id"])


def validate(document: Document, form: str, known: Known | None) -> tuple[Any, list[DataError]]:
    """Return the file's content as its model says, and everything that is wrong.

    The content is ``None`` where a form is wrong, and not only a meaning. Without ``known``,
    references are not looked up.
    """
    problems = list[DataError]()
    try:
        content = adapter(form).validate_python(document.value, context=known)
    except ValidationError as error:
        if error.error_count() > FILE_ERRORS:
            count, few = (
                f"{error.error_count():,} errors",
                f"at most {FILE_ERRORS:,} in a file",
            )
            return None, [Place(document, ()).problem(Code.TOO_LARGE, count, few)]
        errors = [one for one in error.errors(include_url=False) if not _is_echo(one)]
        problems += (fault for one in errors for fault in _faults(document, form, one))
        if any(one["type"] != "meaning" for one in errors):
            return None, problems
        content = adapter(form).validate_python(document.value)
    return (dict(content) if isinstance(content, BaseModel) else content), problems


def _is_echo(error: ErrorDetails) -> bool:
    """Return whether a list counts as too short only because its items are wrong."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


_TYPES = {
    **dict.fromkeys(("dataclass_type", "dict_type", "mapping_type", "model_type"), "a mapping"),
    **dict.fromkeys(("tuple_type", "list_type"), "a list"),
    **dict.fromkeys(("string_type", "enum", "literal_error"), "a text"),
}


def _faults(document: Document, form: str, error: ErrorDetails) -> Iterator[DataError]:
    """Yield in our own words what pydantic found."""
    path, found, limits = error["loc"], error["input"], error.get("ctx", {})
    if "faults" in limits:
        for fault in limits["faults"]:
            shown = fault.found or ", ".join(found)
            place = Place(document, path)
            yield place.problem(fault.code, shown, fault.expected, fault.below, fault.known)
        return
    code, expected, known = Code.BAD_VALUE, error["msg"], list[str]()
    shown = found if isinstance(found, str) else f"a {type(found).__name__}"
    at_key = path[-1:] == ("[key]",)
    path = path[:-1] if at_key else path
    match error["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            code, shown, at_key = Code.UNKNOWN_KEY, str(path[-1]), True
            parts = (json_schema(form), *json_schema(form)["$defs"].values())
            known = [key for part in parts for key in part.get("properties", {})]
            expected = f"a key of {form}.json"
        case "missing":
            code = Code.NO_TRANSLATION if path[-1] in LANGUAGES else Code.MISSING_KEY
            path, shown, expected = path[:-1], ", ".join(found), f"the key {path[-1]!r} as well"
        case "enum" | "literal_error" if isinstance(found, str):
            code = Code.UNKNOWN_KEY if at_key else code
            known = re.findall("'([^']*)'", limits["expected"])
            expected = f"one of {', '.join(known)}"
        case "string_pattern_mismatch":
            expected = f"a match for {limits['pattern']}"
        case "string_too_short" | "too_short" if not found:
            code, shown, expected = Code.EMPTY, "", "something here"
        case name if name in _TYPES:
            code, expected = Code.WRONG_TYPE, _TYPES[name]
    yield Place(document, path).problem(code, shown, expected, (), known, at_key=at_key)


_T = TypeVar("_T", bound=Entity)


def _by_id(entries: Iterable[_T]) -> dict[str, _T]:
    return {entry.id: entry for entry in entries}


def _dataset(contents: Mapping[str, Any]) -> Dataset:
    """Return the dataset of all files; figures stand in the order of the topics."""

    def list_all(key: str, where: str) -> list[Any]:
        return [one for name in contents if name.startswith(where) for one in contents[name][key]]

    sources = list_all("sources", "sources.yml")
    topics = _by_id(list_all("topics", "topics.yml"))
    figures = list_all("figures", "figures/")
    retired = list_all("retired", "retired.yml")
    order = {topic: number for number, topic in enumerate(topics)}
    return Dataset(
        sources=_by_id(sources),
        voices=_by_id(voice for source in sources for voice in source.voices),
        digests={one.source: one for one in contents.values() if isinstance(one, MentionsFile)},
        topics=topics,
        themes=_by_id(list_all("themes", "statements.yml")),
        statements=_by_id(list_all("statements", "statements.yml")),
        figures=_by_id(sorted(figures, key=lambda figure: order.get(figure.topic, 0))),
        derivations=_by_id(list_all("derivations", "derivations.yml")),
        charts=_by_id(list_all("charts", "charts.yml")),
        terms=_by_id(list_all("terms", "terms.yml")),
        interface=contents["interface.yml"]["strings"],
        rates=_by_id(list_all("rates", "rates.yml")),
        grades=_by_id(list_all("grades", "grades.yml")),
        retired={(one.sort, one.id): one for one in retired},
        context=_by_id(list_all("sources", "context/")),
        revisions=contents["revisions.yml"]["revisions"],
        about=contents["about.yml"]["about"],
    )


def _link(dataset: Dataset, index: Index) -> Iterator[DataError]:
    """Put voices and mentions behind the ids that name them; yield a fault for each that fails."""
    mentions = {name: _by_id(file.mentions) for name, file in dataset.digests.items()}
    for statement in dataset.statements.values():
        set_fields(statement, voice=dataset.voices.get(statement.voice_id))
    for claim in dataset.claims():
        voice = dataset.voices.get(claim.voice_id)
        if voice is None:
            continue
        place, known, found = index["claim"][claim.ref], mentions.get(voice.source, {}), []
        for number, name in enumerate(claim.mention_ids):
            at = ("mentions", number)
            if (mention := known.get(name)) is None:
                expected = f"the id of a mention in {voice.source}"
                yield place.problem(Code.UNKNOWN_REFERENCE, name, expected, at, known)
            elif not voice.speaks_in(mention.block):
                expected = f"a mention in {', '.join(voice.blocks)}, where {voice.id} speaks"
                yield place.problem(Code.VOICE_MISMATCH, name, expected, at)
            elif mention.quantity is None:
                yield place.problem(Code.UNREAD_MENTION, name, "a mention that was read", at)
            else:
                found.append(mention)
        source, quantity = dataset.sources[voice.source], found[0].quantity if found else None
        set_fields(claim, voice=voice, source=source, mentions=tuple(found), quantity=quantity)
