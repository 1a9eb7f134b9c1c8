"""MkDocs events: load the data, give pages their context, add what MkDocs does not make.

MkDocs builds once per language on the same configuration, so every event but ``on_startup`` runs
once per language. The package ``explainer`` does the work.
"""

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from explainer.config import check_build_time, is_placeholder, site_address
from explainer.data import DataError, DataErrors, Dataset
from explainer.site.bilingual import TranslationMismatch
from explainer.site.builder import SiteBuilder
from explainer.site.inputs import check_inputs
from explainer.site.search import SearchIndexError

log = logging.getLogger("mkdocs.explainer")
notices = logging.getLogger("explainer")
"""Not below "mkdocs.": what it says is seen in every build and does not fail a strict one."""


class BadInput(Abort):
    """Faults of the settings, the data, the prose, the layouts or the assets."""

    exit_code = 2

    def __init__(self, problems: Collection[DataError]) -> None:
        super().__init__(f"{len(problems)} errors; nothing was built")
        self.problems = problems


class _State:
    """What outlives one build of ``mkdocs serve``."""

    serving = False
    faults: ClassVar[set[DataError]] = set()
    builder: SiteBuilder
    good: Dataset | None = None
    pages: ClassVar[list[Page]] = []
    config: MkDocsConfig


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether this is a preview."""
    _State.serving = command == "serve"


def _is_first_language(config: MkDocsConfig) -> bool:
    return not config.plugins["i18n"].building  # type: ignore[attr-defined]


def _is_quick(config: MkDocsConfig) -> bool:
    """Whether this is a preview or a trial, which need no images and no search index."""
    return _State.serving or bool(config.extra.get("trial"))


@event_priority(50)  # before the language plugin looks at the navigation
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Register the calls in Markdown; MkDocs makes no sitemap or 404 for one language only."""
    if _is_first_language(config):
        with _stopping():
            check_build_time()
            address = site_address(config.site_url)
        if is_placeholder(address) and not _is_quick(config):
            notices.warning(
                "ADDRESS NOT SET: links and citations will lead to %s; set SITE_URL", address
            )
        reference = config.extra["reference"]
        rows = [
            [name.removesuffix(".md") for name in config.nav or [] if (name in reference) == below]
            for below in (False, True)
        ]
        root = Path(config.config_file_path).parent
        _State.builder = SiteBuilder(root, address, rows)
        config.theme.static_templates.clear()
        named = [one for one in config.markdown_extensions if isinstance(one, str)]
        config.markdown_extensions = [*named, _State.builder.calls]  # type: ignore[list-item]
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Read and check the data and all other inputs, before the first language is built."""
    if not _is_first_language(config):
        return
    builder, trial = _State.builder, bool(config.extra.get("trial"))
    dataset, errors = check_inputs(builder.root)
    _State.good = dataset or (_State.good if _State.serving else None)
    _State.faults.clear()
    _report(errors)
    if _State.good is None or not (trial or _State.serving):
        _stop_on_faults()
    assert _State.good is not None
    with _stopping():
        with_png = bool(config.extra.get("png")) and not _is_quick(config)
        builder.start(_State.good, config.theme.dirs, with_png=with_png)
    if trial:
        _report(builder.check_prose())


def _report(errors: Iterable[DataError]) -> None:
    """Keep faults for the list that ends the build; a preview, which goes on, logs them at once."""
    found = DataErrors(errors)
    _State.faults.update(found.problems)
    if _State.serving and found.problems:
        _log(found)


def _log(found: DataErrors) -> None:
    for line in found.lines():
        log.error("%s", line)


def _stop_on_faults() -> None:
    """Log all faults that were found and stop. Raises :class:`BadInput` where there is any."""
    if _State.faults:
        _log(DataErrors(_State.faults))
        raise BadInput(_State.faults)


@contextmanager
def _stopping() -> Iterator[None]:
    """Stop on faults that the block raises."""
    try:
        yield
    except DataErrors as error:
        _State.faults.update(error.problems)
        _stop_on_faults()


@event_priority(50)  # before the language plugin looks at the files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages made from the data; leave the assets to :meth:`SiteBuilder.finish`."""
    for file in [file for file in files if not file.is_documentation_page()]:
        files.remove(file)
    for name in _State.builder.generated:
        files.append(File(name, config.docs_dir, config.site_dir, config.use_directory_urls))
    return files


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Give the source of a page that has no file."""
    return _State.builder.generated.get(page.file.src_uri)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Work out the page's title and description, and prepare its calls."""
    _report(_State.builder.read_page(page.file.src_uri, page.meta))
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Report the faults of the page's calls."""
    body = page.markdown or ""
    text = page.file.content_string if body.strip() else ""
    first_line = text.rstrip("\n").count("\n") - body.rstrip("\n").count("\n")
    _report(_State.builder.take_content(page.file.src_uri, first_line))
    return html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the layouts their globals, once all prose is read without faults."""
    if _State.faults and not _is_quick(config):
        _report(_State.builder.check_prose())
        _stop_on_faults()
    language = config.plugins["i18n"].current_language  # type: ignore[attr-defined]
    _State.builder.use_environment(env, language)
    _State.pages = [file.page for file in files.documentation_pages() if file.page]
    _State.config = config
    return env


def on_build_error(error: Exception) -> None:
    """Report the layouts that cannot be rendered, by file and line, instead of a traceback."""
    if isinstance(error, Abort):
        return
    contexts = [{"page": page, "config": _State.config} for page in _State.pages]
    if faults := _State.builder.layout_faults(error, contexts):
        _report(faults)
        _stop_on_faults()


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any
) -> dict[str, Any]:
    """Give the page's layout what it shows."""
    return context | _State.builder.page_context(page.file.src_uri)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Note what the page is made of, for the style sheet."""
    _State.builder.vocabulary.add(output)
    return output


@event_priority(-300)  # after the language plugin has built the other language
def on_post_build(config: MkDocsConfig) -> None:
    """Add bilingual pages, forms, pictures, assets and the search index."""
    if not _is_first_language(config):
        return
    try:
        _State.builder.finish(
            Path(config.site_dir),
            with_search=not _is_quick(config),
        )
    except (TranslationMismatch, SearchIndexError) as error:
        log.warning("%s", error)
    _report([*_State.builder.missing_strings()])
    if not _State.serving:
        _stop_on_faults()


def on_shutdown() -> None:
    """End what a failed or interrupted build left running."""
    if hasattr(_State, "builder"):
        _State.builder.stop()
