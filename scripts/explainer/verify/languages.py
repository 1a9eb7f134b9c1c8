"""What a finished site promises about its two languages: same blocks, same numbers, same heads."""

import copy
import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from explainer.data import LANGUAGES, Dataset
from explainer.extract import Kind, Language, Quantity, find, parse
from explainer.verify.crawl import Page, Site
from explainer.verify.report import Finding, fail

_APART = frozenset("td th li p dt dd h1 h2 h3 figcaption summary tr caption div ul ol time".split())
_LISTS = frozenset("claim source-entry copy workings history reports uses take scroll".split())
"""Blocks that quote, list or compute; other rules read their numbers one by one."""
_YEAR = re.compile(r"(?<![0-9,.])(?:1[89]|20)[0-9]{2}(?![0-9,.]*[0-9]|[万亿千百%])")
_DIGIT = re.compile(r"[0-9]")
_LOCALES = {"en": "en_US", "zh": "zh_CN"}


def blocks(inside: HtmlElement) -> Iterator[HtmlElement]:
    """The blocks below an element, in reading order."""
    for child in inside.iterchildren("*"):
        if child.tag in ("article", "section"):
            yield from blocks(child)
        else:
            yield child


def language_of(page: Page) -> Language:
    """The language of a page of one language."""
    return "zh" if page.path.startswith("zh/") else "en"


def twin_of(page: Page) -> str:
    """The path of the page's pair in the other language."""
    return page.path.removeprefix("zh/") if language_of(page) == "zh" else f"zh/{page.path}"


def _pairs(site: Site) -> Iterator[tuple[Page, Page]]:
    for page in site.spoken.values():
        twin = site.spoken.get(twin_of(page))
        if language_of(page) == "en" and twin is not None:
            yield page, twin


def _main(page: Page) -> HtmlElement:
    return next(page.elements("//main"))


def blocks_have_ids(site: Site, _: Dataset) -> Iterator[Finding]:
    """Every block has an id: an address of its own, and the name by which it finds its pair."""
    for page in site.spoken.values():
        if not page.is_listed:
            continue
        for block in blocks(_main(page)):
            said = " ".join(block.text_content().split())[:30]
            named = block.get("id") or "stale" in (block.get("class") or "")
            yield None if named else fail("block", page, f"<{block.tag}> {said!r} has no id")


def numbers_agree(site: Site, _: Dataset) -> Iterator[Finding]:
    """Each block says the same numbers under the same hedges in both languages.

    Numbers are read from what readers see, each in its own language; years count by themselves,
    for 2021年 is a year wherever it stands and 2021 only where English says so.
    """
    for page, twin in _pairs(site):
        for one, other in zip(blocks(_main(page)), blocks(_main(twin)), strict=False):
            if _LISTS & set((one.get("class") or "").split()) or one.tag == "details":
                continue
            english, chinese = _said(one, "en"), _said(other, "zh")
            if english == chinese:
                yield from (None for _ in english)
            else:
                here = f"en {_told(english - chinese)}, zh {_told(chinese - english)}"
                yield fail("translated-number", page, f"#{one.get('id')}: {here}")


def _told(counted: Counter[str]) -> str:
    return "; ".join(counted) or "nothing more"


def _said(block: HtmlElement, language: Language) -> Counter[str]:
    """Every number of a block in a notation of no language."""
    tree = copy.deepcopy(block)
    for element in tree.xpath(
        ".//*[@lang or @hidden or @data-scripted or @aria-hidden] | .//svg | .//pre"
    ):
        element.drop_tree()
    said: Counter[str] = Counter()
    for link in tree.xpath(".//a[contains(concat(@class, ' '), 'fig ')]"):
        text = link.text_content()
        quantity = parse(text, language).quantity
        said[_brief(quantity) if quantity else re.sub(r"[^0-9.]", "", text)] += 1
        for inner in list(link):
            link.remove(inner)
        link.text = " ◆ "
    for element in tree.iter("*"):
        if element.tag in _APART:
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
    text = str(etree.tostring(tree, encoding="unicode", method="text"))
    for reading in reversed(find(text, language)):
        if reading.quantity and _is_printed_amount(reading.exact, reading.quantity):
            said[_brief(reading.quantity)] += 1
            text = f"{text[: reading.start]} {text[reading.end :]}"
    said.update(_YEAR.findall(text))
    return said


def _is_printed_amount(exact: str, quantity: Quantity) -> bool:
    """Whether digits stand for an amount: 1800人 does, while 1800 alone may be a year."""
    if quantity.kind in (Kind.YEAR, Kind.DATE) or not _DIGIT.search(exact):
        return False
    return bool(quantity.unit or quantity.currency) or not _YEAR.search(exact)


