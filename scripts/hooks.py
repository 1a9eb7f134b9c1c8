"""MkDocs events: what :class:`SiteBuilder` does when.

MkDocs builds once per language on the same configuration, so every event but ``on_startup`` and
``on_shutdown`` runs once per language.
"""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from explainer.config import check_environment, check_listening, check_settings
from explainer.data import DataError, DataErrors
from explainer.site.builder import SiteBuilder
from explainer.site.outputs import SearchIndexError

SITE = SiteBuilder(Path(__file__).parents[1])
"""What is built; in ``mkdocs serve`` it outlives each build."""


class BadInput(Abort):
    """Faults of the settings, the data, the prose, the layouts or the assets."""

    exit_code = 2

    def __init__(self, faults: Iterable[DataError]) -> None:
        self.faults = DataErrors(faults)
        super().__init__(str(self.faults))


def _is_first_language(config: MkDocsConfig) -> bool:
    return not config.plugins["i18n"].building  # type: ignore[attr-defined]


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether this is a preview."""
    SITE.is_preview = SITE.is_draft = command == "serve"


@event_priority(50)  # before the language plugin looks at the navigation
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Register the calls in Markdown; MkDocs makes no sitemap or 404 for one language only."""
    check_settings(config)
    if _is_first_language(config):
        check_environment()
        if config.strict:  # warnings count, and are told, with --quiet too
            log = logging.getLogger("mkdocs")
            log.setLevel(min(log.level, logging.WARNING))
        if SITE.is_preview and not SITE.address:  # later it is the preview itself that listens
            check_listening(*config.dev_addr)
        config.theme.static_templates.clear()
        config.theme.dirs = config.theme.dirs[:1]  # the 12,000 files of the theme serve no page
        named = [one for one in config.markdown_extensions if isinstance(one, str)]
        SITE.extensions = [*named, SITE.calls]
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Read and check the data and all other inputs, before the first language is built."""
    if _is_first_language(config):
        pages = config.nav or [], config.extra["reference"]
        SITE.start(config.site_url, *pages, with_png=bool(config.extra.get("png")))


@event_priority(50)  # before the language plugin looks at the files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages made from the data; leave the assets to :meth:`SiteBuilder.finish`."""
    folders = config.docs_dir, config.site_dir, config.use_directory_urls
    own = f"{config.plugins['i18n'].current_language}/"  # type: ignore[attr-defined]
    written = (page for page in files.documentation_pages() if page.src_uri.startswith(own))
    made = (File(name, *folders) for name in SITE.generated if name.startswith(own))
    return Files([*written, *made])


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Give the source of a page that has no file."""
    return "" if page.file.src_uri in SITE.generated else None


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Work out the page's title and description, and prepare its calls."""
    SITE.read_page(page.file.src_uri, page.meta)
    config.markdown_extensions = SITE.extensions if markdown else []  # type: ignore[assignment]


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Report the faults of the page's calls."""
    SITE.take_content(page.file.src_uri, html)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give MkDocs the layouts of the language, which know the dataset."""
    return SITE.templates[config.plugins["i18n"].current_language].env  # type: ignore[attr-defined]


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any
) -> dict[str, Any]:
    """Give the page's layout what it shows."""
    return context | SITE.page_context(page.file.src_uri)


@event_priority(-300)  # after the language plugin has built the other language
def on_post_build(config: MkDocsConfig) -> None:
    """Add bilingual pages, forms, pictures and assets; the search index is begun."""
    if _is_first_language(config):
        SITE.finish(Path(config.site_dir))


def on_build_error(error: Exception) -> None:
    """Report faults of the input, all of them, with the exit code 2."""
    if faults := SITE.faults_with(error):
        raise BadInput(faults) from None


def on_shutdown() -> None:
    """Wait for the last files; end what a failed or interrupted build left running."""
    try:
        SITE.finish_files()
    except SearchIndexError as error:
        raise Abort(str(error)) from None
    finally:
        SITE.stop()
