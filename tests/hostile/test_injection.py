"""Hostile texts in every text field of the data are shown literally and run nothing.

The site is built once with a plain word in each text field, and once per group of hostile texts.
Every element of every page must stand where it stood, with the hostile text in place of the word.
"""

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from lxml import etree, html
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Dialog, Page, expect
from tests.conftest import checkout_in

from explainer.data import DataErrors, load

ROOT = Path(__file__).parents[2]
SCHEMAS = {
    path.name: json.loads(path.read_text("utf-8")) for path in (ROOT / "data/schema").glob("*.json")
}
WORD = re.compile(r"Zq[a-z]{3}q")
"""The word that stands in each field of the plain build: its own."""


def groups() -> dict[str, list[str]]:
    """The hostile texts by the reader that each is meant for."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "payloads.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            found[line.removeprefix("## ")] = []
        elif found:
            found[list(found)[-1]].append(line)
    return found


GROUPS = groups()


At = tuple[str | int, ...]


def fields(schema: dict[str, Any], name: str, value: Any, at: At) -> Iterator[At]:
    """Every free text below ``value``, as the schema has it: texts, and both sides of pairs."""
    if "$ref" in schema:
        file, _, pointer = schema["$ref"].partition("#/$defs/")
        if pointer in ("text", "pair"):
            texts = value.items() if pointer == "pair" else ((None, value),)
            for side, text in texts:
                if isinstance(text, str):
                    yield (*at, side) if side else at
            return
        home = file or name
        yield from fields(SCHEMAS[home]["$defs"][pointer], home, value, at)
        return
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


READ = ("exact", "scale", "normalized", "new")
"""Texts that are read as numbers; whatever else they say is refused."""


def is_read(at: tuple[str | int, ...], parent: Any) -> bool:
    """Whether the program reads a number in the text: then it is no free text."""
    return at[-1] in READ or (at[-1] == "phrase" and "normalized" not in parent)


def inject(folder: Path, text: Callable[[int], str], *, read: bool = False) -> int:
    """Put a text before every free text (or every read one) of the data; returns how many."""
    count = 0
    for path in sorted(folder.rglob("*.yml")):
        written = path.read_text("utf-8")
        name = re.findall(r"\$schema=(?:\.\./)?schema/(\S+)", written)[0]
        value = yaml.load(written, yaml.BaseLoader)
        for at in sorted(set(fields(SCHEMAS[name], name, value, ())), key=str):
            parent = value
            for key in at[:-1]:
                parent = parent[key]
            if is_read(at, parent) is read:
                parent[at[-1]] = f"{text(count)} {parent[at[-1]]}"
                count += 1
        path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return count


def word(number: int) -> str:
    """The plain word of the field with that number."""
    return "Zq" + "".join(chr(97 + number // 26**place % 26) for place in (2, 1, 0)) + "q"


def number_of(word: str) -> int:
    """The field that has the plain word."""
    return sum(
        (ord(letter) - 97) * 26**place for letter, place in zip(word[2:5], (2, 1, 0), strict=True)
    )


def hostile(group: str, number: int) -> str:
    """All texts of the group, each field beginning with another one and ending in its own name."""
    texts = GROUPS[group]
    start = 0 if group == "swallowing" else number % len(texts)
    return " ¦ ".join([*texts[start:], *texts[:start], word(number).upper()])


def expected(text: str, group: str) -> str:
    """What stands where the plain build has ``text``."""
    return WORD.sub(lambda found: hostile(group, number_of(found.group())), text)


BUILD = """
import runpy, sys
import explainer.charts
explainer.charts.png = lambda svg: b""  # as slow as all the rest; a picture of pixels runs nothing
sys.argv[1:] = ["build", "--strict", "--quiet", "--site-dir", "site"]
runpy.run_module("mkdocs", run_name="__main__")
"""


def build(checkout: Path, text: Callable[[int], str]) -> Path:
    """The site of a checkout with a text in every free field."""
    checkout_in(checkout)
    assert inject(checkout / "data", text) > 2500
    environment = {
        **os.environ,
        "PYTHONPATH": str(checkout / "scripts"),
        "NO_MKDOCS_2_WARNING": "1",
        "SITE_URL": "https://site.example/",
    }
    for command in (["-m", "explainer", "pairs", "--checked"], ["-c", BUILD]):
        subprocess.run(
            [sys.executable, *command],
            cwd=checkout,
            env=environment,
            check=True,
            capture_output=True,
        )
    return checkout / "site"


Sites = Callable[[str], Path]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The site with the texts of a group in every field; "plain" has a word in each."""

    @cache
    def site(group: str) -> Path:
        folder = tmp_path_factory.mktemp("hostile") / "checkout"
        return build(folder, word if group == "plain" else partial(hostile, group))

    return site


def flat(text: str | None) -> str:
    return " ".join((text or "").split())


