"""One module of the page: its box, headline, pictures and legs; or a group of stories in one frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from layout.display import Fill, Key, Outline, Picture, Rule
from layout.geometry import Cells, Rect
from layout.page.copy import source_places
from layout.page.draw import atoms_to_glyphs, baseline, draw_label, label, top_offset
from layout.page.edition import edited
from layout.page.frame import USUAL, WIDE, Frame, frame_of
from layout.page.furniture.artwork import place_artwork
from layout.page.galley import fill, pour, set_galley
from layout.page.group import part_frames
from layout.page.heads import draw_head
from layout.page.insert import crop_box, effective_ppi, set_caption
from layout.page.jump import jump_line, onward, turned
from layout.page.legs import divide
from layout.page.onpicture import draw_head_on_picture, say_not_on_picture
from layout.page.pouring import draw_legs
from layout.page.quote import draw_quote
from layout.page.sidehead import draw_side_head, narrowed, type_depth
from layout.page.table import capacities, head_band, head_room, rooms_of, stretches
from layout.page.verse import draw_verse, whole
from layout.text.headline import fit_heads

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.model import Entry, Photo, Story
    from layout.page.copy import Copy
    from layout.page.easel import Easel
    from layout.page.legs import Legs
    from layout.plan import HeadChoice, PhotoPlace, Variant
    from layout.style import Style
    from layout.text.headline import Head

LOST_HEAD: Final = 0.75
"""A headline that fills less of its width looks lost (newsroom.md 8)."""


def draw_module(easel: Easel, entry: Entry, cells: Cells, variant: Variant) -> None:
    """Draw an entry of the page in its cells."""
    style = easel.style
    left = style.column_x(cells.column)
    if variant.parts:
        _group(easel, entry, cells, variant, left)
        return
    story = entry.stories[0]
    frame = frame_of(cells.columns, style, boxed=story.box is not None)
    if story.box is not None:
        rect, key = _box_rect(style, cells), Key(story.id, "box")
        tinted = story.box == "tint"
        box = style.box
        easel.ops.append(Fill(key, rect, box.tint) if tinted else Outline(key, rect, box.rule, box.ink))
        left += round(box.pad_em * style.em)
    _story(easel, story, frame, variant, left, cells.line + frame.pad_lines)


def _box_rect(style: Style, cells: Cells) -> Rect:
    inset = top_offset(style)
    top = style.line_y(cells.line) + inset
    bottom = style.line_y(cells.bottom - 1) - inset
    return Rect(style.column_x(cells.column), top, style.span_width(cells.columns), bottom - top)


def _group(easel: Easel, entry: Entry, cells: Cells, variant: Variant, left: int) -> None:
    style = easel.style
    pitch = style.grid.pitch
    pad = round(style.box.pad_em * style.em)
    key = Key(entry.id, "frame")
    x, width = left + pad, style.span_width(cells.columns) - 2 * pad
    easel.ops.append(Outline(key, _box_rect(style, cells), style.group.rule, style.box.ink))
    line = cells.line + style.box.pad_lines
    if entry.label is not None:
        text_style = style.group.label
        height = style.group.label_lines * pitch
        y = baseline(style.line_y(line), height, text_style.size)
        text = label(entry.label.text, text_style, style, easel.book)
        easel.say_missing(entry.stories[0], source_places(text.shaped.text, text.shaped.missing, entry.label))
        easel.draw(draw_label(text, text_style, x, width, y, Key(entry.id, "label")))
        under = style.line_y(line) + height - pitch // 3  # nearer the label than the head below it
        easel.ops.append(Rule(key, x, under, x + width, under, style.group.rule, style.box.ink))
    line += style.group.label_lines
    side = variant.style == "side"
    frames = part_frames(cells.columns, len(variant.parts), style, side=side)
    for number, (story, part, frame) in enumerate(zip(entry.stories, variant.parts, frames, strict=True), 1):
        _story(easel, story, frame, part, x, line)
        last = number == len(frames)
        if side:
            x += frame.width + style.gutter
            middle, foot = x - style.gutter // 2, style.line_y(line + part.lines - 1)
            if not last:
                easel.ops.append(
                    Rule(key, middle, style.line_y(line), middle, foot, style.rules.column, style.rules.ink)
                )
        else:
            line += part.lines
            y = style.line_y(line - 1) + pitch // 2
            if not last:
                easel.ops.append(Rule(key, x, y, x + frame.width, y, style.rules.story, style.rules.ink))


def _story(easel: Easel, story: Story, frame: Frame, variant: Variant, left: int, line: int) -> None:
    """Draw a story in its frame, from grid line `line` on: picture, head and legs, or vertical lines."""
    copy = edited(easel.copies[story.id], variant.edition, easel.book)
    story, style = copy.story, copy.style
    beside = variant.head.beside if variant.head else None
    room, edge = narrowed(frame, beside or 0), left
    if variant.style == "vertical-left":
        left += beside or 0
    vertical = story.setting == "vertical"
    legs = whole(room.width, style) if vertical else divide(room.width, variant.legs, style)
    if legs is None or variant.head is None:
        message = f"{story.id}: the plan divides {room.width} mpt into {variant.legs} legs"
        raise ValueError(message)
    first = variant.style == "photo"
    head_line = line + (variant.photo_depth if first else 0)
    for place in variant.photos:
        beside_head = place.leg >= variant.legs - variant.raised
        top = line if first or beside_head else line + variant.head.depth
        _photo(easel, story, place, left + legs.x(place.leg), top + place.offset, legs.width(place.legs))
    if variant.style == "picture":
        _logo(easel, story, frame, left, line)
        draw_head_on_picture(easel, story, frame, variant, left, line + variant.head.depth)
    elif beside:
        _logo(easel, story, frame, edge, line)
        draw_side_head(easel, story, frame, variant, edge, line + variant.head.depth)
    else:
        width, columns = head_room(frame, legs, variant.raised)
        _head(easel, story, replace(frame, width=width, columns=columns), variant.head, left, head_line)
    if vertical:
        lines = capacities(variant)[0]
        top = style.line_y(line + variant.head.depth + variant.body - lines) + top_offset(style)
        draw_verse(easel, story, left, room.width, top, type_depth(lines, style))
        return
    _body(easel, copy, variant, legs, left, line + variant.head.depth)


def _body(easel: Easel, copy: Copy, variant: Variant, legs: Legs, left: int, line: int) -> None:
    """Draw a story's legs from grid line `line` on, and the quote that stands in one of them."""
    story, style = copy.story, copy.style
    galley = set_galley(copy, legs.measure, style.weights["tight"], style.weights["loose"])
    if variant.edition is not None and variant.edition.turn is not None:
        words = onward(easel.targets[story.id], easel.page.id, style.jump)
        galley = turned(galley, variant.edition.turn, jump_line(copy, words, easel.book))
    runs = stretches(variant)
    if variant.quote is not None:
        quote = variant.quote
        quote_line = line + variant.body - rooms_of(variant)[quote.leg] + quote.offset
        draw_quote(easel, story, style, quote, left + legs.x(quote.leg), quote_line, legs.measure)
    rooms = tuple(run.lines for run in runs)
    filled = None
    if not variant.blank and not variant.over:
        filled = fill(galley, rooms, style.weights["widow"], style.weights["orphan"])
    if filled is None:
        filled = pour(galley, sum(rooms))
    easel.widows += filled.widows
    easel.loosened += sum(filled.lines) > galley.natural
    draw_legs(easel, galley, filled, legs, runs, line, left)


