"""Vertical heads and vertical lines in modules: exact depths, order by side, nothing lost, nothing overlaps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.display import Glyphs, Picture
from layout.geometry import Cells
from layout.model import Block, BlockKind, Entry, Issue, Masthead, Page, Photo, RichText, Story
from layout.page.compose import compose
from layout.page.copy import prepare_copy
from layout.page.draw import ASCENT
from layout.page.frame import frame_of
from layout.page.planning import plan_page
from layout.page.sidehead import GAP_EM, side_table
from layout.page.solver.problem import HEADLESS
from layout.page.table import story_table
from layout.page.tables import OVER_INSTEAD, forced_module, module_table
from layout.page.verse import set_verse, tier_width, verse_table
from layout.plan import Module, PagePlan
from layout.text.sidehead import BLANK_LEAST

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.page.compose import Composed
    from layout.page.copy import Copy
    from layout.page.solver.problem import Candidate
    from layout.plan import Variant
    from layout.style import Style

COLUMN: Final = 1
LINE: Final = 2
"""Where the story stands on the page."""

TRIED: Final = 8
"""Candidates of a table that are composed for each story drawn."""

PHRASES: Final = (
    "渡口的石阶有四十七级，",
    "涨水时只剩11级。",
    "“一笔一画，从不间断。”",
    "船篷的木板上记着PM2.5的读数，",
    "从2024年到2026年，",
    "水位涨了12.6%；",
    "《渡口志》里没有这一笔",
    "——",
    "灯亮到后半夜。",
)
POEM: Final = ("一叶轻舟出柳湾，", "两行白鹭过青山。", "渔人不问秋深浅，", "只道今朝水正宽。")
HEADS: Final = ("5G信号覆盖全部渡口", "老周摆渡30年 / 今日收篙上岸", "“两河新桥”昨日合龙")


def paragraph(text: str, *, gap: bool = False) -> Block:
    return Block(BlockKind.PARAGRAPH, RichText(text), gap)


PROSE = st.lists(
    st.lists(st.sampled_from(PHRASES), min_size=4, max_size=14).map(lambda parts: paragraph("".join(parts) + "止。")),
    min_size=3,
    max_size=7,
).map(tuple)


@st.composite
def headed(draw: st.DrawFn) -> Story:
    return Story(
        id="ferry",
        rank=draw(st.sampled_from((2, 3))),
        head=draw(st.sampled_from(("left", "right"))),
        headline=RichText(draw(st.sampled_from(HEADS))),
        kicker=draw(st.sampled_from((None, RichText("历时36个月 总长2026米")))),
        deck=draw(st.sampled_from((None, RichText("明年5月通车 两岸车程缩至5分钟")))),
        dateline=RichText("本报讯"),
        byline=RichText("记者 林知夏"),
        body=draw(PROSE),
        photos=draw(st.sampled_from(((), (), (Photo(file="ferry.jpg", pixels=(2400, 1600)),)))),
        box=draw(st.sampled_from((None, None, "frame"))),
    )


@st.composite
def poems(draw: st.DrawFn) -> Story:
    lines = draw(st.lists(st.sampled_from((*POEM, "2026年清渡报春", "一桥")), min_size=2, max_size=12))
    gaps = draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    pairs = enumerate(zip(lines, gaps, strict=True))
    return Story(
        id="poem",
        rank=draw(st.sampled_from((3, 4))),
        head=draw(st.sampled_from(("over", "over", "left", "right"))),
        setting="vertical",
        headline=RichText(draw(st.sampled_from(("秋渡", "春联征集揭晓")))),
        byline=draw(st.sampled_from((None, RichText("柳岸")))),
        tail=draw(st.sampled_from((None, RichText("（选自《渡口志》）")))),
        body=tuple(paragraph(line, gap=bool(number) and gap) for number, (line, gap) in pairs),
        box=draw(st.sampled_from((None, None, "tint"))),
    )


@dataclass(frozen=True)
class Box:
    """Where the em boxes of a run lie."""

    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True)
class Set:
    """A candidate set on a page of its own."""

    story: Story
    copy: Copy
    style: Style
    variant: Variant
    composed: Composed

    def runs(self, *parts: str) -> list[Glyphs]:
        ops = [op for op in self.composed.sheet.ops if isinstance(op, Glyphs) and op.key.story == self.story.id]
        return [op for op in ops if op.key.part in parts]

    def text(self, *parts: str) -> str:
        return squeezed("".join(op.text for op in self.runs(*parts)))

    @property
    def room(self) -> Box:
        """The module's room, its closing line and padding left out; type may stand out of its em by a hair."""
        pad = round(self.style.box.pad_em * self.style.em) if self.story.box else 0
        lines = self.style.box.pad_lines if self.story.box else 0
        left = self.style.column_x(COLUMN)
        return Box(
            left + pad,
            self.style.line_y(LINE + lines),
            left + self.style.span_width(self.variant.columns) - pad,
            self.style.line_y(LINE + self.variant.lines - 1 - lines),
        )

    def columns(self, part: str) -> list[list[Glyphs]]:
        """The runs of each column of a vertical part, in reading order."""
        found: dict[tuple[int, int], list[Glyphs]] = {}
        for op in self.runs(part):
            found.setdefault((op.key.paragraph, op.key.line), []).append(op)
        return [found[key] for key in sorted(found)]


