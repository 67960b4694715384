"""The packaged faces: the files meant, the characters and metrics Chinese setting needs, free names."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import uharfbuzz as hb
import yaml
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "fonts"
CATALOGUE: dict[str, Any] = yaml.load((FONTS / "fonts.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
FACES: dict[str, dict[str, str]] = CATALOGUE["faces"]
ROLES: dict[str, list[str]] = CATALOGUE["roles"]
NOTO = [key for key, face in FACES.items() if face["file"].endswith(".otf")]

RESERVED = ("lxgw", "霞鹜", "source")
COPYRIGHT, FAMILY, POSTSCRIPT, LICENCE, TYPOGRAPHIC_FAMILY = 0, 1, 6, 13, 16
SYMBOLS = "‼⁇⁈⁉①⑳㉑㈠℃‰№™±×÷→←↑↓《》「」『』【】〔〕—…·•※〇○●■□▲△★☆＋％￥：；！？àéüñāǎōŠžłßØ½²³"
OPENERS, CLOSERS, STOPS = "“‘（《「『【〔", "”’）》」』】〕，。、", "：；！？"


@cache
def font(key: str) -> TTFont:
    return TTFont(FONTS / FACES[key]["file"], lazy=True)


@cache
def covered(key: str) -> frozenset[int]:
    return frozenset(font(key).getBestCmap())


@cache
def shaper(key: str) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(FONTS / FACES[key]["file"]))))


def shape(key: str, text: str, direction: str = "ltr", **features: bool) -> list[tuple[int, int, int, int]]:
    """Return (glyph, advance along the line, x offset, y offset) of each glyph, in thousandths of an em."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = direction, "Hani", "zh-Hans"
    hb.shape(shaper(key), buffer, features)
    return [
        (info.codepoint, at.x_advance if direction == "ltr" else -at.y_advance, at.x_offset, at.y_offset)
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]


def ink(key: str, glyph: int) -> tuple[int, int, int, int]:
    """Return left, right, bottom, top of a glyph's ink."""
    box = shaper(key).get_glyph_extents(glyph)
    assert box is not None
    return box.x_bearing, box.x_bearing + box.width, box.y_bearing + box.height, box.y_bearing


def tgscc() -> str:
    lines = (FONTS / "tgscc.txt").read_text(encoding="utf-8").splitlines()
    return "".join(line for line in lines if not line.startswith("#"))


def test_table_of_general_standard_characters_is_whole() -> None:
    characters = tgscc()
    assert len(characters) == len(set(characters)) == 8105
    assert characters[:3] == "一乙二"
    assert characters[3499:3501] == "矗乂"


def test_catalogue_names_every_font_file_and_its_hash() -> None:
    files = {path.name for path in FONTS.iterdir() if path.suffix in {".otf", ".ttf", ".ttc"}}
    assert files == {face["file"] for face in FACES.values()}
    for face in FACES.values():
        assert hashlib.sha256((FONTS / face["file"]).read_bytes()).hexdigest() == face["sha256"], face["file"]


def test_roles_chain_known_faces_and_start_with_their_own() -> None:
    assert set(ROLES) == set(FACES)
    for role, chain in ROLES.items():
        assert chain[0] == role
        assert len(set(chain)) == len(chain) > 1
        assert set(chain) <= set(FACES)


