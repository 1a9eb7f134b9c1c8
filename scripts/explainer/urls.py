"""Where every page stands, and how one page links to another from wherever it is served.

A page is named by its path below the language's root without ending: ``index``, ``money``,
``figures/index``, ``figures/jobs-created``.
"""

import re
from functools import lru_cache, partial

from explainer.extract import Language

Page = str
DEFAULT: Language = "en"
"""The language at the site's root; the other stands below its own code."""
OTHER: Language = "zh"
_SIGN = re.compile(r"(?=[\x00-\x7f])[^\w.~]")
_FINAL_L = 8
"""The number of the final consonant after which "로" stands, as after a vowel."""
PREFIX = "zh-"
"""What Chinese ids begin with on a page in both languages, where English ids stay as they are."""


@lru_cache(maxsize=4096)
def folder(page: Page) -> str:
    """The page's address below the language's root: ``""``, ``money/``, ``figures/x/``."""
    stem = page.removesuffix("index").strip("/")
    return f"{stem}/" if stem else ""


def relative(here: str, there: str) -> str:
    """The address ``there`` as a page at ``here`` writes it; both are below the site's root.

    >>> relative("zh/money/", "money/"), relative("", "zh/"), relative("money/", "feed.xml")
    ('../../money/', 'zh/', '../feed.xml')
    """
    if here == there:
        return "./"
    depth, shared, start = here.count("/"), 0, 0
    while (end := here.find("/", start) + 1) and there.startswith(here[start:end], start):
        shared, start = shared + 1, end
    return "../" * (depth - shared) + there[start:] or "./"


def page_of(sort: str, name: str) -> Page:
    """The page of a ``"figure"`` or ``"chart"``."""
    return f"{sort}s/{name}"


figure_page = partial(page_of, "figure")
"""The page of a figure, by its id."""


def derivation_anchor(derivation: str) -> str:
    """The id of a derivation on its figure's page."""
    return f"d-{derivation}"


def report_anchor(report: str) -> str:
    """The id of a report (``source/report``) among the sources."""
    return report.replace("/", "--")


def rate_anchor(rate: str) -> str:
    """The id of a rate among the sources."""
    return f"rate-{rate}"


def root_of(language: Language) -> str:
    """The folder of a language below the site's root: "" or "zh/"."""
    return "" if language == DEFAULT else f"{language}/"


def absolute(root: str, language: Language, page: Page, anchor: str = "") -> str:
    """The permanent address of a page or of a part of it. ``root`` ends with a slash."""
    fragment = f"#{anchor}" if anchor else ""
    return f"{root}{root_of(language)}{folder(page)}{fragment}"


@lru_cache(maxsize=256)
def into_source(url: str, phrase: str) -> str:
    """A link that highlights the phrase where the browser knows text fragments.

    Dashes, commas and ampersands have a meaning there (WICG, Text Fragments); browsers encode
    letters beyond ASCII. They find whole words alone, and a Korean noun and its particle are one
    word. So a phrase that ends in Hangul is also asked for before each particle that may follow
    its last consonant; a syllable is "가" and 28 times its consonants and vowels, plus that one.
    """
    text = _SIGN.sub(lambda sign: f"%{ord(sign[0]):02X}", phrase)
    particles: list[str] = []
    if "가" <= phrase[-1:] <= "힣":
        final = (ord(phrase[-1]) - ord("가")) % 28
        particles += ("을 은 이 과" if final else "를 는 가 와").split()
        particles.append("으로" if final and final != _FINAL_L else "로")
        particles += "의 에 에서 도 까지".split()
    return f"{url}#:~:text={text}{''.join(f'&text={text},-{one}' for one in particles)}"


def both_page(page: Page) -> Page:
    """The page that shows both languages of ``page`` side by side, below the site's root."""
    return f"both/{page}"
