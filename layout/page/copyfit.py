"""Make the copy fit its page, and say what would make it fit.

A page is planned with what its stories offer. Where it has too much copy, it is planned once more with cuts allowed:
what that plan cuts is proposed to the editor, or made where the editor asked for it. Where it is short, the fillers
are tried that come nearest to what is missing. Nothing is ever cut or added in silence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from layout.display import Glyphs
from layout.geometry import PT
from layout.model import Entry
from layout.page.copy import prepare_copy
from layout.page.edition import NO_LEAVE, Leave, edited
from layout.page.galley import set_galley
from layout.page.planning import Planned, entry_tables, plan_page
from layout.page.trim import Trim, trim_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from layout.display import Sheet
    from layout.fontbook import Fontbook
    from layout.model import Issue, Page, Story
    from layout.plan import Cut, PagePlan, Variant
    from layout.style import Style

TOGETHER: Final = 3
"""Fillers that are set on one page at most."""

TRIALS: Final = 4
"""Pages that are planned anew to find the fillers that close one."""

NEARLY: Final = (0.5, 1.3)
"""Fillers are tried whose area is between these shares of what is missing: the page's stories make up the rest."""


_CLOSED: Final = ((0, 0), 0)
"""Nothing too much, nothing too little."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fitted:
    """A page whose copy was made to fit: the page with its fillers, its plan, and what the editor has to know.

    `trims` are cuts; `made` says that they were made and not only proposed. `decks` are stories without whose decks the
    page would be cheaper than with cuts alone, and `fewer` the cuts that it would then still need.
    """

    page: Page
    planned: Planned
    trims: tuple[Trim, ...] = ()
    made: bool = False
    decks: tuple[str, ...] = ()
    fewer: tuple[Trim, ...] = ()
    fillers: tuple[str, ...] = ()


def shortage(plan: PagePlan) -> int:
    """Return the column lines that a page lacks: blank lines in its stories, and holes."""
    holes = sum(hole.columns * hole.lines for hole in plan.holes)
    return sum(module.variant.blank for module in plan.modules) + holes


def excess(plan: PagePlan) -> tuple[int, int]:
    """Return what is too much for a page: stories without a place, and column lines of text beyond the legs."""
    return len(plan.unplaced), sum(module.variant.over for module in plan.modules)


def fit_page(
    issue: Issue,
    page: Page,
    style: Style,
    book: Fontbook,
    story_styles: Mapping[str, Style] | None = None,
    *,
    trim: bool = False,
    fillers: Sequence[Story] = (),
    given: PagePlan | None = None,
    former: PagePlan | None = None,
) -> Fitted:
    """Return a page with its plan, cut or filled where that is allowed and helps.

    Args:
        issue: the issue.
        page: the page.
        style: its style.
        book: the faces.
        story_styles: styles of stories that have one of their own.
        trim: whether cuts are made; otherwise they are proposed.
        fillers: stories that may fill the page.
        given: the editor's plan.
        former: an earlier plan.
    """

    def plan(on: Page, leave: Leave = NO_LEAVE) -> Planned:
        return plan_page(issue, on, style, book, story_styles, given=given, former=former, leave=leave)

    fitted = Fitted(page=page, planned=plan(page))
    missing = shortage(fitted.planned.plan) - excess(fitted.planned.plan)[1]
    if missing > 0 and not fitted.planned.plan.unplaced:
        fitted = _filled(fitted, plan, style, book, fillers)
    if not any(excess(fitted.planned.plan)):
        return fitted
    cut = plan(fitted.page, Leave(trim=True))
    if excess(cut.plan) >= excess(fitted.planned.plan):
        return fitted
    fitted = replace(fitted, trims=tuple(trims_of(fitted.page, cut, book)), made=trim)
    if trim:
        return replace(fitted, planned=cut)
    if not any(story.deck and not story.deck_optional and not story.locked for story in page.stories):
        return fitted
    freer = plan(fitted.page, Leave(trim=True, deck=True))
    return replace(
        fitted,
        decks=tuple(_without_decks(fitted.page, freer.plan)),
        fewer=tuple(trims_of(fitted.page, freer, book)),
    )


# --- too much ------------------------------------------------------------------------------------------------------


def set_stories(page: Page, plan: PagePlan) -> Iterator[tuple[Story, Variant]]:
    """Yield the stories that stand on a page, each with the way it is set."""
    entries = {entry.id: entry for entry in page.entries}
    for module in plan.modules:
        parts = module.variant.parts or (module.variant,)
        yield from zip(entries[module.id].stories, parts, strict=True)


def _without_decks(page: Page, plan: PagePlan) -> Iterator[str]:
    """Yield the stories of a plan that lose a deck which they do not offer to lose."""
    for story, variant in set_stories(page, plan):
        if variant.edition is not None and "deck" in variant.edition.dropped and not story.deck_optional:
            yield story.id


def trims_of(page: Page, planned: Planned, book: Fontbook) -> Iterator[Trim]:
    """Yield the cuts of a plan, their lines counted at the measure at which the story is set."""
    for story, variant in set_stories(page, planned.plan):
        if variant.edition is None or variant.edition.trim is None:
            continue
        copy = planned.copies[story.id]
        weights, measure = copy.style.weights, variant.characters * copy.style.em
        whole, rest = (
            set_galley(one, measure, weights["tight"], weights["loose"]).natural
            for one in (copy, edited(copy, variant.edition, book))
        )
        yield trim_of(story, variant.edition.trim, whole - rest)


def placed_trims(fitted: Fitted, sheet: Sheet) -> tuple[Trim, ...]:
    """Return a page's cuts, those that were made with the place on the page where the text now ends."""
    if not fitted.made:
        return fitted.trims
    ends = {op.key.story: op for op in sheet.ops if isinstance(op, Glyphs) and op.key.part == "body"}
    return tuple(replace(trim, at=_end(ends[trim.story])) for trim in fitted.trims)


