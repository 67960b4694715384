"""Where a story's pictures can stand in its legs, and what each place costs.

A picture spans whole legs. It stands under the head over the last legs, before the head over all of them, or beside
the head: then it begins at the head of the module over the legs that rise there.
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from layout.page.insert import effective_ppi, photo_blocks, set_caption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.fontbook import Fontbook
    from layout.model import Photo, Region
    from layout.page.copy import Copy
    from layout.page.frame import Frame
    from layout.page.insert import Block
    from layout.page.legs import Legs
    from layout.style import Style

Place = Literal["under", "first", "beside"]


class Shot(NamedTuple):
    """The pictures' place while a module is tried: legs spanned, depth in all, price, and where they stand.

    `blocks` are the pictures one above the other, the main one on top.
    """

    legs: int
    depth: int
    blocks: tuple[Block, ...]
    cost: int
    place: Place

    @property
    def first(self) -> bool:
        """Whether the picture comes before the head."""
        return self.place == "first"


LEAST_SHARE: Final = 0.45
"""Pictures narrower than this share of their module are set only where a size is wished or resolution asks for it."""

SMALL_SHARE: Final = 0.66
"""Pictures narrower than this share of their module cost `photo_small`, the more the narrower they are."""

NEAR: Final = 0.2
"""A picture may be so many doublings larger or smaller than wished for nothing."""

WRONG: Final = 2.5
"""How many times the price a picture costs that is of the wrong size for a dominant one, or for one beside it."""

FEWEST: Final = 4
"""Places tried at least, however far they are from what is wished."""


def shots_in(copy: Copy, legs: Legs, frame: Frame, style: Style, book: Fontbook) -> Iterator[Shot]:
    """Yield the places the story's picture can have in legs, the crop and the span priced."""
    found = [shot for span in _spans(copy, legs, frame, style) for shot in _spanning(copy, span, legs, style, book)]
    if not frame.picture:
        yield from (shot._replace(cost=shot.cost + _narrow(shot, legs, frame, style)) for shot in found)
        return
    wished = [(abs(_off(shot, legs, frame)), shot) for shot in found]
    wished.sort(key=lambda pair: (pair[0], pair[1].cost, pair[1].legs, pair[1].depth, pair[1].place))
    for number, (off, shot) in enumerate(wished):
        if off > frame.reach.doublings and number >= FEWEST:
            return
        yield shot._replace(cost=shot.cost + _size_cost(_off(shot, legs, frame), copy.story.rank, style))


def _off(shot: Shot, legs: Legs, frame: Frame) -> float:
    """Return the doublings by which the main picture is larger than wished (negative: smaller)."""
    return log2(legs.width(shot.legs) * shot.blocks[0].height / frame.picture)


def _size_cost(off: float, rank: int, style: Style) -> int:
    """Return the price of a picture that is not of the size wished.

    Of the lead one too small costs more, of another one too large: the page wants one dominant picture.
    """
    far = max(0.0, abs(off) - NEAR)
    wrong = (off < 0) == (rank == 1)
    return round(style.weights["photo_goal"] * far * (WRONG if wrong else 1))


def _spans(copy: Copy, legs: Legs, frame: Frame, style: Style) -> list[int]:
    """Return the numbers of legs that the picture may span."""
    if not copy.story.photos:
        return []
    photo = copy.story.photos[0]
    spans = range(1, legs.count + 1)
    sharp = [span for span in spans if photo.vector or effective_ppi(photo, legs.width(span)) >= style.photo.warn_ppi]
    wide = [span for span in sharp if frame.picture or legs.width(span) >= LEAST_SHARE * frame.width]
    return wide or sharp[-1:] or [1]


def _spanning(copy: Copy, span: int, legs: Legs, style: Style, book: Fontbook) -> Iterator[Shot]:
    """Yield the places over a number of legs."""
    story, weights = copy.story, style.weights
    photo, *others = story.photos
    width = legs.width(span)
    caption = set_caption(photo, width, story.region, style, book)
    long = max(0, caption.rows - style.photo.caption_lines_most) if story.body else 0
    under = tuple(_uncropped(other, width, story.region, style, book) for other in others)
    for block in photo_blocks(photo, width, caption.rows, style):
        cost = round(100 * weights["crop"] * block.crop) + long * weights["caption_line"]
        blocks = (block, *under)
        depth = sum(one.depth for one in blocks)
        if span == legs.count:
            yield Shot(span, depth, blocks, cost, "first")
            yield Shot(span, depth, blocks, cost + weights["photo_side"], "under")
        else:
            yield Shot(span, depth, blocks, cost, "under")
            yield Shot(span, depth, blocks, cost, "beside")


def _narrow(shot: Shot, legs: Legs, frame: Frame, style: Style) -> int:
    """Return the price of a picture much narrower than its module."""
    share = legs.width(shot.legs) / frame.width
    return round(style.weights["photo_small"] * max(0.0, SMALL_SHARE - share)) if frame.columns > 1 else 0


def _uncropped(photo: Photo, width: int, region: Region, style: Style, book: Fontbook) -> Block:
    """Return a further picture's block with the least crop."""
    caption = set_caption(photo, width, region, style, book)
    return min(photo_blocks(photo, width, caption.rows, style), key=lambda block: (block.crop, block.depth))
