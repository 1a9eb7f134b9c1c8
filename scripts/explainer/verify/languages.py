"""Checks of the two languages: the same pages and blocks, each tagged, named and linked."""

import re
from collections import Counter
from collections.abc import Iterator

from explainer.data import LANGUAGES
from explainer.i18n import TAGS
from explainer.urls import PREFIX, root_of
from explainer.verify.crawl import Page, PageFinding, Site, SiteFinding, language_of

_FOREIGN = {
    "en": re.compile(r"[\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"),
    "zh": re.compile(r"[\u3041-\u30ff\uac00-\ud7a3]"),
}
"""Scripts that need a ``lang`` of their own: kana and hangul everywhere, hanzi in English."""
_TAGGED = """//*[self::pre or self::code or @lang != /html/@lang]
    [not(ancestor::*[self::pre or self::code or @lang != /html/@lang])]"""
"""Code, and the outermost elements in another language than the page."""


def check_language(page: Page, _: Site) -> Iterator[PageFinding]:
    """A page names its language, and text in another script has a ``lang`` of its own."""
    language = language_of(page.path)
    tag = page.tree.get("lang")
    yield None if tag == TAGS[language] else f"lang is {tag!r}"
    foreign = _FOREIGN[language]
    tagged = "".join(element.text_content() for element in page.find(_TAGGED))
    shown = "".join(body.text_content() for body in page.find("/html/body"))
    untagged = Counter(foreign.findall(shown)) - Counter(foreign.findall(tagged))
    yield f"{''.join(untagged)} stand in no lang of their own" if untagged else None


def check_hreflang(site: Site) -> Iterator[SiteFinding]:
    """Both pages of a pair name the same addresses for both languages and the default."""
    for page in site.monolingual():
        if page.is_listed:
            address = page.path.removesuffix("index.html").removeprefix(root_of("zh"))
            english, chinese = (f"{site.address}{root_of(code)}{address}" for code in LANGUAGES)
            wanted = {TAGS["en"]: english, TAGS["zh"]: chinese, "x-default": english}
            canonical = wanted[TAGS[language_of(page.path)]]
            right = page.alternates == wanted and page.canonical == canonical
            yield None if right else (page.path, f"{page.canonical} with {page.alternates}")


def check_pairs(site: Site) -> Iterator[SiteFinding]:
    """Every page has its translation with the same ids, blocks in the same order.

    Where a figure stands inside a sentence follows each language's own word order.
    """
    for path in sorted({page.path.removeprefix(root_of("zh")) for page in site.monolingual()}):
        english, chinese = site.pages.get(path), site.pages.get(f"{root_of('zh')}{path}")
        if english is None or chinese is None:
            yield path, "is not there in both languages"
            continue
        odd = sorted(set(english.ids) ^ set(chinese.ids))
        one, other = ([i for i in p.ids if not i.startswith("f-")] for p in (english, chinese))
        fault = f"the languages differ in ids: {', '.join(odd) or 'their order'}"
        yield (path, fault) if odd or one != other else None


def check_blocks(site: Site) -> Iterator[SiteFinding]:
    """Every block has an id, and stands on the page of both languages in English and Chinese."""
    for english, chinese in site.pairs():
        both = site.pages.get(f"both/{english.path}")
        ids = frozenset(both.ids) if both else frozenset[str]()
        for page, prefix in ((english, ""), (chinese, PREFIX)):
            for block in page.blocks:
                is_there = block.id and prefix + block.id in ids
                fault = f"block {block.id!r} {block.texts} is not on the page of both languages"
                yield None if is_there else (page.path, fault)
