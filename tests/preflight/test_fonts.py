"""Fonts of other programs: simple TrueType as reportlab writes it, Type 1C as Ghostscript does, widths told in full."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest

from layout.preflight.fontprograms import _drawn_width, _leading_width, read_program
from layout.preflight.fonts import mapped_codes
from layout.preflight.inspect import inspect
from layout.preflight.typefaces import Typefaces, cid_widths
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layout.condition import PrintCondition

FONT_RULES = {f"E74{number}" for number in range(10)} | {"W744", "W746", "W747"}


def font_findings(data: bytes, condition: PrintCondition) -> set[str]:
    return {item.code for item in inspect(data, condition).findings} & FONT_RULES


def test_widths_at_the_head_of_charstrings_are_those_that_drawing_gives(good: Mapping[str, bytes]) -> None:
    from fontTools.cffLib import CFFFontSet

    seen = 0
    with pikepdf.open(BytesIO(good["x1a"])) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            if "/FontFile3" not in descriptor:
                continue
            fonts = CFFFontSet()
            fonts.decompile(BytesIO(descriptor.FontFile3.read_bytes()), None)
            top = fonts[0]
            face = Typefaces().face(font)
            program = read_program(face)
            assert program is not None
            for gid, name in enumerate(top.charset):
                assert program.width(gid) == _drawn_width(top, name)
                seen += 1
    assert seen > 500


@pytest.mark.parametrize(
    ("charstring", "width"),
    [
        (bytes([139 + 50, 139, 139 + 10, 1, 14]), 50),  # w 0 10 hstem endchar
        (bytes([139, 139 + 10, 1, 14]), None),
        (bytes([139 - 20, 139, 139, 21]), -20),  # w 0 0 rmoveto
        (bytes([139, 139, 21]), None),
        (bytes([247, 0, 139, 22]), 108),  # w 0 hmoveto
        (bytes([139, 4]), None),
        (bytes([28, 1, 0, 14]), 256),  # w endchar
        (bytes([14]), None),
        (bytes([139, 139, 139, 139, 14]), None),  # accents by endchar
        (bytes([255, 0, 5, 128, 0, 139, 139, 1, 14]), 5.5),
        (bytes([139, 10]), ...),  # callsubr
    ],
)
def test_the_head_of_a_charstring(charstring: bytes, width: float | None) -> None:
    assert _leading_width(charstring) == width


@pytest.fixture(scope="module")
def simple() -> bytes:
    """A page in a simple, subset TrueType font."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    path = next(path for path in sorted(fonts_folder().glob("*.ttf")) if "Kai" in path.name)
    pdfmetrics.registerFont(TTFont("Kai", str(path)))
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas._preamble = ""
    canvas.setFont("Kai", 12)
    canvas.drawString(100, 100, "清渡大桥今晚通车 Bridge 2026")
    canvas.save()
    return out.getvalue()


def test_simple_truetype(simple: bytes, condition: PrintCondition) -> None:
    assert font_findings(simple, condition) == set()


def test_simple_truetype_with_another_width(simple: bytes, condition: PrintCondition) -> None:
    with pikepdf.open(BytesIO(simple)) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            if "/Widths" in font:  # reportlab lists Helvetica too, which nothing uses
                font.Widths = pikepdf.Array([int(width) + 50 for width in font.Widths])
        out = BytesIO()
        pdf.save(out)
    assert font_findings(out.getvalue(), condition) == {"E742"}


POSTSCRIPT = """%!PS
/Times-Roman findfont 12 scalefont setfont 100 100 moveto (Bridge open, 2026: "fi" and office) show
/Helvetica-Bold findfont dup length dict begin { def } forall /Encoding ISOLatin1Encoding def currentdict end
/H exch definefont 12 scalefont setfont 100 200 moveto (Caf\\351 \\(open\\)) show
showpage
"""


def test_type_1c_of_ghostscript(tmp_path: Path, condition: PrintCondition) -> None:
    if shutil.which("gs") is None:
        pytest.skip("gs is not installed")
    (tmp_path / "a.ps").write_text(POSTSCRIPT, encoding="latin-1")
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-dEmbedAllFonts=true", "-dMaxSubsetPct=100"]
    subset = ["-c", "<< /NeverEmbed [] >> setdistillerparams", "-f"]
    subprocess.run([*command, "-o", str(tmp_path / "a.pdf"), *subset, str(tmp_path / "a.ps")], check=True)
    data = (tmp_path / "a.pdf").read_bytes()
    with pikepdf.open(BytesIO(data)) as pdf:
        descriptors = [font.FontDescriptor for font in pdf.pages[0].Resources.Font.values()]
        assert all("/FontFile3" in descriptor for descriptor in descriptors)
        assert font_findings(data, condition) <= {"W747"}
        for font in pdf.pages[0].Resources.Font.values():
            font.Widths = pikepdf.Array([float(width) + 50 if width else 0 for width in font.Widths])
        out = BytesIO()
        pdf.save(out)
    assert "E742" in font_findings(out.getvalue(), condition)


def test_unicode_maps_are_read() -> None:
    cmap = b"""2 beginbfchar <0003> <4e00> <0007> <> endbfchar
    2 beginbfrange <0010> <0013> <4e10> <0020> <0021> [<4e01> <4e02>] endbfrange"""
    assert mapped_codes(cmap) == {3, 0x10, 0x11, 0x12, 0x13, 0x20, 0x21}


def test_width_arrays_are_read() -> None:
    stated = pikepdf.Array([1, pikepdf.Array([500, 600]), 10, 12, 250])
    assert cid_widths(stated) == {1: 500, 2: 600, 10: 250, 11: 250, 12: 250}
    assert cid_widths(None) == {}
