"""YAML as text with places."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.reading.source import Sources
from layout.reading.tree import Mapping, Scalar, Sequence, read_tree


def tree(text: str) -> tuple[Mapping | None, Sources]:
    sources = Sources(Path())
    return read_tree(text, "a.yaml", sources), sources


def codes(text: str) -> list[str]:
    return [item.code for item in tree(text)[1].findings]


@pytest.mark.parametrize(
    "text",
    ["12:30", "NO", "no", "007", "0x1F", "1e3", "2026-11-22", "~", "null", "true", "1_000", ".5", "=", "<<", "3.10"],
)
def test_scalars_stay_text(text: str) -> None:
    root, sources = tree(f"value: {text}\nlist: [{text}]\n")
    assert root is not None
    assert not sources.findings
    value, listed = root.get("value"), root.get("list")
    assert isinstance(value, Scalar)
    assert value.text == text
    assert isinstance(listed, Sequence)
    assert [str(item) for item in listed.items] == [text]


def test_places_of_keys_and_values() -> None:
    root, _ = tree("报头: 清渡\npages:\n  - {page: A01, 版: 要闻}\n")
    assert root is not None
    pages = root.get("pages")
    assert isinstance(pages, Sequence)
    page = pages.items[0]
    assert isinstance(page, Mapping)
    value = page.get("版")
    assert value is not None
    assert (value.span.line, value.span.column, value.span.end_column) == (3, 20, 22)


def test_duplicate_keys_are_refused_and_named() -> None:
    root, sources = tree("a: 1\nb: {c: 1, c: 2}\na: 3\n")
    assert root is not None
    assert [(item.code, str(item.span)) for item in sources.findings] == [
        ("E103", "a.yaml:2:11"),
        ("E103", "a.yaml:3:1"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("rank: 1\nheadline：标题\n", "E114", "a.yaml:2:9"),
        ("headline：标题\nrank: 1\n", "E114", "a.yaml:1:9"),
        ("headline：标题\n", "E114", "a.yaml:1:9"),
        ("imprint:\n  主办：清渡\n  出版: 清渡\n", "E114", "a.yaml:2:5"),
        ("a:\n\t- b\n", "E115", "a.yaml:2:1"),
        ("a: 1\nb:2\n", "E102", "a.yaml:2:2"),
        ("a: 甲: 乙\n", "E102", "a.yaml:1:5"),
        ('a: "甲"乙\n', "E102", "a.yaml:1:7"),
        ('a: "甲\nb: 1\n', "E102", "a.yaml:1:4"),
        ("a: *甲\n", "E102", "a.yaml:1:4"),
        ("a: &x 1\nb: *x\n", "E102", "a.yaml:1:4"),
        ("a: !新闻 快报\n", "E102", "a.yaml:1:4"),
        ("a: &甲 x\n", "E102", "a.yaml:1:4"),
        ("a: |甲(jia)\n", "E102", "a.yaml:1:4"),
        ("a: {楷}体\n", "E102", "a.yaml:1:7"),
        ("a: b\n c: d\n", "E102", "a.yaml:2:3"),
        ("a: @甲\n", "E102", "a.yaml:1:4"),
        ("a: [1, 2\n", "E102", "a.yaml:2:1"),
        ("- a\n- b\n", "E102", "a.yaml:1:1"),
        ("只有一句话\n", "E102", "a.yaml:1:1"),
        ("[1]: 2\n", "E102", "a.yaml:1:1"),
        ('a: "\\x07"\n', "E121", "a.yaml:1:4"),
        ("a: 关于 #1 的新闻\n", "W133", "a.yaml:1:7"),
    ],
)
def test_trouble_is_explained_where_it_is(text: str, code: str, place: str) -> None:
    _, sources = tree(text)
    assert [(item.code, str(item.span)) for item in sources.findings] == [(code, place)]


def test_comments_with_a_blank_are_no_trouble() -> None:
    assert codes("a: 1   # 说明\n# 1\nb: 'x' # y\n") == []


def test_every_full_width_colon_is_named_at_once() -> None:
    assert codes("headline：一\ndeck：二\nrank: 3\n") == ["E114", "E114"]


def test_deep_nesting_is_refused() -> None:
    assert codes("a: " + "[" * 60 + "]" * 60) == ["E102"]
    assert codes("a: " + "[" * 5000) == ["E102"]


def test_nothing_is_an_empty_mapping() -> None:
    root, sources = tree("# nothing\n")
    assert root == Mapping((), root.span if root else None)  # type: ignore[arg-type]
    assert not sources.findings


@given(st.dictionaries(st.text("abcdefgh", min_size=1), st.text("甲乙ab 12.-", min_size=1), max_size=5))
def test_whatever_is_written_comes_back_as_text(values: dict[str, str]) -> None:
    text = "".join(f"{name}: '{value}'\n" for name, value in values.items())
    root, sources = tree(text)
    assert root is not None
    assert not sources.findings
    assert {key.text: str(value) for key, value in root.items} == values
