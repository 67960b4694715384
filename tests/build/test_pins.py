"""The editor's word on places: what is pinned stands exactly there, the rest is solved around it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from layout.diagnostics import InputError
from layout.geometry import Cells
from layout.model import Pin
from layout.page.compose import compose
from layout.page.planning import plan_page
from layout.reading.issue import read_issue

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.model import Issue, Page
    from layout.page.compose import Composed
    from layout.plan import PagePlan
    from layout.style import Style
    from tests.build.conftest import WriteIssue


REPOSITORY = Path(__file__).resolve().parents[2]


class Desk(NamedTuple):
    """A page of the sample and what it is made with."""

    issue: Issue
    page: Page
    style: Style
    book: Fontbook

    def pinned(self, pins: dict[str, Pin]) -> tuple[Page, PagePlan, Composed]:
        """Return the page with pins, its plan and how it is composed."""
        entries = tuple(replace(entry, pin=pins.get(entry.id)) for entry in self.page.entries)
        assert set(pins) <= {entry.id for entry in entries}
        page = replace(self.page, entries=entries)
        planned = plan_page(self.issue, page, self.style, self.book)
        return page, planned.plan, compose(self.issue, page, self.style, self.book, planned.plan, planned.copies)


@pytest.fixture(scope="module")
def desk(book: Fontbook) -> Desk:
    reading = read_issue(REPOSITORY / "seeds" / "qingdu" / "issue.yaml")
    [page] = [page for page in reading.issue.pages if page.id == "A02"]
    return Desk(reading.issue, page, reading.styles["A02"], book)


@pytest.fixture(scope="module")
def free(desk: Desk) -> PagePlan:
    return desk.pinned({})[1]


def cells(plan: PagePlan) -> dict[str, Cells]:
    return {module.id: module.cells for module in plan.modules}


def pin(place: Cells) -> Pin:
    return Pin(column=place.column + 1, columns=place.columns, line=place.line + 1, lines=place.lines)


def assert_sound(plan: PagePlan, style: Style) -> None:
    """Assert that nothing overlaps, nothing is outside, nothing found no place, and nothing is left empty."""
    area = Cells(0, 0, style.grid.columns, style.grid.lines + 1)
    placed = [module.cells for module in plan.modules]
    rectangles = [*placed, *(block for _, block in plan.blocks)]
    for number, one in enumerate(rectangles):
        assert one.within(area)
        assert not any(one.overlaps(other) for other in rectangles[number + 1 :])
    assert plan.unplaced == ()
    assert plan.holes == ()


def test_a_plan_pinned_as_it_stands_comes_back(desk: Desk, free: PagePlan) -> None:
    _, plan, composed = desk.pinned({name: pin(place) for name, place in cells(free).items()})
    assert cells(plan) == cells(free)
    assert_sound(plan, desk.style)
    assert composed.overset == {}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("parking", Pin(column=1)),
        ("parking", Pin(columns=3)),
        ("parking", Pin(line=1)),
        ("air-quality", Pin(column=3, columns=2)),
        ("elevators", Pin(line=1, column=1)),
    ],
    ids=str,
)
def test_what_is_pinned_in_part_is_free_in_the_rest(name: str, wanted: Pin, desk: Desk) -> None:
    _, plan, composed = desk.pinned({name: wanted})
    place = pin(cells(plan)[name])
    for side in ("column", "columns", "line", "lines"):
        asked = getattr(wanted, side)
        assert asked is None or getattr(place, side) == asked
    assert_sound(plan, desk.style)
    assert composed.overset == {}


@pytest.mark.parametrize("wanted", [Cells(0, 0, 3, 20), Cells(3, 0, 3, 20), Cells(0, 44, 3, 20)], ids=str)
def test_a_story_stands_exactly_where_it_is_pinned(wanted: Cells, desk: Desk, free: PagePlan) -> None:
    """In another place than the solver's own; the page is full, so that others may have to give way aloud."""
    assert cells(free)["parking"] != wanted
    _, plan, composed = desk.pinned({"parking": pin(wanted)})
    assert cells(plan)["parking"] == wanted
    assert_sound(plan, desk.style)
    told = {item.story for item in composed.findings if item.code == "E401"}
    assert set(composed.overset) == told


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("tunnel", Cells(0, 0, 3, 20)),
        ("tunnel", Cells(0, 0, 2, 81)),
        ("parking", Cells(0, 0, 6, 14)),
        ("elevators", Cells(2, 0, 4, 10)),
        ("parking", Cells(0, 61, 3, 20)),
    ],
    ids=str,
)
def test_a_place_that_does_not_fit_is_kept_and_what_it_costs_is_reported(name: str, wanted: Cells, desk: Desk) -> None:
    """Too small, too large, a width that the rank does not have, the page's foot: the rectangle is the editor's."""
    page, plan, composed = desk.pinned({name: pin(wanted)})
    place = cells(plan)[name]
    foot = wanted.bottom == desk.style.grid.lines
    assert place == (replace(wanted, lines=wanted.lines + 1) if foot else wanted)
    [module] = [module for module in plan.modules if module.id == name]
    codes = {item.code for item in composed.findings if item.story in {name, ""}}
    assert bool(module.variant.over) == (name in composed.overset) == ("E401" in codes)
    assert not module.variant.blank or "W404" in codes
    assert {entry.id for entry in page.entries} == {*cells(plan), *plan.unplaced}


