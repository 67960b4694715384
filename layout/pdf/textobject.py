"""Text objects: runs of glyphs as `BT … ET`, each glyph where the display list has it.

Codes are the faces' own glyph ids in two bytes. Positions come from `TJ` adjustments, computed from the absolute
position of each glyph against the widths the file declares, so that rounding never adds up. What a glyph stands for
goes into the file's ToUnicode maps; where that cannot say it (a cluster of several glyphs, a glyph that stands for
something else than before) the glyphs are wrapped in a span with ActualText (ISO 32000-1, 14.9.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from layout.geometry import points

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from layout.display import Glyphs

    Advance = Callable[[str, int], int]
    """(face id, glyph id) → advance width in 1/1000 em, exactly as the file's W array says it."""

FINE_SIZE: Final = 10_000
"""Up to this type size (mpt), adjustments of whole 1/1000 em are within 0.005 pt; above, hundredths are written."""

JOIN_EM: Final = 750
"""Runs in one state on one baseline are joined where the gap is at most this (1/1000 em), less than any gutter."""

UNMAPPED: Final = "\ufffd"
"""What a glyph stands for when it only ever continues a cluster; the cluster carries ActualText."""

PER_MILLE: Final = 1000


class Segment(NamedTuple):
    """Part of a run, glyphs `start` to `end` (exclusive), and its replacement text or None."""

    start: int
    end: int
    actual: str | None


class FaceUse(dict[int, tuple[str, int]]):
    """One face on one page: glyph id → (code in hex, width), and what each glyph shown stands for."""

    def __init__(self, name: str, face: str, advance: Advance) -> None:
        """Start with no glyph used; `name` is the font's resource name."""
        super().__init__()
        self.name = name
        self._face = face
        self._advance = advance
        self._texts: dict[int, str] = {}
        self._continuing: set[int] = set()

    def __missing__(self, gid: int) -> tuple[str, int]:
        """Look a glyph up once."""
        made = self[gid] = (f"{gid:04x}", self._advance(self._face, gid))
        return made

    def mapping(self) -> dict[int, str]:
        """Return glyph id → text in the order of glyph ids."""
        return {gid: self._texts.get(gid, UNMAPPED) for gid in sorted(self._texts.keys() | self._continuing)}

    def segments(self, op: Glyphs) -> list[Segment]:
        """Note what the run's glyphs stand for; return its parts, those with ActualText apart."""
        texts = self._texts
        if "" not in op.texts:
            noted = [texts.setdefault(gid, text) for gid, text in zip(op.gids, op.texts, strict=True)]
            if noted == list(op.texts):
                return [Segment(0, len(op.gids), None)]
        return list(_merged(self._clusters(op)))

    def _clusters(self, op: Glyphs) -> Iterator[Segment]:
        start, count = 0, len(op.gids)
        while start < count:
            end = start + 1
            while end < count and not op.texts[end]:
                end += 1
            text = op.texts[start]
            gids = op.gids[start:end]
            parts = list(text) if len(text) == len(gids) else [text] if len(gids) == 1 and text else []
            if parts and all(self._texts.setdefault(g, part) == part for g, part in zip(gids, parts, strict=True)):
                yield Segment(start, end, None)
            else:
                self._continuing.update(gids)
                yield Segment(start, end, text)
            start = end


def _merged(segments: Iterator[Segment]) -> Iterator[Segment]:
    """Join neighbours without ActualText."""
    plain: Segment | None = None
    for segment in segments:
        if segment.actual is not None:
            if plain is not None:
                yield plain
                plain = None
            yield segment
        else:
            plain = Segment(plain.start if plain is not None else segment.start, segment.end, None)
    if plain is not None:
        yield plain


