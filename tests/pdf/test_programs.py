"""Embedded font programs: what is cut out, how it is numbered, what is said about it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import uharfbuzz as hb
from fontTools.cffLib import CFFFontSet, FDArrayIndex, FDSelect, FontDict
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from layout.diagnostics import FontError
from layout.fontbook import Face
from layout.pdf import cff
from layout.pdf.fonts import cid_set, font_program, to_unicode, width_array

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pdf.conftest import Desk, Extract, Reader, Squeeze

TEXT = "清渡大桥，A1—"


def charset(data: bytes) -> list[str]:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    return list(fonts[0].charset)


def outline(font: hb.Font, gid: int) -> list[Any]:
    drawn: list[Any] = []
    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(lambda x, y, _: drawn.append((x, y)))
    funcs.set_line_to_func(lambda x, y, _: drawn.append((x, y)))
    funcs.set_cubic_to_func(lambda *values: drawn.append(values[:6]))
    font.draw_glyph(gid, funcs, None)
    return drawn


def test_cid_keyed_cff_keeps_glyph_ids_as_cids(desk: Desk) -> None:
    gids = desk.gids("song", TEXT)
    made = font_program(desk.faces["song"], gids)
    assert made.kind == "cff"
    assert made.cids == tuple(sorted({0, *gids}))
    assert cff.cids(made.data) == made.cids
    assert charset(made.data)[1:] == [f"cid{gid:05d}" for gid in made.cids[1:]]


@pytest.fixture
def renumbered(desk: Desk, tmp_path: Path) -> Face:
    """Return a face whose CIDs are not its glyph ids, as any second cut of a CID-keyed font has them."""
    face = desk.faces["song"]
    inputs = hb.SubsetInput()
    inputs.unicode_set.update(map(ord, TEXT + "上下左右"))
    data = hb.subset(hb.Face(face.blob()), inputs).blob.data
    (tmp_path / "cut.otf").write_bytes(data)
    return Face(id="cut", path=tmp_path / "cut.otf")


def test_cid_keyed_cff_with_other_cids_is_renumbered(
    desk: Desk, renumbered: Face, placed: Reader, pdfium_text: Extract, squeezed: Squeeze
) -> None:
    raw = TTFont(renumbered.path).getTableData("CFF ")
    assert cff.cids(raw) != tuple(range(len(cff.cids(raw))))
    other = type(desk)({"song": renumbered}, desk.condition)
    gids = other.gids("song", TEXT)
    made = font_program(renumbered, gids)
    assert cff.cids(made.data) == made.cids == tuple(sorted({0, *gids}))
    assert charset(made.data)[1:] == [f"cid{gid:05d}" for gid in made.cids[1:]]
    pdf, plain = other.file([other.content(other.run(TEXT))]), desk.file([desk.content(desk.run(TEXT))])
    assert squeezed(pdfium_text(pdf)) == TEXT
    from layout.raster import render

    assert render(pdf, 0, 150) == render(plain, 0, 150)
    assert [glyph.x for glyph in placed(pdf)] == [glyph.x for glyph in placed(plain)]


@pytest.mark.parametrize("form", [1, 2])
def test_charsets_of_ranges_are_read(form: int) -> None:
    fonts = CFFFontSet()
    size = 4 if form == 1 else 900
    names = [".notdef", *(f"cid{number:05d}" for number in range(10, 10 + size)), "cid05000", "cid05001"]
    data = cid_keyed(names)
    fonts.decompile(io.BytesIO(data), None)
    top = dict(cff._top(data))
    assert data[top[cff.CHARSET][0].value] == form
    assert cff.cids(data) == (0, *range(10, 10 + size), 5000, 5001)


def cid_keyed(names: list[str]) -> bytes:
    """Return a CID-keyed CFF table with empty glyphs of these CIDs."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    pen = T2CharStringPen(500, None)
    builder.setupCFF("Test", {}, {name: pen.getCharString() for name in names}, {})
    top = builder.font["CFF "].cff[0]
    top.ROS = ("Adobe", "Identity", 0)
    top.CIDCount = 6000
    top.FDArray = FDArrayIndex()
    entry = FontDict()
    entry.Private = top.Private
    top.FDArray.append(entry)
    top.FDSelect = FDSelect()
    top.FDSelect.format = 3
    top.FDSelect.gidArray = [0] * len(names)
    del top.Private
    for name in list(top.rawDict):
        if name in {"Private", "Encoding"}:
            del top.rawDict[name]
    top.CharStrings.fdSelect, top.CharStrings.fdArray = top.FDSelect, top.FDArray
    out = io.BytesIO()
    builder.font["CFF "].cff.compile(out, builder.font)
    return out.getvalue()


