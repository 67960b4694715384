"""Inserts in stories: what is measured is what is set, and every word of them is printed once."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.display import Glyphs, Outline, Rule
from layout.geometry import Cells
from layout.model import BlockKind, Entry, Issue, Masthead, Page, RichText, Story, Table
from layout.page.compose import compose
from layout.page.copy import prepare_copy
from layout.page.form import FormMatter
from layout.page.frame import frame_of
from layout.page.galley import fill, set_galley
from layout.page.panel import AIR, LEAST_ROWS, parts_of
from layout.page.table import story_table, stretches
from layout.page.tabular import Tabular, prepare_table
from layout.plan import Module, PagePlan
from layout.reading.source import Sources
from layout.reading.story import read_body

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.model import Block
    from layout.page.compose import Composed
    from layout.plan import Variant
    from layout.style import Style

PLAIN: Final = "渡口的石阶有四十七级，摆渡人老周数了三十年，船篷的木板上记着读数，灯亮到后半夜。"

WEATHER: Final = """\
```table 一周天气
| 日期 | 天气 | 最高 | 最低 |
|------|------|-----:|-----:|
| 周一 | 小雨 | 9 | 3.5 |
| 周二 | 阴 | 11.5 | 4 |
| 周三 | 多云 | 12 | −1.5 |
| 周四 | 晴 | 8.5 | — |
| 周五 | 晴 | 7 | 0 |
```
"""


def body_of(text: str) -> tuple[Block, ...]:
    sources = Sources(Path())
    blocks = read_body(text.split("\n"), 1, "a.md", sources)
    assert not sources.findings
    return blocks


def story_of(text: str) -> Story:
    return Story(id="river", rank=2, headline=RichText("夜航船靠岸，摆渡人上灯"), body=body_of(text))


def around(insert: str, before: int, after: int) -> str:
    return "\n\n".join([*[PLAIN * 2] * before, insert, *[PLAIN * 2] * after])


def set_alone(story: Story, variant: Variant, style: Style, book: Fontbook) -> Composed:
    made = Page(id="A02", section="要闻", style="tabloid", entries=(Entry(stories=(story,)),))
    issue = Issue(paper="报", date="2026-11-22", number="1", region="zh-Hans", masthead=Masthead(), pages=(made,))
    module = Module(id=story.id, cells=Cells(0, 0, variant.columns, variant.lines), variant=variant)
    copies = {story.id: prepare_copy(story, style, book)}
    return compose(issue, made, style, book, PagePlan(page="A02", modules=(module,)), copies)


def glyphs(composed: Composed, part: str) -> list[Glyphs]:
    return [op for op in composed.sheet.ops if isinstance(op, Glyphs) and op.key.part == part]


def words(text: str) -> str:
    return "".join(text.split())


rows = st.lists(
    st.tuples(
        st.text("渡口石阶灯船夜雨晴阴", min_size=1, max_size=9),
        st.decimals(-999, 9999, places=1).map(str),
        st.integers(0, 99999).map(str),
    ),
    min_size=1,
    max_size=14,
)


def markdown(cells: list[tuple[str, str, str]]) -> str:
    return "\n".join(["| 地点 | 水位 | 人次 |", "|---|---|---|", *("| " + " | ".join(row) + " |" for row in cells)])


@given(rows, st.integers(1, 5), st.integers(1, 5), st.sampled_from((2, 3)))
@settings(max_examples=20)
def test_a_table_is_set_as_it_was_measured(
    tabloid: Style, book: Fontbook, cells: list[tuple[str, str, str]], before: int, after: int, columns: int
) -> None:
    story = story_of(around(markdown(cells), before, after))
    table = next(block for block in story.body if block.kind is BlockKind.TABLE)
    shapes = story_table(prepare_copy(story, tabloid, book), frame_of(columns, tabloid, boxed=False), book, front=False)
    ways = [one.variant for found in shapes.values() for one in found if not one.variant.over and not one.variant.blank]
    assert ways
    for variant in ways[:: max(1, len(ways) // 4)]:
        composed = set_alone(story, variant, tabloid, book)
        assert not composed.overset
        printed = glyphs(composed, "table")
        head = "地点水位人次"
        again = sum(op.text == "地点" for op in printed) - 1
        assert again in (0, 1, 2)
        assert sorted("".join(words(op.text) for op in printed)) == sorted(words(table.text.text) + again * head)
        body = {(op.key.paragraph, op.key.line) for op in glyphs(composed, "body")}
        rules = [op for op in composed.sheet.ops if isinstance(op, Rule) and op.width == tabloid.table.rule]
        assert len(rules) == 2 * (again + 1)
        lines = len({(round((op.x - rules[0].x0) / 10**7), op.y) for op in printed})
        assert len(body) + AIR * (again + 1) + lines <= sum(run.lines for run in stretches(variant))
        grid = {(op.y - tabloid.sheet.top) % tabloid.grid.pitch for op in printed if op.size == tabloid.table.text.size}
        assert len(grid) == 1


@given(rows, st.integers(100_000, 250_000))
def test_a_panel_divides_only_into_whole_rows(
    tabloid: Style, book: Fontbook, cells: list[tuple[str, str, str]], measure: int
) -> None:
    (block,) = body_of(markdown(cells))
    assert isinstance(block.insert, Table)
    panel = prepare_table(block.insert, tabloid, book, "zh-Hans").at(measure)
    assert panel.depth == AIR + sum(band.lines for band in (*panel.head, *panel.bands))
    whole = parts_of(panel, (panel.depth,))
    assert whole == ((*panel.head, *panel.bands),)
    assert parts_of(panel, (panel.depth + 1,)) is None
    assert parts_of(panel, (panel.depth - 1,)) is None
    total = panel.depth + panel.again
    for first in range(1, total):
        parts = parts_of(panel, (first, total - first))
        if parts is None:
            continue
        assert panel.depths[1] == total
        assert [sum(band.lines for band in part) + AIR for part in parts] == [first, total - first]
        assert all(len(part) >= LEAST_ROWS + len(panel.head) for part in parts)
        assert (*parts[0], *parts[1][len(panel.head) :]) == (*panel.head, *panel.bands)


def test_numbers_stand_on_their_point(tabloid: Style, book: Fontbook) -> None:
    story = story_of(WEATHER)
    (block,) = story.body
    assert isinstance(block.insert, Table)
    panel = prepare_table(block.insert, tabloid, book, "zh-Hans").at(180_000)
    points = []
    for band in panel.bands:
        cell = band.cells[3]
        text = cell.material.shaped.text
        if text == "—":
            assert cell.align == "right"
            continue
        shaped = cell.material.shaped
        at = shaped.texts[0].index(".") if "." in text else -1
        reach = shaped.offsets[0][at] if at >= 0 else cell.material.width(0, len(cell.material))
        points.append(cell.left + cell.shift + reach)
    assert len(points) == 4
    assert max(points) - min(points) < 100


def test_columns_neither_overlap_nor_leave_the_measure(tabloid: Style, book: Fontbook) -> None:
    (block,) = body_of(markdown([("渡口石阶灯船夜雨" * 2, "12.5", "300"), ("灯", "−1", "12")]))
    assert isinstance(block.insert, Table)
    matter = prepare_table(block.insert, tabloid, book, "zh-Hans")
    for measure in range(95_000, 260_000, 9_500):
        panel = matter.at(measure)
        assert not panel.needed
        for band in (*panel.head, *panel.bands):
            edges = [(cell.left + cell.shift, cell.left + cell.shift + cell.width) for cell in band.cells]
            assert edges[-1][1] <= measure
            assert all(before[1] <= after[0] for before, after in pairwise(edges))


def test_a_measure_without_room_for_the_numbers_is_reported(tabloid: Style, book: Fontbook) -> None:
    wide = "\n".join(["|" + "年|" * 9, "|" + "-|" * 9, "|" + "123456.78|" * 9])
    story = story_of(around(wide, 1, 1))
    shapes = story_table(prepare_copy(story, tabloid, book), frame_of(2, tabloid, boxed=False), book, front=False)
    variant = next(one.variant for found in shapes.values() for one in found)
    composed = set_alone(story, variant, tabloid, book)
    assert "E214" in {item.code for item in composed.findings}
    said = next(item for item in composed.findings if item.code == "E214")
    assert said.span is not None
    assert said.span.line == 3


FORMS: Final = ("box 怎么坐船", "note", "correction", "obituary", "notice 停航公告")


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_set_whole_in_its_frame(tabloid: Style, book: Fontbook, name: str) -> None:
    story = story_of(around(f"```{name}\n{PLAIN}\n\n{PLAIN}\n```", 4, 5))
    shapes = story_table(prepare_copy(story, tabloid, book), frame_of(3, tabloid, boxed=False), book, front=False)
    ways = [one.variant for found in shapes.values() for one in found if not one.variant.over and not one.variant.blank]
    assert len({variant.lines for variant in ways}) >= 3
    for variant in ways[::5]:
        composed = set_alone(story, variant, tabloid, book)
        printed = glyphs(composed, "form")
        text = "".join(words(op.text) for op in printed)
        assert text.endswith(PLAIN * 2)
        assert text != PLAIN * 2, "its title stands over it"
        assert {op.key.line for op in printed} == set(range(max(op.key.line for op in printed) + 1))
        frames = [op for op in composed.sheet.ops if isinstance(op, Outline) and op.key.part == "form"]
        for frame in frames:
            assert all(frame.rect.x < op.x < frame.rect.x + frame.rect.width for op in printed)
            assert all(frame.rect.y < op.y < frame.rect.y + frame.rect.height for op in printed)
        assert bool(frames) == (name != "note")
        for op in glyphs(composed, "body"):
            for rect in (frame.rect for frame in frames if frame.rect.x <= op.x < frame.rect.x + 100):
                assert not rect.y < op.y < rect.y + rect.height


@given(st.integers(1, 6), st.integers(1, 4), st.booleans())
@settings(max_examples=10)
def test_items_hang_from_their_signs(tabloid: Style, book: Fontbook, count: int, times: int, numbered: bool) -> None:  # noqa: FBT001 - drawn
    signs = [f"{number}." if numbered and count > 1 else "-" for number in range(1, count + 1)]
    story = story_of(around("\n".join(f"{sign} {PLAIN * times}" for sign in signs), 1, 1))
    assert [block.sign for block in story.body if block.kind is BlockKind.ITEM] == signs
    galley = set_galley(prepare_copy(story, tabloid, book), 14 * tabloid.em, 60, 60)
    assert fill(galley, (galley.natural,), 100, 100) is not None
    shapes = story_table(prepare_copy(story, tabloid, book), frame_of(2, tabloid, boxed=False), book, front=False)
    variant = next(one.variant for found in shapes.values() for one in found if not one.variant.over)
    composed = set_alone(story, variant, tabloid, book)
    assert [words(op.text) for op in glyphs(composed, "sign")] == [
        tabloid.listing.bullet if sign == "-" else sign for sign in signs
    ]
    for sign in glyphs(composed, "sign"):
        first = next(
            op for op in glyphs(composed, "body") if (op.key.paragraph, op.key.line) == (sign.key.paragraph, 0)
        )
        assert first.y == sign.y
        assert first.x - sign.x >= tabloid.em


def test_a_box_moves_to_where_it_stands_whole(tabloid: Style, book: Fontbook) -> None:
    copy = prepare_copy(story_of(around(f"```box\n{PLAIN * 3}\n```", 4, 5)), tabloid, book)
    galley = set_galley(copy, 14 * tabloid.em, 60, 60)
    written = [item.item.number for item in galley.items]
    total, depth = galley.natural, galley.items[4].natural
    first = sum(item.natural for item in galley.items[:4]) + depth // 2
    filled = fill(galley, (first, total - first), 100, 100)
    assert filled is not None
    stood = [item.item.number for item in filled.items]
    assert stood != written
    assert [number for number in stood if number != 5] == [number for number in written if number != 5]
    assert stood[0] == 1
    start = sum(filled.lines[: stood.index(5)])
    assert not start < first < start + depth
    whole = fill(galley, (total,), 100, 100)
    assert whole is not None
    assert [item.item.number for item in whole.items] == written


def test_an_insert_before_the_first_paragraph_leaves_the_dateline_to_it(tabloid: Style, book: Fontbook) -> None:
    story = Story(
        id="river",
        rank=2,
        headline=RichText("夜航船靠岸"),
        dateline=RichText("本报讯"),
        body=body_of("```note\n按语。\n```\n\n正文。"),
    )
    items = prepare_copy(story, tabloid, book).items
    assert [item.kind for item in items] == ["insert", "paragraph"]
    assert items[1].material.shaped.text.startswith("本报讯")
    assert isinstance(items[0].matter, FormMatter)
    assert not isinstance(items[0].matter, Tabular)
