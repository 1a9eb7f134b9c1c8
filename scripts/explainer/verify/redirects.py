"""What a finished site promises about ids that left the data: every old address answers."""

import json
from collections.abc import Iterator

from explainer.data import LANGUAGES, Dataset, Retired
from explainer.site import retired as retired_view
from explainer.site.headers import redirect_file
from explainer.urls import absolute, root_of
from explainer.verify.crawl import Page, Site
from explainer.verify.languages import language_of
from explainer.verify.report import Finding, fail


def retired_ids_answer(site: Site, dataset: Dataset) -> Iterator[Finding]:
    """Retired ids answer where they stood, in both languages, and hosts know of every move."""
    root = _root(site)
    path = site.root / "_redirects"
    wanted = redirect_file(dataset, root)
    said = path.read_text("utf-8") if path.is_file() else None
    yield None if said == wanted else fail("retired", path.name, "is not what the data says")
    for retired in dataset.retired.values():
        for language in LANGUAGES:
            name, anchor = retired_view.answer(retired)
            file = f"{root_of(language)}{name}/index.html"
            page = site.pages.get(file)
            if page is None:
                yield fail("retired", file, f"no answer for {retired.sort} {retired.id}")
            elif anchor:
                held = anchor in page.ids
                yield None if held else fail("retired", page, f"no anchor {anchor}")
            else:
                yield from _whole(site, page, dataset, retired)


def _root(site: Site) -> str:
    home = site.pages.get("index.html")
    return next(iter(home.texts("//link[@rel='canonical']/@href")), "/") if home else "/"


def _whole(site: Site, page: Page, dataset: Dataset, retired: Retired) -> Iterator[Finding]:
    """A page that stands for what is gone: named, dated, unlisted, with its one way on."""
    language, root = language_of(page), _root(site)
    text = page.tree.text_content()
    if page.is_listed:
        yield fail("retired", page, "search engines may list it")
    for what in (retired.id, retired.label[language]):
        yield None if what in text else fail("retired", page, f"does not say {what!r}")
    if retired.moved_to is None:
        said = page.texts("//*[@id='withdrawn']//text()[not(ancestor::small)]")
        yield None if "".join(said).strip() else fail("retired", page, "gives no reason")
    if retired.successor:
        there, _ = retired_view.place(dataset, retired.sort, retired.successor)
        wanted = absolute(root, language, there)
        links = page.texts("//*[@id='moved' or @id='instead']//a/@href")
        canonical = page.texts("//link[@rel='canonical']/@href")
        if len(links) != 1 or _joined(site, root, page, links[0]) != wanted:
            yield fail("retired", page, f"leads to {links}, not to {wanted}")
        elif retired.moved_to and canonical != [wanted]:
            yield fail("retired", page, f"canonical {canonical} is not {wanted}")
        else:
            yield None


def _joined(site: Site, root: str, page: Page, address: str) -> str:
    target = site.target(page, address)
    return f"{root}{target[0].removesuffix('index.html')}" if target else address


def feeds_tell_what_left(site: Site, dataset: Dataset) -> Iterator[Finding]:
    """The feeds of both languages tell every change, and that a figure left, at its address."""
    root = _root(site)
    for language in LANGUAGES:
        name = f"{root_of(language)}feed.json"
        path = site.root / name
        if not path.is_file():
            yield fail("retired", name, "is missing")
            continue
        told = {
            (item["url"], item["date_published"][:10])
            for item in json.loads(path.read_text("utf-8"))["items"]
        }
        for change in dataset.changes:
            url = absolute(root, language, retired_view.PAGES["figure"](change.figure))
            held = (url, change.date) in told
            yield None if held else fail("retired", name, f"does not tell of {change.about}")


RULES = (retired_ids_answer, feeds_tell_what_left)
