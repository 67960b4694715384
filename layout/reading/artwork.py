"""Sizes of pictures and artwork, from their headers alone.

Raster pictures give upright pixels (EXIF orientation honoured); SVG and PDF give their view box or trim box, and
millimetres where they state a physical size. PDF files are opened in a bounded process: they come from strangers.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from layout import bounded
from layout.geometry import MM, parse_length

if TYPE_CHECKING:
    from pathlib import Path

_FORMATS: Final = frozenset({"JPEG", "MPO", "JPEG2000", "PNG", "TIFF", "WEBP", "BMP", "GIF"})
_SUFFIXES: Final = frozenset(
    {".pdf", ".svg", ".jpg", ".jpeg", ".jp2", ".png", ".tif", ".tiff", ".webp", ".bmp", ".gif"}
)
_ORIENTATION: Final = 0x0112
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
"""EXIF orientations that swap width and height (EXIF 2.32, 4.6.4)."""

_SCREEN_PPI: Final = 100
"""Resolutions below this are a screen's habit (72, 96), no statement about size."""

_INCH_MM: Final = 25.4
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


def is_artwork(path: Path) -> bool:
    """Return whether a file's name says that it is a picture or artwork."""
    return path.suffix.lower() in _SUFFIXES


def measure_advert(path: Path) -> Artwork | None:
    """Return the size of an advert's artwork, mm where it has a size of its own, or None where it cannot be read.

    PDF adverts are opened once only, when they are placed: nothing is known of them here.
    """
    made = None if path.suffix.lower() == ".pdf" else measure(path)
    if made is None or made.vector:
        return made
    ppi = _stated_ppi(path)
    return replace(made, mm=_size_mm(made.pixels, ppi)) if min(ppi) >= _SCREEN_PPI else made


def _size_mm(pixels: tuple[int, int], ppi: tuple[float, float]) -> tuple[float, float]:
    return round(pixels[0] / ppi[0] * _INCH_MM, 3), round(pixels[1] / ppi[1] * _INCH_MM, 3)


def _stated_ppi(path: Path) -> tuple[float, float]:
    """Return the resolution that a picture states across and down, 0 where it states none."""
    from PIL import Image  # noqa: PLC0415 - slow to import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path) as image:
                across, down = (float(value) for value in image.info.get("dpi", (0, 0)))
                sideways = image.getexif().get(_ORIENTATION) in _SIDEWAYS
    except Exception:  # noqa: BLE001 - decoders raise anything at all over damaged files
        return 0, 0
    return (down, across) if sideways else (across, down)


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
    state = path.stat()
    width, height = _pdf_size(str(path), state.st_mtime_ns, state.st_size)
    return _vector(width, height, (round(width * _POINT_MM, 3), round(height * _POINT_MM, 3)))


@lru_cache(maxsize=256)
def _pdf_size(path: str, changed: int, size: int) -> tuple[float, float]:
    """Return a PDF page's size in points, asked once for each state of the file: a process costs time."""
    del changed, size
    width, height = json.loads(bounded.call(__name__, "answer", path))
    return width, height


def answer(path: str) -> None:
    """Write to standard output the upright trim size in points of a PDF file's first page, as JSON."""
    import pikepdf  # noqa: PLC0415 - in the bounded process alone

    with pikepdf.open(path) as pdf:
        page = pdf.pages[0]
        box = [float(part) for part in page.trimbox]
        turned = int(_inherited(page.obj, "/Rotate", 0)) % 180 != 0
        unit = float(page.obj.get("/UserUnit", 1))
    width, height = abs(box[2] - box[0]) * unit, abs(box[3] - box[1]) * unit
    sys.stdout.write(json.dumps((height, width) if turned else (width, height)))


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