def in_any_case(text: str, group: str) -> str:
    """What is expected where a style of citing sets names and titles in cases of its own."""
    found = re.sub(WORD.pattern, lambda it: word(number_of(it.group().lower())), text, flags=re.I)
    return flat(expected(found, group)).casefold()


def same_tree(plain: Any, found: Any, group: str, where: str) -> int:
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
            assert flat(expected(unquote(value), group)) == flat(unquote(right.get(name))), where
        if left.get("type") == "application/ld+json":
            assert as_expected(json.loads(left.text), group) == flattened(json.loads(right.text))
        elif left.tag != "code":  # holds a file of another form, which is held by itself
            shown += len(WORD.findall(left.text or ""))
            if left.get("class") == "copy__text":
                cited = in_any_case(left.text or "", group)
                assert cited == flat(right.text).casefold(), where
            else:
                assert flat(expected(left.text or "", group)) == flat(right.text), where
        assert flat(expected(left.tail or "", group)) == flat(right.tail), where
    return shown


def as_expected(value: Any, group: str) -> Any:
    """The plain build's value of JSON, with the hostile texts in place."""
    match value:
        case str():
            return flat(expected(unquote(value), group))
        case list():
            return [as_expected(one, group) for one in value]
        case dict():
            return {key: as_expected(one, group) for key, one in value.items()}
    return value


def flattened(value: Any) -> Any:
    """A value of JSON with every white space alike."""
    return as_expected(value, "plain") if not isinstance(value, str) else flat(unquote(value))


EVERY_GROUP = pytest.mark.parametrize("group", list(GROUPS))


def test_there_are_enough_texts_for_every_reader() -> None:
    texts = [text for group in GROUPS.values() for text in group]
    assert len(texts) == len(set(texts)) >= 60
    assert not any(character.isdigit() for text in texts for character in text)


@EVERY_GROUP
def test_every_page_shows_it_literally(sites: Sites, group: str) -> None:
    plain, found = sites("plain"), sites(group)
    shown = 0
    for path in sorted(plain.rglob("*.html")):
        name = path.relative_to(plain)
        one, other = (
            html.document_fromstring((s / name).read_bytes().decode()) for s in (plain, found)
        )
        shown += same_tree(one, other, group, str(name))
    assert shown > 10_000


@EVERY_GROUP
def test_every_file_holds_it_literally(sites: Sites, group: str) -> None:
    plain, found = sites("plain"), sites(group)
    looked = 0
    for path in sorted(plain.rglob("*")):
        name = str(path.relative_to(plain))
        other = found / name
        if "pagefind" in name or not path.is_file():
            continue
        looked += 1
        match path.suffix:
            case ".json":
                one, two = (unmeasured(json.loads(p.read_bytes()), p) for p in (path, other))
                if path.name == "search.json":
                    for left, right in zip(one["names"], two["names"], strict=True):
                        looked_up = sorted(in_any_case(text, group) for text in left.pop("names"))
                        assert looked_up == sorted(map(flat, right.pop("names"))), name
                assert as_expected(one, group) == flattened(two), name
            case ".csv":
                one, two = (
                    list(csv.reader(io.StringIO(p.read_text("utf-8")), strict=True))
                    for p in (path, other)
                )
                assert as_expected(one, group) == flattened(
                    [[undone(cell) for cell in row] for row in two]
                ), name
                assert not [cell for row in two for cell in row if cell.startswith(FORMULA)], name
            case ".svg" | ".xml":
                one, two = (etree.parse(p).getroot() for p in (path, other))
                if path.suffix == ".xml":
                    same_tree(one, two, group, name)
                else:  # lines are broken where they are full
                    assert {e.tag for e in two.iter()} <= {e.tag for e in one.iter()}, name
                    assert {a for e in two.iter() for a in e.attrib} <= {
                        a for e in one.iter() for a in e.attrib
                    }, name
            case ".md":
                one, two = (
                    html.fromstring(f"<div>{COMMONMARK.render(p.read_text('utf-8'))}</div>")
                    for p in (path, other)
                )
                same_tree(one, two, group, name)
            case ".bib":
                one, two = (parse_string(p.read_text("utf-8")).entries for p in (path, other))
                assert [[f.key for f in entry.fields] for entry in one] == [
                    [f.key for f in entry.fields] for entry in two
                ], name
            case ".ris":
                one, two = (rispy.loads(p.read_text("utf-8")) for p in (path, other))
                assert [set(entry) for entry in one] == [set(entry) for entry in two], name
            case ".png" | ".html" | ".js" | ".css" | ".txt" | "":
                looked -= 1
            case form:
                raise AssertionError(f"{name}: nobody holds files of the form {form}")
    assert looked > 150


