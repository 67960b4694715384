"""A page's dump read back: what every story shows, by part and paragraph.

The inverse of `layout.display.dump` as far as comparing needs it; a line that it does not know is kept whole as a
mark of the page, so that no difference is overlooked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEY: Final = r"(?P<story>\S+?)/(?P<part>[^\s/]+)(?:/(?P<paragraph>\d+)\.(?P<line>\d+))?"
_GLYPHS: Final = re.compile(
    rf"glyphs {_KEY} (?P<face>\S+) (?P<size>[\d.]+) .*?@(?P<x>-?[\d.]+),(?P<y>-?[\d.]+) .*?“(?P<text>.*)” \[[^\]]*\]"
)
_PICTURE: Final = re.compile(
    rf"picture {_KEY} (?P<file>.+) (?P<place>-?[\d.]+,-?[\d.]+) (?P<size>[\d.]+×[\d.]+) crop (?P<crop>\S+)"
)
_FORM: Final = re.compile(
    rf"form {_KEY} (?P<file>.+)#(?P<page>\d+) (?P<place>-?[\d.]+,-?[\d.]+) (?P<size>[\d.]+×[\d.]+)"
)
_HEAD: Final = re.compile(r"page (?P<page>\S+) trim ")

Place = tuple[str, str, int]
"""Story, part, paragraph: what a text is called on every version of a page."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of glyphs: its line, size in pt, place in pt, characters."""

    line: int
    size: float
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture or a placed page: file, place and size in pt as written in the dump, crop."""

    file: str
    place: str
    size: str
    crop: str = ""


@dataclass(slots=True)
class Dumped:
    """A page as its dump tells it. `marks` are rules, fills and frames, as written."""

    page: str
    runs: dict[Place, list[Run]] = field(default_factory=dict)
    pictures: dict[Place, Shown] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)

    def text(self, place: Place) -> str:
        """Return the characters of a text, its lines joined, without blanks: those at line ends are not set."""
        return "".join("".join(run.text.split()) for run in self.runs[place])

    def lines(self, place: Place) -> tuple[str, ...]:
        """Return the characters of a text line by line."""
        made: dict[int, str] = {}
        for run in self.runs[place]:
            made[run.line] = made.get(run.line, "") + run.text
        return tuple(text for _, text in sorted(made.items()))

    def size(self, place: Place) -> float:
        """Return the size in pt that most of a text is set in."""
        shares: dict[float, int] = {}
        for run in self.runs[place]:
            shares[run.size] = shares.get(run.size, 0) + len(run.text)
        return max(shares, key=lambda size: (shares[size], size))


def read_dump(text: str) -> Dumped:
    """Return a page from its dump."""
    rows = text.splitlines()
    head = _HEAD.match(rows[0]) if rows else None
    made = Dumped(page=head["page"] if head else "")
    _take(made, rows[1:])
    return made


def _take(made: Dumped, rows: Iterable[str]) -> None:
    for row in rows:
        if match := _GLYPHS.match(row):
            run = Run(
                int(match["line"] or 0), float(match["size"]), float(match["x"]), float(match["y"]), match["text"]
            )
            made.runs.setdefault(_place(match), []).append(run)
        elif match := _PICTURE.match(row):
            made.pictures[_place(match)] = Shown(match["file"], match["place"], match["size"], match["crop"])
        elif match := _FORM.match(row):
            made.pictures[_place(match)] = Shown(f"{match['file']}#{match['page']}", match["place"], match["size"])
        else:
            made.marks.append(row)


def _place(match: re.Match[str]) -> Place:
    return match["story"], match["part"], int(match["paragraph"] or 0)
