"""What the page frame (``overrides/``) needs to know: words, languages, addresses."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from explainer import addresses
from explainer.addresses import DEFAULT
from explainer.dataset import LANGUAGES, Dataset
from explainer.forms.speakers import Speakers
from explainer.publishing.both import NAMES
from explainer.publishing.head import Head, head
from explainer.publishing.hosting import policy
from explainer.quantities import Language
from explainer.wording import TAGS


def words(dataset: Dataset, language: Language) -> Callable[[str], str]:
    """The interface strings in one language, unescaped: the frame escapes what it prints."""
    return lambda key: dataset.interface[key][language]


def home(language: Language) -> str:
    """The address of a language's home page below the site's root."""
    return "" if language == DEFAULT else f"{language}/"


def key(to: Speakers, language: Language) -> list[tuple[str, str]]:
    """The key at the foot of every page: shape and name of who speaks."""
    words = to.words[language]
    named = [(voice.shape, words.text(voice.label)) for voice in to.dataset.voices.values()]
    named += [("triangle", words.string("key.context")), ("derived", words.string("key.derived"))]
    return named


def names(to: Speakers, language: Language) -> dict[str, object]:
    """The names that the frame's templates know."""
    dataset, root = to.dataset, to.root

    def head_of(page: str, title: str, about: str) -> Head:
        return head(to, language, page, title, about)

    other: Language = next(code for code in LANGUAGES if code != language)
    return {
        "t": words(dataset, language),
        "other_t": words(dataset, other),
        "language": language,
        "lang_tag": TAGS[language],
        "other_tag": TAGS[other],
        "peek_prefix": "" if other == DEFAULT else addresses.PREFIX,
        "languages": [(code, TAGS[code], NAMES[code]) for code in LANGUAGES],
        "homes": {code: home(code) or "." for code in LANGUAGES},
        "head_of": head_of,
        "key": key(to, language),
        "both_of": both_of,
        "policy": lambda url: policy(url, framing=False),
        "absolute": lambda url: absolute(root, url),
    }


def both_of(page: str) -> str:
    """The address below the root of a page's form in both languages."""
    return addresses.folder(addresses.both_page(page))


def absolute(root: str, url: str) -> str:
    """``url``, relative to the site's root, as an absolute address."""
    return f"{root.rstrip('/')}/{'' if url in ('.', './') else url}"


class File(Protocol):
    """The part of a MkDocs file that the sitemap reads."""

    url: str
    alternates: Mapping[str, "File"]


@dataclass(frozen=True, slots=True)
class SitemapAlternate:
    """One language's form of a page."""

    tag: str
    href: str


@dataclass(frozen=True, slots=True)
class SitemapUrl:
    """One page of the sitemap with all its language forms, itself among them."""

    loc: str
    alternates: tuple[SitemapAlternate, ...]


def sitemap(files: Iterable[File], root: str) -> list[SitemapUrl]:
    """The sitemap's entries, in the order of their addresses."""
    urls = []
    for file in sorted(files, key=lambda file: file.url):
        forms = [
            SitemapAlternate(TAGS[code], absolute(root, file.alternates[code].url))
            for code in LANGUAGES
            if code in file.alternates
        ]
        if DEFAULT in file.alternates:
            default = absolute(root, file.alternates[DEFAULT].url)
            forms.append(SitemapAlternate("x-default", default))
        urls.append(SitemapUrl(absolute(root, file.url), tuple(forms)))
    return urls
