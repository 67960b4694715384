"""Page templates: slots are taken by rank, the rest of the page is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layout.diagnostics import InputError, LayoutError
from layout.model import Pin
from layout.page.planning import plan_page
from layout.reading.issue import read_issue

if TYPE_CHECKING:
    from pathlib import Path

    from layout.fontbook import Fontbook
    from tests.build.conftest import WriteIssue

STYLE = """\
extends: tabloid
templates:
  front:
    - {column: 1, columns: 4, line: 1}
    - {rank: 3, column: 5, columns: 2, head: 18pt}
    - {rank: 4, line: 1}
    - {column: 1}
"""

STORY = "---\nheadline: 夜航船靠岸\nrank: {rank}\n---\n" + "渡口的灯亮到后半夜，船篷上落了一层薄霜。" * 20 + "\n"


@pytest.fixture
def issue(tmp_path: Path, write_issue: WriteIssue) -> Path:
    ranks = {"a": 3, "b": 1, "c": 2, "d": 3}
    (tmp_path / "paper.yaml").write_text(STYLE, encoding="utf-8")
    page = "    style: ./paper.yaml\n    template: front\n    stories:\n" + "".join(
        f"      - stories/{name}.md\n" for name in ranks
    )
    return write_issue(tmp_path, {name: STORY.format(rank=rank) for name, rank in ranks.items()}, page)


def test_slots_are_taken_by_rank(issue: Path) -> None:
    pins = {entry.id: entry.pin for entry in read_issue(issue).issue.pages[0].entries}
    assert pins == {
        "b": Pin(column=1, columns=4, line=1),
        "a": Pin(column=5, columns=2, head=18_000),
        "c": Pin(column=1),
        "d": None,
    }


def test_the_page_keeps_its_template(issue: Path, book: Fontbook) -> None:
    reading = read_issue(issue)
    page = reading.issue.pages[0]
    plan = plan_page(reading.issue, page, reading.styles[page.id], book).plan
    places = {module.id: module.cells for module in plan.modules}
    assert (places["b"].column, places["b"].columns, places["b"].line) == (0, 4, 0)
    assert (places["a"].column, places["a"].columns) == (4, 2)
    assert places["c"].column == 0
    assert set(places) == set("abcd")


def test_a_story_with_a_pin_of_its_own_takes_no_slot(issue: Path) -> None:
    text = issue.read_text(encoding="utf-8")
    issue.write_text(text.replace("- stories/b.md", "- {story: stories/b.md, pin: {column: 2}}"), encoding="utf-8")
    pins = {entry.id: entry.pin for entry in read_issue(issue).issue.pages[0].entries}
    assert pins["b"] == Pin(column=2)
    assert pins["c"] == Pin(column=1, columns=4, line=1)


def test_an_unknown_template_is_refused(issue: Path) -> None:
    text = issue.read_text(encoding="utf-8")
    issue.write_text(text.replace("template: front", "template: fromt"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_issue(issue)
    [item] = caught.value.diagnostics
    assert item.code == "E106"
    assert item.span is not None
    assert (item.span.line, item.hint) == (9, "did you mean `front`?")


@pytest.mark.parametrize("slot", ["{column: 5, columns: 3}", "{line: 80, lines: 3}", "{rank: 7}", "{width: 3}"])
def test_slots_outside_the_grid_are_refused(slot: str, issue: Path) -> None:
    style = issue.with_name("paper.yaml")
    style.write_text(STYLE.replace("{column: 1}", slot), encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        read_issue(issue)
    assert {item.code for item in caught.value.diagnostics} <= {"E203", "E204"}
