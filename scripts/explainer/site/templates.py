"""Jinja as the site uses it: what layouts and prose may call, and calls inside Markdown.

Prose is Markdown with calls such as ``{{ fig("jobs-created/english") }}``. A preprocessor renders
the calls before Markdown reads the page and keeps what they print in Markdown's own HTML stash, so
Markdown never sees text from the data.

In layouts, what depends on the language alone is a filter, and what depends on the page a function.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from traceback import walk_tb
from typing import Any
from urllib.parse import urlsplit

from jinja2 import (
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateRuntimeError,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context, Macro
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markupsafe import Markup, escape

from explainer import charts, urls
from explainer.data import (
    LANGUAGES,
    Chart,
    Claim,
    Code,
    DataError,
    Figure,
    Input,
    Rate,
    Report,
    Term,
    Text,
)
from explainer.data.fields import Reference, split
from explainer.derive import convert, list_currencies, list_periods, round_significant
from explainer.export import SiteContext, citations, place_of
from explainer.extract import Bound, Kind, Language, Quantity, Refusal, write
from explainer.i18n import NAMES, TAGS, join_steps, split_by_language, tag_of_name
from explainer.site.assets import Assets
from explainer.site.context import backlinks, currency_factors, list_facets, search_examples
from explainer.site.headers import policy

_MACROS = (
    "marks cards copy_box fold range_plot currency_choices currency_table chart matrix statements "
    "frame"
).split()
"""Partials whose macros prose and layouts may call; each uses those before it."""
_REPEATED = (
    "shape voice chain_link rate_line side_tools side_rates sheets banner menu_row colours footer"
).split()
"""Macros that print the same on all figures, and on all charts, for the same arguments."""
BEFORE_HTML_BLOCKS = 25
"""Python-Markdown runs ``normalize_whitespace`` at 30 and ``html_block`` at 20."""


class CallExtension(Extension):
    """A Markdown extension that renders the Jinja calls of a page.

    The caller sets ``page``, the templates of its language and its name, before Markdown converts
    it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.page: tuple[Templates, str] | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Register the preprocessor."""
        md.preprocessors.register(_CallPreprocessor(md, self), "calls", BEFORE_HTML_BLOCKS)


class _CallPreprocessor(Preprocessor):
    def __init__(self, md: Markdown, extension: CallExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if self._extension.page is None or not text:
            return lines
        templates, name = self._extension.page
        return templates.render_body(name, text, self.md.htmlStash.store).split("\n")


@pass_context  # which also keeps Jinja from calling it once and for all when it compiles
def _store_for_markdown(context: Context, value: object) -> str:
    store: Callable[[str], str] = context["store"]
    return store(str(escape(value)))


def _called_late(function: Callable[..., object]) -> Callable[..., object]:
    """Return a filter that Jinja leaves in what it compiles, which serves both languages."""
    return pass_context(lambda _, *arguments, **named: function(*arguments, **named))


def place_in(error: Exception, folder: str) -> tuple[str, int]:
    """Return the template below ``folder`` and the line at which ``error`` arose, or ("", 0).

    Jinja calls a template without a file ``<template>``.
    """
    frames = [(frame.f_code.co_filename, n) for frame, n in walk_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError):  # its name is the file where the lexer failed
        frames.append((error.filename or error.name or "<template>", error.lineno))
    return next((place for place in reversed(frames) if place[0].startswith(folder)), ("", 0))


def missing_string(key: str) -> DataError:
    """Return the fault of an interface string that is asked for and that the data lacks."""
    place, expected = ("data/interface.yml", 0, 0), f"the key {key!r}, which pages ask for"
    return DataError(*place, Code.MISSING_KEY, "strings", "no such key", expected)


FAILED = "<!doctype html>"
"""What stands in the place of a page that cannot be shown, until the build ends with its fault."""


class _ReportingTemplate(Template):
    """A template that reports why it fails, and then shows an empty page."""

    environment: "ReportingEnvironment"

    def render(self, *args: Any, **names: Any) -> str:
        try:
            text = super().render(*args, **names)
            if str(self.name).endswith(".html") and not text.strip():  # MkDocs would write no page
                raise TemplateRuntimeError("an empty page")
            return text
        except Exception as error:  # a call can raise anything
            self.environment.note_failure(error, self.name or "")
            return FAILED


class ReportingEnvironment(Environment):
    """Jinja's environment, in which a template that fails does not end the build."""

    template_class = _ReportingTemplate
    note_failure: Callable[[Exception, str], None]
    """What hears of each template that fails: the error, and the name of the template."""

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> Template:  # noqa: A002
        """Return a template; in the place of one that cannot be compiled an empty page."""
        try:
            return super().get_template(name, parent, globals)
        except Exception as error:  # a layout can raise anything
            if parent is not None:  # which then fails where it asks for this one
                raise
            self.note_failure(error, name)
            return self.from_string(FAILED)


