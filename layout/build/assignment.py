"""Stories without a page get one, before any page is made: an issue whose bank is empty is returned as it is.

What a story takes on a page is read from its shape table there, so pages are judged by what can really be set. A story
that stands on a locked page, or stood on a page of the former plan, stays there: nothing is dealt out anew for a late
correction.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from layout.build.locks import read_lock
from layout.diagnostics import finding
from layout.page.assign import Area, Offer, Sheet, assign, within
from layout.page.copy import prepare_copy
from layout.page.desk import Desk
from layout.page.furniture import page_blocks
from layout.page.keeping import Room
from layout.page.room import story_lines
from layout.reading.bank import on_pages
from layout.reading.index import referred

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from layout.diagnostics import Diagnostic
    from layout.fontbook import Fontbook
    from layout.model import Banked, Entry, Issue, Page
    from layout.plan import PagePlan
    from layout.reading.issue import Reading

WHY: Final = {
    "locked": ("that page is finished with it", "该版已带此稿锁定"),
    "former": ("the former plan has it there", "原版面方案如此"),
    "only": ("no other page is open to it", "只有该版可排"),
    "swap": ("a page that could not be made changed stories with another", "版面排不下，已与他版对调"),
    "room": ("there it suits the page's room and ranks best", "该版的空位与稿件等级最合适"),
}
"""Reasons for a page, in both languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """A story of the bank, the page that it got, why, and the column lines that it usually takes there."""

    story: str
    page: str
    why: str
    area: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """An issue with every story on a page, what went where, and what is to be said of it.

    `loose` are the stories that nothing holds where they are: they may still change pages.
    """

    reading: Reading
    placings: tuple[Placing, ...] = ()
    loose: tuple[Banked, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def assigned(reading: Reading, book: Fontbook, unlock: Collection[str] = ()) -> Assigned:
    """Return an issue with the stories of its bank on pages.

    Args:
        reading: the issue as read.
        book: the faces.
        unlock: locked pages that are to be made again.

    Findings: I470 for every story placed, I472 for a page whose copy is not within the band of its room.
    """
    issue = reading.issue
    if not issue.bank:
        return Assigned(reading=reading)
    locks = {
        page.id: lock.plan
        for page in issue.pages
        if page.id not in unlock and (lock := read_lock(issue, page.id, {page.id: reading.styles[page.id]}))
    }
    kept = {**_stood(reading, reading.formers, "former"), **_stood(reading, locks, "locked")}
    settled = replace(reading, issue=on_pages(issue, {story: page for story, (page, _) in kept.items()}))
    surveyor = _Surveyor(reading=settled, book=book)
    homes = {one.story.id: _homes(one, settled, locks) for one in settled.issue.bank}
    takers = {page.id for pages in homes.values() for page in pages}
    sheets = [surveyor.sheet(page) for page in settled.issue.pages if page.id in takers]
    offers = [
        Offer(
            story=one.story.id,
            rank=one.story.rank,
            areas={page.id: surveyor.story(one, page) for page in homes[one.story.id]},
        )
        for one in settled.issue.bank
    ]
    deal = assign(sheets, offers)
    pages = {page.id: page for page in issue.pages}
    placings = []
    for one in issue.bank:
        name, why = kept.get(one.story.id) or (
            deal.homes[one.story.id],
            "only" if len(homes[one.story.id]) == 1 else "room",
        )
        area = surveyor.story(one, pages[name]).usual
        placings.append(Placing(story=one.story.id, page=name, why=why, area=area))
    made = on_pages(settled.issue, deal.homes)
    return Assigned(
        reading=replace(settled, issue=replace(made, pages=referred(made.pages))),
        placings=tuple(placings),
        loose=settled.issue.bank,
        findings=(
            *(_placed(placing, one) for placing, one in zip(placings, issue.bank, strict=True)),
            *(_off(sheet) for sheet in deal.sheets if not within(sheet)),
        ),
    )


def resettled(placings: Sequence[Placing], issue: Issue) -> tuple[Placing, ...]:
    """Return what went where, as the pages are now."""
    homes = {story.id: page.id for page in issue.pages for story in page.stories}
    return tuple(
        one if homes[one.story] == one.page else replace(one, page=homes[one.story], why="swap") for one in placings
    )


def _stood(reading: Reading, plans: Mapping[str, PagePlan], why: str) -> dict[str, tuple[str, str]]:
    """Return the pages that plans give stories of the bank, by story id, with the reason."""
    waiting = {one.story.id: one for one in reading.issue.bank}
    pages = {page.id: page for page in reading.issue.pages}
    return {
        module.id: (name, why)
        for name, plan in plans.items()
        for module in plan.modules
        if name in pages and module.id in waiting and (why == "locked" or waiting[module.id].may_stand(pages[name]))
    }


def _homes(one: Banked, reading: Reading, locks: Collection[str]) -> list[Page]:
    """Return the pages that a story can be given: those open to it that are not finished, else all open to it."""
    able = [page for page in reading.issue.pages if one.may_stand(page)]
    return [page for page in able if page.id not in locks] or able


@dataclass(slots=True, kw_only=True)
class _Surveyor:
    """Measures pages and stories; what a story takes is measured once for pages that are set alike."""

    reading: Reading
    book: Fontbook
    known: dict[tuple[str, int, bool], Area] = field(default_factory=dict)

    def sheet(self, page: Page) -> Sheet:
        """Return a page with its room and the copy that it has."""
        style = self.reading.styles[page.id]
        blocks = page_blocks(self.reading.issue, page, style)
        taken = sum((self._area(entry, page) for entry in page.entries), Area(0, 0, 0))
        return Sheet(
            page=page.id,
            # modules close with a blank line, so the page is one line deeper than its type area
            free=style.grid.columns * (style.grid.lines + 1) - sum(cells.columns * cells.lines for _, cells in blocks),
            taken=taken,
            leads=sum(story.rank == 1 for story in page.stories),
        )

    def story(self, one: Banked, page: Page) -> Area:
        """Return what a story of the bank takes on a page."""
        key = one.story.id, id(self.reading.styles[page.id]), page.front
        if key not in self.known:
            [made] = on_pages(replace(self.reading.issue, pages=(page,), bank=(one,)), {one.story.id: page.id}).pages
            self.known[key] = self._area(made.entries[-1], made)
        return self.known[key]

    def _area(self, entry: Entry, page: Page) -> Area:
        """Return what an entry takes: the area of its cheapest setting, those of the smallest and the largest."""
        style, own = self.reading.styles[page.id], self.reading.story_styles
        if entry.pin is not None and entry.pin.columns and entry.pin.lines:
            area = entry.pin.columns * entry.pin.lines
            return Area(area, area, area)
        copies = {story.id: prepare_copy(story, own.get(story.id, style), self.book) for story in entry.stories}
        blocks = page_blocks(self.reading.issue, page, style)
        table = Desk(room=Room(page, style, self.book), copies=copies, blocks=blocks).closing(entry).table
        ways = [
            (depths[depth][0].cost, columns * depth) for columns, depths in table.items() for depth in sorted(depths)
        ]
        if not ways:
            area = sum(story_lines(story, style) for story in entry.stories)
            return Area(area, area, area)
        areas = [area for _, area in ways]
        return Area(min(areas), min(ways)[1], max(areas))


def _placed(placing: Placing, one: Banked) -> Diagnostic:
    problem, problem_zh = WHY[placing.why]
    return finding(
        "I470",
        span=one.span,
        page=placing.page,
        story=placing.story,
        name=placing.story,
        to=placing.page,
        area=placing.area,
        problem=problem,
        problem_zh=problem_zh,
    )


def _off(sheet: Sheet) -> Diagnostic:
    share = round(100 * sheet.taken.usual / sheet.free) if sheet.free > 0 else 0
    return finding("I472", page=sheet.page, to=sheet.page, copy=sheet.taken.usual, free=sheet.free, share=share)
