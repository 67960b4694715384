"""Text with marks, cut, joined and edited: every change keeps the marks over the same characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.model import Emphasis, Mark, RichText

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HAN: Final = (
    "\u2e80-\u303f\u3041-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff“”‘’—…"
)
_BLANKS: Final = re.compile(r"[ \t\r\n\f\u2028\u2029]+")
_EDGES: Final = re.compile(r"\A[\s\u3000]+|[\s\u3000]+\Z")
_WIDE: Final = re.compile(f"[{_HAN}]")


class Edit(NamedTuple):
    """Characters `start` to `end` become `text`."""

    start: int
    end: int
    text: str


def edited(rich: RichText, edits: Iterable[Edit]) -> RichText:
    """Return the text after edits, given in rising order and without overlap; marks that end up empty go."""
    rows = [edit for edit in edits if edit.start < edit.end or edit.text]
    if not rows:
        return rich
    parts: list[str] = []
    ends: list[int] = []
    shifts: list[int] = []
    at = shift = 0
    for start, end, text in rows:
        parts += [rich.text[at:start], text]
        at = end
        shift += len(text) - (end - start)
        ends.append(end)
        shifts.append(shift)
    parts.append(rich.text[at:])

    def moved(place: int) -> int:
        before = bisect_right(ends, place)
        base = place + (shifts[before - 1] if before else 0)
        if before < len(rows) and rows[before].start < place:  # inside an edit: no further than its own text
            start, _, text = rows[before]
            base = start + (shifts[before - 1] if before else 0) + min(place - start, len(text))
        return base

    marks = (replace(mark, start=moved(mark.start), end=moved(mark.end)) for mark in rich.marks)
    return RichText("".join(parts), tuple(mark for mark in marks if mark.start < mark.end))


def sliced(rich: RichText, start: int, end: int | None = None) -> RichText:
    """Return a part of a text with the marks inside it."""
    stop = len(rich.text) if end is None else end
    marks = (
        replace(mark, start=max(mark.start, start) - start, end=min(mark.end, stop) - start) for mark in rich.marks
    )
    return RichText(rich.text[start:stop], tuple(mark for mark in marks if mark.start < mark.end))


def joined(parts: Sequence[RichText], between: str = "") -> RichText:
    """Return texts as one, `between` standing between each two."""
    text = ""
    marks: list[Mark] = []
    for at, part in enumerate(parts):
        text += between if at else ""
        marks += (replace(mark, start=mark.start + len(text), end=mark.end + len(text)) for mark in part.marks)
        text += part.text
    return RichText(text, tuple(marks))


def tidied(rich: RichText) -> RichText:
    """Return a text as a story file can hold it: one space for any run of blanks, none at its ends.

    A run that holds a line end counts as a soft line break: it is nothing between Chinese characters.
    """
    text = rich.text
    edits = []
    for run in _BLANKS.finditer(text):
        soft = "\n" in run[0] or "\r" in run[0]
        before, after = text[: run.start()][-1:], text[run.end() :][:1]
        gone = soft and before and after and _WIDE.match(before) and _WIDE.match(after)
        edits.append(Edit(run.start(), run.end(), "" if gone else " "))
    return trimmed(edited(rich, [edit for edit in edits if text[edit.start : edit.end] != edit.text]))


def trimmed(rich: RichText) -> RichText:
    """Return a text without blanks at its ends."""
    return edited(rich, [Edit(run.start(), run.end(), "") for run in _EDGES.finditer(rich.text)])


def covered(rich: RichText, emphasis: Emphasis) -> bool:
    """Tell whether marks of one emphasis cover every character that is not a blank."""
    hidden = bytearray(len(rich.text))
    for mark in rich.marks:
        if mark.emphasis is emphasis:
            hidden[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    return bool(rich.text.strip()) and all(seen or char.isspace() for seen, char in zip(hidden, rich.text, strict=True))


def without(rich: RichText, emphasis: Emphasis) -> RichText:
    """Return a text without the marks of one emphasis."""
    return RichText(rich.text, tuple(mark for mark in rich.marks if mark.emphasis is not emphasis))


def bare(text: str) -> str:
    """Return the characters of a text that are no blanks: what must not be lost."""
    return "".join(text.split())