def _head(easel: Easel, story: Story, frame: Frame, choice: HeadChoice, left: int, line: int) -> None:
    style = easel.copies[story.id].style
    head = chosen_head(story, frame, choice, style, easel.book, front=easel.page.front)
    _logo(easel, story, frame, left, line)
    if story.head_beside:
        easel.say("W409", story, story.span, text=story.headline.text)
    elif story.head == "picture":
        say_not_on_picture(easel, story)
    top = style.line_y(line) + choice.depth * style.grid.pitch - style.heads.below - head.height
    draw_head(easel, story, head, left, frame.width, top, style.heads)
    if story.setting == "vertical":
        return  # a poem's title is as short as it is
    easel.fills.append(head.fill)
    if head.fill < LOST_HEAD:
        easel.say("W407", story, text=story.headline.text, fill=round(100 * head.fill))


def _logo(easel: Easel, story: Story, frame: Frame, left: int, line: int) -> None:
    """Draw the logo of a story's column in the grid lines above its head."""
    if story.logo:
        style = easel.copies[story.id].style
        height = (style.heads.logo_lines - 1) * style.grid.pitch
        room = Rect(left, style.line_y(line) + top_offset(style), frame.width, height)
        logo = place_artwork(story.logo, room, Key(story.id, "logo"), easel.page.id, story.id)
        easel.draw(logo.ops)
        easel.findings.extend(logo.findings)


