"""Load the data folder: YAML files in, a checked :class:`Dataset` or every fault out.

Each file is held against its model and what it refers to. The rules of ``checks``, the registry of
ids and the history then run wherever the files that they read are right, so that faults of one file
hide few of another and have no followers.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from explainer.data import ids, yaml_source
from explainer.data.checks import CHECKS, INPUTS, check_formulas
from explainer.data.dataset import Dataset
from explainer.data.errors import ERROR_LIMIT, Code, DataError, DataErrors
from explainer.data.fields import LANGUAGES, Index, Known, set_fields
from explainer.data.models import FOLDERS, SINGLE, MentionsFile, adapter, json_schema
from explainer.data.yaml_source import IDS, Items, Keys, Node

_LISTS = (
    *("sources", "voices", "topics", "themes", "statements", "figures", "derivations", "charts"),
    *("terms", "rates", "grades", "context"),
)
"""Fields of the dataset that hold entries by id."""
_NESTED = ("claims", "reports", "mentions")
"""Lists of entries whose ids are unique within the entry, or file, around them."""
_ID = re.compile("[a-z0-9 /-]+")


def load(data: Path, *, locked: bool = True, changes: Mapping[str, bytes] | None = None) -> Dataset:
    """Read and check the data folder.

    Faults name files by their path below ``data``'s parent ("data/terms.yml"). With
    ``locked=False`` the registry of ids and the history are not held against the data; only the
    command that extends them loads so. Files count as if they held what ``changes`` gives for
    them. Raises :class:`DataErrors` with all faults.
    """
    faults = list[DataError]()
    singles = (*SINGLE, IDS) if locked else SINGLE
    files = {**yaml_source.read_files(data, singles, FOLDERS, faults), **(changes or {})}
    return _load(data.name, tuple(files.items()), tuple(faults), locked)


@lru_cache(maxsize=1)
def _load(
    folder: str,
    files: tuple[tuple[str, bytes], ...],
    problems: tuple[DataError, ...],
    locked: bool,
) -> Dataset:
    """Return what the files hold; a build loads the same files more than once."""
    faults, lock = [*problems], ""
    documents = dict[str, Node]()
    for name, content in files:
        path = f"{folder}/{name}"
        if name == IDS:
            lock = yaml_source.decode(content, path, faults)
        else:
            document, found = yaml_source.parse(content, path)
            faults += found
            documents |= {} if document is None else {name: document}
    is_complete = not faults  # what is missing would bring a fault for each reference to it
    lines = ids.read_lock(lock, f"{folder}/{IDS}", faults)
    index = _index(documents, faults)
    known = Known(index, faults) if is_complete else None
    contents = {
        name: validate(document, _form(name), known, faults) for name, document in documents.items()
    }
    if not is_complete:
        raise DataErrors(faults)
    dataset = _dataset(contents)
    unread = {_form(name) for name, content in contents.items() if content is None}
    if not unread & {"sources", "mentions"}:
        faults += _link(dataset, index)
    if not _wrong_forms(faults) & INPUTS:
        faults += check_formulas(dataset, index)
    wrong = _wrong_forms(faults)
    for check, needed in CHECKS:
        if not needed & wrong:
            faults += check(dataset, index)
    if locked and not ids.NAMED & wrong:
        faults += ids.check_lock(dataset, index, lines, f"{folder}/{IDS}")
    if locked and not ids.STATED & wrong:
        faults += ids.check_history(dataset, index)
    DataErrors.unless_empty(faults)
    return dataset


def _form(name: str) -> str:
    """Return the name of a file's model."""
    return name.partition("/")[0].removesuffix(".yml")


def _wrong_forms(faults: Iterable[DataError]) -> set[str]:
    """Return the forms of the files with faults, but for those that only readers would notice."""
    only_seen = (Code.TYPED_DIGIT, Code.PAIR_MISMATCH)
    return {_form(one.path.partition("/")[2]) for one in faults if one.code not in only_seen}


def _index(documents: Mapping[str, Node], faults: list[DataError]) -> Index:
    """Return where every id of the files stands; adds a fault for each repeated id."""
    found = Index(dict)
    for path, document in documents.items():
        outer = str(document.get("source", "")) if isinstance(document, Keys) else ""
        for around, entry in _entries(document, outer):
            key, name = str(entry.parent and entry.parent.key), str(entry["id"])
            sort = key.removesuffix("s")
            if key in _NESTED:
                name = f"{around}/{name}"
            elif sort == "retired":
                name = f"{entry.get('sort')} {name}"
            elif sort == "source":
                kind = "context source" if path.startswith("context/") else "primary source"
                found[kind][name] = entry
            elif sort == "rate" and "value_max" not in entry:
                found["period that has rates"][str(entry.get("period"))] = entry
            if not _ID.fullmatch(name):
                found[sort][""] = entry
            first = found[sort].setdefault(name, entry)
            if first is not entry:
                where, line, *_ = first.place()
                expected = f"an id of its own ({where}:{line} has it)"
                faults.append(entry["id"].problem(Code.DUPLICATE_ID, entry["id"], expected))
        if path.startswith("mentions/") and path != f"mentions/{outer}.yml":
            expected = f"{Path(path).stem}, as the file is called"
            faults.append(document.at("source").problem(Code.BAD_VALUE, outer, expected))
    return found


