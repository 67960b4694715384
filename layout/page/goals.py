"""How large the pictures of a page should be: what the text leaves, shared out so that one of them dominates.

Pictures are what gives on a page: text and heads take what they take. The area left is the pictures', within the
limits of a good page (newsroom.md 3 and 8); the first picture of the highest rank gets more than twice any other's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from layout.page.frame import USUAL, frame_of
from layout.text.headline import band_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layout.geometry import Cells
    from layout.model import Page, Story
    from layout.page.copy import Copy
    from layout.page.frame import Frame, Reach
    from layout.style import Style

DOMINANT: Final = 2.6
"""The main picture's share beside a share of 1 for every other."""

WISHED: Final = (0.19, 0.33)
"""Least and greatest share of the stories' area that the pictures of a page are to take."""

CAPTION: Final = 0.84
"""What of a picture's block the picture itself takes."""

GENEROUS: Final = 1.3
"""Pictures are wished a little larger than what is left: text finds ways to take less."""

LINE_LOSS: Final = 0.45
"""What a paragraph's last line leaves empty, in lines."""

FULLER: Final = 1.03
"""Characters that a line holds beside its measure: marks are set narrow."""


class Aim(NamedTuple):
    """What page making aims at: the areas in mpt² wished for stories' main pictures, and how far the levers go."""

    pictures: Mapping[str, int]
    reach: Reach = USUAL

    def frame(self, columns: int, style: Style, story: Story) -> Frame:
        """Return the frame of a story's module `columns` wide."""
        picture = self.pictures.get(story.id, 0)
        return frame_of(columns, style, boxed=story.box is not None, picture=picture, reach=self.reach)


def picture_goals(
    page: Page, copies: Mapping[str, Copy], blocks: Sequence[tuple[str, Cells]], style: Style
) -> dict[str, int]:
    """Return the area in mpt² wished for the main picture of every story that has pictures, by story."""
    grid = style.grid
    pictured = [story for story in page.stories if story.photos]
    if not pictured:
        return {}
    cell = (style.column_width + style.gutter) * grid.pitch
    free = grid.columns * grid.lines - sum(cells.columns * cells.lines for _, cells in blocks)
    text = sum(_text_lines(copies[story.id]) + _head_lines(story, style, front=page.front) for story in page.stories)
    least, most = (share * free * cell for share in WISHED)
    whole = min(max((free - text) * cell * CAPTION * GENEROUS, least), most)
    main = min(pictured, key=lambda story: story.rank)
    shares = {story.id: DOMINANT if story is main else 1.0 for story in pictured}
    return {name: round(whole * share / sum(shares.values())) for name, share in shares.items()}


def _text_lines(copy: Copy) -> float:
    """Return about how many lines of one column a story's text takes."""
    characters = copy.style.grid.characters
    return sum(len(item.material) / (FULLER * characters) + LINE_LOSS for item in copy.items)


def _head_lines(story: Story, style: Style, *, front: bool) -> float:
    """Return about how many column lines a story's head takes, the blank line that closes the module included."""
    columns = style.widths[story.rank][len(style.widths[story.rank]) // 2]
    band = band_for(style.heads, story.rank, columns, front=front)
    depth = sum(band.slot) / 2 if band is not None else 3
    return (depth + 1) * columns
