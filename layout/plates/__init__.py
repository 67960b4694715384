"""Printing plates of a page: how much of each ink stands where, overprint honoured.

PDFium, which draws our previews, knows neither overprint nor the press's inks. So a page is written anew for each
plate in tones that any renderer gets right (`layout.plates.rewriting`), and drawn plate by plate. A library that
separates (pdf_oxide 0.3) was tried for other people's pages: it leaves out grey, RGB and transparent paint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL import Image

PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
MAP_DPI: Final = 36
"""Resolution of ink maps: 15 mm² is five by six pixels."""

PROOF_DPI: Final = 150
"""Resolution of the press soft proof."""


class SeparationError(Exception):
    """A page cannot be separated; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plates:
    """A page's plates: ink → picture of mode L, 255 being full ink, all of one size.

    Attributes:
        dpi: pixels an inch.
        box: what the pictures show, left, bottom, right, top in points of the page's user space.
        inks: at least the four process inks, in their order, then spot colours by name.
    """

    dpi: float
    box: tuple[float, float, float, float]
    inks: Mapping[str, Image.Image]

    @property
    def coverage(self) -> dict[str, float]:
        """The mean of every plate in per cent."""
        found = {}
        for name, image in self.inks.items():
            counts = image.histogram()
            total = sum(counts) or 1
            found[name] = 100 * sum(value * count for value, count in enumerate(counts)) / 255 / total
        return found


def separate(data: bytes, page: int, dpi: float, profile: str = "") -> Plates:
    """Return a page's plates, of what is printed of it: the bleed box, else the trim box, else the media box.

    Args:
        data: the file.
        page: counted from 0.
        dpi: pixels an inch.
        profile: path of the ICC profile that takes RGB to inks; without one RGB is taken to its complement.

    Raises:
        SeparationError: the file has no such page, or the page has something that cannot be separated.
    """
    from layout.plates.drawing import drawn  # noqa: PLC0415 - libraries load with the work
    from layout.plates.single import single_page  # noqa: PLC0415

    return drawn(single_page(data, page), dpi, profile)
