"""What a number rests on: its phrase, the place of the phrase, and an address for the source."""

from collections.abc import Callable, Iterator

from explainer.data.assembly import LoadContext
from explainer.data.brief import brief
from explainer.data.errors import Code, DataError
from explainer.data.model import Dataset
from explainer.extract import parse


def every_mention_says_its_value(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """A mention's fields are what the grammar reads in its phrase; nobody edits them."""
    for source, mentions in dataset.mentions.items():
        language = dataset.sources[source].language
        for mention in mentions.values():
            read = parse(mention.exact, language)
            if read.quantity != mention.quantity:
                yield assembly.about(
                    "mention",
                    f"{source}/{mention.id}",
                    ("value",),
                    Code.VALUE_MISMATCH,
                    brief(mention.quantity),
                    f"{brief(read.quantity)}, as «{mention.exact}» says",
                )


def every_mention_stands_in_its_source(
    dataset: Dataset, assembly: LoadContext
) -> Iterator[DataError]:
    """A mention's span is as long as its phrase and lies within a block that the source has."""
    for source, mentions in dataset.mentions.items():
        blocks = dataset.digests[source].blocks
        for mention in mentions.values():
            key = f"{source}/{mention.id}"
            if mention.end - mention.start != len(mention.exact):
                expected = f"{mention.start + len(mention.exact)}, where the phrase ends"
                yield assembly.about(
                    "mention", key, ("end",), Code.VALUE_MISMATCH, str(mention.end), expected
                )
            if mention.block not in blocks:
                expected = "a block of the text that was read"
                yield assembly.about(
                    "mention", key, ("block",), Code.UNKNOWN_REFERENCE, mention.block, expected
                )
            elif mention.end > blocks[mention.block]:
                expected = f"at most {blocks[mention.block]}, where the block ends"
                yield assembly.about(
                    "mention", key, ("end",), Code.VALUE_MISMATCH, str(mention.end), expected
                )


def every_statement_stands_in_its_source(
    dataset: Dataset, assembly: LoadContext
) -> Iterator[DataError]:
    """A statement's blocks are blocks that the source has."""
    for statement in dataset.statements.values():
        known = dataset.digests.get(statement.voice.source)
        for number, block in enumerate(statement.blocks):
            if known is None or block not in known.blocks:
                yield assembly.about(
                    "statement",
                    statement.id,
                    ("blocks", number),
                    Code.UNKNOWN_REFERENCE,
                    block,
                    "a block of the text that was read",
                )


def every_article_can_be_traced(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """An article has a fingerprint, an address, and an archived copy or a word on why not."""
    for source in dataset.sources.values():
        wanted = {
            "a file of mentions with the digest of its text": source.id in dataset.digests,
            "url or archived_url": source.url or source.archived_url,
            "archived_url, or an archive_note that says there is none": (
                source.archived_url or source.archive_note
            ),
        }
        for expected, found in wanted.items():
            if not found:
                yield assembly.about("source", source.id, (), Code.MISSING_KEY, source.id, expected)


RULES: tuple[Callable[[Dataset, LoadContext], Iterator[DataError]], ...] = (
    every_mention_says_its_value,
    every_mention_stands_in_its_source,
    every_statement_stands_in_its_source,
    every_article_can_be_traced,
)
