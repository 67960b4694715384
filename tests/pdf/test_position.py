"""Flat colours where the press has fewer inks: nothing prints in an ink that is not there, nothing gets lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.color import BLACK, PAPER, PLATES, Ink
from layout.display import Fill, Key, Outline, Rule, Shape, Sheet
from layout.geometry import Rect
from layout.pdf.position import at_position, ink_at

if TYPE_CHECKING:
    from layout.color import InkCount
    from tests.pdf.conftest import Desk

RED = Ink(0, 100, 100, 0)
PARTS = st.integers(0, 100).map(float)
INKS = st.builds(Ink, PARTS, PARTS, PARTS, PARTS)


@given(INKS, st.sampled_from(list(PLATES)), st.booleans())
def test_no_ink_that_is_not_there(ink: Ink, position: InkCount, line: bool) -> None:  # noqa: FBT001 - from hypothesis
    made = ink_at(ink, position, line=line)
    assert all(not getattr(made, name) for name in PLATES["cmyk"] if name not in PLATES[position])
    assert all(0 <= getattr(made, name) <= 100 for name in PLATES["cmyk"])
    if all(not getattr(ink, name) for name in PLATES["cmyk"] if name not in PLATES[position]):
        assert made == ink


@given(INKS)
def test_tints_keep_their_order(ink: Ink) -> None:
    darker = Ink(min(100, ink.cyan + 10), ink.magenta, ink.yellow, ink.black)
    assert ink_at(darker, "k", line=False).black >= ink_at(ink, "k", line=False).black


@pytest.mark.parametrize(
    ("ink", "position", "line", "made"),
    [
        (RED, "k", True, BLACK),
        (RED, "k", False, Ink(0, 0, 0, 70)),
        (RED, "k+m", True, Ink(0, 100, 0, 0)),
        (RED, "k+m+y", True, RED),
        (Ink(100, 50, 0, 0), "k+m", True, BLACK),
        (Ink(0, 0, 0, 8), "k", False, Ink(0, 0, 0, 8)),
        (PAPER, "k", False, PAPER),
        (Ink(0, 0, 100, 0), "k", False, Ink(0, 0, 0, 11)),
    ],
)
def test_colours_of_a_newspaper(ink: Ink, position: InkCount, line: bool, made: Ink) -> None:  # noqa: FBT001
    assert ink_at(ink, position, line=line) == made


def test_a_page_in_black_alone(desk: Desk) -> None:
    rect = Rect(0, 0, 9_000, 9_000)
    path = (("m", (0, 0)), ("l", (9, 0)), ("l", (9, 9)), ("h", ()))
    sheet = Sheet(
        page="A01",
        trim=(500_000, 500_000),
        bleed=0,
        ops=(
            desk.run("红字", ink=RED),
            Fill(Key("page", "tint"), rect, Ink(0, 20, 20, 0)),
            Rule(Key("page", "rule"), 0, 0, 9, 9, 500, RED),
            Outline(Key("page", "frame"), rect, 500, BLACK),
            Shape(Key("page", "nameplate"), path, RED),
            Shape(Key("chart", "figure"), path, RED),
        ),
    )
    made, changed = at_position(sheet, "k")
    inks = [op.ink for op in made.ops]  # type: ignore[union-attr]
    assert inks == [BLACK, Ink(0, 0, 0, 14), BLACK, BLACK, BLACK, Ink(0, 0, 0, 70)]
    assert changed == ("story/body", "page/tint", "page/rule", "page/nameplate", "chart/figure")
    assert at_position(sheet, "cmyk") == (sheet, ())
