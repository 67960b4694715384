"""Tables, small forms and lists as stories write them, and what is said of wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.model import Block, BlockKind, Form, Table
from layout.reading.source import Sources
from layout.reading.story import read_body


def read(text: str) -> tuple[tuple[Block, ...], Sources]:
    sources = Sources(Path())
    return read_body(text.split("\n"), 1, "a.md", sources), sources


def test_a_table_keeps_cells_titles_and_places() -> None:
    blocks, sources = read("```table 一周天气\n| 日期 | 最高 |\n|:--|--:|\n| 周一 | **9**\\|2 |\n|周二||\n```\n后文。")
    assert not sources.findings
    table = blocks[0].insert
    assert isinstance(table, Table)
    assert table.title is not None
    assert table.title.text == "一周天气"
    assert [cell.text for cell in table.head] == ["日期", "最高"]
    assert [[cell.text for cell in row] for row in table.rows] == [["周一", "9|2"], ["周二", ""]]
    assert table.aligns == ("left", "right")
    assert blocks[0].text.text == "一周天气　日期　最高　周一　9|2　周二"
    origin = blocks[0].text.origin
    assert origin is not None
    assert [origin.locate(blocks[0].text.text.index(word)) for word in ("一周", "日期", "周一", "9", "周二")] == [
        (1, 10), (2, 3), (4, 3), (4, 10), (5, 2),
    ]  # fmt: skip
    assert blocks[1].text.text == "后文。"


def test_a_table_needs_no_fence() -> None:
    blocks, sources = read("前文。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n后文。")
    assert not sources.findings
    assert [block.kind for block in blocks] == [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH]


def test_bars_in_running_text_are_no_table() -> None:
    blocks, _ = read("|长江(cháng)|\n---\n深度|长江|\n")
    assert {block.kind for block in blocks} == {BlockKind.PARAGRAPH}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("box", "info"),
        ("资料", "info"),
        ("note", "note"),
        ("编者按", "note"),
        ("更正", "correction"),
        ("讣告", "obituary"),
        ("公告", "notice"),
        ("启事", "notice"),
    ],
)
def test_forms_have_a_name_in_both_languages(name: str, form: str) -> None:
    blocks, sources = read(f"```{name} 题\n一段\n接着。\n\n二段。\n```")
    assert not sources.findings
    insert = blocks[0].insert
    assert isinstance(insert, Form)
    assert (insert.name, insert.title and insert.title.text) == (form, "题")
    assert [text.text for text in insert.text] == ["一段接着。", "二段。"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```box\n没有收尾。", [("E210", 1)]),
        ("```poem\n诗。\n```", [("E211", 1)]),
        ("```\n诗。\n```", [("E211", 1)]),
        ("```table\n| 甲 |\n| 1 |\n```", [("E212", 2)]),
        ("文。\n\n| 甲 | 乙 |\n|---|---|\n", [("E212", 3)]),
        ("```note\n\n```", [("E213", 1)]),
        ("| 甲 | 乙 |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |", [("W210", 3), ("W210", 4)]),
    ],
)
def test_wrong_inserts_are_reported_where_they_stand(text: str, found: list[tuple[str, int]]) -> None:
    _, sources = read(text)
    assert [(item.code, item.span.line if item.span else 0) for item in sources.findings] == found


def test_cells_too_many_and_too_few_lose_no_word() -> None:
    blocks, _ = read("| 甲 | 乙 |\n|---|---|\n| 一 |\n| 二 | 三 | 四 |")
    insert = blocks[0].insert
    assert isinstance(insert, Table)
    assert [[cell.text for cell in row] for row in insert.rows] == [["一", ""], ["二", "三　四"]]


def test_lists() -> None:
    blocks, sources = read("引：\n- 甲，\n  接着\n- 乙\n\n1. 一\n2. 二\n\n尾。")
    assert not sources.findings
    assert [(block.sign, block.text.text) for block in blocks] == [
        ("", "引："), ("-", "甲，接着"), ("-", "乙"), ("1.", "一"), ("2.", "二"), ("", "尾。"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["2025. 年度总结", "1. 只有一项。", "比分是\n1. 球队", "3.5米宽", "-3℃"])
def test_numbers_that_count_nothing_stay_text(text: str) -> None:
    blocks, _ = read(text)
    assert {block.kind for block in blocks} == {BlockKind.PARAGRAPH}


@given(st.lists(st.text("甲乙|`- 1.2\\*\n　", max_size=12), max_size=8))
def test_any_lines_are_read_without_harm(rows: list[str]) -> None:
    blocks, _ = read("\n".join(rows))
    for block in blocks:
        assert block.text.text.strip()
        assert block.text.origin is not None
        for at in range(len(block.text.text)):
            line, column = block.text.origin.locate(at)
            assert line >= 1
            assert column >= 1
