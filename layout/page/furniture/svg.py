"""Vector drawings as newspapers use them, read from SVG: nameplates, logos, charts.

Understood are paths, rectangles, circles, ellipses, lines, polylines and polygons, groups and `use`, transforms,
fills and strokes (joins, caps, dashes) in plain colours, given as attributes, `style`, or classes of a style sheet.
What cannot be printed as it looks is refused by name, never left out: type (turn it into outlines), pictures,
gradients and patterns, clips, masks, filters, half-transparent colours, figures that the view box cuts. A PDF of the
drawing carries those.

Coordinates of the result start at the view box's upper left corner, in its units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from layout.page.furniture.inks import ink_of
from layout.page.furniture.stroke import outline_strokes
from layout.page.furniture.svgpath import Matrix, read_transform, trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layout.color import Ink
    from layout.page.furniture.svgpath import Path

XLINK: Final = "{http://www.w3.org/1999/xlink}href"
SVG: Final = "{http://www.w3.org/2000/svg}"
DEPTH_MOST: Final = 64
OVER_MOST: Final = 0.01
"""Figures may leave the view box by this share of its longer side; exports are that careless."""

FIGURES_MOST: Final = 50_000

_SILENT: Final = frozenset(
    {
        "defs", "title", "desc", "metadata", "style", "symbol", "clipPath", "mask", "filter", "linearGradient",
        "radialGradient", "pattern", "marker",
    }
)  # fmt: skip
"""Elements that show nothing by themselves."""

_GROUPS: Final = frozenset({"svg", "g", "a"})
_FIGURES: Final = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_REFUSED: Final = {"text": "type that is not outlines", "image": "a picture", "foreignObject": "foreign matter"}
_EFFECTS: Final = ("clip-path", "mask", "filter", "marker-start", "marker-mid", "marker-end")

_INHERITED: Final = {
    "fill": "black", "fill-rule": "nonzero", "stroke": "none", "stroke-width": "1", "stroke-linejoin": "miter",
    "stroke-linecap": "butt", "stroke-miterlimit": "4", "stroke-dasharray": "none", "visibility": "visible",
    "color": "black", "fill-opacity": "1", "stroke-opacity": "1",
}  # fmt: skip
"""Properties that children take from their parents, with what they are at the root (SVG 1.1)."""

_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_NUMBER: Final = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(px|pt|mm|cm|in|%)?\s*\Z")
_UNITS: Final = {"": 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


class SvgError(ValueError):
    """A drawing that cannot be placed; the message says why."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A filled path: (operator, coordinates) with the operators m, l, c, h."""

    path: Path
    ink: Ink
    even_odd: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing's width and height, and its figures from back to front."""

    width: float
    height: float
    figures: tuple[Figure, ...]


def read_svg(data: bytes) -> Drawing:
    """Return the drawing in an SVG file.

    Raises:
        SvgError: it is no SVG, or shows what cannot be printed as it looks.
    """
    if b"<!ENTITY" in data:
        message = "it declares entities"
        raise SvgError(message)
    try:
        root = ET.fromstring(data)  # noqa: S314 - without entities, and of bounded length
    except ET.ParseError as problem:
        message = f"not well-formed: {problem}"
        raise SvgError(message) from problem
    if root.tag not in (f"{SVG}svg", "svg"):
        message = "its root is no svg element"
        raise SvgError(message)
    try:
        return _Reader(root).drawing()
    except SvgError:
        raise
    except (ValueError, ArithmeticError, IndexError, TypeError) as problem:
        message = f"a value cannot be read: {problem}"
        raise SvgError(message) from problem


