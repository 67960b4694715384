"""A copy of a file with its findings marked in it: a numbered frame round every place, a note with the text.

Marks are annotations with an appearance of their own, so that every viewer shows and prints them; the pages'
content stays as it is.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from layout.diagnostics import Severity
from layout.preflight.boxes import sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.diagnostics import Diagnostic
    from layout.preflight.report import Box, Sheet

COLOURS: Final = {Severity.ERROR: (0.85, 0.0, 0.1), Severity.WARNING: (0.95, 0.55, 0.0), Severity.INFO: (0, 0.4, 0.8)}
AIR: Final = 2.0
"""Points between a place and its frame."""

WEIGHT: Final = 1.2
LABEL: Final = 9.0
"""Frame's weight and number's size in points."""

STEP: Final = 24.0
"""Distance of notes without a place, set down the page's left edge."""

AUTHOR: Final = "preflight"


def mark(data: bytes, findings: Sequence[Diagnostic], language: str = "en") -> bytes:
    """Return a copy of a file with the findings marked; those about the whole file stand on its first page.

    Raises:
        pikepdf.PdfError: the file cannot be read.
    """
    with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
        named = sheets(pdf)
        loose = [0] * len(named)
        for number, item in enumerate(findings, 1):
            at = next((index for index, sheet in enumerate(named) if sheet.name == item.page), 0)
            box = _box(item, named[at])
            if box is None:
                left, _, _, top = named[at].trim
                y = top - STEP * (loose[at] + 1)
                loose[at] += 1
                box = (left + STEP / 2, y, left + STEP * 1.5, y + STEP / 2)
            made = pdf.make_indirect(_annotation(pdf, number, item, box, language))
            page = pdf.pages[at].obj
            if not isinstance(page.get("/Annots"), Array):
                page.Annots = Array([])
            page.Annots.append(made)
        out = BytesIO()
        pdf.save(out, static_id=True)
    return out.getvalue()


def _box(item: Diagnostic, sheet: Sheet) -> Box | None:
    if item.area is None:
        return None
    x, y, width, height = (value / 1000 for value in item.area)
    left, top = sheet.trim[0] + x, sheet.trim[3] - y
    return left - AIR, top - height - AIR, left + width + AIR, top + AIR


def _annotation(pdf: pikepdf.Pdf, number: int, item: Diagnostic, box: Box, language: str) -> Dictionary:
    red, green, blue = COLOURS[item.severity]
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    label = str(number)
    wide = LABEL * (0.6 * len(label) + 0.4)
    drawn = (
        f"{red} {green} {blue} RG {red} {green} {blue} rg {WEIGHT} w "
        f"{WEIGHT / 2:.2f} {WEIGHT / 2:.2f} {width - WEIGHT:.2f} {height - WEIGHT:.2f} re S "
        f"0 {height:.2f} {wide:.2f} {LABEL * 1.2:.2f} re f "
        f"BT 1 g /F {LABEL} Tf 1 0 0 1 {LABEL * 0.2:.2f} {height + LABEL * 0.25:.2f} Tm ({label}) Tj ET"
    )
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica-Bold"))
    shown = pdf.make_stream(drawn.encode("ascii"))
    rect = [round(edge, 3) for edge in (left, bottom, max(right, left + wide), top + LABEL * 1.2)]
    shown.Type, shown.Subtype = Name.XObject, Name.Form
    shown.BBox = Array([0, 0, rect[2] - rect[0], rect[3] - rect[1]])
    shown.Resources = Dictionary(Font=Dictionary(F=font))
    words = f"{number}. {item.code} {item.message(language)}" + (f" ({item.hint})" if item.hint else "")
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Square,
        Rect=Array(rect),
        C=Array([red, green, blue]),
        Contents=String(words),
        T=String(AUTHOR),
        F=4,  # printed with the page
        AP=Dictionary(N=shown),
    )
