"""What a finished site promises about its addresses: each leads somewhere, and all is led to."""

import hashlib
import json
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

from explainer.data import Dataset
from explainer.verify.crawl import Page, Site
from explainer.verify.report import Finding, fail

FARTHEST = 4
"""How many clicks at most lead from the home page to any other."""

_PAINTED = re.compile(r"url\(['\"]?(#[^)'\"]*)")
_IN_SHEET = re.compile(r"(?:@import\s+|url\()\s*['\"]?([^'\")\s;]+)")
_IN_SCRIPT = re.compile(r"(?:\bfrom|\bimport|\bURL)\s*\(?\s*['\"](\.[^'\"]*)['\"]")
_TEXTS = (".html", ".json", ".csv", ".md", ".xml", ".txt", ".bib", ".ris", ".svg")
_UNANCHORED = (".html", ".xml", "feed.json")
"""Files whose addresses may also name things: ``#dataset`` of linked data, an entry of a feed."""


def links_lead_somewhere(site: Site, _: Dataset) -> Iterator[Finding]:
    """Every link, asset and anchor inside the site exists.

    The "not found" pages are served at any depth, so that theirs count from the site's root.
    """
    for page in site.pages.values():
        lost = page.path.endswith("404.html")
        for address in _addresses(page):
            if not address.strip():
                yield fail("link", page, "an address is empty")
                continue
            if lost and not address.startswith(("/", "#")) and not urlsplit(address).scheme:
                yield fail("link", page, f"{address} counts from the page, which may be anywhere")
                continue
            target = site.target(page, address)
            if target is None:
                continue
            name, fragment = target
            if name not in site.files:
                yield fail("link", page, f"{address} leads to no file")
            elif fragment and name in site.pages and fragment not in site.pages[name].ids:
                yield fail("link", page, f"{address} leads to no anchor")
            else:
                yield None


def _addresses(page: Page) -> Iterator[str]:
    yield from page.texts(
        "//@href | //@src | //@poster | //@action | //@formaction | //object/@data"
        " | //@*[name()='xlink:href'] | //@data-peek | //@data-engine"
    )
    for candidates in page.texts("//@srcset | //@imagesrcset"):
        yield from (
            candidate.split()[0] for candidate in candidates.split(",") if candidate.split()
        )
    for value in page.texts("//svg//@*[contains(., 'url(')]"):
        yield from _PAINTED.findall(value)


def links_have_words(site: Site, _: Dataset) -> Iterator[Finding]:
    """Every link says where it leads: in words, in a label or in a picture's text."""
    for page in site.pages.values():
        for link in page.elements("//a[@href]"):
            said = [link.text_content(), link.get("aria-label"), *link.xpath(".//img/@alt")]
            named = any(one and str(one).strip() for one in said)
            yield None if named else fail("link-text", page, f"{link.get('href')} has no words")


def no_page_is_an_orphan(site: Site, _: Dataset) -> Iterator[Finding]:
    """Few clicks lead from the home page of its own language to every page that may be found."""
    for home in ("index.html", "zh/index.html"):
        clicks = {home: 0} if home in site.pages else {}
        ahead = deque(clicks)
        while ahead:
            page = site.pages[ahead.popleft()]
            for address in dict.fromkeys(page.ways):
                target = site.target(page, address)
                if target and target[0] in site.pages and target[0] not in clicks:
                    clicks[target[0]] = clicks[page.path] + 1
                    ahead.append(target[0])
        for page in site.spoken.values():
            if page.path.startswith("zh/") != home.startswith("zh/") or not page.is_listed:
                continue
            if page.path not in clicks:
                yield fail("orphan", page, f"no way leads here from {home}")
            elif clicks[page.path] > FARTHEST:
                yield fail("orphan", page, f"{clicks[page.path]} clicks from {home}")
            else:
                yield None


def own_addresses_resolve(site: Site, _: Dataset) -> Iterator[Finding]:
    """Every absolute address of this site, in whatever file, leads to a file and to its anchor."""
    root = site.address
    if not root:
        yield fail("address", "index.html", "no canonical address")
        return
    own = re.compile(re.escape(root) + r"[\w/.~%#?=&+-]*", re.ASCII)
    for file in sorted(site.files):
        if not file.endswith(_TEXTS):
            continue
        written = site.text(file)
        text = unescape(written) if file.endswith((".html", ".xml", ".svg")) else written
        for address in dict.fromkeys(own.findall(text)):
            parts = urlsplit(address.rstrip("."))
            path = unquote(parts.path).removeprefix(urlsplit(root).path)
            name = f"{path}index.html" if not path or path.endswith("/") else path
            anchored = parts.fragment and name in site.pages and not file.endswith(_UNANCHORED)
            if name not in site.files:
                yield fail("address", file, f"{address} is nothing")
            elif anchored and unquote(parts.fragment) not in site.pages[name].ids:
                yield fail("address", file, f"{address} has no such anchor")
            else:
                yield None


def assets_are_used(site: Site, _: Dataset) -> Iterator[Finding]:
    """Every asset is asked for by a page, a style sheet or a script, and asks for what exists."""
    used: set[str] = set()
    ahead = [
        target[0]
        for page in site.pages.values()
        for address in _addresses(page)
        if (target := site.target(page, address)) and target[0].startswith("assets/")
    ]
    while ahead:
        name = ahead.pop()
        if name in used or name not in site.files:
            continue
        used.add(name)
        pattern = {"css": _IN_SHEET, "js": _IN_SCRIPT}.get(name.rpartition(".")[2])
        for address in pattern.findall(site.text(name)) if pattern else ():
            target = site.target(name, address)
            if target is None or not target[0]:
                continue
            if target[0] not in site.files:
                yield fail("asset", name, f"{address} leads to no file")
            ahead.append(target[0])
    for name in sorted(site.files):
        if name.startswith("assets/") and not name.endswith((".gz", ".br")):
            yield None if name in used else fail("asset", name, "nothing asks for it")


def package_tells_its_files(site: Site, _: Dataset) -> Iterator[Finding]:
    """The data package names files that exist, with their sizes and digests."""
    name = "data/datapackage.json"
    try:
        resources = json.loads(site.text(name))["resources"]
    except (OSError, ValueError, KeyError) as error:
        yield fail("package", name, f"cannot be read: {error}")
        return
    for resource in resources:
        path = f"data/{resource['path']}"
        if path not in site.files:
            yield fail("package", name, f"{path} is missing")
            continue
        content = (site.root / path).read_bytes()
        told = (resource["bytes"], resource["hash"])
        right = told == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        yield None if right else fail("package", name, f"{path} is another file than it says")


RULES = (
    links_lead_somewhere,
    links_have_words,
    no_page_is_an_orphan,
    own_addresses_resolve,
    assets_are_used,
    package_tells_its_files,
)
