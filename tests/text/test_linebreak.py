"""The breaker: nothing lost or forbidden, every line exactly as wide as its measure, never worse than brute force."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from layout.text import linebreak
from layout.text.justify import DEMERITS, LOOSEST_EM, STEPS, Material, prepare, tightness
from layout.text.linebreak import PENALTY_UNIT, RUNT, break_paragraph, line_fit
from layout.text.linebreak import _last_line as last_line_price
from layout.text.punctuation import NOT_AT_END, NOT_AT_START
from layout.text.setting import set_paragraph
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.fontbook import Fontbook
    from layout.style import Style

SIZE = 9500
MEASURES = (11, 13, 17, 20)

PIECES = st.sampled_from(
    [
        *"的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所",
        *"，，。、；：？！",
        "“引用”",
        "《书名》",
        "（括注）",
        "‘单引’",
        "——",
        "……",
        "2026年",
        "12.6%",
        "1,200",
        "5G",
        "AI",
        "PM2.5",
        "36℃",
        "2024—2026年",
        "9:00—17:30",
        "km/h",
        "约翰·史密斯",
        "App",
    ],
)
TEXTS = st.lists(PIECES, min_size=1, max_size=60).map("".join)


def material(text: str, book: Fontbook, style: Style) -> Material:
    return prepare(shape(text, ShapeStyle("song", SIZE, "zh-Hans", "gb"), book), style.composition)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, characters=st.sampled_from(MEASURES))
def test_nothing_is_lost_and_every_line_fills_its_measure(
    text: str, characters: int, book: Fontbook, tabloid: Style
) -> None:
    made = material(text, book, tabloid)
    measure = characters * SIZE
    for count, breaking in break_paragraph(made, lambda _line: measure).items():
        lines = list(set_paragraph(made, breaking, lambda _line: measure))
        assert len(lines) == count == breaking.lines
        assert "".join(made.shaped.slice_text(line.start, line.end) for line in lines) == text
        for line in lines[:-1]:
            gaps = made.han_gaps[line.end] - made.han_gaps[line.start + 1]
            assert line.width <= measure + SIZE // 2 or line.end - line.start == 1
            if gaps:
                assert line.width == measure or line.demerits >= 5_000_000
            assert all(left <= right for left, right in pairwise(line.xs))


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, characters=st.sampled_from(MEASURES))
def test_no_line_begins_or_ends_with_what_it_must_not(
    text: str, characters: int, book: Fontbook, tabloid: Style
) -> None:
    made = material(text, book, tabloid)
    measure = characters * SIZE
    for breaking in break_paragraph(made, lambda _line: measure).values():
        for end in breaking.ends[:-1]:
            start = made.shaped.starts[end]
            assert made.shaped.penalties[end] is not None
            first = text[start : start + 2] if text[start] in "—…" else text[start]
            assert first not in NOT_AT_START["gb"]
            assert text[start - 1] not in NOT_AT_END["gb"] - {"/"}  # between long Latin words / is a joint


# --- brute force ---------------------------------------------------------------------------------------------------

SHORT = st.lists(
    st.sampled_from([*"天地玄黄宇宙洪荒日月盈昃", "，", "，", "。", "、", "“好”", "（甲）", "25年", "7%", "A座", " "]),
    min_size=4,
    max_size=26,
).map("".join)
OPPORTUNITIES = 24


class Way(NamedTuple):
    """A sequence of breaks: the ends of its lines, its sum of demerits, and what its neighbours differ in."""

    ends: tuple[int, ...]
    demerits: int
    unevenness: int


class Exhaustive:
    """Every sequence of breaks whose lines the search may take: all of them, none left out for being dear."""

    def __init__(self, made: Material, measure: int) -> None:
        self.made, self.measure, self.size = made, measure, len(made)
        penalties = made.shaped.penalties
        self.places = [index for index in range(1, self.size) if penalties[index] is not None]

    def ways(self) -> list[Way]:
        return [self._weighed(ends) for ends in self._sequences(0)]

    def _sequences(self, start: int) -> Iterator[tuple[int, ...]]:
        for end in [place for place in self.places if place > start] + [self.size]:
            if self._price(start, end) is None:
                continue
            if end == self.size:
                yield (end,)
            else:
                yield from ((end, *rest) for rest in self._sequences(end))

    @cache  # noqa: B019 - of one example
    def _price(self, start: int, end: int) -> int | None:
        """Return the price of a line; None where it is overfull or opens beyond the limit."""
        made, last = self.made, end == self.size
        fitted = line_fit(made, start, end, self.measure, last=last)
        gaps = made.han_gaps[end] - made.han_gaps[start + 1]
        if fitted.demerits >= DEMERITS.no_gap or fitted.han > gaps * round(LOOSEST_EM * SIZE):
            return None
        if last:
            return fitted.demerits + last_line_price(made, start, made.width(start, end))
        return fitted.demerits + (made.shaped.penalties[end] or 0) * PENALTY_UNIT

    def _weighed(self, ends: tuple[int, ...]) -> Way:
        lines = list(pairwise((0, *ends)))
        prices = [self._price(start, end) for start, end in lines]
        kinds = [
            tightness(self.made, start, end, line_fit(self.made, start, end, self.measure, last=False))
            for start, end in lines[:-1]
        ]
        marked = [(one, two) for one, two in pairwise(kinds) if one is not None and two is not None]
        uneven = sum(linebreak.UNEVEN * abs(one - two) // STEPS for one, two in marked)
        return Way(ends, sum(price for price in prices if price is not None), uneven)


@settings(max_examples=400, deadline=None)
@example(text="，荒月。洪，洪地洪，盈昃，地，玄宙、", characters=6, uneven=linebreak.UNEVEN)  # evenness costs something
@example(text="日黄。月昃，洪，玄月荒，日黄洪洪日，昃天天", characters=9, uneven=linebreak.UNEVEN)
@given(text=SHORT, characters=st.sampled_from((5, 6, 7, 9)), uneven=st.sampled_from((linebreak.UNEVEN, 3000)))
def test_total_fit_is_never_worse_than_brute_force(
    text: str, characters: int, uneven: int, book: Fontbook, tabloid: Style
) -> None:
    made = material(text, book, tabloid)
    brute = Exhaustive(made, characters * SIZE)
    assume(len(made) and len(brute.places) <= OPPORTUNITIES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linebreak, "UNEVEN", uneven)  # a high price makes evenness decide in short texts too
        ways = brute.ways()
        assume(ways)
        found = break_paragraph(made, lambda _line: characters * SIZE, spread=OPPORTUNITIES)
    assert set(found) == {len(way.ends) for way in ways}
    plain = min(found.values(), key=lambda one: (one.demerits, one.lines))
    assert plain.demerits == min(way.demerits + way.unevenness for way in ways)
    for count, breaking in found.items():
        mine = next(way for way in ways if way.ends == breaking.ends)
        assert breaking.demerits == mine.demerits + mine.unevenness
        if breaking is not plain:
            assert mine.demerits == min(way.demerits for way in ways if len(way.ends) == count)


def lone(line: str) -> bool:
    """Tell whether a line is one character, or one and Chinese marks."""
    return len(re.sub("[，。、“”（） ]", "", line)) <= 1


@settings(max_examples=400, deadline=None)
@given(text=SHORT, characters=st.sampled_from((5, 6, 7, 9)))
def test_a_lone_character_ends_a_paragraph_only_where_nothing_avoids_it(
    text: str, characters: int, book: Fontbook, tabloid: Style
) -> None:
    made = material(text, book, tabloid)
    brute = Exhaustive(made, characters * SIZE)
    assume(len(made) and len(brute.places) <= OPPORTUNITIES)
    ways = brute.ways()
    assume(ways)
    found = break_paragraph(made, lambda _line: characters * SIZE)
    chosen = min(found.values(), key=lambda one: (one.demerits, one.lines))
    if len(chosen.ends) > 1 and lone(made.shaped.slice_text(chosen.ends[-2], len(made))):
        for way in ways:
            assert len(way.ends) > 1
            assert lone(made.shaped.slice_text(way.ends[-2], len(made))), way


def test_a_lone_character_that_nothing_avoids_ends_its_paragraph(book: Fontbook, tabloid: Style) -> None:
    made = material("甲乙丙丁戊己", book, tabloid)
    brute = Exhaustive(made, 5 * SIZE)
    assert brute.ways()
    assert all(lone(made.shaped.slice_text(way.ends[-2], len(made))) for way in brute.ways() if len(way.ends) == 2)


def test_a_lone_character_never_ends_a_paragraph_when_it_can_be_avoided(book: Fontbook, tabloid: Style) -> None:
    made = material("春江潮水连海平海上明月共潮生滟滟随波千万里何。", book, tabloid)
    best = min(one.demerits for one in break_paragraph(made, lambda _line: 11 * SIZE).values())
    assert best < RUNT


def test_every_reachable_line_count_is_offered(book: Fontbook, tabloid: Style) -> None:
    text = "市民说，这里过去是码头，现在是公园，早上来，晚上也来，“一天两趟”，走得舒服，看得高兴，住得安心。" * 3
    found = break_paragraph(material(text, book, tabloid), lambda _line: 13 * SIZE)
    counts = sorted(found)
    assert len(counts) >= 2
    assert counts == list(range(counts[0], counts[-1] + 1))


def test_widths_may_change_line_by_line(book: Fontbook, tabloid: Style) -> None:
    made = material("图片旁边的文字绕着走，前四行窄，后面的行回到整栏宽，这样的排法报纸上天天都有。" * 2, book, tabloid)

    def width(line: int) -> int:
        return (7 if line < 4 else 13) * SIZE

    best = min(break_paragraph(made, width).values(), key=lambda one: one.demerits)
    lines = list(set_paragraph(made, best, width))
    assert [line.width for line in lines[:4]] == [7 * SIZE] * 4
    assert all(line.width == 13 * SIZE for line in lines[4:-1])


@pytest.mark.parametrize(
    ("text", "face"),
    [
        ("“", "song"),
        ("—", "song"),
        ("…", "song"),
        ("·", "song"),
        ("A", "song"),
        ("9", "song"),
        ("℃", "song"),
    ],
)
def test_marks_in_chinese_come_from_the_han_face(text: str, face: str, book: Fontbook) -> None:
    shaped = shape(f"中{text}文", ShapeStyle("song", SIZE, "zh-Hans", "gb"), book)
    assert shaped.faces[1] == face


def test_a_pair_of_dashes_is_one_piece_of_two_em(book: Fontbook) -> None:
    for role in ("song", "kai", "hei"):
        shaped = shape("他说——好", ShapeStyle(role, SIZE, "zh-Hans", "gb"), book)
        dash = [index for index in range(len(shaped)) if "—" in "".join(shaped.texts[index])]
        assert sum(shaped.body[index] for index in dash) == 2 * SIZE
        assert all(shaped.penalties[index] is None for index in dash[1:])