class _Reader:
    def __init__(self, root: ET.Element) -> None:
        self._root = root
        self._ids = {name: item for item in root.iter() if (name := item.get("id"))}
        sheets = "".join(item.text or "" for item in root.iter() if _name(item) == "style")
        self._classes = _classes(sheets)
        self._box = self._view_box()

    def _view_box(self) -> tuple[float, float, float, float]:
        if written := self._root.get("viewBox"):
            left, top, width, height = (float(part) for part in re.split(r"[\s,]+", written.strip()))
        else:
            left = top = 0.0
            width, height = (_length(self._root.get(side, ""), 0) for side in ("width", "height"))
        if width <= 0 or height <= 0:
            message = "it has no extent"
            raise SvgError(message)
        return left, top, width, height

    def drawing(self) -> Drawing:
        left, top, width, height = self._box
        figures: list[Figure] = []
        for figure in self._element(self._root, dict(_INHERITED), Matrix().translate(-left, -top), 0):
            if _within(figure.path, width, height):
                figures.append(figure)
            if len(figures) > FIGURES_MOST:
                message = f"it has more than {FIGURES_MOST} figures"
                raise SvgError(message)
        return Drawing(width, height, tuple(figures))

    def _element(self, item: ET.Element, above: Mapping[str, str], matrix: Matrix, depth: int) -> Iterator[Figure]:
        name = _name(item)
        if not name or name in _SILENT:
            return
        if depth > DEPTH_MOST:
            message = "its groups are nested too deep"
            raise SvgError(message)
        own = self._own(item)
        if own.get("display") == "none" or float(own.get("opacity", "1")) == 0:
            return
        self._refuse(name, own)
        style = {key: own[key] if own.get(key, "inherit") != "inherit" else value for key, value in above.items()}
        if written := item.get("transform"):
            matrix = read_transform(written, matrix)
        if name in _GROUPS:
            if name == "svg" and item is not self._root:
                message = "a drawing inside the drawing cannot be placed"
                raise SvgError(message)
            for child in item:
                yield from self._element(child, style, matrix, depth + 1)
        elif name == "use":
            yield from self._use(item, style, matrix, depth)
        elif name in _FIGURES:
            yield from self._figure(name, item, style, matrix)
        else:
            message = f"<{name}> cannot be placed"
            raise SvgError(message)

    def _own(self, item: ET.Element) -> dict[str, str]:
        """Return an element's properties: attributes, then classes, then its `style`."""
        own = {key: value.strip() for key, value in item.attrib.items()}
        for name in (f"{_name(item)}", *(f".{part}" for part in item.get("class", "").split()), f"#{item.get('id')}"):
            own |= self._classes.get(name, {})
        return own | _declarations(item.get("style", ""))

    def _refuse(self, name: str, own: Mapping[str, str]) -> None:
        if name in _REFUSED:
            message = f"it holds {_REFUSED[name]} (<{name}>)"
            raise SvgError(message)
        for effect in _EFFECTS:
            if own.get(effect, "none") != "none":
                message = f"`{effect}` cannot be placed; hand it in as PDF"
                raise SvgError(message)
        if float(own.get("opacity", "1")) < 1:
            message = "transparent parts cannot be placed; hand it in as PDF"
            raise SvgError(message)

    def _use(self, item: ET.Element, style: Mapping[str, str], matrix: Matrix, depth: int) -> Iterator[Figure]:
        target = self._ids.get((item.get("href") or item.get(XLINK) or "").removeprefix("#"))
        if target is None:
            message = "a <use> leads nowhere"
            raise SvgError(message)
        moved = matrix.translate(self._side(item, "x"), self._side(item, "y"))
        if _name(target) == "symbol":
            if target.get("viewBox"):
                message = "a symbol with a view box cannot be placed"
                raise SvgError(message)
            for child in target:
                yield from self._element(child, style, moved, depth + 1)
        else:
            yield from self._element(target, style, moved, depth + 1)

    def _figure(self, name: str, item: ET.Element, style: Mapping[str, str], matrix: Matrix) -> Iterator[Figure]:
        if style["visibility"] != "visible":
            return
        sides = {key: self._side(item, key) for key in _SIDES.get(name, ())}
        path = trace(name, item.attrib, sides, matrix)
        if not path:
            return
        fill, stroke = self._ink("fill", style), self._ink("stroke", style)
        if fill is not None and name != "line":
            yield Figure(path, fill, style["fill-rule"] == "evenodd")
        width = _length(style["stroke-width"], self._whole("")) * matrix.mean_scale
        if stroke is not None and width > 0:
            dashes = style["stroke-dasharray"]
            pattern = (
                ()
                if dashes == "none"
                else tuple(_length(part, 0) * matrix.mean_scale for part in re.split(r"[\s,]+", dashes.strip()))
            )
            limit = float(style["stroke-miterlimit"])
            outlines = outline_strokes(path, width, style["stroke-linejoin"], style["stroke-linecap"], limit, pattern)
            if outlines:
                yield Figure(outlines, stroke, even_odd=False)

    def _ink(self, kind: str, style: Mapping[str, str]) -> Ink | None:
        colour = style[kind]
        if colour == "currentColor":
            colour = style["color"]
        opacity = float(style[f"{kind}-opacity"])
        if colour in ("none", "transparent") or opacity == 0:
            return None
        if opacity < 1:
            message = "transparent parts cannot be placed; hand it in as PDF"
            raise SvgError(message)
        if colour.startswith("url("):
            message = "gradients and patterns cannot be placed; hand it in as PDF"
            raise SvgError(message)
        try:
            return ink_of(colour)
        except ValueError as problem:
            raise SvgError(str(problem)) from problem

    def _whole(self, side: str) -> float:
        """Return what percentages of a coordinate refer to."""
        width, height = self._box[2:]
        if side in _ACROSS:
            return width
        return height if side in _DOWN else ((width**2 + height**2) / 2) ** 0.5

    def _side(self, item: ET.Element, name: str) -> float:
        return _length(item.get(name, "0"), self._whole(name))


