"""Fonts as pages use them: which codes are shown, how wide the file says they are, where they were first seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layout.preflight.report import Box, Sheet

IDENTITY: Final = frozenset({"/Identity-H", "/Identity-V"})
CID_DEFAULT: Final = 1000
"""Width of a CID that has none (ISO 32000-1, table 117)."""

SUBSET: Final = re.compile(r"^[A-Z]{6}\+")


@dataclass(slots=True)
class Typeface:
    """A font of the file that is used: the object, its name and widths, and the codes that were shown."""

    obj: pikepdf.Object
    name: str
    composite: bool
    vertical: bool
    widths: dict[int, float]
    default: float
    codes: set[int] = field(default_factory=set)
    sheet: Sheet | None = None
    box: Box | None = None
    page: Sheet | None = None

    @property
    def descendant(self) -> pikepdf.Object:
        """The font that has program and widths: the composite font's, or the font itself."""
        if not self.composite:
            return self.obj
        listed = self.obj.get("/DescendantFonts")
        first = listed[0] if isinstance(listed, pikepdf.Array) and len(listed) else None
        return first if isinstance(first, pikepdf.Dictionary) else pikepdf.Dictionary()

    def decode(self, text: bytes) -> list[int]:
        """Return the codes of a string: pairs of bytes in composite fonts, else bytes."""
        if not self.composite:
            return list(text)
        return [text[at] << 8 | text[at + 1] for at in range(0, len(text) - 1, 2)]

    def width(self, code: int) -> float:
        """Return a code's width in 1/1000 em as the file states it."""
        return self.widths.get(code, self.default)

    def note(self, codes: Iterable[int], box: Box) -> None:
        """Note that codes are shown, and where the first of them stands."""
        self.codes.update(codes)
        if self.sheet is None:
            self.sheet, self.box = self.page, box


class Typefaces:
    """All fonts that a file uses."""

    def __init__(self) -> None:
        """Start with none."""
        self._known: dict[tuple[int, int], Typeface] = {}
        self._direct: list[Typeface] = []
        self.sheet: Sheet | None = None

    def face(self, font: pikepdf.Object) -> Typeface:
        """Return the font of a dictionary, one for one object."""
        known = self._known.get(font.objgen) if font.is_indirect else None
        if known is None:
            known = _typeface(font)
            if font.is_indirect:
                self._known[font.objgen] = known
            else:
                self._direct.append(known)
        known.page = self.sheet
        return known

    def used(self) -> list[Typeface]:
        """Return the fonts of which a code was shown, by name."""
        shown = [face for face in (*self._known.values(), *self._direct) if face.codes]
        return sorted(shown, key=lambda face: (face.name, face.obj.objgen))


def _typeface(font: pikepdf.Object) -> Typeface:
    composite = font.get("/Subtype") == "/Type0"
    encoding = str(font.get("/Encoding", "")) if isinstance(font.get("/Encoding"), pikepdf.Name) else ""
    made = Typeface(
        obj=font,
        name=SUBSET.sub("", str(font.get("/BaseFont", font.get("/Name", "/?")))[1:]),
        composite=composite,
        vertical=composite and encoding.endswith("-V"),
        widths={},
        default=0,
    )
    inner = made.descendant
    try:
        if composite:
            made.default = float(inner.get("/DW", CID_DEFAULT))
            made.widths = cid_widths(inner.get("/W"))
        else:
            first = int(font.get("/FirstChar", 0))
            made.widths = {first + at: float(width) for at, width in enumerate(font.get("/Widths", []))}
            descriptor = font.get("/FontDescriptor")
            if isinstance(descriptor, pikepdf.Dictionary):
                made.default = float(descriptor.get("/MissingWidth", 0))
    except (TypeError, ValueError):
        made.widths = {}
    return made


def cid_widths(stated: object) -> dict[int, float]:
    """Return CID → width of a W array (ISO 32000-1, 9.7.4.3).

    Raises:
        TypeError, ValueError: it is none.
    """
    found: dict[int, float] = {}
    if not isinstance(stated, pikepdf.Array):
        return found
    entries = list(stated)
    at = 0
    while at + 1 < len(entries):
        first = int(entries[at])
        second = entries[at + 1]
        if isinstance(second, pikepdf.Array):
            found |= {first + index: float(width) for index, width in enumerate(second)}
            at += 2
        else:
            last = min(int(second), 0xFFFF)
            found |= dict.fromkeys(range(first, last + 1), float(entries[at + 2]))
            at += 3
    return found
