"""Figures of an SVG drawing as paths in the drawing's own space: transforms applied, all curves cubic."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path.parser import parse_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Path = tuple[tuple[str, tuple[float, ...]], ...]
"""Segments (operator, absolute coordinates); m, l, c as in PDF, h closes."""

Point = tuple[float, float]

KAPPA: Final = 0.5522847498
"""Distance of a quarter circle's control points in radii."""

_TRANSFORM: Final = re.compile(r"([a-zA-Z]+)\s*\(([^)]*)\)\s*,?\s*")
_SPLIT: Final = re.compile(r"[\s,]+")
_ARITY: Final = {
    "matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matrix:
    """An affine map: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, inner: Matrix) -> Matrix:
        """Return the map that applies `inner` first."""
        return Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )

    def translate(self, x: float, y: float) -> Matrix:
        """Return the map that moves first."""
        return self.then(Matrix(e=x, f=y))

    def apply(self, point: Point) -> Point:
        """Return where a point comes to lie."""
        x, y = point
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def mean_scale(self) -> float:
        """The scale of lengths, averaged over directions."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


def read_transform(text: str, outer: Matrix) -> Matrix:
    """Return `outer` with the transforms of an SVG attribute inside it.

    Raises:
        ValueError: the attribute cannot be read.
    """
    end = 0
    made = outer
    stripped = text.strip()
    while end < len(stripped):
        found = _TRANSFORM.match(stripped, end)
        numbers = [float(part) for part in _SPLIT.split(found[2].strip())] if found else []
        if found is None or len(numbers) not in _ARITY.get(found[1], ()):
            message = f"transform {text!r}"
            raise ValueError(message)
        made = _MAPS[found[1]](made, numbers)
        end = found.end()
    return made


def _rotate(outer: Matrix, numbers: list[float]) -> Matrix:
    angle = math.radians(numbers[0])
    x, y = numbers[1:] or (0.0, 0.0)
    turn = Matrix(math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle))
    return outer.translate(x, y).then(turn).translate(-x, -y)


_MAPS: Final[dict[str, Callable[[Matrix, list[float]], Matrix]]] = {
    "matrix": lambda outer, numbers: outer.then(Matrix(*numbers)),
    "translate": lambda outer, numbers: outer.translate(*(numbers if numbers[1:] else [numbers[0], 0.0])),
    "scale": lambda outer, numbers: outer.then(Matrix(a=numbers[0], d=numbers[-1])),
    "rotate": _rotate,
    "skewX": lambda outer, numbers: outer.then(Matrix(c=math.tan(math.radians(numbers[0])))),
    "skewY": lambda outer, numbers: outer.then(Matrix(b=math.tan(math.radians(numbers[0])))),
}


class _Tracer(BasePen):  # type: ignore[misc]
    """Collects segments; fontTools turns quadratic curves and arcs into cubic ones before they come here."""

    def __init__(self, matrix: Matrix) -> None:
        super().__init__(None)
        self._matrix = matrix
        self.segments: list[tuple[str, tuple[float, ...]]] = []

    def _add(self, operator: str, *points: Point) -> None:
        self.segments.append((operator, tuple(value for point in points for value in self._matrix.apply(point))))

    def _moveTo(self, point: Point) -> None:  # noqa: N802 - fontTools' names
        self._add("m", point)

    def _lineTo(self, point: Point) -> None:  # noqa: N802
        self._add("l", point)

    def _curveToOne(self, first: Point, second: Point, point: Point) -> None:  # noqa: N802
        self._add("c", first, second, point)

    def _closePath(self) -> None:  # noqa: N802
        self._add("h")


def trace(name: str, attributes: Mapping[str, str], sides: Mapping[str, float], matrix: Matrix) -> Path:
    """Return a figure's path.

    Args:
        name: the SVG element's name.
        attributes: its attributes, for `d` and `points`.
        sides: its coordinates and lengths in the drawing's units.
        matrix: the map to the drawing's space.

    Raises:
        ValueError: its data cannot be read.
    """
    pen = _Tracer(matrix)
    if name == "path":
        parse_path(attributes.get("d", ""), pen)
    elif name in ("polygon", "polyline"):
        numbers = [float(part) for part in _SPLIT.split(attributes.get("points", "").strip()) if part]
        _polygon(pen, list(zip(numbers[::2], numbers[1::2], strict=True)), closed=name == "polygon")
    elif name == "line":
        _polygon(pen, [(sides["x1"], sides["y1"]), (sides["x2"], sides["y2"])], closed=False)
    elif name == "rect":
        _rectangle(pen, attributes, sides)
    else:
        across, down = (sides["r"], sides["r"]) if name == "circle" else (sides["rx"], sides["ry"])
        if across > 0 and down > 0:
            _rounded(pen, sides["cx"] - across, sides["cy"] - down, 2 * across, 2 * down, (across, down))
    return tuple(pen.segments)


def _polygon(pen: _Tracer, points: list[Point], *, closed: bool) -> None:
    if not points:
        return
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    if closed:
        pen.closePath()
    else:
        pen.endPath()


def _rectangle(pen: _Tracer, attributes: Mapping[str, str], sides: Mapping[str, float]) -> None:
    x, y, width, height = (sides[name] for name in ("x", "y", "width", "height"))
    if width <= 0 or height <= 0:
        return
    across = sides["rx"] if "rx" in attributes else sides["ry"]
    down = sides["ry"] if "ry" in attributes else sides["rx"]
    across, down = min(across, width / 2), min(down, height / 2)
    if across > 0 and down > 0:
        _rounded(pen, x, y, width, height, (across, down))
    else:
        _polygon(pen, [(x, y), (x + width, y), (x + width, y + height), (x, y + height)], closed=True)


def _rounded(pen: _Tracer, x: float, y: float, width: float, height: float, radii: Point) -> None:
    """Draw a rectangle with elliptical corners, clockwise from the upper left one's end."""
    (rx, ry), right, bottom = radii, x + width, y + height
    kx, ky = rx * (1 - KAPPA), ry * (1 - KAPPA)
    pen.moveTo((x + rx, y))
    pen.lineTo((right - rx, y))
    pen.curveTo((right - kx, y), (right, y + ky), (right, y + ry))
    pen.lineTo((right, bottom - ry))
    pen.curveTo((right, bottom - ky), (right - kx, bottom), (right - rx, bottom))
    pen.lineTo((x + rx, bottom))
    pen.curveTo((x + kx, bottom), (x, bottom - ky), (x, bottom - ry))
    pen.lineTo((x, y + ry))
    pen.curveTo((x, y + ky), (x + kx, y), (x + rx, y))
    pen.closePath()
