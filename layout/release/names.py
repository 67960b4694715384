"""Names of the plant's files: made by a pattern, never used twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Final

from layout.diagnostics import OutputError, finding
from layout.diagnostics.hints import hint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layout.model import Issue

FIELDS: Final = frozenset({"paper", "date", "page", "edition", "number", "rev"})
"""What a pattern may name."""

_UNSAFE: Final = re.compile(r"[^\w.+-]+")
"""What no file name of ours has: blanks and signs that a plant's transfer stumbles over."""

_MARK: Final = "\0"
"""Stands for the revision while its place in a name is looked for."""

_JOINTS: Final = re.compile(r"_{2,}|_(?=\.pdf\Z)")


@dataclass(frozen=True, slots=True)
class Naming:
    """A pattern with an issue's own words; `known` are all names that were ever used."""

    pattern: str
    words: tuple[tuple[str, str], ...]
    known: frozenset[str]

    def name(self, page: str, revision: int) -> str:
        """Return a page's name at a revision; a word that the issue has not leaves no gap."""
        return self._made(page, str(revision))

    def _made(self, page: str, revision: str) -> str:
        words = {name: _UNSAFE.sub("-", word) for name, word in {**dict(self.words), "page": page}.items()}
        made = self.pattern.format_map({**words, "rev": revision})
        return _JOINTS.sub(lambda found: "_" if len(found[0]) > 1 else "", made)

    def next(self, page: str) -> tuple[str, int]:
        """Return the name that a page is to have now, and its revision: one more than any before.

        Raises:
            OutputError: E624, the pattern counts no revisions and the name is used.
        """
        revision = self.last(page) + 1
        name = self.name(page, revision)
        if name in self.known:
            raise OutputError([finding("E624", page=page, file=name, hint=hint("pattern-rev"))])
        return name, revision

    def last(self, page: str) -> int:
        """Return the highest revision of a page among the names used, 0 where there is none."""
        before, counted, after = self._made(page, _MARK).partition(_MARK)
        search = re.compile(re.escape(before) + r"(\d+)" + re.escape(after) + r"\Z")
        found = (search.match(name) for name in self.known) if counted else ()
        return max((int(match[1]) for match in found if match), default=0)


def naming(pattern: str, issue: Issue, known: Iterable[str]) -> Naming:
    """Return the naming of an issue's files.

    Raises:
        OutputError: E623, the pattern names what there is not, or no page, or no PDF.
    """
    try:
        fields = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
    except ValueError as error:
        raise OutputError([finding("E623", pattern=pattern, problem=error)]) from error
    unknown = sorted(fields - FIELDS)
    problem = ""
    if unknown:
        problem = f"there is no {{{unknown[0]}}}; known are " + ", ".join(f"{{{name}}}" for name in sorted(FIELDS))
    elif "page" not in fields:
        problem = "it lacks {page}"
    elif not pattern.endswith(".pdf"):
        problem = "it does not end in .pdf"
    elif "/" in pattern or "\\" in pattern:
        problem = "it names a folder"
    if problem:
        raise OutputError([finding("E623", pattern=pattern, problem=problem)])
    words = (("paper", issue.paper), ("date", issue.date), ("edition", issue.edition), ("number", issue.number))
    return Naming(pattern, words, frozenset(known))
