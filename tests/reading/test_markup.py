"""Inline markup, and the place of every character."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.model import Emphasis, Mark, RichText
from layout.reading.markup import inline, joined, prose
from layout.reading.source import Sources
from layout.reading.story import read_body
from layout.reading.tree import Scalar, read_tree

HEI, KAI, LINK, RUBY = Emphasis.HEI, Emphasis.KAI, Emphasis.LINK, Emphasis.RUBY
SUP, SUB = Emphasis.SUPERIOR, Emphasis.INFERIOR
DOTS, NAME = Emphasis.DOTS, Emphasis.NAME


def rich(text: str) -> tuple[RichText, Sources]:
    sources = Sources(Path())
    rows = [(number, 1, row) for number, row in enumerate(text.split("\n"), 1)]
    return inline(*joined(rows), "a.md", sources), sources


@pytest.mark.parametrize(
    ("source", "text", "marks"),
    [
        ("平白一句。", "平白一句。", ()),
        ("**“创新。”**后来", "“创新。”后来", (Mark(0, 5, HEI),)),
        ("他说：**重点**。", "他说：重点。", (Mark(3, 5, HEI),)),
        ("**甲****乙**", "甲乙", (Mark(0, 2, HEI),)),
        ("{楷体}与**黑体{楷}黑**", "楷体与黑体楷黑", (Mark(0, 2, KAI), Mark(3, 7, HEI), Mark(5, 6, KAI))),
        ("|饕餮(tāotiè)盛宴", "饕餮盛宴", (Mark(0, 2, RUBY, "tāotiè"),)),
        ("见[官网](http://a.example/x(1))。", "见官网。", (Mark(1, 3, LINK, "http://a.example/x(1)"),)),
        ("[**甲**](b)", "甲", (Mark(0, 1, HEI), Mark(0, 1, LINK, "b"))),
        ("12m^2^、H~2~O、CO~2~", "12m2、H2O、CO2", (Mark(3, 4, SUP), Mark(6, 7, SUB), Mark(11, 12, SUB))),
        (r"\*\*原样\*\*与\{括号\}", "**原样**与{括号}", ()),
        (r"路径 C:\新", r"路径 C:\新", ()),
        ("末尾\\", "末尾\\", ()),
        ("要==特别==注意", "要特别注意", (Mark(1, 3, DOTS),)),
        ("__张三____李四__", "张三李四", (Mark(0, 2, NAME), Mark(2, 4, NAME))),
        ("__张三__、__李四__", "张三、李四", (Mark(0, 2, NAME), Mark(3, 5, NAME))),
        ("==**重**点==", "重点", (Mark(0, 2, DOTS), Mark(0, 1, HEI))),
        ("==甲__乙__==", "甲乙", (Mark(0, 2, DOTS), Mark(1, 2, NAME))),
        (r"\==原样==与\__原样__", "==原样==与__原样__", ()),
        # Signs that form nothing stay.
        ("3~5天、10~20元", "3~5天、10~20元", ()),
        ("10~20,30~40", "10~20,30~40", ()),
        ("深度|长江", "深度|长江", ()),
        ("138****1234", "138****1234", ()),
        ("5*3=15", "5*3=15", ()),
        ("[注]见后", "[注]见后", ()),
        ("^_^", "^_^", ()),
        ("a == b == c", "a == b == c", ()),
        ("x=1，y==2", "x=1，y==2", ()),
        ("姓名____电话______", "姓名____电话______", ()),
        ("====", "====", ()),
        ("__init 与 ==", "__init 与 ==", ()),
        ("a | b", "a | b", ()),
        # Line ends and blanks.
        ("汉字\n汉字", "汉字汉字", ()),
        ("one\ntwo", "one two", ()),
        ("汉字\nword", "汉字word", ()),
        ("他说“好”\n“好”", "他说“好”“好”", ()),
        ("“yes”\nhe said", "“yes” he said", ()),
        ("**one\ntwo**", "one two", (Mark(0, 7, HEI),)),
        ("one\n**two**", "one two", (Mark(4, 7, HEI),)),
        ("a  b\tc", "a b c", ()),
        ("张　三", "张　三", ()),
    ],
)
def test_markup(source: str, text: str, marks: tuple[Mark, ...]) -> None:
    made, sources = rich(source)
    assert made.text == text
    assert made.marks == marks
    assert not sources.findings


@pytest.mark.parametrize(
    ("source", "code", "name", "place"),
    [
        ("甲**乙", "E111", "**", (1, 2)),
        ("张**说", "E111", "**", (1, 2)),
        ("甲\n乙{丙", "E111", "{", (2, 2)),
        ("**甲{乙**", "E111", "{", (1, 4)),
        ("|甲(jiǎ", "E111", "|", (1, 1)),
        ("[甲](http://x", "E111", "[", (1, 1)),
        ("[甲](b c)", "E111", "[", (1, 1)),
        ("12m^2", "E111", "^", (1, 4)),
        ("H~2O", "E111", "~", (1, 2)),
        ("甲}乙", "E123", "}", (1, 2)),
    ],
)
def test_unclosed_marks_are_named_at_their_opener(source: str, code: str, name: str, place: tuple[int, int]) -> None:
    _, sources = rich(source)
    [found] = sources.findings
    assert found.span is not None
    assert (found.code, dict(found.values)["name"], (found.span.line, found.span.column)) == (code, name, place)


FRAGMENTS = st.sampled_from(
    [
        "清渡晚报", "，", "“新桥”", "。", " ", "  ", "　", "\t", "IoT", "12.4", "AI model", "——", "𠮷", "é", "かな",
        "**重点**", "**“好。”**", "{楷体}", "{楷**黑**体}", "|饕餮(tāotiè)", "[网页](http://a.example/?q=1)",
        "[**网**页](x)", "m^2^", "H~2~O", "\\*", "\\{", "\\\\", "\n", "\n　　", " \n", "\n**", "**\n", "3~5", "|", "~",
        "[注]", "*", "^", "#", ": ", "{", "}", "'", '"',
    ]
)  # fmt: skip


def check_places(made: RichText, rows: list[str]) -> None:
    """Every character of the text stands where its origin says; a joining blank stands at a blank or a line end."""
    assert made.origin is not None
    for offset, char in enumerate(made.text):
        line, column = made.origin.locate(offset)
        row = rows[line - 1]
        found = row[column - 1] if column <= len(row) else "\n"
        assert found == char or (char == " " and found in " \t\n　"), (offset, char, found)
    for mark in made.marks:
        assert 0 <= mark.start < mark.end <= len(made.text)


@given(st.lists(FRAGMENTS, max_size=14).map("".join), st.integers(1, 40))
def test_every_character_of_a_body_is_where_its_origin_says(text: str, first: int) -> None:
    sources = Sources(Path())
    rows = text.split("\n")
    for block in read_body(rows, first, "a.md", sources):
        check_places(block.text, [""] * (first - 1) + rows)


def double_quoted(text: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"'}
    return '"' + "".join(escapes.get(char, char) for char in text) + '"'


@given(st.lists(FRAGMENTS, min_size=1, max_size=10).map("".join), st.sampled_from(["'", '"', "|", ">", "plain"]))
def test_every_character_of_a_value_is_where_its_origin_says(text: str, style: str) -> None:
    lines = [row.strip() for row in text.split("\n") if row.strip()]
    if not lines:
        return
    body = "\n  ".join(lines)
    written = {
        "'": "'" + body.replace("'", "''") + "'",
        '"': double_quoted(body),
        "|": "|\n  " + body,
        ">": ">-\n  " + body,
        "plain": "值" + body,
    }[style]
    source = f"标题: {written}\n"
    sources = Sources(Path())
    root = read_tree(source, "a.yaml", sources)
    value = root.get("标题") if root else None
    if style == "plain" and not (isinstance(value, Scalar) and not sources.findings):
        return  # the text happened to be no plain value
    assert isinstance(value, Scalar)
    made = prose(value, sources)
    check_places(made, source.split("\n"))
    assert "".join(made.text.split()) or not "".join(value.text.split()).strip("*{}")


def test_values_over_several_lines_join_like_stories() -> None:
    sources = Sources(Path())
    root = read_tree("a: 说明文字\n  接着说\nb: 'it''s\n  here'\nc: >\n  一\n  二\nd: \"甲\\\n  乙\"\n", "a", sources)
    assert root is not None
    assert [prose(value, sources).text for _, value in root.items if isinstance(value, Scalar)] == [
        "说明文字接着说",
        "it's here",
        "一二",
        "甲乙",
    ]
