"""The vocabulary of an extracted page: what was read from its text, and what was only assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from layout.importers.blocks import Dropped
    from layout.importers.problem import ImportProblem

GuessKind = Literal[
    "banner",
    "kicker",
    "headline",
    "deck",
    "dateline",
    "byline",
    "join",
    "subhead",
    "photo story",
    "caption",
    "tail",
    "dropped",
    "unfinished",
    "rank",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A text and the lines of the file it came from, counted from 1."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph or subhead. `joins` are the (last line before, first line after) of every joint closed."""

    text: str
    lines: tuple[int, ...]
    subhead: bool = False
    joins: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Something assumed: where, what kind, what, why, and how sure (0.5 is a coin, 1 is certain)."""

    line: int
    kind: GuessKind
    assumed: str
    why: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The words under a picture, with the picture's credit where it stood at their end."""

    text: Copy
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedStory:
    """One story of the page, in the order of the file. `photo` says that a picture carries it."""

    photo: bool
    headline: Copy
    kicker: Copy | None = None
    deck: Copy | None = None
    dateline: Copy | None = None
    byline: Copy | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    captions: tuple[Caption, ...] = ()
    tail: Copy | None = None

    @property
    def length(self) -> int:
        """The characters of the body."""
        return sum(len(paragraph.text) for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedPage:
    """What a page of extracted text holds, what was assumed, and what was left out."""

    banner: Copy | None
    stories: tuple[ExtractedStory, ...]
    guesses: tuple[Guess, ...]
    dropped: tuple[Dropped, ...]
    problems: tuple[ImportProblem, ...] = ()

    @property
    def joins(self) -> tuple[tuple[int, int], ...]:
        """Every joint closed, as (last line before, first line after), in the order of the file."""
        return tuple(sorted(joint for story in self.stories for part in story.paragraphs for joint in part.joins))
