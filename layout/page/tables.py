"""Which shape table a story gets: for its legs, for a head beside them or on its picture, for vertical lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from layout.page.edition import NO_LEAVE, Leave, edited, editions
from layout.page.jump import AUTO, turned_table
from layout.page.onpicture import forced_on_picture, picture_table
from layout.page.sidehead import forced_beside, side_table
from layout.page.table import cheapest, forced, story_table
from layout.page.verse import forced_verse, verse_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from layout.fontbook import Fontbook
    from layout.model import HeadPlace
    from layout.page.copy import Copy
    from layout.page.frame import Frame
    from layout.page.solver.problem import Candidate
    from layout.page.table import Table
    from layout.plan import Edition

OVER_INSTEAD: Final = 1000
"""The price of a head over its text that was wanted elsewhere, where no type of its band can stand there."""

_TABLES: Final[Mapping[HeadPlace, Callable[..., Table]]] = {
    "left": side_table,
    "right": side_table,
    "picture": picture_table,
}
_FORCED: Final[Mapping[HeadPlace, Callable[..., Candidate | None]]] = {
    "left": forced_beside,
    "right": forced_beside,
    "picture": forced_on_picture,
}
"""What makes the settings of heads that do not stand over their text."""


def module_table(
    copy: Copy, frame: Frame, book: Fontbook, *, front: bool, pinned: bool = False, leave: Leave = NO_LEAVE
) -> Table:
    """Return the depths of a story in a frame, set as the story wants it and in every edition that it may have.

    A story that asks to go on on a certain page does so wherever it can; one that may (`jump: auto`) pays for it.

    Args:
        copy: the story.
        frame: its room.
        book: the faces.
        front: whether it stands on the front page.
        pinned: the frame is the editor's choice; see `table.story_table`.
        leave: what is allowed beyond what the story offers.
    """
    story, style = copy.story, copy.style
    turned = turned_table(copy, frame, book, front=front, pinned=pinned) if leave.turn and story.jump else {}
    if turned and story.jump != AUTO:
        return turned
    tables = [_edition_table(copy, frame, book, front=front, pinned=pinned), turned]
    for edition, price in editions(story, style, leave):
        other = edited(copy, edition, book)
        tables.append(_priced(_edition_table(other, frame, book, front=front, pinned=pinned), edition, price))
    return cheapest(tables)


def _priced(table: Table, edition: Edition, price: int) -> Table:
    """Return an edition's table with its price added, without its last resorts: those of the whole story serve."""
    return {
        depth: tuple(
            one._replace(cost=one.cost + price, variant=replace(one.variant, edition=edition))
            for one in candidates
            if not one.variant.blank and not one.variant.over
        )
        for depth, candidates in table.items()
    }


def _edition_table(copy: Copy, frame: Frame, book: Fontbook, *, front: bool, pinned: bool) -> Table:
    if copy.story.setting == "vertical":
        return verse_table(copy, frame, book, front=front, pinned=pinned)
    elsewhere = _TABLES.get(copy.story.head)
    if elsewhere is None:
        return story_table(copy, frame, book, front=front, pinned=pinned)
    wanted = elsewhere(copy, frame, book, front=front, pinned=pinned)
    if wanted:
        return wanted
    return {
        depth: tuple(one._replace(cost=one.cost + OVER_INSTEAD) for one in candidates)
        for depth, candidates in story_table(copy, frame, book, front=front, pinned=pinned).items()
    }


def forced_module(copy: Copy, frame: Frame, book: Fontbook, depth: int, *, front: bool) -> Candidate | None:
    """Return a story in exactly `depth` lines, blank lines and overset as they come, or None; see `table.forced`."""
    if copy.story.setting == "vertical":
        return forced_verse(copy, frame, book, depth, front=front)
    elsewhere = _FORCED.get(copy.story.head)
    wanted = elsewhere(copy, frame, book, depth, front=front) if elsewhere else None
    return wanted if wanted is not None else forced(copy, frame, book, depth, front=front)
