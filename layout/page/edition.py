"""What a page may do to a story's copy, and the story after it.

The editor's word wins: a deck goes, a subhead comes and a text is cut only where the story offers it or the editor
asked for it, and nothing of it happens to locked copy. Each edition is a story like any other and is set like any
other; its price is added to that of its setting.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from layout.page.copy import Copy, prepare_copy
from layout.page.trim import cuts, removed, trimmed
from layout.plan import Edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.fontbook import Fontbook
    from layout.model import Story
    from layout.style import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """What the editor allows on a page beyond what its stories offer: cuts, decks left out; and that they jump."""

    trim: bool = False
    deck: bool = False
    turn: bool = False


NO_LEAVE: Final = Leave()


def editions(story: Story, style: Style, leave: Leave = NO_LEAVE) -> Iterator[tuple[Edition, int]]:
    """Yield the editions of a story besides the one handed in, with their prices."""
    if story.locked:
        return
    weights = style.weights
    if story.deck and (story.deck_optional or leave.deck):
        yield Edition(dropped=("deck",)), weights["deck_dropped"]
    offered = tuple(number for number, block in enumerate(story.body, 1) if block.optional)
    for number in offered:
        yield Edition(subheads=(number,)), weights["subhead_added"]
    if len(offered) > 1:
        yield Edition(subheads=offered), weights["subhead_added"] * len(offered)
    for cut in cuts(story, style) if leave.trim else ():
        lines = -(-len(removed(story, cut)) // style.grid.characters)
        yield Edition(trim=cut), weights["trim"] + weights["trim_line"] * lines


def edited_story(story: Story, edition: Edition) -> Story:
    """Return the story that an edition prints; where it goes on elsewhere is no matter of the story's text."""
    body = tuple(
        replace(block, optional=block.optional and number not in edition.subheads)
        for number, block in enumerate(story.body, 1)
    )
    made = replace(story, body=body, deck=None if "deck" in edition.dropped else story.deck)
    return trimmed(made, edition.trim) if edition.trim is not None else made


@lru_cache(maxsize=1024)
def edited(copy: Copy, edition: Edition | None, book: Fontbook) -> Copy:
    """Return the copy of an edition; what it shares with the story as handed in is the same objects."""
    if edition is None or replace(edition, turn=None) == Edition():
        return copy
    made = prepare_copy(edited_story(copy.story, edition), copy.style, book)
    known = {(item.kind, item.number): item for item in copy.items}
    items = tuple(
        before
        if (before := known.get((item.kind, item.number))) is not None
        and before.material.shaped.text == item.material.shaped.text
        else item
        for item in made.items
    )
    return replace(made, items=items)