def unmeasured(value: Any, path: Path) -> Any:
    """A file of JSON without what is reckoned from other texts: sizes, digests and its own name."""
    if path.name == "sbom.cdx.json":
        assert UUID(value.pop("serialNumber"))
    if path.name == "datapackage.json":
        for resource in value["resources"]:
            content = (path.parent / resource["path"]).read_bytes()
            assert resource.pop("bytes") == len(content)
            assert resource.pop("hash") == f"sha256:{hashlib.sha256(content).hexdigest()}"
    return value


COMMONMARK = MarkdownIt("commonmark")

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def undone(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from reckoning."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def test_what_is_read_as_a_number_takes_no_other_words(data: Path) -> None:
    texts = [text for group in GROUPS.values() for text in group]
    count = inject(data, lambda number: texts[number % len(texts)], read=True)
    with pytest.raises(DataErrors) as caught:
        load(data)
    assert count > 150
    assert len(caught.value.problems) > 100


# In a browser


@pytest.fixture(scope="module")
def served(sites: Sites) -> Iterator[Callable[[str], str]]:
    """The address of the site of a group, from a host that sends no header."""
    servers = []

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

        def send_error(
            self, code: int, message: str | None = None, explain: str | None = None
        ) -> None:
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((Path(self.directory) / "404.html").read_bytes())

    @cache
    def address(group: str) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(sites(group))))
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield address
    for server in servers:
        server.shutdown()


class Watched:
    """A page that remembers whatever ran, opened, left or asked elsewhere."""

    def __init__(self, browser: Browser, base: str, *, policy: bool) -> None:
        context = browser.new_context(bypass_csp=not policy)
        context.expose_function("hit", lambda *_: self.told.append("ran"))
        self.told: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("dialog", self._opened)
        self.page.on("pageerror", lambda error: self.told.append(f"error: {error}"))
        self.page.on("popup", lambda popup: self.told.append(f"popup: {popup.url}"))
        self.page.on("console", self._said)
        self.page.on("request", self._asked)
        self.base = base

    def _opened(self, dialog: Dialog) -> None:
        self.told.append(f"opened: {dialog.message}")
        dialog.dismiss()

    def _said(self, message: Any) -> None:
        if "Security Policy" in message.text:
            self.told.append(message.text)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.told.append(f"asked {request.url}")


TOUCH = """() => {
  for (const e of document.querySelectorAll('main *, header *, footer *'))
    for (const name of ['mouseover', 'focus', 'focusin', 'error', 'load', 'toggle', 'animationstart', 'pointerenter'])
      e.dispatchEvent(new Event(name, { bubbles: name.endsWith('in') || name === 'mouseover' }))
}"""


@EVERY_GROUP
def test_nothing_runs_even_without_a_policy(
    browser: Browser, sites: Sites, served: Callable[[str], str], group: str
) -> None:
    base = served(group)
    watched = Watched(browser, base, policy=False)
    pages = sorted(
        path.relative_to(sites(group)).as_posix() for path in sites(group).rglob("*.html")
    )
    for name in pages:
        watched.page.goto(base + name, wait_until="domcontentloaded")
        watched.page.evaluate(TOUCH)
        assert watched.page.url.startswith(base)
        assert watched.told == [], name
    watched.page.context.close()


@pytest.mark.parametrize("policy", [True, False], ids=["policy", "no policy"])
@EVERY_GROUP
def test_what_scripts_show_is_shown_literally(
    browser: Browser, served: Callable[[str], str], group: str, policy: bool
) -> None:
    """Search, number lens, cards, peeks and near misses write into the page as well."""
    base = served(group)
    watched = Watched(browser, base, policy=policy)
    page = watched.page
    for text in GROUPS[group][:6]:
        page.goto(f"{base}search/?q={quote(text)}")
        expect(page.locator(".ask__input")).to_have_value(text)
        page.goto(f"{base}figures/{quote(text, safe='')}-five-years/")
    page.goto(f"{base}search/?q=netflix")
    expect(page.locator(".results__list").first).to_be_visible()
    page.evaluate(TOUCH)
    page.goto(f"{base}lens/")
    page.locator("textarea").fill("\n".join(f"{text} $700 million" for text in GROUPS[group]))
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
    assert watched.told == []
    page.context.close()


def test_a_text_that_did_run_would_be_seen(
    browser: Browser, sites: Sites, served: Callable[[str], str]
) -> None:
    site = sites("plain")
    text = (site / "money/index.html").read_text("utf-8")
    for number, planted in enumerate(
        ("<script>hit()</script>", "<img src=x onerror=hit()>", "<p onmouseover=hit()>x")
    ):
        (site / f"planted-{number}.html").write_text(
            text.replace("</main>", f"{planted}</main>"), "utf-8"
        )
        watched = Watched(browser, served("plain"), policy=False)
        watched.page.goto(f"{served('plain')}planted-{number}.html")
        watched.page.evaluate(TOUCH)
        watched.page.wait_for_function("() => true")
        assert "ran" in watched.told
        (site / f"planted-{number}.html").unlink()
        watched.page.context.close()
