"""Folio line, nameplate, imprint, banner and credits: what is there, where it stands, what is missed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from layout.display import Fill, Form, Glyphs, Outline, Picture, Rule, Shape
from layout.fontbook import advance
from layout.geometry import Cells, Rect
from layout.model import Emphasis, Issue, Mark, Masthead, Page, RichText
from layout.page.furniture import (
    check_nameplate_rank,
    draw_banner,
    draw_credits,
    draw_folio,
    draw_nameplate,
    page_blocks,
)
from layout.page.furniture.imprint import pack

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from layout.display import Op
    from layout.fontbook import Fontbook
    from layout.page.furniture import Drawn
    from layout.style import Style

IMPRINT = (
    ("CN", "00-0318"), ("主管", "清渡报业集团"), ("主办", "清渡晚报社"), ("出版", "清渡晚报社"),
    ("地址", "清渡市望江路218号"), ("电话", "81550000"), ("邮编", "000218"), ("印刷", "清渡报业印务有限公司"),
    ("印厂地址", "柳林区印书路6号"), ("发行", "清渡市邮政公司（邮发代号0-318）"), ("定价", "每份1.50元"),
)  # fmt: skip
CREDITS = (("责编", "宋词"), ("美编", "温棠"), ("校对", "贾实"))
FRONT = Page(id="A01", section="要闻", style="tabloid", front=True, credits=CREDITS)
INSIDE = Page(id="A03", section="城事", style="tabloid", credits=CREDITS)
SPREAD = Page(id="A04-A05", section="特别报道", style="tabloid", spread=("A04", "A05"), credits=CREDITS)
ISSUE = Issue(
    paper="清渡晚报",
    date="2026-11-22",
    number="6318",
    region="zh-Hans",
    masthead=Masthead(imprint=IMPRINT),
    pages=(FRONT, replace(INSIDE, id="A02"), INSIDE, SPREAD),
)
SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="#e60012"/></svg>'
)


def text_of(drawn: Drawn, part: str) -> str:
    return "".join(op.text for op in drawn.ops if isinstance(op, Glyphs) and op.key.part == part)


def codes(drawn: Drawn) -> list[str]:
    return [item.code for item in drawn.findings]


def extent(op: Op, book: Fontbook) -> Rect:
    """The box of an operation; of type, its em boxes."""
    match op:
        case Glyphs():
            last = advance(book.faces[op.face], op.gids[-1]) * op.size // 1000
            return Rect(op.x, op.y - 880 * op.size // 1000, op.xs[-1] + last, op.size)
        case Rule():
            half = op.width // 2
            return Rect(op.x0, op.y0 - half, op.x1 - op.x0, op.y1 - op.y0 + 2 * half)
        case Shape():
            xs = [value for _, values in op.path for value in values[::2]]
            ys = [value for _, values in op.path for value in values[1::2]]
            return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        case Fill() | Outline() | Picture() | Form():
            return op.rect


def runs(drawn: Drawn, book: Fontbook, *parts: str) -> list[Rect]:
    return [extent(op, book) for op in drawn.ops if isinstance(op, Glyphs) and op.key.part in parts]


def inside(ops: Iterable[Op], book: Fontbook, style: Style) -> bool:
    boxes = [extent(op, book) for op in ops]
    width, height = style.sheet.width, style.sheet.height
    return all(box.x >= 0 and box.y >= 0 and box.right <= width and box.bottom <= height for box in boxes)


# --- folio line


def test_folio_shows_what_it_must(book: Fontbook, tabloid: Style) -> None:
    drawn = draw_folio(ISSUE, INSIDE, tabloid, book)
    shown = {part: text_of(drawn, f"folio-{part}") for part in ("id", "section", "paper", "date", "credits")}
    assert shown == {
        "id": "A03",
        "section": "城事",
        "paper": "清渡晚报",
        "date": "2026年11月22日　星期日",
        "credits": "责编 宋词　美编 温棠　校对 贾实",
    }
    assert drawn.findings == ()
    assert inside(drawn.ops, book, tabloid)


@pytest.mark.parametrize(("name", "right"), [("A03", True), ("A02", False), ("B11", True), ("12", False)])
def test_the_page_id_stands_at_the_outer_edge(name: str, right: bool, book: Fontbook, tabloid: Style) -> None:  # noqa: FBT001
    boxes = runs(draw_folio(ISSUE, replace(INSIDE, id=name), tabloid, book), book, "folio-id")
    edge = tabloid.sheet.left + tabloid.area_width
    if right:
        assert boxes[-1].right == pytest.approx(edge, abs=300)
    else:
        assert boxes[0].x == pytest.approx(tabloid.sheet.left, abs=300)


def test_folio_of_a_spread_has_an_id_at_each_end(book: Fontbook, tabloid: Style) -> None:
    drawn = draw_folio(ISSUE, SPREAD, tabloid, book)
    assert text_of(drawn, "folio-id") == "A04A05"
    boxes = runs(drawn, book, "folio-id")
    assert boxes[0].x < tabloid.sheet.width // 4 < 3 * tabloid.sheet.width // 4 < boxes[-1].right


@pytest.mark.parametrize("people", [1, 3, 8])
def test_folio_items_share_a_baseline_and_never_collide(people: int, book: Fontbook, tabloid: Style) -> None:
    crew = tuple((f"职务{number}", "欧阳修远") for number in range(people))
    drawn = draw_folio(ISSUE, replace(INSIDE, credits=(("责编", "宋词"), *crew)), tabloid, book)
    glyphs = [op for op in drawn.ops if isinstance(op, Glyphs)]
    assert {op.y for op in glyphs} == {tabloid.folio.baseline}
    boxes = sorted((extent(op, book) for op in glyphs), key=lambda box: box.x)
    assert all(left.right <= right.x + 2 for left, right in pairwise(boxes))
    assert boxes[0].x >= tabloid.sheet.left - 2
    assert boxes[-1].right <= tabloid.sheet.left + tabloid.area_width + 2


def test_double_rule_spans_the_type_area(book: Fontbook, tabloid: Style) -> None:
    rules = [op for op in draw_folio(ISSUE, INSIDE, tabloid, book).ops if isinstance(op, Rule)]
    assert [op.width for op in rules] == [tabloid.folio.rule, tabloid.folio.thin]
    assert {(op.x0, op.x1) for op in rules} == {(tabloid.sheet.left, tabloid.sheet.left + tabloid.area_width)}
    assert rules[1].y0 - rules[0].y0 == tabloid.folio.thin_gap
    assert rules[1].y0 < tabloid.line_y(0)


def test_folio_findings(book: Fontbook, tabloid: Style) -> None:
    assert codes(draw_folio(ISSUE, replace(INSIDE, id=" "), tabloid, book)) == ["E604"]
    assert codes(draw_folio(replace(ISSUE, date="2026-02-30"), INSIDE, tabloid, book)) == ["E607"]
    assert codes(draw_folio(ISSUE, replace(INSIDE, credits=()), tabloid, book)) == ["W608"]
    many = tuple((f"责任编辑{number}", "欧阳修远 司马相如") for number in range(12))
    assert codes(draw_folio(ISSUE, replace(INSIDE, credits=(("责编", "宋词"), *many)), tabloid, book)) == ["W609"]
    rare = draw_folio(ISSUE, replace(INSIDE, section="城\U00030000事"), tabloid, book)
    assert codes(rare) == ["E303"]


def test_folio_logo_takes_the_name_s_place(book: Fontbook, tabloid: Style, tmp_path: Path) -> None:
    file = tmp_path / "logo.svg"
    file.write_text(SQUARE)
    issue = replace(ISSUE, masthead=replace(ISSUE.masthead, logo=str(file)))
    drawn = draw_folio(issue, INSIDE, tabloid, book)
    boxes = [extent(op, book) for op in drawn.ops if isinstance(op, Shape)]
    assert [(box.x, box.height) for box in boxes] == [(tabloid.sheet.left, tabloid.folio.logo_height)]
    assert text_of(drawn, "folio-paper") == ""
    file.unlink()
    broken = draw_folio(issue, INSIDE, tabloid, book)
    assert codes(broken) == ["E514"]
    assert text_of(broken, "folio-paper") == "清渡晚报"


# --- front page


def test_front_page_has_its_regulated_items(book: Fontbook, tabloid: Style) -> None:
    drawn = draw_nameplate(ISSUE, FRONT, tabloid, book)
    assert drawn.findings == ()
    assert text_of(drawn, "nameplate") == "清渡晚报"
    line = text_of(drawn, "date-line")
    for item in ("2026年11月22日", "星期日", "农历丙午年十月十四", "第6318期", "今日5版", "国内统一连续出版物号"):
        assert item in line
    assert "00-0318" in line
    imprint = text_of(drawn, "imprint")
    for name, value in IMPRINT[1:]:
        assert name in imprint
        assert value in imprint
    assert "责编" in imprint
    assert inside(drawn.ops, book, tabloid)


def test_front_page_stays_in_its_lines(book: Fontbook, tabloid: Style) -> None:
    foot = tabloid.line_y(tabloid.nameplate.lines)
    below = tabloid.line_y(tabloid.grid.lines)
    for op in draw_nameplate(ISSUE, FRONT, tabloid, book).ops:
        box = extent(op, book)
        if op.key.part.startswith("imprint"):
            assert box.y >= below
        else:
            assert box.y >= tabloid.line_y(0)
            assert box.bottom < foot


def test_date_line_is_spread_over_the_width(book: Fontbook, tabloid: Style) -> None:
    boxes = runs(draw_nameplate(ISSUE, FRONT, tabloid, book), book, "date-line")
    assert min(box.x for box in boxes) == pytest.approx(tabloid.sheet.left, abs=50)
    assert max(box.right for box in boxes) == pytest.approx(tabloid.sheet.left + tabloid.area_width, abs=50)


@pytest.mark.parametrize("missing", [name for name, _ in IMPRINT])
def test_each_missing_item_of_the_imprint_is_reported(missing: str, book: Fontbook, tabloid: Style) -> None:
    kept = tuple((name, value) for name, value in IMPRINT if name != missing)
    drawn = draw_nameplate(replace(ISSUE, masthead=Masthead(imprint=kept)), FRONT, tabloid, book)
    assert [(item.code, dict(item.values)["name"]) for item in drawn.findings] == [("E602", missing)]
    blank = (*kept, (missing, " "))
    assert codes(draw_nameplate(replace(ISSUE, masthead=Masthead(imprint=blank)), FRONT, tabloid, book)) == ["E602"]


def test_other_regulated_items_are_reported(book: Fontbook, tabloid: Style) -> None:
    assert codes(draw_nameplate(replace(ISSUE, number=""), FRONT, tabloid, book)) == ["E603"]
    assert codes(draw_nameplate(replace(ISSUE, date=""), FRONT, tabloid, book)) == ["E607"]
    assert codes(draw_nameplate(replace(ISSUE, paper=""), FRONT, tabloid, book)) == ["E601"]
    assert codes(draw_nameplate(ISSUE, replace(FRONT, credits=()), tabloid, book)) == ["W608"]


def test_artwork_keeps_its_shape(book: Fontbook, tabloid: Style, tmp_path: Path) -> None:
    file = tmp_path / "plate.svg"
    file.write_text(SQUARE)
    plate = replace(ISSUE.masthead, nameplate=str(file), nameplate_size=(20, 10))
    drawn = draw_nameplate(replace(ISSUE, masthead=plate), FRONT, tabloid, book)
    box = next(extent(op, book) for op in drawn.ops if isinstance(op, Shape))
    assert (box.height, box.width) == (tabloid.nameplate.art_height, 2 * tabloid.nameplate.art_height)
    assert box.x == tabloid.sheet.left
    assert text_of(drawn, "nameplate") == ""
    as_pdf = replace(plate, nameplate="plate.pdf", nameplate_size=(1000, 10))
    form = next(
        op for op in draw_nameplate(replace(ISSUE, masthead=as_pdf), FRONT, tabloid, book).ops if isinstance(op, Form)
    )
    assert form.rect.width == tabloid.span_width(tabloid.nameplate.columns)
    assert form.rect.height == round(form.rect.width / 100)


def test_artwork_that_fails_falls_back_to_type(book: Fontbook, tabloid: Style, tmp_path: Path) -> None:
    file = tmp_path / "plate.svg"
    file.write_text("<svg")
    drawn = draw_nameplate(replace(ISSUE, masthead=replace(ISSUE.masthead, nameplate=str(file))), FRONT, tabloid, book)
    assert codes(drawn) == ["E514"]
    assert text_of(drawn, "nameplate") == "清渡晚报"


def test_long_name_is_made_smaller(book: Fontbook, tabloid: Style) -> None:
    drawn = draw_nameplate(replace(ISSUE, paper="清渡经济技术开发区新闻"), FRONT, tabloid, book)
    boxes = runs(drawn, book, "nameplate")
    assert max(box.right for box in boxes) <= tabloid.column_x(tabloid.nameplate.columns)


def test_ear_stands_in_its_frame(book: Fontbook, tabloid: Style) -> None:
    ear = RichText("今日天气　多云转晴。\n" + "明日晴，早晚较凉，市民出行注意添衣。" * 3, (Mark(0, 4, Emphasis.HEI),))
    drawn = draw_nameplate(replace(ISSUE, masthead=replace(ISSUE.masthead, ear=ear)), FRONT, tabloid, book)
    assert drawn.findings == ()
    frame = next(op.rect for op in drawn.ops if isinstance(op, Outline))
    for box in runs(drawn, book, "ear"):
        assert frame.x < box.x
        assert box.right < frame.right
        assert frame.y < box.y
        assert box.bottom < frame.bottom
    assert text_of(drawn, "date-figure") == ""
    faces = {op.face for op in drawn.ops if isinstance(op, Glyphs) and op.key.part == "ear"}
    assert faces == {"hei", "kai"}


def test_overfull_ear_is_reported_with_what_is_lost(book: Fontbook, tabloid: Style) -> None:
    ear = RichText("明日晴，早晚较凉，市民出行注意添衣。" * 80)
    drawn = draw_nameplate(replace(ISSUE, masthead=replace(ISSUE.masthead, ear=ear)), FRONT, tabloid, book)
    assert codes(drawn) == ["E401"]
    lost = int(dict(drawn.findings[0].values)["chars"])
    assert len(text_of(drawn, "ear")) + lost == len(ear.text)


def test_overfull_imprint_never_leaves_the_sheet(book: Fontbook, tabloid: Style) -> None:
    long = tuple((f"项目{number}", "清渡市望江路二百一十八号报业大厦" * 3) for number in range(60))
    issue = replace(ISSUE, masthead=Masthead(imprint=(*IMPRINT, *long)))
    drawn = draw_nameplate(issue, FRONT, tabloid, book)
    assert set(codes(drawn)) <= {"W609", "E401"}
    assert "W609" in codes(drawn)
    assert inside(drawn.ops, book, tabloid)


def test_headlines_may_not_outrank_the_nameplate(tabloid: Style) -> None:
    most = round(tabloid.nameplate.glyph_share * tabloid.nameplate.type.size)
    found = check_nameplate_rank([("够小", most), ("太大", most + 500)], ISSUE, tabloid)
    assert [(item.code, dict(item.values)["text"]) for item in found] == [("E606", "太大")]
    plate = replace(ISSUE, masthead=replace(ISSUE.masthead, nameplate="x.pdf", nameplate_size=(4000, 100)))
    assert check_nameplate_rank([("够小", most)], plate, tabloid)


def test_pack_fills_lines_in_order() -> None:
    assert pack([10, 10, 10, 10], 2, 34) == [(0, 3), (3, 4)]
    assert pack([50, 10], 2, 34) == [(0, 1), (1, 2)]
    assert pack([], 2, 34) == []


# --- banner, credits, cells


def test_banner_fits_between_its_rules(book: Fontbook, tabloid: Style) -> None:
    page = replace(INSIDE, banner=RichText("把一江清水留给下一代"))
    cells = dict(page_blocks(ISSUE, page, tabloid))["banner"]
    drawn = draw_banner(page, tabloid, book, cells)
    upper, lower = (op.y0 for op in drawn.ops if isinstance(op, Rule))
    (box,) = runs(drawn, book, "banner")
    assert box.y - upper == pytest.approx(lower - box.bottom, abs=1500)
    middle = tabloid.sheet.left + tabloid.area_width // 2
    assert (box.x + box.right) // 2 == pytest.approx(middle, abs=600)
    assert drawn.findings == ()


def test_long_banner_is_made_smaller(book: Fontbook, tabloid: Style) -> None:
    page = replace(INSIDE, banner=RichText("把一江清水留给下一代" * 4))
    drawn = draw_banner(page, tabloid, book, Cells(0, 0, 6, tabloid.banner.lines))
    assert all(box.right <= tabloid.sheet.left + tabloid.area_width for box in runs(drawn, book, "banner"))
    assert drawn.findings == ()
    page = replace(INSIDE, banner=RichText("把一江清水留给下一代" * 9))
    assert codes(draw_banner(page, tabloid, book, Cells(0, 0, 6, tabloid.banner.lines))) == ["W609"]


def test_credits_at_the_foot(book: Fontbook, tabloid: Style) -> None:
    assert draw_credits(INSIDE, tabloid, book).ops == ()
    foot = replace(tabloid, credits=replace(tabloid.credits, at="foot"))
    drawn = draw_credits(INSIDE, foot, book)
    assert text_of(drawn, "credits") == "责编 宋词　美编 温棠　校对 贾实"
    assert all(box.y >= tabloid.line_y(tabloid.grid.lines) for box in runs(drawn, book, "credits"))
    assert inside(drawn.ops, book, tabloid)
    assert codes(draw_credits(replace(INSIDE, credits=(("美编", "温棠"),)), foot, book)) == ["W608"]
    assert "folio-credits" not in {op.key.part for op in draw_folio(ISSUE, INSIDE, foot, book).ops}


def test_page_blocks(tabloid: Style) -> None:
    lines = tabloid.nameplate.lines
    front = dict(page_blocks(ISSUE, replace(FRONT, banner=RichText("通栏")), tabloid))
    assert front == {"nameplate": Cells(0, 0, 6, lines), "banner": Cells(0, lines, 6, tabloid.banner.lines)}
    assert dict(page_blocks(ISSUE, INSIDE, tabloid)) == {}


def test_drawing_is_deterministic(book: Fontbook, tabloid: Style) -> None:
    assert draw_nameplate(ISSUE, FRONT, tabloid, book) == draw_nameplate(ISSUE, FRONT, tabloid, book)
    assert draw_folio(ISSUE, INSIDE, tabloid, book) == draw_folio(ISSUE, INSIDE, tabloid, book)
