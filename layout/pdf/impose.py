"""Printer's spreads: the pages of a section side by side as they lie on the plate, 4-1, 2-3 and so on.

A section of n pages, n a multiple of four, is n/2 spreads; the first page and the last lie beside each other, odd
pages at the right. Missing pages are left blank. The trim boxes of two pages meet at the fold, and the spread's trim
box is both of them; bleed stays at the outer edges alone.
"""

from __future__ import annotations

import re
import uuid
import zlib
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from layout.pdf.writer import LEVEL, saved

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pikepdf

    from layout.pdf.variants import VariantName

LEAVES: Final = 4
"""Pages of one sheet, folded once."""

_LETTERS: Final = re.compile(r"\D*")
_DOCUMENT: Final = re.compile(rb"uuid:([0-9a-f-]{36})")

Part = Literal["whole", "left", "right"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One page's place: which page of the file (from 0), its id, and which half of it if it is a double page."""

    index: int
    page: str
    part: Part = "whole"


Pair = tuple[Slot | None, Slot | None]


def section(page: str) -> str:
    """Return the letters that a page id begins with: `A` of `A01`."""
    found = _LETTERS.match(page)
    return found[0] if found else ""


def sections(pages: Sequence[tuple[str, ...]]) -> dict[str, list[Slot]]:
    """Return the slots of each section, in the order of the pages.

    Args:
        pages: the ids of each page of the file: one, or the two of a double page.
    """
    slots = [
        Slot(index, page, "whole" if len(ids) == 1 else ("left", "right")[place % 2])
        for index, ids in enumerate(pages)
        for place, page in enumerate(ids)
    ]
    return {name: list(found) for name, found in groupby(slots, lambda slot: section(slot.page))}


def spreads(slots: Sequence[Slot]) -> list[Pair]:
    """Return the pairs (left, right) of a section, sheet by sheet, front before back."""
    count = -(-len(slots) // LEAVES) * LEAVES
    filled: list[Slot | None] = [*slots, *[None] * (count - len(slots))]
    pairs: list[Pair] = []
    for low in range(count // 2):
        high = count - 1 - low
        pairs.append((filled[high], filled[low]) if low % 2 == 0 else (filled[low], filled[high]))
    return pairs


def pair_name(pair: Pair) -> str:
    """Return a spread's name: `A04-A01`; a blank has none."""
    return "-".join(slot.page for slot in pair if slot is not None)


def impose(pdf: bytes, pairs: Sequence[Pair], variant: VariantName) -> bytes:
    """Return a press file whose pages are printer's spreads of another's.

    Args:
        pdf: a press file of ours.
        pairs: the spreads of one section, whose pages are of one size.
        variant: its flavour.
    """
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    with pikepdf.open(BytesIO(pdf)) as file:
        sources = list(file.pages)
        known = next(slot for pair in pairs for slot in pair if slot is not None)
        measures = _measures(sources[known.index], known.part)
        made = [_spread(file, sources, pair, measures) for pair in pairs]
        del file.pages[:]
        for page in made:
            file.pages.append(page)
        labels: list[object] = []
        for number, pair in enumerate(pairs):
            labels += [number, pikepdf.Dictionary(P=pikepdf.String(pair_name(pair)))]
        file.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))
        packet = file.Root.Metadata.read_bytes()
        name = ",".join(map(pair_name, pairs))
        file.Root.Metadata.write(_DOCUMENT.sub(lambda found: b"uuid:" + _other(found[1], name), packet))
        return saved(file, variant)


def _other(identity: bytes, name: str) -> bytes:
    """Return the document id of these spreads, from that of the pages."""
    return str(uuid.uuid5(uuid.UUID(identity.decode()), name)).encode()


def _spread(
    file: pikepdf.Pdf, sources: Sequence[pikepdf.Page], pair: Pair, measures: tuple[float, float, float]
) -> pikepdf.Page:
    from pikepdf import Array, Dictionary, Name, Page, Stream  # noqa: PLC0415 - 80 ms to import

    width, height, bleed = measures
    content, forms = b"", Dictionary()
    for side, slot in enumerate(pair):
        if slot is None:
            continue
        form, left, foot = _form(file, sources[slot.index], slot.part, bleed, at_left=side == 0)
        name = f"Pg{side}"
        forms[f"/{name}"] = form
        content += f"q 1 0 0 1 {_real(bleed + side * width - left)} {_real(bleed - foot)} cm /{name} Do Q\n".encode()

    def box(outside: float) -> Array:
        inner = bleed - outside
        return Array([_number(edge) for edge in (inner, inner, bleed + 2 * width + outside, bleed + height + outside)])

    return Page(
        file.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=box(bleed),
                BleedBox=box(bleed),
                TrimBox=box(0),
                Resources=Dictionary(XObject=forms),
                Contents=Stream(file, zlib.compress(content, LEVEL), Filter=Name.FlateDecode),
            )
        )
    )


def _measures(page: pikepdf.Page, part: Part) -> tuple[float, float, float]:
    """Return one page's trim width and height, and its bleed, in points."""
    left, foot, right, head = (float(value) for value in page.trimbox)
    bleed = left - float(page.bleedbox[0])
    return (right - left) / (1 if part == "whole" else 2), head - foot, bleed


def _form(
    file: pikepdf.Pdf, page: pikepdf.Page, part: Part, bleed: float, *, at_left: bool
) -> tuple[pikepdf.Object, float, float]:
    """Return a page, or half of a double page, as a form, and where its trim box begins: left, foot."""
    from pikepdf import Array, Name, Stream  # noqa: PLC0415 - 80 ms to import

    left, foot, right, head = (float(value) for value in page.trimbox)
    middle = (left + right) / 2
    left, right = {"whole": (left, right), "left": (left, middle), "right": (middle, right)}[part]
    outer = (left - bleed, right) if at_left else (left, right + bleed)
    made = Stream(
        file,
        zlib.compress(page.Contents.read_bytes(), LEVEL),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([_number(value) for value in (outer[0], foot - bleed, outer[1], head + bleed)]),
        Resources=page.Resources,
        Filter=Name.FlateDecode,
    )
    return file.make_indirect(made), left, foot


def _number(value: float) -> object:
    from decimal import Decimal  # noqa: PLC0415 - with pikepdf

    return Decimal(_real(value))


def _real(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"
