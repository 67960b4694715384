"""Between remarks and PDF annotations: a remark drawn where its passage stands, a viewer's note led to its story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layout.annotate import Annotation
from layout.comment import CORRECTIONS, Comment, Kind
from layout.diagnostics import finding
from layout.geometry import MM, Rect
from layout.proof.places import boxes_text, span_boxes, text_boxes
from layout.remarks.anchor import find, make_anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layout.diagnostics import Diagnostic
    from layout.model import Story
    from layout.proof.pagemap import PageMap

WANTED: Final = "改为："
"""Begins the first line of a note that asks for other words."""

_FINDING: Final = "finding "
"""Begins the name of a note that is a finding: it is no news when it comes back."""

_SPOT: Final = 6_000
"""Side in mpt of the box that stands for a spot."""


def notes(page: PageMap, comments: Iterable[Comment], number: int = 0) -> Iterator[Annotation]:
    """Yield the annotations of a page's remarks; one whose passage is lost or not on the page stands at its story.

    Args:
        page: the page's map.
        comments: its remarks.
        number: the page's number in the file, from 0.
    """
    stories = {outlined.story.id: outlined.story for outlined in page.stories}
    for comment in comments:
        yield Annotation(
            page=number,
            kind=comment.kind,
            boxes=_boxes(page, comment, stories),
            text="\n".join(_rows(comment)),
            by=comment.by,
            at=comment.at,
            name=comment.id,
        )


def finding_notes(page: PageMap, findings: Iterable[Diagnostic], number: int = 0) -> Iterator[Annotation]:
    """Yield the annotations of a page's findings that have a place, in the language of proofreaders."""
    stories = {outlined.story.id: outlined.story for outlined in page.stories}
    for item in findings:
        story = stories.get(item.story) or next(
            (found for found in stories.values() if item.span is not None and found.file == item.span.file), None
        )
        boxes = span_boxes(page, story, item.span) if story is not None and item.span is not None else ()
        shape = next((outlined.shape for outlined in page.stories if outlined.story is story), ())
        corner = min((point for polygon in shape for point in polygon), default=(0, 0))
        yield Annotation(
            page=number,
            kind=Kind.QUERY if boxes else Kind.LAYOUT,
            boxes=boxes or (Rect(*corner, _SPOT, _SPOT),),
            text=f"{item.code} {item.message('zh')}",
            by="layout",
            name=_FINDING + item.code,
        )


def _rows(comment: Comment) -> Iterator[str]:
    if comment.wanted:
        yield WANTED + comment.wanted
    if comment.remark or not comment.wanted:
        yield comment.remark
    yield from (f"{reply.by}：{reply.text}" for reply in comment.replies)


def _boxes(page: PageMap, comment: Comment, stories: dict[str, Story]) -> tuple[Rect, ...]:
    if comment.anchor is not None and comment.anchor.story in stories:
        story = stories[comment.anchor.story]
        place = find(comment.anchor, story)
        if place is not None:
            start, end = place.start, place.end
            if start == end:  # an insertion stands after the character before it
                start, end = max(start - 1, 0), max(start, 1)
            boxes = text_boxes(page, story.id, place.text, start, end)
            if boxes and comment.kind is Kind.INSERT:
                return (Rect(boxes[-1].right - _SPOT // 2, boxes[-1].y, _SPOT, boxes[-1].height),)
            if boxes:
                return boxes
        shape = next(outlined.shape for outlined in page.stories if outlined.story.id == story.id)
        return (Rect(*min(point for polygon in shape for point in polygon), _SPOT, _SPOT),)
    x, y = comment.spot or (0.0, 0.0)
    return (Rect(round(x * MM), round(y * MM), _SPOT, _SPOT),)


def remarks(
    annotations: Iterable[Annotation], pages: list[PageMap], known: Iterable[Comment]
) -> tuple[tuple[Comment, ...], tuple[Diagnostic, ...]]:
    """Return what annotations say as remarks with anchors, and what could not be placed.

    Notes that we wrote ourselves and that nobody changed are no news.

    Args:
        annotations: of one file.
        pages: the maps of its pages, in the file's order.
        known: the remarks that are kept already.
    """
    kept = {comment.id: comment for comment in known}
    made: list[Comment] = []
    said: list[Diagnostic] = []
    for count, item in enumerate(annotations, 1):
        if (
            item.page >= len(pages)
            or item.name.startswith(_FINDING)
            or (item.name in kept and item.text == "\n".join(_rows(kept[item.name])))
        ):
            continue
        page = pages[item.page]
        comment = _remark(item, page)
        if comment.anchor is None and item.kind not in {Kind.LAYOUT, Kind.PICTURE}:
            said.append(finding("W663", page=page.page, name=page.page, number=count))
        made.append(comment)
    return tuple(made), tuple(said)


def _remark(item: Annotation, page: PageMap) -> Comment:
    wanted, remark = _said(item.text)
    kind = Kind.REPLACE if item.kind is Kind.DELETE and wanted else item.kind
    anchor = None
    for outlined in page.stories if kind not in {Kind.LAYOUT, Kind.PICTURE} else ():
        found = boxes_text(page, outlined.story, _touched(item))
        if found is not None:
            text, start, end = found
            if kind is Kind.INSERT:
                start = end
                if not wanted:
                    wanted, remark = remark, ""
            anchor = make_anchor(outlined.story.id, text, start, end)
            break
    if kind in CORRECTIONS and kind is not Kind.DELETE and not wanted:
        kind = Kind.QUERY
    first = item.boxes[0]
    return Comment(
        id="",
        page=page.page,
        by=item.by or "?",
        at=item.at,
        kind=kind,
        remark=remark,
        wanted=wanted,
        anchor=anchor,
        spot=None if anchor else (round(first.x / MM, 2), round(first.y / MM, 2)),
    )


def _touched(item: Annotation) -> tuple[Rect, ...]:
    """Return the boxes in which characters are looked for: a caret's reaches back to the character before it."""
    if item.kind is not Kind.INSERT:
        return item.boxes
    box = item.boxes[0]
    middle = box.x + box.width // 2
    reach = max(box.height, _SPOT)
    return (Rect(middle - reach, box.y - reach // 4, reach, box.height + reach // 2),)


def _said(text: str) -> tuple[str, str]:
    """Return the words wanted and the remark of a note's text."""
    first, _, rest = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    if first.startswith(WANTED):
        return first.removeprefix(WANTED), rest.strip()
    return "", text.strip()
