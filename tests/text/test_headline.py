"""Headlines as they are set: breaks, sizes, fill, squeezing, kicker and deck."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from layout.model import RichText, Story
from layout.text.headline import band_for, deck_height, fit_heads

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.style import HeadBand, Style
    from layout.text.headline import Head, SetText

OWN: Final = Path(__file__).with_name("headlines.txt")
SHARED: Final = Path(__file__).resolve().parents[3] / "shared" / "headlines" / "headlines.txt"
PLACES: Final = ((2, 2), (3, 2), (4, 1))
BAD_MOST: Final = 0.02
"""Breaks inside a phrase are allowed in this share of headlines."""


def story(headline: str, rank: int = 2, kicker: str = "", deck: str = "") -> Story:
    return Story(
        id="one",
        rank=rank,
        headline=RichText(headline),
        kicker=RichText(kicker) if kicker else None,
        deck=RichText(deck) if deck else None,
    )


def band_of(style: Style, columns: int, rank: int) -> HeadBand:
    band = band_for(style.heads, rank, columns, front=False)
    assert band is not None
    return band


def heads_of(one: Story, columns: int, style: Style, book: Fontbook) -> tuple[Head, ...]:
    return fit_heads(one, style.span_width(columns), band_of(style, columns, one.rank), style, book)


def best(headline: str, columns: int, style: Style, book: Fontbook, rank: int = 2) -> Head:
    return heads_of(story(headline, rank), columns, style, book)[0]


def lines_of(text: SetText) -> list[str]:
    return [text.material.shaped.slice_text(start, end).strip("\u3000 ") for start, end in text.lines]


def marked(path: Path) -> list[tuple[str, set[int]]]:
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    made = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            parts = line.split("|")
            made.append(("".join(parts), {sum(map(len, parts[:number])) for number in range(1, len(parts))}))
    return made


# --- all marked headlines --------------------------------------------------------------------------


@pytest.mark.parametrize(("columns", "rank"), PLACES)
@pytest.mark.parametrize("path", [OWN, SHARED], ids=["own", "shared"])
def test_marked_headlines(path: Path, columns: int, rank: int, tabloid: Style, book: Fontbook) -> None:
    band, width = band_of(tabloid, columns, rank), tabloid.span_width(columns)
    bad, headlines = [], marked(path)
    for text, allowed in headlines:
        head = heads_of(story(text, rank), columns, tabloid, book)[0]
        starts = head.main.material.shaped.starts
        if any(starts[start] not in allowed for start, _ in head.main.lines[1:]):
            bad.append(" / ".join(head.breaks))
        assert max(head.main.widths) <= round(tabloid.heads.fill_most * width)
        assert len(head.main.lines) <= band.max_lines
        if head.main.size < band.sizes[1]:
            assert head.fill >= 0.895, head.breaks
    assert len(bad) <= BAD_MOST * len(headlines), bad


# --- sizes and lines -------------------------------------------------------------------------------


def test_heads_are_ordered_and_differ(tabloid: Style, book: Fontbook) -> None:
    heads = heads_of(story("稻田里办起运动会　三千农民赛插秧"), 2, tabloid, book)
    assert [head.cost for head in heads] == sorted(head.cost for head in heads)
    assert len({(len(head.main.lines), head.depth) for head in heads}) == len(heads)
    assert all(head.main.size % tabloid.heads.step == 0 for head in heads)


@pytest.mark.parametrize("columns", [2, 3])
def test_widths_are_those_of_the_set_lines(columns: int, tabloid: Style, book: Fontbook) -> None:
    for head in heads_of(story("渡口旁的老茶馆，每晚留一盏灯等夜航人"), columns, tabloid, book):
        main = head.main
        for (start, end), width in zip(main.lines, main.widths, strict=True):
            natural = main.material.width(start, end) + main.tracking * (end - start - 1)
            assert abs(natural * main.scale // 1000 - width) < 60
        assert head.fill == max(main.widths) / tabloid.span_width(columns)


def test_a_pause_wins_over_a_larger_size(tabloid: Style, book: Fontbook) -> None:
    assert lines_of(best("渔火照渡口　钟声过江来", 4, tabloid, book, 1).main) in (
        ["渔火照渡口", "钟声过江来"],
        ["渔火照渡口　钟声过江来"],
    )
    assert lines_of(best("村小夜校重开课　山里灯火照书声", 4, tabloid, book, 1).main) == [
        "村小夜校重开课",
        "山里灯火照书声",
    ]


def test_a_head_a_little_too_long_is_tracked_then_narrowed(tabloid: Style, book: Fontbook) -> None:
    width, band = tabloid.span_width(2), band_of(tabloid, 2, 2)
    one_line = replace(band, max_lines=1)
    squeezed = {}
    for text in ("老街夜市重开张了", "老街夜市今晚重开张", "老街夜市今晚都重开张", "老街夜市从今晚起都重开张"):
        head = fit_heads(story(text), width, one_line, tabloid, book)[0]
        squeezed[len(text)] = (head.main.size >= band.sizes[0], head.main.tracking < 0, head.main.scale < 1000)
        assert head.main.tracking >= round(tabloid.heads.tracking_least * head.main.size)
        assert head.main.scale >= round(1000 * tabloid.heads.scale_least)
        assert head.fill <= tabloid.heads.fill_most + 0.001
    assert squeezed[8] == (True, False, False)
    assert squeezed[10] == (True, True, False)
    assert squeezed[12] == (False, True, True) or squeezed[12][0] is False


def test_three_lines_stand_only_where_two_do_not_do(tabloid: Style, book: Fontbook) -> None:
    text = "清渡港集装箱吞吐量连续三年增长　远洋航线增至二十一条"
    assert len(best(text, 2, tabloid, book).main.lines) == 3
    assert len(best(text, 3, tabloid, book).main.lines) == 2


def test_the_author_s_break_wins(tabloid: Style, book: Fontbook) -> None:
    for columns in (2, 3):
        for head in heads_of(story("一盏灯 / 照亮半条街的夜归人"), columns, tabloid, book):
            assert lines_of(head.main) == ["一盏灯", "照亮半条街的夜归人"]


def test_more_author_s_breaks_than_lines_of_the_band(tabloid: Style, book: Fontbook) -> None:
    head = best("一盏灯 / 两条街 / 三代人", 4, tabloid, book, 1)
    assert lines_of(head.main) == ["一盏灯", "两条街", "三代人"]


@pytest.mark.parametrize("text", ["“" + "灯" * 40 + "”", "甲", "Internationalisierung" * 3])
def test_a_headline_that_cannot_break_is_set_smaller(text: str, tabloid: Style, book: Fontbook) -> None:
    for columns, rank in PLACES:
        head = best(text, columns, tabloid, book, rank)
        assert head.breaks == tuple(head.breaks)
        assert 0 < max(head.main.widths) <= round(tabloid.heads.fill_most * tabloid.span_width(columns))


def test_the_same_headline_gives_the_same_heads(tabloid: Style, book: Fontbook) -> None:
    one = story("江畔书店不打烊　守店人与夜读者", kicker="城市夜读", deck="三百平方米里，收着一座城的安静")
    assert heads_of(one, 3, tabloid, book) == heads_of(one, 3, tabloid, book)


# --- kicker and deck -------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [2, 3])
def test_a_deck_breaks_between_phrases(columns: int, tabloid: Style, book: Fontbook) -> None:
    one = story("地铁3号线明起试运行", deck="新增6座车站，跑图三个月后接受安全评估")
    for head in heads_of(one, columns, tabloid, book):
        assert head.deck is not None
        assert lines_of(head.deck) in (
            ["新增6座车站，", "跑图三个月后接受安全评估"],
            ["新增6座车站，跑图三个月后接受安全评估"],
        )


def test_kicker_and_deck_keep_their_shares(tabloid: Style, book: Fontbook) -> None:
    styled = tabloid.heads
    one = story("老船坞涨了“文艺潮”", kicker="从船台到舞台", deck="六座旧厂房变成剧场和画室")
    for head in heads_of(one, 3, tabloid, book):
        assert head.kicker is not None
        assert head.deck is not None
        for small, share in ((head.kicker, styled.kicker_share), (head.deck, styled.deck_share)):
            assert styled.small_least <= small.size <= max(styled.small_least, round(share[1] * head.main.size))
            assert max(small.widths) <= round(styled.fill_most * tabloid.span_width(3))
        parts = head.kicker.size + styled.kicker_gap + styled.deck_gap + deck_height(head.deck, styled)
        gaps = (len(head.main.lines) - 1) * round(styled.line_gap * head.main.size)
        assert head.height == parts + len(head.main.lines) * head.main.size + gaps
        assert head.depth == -(-(styled.above + head.height + styled.below) // tabloid.grid.pitch)


def test_a_long_kicker_takes_a_second_line_rather_than_tiny_type(tabloid: Style, book: Fontbook) -> None:
    one = story("老街新灯", kicker="清渡市西门老街历史文化街区保护修缮二期工程昨日通过竣工验收")
    head = heads_of(one, 2, tabloid, book)[0]
    assert head.kicker is not None
    assert len(head.kicker.lines) == 2
    assert max(head.kicker.widths) <= round(tabloid.heads.fill_most * tabloid.span_width(2))
