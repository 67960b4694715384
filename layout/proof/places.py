"""From characters of a source to boxes on the page and back: what findings, remarks and annotations point with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.geometry import Rect
from layout.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.diagnostics import Span
    from layout.model import RichText, Story
    from layout.proof.pagemap import Line, PageMap


_AUTHOR_BREAK: Final = " / "
"""Where an author breaks a headline: not printed."""


_PARTS: Final = {BlockKind.SUBHEAD: "subhead", BlockKind.TABLE: "table", BlockKind.FORM: "form"}
"""Kinds of blocks whose lines have a part of their own in the display list."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a story as the page names it: part, number, and its characters with their places in the source."""

    part: str
    number: int
    rich: RichText


def texts(story: Story) -> Iterator[Text]:
    """Yield the texts of a story under the names that the display list gives them."""
    for part in ("kicker", "headline", "deck", "byline", "dateline", "tail"):
        rich = getattr(story, part)
        if rich:
            yield Text(part, 0, rich)
    for number, block in enumerate(story.body, 1):
        yield Text(_PARTS.get(block.kind, "body"), number, block.text)
    for number, photo in enumerate(story.photos):
        if photo.caption:
            yield Text("caption", number, photo.caption)
        if photo.credit:
            yield Text("credit", number, photo.credit)


def span_boxes(page: PageMap, story: Story, span: Span) -> tuple[Rect, ...]:
    """Return the boxes, one a line, of the characters that a span covers; () where it covers no text of the story."""
    for text in texts(story):
        origin = text.rich.origin
        if origin is None or origin.file != span.file:
            continue
        start = origin.offset(span.line, span.column, len(text.rich.text))
        if start is not None:
            length = max(span.end_column - span.column, 1) if span.end_line == span.line else 1
            return text_boxes(page, story.id, text, start, min(start + length, len(text.rich.text)))
    return ()


def text_boxes(page: PageMap, story: str, text: Text, start: int, end: int) -> tuple[Rect, ...]:
    """Return the boxes, one a line, of characters `start` to `end` of a story's text as it is set."""
    lines = _lines_of(page, story, text)
    source = _printed(text)
    lead = _set_text(lines).rfind("".join(source.split()))
    if lead < 0:
        return ()
    before = len("".join(source[:start].split()))
    inside = len("".join(source[start:end].split()))
    return tuple(_boxes(lines, lead + before, lead + before + max(inside, 1)))


def _lines_of(page: PageMap, story: str, text: Text) -> list[Line]:
    return [line for line in page.lines if (line.story, line.part, line.number) == (story, text.part, text.number)]


def _set_text(lines: Sequence[Line]) -> str:
    """Return the visible characters of lines."""
    return "".join("".join(line.text.split()) for line in lines)


def _printed(text: Text) -> str:
    """Return a text with blanks where an author's break of a headline stands, every other character in its place."""
    return text.rich.text.replace(_AUTHOR_BREAK, " " * len(_AUTHOR_BREAK))


def _boxes(lines: Sequence[Line], start: int, end: int) -> Iterator[Rect]:
    """Yield one box a line around the visible characters `start` to `end` of lines, blanks not counted."""
    at = 0
    for line in lines:
        marked = []
        for place, char in enumerate(line.text):
            if char.isspace():
                continue
            if start <= at < end:
                marked.append(line.box(place))
            at += 1
        if marked:
            left, top = min(box.x for box in marked), min(box.y for box in marked)
            right, foot = max(box.right for box in marked), max(box.bottom for box in marked)
            yield Rect(left, top, right - left, foot - top)


def boxes_text(page: PageMap, story: Story, boxes: Sequence[Rect]) -> tuple[Text, int, int] | None:
    """Return the text of a story that boxes on the page cover, with its characters: the way back of `text_boxes`.

    A character is covered when its middle lies in a box. None where they cover none of this story's texts.
    """
    best: tuple[int, Text, int, int] | None = None
    for text in texts(story):
        lines = _lines_of(page, story.id, text)
        covered = [at for at, box in enumerate(_visible(lines)) if any(_holds(outer, box) for outer in boxes)]
        if not covered or (best is not None and len(covered) <= best[0]):
            continue
        found = _source_range(text, lines, covered[0], covered[-1] + 1)
        if found is not None:
            best = (len(covered), text, *found)
    return best[1:] if best is not None else None


def _visible(lines: Sequence[Line]) -> Iterator[Rect]:
    """Yield the boxes of the visible characters of lines."""
    for line in lines:
        yield from (line.box(at) for at, char in enumerate(line.text) if not char.isspace())


def _holds(outer: Rect, box: Rect) -> bool:
    x, y = box.x + box.width // 2, box.y + box.height // 2
    return outer.x <= x <= outer.right and outer.y <= y <= outer.bottom


def _source_range(text: Text, lines: Sequence[Line], start: int, end: int) -> tuple[int, int] | None:
    """Return which characters of the source the visible characters `start` to `end` of its lines are."""
    source = _printed(text)
    lead = _set_text(lines).rfind("".join(source.split()))
    visible = [at for at, char in enumerate(source) if not char.isspace()]
    first, last = max(start - lead, 0), min(end - lead, len(visible))
    if lead < 0 or first >= last:
        return None
    return visible[first], visible[last - 1] + 1