def _brief(quantity: Quantity) -> str:
    parts = [f"{quantity.value:f}", str(quantity.bound)]
    if quantity.value_max is not None:
        parts.append(f"{quantity.value_max:f}")
    if quantity.kind in (Kind.MONEY, Kind.PERCENT, Kind.MULTIPLE):
        parts.append(quantity.currency or str(quantity.kind))
    return " ".join(parts)


def both_pages_hold_all(site: Site, _: Dataset) -> Iterator[Finding]:
    """Every page of two languages has its page in both, with every word of each, in order."""
    for page, twin in _pairs(site):
        if not page.is_listed:
            continue
        name = f"both/{page.path}"
        both = site.pages.get(name)
        if both is None:
            yield fail("both", name, "is missing")
            continue
        for one, lang in ((page, "en"), (twin, "zh-Hans")):
            columns = both.elements(f"//div[@class='pair__one'][@lang='{lang}']")
            shown = "".join("".join(column.text_content().split()) for column in columns)
            wanted = _visible(one)
            yield None if shown == wanted else fail("both", name, f"{lang} differs from {one.path}")


def _visible(page: Page) -> str:
    tree = copy.deepcopy(_main(page))
    for element in tree.xpath(".//*[@hidden or @data-scripted] | .//button | .//*[@class='stale']"):
        element.drop_tree()
    return "".join(str(tree.text_content()).split())


def heads_are_local(site: Site, dataset: Dataset) -> Iterator[Finding]:
    """Title, description and share tags speak the page's language and name the other's locale."""
    name = {code: dataset.about.name[code] for code in LANGUAGES}
    for page in site.spoken.values():
        if not page.is_listed:
            continue
        code = language_of(page)
        other: Language = "en" if code == "zh" else "zh"
        tags = {
            str(meta.get("property")): str(meta.get("content"))
            for meta in page.elements("//meta[@property]")
        }
        title = page.texts("string(//title)")[0]
        wrong = []
        if name[code] not in title:
            wrong.append(f"title {title!r}")
        if tags.get("og:locale") != _LOCALES[code]:
            wrong.append(f"og:locale {tags.get('og:locale')}")
        if tags.get("og:locale:alternate") != _LOCALES[other]:
            wrong.append(f"og:locale:alternate {tags.get('og:locale:alternate')}")
        if tags.get("og:url") not in page.texts("//link[@rel='canonical']/@href"):
            wrong.append(f"og:url {tags.get('og:url')}")
        described = page.texts("//meta[@name='description']/@content")
        if described != [tags.get("og:description")] or not any(described):
            wrong.append("description")
        yield fail("head", page, ", ".join(wrong)) if wrong else None


MOST_URLS, MOST_BYTES = 50_000, 50 * 1024 * 1024
"""What one sitemap may hold (sitemaps.org, protocol 0.9)."""


def sitemap_agrees(site: Site, _: Dataset) -> Iterator[Finding]:
    """The sitemap lists each page to be found, once, with the languages that its head names."""
    try:
        tree = etree.fromstring((site.root / "sitemap.xml").read_bytes())
    except (FileNotFoundError, etree.XMLSyntaxError) as error:
        yield fail("sitemap", "sitemap.xml", f"cannot be read: {error}")
        return
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    listed: dict[str, dict[str, str]] = {}
    for url in tree.iterfind("s:url", spaces):
        address = url.findtext("s:loc", "", spaces)
        if address in listed:
            yield fail("sitemap", "sitemap.xml", f"{address} stands twice")
        links = url.iterfind("{http://www.w3.org/1999/xhtml}link")
        listed[address] = {str(a.get("hreflang")): str(a.get("href")) for a in links}
    wanted: dict[str, dict[str, str]] = {}
    for page in site.spoken.values():
        if not page.is_listed:
            continue
        own = next(iter(page.texts("//link[@rel='canonical']/@href")), page.path)
        wanted[own] = {
            str(link.get("hreflang")): str(link.get("href"))
            for link in page.elements("//link[@rel='alternate'][@hreflang]")
        }
    size = (site.root / "sitemap.xml").stat().st_size
    if len(listed) > MOST_URLS or size > MOST_BYTES:
        yield fail("sitemap", "sitemap.xml", f"{len(listed)} addresses in {size} bytes: too many")
    for address in sorted(wanted.keys() | listed.keys()):
        if wanted.get(address) == listed.get(address):
            yield None
        else:
            yield fail("sitemap", "sitemap.xml", f"{address} is not what its page's head says")


RULES = (
    blocks_have_ids,
    numbers_agree,
    both_pages_hold_all,
    heads_are_local,
    sitemap_agrees,
)
