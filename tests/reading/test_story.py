"""Front matter and blocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.model import BlockKind
from layout.reading.source import Sources
from layout.reading.story import StoryText, read_story_text

PARAGRAPH, SUBHEAD = BlockKind.PARAGRAPH, BlockKind.SUBHEAD


def story(text: str) -> tuple[StoryText, Sources]:
    sources = Sources(Path())
    return read_story_text(text, "a.md", sources), sources


def test_front_matter_keeps_its_lines() -> None:
    made, sources = story("---\nrank: 1\nheadline: 甲\n---\n正文。\n")
    assert not sources.findings
    assert made.matter is not None
    assert [(key.text, key.span.line) for key, _ in made.matter.items] == [("rank", 2), ("headline", 3)]
    assert [(block.kind, block.text.text) for block in made.body] == [(PARAGRAPH, "正文。")]


def test_blocks() -> None:
    made, sources = story(
        "---\nheadline: 甲\n---\n\n　　第一段，\n接着。\n\n\n## 小标题\n第二段\n"
        "ends here\nand there\n##又一个\n\n　\n尾。"
    )
    assert not sources.findings
    assert [(block.kind, block.text.text) for block in made.body] == [
        (PARAGRAPH, "第一段，接着。"),
        (SUBHEAD, "小标题"),
        (PARAGRAPH, "第二段ends here and there"),
        (SUBHEAD, "又一个"),
        (PARAGRAPH, "尾。"),
    ]
    first = made.body[0].text.origin
    assert first is not None
    assert [first.locate(0), first.locate(4)] == [(5, 3), (6, 1)]
    assert made.body[1].text.origin is not None
    assert made.body[1].text.origin.locate(0) == (9, 4)


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("headline: 甲\n---\n正文", "a.md:1:1", "start the file"),
        ("----\nheadline: 甲\n----\n正文", "a.md:1:1", "three hyphens"),
        ("———\nheadline: 甲\n———\n正文", "a.md:1:1", "three hyphens"),
        ("---\nheadline: 甲\n－－－\n正文", "a.md:3:1", "three hyphens"),
        ("---\nheadline: 甲\n\n正文", "a.md:1:1", "second line"),
        ("", "a.md:1:1", "start the file"),
    ],
)
def test_missing_front_matter(text: str, place: str, hint: str) -> None:
    made, sources = story(text)
    assert made.matter is None
    [found] = sources.findings
    assert (found.code, str(found.span)) == ("E112", place)
    assert hint in found.hint


def test_the_body_is_read_even_where_the_front_matter_is_broken() -> None:
    _, sources = story("---\nheadline：甲\n---\n正文**没有收尾。\n")
    assert [item.code for item in sources.findings] == ["E114", "E111"]


def test_signs_of_other_formats_are_pointed_out() -> None:
    _, sources = story("---\na: b\n---\n# 标题\n\n### 标题\n\n* 项\n\n:::\n\n![图](a.jpg)\n\n> 引\n\n#话题#\n-3℃\n")
    assert [item.code for item in sources.findings] == ["W132"] * 6
