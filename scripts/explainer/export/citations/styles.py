"""Reference styles for the two things this site asks to be cited: a page of it, and its data set.

Each style is one line of text for each of the two. They are set here because a CSL processor takes
fifty milliseconds for a page's citations, and the 2025 edition of GB/T 7714 has no packaged style;
two CSL processors check them.
"""

import calendar

from explainer.export.citations.record import Record

_MONTHS = tuple(calendar.month_name)

GBT_TYPES = {"webpage": "EB/OL", "dataset": "DS/OL"}
"""Document and carrier codes (GB/T 7714—2025): electronic bulletin and data set, online."""
_SMALL = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to up via with "
    "yet".split()
)
"""Words that stay small inside an English headline (CMOS 8.159)."""
_ENDED = ("?", "!", ".", "…", "？", "！", "。")


def apa(record: Record) -> str:
    """APA, seventh edition: the day for a page (10.112), the year and version for data (10.9)."""
    day = record.issued
    if record.type == "webpage":
        date, kind = f"{day.year}, {_MONTHS[day.month]} {day.day}", ""
    else:
        date, kind = str(day.year), f" (Version {record.version}) [Dataset]"
    title = _stopped(f"{record.title}{kind}")
    return f"{record.author}. ({date}). {title} {record.container}. {record.url}"


def chicago(record: Record) -> str:
    """Chicago, notes and bibliography: the bibliography's form; stops stand inside the quotes."""
    title = headline(record.title) if record.language == "en" else record.title
    version = "" if record.type == "webpage" else f" Version {record.version}."
    day = f"{_MONTHS[record.issued.month]} {record.issued.day}, {record.issued.year}"
    quoted = f"“{_stopped(title)}”"
    return f"{record.author}. {quoted}{version} {record.container}, {day}. {record.url}."


def gbt2015(record: Record) -> str:
    """GB/T 7714—2015, numeric, without the number. Western names stand in capitals."""
    issued, accessed = record.issued, record.accessed
    is_page = record.type == "webpage"
    made = f"({issued})" if is_page else f"{record.container}, {issued.year}"
    title = f"{record.title}[{GBT_TYPES[record.type]}]"
    return f"{record.author.upper()}. {title}. {made}[{accessed}]. {record.url}."


def gbt2025(record: Record) -> str:
    """GB/T 7714—2025, numeric, without the number.

    The edition in force since 1 July 2026: full-width round brackets, half-width stops and square
    brackets, ``DS`` for data sets, the version before the publisher.
    """
    is_page = record.type == "webpage"
    made = "" if is_page else f"V{record.version}. {record.container}"
    title = f"{record.title}[{GBT_TYPES[record.type]}]"
    return f"{record.author}. {title}. {made}（{record.issued}）[{record.accessed}]. {record.url}."


def headline(title: str) -> str:
    """An English title in headline style: all but the small words begin with a capital.

    >>> headline("One sum, printed in dollars, won and yuan: a riddle")
    'One Sum, Printed in Dollars, Won and Yuan: A Riddle'
    """
    words = title.split()
    for at, word in enumerate(words):
        starts = at == 0 or words[at - 1].endswith((":", "."))
        if word.islower() and (starts or word not in _SMALL):
            words[at] = word[0].upper() + word[1:]
    return " ".join(words)


def _stopped(text: str) -> str:
    """A text with one stop at its end: a question has its own."""
    return text if text.endswith(_ENDED) else f"{text}."
