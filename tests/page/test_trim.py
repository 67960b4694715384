"""Cuts: at the ends of sentences, from the end upwards, with every character accounted for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.model import Block, BlockKind, Emphasis, Mark, Origin, RichText, Story
from layout.page.trim import OFFERED, cuts, removed, sentence_ends, trim_of, trimmed
from layout.plan import Cut

if TYPE_CHECKING:
    from layout.style import Style

SENTENCES: Final = (
    "渡口的石阶有四十七级，涨水时只剩11级。",
    "摆渡人老周数了三十年！",
    "“一笔一画，从不间断。夜里也记。”",
    "谁还记得那一年的水位？",
    "船篷上写着（1987年立。）",
    "他说：“再等等……”",
    "《渡口志》里没有这一笔，",
)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw a story in a file in which every paragraph is a line."""
    blocks = []
    for number in range(draw(st.integers(1, 7))):
        if number and draw(st.integers(0, 3)) == 0:
            heading = RichText("石阶四十七级", (), Origin("ferry.md", ((0, 2 * number, 4),)))
            blocks.append(Block(BlockKind.SUBHEAD, heading, optional=draw(st.booleans())))
        text = "".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))) + "止。"
        marks = (Mark(1, len(text) - 1, Emphasis.KAI),) if draw(st.booleans()) else ()
        blocks.append(Block(BlockKind.PARAGRAPH, RichText(text, marks, Origin("ferry.md", ((0, 2 * number + 1, 1),)))))
    return Story(id="ferry", rank=3, headline=RichText("夜航船靠岸"), body=tuple(blocks))


def words(story: Story) -> str:
    return "".join(block.text.text for block in story.body if not block.optional)


@given(stories())
@settings(max_examples=200)
def test_what_stays_and_what_goes_is_the_story(tabloid: Style, story: Story) -> None:
    whole = words(story)
    last = len(whole)
    for cut in cuts(story, tabloid):
        kept, gone = words(trimmed(story, cut)), removed(story, cut).replace("\n", "")
        assert kept + gone == whole
        assert kept.endswith(tuple("。！？”）"))
        assert kept.count("“") == kept.count("”")
        assert kept.count("（") == kept.count("）")
        assert len(kept) < last, "the cuts do not rise"
        last = len(kept)
        assert len(kept) >= tabloid.trim.keep
        assert len(gone) <= round(tabloid.trim.most * len(whole))
        final = trimmed(story, cut).body[-1]
        assert final.kind is BlockKind.PARAGRAPH
        assert all(0 <= mark.start < mark.end <= len(final.text.text) for mark in final.text.marks)
    assert len(cuts(story, tabloid)) <= OFFERED


@given(stories())
def test_a_trim_tells_its_place_and_text(tabloid: Style, story: Story) -> None:
    for cut in cuts(story, tabloid):
        trim = trim_of(story, cut, 3)
        assert trim.characters == len("".join(trim.text.split()))
        paragraphs = [block.text.text for block in story.body if block.kind is BlockKind.PARAGRAPH]
        assert trim.text.split("\n")[-1] in paragraphs[-1]
        first = trim.text.split("\n", 1)[0]
        touched = paragraphs[trim.paragraph - 1]
        assert touched.endswith(first) or first == "石阶四十七级"
        assert trim.span is not None
        assert trim.span.end_column == len(paragraphs[-1]) + 1
        if touched.endswith(first) and first != touched:
            assert trim.span.column == len(touched) - len(first) + 1


@pytest.mark.parametrize("change", [{"locked": True}, {"setting": "vertical"}])
def test_locked_copy_and_verse_are_never_cut(tabloid: Style, change: dict[str, object]) -> None:
    text = RichText(SENTENCES[0] * 20)
    story = Story(id="a", rank=3, headline=RichText("题"), body=(Block(BlockKind.PARAGRAPH, text),))
    assert cuts(story, tabloid)
    assert cuts(replace(story, **change), tabloid) == ()  # type: ignore[arg-type]


def test_a_cut_behind_a_paragraph_names_the_next_one() -> None:
    blocks = tuple(Block(BlockKind.PARAGRAPH, RichText(text)) for text in ("甲。", "乙。", "丙。"))
    story = Story(id="a", rank=3, headline=RichText("题"), body=blocks)
    trim = trim_of(story, Cut(1, 2), 2)
    assert (trim.paragraph, trim.text, trim.characters) == (2, "乙。\n丙。", 4)


def test_sentences_end_outside_quotations() -> None:
    text = "他说：“走。快走！”又等。没来（天黑了。）再说"
    assert [text[:end] for end in sentence_ends(text)] == [
        "他说：“走。快走！”",
        "他说：“走。快走！”又等。",
        "他说：“走。快走！”又等。没来（天黑了。）",
    ]
