"""Make the font files of this folder from Debian's packages.

Run by maintainers, never while a paper is built:

    apt-get install fonts-noto-cjk fonts-noto-cjk-extra fonts-lxgw-wenkai unicode-data
    python fonts/build.py             # builds and compares with the hashes in fonts.yaml
    python fonts/build.py --accept    # the same, then writes the new hashes into fonts.yaml

Every source file is known by its SHA-256, every tool by its version, so the same bytes come out each time.
Written: `tgscc.txt` (the 8,105 characters of the Table of General Standard Chinese Characters, from Unihan's
kTGH field), the reduced faces, and the `sha256` lines of `fonts.yaml`.
"""

from __future__ import annotations

import argparse
import bz2
import hashlib
import io
import re
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import kai
import uharfbuzz as hb
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont, newTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOOLS: Final = {"fonttools": "4.68.0", "uharfbuzz": "0.57.0"}
"""The versions the committed files were made with; others may write other bytes."""

TGSCC_COUNT: Final = 8105
TGSCC_LEVELS: Final = ((1, 1, 3500), (2, 3501, 6500), (3, 6501, TGSCC_COUNT))
"""Levels of the table (State Council, 2013): level, first and last number."""

FEATURES: Final = (
    "calt", "ccmp", "fwid", "halt", "hwid", "kern", "locl", "mark",
    "palt", "pwid", "vert", "vhal", "vkrn", "vpal", "vrt2",
)  # fmt: skip
"""OpenType features kept; stylistic, historic, ruby and ligature features are dropped."""

RANGES: Final = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A
    (0x018F, 0x0192), (0x01A0, 0x01A1), (0x01AF, 0x01B0), (0x01CD, 0x01DC), (0x01F8, 0x01F9),  # names, pinyin
    (0x0218, 0x021B), (0x0251, 0x0251), (0x0259, 0x0259), (0x0261, 0x0261), (0x1E3E, 0x1E3F),
    (0x1EA0, 0x1EF9),  # Vietnamese names
    (0x02C7, 0x02CB), (0x02D8, 0x02DD), (0x0300, 0x0304), (0x0306, 0x030C),  # tone marks
    (0x2010, 0x2027), (0x2030, 0x205E),  # general punctuation, with ‼ ⁇ ⁈ ⁉ ‰
    (0x2070, 0x2071), (0x2074, 0x208E), (0x20A0, 0x20BF),  # raised and lowered figures, money
    (0x2100, 0x214F), (0x2150, 0x218B),  # ℃ № ™; fractions, Roman numbers
    (0x2190, 0x21FF), (0x2200, 0x22FF),  # arrows, mathematics
    (0x2460, 0x24FF),  # numbers in circles and brackets
    (0x2500, 0x257F), (0x2580, 0x25FF), (0x2600, 0x266F),  # rules, blocks, shapes, ★ ☎ ♀ ♂
    (0x2713, 0x2718), (0x2756, 0x2756), (0x2776, 0x2793), (0x27A1, 0x27A1), (0x2E3A, 0x2E3B),
    (0x3000, 0x303F),  # CJK symbols and punctuation, 〇
    (0x3041, 0x3096), (0x3099, 0x30FF), (0x3105, 0x312F),  # kana, zhuyin
    (0x3220, 0x3243), (0x3251, 0x325F), (0x3280, 0x32BF),  # ㈠ ㉑ ㊀
    (0x3371, 0x33DF),  # ㎡ ㎏ and other units
    (0xFE10, 0xFE19), (0xFE30, 0xFE4F),  # vertical forms
    (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0xFFFD, 0xFFFD),  # full-width forms
)  # fmt: skip
"""Code points kept beside GB 2312 and the Table of General Standard Chinese Characters."""

