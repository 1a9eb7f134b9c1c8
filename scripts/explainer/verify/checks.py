"""Checks of markup, addresses, languages and numbers.

Nothing inline or from other hosts, nothing unrendered; each address leads somewhere; both languages
have the same pages, blocks and numbers, each tagged and linked.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from explainer.data import Claim, Derivation, Rate, Report
from explainer.data.fields import MARKS
from explainer.derive import evaluate_all
from explainer.export.json import place_of
from explainer.extract import Bound, Language, Quantity, find, parse, write_number
from explainer.i18n import TAGS
from explainer.site.headers import policy
from explainer.urls import PREFIX, root_of
from explainer.verify.crawl import Page, PageFinding, Site, SiteFinding, text_of

# Markup

_LOADED = "//@src | //@poster | //link[not(@rel='canonical' or @rel='alternate')]/@href"
_OTHER_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_INLINE = """//@*[name() = 'style' or starts-with(name(), 'on')]/.. | //style
    | //script[not(@src or @type='application/ld+json')]"""
_POLICY = """/html/head/meta[@http-equiv='Content-Security-Policy']
    [not(preceding::script or preceding::link)]/@content"""
_VISIBLE = "//text()[not(ancestor::script or ancestor::pre)]"


def check_policy(page: Page) -> Iterator[PageFinding]:
    """Every page carries the policy of its kind in time, and nothing that it blocks."""
    policies = page.find(_POLICY)
    is_right = policies == [policy(page.path, framing=False)]
    yield None if is_right else f"the policy is {policies}"
    inline = page.find(_INLINE)
    yield f"inline code at <{inline[0].tag}>" if inline else None
    for address in page.find(_LOADED):
        yield f"{address} is another host's" if _OTHER_HOST.match(address) else None


def check_leftover_markup(page: Page) -> Iterator[PageFinding]:
    """No template or Markdown mark is left in what readers see."""
    text = text_of(page.tree)
    if any(mark in text for mark in MARKS):  # perhaps in code, or where two elements meet
        text = "\n".join(page.find(_VISIBLE))
    found = [mark for mark in MARKS if mark in text]
    yield f"{found[0]!r} is visible" if found else None


# Addresses

_ID = re.compile(r"[a-z][a-z0-9-]{1,99}")
_IS_BLOCK = "not(self::article or self::section)"
_BLOCKS = f"""(//main | //main//article | //main//section)/*[{_IS_BLOCK}]
    [not(@lang or @hidden or @data-scripted or @aria-hidden)]
    [not(ancestor::*[ancestor::main][{_IS_BLOCK}])]
    [not(/html/head/meta[contains(@content, 'noindex')])]"""
"""The blocks of a page: what stands directly in ``<main>`` or in its articles and sections."""


def check_ids(page: Page) -> Iterator[PageFinding]:
    """Ids are readable ASCII slugs, each once a page, and every block has one."""
    for name, count in Counter(page.ids).items():
        is_right = count == 1 and _ID.fullmatch(name)
        yield None if is_right else f"id {name!r} is no slug or stands {count}×"
    for block in page.find(_BLOCKS) if not page.path.endswith("404.html") else ():
        yield None if block.get("id") else f"a block <{block.tag}> has no id"


def check_links(site: Site) -> Iterator[SiteFinding]:
    """Every file and anchor of the site exists that any page, table, feed or script names."""
    files = frozenset(site.list_files())
    for target, file in site.targets.items():
        name, _, anchor = target.partition("#")
        is_known = not anchor or name not in site.pages or anchor in site.pages[name].ids
        missing = "file" if name not in files else "" if is_known else "anchor"
        fault = f"{target} is named, but there is no such {missing}"
        yield (file, fault) if missing else None


# Languages

_FOREIGN = {
    "en": re.compile(r"[\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"),
    "zh": re.compile(r"[\u3041-\u30ff\uac00-\ud7a3]"),
}
"""Scripts that need a ``lang`` of their own: kana and hangul everywhere, hanzi in English."""
_TAGGED = """(//pre | //code | //@lang/..)[self::pre or self::code or @lang != /html/@lang]
    [not(ancestor::*[self::pre or self::code or @lang != /html/@lang])]"""
