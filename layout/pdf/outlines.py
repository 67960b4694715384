"""Type as curves, for plate setters too old for composite fonts.

Every glyph is drawn by its outline, in the face's own units under a matrix of its own: equal glyphs are equal bytes,
which deflate well. Text cannot be read back from such a file; it is a last resort (newsroom.md 6).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from layout.fontbook import hb_font, units
from layout.geometry import points

if TYPE_CHECKING:
    from layout.display import Glyphs
    from layout.fontbook import Face

PER_MILLE: Final = 1000


def outlined(op: Glyphs, face: Face, baseline: int) -> str:
    """Return the operators that fill a run's glyphs; empty where the run shows nothing but blanks.

    Args:
        op: the run.
        face: its face.
        baseline: mpt from the foot of the trim box.
    """
    upright = op.size / PER_MILLE / units(face)
    across = upright * op.scale / PER_MILLE
    turn = f"0 {_short(-across)} {_short(upright)} 0" if op.rotated else f"{_short(across)} 0 0 {_short(upright)}"
    parts = []
    for index, (gid, x) in enumerate(zip(op.gids, op.xs, strict=True)):
        path = _path(face, gid)
        if path:
            y = baseline - (op.ys[index] if op.ys else 0)
            parts.append(f"q {turn} {points(op.x + x)} {points(y)} cm\n{path}\nf Q")
    return "\n".join(parts)


@lru_cache(maxsize=20_000)
def _path(face: Face, gid: int) -> str:
    """Return a glyph's outline as path operators in the face's units."""
    pen = _Pen()
    hb_font(face).draw_glyph(gid, _drawing(), pen)
    return "\n".join(pen.parts)


class _Pen:
    """Writes segments; quadratic curves become the same curves as cubics."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = (0.0, 0.0)

    def write(self, operator: str, *values: float) -> None:
        self.parts.append(" ".join([*map(_short, values), operator]))
        self.at = values[-2], values[-1]

    def quadratic(self, x1: float, y1: float, x: float, y: float) -> None:
        x0, y0 = self.at
        first = x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3
        second = x + (x1 - x) * 2 / 3, y + (y1 - y) * 2 / 3
        self.write("c", *first, *second, x, y)


@lru_cache(maxsize=1)
def _drawing() -> Any:  # noqa: ANN401 - HarfBuzz has no stubs
    import uharfbuzz as hb  # noqa: PLC0415 - 30 ms to import

    made = hb.DrawFuncs()
    made.set_move_to_func(lambda x, y, pen: pen.write("m", x, y))
    made.set_line_to_func(lambda x, y, pen: pen.write("l", x, y))
    made.set_cubic_to_func(lambda *values: values[-1].write("c", *values[:-1]))
    made.set_quadratic_to_func(lambda *values: values[-1].quadratic(*values[:-1]))
    made.set_close_path_func(lambda pen: pen.parts.append("h"))
    return made


def _short(value: float) -> str:
    """Return a number in at most 6 decimals, never in exponent form."""
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"
