"""Modules that a plan gives: whether a story still sets the way they say, without looking for another way.

The composer calls the same functions again, so what stands here is what will be drawn.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from layout.page.copy import Copy
from layout.page.edition import edited
from layout.page.frame import frame_of
from layout.page.galley import fill, set_galley
from layout.page.group import inner_width, part_frames
from layout.page.insert import photo_room, set_caption
from layout.page.jump import jump_line, turned
from layout.page.legs import divide
from layout.page.module import chosen_head
from layout.page.quote import LEAST_BESIDE, insets
from layout.page.sidehead import chosen_side_head, narrowed
from layout.page.table import capacities, head_room, rooms_of, stretches
from layout.page.tables import forced_module, module_table
from layout.plan import Edition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.fontbook import Fontbook
    from layout.model import Entry, Story
    from layout.page.frame import Frame
    from layout.page.legs import Legs
    from layout.plan import Variant
    from layout.style import Style

Problem = tuple[str, str]
"""What is wrong with a setting, in English and in Chinese."""

_DEPTH = ("its parts do not make up its depth", "各部分相加不等于总行数")
_HEAD = ("the headline has no such setting", "标题没有这种排法")
_LEGS = ("the width has no such legs", "这个栏宽分不出这样的小栏")
_PHOTOS = ("a picture does not stand so", "图片不能这样放")
_TEXT = ("the text does not close", "正文排不满")
_LOCKED = ("its copy is locked, or has become shorter", "稿件已锁定不得改动，或已改短")
_QUOTE = ("the pull quote does not stand so", "提要引语不能这样放")
_GROUP = ("the group has other members", "组稿的稿件不同")


def with_head(copy: Copy, size: int) -> Copy:
    """Return a copy whose headline has this one size, mpt."""
    heads = copy.style.heads
    bands = tuple(replace(band, sizes=(size, size)) for band in heads.bands)
    style = replace(copy.style, heads=replace(heads, bands=bands))
    return Copy(story=copy.story, style=style, items=copy.items, missing=copy.missing)


def unsettled(
    entry: Entry, variant: Variant, copies: Sequence[Copy], style: Style, book: Fontbook, *, front: bool
) -> Problem | None:
    """Return why an entry cannot be set as a plan has it, or None where it can.

    Args:
        entry: the story or group.
        variant: how it should be set.
        copies: its stories' text, in order.
        style: the page's style.
        book: the faces.
        front: whether it stands on the front page.
    """
    if len(entry.stories) == 1 and entry.label is None:
        frame = frame_of(variant.columns, style, boxed=entry.stories[0].box is not None)
        return _GROUP if variant.parts else _story(copies[0], variant, frame, book, front=front)
    if len(variant.parts) != len(copies) or variant.style not in ("stack", "side"):
        return _GROUP
    side = variant.style == "side"
    if inner_width(variant.columns, style) <= 0:
        return _LEGS
    frames = part_frames(variant.columns, len(copies), style, side=side)
    depths = [part.lines for part in variant.parts]
    around = style.group.label_lines + 2 * style.box.pad_lines
    if (variant.lines != variant.body + around) or (
        set(depths) != {variant.body} if side else sum(depths) != variant.body
    ):
        return _DEPTH
    found = (
        _story(copy, part, frame, book, front=front)
        for copy, part, frame in zip(copies, variant.parts, frames, strict=True)
    )
    return next((problem for problem in found if problem is not None), None)


def _story(copy: Copy, variant: Variant, frame: Frame, book: Fontbook, *, front: bool) -> Problem | None:
    if not _may_be_edited(copy.story, variant.edition):
        return _LOCKED
    copy = edited(copy, variant.edition, book)
    story, style, head = copy.story, copy.style, variant.head
    if head is None or head.depth + variant.body + 2 * frame.pad_lines + frame.closing != variant.lines:
        return _DEPTH
    if story.setting == "vertical":
        return _verse(copy, variant, frame, book, front=front)
    if not _head_stands(copy, variant, frame, book, front=front):
        return _HEAD
    legs = divide(narrowed(frame, head.beside or 0).width, variant.legs, style)
    return _LEGS if legs is None or legs.characters != variant.characters else _filling(copy, variant, legs, book)


def _may_be_edited(story: Story, edition: Edition | None) -> bool:
    """Return whether an edition speaks of blocks that the story has, and leaves locked copy alone."""
    if edition is None:
        return True
    places = [cut.block for cut in (edition.trim, edition.turn) if cut is not None]
    known = all(number <= len(story.body) for number in (*edition.subheads, *places))
    return known and not (story.locked and replace(edition, turn=None) != Edition())


def _head_stands(copy: Copy, variant: Variant, frame: Frame, book: Fontbook, *, front: bool) -> bool:
    story, style, head = copy.story, copy.style, variant.head
    if head is None:
        return False
    try:
        if head.beside:
            made = chosen_side_head(copy, frame, variant, book, front=front)
            return story.head != "over" and made.main.role == head.role
        legs = divide(frame.width, variant.legs, style) if variant.raised else None
        width, columns = head_room(frame, legs, variant.raised)
        over = chosen_head(story, replace(frame, width=width, columns=columns), head, style, book, front=front)
    except ValueError:
        return False
    return over.depth + variant.air == head.depth and over.main.role == head.role


def _filling(copy: Copy, variant: Variant, legs: Legs, book: Fontbook) -> Problem | None:
    """Return what does not go into the legs as a plan has it: pictures, the pull quote, the text."""
    if not _photos_stand(copy, variant, legs, book):
        return _PHOTOS
    if variant.quote is not None and not _quote_stands(copy, variant, legs, book):
        return _QUOTE
    return None if _closes(copy, variant, legs, book) else _TEXT


def _quote_stands(copy: Copy, variant: Variant, legs: Legs, book: Fontbook) -> bool:
    """Return whether a pull quote is as deep as its place, with text above and below it."""
    place = variant.quote
    if place is None or place.leg >= legs.count:
        return False
    depths = {inset.quote: inset.depth for inset in insets(copy.story, legs.measure, copy.style, book)}
    below = rooms_of(variant)[place.leg] - place.offset - place.depth
    return depths.get(place.quote) == place.depth and min(place.offset, below) >= LEAST_BESIDE


def _photos_stand(copy: Copy, variant: Variant, legs: Legs, book: Fontbook) -> bool:
    """Return whether the pictures stand in the legs, one above the other, no higher than their places."""
    below = 0
    for place in variant.photos:
        if place.photo >= len(copy.story.photos) or place.leg + place.legs > legs.count or place.offset != below:
            return False
        below += place.depth
        photo, width = copy.story.photos[place.photo], legs.width(place.legs)
        rows = set_caption(photo, width, copy.story.region, copy.style, book).rows
        room = photo_room(photo, width, rows, place.depth, copy.style)
        if room is None or not room[0] <= place.height <= room[1]:
            return False
    return min(capacities(variant)) >= 0


def _closes(copy: Copy, variant: Variant, legs: Legs, book: Fontbook) -> bool:
    weights = copy.style.weights
    galley = set_galley(copy, legs.measure, weights["tight"], weights["loose"])
    if variant.edition is not None and variant.edition.turn is not None:
        try:
            galley = turned(galley, variant.edition.turn, jump_line(copy, copy.style.jump.onward, book))
        except ValueError:
            return False
    depths = tuple(run.lines for run in stretches(variant))
    closed = fill(galley, depths, weights["widow"], weights["orphan"]) is not None
    if not variant.blank and not variant.over:
        return closed
    spare = sum(depths) - galley.natural
    if spare == 0 and not closed:
        spare = -1  # as many lines as there are, but not where legs turn
    return (variant.blank, variant.over) == (max(spare, 0), max(-spare, 0))


def _verse(copy: Copy, variant: Variant, frame: Frame, book: Fontbook, *, front: bool) -> Problem | None:
    """Vertical lines have few settings: all are made again."""
    table = module_table(copy, frame, book, front=front, pinned=True)
    made = [*table.get(variant.lines, ()), forced_module(copy, frame, book, variant.lines, front=front)]
    return None if any(one is not None and one.variant == variant for one in made) else _TEXT
