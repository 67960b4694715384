"""Shape tables: what is promised is what is drawn, line by line, whatever the story."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.display import Glyphs, Picture
from layout.geometry import Cells, Rect
from layout.model import Block, BlockKind, Entry, Issue, Masthead, Page, Photo, RichText, Story
from layout.page.compose import compose
from layout.page.copy import prepare_copy
from layout.page.draw import ASCENT, baseline
from layout.page.frame import frame_of
from layout.page.legs import divide
from layout.page.solver.problem import HEADLESS
from layout.page.table import capacities, forced, story_table
from layout.plan import Module, PagePlan

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.page.compose import Composed
    from layout.page.copy import Copy
    from layout.page.solver.problem import Candidate
    from layout.plan import Variant
    from layout.style import Style

PHRASES: Final = (
    "渡口的石阶有四十七级，",
    "涨水时只剩11级。",
    "摆渡人老周数了三十年，",
    "“一笔一画，从不间断。”",
    "船篷的木板上记着PM2.5的读数，",
    "从2024年到2026年，",
    "水位涨了12.6%；",
    "《渡口志》里没有这一笔",
    "——",
    "灯亮到后半夜。",
)

NEAR: Final = 10
"""Hundredths of a point that baselines may differ by, mpt."""

TRIED: Final = 10
"""Candidates of a table that are composed for each story drawn."""

COLUMN: Final = 1
LINE: Final = 2
"""Where the story stands on the page."""


@st.composite
def stories(draw: st.DrawFn) -> Story:
    words = st.lists(st.sampled_from(PHRASES), min_size=2, max_size=14).map(lambda found: "".join(found) + "止。")
    blocks = []
    for number, text in enumerate(draw(st.lists(words, min_size=1, max_size=8))):
        if number and draw(st.integers(0, 3)) == 0:
            blocks.append(Block(BlockKind.SUBHEAD, RichText("石阶四十七级")))
        blocks.append(Block(BlockKind.PARAGRAPH, RichText(text)))
    photo = Photo(
        file="ferry.jpg",
        pixels=draw(st.sampled_from(((2400, 1600), (1600, 2000), (900, 600)))),
        caption=draw(st.sampled_from((None, RichText("11月21日夜，清渡大桥进行通车前最后一次亮灯调试")))),
        credit=draw(st.sampled_from((None, RichText("本报记者 邵川 摄")))),
    )
    return Story(
        id="ferry",
        rank=draw(st.sampled_from((2, 3))),
        headline=RichText(draw(st.sampled_from(("夜航船靠岸，摆渡人上灯", "渡口三十年 / 石阶记水位", "老船坞")))),
        kicker=draw(st.sampled_from((None, RichText("澄河两岸")))),
        deck=draw(st.sampled_from((None, RichText("从前拎着油漆桶，如今打开手机App")))),
        dateline=draw(st.sampled_from((None, RichText("本报讯")))),
        byline=draw(st.sampled_from((None, RichText("记者 何以宁 许牧")))),
        tail=draw(st.sampled_from((None, RichText("（据清渡轮船公司）")))),
        body=tuple(blocks),
        photos=(photo,) * draw(st.sampled_from((0, 0, 1, 1, 2))),
        box=draw(st.sampled_from((None, None, "frame", "tint"))),
    )


@dataclass(frozen=True)
class Set:
    """A candidate set on a page of its own."""

    story: Story
    copy: Copy
    style: Style
    variant: Variant
    composed: Composed

    @property
    def cells(self) -> Cells:
        return Cells(COLUMN, LINE, self.variant.columns, self.variant.lines)

    def runs(self, *parts: str) -> list[Glyphs]:
        ops = [op for op in self.composed.sheet.ops if isinstance(op, Glyphs) and op.key.story == self.story.id]
        return [op for op in ops if op.key.part in parts]

    def pictures(self) -> list[Picture]:
        return [op for op in self.composed.sheet.ops if isinstance(op, Picture)]

    def leg_lefts(self) -> list[int]:
        frame = frame_of(self.variant.columns, self.style, boxed=self.story.box is not None)
        legs = divide(frame.width, self.variant.legs, self.style)
        assert legs is not None
        pad = round(self.style.box.pad_em * self.style.em) if self.story.box else 0
        return [self.style.column_x(COLUMN) + pad + legs.x(leg) for leg in range(legs.count)]

    def grid_line(self, y: int, size: int) -> float:
        """Return the grid line of the page, from 0, that type of a size on this baseline stands in."""
        first = baseline(self.style.line_y(0), self.style.grid.pitch, size)
        return (y - first) / self.style.grid.pitch

    def slots(self) -> list[set[int]]:
        """Return the grid lines on which each leg has text; a subhead takes all lines of its depth."""
        lefts = self.leg_lefts()
        taken: list[set[int]] = [set() for _ in lefts]
        rows: dict[tuple[int, int], set[float]] = {}
        for op in self.runs("body", "byline", "tail", "subhead"):
            # An opening mark's origin lies left of its body, by the half em that its blank takes.
            leg = max(number for number, left in enumerate(lefts) if op.x >= left - self.style.em // 2)
            line = self.grid_line(op.y, op.size)
            if op.key.part == "subhead":
                rows.setdefault((op.key.paragraph, leg), set()).add(line)
                continue
            assert abs(line - round(line)) * self.style.grid.pitch <= NEAR, "off the grid"
            taken[leg].add(round(line))
        for (_, leg), lines in rows.items():
            depth = max(self.style.subhead.lines, self.style.subhead.lines - 1 + len(lines))
            middle = (min(lines) + max(lines)) / 2
            first = round(middle - (depth - 1) / 2)
            assert not taken[leg] & set(range(first, first + depth)), "a subhead stands on other lines"
            taken[leg] |= set(range(first, first + depth))
        return taken


def compose_alone(story: Story, copy: Copy, variant: Variant, style: Style, book: Fontbook) -> Set:
    entry = Entry(stories=(story,))
    page = Page(id="A02", section="综合", style="tabloid", entries=(entry,), credits=(("责编", "宋词"),))
    issue = Issue(
        paper="清渡晚报",
        date="2026-11-22",
        number="6318",
        region="zh-Hans",
        masthead=Masthead(),
        pages=(page,),
    )
    cells = Cells(COLUMN, LINE, variant.columns, variant.lines)
    plan = PagePlan(page="A02", modules=(Module(id=entry.id, cells=cells, variant=variant),))
    return Set(story, copy, style, variant, compose(issue, page, style, book, plan, {story.id: copy}))


def some(table: dict[int, tuple[Candidate, ...]]) -> list[Variant]:
    """Return candidates spread over all depths of a table, cheapest and dearest among them."""
    ways = [one.variant for depth in sorted(table) for one in table[depth]]
    step = max(1, len(ways) // TRIED)
    return [*ways[::step], ways[-1]]


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=30, deadline=None)
@given(story=stories(), columns=st.integers(1, 4))
def test_every_candidate_is_drawn_as_it_was_promised(
    book: Fontbook, tabloid: Style, story: Story, columns: int
) -> None:
    copy = prepare_copy(story, tabloid, book)
    frame = frame_of(columns, tabloid, boxed=story.box is not None)
    table = story_table(copy, frame, book, front=False)
    for depth, candidates in table.items():
        assert {one.variant.lines for one in candidates} == {depth}
        assert list(candidates) == sorted(candidates, key=lambda one: one.cost)
        assert len({(one.head, one.right, bool(one.top)) for one in candidates}) == len(candidates)
        for one in candidates:
            assert one.variant.raised == 0 or (one.right == HEADLESS and one.head != HEADLESS) or story.box
    if not table:
        return
    for variant in some(table):
        check(compose_alone(story, copy, variant, tabloid, book))


def check(made: Set) -> None:
    """Check one candidate: text, lines, feet, pictures."""
    check_text(made)
    check_lines(made)
    check_pictures(made)
    x0, x1 = made.style.column_x(COLUMN), made.style.column_x(COLUMN) + made.style.span_width(made.variant.columns)
    y0, y1 = made.style.line_y(made.cells.line), made.style.line_y(made.cells.bottom - 1)
    for op in made.runs("kicker", "headline", "deck", "body", "byline", "tail", "subhead", "caption", "credit"):
        assert y0 <= op.y - ASCENT * op.size // 1000
        assert op.y + (1000 - ASCENT) * op.size // 1000 <= y1
        assert op.x >= x0 - op.size
        assert op.x + op.xs[-1] <= x1


def check_text(made: Set) -> None:
    """Drawn and overset are the story's text; what closes has no overset."""
    variant, over = made.variant, made.composed.overset.get(made.story.id, "")
    items = "".join(item.material.shaped.text for item in made.copy.items)
    drawn = "".join(op.text for op in made.runs("body", "byline", "tail", "subhead"))
    shown = {place.photo for place in variant.photos}
    left = [photo for number, photo in enumerate(made.story.photos) if number not in shown]
    lost = "".join(text.text for photo in left for text in (photo.caption, photo.credit) if text)
    assert Counter(squeezed(drawn + over)) == Counter(squeezed(items + lost))
    if not variant.over and not variant.blank:
        assert squeezed(drawn) == squeezed(items)
        assert over == lost
    assert squeezed("".join(op.text for op in made.runs("headline"))) == made.story.headline.text.replace(" / ", "")


