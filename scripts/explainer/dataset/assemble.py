"""Checked documents into typed objects, with every broken reference between them reported."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from explainer.dataset.errors import Code, Problem
from explainer.dataset.model import (
    Attribution,
    Chart,
    ChartRow,
    Claim,
    Comparison,
    Dataset,
    Derivation,
    Figure,
    Mention,
    Nature,
    Pair,
    Rate,
    Retired,
    Role,
    Source,
    Status,
    Term,
    Topic,
    Variant,
    Voice,
)
from explainer.dataset.schema import Locator, suggestion
from explainer.dataset.strict_yaml import Document, Path
from explainer.quantities import Bound, Kind, Quantity


@dataclass(slots=True)
class Assembly:
    """The dataset under construction, its problems, and where each object was written."""

    documents: Mapping[str, Document]
    problems: list[Problem] = field(default_factory=list)
    origins: dict[tuple[str, str], tuple[Locator, Path]] = field(default_factory=dict)
    _locators: dict[str, Locator] = field(default_factory=dict)

    def locator(self, document: Document) -> Locator:
        """The one locator of ``document``."""
        return self._locators.setdefault(document.path, Locator(document))

    def remember(self, sort: str, name: str, document: Document, path: Path) -> bool:
        """Note where the object was written; ``False`` and a problem where the id is taken."""
        if (sort, name) in self.origins:
            first, first_path = self.origins[sort, name]
            place = first.document.places().get(first_path, (0, 0))
            self.report(
                self.locator(document),
                (*path, "id"),
                Code.DUPLICATE_ID,
                name.rpartition("/")[2],
                f"an id of its own ({first.document.path}:{place[0]} has it)",
            )
            return False
        self.origins[sort, name] = (self.locator(document), path)
        return True

    def report(self, where: Locator, path: Path, code: Code, found: str, expected: str) -> None:
        """Add the problem ``code`` at ``path`` of the document behind ``where``."""
        self.problems.append(where.problem(path, code, found, expected))

    def about(
        self, sort: str, name: str, sub: Path, code: Code, found: str, expected: str
    ) -> Problem:
        """The problem ``code`` at ``sub`` inside an object that was remembered."""
        where, path = self.origins[sort, name]
        return where.problem((*path, *sub), code, found, expected)


def _pair(raw: Any) -> Pair:
    return Pair(raw["en"], raw["zh"])


def _optional_pair(raw: Any) -> Pair | None:
    return None if raw is None else _pair(raw)


_V = TypeVar("_V")


def _pick(
    assembly: Assembly, known: Mapping[str, _V], name: str, what: str, where: Locator, path: Path
) -> _V | None:
    if name in known:
        return known[name]
    hint = suggestion(list(known), name)
    assembly.report(where, path, Code.UNKNOWN_REFERENCE, name, f"the id of a {what}{hint}")
    return None


def assemble(documents: Mapping[str, Document]) -> tuple[Dataset, Assembly]:
    """Build the dataset from documents that match their schemas.

    ``documents`` maps the path below ``data/`` to the document. Objects whose references are
    broken are left out of the dataset; the assembly's problems say why.
    """
    assembly = Assembly(documents)
    terms = dict(_terms(assembly))
    interface = {
        key: _pair(raw) for key, raw in _value(documents, "interface.yml")["strings"].items()
    }
    for key in interface:
        assembly.remember("string", key, documents["interface.yml"], ("strings", key))
    sources = dict(_sources(assembly, terms))
    voices = {voice.id: voice for source in sources.values() for voice in source.voices}
    mentions = dict(_mentions(assembly, sources))
    topics = dict(_topics(assembly))
    figures = dict(_figures(assembly, sources, voices, mentions, terms))
    figures = dict(_by_topic(assembly, figures, topics))
    claims = {claim.ref: claim for figure in figures.values() for claim in figure.claims}
    derivations = dict(_derivations(assembly, figures, claims))
    _shown_by(assembly, figures, derivations)
    charts = dict(_charts(assembly, claims))
    retired = dict(_retired(assembly))
    dataset = Dataset(
        sources=sources,
        voices=voices,
        mentions=mentions,
        topics=topics,
        figures=figures,
        derivations=derivations,
        charts=charts,
        terms=terms,
        interface=interface,
        rates=dict(_rates(assembly)),
        retired=retired,
    )
    return dataset, assembly


def _value(documents: Mapping[str, Document], name: str) -> Any:
    return documents[name].value


def _below(documents: Mapping[str, Document], folder: str) -> Iterator[Document]:
    for name in sorted(documents):
        if name.startswith(f"{folder}/"):
            yield documents[name]


def _entries(assembly: Assembly, name: str, sort: str) -> Iterator[tuple[Any, Locator, Path]]:
    """Every entry of the file ``name`` whose id is its own, with where it stands.

    The file's one root key is its own name; an entry is remembered as ``sort``.
    """
    document = assembly.documents[name]
    where = assembly.locator(document)
    key = name.removesuffix(".yml").rpartition("/")[2]
    value: Any = document.value
    for index, raw in enumerate(value[key]):
        path: Path = (key, index)
        label = raw["id"] if sort != "retired" else f"{raw['sort']} {raw['id']}"
        if assembly.remember(sort, label, document, path):
            yield raw, where, path


def _terms(assembly: Assembly) -> Iterator[tuple[str, Term]]:
    for raw, _, _ in _entries(assembly, "terms.yml", "term"):
        variants = tuple(
            Variant(v["text"], v["lang"], v["evidence"], _optional_pair(v.get("note")))
            for v in raw.get("variants", ())
        )
        printed = {entry["voice"]: entry["text"] for entry in raw.get("printed", ())}
        yield (
            raw["id"],
            Term(
                raw["id"],
                raw["kind"],
                raw["en"],
                raw["zh"],
                raw.get("ko"),
                variants,
                printed,
                raw["evidence"],
                raw.get("ids", {}),
                _optional_pair(raw.get("role")),
                _optional_pair(raw.get("note")),
            ),
        )


def _sources(assembly: Assembly, terms: Mapping[str, Term]) -> Iterator[tuple[str, Source]]:
    for raw, where, path in _entries(assembly, "sources.yml", "source"):
        for key in ("publisher", "author", "credit"):
            if key in raw:
                _pick(assembly, terms, raw[key], "term", where, (*path, key))
        voices = []
        for number, voice in enumerate(raw["voices"]):
            at: Path = (*path, "voices", number)
            if not assembly.remember("voice", voice["id"], where.document, at):
                continue
            if "author" in voice:
                _pick(assembly, terms, voice["author"], "term", where, (*at, "author"))
            voices.append(
                Voice(
                    voice["id"],
                    raw["id"],
                    _pair(voice["label"]),
                    _pair(voice["short"]),
                    voice["shape"],
                    tuple(voice["blocks"]),
                    voice.get("author"),
                )
            )
        yield (
            raw["id"],
            Source(
                raw["id"],
                Role(raw["role"]),
                raw["type"],
                raw["language"],
                raw["title"],
                raw["title_translation"],
                raw["publisher"],
                tuple(voices),
                _pair(raw["dating"]),
                raw.get("file"),
                raw.get("author"),
                raw.get("credit"),
                raw.get("issued"),
                raw.get("url"),
                _optional_pair(raw.get("url_note")),
            ),
        )


def quantity_of(raw: Mapping[str, str]) -> Quantity | None:
    """The quantity that a mention's fields spell, or ``None`` where it was not read."""
    if "value" not in raw:
        return None
    return Quantity(
        Decimal(raw["value"]),
        Kind(raw["kind"]),
        Bound(raw["bound"]),
        Decimal(raw["value_max"]) if "value_max" in raw else None,
        raw.get("currency"),
        raw.get("unit"),
        raw.get("scale"),
        raw.get("edtf"),
    )


