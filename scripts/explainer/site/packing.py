"""Compressed copies beside the files of a finished site, for hosts that send them as they are.

``money/index.html.gz`` and ``money/index.html.br`` hold ``money/index.html``. The same file gives
the same copies on every machine.
"""

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path

import brotli

from explainer.site.headers import TYPES
from explainer.site.writer import add_file
from explainer.workers import spread

ENDINGS = (".gz", ".br")
WORTH_IT = 1024
"""Smaller files, in bytes, fit into one packet as they are."""
_PICTURES = frozenset(("png",))
_QUALITY = 10
"""Brotli's best is 11: on these pages it takes three times as long and wins two percent."""


def is_packed(path: str) -> bool:
    """Whether a file is the compressed copy of another, by its name."""
    return path.endswith(ENDINGS)


def unpacked(path: str, content: bytes) -> bytes:
    """What a compressed copy holds. Raises ``ValueError`` where it is damaged."""
    try:
        return gzip.decompress(content) if path.endswith(".gz") else brotli.decompress(content)
    except (OSError, EOFError, brotli.error) as error:
        raise ValueError(f"{path}: {error}") from None


def pack(site: Path) -> int:
    """Put compressed copies beside every text of a site that is large enough; returns how many.

    Search engines' own files are compressed already.
    """
    texts = sorted(
        path
        for path in site.rglob("*")
        if path.suffix.removeprefix(".") in TYPES.keys() - _PICTURES
        and path.is_file()
        and path.stat().st_size >= WORTH_IT
    )

    def copies(paths: Sequence[Path]) -> int:
        count = 0
        for path in paths:
            for ending, content in _packed(path.read_bytes()):
                add_file(path.with_name(path.name + ending), content)
                count += 1
        return count

    return sum(spread(copies, texts))


def _packed(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The copies that are smaller than the file itself, by ending."""
    for ending, made in (
        (".gz", gzip.compress(content, 9, mtime=0)),
        (".br", brotli.compress(content, mode=brotli.MODE_TEXT, quality=_QUALITY)),
    ):
        if len(made) < len(content):
            yield ending, made
