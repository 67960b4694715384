"""Set short texts through the whole pipeline, read the PDF back, and measure it in em.

A `Setting` is a text and the rules it is set by; `print_pages` makes a PDF of many, one a page; `read_pages` goes by
the file alone: operators of the content streams, widths of the fonts, ToUnicode maps. What is asserted of a setting is
a function of the lines that were read; it knows nothing of the engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf

from layout.color import BLACK
from layout.display import Key, Sheet
from layout.fontbook import advance
from layout.page.draw import atoms_to_glyphs
from layout.pdf.content import PageContent, page_content
from layout.pdf.metadata import DocumentInfo
from layout.pdf.writer import write_pdf
from layout.reading.styles import read_condition
from layout.text.justify import prepare
from layout.text.linebreak import break_paragraph
from layout.text.setting import set_line, set_paragraph
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.display import Glyphs
    from layout.fontbook import Fontbook
    from layout.model import Region
    from layout.style import Style
    from layout.text.setting import Line as SetLine

SIZE: Final = 10_000
PITCH: Final = 14_000
MARGIN: Final = 3 * SIZE
"""Left of the measure, so that nothing lies off the page where a cell begins before its body."""

NEAR: Final = 0.0025
"""Positions in a file are exact to 1/1000 em a glyph."""


class Glyph(NamedTuple):
    """A glyph as the file shows it: its text, origin from the left end of the measure and advance in em."""

    text: str
    x: float
    advance: float


Line = tuple[Glyph, ...]
Lines = tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A text and how it is set. `measure` is in em; `rules` replace values of the style's composition.

    `indented` begins the paragraph with the body text's indent, as stories do. `stretch` sets the whole text as one
    justified line, by so much (em) wider than its natural width. `names` are kept whole where possible.
    """

    text: str
    measure: float = 40
    indented: bool = False
    region: Region = "zh-Hans"
    level: str = "gb"
    role: str = "song"
    stretch: float | None = None
    names: tuple[str, ...] = ()
    rules: tuple[tuple[str, Any], ...] = ()


Check = Callable[..., None]
"""Asserts something of the lines of each setting of a case, in order."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A clause, the settings that show it, and what must be seen in them."""

    id: str
    settings: tuple[Setting, ...] = field(repr=False)
    check: Check = field(repr=False)


# --- setting -------------------------------------------------------------------------------------------------------


def print_page(setting: Setting, book: Fontbook, house: Style) -> PageContent:
    """Return a setting as page content, by the way that stories go."""
    rules = replace(house.composition, **dict(setting.rules))
    spans = tuple(match.span() for name in setting.names for match in re.finditer(name, setting.text))
    style = ShapeStyle(setting.role, SIZE, setting.region, setting.level)
    material = prepare(shape(setting.text, style, book, no_break=spans), rules)
    measure = round(setting.measure * SIZE)
    indent = round(house.body.indent_em * SIZE) if setting.indented else 0

    def width(line: int) -> int:
        return measure - indent if line == 0 else measure

    lines: Iterator[SetLine]
    if setting.stretch is not None:
        measure = material.width(0, len(material)) + round(setting.stretch * SIZE)
        lines = iter([set_line(material, 0, len(material), measure, last=False)])
    else:
        best = min(break_paragraph(material, width).values(), key=lambda one: (one.demerits, one.lines))
        lines = set_paragraph(material, best, width)
    ops: list[Glyphs] = []
    y = PITCH
    for number, line in enumerate(lines):
        x = MARGIN + (indent if number == 0 else 0)
        ops.extend(atoms_to_glyphs(material, line.start, line.xs, x, y, BLACK, Key("text", "body", 1, number)))
        y += PITCH
    sheet = Sheet(page="A01", trim=(measure + 2 * MARGIN, y), bleed=0, ops=tuple(ops))
    return page_content(sheet, lambda face, gid: advance(book.faces[face], gid))


def bind(pages: Sequence[PageContent], book: Fontbook) -> bytes:
    """Return a PDF of the pages."""
    return write_pdf(
        pages,
        faces=book.faces,
        pictures={},
        artwork={},
        condition=read_condition("newsprint-240"),
        variant="x1a",
        info=DocumentInfo(title="conformance", date="2026-11-22"),
    )


# --- reading -------------------------------------------------------------------------------------------------------


def read_pages(pdf: bytes) -> Iterator[Lines]:
    """Yield the lines of every page, from the top, glyphs from the left."""
    with pikepdf.open(BytesIO(pdf)) as file:
        fonts: dict[tuple[int, int], _Font] = {}
        for page in file.pages:
            names = {}
            for name, font in page.Resources.Font.items():
                if font.objgen not in fonts:
                    fonts[font.objgen] = _Font(_widths(font), _texts(font))
                names[name] = fonts[font.objgen]
            rows: dict[float, list[Glyph]] = {}
            for y, glyph in _shown(page, names):
                rows.setdefault(round(y, 2), []).append(glyph)
            yield tuple(tuple(sorted(rows[y], key=lambda glyph: glyph.x)) for y in sorted(rows, reverse=True))


