"""Findings as people and programs read them: full with carets, short, JSON lines."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layout.diagnostics import Diagnostic

JSON_VERSION: Final = 1
"""Version of the JSON lines' schema; it rises when a key changes its meaning."""


def cell_width(text: str) -> int:
    """Return how many terminal cells a text takes: East Asian wide and full-width characters take two."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def full(item: Diagnostic, sources: Mapping[str, str], lang: str = "en") -> str:
    """Return a finding with its source line and carets under the place, wide characters counted as two cells.

    Args:
        item: the finding.
        sources: the text of each source file by the name its spans use; a missing one shows no source line.
        lang: "en" or "zh".
    """
    lines = [f"{item.severity.word}[{item.code}]: {item.message(lang)}"]
    if item.span is not None:
        lines.append(f"  --> {item.span}")
        lines.extend(_excerpt(item, sources.get(item.span.file, "")))
    elif item.page or item.story:
        lines.append("  --> " + ", ".join(part for part in (item.page, item.story) if part))
    if item.hint:
        lines.append(f"     = hint: {item.hint}")
    return "\n".join(lines)


def _excerpt(item: Diagnostic, source: str) -> list[str]:
    span = item.span
    if span is None or span.line < 1:
        return []
    rows = source.splitlines()
    if span.line > len(rows):
        return []
    row = rows[span.line - 1].replace("\t", " ")
    start = min(max(span.column - 1, 0), len(row))
    end = span.end_column - 1 if span.end_line in (0, span.line) else len(row)
    end = min(max(end, start + 1), max(len(row), start + 1))
    carets = "^" * max(1, cell_width(row[start:end]))
    return [f"{span.line:>4} | {row}", f"     | {' ' * cell_width(row[:start])}{carets}"]


def short(item: Diagnostic, lang: str = "en") -> str:
    """Return a finding in one line, `file:line:column: error[E104]: …`, as editors' problem matchers expect."""
    place = str(item.span) if item.span is not None else "/".join(p for p in (item.page, item.story) if p) or "issue"
    return f"{place}: {item.severity.word}[{item.code}]: {item.message(lang)}"


def record(item: Diagnostic) -> dict[str, object]:
    """Return a finding as plain data for reports and JSON lines."""
    made: dict[str, object] = {
        "version": JSON_VERSION,
        "code": item.code,
        "severity": item.severity.word,
        "message": item.message("en"),
        "message_zh": item.message("zh"),
        "values": dict(item.values),
    }
    if item.span is not None:
        made["file"] = item.span.file
        made["line"], made["column"] = item.span.line, item.span.column
    made |= {name: value for name in ("page", "story", "hint") if (value := getattr(item, name))}
    return made


def json_lines(items: Iterable[Diagnostic]) -> str:
    """Return findings as JSON, one a line."""
    return "".join(json.dumps(record(item), ensure_ascii=False, sort_keys=True) + "\n" for item in items)