def test_a_place_without_room_for_a_line_under_the_head_is_refused_aloud(desk: Desk) -> None:
    _, plan, composed = desk.pinned({"elevators": pin(Cells(1, 3, 4, 3))})
    assert plan.unplaced == ("elevators",)
    assert "E402" in {item.code for item in composed.findings if item.story == "elevators"}
    assert composed.overset["elevators"]


@pytest.mark.parametrize("lines", [23, 24, 25])
def test_a_group_keeps_a_place_that_does_not_fit_it(lines: int, desk: Desk) -> None:
    [name] = [entry.id for entry in desk.page.entries if entry.label is not None]
    wanted = Cells(0, 0, 3, lines)
    _, plan, composed = desk.pinned({name: pin(wanted)})
    assert cells(plan)[name] == wanted
    told = {item.code for item in composed.findings}
    assert told & {"E401", "W404"} or composed.metrics["blank_lines"] == composed.metrics["overset_characters"] == 0


def test_pinned_stories_and_groups_share_a_page(desk: Desk, free: PagePlan) -> None:
    places = cells(free)
    kept = {name: pin(places[name]) for name in ("tunnel", "rural-bus+museum-hours+blood-drive")}
    _, plan, composed = desk.pinned(kept)
    assert {name: pin(cells(plan)[name]) for name in kept} == kept
    assert_sound(plan, desk.style)
    assert composed.overset == {}


STORY = "---\nheadline: 夜航船靠岸\n---\n渡口的灯亮到后半夜，船篷上落了一层薄霜。\n"


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("column: 1, columns: 3, line: 1, lines: 20", "column: 3, columns: 2, line: 20, lines: 9", True),
        ("column: 1, columns: 3, line: 1, lines: 20", "column: 1, columns: 3, line: 1, lines: 20", True),
        ("column: 1, columns: 3, line: 1, lines: 20", "column: 4, columns: 2, line: 1, lines: 20", False),
        ("column: 1, columns: 3, line: 1, lines: 20", "column: 1, columns: 3, line: 21, lines: 20", False),
    ],
)
def test_pins_that_overlap_are_refused(
    one: str,
    other: str,
    tmp_path: Path,
    write_issue: WriteIssue,
    *,
    meet: bool,
) -> None:
    page = (
        f"    stories:\n      - {{story: stories/a.md, pin: {{{one}}}}}\n"
        f"      - {{story: stories/b.md, pin: {{{other}}}}}\n"
    )
    issue = write_issue(tmp_path, {"a": STORY, "b": STORY}, page)
    if not meet:
        assert len(read_issue(issue).issue.pages[0].entries) == 2
        return
    with pytest.raises(InputError) as caught:
        read_issue(issue)
    [item] = caught.value.diagnostics
    assert item.code == "E117"
    assert item.span is not None
    assert (item.span.line, dict(item.values)) == (10, {"first": "a", "second": "b"})
