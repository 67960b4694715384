"""Verse in story files: every line is a line, an empty one a blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.diagnostics import InputError
from layout.model import BlockKind, Story
from layout.reading.issue import read_issue
from layout.reading.source import Sources
from layout.reading.story import read_story_text

POEM = "一叶轻舟出柳湾，\n　两行**白鹭**过青山。\n\n\n## 其二\n\n渔人不问秋深浅，\n只道今朝水正宽。\n"


def test_every_line_of_verse_is_a_paragraph() -> None:
    sources = Sources(Path())
    made = read_story_text(f"---\nheadline: 秋渡\nsetting: vertical\n---\n\n{POEM}", "a.md", sources)
    assert not sources.findings
    assert [(block.kind, block.text.text, block.gap) for block in made.body] == [
        (BlockKind.PARAGRAPH, "一叶轻舟出柳湾，", False),
        (BlockKind.PARAGRAPH, "两行白鹭过青山。", False),
        (BlockKind.SUBHEAD, "其二", True),
        (BlockKind.PARAGRAPH, "渔人不问秋深浅，", True),
        (BlockKind.PARAGRAPH, "只道今朝水正宽。", False),
    ]
    origin = made.body[1].text.origin
    assert origin is not None
    assert origin.locate(2) == (7, 6)


def test_other_stories_join_their_lines() -> None:
    made = read_story_text(f"---\nheadline: 秋渡\nsetting: horizontal\n---\n{POEM}", "a.md", Sources(Path()))
    assert [(block.text.text, block.gap) for block in made.body] == [
        ("一叶轻舟出柳湾，两行白鹭过青山。", False),
        ("其二", False),
        ("渔人不问秋深浅，只道今朝水正宽。", False),
    ]


def read(folder: Path, fields: str) -> Story:
    (folder / "a.md").write_text(f"---\nheadline: 秋渡\n{fields}---\n一叶轻舟\n出柳湾\n", encoding="utf-8")
    (folder / "issue.yaml").write_text(
        "paper: 清渡晚报\ndate: 2026-11-22\nnumber: '6318'\npages:\n  - {page: A02, section: 副刊, stories: [a.md]}\n",
        encoding="utf-8",
    )
    return read_issue(folder / "issue.yaml").issue.pages[0].stories[0]


def test_head_and_setting_are_read(tmp_path: Path) -> None:
    story = read(tmp_path, "")
    assert (story.head, story.setting, len(story.body)) == ("over", "horizontal", 1)
    story = read(tmp_path, "head: left\nsetting: vertical\n")
    assert (story.head, story.setting, len(story.body)) == ("left", "vertical", 2)


@pytest.mark.parametrize("field", ["head: top", "setting: 竖排"])
def test_other_values_are_refused(field: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, f"{field}\n")
    assert [(item.code, item.span.line if item.span else 0) for item in caught.value.diagnostics] == [("E106", 3)]
