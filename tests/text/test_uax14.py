"""The untailored line-breaking rules against the official test, an oracle and the annex."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from layout.text import uax14
from layout.text.uax14 import (
    BREAK,
    CLASSES,
    CODES,
    MUST_BREAK,
    NO_BREAK,
    line_classes,
    opportunities,
    resolve,
)

ROOT = Path(__file__).parents[2]
OFFICIAL = ROOT.parent / "shared" / "unicode" / "LineBreakTest-16.0.0.txt"
TOOL = ROOT / "tests" / "tools" / "build_uax14_table.py"
TABLE = ROOT / "layout" / "text" / "_uax14_table.py"


def parts(text: str) -> list[str]:
    """Cut a text at its opportunities."""
    result = opportunities(text)
    cuts = [at for at, verdict in enumerate(result) if verdict] or [len(text)]
    return [text[start:end] for start, end in zip([0, *cuts], cuts, strict=False)]


def official_cases() -> list[tuple[str, list[bool]]]:
    cases = []
    for line in OFFICIAL.read_text(encoding="utf-8").splitlines():
        words = line.partition("#")[0].split()
        if words:
            text = "".join(chr(int(word, 16)) for word in words[1::2])
            cases.append((text, [word == "÷" for word in words[::2]]))
    return cases


@pytest.mark.skipif(
    not OFFICIAL.exists(), reason="the Unicode line-break test file is not beside the repository"
)
def test_official_cases() -> None:
    cases = official_cases()
    wrong = [text for text, expected in cases if list(map(bool, opportunities(text))) != expected]
    assert len(cases) == 16672
    assert wrong == []


@pytest.mark.skipif(
    not OFFICIAL.exists(), reason="the Unicode line-break test file is not beside the repository"
)
@pytest.mark.parametrize("dropped", ["LB12a", "LB15a", "LB19a", "LB20a", "LB25", "LB28a", "LB30a", "LB30b"])
def test_official_cases_notice_a_missing_rule(dropped: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uax14, "_ROWS", [row for row in uax14._ROWS if row[2].name != dropped])
    monkeypatch.setattr(uax14, "_pairs", uax14._Pairs())
    assert any(list(map(bool, opportunities(text))) != expected for text, expected in official_cases())


# Of every class something, and what newspapers are made of.
MIXED = (
    "国人カァー々한글AbzאבΩ059３()[]（）《》「」“”‘’\"'«»，。、；：！？·…—–-‐―～"
    "/／%％℃$￥€+±,.:;!? "
    "\u3000\u00a0\u200b\u2060\u200d\u0301\ufe0f\n\r\v①★→°№√☝🏻🇨🇳𠀀\ufffcกิ\u25cc\u1b05\u1b44"
)

# uniseg 0.10.1 lets LB21a take the ideographic space, which the rule excludes as East Asian, and does
# not see the end of the text behind the marks of a final quote (LB15b after LB9).
MARK = "[\u0301\ufe0f\u200d\u0e34]"
ORACLE_IS_WRONG = re.compile(f"[בא]{MARK}*\u3000|[’”»]{MARK}+$")


@settings(max_examples=600, derandomize=True, deadline=None)
@given(st.text(alphabet=MIXED, min_size=1, max_size=24))
def test_agrees_with_uniseg(text: str) -> None:
    oracle = pytest.importorskip("uniseg.linebreak", reason="uniseg is not installed")
    assume(not ORACLE_IS_WRONG.search(text))
    expected = [bool(value) for value in oracle.line_break_breakables(text)]
    assert list(map(bool, opportunities(text)[: len(text)])) == [False, *expected[1:]]


def test_table_is_what_its_tool_makes() -> None:
    pytest.importorskip("uniseg", reason="uniseg is not installed")
    unicodedata2 = pytest.importorskip("unicodedata2", reason="unicodedata2 is not installed")
    if unicodedata2.unidata_version != uax14.UNICODE_VERSION:
        pytest.skip("unicodedata2 is of another Unicode version")
    spec = importlib.util.spec_from_file_location("build_uax14_table", TOOL)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.module_text() == TABLE.read_text(encoding="utf-8")


def test_ends_of_a_text() -> None:
    assert opportunities("") == bytes([NO_BREAK])
    assert opportunities("国") == bytes([NO_BREAK, MUST_BREAK])
    assert opportunities("国人") == bytes([NO_BREAK, BREAK, MUST_BREAK])


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n", "\v", "\f", "\u0085", "\u2028", "\u2029"])
def test_newlines_are_mandatory(newline: str) -> None:
    result = opportunities(f"甲{newline}乙")
    assert result[1 : len(newline) + 1] == bytes(len(newline))
    assert result[len(newline) + 1] == MUST_BREAK


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（国）", ["（国）"]),
        ("甲，乙", ["甲，", "乙"]),
        ("1,234.56元", ["1,234.56", "元"]),
        ("well-known", ["well-", "known"]),
        ("a -b", ["a ", "-b"]),
        ("e\u0301e\u0301", ["e\u0301e\u0301"]),
        ("国\u0301人", ["国\u0301", "人"]),
        ("国\u2060人", ["国\u2060人"]),
        ("a\u200bb", ["a\u200b", "b"]),
        ("( a", ["( a"]),
        ("德·莱", ["德", "·", "莱"]),
        ("2024—2026", ["2024", "—", "2026"]),
        ("他说“好”吗", ["他", "说", "“好”", "吗"]),
        ("a “b” c", ["a ", "“b” ", "c"]),
        ("五℃", ["五℃"]),
        ("$(12.35)", ["$(12.35)"]),
        ("🇨🇳🇨🇳", ["🇨🇳", "🇨🇳"]),
        ("☝🏻☝", ["☝🏻", "☝"]),
        ("👩\u200d💻国", ["👩\u200d💻", "国"]),
    ],
)
def test_untailored_pieces(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_classes_are_resolved_but_keep_marks() -> None:
    names = [CLASSES[code] for code in line_classes("国ァ“\u0301๐ก\u0e34\u00b7\ue000😀\u25cc")]
    assert names == ["ID/E", "NS/E", "QU.i", "CM", "NU", "AL", "CM", "AL", "AL", "ID/E", "AL.c"]


def test_resolve_takes_other_classes() -> None:
    codes = bytearray(line_classes("德·莱"))
    assert resolve(bytes(codes)) == bytes([NO_BREAK, BREAK, BREAK, MUST_BREAK])
    codes[1] = CODES["NS"]
    assert resolve(bytes(codes)) == bytes([NO_BREAK, NO_BREAK, BREAK, MUST_BREAK])


def test_every_rule_of_the_annex_has_a_row() -> None:
    named = {rule.name for rule in uax14.RULES}
    numbers = {int("".join(filter(str.isdigit, name))) for name in named}
    assert numbers == set(range(4, 32)) - {9, 10}  # 9 and 10 are the attachment of marks
    assert {"LB15a", "LB15b", "LB15c", "LB15d", "LB19a", "LB20a", "LB21a", "LB28a", "LB30a", "LB30b"} <= named


def test_rules_name_known_classes() -> None:
    for rule in uax14.RULES:
        for spec in (rule.left, rule.right):
            assert all(uax14.class_set(word) for word in spec.removeprefix("!").split())
