"""Checked documents into typed objects, with every broken reference between them reported."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from explainer.data import context, pairs, publication
from explainer.data.assembly import LoadContext, below, entries, optional_pair, pair, pick, value_of
from explainer.data.errors import Code
from explainer.data.locator import Locator
from explainer.data.model import (
    Attribution,
    ChainStep,
    Chart,
    ChartKind,
    ChartRow,
    Claim,
    Comparison,
    ContextSource,
    Dataset,
    Derivation,
    Digest,
    Figure,
    Mention,
    Nature,
    Rate,
    ReviewedPairs,
    Role,
    Slider,
    Source,
    Statement,
    Status,
    Term,
    Topic,
    Variant,
    Voice,
)
from explainer.data.strict_yaml import Document, Path
from explainer.extract import Bound, Kind, Quantity


def assemble(
    documents: Mapping[str, Document], checked: ReviewedPairs
) -> tuple[Dataset, LoadContext]:
    """Build the dataset from documents that match their schemas.

    ``documents`` maps the path below ``data/`` to the document; ``checked`` says which texts were
    held against each other. Objects whose references are
    broken are left out of the dataset; the assembly's problems say why.
    """
    assembly = LoadContext(documents)
    terms = dict(_terms(assembly))
    interface = {
        key: pair(raw) for key, raw in value_of(documents, "interface.yml")["strings"].items()
    }
    for key in interface:
        assembly.remember("string", key, documents["interface.yml"], ("strings", key))
    sources = dict(_sources(assembly, terms))
    voices = {voice.id: voice for source in sources.values() for voice in source.voices}
    mentions = dict(_mentions(assembly, sources))
    topics = dict(_topics(assembly, "topics.yml", "topic"))
    themes = dict(_topics(assembly, "statements.yml", "theme"))
    statements = dict(_statements(assembly, voices, themes))
    figures = dict(_figures(assembly, sources, voices, mentions, terms))
    figures = dict(_by_topic(assembly, figures, topics))
    claims = {claim.ref: claim for figure in figures.values() for claim in figure.claims}
    reported = dict(context.sources(assembly, figures))
    rates = dict(context.rates(assembly, terms))
    inputs = _Inputs(claims, reported, rates)
    derivations = dict(_derivations(assembly, figures, inputs))
    _shown_by(assembly, figures, derivations)
    charts = dict(_charts(assembly, inputs, derivations))
    retired = dict(publication.retired(assembly))
    dataset = Dataset(
        sources=sources,
        voices=voices,
        digests=dict(_fingerprints(assembly)),
        mentions=mentions,
        topics=topics,
        themes=themes,
        statements=statements,
        figures=figures,
        derivations=derivations,
        charts=charts,
        terms=terms,
        interface=interface,
        rates=rates,
        retired=retired,
        context=reported,
        revisions=tuple(publication.revisions(assembly, figures, retired)),
        about=publication.about(documents["about.yml"]),
        checked=checked,
        stale=dict(pairs.stale(documents, checked)),
    )
    return dataset, assembly


def _terms(assembly: LoadContext) -> Iterator[tuple[str, Term]]:
    for raw, _, _ in entries(assembly, "terms.yml", "term"):
        variants = tuple(
            Variant(v["text"], v["lang"], v["evidence"], optional_pair(v.get("note")))
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
                optional_pair(raw.get("role")),
                optional_pair(raw.get("note")),
            ),
        )


def _sources(assembly: LoadContext, terms: Mapping[str, Term]) -> Iterator[tuple[str, Source]]:
    for raw, where, path in entries(assembly, "sources.yml", "source"):
        for key in ("publisher", "author", "credit"):
            if key in raw:
                pick(assembly, terms, raw[key], "term", where, (*path, key))
        voices = []
        for number, voice in enumerate(raw["voices"]):
            at: Path = (*path, "voices", number)
            if not assembly.remember("voice", voice["id"], where.document, at):
                continue
            if "author" in voice:
                pick(assembly, terms, voice["author"], "term", where, (*at, "author"))
            voices.append(
                Voice(
                    voice["id"],
                    raw["id"],
                    pair(voice["label"]),
                    pair(voice["short"]),
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
                pair(raw["date_note"]),
                raw.get("file"),
                raw.get("author"),
                raw.get("credit"),
                raw.get("issued"),
                raw.get("url"),
                raw.get("archived_url"),
                optional_pair(raw.get("archive_note")),
                raw.get("retrieved"),
                "archive_is_folder" in raw,
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


def _fingerprints(assembly: LoadContext) -> Iterator[tuple[str, Digest]]:
    for document in below(assembly.documents, "mentions"):
        value: Any = document.value
        blocks = {block: int(length) for block, length in value["blocks"].items()}
        yield value["source"], Digest(value["digest"], blocks)


def _mentions(
    assembly: LoadContext, sources: Mapping[str, Source]
) -> Iterator[tuple[str, Mapping[str, Mention]]]:
    for document in below(assembly.documents, "mentions"):
        value: Any = document.value
        where = assembly.locator(document)
        source = pick(assembly, sources, value["source"], "source", where, ("source",))
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
    assembly: LoadContext,
    sources: Mapping[str, Source],
    voices: Mapping[str, Voice],
    mentions: Mapping[str, Mapping[str, Mention]],
    terms: Mapping[str, Term],
) -> Iterator[tuple[str, Figure]]:
    for document in below(assembly.documents, "figures"):
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
                    pair(raw["label"]),
                    pair(raw["question"]),
                    pair(raw["headline"]),
                    pair(raw["summary"]),
                    tuple(claims),
                    Comparison(
                        Status(comparison["status"]),
                        pair(comparison["reason"]),
                        tuple(comparison.get("derivations", ())),
                        comparison.get("rate_period"),
                    ),
                    tuple(pair(unknown) for unknown in raw.get("unknowns", ())),
                    optional_pair(raw.get("context")),
                    tuple(pair(note) for note in raw.get("notes", ())),
                ),
            )


def _topics(assembly: LoadContext, name: str, sort: str) -> Iterator[tuple[str, Topic]]:
    for raw, _, _ in entries(assembly, name, sort, key=f"{sort}s"):
        yield raw["id"], Topic(raw["id"], pair(raw["label"]))


def _statements(
    assembly: LoadContext, voices: Mapping[str, Voice], themes: Mapping[str, Topic]
) -> Iterator[tuple[str, Statement]]:
    for raw, where, path in entries(assembly, "statements.yml", "statement"):
        pick(assembly, themes, raw["theme"], "theme", where, (*path, "theme"))
        voice = pick(assembly, voices, raw["voice"], "voice", where, (*path, "voice"))
        if voice is None:
            continue
        for number, block in enumerate(raw["blocks"]):
            if not voice.speaks_in(block):
                expected = f"a block where {voice.id} speaks: {', '.join(voice.blocks)}"
                at = (*path, "blocks", number)
                assembly.report(where, at, Code.VOICE_MISMATCH, block, expected)
        yield (
            raw["id"],
            Statement(raw["id"], raw["theme"], voice, tuple(raw["blocks"]), pair(raw["text"])),
        )


def _by_topic(
    assembly: LoadContext, figures: Mapping[str, Figure], topics: Mapping[str, Topic]
) -> Iterator[tuple[str, Figure]]:
    for figure in figures.values():
        where, path = assembly.origins["figure", figure.id]
        pick(assembly, topics, figure.topic, "topic", where, (*path, "topic"))
    for topic in topics:
        yield from ((name, figure) for name, figure in figures.items() if figure.topic == topic)


_Known = tuple[
    Mapping[str, Source],
    Mapping[str, Voice],
    Mapping[str, Mapping[str, Mention]],
    Mapping[str, Term],
]


def _claim(
    assembly: LoadContext, figure: str, raw: Any, place: tuple[Document, Path], known: _Known
) -> Claim | None:
    sources, voices, mentions, terms = known
    document, path = place
    where = assembly.locator(document)
    if not assembly.remember("claim", f"{figure}/{raw['id']}", document, path):
        return None
    for number, link in enumerate(raw.get("attribution", ())):
        at: Path = (*path, "attribution", number, "agent")
        pick(assembly, terms, link["agent"], "term", where, at)
    voice = pick(assembly, voices, raw["voice"], "voice", where, (*path, "voice"))
    if voice is None:
        return None
    found = []
    in_source = mentions.get(voice.source, {})
    for number, name in enumerate(raw["mentions"]):
        at = (*path, "mentions", number)
        mention = pick(assembly, in_source, name, f"mention in {voice.source}", where, at)
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
        pair(raw["scope"]),
        tuple(Attribution(a["agent"], a["role"], a["verb"]) for a in raw.get("attribution", ())),
        optional_pair(raw.get("note")),
        raw.get("period"),
    )


@dataclass(frozen=True, slots=True)
class _Inputs:
    """Everything that a formula's names may stand for."""

    claims: Mapping[str, Claim]
    context: Mapping[str, ContextSource]
    rates: Mapping[str, Rate]

    def known(self, ref: str, earlier: Mapping[str, Derivation]) -> tuple[str, Mapping[str, Any]]:
        """What sort of thing ``ref`` names, and the things of that sort by their references."""
        match ref.partition(":")[0]:
            case "report":
                reports = (r for source in self.context.values() for r in source.reports)
                return "report", {f"report:{report.ref}": report for report in reports}
            case "rate":
                return "rate", {f"rate:{name}": rate for name, rate in self.rates.items()}
            case _ if ref.startswith("="):
                return "derivation that stands before it", {f"={d}": d for d in earlier}
            case _:
                return "claim", self.claims