def _mentions(
    assembly: Assembly, sources: Mapping[str, Source]
) -> Iterator[tuple[str, Mapping[str, Mention]]]:
    for document in _below(assembly.documents, "mentions"):
        value: Any = document.value
        where = assembly.locator(document)
        source = _pick(assembly, sources, value["source"], "source", where, ("source",))
        if source is None:
            continue
        found: dict[str, Mention] = {}
        for index, raw in enumerate(value["mentions"]):
            path: Path = ("mentions", index)
            if not assembly.remember("mention", f"{source.id}/{raw['id']}", document, path):
                continue
            found[raw["id"]] = Mention(
                raw["id"],
                source.id,
                raw["exact"],
                raw["block"],
                int(raw["start"]),
                int(raw["end"]),
                quantity_of(raw),
                raw.get("reason"),
            )
        yield source.id, found


def _figures(
    assembly: Assembly,
    sources: Mapping[str, Source],
    voices: Mapping[str, Voice],
    mentions: Mapping[str, Mapping[str, Mention]],
    terms: Mapping[str, Term],
) -> Iterator[tuple[str, Figure]]:
    for document in _below(assembly.documents, "figures"):
        value: Any = document.value
        for index, raw in enumerate(value["figures"]):
            path: Path = ("figures", index)
            if not assembly.remember("figure", raw["id"], document, path):
                continue
            claims = []
            for number, raw_claim in enumerate(raw["claims"]):
                claim = _claim(
                    assembly,
                    raw["id"],
                    raw_claim,
                    (document, (*path, "claims", number)),
                    (sources, voices, mentions, terms),
                )
                if claim is not None:
                    claims.append(claim)
            comparison = raw["comparison"]
            yield (
                raw["id"],
                Figure(
                    raw["id"],
                    raw["topic"],
                    Kind(raw["kind"]),
                    _pair(raw["label"]),
                    _pair(raw["question"]),
                    _pair(raw["finding"]),
                    _pair(raw["summary"]),
                    tuple(claims),
                    Comparison(
                        Status(comparison["status"]),
                        _pair(comparison["reason"]),
                        tuple(comparison.get("shown_by", ())),
                    ),
                    tuple(_pair(unknown) for unknown in raw.get("unknowns", ())),
                ),
            )


