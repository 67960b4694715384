"""Proofs on paper: every page at 100 % on A3 sheets, with a slug to say which it is and boxes to sign in.

A page larger than a sheet takes as few sheets as will hold it, overlapping. Paper proofs are for the desk: the slug
carries the time, which no press file does, and is therefore handed in (newsroom.md 7).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from layout.color import PAPER, Ink
from layout.display import Fill, Form, Key, Outline, Sheet
from layout.fontbook import advance
from layout.geometry import Rect, mm
from layout.page.furniture.drawn import PAGE, Sketch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.condition import PrintCondition
    from layout.display import Op
    from layout.fontbook import Fontbook
    from layout.pdf.variants import VariantName
    from layout.style import Style, TextStyle

A3: Final = (mm(297), mm(420))
MARGIN: Final = mm(4)
"""What office printers leave white along the edges."""

SLUG: Final = mm(12)
GAP: Final = mm(1)
LINE: Final = mm(4.2)
"""Depth of the slug, its distance from the page, and the depth of its line of type."""

FRAME: Final = mm(0.1)
FAINT: Final = Ink(0, 0, 0, 30)
SIGN: Final = ("一校", "二校", "三校", "责编", "值班主任", "签发")
"""Who signs a paper proof."""

TYPE: Final = 9_000
LEAST: Final = 5_000
"""Type size of the slug, and the least it shrinks to, in mpt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slug:
    """What a proof says of itself; `time` is text, as the caller's clock has it."""

    paper: str
    date: str
    page: str
    edition: str
    revision: str
    time: str
    stage: str

    @property
    def items(self) -> tuple[str, ...]:
        """The slug's texts; what is not known is left out."""
        named = (
            ("", f"{self.paper} {self.date}"),
            ("版次 ", self.page),
            ("版本 ", self.edition),
            ("修订 ", self.revision),
            ("校次 ", self.stage),
            ("出样 ", self.time),
        )
        return tuple(f"{name}{text}" for name, text in named if text)


@dataclass(frozen=True, slots=True)
class Tile:
    """One sheet: its size, and the page's upper left corner on it, all mpt."""

    sheet: tuple[int, int]
    x: int
    y: int


def tiles(trim: tuple[int, int]) -> list[Tile]:
    """Return the sheets that a page takes, rows from the head, each from the left; upright ones where it is equal."""
    return min((_tiles(trim, sheet) for sheet in (A3, A3[::-1])), key=len)


def _tiles(trim: tuple[int, int], sheet: tuple[int, int]) -> list[Tile]:
    room = sheet[0] - 2 * MARGIN, sheet[1] - 2 * MARGIN - SLUG - GAP
    xs, ys = (_starts(length, space) for length, space in zip(trim, room, strict=True))
    left = (sheet[0] - trim[0]) // 2 if len(xs) == 1 else MARGIN
    return [Tile(sheet, left - x, MARGIN - y) for y in ys for x in xs]


def _starts(length: int, room: int) -> list[int]:
    """Return where each sheet's part of a page begins, the last one ending with the page."""
    count = -(-length // room)
    return [0] if count == 1 else [(length - room) * index // (count - 1) for index in range(count)]


def proof_paper(
    pdf: bytes, slug: Slug, style: Style, book: Fontbook, condition: PrintCondition, variant: VariantName
) -> bytes:
    """Return a page's paper proof as a PDF of A3 sheets.

    Args:
        pdf: the page's press file.
        slug: what it says of itself.
        style: the page's style; the slug is set in the faces of its folio line.
        book: the faces.
        condition: of the output intent.
        variant: flavour.
    """
    from layout.pdf.artwork import own_artwork  # noqa: PLC0415 - rarely
    from layout.pdf.content import page_content  # noqa: PLC0415
    from layout.pdf.metadata import DocumentInfo  # noqa: PLC0415
    from layout.pdf.writer import write_pdf  # noqa: PLC0415

    artwork = own_artwork(slug.page, pdf)
    found = tiles((artwork.width, artwork.height))
    contents = []
    for number, tile in enumerate(found, 1):
        sheet = Sheet(
            page=slug.page,
            trim=tile.sheet,
            bleed=0,
            ops=tuple(_drawn(tile, (artwork.width, artwork.height), slug, (number, len(found)), style, book)),
        )
        contents.append(page_content(sheet, lambda face, gid: advance(book.faces[face], gid)))
    return write_pdf(
        contents,
        faces=book.faces,
        pictures={},
        artwork={(slug.page, 0): artwork},
        condition=condition,
        variant=variant,
        info=DocumentInfo(title=" ".join(slug.items), date=slug.date),
    )


def _drawn(
    tile: Tile, trim: tuple[int, int], slug: Slug, count: tuple[int, int], style: Style, book: Fontbook
) -> Iterator[Op]:
    """Yield the page, white over what belongs to the next sheet, and the slug."""
    width, height = tile.sheet
    page = Rect(tile.x, tile.y, *trim)
    yield Form(Key(PAGE, "proof"), page, slug.page)
    yield Outline(Key(PAGE, "proof-trim"), page, FRAME, FAINT)
    foot = height - MARGIN - SLUG - GAP
    for rect in (
        Rect(0, foot, width, height - foot),
        Rect(0, 0, width, MARGIN),
        Rect(0, 0, MARGIN, height),
        Rect(width - MARGIN, 0, MARGIN, height),
    ):
        yield Fill(Key(PAGE, "proof-edge"), rect, PAPER)
    sketch = Sketch(page=slug.page, style=style, book=book, region="zh-Hans")
    text = replace(style.folio.text, size=TYPE)
    words = (*slug.items, f"第 {count[0]} 张，共 {count[1]} 张") if count[1] > 1 else slug.items
    room = width - 2 * MARGIN
    line = sketch.fitted("　".join(words), text, room, LEAST)
    head = foot + GAP
    sketch.put(line, MARGIN, room, head + mm(2.8), "proof-slug", align="left")
    _boxes(sketch, Rect(MARGIN, head + LINE, room, SLUG - LINE), text)
    yield from sketch.ops


def _boxes(sketch: Sketch, place: Rect, text: TextStyle) -> None:
    """Draw the boxes to sign in, their names at the upper left."""
    ink = sketch.style.advert.ink
    for index, name in enumerate(SIGN):
        left = place.x + place.width * index // len(SIGN)
        right = place.x + place.width * (index + 1) // len(SIGN)
        box = Rect(left, place.y, right - left, place.height)
        sketch.ops.append(Outline(Key(PAGE, "proof-sign", 0, index), box, FRAME, ink))
        line = sketch.fitted(name, text, box.width - mm(2), LEAST)
        sketch.put(line, left + mm(1), box.width, place.y + mm(3), "proof-sign", align="left", row=index)