def squeezed(text: str) -> str:
    return "".join(text.split())


def upright(op: Glyphs) -> Box:
    """The em boxes of a run in a vertical line, from what places its first and last glyph."""
    last = op.ys[-1] if op.ys else 0
    if op.rotated:
        return Box(op.x - op.size * 120 // 1000, op.y, op.x + op.size * 880 // 1000, op.y + last + op.size // 2)
    head = op.y - op.size * ASCENT // 1000
    return Box(op.x, head, op.x + op.xs[-1] + op.size // 2, head + last + op.size // 2)


def level(op: Glyphs) -> Box:
    """The em boxes of a run in a horizontal line."""
    head = op.y - op.size * ASCENT // 1000
    return Box(op.x, head, op.x + op.xs[-1] + op.size // 2, head + op.size)


def middle(runs: list[Glyphs]) -> float:
    """The middle of a vertical line, by its first run that lies or stands alone on the em."""
    for op in runs:
        if op.rotated:
            return op.x + op.size * 380 // 1000
        if op.scale == 1000 and op.text[0] > "\u2fff":
            return op.x + op.size / 2
    message = "no run tells"
    raise AssertionError(message)


def compose_alone(story: Story, copy: Copy, variant: Variant, style: Style, book: Fontbook) -> Set:
    entry = Entry(stories=(story,))
    page, issue = paper(entry)
    cells = Cells(COLUMN, LINE, variant.columns, variant.lines)
    plan = PagePlan(page="A02", modules=(Module(id=entry.id, cells=cells, variant=variant),))
    return Set(story, copy, style, variant, compose(issue, page, style, book, plan, {story.id: copy}))


def paper(*entries: Entry) -> tuple[Page, Issue]:
    page = Page(id="A02", section="综合", style="tabloid", entries=entries, credits=(("责编", "宋词"),))
    issue = Issue(
        paper="清渡晚报",
        date="2026-11-22",
        number="6318",
        region="zh-Hans",
        masthead=Masthead(),
        pages=(page,),
    )
    return page, issue


def some(table: dict[int, tuple[Candidate, ...]]) -> list[Candidate]:
    """Return candidates spread over all depths of a table, cheapest and dearest among them."""
    ways = [one for depth in sorted(table) for one in table[depth]]
    step = max(1, len(ways) // TRIED)
    return [*ways[::step], ways[-1]]


# --- heads beside their text


@settings(max_examples=25, deadline=None)
@given(story=headed(), columns=st.integers(2, 4))
def test_every_head_beside_its_text_is_drawn_as_it_was_promised(
    book: Fontbook, tabloid: Style, story: Story, columns: int
) -> None:
    copy = prepare_copy(story, tabloid, book)
    table = side_table(copy, frame_of(columns, tabloid, boxed=story.box is not None), book, front=False)
    for depth, candidates in table.items():
        assert {one.variant.lines for one in candidates} == {depth}
        assert {one.head for one in candidates} == {HEADLESS}
        assert {one.variant.style for one in candidates} == {f"vertical-{story.head}"}
    for candidate in some(table) if table else ():
        check_side_head(compose_alone(story, copy, candidate.variant, tabloid, book))


def check_side_head(made: Set) -> None:
    variant, style, story = made.variant, made.style, made.story
    assert variant.head is not None
    assert variant.head.beside is not None
    items = "".join(item.material.shaped.text for item in made.copy.items)
    over = made.composed.overset.get(story.id, "")
    assert Counter(made.text("body", "byline", "tail") + squeezed(over)) == Counter(squeezed(items))
    assert made.text("headline") == squeezed(story.headline.text.replace(" / ", ""))
    for part, text in (("kicker", story.kicker), ("deck", story.deck)):
        assert made.text(part) == squeezed(text.text if text else "")
    room, em = made.room, style.em
    heads = [upright(op) for op in made.runs("kicker", "headline", "deck")]
    body = [level(op) for op in made.runs("body", "byline", "tail")]
    strip = Box(room.left, room.top, room.left + variant.head.beside, room.bottom)
    if variant.style == "vertical-right":
        strip = Box(room.right - variant.head.beside, room.top, room.right, room.bottom)
    for box in heads:
        assert strip.left <= box.left <= box.right <= strip.right
        assert strip.top <= box.top <= box.bottom <= strip.bottom
        assert not any(box.meets(other) for other in body)
    inner = max(box.right for box in heads) if variant.style == "vertical-left" else min(box.left for box in heads)
    if body:  # where a picture takes a forced depth whole, there is none
        near = min(box.left for box in body) if variant.style == "vertical-left" else max(box.right for box in body)
        assert abs(near - inner) >= (GAP_EM - 0.5) * em, "an opening mark may hang into the gap by half an em"
    main = [upright(op) for op in made.runs("headline")]
    air = BLANK_LEAST * variant.head.size
    head, foot = room.top + (style.grid.pitch - em) // 2, room.bottom - (style.grid.pitch - em) // 2
    # An opening mark's origin lies half an em above its body: the blank that a line's head drops.
    dropped = variant.head.size // 2 if story.headline.text.startswith("“") else 0
    assert min(box.top for box in main) + dropped - head >= air - style.grid.pitch / 10
    assert foot - max(box.bottom for box in main) >= air - style.grid.pitch / 10
    if not variant.blank and not variant.over:
        assert not over
        feet = {max(op.y for op in made.runs("body", "tail", "byline"))}
        last = style.line_y(LINE + variant.lines - 2 - (style.box.pad_lines if story.box else 0))
        assert all(abs(y - last) < style.grid.pitch for y in feet), "legs end at the foot of the module"


@pytest.mark.parametrize(("side", "step"), [("left", 1), ("right", -1)])
def test_columns_run_away_from_the_reader_s_first_by_the_side_of_the_head(
    side: str, step: int, book: Fontbook, tabloid: Style
) -> None:
    body = tuple(paragraph("".join(PHRASES) * 2) for _ in range(3))
    story = Story(
        id="ferry",
        rank=2,
        head="left" if side == "left" else "right",
        headline=RichText("老周摆渡30年 / 今日收篙上岸"),
        kicker=RichText("历时36个月"),
        deck=RichText("明年5月通车"),
        body=body,
    )
    copy = prepare_copy(story, tabloid, book)
    table = side_table(copy, frame_of(3, tabloid, boxed=False), book, front=False)
    best = min((one for ways in table.values() for one in ways), key=lambda one: one.cost)
    made = compose_alone(story, copy, best.variant, tabloid, book)
    order = [*made.columns("kicker"), *made.columns("headline"), *made.columns("deck")]
    assert ["".join(op.text for op in runs) for runs in order] == [
        "历时36个月",
        "老周摆渡30年",
        "今日收篙上岸",
        "明年5月通车",
    ]
    middles = [middle(runs) for runs in order]
    assert middles == sorted(middles, reverse=step < 0)
    legs = [op.x for op in made.runs("body")]
    assert (min(legs) > max(middles)) if side == "left" else (max(legs) < min(middles))
    kicker, deck = made.runs("kicker"), made.runs("deck")
    main = [upright(op) for op in made.runs("headline")]
    assert min(upright(op).top for op in kicker) == pytest.approx(min(box.top for box in main), abs=20)
    assert max(upright(op).bottom for op in deck) == pytest.approx(
        max(box.bottom for box in main),
        abs=made.style.heads.deck_share[1] * best.variant.head.size,  # type: ignore[union-attr]
    )


def test_a_picture_stands_in_the_legs_beside_the_head(book: Fontbook, tabloid: Style) -> None:
    photo = Photo(file="ferry.jpg", pixels=(2400, 1600), caption=RichText("渡口"))
    body = tuple(paragraph("".join(PHRASES) * 2) for _ in range(4))
    story = Story(id="ferry", rank=2, head="left", headline=RichText(HEADS[0]), body=body, photos=(photo,))
    copy = prepare_copy(story, tabloid, book)
    table = side_table(copy, frame_of(3, tabloid, boxed=False), book, front=False)
    shown = [one for ways in table.values() for one in ways if one.variant.photos and one.cost < OVER_INSTEAD]
    assert shown
    for candidate in shown[:TRIED]:
        made = compose_alone(story, copy, candidate.variant, tabloid, book)
        [picture] = [op for op in made.composed.sheet.ops if isinstance(op, Picture)]
        right = max(upright(op).right for op in made.runs("headline"))
        assert right < picture.rect.x
        assert picture.rect.right <= made.room.right


def test_a_head_too_long_for_its_text_stands_over_it_and_that_is_said(book: Fontbook, tabloid: Style) -> None:
    story = Story(
        id="ferry",
        rank=3,
        head="left",
        headline=RichText("清渡新桥昨日合龙两岸同庆万人空巷老人孩子都来看桥面灯光"),
        body=(paragraph("渡口的石阶有四十七级，涨水时只剩11级。"),),
    )
    copy = prepare_copy(story, tabloid, book)
    frame = frame_of(3, tabloid, boxed=False)
    assert side_table(copy, frame, book, front=False) == {}
    over, usual = module_table(copy, frame, book, front=False), story_table(copy, frame, book, front=False)
    assert {depth: [one.cost - OVER_INSTEAD for one in ways] for depth, ways in over.items()} == {
        depth: [one.cost for one in ways] for depth, ways in usual.items()
    }
    made = compose_alone(story, copy, next(iter(over.values()))[0].variant, tabloid, book)
    assert "W409" in {item.code for item in made.composed.findings}


@settings(max_examples=15, deadline=None)
@given(story=headed(), depth=st.integers(8, 70))
def test_a_forced_depth_beside_a_head_accounts_for_its_text(
    book: Fontbook, tabloid: Style, story: Story, depth: int
) -> None:
    copy = prepare_copy(story, tabloid, book)
    made = forced_module(copy, frame_of(3, tabloid, boxed=story.box is not None), book, depth, front=False)
    if made is None:
        return
    assert made.variant.lines == depth
    drawn = compose_alone(story, copy, made.variant, tabloid, book)
    if made.variant.style.startswith("vertical"):
        check_side_head(drawn)
    if drawn.composed.overset:
        assert {"E401", "E402"} & {item.code for item in drawn.composed.findings}


# --- vertical lines


@settings(max_examples=40, deadline=None)
@given(story=poems(), columns=st.integers(1, 3))
def test_every_verse_is_drawn_as_it_was_promised(book: Fontbook, tabloid: Style, story: Story, columns: int) -> None:
    copy = prepare_copy(story, tabloid, book)
    table = verse_table(copy, frame_of(columns, tabloid, boxed=story.box is not None), book, front=False)
    for depth, candidates in table.items():
        assert {one.variant.lines for one in candidates} == {depth}
    for candidate in some(table) if table else ():
        assert not candidate.variant.over
        check_verse(compose_alone(story, copy, candidate.variant, tabloid, book))


def check_verse(made: Set) -> None:
    items = [item.material.shaped.text for item in made.copy.items]
    assert not made.composed.overset
    assert made.text("byline", "body", "tail") == squeezed("".join(items))
    room = made.room
    boxes = [upright(op) for op in made.runs("byline", "body", "tail")]
    others = [upright(op) if made.story.head != "over" else level(op) for op in made.runs("headline", "kicker", "deck")]
    for box in boxes:
        assert room.left <= box.left <= box.right <= room.right
        assert room.top <= box.top <= box.bottom <= room.bottom
        assert not any(box.meets(other) for other in others)
    lines = made.columns("body")
    tiers: list[list[list[Glyphs]]] = []
    last: float | None = None
    for runs in lines:
        x = middle(runs)
        if last is None or x >= last:
            tiers.append([])
        last = x
        tiers[-1].append(runs)
    pitch = made.style.verse.pitch
    for tier in tiers:
        steps = {round(middle(right) - middle(left)) for right, left in pairwise(tier)}
        assert steps <= {pitch, pitch + pitch // 2}
    for upper, lower in pairwise(tiers):
        foot = max(upright(op).bottom for runs in upper for op in runs)
        assert foot < min(upright(op).top for runs in lower for op in runs)


def test_blank_beside_verse_is_balanced(book: Fontbook, tabloid: Style) -> None:
    story = Story(
        id="poem",
        rank=4,
        setting="vertical",
        headline=RichText("秋渡"),
        body=tuple(paragraph(line) for line in POEM),
    )
    copy = prepare_copy(story, tabloid, book)
    table = verse_table(copy, frame_of(2, tabloid, boxed=False), book, front=False)
    for candidate in some(table):
        made = compose_alone(story, copy, candidate.variant, tabloid, book)
        boxes = [upright(op) for op in made.runs("body")]
        left = min(box.left for box in boxes) - made.room.left
        right = made.room.right - max(middle(runs) + tabloid.verse.size / 2 for runs in made.columns("body"))
        assert left == pytest.approx(right, abs=20)


def test_a_line_that_is_too_long_turns_over_and_is_set_in(book: Fontbook, tabloid: Style) -> None:
    story = Story(
        id="poem",
        rank=4,
        setting="vertical",
        headline=RichText("秋渡"),
        body=(paragraph("一叶轻舟出柳湾两行白鹭过青山渔人不问"), paragraph("只道今朝水正宽")),
    )
    copy = prepare_copy(story, tabloid, book)
    made = set_verse(copy, 100_000, 10 * tabloid.verse.size)
    assert made is not None
    [tier] = made.tiers
    assert [(line.item.number, line.number, line.inset) for line in tier] == [
        (1, 0, 0),
        (1, 1, tabloid.verse.size),
        (2, 0, 0),
    ]
    assert not made.over
    assert tier_width(tier, copy) == 2 * tabloid.verse.pitch + tabloid.verse.size


def test_stanzas_stand_apart_unless_every_line_does(book: Fontbook, tabloid: Style) -> None:
    def gaps(*asked: bool) -> list[bool]:
        body = tuple(paragraph(line, gap=gap) for line, gap in zip(POEM, asked, strict=True))
        story = Story(id="poem", rank=4, setting="vertical", headline=RichText("秋渡"), body=body)
        made = set_verse(prepare_copy(story, tabloid, book), 200_000, 10 * tabloid.verse.size)
        assert made is not None
        return [line.gap for tier in made.tiers for line in tier]

    assert gaps(False, False, True, False) == [False, False, True, False]
    assert gaps(False, True, True, True) == [False] * 4


@settings(max_examples=20, deadline=None)
@given(story=poems(), columns=st.integers(1, 2), depth=st.integers(6, 30))
def test_a_forced_depth_keeps_what_does_not_fit(
    book: Fontbook, tabloid: Style, story: Story, columns: int, depth: int
) -> None:
    copy = prepare_copy(story, tabloid, book)
    candidate = forced_module(copy, frame_of(columns, tabloid, boxed=story.box is not None), book, depth, front=False)
    if candidate is None:
        return
    made = compose_alone(story, copy, candidate.variant, tabloid, book)
    over = made.composed.overset.get(story.id, "")
    items = "".join(item.material.shaped.text for item in copy.items)
    assert candidate.variant.lines == depth
    assert made.text("byline", "body", "tail") + squeezed(over) == squeezed(items)
    assert bool(over) == bool(candidate.variant.over)
    assert ("E401" in {item.code for item in made.composed.findings}) == bool(over)


def test_vertical_modules_are_planned_among_others(book: Fontbook, tabloid: Style) -> None:
    body = tuple(paragraph("".join(PHRASES) * 3) for _ in range(4))
    lead = Story(id="lead", rank=2, headline=RichText("清渡区新增夜间渡轮班次"), body=body * 2)
    beside = Story(id="beside", rank=2, head="right", headline=RichText(HEADS[2]), body=body)
    poem = Story(
        id="poem",
        rank=4,
        setting="vertical",
        headline=RichText("秋渡"),
        body=tuple(paragraph(line) for line in POEM),
    )
    group = (replace(lead, id="one", rank=3, body=body[:1]), replace(beside, id="two", rank=3, head="left"))
    page, issue = paper(
        *(Entry(stories=(story,)) for story in (lead, beside, poem)), Entry(stories=group, label=RichText("渡口"))
    )
    planned = plan_page(issue, page, tabloid, book)
    composed = compose(issue, page, tabloid, book, planned.plan, planned.copies)
    assert not planned.plan.unplaced
    assert not composed.overset
    styles = {module.id: module.variant.style for module in planned.plan.modules}
    assert styles["beside"] == "vertical-right"
    parts = next(module.variant.parts for module in planned.plan.modules if module.id == "one+two")
    assert parts[1].style == "vertical-left"
