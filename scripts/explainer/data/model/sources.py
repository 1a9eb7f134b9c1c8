"""Primary sources: the articles, who speaks in them, and the number phrases found there."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from explainer.data.model.texts import Text
from explainer.extract import Language, Quantity


class Role(StrEnum):
    """Whether a source is one of the articles explained here or an independent report."""

    PRIMARY = "primary"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks inside a source: the blocks that are theirs, and the shape that marks them."""

    id: str
    source: str
    label: Text
    short: Text
    shape: str
    blocks: tuple[str, ...]
    author: str | None = None

    def speaks_in(self, block: str) -> bool:
        """Whether ``block`` (``title``, ``p3``, ``caption1``) is this voice's.

        A pattern is a block id or a kind followed by ``*`` ("p*" is every paragraph).
        """
        return any(
            block == pattern or (pattern.endswith("*") and block.startswith(pattern[:-1]))
            for pattern in self.blocks
        )


@dataclass(frozen=True, slots=True)
class Source:
    """One document. ``file`` is the name of the saved article that mentions are pulled from."""

    id: str
    role: Role
    type: str
    language: Language
    title: str
    title_translation: str
    publisher: str
    voices: tuple[Voice, ...]
    date_note: Text
    file: str | None = None
    author: str | None = None
    credit: str | None = None
    issued: str | None = None
    url: str | None = None
    archived_url: str | None = None
    archive_note: Text | None = None
    retrieved: str | None = None
    archive_is_folder: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """What is kept of the text that a source's mentions were pulled from, machine-made.

    ``digest`` is its SHA-256 in hexadecimal; ``blocks`` says how many characters each block has.
    """

    digest: str
    blocks: Mapping[str, int]

    @property
    def written(self) -> str:
        """The digest with the name of its algorithm."""
        return f"sha256:{self.digest}"


@dataclass(frozen=True, slots=True)
class Mention:
    """A number phrase that the program found in a source. Machine-made.

    ``start`` and ``end`` count characters in the block's text. ``quantity`` is ``None`` where the
    phrase was not read; ``reason`` then says why.
    """

    id: str
    source: str
    exact: str
    block: str
    start: int
    end: int
    quantity: Quantity | None
    reason: str | None = None
