"""Which words of a text are in another script than the text, so that a voice can change its tongue.

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
_THREE_WORDS = re.compile(r"[A-Za-z][A-Za-z’'-]* [A-Za-z][A-Za-z’'-]* [A-Za-z]")
_LETTERS = {"en": re.compile("[㐀-鿿가-힣]"), "zh": re.compile("[가-힣]")}
TONGUES = {"en": "en", "zh": "zh-Hans", "ko": "ko"}
"""The BCP 47 tag of each language that a text may hold."""


def tongues(text: str, language: Language) -> Iterator[tuple[str, str | None]]:
    """``text`` in stretches, each with the tag of its language where that is not the text's."""
    if not _may_be_foreign(text, language):
        yield text, None
        return
    end = 0
    for found in _FOREIGN[language].finditer(text):
        if found.start() > end:
            yield text[end : found.start()], None
        yield found.group(), TONGUES[str(found.lastgroup)]
        end = found.end()
    if end < len(text):
        yield text[end:], None


def _may_be_foreign(text: str, language: Language) -> bool:
    """Whether a text is worth the closer look, which takes ten times as long as this one."""
    if language == "zh" and _THREE_WORDS.search(text):
        return True
    return not text.isascii() and _LETTERS[language].search(text) is not None


def tongue(name: str) -> str:
    """The tag of a name that is all in one script: Korean, Chinese, else English.

    >>> tongue("아시아경제"), tongue("奈飞"), tongue("Netflix")
    ('ko', 'zh-Hans', 'en')
    """
    for text, tag in tongues(name, "en"):
        if text and tag:
            return tag
    return TONGUES["en"]
