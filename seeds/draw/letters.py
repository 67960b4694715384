"""Lettering for the picture and artwork scripts: outlines and masks from the project's faces."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Callable

    from paint import Field

_ROOT = Path(__file__).resolve().parents[2] / "fonts"
_DEBIAN = Path("/usr/share/fonts/opentype/noto")
# Face → (pattern under fonts/, file of the Debian package fonts-noto-cjk, its number in the collection).
_FACES = {
    "serif-black": ("*Serif*Black*.otf", "NotoSerifCJK-Black.ttc", 2),
    "serif-bold": ("*Serif*Bold*.otf", "NotoSerifCJK-Bold.ttc", 2),
    "serif": ("*Serif*Regular*.otf", "NotoSerifCJK-Regular.ttc", 2),
    "sans-black": ("*Sans*Black*.otf", "NotoSansCJK-Black.ttc", 2),
    "sans": ("*Sans*Medium*.otf", "NotoSansCJK-Medium.ttc", 2),
    "kai": ("*Kai*.?tf", "NotoSerifCJK-Regular.ttc", 2),
}


def _file(face: str) -> tuple[Path, int]:
    pattern, package, number = _FACES[face]
    found = sorted(_ROOT.glob(pattern)) if _ROOT.is_dir() else []
    return (found[0], 0) if found else (_DEBIAN / package, number)


@cache
def _font(face: str) -> TTFont:
    path, number = _file(face)
    return TTFont(path, fontNumber=number, lazy=True)


class _Pen(BasePen):  # type: ignore[misc]
    """Hands on a glyph's outline as cubic segments, moved and scaled."""

    def __init__(self, glyphs: Any, place: Callable[[float, float], tuple[float, float]]) -> None:  # noqa: ANN401
        super().__init__(glyphs)
        self.place = place
        self.path: list[tuple[Any, ...]] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.path.append(("M", *self.place(*pt)))

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.path.append(("L", *self.place(*pt)))

    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:  # noqa: N802
        self.path.append(("C", *self.place(*pt1), *self.place(*pt2), *self.place(*pt3)))

    def _closePath(self) -> None:  # noqa: N802
        self.path.append(("Z",))


def advance(face: str, text: str, size: float, track: float = 0.0) -> float:
    """Return the width of `text` at `size`; `track` is added after every letter but the last."""
    font = _font(face)
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    em = font["head"].unitsPerEm
    return float(sum(metrics[cmap[ord(letter)]][0] for letter in text) * size / em + track * (len(text) - 1))


def outline(
    face: str,
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    track: float = 0.0,
    up: bool = False,
    stretch: float = 1.0,
    slant: float = 0.0,
) -> list[tuple[Any, ...]]:
    """Return the outlines of `text` with the baseline's start at (x, y).

    The y axis points down, or up where `up`; `stretch` widens the letters, `slant` leans them.
    Segments are ("M", x, y), ("L", x, y), ("C", six numbers) and ("Z",).
    """
    font = _font(face)
    cmap, metrics, glyphs = font.getBestCmap(), font["hmtx"], font.getGlyphSet()
    scale = size / font["head"].unitsPerEm
    sign = 1.0 if up else -1.0
    result: list[tuple[Any, ...]] = []
    for letter in text:
        name = cmap[ord(letter)]
        left = x

        def place(gx: float, gy: float, left: float = left) -> tuple[float, float]:
            return left + (gx + slant * gy) * scale * stretch, y + sign * gy * scale

        pen = _Pen(glyphs, place)
        glyphs[name].draw(pen)
        result.extend(pen.path)
        x += metrics[name][0] * scale * stretch + track
    return result


def mask(face: str, text: str, size: int, *, upright: bool = False, track: float = 0.0) -> Field:
    """Return the cover of `text` in letters of `size` pixels, in one line or one column."""
    path, number = _file(face)
    font = ImageFont.truetype(str(path), size, index=number)
    step = size * (1 + track)
    long = round(step * len(text))
    image = Image.new("L", (size, long) if upright else (long, size), 0)
    draw = ImageDraw.Draw(image)
    for k, letter in enumerate(text):
        box = font.getbbox(letter)
        dx = (size - (box[2] + box[0])) / 2 + (0 if upright else k * step + (step - size) / 2)
        dy = (size - (box[3] + box[1])) / 2 + (k * step + (step - size) / 2 if upright else 0)
        draw.text((dx, dy), letter, font=font, fill=255)
    return np.asarray(image, dtype=np.float32) / 255
