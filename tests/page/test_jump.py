"""Jumps: both parts are the story, the turn lies inside a sentence, and the lines that join them name the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.display import Glyphs
from layout.geometry import Cells
from layout.model import Block, BlockKind, Emphasis, Entry, Issue, Mark, Masthead, Page, RichText, Story
from layout.page.compose import compose
from layout.page.copy import prepare_copy
from layout.page.edition import Leave
from layout.page.frame import frame_of
from layout.page.galley import set_galley
from layout.page.jump import (
    LEAST_LINES,
    between_words,
    continuation,
    first_text,
    han_number,
    jump_line,
    may_turn,
    page_name,
    turned,
    turned_table,
    turns,
)
from layout.page.table import capacities
from layout.page.tables import module_table
from layout.plan import Cut, Module, PagePlan

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.page.compose import Composed
    from layout.plan import Variant
    from layout.style import JumpStyle, Style

PHRASES: Final = (
    "渡口的石阶有四十七级，",
    "涨水时只剩11级。",
    "摆渡人老周数了三十年，",
    "船篷的木板上记着PM2.5的读数，",
    "从2024年到2026年水位涨了12.6%；",
    "灯亮到后半夜。",
)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    words = st.lists(st.sampled_from(PHRASES), min_size=6, max_size=14).map(lambda found: "".join(found) + "止。")
    blocks = []
    for number, text in enumerate(draw(st.lists(words, min_size=3, max_size=7))):
        if number and draw(st.integers(0, 3)) == 0:
            blocks.append(Block(BlockKind.SUBHEAD, RichText("石阶四十七级")))
        blocks.append(Block(BlockKind.PARAGRAPH, RichText(text)))
    return Story(
        id="ferry",
        rank=draw(st.sampled_from((1, 2, 3))),
        headline=RichText("夜航船靠岸，摆渡人上灯"),
        jump_head=draw(st.sampled_from((None, RichText("夜航船")))),
        dateline=draw(st.sampled_from((None, RichText("本报讯")))),
        byline=draw(st.sampled_from((None, RichText("记者 何以宁")))),
        tail=draw(st.sampled_from((None, RichText("（据清渡轮船公司）")))),
        body=tuple(blocks),
        jump=draw(st.sampled_from(("auto", "A03"))),
    )


def texts(story: Story) -> str:
    return "".join(block.text.text for block in story.body)


def set_alone(story: Story, variant: Variant, style: Style, book: Fontbook, page: str = "A01") -> Composed:
    """Return a page on which a story stands by itself in its upper left corner."""
    entry = Entry(stories=(story,))
    made = Page(id=page, section="要闻", style="tabloid", entries=(entry,))
    issue = Issue(paper="报", date="2026-11-22", number="1", region="zh-Hans", masthead=Masthead(), pages=(made,))
    module = Module(id=story.id, cells=Cells(0, 0, variant.columns, variant.lines), variant=variant)
    copies = {story.id: prepare_copy(story, style, book)}
    return compose(issue, made, style, book, PagePlan(page=page, modules=(module,)), copies, {story.id: "A03"})


def drawn(composed: Composed, part: str) -> str:
    ops = [op for op in composed.sheet.ops if isinstance(op, Glyphs) and op.key.story != "page"]
    return "".join(op.text for op in ops if op.key.part == part)


def squeezed(text: str) -> str:
    return "".join(text.split())


def lead(story: Story) -> str:
    """Return what is run in before the first paragraph; without a dateline the byline has a line of its own."""
    if not story.dateline:
        return ""
    return story.dateline.text + (f"（{story.byline.text}）" if story.byline else "")


@given(stories(), st.sampled_from((2, 3, 4)))
@settings(max_examples=40)
def test_both_parts_are_the_story(tabloid: Style, book: Fontbook, story: Story, columns: int) -> None:
    copy = prepare_copy(story, tabloid, book)
    table = turned_table(copy, frame_of(columns, tabloid, boxed=False), book, front=False, pinned=True)
    ways = [one.variant for candidates in table.values() for one in candidates]
    for variant in ways[:: max(1, len(ways) // 6)]:
        assert variant.edition is not None
        cut = variant.edition.turn
        assert cut is not None
        rest = continuation(story, cut, "A01", "A03", tabloid.jump)
        assert "".join(first_text(story, cut)) + texts(rest) == texts(story)
        assert len("".join(first_text(story, cut))) >= tabloid.jump.first_least
        assert len(texts(rest)) >= tabloid.jump.rest_least
        assert first_text(story, cut)[-1][-1] not in "。！？；："
        composed = set_alone(story, variant, tabloid, book)
        kinds = [block.kind for block in story.body]
        shown = [text for text, kind in zip(first_text(story, cut), kinds, strict=False) if kind == "paragraph"]
        assert squeezed(drawn(composed, "body")) == squeezed(lead(story) + "".join(shown))
        assert drawn(composed, "jump") == "（下转第3版）"
        assert not composed.overset
        assert not drawn(composed, "tail")
        lines = {op.y for op in composed.sheet.ops if isinstance(op, Glyphs) and op.key.part == "jump"}
        assert len(lines) == 1
        assert variant.blank == variant.over == 0


@given(stories(), st.sampled_from((11, 15, 17, 23)))
@settings(max_examples=40)
def test_turns_leave_lines_on_either_side(tabloid: Style, book: Fontbook, story: Story, characters: int) -> None:
    copy = prepare_copy(story, tabloid, book)
    galley = set_galley(copy, characters * tabloid.em, 12, 45)
    line = jump_line(copy, "（下转第3版）", book)
    for lines, cut in turns(galley).items():
        first = turned(galley, cut, line)
        assert first.natural == lines + 1
        assert first.items[-1].item is line
        [whole] = [item for item in galley.items if item.item.number == cut.block and item.item.kind == "paragraph"]
        part = first.items[-2]
        assert LEAST_LINES <= part.natural <= whole.natural - LEAST_LINES
        for rows, option in part.options.items():
            assert option.breaking is not None
            assert len(option.breaking.ends) == rows


def test_a_second_part_is_an_ordinary_story(tabloid: Style, book: Fontbook) -> None:
    body = tuple(Block(BlockKind.PARAGRAPH, RichText("摆渡人老周数了三十年石阶。" * 12)) for _ in range(3))
    story = Story(
        id="ferry",
        rank=1,
        headline=RichText("夜航船靠岸，摆渡人上灯"),
        kicker=RichText("澄河两岸"),
        dateline=RichText("本报讯"),
        tail=RichText("（方圆）"),
        jump_head=RichText("夜航船靠岸"),
        body=body,
        jump="A03",
        locked=True,
    )
    rest = continuation(story, Cut(2, 20), "A01", "A03", tabloid.jump)
    assert (rest.id, rest.rank, rest.headline.text) == ("ferry#2", tabloid.jump.rank, "夜航船靠岸")
    assert (rest.kicker, rest.dateline, rest.jump, rest.locked) == (None, None, None, True)
    assert rest.tail == story.tail
    copy = prepare_copy(rest, tabloid, book)
    first = copy.items[0]
    assert first.material.shaped.text.startswith("（上接第1版）" + body[1].text.text[20:30])
    assert first.lead == len("（上接第1版）")


def test_a_short_story_stays_whole(tabloid: Style, book: Fontbook) -> None:
    text = RichText("摆渡人老周数了三十年石阶。" * 8)
    story = Story(id="a", rank=3, headline=RichText("题"), body=(Block(BlockKind.PARAGRAPH, text),), jump="A03")
    frame = frame_of(2, tabloid, boxed=False)
    assert turned_table(prepare_copy(story, tabloid, book), frame, book, front=False) == {}
    table = module_table(prepare_copy(story, tabloid, book), frame, book, front=False, leave=Leave(turn=True))
    assert all(one.variant.edition is None for candidates in table.values() for one in candidates)


def test_a_jump_that_is_asked_for_is_made_and_one_that_may_be_costs(tabloid: Style, book: Fontbook) -> None:
    body = (Block(BlockKind.PARAGRAPH, RichText("摆渡人老周数了三十年石阶，" * 20 + "止。")),) * 3
    story = Story(id="a", rank=2, headline=RichText("夜航船靠岸，摆渡人上灯"), body=body, jump="A03")
    frame = frame_of(3, tabloid, boxed=False)

    def table_of(jump: str) -> dict[int, list[tuple[int, bool]]]:
        copy = prepare_copy(replace(story, jump=jump), tabloid, book)
        made = module_table(copy, frame, book, front=False, leave=Leave(turn=True))
        return {
            depth: [(one.cost, one.variant.edition is not None) for one in candidates]
            for depth, candidates in made.items()
        }

    asked, may = table_of("A03"), table_of("auto")
    assert all(jumps for ways in asked.values() for _, jumps in ways)
    assert {jumps for ways in may.values() for _, jumps in ways} == {True, False}
    assert all(cost >= tabloid.weights["jump"] for ways in may.values() for cost, jumps in ways if jumps)


@pytest.mark.parametrize(
    ("target", "here", "numerals", "name"),
    [
        ("A03", "A01", "arabic", "3"),
        ("B01", "A01", "arabic", "B1"),
        ("A12", "A01", "han", "十二"),
        ("A20", "A01", "han", "二十"),
        ("B07", "A01", "han", "B七"),
        ("A03", "A01", "id", "A03"),
        ("3", "1", "arabic", "3"),
        ("副刊", "A01", "arabic", "副刊"),
    ],
)
def test_pages_are_named_as_the_style_wants(
    tabloid: Style, target: str, here: str, numerals: str, name: str
) -> None:
    jump: JumpStyle = replace(tabloid.jump, numerals=numerals)  # type: ignore[arg-type]
    assert page_name(target, here, jump) == name


def test_numbers_in_words() -> None:
    numbers = {1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九", 105: "一〇五"}
    assert {number: han_number(number) for number in numbers} == numbers


@pytest.mark.parametrize("change", [{"setting": "vertical"}, {"head": "left"}, {"jump": None}])
def test_upright_stories_do_not_turn(change: dict[str, object]) -> None:
    story = Story(id="a", rank=2, headline=RichText("题"), jump="auto")
    assert may_turn(story)
    assert not may_turn(replace(story, **change))  # type: ignore[arg-type]


def test_a_first_part_fills_its_legs(tabloid: Style, book: Fontbook) -> None:
    body = (Block(BlockKind.PARAGRAPH, RichText("摆渡人老周数了三十年石阶，" * 14 + "止。")),) * 4
    story = Story(id="ferry", rank=2, headline=RichText("夜航船靠岸，摆渡人上灯"), body=body, jump="A03")
    table = turned_table(prepare_copy(story, tabloid, book), frame_of(3, tabloid, boxed=False), book, front=False)
    depths = sorted(table)
    assert len(depths) > (depths[-1] - depths[0]) * 2 // 3, "a first part has free depth"
    for depth in depths[::4]:
        variant = table[depth][0].variant
        composed = set_alone(story, variant, tabloid, book)
        ops = [op for op in composed.sheet.ops if isinstance(op, Glyphs) and op.key.part in ("body", "jump")]
        rows = {(op.key.part, op.key.paragraph, op.key.line) for op in ops}
        assert len(rows) == sum(capacities(variant)), "every line of the legs is taken, the last by the jump line"
        assert max(op.y for op in ops if op.key.part == "jump") == max(op.y for op in ops)


def test_words_and_emphasis_stay_whole() -> None:
    text = RichText("站长说这块木板该进博物馆", (Mark(3, 7, Emphasis.KAI),))
    story = Story(id="a", rank=2, headline=RichText("题"), body=(Block(BlockKind.PARAGRAPH, text),), names=("木板",))
    clear = [offset for offset in range(1, len(text.text)) if between_words(story, Cut(1, offset))]
    assert clear == [2, 3, 7, 8, 9]
