"""What MkDocs calls: generate before the build, frame what it makes of Markdown, add the rest.

MkDocs builds once per language on the same configuration, so every event but the start-up runs
once per language. All work is done by the package; nothing here is needed to generate the pages.
"""

import logging
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

from explainer import collector
from explainer.config import ROOT, AddressError, furniture, whole_address
from explainer.data import DataErrors
from explainer.generating import Generated, Waiting, generate
from explainer.site import LayoutContext, Page, add_file
from explainer.site.assets import AssetError, found_assets
from explainer.site.bilingual import TranslationMismatch
from explainer.site.documents import Content
from explainer.site.pages import SHARED
from explainer.site.search_index import SearchIndexError, write_search_index
from explainer.site.templates import FOLDER

# Below "mkdocs." so that warnings count in a strict build.
log = logging.getLogger("mkdocs.hooks.explainer")
MARKDOWN = ROOT / ".cache" / "markdown"
"""Copies of the pages that MkDocs reads, where it does not have to look at all others."""
_commands: list[str] = []
_docs: list[Path] = []
_menu: list[str] = []
_theme: list[str] = []
_made: list[Generated] = []
_contents: list[Content] = []


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether this is the only build of the process."""
    _commands[:] = [command]


def _i18n(config: MkDocsConfig) -> Any:
    return config.plugins["i18n"]


class BadInput(Abort):
    """Faults in the data, the templates or the assets."""

    exit_code = 2


@event_priority(50)  # before the language plugin looks at the menu
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Keep the menu for the frame; MkDocs sees only what it reads of pages and theme.

    All files of the theme that the site needs are among our assets; and no page "not found" or
    sitemap is made for one language only, for ours come at the end.
    """
    if not _i18n(config).building:
        _menu[:] = [str(name) for name in config.nav or []]
        _docs[:] = [Path(config.docs_dir)]
        _theme[:] = config.theme.dirs
        config.theme.dirs = _theme[:1]
        config.theme.static_templates.clear()
        if not config.extra["through_markdown"]:
            ready = {f"{name}.md" for name in SHARED}
            config.nav = [name for name in _menu if name not in ready]
            config.docs_dir = str(MARKDOWN)
            MARKDOWN.mkdir(parents=True, exist_ok=True)
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Load the data and write the pages, once per build: before the first language."""
    if _i18n(config).building:
        return
    _contents.clear()
    try:
        with collector.put_off():
            _made[:] = [config.extra.get("generated") or _generated(config)]
            _keep_what_there_is()
    except DataErrors as error:
        for problem in error.problems:
            log.error("%s", problem)
        raise BadInput(f"problems: {len(error.problems)}; nothing was built") from None
    except (AssetError, AddressError) as error:
        raise BadInput(str(error)) from None
    except TranslationMismatch as error:
        raise Abort(str(error)) from None
    if not config.extra["through_markdown"]:
        _made[0].copy_markdown(MARKDOWN)


def _keep_what_there_is() -> None:
    if _commands == ["build"]:
        collector.put_off_for_good()


def _generated(config: MkDocsConfig) -> Generated:
    docs, address = _docs[0], whole_address(config.site_url)
    waiting = None if config.extra["through_markdown"] else Waiting(Path(config.site_dir))

    def furnish() -> LayoutContext:
        return furniture(_menu, config.extra["reference"], found_assets(docs, _theme, FOLDER))

    return generate(ROOT, docs=docs, address=address, furnish=furnish, waiting=waiting)


def on_build_error(error: Exception) -> None:
    """Let no documents wait for a site that will not be."""
    if _made and _made[0].waiting:
        _made[0].waiting.remove()


def _page(file: Any) -> Page | None:
    language, _, name = file.src_uri.removesuffix(".md").partition("/")
    return _made[0].pages.get(language, {}).get(name)


@event_priority(50)  # before the language plugin looks at the files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the documents that wait in their places. Assets are published under other names."""
    waiting = _made[0].waiting
    if waiting and not _i18n(config).building:
        waiting.move()
    for file in [file for file in files if not file.is_documentation_page()]:
        files.remove(file)
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the theme's one template the frame of every page."""

    def document(file: Any, content: str) -> str:
        page = _page(file)
        if page is None:
            raise Abort(f"{file.src_uri} is no page of the data or the templates")
        try:
            return _made[0].documents.frames[page.language].whole(page, content)
        except AssetError as error:
            raise BadInput(str(error)) from None

    env.globals["document"] = document
    return env


def on_page_content(html: str, page: Any, config: MkDocsConfig, files: Files) -> str:
    """Keep what a page says, for the page that shows it in both languages."""
    found = _page(page.file)
    if found is not None:
        _contents.append((found, html.encode("utf-8")))
    return html


@event_priority(-300)
def on_post_build(config: MkDocsConfig) -> None:
    """Add everything that MkDocs does not make, once all languages are built."""
    if _i18n(config).building:
        return
    site = Path(config.site_dir)
    try:
        _made[0].write_documents(site, _contents)
    except TranslationMismatch as error:
        log.warning("%s", error)
    except AssetError as error:
        raise BadInput(str(error)) from None
    _made[0].write_machine_files(site)
    for path, content in _made[0].documents.furniture.assets.files.items():
        add_file(site / path, content)
    try:
        write_search_index(site)
    except SearchIndexError as error:
        log.warning("the search index: %s", error)
    _keep_what_there_is()
