"""Find the words of a text that are in another language, so that they can be tagged with it.

Han and Hangul inside English are always foreign. Inside Chinese, Latin letters are at home in
names and units; three words in a row are a phrase of another language.
"""

import re
from collections.abc import Iterator

from explainer.extract import Language

_FOREIGN = {
    "en": re.compile(r"(?P<zh>[㐀-鿿]+)|(?P<ko>[가-힣]+)"),
    "zh": re.compile(
        r"(?<![A-Za-z])(?P<en>[A-Za-z][A-Za-z’'-]*+(?: [A-Za-z][A-Za-z’'-]*+){2,})|(?P<ko>[가-힣]+)"
    ),
}
_TAGS = {"en": "en", "zh": "zh-Hans", "ko": "ko"}
"""The BCP 47 tag of each language that a text may hold."""


def split_by_language(text: str, language: Language) -> Iterator[tuple[str, str | None]]:
    """Yield ``text`` in pieces, each with its language's tag where that is not ``language``."""
    end = 0
    for match in _FOREIGN[language].finditer(text):
        if match.start() > end:
            yield text[end : match.start()], None
        yield match.group(), _TAGS[str(match.lastgroup)]
        end = match.end()
    if end < len(text) or not text:
        yield text[end:], None


def tag_of_name(name: str) -> str:
    """Return the tag of a name that is all in one script: Korean, Chinese, else English.

    >>> tag_of_name("아시아경제"), tag_of_name("奈飞"), tag_of_name("Netflix")
    ('ko', 'zh-Hans', 'en')
    """
    return next((tag for _, tag in split_by_language(name, "en") if tag), _TAGS["en"])
