"""Plans given and former: what is said is kept to the last bit, what can stay stays, the rest is found around it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from layout.build import BuildOptions, build
from layout.display import dump
from layout.geometry import Cells
from layout.model import Pin, RichText
from layout.page import desk as desk_room
from layout.page import former as former_room
from layout.page.compose import compose
from layout.page.desk import closes
from layout.page.planning import plan_page
from layout.page.variety import OTHER, difference
from layout.plan import Wanted
from layout.reading.issue import read_issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from layout.fontbook import Fontbook
    from layout.model import Issue, Page, Story
    from layout.page.planning import Planned
    from layout.plan import Module, PagePlan
    from layout.reading.issue import Reading
    from layout.style import Style
    from tests.build.conftest import WriteIssue
    from tests.conftest import CommandLine

SAMPLE = Path(__file__).resolve().parents[2] / "seeds" / "qingdu" / "issue.yaml"


class Desk(NamedTuple):
    """A page of the sample and what it is made with."""

    issue: Issue
    page: Page
    style: Style
    styles: dict[str, Style]
    book: Fontbook

    def plan(self, page: Page | None = None, **options: Any) -> Planned:  # noqa: ANN401 - handed on
        """Return the page's plan."""
        return plan_page(self.issue, page or self.page, self.style, self.book, self.styles, **options)

    def rows(self, planned: Planned, names: set[str] | None = None) -> list[str]:
        """Return the rows of the page's display list that belong to some stories, or all."""
        made = compose(self.issue, self.page, self.style, self.book, planned.plan, planned.copies)
        return [row for row in dump(made.sheet).splitlines() if names is None or _story(row) in names]


def _story(row: str) -> str:
    words = row.split()
    return words[1].partition("/")[0] if len(words) > 1 else ""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_issue(SAMPLE)


@pytest.fixture(scope="module", params=["A02", "A03", "B01"])
def desk(request: pytest.FixtureRequest, reading: Reading, book: Fontbook) -> Desk:
    [page] = [page for page in reading.issue.pages if page.id == request.param]
    return Desk(reading.issue, page, reading.styles[page.id], reading.story_styles, book)


@pytest.fixture(scope="module")
def one(reading: Reading, book: Fontbook) -> Desk:
    [page] = [page for page in reading.issue.pages if page.id == "A02"]
    return Desk(reading.issue, page, reading.styles["A02"], reading.story_styles, book)


@pytest.fixture(scope="module")
def free(desk: Desk) -> Planned:
    return desk.plan()


@pytest.fixture(scope="module")
def one_free(one: Desk) -> Planned:
    return one.plan()


def cells(plan: PagePlan) -> dict[str, Cells]:
    return {module.id: module.cells for module in plan.modules}


def assert_full(plan: PagePlan, style: Style) -> None:
    """Assert that modules and blocks tile the page."""
    assert plan.unplaced == ()
    assert plan.holes == ()
    rectangles = [*cells(plan).values(), *(block for _, block in plan.blocks)]
    assert all(one.within(Cells(0, 0, style.grid.columns, style.grid.lines + 1)) for one in rectangles)
    assert not any(one.overlaps(other) for number, one in enumerate(rectangles) for other in rectangles[:number])


# --- a plan given ---------------------------------------------------------------------------------------------------


