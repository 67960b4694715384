"""Pages with too much and too little copy: nothing is lost, nothing happens in silence, the way out is named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.display import Glyphs
from layout.model import Block, BlockKind, Entry, Issue, Masthead, Page, RichText, Story
from layout.page.advice import advised
from layout.page.compose import compose
from layout.page.copy import prepare_copy
from layout.page.copyfit import excess, fit_page, placed_trims, shortage
from layout.page.edition import Leave, edited, editions
from layout.page.frame import frame_of
from layout.page.tables import module_table
from layout.plan import Edition

if TYPE_CHECKING:
    from layout.diagnostics import Diagnostic
    from layout.fontbook import Fontbook
    from layout.page.compose import Composed
    from layout.page.copyfit import Fitted
    from layout.style import Style

SENTENCES: Final = (
    "渡口的石阶有四十七级，涨水时只剩11级。",
    "摆渡人老周数了三十年，风雨不误！",
    "“一笔一画，从不间断。”他这样说。",
    "船篷的木板上记着每一年的水位读数。",
)


@pytest.fixture(scope="module")
def small(tabloid: Style) -> Style:
    """A page of four columns and forty lines: a few stories fill it."""
    grid = replace(tabloid.grid, columns=4, lines=40)
    return replace(tabloid, grid=grid, widths={1: (4,), 2: (2, 4), 3: (2,), 4: (2,)})


def story_of(name: str, sentences: int, rank: int = 3, **change: object) -> Story:
    """Return a story of so many sentences, three a paragraph."""
    spoken = [SENTENCES[(number + len(name)) % len(SENTENCES)] for number in range(sentences)]
    blocks = [
        Block(BlockKind.PARAGRAPH, RichText("".join(spoken[start : start + 3]))) for start in range(0, sentences, 3)
    ]
    made = Story(id=name, rank=rank, headline=RichText("夜航船靠岸，摆渡人上灯"), body=tuple(blocks))
    return replace(made, **change)  # type: ignore[arg-type]


class Desk:
    """Fits and composes a page of stories."""

    def __init__(self, style: Style, book: Fontbook) -> None:
        self.style, self.book = style, book

    def fit(self, *stories: Story, trim: bool = False, fillers: tuple[Story, ...] = ()) -> tuple[Fitted, Composed]:
        entries = tuple(Entry(stories=(story,)) for story in stories)
        page = Page(id="A02", section="要闻", style="tabloid", entries=entries)
        issue = Issue(paper="报", date="2026-11-22", number="1", region="zh-Hans", masthead=Masthead(), pages=(page,))
        fitted = fit_page(issue, page, self.style, self.book, trim=trim, fillers=fillers)
        planned = fitted.planned
        return fitted, compose(issue, fitted.page, self.style, self.book, planned.plan, planned.copies)

    def say(self, fitted: Fitted, composed: Composed) -> dict[str, Diagnostic]:
        return {item.code: item for item in advised(composed.findings, fitted, self.style)}


@pytest.fixture(scope="module")
def desk(small: Style, book: Fontbook) -> Desk:
    return Desk(small, book)


def body_text(composed: Composed, story: str) -> str:
    ops = [op for op in composed.sheet.ops if isinstance(op, Glyphs) and op.key.story == story]
    return "".join("".join(op.text.split()) for op in ops if op.key.part == "body")


def whole_text(story: Story) -> str:
    return "".join(block.text.text for block in story.body)


@given(st.integers(16, 34), st.integers(6, 24), st.integers(6, 20))
@settings(max_examples=12)
def test_placed_and_cut_is_the_story(desk: Desk, first: int, second: int, third: int) -> None:
    stories = (story_of("a", first, 2), story_of("bb", second), story_of("ccc", third))
    fitted, composed = desk.fit(*stories, trim=True)
    cut = {trim.story: trim for trim in fitted.trims}
    for story in stories:
        gone = cut[story.id].text.replace("\n", "") if story.id in cut else ""
        over = "".join(composed.overset.get(story.id, "").split())
        if story.id in fitted.planned.plan.unplaced:
            assert whole_text(story) in over
        else:
            assert body_text(composed, story.id) + over + gone == whole_text(story)
    said = [item for item in advised(composed.findings, fitted, desk.style) if item.code == "W421"]
    assert [item.story for item in said] == [trim.story for trim in fitted.trims]
    assert {trim.story for trim in placed_trims(fitted, composed.sheet) if trim.at is not None} == set(cut)


def test_cuts_are_proposed_and_made_only_when_asked_for(desk: Desk) -> None:
    stories = (story_of("a", 34, 2), story_of("bb", 27), story_of("ccc", 24))
    proposed, composed = desk.fit(*stories)
    assert proposed.trims
    assert not proposed.made
    assert any(excess(proposed.planned.plan))
    assert all(one.variant.edition is None for one in proposed.planned.plan.modules)
    said = desk.say(proposed, composed)
    assert {"W405", "W420"} <= set(said)
    assert "W421" not in said
    assert "--trim" in said["W405"].hint
    made, composed = desk.fit(*stories, trim=True)
    assert made.made
    assert made.trims == proposed.trims, "what was proposed is what is cut"
    assert excess(made.planned.plan) == (0, 0)
    assert not composed.overset


def test_the_cheapest_lever_is_named(desk: Desk) -> None:
    stories = (story_of("a", 34, 2), story_of("bb", 27), story_of("ccc", 24))
    assert desk.say(*desk.fit(*stories))["W405"].hint.startswith("let `a` go on on another page: `jump: auto`; or cut ")
    few = (story_of("a", 28, 2, jump="auto", setting="horizontal"), story_of("bb", 28), story_of("ccc", 24))
    fitted, composed = desk.fit(*few)
    assert not any(excess(fitted.planned.plan)), "a story that may jump is cheaper than any cut"
    assert "W405" not in desk.say(fitted, composed)


def test_a_deck_that_could_go_is_named_before_cuts(desk: Desk) -> None:
    decks = {"deck": RichText("船篷的木板上记着每一年的水位读数，从来风雨不误，摆渡人老周数了三十年")}
    stories = (story_of("a", 45, 2, **decks), story_of("bb", 24), story_of("ccc", 16))
    fitted, composed = desk.fit(*stories)
    assert fitted.decks == ("a",)
    hint = desk.say(fitted, composed)["W405"].hint
    assert hint.startswith("let `a` lose its deck: `deck_optional: yes`")
    fitted, composed = desk.fit(replace(stories[0], deck_optional=True), *stories[1:])
    assert not any(excess(fitted.planned.plan)), "what the hint says helps"
    assert desk.say(fitted, composed)["W425"].story == "a"


def test_locked_copy_is_never_cut_and_the_message_says_what_else_helps(desk: Desk) -> None:
    stories = tuple(story_of(name, 24, locked=True) for name in ("a", "bb", "ccc"))
    fitted, composed = desk.fit(*stories, trim=True)
    assert fitted.trims == ()
    assert any(excess(fitted.planned.plan))
    said = desk.say(fitted, composed)
    assert "move `ccc` (rank 3) to another page" in said["W405"].hint


def test_only_unlocked_stories_are_cut(desk: Desk) -> None:
    stories = (story_of("a", 34, 2, locked=True), story_of("bb", 27), story_of("ccc", 24))
    fitted, _ = desk.fit(*stories, trim=True)
    assert {trim.story for trim in fitted.trims} in ({"bb"}, {"ccc"}, {"bb", "ccc"})


def test_a_short_page_takes_the_filler_that_closes_it(desk: Desk) -> None:
    stories = (story_of("a", 22, 2), story_of("bb", 13), story_of("ccc", 10))
    bare, composed = desk.fit(*stories)
    missing = shortage(bare.planned.plan)
    assert missing > 10
    said = desk.say(bare, composed)
    assert said["W404"].hint
    brief = story_of("filler", 4, 4)
    other = story_of("another", 60, 4)
    fitted, composed = desk.fit(*stories, fillers=(other, brief))
    assert fitted.fillers == ("filler",)
    assert shortage(fitted.planned.plan) < missing
    assert body_text(composed, "filler") == whole_text(brief)
    assert desk.say(fitted, composed)["W424"].story == "filler"


def test_a_page_that_closes_takes_no_filler(desk: Desk) -> None:
    stories = (story_of("a", 30, 2), story_of("bb", 21), story_of("ccc", 18))
    fitted, _ = desk.fit(*stories)
    assert shortage(fitted.planned.plan) == 0
    assert desk.fit(*stories, fillers=(story_of("filler", 4, 4),))[0].fillers == ()


def test_editions_are_those_that_the_story_offers(small: Style) -> None:
    text = RichText("".join(SENTENCES) * 3)
    body = (
        Block(BlockKind.PARAGRAPH, text),
        Block(BlockKind.SUBHEAD, RichText("石阶"), optional=True),
        Block(BlockKind.PARAGRAPH, text),
        Block(BlockKind.SUBHEAD, RichText("灯"), optional=True),
        Block(BlockKind.PARAGRAPH, text),
    )
    story = Story(id="a", rank=2, headline=RichText("题"), deck=RichText("副题"), deck_optional=True, body=body)
    weights = small.weights
    assert list(editions(story, small)) == [
        (Edition(dropped=("deck",)), weights["deck_dropped"]),
        (Edition(subheads=(2,)), weights["subhead_added"]),
        (Edition(subheads=(4,)), weights["subhead_added"]),
        (Edition(subheads=(2, 4)), 2 * weights["subhead_added"]),
    ]
    assert list(editions(replace(story, locked=True), small, Leave(trim=True))) == []
    assert list(editions(replace(story, deck_optional=False, body=body[:1]), small)) == []
    prices = [price for edition, price in editions(story, small, Leave(trim=True)) if edition.trim is not None]
    assert prices
    assert prices == sorted(prices)


def test_an_edition_is_set_as_it_says(small: Style, book: Fontbook) -> None:
    text = RichText("".join(SENTENCES) * 3)
    body = (
        Block(BlockKind.PARAGRAPH, text),
        Block(BlockKind.SUBHEAD, RichText("石阶"), optional=True),
        Block(BlockKind.PARAGRAPH, text),
    )
    story = Story(id="a", rank=2, headline=RichText("题"), deck=RichText("副题"), deck_optional=True, body=body)
    copy = prepare_copy(story, small, book)
    assert [item.kind for item in copy.items] == ["paragraph", "paragraph"]
    other = edited(copy, Edition(dropped=("deck",), subheads=(2,)), book)
    assert other.story.deck is None
    assert [item.kind for item in other.items] == ["paragraph", "subhead", "paragraph"]
    assert other.items[0] is copy.items[0]
    assert edited(copy, None, book) is copy
    frame = frame_of(2, small, boxed=False)
    bare = prepare_copy(replace(story, deck_optional=False, body=body[::2]), small, book)
    plain = module_table(bare, frame, book, front=False)
    offered = module_table(copy, frame, book, front=False)
    assert set(plain) <= set(offered)
    used = {one.variant.edition for candidates in offered.values() for one in candidates}
    assert used > {None}
    for depth, candidates in plain.items():
        assert offered[depth][0].cost <= candidates[0].cost
