"""Inline marks on the page: superiors and inferiors, words that no line can hold, word spaces, captions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.display import Glyphs
from layout.geometry import Cells
from layout.model import Block, BlockKind, Emphasis, Entry, Issue, Mark, Masthead, Origin, Page, Photo, RichText, Story
from layout.page.compose import compose
from layout.page.copy import prepare_copy
from layout.page.frame import frame_of
from layout.page.insert import set_caption
from layout.page.legs import divide
from layout.page.table import story_table
from layout.plan import Module, PagePlan
from layout.text.justify import prepare
from layout.text.linebreak import break_paragraph
from layout.text.punctuation import PENALTIES
from layout.text.setting import set_line
from layout.text.shaping import FORCED_EM, Raised, shape
from layout.text.shaping import Style as ShapeStyle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.diagnostics import Diagnostic
    from layout.fontbook import Fontbook
    from layout.model import Region
    from layout.style import Style
    from layout.text.justify import Material

WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
LATIN = (
    "The ferry leaves at six and the lamp on the landing is lit an hour before that because the steps are wet "
    "and the river does not wait for anybody who has overslept on a winter morning. "
)


def body(text: str, *marks: Mark) -> Block:
    return Block(BlockKind.PARAGRAPH, RichText(text, marks, Origin("stories/one.md", ((0, 7, 1),))))


def composed(
    story: Story, book: Fontbook, style: Style, columns: int = 2
) -> tuple[list[Glyphs], tuple[Diagnostic, ...]]:
    """Return the glyphs and findings of a page with one story in its cheapest setting."""
    copy = prepare_copy(story, style, book)
    table = story_table(copy, frame_of(columns, style, boxed=False), book, front=False, pinned=True)
    best = min((one for options in table.values() for one in options), key=lambda one: one.cost)
    page = Page(id="A02", section="", style="tabloid", entries=(Entry(stories=(story,)),))
    issue = Issue(
        paper="清渡晚报", date="2026-11-22", number="1", region=story.region, masthead=Masthead(), pages=(page,)
    )
    module = Module(id=story.id, cells=Cells(0, 0, columns, best.variant.lines), variant=best.variant)
    made = compose(issue, page, style, book, PagePlan(page="A02", modules=(module,)), {story.id: copy})
    return [op for op in made.sheet.ops if isinstance(op, Glyphs) and op.key.story == story.id], made.findings


def material(text: str, book: Fontbook, style: Style, *raised: Raised, region: Region = "zh-Hans") -> Material:
    shaped = shape(text, ShapeStyle("song", style.em, region, "gb"), book, (), (), raised)
    return prepare(shaped, style.composition)


def test_superiors_and_inferiors_stand_off_the_baseline_in_smaller_type(book: Fontbook, tabloid: Style) -> None:
    text = "面积二百m2，排放CO2减少，注一。"
    marks = (
        Mark(5, 6, Emphasis.SUPERIOR),
        Mark(11, 12, Emphasis.INFERIOR),
        Mark(16, 17, Emphasis.SUPERIOR),
    )
    story = Story(id="one", rank=3, headline=RichText("标题标题"), body=(body(text, *marks), body("第二段。" * 9)))
    glyphs, _ = composed(story, book, tabloid)
    small = round(tabloid.composition.script_em * tabloid.em)
    lines = {
        (run.key.paragraph, run.key.line): run.y for run in glyphs if run.key.part == "body" and run.size == tabloid.em
    }
    found = [
        ("".join(run.texts), run.y - lines[(run.key.paragraph, run.key.line)]) for run in glyphs if run.size == small
    ]
    up, down = (
        round(share * tabloid.em) for share in (tabloid.composition.superior_em, tabloid.composition.inferior_em)
    )
    assert found == [("2", -up), ("2", down), ("一", -up)]


@given(before=st.sampled_from(["米", "m", "5", "”", "a b"]), many=st.integers(1, 30))
def test_a_superior_keeps_to_what_it_stands_on(before: str, many: int, book: Fontbook, tabloid: Style) -> None:
    text = "江" * many + before + "12" + "水" * 12
    place = many + len(before)
    small = round(0.65 * tabloid.em)
    made = material(text, book, tabloid, Raised(place, place + 2, small, 3000))
    (raised,) = made.shaped.raised
    assert "".join(made.shaped.texts[raised.start]) in ("1", "12")
    assert made.natural[raised.start + 1] == made.natural[raised.start]
    for breaking in break_paragraph(made, lambda _: 11 * tabloid.em).values():
        assert raised.start not in breaking.ends


def test_a_word_no_line_can_hold_is_broken_and_that_is_said(book: Fontbook, tabloid: Style) -> None:
    text = f"村名{WORD}很长，" + "渡口的石阶有四十七级。" * 6
    story = Story(id="one", rank=4, headline=RichText("标题标题"), body=(body(text),))
    glyphs, findings = composed(story, book, tabloid, columns=1)
    said = [item for item in findings if item.code == "W411"]
    assert said
    assert all(dict(item.values)["text"] == WORD for item in said)
    assert said[0].span is not None
    assert (said[0].span.line, said[0].span.column) == (7, 3)
    legs = divide(tabloid.column_width, 1, tabloid)
    assert legs is not None
    right = tabloid.column_x(0) + legs.measure
    assert max(run.x + run.xs[-1] for run in glyphs if run.key.part == "body") < right
    assert WORD in "".join(text for run in glyphs if run.key.part == "body" for text in run.texts)


def test_letters_of_a_fallen_word_stand_where_the_word_set_them(book: Fontbook, tabloid: Style) -> None:
    whole = material("AVATAR", book, tabloid)
    long = material("AVATAR" * 5, book, tabloid)
    assert len(whole) == 1
    assert len(long) == 30
    assert set(long.shaped.penalties[1:]) == {PENALTIES["forced"]}
    width = round(long.width(0, 30))
    assert abs(width - whole.width(0, 1) * 5) < 5 * tabloid.em // 5
    letters = sum(material(char, book, tabloid).width(0, 1) for char in "AVATAR") * 5
    assert width < letters - tabloid.em  # kerned


@pytest.mark.parametrize("word", ["government", "conversations"])
def test_words_that_a_line_can_hold_stay_whole(word: str, book: Fontbook, tabloid: Style) -> None:
    made = material(word, book, tabloid)
    assert made.width(0, len(made)) <= FORCED_EM * tabloid.em
    assert len(made) == 1


def test_a_latin_story_is_flush_and_its_loose_lines_are_told(book: Fontbook, tabloid: Style) -> None:
    made = material(LATIN * 3, book, tabloid, region="en")
    for width in (11 * tabloid.em, 17 * tabloid.em):
        ways = break_paragraph(made, lambda _, width=width: width)  # type: ignore[misc]
        best = min(ways.values(), key=lambda way: way.demerits)
        lines = list(_lines(made, best.ends, width))
        assert all(made.shaped.size // 100 > abs(width - filled) for filled, _ in lines[:-1])
    story = Story(id="one", rank=3, headline=RichText("The Ferry"), body=(body(LATIN * 2),), region="en")
    _, wide = composed(story, book, replace(tabloid, legs=replace(tabloid.legs, least=40, most=50)), columns=4)
    narrow = replace(tabloid, legs=replace(tabloid.legs, least=6), grid=replace(tabloid.grid, characters=7))
    _, tight = composed(story, book, narrow, columns=1)
    assert not [item for item in wide if item.code == "W406"]
    (told,) = [item for item in tight if item.code == "W406"]
    assert float(dict(told.values)["gap"]) > tabloid.composition.word_space_most_em


def _lines(made: Material, ends: tuple[int, ...], width: int) -> Iterator[tuple[int, int]]:
    start = 0
    for end in ends:
        line = set_line(made, start, end, width, last=end == len(made))
        yield line.width, line.spaced
        start = end


def test_captions_carry_their_marks(book: Fontbook, tabloid: Style) -> None:
    caption = RichText(
        "涪陵石鱼重现，水深3m3",
        (Mark(0, 1, Emphasis.RUBY, "fú"), Mark(4, 6, Emphasis.HEI), Mark(11, 12, Emphasis.SUPERIOR)),
    )
    photo = Photo(file="one.jpg", pixels=(3000, 2000), caption=caption)
    made = set_caption(photo, 30 * tabloid.em, "zh-Hans", tabloid, book)
    shaped = made.lines[0].material.shaped
    assert shaped.text.startswith("涪（fú）陵")
    roles = {shaped.text[start]: face for start, face in zip(shaped.starts, shaped.faces, strict=True)}
    assert roles["重"] != roles["鱼"]
    assert [shaped.text[shaped.starts[some.start]] for some in shaped.raised] == ["3"]
