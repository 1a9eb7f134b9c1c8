"""From a place in a document to a problem that a person can find and mend."""

import difflib

from explainer.data.errors import Code, DataError
from explainer.data.strict_yaml import Document, Path, field_name


class Locator:
    """Turns places in one document into problems; finds lines only once one is asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._values: dict[Path, tuple[int, int]] | None = None
        self._keys: dict[Path, tuple[int, int]] = {}

    def problem(
        self, path: Path, code: Code, found: str, expected: str, *, at_key: bool = False
    ) -> DataError:
        """The problem ``code`` at ``path``, with its line, column and field name."""
        if self._values is None:
            self._values = self.document.places()
            self._keys = self.document.key_places()
        place = self._keys.get(path) if at_key else None
        known = path
        while place is None:
            place = self._values.get(known)
            known = known[:-1]
        field = field_name(self.document.value, path)
        return DataError(self.document.path, *place, code, field, found, expected)


def suggestion(known: list[str], found: str) -> str:
    """What a near miss gets to read, " (did you mean …?)"; nothing where no known name is close."""
    close = difflib.get_close_matches(found, known, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""
