"""Plates drawn: a page written anew for its inks, rasterised by PDFium, turned from tones of light to tones of ink.

Cyan, magenta and yellow share one drawing as the channels of an RGB picture, as long as no paint overprints with
some of the three only; black has its own, and so has every spot colour.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

import pikepdf

from layout.plates import PROCESS, Plates, SeparationError
from layout.plates.pixels import Pixels
from layout.plates.rewriting import PartlyError, Rewriter
from layout.plates.single import saved

if TYPE_CHECKING:
    from PIL import Image

    from layout.plates.single import SinglePage

TOGETHER: Final = (PROCESS[:3], PROCESS[3:])
APART: Final = tuple((name,) for name in PROCESS)
POINTS_PER_INCH: Final = 72
MOST_SPOTS: Final = 12
"""Spot colours that are drawn; a page has none or one, a list of hundreds is an attack."""


def drawn(page: SinglePage, dpi: float, profile: str) -> Plates:
    """Return a page's plates.

    Raises:
        SeparationError: the page has something that cannot be separated, or cannot be drawn.
    """
    pixels, spots = Pixels(profile), dict[str, None]()

    def each(passes: tuple[tuple[str, ...], ...]) -> dict[str, Image.Image]:
        found: dict[str, Image.Image] = {}
        for names in passes:
            found |= zip(names, _inked(page, names, dpi, pixels, spots), strict=True)
        return found

    try:
        plates = each(TOGETHER)
    except PartlyError:
        plates = each(APART)
    plates |= each(tuple((name,) for name in list(spots)[:MOST_SPOTS]))
    return Plates(dpi=dpi, box=page.box, inks=plates)


def _inked(
    page: SinglePage, names: tuple[str, ...], dpi: float, pixels: Pixels, spots: dict[str, None]
) -> tuple[Image.Image, ...]:
    from PIL import ImageChops  # noqa: PLC0415 - 20 ms to import

    with pikepdf.open(BytesIO(page.data)) as pdf:
        Rewriter(pdf, names, dpi, pixels, spots).rewrite(pdf.pages[0])
        image = draw(saved(pdf), dpi, grey=len(names) == 1)
    return ImageChops.invert(image).split()


def draw(data: bytes, dpi: float, *, grey: bool) -> Image.Image:
    """Return the first page as PDFium draws it, in mode L or RGB.

    Raises:
        SeparationError: it cannot be drawn.
    """
    import pypdfium2  # noqa: PLC0415 - 50 ms to import

    try:
        with pypdfium2.PdfDocument(data) as document:
            bitmap = document[0].render(
                scale=dpi / POINTS_PER_INCH,
                grayscale=grey,
                rev_byteorder=True,
                may_draw_forms=False,
                draw_annots=False,
            )
            image: Image.Image = bitmap.to_pil()
            return image.convert("L" if grey else "RGB")
    except (pypdfium2.PdfiumError, ValueError) as problem:
        raise SeparationError(str(problem)) from problem
