"""Heads that meet at the fold of facing pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layout.build.findings import facing_findings
from layout.geometry import Cells
from layout.model import Entry, Issue, Masthead, Page, RichText, Story
from layout.page.facing import facing
from layout.plan import HeadChoice, Module, PagePlan, Variant

if TYPE_CHECKING:
    from layout.plan import ModuleStyle
    from layout.style import Style


def page(name: str, rank: int = 1, spread: tuple[str, ...] = ()) -> Page:
    story = Story(id=f"s-{name}", rank=rank, headline=RichText("题"))
    return Page(id=name, section="", style="tabloid", entries=(Entry(stories=(story,)),), spread=spread)


def plan(name: str, column: int, line: int, depth: int = 6, style: ModuleStyle = "over") -> PagePlan:
    head = HeadChoice(role="song-black", size=32000, lines=1, depth=depth)
    variant = Variant(style=style, columns=3, lines=30, legs=3, characters=11, body=20, head=head)
    return PagePlan(page=name, modules=(Module(id=f"s-{name}", cells=Cells(column, line, 3, 30), variant=variant),))


def said(left: PagePlan, right: PagePlan, tabloid: Style, ranks: tuple[int, int] = (1, 2)) -> list[str]:
    pages = (page("A02", ranks[0]), page("A03", ranks[1]))
    issue = Issue(paper="", date="2026-11-22", number="1", region="zh-Hans", masthead=Masthead(), pages=pages)
    found = facing_findings(issue, {"A02": left, "A03": right}, {"A02": tabloid, "A03": tabloid})
    return [item.code for item in found]


def test_only_an_even_page_and_the_next_one_face_each_other() -> None:
    pages = [page(name) for name in ("A01", "A02", "A03", "A04", "B01", "B02", "B03")]
    pages.append(page("B04-B05", spread=("B04", "B05")))
    assert [(left.id, right.id) for left, right in facing(pages)] == [("A02", "A03"), ("B02", "B03")]


def test_big_heads_at_one_height_at_the_fold_are_said(tabloid: Style) -> None:
    assert said(plan("A02", 3, 0), plan("A03", 0, 0), tabloid) == ["W471"]
    assert said(plan("A02", 3, 0), plan("A03", 0, 2), tabloid) == ["W471"]


@pytest.mark.parametrize(
    ("left", "right", "ranks"),
    [
        (plan("A02", 3, 0), plan("A03", 0, 4), (1, 2)),  # they share less than half
        (plan("A02", 2, 0), plan("A03", 0, 0), (1, 2)),  # a column stands between
        (plan("A02", 3, 0), plan("A03", 1, 0), (1, 2)),
        (plan("A02", 3, 0), plan("A03", 0, 0), (1, 3)),  # a third is not big
        (plan("A02", 3, 0, style="photo"), plan("A03", 0, 0), (1, 2)),  # its picture is on top
    ],
)
def test_other_heads_do_not_meet(left: PagePlan, right: PagePlan, ranks: tuple[int, int], tabloid: Style) -> None:
    assert said(left, right, tabloid, ranks) == []