class Templates:
    """The layouts and the prose of one language, and the functions that they call.

    The object knows the page that is being rendered (:meth:`begin`), because links are relative and
    a page's first use of a figure carries the anchor ``f-<figure>``. Prose in which a call has a
    fault shows nothing, and ``has_failed`` is set.
    """

    def __init__(
        self,
        site: SiteContext,
        language: Language,
        layouts: Path,
        compiled: Path,
        assets: Assets,
        menu: Sequence[Sequence[urls.Page]],
        names: Mapping[str, object],
        note_failure: Callable[[Exception, str], None],
    ) -> None:
        """Compile the macros of ``layouts``. Raises what a layout raises, with its lines.

        ``compiled`` is a folder for compiled templates, which the next build uses again. ``menu``
        are the rows of the navigation, and ``names`` what layouts know besides. ``note_failure``
        hears of each layout that fails, by its name.
        """
        self.site, self.language = site, language
        self.dataset, self.words, self.assets = site.dataset, site.words[language], assets
        self._menu = frozenset(page for row in menu for page in row)
        self.begin(None)
        self._prose, self._strings = dict[str, str](), dict[str, Markup]()
        compiled.mkdir(parents=True, exist_ok=True)
        self.env = ReportingEnvironment(
            loader=ChoiceLoader([DictLoader(self._prose), FileSystemLoader(layouts)]),
            bytecode_cache=FileSystemBytecodeCache(str(compiled)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._note_layout, self.env.note_failure = note_failure, self._note_failure
        filters = self._filters().items()
        self.env.filters.update({name: _called_late(function) for name, function in filters})
        self.env.globals.update(self._globals(), menu=menu, **names)
        for name in _MACROS:
            try:
                made = vars(self.env.get_template(f"partials/{name}.html", "").module)
            except Exception:  # a layout can raise anything
                self.env.handle_exception()  # raises it with the layout's own lines
            for key, macro in made.items():
                if isinstance(macro, Macro):
                    self.env.globals[key] = self._cached(macro) if key in _REPEATED else macro
        self._body_env = self.env.overlay(finalize=_store_for_markdown)

    def _cached(self, macro: Macro) -> Callable[..., str]:
        kept = cache(lambda _, *args, **named: macro(*args, **named))
        return lambda *args, **named: kept(self._place, *args, **named)

    def _filters(self) -> dict[str, Callable[..., object]]:
        """What depends on its arguments and the language alone."""
        words = self.words
        return {
            "t": self.t,
            "text": words.text,
            "date": words.format_date,
            "format_input": words.format_input,
            "format_quantity": partial(write, language=self.language),
            "wrap_foreign": self.wrap_foreign,
            "other_t": words.other.string,
        }

    def _globals(self) -> Mapping[str, object]:
        """What layouts and prose may call, and the data."""
        data, words = self.dataset, self.words
        own: list[Callable[..., object]] = [self.render_text, self.fig, self.report]
        own += self.input_link, self.derived, self.steps, self.term, self.source_link, self.grade_level
        own += self.slider_steps, self.asset, self.to, self.file, self.links
        return {
            **{function.__name__: function for function in own},
            **self._filters(),
            "here": lambda: self.page,
            "claim": data.claim,
            "chart": data.charts.__getitem__,
            "convert": cache(partial(convert, data)),
            "currencies": list_currencies(data),
            "currency_factors": partial(currency_factors, data),
            "periods": list_periods(data),
            "draw_chart": cache(partial(charts.draw_chart, words)),
            "backlinks": backlinks(data),
            "list_facets": partial(list_facets, words),
            "search_examples": partial(search_examples, data),
            "refusals": list(Refusal),
            "policy": policy,
            "charts": charts,
            "citations": citations,
            "urls": urls,
            "dataset": data,
            "words": words,
            "language": self.language,
            "other": words.other.language,
            "tag": TAGS,
            "tag_of_name": tag_of_name,
            "language_names": NAMES,
            "root": self.site.root,
            "site_name": words.text(data.about.name),
        }

    def begin(self, page: urls.Page | None) -> None:
        """Turn to a page, on which no figure is shown yet; ``None`` is the "not found" page."""
        self.page, self.shown, self.has_failed = page, dict[str, None](), False
        folder, *below = (page or "").split("/")
        is_one_of_many = bool(below) and page not in self._menu
        self._place = (folder, len(below)) if is_one_of_many else page

    def render_line(self, name: str, source: str) -> Markup:
        """Render a line with calls, such as a title of the front matter."""
        return Markup(self._render(self.env, name, source))

    def render_body(self, name: str, source: str, store: Callable[[str], str]) -> str:
        """Render the calls of a page; what each prints goes through ``store``."""
        return self._render(self._body_env, name, source, store=store)

    def _render(self, env: Environment, name: str, source: str, **names: object) -> str:
        self._prose[name] = source
        text = env.get_template(name).render(names)
        return "" if self.has_failed else text

    def _note_failure(self, error: Exception, name: str) -> None:
        if name in self._prose:
            self.has_failed = True
        else:
            self._note_layout(error, name)

    # Texts

    def t(self, key: str, **values: object) -> Markup:
        """Return the interface string ``key``, with ``{name}`` parts filled in."""
        text = self._strings.get(key)
        if text is None:
            text = self._strings[key] = escape(self.words.string(key))
        for name, value in values.items():
            text = Markup(str.replace(text, f"{{{name}}}", escape(value)))
        return text

    def render_text(self, text: Text, figure: Figure | None = None) -> Markup:
        """Return a text of the data with its references as links."""
        parts = split(text[self.language], figure.id if figure else None)
        return Markup("".join(map(self._render_part, parts)))

    def _render_part(self, part: str | Reference) -> Markup:
        if isinstance(part, str):
            return escape(part)
        match self.words.resolve(part):
            case str() as date:
                return escape(self.words.format_date(date))
            case Term(id=name):
                return self.term(name)
            case number:
                return self.number_link(number)

    def wrap_foreign(self, text: Markup | str) -> Markup:
        """Return a text without tags, words of another language in a ``span`` with its tag."""
        plain_text = text.unescape() if isinstance(text, Markup) else text
        return Markup(
            "".join(
                f'<span lang="{tag}">{escape(part)}</span>' if tag else escape(part)
                for part, tag in split_by_language(plain_text, self.language)
            )
        )

    def term(self, name: str) -> Markup:
        """Return a name: works in italics or 《》, as the language has it."""
        shown = self.wrap_foreign(self.words.format_term(name))
        is_work = self.dataset.terms[name].kind == "work"
        return Markup("<cite>{}</cite>").format(shown) if is_work else shown

    def grade_level(self, name: str) -> str:
        """Return the grade of evidence of a note on this page. Raises ``KeyError``."""
        grade = self.dataset.grades[name]
        if grade.page != self.page:
            raise KeyError(name)
        return grade.level

    # Numbers

    def fig(self, ref: str) -> Markup:
        """Return a claim's number as a link, with the figure's anchor at its first use."""
        claim = self.dataset.claim(ref)
        anchor = "" if claim.figure in self.shown else f"f-{claim.figure}"
        self.shown[claim.figure] = None
        return self.number_link(claim, anchor=anchor)

    def report(self, ref: str) -> Markup:
        """Return the number of a report (``source/report``) as a link."""
        return self.number_link(self.dataset.reports[ref])

    def derived(self, name: str) -> Markup:
        """Return a derivation's result as a link to its steps."""
        return self.number_link(self.dataset.derivations[name])

    def input_link(self, number: Input) -> Markup:
        """Return a number that a chart draws, as a link; its row says what it is."""
        return self.number_link(number, is_titled=isinstance(number, Rate))

    def steps(self, name: str) -> Markup:
        """Return the steps of a derivation: inputs as links, operators, plain numbers."""
        steps = self.words.steps(name)
        return Markup(join_steps([self.number_link(i, s) if i else escape(s) for i, s in steps]))

    def number_link(
        self, number: Input, text: str = "", *, anchor: str = "", is_titled: bool = True
    ) -> Markup:
        """Return a number as a link to where it comes from; its title says who gives it.

        ``text`` stands in the place of the number with its hedge, ``anchor`` becomes its id.
        """
        words, kind, access = self.words, charts.shape_of(number), ""
        match number:
            case Claim():
                status = self.t(f"status.{self.dataset.figures[number.figure].comparison.status}")
                voice, phrase = words.text(number.voice.label), number.mentions[0].exact
                card = self.t("card.claim", voice=voice, phrase=phrase, status=status)
            case Report():
                source = self.dataset.context[number.source]
                card = escape(words.format_source(source))
                if source.access != "page":
                    access = source.access
                    card = self.t("card.report", source=card, seen=self.t(f"seen.{access}"))
            case Rate():
                kind, card = "rate", escape(words.format_rate(number))
            case _:
                card = self.t("card.derived")
        title, href = card if is_titled else "", self.to(*place_of(number))
        optional = {"id": anchor, "data-seen": access, "title": title, "href": href}
        attributes = "".join(f' {name}="{escape(v)}"' for name, v in optional.items() if v)
        shown = escape(text or words.format_input(number))
        return Markup(f'<a class="fig fig--{escape(kind)}"{attributes}>{shown}</a>')

    def source_link(self, name: str, text: str) -> Markup:
        """Return words of a sentence as a link to the context source that they rest on."""
        card = self.words.format_source(self.dataset.context[name])
        return Markup('<a class="source" href="{}" title="{}">{}</a>').format(
            self.to("sources", name), card, text
        )

    # Charts and addresses

    def slider_steps(self, chart: Chart) -> list[Markup]:
        """Return a slider's text at each of its stops: the rate, and the amount at that rate."""
        if chart.slider is None:
            return []
        slider, quantity = chart.slider, self.dataset.claim(chart.slider.ref).quantity
        count = int((slider.high - slider.low) / slider.step)
        texts = []
        for rate in (slider.low + slider.step * number for number in range(count + 1)):
            value = round_significant(quantity.value / rate)
            amount = Quantity(value, Kind.MONEY, Bound.ABOUT, currency=slider.currency)
            shown = write(amount, self.language)
            texts.append(self.t("slider.step", rate=self.words.format_number(rate), amount=shown))
        return texts

    def to(self, page: urls.Page, anchor: str = "") -> str:
        """Return the address of a page of this language, or of a part of it."""
        if page == self.page:
            return f"#{anchor}" if anchor else "./"
        address = self._relative(f"{urls.root_of(self.language)}{urls.folder(page)}")
        return f"{address}#{anchor}" if anchor else address

    def file(self, name: str, *, shared: bool = False) -> str:
        """Return the address of a file below this language's root, or the site's."""
        return self._relative(name if shared else f"{urls.root_of(self.language)}{name}")

    def asset(self, name: str) -> str:
        """Return the address of a style sheet, script or picture. Raises ``LookupError``."""
        return self._relative(self.assets.url(name))

    def links(self) -> dict[Language, str]:
        """Return the address of this page in each language."""
        page = urls.folder(self.page or "index")
        return {code: self._relative(f"{urls.root_of(code)}{page}") for code in LANGUAGES}

    def _relative(self, path: str) -> str:
        """Return the address of a path below the site's root, as the page at hand writes it."""
        if self.page is None:  # hosts show it at any depth
            return f"{urlsplit(self.site.root).path}{path}"
        return urls.relative(f"{urls.root_of(self.language)}{urls.folder(self.page)}", path)
