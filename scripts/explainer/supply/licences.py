"""The licence of every package, as an SPDX expression; what nobody looked at is refused."""

import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, metadata

LICENCES = frozenset(
    "Apache-2.0 BSD-2-Clause BSD-2-Clause-Views BSD-3-Clause CC-BY-4.0 MIT MPL-2.0 OFL-1.1 "
    "PSF-2.0".split()
)
"""The licences that were read and found fit for building and publishing the site."""

REVIEWED: Mapping[str, str] = {
    # Metadata say no more than "BSD License"; the licence file has three clauses.
    "colorama": "BSD-3-Clause",
    "feedgenerator": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "webencodings": "BSD-3-Clause",
    # Metadata say nothing; the licence file has three clauses.
    "tinycss2": "BSD-3-Clause",
    # Metadata say nothing; the licence file is MIT's.
    "resvg-py": "MIT",
    # Metadata say MIT, which is the wrapper's; the fonts inside come with the Open Font License.
    "justmytype-intl-cjk": "MIT AND OFL-1.1",
    # Metadata say MIT; the icons inside have licences of their own.
    "mkdocs-material": "Apache-2.0 AND CC-BY-4.0 AND MIT",
    # Wanted by older Pythons only, so that newer ones have no metadata to read.
    "typing-extensions": "PSF-2.0",
}
"""Packages whose metadata are silent, vague or incomplete, read by hand."""

_CLASSIFIERS: Mapping[str, str] = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_JOINED = re.compile(r" (?:AND|OR) ")


class UnknownLicence(ValueError):
    """A package whose licence is not known, or that nobody has read yet."""


def licence_of(name: str) -> str:
    """The SPDX licence expression of a package by its name.

    Read by hand, or from the metadata of the installed distribution. Raises
    :class:`UnknownLicence` for a licence that is not one of :data:`LICENCES`.
    """
    said = REVIEWED.get(name) or _told(name)
    unread = sorted(set(_JOINED.split(said)) - LICENCES)
    if unread:
        raise UnknownLicence(
            f"{name}: found licence «{', '.join(unread)}» — expected one of "
            f"{', '.join(sorted(LICENCES))}, or an entry in {__name__}.REVIEWED"
        )
    return said


def _told(name: str) -> str:
    """What the metadata say: an expression (PEP 639), else a field that is one, else a class."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        raise UnknownLicence(f"{name}: it is locked but not installed — install again") from None

    def first(field: str) -> str:
        return next(iter(about.get_all(field) or []), "")

    if expression := first("License-Expression"):
        return expression
    if first("License") in LICENCES:
        return first("License")
    classes = [_CLASSIFIERS.get(line) for line in about.get_all("Classifier") or []]
    return next(filter(None, classes), first("License").partition("\n")[0] or "nothing")
