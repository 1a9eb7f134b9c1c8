"""Markdown's marks taken off, so that a marked number reads as one: "**700** million"."""

import re

# Lengths are bounded: a mark that is never closed must not be looked for to the end of the file.
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\([^()\n]{0,500}\)")
_STRONG = re.compile(r"(\*\*|__|~~|`)(?=\S)(.{1,300}?)(?<=\S)\1")
_LINE = re.compile(r"^(?:\s{0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+))+", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|(.+)\|[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[|:\- \t]*---[|:\- \t]*$", re.MULTILINE)
_MARKED = re.compile(r"\]\(|\*\*|__|^#{1,6} |^[ \t]*\|.+\|[ \t]*$", re.MULTILINE)


def unmarked(text: str) -> str:
    """``text`` without Markdown's marks where it has any; images go, links leave their words.

    Every cell of a table comes to stand on a line of its own, so that no two numbers meet.
    """
    if not _MARKED.search(text):
        return text
    text = _RULE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    text = _ROW.sub(
        lambda row: "\n" + "\n\n".join(c.strip() for c in row[1].split("|")) + "\n", text
    )
    return _STRONG.sub(r"\2", _LINE.sub("", text))
