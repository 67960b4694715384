"""The room a story is set in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from layout.style import Style


class Reach(NamedTuple):
    """How far the levers of a story go: blank lines above the head, sizes of head, doublings of a picture's area."""

    air: tuple[int, ...]
    sizes: int
    doublings: float


USUAL: Final = Reach(air=(0, 1, 2), sizes=3, doublings=1.7)
WIDE: Final = Reach(air=(0, 1, 2, 3, 4), sizes=7, doublings=3.0)
"""What pages are made of, and what is tried where they do not close."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The room a story is set in: width in mpt, how many columns that stands for, padding lines of a box.

    `closing` are the blank lines at its foot; `padded` says that a frame around it gives the air above. `picture` is
    the area in mpt² wished for the story's main picture, 0 where nothing is wished; `reach` says how far the levers go.
    """

    width: int
    columns: int
    pad_lines: int = 0
    closing: int = 1
    padded: bool = False
    picture: int = 0
    reach: Reach = USUAL

    @property
    def above(self) -> int | None:
        """Least blank above the head: none where a box or group already gives a line; else the style's."""
        return 0 if self.padded or self.pad_lines else None


def frame_of(columns: int, style: Style, *, boxed: bool, picture: int = 0, reach: Reach = USUAL) -> Frame:
    """Return the frame of a module `columns` wide; a box takes half an em a side and a line above and below."""
    width = style.span_width(columns)
    if not boxed:
        return Frame(width=width, columns=columns, picture=picture, reach=reach)
    return Frame(
        width=width - 2 * round(style.box.pad_em * style.em),
        columns=columns,
        pad_lines=style.box.pad_lines,
        picture=picture,
        reach=reach,
    )
