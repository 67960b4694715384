"""Embedded font programs: which glyph a code shows, and how wide the program itself makes it.

TrueType and OpenType are read by fontTools. Widths of CFF glyphs stand at the head of their charstrings (Adobe
Technical Note 5177, 3.1): reading only that far is a hundred times faster than drawing the glyph.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from layout.preflight.typefaces import Typeface

PROGRAMS: Final = ("/FontFile", "/FontFile2", "/FontFile3")
RESTRICTED, BITMAP_ONLY, USAGE = 0x0002, 0x0200, 0x000F
"""Bits of fsType (OpenType, OS/2): no embedding; no embedding of outlines; the usage field."""

STEMS: Final = frozenset({1, 3, 18, 23})
"""hstem, vstem, hstemhm, vstemhm: take pairs of arguments."""

MASKS: Final = frozenset({19, 20})
MOVES: Final = {21: 2, 22: 1, 4: 1}
"""rmoveto, hmoveto, vmoveto and their arguments."""

ENDCHAR: Final = 14
ENDCHAR_ARGUMENTS: Final = (0, 4)


class UnreadableError(Exception):
    """A font program that cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Program:
    """A font program: `glyph` returns a code's glyph id (0 where there is none), `width` its width in 1/1000 em.

    `bits` is fsType, or None where the program does not say.
    """

    glyph: Callable[[int], int]
    width: Callable[[int], float]
    bits: int | None


def descriptor_of(face: Typeface) -> pikepdf.Object | None:
    """Return the font descriptor."""
    found = face.descendant.get("/FontDescriptor")
    return found if isinstance(found, pikepdf.Dictionary) else None


def program_of(face: Typeface) -> pikepdf.Stream | None:
    """Return the embedded program's stream."""
    descriptor = descriptor_of(face)
    if descriptor is None:
        return None
    found = (descriptor.get(key) for key in PROGRAMS)
    return next((stream for stream in found if isinstance(stream, pikepdf.Stream)), None)


def read_program(face: Typeface) -> Program | None:
    """Return what the embedded program says; None for Type 1 programs, whose widths stand in encrypted text.

    Raises:
        UnreadableError: it is damaged.
    """
    stream = program_of(face)
    if stream is None:
        return None
    try:
        data = stream.read_bytes()
        if data[:4] in {b"\0\1\0\0", b"true", b"OTTO"}:
            return _sfnt(data, face)
        if data[:1] == b"\1" and "/FontFile" not in (descriptor_of(face) or {}):
            return _bare_cff(data, face)
    except Exception as problem:  # fontTools raises whatever a damaged table makes it stumble over
        raise UnreadableError(" ".join(str(problem).split()) or type(problem).__name__) from problem
    if data[:2] in {b"%!", b"\x80\x01"}:
        return None
    message = "neither TrueType, OpenType, CFF nor Type 1"
    raise UnreadableError(message)


# --- TrueType and OpenType ------------------------------------------------------------------------------------


def _sfnt(data: bytes, face: Typeface) -> Program:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - 60 ms to import

    font = TTFont(BytesIO(data), lazy=True)
    bits = font["OS/2"].fsType if "OS/2" in font else None
    if "CFF " in font and "glyf" not in font:
        made = _bare_cff(font.getTableData("CFF "), face)
        return Program(made.glyph, made.width, bits)
    metrics, order, upem = font["hmtx"], font.getGlyphOrder(), font["head"].unitsPerEm
    count = len(order)

    def width(gid: int) -> float:
        return float(metrics[order[gid]][0] * 1000 / upem)

    glyph = _cid_to_gid(face) if face.composite else _simple_glyph(font, face)
    return Program(lambda code: gid if (gid := glyph(code)) < count else 0, width, bits)


def _cid_to_gid(face: Typeface) -> Callable[[int], int]:
    stated = face.descendant.get("/CIDToGIDMap")
    if not isinstance(stated, pikepdf.Stream):
        return lambda code: code
    table = stated.read_bytes()
    return lambda code: int.from_bytes(table[2 * code : 2 * code + 2], "big")


def _simple_glyph(font: Any, face: Typeface) -> Callable[[int], int]:  # noqa: ANN401 - fontTools ships no types
    tables = {(table.platformID, table.platEncID): table.cmap for table in font["cmap"].tables}
    symbols, mac, unicode = tables.get((3, 0), {}), tables.get((1, 0), {}), tables.get((3, 1), {})
    names = _encoded_names(face, "")

    def glyph(code: int) -> int:
        found = symbols.get(code) or symbols.get(0xF000 + code)
        if found is None and unicode and names.get(code):
            found = unicode.get(_unicode(names[code]))
        if found is None and not names:
            found = unicode.get(code)
        found = found or mac.get(code)
        gid: int = font.getGlyphID(found) if found else 0
        return gid

    return glyph


# --- CFF ------------------------------------------------------------------------------------------------------