def _derivations(
    assembly: LoadContext, figures: Mapping[str, Figure], inputs: _Inputs
) -> Iterator[tuple[str, Derivation]]:
    earlier: dict[str, Derivation] = {}
    for raw, where, path in entries(assembly, "derivations.yml", "derivation"):
        pick(assembly, figures, raw["figure"], "figure", where, (*path, "figure"))
        found = []
        for name, ref in raw["inputs"].items():
            what, known = inputs.known(ref, earlier)
            found.append(pick(assembly, known, ref, what, where, (*path, "inputs", name)))
        if None in found:
            continue
        earlier[raw["id"]] = Derivation(
            raw["id"],
            raw["figure"],
            pair(raw["label"]),
            raw["formula"],
            dict(raw["inputs"]),
            int(raw["decimals"]),
            pair(raw["display"]),
            raw.get("currency"),
            optional_pair(raw.get("note")),
        )
        yield raw["id"], earlier[raw["id"]]


def _shown_by(
    assembly: LoadContext, figures: Mapping[str, Figure], derivations: Mapping[str, Derivation]
) -> None:
    for figure in figures.values():
        where, path = assembly.origins["figure", figure.id]
        for number, name in enumerate(figure.comparison.derivations):
            at = (*path, "comparison", "derivations", number)
            pick(assembly, derivations, name, "derivation", where, at)


