"""Checks of markup, addresses and languages.

Nothing inline or from other hosts, nothing unrendered; each address leads somewhere; both languages
have the same pages and blocks, each tagged and linked.
"""

import re
from collections import Counter
from collections.abc import Iterator

from explainer.data.fields import MARKS
from explainer.i18n import TAGS
from explainer.site.headers import policy
from explainer.urls import PREFIX, root_of
from explainer.verify.crawl import Page, PageFinding, Site, SiteFinding, evaluate

# Markup

_LOADED = "//@src | //@poster | //link[not(@rel='canonical' or @rel='alternate')]/@href"
_OTHER_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_SIGNS = (
    re.compile(r"\s(?:style|on[a-z]+)\s*="),
    re.compile(r'<(?:style|script)(?! src=| type="application)'),
)
"""What is on every page with inline code, and on few others."""
_INLINE = """//@*[name() = 'style' or starts-with(name(), 'on')]/.. | //style
    | //script[not(@src or @type='application/ld+json')]"""
_POLICY = """/html/head/meta[@http-equiv='Content-Security-Policy']
    [not(preceding::script or preceding::link)]/@content"""
_VISIBLE = "//text()[contains(., '{}')][not(ancestor::script or ancestor::pre)]"


def check_third_party(page: Page, _: Site) -> Iterator[PageFinding]:
    """No page loads anything from another host."""
    for address in page.find(_LOADED):
        yield address if _OTHER_HOST.match(address) else None


def check_policy(page: Page, _: Site) -> Iterator[PageFinding]:
    """Every page carries the policy of its kind in time, and no inline code that it blocks."""
    policies = page.find(_POLICY)
    is_right = policies == [policy(page.path, framing=False)]
    yield None if is_right else f"the policy is {policies}"
    inline = page.find(_INLINE) if any(s.search(page.text) for s in _SIGNS) else []
    yield f"inline code at <{inline[0].tag}>" if inline else None


def check_leftover_markup(page: Page, _: Site) -> Iterator[PageFinding]:
    """No template or Markdown mark is left in what readers see."""
    found = [mark for mark in MARKS if mark in page.text and page.find(_VISIBLE.format(mark))]
    yield f"{found[0]!r} is visible" if found else None


# Addresses

_ID = re.compile(r"[a-z][a-z0-9-]{1,99}")


def check_ids(site: Site) -> Iterator[SiteFinding]:
    """Ids are readable ASCII slugs, each once a page."""
    for page in site.pages.values():
        for name, count in Counter(page.ids).items():
            is_right = count == 1 and _ID.fullmatch(name)
            yield None if is_right else (page.path, f"id {name!r} is no slug or stands {count}×")


def check_links(site: Site) -> Iterator[SiteFinding]:
    """Every file and anchor of the site exists that any page, table, feed or script names."""
    for target, file in site.targets.items():
        name, _, anchor = target.partition("#")
        if name not in site.files:
            yield file, f"{target} is named, but there is no such file"
        elif anchor and name in site.pages and anchor not in site.pages[name].ids:
            yield file, f"{target} is named, but there is no such anchor"
        else:
            yield None


# Languages

_FOREIGN = {
    "en": re.compile(r"[\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"),
    "zh": re.compile(r"[\u3041-\u30ff\uac00-\ud7a3]"),
}
"""Scripts that need a ``lang`` of their own: kana and hangul everywhere, hanzi in English."""
_TAGGED = """(//pre | //code | //@lang/..)[self::pre or self::code or @lang != /html/@lang]
    [not(ancestor::*[self::pre or self::code or @lang != /html/@lang])]"""
"""Code, and the outermost elements in another language than the page."""


def check_language(page: Page, _: Site) -> Iterator[PageFinding]:
    """A page names its language, and text in another script has a ``lang`` of its own."""
    tag = page.tree.get("lang")
    yield None if tag == TAGS[page.language] else f"lang is {tag!r}"
    foreign = _FOREIGN[page.language]
    untagged = Counter(foreign.findall(str(evaluate("string(/html/body)", page.tree))))
    if untagged:
        tagged = "".join(str(evaluate("string()", element)) for element in page.find(_TAGGED))
        untagged -= Counter(foreign.findall(tagged))
    yield f"{''.join(untagged)} stand in no lang of their own" if untagged else None


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
                is_there = block and prefix + block in ids
                fault = f"block {block!r} is not on the page of both languages"
                yield None if is_there else (page.path, fault)
