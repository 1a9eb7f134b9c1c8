"""Characters of every kind as plain ones, with the place of each in the original text."""

import re
import unicodedata
from collections.abc import Sequence

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")
_RADICALS = [*range(0x2F00, 0x2FD6), *range(0x2E80, 0x2EF4), *range(0xF900, 0xFAFF)]
_TABLE: dict[int, str] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{
        code: unified
        for code in _RADICALS
        if len(unified := unicodedata.normalize("NFKC", chr(code))) == 1 and unified != chr(code)
    },
    **dict.fromkeys(
        map(ord, "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"),
        "\u00a0",
    ),
    **dict.fromkeys(map(ord, "\t\n\r"), " "),
    **dict.fromkeys(map(ord, "\ufe63\uff0d\u2011\u2010"), "-"),
    **dict.fromkeys(map(ord, "\u2012\u2014\u2015"), "\u2013"),
    **dict.fromkeys(map(ord, "\uff5e\u301c\u223c"), "~"),
    **dict.fromkeys(map(ord, "\u30fb\u2027\u2219\u22c5\uff65"), "·"),
    **dict.fromkeys(map(ord, "\u2019\u02bc"), "'"),
    ord("\uffe5"): "¥",
    ord("\uffe6"): "₩",
    ord("\u5186"): "円",
}


def plain(text: str) -> tuple[str, Sequence[int]]:
    """Return ``text`` with plain characters, and where each of them stands in ``text``.

    Full-width digits, letters and punctuation, Kangxi radicals, odd spaces and dashes become plain
    ones; invisible characters go. Spaces that do not break (and thin ones) become U+00A0, since
    they may group digits; dashes become "-" (hyphen) or "–" (en, em); the minus sign U+2212 stays.
    The places have one entry more than the text, its end.
    """
    if not _INVISIBLE.search(text):
        return text.translate(_TABLE), range(len(text) + 1)
    places = [at for at, character in enumerate(text) if not _INVISIBLE.match(character)]
    return "".join(text[at] for at in places).translate(_TABLE), [*places, len(text)]