def _charts(
    assembly: LoadContext, inputs: _Inputs, derivations: Mapping[str, Derivation]
) -> Iterator[tuple[str, Chart]]:
    for raw, where, path in entries(assembly, "charts.yml", "chart"):
        rows = []
        for number, row in enumerate(raw["rows"]):
            at: Path = (*path, "rows", number)
            for index, ref in enumerate(row.get("refs", ())):
                what, known = inputs.known(ref, derivations)
                pick(assembly, known, ref, what, where, (*at, "refs", index))
            if "source" in row:
                pick(assembly, inputs.context, row["source"], "source", where, (*at, "source"))
            rows.append(_chart_row(row))
        for index, name in enumerate(raw.get("guides", ())):
            at = (*path, "guides", index)
            pick(assembly, derivations, name, "derivation", where, at)
        yield (
            raw["id"],
            Chart(
                raw["id"],
                ChartKind(raw["kind"]),
                pair(raw["title"]),
                pair(raw["description"]),
                tuple(rows),
                raw.get("from_zero", "yes") == "yes",
                Decimal(raw["each"]) if "each" in raw else None,
                tuple(raw.get("guides", ())),
                raw.get("ceiling"),
                raw.get("until"),
                tuple(pair(end) for end in raw.get("axis_labels", ())),
                _slider(assembly, inputs, raw.get("slider"), where, (*path, "slider")),
            ),
        )


def _slider(
    assembly: LoadContext, inputs: _Inputs, raw: Any, where: Locator, path: Path
) -> Slider | None:
    if raw is None:
        return None
    pick(assembly, inputs.claims, raw["ref"], "claim", where, (*path, "ref"))
    low, high, step = (Decimal(raw[name]) for name in ("low", "high", "step"))
    return Slider(raw["ref"], raw["currency"], low, high, step)


def _chart_row(raw: Any) -> ChartRow:
    return ChartRow(
        pair(raw["label"]),
        tuple(raw.get("refs", ())),
        optional_pair(raw.get("note")),
        raw.get("date"),
        raw.get("shape"),
        raw.get("source"),
        Decimal(raw["x"]) if "x" in raw else None,
        Decimal(raw["y"]) if "y" in raw else None,
        tuple(ChainStep(pair(s["text"]), s["known"] == "yes") for s in raw.get("steps", ())),
    )
