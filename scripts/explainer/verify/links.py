"""Checks of addresses: each leads somewhere, all is led to, and what was published answers."""

import re
from collections import Counter, deque
from collections.abc import Iterator

from lxml import etree

from explainer import urls
from explainer.data import LANGUAGES, Retired
from explainer.verify.crawl import Page, PageFinding, Site, SiteFinding, language_of

FARTHEST = 4
"""How many clicks at most lead from the home page to any other."""

_ID = re.compile(r"[a-z][a-z0-9-]{1,99}")
_SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
_XHTML_LINK = "{http://www.w3.org/1999/xhtml}link"


def check_ids(page: Page, _: Site) -> Iterator[PageFinding]:
    """Ids are readable ASCII slugs, each once a page."""
    for name, count in Counter(page.texts("//@id")).items():
        if count > 1:
            yield f"id {name!r} stands {count} times"
        else:
            yield None if _ID.fullmatch(name) else f"id {name!r} is no readable slug"


def check_addresses(page: Page, _: Site) -> Iterator[PageFinding]:
    """No address is empty; those of the error pages, which hosts show at any depth, are absolute."""
    for address in page.addresses():
        if not address.strip():
            yield "an address is empty"
        elif page.is_error_page and not address.startswith(("/", "#")) and ":" not in address:
            yield f"{address} counts from the page, which may be anywhere"
        else:
            yield None


def check_links(site: Site) -> Iterator[SiteFinding]:
    """Every file and anchor of the site exists that any page, table, feed or script names."""
    anchors = {path: frozenset(page.ids) for path, page in site.pages.items()}
    for target, file in site.targets.items():
        name, _, anchor = target.partition("#")
        if name not in site.files:
            yield file, f"{target} is named, but there is no such file"
        elif anchor and name in anchors and anchor not in anchors[name]:
            yield file, f"{target} is named, but there is no such anchor"
        else:
            yield None


def check_orphans(site: Site) -> Iterator[SiteFinding]:
    """Few clicks lead from the home page of its own language to every page that may be found."""
    for language in LANGUAGES:
        home = f"{urls.root_of(language)}index.html"
        clicks = {home: 0} if home in site.pages else {}
        ahead = deque(clicks)
        while ahead:
            here = ahead.popleft()
            for there in site.pages[here].ways:
                if there in site.pages and there not in clicks:
                    clicks[there] = clicks[here] + 1
                    ahead.append(there)
        for page in site.monolingual():
            if page.is_listed and language_of(page.path) == language:
                is_near = clicks.get(page.path, FARTHEST + 1) <= FARTHEST
                yield None if is_near else (page.path, f"is over {FARTHEST} clicks from {home}")


def check_assets(site: Site) -> Iterator[SiteFinding]:
    """Every asset is loaded by a page, a style sheet or a script."""
    for name in sorted(site.files):
        if name.startswith("assets/"):
            yield None if name in site.targets else (name, "nothing loads it")


def check_sitemap(site: Site) -> Iterator[SiteFinding]:
    """The sitemap lists each page to be found, once, with the languages that its head names."""
    name = "sitemap.xml"
    try:
        tree = etree.fromstring(site.text(name).encode())
    except etree.XMLSyntaxError as error:
        yield name, f"cannot be read: {error}"
        return
    listed: dict[str, dict[str, str]] = {}
    for url in tree.iterfind("s:url", _SITEMAP):
        address = url.findtext("s:loc", "", _SITEMAP)
        if address in listed:
            yield name, f"{address} stands twice"
        links = url.iterfind(_XHTML_LINK)
        listed[address] = {str(link.get("hreflang")): str(link.get("href")) for link in links}
    wanted = {page.canonical: page.alternates for page in site.monolingual() if page.is_listed}
    for address in sorted(wanted.keys() | listed.keys()):
        agrees = wanted.get(address) == listed.get(address)
        yield None if agrees else (name, f"{address} is not what its page's head says")


def check_retired(site: Site) -> Iterator[SiteFinding]:
    """Retired ids answer where they stood, in both languages; hosts forward what moved."""
    yield None if "_redirects" in site.files else ("_redirects", "is missing")
    for retired in site.dataset.retired.values():
        there, anchor = _place(retired, retired.id)
        for language in LANGUAGES:
            path = f"{urls.root_of(language)}{urls.folder(there)}index.html"
            page = site.pages.get(path)
            if page is None:
                yield path, f"no answer for {retired.sort} {retired.id}"
            elif anchor:
                yield None if anchor in page.ids else (path, f"no anchor {anchor}")
            else:
                yield from ((path, fault) for fault in _stub_faults(site, path, retired))


def _place(retired: Retired, name: str) -> tuple[urls.Page, str]:
    """The page and the anchor at which an id of the retired one's sort answers."""
    match retired.sort:
        case "figure":
            return urls.figure_page(name), ""
        case "chart":
            return urls.chart_page(name), ""
        case "claim":
            return urls.figure_page(retired.owner), name.partition("/")[2]
        case "derivation":
            return urls.figure_page(retired.owner), urls.derivation_anchor(name)
        case "rate":
            return "sources", urls.rate_anchor(name)
        case _:
            return "sources", urls.report_anchor(name)


def _stub_faults(site: Site, path: str, retired: Retired) -> Iterator[str]:
    """What is wrong with a page that stands for what is gone."""
    page, language = Page.parse(path, site.text(path).encode()), language_of(path)
    text = page.tree.text_content()
    reason = () if retired.moved_to or not retired.reason else (retired.reason[language],)
    if page.is_listed:
        yield "search engines may list it"
    for needed in (retired.id, retired.label[language], *reason):
        if needed not in text:
            yield f"does not say {needed!r}"
    if not retired.successor:
        return
    there = _place(retired, retired.successor)[0]
    wanted = f"{urls.root_of(language)}{urls.folder(there)}"
    links = page.texts("//*[@id='moved' or @id='instead']//a/@href")
    if [site.target(path, link) for link in links] != [f"{wanted}index.html"]:
        yield f"leads to {links}, not to {wanted}"
    if retired.moved_to and page.canonical != site.address + wanted:
        yield f"names {page.canonical} as its canonical address"
    if retired.moved_to and f"/{wanted} 301" not in site.text("_redirects"):
        yield f"has no line in _redirects that leads to {wanted}"