def _entries(value: Any, around: str) -> Iterator[tuple[str, Keys]]:
    """Yield every entry with an id in a list below a value, after the id of the entry around it."""
    for below in value.values() if isinstance(value, Keys) else ():
        for entry in below if isinstance(below, Items) else ():
            if isinstance(entry, Keys) and isinstance(entry.get("id"), str):
                yield around, entry
                yield from _entries(entry, entry["id"])


def validate(root: Node, form: str, known: Known | None, faults: list[DataError]) -> Any:
    """Return a file's content as its model says, or ``None`` where it has another form.

    Adds to ``faults`` everything that is wrong. Without ``known``, references are not looked up.
    """
    try:
        content = adapter(form).validate_python(root, context=known)
    except ValidationError as error:
        if error.error_count() > ERROR_LIMIT:
            count, few = f"{error.error_count():,} errors", f"at most {ERROR_LIMIT:,} in a file"
            faults.append(root.problem(Code.TOO_LARGE, count, few))
        else:
            errors = error.errors(include_url=False)
            faults += (_problem(one, form) for one in errors if not _is_echo(one))
        return None
    return dict(content) if isinstance(content, BaseModel) else content


def _is_echo(error: ErrorDetails) -> bool:
    """Return whether a list counts as too short only because its items are wrong."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _problem(error: ErrorDetails, form: str) -> DataError:
    """Return in our own words what pydantic found."""
    node: Any = error["input"]
    last, limits = error["loc"][-1:], error.get("ctx", {})
    code, expected = Code.BAD_VALUE, f"to {error['msg'].partition(' should ')[2]}"
    known = list[str]()
    match error["type"]:
        case "refused":
            node = node.at(*limits["below"])
            code, expected = limits["code"], limits["expected"]
        case "unexpected_keyword_argument" | "extra_forbidden":
            code, node, expected = Code.UNKNOWN_KEY, node.key, f"a key of {form}.json"
            parts = (json_schema(form), *json_schema(form)["$defs"].values())
            known = [key for part in parts for key in part.get("properties", {})]
        case "missing":
            code = Code.NO_TRANSLATION if last[0] in LANGUAGES else Code.MISSING_KEY
            expected = f"the key {last[0]!r} as well"
        case "enum" | "literal_error" if isinstance(node, str):
            code = Code.UNKNOWN_KEY if last == ("[key]",) else code
            known = re.findall("'([^']*)'", limits["expected"])
            expected = f"one of {', '.join(known)}"
        case "string_too_short" | "too_short" if not node:
            code, expected = Code.EMPTY, "something here"
        case name if name.endswith("_type") or name in ("enum", "literal_error"):
            code = Code.WRONG_TYPE
    shown = (
        node if isinstance(node, str) else ", ".join(node) if isinstance(node, Keys) else "a list"
    )
    problem: DataError = node.problem(code, str(shown), expected, known)
    return problem


def _dataset(contents: Mapping[str, Any]) -> Dataset:
    """Return the dataset of all files; figures stand in the order of the topics."""
    found = defaultdict[str, list[Any]](list)
    for name, content in contents.items():
        for key, value in content.items() if isinstance(content, dict) else ():
            entries = value if isinstance(value, tuple) else [value]
            found["context" if name.startswith("context/") else key] += entries
    order = [topic.id for topic in found["topics"]]
    found["figures"].sort(key=lambda one: order.index(one.topic) if one.topic in order else 0)
    found["voices"] = [voice for source in found["sources"] for voice in source.voices]
    strings, about = (found.pop(key, [None])[0] for key in ("strings", "about"))
    revisions, retired = (tuple(found.pop(key, ())) for key in ("revisions", "retired"))
    return Dataset(
        **{key: {one.id: one for one in found[key]} for key in _LISTS},
        digests={one.source: one for one in contents.values() if isinstance(one, MentionsFile)},
        interface=strings,
        retired={(one.sort, one.id): one for one in retired},
        revisions=revisions,
        about=about,
    )


def _link(dataset: Dataset, index: Index) -> Iterator[DataError]:
    """Put voices and mentions behind the ids that name them; yield a fault for each that fails."""
    mentions = {
        name: {one.id: one for one in file.mentions} for name, file in dataset.digests.items()
    }
    for statement in dataset.statements.values():
        set_fields(statement, voice=dataset.voices.get(statement.voice_id))
    for claim in dataset.claims():
        voice = dataset.voices.get(claim.voice_id)
        if voice is None:
            continue
        known, found = mentions.get(voice.source, {}), []
        for name, node in zip(
            claim.mention_ids, index["claim"][claim.ref]["mentions"], strict=False
        ):
            if (mention := known.get(name)) is None:
                expected = f"the id of a mention in {voice.source}"
                yield node.problem(Code.UNKNOWN_REFERENCE, name, expected, known)
            elif not voice.speaks_in(mention.block):
                expected = f"a mention in {', '.join(voice.blocks)}, where {voice.id} speaks"
                yield node.problem(Code.VOICE_MISMATCH, name, expected)
            elif mention.quantity is None:
                yield node.problem(Code.UNREAD_MENTION, name, "a mention that was read")
            else:
                found.append(mention)
        source, quantity = dataset.sources[voice.source], found[0].quantity if found else None
        set_fields(claim, voice=voice, source=source, mentions=tuple(found), quantity=quantity)
