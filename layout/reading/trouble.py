"""What a YAML scanner's complaint means to an editor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span
from layout.diagnostics.hints import Hint, hint

if TYPE_CHECKING:
    import yaml

    from layout.reading.source import Sources

_FULL_WIDTH: Final = re.compile(r"(?m)^[ \t]*(?:- +)?\{?([A-Za-z_][A-Za-z_0-9]*)[ \t]*：")
_FULL_WIDTH_ANY: Final = re.compile(r"^\s*(?:- +)?\{?([^\s:：\"'{}\[\],]{1,12})\s*：")
_TAB: Final = re.compile(r"(?m)^ *\t[ \t]*(?=\S)")
_NO_BLANK: Final = re.compile(r"^\s*(?:- +)?([A-Za-z_][A-Za-z_0-9]*):[^\s/\\]")

_AFTER_BRACKET: Final = re.compile(r"(?:^|: +|- +)(?:\[[^\[\]]*\]|\{[^{}]*\}) *\Z")
_AFTER_QUOTES: Final = re.compile(r"(?:^|: +|- +|[\[,{] *)(?:\"[^\"]*\"|'[^']*') *\Z")

_IN_QUOTES: Final = hint("quote-value")
_ONE_DEPTH: Final = hint("same-column")

_Meaning = tuple[str, str, Hint | None]

_SECOND_COLON: Final = "a second `: ` in one value"
_DEEPER: Final = ("this is indented deeper than the line above", "比上一行缩进得更深", _ONE_DEPTH)
_NO_BLOCK: Final = ("the file must hold `key: value` lines", "文件应由“键: 值”行组成", None)
_MORE_BRACKETED: Final = ("text after the closing bracket", "收尾的括号后面还有文字", _IN_QUOTES)
_MORE_QUOTED: Final = (
    "text after the closing quotation mark",
    "收尾的引号后面还有文字",
    hint("quote-other"),
)

_MEANINGS: Final[tuple[tuple[str, str, str, Hint | None], ...]] = (
    ("could not find expected ':'", "this line is no `key: value`", "这一行不是“键: 值”", None),
    ("mapping values are not allowed", _SECOND_COLON, "一个值里出现了第二个“: ”", _IN_QUOTES),
    (
        "did not find expected key",
        "this does not belong to the block above",
        "与上文的层次对不上",
        _ONE_DEPTH,
    ),
    ("did not find expected '-'", "a list item must start with `- `", "列表的每一项都要以“- ”开头", None),
    (
        "did not find expected ',' or ']'",
        "a list in `[…]` is not closed",
        "“[…]”列表没有收尾",
        hint("close-with", sign="]"),
    ),
    (
        "did not find expected ',' or '}'",
        "a block in `{…}` is not closed",
        "“{…}”没有收尾",
        hint("close-with", sign="}"),
    ),
    (
        "found unexpected end of stream",
        "a quotation mark is never closed",
        "引号没有收尾",
        hint("close-quotes"),
    ),
    (
        "found unexpected document indicator",
        "a quotation mark is never closed",
        "引号没有收尾",
        hint("close-quotes"),
    ),
    (
        "cannot start any token",
        "a value cannot start with this character",
        "值不能以这个字符开头",
        _IN_QUOTES,
    ),
    ("alphabetic or numeric", "a value cannot start with `*` or `&`", "值不能以“*”或“&”开头", _IN_QUOTES),
    ("expected whitespace or line break", "a value cannot start with `!`", "值不能以“!”开头", _IN_QUOTES),
    ("the expected '>'", "a value cannot start with `!`", "值不能以“!”开头", _IN_QUOTES),
    ("undefined alias", "a value cannot start with `*`", "值不能以“*”开头", _IN_QUOTES),
    ("duplicate anchor", "a value cannot start with `&`", "值不能以“&”开头", _IN_QUOTES),
    (
        "unknown escape",
        "unknown escape in a text in double quotes",
        "双引号里的转义符无法识别",
        hint("single-quotes"),
    ),
    ("sequence entries are not allowed", "a list must start on a line of its own", "列表要另起一行", None),
    ("comment or line break", "text behind `|` or `>`", "“|”或“>”后面有文字", _IN_QUOTES),
    ("single document", "a second document starts here", "这里开始了第二个文档", hint("delete-fence")),
    ("document start", "this does not belong to the block above", "与上文的层次对不上", _ONE_DEPTH),
    ("nesting level", "nested too deeply", "嵌套层次过多", None),
    ("recursive anchor", "a value cannot start with `*`", "值不能以“*”开头", _IN_QUOTES),
)
"""Part of libyaml's message (its scanner.c and parser.c), what it comes to in both languages, and the cure."""


