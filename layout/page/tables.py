"""Which shape table a story gets: for horizontal legs, for a vertical head beside them, for vertical lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layout.page.sidehead import forced_beside, side_table
from layout.page.table import forced, story_table
from layout.page.verse import forced_verse, verse_table

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.page.copy import Copy
    from layout.page.solver.problem import Candidate
    from layout.page.table import Frame, Table

OVER_INSTEAD: Final = 1000
"""The price of a head over its text that was wanted beside it, where no type of its band can stand there."""


def module_table(copy: Copy, frame: Frame, book: Fontbook, *, front: bool, pinned: bool = False) -> Table:
    """Return the depths of a story in a frame, set as the story wants it; arguments as for `table.story_table`."""
    if copy.story.setting == "vertical":
        return verse_table(copy, frame, book, front=front, pinned=pinned)
    if copy.story.head != "over":
        beside = side_table(copy, frame, book, front=front, pinned=pinned)
        if beside:
            return beside
    made = story_table(copy, frame, book, front=front, pinned=pinned)
    if copy.story.head == "over":
        return made
    return {
        depth: tuple(one._replace(cost=one.cost + OVER_INSTEAD) for one in candidates)
        for depth, candidates in made.items()
    }


def forced_module(copy: Copy, frame: Frame, book: Fontbook, depth: int, *, front: bool) -> Candidate | None:
    """Return a story in exactly `depth` lines, blank lines and overset as they come, or None; see `table.forced`."""
    if copy.story.setting == "vertical":
        return forced_verse(copy, frame, book, depth, front=front)
    if copy.story.head != "over":
        beside = forced_beside(copy, frame, book, depth, front=front)
        if beside is not None:
            return beside
    return forced(copy, frame, book, depth, front=front)