class _Font(NamedTuple):
    widths: Mapping[int, int]
    texts: Mapping[int, str]


def _widths(font: Any) -> dict[int, int]:  # noqa: ANN401 - a PDF object
    found: dict[int, int] = {}
    entries = list(font.DescendantFonts[0].get("/W", []))
    for first, row in zip(entries[::2], entries[1::2], strict=True):
        found |= {int(first) + index: int(width) for index, width in enumerate(row)}
    return found


def _texts(font: Any) -> dict[int, str]:  # noqa: ANN401 - a PDF object
    rows = re.findall(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", font.ToUnicode.read_bytes().decode("ascii"))
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in rows}


def _shown(page: Any, fonts: Mapping[str, _Font]) -> Iterator[tuple[float, Glyph]]:  # noqa: ANN401 - a PDF object
    """Yield (y, glyph) in the order of showing; Tm and TJ are all that moves the pen."""
    em = SIZE / 1000
    x = y = 0.0
    font = _Font({}, {})
    actual: list[str] | None = None
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "Tf":
                font = fonts[str(operands[0])]
                assert float(operands[1]) == em
            case "Tm":
                x, y = float(operands[4]), float(operands[5])
            case "BDC" | "EMC":
                actual = [str(operands[1].ActualText)] if operands else None
            case "TJ":
                for item in operands[0]:
                    if not isinstance(item, pikepdf.String):
                        x -= float(item) / 1000 * em
                        continue
                    for code in _codes(bytes(item)):
                        width = font.widths.get(code, 1000) / 1000
                        text = font.texts[code] if actual is None else actual.pop() if actual else ""
                        yield y, Glyph(text.strip(" \u3000"), (x - MARGIN / 1000) / em, width)
                        x += width * em
            case operator:
                assert operator not in UNREAD, operator


UNREAD: Final = frozenset({"Tz", "Tj", "Td", "TD", "T*", "Tc", "Tw", "Ts", "'", '"', "cm"})
"""Operators that would move type and that the reader does not follow."""


def _codes(shown: bytes) -> Iterator[int]:
    return (int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2))


# --- measuring -----------------------------------------------------------------------------------------------------

# Where the half-em body lies in a cell of one em, from its left edge (CLReq, figures of punctuation widths).
RIGHT_HALF: Final = frozenset("“‘《〈（「『【〖〔［｛")
LEFT_HALF: Final = frozenset("”’》〉）」』】〗〕］｝，、；：。．？！")
CENTRED: Final = {
    "zh-Hans": frozenset("·・‧–/-"),
    "zh-TW": frozenset("，、；：。．·・‧"),
    "zh-HK": frozenset("，、；：。．·・‧"),
    "ja": frozenset("·・‧：；"),
}
WHOLE: Final = {"zh-Hans": frozenset("‼⁇⁈⁉"), **dict.fromkeys(("zh-TW", "zh-HK", "ja"), frozenset("？！‼⁇⁈⁉"))}


def body(glyph: Glyph, region: str = "zh-Hans") -> tuple[float, float]:
    """Return the left and right edge of a glyph's body: its cell without the blank half of a mark."""
    middle = glyph.x + glyph.advance / 2
    if glyph.text in WHOLE[region]:
        return middle - 0.5, middle + 0.5
    if glyph.text in CENTRED[region]:
        return middle - 0.25, middle + 0.25
    if glyph.text in RIGHT_HALF and near(glyph.advance, 1):
        return glyph.x + 0.5, glyph.x + 1
    if glyph.text in LEFT_HALF and near(glyph.advance, 1):
        return glyph.x, glyph.x + 0.5
    return glyph.x, glyph.x + glyph.advance


def near(value: float, wanted: float) -> bool:
    """Tell whether two lengths in em are the same."""
    return abs(value - wanted) <= NEAR


def blanks(line: Line, region: str = "zh-Hans") -> list[float]:
    """Return the distances between neighbouring bodies."""
    bodies = [body(glyph, region) for glyph in line]
    return [right[0] - left[1] for left, right in pairwise(bodies)]


def text_of(line: Line) -> str:
    """Return the characters of a line."""
    return "".join(glyph.text for glyph in line)


def is_han(text: str) -> bool:
    """Tell whether a glyph stands for an ideograph."""
    return bool(text) and all("\u4e00" <= char <= "\u9fff" for char in text)