"""Code, and the outermost elements in another language than the page."""


def check_language(page: Page) -> Iterator[PageFinding]:
    """A page names its language, and text in another script has a ``lang`` of its own."""
    tag = page.tree.get("lang")
    yield None if tag == TAGS[page.language] else f"lang is {tag!r}"
    foreign = _FOREIGN[page.language]
    untagged = Counter(foreign.findall("".join(map(text_of, page.find("/html/body")))))
    if untagged:
        tagged = "".join(map(text_of, page.find(_TAGGED)))
        untagged -= Counter(foreign.findall(tagged))
    yield f"{''.join(untagged)} stand in no lang of their own" if untagged else None


def check_pairs(site: Site) -> Iterator[SiteFinding]:
    """Every page has its translation with the same ids and numbers, blocks in the same order.

    Where a figure stands inside a sentence follows each language's own word order.
    """
    paths = {path.removeprefix(root_of("zh")) for path in site.pages}
    for path in sorted(path for path in paths if not path.startswith("both/")):
        english, chinese = site.pages.get(path), site.pages.get(f"{root_of('zh')}{path}")
        if english is None or chinese is None:
            yield path, "is not there in both languages"
            continue
        odd = sorted(set(english.ids) ^ set(chinese.ids))
        one, other = ([i for i in p.ids if not i.startswith("f-")] for p in (english, chinese))
        fault = f"the languages differ in ids: {', '.join(odd) or 'their order'}"
        yield (path, fault) if odd or one != other else None
        here = Counter(number.target for number in english.numbers)
        there = Counter(n.target.removeprefix(root_of("zh")) for n in chinese.numbers)
        odd = sorted((here - there) + (there - here))
        fault = f"the languages differ in linked numbers: {', '.join(odd)}"
        yield (path, fault) if odd else None


# Numbers: what readers and programs see is read back and must be what the data say

_read = lru_cache(maxsize=10_000)(parse)


def check_linked_numbers(site: Site) -> Iterator[SiteFinding]:
    """Every linked number reads back, in its language, as what its link leads to."""
    results, inputs = evaluate_all(site.dataset), site.dataset.inputs.values()
    linked = {"{}#{}".format(*place_of(number)): number for number in inputs}
    for page in site.pages.values():
        for number in page.numbers:
            name, _, anchor = number.target.partition("#")
            if name.startswith("both/"):
                anchor = anchor.removeprefix(PREFIX)
            place = re.sub(r"^(?:zh|both)/|/index\.html$", "", name)
            match linked.get(f"{place}#{anchor}"):
                case Claim(quantity=quantity) | Report(quantity=quantity):
                    right = says(quantity, number.text, number.language, bare=number.is_bare)
                case Rate(value=value):
                    right = reads_value(value, number.text, number.language)
                case Derivation(id=own):
                    right = reads_value(results[own].quantity.value, number.text, number.language)
                case None:
                    right = False
            fault = f"{number.text!r} is not what {number.target} says"
            yield None if right else (page.path, fault)


def says(wanted: Quantity, text: str, language: Language, *, bare: bool = False) -> bool:
    """Whether ``text`` reads, in ``language``, as the quantity; ``bare`` leaves the hedge out."""
    if bare and wanted.value_max is None:
        wanted = replace(wanted, bound=Bound.EXACT)
    return _read(text, language).quantity == wanted


@lru_cache(maxsize=10_000)
def reads_value(value: Decimal, text: str, language: Language) -> bool:
    """Whether a number with that value can be read in ``text``, whatever it counts."""
    found = (match.quantity for match in find(text, language))
    written = rf"(?<![0-9.,]){re.escape(write_number(value, language))}(?![0-9]|[.,][0-9])"
    return bool(re.search(written, text)) or any(q and q.value == value for q in found)