def _end(op: Glyphs) -> tuple[float, float]:
    return round((op.x + op.xs[-1] + op.size) / PT, 3), round(op.y / PT, 3)


def turns_of(page: Page, plan: PagePlan) -> dict[str, Cut]:
    """Return where stories of a page go on elsewhere, by story."""
    return {
        story.id: variant.edition.turn
        for story, variant in set_stories(page, plan)
        if variant.edition is not None and variant.edition.turn is not None
    }


# --- too little ----------------------------------------------------------------------------------------------------


def _filled(
    bare: Fitted, plan: Callable[[Page], Planned], style: Style, book: Fontbook, fillers: Sequence[Story]
) -> Fitted:
    """Return the page with the fillers that leave least of it empty, or bare where none help."""
    best, missing = bare, shortage(bare.planned.plan)
    least = (excess(bare.planned.plan), missing)
    for chosen in _choices(fillers, missing, bare.page, style, book):
        entries = tuple(Entry(stories=(story,)) for story in chosen)
        page = replace(bare.page, entries=(*bare.page.entries, *entries))
        planned = plan(page)
        left = (excess(planned.plan), shortage(planned.plan))
        if left < least:
            best = Fitted(page=page, planned=planned, fillers=tuple(story.id for story in chosen))
            least = left
        if least == _CLOSED:
            break
    return best


def _choices(
    fillers: Sequence[Story], missing: int, page: Page, style: Style, book: Fontbook
) -> Iterator[tuple[Story, ...]]:
    """Yield the fillers to try, those first whose area comes nearest to what is missing."""
    areas = [(story, _area(story, page, style, book)) for story in fillers]
    sets = [
        (abs(sum(area for _, area in chosen) - missing), number, tuple(story for story, _ in chosen))
        for count in range(1, TOGETHER + 1)
        for number, chosen in enumerate(combinations([one for one in areas if one[1]], count))
        if NEARLY[0] * missing <= sum(area for _, area in chosen) <= NEARLY[1] * missing
    ]
    for _, _, chosen in sorted(sets, key=lambda one: (one[0], len(one[2]), one[1]))[:TRIALS]:
        yield chosen


def _area(story: Story, page: Page, style: Style, book: Fontbook) -> int:
    """Return the column lines that a filler takes where it costs least."""
    copies = {story.id: prepare_copy(story, style, book)}
    tables = entry_tables(Entry(stories=(story,)), page, style, book, copies, style.widths[story.rank])
    ways = [
        (candidates[0].cost, columns * depth)
        for columns, table in tables.items()
        for depth, candidates in table.items()
        if not candidates[0].variant.blank and not candidates[0].variant.over
    ]
    return min(ways)[1] if ways else 0
