"""Hostile texts in every text field of the data are shown literally and run nothing.

The site is built twice: with a plain word in each text field, and with hostile texts of every kind
mixed over the fields. Each element of each page must stand where it stood, with the hostile text
in place of the word.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from lxml import etree, html
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Dialog, Page, expect
from tests.commands import MKDOCS, mark_reviewed, run
from tests.conftest import ROOT, checkout_in
from tests.serving import serve

from explainer.data.fields import MARKS

SCHEMAS = {
    path.name: json.loads(path.read_text("utf-8")) for path in (ROOT / "data/schema").glob("*.json")
}
WORD = re.compile(r"Zq[a-z]{3}q")
"""The word that stands in each field of the plain build: its own."""


def read_groups() -> list[list[str]]:
    """The hostile texts by the reader that each is meant for; the last swallow what follows."""
    found: list[list[str]] = []
    for line in (Path(__file__).parent / "payloads.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            found.append([])
        elif found:
            found[-1].append(line)
    return found


GROUPS = read_groups()
PAYLOADS = [text for group in GROUPS for text in group]
SHOWN = [text for text in PAYLOADS if not any(mark in text for mark in MARKS)]
"""Those that the data may hold."""


At = tuple[str | int, ...]


def fields(schema: dict[str, Any], name: str, value: Any, at: At = ()) -> Iterator[At]:
    """Every free text below ``value``: a text whose schema has a length but no form."""
    if "$ref" in schema:
        schema = SCHEMAS[name]["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    for choice in (*schema.get("oneOf", ()), *schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from fields(choice, name, value, at)
    if isinstance(value, dict):
        for key, one in value.items():
            inner = schema.get("properties", {}).get(key, schema.get("additionalProperties"))
            if isinstance(inner, dict):
                yield from fields(inner, name, one, (*at, key))
    elif isinstance(value, list) and isinstance(schema.get("items"), dict):
        for number, one in enumerate(value):
            yield from fields(schema["items"], name, one, (*at, number))
    elif "maxLength" in schema and not schema.keys() & {"pattern", "enum", "format"}:
        yield at


READ = ("exact", "scale", "normalized", "new")
"""Texts that are read as numbers, and so are not free, as are phrases that nothing else reads."""


def inject(folder: Path, text: Callable[[int], str]) -> int:
    """Put a text before every free text of the data; returns how many."""
    count = 0
    for path in sorted(folder.rglob("*.yml")):
        written = path.read_text("utf-8")
        name = re.findall(r"\$schema=(?:\.\./)?schema/(\S+)", written)[0]
        value = yaml.load(written, yaml.BaseLoader)
        for at in sorted(set(fields(SCHEMAS[name], name, value)), key=str):
            parent = value
            for key in at[:-1]:
                parent = parent[key]
            if at[-1] not in READ and (at[-1] != "phrase" or "normalized" in parent):
                parent[at[-1]] = f"{text(count)} {parent[at[-1]]}"
                count += 1
        path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return count


def word(number: int) -> str:
    """The plain word of the field with that number."""
    return "Zq" + "".join(chr(97 + number // 26**place % 26) for place in (2, 1, 0)) + "q"


FIELDS = {word(number): number for number in range(26**3)}
"""The number of the field that has a plain word."""

TEXTS = 5
"""How many hostile texts stand in a field; neighbouring fields have other ones."""


def hostile(number: int) -> str:
    """The hostile texts of a field, those that swallow what follows last, and its own name."""
    at = [(number * TEXTS + place) % len(SHOWN) for place in range(TEXTS)]
    return " ¦ ".join([*(SHOWN[place] for place in sorted(at)), word(number).upper()])


def expected(text: str) -> str:
    """What stands where the plain build has ``text``."""
    return WORD.sub(lambda found: hostile(FIELDS[found.group()]), text)


ASSETS = re.compile(r"assets/[0-9a-f]{8}/")


def flat(text: str | None) -> str:
    """A text with all white space alike, and without the digest of the assets' folder."""
    return ASSETS.sub("assets/", " ".join((text or "").split()))


def in_any_case(text: str) -> str:
    """What is expected where a citation style changes the case of names and titles."""
    found = re.sub(WORD.pattern, lambda it: it.group().capitalize(), text, flags=re.I)
    return flat(expected(found)).casefold()


def change_texts(change: Callable[[str], str], value: Any) -> Any:
    """A value of JSON with every text changed."""
    match value:
        case str():
            return change(value)
        case list():
            return [change_texts(change, one) for one in value]
        case dict():
            return {key: change_texts(change, one) for key, one in value.items()}
    return value


