"""Inserts: pictures with their captions, as blocks of whole grid lines at a width.

A block holds, from its head: the offset that levels the picture's head with the type beside it, the picture, the
caption gap, at most two lines of caption with the credit flush right on the last, and clear space before the text.
The picture's height is what the depth leaves; it may leave the picture's own shape by at most the style's crop,
and a crop never enters the `keep` box nor the quiet area.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from layout.page.copy import source_places
from layout.page.draw import top_offset
from layout.page.marks import inline_ruby, raised_of, roles_of
from layout.text.justify import prepare
from layout.text.linebreak import break_paragraph
from layout.text.setting import set_line
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.fontbook import Fontbook
    from layout.model import Photo, Region, RichText
    from layout.style import Composition, Style, TextStyle
    from layout.text.justify import Material
    from layout.text.setting import Line


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """One line of a caption: material, its set line, and whether it is the credit."""

    material: Material
    line: Line
    row: int
    credit: bool


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption set at a width: its rows and lines."""

    rows: int
    lines: tuple[CaptionLine, ...]
    missing: tuple[tuple[int, str, RichText], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A picture block of `depth` grid lines: the picture's height in mpt, the caption, and how far it is cropped."""

    depth: int
    height: int
    crop: float


@lru_cache(maxsize=1024)
def _material(text: RichText, text_style: TextStyle, region: Region, rules: Composition, book: Fontbook) -> Material:
    shaped = shape(
        text.text,
        ShapeStyle(text_style.role, text_style.size, region, rules.level),
        book,
        roles_of(text, rules),
        (),
        raised_of(text, text_style.size, rules),
    )
    return prepare(shaped, rules)


def set_caption(photo: Photo, width: int, region: Region, style: Style, book: Fontbook) -> Caption:
    """Return the caption and credit of a picture set `width` mpt wide, the credit flush right on the last line."""
    lines: list[CaptionLine] = []
    missing: list[tuple[int, str, RichText]] = []
    row, left = 0, width
    if photo.caption:
        material = _material(inline_ruby(photo.caption), style.caption, region, style.composition, book)
        missing += source_places(material.shaped.text, material.shaped.missing, photo.caption)
        ways = break_paragraph(material, lambda _line: width)
        best = ways[min(ways, key=lambda count: (ways[count].demerits, count))]
        start = 0
        for row, end in enumerate(best.ends):
            last = row == len(best.ends) - 1
            lines.append(CaptionLine(material, set_line(material, start, end, width, last=last), row, credit=False))
            start = end
        left = width - best.last_width
    if photo.credit:
        material = _material(photo.credit, style.credit, region, style.composition, book)
        missing += [(offset, char, photo.credit) for offset, char in material.shaped.missing]
        gap = round(style.photo.credit_gap_em * style.credit.size) if photo.caption else 0
        natural = material.width(0, len(material))
        if photo.caption and natural + gap > left:
            row += 1
        line = set_line(material, 0, len(material), width, last=True, align="right")
        lines.append(CaptionLine(material, line, row, credit=True))
    return Caption(row + 1 if lines else 0, tuple(lines), tuple(missing))


def caption_height(rows: int, style: Style) -> int:
    """Return the height in mpt of the caption gap and `rows` lines of caption."""
    return style.photo.caption_gap + rows * style.caption.pitch if rows else 0


def photo_blocks(photo: Photo, width: int, rows: int, style: Style) -> Iterator[Block]:
    """Yield the blocks that a picture `width` mpt wide can make, by rising depth; rows are its caption's lines."""
    natural = round(width / photo.aspect)
    least, most = _height_range(photo, natural, style)
    pitch = style.grid.pitch
    around = top_offset(style) + caption_height(rows, style) + style.photo.clear
    for depth in range(-(-(around + least) // pitch), (around + most) // pitch + 2):
        room = depth * pitch - around
        if natural <= room < natural + pitch:
            yield Block(depth, natural, 0.0)
        elif least <= room <= most:
            yield Block(depth, room, abs(room - natural) / natural)


def photo_room(photo: Photo, width: int, rows: int, depth: int, style: Style) -> tuple[int, int] | None:
    """Return the least and greatest height of a picture in a block `depth` lines deep, mpt, or None without any."""
    least, most = _height_range(photo, round(width / photo.aspect), style)
    around = top_offset(style) + caption_height(rows, style) + style.photo.clear
    most = min(most, depth * style.grid.pitch - around)
    return (least, most) if least <= most else None


def _height_range(photo: Photo, natural: int, style: Style) -> tuple[int, int]:
    """Return the least and greatest height a crop allows: the style's share, and never into the `keep` box."""
    if not photo.crop or photo.vector:
        return natural, natural
    share = style.photo.crop_most
    x0, y0, x1, y1 = photo.kept or (0.5, 0.5, 0.5, 0.5)
    least = max(1 - share, y1 - y0)
    most = min(1 + share, 1 / max(x1 - x0, 0.01))
    return round(natural * least), round(natural * most)


def crop_box(photo: Photo, width: int, height: int) -> tuple[float, float, float, float]:
    """Return the part of a picture (fractions) that a frame of the given shape shows.

    As much as the shape allows, its middle as near the focus as the picture's edges and the `keep` box let it be.
    """
    shown = width / height
    if shown >= photo.aspect:
        across, down = 1.0, photo.aspect / shown
    else:
        across, down = shown / photo.aspect, 1.0
    keep = photo.kept or (photo.focus[0], photo.focus[1], photo.focus[0], photo.focus[1])
    x0 = _slide(photo.focus[0], across, keep[0], keep[2])
    y0 = _slide(photo.focus[1], down, keep[1], keep[3])
    return x0, y0, x0 + across, y0 + down


def quiet_box(photo: Photo, width: int, height: int) -> tuple[int, int, int, int] | None:
    """Return where the quiet area of a picture lies in a frame: left, top, width, height in mpt; None without one."""
    if photo.quiet is None:
        return None
    left, top, right, foot = crop_box(photo, width, height)
    x0, x1 = (width * (x - left) / (right - left) for x in photo.quiet[::2])
    y0, y1 = (height * (y - top) / (foot - top) for y in photo.quiet[1::2])
    return round(x0), round(y0), round(x1 - x0), round(y1 - y0)


def _slide(focus: float, size: float, low: float, high: float) -> float:
    start = focus - size / 2
    start = min(start, low) if low < start else start
    start = max(start, high - size) if high > start + size else start
    return min(max(start, 0.0), 1 - size)


def effective_ppi(photo: Photo, width: int) -> float:
    """Return the resolution of an uncropped picture set `width` mpt wide."""
    return photo.pixels[0] / (width / 72_000)
