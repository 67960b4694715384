"""The breaker: nothing lost or forbidden, every line exactly as wide as its measure, never worse than brute force."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.text.justify import DEMERITS, LOOSEST_EM, Material, prepare
from layout.text.linebreak import PENALTY_UNIT, RUNT, break_paragraph, line_fit
from layout.text.linebreak import _last_line as last_line_price
from layout.text.punctuation import NOT_AT_END, NOT_AT_START
from layout.text.setting import set_paragraph
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape

if TYPE_CHECKING:
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


SHORT = st.lists(
    st.sampled_from([*"天地玄黄宇宙洪荒日月盈昃", "，", "。", "“好”", "25年", "7%"]), min_size=4, max_size=22
).map("".join)


@settings(max_examples=120, deadline=None)
@given(text=SHORT, characters=st.sampled_from((5, 6, 7)))
def test_total_fit_is_never_worse_than_brute_force(text: str, characters: int, book: Fontbook, tabloid: Style) -> None:
    made = material(text, book, tabloid)
    n = len(made)
    measure = characters * SIZE
    places = [index for index in range(1, n) if made.shaped.penalties[index] is not None]
    if len(places) > 14:
        places = places[:14]
    found = break_paragraph(made, lambda _line: measure, spread=30)
    for count, breaking in found.items():
        if count - 1 > 4:
            continue
        best = min(
            (
                total
                for cuts in combinations(places, count - 1)
                if (total := _price(made, [0, *cuts, n], measure)) is not None
            ),
            default=None,
        )
        if best is not None:
            assert breaking.demerits <= best


def _price(made: Material, ends: list[int], measure: int) -> int | None:
    total = 0
    for start, end in pairwise(ends):
        last = end == len(made)
        fit = line_fit(made, start, end, measure, last=last)
        gaps = made.han_gaps[end] - made.han_gaps[start + 1]
        if fit.demerits >= DEMERITS.no_gap or fit.han > gaps * LOOSEST_EM * SIZE:
            return None  # the search takes such lines only where there is no other way
        total += fit.demerits
        if last:
            total += last_line_price(made, start, made.width(start, end))
        else:
            total += (made.shaped.penalties[end] or 0) * PENALTY_UNIT
    return total


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