def _bare_cff(data: bytes, face: Typeface) -> Program:
    from fontTools.cffLib import CFFFontSet  # noqa: PLC0415 - 60 ms to import

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(data), None)
    top = fonts[0]
    strings = top.CharStrings.charStringsIndex
    charset = list(top.charset)
    keyed = hasattr(top, "ROS")
    unit = 1000 * top.FontMatrix[0] if not keyed and hasattr(top, "FontMatrix") else 1

    def width(gid: int) -> float:
        private = top.FDArray[top.FDSelect[gid]].Private if keyed else top.Private
        string = strings[gid]
        found = _leading_width(string.bytecode) if string.bytecode is not None else None
        if found is Ellipsis:
            return _drawn_width(top, charset[gid]) * unit
        stated: float = private.defaultWidthX if found is None else private.nominalWidthX + found
        return stated * unit

    if face.composite and keyed:
        cids = {int(name[3:]) if name.startswith("cid") else 0: gid for gid, name in enumerate(charset)}
        return Program(lambda code: cids.get(code, 0), width, None)
    if face.composite:
        return Program(lambda code: code if code < len(charset) else 0, width, None)
    gids = {name: gid for gid, name in enumerate(charset)}
    own = top.Encoding if isinstance(top.Encoding, list) else None
    names = _encoded_names(face, "StandardEncoding")
    if own is not None and "/Encoding" not in face.obj:
        names = dict(enumerate(own))
    return Program(lambda code: gids.get(names.get(code, ".notdef"), 0), width, None)


def _leading_width(code: bytes) -> Any:  # noqa: ANN401 - a number, None, or Ellipsis
    """Return a charstring's first argument where that is its width, None where it has none.

    Ellipsis says that a subroutine is called before it is known.
    """
    stack: list[float] = []
    at = 0
    while at < len(code):
        byte = code[at]
        if byte >= 32 or byte == 28:
            value, at = _argument(code, at)
            stack.append(value)
            continue
        if byte in STEMS or byte in MASKS:
            return stack[0] if len(stack) % 2 else None
        if byte in MOVES:
            return stack[0] if len(stack) > MOVES[byte] else None
        if byte == ENDCHAR:
            return stack[0] if len(stack) not in ENDCHAR_ARGUMENTS else None
        return ...
    return None


def _argument(code: bytes, at: int) -> tuple[float, int]:
    """Return a charstring's number and the offset after it (Technical Note 5177, table 1)."""
    byte = code[at]
    if byte == 28:
        return int.from_bytes(code[at + 1 : at + 3], "big", signed=True), at + 3
    if byte == 255:
        return int.from_bytes(code[at + 1 : at + 5], "big", signed=True) / 65536, at + 5
    if byte < 247:
        return byte - 139, at + 1
    if byte < 251:
        return (byte - 247) * 256 + code[at + 1] + 108, at + 2
    return -(byte - 251) * 256 - code[at + 1] - 108, at + 2


def _drawn_width(top: Any, name: str) -> float:  # noqa: ANN401 - fontTools ships no types
    """Return a glyph's width by drawing it, as subroutines may hold its head."""
    from fontTools.pens.basePen import NullPen  # noqa: PLC0415 - only for such fonts

    glyph = top.CharStrings[name]
    glyph.draw(NullPen())
    width: float = glyph.width
    return width


# --- encodings of simple fonts --------------------------------------------------------------------------------


def _encoded_names(face: Typeface, default: str) -> dict[int, str]:
    """Return code → glyph name of a simple font (ISO 32000-1, 9.6.6)."""
    stated = face.obj.get("/Encoding")
    base, differences = default, []
    if isinstance(stated, pikepdf.Name):
        base = str(stated)[1:]
    elif isinstance(stated, pikepdf.Dictionary):
        base = str(stated.get("/BaseEncoding", f"/{default}"))[1:]
        differences = list(stated.get("/Differences", []))
    names = _base_names(base)
    code = 0
    for item in differences:
        if isinstance(item, pikepdf.Name):
            names[code] = str(item)[1:]
            code += 1
        else:
            code = int(item)
    return names


def _base_names(base: str) -> dict[int, str]:
    from fontTools.agl import UV2AGL  # noqa: PLC0415 - only for simple fonts
    from fontTools.encodings.StandardEncoding import StandardEncoding  # noqa: PLC0415

    if base == "StandardEncoding":
        return {code: name for code, name in enumerate(StandardEncoding) if name != ".notdef"}
    codec = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman"}.get(base)
    if codec is None:
        return {}
    found = {}
    for code in range(32, 256):
        char = bytes([code]).decode(codec, errors="ignore")
        if char and ord(char) in UV2AGL:
            found[code] = UV2AGL[ord(char)]
    return found


def _unicode(name: str) -> int:
    from fontTools.agl import toUnicode  # noqa: PLC0415 - only for simple fonts

    text = toUnicode(name)
    return ord(text[0]) if text else 0