as_expected = partial(change_texts, lambda text: flat(expected(unquote(text))))
"""A value of JSON from the plain build, with the hostile texts in place."""
flattened = partial(change_texts, lambda text: flat(unquote(text)))
"""A value of JSON with all white space alike."""


def build(checkout: Path, text: Callable[[int], str]) -> Path:
    """The site of a checkout with a text in every free field."""
    checkout_in(checkout)
    assert inject(checkout / "data", text) > 2000
    mark_reviewed(checkout)
    done = run(checkout, *MKDOCS, "site", SITE_URL="https://site.example/")
    assert done.returncode == 0, done.stderr
    return checkout / "site"


@pytest.fixture(scope="module")
def plain(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with a word in every field."""
    return build(tmp_path_factory.mktemp("plain") / "checkout", word)


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with hostile texts in every field."""
    return build(tmp_path_factory.mktemp("hostile") / "checkout", hostile)


def same_tree(plain: Any, found: Any, where: str) -> int:
    """Hold a tree of elements against the plain one; returns how many hostile texts it shows."""
    for tree in (plain, found):  # the tag of a foreign word depends on the word
        for span in tree.xpath("//span[@lang][count(@*) = 1]"):
            span.drop_tag()
    one, other = list(plain.iter()), list(found.iter())
    assert [e.tag for e in one] == [e.tag for e in other], where
    shown = 0
    for left, right in zip(one, other, strict=True):
        assert set(left.attrib) == set(right.attrib), where
        for name, value in left.attrib.items():
            assert flat(expected(unquote(value))) == flat(unquote(right.get(name))), where
        if left.get("type") == "application/ld+json":
            assert as_expected(json.loads(left.text)) == flattened(json.loads(right.text)), where
        elif left.get("class") == "copy__text":
            assert in_any_case(left.text or "") == flat(right.text).casefold(), where
        elif left.tag != "code":  # code holds a file of another form, which is compared by itself
            shown += len(WORD.findall(left.text or ""))
            assert flat(expected(left.text or "")) == flat(right.text), where
        assert flat(expected(left.tail or "")) == flat(right.tail), where
    return shown


def test_every_page_shows_them_literally(plain: Path, site: Path) -> None:
    shown = 0
    for path in sorted(plain.rglob("*.html")):
        name = path.relative_to(plain)
        one, other = (
            html.document_fromstring((s / name).read_bytes().decode()) for s in (plain, site)
        )
        shown += same_tree(one, other, str(name))
    assert shown > 10_000


FORMULA = ("=", "+", "-", "@", "\t", "\r")
COMMONMARK = MarkdownIt("commonmark")


def same_json(one: Path, other: Path) -> None:
    left, right = (json.loads(path.read_bytes()) for path in (one, other))
    if one.name == "datapackage.json":
        for resource in [*left["resources"], *right["resources"]]:
            del resource["bytes"], resource["hash"]
    if one.name == "search.json":  # the names to look up are kept in lower case
        for a, b in zip(left["names"], right["names"], strict=True):
            looked_up = sorted(in_any_case(text) for text in a.pop("names"))
            assert looked_up == sorted(map(flat, b.pop("names")))
    assert as_expected(left) == flattened(right)


def same_csv(one: Path, other: Path) -> None:
    """No cell begins as a formula does: an apostrophe keeps a spreadsheet from computing it."""
    left, right = (list(csv.reader(path.open(newline=""), strict=True)) for path in (one, other))
    assert [cell for row in right for cell in row if cell.startswith(FORMULA)] == []
    quoted = tuple(f"'{character}" for character in FORMULA)
    bare = [[cell[1:] if cell.startswith(quoted) else cell for cell in row] for row in right]
    assert as_expected(left) == flattened(bare)


def same_xml(one: Path, other: Path) -> None:
    same_tree(etree.parse(one).getroot(), etree.parse(other).getroot(), str(one))


def same_markdown(one: Path, other: Path) -> None:
    shown = (COMMONMARK.render(path.read_text("utf-8")) for path in (one, other))
    left, right = (html.fromstring(f"<div>{text}</div>") for text in shown)
    same_tree(left, right, str(one))


def same_shape(one: Path, other: Path) -> None:
    """Pictures break their lines where they are full; citations are compared by their fields."""

    def shape(path: Path) -> object:
        text = path.read_text("utf-8")
        match path.suffix:
            case ".svg":
                return {(element.tag, *element.attrib) for element in etree.parse(path).iter()}
            case ".bib":
                return [[f.key for f in entry.fields] for entry in parse_string(text).entries]
        return [sorted(entry) for entry in rispy.loads(text)]

    assert shape(one) == shape(other)


FORMS: dict[str, Callable[[Path, Path], None]] = {
    ".json": same_json,
    ".csv": same_csv,
    ".svg": same_shape,
    ".xml": same_xml,
    ".md": same_markdown,
    ".bib": same_shape,
    ".ris": same_shape,
}
ELSEWHERE = {".png", ".html", ".js", ".css", ".txt", ""}
"""Files that hold no text of the data, or that another test compares."""


def test_every_file_holds_them_literally(plain: Path, site: Path) -> None:
    looked: dict[str, int] = dict.fromkeys(FORMS, 0)
    for path in sorted(path for path in plain.rglob("*") if path.is_file()):
        name = path.relative_to(plain)
        if name.parts[0] not in ("assets", "pagefind") and path.suffix not in ELSEWHERE:
            FORMS[path.suffix](path, site / name)
            looked[path.suffix] += 1
    assert min(looked.values()) > 0, looked


# In a browser


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    """The address of the hostile site, on a host that sends no policy."""
    with serve(site, prefix="/", rules=False) as address:
        yield address


@pytest.fixture
def happened() -> list[str]:
    """Whatever ran, opened, left or asked elsewhere on the watched page."""
    return []


@pytest.fixture
def page(browser: Browser, base: str, happened: list[str]) -> Iterator[Page]:
    """The watched page, without a policy."""

    def dismiss(dialog: Dialog) -> None:
        happened.append(f"opened: {dialog.message}")
        dialog.dismiss()

    def note_elsewhere(url: str) -> None:
        if not url.startswith((base, "data:")):
            happened.append(f"asked {url}")

    context = browser.new_context(bypass_csp=True)
    context.expose_function("hit", lambda *_: happened.append("ran"))
    context.on("dialog", dismiss)
    context.on("weberror", lambda error: happened.append(f"error: {error.error}"))
    context.on("request", lambda request: note_elsewhere(request.url))
    watched = context.new_page()
    watched.on("popup", lambda popup: happened.append(f"popup: {popup.url}"))
    yield watched
    context.close()


TOUCH = """() => {
  for (const e of document.querySelectorAll('main *, header *, footer *'))
    for (const name of ['mouseover', 'focus', 'focusin', 'error', 'load', 'toggle', 'animationstart', 'pointerenter'])
      e.dispatchEvent(new Event(name, { bubbles: name.endsWith('in') || name === 'mouseover' }))
}"""


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.full)])
def test_nothing_runs_even_without_a_policy(
    page: Page, site: Path, base: str, happened: list[str], step: int
) -> None:
    """On each fourth page, which are pages of every kind, or on all of them."""
    for path in sorted(site.rglob("*.html"))[::step]:
        name = path.relative_to(site).as_posix()
        page.goto(base + name, wait_until="domcontentloaded")
        page.evaluate(TOUCH)
        assert page.url.startswith(base)
        assert happened == [], name