class TextObject:
    """One text object being written: its font, scale and matrix, and the array of strings being filled."""

    def __init__(self) -> None:
        """Start an object without glyphs."""
        self._parts: list[str] = ["BT"]
        self._font: tuple[str, int] | None = None
        self._scale = PER_MILLE
        self._line: tuple[str, int, int, int] | None = None
        self._origin = 0
        self._pen: float = 0
        self._array: list[str] = []
        self._string: list[str] = []

    def close(self) -> str:
        """Return the object's operators; a horizontal scale is taken back, since it would outlive the object."""
        self._show()
        if self._scale != PER_MILLE:
            self._parts.append("100 Tz")
        return "\n".join([*self._parts, "ET"])

    def run(self, op: Glyphs, face: FaceUse, baseline: int) -> None:
        """Add a run of at least one glyph; `baseline` is in mpt from the foot of the trim box."""
        self._select(op, face)
        apart = op.rotated or any(op.ys)
        if not apart:
            self._move(op, face, baseline)
        for segment in face.segments(op):
            if segment.actual is not None:
                self._show()
                self._parts.append(f"/Span <</ActualText <{_text_string(segment.actual)}>>> BDC")
            if apart:
                self._place(op, face, baseline, segment)
            else:
                self._extend(op, face, segment)
            if segment.actual is not None:
                self._show()
                self._parts.append("EMC")

    def _select(self, op: Glyphs, face: FaceUse) -> None:
        if self._font != (face.name, op.size):
            self._show()
            self._font = (face.name, op.size)
            self._parts.append(f"/{face.name} {points(op.size)} Tf")
        if self._scale != op.scale:
            self._show()
            self._scale = op.scale
            self._parts.append(f"{points(op.scale * 100)} Tz")

    def _move(self, op: Glyphs, face: FaceUse, baseline: int) -> None:
        """Go on in the open line where the run begins near its end, else begin a line."""
        line = (face.name, op.size, op.scale, baseline)
        start = op.x + op.xs[0]
        gap = (start - self._origin) * 1_000_000 / (op.size * op.scale) - self._pen
        if self._line != line or not -JOIN_EM <= gap <= JOIN_EM:
            self._show()
            self._parts.append(f"1 0 0 1 {points(start)} {points(baseline)} Tm")
            self._line, self._origin, self._pen = line, start, 0

    def _extend(self, op: Glyphs, face: FaceUse, segment: Segment) -> None:
        """Add glyphs to the array. An adjustment of 1 moves by 1/1000 em to the left."""
        unit = op.size * op.scale / 1_000_000  # mpt in 1/1000 em
        places = None if op.size * op.scale <= FINE_SIZE * PER_MILLE else 2
        shift = op.x - self._origin
        pen, string, array = self._pen, self._string, self._array
        window = slice(segment.start, segment.end)
        for gid, x in zip(op.gids[window], op.xs[window], strict=True):
            code, width = face[gid]
            gap = round(pen - (x + shift) / unit, places)
            if gap:
                if string:
                    array.append(f"<{''.join(string)}>")
                    string.clear()
                array.append(_decimal(gap))
                pen -= gap
            string.append(code)
            pen += width
        self._pen = pen

    def _place(self, op: Glyphs, face: FaceUse, baseline: int, segment: Segment) -> None:
        """Place every glyph by a matrix of its own."""
        self._show()
        self._line = None
        turn = "0 -1 1 0" if op.rotated else "1 0 0 1"
        ys = op.ys or (0,) * len(op.gids)
        self._parts.extend(
            f"{turn} {points(op.x + op.xs[index])} {points(baseline - ys[index])} Tm <{face[op.gids[index]][0]}> Tj"
            for index in range(segment.start, segment.end)
        )

    def _show(self) -> None:
        """Write the array filled so far; the pen stays."""
        if self._string:
            self._array.append(f"<{''.join(self._string)}>")
            self._string.clear()
        if self._array:
            self._parts.append(f"[{''.join(self._array)}] TJ")
            self._array.clear()


def _text_string(text: str) -> str:
    """Return a PDF text string in hex, UTF-16BE with its mark."""
    return (b"\xfe\xff" + text.encode("utf-16-be")).hex()


def _decimal(value: float) -> str:
    """Return a number with at most 2 places, never in exponent form."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
