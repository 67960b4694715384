"""Pull quotes: inserts of whole lines in the middle of a leg, in stories that offer them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.display import Glyphs, Rule
from layout.geometry import Cells
from layout.model import Block, BlockKind, Entry, Issue, Masthead, Page, Photo, RichText, Story
from layout.page.compose import compose
from layout.page.copy import prepare_copy
from layout.page.frame import frame_of
from layout.page.quote import LEAST_BESIDE, quotes_of, spoken
from layout.page.table import capacities, rooms_of, story_table, stretches
from layout.plan import Module, PagePlan

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.page.compose import Composed
    from layout.plan import Variant
    from layout.style import Style

SAID: Final = "“涨水时只剩11级，我夜里也要去看一看。”"
PLAIN: Final = "渡口的石阶有四十七级，摆渡人老周数了三十年，船篷的木板上记着读数，灯亮到后半夜。"


def story_of(paragraphs: int, *, photo: bool = False, **change: object) -> Story:
    blocks = [Block(BlockKind.PARAGRAPH, RichText(PLAIN * 3 + "他说：" + SAID)) for _ in range(paragraphs)]
    picture = Photo(file="ferry.jpg", pixels=(2400, 1600))
    story = Story(
        id="ferry",
        rank=2,
        headline=RichText("夜航船靠岸，摆渡人上灯"),
        body=tuple(blocks),
        photos=(picture,) if photo else (),
        quotes_found=True,
    )
    return replace(story, **change)  # type: ignore[arg-type]


def set_alone(story: Story, variant: Variant, style: Style, book: Fontbook) -> Composed:
    made = Page(id="A02", section="要闻", style="tabloid", entries=(Entry(stories=(story,)),))
    issue = Issue(paper="报", date="2026-11-22", number="1", region="zh-Hans", masthead=Masthead(), pages=(made,))
    module = Module(id=story.id, cells=Cells(0, 0, variant.columns, variant.lines), variant=variant)
    copies = {story.id: prepare_copy(story, style, book)}
    return compose(issue, made, style, book, PagePlan(page="A02", modules=(module,)), copies)


@given(st.integers(2, 7), st.sampled_from((2, 3)), st.booleans())
@settings(max_examples=25)
def test_a_quote_stands_clear_in_its_leg(
    tabloid: Style, book: Fontbook, paragraphs: int, columns: int, photo: bool  # noqa: FBT001 - drawn
) -> None:
    story = story_of(paragraphs, photo=photo)
    table = story_table(prepare_copy(story, tabloid, book), frame_of(columns, tabloid, boxed=False), book, front=False)
    ways = [one for candidates in table.values() for one in candidates if one.variant.quote is not None]
    for candidate in ways[:: max(1, len(ways) // 5)]:
        variant = candidate.variant
        place = variant.quote
        assert place is not None
        assert candidate.cost >= tabloid.weights["pull_quote"]
        room = rooms_of(variant)[place.leg]
        assert place.offset >= LEAST_BESIDE
        assert room - place.offset - place.depth >= LEAST_BESIDE
        assert sum(run.lines for run in stretches(variant)) == sum(capacities(variant))
        assert sum(capacities(variant)) == sum(rooms_of(variant)) - place.depth
        composed = set_alone(story, variant, tabloid, book)
        assert not composed.overset
        quote = [op for op in composed.sheet.ops if isinstance(op, Glyphs) and op.key.part == "quote"]
        assert "".join("".join(op.text.split()) for op in quote) == SAID
        body = [op for op in composed.sheet.ops if isinstance(op, Glyphs) and op.key.part == "body"]
        assert len({(op.key.paragraph, op.key.line) for op in body}) == sum(capacities(variant))
        rules = sorted(
            (op for op in composed.sheet.ops if isinstance(op, Rule) and op.key.part == "quote"), key=lambda op: op.y0
        )
        assert len(rules) == 2
        upper, lower = rules[0].y0 - tabloid.photo.clear, rules[1].y0 + tabloid.body.size
        beside = [op for op in body if rules[0].x0 <= op.x < rules[0].x1]
        assert not [op for op in beside if upper < op.y < lower]


def test_quotes_are_whole_sentences_that_somebody_says(tabloid: Style) -> None:
    text = f"牌子上写着“47级”，他说：{SAID}又说“走”。"
    story = story_of(1, body=(Block(BlockKind.PARAGRAPH, RichText(text)),))
    assert [quote.text for quote in spoken(story, tabloid)] == [SAID]


@pytest.mark.parametrize("change", [{"quotes_found": False}, {"locked": True}, {"setting": "vertical"}])
def test_a_story_that_does_not_offer_quotes_has_none(tabloid: Style, change: dict[str, object]) -> None:
    assert quotes_of(story_of(2), tabloid)
    assert quotes_of(replace(story_of(2), **change), tabloid) == ()  # type: ignore[arg-type]


def test_a_list_of_quotes_comes_before_those_found(tabloid: Style) -> None:
    own = (RichText("灯亮到后半夜"),)
    assert quotes_of(story_of(2, quotes=own), tabloid) == own
