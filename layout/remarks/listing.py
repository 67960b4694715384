"""Remarks as findings, as Markdown and as JSON: for editors' programs, for print, for other systems."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from layout.comment import Kind, State
from layout.diagnostics import Diagnostic, Span, finding
from layout.remarks.anchor import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from layout.comment import Comment
    from layout.model import Story

VERSION: Final = 1
"""Version of the JSON export."""

KINDS_ZH: Final = {
    Kind.TYPO: "改正",
    Kind.DELETE: "删除",
    Kind.INSERT: "增补",
    Kind.REPLACE: "换用",
    Kind.TRANSPOSE: "对调",
    Kind.MOVE: "转移",
    Kind.JOIN: "接排",
    Kind.SPLIT: "另起段",
    Kind.SPACE: "空距",
    Kind.QUERY: "质疑",
    Kind.PICTURE: "图片",
    Kind.LAYOUT: "版式",
}
"""The kinds by the names that proofreaders use (GB/T 14706-1993)."""


def findings(comments: Iterable[Comment], stories: Mapping[str, Story]) -> Iterator[Diagnostic]:
    """Yield the open remarks at their places in the story files, and those that lost theirs."""
    for comment in comments:
        if comment.state is State.RESOLVED:
            continue
        span, lost = source_span(comment, stories)
        story = comment.anchor.story if comment.anchor else ""
        if lost and comment.anchor:
            quote = comment.anchor.quote or comment.anchor.before[-8:] + "|" + comment.anchor.after[:8]
            yield finding(
                "W653", span=comment.span, page=comment.page, story=story, name=comment.id, quote=quote, where=story
            )
        yield finding(
            "W655" if comment.must else "I654",
            span=span or comment.span,
            page=comment.page,
            story=story,
            by=comment.by,
            kind=str(comment.kind),
            kind_zh=KINDS_ZH[comment.kind],
            text=asked(comment),
        )


def source_span(comment: Comment, stories: Mapping[str, Story]) -> tuple[Span | None, bool]:
    """Return where a remark's passage stands in its story's file, and whether its place is lost."""
    if comment.anchor is None:
        return None, False
    story = stories.get(comment.anchor.story)
    place = find(comment.anchor, story) if story is not None else None
    if place is None:
        return None, True
    origin = place.text.rich.origin
    if origin is None:
        return None, False
    line, column = origin.locate(min(place.start, max(len(place.text.rich.text) - 1, 0)))
    return Span(origin.file, line, column, line, column + max(place.end - place.start, 1)), False


def asked(comment: Comment) -> str:
    """Return in one line what a remark asks for: `[雾→晨雾] 原文如此`."""
    quote = comment.anchor.quote if comment.anchor else ""
    if comment.wanted or comment.kind is Kind.DELETE:
        change = f"[{quote or '∅'}→{comment.wanted or '∅'}]"
    else:
        change = f"“{quote}”" if quote else ""
    return " ".join(part for part in (change, comment.remark) if part)


def markdown(comments: Iterable[Comment], stories: Mapping[str, Story]) -> str:
    """Return all remarks by page, open ones first, as Markdown."""
    pages: dict[str, list[Comment]] = {}
    for comment in comments:
        pages.setdefault(comment.page, []).append(comment)
    rows = []
    for page, items in pages.items():
        rows.append(f"## {page}\n")
        for comment in sorted(items, key=lambda item: item.state is State.RESOLVED):
            span, lost = source_span(comment, stories)
            place = "位置已失" if lost else str(span or "")
            box = "x" if comment.state is State.RESOLVED else " "
            must = "**必改** " if comment.must else ""
            text = _plain(asked(comment))
            rows.append(
                f"- [{box}] {must}{KINDS_ZH[comment.kind]} {text}（{_plain(comment.by)}，{comment.id}，`{place}`）"
            )
            rows.extend(f"  - {_plain(reply.by)}：{_plain(reply.text)}" for reply in comment.replies)
        rows.append("")
    return "\n".join(rows)


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it stands."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in text.replace("\n", " "))


def exported(comments: Iterable[Comment], stories: Mapping[str, Story]) -> str:
    """Return all remarks as JSON with a version."""
    return (
        json.dumps(
            {"version": VERSION, "comments": [plain(comment, stories) for comment in comments]},
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def plain(comment: Comment, stories: Mapping[str, Story]) -> dict[str, Any]:
    """Return a remark as plain values with its place in the source."""
    made = asdict(comment)
    span, lost = source_span(comment, stories)
    made["span"] = str(span) if span else ""
    made["lost"] = lost
    return made
