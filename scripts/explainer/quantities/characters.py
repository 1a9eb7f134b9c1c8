"""Characters of every width as plain ones, each in its place, so that positions stay true."""

_SPACES = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n"
)
_TABLE = {
    **{ord("０") + n: str(n) for n in range(10)},
    **{code: chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, "\u2212\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u2013\u2014\u2012\u2010\u2011"), "\u2013"),
    ord("，"): "，",
    ord("．"): ".",
    ord("％"): "%",
    ord("＄"): "$",
    ord("～"): "~",
    ord("〜"): "~",
    ord("￥"): "¥",
    ord("￦"): "₩",
}


def plain(text: str) -> str:
    """``text`` with full-width digits and letters, odd spaces and dashes made plain.

    One character stays one character: positions in the result are positions in ``text``.
    """
    return text.translate(_TABLE)
