"""Findings as people and programs read them: full with carets, short, JSON lines."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layout.diagnostics import Diagnostic

MM: Final = 25.4 / 72_000
"""One mpt in millimetres."""

JSON_VERSION: Final = 1
"""Version of the JSON lines' schema; it rises when a key changes its meaning."""

_SEVERITIES: Final[dict[str, dict[str, str]]] = {"en": {}, "zh": {"error": "错误", "warning": "警告", "info": "提示"}}
_HINT: Final = {"en": "hint", "zh": "建议"}


def cell_width(text: str) -> int:
    """Return how many terminal cells a text takes: East Asian wide and full-width characters take two."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def label(item: Diagnostic, lang: str = "en") -> str:
    """Return the word for how bad a finding is, with its code: `error[E104]`."""
    return f"{_SEVERITIES[lang].get(item.severity.word, item.severity.word)}[{item.code}]"


def full(item: Diagnostic, sources: Mapping[str, str], lang: str = "en") -> str:
    """Return a finding with its source line and carets under the place, wide characters counted as two cells.

    Args:
        item: the finding.
        sources: the text of each source file by the name its spans use; a missing one shows no source line.
        lang: "en" or "zh".
    """
    lines = [f"{label(item, lang)}: {item.message(lang)}"]
    if item.span is not None:
        lines.append("  --> " + ", ".join([str(item.span), *_on_page(item)]))
        lines.extend(_excerpt(item, sources.get(item.span.file, "")))
    elif item.page or item.story:
        lines.append("  --> " + ", ".join(part for part in (item.page, item.story, _place(item)) if part))
    if advice := item.advice(lang):
        lines.append(f"     = {_HINT[lang]}: {advice}")
    return "\n".join(lines)


def _on_page(item: Diagnostic) -> list[str]:
    """Return page and place of a finding in a file that has pages instead of lines."""
    line_known = item.span is not None and item.span.line
    return [] if line_known else [part for part in (item.page, _place(item)) if part]


def _place(item: Diagnostic) -> str:
    """Return a finding's place on its page in millimetres from the upper left corner of the trim box."""
    if item.area is None:
        return ""
    left, top, width, height = (value * MM for value in item.area)
    return f"{left:.1f},{top:.1f} mm ({width:.1f} × {height:.1f})"


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
    """Return a finding in one line, `file:line:column: error[E104]: …`, as editors' problem matchers expect.

    The words `error` and `warning` are English in both languages: programs look for them.
    """
    if item.span is None:
        place = "/".join(part for part in (item.page, item.story) if part) or "issue"
        place = ":".join(part for part in (place, _place(item)) if part)
    else:
        place = ":".join([str(item.span), *_on_page(item)])
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
    if item.area is not None:
        made["area_mm"] = [round(value * MM, 2) for value in item.area]
    made |= {name: value for name in ("page", "story", "hint", "hint_zh") if (value := getattr(item, name))}
    return made


def json_lines(items: Iterable[Diagnostic]) -> str:
    """Return findings as JSON, one a line."""
    return "".join(json.dumps(record(item), ensure_ascii=False, sort_keys=True) + "\n" for item in items)
