"""Column filling: exact, cheapest, and never against the rules where legs turn."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from layout.model import Block, BlockKind, RichText, Story
from layout.page.copy import prepare_copy
from layout.page.galley import FORBIDDEN, SHORT_TURN_EM, STRANDED, fill, pour, set_galley
from layout.text.setting import set_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.fontbook import Fontbook
    from layout.page.galley import Filled, Galley, GalleyItem, Option
    from layout.style import Style

PHRASES: Final = (
    "渡口的石阶有四十七级，",
    "涨水时只剩11级。",
    "摆渡人老周数了三十年，",
    "“一笔一画，从不间断。”",
    "船篷的木板上记着PM2.5的读数，",
    "每年汛期",
    "从2024年到2026年，",
    "水位涨了12.6%；",
    "澄河航道管理处说，",
    "下月起改走老船坞。",
    "《渡口志》里没有这一笔",
    "——",
    "他说，",
    "灯亮到后半夜。",
    "好。",
)

WIDOW, ORPHAN = 40, 12


def paragraphs() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(PHRASES), min_size=1, max_size=14).map(lambda words: "".join(words) + "止。")


@st.composite
def stories(draw: st.DrawFn, most: int = 8) -> Story:
    """Draw a story: paragraphs with subheads between them, now and then a byline, a dateline or a tail."""
    texts = draw(st.lists(paragraphs(), min_size=1, max_size=most))
    blocks = []
    for number, text in enumerate(texts):
        if number and draw(st.integers(0, 3)) == 0:
            blocks.append(Block(BlockKind.SUBHEAD, RichText(draw(st.sampled_from(["石阶四十七级", "灯"])))))
        blocks.append(Block(BlockKind.PARAGRAPH, RichText(text)))
    tails = (None, RichText("（方圆）"), RichText("（据清渡轮船公司）"))
    return Story(
        id="ferry",
        rank=draw(st.sampled_from((2, 3))),
        headline=RichText("夜航船靠岸，摆渡人上灯"),
        dateline=draw(st.sampled_from((None, RichText("本报讯")))),
        byline=draw(st.sampled_from((None, RichText("记者 何以宁 许牧")))),
        tail=draw(st.sampled_from(tails)),
        body=tuple(blocks),
    )


def galley_of(story: Story, characters: int, style: Style, book: Fontbook) -> Galley:
    copy = prepare_copy(story, style, book)
    return set_galley(copy, characters * style.em, style.weights["tight"], style.weights["loose"])


def legs_of(total: int, count: int) -> tuple[int, ...]:
    """Return uneven legs: the first is the deepest, as under a picture over the others."""
    rest = total // count
    first = total - rest * (count - 1)
    return (first, *(rest,) * (count - 1))


@settings(max_examples=40, deadline=None)
@given(story=stories(), characters=st.integers(8, 26))
def test_every_option_sets_the_whole_item_in_as_many_lines_as_it_says(
    book: Fontbook, tabloid: Style, story: Story, characters: int
) -> None:
    galley = galley_of(story, characters, tabloid, book)
    for item in galley.items:
        material = item.item.material
        for count, option in item.options.items():
            if option.breaking is None:
                assert (item.tail, count) == (True, 0)
                continue
            ends = option.breaking.ends
            assert sorted(set(ends)) == list(ends)
            assert ends[-1] == len(material)
            texts = [material.shaped.slice_text(start, end) for start, end in itertools.pairwise((0, *ends))]
            assert "".join(texts) == material.shaped.text.lstrip()
            blank = item.item.lines - 1 if item.item.kind == "subhead" else 0
            assert count == len(ends) + blank
            if count != item.natural:
                assert not list(overfull(item, option, galley.measure)), "a line taken away runs over its leg's edge"
        assert item.natural in item.options


def overfull(item: GalleyItem, option: Option, measure: int) -> Iterator[int]:
    """Yield the lines of an option that are wider than their measure."""
    assert option.breaking is not None
    material, align = item.item.material, item.item.align
    for line, (start, end) in enumerate(itertools.pairwise((0, *option.breaking.ends))):
        width = measure - (0 if line else item.item.indent)
        if set_line(material, start, end, width, last=end == len(material), align=align).width > width:
            yield line


@settings(max_examples=60, deadline=None)
@given(story=stories(), characters=st.integers(9, 20), count=st.integers(1, 5), data=st.data())
def test_what_is_filled_holds_every_line_and_breaks_no_rule(
    book: Fontbook, tabloid: Style, story: Story, characters: int, count: int, data: st.DataObject
) -> None:
    galley = galley_of(story, characters, tabloid, book)
    total = data.draw(st.sampled_from(sorted(galley.totals)))
    legs = legs_of(total, count)
    filled = fill(galley, legs, WIDOW, ORPHAN)
    if filled is None:
        return
    assert sum(filled.lines) == sum(legs)
    turns = list(itertools.accumulate(legs))
    for item, start, end, lines in walk(galley, filled):
        assert lines in item.options
        inside = [turn for turn in turns[:-1] if start < turn < end]
        if item.item.kind == "subhead":
            assert not [turn for turn in turns[:-1] if start < turn <= end], "a subhead stands at a leg's foot"
        elif item.item.kind != "paragraph":
            assert not inside


def walk(galley: Galley, filled: Filled) -> Iterator[tuple[GalleyItem, int, int, int]]:
    """Yield every item with the lines it begins and ends at, and their number."""
    place = 0
    for item, lines in zip(galley.items, filled.lines, strict=True):
        yield item, place, place + lines, lines
        place += lines


def price(galley: Galley, counts: tuple[int, ...], legs: tuple[int, ...]) -> int:
    """Return what a setting costs, priced anew from the rules as they are written down."""
    turns = list(itertools.accumulate(legs))[:-1]
    total = place = 0
    before = ""
    for item, lines in zip(galley.items, counts, strict=True):
        option = item.options[lines]
        start, end, kind = place, place + lines, item.item.kind
        total += option.cost
        for turn in turns:
            if kind == "subhead" and start < turn <= end:
                return FORBIDDEN
            if kind == "subhead" or not start < turn < end:
                continue
            if kind != "paragraph":
                return FORBIDDEN
            if turn == start + 1:
                total += STRANDED if before == "subhead" else ORPHAN
            if turn == end - 1:
                assert option.breaking is not None
                short = option.breaking.last_width < SHORT_TURN_EM * item.item.text_style.size
                total += 3 * WIDOW if short else WIDOW
        place, before = end, kind
    return total if place == sum(legs) else FORBIDDEN


@settings(max_examples=60, deadline=None)
@given(story=stories(most=5), characters=st.integers(9, 17), count=st.integers(1, 4), data=st.data())
def test_no_setting_is_cheaper(
    book: Fontbook, tabloid: Style, story: Story, characters: int, count: int, data: st.DataObject
) -> None:
    """Against all combinations of line counts."""
    galley = galley_of(story, characters, tabloid, book)
    total = data.draw(st.sampled_from(sorted(galley.totals)))
    legs = legs_of(total, count)
    ways = itertools.product(*(sorted(item.options) for item in galley.items))
    best = min(price(galley, counts, legs) for counts in ways if sum(counts) == total)
    filled = fill(galley, legs, WIDOW, ORPHAN)
    if best >= FORBIDDEN:
        assert filled is None
    else:
        assert filled is not None
        assert filled.cost == best == price(galley, filled.lines, legs)


def test_a_lone_character_stands_on_a_line_only_where_no_line_count_avoids_it(book: Fontbook, tabloid: Style) -> None:
    """So it can be turned over to a leg's head only then: lengths of all remainders, in all usual measures."""
    for characters, length in itertools.product((9, 11, 13, 17), range(20, 46)):
        text = ("渡口的石阶有四十七级涨水时只剩十一级摆渡人老周数了三十年" * 2)[:length] + "。"
        story = Story(
            id="ferry", rank=3, headline=RichText("夜航船"), body=(Block(BlockKind.PARAGRAPH, RichText(text)),)
        )
        [item] = galley_of(story, characters, tabloid, book).items
        lasts = {count: option.breaking.last_width for count, option in item.options.items() if option.breaking}
        lone = [count for count, width in lasts.items() if width < 2 * tabloid.em]
        assert not lone or set(lone) == set(item.options), (characters, length)


