"""What an importer has to complain about, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProblem:
    """Something an editor should look at. `line` and `column` count from 1; 0 means the whole file."""

    line: int
    column: int
    message: str
    hint: str = ""


class PageEncodingError(ValueError):
    """The bytes of a page are not UTF-8. `offset` is the first byte that does not fit, counted from 0."""

    def __init__(self, offset: int, reason: str) -> None:
        """Keep the byte offset and the codec's reason."""
        self.offset = offset
        self.reason = reason
        super().__init__(f"not UTF-8: {reason} at byte {offset}")


class FolderOccupiedError(FileExistsError):
    """The folder an import should make is there already and is not empty."""
