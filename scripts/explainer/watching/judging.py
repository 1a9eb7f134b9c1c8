"""What an answer means: the source is alive, has drifted, is dead, or nobody can tell from here."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from explainer.extract.articles import UnreadableArticle, page_texts
from explainer.watching.fetching import Answer, NoWay, TooSlow, Unanswered
from explainer.watching.places import Place


class State(StrEnum):
    """How a source stands at one of its addresses."""

    ALIVE = "alive"
    """It answers, and every phrase was found."""
    DRIFTED = "drifted"
    """It answers with a text in which a phrase is missing that once stood there."""
    DEAD = "dead"
    """The page is gone, or its server is."""
    UNCLEAR = "cannot-tell"
    """It keeps programs out, needs scripts, is in trouble today, or was never seen itself."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one look found. ``missing`` names phrases; ``said`` tells the rest in a few words."""

    place: Place
    state: State
    said: str = ""
    status: int | None = None
    url: str | None = None
    missing: tuple[str, ...] = ()
    reached: bool = True

    @property
    def is_bad(self) -> bool:
        """Whether somebody should look after the source."""
        return self.state in (State.DRIFTED, State.DEAD)


GONE = frozenset({404, 410})
TOO_LITTLE = 200
"""Fewer characters than this are no article: a page that its scripts would fill, or a wall."""
_TEXT = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom")
_SAME = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'}) | dict.fromkeys(
    map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"
)


def unanswered(place: Place, error: Unanswered) -> Outcome:
    """What it means that no answer came."""
    state = State.UNCLEAR if isinstance(error, TooSlow) else State.DEAD
    return Outcome(place, state, str(error), reached=not isinstance(error, NoWay))


def judged(place: Place, answer: Answer) -> Outcome:
    """What the answer of a server means for the source."""

    def outcome(state: State, said: str = "", missing: tuple[str, ...] = ()) -> Outcome:
        return Outcome(place, state, said, answer.status, answer.url, missing)

    if answer.status in GONE:
        return outcome(State.DEAD, "the page is gone")
    if not 200 <= answer.status < 300:
        return outcome(State.UNCLEAR, "the server does not show it to programs, or not today")
    if answer.type and not answer.type.startswith(_TEXT):
        return outcome(State.UNCLEAR, f"no text but {answer.type}")
    if not place.phrases:
        if _is_front(answer.url) and not _is_front(place.url):
            return outcome(State.UNCLEAR, "leads to a front page")
        return outcome(State.ALIVE, "answers; no phrase to look for")
    try:
        texts = page_texts(_recoded(answer))
    except UnreadableArticle as error:
        return outcome(State.UNCLEAR, str(error))
    missing = missed(place.phrases, texts)
    if not missing:
        return outcome(State.ALIVE, "every phrase found")
    if sum(map(len, texts)) < TOO_LITTLE and len(missing) == len(place.phrases):
        return outcome(State.UNCLEAR, "hardly any text without scripts", missing)
    if not answer.whole:
        return outcome(State.UNCLEAR, "could not be read to its end", missing)
    if not place.seen:
        return outcome(State.UNCLEAR, "was never seen at this address", missing)
    return outcome(State.DRIFTED, "answers without it", missing)


def _is_front(url: str) -> bool:
    return urlsplit(url).path in ("", "/")


_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{3,20})")


def _recoded(answer: Answer) -> bytes:
    """The body in UTF-8, where the server or the page names an encoding that its bytes bear out."""
    declared = _CHARSET.search(answer.body[:4096])
    names = ("utf-8", answer.charset, declared[1].decode("ascii") if declared else None)
    body = answer.body
    if not answer.whole:  # the cut may have gone through a character
        body = body.decode("utf-8", "ignore").encode() if _is_utf8(body[:-3]) else body
    for name in filter(None, names):
        try:
            return body.decode(name).encode("utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return body


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end >= len(body)
    return True


def missed(phrases: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """The phrases that stand in none of the texts, whatever the spaces and widths."""
    whole = "\n".join(_folded(text) for text in texts)
    return tuple(phrase for phrase in phrases if not _pattern(phrase).search(whole))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_SAME).casefold()
    return re.sub(r"\s+", " ", plain)


def _pattern(phrase: str) -> re.Pattern[str]:
    """Matches the phrase with or without spaces, but never as part of a longer number or word."""
    parts = re.findall(r"[0-9]+|[^\s0-9]", _folded(phrase))
    before = r"(?<![0-9])(?<![0-9][.,])" if parts[0].isdigit() else r"(?<![a-z])"
    after = r"(?![0-9])(?![.,][0-9])" if parts[-1].isdigit() else ""
    if parts[-1].isascii() and parts[-1].isalpha():
        after = r"(?![a-z])"
    if not (parts[0].isascii() and parts[0].isalnum()):
        before = ""
    return re.compile(before + " ?".join(map(re.escape, parts)) + after)
