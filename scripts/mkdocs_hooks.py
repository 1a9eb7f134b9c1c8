"""What MkDocs calls: generate before the build, give the frame its words, keep pairs whole.

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

from explainer.addresses import DEFAULT
from explainer.dataset import LANGUAGES, BadData
from explainer.forms.speakers import speakers
from explainer.publishing import frame, write_file
from explainer.publishing.both import Rendered, Unpaired
from explainer.publishing.search_index import NoIndex, write_search_index
from explainer.quantities import Language
from explainer.reasoning import reckon
from explainer.site import ROOT, Generated, generate
from explainer.supply import BadLock, UnknownLicence

# Below "mkdocs." so that warnings count in a strict build.
log = logging.getLogger("mkdocs.hooks.explainer")
_made: list[Generated] = []
_rendered: dict[tuple[Language, str], Rendered] = {}


def _i18n(config: MkDocsConfig) -> Any:
    return config.plugins["i18n"]


class BadInput(Abort):
    """Faults in the data or the templates; they have been logged."""

    exit_code = 2


def on_pre_build(config: MkDocsConfig) -> None:
    """Load the data and write the pages, once per build: before the first language."""
    if _i18n(config).building:
        return
    _rendered.clear()
    try:
        address = f"{(config.site_url or '').rstrip('/')}/"
        _made[:] = [generate(ROOT, docs=Path(config.docs_dir), address=address)]
    except BadData as error:
        for problem in error.problems:
            log.error("%s", problem)
        raise BadInput(f"problems: {len(error.problems)}; nothing was built") from None


@event_priority(-200)  # after the language plugin has paired the files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Warn about pages without a pair, and leave out theme files that no page asks for."""
    file: Any  # the language plugin adds what MkDocs' own type lacks
    for file in files.documentation_pages():
        for code in LANGUAGES:
            if code not in file.alternates:
                log.warning("%s has no %s page beside it", file.src_uri, code)
    docs = Path(config.docs_dir)
    for file in list(files.media_files()):
        ours = file.abs_src_path and Path(file.abs_src_path).is_relative_to(docs)
        if not ours and file.src_uri != _theme_stylesheet(config):
            files.remove(file)
    return files


def _theme_stylesheet(config: MkDocsConfig) -> str:
    for folder in config.theme.dirs:
        for path in sorted(Path(folder, "assets", "stylesheets").glob("main.*.min.css")):
            return path.relative_to(folder).as_posix()
    raise Abort("the theme has no main style sheet")


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the frame its words in the language being built."""
    made = _made[0]
    to = speakers(made.dataset, reckon(made.dataset), made.address)
    env.globals.update(frame.names(to, _i18n(config).current_language))
    env.globals["theme_stylesheet"] = _theme_stylesheet(config)
    return env


def on_template_context(
    context: dict[str, Any], template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Give the sitemap the pages of every language built so far; the last build has all."""
    if template_name == "sitemap.xml":
        languages = _i18n(config).i18n_files_per_language
        pages = [file for pages in languages.values() for file in pages if not _unlisted(file)]
        context["sitemap_urls"] = frame.sitemap(pages, config.site_url or "")
    return context


def on_page_content(html: str, page: Any, config: MkDocsConfig, files: Files) -> str:
    """Keep what a page says, for the page that shows it in both languages."""
    name = page.file.norm_src_uri.removesuffix(".md")
    if not page.meta.get("retired") and not name.endswith("/embed"):
        nav_title = page.meta.get("nav_title") or page.title
        _rendered[_i18n(config).current_language, name] = Rendered(page.title, nav_title, html)
    return html


def _unlisted(file: Any) -> bool:
    """Whether search engines are asked to leave the page out."""
    retired = file.page and file.page.meta.get("retired")
    return bool(retired) or file.norm_src_uri.endswith("/embed.md")


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Keep one "not found" page per language: MkDocs would let the last language win."""
    language = _i18n(config).current_language
    if template_name == "404.html" and language != DEFAULT:
        write_file(Path(config.site_dir, language, "404.html"), output_content.encode("utf-8"))
        return ""
    return output_content


@event_priority(-300)
def on_post_build(config: MkDocsConfig) -> None:
    """Drop the packed sitemap, which holds the time of the build, and add all else."""
    Path(config.site_dir, "sitemap.xml.gz").unlink(missing_ok=True)
    if not _i18n(config).building:
        site = Path(config.site_dir)
        nav = [name.removesuffix(".md") for name in config.nav or []]
        styles = [_theme_stylesheet(config), *(str(path) for path in config.extra_css)]
        try:
            _made[0].write_both(site, _rendered, nav, styles)
        except Unpaired as error:
            log.warning("%s", error)
        _made[0].write_machine_files(site)
        try:
            _made[0].write_supply(site)
        except (BadLock, UnknownLicence) as error:
            log.warning("%s", error)
        try:
            write_search_index(site)
        except NoIndex as error:
            log.warning("the search index: %s", error)