def _topics(assembly: Assembly) -> Iterator[tuple[str, Topic]]:
    for raw, _, _ in _entries(assembly, "topics.yml", "topic"):
        yield raw["id"], Topic(raw["id"], _pair(raw["label"]))


def _by_topic(
    assembly: Assembly, figures: Mapping[str, Figure], topics: Mapping[str, Topic]
) -> Iterator[tuple[str, Figure]]:
    for figure in figures.values():
        where, path = assembly.origins["figure", figure.id]
        _pick(assembly, topics, figure.topic, "topic", where, (*path, "topic"))
    for topic in topics:
        yield from ((name, figure) for name, figure in figures.items() if figure.topic == topic)


_Known = tuple[
    Mapping[str, Source],
    Mapping[str, Voice],
    Mapping[str, Mapping[str, Mention]],
    Mapping[str, Term],
]


def _claim(
    assembly: Assembly, figure: str, raw: Any, place: tuple[Document, Path], known: _Known
) -> Claim | None:
    sources, voices, mentions, terms = known
    document, path = place
    where = assembly.locator(document)
    if not assembly.remember("claim", f"{figure}/{raw['id']}", document, path):
        return None
    for number, link in enumerate(raw.get("attribution", ())):
        at: Path = (*path, "attribution", number, "agent")
        _pick(assembly, terms, link["agent"], "term", where, at)
    voice = _pick(assembly, voices, raw["voice"], "voice", where, (*path, "voice"))
    if voice is None:
        return None
    found = []
    in_source = mentions.get(voice.source, {})
    for number, name in enumerate(raw["mentions"]):
        at = (*path, "mentions", number)
        mention = _pick(assembly, in_source, name, f"mention in {voice.source}", where, at)
        if mention is None:
            continue
        if not voice.speaks_in(mention.block):
            expected = f"a mention in {', '.join(voice.blocks)}, where {voice.id} speaks"
            assembly.report(where, at, Code.VOICE_MISMATCH, name, expected)
            continue
        if mention.quantity is None:
            assembly.report(where, at, Code.UNREAD_MENTION, name, "a mention that was read")
            continue
        found.append((mention, mention.quantity))
    if len(found) < len(raw["mentions"]):
        return None
    return Claim(
        raw["id"],
        figure,
        voice,
        sources[voice.source],
        tuple(mention for mention, _ in found),
        found[0][1],
        Nature(raw["nature"]),
        _pair(raw["measures"]),
        tuple(Attribution(a["agent"], a["role"], a["verb"]) for a in raw.get("attribution", ())),
        _optional_pair(raw.get("note")),
    )


def _derivations(
    assembly: Assembly, figures: Mapping[str, Figure], claims: Mapping[str, Claim]
) -> Iterator[tuple[str, Derivation]]:
    for raw, where, path in _entries(assembly, "derivations.yml", "derivation"):
        _pick(assembly, figures, raw["figure"], "figure", where, (*path, "figure"))
        inputs = [
            _pick(assembly, claims, ref, "claim", where, (*path, "inputs", name))
            for name, ref in raw["inputs"].items()
        ]
        if None in inputs:
            continue
        yield (
            raw["id"],
            Derivation(
                raw["id"],
                raw["figure"],
                _pair(raw["label"]),
                raw["formula"],
                dict(raw["inputs"]),
                int(raw["digits"]),
                _pair(raw["display"]),
            ),
        )


def _shown_by(
    assembly: Assembly, figures: Mapping[str, Figure], derivations: Mapping[str, Derivation]
) -> None:
    for figure in figures.values():
        where, path = assembly.origins["figure", figure.id]
        for number, name in enumerate(figure.comparison.shown_by):
            at = (*path, "comparison", "shown_by", number)
            _pick(assembly, derivations, name, "derivation", where, at)


def _charts(assembly: Assembly, claims: Mapping[str, Claim]) -> Iterator[tuple[str, Chart]]:
    for raw, where, path in _entries(assembly, "charts.yml", "chart"):
        rows = []
        for number, row in enumerate(raw["rows"]):
            at: Path = (*path, "rows", number, "ref")
            if _pick(assembly, claims, row["ref"], "claim", where, at) is not None:
                rows.append(ChartRow(row["ref"], _pair(row["label"])))
        yield (
            raw["id"],
            Chart(
                raw["id"], raw["kind"], _pair(raw["title"]), _pair(raw["description"]), tuple(rows)
            ),
        )


def _rates(assembly: Assembly) -> Iterator[tuple[str, Rate]]:
    for raw, _, _ in _entries(assembly, "rates.yml", "rate"):
        yield raw["id"], Rate(**{**raw, "value": Decimal(raw["value"])})


def _retired(assembly: Assembly) -> Iterator[tuple[tuple[str, str], Retired]]:
    for raw, _, _ in _entries(assembly, "retired.yml", "retired"):
        reason = _optional_pair(raw.get("reason"))
        retired = Retired(raw["sort"], raw["id"], raw["date"], raw.get("moved_to"), reason)
        yield (raw["sort"], raw["id"]), retired