def test_with_a_full_plan_nothing_is_searched(desk: Desk, free: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        pytest.fail("a table was made or the solver called")

    for room, name in (
        (desk_room, "solve"),
        (desk_room, "module_table"),
        (desk_room, "group_table"),
        (former_room, "solve"),
    ):
        monkeypatch.setattr(room, name, refuse)
    again = desk.plan(given=free.plan)
    assert again.plan == free.plan
    assert again.findings == ()
    assert desk.rows(again) == desk.rows(free)
    assert desk.plan(former=free.plan).plan == free.plan


def test_modules_given_are_kept_to_the_last_bit_and_the_rest_is_found(desk: Desk, free: Planned) -> None:
    """Every other module is taken out of the plan: what stays is drawn as it was."""
    kept = free.plan.modules[::2]
    again = desk.plan(given=replace(free.plan, modules=kept))
    assert {module for module in again.plan.modules if module.id in {one.id for one in kept}} == set(kept)
    assert not again.plan.unplaced
    blank = sum(hole.columns * hole.lines for hole in again.plan.holes)
    assert blank <= 0.06 * desk.style.grid.columns * desk.style.grid.lines  # what stands may leave no exact rest
    stories = {part for module in kept for part in (module.id, *module.id.split("+"))}
    kept_rows, rows = desk.rows(again, stories), desk.rows(free, stories)
    # The rules around a module go by its neighbours, which were found anew.
    assert (
        [row for row in kept_rows if not row.startswith("rule ")] == [row for row in rows if row[:5] != "rule "] != []
    )


def test_a_place_without_its_setting_is_filled_anew(one: Desk, one_free: Planned) -> None:
    module = one_free.plan.modules[0]
    place = Pin(
        column=module.cells.column + 1,
        columns=module.cells.columns,
        line=module.cells.line + 1,
        lines=module.cells.lines,
    )
    given = replace(one_free.plan, modules=(), wanted=(Wanted(id=module.id, pin=place),))
    assert cells(one.plan(given=given).plan)[module.id] == module.cells


def changed(page: Page, name: str, change: Callable[[Story], Story]) -> Page:
    """Return the page with one story changed."""
    entries = tuple(
        replace(entry, stories=tuple(change(story) if story.id == name else story for story in entry.stories))
        for entry in page.entries
    )
    assert entries != page.entries
    return replace(page, entries=entries)


def with_text(story: Story, text: Callable[[str], str]) -> Story:
    """Return a story with the text of its last paragraph changed."""
    last = story.body[-1]
    made = RichText(text(last.text.text), (), last.text.origin)
    return replace(story, body=(*story.body[:-1], replace(last, text=made)))


def longer(by: int) -> Callable[[Story], Story]:
    return lambda story: with_text(story, lambda text: text + "渡口的灯亮到后半夜。" * by)


def test_a_story_that_no_longer_closes_keeps_its_place_and_that_is_said(one: Desk, one_free: Planned) -> None:
    page = changed(one.page, "parking", longer(12))
    again = one.plan(page, given=one_free.plan)
    assert cells(again.plan) == cells(one_free.plan)
    codes = {item.code: item for item in again.findings}
    assert set(codes) == {"W460", "W463"}
    assert codes["W460"].story == codes["W463"].story == "parking"
    assert "nearest depths" in codes["W463"].message()


def test_a_pinned_depth_that_does_not_close_names_the_nearest(one: Desk) -> None:
    def pinned(lines: int) -> Page:
        pin = Pin(column=1, columns=3, line=1, lines=lines)
        entries = (replace(entry, pin=pin) if entry.id == "parking" else entry for entry in one.page.entries)
        return replace(one.page, entries=tuple(entries))

    tried = ((pinned(lines), one.plan(pinned(lines)).findings) for lines in (9, 10, 11, 26, 27, 30, 40))
    page, item = next((page, found[0]) for page, found in tried if found)
    assert item.code == "W463"
    said = item.message().rpartition("are ")[2]
    depths = [int(word) for word in said.split(", ")]
    assert depths == sorted(depths)
    for depth in depths:
        fitting = replace(
            page,
            entries=tuple(
                replace(entry, pin=replace(entry.pin, lines=depth)) if entry.pin else entry for entry in page.entries
            ),
        )
        planned = one.plan(fitting)
        assert "W463" not in {item.code for item in planned.findings}
        [module] = [module for module in planned.plan.modules if module.id == "parking"]
        assert closes(module.variant)


def test_an_advert_that_came_later_has_the_place(one: Desk, one_free: Planned) -> None:
    page = replace(one.page, adverts=())
    plan = one.plan(page).plan
    again = one.plan(given=plan)
    assert "W461" in {item.code for item in again.findings}
    assert_apart(again.plan)
    assert dict(again.plan.blocks) == dict(one_free.plan.blocks)


def assert_apart(plan: PagePlan) -> None:
    rectangles = [*cells(plan).values(), *(block for _, block in plan.blocks)]
    assert not any(one.overlaps(other) for number, one in enumerate(rectangles) for other in rectangles[:number])


# --- wishes ---------------------------------------------------------------------------------------------------------


def pinned(page: Page, pins: dict[str, Pin]) -> Page:
    return replace(page, entries=tuple(replace(entry, pin=pins.get(entry.id)) for entry in page.entries))


@pytest.mark.parametrize("upper", ["parking", "pensions-window", "air-quality"])
@pytest.mark.parametrize("lower", ["tunnel", "elevators"])
def test_what_shall_stand_above_does(upper: str, lower: str, one: Desk) -> None:
    planned = one.plan(pinned(one.page, {upper: Pin(above=(lower,))}))
    places = cells(planned.plan)
    assert places[upper].bottom <= places[lower].line
    assert_full(planned.plan, one.style)
    assert planned.findings == ()


@pytest.mark.parametrize(("left", "right"), [("parking", "tunnel"), ("air-quality", "elevators")])
def test_what_shall_stand_beside_does(left: str, right: str, one: Desk) -> None:
    planned = one.plan(pinned(one.page, {left: Pin(beside=(right,))}))
    a, b = cells(planned.plan)[left], cells(planned.plan)[right]
    assert a.right <= b.column or b.right <= a.column
    assert min(a.bottom, b.bottom) > max(a.line, b.line)
    assert_full(planned.plan, one.style)
    assert planned.findings == ()


def test_wishes_that_exclude_each_other_are_said(one: Desk) -> None:
    pins = {"parking": Pin(above=("tunnel",)), "tunnel": Pin(above=("parking",))}
    planned = one.plan(pinned(one.page, pins))
    assert [item.code for item in planned.findings] == ["W462"]
    assert_full(planned.plan, one.style)


@pytest.mark.parametrize("size", [18_000, 21_000])
def test_a_headline_has_the_size_asked_for(size: int, one: Desk) -> None:
    planned = one.plan(pinned(one.page, {"parking": Pin(head=size)}))
    [module] = [module for module in planned.plan.modules if module.id == "parking"]
    assert module.variant.head is not None
    assert module.variant.head.size == size
    assert_full(planned.plan, one.style)
    made = compose(one.issue, one.page, one.style, one.book, planned.plan, planned.copies)
    assert f" {size // 1000}" in next(row for row in dump(made.sheet).splitlines() if "parking/headline" in row)
    again = one.plan(given=planned.plan)
    assert (again.plan, again.findings) == (planned.plan, ())


def test_a_headline_that_cannot_be_so_large_is_said(one: Desk) -> None:
    planned = one.plan(pinned(one.page, {"parking": Pin(head=120_000)}))
    assert "W462" in {item.code for item in planned.findings}
    assert {module.id for module in planned.plan.modules} == {entry.id for entry in one.page.entries}


# --- a former plan --------------------------------------------------------------------------------------------------


def test_a_word_changes_its_module_and_no_other(desk: Desk, free: Planned) -> None:
    """Counted for every story of the page: a word more sets at most its own part of the page anew."""
    most = []
    for story in desk.page.stories:
        page = changed(desk.page, story.id, lambda one: with_text(one, lambda text: "又" + text))
        again = desk.plan(page, former=free.plan)
        assert again.moved is not None
        assert again.anew is not None
        assert_full(again.plan, desk.style)
        assert all(closes(module.variant) for module in again.plan.modules)
        before, after = modules(free.plan), modules(again.plan)
        assert {name for name in after if after[name] != before[name]} <= set(again.anew)
        assert set(again.moved) <= set(again.anew)
        assert set(again.moved) == {name for name in after if after[name].cells != before[name].cells}
        most.append(len(again.anew))
    assert sum(count <= 1 for count in most) >= 0.8 * len(most)


def modules(plan: PagePlan) -> dict[str, Module]:
    return {module.id: module for module in plan.modules}


def test_a_longer_story_sets_the_smallest_part_anew(desk: Desk, free: Planned) -> None:
    story = next(story for story in desk.page.stories if story.rank == 3)
    again = desk.plan(changed(desk.page, story.id, longer(9)), former=free.plan)
    assert again.anew
    assert_full(again.plan, desk.style)
    assert all(closes(module.variant) for module in again.plan.modules)
    part = [cells(again.plan)[name] for name in again.anew]
    hull = Cells(
        min(one.column for one in part),
        min(one.line for one in part),
        max(one.right for one in part) - min(one.column for one in part),
        max(one.bottom for one in part) - min(one.line for one in part),
    )
    outside = [module for name, module in modules(free.plan).items() if name not in again.anew]
    assert all(modules(again.plan)[module.id] == module for module in outside)
    assert not any(module.cells.overlaps(hull) for module in outside)


def test_a_story_that_is_gone_leaves_its_place_to_its_neighbours(one: Desk, one_free: Planned) -> None:
    page = replace(one.page, entries=tuple(entry for entry in one.page.entries if entry.id != "parking"))
    again = one.plan(page, former=one_free.plan)
    assert "parking" not in cells(again.plan)
    assert again.plan.unplaced == ()


def test_a_former_plan_of_another_page_is_no_hindrance(desk: Desk, free: Planned) -> None:
    other = replace(free.plan, modules=tuple(replace(one, id=f"x{one.id}") for one in free.plan.modules))
    again = desk.plan(former=other)
    assert again.plan.modules == free.plan.modules
    assert again.anew == tuple(entry.id for entry in desk.page.entries)


def test_pins_win_over_a_former_plan(one: Desk, one_free: Planned) -> None:
    module = modules(one_free.plan)["parking"]
    wanted = 1 if module.cells.column else 2
    again = one.plan(pinned(one.page, {"parking": Pin(column=wanted)}), former=one_free.plan)
    assert cells(again.plan)["parking"].column == wanted - 1


# --- alternatives ---------------------------------------------------------------------------------------------------


def test_alternatives_are_other_pages(desk: Desk, free: Planned) -> None:
    planned = desk.plan(alternatives=3)
    assert planned.plan == free.plan
    assert len(planned.alternatives) == 2
    every = [planned.plan, *planned.alternatives]
    for number, plan in enumerate(every):
        assert_full(plan, desk.style)
        assert cells(plan).keys() == cells(free.plan).keys()
        for other in every[:number]:
            assert difference(filled(plan), filled(other)) >= OTHER


def filled(plan: PagePlan) -> desk_room.Filled:
    return desk_room.Filled(modules=plan.modules, unplaced=plan.unplaced, cost=plan.cost, work=0)


# --- the command line -----------------------------------------------------------------------------------------------


def test_two_processes_write_the_same_plan(layout: CommandLine, tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        out = tmp_path / seed / "plan.yaml"
        run = layout(
            "plan", str(SAMPLE), "--page", "A02", "--out", str(out), "--alternatives", "2", env={"PYTHONHASHSEED": seed}
        )
        assert run.returncode == 0, run.stderr
        assert run.stdout.split() == [str(out), str(out.with_name("plan.2.yaml"))]
        made.append([path.read_bytes() for path in sorted(out.parent.iterdir())])
    assert made[0] == made[1]
    first, second = (yaml.safe_load(text) for text in made[0])
    assert first["pages"][0]["score"].keys() == second["pages"][0]["score"].keys()
    assert first["pages"][0]["modules"] != second["pages"][0]["modules"]


def test_a_plan_on_standard_output_can_be_built(layout: CommandLine, tmp_path: Path, write_issue: WriteIssue) -> None:
    text = "---\nheadline: 夜航船靠岸\n---\n" + "渡口的灯亮到后半夜，船篷上落了一层薄霜。" * 30 + "\n"
    issue = write_issue(tmp_path, {"a": text, "b": text})
    run = layout("plan", str(issue))
    assert run.stdout.startswith("# yaml-language-server: $schema=plan.schema.json\n")
    (tmp_path / "plan.yaml").write_text(run.stdout, encoding="utf-8")
    made = build(issue, tmp_path / "out", BuildOptions(jobs=1, previews=False))
    assert (tmp_path / "out" / "plan.yaml").read_text(encoding="utf-8") == run.stdout
    assert "W460" not in {item.code for item in made.findings}


def test_several_plans_need_a_file(layout: CommandLine) -> None:
    run = layout("plan", str(SAMPLE), "--alternatives", "2")
    assert run.returncode == 2
    assert "--out" in run.stderr


def test_what_found_no_place_finds_none_around_the_plan(one: Desk, reading: Reading) -> None:
    [other] = [page for page in reading.issue.pages if page.id == "A03"]
    page = replace(one.page, entries=one.page.entries + other.entries[:3])
    full = one.plan(page)
    assert full.plan.unplaced
    again = one.plan(page, given=full.plan)
    assert (again.plan.modules, again.plan.unplaced) == (full.plan.modules, full.plan.unplaced)
    assert again.plan.cost == full.plan.cost