def check_lines(made: Set) -> None:
    """As many lines as the legs hold; in what closes all legs full from their head to the same foot."""
    variant, slots = made.variant, made.slots()
    depths = capacities(variant)
    foot = made.cells.bottom - 2 - (made.style.box.pad_lines if made.story.box else 0)
    assert len(slots) == len(depths)
    if variant.over or variant.blank:
        assert sum(map(len, slots)) <= sum(depths)
        assert all(line <= foot for leg in slots for line in leg)
        return
    for taken, depth in zip(slots, depths, strict=True):
        assert taken == set(range(foot - depth + 1, foot + 1))
    lasts = [op.y for op in made.runs("body", "byline", "tail") if abs(made.grid_line(op.y, op.size) - foot) < 1 / 2]
    assert not lasts or max(lasts) - min(lasts) <= NEAR


def check_pictures(made: Set) -> None:
    """Pictures and captions keep clear of each other and of the text under them."""
    pictures = made.pictures()
    assert len(pictures) == len(made.variant.photos)
    boxes = [op.rect for op in pictures]
    type_boxes = [
        Rect(op.x, op.y - ASCENT * op.size // 1000, op.xs[-1] + op.size // 2, op.size)
        for op in made.runs("body", "byline", "subhead", "headline", "caption")
    ]
    for number, box in enumerate(boxes):
        assert not any(overlap(box, other) for other in [*boxes[number + 1 :], *type_boxes])
    captions = [
        Rect(op.x, op.y - ASCENT * op.size // 1000, op.xs[-1] + op.size // 2, op.size)
        for op in made.runs("caption", "credit")
    ]
    bodies = [
        Rect(op.x, op.y - ASCENT * op.size // 1000, op.xs[-1] + op.size // 2, op.size)
        for op in made.runs("body", "byline", "subhead", "headline")
    ]
    assert not any(overlap(one, other) for one in captions for other in bodies)


def overlap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


@settings(max_examples=15, deadline=None)
@given(story=stories(), columns=st.integers(1, 4), depth=st.integers(6, 80))
def test_a_forced_depth_is_that_depth_and_accounts_for_its_text(
    book: Fontbook, tabloid: Style, story: Story, columns: int, depth: int
) -> None:
    copy = prepare_copy(story, tabloid, book)
    frame = frame_of(columns, tabloid, boxed=story.box is not None)
    candidate = forced(copy, frame, book, depth, front=False)
    if candidate is None:
        return
    assert candidate.variant.lines == depth
    assert candidate.variant.over == 0 or candidate.variant.blank == 0
    made = compose_alone(story, copy, candidate.variant, tabloid, book)
    check_text(made)
    if made.composed.overset:
        assert {"E401", "E402"} & {item.code for item in made.composed.findings}


@pytest.mark.parametrize("subhead_last", [False, True])
def test_a_subhead_without_text_under_it_never_closes_a_leg(
    book: Fontbook, tabloid: Style, *, subhead_last: bool
) -> None:
    """An editor's slip: a subhead as the last block. It is set or reported, never lost."""
    paragraph = Block(BlockKind.PARAGRAPH, RichText("渡口的石阶有四十七级，涨水时只剩11级。" * 4))
    last = (Block(BlockKind.SUBHEAD, RichText("石阶四十七级")),) if subhead_last else ()
    story = Story(id="ferry", rank=3, headline=RichText("老船坞"), body=(paragraph, paragraph, *last))
    copy = prepare_copy(story, tabloid, book)
    table = story_table(copy, frame_of(2, tabloid, boxed=False), book, front=False)
    for variant in some(table):
        check_text(compose_alone(story, copy, variant, tabloid, book))


def test_a_picture_alone_has_a_table(book: Fontbook, tabloid: Style) -> None:
    photo = Photo(file="ferry.jpg", pixels=(2400, 1600), caption=RichText("渡口"))
    story = Story(id="ferry", rank=3, headline=RichText("老船坞"), photos=(photo,))
    copy = prepare_copy(story, tabloid, book)
    table = story_table(copy, frame_of(2, tabloid, boxed=False), book, front=False)
    exact = [one.variant for ways in table.values() for one in ways if not one.variant.blank]
    assert exact
    for variant in exact:
        check(compose_alone(story, copy, variant, tabloid, book))
