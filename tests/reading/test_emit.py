"""YAML writing: text stays text, whoever reads it."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from layout.reading.emit import to_yaml
from layout.reading.source import Sources
from layout.reading.tree import Mapping, Scalar, Sequence, read_tree

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
TRICKY = st.sampled_from(
    ["12:30", "no", "NO", "007", "1e3", "0x1F", "~", "null", "", " ", "a: b", "a #b", "- a", "…", "...",
     "---", "=", "<<",
     "2026-11-22", "1_000", "y", "标题：甲", "“引”", "a:", "#", "&a", "*a", "!a", "%a", "@a", "'a", '"a"', "a\n", "\ta",
     "　甲", ".5", "+1", "190:20:30", "甲, 乙", "[甲]", "{甲}",
     "a\u2028b", "\ufeff", "\x07", "\x85", "1.", "?", "-", "- "]
)  # fmt: skip
VALUES = st.recursive(
    SCALARS | TRICKY,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6) | TRICKY, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_another_reader_reads_the_same(value: object) -> None:
    assert yaml.safe_load(to_yaml(value)) == value


@given(st.dictionaries(st.text(min_size=1, max_size=8) | TRICKY, st.text(max_size=12) | TRICKY, max_size=5))
def test_our_own_reader_reads_the_same_text(value: dict[str, str]) -> None:
    sources = Sources(Path())
    root = read_tree(to_yaml(value), "a.yaml", sources)
    assert root is not None
    if any(item.code == "E121" for item in sources.findings):
        return  # we refuse control characters, however they are escaped
    assert not sources.findings
    if value:
        assert {key.text: str(node) for key, node in root.items} == value


def test_form() -> None:
    plan = {
        "pages": [
            {"page": "A01", "modules": [{"story": "bridge", "cells": [1, 13, 4, 30], "note": "12:30"}], "empty": []},
        ],
        "names": ["清渡大桥", "no"],
        "share": 0.25,
        "front": True,
        "none": None,
    }
    assert to_yaml(plan) == (
        "pages:\n"
        "  - page: A01\n"
        "    modules:\n"
        "      - story: bridge\n"
        "        cells: [1, 13, 4, 30]\n"
        '        note: "12:30"\n'
        "    empty: []\n"
        'names: [清渡大桥, "no"]\n'
        "share: 0.25\n"
        "front: true\n"
        "none: null\n"
    )
    assert to_yaml({}) == "{}\n"


def test_numbers_that_are_none() -> None:
    assert to_yaml([math.inf, -math.inf, 1e22, 1e-5]) == "[.inf, -.inf, 1.0e+22, 1.0e-05]\n"


def test_other_values_are_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        to_yaml({"a": {1, 2}})


def test_own_reader_sees_nested_values() -> None:
    root = read_tree(to_yaml({"a": [{"b": "1"}]}), "a", Sources(Path()))
    assert root is not None
    items = root.get("a")
    assert isinstance(items, Sequence)
    assert isinstance(items.items[0], Mapping)
    assert isinstance(items.items[0].get("b"), Scalar)
