"""Font programs for embedding: a face cut down to the glyphs shown, and all a PDF has to say about it.

The recipe (print.md 4): HarfBuzz subsets; composite fonts under Identity-H whose codes are the face's own glyph
ids. CID-keyed CFF goes in as the bare table with CID = code; name-keyed CFF keeps its glyph ids, because there the
CID is the glyph id; TrueType is renumbered and gets a CIDToGIDMap. Values here are plain; `writer` makes objects.
"""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from layout.diagnostics import FontError, finding
from layout.fontbook import advance, hb_font
from layout.pdf import cff

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layout.fontbook import Face

Kind = Literal["cff", "truetype"]

DEFAULT_WIDTH: Final = 1000
"""The width that `W` leaves out: a Han glyph's."""

BLOCK: Final = 100
"""Most entries of one bfchar block (Adobe Technical Note 5014)."""

RESTRICTED: Final = 0x0002
PREVIEW_OR_EDIT: Final = 0x000C
NO_SUBSET: Final = 0x0100
BITMAPS_ONLY: Final = 0x0200
"""Bits of OS/2 fsType (OpenType 1.9)."""

SYMBOLIC: Final = 4
FIXED_PITCH: Final = 1
SERIF: Final = 2
ITALIC: Final = 64
"""Bits of a font descriptor's Flags (ISO 32000-1, table 123)."""

SERIF_CLASSES: Final = frozenset({1, 2, 3, 4, 5, 7})
"""Classes of OS/2 sFamilyClass that have serifs."""

SERIF_PANOSE: Final = range(2, 11)
"""PANOSE serif styles of Latin text with serifs, 11 to 15 being sans."""

TRUETYPE_TABLES: Final = frozenset({"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"})
"""What a PDF needs of a TrueType font (ISO 32000-1, 9.9)."""

KEPT_FOR_CFF: Final = frozenset({"CFF ", "cmap", "head", "hhea", "hmtx", "maxp"})

_NAME_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_.+-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptor:
    """The figures of a font descriptor, in 1/1000 em."""

    flags: int
    bbox: tuple[int, int, int, int]
    italic_angle: float
    ascent: int
    descent: int
    cap_height: int
    stem_v: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FontProgram:
    """A subset ready for embedding.

    Attributes:
        name: PostScript name with its six-letter tag.
        kind: "cff" for a bare CFF table, "truetype" for a font file.
        data: the program, uncompressed.
        descriptor: figures of the font descriptor.
        widths: (CID, width in 1/1000 em), rising, where the width is not `DEFAULT_WIDTH`.
        cids: every CID of the program, rising; 0 among them.
        cid_to_gid: the CIDToGIDMap, for TrueType.
    """

    name: str
    kind: Kind
    data: bytes
    descriptor: Descriptor
    widths: tuple[tuple[int, int], ...]
    cids: tuple[int, ...]
    cid_to_gid: bytes | None


def font_program(face: Face, gids: Iterable[int]) -> FontProgram:
    """Return the subset of a face that has `gids` (and .notdef), codes being the face's own glyph ids.

    Raises:
        FontError: E304, the face forbids embedding; E305, the face cannot be read or subset.
    """
    source = hb_font(face).face
    _check_permission(face, _table(source, "OS/2"))
    wanted = sorted({0, *gids})
    if _permission(_table(source, "OS/2")) & NO_SUBSET:
        wanted = list(range(source.glyph_count))
    kind: Kind = "cff" if "CFF " in source.table_tags else "truetype"
    try:
        data, codes, cid_to_gid = _cff(source, wanted) if kind == "cff" else _truetype(source, wanted)
        descriptor = _descriptor(source)
    except (RuntimeError, ValueError, struct.error, IndexError) as problem:
        raise FontError([finding("E305", name=face.id, problem=problem)]) from problem
    name = _NAME_UNSAFE.sub("", _postscript_name(source) or face.id)
    widths = ((code, advance(face, code)) for code in codes)
    return FontProgram(
        name=f"{_tag(name, wanted)}+{name}",
        kind=kind,
        data=data,
        descriptor=descriptor,
        widths=tuple((code, width) for code, width in widths if width != DEFAULT_WIDTH),
        cids=codes,
        cid_to_gid=cid_to_gid,
    )


