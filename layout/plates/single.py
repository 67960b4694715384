"""One page of a file as a file of its own, which shows what is printed and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pikepdf

from layout.plates import SeparationError


@dataclass(frozen=True, slots=True)
class SinglePage:
    """A file of one page whose media box is what is printed; `box` is that box."""

    data: bytes
    box: tuple[float, float, float, float]


def single_page(data: bytes, page: int) -> SinglePage:
    """Take a page out of a file.

    Raises:
        SeparationError: the file cannot be read or has no such page.
    """
    try:
        with pikepdf.open(BytesIO(data)) as source, pikepdf.new() as target:
            if not 0 <= page < len(source.pages):
                message = f"no page {page + 1}"
                raise SeparationError(message)
            target.pages.append(source.pages[page])
            made = target.pages[0].obj
            box = _printed(target.pages[0])
            for key in ("/Annots", "/CropBox", "/TrimBox", "/ArtBox", "/BleedBox", "/Rotate", "/UserUnit", "/AA"):
                if key in made:
                    del made[key]
            made.MediaBox = pikepdf.Array([round(edge, 4) for edge in box])
            return SinglePage(saved(target), box)
    except (pikepdf.PdfError, ValueError, TypeError, OSError) as problem:
        raise SeparationError(" ".join(str(problem).split())) from problem


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return a file's bytes, its streams as they are."""
    out = BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none, static_id=True)
    return out.getvalue()


def _printed(page: pikepdf.Page) -> tuple[float, float, float, float]:
    for key in ("/BleedBox", "/TrimBox", "/ArtBox"):
        if key in page.obj:
            edges = [float(edge) for edge in page.obj[key]]
            break
    else:
        edges = [float(edge) for edge in page.cropbox]
    x0, y0, x1, y1 = edges
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
