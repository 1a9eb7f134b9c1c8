"""Exchange formats that reference managers read: BibTeX, RIS, CSL-JSON."""

import json
import re

from explainer.export.citations.record import LOCALES, Record

_BIBTEX_TYPES = {"webpage": "online", "dataset": "dataset"}
_BIBTEX_LANGUAGES = {"en": "english", "zh": "chinese"}
_RIS_TYPES = {"webpage": "ELEC", "dataset": "DATA"}
# BibTeX's own marks, and those of TeX that a title may hold.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


_JSON = json.JSONEncoder(ensure_ascii=False)


def _tex(text: str) -> str:
    return re.sub(r"[\\{}$%&#_^~]", lambda match: _TEX[match.group()], text)


def bibtex(record: Record) -> str:
    """A biblatex entry. Names and titles stand in double braces, so that no style changes them."""
    fields = {
        "author": f"{{{_tex(record.author)}}}",
        "title": f"{{{_tex(record.title)}}}",
        "date": record.issued.isoformat(),
        "year": str(record.issued.year),
        "version": record.version,
        "url": record.url,
        "langid": _BIBTEX_LANGUAGES[record.language],
    }
    if record.type == "dataset":
        fields["publisher"] = _tex(record.container)
    else:
        fields["organization"] = _tex(record.container)
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{_BIBTEX_TYPES[record.type]}{{{record.id},\n{lines}}}\n"


def ris(record: Record) -> str:
    """A RIS entry, lines ended as the format wants them."""
    lines = [
        ("TY", _RIS_TYPES[record.type]),
        ("ID", record.id),
        ("AU", record.author),
        ("TI", record.title),
        ("T2", record.container),
        ("PY", str(record.issued.year)),
        ("DA", record.issued.strftime("%Y/%m/%d")),
        ("ET", record.version),
        ("LA", LOCALES[record.language]),
        ("UR", record.url),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def csl_json(record: Record) -> str:
    """The record as a CSL-JSON list, as reference managers import it, a line a field."""
    fields = record.csl().items()
    lines = [f'    "{name}": {_JSON.encode(value)}' for name, value in fields]
    return "[\n  {\n" + ",\n".join(lines) + "\n  }\n]\n"
