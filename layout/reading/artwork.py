"""Sizes of pictures and artwork, from their headers alone.

Raster pictures give upright pixels (EXIF orientation honoured); SVG and PDF give their view box or trim box, and
millimetres where they state a physical size.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from layout.geometry import MM, parse_length

if TYPE_CHECKING:
    from pathlib import Path

_FORMATS: Final = frozenset({"JPEG", "MPO", "JPEG2000", "PNG", "TIFF", "WEBP", "BMP", "GIF"})
_ORIENTATION: Final = 0x0112
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
"""EXIF orientations that swap width and height (EXIF 2.32, 4.6.4)."""

_HEAD: Final = 65_536
_SVG: Final = re.compile(r"<(?:\w+:)?svg\b[^>]*>", re.DOTALL)
_ATTRIBUTE: Final = re.compile(r"""\b(width|height|viewBox)\s*=\s*["']([^"']*)["']""")
_POINT_MM: Final = 25.4 / 72
_FINE: Final = 1000
"""View boxes are counted in such fractions that the longer side has at least so many."""


@dataclass(frozen=True, slots=True)
class Artwork:
    """A file's upright size in pixels, or in units of a view box; `mm` where the size is physical."""

    pixels: tuple[int, int]
    vector: bool
    mm: tuple[float, float] | None = None


def measure(path: Path) -> Artwork | None:
    """Return the size of a picture or artwork, or None where the file cannot be read as one."""
    readers = {".svg": _svg, ".pdf": _pdf}
    try:
        made = readers.get(path.suffix.lower(), _raster)(path)
    except Exception:  # noqa: BLE001 - decoders raise anything at all over damaged files
        return None
    return made if made and min(made.pixels) > 0 else None


def _raster(path: Path) -> Artwork | None:
    from PIL import Image  # noqa: PLC0415 - slow to import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(path) as image:
            if image.format not in _FORMATS:
                return None
            width, height = image.size
            sideways = image.getexif().get(_ORIENTATION) in _SIDEWAYS
    return Artwork((height, width) if sideways else (width, height), vector=False)


def _svg(path: Path) -> Artwork | None:
    with path.open("rb") as file:
        head = file.read(_HEAD).decode(errors="replace")
    tag = _SVG.search(head)
    if tag is None:
        return None
    stated = dict(_ATTRIBUTE.findall(tag[0]))
    sides = [_millimetres(stated.get(side, "")) for side in ("width", "height")]
    mm = (sides[0], sides[1]) if sides[0] and sides[1] else None
    box = re.split(r"[\s,]+", stated.get("viewBox", "").strip())
    if len(box) == 4:  # left, top, width, height
        return _vector(float(box[2]), float(box[3]), mm)
    width, height = (float(re.sub(r"(?<=\d)[a-z]+$", "", stated.get(side, ""))) for side in ("width", "height"))
    return _vector(width, height, mm)


def _millimetres(length: str) -> float:
    try:
        return round(parse_length(length) / MM, 3)
    except ValueError:
        return 0.0


def _pdf(path: Path) -> Artwork:
    import pikepdf  # noqa: PLC0415 - slow to import

    with pikepdf.open(path) as pdf:
        page = pdf.pages[0]
        box = [float(part) for part in page.trimbox]
        turned = int(_inherited(page.obj, "/Rotate", 0)) % 180 != 0
        unit = float(page.obj.get("/UserUnit", 1))
    width, height = abs(box[2] - box[0]) * unit, abs(box[3] - box[1]) * unit
    if turned:
        width, height = height, width
    return _vector(width, height, (round(width * _POINT_MM, 3), round(height * _POINT_MM, 3)))


def _inherited(node: Any, name: str, usual: float) -> Any:  # noqa: ANN401 - pikepdf objects
    for _ in range(_FINE):
        if node is None:
            break
        if name in node:
            return node[name]
        node = node.get("/Parent")
    return usual


def _vector(width: float, height: float, mm: tuple[float, float] | None) -> Artwork:
    scale = 1
    while 0 < max(width, height) * scale < _FINE:
        scale *= 10
    return Artwork((round(width * scale), round(height * scale)), vector=True, mm=mm)
