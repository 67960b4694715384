"""Emphasis dots and lines of names: beside their characters, on the side that the direction asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from layout.color import BLACK
from layout.display import Glyphs, Key, Rule, Shape
from layout.geometry import Cells
from layout.importers.storyfile import plain_markup
from layout.model import Block, BlockKind, Emphasis, Entry, Issue, Mark, Masthead, Page, RichText, Story
from layout.page.compose import compose
from layout.page.copy import prepare_copy
from layout.page.frame import frame_of
from layout.page.ornaments import APART_EM, ornaments
from layout.page.tables import module_table
from layout.plan import Module, PagePlan
from layout.text.justify import prepare
from layout.text.setting import set_line
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape
from layout.text.vertical import shape_vertical

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.style import Style

SIZE = 10_000
X, Y = 100_000, 50_000
KEY = Key("story", "body")
DOTS, NAME = Emphasis.DOTS, Emphasis.NAME


def drawn(
    text: str, marks: tuple[Mark, ...], book: Fontbook, style: Style, *, vertical: bool = False
) -> list[Shape | Rule]:
    shaping = shape_vertical if vertical else shape
    material = prepare(shaping(text, ShapeStyle("song", SIZE, "zh-Hans", "gb"), book), style.composition)
    line = set_line(material, 0, len(material), material.width(0, len(material)), last=True)
    return list(ornaments(material, 0, line.xs, X, Y, marks, style.ornament, BLACK, KEY))


def centre(dot: Shape | Rule) -> tuple[float, float]:
    assert isinstance(dot, Shape)
    points = [values[-2:] for _, values in dot.path if values]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def test_dots_stand_under_the_middle_of_their_characters(book: Fontbook, tabloid: Style) -> None:
    dots = drawn("要特别，注意", (Mark(1, 6, DOTS),), book, tabloid)
    places = [centre(dot) for dot in dots]
    comma = SIZE  # the comma has its em here, and no dot
    assert [x for x, _ in places] == pytest.approx([X + SIZE * n / 2 + (comma if n > 5 else 0) for n in (3, 5, 7, 9)])
    assert len({y for _, y in places}) == 1
    style = tabloid.ornament
    assert places[0][1] == Y + round(SIZE * (0.12 + style.dot_gap_em + style.dot_em / 2))


def test_every_letter_has_a_dot_of_its_own(book: Fontbook, tabloid: Style) -> None:
    dots = [centre(dot)[0] for dot in drawn("用App的", (Mark(1, 4, DOTS),), book, tabloid)]
    assert len(dots) == 3
    assert dots == sorted(dots)


def test_a_name_has_one_line_a_little_shorter_than_itself(book: Fontbook, tabloid: Style) -> None:
    [first, second] = drawn("张三李四", (Mark(0, 2, NAME), Mark(2, 4, NAME)), book, tabloid)
    assert isinstance(first, Rule)
    assert isinstance(second, Rule)
    short = round(APART_EM * SIZE)
    assert (first.x0, first.x1) == (X + short, X + 2 * SIZE - short)
    assert (second.x0, second.x1) == (X + 2 * SIZE + short, X + 4 * SIZE - short)
    assert first.y0 == first.y1 == second.y0 > Y + 0.12 * SIZE
    assert first.width == tabloid.ornament.line


def test_vertical_lines_have_dots_at_the_right_and_lines_at_the_left(book: Fontbook, tabloid: Style) -> None:
    marks = (Mark(0, 2, NAME), Mark(2, 6, DOTS))
    rule, *dots = drawn("张三要12年", marks, book, tabloid, vertical=True)
    assert isinstance(rule, Rule)
    assert rule.x0 == rule.x1 < X - SIZE / 2
    assert (rule.y0, rule.y1) == (Y + round(APART_EM * SIZE), Y + 2 * SIZE - round(APART_EM * SIZE))
    places = [centre(dot) for dot in dots]
    assert [y for _, y in places] == pytest.approx([Y + SIZE * n / 2 for n in (5, 7, 9)]), "one for what shares an em"
    assert all(x > X + SIZE / 2 for x, _ in places)


def test_a_style_may_leave_either_out(book: Fontbook, tabloid: Style) -> None:
    marks = (Mark(0, 2, NAME), Mark(2, 3, DOTS))
    bare = replace(tabloid, ornament=replace(tabloid.ornament, dot_em=0.0))
    assert [type(op) for op in drawn("张三要", marks, book, bare)] == [Rule]
    bare = replace(tabloid, ornament=replace(tabloid.ornament, line=0))
    assert [type(op) for op in drawn("张三要", marks, book, bare)] == [Shape]


@pytest.mark.parametrize("setting", ["horizontal", "vertical"])
def test_ornaments_of_a_story_are_drawn_and_keep_off_the_text(setting: str, book: Fontbook, tabloid: Style) -> None:
    text = "渡口的石阶有四十七级，涨水时只剩下十一级，摆渡人张三数了三十年"
    text = text if setting == "horizontal" else text[:10]
    start = text.find("张三")
    marks = (Mark(0, 10, DOTS), *((Mark(start, start + 2, NAME),) if start > 0 else ()))
    story = Story(
        id="ferry",
        rank=4,
        headline=RichText("夜航船靠岸"),
        dateline=RichText("本报讯") if setting == "horizontal" else None,
        setting="vertical" if setting == "vertical" else "horizontal",
        body=(Block(BlockKind.PARAGRAPH, RichText(text, marks)),) * 3,
    )
    copy = prepare_copy(story, tabloid, book)
    table = module_table(copy, frame_of(1, tabloid, boxed=False), book, front=False)
    variant = min((one for ways in table.values() for one in ways), key=lambda one: one.cost).variant
    page = Page(id="A02", section="综合", style="tabloid", entries=(Entry(stories=(story,)),))
    issue = Issue(paper="清渡晚报", date="2026-11-22", number="1", region="zh-Hans", masthead=Masthead(), pages=(page,))
    plan = PagePlan(page="A02", modules=(Module(id="ferry", cells=Cells(0, 0, 1, variant.lines), variant=variant),))
    ops = compose(issue, page, tabloid, book, plan, {"ferry": copy}).sheet.ops
    own = [op for op in ops if op.key.story == "ferry" and op.key.part == "body"]
    dots = [op for op in own if isinstance(op, Shape)]
    rules = [op for op in own if isinstance(op, Rule)]
    assert len(dots) == 3 * 10
    assert len(rules) >= 3 * (start > 0)
    gap = tabloid.grid.pitch - tabloid.body.size
    rows = sorted({op.y for op in own if isinstance(op, Glyphs)})
    for op in dots if setting == "horizontal" else ():
        _, y = centre(op)
        row = max(base for base in rows if base < y)
        assert row + 0.12 * tabloid.body.size < y < row + 0.12 * tabloid.body.size + gap


def test_imported_text_is_no_markup() -> None:
    assert plain_markup("甲==乙==丙____丁") == r"甲\==乙\==丙\_\_\__丁"