def test_name_keyed_cff_keeps_its_glyph_ids(
    desk: Desk, tmp_path: Path, pdfium_text: Extract, squeezed: Squeeze
) -> None:
    builder = FontBuilder(1000, isTTF=False)
    letters = {f"g{number}": 65 + number for number in range(26)}
    builder.setupGlyphOrder([".notdef", *letters])
    builder.setupCharacterMap({code: name for name, code in letters.items()})
    strings = {}
    for number, name in enumerate([".notdef", *letters]):
        pen = T2CharStringPen(600 + number, None)
        pen.moveTo((50, 0))
        pen.lineTo((50, 400 + 10 * number))
        pen.lineTo((450, 0))
        pen.closePath()
        strings[name] = pen.getCharString()
    builder.setupCFF("Test-Regular", {"FullName": "Test"}, strings, {})
    builder.setupHorizontalMetrics({name: (600 + number, 50) for number, name in enumerate([".notdef", *letters])})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular", "psName": "Test-Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "named.otf")
    face = Face(id="named", path=tmp_path / "named.otf")
    made = font_program(face, [3, 20])
    assert not cff.is_cid_keyed(made.data)
    assert made.cids == (0, 3, 20)
    assert dict(made.widths)[20] == 620
    other = type(desk)({"song": face}, desk.condition)
    pdf = other.file([other.content(other.run("NEWSPAPER"))])
    assert squeezed(pdfium_text(pdf)) == "NEWSPAPER"


def test_truetype_is_cut_and_mapped(desk: Desk) -> None:
    gids = desk.gids("kai", TEXT)
    made = font_program(desk.faces["kai"], gids)
    assert made.kind == "truetype"
    assert made.cid_to_gid is not None
    font = TTFont(io.BytesIO(made.data))
    assert set(font.keys()) <= {"GlyphOrder", "glyf", "head", "hhea", "hmtx", "loca", "maxp"}
    source, cut = hb.Font(hb.Face(desk.faces["kai"].blob())), hb.Font(hb.Face(made.data))
    for gid in gids:
        new = int.from_bytes(made.cid_to_gid[2 * gid : 2 * gid + 2], "big")
        assert outline(cut, new) == outline(source, gid) != []


def test_widths_are_those_of_the_program(desk: Desk) -> None:
    for face in ("song", "hei-black", "kai"):
        gids = desk.gids(face, TEXT + "il.W")
        made = font_program(desk.faces[face], gids)
        stated = dict(made.widths)
        font = hb.Font(hb.Face(desk.faces[face].blob()))
        for gid in made.cids:
            assert stated.get(gid, 1000) == round(font.get_glyph_h_advance(gid) * 1000 / font.face.upem)


def test_tags_tell_subsets_apart_and_repeat(desk: Desk) -> None:
    face = desk.faces["song"]
    first, again, other = (font_program(face, desk.gids("song", text)).name for text in ("清渡", "渡清", "大桥"))
    assert first == again != other
    assert re.fullmatch(r"[A-Z]{6}\+NotoSerifSC-Regular", first)


@pytest.mark.parametrize(("bits", "allowed"), [(0, True), (2, False), (4, True), (8, True), (6, True), (0x200, False)])
def test_embedding_permission_is_respected(desk: Desk, tmp_path: Path, bits: int, *, allowed: bool) -> None:
    face = permitted(desk.faces["kai"], bits, tmp_path)
    if allowed:
        assert font_program(face, [5]).data
        return
    with pytest.raises(FontError) as caught:
        font_program(face, [5])
    assert [item.code for item in caught.value.diagnostics] == ["E304"]
    assert str(bits) in caught.value.diagnostics[0].message()


def test_face_that_forbids_cutting_goes_in_whole(renumbered: Face, tmp_path: Path) -> None:
    face = permitted(renumbered, 0x100, tmp_path)
    assert font_program(face, [2]).cids == tuple(range(TTFont(face.path)["maxp"].numGlyphs))


def permitted(face: Face, bits: int, folder: Path) -> Face:
    font = TTFont(face.path, recalcTimestamp=False)
    font["OS/2"].fsType = bits
    path = folder / f"{bits}{face.path.suffix}"
    font.save(path)
    return replace(face, path=path)


def test_figures_come_from_the_font(desk: Desk) -> None:
    song, hei = (font_program(desk.faces[name], [1]).descriptor for name in ("song", "hei-black"))
    font = TTFont(desk.faces["song"].path)
    assert (song.ascent, song.descent) == (font["hhea"].ascent, font["hhea"].descent)
    assert song.cap_height == font["OS/2"].sCapHeight
    assert song.bbox == tuple(font["head"].__dict__[name] for name in ("xMin", "yMin", "xMax", "yMax"))
    assert song.flags & 2
    assert not hei.flags & 2
    assert hei.stem_v > song.stem_v


def test_maps_come_in_blocks_of_a_hundred() -> None:
    cmap = to_unicode({code: chr(0x4E00 + code) for code in range(1, 251)}).decode()
    assert re.findall(r"(\d+) beginbfchar", cmap) == ["100", "100", "50"]
    assert "<0001> <4e01>" in cmap
    assert b"<0007> <d840dfd7>" in to_unicode({7: "\U000203d7"})


def test_bit_set_and_width_array() -> None:
    assert cid_set([0, 1, 9]) == bytes([0b1100_0000, 0b0100_0000])
    assert width_array([(3, 500), (4, 510), (9, 250)]) == [3, [500, 510], 9, [250]]
    assert width_array([]) == []
