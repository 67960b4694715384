from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from layout.color import BLACK, Ink
from layout.condition import LineMinima, PictureLimits, PrintCondition, TextMinima
from layout.display import Glyphs, Key, Op, Picture, Sheet
from layout.fontbook import Face, advance, hb_font, load_fontbook
from layout.geometry import mm
from layout.pdf.content import page_content
from layout.pdf.metadata import DocumentInfo
from layout.pdf.writer import write_pdf
from layout.resources import fonts_folder, styles_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layout.pdf.artwork import Artwork
    from layout.pdf.content import PageContent
    from layout.pictures import Prepared

Reader = Callable[[bytes], "list[Shown]"]
Extract = Callable[[bytes], str]
Squeeze = Callable[[str], str]
"""What the fixtures `placed`, `pdfium_text` and `squeezed` hand out."""

INFO = DocumentInfo(title="清渡晚报 A01", date="2026-11-22")


@pytest.fixture(scope="session")
def faces() -> Mapping[str, Face]:
    return load_fontbook(fonts_folder()).faces


@pytest.fixture(scope="session")
def condition() -> PrintCondition:
    return PrintCondition(
        name="newsprint-240",
        profile=str(styles_folder() / "print" / "newsprint-240.icc"),
        sha256="",
        identifier="CGATS TR 002",
        registry="http://www.color.org",
        info="Coldset printing on newsprint",
        ink_limit=240,
        picture=PictureLimits(error_ppi=120, warn_ppi=170, max_ppi=300),
        text_min=TextMinima(k=5000, single_tint=8000, multi=9000, reversed=7000),
        line_min=LineMinima(k=250, multi=500, reversed=500),
        bleed=0,
        marks="none",
    )


@dataclass(frozen=True)
class Desk:
    """Makes runs, pages and files for the tests."""

    faces: Mapping[str, Face]
    condition: PrintCondition

    def gids(self, face: str, text: str) -> tuple[int, ...]:
        font = hb_font(self.faces[face])
        return tuple(font.get_nominal_glyph(ord(char)) or 0 for char in text)

    def advance(self, face: str, gid: int) -> int:
        return advance(self.faces[face], gid)

    def run(
        self,
        text: str,
        *,
        face: str = "song",
        size: int = 9500,
        x: int = 20_000,
        y: int = 40_000,
        ink: Ink = BLACK,
        track: int = 0,
        scale: int = 1000,
        overprint: bool = True,
    ) -> Glyphs:
        gids, xs, pen = self.gids(face, text), [], 0.0
        for gid in gids:
            xs.append(round(pen))
            pen += self.advance(face, gid) * size * scale / 1_000_000 + track
        return Glyphs(
            key=Key("story", "body"),
            face=face,
            size=size,
            ink=ink,
            x=x,
            y=y,
            gids=gids,
            xs=tuple(xs),
            texts=tuple(text),
            scale=scale,
            overprint=overprint,
        )

    def content(
        self, *ops: Op, page: str = "A01", bleed: int = 0, key: Callable[[Picture], str] | None = None
    ) -> PageContent:
        sheet = Sheet(page=page, trim=(mm(270), mm(390)), bleed=bleed, ops=ops)
        return page_content(sheet, self.advance, key)

    def file(
        self,
        pages: Sequence[PageContent],
        *,
        variant: str = "x1a",
        pictures: Mapping[str, Prepared] | None = None,
        artwork: Mapping[tuple[str, int], Artwork] | None = None,
        condition: PrintCondition | None = None,
        intents: tuple[str, ...] = ("pdfx", "pdfa"),
        faces: Mapping[str, Face] | None = None,
    ) -> bytes:
        return write_pdf(
            pages,
            faces=faces or self.faces,
            pictures=pictures or {},
            artwork=artwork or {},
            condition=condition or self.condition,
            variant="x4" if variant == "x4" else "x1a",
            info=INFO,
            intents=intents,
        )


@pytest.fixture(scope="session")
def desk(faces: Mapping[str, Face], condition: PrintCondition) -> Desk:
    return Desk(faces, condition)


@dataclass(frozen=True)
class Shown:
    """A glyph as the finished file places it: points from the lower left corner of the media box."""

    font: str
    size: float
    x: float
    y: float
    code: int


@pytest.fixture(scope="session")
def placed() -> Reader:
    """Return a reader of glyph positions that goes by the file alone: its operators and its widths."""
    return _placed


def _placed(pdf: bytes) -> list[Shown]:
    import pikepdf

    shown: list[Shown] = []
    with pikepdf.open(BytesIO(pdf)) as file:
        page = file.pages[0]
        widths = {name: _widths(font) for name, font in page.Resources.Font.items()}
        matrix, font, size, scale = pikepdf.Matrix(), "", 0.0, 1.0
        for instruction in pikepdf.parse_content_stream(page):
            operands: Any = instruction.operands
            match str(instruction.operator):
                case "Tf":
                    font, size = str(operands[0]), float(operands[1])
                case "Tz":
                    scale = float(operands[0]) / 100
                case "Tm":
                    matrix = pikepdf.Matrix(*(float(value) for value in operands))
                case "TJ" | "Tj":
                    items = operands[0] if str(instruction.operator) == "TJ" else [operands[0]]
                    for item in items:
                        if not isinstance(item, pikepdf.String):
                            matrix = pikepdf.Matrix(1, 0, 0, 1, -float(item) / 1000 * size * scale, 0) @ matrix
                            continue
                        raw = bytes(item)
                        for at in range(0, len(raw), 2):
                            code = int.from_bytes(raw[at : at + 2], "big")
                            shown.append(Shown(font, size, matrix.e, matrix.f, code))
                            width = widths[font].get(code, 1000) / 1000 * size * scale
                            matrix = pikepdf.Matrix(1, 0, 0, 1, width, 0) @ matrix
                case _:
                    pass
    return shown


def _widths(font: Any) -> dict[int, int]:  # noqa: ANN401 - a PDF object
    found: dict[int, int] = {}
    entries = list(font.DescendantFonts[0].get("/W", []))
    for first, row in zip(entries[::2], entries[1::2], strict=True):
        found |= {int(first) + index: int(width) for index, width in enumerate(row)}
    return found


@pytest.fixture(scope="session")
def pdfium_text() -> Extract:
    def extract(pdf: bytes) -> str:
        import pypdfium2

        with pypdfium2.PdfDocument(pdf) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)

    return extract


@pytest.fixture(scope="session")
def squeezed() -> Squeeze:
    """Return a function that drops white space, which extractors set by their own lights."""
    return lambda text: re.sub(r"[\s\u00a0]+", "", text)
