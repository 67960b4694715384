"""A correction carried into the story's file: the words replaced where they stand, shown as a diff first."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

from layout.comment import CORRECTIONS
from layout.diagnostics import InputError, finding
from layout.remarks.anchor import find
from layout.remarks.corrections import wanted_words

if TYPE_CHECKING:
    from layout.comment import Comment
    from layout.model import Story
    from layout.remarks.anchor import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """A story file before and after; `file` is its name as spans have it."""

    file: str
    before: str
    after: str

    @property
    def diff(self) -> str:
        """The change as a unified diff."""
        rows = unified_diff(
            self.before.splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            self.file,
            self.file,
            n=1,
        )
        return "".join(row if row.endswith("\n") else row + "\n" for row in rows)


def mended(comment: Comment, story: Story, source: str) -> Mending:
    """Return what a correction does to the source of its story.

    Args:
        comment: the remark.
        story: the story as read from `source`.
        source: the text of the story's file.

    Raises:
        InputError: the remark asks for no other words, its place is lost or changed, or markup stands within it.
    """
    if comment.kind not in CORRECTIONS or comment.anchor is None:
        raise _refused(comment, "it asks for no other words", "它没有要求改字")
    place = find(comment.anchor, story)
    if place is None:
        raise _refused(comment, "its place is lost", "找不到原来的位置")
    if place.fate != "exact":
        raise _refused(comment, "the words were changed meanwhile", "原文已经改动")
    start = _offset(source, place, place.start, comment)
    quote = comment.anchor.quote
    if source[start : start + len(quote)] != quote:
        raise _refused(comment, "markup stands within the passage", "这段文字中间有标记")
    origin = place.text.rich.origin
    return Mending(
        file=origin.file if origin else story.file,
        before=source,
        after=source[:start] + wanted_words(comment) + source[start + len(quote) :],
    )


def _offset(source: str, place: Place, start: int, comment: Comment) -> int:
    """Return where a character of the text stands in the file's text."""
    origin = place.text.rich.origin
    if origin is None:
        raise _refused(comment, "the text has no source", "这段文字没有原稿")
    at_end = start == len(place.text.rich.text) and start > 0
    line, column = origin.locate(start - 1 if at_end else start)
    rows = source.splitlines(keepends=True)
    return sum(len(row) for row in rows[: line - 1]) + column - 1 + at_end


def _refused(comment: Comment, problem: str, problem_zh: str) -> InputError:
    return InputError([finding("E657", span=comment.span, name=comment.id, problem=problem, problem_zh=problem_zh)])
