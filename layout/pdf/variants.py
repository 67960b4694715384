"""The flavours of press file, as a table: what each standard pair asks of the file as a whole (print.md 1)."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

VariantName = Literal["x1a", "x4"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One flavour.

    Attributes:
        name: as the command line knows it.
        pdf_version: header of the file.
        pdfx: identification, GTS_PDFXVersion.
        pdfa: PDF/A part and conformance level of the hybrid.
        pdfx_in_xmp: identification and trapping are stated in XMP too (PDF/X-4 demands it, PDF/A-1 has no schema).
        cid_set: CIDSet in font descriptors (PDF/A-1 demands it; from PDF/A-2 on it is better left out).
        transparency: transparency groups of placed artwork may stay.
        light: colours given as light may stay, with a profile.
    """

    name: VariantName
    pdf_version: str
    pdfx: str
    pdfa: tuple[int, str]
    pdfx_in_xmp: bool
    cid_set: bool
    transparency: bool
    light: bool


VARIANTS: Final[Mapping[str, Variant]] = MappingProxyType(
    {
        "x1a": Variant(
            name="x1a",
            pdf_version="1.4",
            pdfx="PDF/X-1a:2003",
            pdfa=(1, "B"),
            pdfx_in_xmp=False,
            cid_set=True,
            transparency=False,
            light=False,
        ),
        "x4": Variant(
            name="x4",
            pdf_version="1.6",
            pdfx="PDF/X-4",
            pdfa=(2, "U"),
            pdfx_in_xmp=True,
            cid_set=False,
            transparency=True,
            light=True,
        ),
    }
)
