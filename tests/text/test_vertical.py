"""Vertical lines: how every kind of character stands, what it takes of the line, and that nothing gets lost."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.fontbook import Face, Fontbook, glyph_box
from layout.model import RichText, Story
from layout.text.headline import band_for
from layout.text.justify import DEMERITS, prepare
from layout.text.linebreak import break_paragraph
from layout.text.orientation import orientation
from layout.text.punctuation import MANDATORY
from layout.text.setting import set_paragraph
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape
from layout.text.sidehead import BLANK_LEAST, SPACED_MOST, fit_side_heads, set_columns
from layout.text.vertical import ASCENT, MIDDLE, VerticalShaped, shape_vertical

if TYPE_CHECKING:
    from layout.model import Region
    from layout.style import Style
    from layout.text.shaping import Shaped

ROOT = Path(__file__).resolve().parents[2]
UNIDATA = Path("/usr/share/unicode/VerticalOrientation.txt")
"""Where Debian's package unicode-data puts the file."""

SIZE = 10_000
FACES = ("song", "song-bold", "song-black", "hei", "hei-black", "kai")


def shaped(text: str, book: Fontbook, role: str = "song", region: Region = "zh-Hans") -> VerticalShaped:
    return shape_vertical(text, ShapeStyle(role, SIZE, region, "gb"), book)


def stances(text: str, book: Fontbook) -> list[tuple[str, str]]:
    made = shaped(text, book)
    return [("".join(texts), stance) for texts, stance in zip(made.texts, made.stances, strict=True)]


def ink(made: VerticalShaped, index: int, book: Fontbook) -> tuple[float, float, float, float]:
    """The ink of a single upright glyph: left and right from the middle of the line, head and foot from its body."""
    left, bottom, right, top = glyph_box(book.faces[made.faces[index]], made.gids[index][0])
    x, origin = made.across[index][0], made.shift[index]
    em = SIZE / 1000
    return x + left * em, x + right * em, origin - top * em, origin - bottom * em


# --- orientation


def test_table_is_what_its_tool_makes() -> None:
    if not UNIDATA.is_file():
        pytest.skip("VerticalOrientation.txt of unicode-data is not here")
    spec = importlib.util.spec_from_file_location("tool", ROOT / "tests" / "tools" / "build_vertical_table.py")
    assert spec is not None
    assert spec.loader is not None
    tool: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    made = tool.module_text(UNIDATA.read_text(encoding="utf-8"))
    assert made == (ROOT / "layout" / "text" / "_vertical_table.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("chars", "expected"),
    [
        ("渡あア한①％‰℃№⁇‼・／", "U"),  # UAX #50
        ("A7é-/", "R"),
        ("、。，．！？ぁゃ", "Tu"),
        ("（）《》「」『』【】〈〉～〜ー", "Tr"),
        ("—…–", "R"),
        ("\U00020000\U0003ffff\ue000", "URU"),
    ],
)
def test_orientation_is_the_annex_s(chars: str, expected: str) -> None:
    got = [orientation(char, "ja") for char in chars]
    assert got == (list(expected) if len(expected) == len(chars) > 2 else [expected] * len(chars))


@pytest.mark.parametrize(
    ("char", "chinese", "annex"), [("：", "Tu", "Tr"), ("；", "Tu", "Tr"), ("·", "U", "R"), ("‧", "U", "R")]
)
def test_chinese_overrides_the_annex(char: str, chinese: str, annex: str) -> None:
    assert [orientation(char, region) for region in ("zh-Hans", "zh-TW", "zh-HK")] == [chinese] * 3
    assert orientation(char, "ja") == annex


