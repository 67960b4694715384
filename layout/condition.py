"""The print condition: what a press, its ink and its paper can take.

Written as YAML under `styles/print/`, read by `layout.reading.styles.read_condition`. The values of the bundled
conditions, and where they come from, stand in those files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from layout.color import InkCount

ELSEWHERE = "default"
"""The row of a table of positions that holds for all pages it does not name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureLimits:
    """Resolution of pictures at their set size, in pixels an inch: refused below, warned below, reduced above."""

    error_ppi: int
    warn_ppi: int
    max_ppi: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMinima:
    """The smallest type sizes in mpt: in solid black, in one tint, in several inks, reversed out of a ground."""

    k: int
    single_tint: int
    multi: int
    reversed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMinima:
    """The thinnest rules in mpt: in solid black, in several inks, reversed out of a ground."""

    k: int
    multi: int
    reversed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintCondition:
    """One condition.

    `profile` is the path of the ICC profile and `sha256` its hash; `identifier`, `registry` and `info` go into the
    output intent. `ink_limit` is the largest ink sum in per cent; `bleed` is mpt; `marks` are what is drawn outside
    the trim. `positions` are the inks that the plant's press has, by page id; `sharpen` is how much pictures are
    sharpened for this paper, in per cent.
    """

    name: str
    profile: str
    sha256: str
    identifier: str
    registry: str
    info: str
    ink_limit: float
    picture: PictureLimits
    text_min: TextMinima
    line_min: LineMinima
    bleed: int
    marks: Literal["none", "crop"]
    sharpen: int = 0
    positions: tuple[tuple[str, InkCount], ...] = ()

    def inks_at(self, page: str) -> InkCount:
        """Return the inks at a page's position."""
        table = dict(self.positions)
        return table.get(page, table.get(ELSEWHERE, "cmyk"))
