"""Booked spaces: their cells, their millimetres, their label."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from layout.color import PAPER
from layout.display import Fill, Form, Glyphs, Outline, Picture, Shape
from layout.geometry import Cells, mm
from layout.model import Advert, Issue, Masthead, Page, Pin, RichText
from layout.page.furniture import advert_cells, check_adverts, draw_advert, draw_nameplate, page_blocks

if TYPE_CHECKING:
    from pathlib import Path

    from layout.fontbook import Fontbook
    from layout.style import Style

PAGE = Page(id="A03", section="城事", style="tabloid")


def booked(style: Style, kind: str, name: str = "ad", **fields: object) -> Advert:
    width, height = next((width, height) for known, width, height in style.advert.kinds if known == kind)
    return replace(Advert(id=name, kind=kind, width=width, height=height), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("整版", Cells(0, 0, 6, 81)),
        ("半版", Cells(0, 42, 6, 39)),
        ("1/3版", Cells(0, 55, 6, 26)),
        ("通栏", Cells(0, 63, 6, 18)),
        ("半通栏", Cells(3, 63, 3, 18)),
        ("竖通栏", Cells(4, 0, 2, 81)),
        ("报花", Cells(5, 75, 1, 6)),
    ],
)
def test_booked_kinds_take_the_cells_of_the_rate_card(kind: str, cells: Cells, tabloid: Style) -> None:
    page = replace(PAGE, adverts=(booked(tabloid, kind),))
    assert advert_cells(page, tabloid) == (("ad", cells),)


def test_half_strips_stand_side_by_side(tabloid: Style) -> None:
    page = replace(PAGE, adverts=tuple(booked(tabloid, "半通栏", name) for name in "ab"))
    assert dict(advert_cells(page, tabloid)) == {"a": Cells(3, 63, 3, 18), "b": Cells(0, 63, 3, 18)}
    left = replace(PAGE, adverts=(booked(tabloid, "半通栏", side="left"),))
    assert dict(advert_cells(left, tabloid)) == {"ad": Cells(0, 63, 3, 18)}


def test_stacked_adverts_keep_a_blank_line(book: Fontbook, tabloid: Style) -> None:
    page = replace(PAGE, adverts=(booked(tabloid, "通栏", "low"), booked(tabloid, "通栏", "high")))
    cells = dict(advert_cells(page, tabloid))
    assert cells == {"low": Cells(0, 63, 6, 18), "high": Cells(0, 44, 6, 19)}
    boxes = {}
    for advert in page.adverts:
        ops = draw_advert(advert, cells[advert.id], tabloid, book).ops
        boxes[advert.id] = next(op.rect for op in ops if isinstance(op, Outline))
    assert boxes["low"].y - boxes["high"].bottom >= tabloid.grid.pitch


def test_advert_at_the_head_stands_under_banner_and_nameplate(tabloid: Style) -> None:
    advert = booked(tabloid, "通栏", at="head")
    assert dict(advert_cells(replace(PAGE, adverts=(advert,)), tabloid)) == {"ad": Cells(0, 0, 6, 19)}
    page = replace(PAGE, front=True, banner=RichText("通栏"), adverts=(advert,))
    line = tabloid.nameplate.lines + tabloid.banner.lines
    assert dict(advert_cells(page, tabloid)) == {"ad": Cells(0, line, 6, 19)}


def test_pins_win(tabloid: Style) -> None:
    pinned = booked(tabloid, "半通栏", "pinned", pin=Pin(column=2, line=10))
    free = booked(tabloid, "半通栏", "free")
    assert dict(advert_cells(replace(PAGE, adverts=(free, pinned)), tabloid)) == {
        "free": Cells(3, 63, 3, 18),
        "pinned": Cells(1, 9, 3, 18),
    }
    whole = booked(tabloid, "半通栏", pin=Pin(column=1, columns=4, line=62, lines=20))
    assert dict(advert_cells(replace(PAGE, adverts=(whole,)), tabloid)) == {"ad": Cells(0, 61, 4, 20)}


def test_no_two_blocks_share_a_cell(tabloid: Style) -> None:
    kinds = ["半通栏", "报花", "报花", "通栏", "报花", "半通栏", "报眼", "报花"]
    adverts = tuple(
        booked(
            tabloid,
            kind,
            f"ad{number}",
            at="head" if number % 3 == 2 else "foot",
            side="left" if number % 2 else "right",
        )
        for number, kind in enumerate(kinds)
    )
    for page in (replace(PAGE, adverts=adverts), replace(PAGE, front=True, banner=RichText("通栏"), adverts=adverts)):
        issue = Issue(paper="x", date="", number="", region="zh-Hans", masthead=Masthead(), pages=(page,))
        cells = page_blocks(issue, page, tabloid)
        assert not check_adverts(page, tabloid)
        for (_, one), (_, other) in combinations(cells, 2):
            assert not one.overlaps(other)
        assert all(one.within(Cells(0, 0, tabloid.grid.columns, tabloid.grid.lines)) for _, one in cells)


def test_adverts_without_room_are_reported(tabloid: Style) -> None:
    page = replace(PAGE, adverts=(booked(tabloid, "整版", "all"), booked(tabloid, "报花", "lost")))
    assert [name for name, _ in advert_cells(page, tabloid)] == ["all"]
    assert [(item.code, item.story) for item in check_adverts(page, tabloid)] == [("E402", "lost")]


def test_ear_can_be_sold(book: Fontbook, tabloid: Style) -> None:
    advert = booked(tabloid, tabloid.nameplate.ear_kind, at="head")
    page = replace(PAGE, id="A01", front=True, adverts=(advert,))
    issue = Issue(paper="清渡晚报", date="2026-11-22", number="1", region="zh-Hans", masthead=Masthead(), pages=(page,))
    lines = tabloid.nameplate.lines
    assert dict(page_blocks(issue, page, tabloid)) == {
        "nameplate": Cells(0, 0, 4, lines),
        "advert:ad": Cells(4, 0, 2, lines),
    }
    drawn = draw_nameplate(issue, page, tabloid, book)
    assert not [op for op in drawn.ops if op.key.part in ("date-figure", "date-block", "ear-frame")]
    rules = [op.y0 for op in drawn.ops if op.key.part == "date-rule"]  # type: ignore[union-attr]
    frame = next(
        op.rect for op in draw_advert(advert, Cells(4, 0, 2, lines), tabloid, book).ops if isinstance(op, Outline)
    )
    assert frame.bottom < min(rules)


def test_hole_is_exactly_as_booked(book: Fontbook, tabloid: Style) -> None:
    advert = booked(tabloid, "半通栏", "bank")
    cells = Cells(3, 63, 3, 18)
    drawn = draw_advert(advert, cells, tabloid, book)
    assert [item.code for item in drawn.findings] == ["W516"]
    frame = next(op.rect for op in drawn.ops if isinstance(op, Outline))
    assert (frame.width, frame.height) == (mm(117), mm(76))
    left, right = tabloid.column_x(3), tabloid.column_x(3) + tabloid.span_width(3)
    assert frame.x - left == pytest.approx(right - frame.right, abs=1)
    text = "".join(op.text for op in drawn.ops if isinstance(op, Glyphs) and op.key.part == "advert-hole")
    assert "bank" in text
    assert "117 × 76" in text


def label_of(ops: tuple[object, ...]) -> Glyphs:
    return next(op for op in ops if isinstance(op, Glyphs) and op.key.part == "advert-label")


@pytest.mark.parametrize("suffix", ["pdf", "svg", "jpg"])
def test_artwork_and_its_label(suffix: str, book: Fontbook, tabloid: Style, tmp_path: Path) -> None:
    file = tmp_path / f"ad.{suffix}"
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 117 76"><rect width="117" height="76"/></svg>'
    )
    advert = booked(tabloid, "半通栏", file=str(file), pixels=(1170, 760))
    drawn = draw_advert(advert, Cells(3, 63, 3, 18), tabloid, book)
    assert drawn.findings == ()
    first = drawn.ops[0]
    assert isinstance(first, {"pdf": Form, "svg": Shape, "jpg": Picture}[suffix])
    if isinstance(first, Form | Picture):
        assert (first.rect.width, first.rect.height) == pytest.approx((mm(117), mm(76)), abs=2)
    label = label_of(drawn.ops)
    assert label.text == "广告"
    patch = next(op for op in drawn.ops if isinstance(op, Fill))
    assert patch.ink == PAPER
    assert patch.rect.x <= label.x
    assert drawn.ops.index(patch) < drawn.ops.index(label)


def test_label_stands_outside_where_there_is_room(book: Fontbook, tabloid: Style) -> None:
    advert = replace(booked(tabloid, "半通栏"), pin=Pin(column=4, columns=3, line=60, lines=22))
    drawn = draw_advert(advert, Cells(3, 59, 3, 22), tabloid, book)
    frame = next(op.rect for op in drawn.ops if isinstance(op, Outline))
    assert label_of(drawn.ops).y < frame.y
    assert not [op for op in drawn.ops if isinstance(op, Fill)]


def test_raster_adverts_are_not_stretched(book: Fontbook, tabloid: Style) -> None:
    advert = booked(tabloid, "半通栏", file="ad.png", pixels=(1000, 1000))
    picture = next(op for op in draw_advert(advert, Cells(3, 63, 3, 18), tabloid, book).ops if isinstance(op, Picture))
    assert picture.rect.width == picture.rect.height == mm(76)


def test_artwork_that_cannot_be_placed_leaves_a_hole(book: Fontbook, tabloid: Style, tmp_path: Path) -> None:
    file = tmp_path / "ad.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>x</text></svg>')
    drawn = draw_advert(booked(tabloid, "半通栏", file=str(file)), Cells(3, 63, 3, 18), tabloid, book)
    assert [item.code for item in drawn.findings] == ["E514"]
    assert [op for op in drawn.ops if isinstance(op, Outline)]
    assert label_of(drawn.ops).text == "广告"


def test_space_too_small_for_the_label(book: Fontbook, tabloid: Style) -> None:
    tiny = Advert(id="tiny", kind="x", width=4, height=2, file="ad.png")
    drawn = draw_advert(tiny, Cells(0, 80, 1, 1), tabloid, book)
    assert [item.code for item in drawn.findings] == ["E605"]
