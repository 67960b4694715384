"""The proof site's data: plain values for scripts, in points, and the scripts that carry them.

A page opened from disk may load scripts but no data files, so data come as calls: `layoutProof.issue({…})` and
`layoutProof.page("A01", {…})`. Whatever stands in a story cannot end the script (`<`, U+2028 and U+2029 are escaped).
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from layout.geometry import PT, Rect
from layout.model import BlockKind
from layout.proof.places import span_boxes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layout.diagnostics import Diagnostic
    from layout.model import Issue, Story
    from layout.page.trim import Trim
    from layout.proof.pagemap import Line, Outlined, PageMap, Shown
    from layout.style import Style

LOOSE: Final = 0.06
"""Openings between Han above this share of an em are shown as loose lines (newsroom.md 8: good up to .06)."""

LOW_PPI: Final = 200
"""Pictures below this resolution are shown (print.md: 200 ppi is the least that newsprint's screen uses up)."""

INK: Final = frozenset({"E791", "E792"})
"""Findings of too much ink: an object's, and the average over 15 mm² of the plates."""

_ESCAPES: Final = {"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script(call: str, *values: object) -> bytes:
    """Return a script that calls `call` with plain values."""
    texts = [json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True) for value in values]
    text = f"{call}({','.join(texts)});\n"
    for char, escape in _ESCAPES.items():
        text = text.replace(char, escape)
    return text.encode()


def issue_data(issue: Issue, styles: Mapping[str, Style], findings: Iterable[Diagnostic]) -> dict[str, Any]:
    """Return what the site knows of the issue before any page is opened; it is the same whichever pages are built.

    Args:
        issue: the issue.
        styles: its pages' styles by page id.
        findings: those that belong to no page.
    """
    return {
        "paper": issue.paper,
        "date": issue.date,
        "number": issue.number,
        "pages": [
            {
                "id": page.id,
                "section": page.section,
                "spread": list(page.spread),
                "width": _pt(styles[page.id].sheet.width),
                "height": _pt(styles[page.id].sheet.height),
            }
            for page in issue.pages
        ],
        "findings": [_told(item, issue) for item in findings],
    }


def page_data(
    issue: Issue, page: PageMap, findings: Iterable[Diagnostic], overset: Mapping[str, str], trims: Iterable[Trim]
) -> dict[str, Any]:
    """Return a page's stories, lines, pictures, grid, findings, the text that did not fit, by story, and the cuts."""
    stories = {outlined.story.id: outlined.story for outlined in page.stories}
    found = tuple(findings)
    return {
        "width": _pt(page.trim[0]),
        "height": _pt(page.trim[1]),
        "stories": [_story(outlined, issue) for outlined in page.stories],
        "lines": [_line(line) for line in page.lines],
        "pictures": [_shown(item) for item in page.pictures],
        "adverts": [_shown(item) for item in page.adverts],
        "grid": {
            "columns": [[_pt(left), _pt(width)] for left, width in page.columns],
            "top": _pt(page.top),
            "pitch": _pt(page.pitch),
            "lines": page.grid_lines,
        },
        "findings": [_finding(item, issue, page, stories) for item in found],
        "overset": dict(overset),
        "ink": [
            {"box": _box(Rect(*item.area)), "sum": dict(item.values).get("total", "")}
            for item in found
            if item.code in INK and item.area is not None
        ],
        "trims": [
            {"story": trim.story, "at": list(trim.at), "lines": trim.lines, "text": trim.text}
            for trim in trims
            if trim.at is not None
        ],
    }


def former_data(issue: Issue, changes: Mapping[str, Iterable[Diagnostic]]) -> dict[str, Any]:
    """Return what changed since the earlier version that is kept, by page."""
    return {page: [_told(item, issue) for item in items] for page, items in changes.items()}


def _told(item: Diagnostic, issue: Issue) -> dict[str, str]:
    """Return a finding in both languages."""
    return {
        "code": item.code,
        "severity": item.severity.word,
        "en": item.message("en"),
        "zh": item.message("zh"),
        "hint": item.hint,
        "hint_zh": item.hint_zh,
        "story": item.story,
        "place": str(replace(item.span, file=issue.relative(item.span.file))) if item.span is not None else "",
    }


def _story(outlined: Outlined, issue: Issue) -> dict[str, Any]:
    story = outlined.story
    return {
        "id": story.id,
        "rank": story.rank,
        "shape": [[_pt(value) for point in polygon for value in point] for polygon in outlined.shape],
        "file": issue.relative(story.file),
        "line": story.headline.origin.pieces[0][1] if story.headline.origin else 1,
        "headline": story.headline.text,
        "kicker": story.kicker.text if story.kicker else "",
        "deck": story.deck.text if story.deck else "",
        "byline": " ".join(part.text for part in (story.dateline, story.byline) if part),
        "count": _count(story),
        "body": [
            {
                "kind": "subhead" if block.kind is BlockKind.SUBHEAD else "body",
                "text": block.text.text,
                "line": block.text.origin.pieces[0][1] if block.text.origin else 0,
            }
            for block in story.body
        ],
    }


def _count(story: Story) -> int:
    """Return the characters of a story's body as editors count them: marks too, blanks not."""
    return sum(len("".join(block.text.text.split())) for block in story.body)


def _line(line: Line) -> list[Any]:
    """Return a line as a row: names first, then its characters, size and places; one baseline is one number."""
    ys = [_pt(line.ys[0])] if len(set(line.ys)) == 1 else [_pt(y) for y in line.ys]
    last = line.xs[-1] + line.widths[-1]
    loose = line.looseness
    return [
        line.story,
        line.part,
        line.number,
        line.row,
        line.text,
        _pt(line.size),
        [_pt(x) for x in line.xs],
        ys,
        _pt(last),
        1 if line.turned else 0,
        round(loose, 3) if line.part == "body" and loose > LOOSE else 0,
    ]


def _shown(item: Shown) -> dict[str, Any]:
    return {
        "story": item.story,
        "file": PurePath(item.file).name,
        "box": _box(item.rect),
        "ppi": item.ppi,
        "low": 0 < item.ppi < LOW_PPI,
        "missing": item.missing,
    }


def _finding(item: Diagnostic, issue: Issue, page: PageMap, stories: dict[str, Story]) -> dict[str, Any]:
    story = stories.get(item.story) or next(
        (found for found in stories.values() if item.span is not None and found.file == item.span.file), None
    )
    boxes = [Rect(*item.area)] if item.area is not None else []
    if story is not None and item.span is not None:
        boxes.extend(span_boxes(page, story, item.span))
    return {**_told(item, issue), "story": story.id if story is not None else "", "boxes": [_box(box) for box in boxes]}


def _box(rect: Rect) -> list[float]:
    return [_pt(rect.x), _pt(rect.y), _pt(rect.width), _pt(rect.height)]


def _pt(length: int) -> float:
    """Return a length in points to a hundredth: 0.004 mm."""
    value = round(length / PT, 2)
    return int(value) if value == int(value) else value
