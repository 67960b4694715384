"""Operators: colours, overprint, and where things are drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from layout.color import BLACK, PAPER, Ink
from layout.display import Fill, Form, Key, Outline, Picture, Rule, Shape
from layout.geometry import Rect, points
from layout.pdf.content import FRESH, KNOCKOUT, OVERPRINT

if TYPE_CHECKING:
    from layout.pdf.content import PageContent
    from tests.pdf.conftest import Desk

KEY = Key("page", "rule")
RED = Ink(0, 100, 100, 0)
GREY = Ink(0, 0, 0, 40)


def states(content: PageContent) -> list[tuple[str, str]]:
    """Return (graphics state, fill or stroke colour) in force at every operator that paints."""
    state, fill, stroke, found = "", "", "", []
    for line in content.content.decode().splitlines():
        words = line.split()
        match words[-1]:
            case "gs":
                state = words[0].removeprefix("/")
            case "k":
                fill = " ".join(words[:-1])
            case "K":
                stroke = " ".join(words[:-1])
            case "ET" | "f" | "f*":
                found.append((state, fill))
            case "S":
                found.append((state, stroke))
            case "Q":
                found.append((state, "image"))
    return found


def test_black_type_overprints(desk: Desk) -> None:
    assert states(desk.content(desk.run("黑"))) == [(OVERPRINT, "0 0 0 1")]


@pytest.mark.parametrize(
    ("ink", "overprint", "color"),
    [(RED, True, "0 1 1 0"), (GREY, True, "0 0 0 .4"), (PAPER, True, "0 0 0 0"), (BLACK, False, "0 0 0 1")],
)
def test_other_type_knocks_out(desk: Desk, ink: Ink, color: str, *, overprint: bool) -> None:
    assert states(desk.content(desk.run("字", ink=ink, overprint=overprint))) == [(KNOCKOUT, color)]


def test_states_follow_each_other(desk: Desk) -> None:
    ops = (
        desk.run("一", y=20_000),
        Fill(KEY, Rect(0, 0, 50_000, 50_000), GREY),
        desk.run("二", y=30_000),
        desk.run("三", y=60_000, ink=RED),
        Rule(KEY, 0, 90_000, 50_000, 90_000, 250, BLACK),
        Rule(KEY, 0, 95_000, 50_000, 95_000, 2_500, BLACK),
        Rule(KEY, 0, 97_000, 50_000, 97_000, 250, RED),
        Outline(KEY, Rect(0, 0, 50_000, 50_000), 400, BLACK),
        desk.run("四", y=99_000),
    )
    assert states(desk.content(*ops)) == [
        (OVERPRINT, "0 0 0 1"),
        (KNOCKOUT, "0 0 0 .4"),
        (OVERPRINT, "0 0 0 1"),
        (KNOCKOUT, "0 1 1 0"),
        (OVERPRINT, "0 0 0 1"),
        (KNOCKOUT, "0 0 0 1"),
        (KNOCKOUT, "0 1 1 0"),
        (OVERPRINT, "0 0 0 1"),
        (OVERPRINT, "0 0 0 1"),
    ]


def test_no_operator_sets_rgb_or_names_a_font_of_its_own(desk: Desk) -> None:
    ops = (desk.run("一"), Fill(KEY, Rect(0, 0, 9, 9), RED), Rule(KEY, 0, 0, 9, 9, 250, RED))
    operators = {line.split()[-1] for line in desk.content(*ops).content.decode().splitlines()}
    assert operators <= {"gs", "k", "K", "w", "BT", "Tf", "Tm", "TJ", "ET", "f", "S"}
    assert b"Helvetica" not in desk.file([desk.content(*ops)])


def test_y_is_turned_over(desk: Desk) -> None:
    height = desk.content().trim[1]
    rect = Rect(10_000, 20_000, 30_000, 40_000)
    text = desk.content(Fill(KEY, rect, RED)).content.decode()
    assert f"10 {points(height - 60_000)} 30 40 re f" in text
    text = desk.content(Rule(KEY, 0, 1_000, 5_000, 2_500, 250, RED)).content.decode()
    assert f"0 {points(height - 1_000)} m 5 {points(height - 2_500)} l S" in text


def test_outline_is_drawn_inside(desk: Desk) -> None:
    height = desk.content().trim[1]
    text = desk.content(Outline(KEY, Rect(10_000, 20_000, 30_000, 40_000), 425, RED)).content.decode()
    assert f"10.2125 {(height - 60_000 + 212.5) / 1000:.4f} 29.575 39.575 re S" in text


@pytest.mark.parametrize(("even_odd", "operator"), [(False, "f"), (True, "f*")])
def test_shapes_keep_their_segments(desk: Desk, operator: str, *, even_odd: bool) -> None:
    height = desk.content().trim[1]
    path = (("m", (0, 0)), ("l", (5_000, 0)), ("c", (5_000, 1_000, 4_000, 2_000, 3_000, 3_000)), ("h", ()))
    text = desk.content(Shape(KEY, path, RED, even_odd)).content.decode()
    y = [points(height - value) for value in (0, 1_000, 2_000, 3_000)]
    assert f"0 {y[0]} m 5 {y[0]} l 5 {y[1]} 4 {y[2]} 3 {y[3]} c h {operator}\n" in text


def test_pictures_and_forms_are_placed_by_their_lower_left_corner(desk: Desk) -> None:
    height = desk.content().trim[1]
    rect = Rect(10_000, 20_000, 30_000, 40_000)
    picture = Picture(KEY, rect, "a.jpg", (0, 0, 1, 1))
    form = Form(KEY, rect, "a.pdf")
    content = desk.content(picture, form, picture, replace(form, page=1), key=lambda op: op.file)
    text = content.content.decode()
    assert text.count(f"q 30 0 0 40 10 {points(height - 60_000)} cm /Im0 Do Q") == 2
    assert f"q {FRESH}1 0 0 1 10 {points(height - 60_000)} cm /Fm0 Do Q" in text
    assert "/Fm1 Do" in text
    assert content.pictures == ("a.jpg",)
    assert [op.page for op in content.forms] == [0, 1]
    assert states(content)[0] == (KNOCKOUT, "image")


def test_pictures_need_keys(desk: Desk) -> None:
    with pytest.raises(ValueError, match=r"a\.jpg"):
        desk.content(Picture(KEY, Rect(0, 0, 9, 9), "a.jpg", (0, 0, 1, 1)))


def test_contents_travel_between_processes(desk: Desk) -> None:
    import pickle

    content = desk.content(desk.run("清渡"))
    assert pickle.loads(pickle.dumps(content)) == content  # noqa: S301