def test_text_that_does_not_close_is_poured_at_its_natural_length(book: Fontbook, tabloid: Style) -> None:
    story = Story(
        id="ferry",
        rank=3,
        headline=RichText("夜航船"),
        body=tuple(Block(BlockKind.PARAGRAPH, RichText("渡口的石阶有四十七级，" * 6 + "止。")) for _ in range(3)),
    )
    galley = galley_of(story, 11, tabloid, book)
    for room in (galley.natural - 5, galley.natural, galley.natural + 5):
        poured = pour(galley, room)
        assert sum(poured.lines) == galley.natural
        assert poured.lines == tuple(item.natural for item in galley.items)
        assert poured.cost == abs(galley.natural - room)


def test_a_tail_too_long_for_a_line_takes_the_lines_it_needs(book: Fontbook, tabloid: Style) -> None:
    story = Story(
        id="ferry",
        rank=3,
        headline=RichText("夜航船"),
        body=(Block(BlockKind.PARAGRAPH, RichText("渡口的石阶有四十七级。")),),
        tail=RichText("（据清渡轮船公司、澄河航道管理处、清渡市气象台）"),
    )
    galley = galley_of(story, 11, tabloid, book)
    tail = galley.items[-1]
    assert not tail.tail
    assert set(tail.options) == {tail.natural}
    assert tail.natural > 1
    assert pour(galley, 4).lines[-1] == tail.natural