HAN_RANGES: Final = (
    (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3220, 0x33FF), (0x3400, 0x9FFF),
    (0xF900, 0xFAFF), (0x1F200, 0x1F2FF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""Ideographs, and signs made of them."""


class RecipeError(Exception):
    """A source, a tool or a result is not the one the recipe names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file of a Debian package: its path under the file system root and its SHA-256."""

    package: str
    path: str
    sha256: str

    def read(self, root: Path) -> bytes:
        """Return the file's bytes.

        Raises:
            RecipeError: the file is absent, or not the one meant.
        """
        path = root / self.path
        if not path.is_file():
            message = f"{path} is absent: install {self.package}"
            raise RecipeError(message)
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            message = f"{path} is not the file of {self.package}"
            raise RecipeError(message)
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How one face is made: its key in `fonts.yaml`, source, subfont of the collection and finishing step."""

    key: str
    file: str
    source: Source
    subfont: int
    finish: Callable[[TTFont], None]


UNIHAN: Final = Source(
    package="unicode-data 15.0.0-1",
    path="usr/share/unicode/Unihan_OtherMappings.txt.bz2",
    sha256="bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2",
)


def tgscc(unihan: bytes) -> list[str]:
    """Return the characters of the Table of General Standard Chinese Characters, in its order.

    Args:
        unihan: Unihan_OtherMappings.txt, bzip2-compressed.

    Raises:
        RecipeError: the numbers are not exactly 1 to 8105.
    """
    text = bz2.decompress(unihan).decode("utf-8")
    fields = re.findall(r"^U\+([0-9A-F]+)\tkTGH\t2013:(\d+)$", text, re.MULTILINE)
    by_number = {int(number): chr(int(code, 16)) for code, number in fields}
    if sorted(by_number) != list(range(1, TGSCC_COUNT + 1)):
        message = f"kTGH gives {len(by_number)} characters, not {TGSCC_COUNT}"
        raise RecipeError(message)
    return [by_number[number] for number in range(1, TGSCC_COUNT + 1)]


def tgscc_text(characters: list[str], per_line: int = 50) -> str:
    """Return the text of `tgscc.txt`: comment lines start with `#`, the others are characters."""
    lines = ["# Table of General Standard Chinese Characters (2013), in its order; Unihan 15.0, kTGH."]
    for level, first, last in TGSCC_LEVELS:
        lines.append(f"# Level {level}: {first} to {last}")
        level_text = "".join(characters[first - 1 : last])
        lines.extend(level_text[at : at + per_line] for at in range(0, len(level_text), per_line))
    return "\n".join(lines) + "\n"


def gb2312() -> Iterator[str]:
    """Yield every character of GB 2312-80: symbols (rows 1 to 9) and ideographs (rows 16 to 87)."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from bytes((row, cell)).decode("gb2312", errors="ignore")


def charset(standard: list[str]) -> set[int]:
    """Return the code points every face is reduced to."""
    codes = {code for first, last in RANGES for code in range(first, last + 1)}
    codes.update(map(ord, standard))
    codes.update(map(ord, gb2312()))
    return codes


def is_han(code: int) -> bool:
    """Tell whether a code point is an ideograph or a sign made of one."""
    return any(first <= code <= last for first, last in HAN_RANGES)


def localise_marks_only(font: TTFont) -> None:
    """Take the ideographs out of the lookups only `locl` uses.

    Punctuation keeps its regional forms (centred for zh-TW and zh-HK). Regional ideographs would add 6,500
    glyphs to a set chosen for simplified Chinese.
    """
    codes: dict[str, list[int]] = {}
    for code, name in font.getBestCmap().items():
        codes.setdefault(name, []).append(code)
    table = font["GSUB"].table
    users: dict[int, set[str]] = {}
    for record in table.FeatureList.FeatureRecord:
        for index in record.Feature.LookupListIndex:
            users.setdefault(index, set()).add(record.FeatureTag)
    for index in (index for index, tags in users.items() if tags == {"locl"}):
        for subtable in table.LookupList.Lookup[index].SubTable:
            single = getattr(subtable, "ExtSubTable", subtable)
            single.mapping = {
                old: new
                for old, new in single.mapping.items()
                if codes.get(old) and not any(map(is_han, codes[old]))
            }


def reduce(data: bytes, codes: set[int]) -> bytes:
    """Return the font with only the glyphs `codes` need, without hints, charstrings in full.

    Charstrings without subroutines are larger, but smaller once deflated: in git, in a wheel, in a PDF.
    """
    inputs = hb.SubsetInput()
    inputs.unicode_set.update(codes)
    features = inputs.layout_feature_tag_set
    features.clear()
    features.update(int.from_bytes(tag.encode("ascii"), "big") for tag in FEATURES)
    inputs.name_id_set.add_range(0, 25)
    inputs.name_lang_id_set.add_range(0, 0xFFFF)
    inputs.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in ("gasp", "DSIG"))
    inputs.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.DESUBROUTINIZE
    return bytes(hb.subset(hb.Face(data), inputs).blob.data)


def finish_noto(font: TTFont) -> None:
    """Name the reduced face apart from the whole one, and number its CIDs as its glyphs.

    The subsetter renumbers glyphs but keeps the CIDs of the whole font. Where CID = glyph id, a PDF writer
    can use glyph ids as codes, and a second subset keeps them.
    """
    for record in font["name"].names:
        if record.nameID in kai.NAMING:
            record.string = record.toUnicode().replace(" CJK SC", " SC").replace("CJKsc-", "SC-")
    cff = CFFFontSet()
    cff.decompile(io.BytesIO(font.getTableData("CFF ")), font)
    top = cff[0]
    charstrings = top.CharStrings
    old = list(top.charset)
    new = [".notdef", *(f"cid{glyph:05d}" for glyph in range(1, len(old)))]
    charstrings.charStrings = {name: charstrings.charStrings[was] for was, name in zip(old, new, strict=True)}
    top.charset = new
    top.CIDCount = len(new)
    cff.fontNames = [font["name"].getDebugName(6)]
    out = io.BytesIO()
    cff.compile(out, font)
    table: Any = newTable("CFF ")
    raw = out.getvalue()
    table.compile = lambda _font: raw
    font["CFF "] = table


def prepare(recipe: Recipe, data: bytes) -> bytes:
    """Return the single font of the recipe's source, its regional forms reduced to marks."""
    font = TTFont(io.BytesIO(data), fontNumber=recipe.subfont, lazy=True, recalcTimestamp=False)
    localise_marks_only(font)
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def make(recipe: Recipe, root: Path, codes: set[int]) -> bytes:
    """Return the finished font file."""
    reduced = reduce(prepare(recipe, recipe.source.read(root)), codes)
    font = TTFont(io.BytesIO(reduced), recalcTimestamp=False)
    recipe.finish(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _noto(key: str, file: str, package: str, collection: str, sha256: str) -> Recipe:
    source = Source(
        package=f"{package} 1:20220127+repack1-1",
        path=f"usr/share/fonts/opentype/noto/{collection}",
        sha256=sha256,
    )
    return Recipe(key=key, file=file, source=source, subfont=2, finish=finish_noto)


RECIPES: Final = (
    _noto("song", "NotoSerifSC-Regular.otf", "fonts-noto-cjk", "NotoSerifCJK-Regular.ttc",
          "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481"),
    _noto("song-bold", "NotoSerifSC-Bold.otf", "fonts-noto-cjk", "NotoSerifCJK-Bold.ttc",
          "a5d4b046c127da3d7c72f98b46c41489cd29bf52abfdf18aba920903e920d4ac"),
    _noto("song-black", "NotoSerifSC-Black.otf", "fonts-noto-cjk-extra", "NotoSerifCJK-Black.ttc",
          "7d38a254818bec880251400165923b5afdee2ae9a58c8276e912f26df2badecb"),
    _noto("hei", "NotoSansSC-Medium.otf", "fonts-noto-cjk-extra", "NotoSansCJK-Medium.ttc",
          "197d5e1e019faca33a4d55931c7d68b8056f3b97cb862049f5cb8de9efdfb8ce"),
    _noto("hei-black", "NotoSansSC-Black.otf", "fonts-noto-cjk-extra", "NotoSansCJK-Black.ttc",
          "3cffb10242b4b7e6edd439ebf3bd7e392345525e093ea08149e0a0158a1b5151"),
    Recipe(
        key="kai", file="LayoutKai-Regular.ttf", subfont=0, finish=kai.finish,
        source=Source(
            package="fonts-lxgw-wenkai 1.250+repack-1",
            path="usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
            sha256="bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
        ),
    ),
)  # fmt: skip


def with_hash(catalogue: str, key: str, sha256: str) -> str:
    """Return the text of `fonts.yaml` with the hash of one face replaced, all else untouched.

    Raises:
        RecipeError: the catalogue has no such face.
    """
    block = re.compile(rf'(^  {re.escape(key)}:\n(?:    .*\n)*?    sha256: )"[0-9a-f]*"', re.MULTILINE)
    text, count = block.subn(rf'\g<1>"{sha256}"', catalogue)
    if count != 1:
        message = f"fonts.yaml has no face {key!r} with a sha256 line"
        raise RecipeError(message)
    return text


def main(arguments: list[str] | None = None) -> int:
    """Build all faces; return 0 if the hashes in `fonts.yaml` hold (or were accepted), else 1."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description="Make the font files of this folder from Debian's packages.")
    parser.add_argument("--root", type=Path, default=Path("/"), help="where the packages are unpacked")
    parser.add_argument("--out", type=Path, default=here, help="folder to write to")
    parser.add_argument("--accept", action="store_true", help="write the new hashes into fonts.yaml")
    options = parser.parse_args(arguments)
    found = {name: version(name) for name in TOOLS}
    if found != TOOLS:
        message = f"the recipe needs {TOOLS}, found {found}"
        raise RecipeError(message)
    options.out.mkdir(parents=True, exist_ok=True)
    standard = tgscc(UNIHAN.read(options.root))
    (options.out / "tgscc.txt").write_text(tgscc_text(standard), encoding="utf-8", newline="\n")
    codes = charset(standard)
    catalogue = (here / "fonts.yaml").read_text(encoding="utf-8")
    accepted = catalogue
    for recipe in RECIPES:
        data = make(recipe, options.root, codes)
        sha256 = hashlib.sha256(data).hexdigest()
        (options.out / recipe.file).write_bytes(data)
        accepted = with_hash(accepted, recipe.key, sha256)
        sys.stdout.write(f"{sha256}  {len(data):>9,}  {recipe.file}\n")
    if options.accept:
        (here / "fonts.yaml").write_text(accepted, encoding="utf-8", newline="\n")
        return 0
    return int(accepted != catalogue)


if __name__ == "__main__":
    sys.exit(main())