def to_unicode(texts: Mapping[int, str]) -> bytes:
    """Return the CMap that says which text each two-byte code stands for."""
    rows = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in sorted(texts.items())]
    blocks = []
    for start in range(0, len(rows), BLOCK):
        part = rows[start : start + BLOCK]
        blocks.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def cid_set(cids: Iterable[int]) -> bytes:
    """Return the bit set of a font's CIDs, the high bit of the first byte being CID 0."""
    found = set(cids)
    made = bytearray(max(found) // 8 + 1)
    for cid in found:
        made[cid >> 3] |= 0x80 >> (cid & 7)
    return bytes(made)


def width_array(widths: Iterable[tuple[int, int]]) -> list[int | list[int]]:
    """Return the entries of `W`: first CID, then the widths of it and of the CIDs that follow without a gap."""
    made: list[int | list[int]] = []
    run: list[int] = []
    expected = -1
    for cid, width in widths:
        if cid != expected:
            run = []
            made += [cid, run]
        run.append(width)
        expected = cid + 1
    return made


def _cff(source: Any, wanted: list[int]) -> tuple[bytes, tuple[int, ...], None]:  # noqa: ANN401 - HarfBuzz face
    import uharfbuzz as hb  # noqa: PLC0415 - 30 ms to import

    inputs = _subset_input(source, wanted, KEPT_FOR_CFF)
    keyed = cff.is_cid_keyed(_table(source, "CFF "))
    if not keyed:
        inputs.flags |= hb.SubsetFlags.RETAIN_GIDS
    plan = hb.SubsetPlan(source, inputs)
    data = _table(plan.execute(), "CFF ")
    codes = tuple(sorted(plan.old_to_new_glyph_mapping))
    if keyed:
        by_new = sorted((new, old) for old, new in plan.old_to_new_glyph_mapping.items())
        codes = tuple(old for _, old in by_new)
        if cff.cids(data) != codes:
            data = cff.renumber(data, codes)
    return data, codes, None


def _truetype(source: Any, wanted: list[int]) -> tuple[bytes, tuple[int, ...], bytes]:  # noqa: ANN401
    import uharfbuzz as hb  # noqa: PLC0415 - 30 ms to import

    plan = hb.SubsetPlan(source, _subset_input(source, wanted, TRUETYPE_TABLES))
    data = bytes(plan.execute().blob.data)
    mapping = dict(plan.old_to_new_glyph_mapping.items())
    codes = tuple(sorted(mapping))
    cid_to_gid = struct.pack(f">{codes[-1] + 1}H", *(mapping.get(code, 0) for code in range(codes[-1] + 1)))
    return data, codes, cid_to_gid


def _subset_input(source: Any, wanted: list[int], kept: frozenset[str]) -> Any:  # noqa: ANN401 - HarfBuzz objects
    import uharfbuzz as hb  # noqa: PLC0415 - 30 ms to import

    inputs = hb.SubsetInput()
    inputs.glyph_set.update(wanted)
    inputs.flags = (
        hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.DESUBROUTINIZE
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.NOTDEF_OUTLINE
    )
    dropped = (tag for tag in source.table_tags if tag not in kept)
    inputs.drop_table_tag_set.update(int.from_bytes(tag.encode("latin-1"), "big") for tag in dropped)
    return inputs


def _table(source: Any, tag: str) -> bytes:  # noqa: ANN401 - HarfBuzz face
    return bytes(source.reference_table(tag).data)


def _permission(os2: bytes) -> int:
    return int.from_bytes(os2[8:10], "big")


def embedding_bits(face: Face) -> int:
    """Return what the face's OS/2 table says of embedding (fsType).

    Raises:
        FontError: E305, the face cannot be read.
    """
    return _permission(_table(hb_font(face).face, "OS/2"))


def may_embed(bits: int) -> bool:
    """Return whether embedding bits allow a face in a file for print."""
    return not ((bits & RESTRICTED and not bits & PREVIEW_OR_EDIT) or bits & BITMAPS_ONLY)


def _check_permission(face: Face, os2: bytes) -> None:
    """Raise E304 where the licence bits forbid embedding for print."""
    bits = _permission(os2)
    if not may_embed(bits):
        raise FontError([finding("E304", name=face.id, bits=bits)])


def _postscript_name(source: Any) -> str:  # noqa: ANN401 - HarfBuzz face
    import uharfbuzz as hb  # noqa: PLC0415 - 30 ms to import

    return source.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or ""


def _tag(name: str, gids: list[int]) -> str:
    """Return six capitals that tell this choice of glyphs from another one of the same face."""
    text = name + ":" + ",".join(map(str, gids))
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    letters = []
    for _ in range(6):
        number, digit = divmod(number, 26)
        letters.append(chr(ord("A") + digit))
    return "".join(letters)


def _descriptor(source: Any) -> Descriptor:  # noqa: ANN401 - HarfBuzz face
    """Return a face's figures from its head, hhea, OS/2 and post tables (OpenType 1.9)."""
    head, hhea, os2, post = (_table(source, tag) for tag in ("head", "hhea", "OS/2", "post"))
    upem = int(source.upem)

    def em(value: int) -> int:
        return round(value * 1000 / upem)

    left, bottom, right, top = struct.unpack_from(">4h", head, 36)
    ascent, descent = struct.unpack_from(">2h", hhea, 4)
    italic, fixed = struct.unpack_from(">i", post, 4)[0] / 65536, struct.unpack_from(">I", post, 12)[0]
    has_caps = struct.unpack_from(">H", os2, 0)[0] >= 2 and len(os2) >= 90
    caps = struct.unpack_from(">h", os2, 88)[0] if has_caps else 0
    weight = struct.unpack_from(">H", os2, 4)[0]
    serif = os2[30] in SERIF_CLASSES or os2[33] in SERIF_PANOSE
    return Descriptor(
        flags=SYMBOLIC | FIXED_PITCH * bool(fixed) | SERIF * serif | ITALIC * bool(italic),
        bbox=(em(left), em(bottom), em(right), em(top)),
        italic_angle=round(italic, 4),
        ascent=em(ascent),
        descent=em(descent),
        cap_height=em(caps or ascent),
        stem_v=round(50 + (weight / 65) ** 2),
    )
