"""What a checkout's ``mkdocs.yml`` says of its site."""

import os
import re
import socket
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from explainer.data.errors import Code, DataError, DataErrors
from explainer.data.yaml_source import read_file
from explainer.limits import PAGE_BYTES

_ABOVE = Path(__file__).parents[2]
ROOT = _ABOVE if (_ABOVE / "mkdocs.yml").is_file() else Path.cwd()
"""The checkout, with ``mkdocs.yml`` and ``data``; of an installed copy the current folder."""

_FILE, _PRINTABLE = "mkdocs.yml", re.compile("[!-~]+")
PLACEHOLDER = re.compile(r"https?://([^/]+\.)?example\.(org|com|net)[:/]")
"""Addresses that nobody can have (RFC 2606)."""


def _refusal(
    field: str, found: object, expected: str, line: int = 0, column: int = 0
) -> DataErrors:
    place = _FILE, line, column, Code.BAD_SETTING
    return DataErrors([DataError(*place, field, str(found), expected)])


def load_settings(root: Path, **options: object) -> MkDocsConfig:
    """Return what MkDocs reads in a checkout's ``mkdocs.yml``, with ``options`` before it.

    Raises ``DataErrors``.
    """
    check_environment()
    path = root / _FILE
    faults = list[DataError]()
    read_file(root, _FILE, faults, PAGE_BYTES)
    DataErrors.unless_empty(replace(fault, path=_FILE) for fault in faults)
    config = MkDocsConfig(config_file_path=str(path))
    try:
        with path.open("rb") as file:
            config.load_file(file)
        config.load_dict(dict(options))
        errors, warnings = config.validate()
    except (MkDocsException, ValueError, RecursionError) as error:
        mark = getattr(error.__cause__, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise _refusal("", error, "YAML", line, column) from None
    DataErrors.unless_empty(
        DataError(_FILE, 0, 0, Code.BAD_SETTING, name, str(found), "what MkDocs accepts")
        for name, found in (*errors, *warnings)
    )
    return config


def site_address(url: object) -> str:
    """Return ``url`` ending with a slash. Raises ``DataErrors`` for what is no address."""
    found = str(url or "")
    try:
        parts = urlsplit(found)
        is_address = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # brackets and ports that are none
        is_address = None
    if not is_address or parts.query or not _PRINTABLE.fullmatch(found):
        expected = "an address such as https://example.org/ (SITE_URL comes before the file)"
        raise _refusal("site_url", found, expected)
    return f"{parts.geturl().rstrip('/')}/"


def check_environment() -> None:
    """Raise ``DataErrors`` where a variable that MkDocs reads is no address or no time."""
    site_address(os.environ.get("SITE_URL", "https://example.org/"))
    name = "SOURCE_DATE_EPOCH"
    if not re.fullmatch("[0-9]{1,11}", found := os.environ.get(name, "0")):
        expected = "seconds since 1970, or no such variable"
        raise _refusal(name, found, expected)


def check_listening(host: str, port: int) -> None:
    """Raise ``DataErrors`` where no server can listen at an address of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except (OSError, OverflowError) as error:
        reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else error
        expected = "an address and a port that are free (--dev-addr)"
        raise _refusal("dev_addr", f"{host}:{port}: {reason}", expected) from None


def check_settings(config: MkDocsConfig) -> None:
    """Raise ``DataErrors`` where ``mkdocs.yml`` lacks what pages, languages and assets rest on."""
    languages = getattr(config.plugins.get("i18n"), "config", {}).get("languages", ())
    has = {
        "hooks: [scripts/hooks.py]": "scripts/hooks.py" in list(map(str, config.hooks)),
        "plugins: i18n with the languages en and zh": [one.locale for one in languages]
        == ["en", "zh"],
        "extra: reference, a list of pages": isinstance(config.extra.get("reference"), list),
        "nav: a list of pages": all(isinstance(one, str) for one in config.nav or [None]),
        "theme: material": config.theme.name == "material",
        "docs_dir: docs": Path(config.docs_dir).name == "docs",
        "use_directory_urls: true": config.use_directory_urls,
    }
    DataErrors.unless_empty(
        DataError(_FILE, 0, 0, Code.BAD_SETTING, name.partition(":")[0], "something else", name)
        for name, is_so in has.items()
        if not is_so
    )