@pytest.mark.parametrize("role", FACES)
@pytest.mark.parametrize("char", "，。、")
def test_stops_stand_in_the_upper_right(char: str, role: str, book: Fontbook) -> None:
    made = shaped(f"渡{char}", book, role)
    left, right, head, foot = ink(made, 1, book)
    assert made.stances[1] == "upright"
    assert 0 < left < right <= SIZE / 2
    assert 0 <= head < foot <= SIZE / 2
    assert (made.body[1], made.left[1], made.right[1]) == (SIZE // 2, 0, SIZE // 2)


@pytest.mark.parametrize("role", FACES)
@pytest.mark.parametrize("char", "：；？！")
def test_other_stops_stand_on_a_whole_em(char: str, role: str, book: Fontbook) -> None:
    made = shaped(f"渡{char}", book, role)
    assert made.stances[1] == "upright"
    assert (made.body[1], made.left[1], made.right[1]) == (SIZE, 0, 0)
    left, right, head, foot = ink(made, 1, book)
    assert -SIZE / 2 <= left < right <= SIZE / 2
    assert -0.1 * SIZE <= head < foot <= 1.1 * SIZE


@pytest.mark.parametrize("role", FACES)
@pytest.mark.parametrize("pair", ["（）", "《》", "「」", "『』", "“”", "‘’", "〈〉", "【】"])
def test_brackets_lie_and_take_half_an_em(pair: str, role: str, book: Fontbook) -> None:
    made = shaped(f"{pair[0]}渡{pair[1]}", book, role)
    assert made.stances == ("upright", "upright", "upright")
    flat = shape(pair[0], ShapeStyle(role, SIZE, "zh-Hans", "gb"), book)
    assert made.gids[0] != flat.gids[0]
    assert (made.body[0], made.left[0], made.right[0]) == (SIZE // 2, SIZE // 2, 0)
    assert (made.body[2], made.left[2], made.right[2]) == (SIZE // 2, 0, SIZE // 2)
    for index in (0, 2):
        left, right, head, foot = ink(made, index, book)
        assert -SIZE / 2 <= left < right <= SIZE / 2
        assert -100 <= head < foot <= SIZE / 2 + 100, "the ink lies in the body"


@pytest.mark.parametrize("role", ["song", "hei", "kai"])
@pytest.mark.parametrize("char", "·・")
def test_interpuncts_stand_in_the_middle_of_half_an_em(char: str, role: str, book: Fontbook) -> None:
    made = shaped(f"约翰{char}史密斯", book, role)
    index = 2
    assert (made.stances[index], made.body[index]) == ("upright", SIZE // 2)
    left, right, head, foot = ink(made, index, book)
    assert (left + right) / 2 == pytest.approx(0, abs=0.06 * SIZE)
    assert (head + foot) / 2 == pytest.approx(SIZE / 4, abs=0.06 * SIZE)


@pytest.mark.parametrize("role", ["song", "hei", "kai"])
@pytest.mark.parametrize("unit", ["——", "……"])
def test_pairs_run_down_two_em(unit: str, role: str, book: Fontbook) -> None:
    made = shaped(f"渡{unit}口", book, role)
    assert made.texts[1][0] == unit
    assert (made.stances[1], made.body[1]) == ("upright", 2 * SIZE)
    assert made.penalties[2] is not None
    boxes = [glyph_box(book.faces[made.faces[1]], gid) for gid in made.gids[1]]
    heads = [made.shift[1] + down - box[3] * SIZE / 1000 for down, box in zip(made.offsets[1], boxes, strict=True)]
    feet = [made.shift[1] + down - box[1] * SIZE / 1000 for down, box in zip(made.offsets[1], boxes, strict=True)]
    assert max(feet) - min(heads) > 1.7 * SIZE
    assert all(box[3] - box[1] > 3 * (box[2] - box[0]) for box in boxes)


def test_quotes_become_corners_and_stay_quotes(book: Fontbook) -> None:
    made = shaped("“外‘内’外”", book)
    corners = shaped("『外「内」外』", book)
    assert made.gids == corners.gids
    assert made.body == corners.body
    assert "".join(texts[0] for texts in made.texts) == "“外‘内’外”"
    elsewhere = shaped("“外‘内’外”", book, region="zh-TW")
    assert elsewhere.gids == shaped("「外『内』外」", book, region="zh-TW").gids


def test_quotes_of_latin_lie_with_it(book: Fontbook) -> None:
    assert stances("It’s “fine”", book) == [("It’s", "sideways"), ("“fine”", "sideways")]


# --- digits and letters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5月", [("5", "upright"), ("月", "upright")]),
        ("A角", [("A", "upright"), ("角", "upright")]),
        ("11月", [("11", "together"), ("月", "upright")]),
        ("365天", [("365", "together"), ("天", "upright")]),
        ("2026年", [("2026", "sideways"), ("年", "upright")]),
        ("12.6%", [("12.6%", "sideways")]),
        ("36℃", [("36", "together"), ("℃", "upright")]),
        ("8%", [("8", "upright"), ("%", "upright")]),
        ("12%", [("12", "together"), ("%", "upright")]),
        ("12％", [("12", "together"), ("％", "upright")]),
        ("5G", [("5G", "together")]),
        ("G20", [("G20", "together")]),
        ("GDP", [("G", "upright"), ("D", "upright"), ("P", "upright")]),
        ("App", [("App", "sideways")]),
        ("PM2.5", [("PM2.5", "sideways")]),
        ("9:00", [("9:00", "sideways")]),
        ("1,200", [("1,200", "sideways")]),
        ("¥50", [("¥50", "sideways")]),
        ("3—5", [("3", "upright"), ("—", "upright"), ("5", "upright")]),
        ("App Store 5", [("App", "sideways"), ("Store", "sideways"), ("5", "sideways")]),
    ],
)
def test_digits_and_letters(text: str, expected: list[tuple[str, str]], book: Fontbook) -> None:
    assert stances(text, book) == expected


@pytest.mark.parametrize("text", ["11", "88", "365", "5G", "G20"])
@pytest.mark.parametrize("role", ["song", "hei", "kai"])
def test_what_stands_together_takes_one_em(text: str, role: str, book: Fontbook) -> None:
    made = shaped(f"第{text}届", book, role)
    assert len(made) == 3
    assert (made.body[1], made.left[1], made.right[1], made.han[1]) == (SIZE, 0, 0, True)
    assert made.shift[1] == SIZE * ASCENT // 1000
    assert made.offsets[1] == (0,) * len(text)
    scale = made.scales[1] / 1000
    face = book.faces[made.faces[1]]
    boxes = [glyph_box(face, gid) for gid in made.gids[1]]
    left = made.across[1][0] + boxes[0][0] * SIZE / 1000 * scale
    right = made.across[1][-1] + boxes[-1][2] * SIZE / 1000 * scale
    assert -SIZE / 2 <= left < right <= SIZE / 2
    assert left + right == pytest.approx(0, abs=0.12 * SIZE), "in the middle of the line"
    assert made.across[1] == tuple(sorted(made.across[1]))


def test_what_stands_is_set_solid_and_what_lies_is_not(book: Fontbook, tabloid: Style) -> None:
    for text, gaps in (("第11届", 0), ("有GDP的", 0), ("从2026年", 2)):
        made = shaped(text, book)
        material = prepare(made, tabloid.composition)
        spare = material.width(0, len(made)) - sum(made.body)
        assert spare == gaps * round(tabloid.composition.han_latin_em * SIZE)


def test_what_lies_has_its_middle_on_the_line_s(book: Fontbook) -> None:
    made, flat = shaped("2026", book), shape("2026", ShapeStyle("song", SIZE, "zh-Hans", "gb"), book)
    assert made.across == ((-SIZE * MIDDLE // 1000,) * 4,)
    assert (made.gids, made.offsets, made.body) == (flat.gids, flat.offsets, flat.body)


def test_no_break_inside_a_number(book: Fontbook) -> None:
    made = shaped("气温36℃，增12%，GDP与5G", book)
    inside = [made.penalties[index] for index, texts in enumerate(made.texts) if texts[0] in "℃%DP"]
    assert inside == [None] * 4


def test_a_number_keeps_the_role_and_the_space_of_its_place(book: Fontbook) -> None:
    made = shape_vertical("第 12%届", ShapeStyle("song", SIZE, "zh-Hans", "gb"), book, ((2, 5, "hei"),))
    assert made.faces == ("song", "hei", "hei", "song")
    assert [space.word for space in made.spaces] == [0, 1, 0, 0]
    assert made.starts == (0, 2, 4, 5)


# --- the whole


PIECES = st.sampled_from(
    [*"的一是在不了渡口水船灯", *"，。、：；？！", "“引”", "‘引’", "《书》", "（注）", "——", "……", "5", "11", "365",
     "2026", "12.6%", "36℃", "GDP", "G20", "App", "App Store 5", "约翰·史密斯", "km/h", " ", "\u3000", "𠮷", "é"],
)  # fmt: skip


def places(made: Shaped) -> set[int]:
    """The offsets before which a line may break."""
    return {start for start, penalty in zip(made.starts, made.penalties, strict=True) if penalty is not None}


@settings(max_examples=150, deadline=None)
@given(text=st.lists(PIECES, min_size=1, max_size=40).map("".join), characters=st.sampled_from((7, 11, 20)))
def test_nothing_is_lost_and_every_line_fills_its_length(
    text: str, characters: int, book: Fontbook, tabloid: Style
) -> None:
    made = shaped(text, book)
    flat = shape(text, ShapeStyle("song", SIZE, "zh-Hans", "gb"), book)
    assert "".join("".join(texts) for texts in made.texts) == "".join(text.split())
    assert made.missing == flat.missing
    assert list(made.starts) == sorted(made.starts)
    for index in range(len(made)):
        assert len(made.gids[index]) == len(made.offsets[index]) == len(made.across[index]) == len(made.texts[index])
        assert made.slice_text(index, index + 1).startswith("".join(made.texts[index]))
    assert places(made) == places(flat), "lines break where horizontal ones may"
    assert MANDATORY not in made.penalties
    material = prepare(made, tabloid.composition)
    ways = break_paragraph(material, lambda _line: characters * SIZE)
    if not ways:
        assert not text.strip()
        return
    best = min(ways.values(), key=lambda way: way.demerits)
    lines = list(set_paragraph(material, best, lambda _line: characters * SIZE))
    assert "".join(made.slice_text(line.start, line.end) for line in lines).split() == text.split()
    for line in lines:
        assert list(line.xs) == sorted(line.xs)
        if not line.last and line.demerits < DEMERITS.no_gap:
            assert line.width == characters * SIZE


# --- faces that lack what vertical lines need


@pytest.fixture(scope="module")
def poor(book: Fontbook, tmp_path_factory: pytest.TempPathFactory) -> Fontbook:
    """A face without `vert`, without presentation forms (HarfBuzz takes those instead) and vertical metrics."""
    from fontTools.ttLib import TTFont

    path = tmp_path_factory.mktemp("poor") / "poor.ttf"
    with TTFont(book.faces["kai"].path) as font:
        for tag in ("GSUB", "GPOS", "vhea", "vmtx"):
            del font[tag]
        for table in font["cmap"].tables:
            for code in [*range(0xFE10, 0xFE20), *range(0xFE30, 0xFE50)]:
                getattr(table, "cmap", {}).pop(code, None)
        font.save(path)
    face = Face(id="poor", path=path)
    return Fontbook(faces={"poor": face}, roles={"poor": ("poor",)})


def test_a_face_without_vertical_forms_turns_what_has_to_turn(poor: Fontbook) -> None:
    made = shaped("（渡）——…", poor, "poor")
    assert made.stances == ("sideways", "upright", "sideways", "sideways", "sideways")
    assert made.texts[3] == ("——", "")
    flat = shape("（渡）——…", ShapeStyle("poor", SIZE, "zh-Hans", "gb"), poor)
    assert (made.body, made.left, made.right, made.gids) == (flat.body, flat.left, flat.right, flat.gids)


def test_a_face_without_vertical_forms_moves_its_stops(poor: Fontbook) -> None:
    made = shaped("渡。，", poor, "poor")
    for index in (1, 2):
        left, right, head, foot = ink(made, index, poor)
        assert 0 < left < right <= SIZE / 2
        assert -0.1 * SIZE <= head < foot <= SIZE / 2


def test_a_face_without_vertical_metrics_is_centred_on_the_em(poor: Fontbook) -> None:
    made = shaped("渡口5", poor, "poor")
    assert made.body == (SIZE,) * 3
    assert made.across[:2] == ((-SIZE // 2,),) * 2
    assert made.shift == (SIZE * ASCENT // 1000,) * 3
    left, right, _, _ = ink(made, 2, poor)
    assert left + right == pytest.approx(0, abs=0.06 * SIZE)


# --- vertical heads


def story(headline: str, **more: Any) -> Story:  # noqa: ANN401 - fields of a story
    return Story(id="ferry", rank=3, headline=RichText(headline), head="right", **more)


@pytest.mark.parametrize("lines", [14, 18, 24, 30, 40])
def test_a_head_is_as_long_as_its_text_is_deep(lines: int, book: Fontbook, tabloid: Style) -> None:
    depth = lines * tabloid.grid.pitch
    band = band_for(tabloid.heads, 3, 2, front=False)
    assert band is not None
    found = fit_side_heads(story("摆渡人今日收篙上岸"), depth, 6 * tabloid.em, band, tabloid, book)
    assert found
    for head in found:
        main = head.main
        assert main.size % tabloid.heads.step == 0
        assert 0.8 * band.sizes[0] <= main.size <= band.sizes[1]
        assert max(main.lengths) + 2 * BLANK_LEAST * main.size <= depth
        assert 0 <= main.tracking <= SPACED_MOST * main.size
        assert head.width <= 6 * tabloid.em
        material = set_columns(RichText("摆渡人今日收篙上岸"), main, story("摆渡人今日收篙上岸"), tabloid, book)
        measured = [material.width(start, end) + main.tracking * (end - start - 1) for start, end in main.lines]
        assert list(main.lengths) == pytest.approx(measured, abs=10)
        if main.size < band.sizes[1] and not main.tracking:
            step = tabloid.heads.step
            larger = max(main.lengths) * (main.size + step) / main.size + 2 * BLANK_LEAST * (main.size + step)
            wider = head.width + len(main.lines) * step
            assert larger > depth or wider > 6 * tabloid.em, "the largest size that fits"


def test_the_author_s_break_is_taken_and_phrases_stay_whole(book: Fontbook, tabloid: Style) -> None:
    band = band_for(tabloid.heads, 3, 2, front=False)
    assert band is not None
    asked = fit_side_heads(story("老周摆渡30年 / 今日收篙"), 250_000, 80_000, band, tabloid, book)
    assert {len(head.main.lines) for head in asked} == {2}
    text = set_columns(RichText("老周摆渡30年 / 今日收篙"), asked[0].main, story("老"), tabloid, book)
    assert [text.shaped.slice_text(*line) for line in asked[0].main.lines] == ["老周摆渡30年", "今日收篙"]
    free = fit_side_heads(story("清渡新桥合龙 两岸同庆"), 170_000, 80_000, band, tabloid, book)
    broken = next(head.main for head in free if len(head.main.lines) == 2)
    text = set_columns(RichText("清渡新桥合龙 两岸同庆"), broken, story("清"), tabloid, book)
    assert [text.shaped.slice_text(*line).strip() for line in broken.lines] == ["清渡新桥合龙", "两岸同庆"]


def test_a_head_that_cannot_stand_there_is_not_offered(book: Fontbook, tabloid: Style) -> None:
    band = band_for(tabloid.heads, 3, 2, front=False)
    assert band is not None
    assert fit_side_heads(story("摆渡人今日收篙上岸" * 3), 60_000, 80_000, band, tabloid, book) == ()
    assert fit_side_heads(story("摆渡人"), 200_000, band.sizes[0] // 2, band, tabloid, book) == ()


def test_kicker_and_deck_have_their_share_of_the_size(book: Fontbook, tabloid: Style) -> None:
    band = band_for(tabloid.heads, 2, 3, front=False)
    assert band is not None
    asked = story("新桥昨日合龙", kicker=RichText("历时36个月"), deck=RichText("明年5月通车"))
    heads = tabloid.heads
    for head in fit_side_heads(asked, 360_000, 150_000, band, tabloid, book):
        assert head.kicker is not None
        assert head.deck is not None
        for part, share in ((head.kicker, heads.kicker_share), (head.deck, heads.deck_share)):
            assert share[0] * head.main.size - heads.step <= part.size <= share[1] * head.main.size
        widths = head.main.width + head.kicker.width + head.deck.width
        assert head.width == widths + heads.kicker_gap + heads.deck_gap
    longer = replace(asked, deck=RichText("明年5月通车后两岸车程由40分钟缩至5分钟，渡口将改建为水上公园与码头博物馆"))
    for head in fit_side_heads(longer, 250_000, 150_000, band, tabloid, book):
        assert head.deck is not None
        assert max(head.deck.lengths) <= 250_000
        assert len(head.deck.lines) == 2
