"""Checks of addresses: each leads somewhere, all is led to, and what was published answers."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from explainer import urls
from explainer.data import LANGUAGES, Retired
from explainer.verify.crawl import Site, SiteFinding, language_of

FARTHEST = 4
"""How many clicks at most lead from the home page to any other."""

_ID = re.compile(r"[a-z][a-z0-9-]{1,99}")
_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
_LINK = "{http://www.w3.org/1999/xhtml}link"


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


def check_orphans(site: Site) -> Iterator[SiteFinding]:
    """Few clicks lead from the home page of its own language to every page that may be found."""
    for language in LANGUAGES:
        home = f"{urls.root_of(language)}index.html"
        near = {home}
        for _ in range(FARTHEST):
            near |= {way for here in near & site.pages.keys() for way in site.pages[here].ways}
        for page in site.monolingual():
            if page.is_listed and language_of(page.path) == language:
                far = f"is over {FARTHEST} clicks from {home}"
                yield None if page.path in near else (page.path, far)


def check_sitemap(site: Site) -> Iterator[SiteFinding]:
    """The sitemap lists each page to be found, once, with the addresses that its head names."""
    name = "sitemap.xml"
    try:
        tree = etree.fromstring(site.text(name).encode())
    except etree.XMLSyntaxError as error:
        yield name, f"cannot be read: {error}"
        return
    listed = Counter(
        (url.findtext(_LOC, ""), *sorted(link.get("href", "") for link in url.iterfind(_LINK)))
        for url in tree
    )
    wanted = Counter(
        (page.canonical, *sorted(page.alternates.values()))
        for page in site.monolingual()
        if page.is_listed
    )
    for entry in wanted | listed:
        agrees = wanted[entry] == listed[entry]
        yield None if agrees else (name, f"{entry[0]} does not stand once, as its page's head says")


def check_retired(site: Site) -> Iterator[SiteFinding]:
    """Retired ids answer where they stood, in both languages; hosts forward what moved."""
    yield None if "_redirects" in site.files else ("_redirects", "is missing")
    for retired in site.dataset.retired.values():
        page, anchor = _answer(retired)
        for language in LANGUAGES:
            path = f"{urls.root_of(language)}{page}/index.html"
            facts = site.pages.get(path)
            if facts is None:
                yield path, f"no answer for {retired.sort} {retired.id}"
            elif anchor:
                yield None if anchor in facts.ids else (path, f"no anchor {anchor}")
            else:
                yield (path, "search engines may list it") if facts.is_listed else None


def _answer(retired: Retired) -> tuple[urls.Page, str]:
    """The page and the anchor at which a retired id answers."""
    figure, part = urls.figure_page(retired.owner), retired.id.partition("/")[2]
    places = {
        "figure": (urls.figure_page(retired.id), ""),
        "chart": (urls.chart_page(retired.id), ""),
        "claim": (figure, part),
        "derivation": (figure, urls.derivation_anchor(retired.id)),
        "rate": ("sources", urls.rate_anchor(retired.id)),
    }
    return places.get(retired.sort, ("sources", urls.report_anchor(retired.id)))
