"""Checks of addresses: each leads somewhere, all is led to, and what was published answers."""

import re
from collections import Counter
from collections.abc import Iterator

from explainer import urls
from explainer.data import LANGUAGES
from explainer.verify.crawl import Site, SiteFinding

_ID = re.compile(r"[a-z][a-z0-9-]{1,99}")
_ADDRESS = re.compile(r'(?:<loc>|href=")([^<"]+)')


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


def check_sitemap(site: Site) -> Iterator[SiteFinding]:
    """The sitemap lists each page to be found, once, with the addresses that its head names."""
    name = "sitemap.xml"
    urls = (_ADDRESS.findall(url) for url in site.text(name).split("<url>")[1:])
    listed = Counter((url[0], *sorted(url[1:])) for url in urls)
    wanted = Counter(
        (page.canonical, *sorted(page.alternates.values()))
        for page in site.monolingual()
        if page.is_listed
    )
    for entry in wanted | listed:
        agrees = wanted[entry] == listed[entry]
        yield None if agrees else (name, f"{entry[0]} does not stand once, as its page's head says")


def check_retired(site: Site) -> Iterator[SiteFinding]:
    """Retired figures and charts answer, in both languages; hosts forward what moved."""
    yield None if "_redirects" in site.files else ("_redirects", "is missing")
    pages = (one for one in site.dataset.retired if one[0] != "report")
    for sort, name in pages:
        for language in LANGUAGES:
            path = f"{urls.root_of(language)}{urls.page_of(sort, name)}/index.html"
            page = site.pages.get(path)
            if page is None:
                yield path, f"no answer for {sort} {name}"
            else:
                yield (path, "search engines may list it") if page.is_listed else None
