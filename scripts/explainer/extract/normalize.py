"""Characters of every width as plain ones, each in its place, so that positions stay true."""

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_HARD_SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_TABLE = {
    **_WIDE,
    **dict.fromkeys(map(ord, _HARD_SPACES), "\u00a0"),
    **dict.fromkeys(map(ord, "\t\n\r"), " "),
    **dict.fromkeys(map(ord, "\ufe63\uff0d\u2011\u2010"), "-"),
    **dict.fromkeys(map(ord, "\u2012\u2014\u2015"), "\u2013"),
    **dict.fromkeys(map(ord, "\uff5e\u301c\u223c"), "~"),
    ord("\uffe5"): "¥",
    ord("\uffe6"): "₩",
    ord("\u5186"): "円",
    ord("\u2019"): "'",
}


def plain(text: str) -> str:
    """``text`` with full-width digits, letters and punctuation, odd spaces and dashes made plain.

    One character stays one character: a position in the result is a position in ``text``. Spaces
    that do not break (and thin ones) become U+00A0, since they may group digits; dashes become
    "-" (hyphen) or "–" (en, em); the minus sign U+2212 stays.
    """
    return text.translate(_TABLE)