@pytest.mark.parametrize("role", ROLES)
def test_role_covers_the_standard_characters_gb2312_and_symbols(role: str) -> None:
    have = frozenset[int]().union(*(covered(key) for key in ROLES[role]))
    hanzi = bytes(byte for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    gb2312 = hanzi.decode("gb2312", errors="ignore")
    wanted = tgscc() + SYMBOLS + gb2312 + "".join(map(chr, range(0x20, 0x7F)))
    assert [character for character in wanted if ord(character) not in have] == []


@pytest.mark.parametrize("key", NOTO)
def test_noto_faces_need_no_fallback_for_standard_characters(key: str) -> None:
    assert set(map(ord, tgscc())) <= covered(key)


@pytest.mark.parametrize("key", FACES)
def test_names_are_ours_to_use(key: str) -> None:
    records = font(key)["name"].names
    for record in records:
        if record.nameID != COPYRIGHT:
            text = record.toUnicode().lower()
            assert not [word for word in RESERVED if word in text], text
    names = font(key)["name"]
    family = names.getDebugName(TYPOGRAPHIC_FAMILY) or names.getDebugName(FAMILY)
    assert family == FACES[key]["family"]
    assert names.getDebugName(POSTSCRIPT) == Path(FACES[key]["file"]).stem
    assert "Copyright" in names.getDebugName(COPYRIGHT) or "©" in names.getDebugName(COPYRIGHT)
    assert "SIL Open Font License" in names.getDebugName(LICENCE)


def test_kai_bears_its_chinese_name() -> None:
    assert font("kai")["name"].getName(FAMILY, 3, 1, 0x804).toUnicode() == "版面楷体"


@pytest.mark.parametrize("key", FACES)
def test_face_has_the_weight_named_and_may_be_embedded(key: str) -> None:
    os2 = font(key)["OS/2"]
    assert os2.usWeightClass == int(FACES[key]["weight"])
    assert os2.fsType == 0
    assert font(key)["head"].unitsPerEm == 1000


@pytest.mark.parametrize("key", FACES)
def test_face_has_vertical_metrics_and_no_hints(key: str) -> None:
    tables = set(font(key).keys())
    assert {"vhea", "vmtx", "GSUB", "GPOS"} <= tables
    assert not tables & {"fpgm", "prep", "cvt ", "gasp", "DSIG"}
    assert ("VORG" in tables) == (key in NOTO)
    assert ("CFF " in tables) == (key in NOTO)


@pytest.mark.parametrize("key", NOTO)
def test_noto_is_cid_keyed_with_cid_equal_to_glyph_id(key: str) -> None:
    cff = font(key)["CFF "].cff
    top = cff[0]
    count = font(key)["maxp"].numGlyphs
    assert top.ROS[:2] == ("Adobe", "Identity")
    assert cff.fontNames == [Path(FACES[key]["file"]).stem]
    assert top.CIDCount == count
    assert list(top.charset) == [".notdef", *(f"cid{glyph:05d}" for glyph in range(1, count))]


@pytest.mark.parametrize("key", FACES)
@pytest.mark.parametrize(("marks", "shift"), [(OPENERS, -500), (CLOSERS + STOPS, 0), ("・", -250)])
def test_halt_sets_marks_on_half_an_em(key: str, marks: str, shift: int) -> None:
    for mark in marks:
        assert shape(key, mark)[0][1] == 1000, mark
        ((glyph, advance, dx, dy),) = shape(key, mark, halt=True)
        assert (advance, dx, dy) == (500, shift, 0), mark
        left, right, _, _ = ink(key, glyph)
        assert left + dx >= -30, mark
        assert right + dx <= 530, mark


@pytest.mark.parametrize("key", FACES)
@pytest.mark.parametrize(("marks", "shift"), [(OPENERS, 500), (CLOSERS, 0)])
def test_vhal_sets_vertical_marks_on_half_an_em(key: str, marks: str, shift: int) -> None:
    for mark in marks:
        ((_, full, full_x, full_y),) = shape(key, mark, "ttb")
        ((glyph, half, x, y),) = shape(key, mark, "ttb", vhal=True)
        assert (full, half, x - full_x, y - full_y) == (1000, 500, 0, shift), mark
        _, _, bottom, top = ink(key, glyph)
        assert top + y <= 30, mark
        assert bottom + y >= -530, mark


@pytest.mark.parametrize("key", FACES)
def test_vert_turns_marks_and_dashes(key: str) -> None:
    for text in ("，", "。", "（", "《", "“", "：", "——", "……"):
        across, down = shape(key, text), shape(key, text, "ttb")
        assert 0 not in {glyph for glyph, *_ in across + down}
        assert {glyph for glyph, *_ in across}.isdisjoint(glyph for glyph, *_ in down), text


@pytest.mark.parametrize("key", FACES)
@pytest.mark.parametrize("direction", ["ltr", "ttb"])
@pytest.mark.parametrize("pair", ["——", "……"])
def test_dash_and_ellipsis_pairs_are_two_ems(key: str, direction: str, pair: str) -> None:
    glyphs = shape(key, pair, direction)
    assert sum(advance for _, advance, *_ in glyphs) == 2000
    for glyph, advance, *_ in glyphs:
        left, right, bottom, top = ink(key, glyph)
        width, height = right - left, top - bottom
        length, thickness = (width, height) if direction == "ltr" else (height, width)
        assert length > 0.7 * advance
        assert thickness < 200


@pytest.mark.parametrize("key", FACES)
def test_quotes_are_full_width_and_have_latin_forms(key: str) -> None:
    for mark in "“”‘’":
        assert shape(key, mark)[0][1] == 1000
        assert 100 < shape(key, mark, pwid=True)[0][1] < 700, mark


@pytest.mark.parametrize("key", FACES)
@pytest.mark.parametrize("direction", ["ltr", "ttb"])
def test_middle_dot_has_a_chinese_form_of_half_an_em(key: str, direction: str) -> None:
    ((_, full, *_),) = shape(key, "·", direction, fwid=True)
    ((_, half, *_),) = shape(key, "·", direction, fwid=True, halt=True, vhal=True)
    assert (full, half) == (1000, 500)


@pytest.mark.parametrize("name", ["OFL-Noto.txt", "OFL-LayoutKai.txt"])
def test_licence_texts_are_whole(name: str) -> None:
    text = (FONTS / name).read_text(encoding="utf-8")
    for part in ("SIL OPEN FONT LICENSE Version 1.1", "PERMISSION & CONDITIONS", "TERMINATION", "DISCLAIMER"):
        assert part in text


def test_every_face_is_named_in_a_licence_text() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in FONTS.glob("OFL-*.txt"))
    for face in FACES.values():
        assert face["licence"] == "OFL-1.1"
        assert face["file"] in texts


def test_faces_together_stay_small() -> None:
    assert sum((FONTS / face["file"]).stat().st_size for face in FACES.values()) < 19_000_000