def report_yaml(error: yaml.YAMLError | None, text: str, file: str, sources: Sources) -> None:
    """Report a text that is no YAML mapping by what is most likely wrong with it.

    Full-width colons and tabs come before the scanner's own view: it stumbles over them later, and elsewhere.

    Args:
        error: the scanner's complaint; None where the text is YAML but no mapping.
        text: the YAML text.
        file: the name for spans.
        sources: where findings go.
    """
    rows = text.split("\n")
    mark = getattr(error, "problem_mark", None)
    row = min(mark.line, len(rows) - 1) if mark is not None else _first_row(rows)
    colons = [(m[1], *_place(text, m.end() - 1)) for m in _FULL_WIDTH.finditer(text)]
    for at in {row, max(row - 1, 0)}:
        match = _FULL_WIDTH_ANY.match(rows[at])
        if match and not any(line == at + 1 for _, line, _ in colons):
            colons.append((match[1], at + 1, match.end()))
    tabs = [_place(text, match.end() - 1) for match in _TAB.finditer(text)]
    if colons:
        for name, line, column in colons:
            span = Span(file, line, column, line, column + 1)
            sources.report("E114", span=span, name=name, hint=hint("write-key", name=name))
    elif tabs:
        for line, column in tabs:
            sources.report("E115", span=Span(file, line, 1, line, column + 1), hint=hint("indent-spaces"))
    else:
        _report_rest(error, rows, row, file, sources)


def _report_rest(error: yaml.YAMLError | None, rows: list[str], row: int, file: str, sources: Sources) -> None:
    mark = getattr(error, "problem_mark", None)
    for at in (row, row - 1):
        match = _NO_BLANK.match(rows[at]) if at >= 0 else None
        if match:
            span = Span(file, at + 1, match.end() - 1, at + 1, match.end())
            cure = hint("write-key-blank", name=match[1])
            _report(("no space after the colon", "冒号后面缺空格", cure), span, sources)
            return
    span = Span(file, row + 1, 1, row + 1, len(rows[row]) + 1)
    if mark is None or error is None:
        _report(_NO_BLOCK, span, sources)
        return
    before = rows[row][: mark.column]
    for ending, meaning in ((_AFTER_QUOTES, _MORE_QUOTED), (_AFTER_BRACKET, _MORE_BRACKETED)):
        if ending.search(before):
            span = Span(file, row + 1, mark.column + 1, row + 1, len(rows[row]) + 1)
            _report(meaning, span, sources)
            return
    said = str(getattr(error, "problem", None) or "")
    known: _Meaning = next((row[1:] for row in _MEANINGS if row[0] in said), (said, said, None))
    if known[0] == _SECOND_COLON and ": " not in before:
        known = _DEEPER
    opened = getattr(error, "context_mark", None)
    if opened is not None and str(getattr(error, "context", None)).startswith("while scanning"):
        mark = opened
    _report(known, Span(file, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2), sources)


def _report(meaning: _Meaning, span: Span, sources: Sources) -> None:
    problem, problem_zh, cure = meaning
    sources.report("E102", span=span, problem=problem, problem_zh=problem_zh, hint=cure)


def _first_row(rows: list[str]) -> int:
    return next((at for at, row in enumerate(rows) if row.strip() and row.strip() != "---"), 0)


def _place(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column of a character."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
