"""Load the data folder: YAML files in, a checked :class:`Dataset` or every fault out.

Each file is held against its model and what it refers to. The rules of ``checks``, the registry of
ids and the history then run wherever the files that they read are right, so that faults of one file
hide few of another and have no followers.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from explainer.data.checks import CHECKS, INPUTS, check_formulas
from explainer.data.dataset import Dataset
from explainer.data.errors import Code, DataError, DataErrors
from explainer.data.fields import LANGUAGES, Context, set_fields
from explainer.data.ids import NAMED, STATED, check_history, check_lock, read_lock
from explainer.data.models import FOLDERS, SINGLE, MentionsFile, adapter, json_schema
from explainer.data.yaml_source import IDS, Keys, Node, decode, parse, read_files
from explainer.limits import FILE_ERRORS


def load(data: Path, *, locked: bool = True, changes: Mapping[str, bytes] | None = None) -> Dataset:
    """Read and check the data folder.

    Faults name files by their path below ``data``'s parent ("data/terms.yml"). With
    ``locked=False`` the registry of ids and the history are not held against the data; only the
    command that extends them loads so. Files count as if they held what ``changes`` gives for
    them. Raises :class:`DataErrors` with all faults.
    """
    faults, context = list[DataError](), Context()
    singles = (*SINGLE, IDS) if locked else SINGLE
    files = {**read_files(data, singles, FOLDERS, faults), **(changes or {})}
    path = f"{data.name}/{IDS}"
    lock = decode(files.pop(IDS, b""), path, faults)
    documents = {name: parse(text, f"{data.name}/{name}") for name, text in files.items()}
    faults += (fault for _, found in documents.values() for fault in found)
    is_complete = not faults  # what is missing would bring a fault for each reference to it
    lines = read_lock(lock, path, faults)
    unread = set[str]()
    for name, (root, _) in documents.items():
        if root is None or not validate(root, name, context):
            unread.add(_form(name))
    faults += context.faults
    if not is_complete:
        raise DataErrors(faults)
    faults += context.broken_references()
    dataset = _dataset(context.entries)
    if not unread & {"sources", "mentions"}:
        faults += _link(context)
    if not _wrong_forms(faults) & INPUTS:
        faults += check_formulas(dataset)
    wrong = _wrong_forms(faults)
    for check, needed in CHECKS:
        if not needed & wrong:
            faults += check(dataset)
    if locked and not NAMED & wrong:
        faults += check_lock(dataset, lines, path)
    if locked and not STATED & wrong:
        faults += check_history(dataset)
    DataErrors.unless_empty(faults)
    return dataset


def _form(name: str) -> str:
    """Return the name of a file's model."""
    return name.partition("/")[0].removesuffix(".yml")


def _wrong_forms(faults: Iterable[DataError]) -> set[str]:
    """Return the forms of the files with faults, but for those that only readers would notice."""
    only_seen = (Code.TYPED_DIGIT, Code.PAIR_MISMATCH)
    return {_form(one.path.partition("/")[2]) for one in faults if one.code not in only_seen}


def validate(root: Node, name: str, context: Context) -> bool:
    """Return whether a file has the form of its model; adds to ``context`` all that it holds.

    ``name`` is its path below the data folder.
    """
    form = _form(name)
    try:
        content = adapter(form).validate_python(root, context=context)
    except ValidationError as error:
        if error.error_count() > FILE_ERRORS:
            count, few = f"{error.error_count():,} errors", f"at most {FILE_ERRORS:,} in a file"
            context.faults.append(root.problem(Code.TOO_LARGE, count, few))
        else:
            errors = error.errors(include_url=False)
            context.faults.extend(_problem(one, form) for one in errors if not _is_echo(one))
        return False
    if not isinstance(content, MentionsFile):
        context.entries["single"].update(content)
        return True
    context.entries["digest"][content.source] = content
    if content.source != Path(name).stem:
        expected = f"{Path(name).stem}, as the file is called"
        context.faults.append(root.at("source").problem(Code.BAD_VALUE, content.source, expected))
    return content.source == Path(name).stem


def _is_echo(error: ErrorDetails) -> bool:
    """Return whether a list counts as too short only because its items are wrong."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


_TEXTS = ("string", "enum", "literal")
"""How pydantic's names for errors begin where a text was expected."""


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
            code, kind = Code.WRONG_TYPE, name.partition("_")[0]
            expected = {"tuple": "a list", **dict.fromkeys(_TEXTS, "a text")}.get(kind, "a mapping")
    shown = (
        node if isinstance(node, str) else ", ".join(node) if isinstance(node, Keys) else "a list"
    )
    problem: DataError = node.problem(code, str(shown), expected, known)
    return problem


def _dataset(found: Mapping[str, Mapping[str, Any]]) -> Dataset:
    """Return the dataset of all entries; figures stand in the order of the topics."""
    order = {topic: number for number, topic in enumerate(found["topic"])}
    in_order = sorted(found["figure"].values(), key=lambda figure: order.get(figure.topic, 0))
    sorts = ("voice", "digest", "topic", "theme", "statement", "derivation", "chart", "term")
    fields: dict[str, Any] = {f"{sort}s": found[sort] for sort in (*sorts, "rate", "grade")}
    fields |= {name: found["single"].get(name) for name in ("revisions", "about")}
    return Dataset(
        **fields,
        sources=found["primary source"],
        figures={figure.id: figure for figure in in_order},
        interface=found["single"].get("strings", {}),
        retired={(one.sort, one.id): one for one in found["retired"].values()},
        context=found["context source"],
        reports=found["report"],
        inputs=found["input"],
    )


def _link(context: Context) -> Iterator[DataError]:
    """Put voices and mentions behind the ids that name them; yield a fault for each that fails."""
    mentions, voices = context.entries["mention"], context.entries["voice"]
    for statement in context.entries["statement"].values():
        set_fields(statement, voice=voices.get(statement.voice_id))
    for claim in context.entries["claim"].values():
        if (voice := voices.get(claim.voice_id)) is None:
            continue
        found = []
        for name in claim.node["mentions"]:
            if (mention := mentions.get(f"{voice.source}/{name}")) is None:
                expected = f"the id of a mention in {voice.source}"
                known = [one.id for one in mentions.values() if one.source == voice.source]
                yield name.problem(Code.UNKNOWN_REFERENCE, name, expected, known)
            elif not voice.speaks_in(mention.block):
                expected = f"a mention in {', '.join(voice.blocks)}, where {voice.id} speaks"
                yield name.problem(Code.VOICE_MISMATCH, name, expected)
            elif mention.quantity is None:
                yield name.problem(Code.UNREAD_MENTION, name, "a mention that was read")
            else:
                found.append(mention)
        source = context.entries["primary source"].get(voice.source)
        quantity = found[0].quantity if found else None
        set_fields(claim, voice=voice, source=source, mentions=tuple(found), quantity=quantity)