def chosen_head(story: Story, frame: Frame, choice: HeadChoice, style: Style, book: Fontbook, *, front: bool) -> Head:
    """Return the headline setting that a plan names: the one of its size and line count.

    Raises:
        ValueError: the story has no such headline; the plan was made for another text or style.
    """
    band = head_band(style.heads, story.rank, frame.columns, front=front)
    if band is not None:
        for reach in (USUAL, WIDE):
            for head in fit_heads(story, frame.width, band, style, book, sizes=reach.sizes, above=frame.above):
                if (head.main.size, len(head.main.lines)) == (choice.size, choice.lines):
                    return head
    message = f"{story.id}: no headline of {choice.size} mpt in {choice.lines} lines"
    raise ValueError(message)


def _photo(easel: Easel, story: Story, place: PhotoPlace, left: int, line: int, width: int) -> None:
    style = easel.copies[story.id].style
    photo = story.photos[place.photo]
    top = style.line_y(line) + top_offset(style)
    rect = Rect(left, top, width, place.height)
    key = Key(story.id, "photo", place.photo)
    if photo.vector:
        placed = place_artwork(photo.file, rect, key, easel.page.id, story.id)
        easel.draw(placed.ops)
        easel.findings.extend(placed.findings)
    else:
        crop = crop_box(photo, width, place.height)
        easel.ops.append(Picture(key, rect, photo.file, crop))
        _check_resolution(easel, story, photo, effective_ppi(photo, width) * (crop[2] - crop[0]))
    easel.pictures.append(width * place.height)
    caption = set_caption(photo, width, story.region, style, easel.book)
    easel.say_missing(story, caption.missing)
    y = top + place.height + style.photo.caption_gap
    for piece in caption.lines:
        text_style = style.credit if piece.credit else style.caption
        base = baseline(y + piece.row * style.caption.pitch, style.caption.pitch, text_style.size)
        part = Key(story.id, "credit" if piece.credit else "caption", place.photo, piece.row)
        easel.draw(atoms_to_glyphs(piece.material, piece.line.start, piece.line.xs, left, base, text_style.ink, part))
    if photo.placeholder:
        easel.say("W515", story, photo.span, file=_name(photo))


def _check_resolution(easel: Easel, story: Story, photo: Photo, ppi: float) -> None:
    limits = easel.copies[story.id].style.photo
    for code, limit in (("E512", limits.error_ppi), ("W511", limits.warn_ppi)):
        if ppi < limit:
            easel.say(code, story, photo.span, file=_name(photo), ppi=round(ppi), limit=limit)
            return


def _name(photo: Photo) -> str:
    return photo.file.replace("\\", "/").rsplit("/", 1)[-1]
