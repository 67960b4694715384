"""Headlines on the quiet area of a picture: what is promised is drawn there, and what cannot stand there is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.color import Ink
from layout.display import Glyphs, Picture
from layout.geometry import Cells
from layout.model import Block, BlockKind, Entry, Issue, Masthead, Page, Photo, RichText, Story
from layout.page.compose import compose
from layout.page.copy import prepare_copy
from layout.page.frame import frame_of
from layout.page.insert import crop_box, photo_blocks, quiet_box
from layout.page.tables import OVER_INSTEAD, forced_module, module_table
from layout.plan import Module, PagePlan

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.page.compose import Composed
    from layout.page.copy import Copy
    from layout.page.solver.problem import Candidate
    from layout.style import Style

PAPER: Final = Ink(0, 0, 0, 0)
QUIET: Final = (0.05, 0.05, 0.95, 0.45)
NEAR: Final = 2
"""Lengths are rounded to a thousandth of a point, here and there."""


def story(quiet: tuple[float, float, float, float] | None = QUIET, headline: str = "渡口灯亮　归人过江") -> Story:
    photo = Photo(file="river.jpg", pixels=(3600, 2400), quiet=quiet, caption=RichText("渡口的夜晚"))
    paragraphs = tuple(
        Block(BlockKind.PARAGRAPH, RichText("渡口的石阶有四十七级，涨水时只剩十一级。" * count)) for count in (3, 5, 4)
    )
    photos = (photo,) if quiet else ()
    return Story(id="ferry", rank=2, headline=RichText(headline), body=paragraphs, photos=photos, head="picture")


def drawn(one: Candidate, copy: Copy, style: Style, book: Fontbook) -> Composed:
    columns = one.variant.columns
    page = Page(id="A02", section="", style="tabloid", entries=(Entry(stories=(copy.story,)),))
    issue = Issue(paper="清渡晚报", date="2026-11-22", number="1", region="zh-Hans", masthead=Masthead(), pages=(page,))
    module = Module(id=copy.story.id, cells=Cells(0, 0, columns, one.variant.lines), variant=one.variant)
    plan = PagePlan(page="A02", modules=(module,))
    return compose(issue, page, style, book, plan, {copy.story.id: copy})


@pytest.mark.parametrize("columns", [2, 3, 4])
def test_every_promised_head_stands_in_the_quiet_area(columns: int, book: Fontbook, tabloid: Style) -> None:
    copy = prepare_copy(story(), tabloid, book)
    table = module_table(copy, frame_of(columns, tabloid, boxed=False), book, front=False)
    promised = [one for options in table.values() for one in options if one.cost < OVER_INSTEAD]
    assert promised
    for one in promised:
        assert one.variant.style == "picture"
        assert one.variant.head is not None
        assert one.variant.head.depth == 0
        made = drawn(one, copy, tabloid, book)
        assert not [item.code for item in made.findings if item.code in ("W412", "E401")]
        (picture,) = (op for op in made.sheet.ops if isinstance(op, Picture))
        quiet = quiet_box(copy.story.photos[0], picture.rect.width, picture.rect.height)
        assert quiet is not None
        left, top = picture.rect.x + quiet[0], picture.rect.y + quiet[1]
        head = [op for op in made.sheet.ops if isinstance(op, Glyphs) and op.key.part == "headline"]
        assert head
        for run in head:
            assert run.size >= tabloid.heads.picture_least
            assert (run.ink, run.overprint, run.face) == (PAPER, False, "hei-black")
            assert left - NEAR <= run.x
            assert run.x + run.xs[-1] + run.size <= left + quiet[2] + run.size // 2
            assert top - NEAR <= run.y - 880 * run.size // 1000
            assert run.y + 120 * run.size // 1000 <= top + quiet[3] + NEAR
        body = {op.y for op in made.sheet.ops if isinstance(op, Glyphs) and op.key.part == "body"}
        assert min(body) > picture.rect.y + picture.rect.height


@given(
    aspect=st.floats(0.5, 2.5),
    box=st.tuples(st.floats(0, 0.4), st.floats(0, 0.4), st.floats(0.1, 0.6), st.floats(0.1, 0.6)),
    keep=st.tuples(st.floats(0, 0.5), st.floats(0, 0.5), st.floats(0.1, 0.5), st.floats(0.1, 0.5)),
    focus=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_crops_leave_the_quiet_area_and_what_is_to_be_kept(
    aspect: float,
    box: tuple[float, float, float, float],
    keep: tuple[float, float, float, float],
    focus: tuple[float, float],
    tabloid: Style,
) -> None:
    def corners(found: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        return found[0], found[1], found[0] + found[2], found[1] + found[3]

    pixels = (round(2400 * aspect), 2400)
    photo = Photo(file="a.jpg", pixels=pixels, quiet=corners(box), keep=corners(keep), focus=focus)
    width = tabloid.span_width(3)
    for block in photo_blocks(photo, width, 1, tabloid):
        left, top, right, foot = crop_box(photo, width, block.height)
        for x0, y0, x1, y1 in (corners(box), corners(keep)):
            assert left - 1e-4 <= x0
            assert top - 1e-4 <= y0
            assert x1 <= right + 1e-4
            assert y1 <= foot + 1e-4
        quiet = quiet_box(photo, width, block.height)
        assert quiet is not None
        assert quiet[0] >= -width // 1000
        assert quiet[0] + quiet[2] <= width + width // 1000


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (story(quiet=None), "the story has no picture"),
        (
            replace(story(), photos=(replace(story().photos[0], quiet=None),)),
            "the picture declares none",
        ),
        (story(quiet=(0.4, 0.4, 0.45, 0.42)), "no type of 24 pt or more fits there"),
    ],
)
def test_a_head_that_cannot_stand_there_stands_over_its_text_and_that_is_said(
    found: Story, problem: str, book: Fontbook, tabloid: Style
) -> None:
    copy = prepare_copy(found, tabloid, book)
    table = module_table(copy, frame_of(3, tabloid, boxed=False), book, front=False)
    one = min((one for options in table.values() for one in options), key=lambda one: one.cost)
    assert one.cost >= OVER_INSTEAD
    made = drawn(one, copy, tabloid, book)
    (said,) = [item for item in made.findings if item.code == "W412"]
    assert dict(said.values)["problem"] == problem


def test_a_forced_depth_keeps_the_head_on_the_picture(book: Fontbook, tabloid: Style) -> None:
    copy = prepare_copy(story(), tabloid, book)
    frame = frame_of(3, tabloid, boxed=False)
    table = module_table(copy, frame, book, front=False)
    depth = min(table) + 3
    one = forced_module(copy, frame, book, depth, front=False)
    assert one is not None
    assert one.variant.style == "picture"
    assert one.variant.lines == depth
    assert drawn(one, copy, tabloid, book).sheet.ops


def test_a_short_head_at_its_largest_is_spaced_out(book: Fontbook, tabloid: Style) -> None:
    from layout.text.headline import band_for, fit_heads

    band = band_for(tabloid.heads, 3, 2, front=False)
    assert band is not None
    (head, *_) = fit_heads(story(headline="渡口灯又亮了"), tabloid.span_width(2), band, tabloid, book)
    assert head.main.size == band.sizes[1]
    assert 0 < head.main.tracking <= tabloid.heads.spread[0][1] * head.main.size
    assert head.main.widths[0] <= tabloid.heads.fill_most * tabloid.span_width(2)