def test_what_scripts_show_is_shown_literally(page: Page, base: str, happened: list[str]) -> None:
    """Search, number lens, cards, translations and near misses write into the page as well."""
    for text in (group[0] for group in GROUPS):
        page.goto(f"{base}search/?q={quote(text)}")
        expect(page.locator(".ask__input")).to_have_value(text)
        page.goto(f"{base}figures/{quote(text, safe='')}-five-years/")
    page.goto(f"{base}search/?q=netflix")
    expect(page.locator(".results__list").first).to_be_visible()
    page.evaluate(TOUCH)
    page.goto(f"{base}lens/")
    page.locator("textarea").fill("\n".join(f"{text} $700 million" for text in PAYLOADS))
    page.locator(".ask__go[type=submit]").click()
    expect(page.locator(".lens-table")).to_be_visible()
    page.goto(f"{base}money/")
    page.locator("#f-korea-spend-five-years").focus()
    expect(page.locator(".card")).to_be_visible()
    page.locator(".peek").first.click()
    expect(page.locator(".peeked > *").first).to_be_visible()
    page.evaluate(TOUCH)
    page.goto(f"{base}figures/")
    page.locator("select[name=status]").select_option("conflict")
    assert happened == []


@pytest.mark.parametrize(
    "planted", ["<script>hit()</script>", "<img src=x onerror=hit()>", "<p onmouseover=hit()>x"]
)
def test_a_text_that_ran_would_be_seen(
    page: Page, base: str, happened: list[str], planted: str
) -> None:
    body = f"<main>{planted}</main>"
    page.route(f"{base}planted/", lambda r: r.fulfill(content_type="text/html", body=body))
    page.goto(f"{base}planted/")
    page.evaluate(TOUCH)
    assert "ran" in happened
