"""Finish the Kai face: a name of its own, and the Chinese spacing the source lacks.

The source (LXGW WenKai) reserves its names, has quotation marks of Latin width, no upright dash for
vertical lines and no half-width metrics. The finished face sets punctuation as the Noto faces do: full-em
quotation marks with `pwid` for Latin text, `fwid` for the middle dot, `vert` for the dash, `halt` and `vhal`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.misc.transform import Offset
from fontTools.otlLib.builder import buildSingleSubstSubtable
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables import otTables

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FAMILY: Final = "Layout Kai"
FAMILY_ZH: Final = "版面楷体"
POSTSCRIPT: Final = "LayoutKai-Regular"
NAMING: Final = (1, 3, 4, 6, 16, 18, 21)
"""Name records that hold a family or face name."""

WINDOWS, UNICODE_BMP, ENGLISH, CHINESE = 3, 1, 0x409, 0x804
KEPT: Final = (0, 2, 5, 7, 9, 12, 13, 14)
"""Name records taken over: copyright, style, version, trademark, designer, licence."""

EM: Final = 1000
HALF: Final = EM // 2
OVERHANG: Final = 30
"""How far ink may leave its half of the em, in font units."""

QUOTES: Final = {0x2018: HALF, 0x201C: HALF, 0x2019: 0, 0x201D: 0}
"""Quotation marks to widen: code point -> left edge of the half em that carries the ink."""

UNTURNED: Final = "〖〗"
"""Brackets the source has no vertical form for: left to the next face of the chain, in any direction."""

OPENERS: Final = "‘“〈《「『【〔〘（［｛"
CLOSERS: Final = "’”〉》」』】〕〙）］｝、。，．"
STOPS: Final = "：；！？"
"""Ink in the left half in horizontal lines; a full em in vertical ones, hence no `vhal`."""
CENTRED: Final = "・"


class InkError(Exception):
    """A mark's ink does not lie in the half em that half-width setting leaves it."""


def finish(font: TTFont) -> None:
    """Rename the reduced face and give it Chinese punctuation metrics, in place.

    Raises:
        InkError: a mark's ink would leave its half em.
    """
    rename(font)
    drop_unturned(font)
    latin = widen_quotes(font)
    stand_dashes(font)
    add_feature(font, "pwid", latin)
    names = font.getBestCmap()
    add_feature(font, "fwid", {names[0x00B7]: names[0x30FB]})
    add_half_widths(font)


def rename(font: TTFont) -> None:
    """Give the face its own names in every record; copyright, trademark and licence stay."""
    table = font["name"]
    kept = {
        record.nameID: record.toUnicode()
        for record in table.names
        if (record.platformID, record.langID) == (WINDOWS, ENGLISH) and record.nameID in KEPT
    }
    release = kept[5].split(";")[0]
    english = kept | {1: FAMILY, 3: f"{FAMILY} Regular: {release}", 4: FAMILY, 6: POSTSCRIPT}
    english[10] = "Reduced character set; half-width and vertical metrics added."
    chinese = {1: FAMILY_ZH, 2: kept[2], 4: FAMILY_ZH}
    table.names = []
    for language, records in ((ENGLISH, english), (CHINESE, chinese)):
        for name_id, text in sorted(records.items()):
            table.setName(text, name_id, WINDOWS, UNICODE_BMP, language)
    font["OS/2"].achVendID = "NONE"


