"""Total ink on plates, averaged over the area that a press feels (15 mm²; print.md 2.2), and where it is too much."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from functools import reduce
from heapq import nsmallest
from itertools import product
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

    from layout.plates import Plates

MM_PER_INCH: Final = 25.4
POINTS_PER_INCH: Final = 72
PER_CENT: Final = 100 / 255
MOST_SPOTS: Final = 50_000
"""Windows over the limit that are joined to places; a page that is too heavy all over has more."""


@dataclass(frozen=True, slots=True)
class InkArea:
    """A place with its ink in per cent: left, bottom, right, top in points of the page's user space."""

    box: tuple[float, float, float, float]
    total: float


def total_ink(plates: Plates) -> Image.Image:
    """Return the sum of all plates in per cent, as a picture of mode F."""
    from PIL import ImageMath  # noqa: PLC0415 - 20 ms to import

    def added(of: dict[str, Any]) -> Any:  # noqa: ANN401 - an expression of ImageMath
        return reduce(lambda one, other: one + other, (of["float"](of[name]) for name in named)) * PER_CENT

    named = {f"plate{number}": image for number, image in enumerate(plates.inks.values())}
    made: Image.Image = ImageMath.lambda_eval(added, **named)
    return made


def window(area: float, dpi: float) -> tuple[int, int]:
    """Return the pixels, across and down, whose area comes nearest to `area` mm² without going over it."""
    pixels = area / (MM_PER_INCH / dpi) ** 2
    across = max(1, math.floor(math.sqrt(pixels)))
    return across, max(1, math.floor(pixels / across))


def largest_ink(plates: Plates, area: float) -> float:
    """Return the largest total ink in per cent, averaged over any window of `area` mm²."""
    return max((raster.most for raster in _rasters(plates, area)), default=0.0)


def heavy_areas(plates: Plates, area: float, limit: float) -> tuple[InkArea, ...]:
    """Return the places whose ink, averaged over any window of `area` mm², is over the limit, heaviest first.

    Windows that touch make one place.
    """
    places: list[InkArea] = []
    heaviest = nsmallest(MOST_SPOTS, _spots(plates, area, limit), key=lambda spot: (-spot.total, spot.box))
    for spot in heaviest:
        near = [place for place in places if _touch(place.box, spot.box)]
        for place in near:
            places.remove(place)
        places.append(reduce(_joined, near, spot))
    return tuple(sorted(places, key=lambda place: (-place.total, place.box)))


@dataclass(frozen=True, slots=True)
class _Raster:
    """Means over windows that lie side by side, `step` pixels each, the first of them at `shift`."""

    means: Image.Image
    step: tuple[int, int]
    shift: tuple[int, int]

    @property
    def most(self) -> float:
        """The largest mean."""
        most = self.means.getextrema()[1]
        assert isinstance(most, float)  # one band, of mode F
        return most


def _rasters(plates: Plates, area: float) -> Iterator[_Raster]:
    """Yield the means over windows, upright and lying, for every shift: together, over any window."""
    ink = total_ink(plates)
    across, down = window(area, plates.dpi)
    for step in dict.fromkeys(((across, down), (down, across))):
        for shift in product(range(step[0]), range(step[1])):
            wide, high = (ink.width - shift[0]) // step[0], (ink.height - shift[1]) // step[1]
            if wide and high:
                part = ink.crop((*shift, shift[0] + wide * step[0], shift[1] + high * step[1]))
                yield _Raster(part.reduce(step), step, shift)


def _spots(plates: Plates, area: float, limit: float) -> Iterator[InkArea]:
    """Yield the windows over the limit."""
    unit, (left, _, _, top) = POINTS_PER_INCH / plates.dpi, plates.box
    for raster in _rasters(plates, area):
        if raster.most <= limit:
            continue
        for index, value in enumerate(_values(raster.means)):
            if value > limit:
                x = left + (raster.shift[0] + index % raster.means.width * raster.step[0]) * unit
                y = top - (raster.shift[1] + index // raster.means.width * raster.step[1]) * unit
                yield InkArea((x, y - raster.step[1] * unit, x + raster.step[0] * unit, y), value)


def _values(image: Image.Image) -> array[float]:
    return array("f", image.tobytes())


def _touch(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _joined(one: InkArea, other: InkArea) -> InkArea:
    (a, b, c, d), (e, f, g, h) = one.box, other.box
    return InkArea((min(a, e), min(b, f), max(c, g), max(d, h)), max(one.total, other.total))
