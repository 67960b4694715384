"""Which stories two pages might change, where one of them cannot be made as it is.

Only stories that the editor left without a page change pages, the lowest ranks first, between pages that are open to
them. What a change would gain is estimated in column lines; whether it does is seen when both pages are made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from layout.page.copyfit import excess, shortage
from layout.page.room import story_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.build.pagework import PageResult
    from layout.model import Banked, Page, Story
    from layout.style import Style

TRIALS: Final = 3
"""Changes that are tried for a page that fails, those first that promise most."""

LOWEST: Final = 3
"""Stories of a failing page that may leave it: those of the lowest ranks."""

NEIGHBOURS: Final = 1
"""How far the ranks of two stories that change places may be apart."""


class Change(NamedTuple):
    """Stories by id with the pages that they would stand on; `far` is how far that is from what the page needs."""

    far: int
    homes: dict[str, str]


def badness(*results: PageResult) -> tuple[int, int]:
    """Return what is wrong with pages: stories without a place, column lines too much or too little."""
    over = [excess(result.plan) for result in results]
    lines = sum(lines for _, lines in over) + sum(shortage(result.plan) for result in results)
    return sum(count for count, _ in over), lines


def sisters(loose: Sequence[Banked], pages: Sequence[Page]) -> Iterator[frozenset[str]]:
    """Yield the pages that are open to the same stories, with those whose indexes name them."""
    found: dict[frozenset[str], None] = {}
    for one in loose:
        able = {page.id for page in pages if one.may_stand(page)}
        naming = {
            page.id for page in pages if page.index and any(line.story == one.story.id for line in page.index.lines)
        }
        found[frozenset(able | naming)] = None
    yield from found


def changes(
    result: PageResult, pages: Mapping[str, Page], styles: Mapping[str, Style], loose: Mapping[str, Banked]
) -> list[Change]:
    """Return the changes that are worth trying for a page that fails, the most promising first.

    Args:
        result: the page as it was made.
        pages: the pages that may change stories, by id; this page among them.
        styles: the pages' styles by page id.
        loose: the stories that may change pages, by id.
    """
    here, style = pages[result.page], styles[result.page]
    unplaced = [story for story in here.stories if story.id in result.plan.unplaced]
    need = sum(story_lines(story, style) for story in unplaced) + excess(result.plan)[1] - shortage(result.plan)
    own = _loose(here, loose)
    own.sort(key=lambda story: -story.rank)
    found = []
    for name, there in pages.items():
        if name == here.id:
            continue
        theirs = [story for story in _loose(there, loose) if loose[story.id].may_stand(here)]
        for story in own[:LOWEST]:
            if not loose[story.id].may_stand(there):
                continue
            lines = story_lines(story, style)
            found.append(Change(abs(lines - need), {story.id: name}))
            found += [
                Change(abs(lines - story_lines(other, style) - need), {story.id: name, other.id: here.id})
                for other in theirs
                if abs(other.rank - story.rank) <= NEIGHBOURS
            ]
        found += [Change(abs(-story_lines(other, style) - need), {other.id: here.id}) for other in theirs]
    # a change must go the way that is needed: by less than doing nothing is away from it
    return sorted((one for one in found if one.far < abs(need)), key=lambda one: one.far)[:TRIALS]


def _loose(page: Page, loose: Mapping[str, Banked]) -> list[Story]:
    """Return the stories of a page that may leave it."""
    return [story for story in page.stories if story.id in loose]
