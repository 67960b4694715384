"""Remarks as the proof site shows them: plain values, with the boxes of their passages on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layout.geometry import MM, PT
from layout.proof.pagemap import ASCENT
from layout.proof.places import boxes_text, text_boxes
from layout.remarks.anchor import find, make_anchor
from layout.remarks.corrections import corrections
from layout.remarks.listing import KINDS_ZH, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layout.comment import Anchor, Comment
    from layout.diff.dumped import Dumped
    from layout.geometry import Rect
    from layout.model import Story
    from layout.proof.pagemap import PageMap

_CONTEXT = 8
"""Characters before a passage by which its line in an earlier version is found."""


def comments_data(
    comments: Sequence[Comment],
    maps: Iterable[PageMap],
    stories: Mapping[str, Story],
    former: Mapping[str, Dumped] | None = None,
) -> dict[str, Any]:
    """Return all remarks, each with the page it stands on now, its boxes there in points, and whether it is done.

    Args:
        comments: the remarks in the order made.
        maps: the pages that are known; a remark on another keeps the page it was made on and has no boxes.
        stories: the issue's stories by id.
        former: the earlier versions of pages that are kept, by page: there stands what was remarked on.
    """
    pages = {page.page: page for page in maps}
    homes = {outlined.story.id: page for page in pages.values() for outlined in page.stories}
    fates = {item.comment.id: item for item in corrections(comments, stories)}
    rows = []
    for comment in comments:
        row = plain(comment, stories)
        home = homes.get(comment.anchor.story) if comment.anchor else pages.get(comment.page)
        if home is not None:
            row["page"] = home.page
        row["boxes"] = [_points(box) for box in _boxes(comment, home, stories)]
        row["before_boxes"] = _former_boxes(comment, (former or {}).get(row["page"]))
        fate = fates.get(comment.id)
        row["now"] = fate.now if fate else None
        row["done"] = fate.done if fate else False
        rows.append(row)
    return {"comments": rows, "kinds": {str(kind): name for kind, name in KINDS_ZH.items()}}


def _boxes(comment: Comment, page: PageMap | None, stories: Mapping[str, Story]) -> tuple[Rect, ...]:
    if page is None or comment.anchor is None or comment.anchor.story not in stories:
        return ()
    place = find(comment.anchor, stories[comment.anchor.story])
    if place is None:
        return ()
    start, end = place.start, place.end
    if start == end:
        start, end = max(start - 1, 0), max(start, 1)
    return text_boxes(page, comment.anchor.story, place.text, start, end)


def _former_boxes(comment: Comment, page: Dumped | None) -> list[list[float]]:
    """Return the lines of an earlier version, in points, in which a remark's passage stood."""
    anchor = comment.anchor
    if anchor is None or page is None:
        return []
    runs = [run for place, found in page.runs.items() if place[:2] == (anchor.story, anchor.part) for run in found]
    text, starts = "", []
    for run in runs:
        starts.append(len(text))
        text += "".join(run.text.split())
    before, quote = "".join(anchor.before.split())[-_CONTEXT:], "".join(anchor.quote.split())
    at = text.find(before + quote)
    if at < 0:
        return []
    first, last = at + len(before), at + len(before) + max(len(quote), 1)
    ends = [*starts[1:], len(text)]
    return [
        [run.x, round(run.y - run.size * ASCENT / 1000, 2), len(run.text) * run.size, run.size]
        for run, start, end in zip(runs, starts, ends, strict=True)
        if start < last and first < end
    ]


def _points(box: Rect) -> list[float]:
    return [round(value / PT, 2) for value in (box.x, box.y, box.width, box.height)]


def anchor_at(page: PageMap, boxes: Sequence[Rect]) -> Anchor | None:
    """Return the anchor of the passage that boxes on a page cover, None where they cover no story's text."""
    for outlined in page.stories:
        found = boxes_text(page, outlined.story, boxes)
        if found is not None:
            return make_anchor(outlined.story.id, *found)
    return None


def spot_at(x: float, y: float) -> tuple[float, float]:
    """Return a spot in mm from a point in points of the page."""
    return round(x * PT / MM, 2), round(y * PT / MM, 2)