def widen_quotes(font: TTFont) -> dict[str, str]:
    """Map the quotation marks to new full-em glyphs; return new glyph -> Latin-width glyph."""
    glyphs = font.getGlyphSet()
    latin: dict[str, str] = {}
    for code, left in QUOTES.items():
        old = font.getBestCmap()[code]
        width = font["hmtx"][old][0]
        pen = TTGlyphPen(glyphs)
        glyphs[old].draw(TransformPen(pen, Offset(left + (HALF - width) // 2, 0)))
        glyph = pen.glyph()
        new = f"quote{code:04X}"
        font["glyf"][new] = glyph
        glyph.recalcBounds(font["glyf"])
        origin = sum(font["vmtx"][old][1:]) + font["glyf"][old].yMax
        font["hmtx"][new] = (EM, glyph.xMin)
        font["vmtx"][new] = (EM, origin - glyph.yMax)
        vert = _single(font, "vert")
        if old in vert:
            vert[new] = vert[old]
        for table in font["cmap"].tables:
            if code in getattr(table, "cmap", {}):
                table.cmap[code] = new
        latin[new] = old
    font.setGlyphOrder(list(font["glyf"].glyphOrder))
    return latin


def drop_unturned(font: TTFont) -> None:
    """Unmap the brackets that would lie on their side in vertical lines."""
    for table in font["cmap"].tables:
        for mark in UNTURNED:
            getattr(table, "cmap", {}).pop(ord(mark), None)


def stand_dashes(font: TTFont) -> None:
    """Give — and ― the vertical dash in vertical lines."""
    names = font.getBestCmap()
    vert = _single(font, "vert")
    for code in (0x2014, 0x2015):
        vert.setdefault(names[code], names[0xFE31])


def add_feature(font: TTFont, tag: str, mapping: dict[str, str]) -> None:
    """Append a single-substitution feature to every script of GSUB."""
    table: Any = font["GSUB"].table
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag = 1, 0
    lookup.SubTable = [buildSingleSubstSubtable(mapping)]
    lookup.SubTableCount = 1
    table.LookupList.Lookup.append(lookup)
    feature = otTables.Feature()
    feature.FeatureParams, feature.LookupListIndex = None, [len(table.LookupList.Lookup) - 1]
    feature.LookupCount = 1
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = tag, feature
    # Feature records are kept in the order of their tags, so every index behind the new one moves up.
    records = table.FeatureList.FeatureRecord
    at = sum(other.FeatureTag <= tag for other in records)
    records.insert(at, record)
    for script in table.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys, *(entry.LangSys for entry in script.Script.LangSysRecord)]
        for system in filter(None, systems):
            moved = [index + (index >= at) for index in system.FeatureIndex]
            system.FeatureIndex = sorted([*moved, at])
            system.FeatureCount = len(system.FeatureIndex)


def add_half_widths(font: TTFont) -> None:
    """Build GPOS with `halt` and `vhal`, with the figures of the Noto faces.

    Raises:
        InkError: a mark's ink would leave its half em.
    """
    scripts = [record.ScriptTag for record in font["GSUB"].table.ScriptList.ScriptRecord]
    systems = "\n".join(f"languagesystem {tag.strip()} dflt;" for tag in scripts)
    across = {(-HALF, 0): OPENERS, (0, 0): CLOSERS + STOPS, (-HALF // 2, 0): CENTRED}
    down = {(0, HALF): OPENERS, (0, 0): CLOSERS, (0, HALF // 2): CENTRED}
    halt = "\n".join(_rule(font, marks, dx, dy, vertical=False) for (dx, dy), marks in across.items())
    vhal = "\n".join(_rule(font, marks, dx, dy, vertical=True) for (dx, dy), marks in down.items())
    source = f"{systems}\nfeature halt {{\n{halt}\n}} halt;\nfeature vhal {{\n{vhal}\n}} vhal;\n"
    addOpenTypeFeaturesFromString(font, source, tables=["GPOS"])


def _rule(font: TTFont, marks: str, dx: int, dy: int, *, vertical: bool) -> str:
    names, vert = font.getBestCmap(), _single(font, "vert")
    glyphs = []
    for mark in marks:
        name = names[ord(mark)]
        if vertical:
            name = vert.get(name, name)
        box = font["glyf"][name]
        if vertical:
            top = font["vmtx"][name][1]
            low, high = top - dy, top + box.yMax - box.yMin - dy
        else:
            low, high = box.xMin + dx, box.xMax + dx
        if low < -OVERHANG or high > HALF + OVERHANG:
            message = f"{mark} ({name}): ink from {low} to {high} in half an em"
            raise InkError(message)
        glyphs.append(name)
    advance = f"0 -{HALF}" if vertical else f"-{HALF} 0"
    return f"  pos [{' '.join(dict.fromkeys(glyphs))}] <{dx} {dy} {advance}>;"


def _single(font: TTFont, tag: str) -> dict[str, str]:
    """Return the mapping of the feature's single substitution, to read or to change."""
    table: Any = font["GSUB"].table
    record = next(record for record in table.FeatureList.FeatureRecord if record.FeatureTag == tag)
    subtable = table.LookupList.Lookup[record.Feature.LookupListIndex[0]].SubTable[0]
    mapping: dict[str, str] = getattr(subtable, "ExtSubTable", subtable).mapping
    return mapping
