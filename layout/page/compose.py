"""From a plan to a display list: pour the legs, draw heads, pictures, boxes and rules, add the furniture.

Every setting is made again by the function that priced it (`fill`, `fit_heads`, `set_caption`), with the same
arguments, so what was measured is what is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from layout.diagnostics import Diagnostic, finding
from layout.display import Fill, Key, Op, Outline, Picture, Rule, Sheet
from layout.geometry import Cells, Rect
from layout.page.artwork import place_artwork
from layout.page.draw import atoms_to_glyphs, baseline, display_lines, draw_label, label
from layout.page.furniture import (
    check_nameplate_rank,
    draw_advert,
    draw_banner,
    draw_credits,
    draw_folio,
    draw_nameplate,
)
from layout.page.galley import Filled, fill, pour, set_galley
from layout.page.group import part_frames
from layout.page.insert import caption_height, crop_box, effective_ppi, set_caption, top_offset
from layout.page.legs import Legs, divide
from layout.page.table import Frame, capacities, frame_of
from layout.text.headline import band_for, deck_height, fit_heads
from layout.text.setting import set_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layout.fontbook import Fontbook
    from layout.model import Entry, Issue, Page, Photo, Story
    from layout.page.copy import Copy
    from layout.page.galley import Galley, GalleyItem
    from layout.plan import PagePlan, Variant
    from layout.style import Style
    from layout.text.headline import Head

LOOSE_EM: Final = 0.10
"""Lines whose inter-Han gaps open beyond this are reported (newsroom.md 8)."""


@dataclass(slots=True, kw_only=True)
class _Work:
    """What composing one page gathers."""

    issue: Issue
    page: Page
    style: Style
    book: Fontbook
    copies: Mapping[str, Copy]
    ops: list[Op] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    metrics: dict[str, Any] = field(default_factory=dict)
    heads: list[tuple[str, int]] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    fills: list[float] = field(default_factory=list)
    overset: dict[str, str] = field(default_factory=dict)
    widows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Composed:
    """A finished page: its display list, what is to be said of it, its figures, the text that did not fit."""

    sheet: Sheet
    findings: tuple[Diagnostic, ...]
    metrics: Mapping[str, Any]
    overset: Mapping[str, str]


def compose(
    issue: Issue,
    page: Page,
    style: Style,
    book: Fontbook,
    plan: PagePlan,
    copies: Mapping[str, Copy],
) -> Composed:
    """Return the page that a plan describes."""
    work = _Work(issue=issue, page=page, style=style, book=book, copies=copies)
    entries = {entry.id: entry for entry in page.entries}
    for module in plan.modules:
        _module(work, entries[module.id], module.cells, module.variant)
    _rules(work, plan)
    _furniture(work, plan)
    _report(work, plan, entries)
    return Composed(
        sheet=Sheet(
            page=page.id,
            trim=(style.sheet.width, style.sheet.height),
            bleed=style.sheet.bleed,
            ops=tuple(work.ops),
        ),
        findings=tuple(work.findings),
        metrics=_metrics(work, plan),
        overset=dict(work.overset),
    )


# --- modules -----------------------------------------------------------------------------------------------------


def _module(work: _Work, entry: Entry, cells: Cells, variant: Variant) -> None:
    style = work.style
    left = style.column_x(cells.column)
    if variant.parts:
        _group(work, entry, cells, variant, left)
        return
    story = entry.stories[0]
    frame = frame_of(cells.columns, style, boxed=story.box is not None)
    if story.box is not None:
        _box(work, story.box, cells, Key(story.id, "box"))
        left += round(style.box.pad_em * style.em)
    _story(work, story, frame, variant, left, cells.line + frame.pad_lines)


def _box_rect(style: Style, cells: Cells) -> Rect:
    inset = (style.grid.pitch - style.body.size) // 2
    top = style.line_y(cells.line) + inset
    bottom = style.line_y(cells.bottom - 1) - inset
    return Rect(style.column_x(cells.column), top, style.span_width(cells.columns), bottom - top)


def _box(work: _Work, kind: str, cells: Cells, key: Key) -> None:
    style = work.style
    rect = _box_rect(style, cells)
    if kind == "tint":
        work.ops.append(Fill(key, rect, style.box.tint))
    else:
        work.ops.append(Outline(key, rect, style.box.rule, style.box.ink))


def _group(work: _Work, entry: Entry, cells: Cells, variant: Variant, left: int) -> None:
    style = work.style
    pad = round(style.box.pad_em * style.em)
    key = Key(entry.id, "frame")
    work.ops.append(Outline(key, _box_rect(style, cells), style.group.rule, style.box.ink))
    line = cells.line + style.box.pad_lines
    if entry.label is not None:
        text = label(entry.label.text, style.group.label, style, work.book)
        height = style.group.label_lines * style.grid.pitch
        y = baseline(style.line_y(line), height, style.group.label.size)
        width = style.span_width(cells.columns) - 2 * pad
        work.ops.extend(draw_label(text, style.group.label, left + pad, width, y, Key(entry.id, "label")))
        under = style.line_y(line) + height - (style.grid.pitch - style.body.size) // 2
        work.ops.append(Rule(key, left + pad, under, left + pad + width, under, style.group.rule, style.box.ink))
    line += style.group.label_lines
    side = variant.style == "side"
    frames = part_frames(cells.columns, len(variant.parts), style, side=side)
    x = left + pad
    for number, (story, part, frame) in enumerate(zip(entry.stories, variant.parts, frames, strict=True)):
        _story(work, story, frame, part, x, line)
        if side:
            x += frame.width + style.gutter
            if number < len(frames) - 1:
                middle = x - style.gutter // 2
                work.ops.append(
                    Rule(key, middle, style.line_y(line), middle, style.line_y(line + part.lines - 1), style.rules.column, style.rules.ink),
                )
        else:
            line += part.lines
            if number < len(frames) - 1:
                y = style.line_y(line - 1) + style.grid.pitch // 2
                work.ops.append(Rule(key, x, y, x + frame.width, y, style.rules.story, style.rules.ink))


def _story(work: _Work, story: Story, frame: Frame, variant: Variant, left: int, line: int) -> None:
    """Draw a story in its frame: picture, head and legs, from grid line `line` on."""
    style = work.copies[story.id].style
    legs = divide(frame.width, variant.legs, style)
    if legs is None:
        message = f"plan divides {frame.width} mpt into {variant.legs} legs"
        raise ValueError(message)
    copy = work.copies[story.id]
    galley = set_galley(copy, legs.measure, style.weights["tight"], style.weights["loose"])
    head_depth = variant.head.depth if variant.head else 0
    first = variant.style == "photo"
    photo_top = line if first else line + head_depth
    for place in variant.photos:
        _photo(work, story, place.photo, legs, left + legs.x(place.leg), photo_top, legs.width(place.legs), place.height)
    head_top = line + (variant.photos[0].depth if first else 0)
    if variant.head is not None:
        _head(work, story, frame, variant, left, head_top)
    body_top = line + head_depth
    depths = capacities(variant)
    filled = None
    if not variant.blank and not variant.over:
        filled = fill(galley, depths, style.weights["widow"], style.weights["orphan"])
    if filled is None:
        filled = pour(galley, sum(depths))
    work.widows += filled.widows
    tops = [
        body_top + (variant.body - depth) for depth in depths
    ]
    _legs(work, story, galley, filled, legs, depths, tops, left)


def _head(work: _Work, story: Story, frame: Frame, variant: Variant, left: int, line: int) -> None:
    style = work.copies[story.id].style
    head = chosen_head(story, frame, variant, style, work.book, front=work.page.front)
    heads = style.heads
    pitch = style.grid.pitch
    depth = (variant.head.depth if variant.head else head.depth) * pitch
    y = style.line_y(line) + depth - heads.below - head.height
    width = frame.width
    if story.logo:
        room = Rect(left, style.line_y(line) + top_offset(style), width, (heads.logo_lines - 1) * pitch)
        logo = place_artwork(story.logo, room, Key(story.id, "logo"), work.page.id, story.id)
        work.ops.extend(logo.ops)
        work.findings.extend(logo.findings)
    if head.kicker is not None:
        kicker = head.kicker
        work.ops.extend(
            display_lines(kicker, left, width, y, 0, heads.align, heads.ink, Key(story.id, "kicker"), overprint=kicker.size <= heads.knockout_above),
        )
        y += kicker.size * len(kicker.lines) + heads.kicker_gap
    main = head.main
    gap = round(heads.line_gap * main.size)
    work.ops.extend(
        display_lines(main, left, width, y, gap, heads.align, heads.ink, Key(story.id, "headline"), overprint=main.size <= heads.knockout_above),
    )
    y += len(main.lines) * main.size + (len(main.lines) - 1) * gap
    if head.deck is not None:
        deck = head.deck
        y += heads.deck_gap
        gap = round(2 * heads.line_gap * deck.size)
        work.ops.extend(
            display_lines(deck, left, width, y, gap, heads.align, heads.ink, Key(story.id, "deck"), overprint=deck.size <= heads.knockout_above),
        )
        y += deck_height(deck, heads)
    work.heads.append((story.headline.text, main.size))
    work.fills.append(head.fill)
    if head.fill < _LOST_HEAD:
        work.findings.append(
            finding("W407", page=work.page.id, story=story.id, text=story.headline.text, fill=round(100 * head.fill)),
        )


_LOST_HEAD: Final = 0.75


def chosen_head(story: Story, frame: Frame, variant: Variant, style: Style, book: Fontbook, *, front: bool) -> Head:
    """Return the headline setting that a variant names: the one of its size, line count and least fitting depth."""
    band = band_for(style.heads, story.rank, frame.columns, front=front)
    choice = variant.head
    if band is None or choice is None:
        message = f"no head band for rank {story.rank} in {frame.columns} columns"
        raise ValueError(message)
    for head in fit_heads(story, frame.width, band, style, book):
        if (head.main.size, len(head.main.lines)) == (choice.size, choice.lines):
            return head
    message = f"no headline of {choice.size} mpt in {choice.lines} lines for {story.id}"
    raise ValueError(message)


def _photo(work: _Work, story: Story, number: int, legs: Legs, left: int, line: int, width: int, height: int) -> None:  # noqa: PLR0913 - a picture's place
    style = work.copies[story.id].style
    photo = story.photos[number]
    del legs
    top = style.line_y(line) + top_offset(style)
    rect = Rect(left, top, width, height)
    key = Key(story.id, "photo", number)
    crop = crop_box(photo, width, height)
    if photo.vector:
        placed = place_artwork(photo.file, rect, key, work.page.id, story.id)
        work.ops.extend(placed.ops)
        work.findings.extend(placed.findings)
    else:
        work.ops.append(Picture(key, rect, photo.file, crop))
        _resolution(work, story, photo, width, crop)
    work.pictures.append(width * height)
    caption = set_caption(photo, width, story.region, style, work.book)
    _missing(work, story, caption.missing)
    y = top + height + style.photo.caption_gap
    for piece in caption.lines:
        text_style = style.credit if piece.credit else style.caption
        base = baseline(y + piece.row * style.caption.pitch, style.caption.pitch, text_style.size)
        part = "credit" if piece.credit else "caption"
        work.ops.extend(
            atoms_to_glyphs(piece.material, piece.line.start, piece.line.xs, left, base, text_style.ink, Key(story.id, part, number, piece.row)),
        )
    if photo.placeholder:
        work.findings.append(finding("W515", page=work.page.id, story=story.id, file=_base(photo.file)))


def _resolution(work: _Work, story: Story, photo: Photo, width: int, crop: tuple[float, float, float, float]) -> None:
    ppi = effective_ppi(photo, width) * (crop[2] - crop[0])
    limits = work.copies[story.id].style.photo
    for code, limit in (("E512", limits.error_ppi), ("W511", limits.warn_ppi)):
        if ppi < limit:
            work.findings.append(
                finding(code, page=work.page.id, story=story.id, span=photo.span, file=_base(photo.file), ppi=round(ppi), limit=limit),
            )
            return


def _base(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


# --- legs --------------------------------------------------------------------------------------------------------


def _legs(  # noqa: PLR0913 - a poured galley
    work: _Work,
    story: Story,
    galley: Galley,
    filled: Filled,
    legs: Legs,
    depths: tuple[int, ...],
    tops: list[int],
    left: int,
) -> None:
    style = work.copies[story.id].style
    slots = [(leg, row) for leg, depth in enumerate(depths) for row in range(depth)]
    cursor = 0
    previous: tuple[int, int] | None = None
    for item, count in zip(galley.items, filled.lines, strict=True):
        if item.tail:
            if previous is not None:
                _tail(work, story, item, galley.measure, left + legs.x(previous[0]), tops[previous[0]] + previous[1])
            continue
        room = slots[cursor : cursor + count]
        if item.item.kind == "subhead":
            if len(room) == count:
                _subhead(work, story, item, galley.measure, left, legs, tops, room)
            else:
                _over(work, story, item, 0)
            cursor += count
            continue
        option = item.options[count]
        breaking = option.breaking
        if breaking is None:
            continue
        start = 0
        for number, end in enumerate(breaking.ends):
            if cursor >= len(slots):
                _over(work, story, item, start)
                break
            leg, row = slots[cursor]
            cursor += 1
            indent = item.item.indent if number == 0 else 0
            width = galley.measure - indent
            last = end == len(item.item.material)
            line = set_line(item.item.material, start, end, width, last=last, align=item.item.align)
            y = baseline(style.line_y(tops[leg] + row), style.grid.pitch, item.item.text_style.size)
            work.ops.extend(
                atoms_to_glyphs(
                    item.item.material,
                    start,
                    line.xs,
                    left + legs.x(leg) + indent,
                    y,
                    item.item.text_style.ink,
                    Key(story.id, _PARTS[item.item.kind], item.item.number, number),
                ),
            )
            if not last and item.item.align == "justify":
                gap = line.gap / item.item.text_style.size
                work.gaps.append(gap)
                if gap > LOOSE_EM:
                    work.findings.append(
                        finding("W406", page=work.page.id, story=story.id, paragraph=item.item.number, gap=f"{gap:.3f}"),
                    )
            previous = leg, row
            start = end
    _missing(work, story, work.copies[story.id].missing)


_PARTS: Final = {"paragraph": "body", "byline": "byline", "tail": "tail", "subhead": "subhead"}


def _over(work: _Work, story: Story, item: GalleyItem, start: int) -> None:
    """Keep the text of an item from an atom on as overset."""
    shaped = item.item.material.shaped
    rest = shaped.slice_text(start, len(shaped)) if start else shaped.text
    work.overset[story.id] = work.overset.get(story.id, "") + rest


def _tail(work: _Work, story: Story, item: GalleyItem, measure: int, left: int, line: int) -> None:  # noqa: PLR0913 - a tail's place
    style = work.copies[story.id].style
    text_style = item.item.text_style
    material = item.item.material
    set_right = set_line(material, 0, len(material), measure, last=True, align="right")
    y = baseline(style.line_y(line), style.grid.pitch, text_style.size)
    work.ops.extend(atoms_to_glyphs(material, 0, set_right.xs, left, y, text_style.ink, Key(story.id, "tail")))


def _subhead(  # noqa: PLR0913 - a subhead's place
    work: _Work,
    story: Story,
    item: GalleyItem,
    measure: int,
    left: int,
    legs: Legs,
    tops: list[int],
    room: list[tuple[int, int]],
) -> None:
    style = work.copies[story.id].style
    text_style = item.item.text_style
    breaking = next(iter(item.options.values())).breaking
    if breaking is None:
        return
    leg, row = room[0]
    pitch = style.grid.pitch
    height = len(room) * pitch
    top = style.line_y(tops[leg] + row) + (height - len(breaking.ends) * pitch) // 2
    start = 0
    for number, end in enumerate(breaking.ends):
        line = set_line(item.item.material, start, end, measure, last=True, align=text_style.align)
        y = baseline(top + number * pitch, pitch, text_style.size)
        work.ops.extend(
            atoms_to_glyphs(
                item.item.material, start, line.xs, left + legs.x(leg), y, text_style.ink, Key(story.id, "subhead", item.item.number, number),
            ),
        )
        start = end


def _missing(work: _Work, story: Story, missing: tuple[tuple[int, str, Any], ...]) -> None:
    for offset, char, text in missing:
        span = None
        if text.origin is not None:
            from layout.diagnostics import Span  # noqa: PLC0415 - only for a fault

            line, column = text.origin.locate(offset)
            span = Span(text.origin.file, line, column, line, column + 1)
        work.findings.append(
            finding("E303", page=work.page.id, story=story.id, span=span, char=char, codepoint=f"{ord(char):04X}"),
        )


# --- rules and furniture -----------------------------------------------------------------------------------------


def _boxed(entry: Entry) -> bool:
    return entry.label is not None or len(entry.stories) > 1 or entry.stories[0].box is not None


def _rules(work: _Work, plan: PagePlan) -> None:
    """Draw the rules between modules: across the blank line under each, and down the gutters."""
    style = work.style
    entries = {entry.id: entry for entry in work.page.entries}
    half = (style.grid.pitch - style.body.size) // 2
    for module in plan.modules:
        cells, boxed = module.cells, _boxed(entries[module.id])
        below = [
            other
            for other in plan.modules
            if other.cells.line == cells.bottom and other.cells.column < cells.right and cells.column < other.cells.right
        ]
        if below and not (boxed or all(_boxed(entries[other.id]) for other in below)):
            y = style.line_y(cells.bottom - 1) + style.grid.pitch // 2
            x = style.column_x(cells.column)
            work.ops.append(
                Rule(Key(module.id, "rule"), x, y, x + style.span_width(cells.columns), y, style.rules.story, style.rules.ink),
            )
        for other in plan.modules:
            if other.cells.column != cells.right or boxed or _boxed(entries[other.id]):
                continue
            top = max(cells.line, other.cells.line)
            bottom = min(cells.bottom, other.cells.bottom) - 1
            if bottom <= top:
                continue
            x = style.column_x(cells.right) - style.gutter // 2
            work.ops.append(
                Rule(
                    Key(module.id, "rule"), x, style.line_y(top) + half, x, style.line_y(bottom) - half, style.rules.column, style.rules.ink,
                ),
            )


def _furniture(work: _Work, plan: PagePlan) -> None:
    issue, page, style, book = work.issue, work.page, work.style, work.book
    blocks = dict(plan.blocks)
    drawn = [draw_nameplate(issue, page, style, book) if page.front else draw_folio(issue, page, style, book)]
    if "banner" in blocks:
        drawn.append(draw_banner(page, style, book, blocks["banner"]))
    drawn.extend(
        draw_advert(advert, blocks[f"advert:{advert.id}"], style, book)
        for advert in page.adverts
        if f"advert:{advert.id}" in blocks
    )
    drawn.append(draw_credits(page, style, book))
    for piece in drawn:
        work.ops.extend(piece.ops)
        work.findings.extend(piece.findings)
    if page.front:
        work.findings.extend(check_nameplate_rank(work.heads, issue, style))


# --- what is to be said ------------------------------------------------------------------------------------------


def _report(work: _Work, plan: PagePlan, entries: Mapping[str, Entry]) -> None:
    page = work.page.id
    for hole in plan.holes:
        work.findings.append(
            finding("W403", page=page, columns=hole.columns, lines=hole.lines, column=hole.column + 1, line=hole.line + 1),
        )
    for name in plan.unplaced:
        entry = entries[name]
        for story in entry.stories:
            work.overset[story.id] = "".join(item.material.shaped.text for item in work.copies[story.id].items)
        work.findings.append(finding("E402", page=page, story=name, span=entry.stories[0].span))
    blank = sum(module.variant.blank for module in plan.modules)
    if blank:
        work.findings.append(finding("W404", page=page, lines=blank))
    for module in plan.modules:
        for story in entries[module.id].stories:
            rest = work.overset.get(story.id)
            if rest:
                lines = module.variant.over or 1
                work.findings.append(
                    finding(
                        "E401", page=page, story=story.id, span=story.span, lines=lines, chars=len("".join(rest.split())), start=rest[:12],
                    ),
                )


def _metrics(work: _Work, plan: PagePlan) -> dict[str, Any]:
    """Return the figures of newsroom.md 8 for the page."""
    style = work.style
    sizes = sorted((size for _, size in work.heads), reverse=True)
    pictures = sorted(work.pictures, reverse=True)
    area = style.area_width * style.area_height
    return {
        "overset_characters": sum(len("".join(text.split())) for text in work.overset.values()),
        "blank_lines": sum(module.variant.blank for module in plan.modules) + sum(h.columns * h.lines for h in plan.holes),
        "worst_head_fill": round(min(work.fills, default=1.0), 3),
        "lead_to_second": round(sizes[0] / sizes[1], 2) if len(sizes) > 1 else None,
        "picture_share": round(sum(pictures) / area, 3),
        "dominant_picture": round(pictures[0] / pictures[1], 2) if len(pictures) > 1 else None,
        "largest_gap_em": round(max(work.gaps, default=0.0), 4),
        "mean_gap_em": round(sum(work.gaps) / len(work.gaps), 5) if work.gaps else 0.0,
        "lines": len(work.gaps),
        "widows_and_orphans": work.widows,
        "plan_cost": plan.cost,
    }

