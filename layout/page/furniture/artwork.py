"""Vector artwork on a page: nameplates, column logos, adverts, charts.

An SVG file becomes filled shapes in process inks (see the rooms `svg` and `inks` for what is understood); a PDF file is
placed as a form. Both keep their own proportions and stand centred in their place.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.diagnostics import OutputError, finding
from layout.display import Form, Shape
from layout.page.furniture.drawn import Drawn
from layout.page.furniture.svg import SvgError, read_svg

if TYPE_CHECKING:
    from layout.display import Key, Op
    from layout.geometry import Rect
    from layout.page.furniture.svg import Drawing

LARGEST: Final = 16_000_000
"""Bytes of an SVG file; larger ones are pictures in disguise."""


def draw_artwork(path: str, rect: Rect, key: Key) -> tuple[Op, ...]:
    """Return the operations that show an SVG or PDF file in a place, at its own proportions, centred.

    Raises:
        OutputError: E514, the file cannot be read or shows what cannot be placed.
    """
    if Path(path).suffix.lower() == ".pdf":
        return (Form(key, rect, path),)
    drawing = _svg(path)
    scale = min(rect.width / drawing.width, rect.height / drawing.height)
    left = rect.x + (rect.width - drawing.width * scale) / 2
    top = rect.y + (rect.height - drawing.height * scale) / 2

    def placed(values: tuple[float, ...]) -> tuple[int, ...]:
        origins = (left, top)
        return tuple(round(origins[index % 2] + value * scale) for index, value in enumerate(values))

    return tuple(
        Shape(key, tuple((operator, placed(values)) for operator, values in figure.path), figure.ink, figure.even_odd)
        for figure in drawing.figures
    )


def place_artwork(path: str, rect: Rect, key: Key, page: str, story: str = "") -> Drawn:
    """Return artwork as furniture: what cannot be placed is a finding (E514), not an error."""
    try:
        return Drawn(draw_artwork(path, rect, key))
    except OutputError as problem:
        return Drawn((), tuple(replace(item, page=page, story=story) for item in problem.diagnostics))


def artwork_aspect(path: str) -> float:
    """Return the width over the height of an SVG file.

    Raises:
        OutputError: E514, the file is no SVG that can be placed; the size of a PDF is known to its reader alone.
    """
    drawing = _svg(path)
    return drawing.width / drawing.height


def _svg(path: str) -> Drawing:
    file = Path(path)
    if file.suffix.lower() != ".svg":
        raise _refusal(file, "it is neither SVG nor PDF")
    try:
        data = file.read_bytes()
        if len(data) > LARGEST:
            raise _refusal(file, f"it has {len(data)} bytes, at most {LARGEST} are read")
        return read_svg(data)
    except OSError as problem:
        raise _refusal(file, problem.strerror or str(problem)) from problem
    except SvgError as problem:
        raise _refusal(file, str(problem)) from problem


def _refusal(file: Path, problem: str) -> OutputError:
    return OutputError([finding("E514", file=file.name, problem=problem)])