def _within(path: Path, width: float, height: float) -> bool:
    """Return whether a figure shows in the view box; one that its edge would cut is refused."""
    xs = [value for _, values in path for value in values[::2]]
    ys = [value for _, values in path for value in values[1::2]]
    if max(xs) <= 0 or min(xs) >= width or max(ys) <= 0 or min(ys) >= height:
        return False
    over = OVER_MOST * max(width, height)
    if min(xs) < -over or max(xs) > width + over or min(ys) < -over or max(ys) > height + over:
        message = "a figure crosses the view box's edge; trim it, or hand it in as PDF"
        raise SvgError(message)
    return True


_ACROSS: Final = frozenset({"x", "x1", "x2", "cx", "width", "rx"})
_DOWN: Final = frozenset({"y", "y1", "y2", "cy", "height", "ry"})
_SIDES: Final = {
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "line": ("x1", "y1", "x2", "y2"),
}


def _name(item: ET.Element) -> str:
    """Return an element's name; comments and elements of other makers have none."""
    tag: Any = item.tag
    if not isinstance(tag, str):
        return ""
    if tag.startswith(SVG):
        return tag.removeprefix(SVG)
    return "" if tag.startswith("{") else tag


def _length(text: str, whole: float) -> float:
    found = _NUMBER.match(text)
    if found is None:
        message = f"{text!r} is no length"
        raise SvgError(message)
    if found[2] == "%":
        return float(found[1]) * whole / 100
    return float(found[1]) * _UNITS[found[2] or ""]


def _declarations(text: str) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in text.split(";") if ":" in part)
    return {name.strip(): value.strip().removesuffix("!important").strip() for name, value in pairs}


def _classes(text: str) -> dict[str, dict[str, str]]:
    """Return the declarations of plain selectors (element, .class, #id)."""
    found: dict[str, dict[str, str]] = {}
    for selectors, body in _RULE.findall(_COMMENT.sub("", text)):
        for selector in selectors.split(","):
            name = selector.strip()
            if re.search(r"[\s>+~:\[@]", name):
                message = f"the style rule {name!r} is not understood"
                raise SvgError(message)
            found[name] = found.get(name, {}) | _declarations(body)
    return found
