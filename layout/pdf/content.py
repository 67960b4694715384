"""One page's display list as PDF content: operators, and which glyphs, pictures and forms they use.

Codes are the faces' own glyph ids, so that pages can be written, each in its own process, before fonts are subset.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.display import Fill, Form, Glyphs, Outline, Picture, Rule, Shape
from layout.geometry import points
from layout.pdf.textobject import FaceUse, TextObject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from layout.color import Ink
    from layout.display import Sheet
    from layout.fontbook import Face
    from layout.pdf.canvas import PressCanvas
    from layout.pdf.textobject import Advance

OVERPRINT: Final = "GSo"
"""Resource name of the graphics state that overprints (OP, op, OPM 1)."""

KNOCKOUT: Final = "GSk"
"""Resource name of the graphics state that knocks out."""

THIN_RULE: Final = 2_000
"""Black rules up to this width (mpt) overprint; wider black areas knock out (GWG 2015: thin black lines)."""

FRESH: Final = "0 g 0 G 1 w 0 J 0 j 10 M [] 0 d "
"""The state that a page begins with (ISO 32000-1, 8.4.1): a form would inherit ours."""

FORM_SPACE: Final = 1_000
"""Forms are scaled by 1: one unit of their space is one point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContent:
    """One page, ready to be bound into a file; every field can be pickled.

    Attributes:
        page: the page's id.
        trim: width and height in mpt.
        bleed: mpt on every side.
        content: operators, uncompressed, origin at the lower left corner of the trim box.
        glyphs: face id → {glyph id: text}; the n-th face is the font resource `font_name(n)`.
        pictures: keys of pictures; the n-th is the XObject `picture_name(n)`.
        forms: foreign pages; the n-th is the XObject `form_name(n)`, its space one point a unit from the lower left
            corner of the form's rectangle.
    """

    page: str
    trim: tuple[int, int]
    bleed: int
    content: bytes
    glyphs: Mapping[str, Mapping[int, str]]
    pictures: tuple[str, ...]
    forms: tuple[Form, ...]


def font_name(index: int) -> str:
    """Return the resource name of a page's font."""
    return f"F{index}"


def picture_name(index: int) -> str:
    """Return the resource name of a page's picture."""
    return f"Im{index}"


def form_name(index: int) -> str:
    """Return the resource name of a page's form."""
    return f"Fm{index}"


def page_content(
    sheet: Sheet,
    advance: Advance,
    picture_key: Callable[[Picture], str] | None = None,
    curves: Mapping[str, Face] | None = None,
) -> PageContent:
    """Return a page's display list as PDF content.

    Args:
        sheet: the display list.
        advance: widths of glyphs.
        picture_key: the key under which a picture was prepared (`layout.pictures.prepare`).
        curves: faces by id, where type is to be drawn as curves instead of being set in fonts.

    Raises:
        ValueError: the sheet has pictures and `picture_key` is absent.
    """
    from layout.pdf.canvas import PressCanvas  # noqa: PLC0415 - reportlab costs 80 ms to import

    canvas, height = PressCanvas(), sheet.trim[1]
    writer = _Writer(canvas, height, advance) if curves is None else _CurveWriter(canvas, height, advance, curves)
    pictures: dict[str, int] = {}
    forms: list[Form] = []
    for op in sheet.ops:
        match op:
            case Glyphs():
                writer.glyphs(op)
            case Fill():
                writer.fill(op)
            case Rule():
                writer.rule(op)
            case Outline():
                writer.outline(op)
            case Shape():
                writer.shape(op)
            case Picture():
                if picture_key is None:
                    message = f"no key for picture {op.file!r}"
                    raise ValueError(message)
                index = pictures.setdefault(picture_key(op), len(pictures))
                writer.picture(op, picture_name(index))
            case Form():
                writer.form(op, form_name(len(forms)))
                forms.append(op)
    return PageContent(
        page=sheet.page,
        trim=sheet.trim,
        bleed=sheet.bleed,
        content=writer.finish(),
        glyphs=writer.used(),
        pictures=tuple(pictures),
        forms=tuple(forms),
    )


class _Writer:
    """Turns operations into operators; flips y; keeps neighbouring glyph runs in one text object."""

    def __init__(self, canvas: PressCanvas, height: int, advance: Advance) -> None:
        self._canvas = canvas
        self._height = height
        self._advance = advance
        self._faces: dict[str, FaceUse] = {}
        self._text: TextObject | None = None
        self._state: tuple[Ink, bool] | None = None

    def used(self) -> dict[str, dict[int, str]]:
        """Return face id → {glyph id: text}, faces in the order of their resource names."""
        return {face: table.mapping() for face, table in self._faces.items()}

    def finish(self) -> bytes:
        """Return all operators."""
        self._close_text()
        return self._canvas.operators()

    def glyphs(self, op: Glyphs) -> None:
        """Show a run of glyphs."""
        if not op.gids:
            return
        face = self._faces.get(op.face)
        if face is None:
            face = self._faces[op.face] = FaceUse(font_name(len(self._faces)), op.face, self._advance)
        state = (op.ink, op.overprint and op.ink.is_black)
        if self._text is None or self._state != state:
            self._close_text()
            self._canvas.overprint(on=state[1])
            self._canvas.fill_with(op.ink)
            self._state = state
            self._text = TextObject()
        self._text.run(op, face, self._height - op.y)

    def _close_text(self) -> None:
        if self._text is not None:
            self._canvas.addLiteral(self._text.close())
            self._text = None

    def fill(self, op: Fill) -> None:
        """Fill a rectangle."""
        self._paint(op.ink)
        rect = op.rect
        self._canvas.addLiteral(f"{self._box(rect.x, rect.bottom, rect.width, rect.height)} f")

    def rule(self, op: Rule) -> None:
        """Draw a straight line."""
        self._stroke(op.ink, op.width)
        start = f"{points(op.x0)} {points(self._height - op.y0)}"
        end = f"{points(op.x1)} {points(self._height - op.y1)}"
        self._canvas.addLiteral(f"{start} m {end} l S")

    def outline(self, op: Outline) -> None:
        """Draw a rectangle's outline inside it; widths that are odd in mpt move by half a mpt, which is written."""
        self._stroke(op.ink, op.width)
        rect, half = op.rect, op.width / 2
        x, y = _number(rect.x + half), _number(self._height - rect.bottom + half)
        width, height = points(rect.width - op.width), points(rect.height - op.width)
        self._canvas.addLiteral(f"{x} {y} {width} {height} re S")

    def shape(self, op: Shape) -> None:
        """Fill a path."""
        if not op.path:
            return
        self._paint(op.ink)
        parts: list[str] = []
        for operator, values in op.path:
            parts.extend(points(self._height - value if index % 2 else value) for index, value in enumerate(values))
            parts.append(operator)
        self._canvas.addLiteral(" ".join(parts) + (" f*" if op.even_odd else " f"))

    def picture(self, op: Picture, name: str) -> None:
        """Show a picture in its rectangle."""
        self._knock_out()
        rect = op.rect
        self._canvas.draw(name, rect.width, rect.height, rect.x, self._height - rect.bottom)

    def form(self, op: Form, name: str) -> None:
        """Show a foreign page; the binder scales it into the rectangle's own space."""
        self._knock_out()
        rect = op.rect
        self._canvas.draw(name, FORM_SPACE, FORM_SPACE, rect.x, self._height - rect.bottom, FRESH)

    def _knock_out(self) -> None:
        self._close_text()
        self._canvas.overprint(on=False)

    def _paint(self, ink: Ink) -> None:
        self._knock_out()
        self._canvas.fill_with(ink)

    def _stroke(self, ink: Ink, width: int) -> None:
        self._close_text()
        self._canvas.overprint(on=ink.is_black and width <= THIN_RULE)
        self._canvas.stroke_with(ink, width)

    def _box(self, x: int, bottom: int, width: int, height: int) -> str:
        return f"{points(x)} {points(self._height - bottom)} {points(width)} {points(height)} re"


class _CurveWriter(_Writer):
    """Draws type as curves."""

    def __init__(self, canvas: PressCanvas, height: int, advance: Advance, faces: Mapping[str, Face]) -> None:
        super().__init__(canvas, height, advance)
        self._own_faces = faces

    def glyphs(self, op: Glyphs) -> None:
        """Fill the outlines of a run of glyphs."""
        from layout.pdf.outlines import outlined  # noqa: PLC0415 - rarely

        drawn = outlined(op, self._own_faces[op.face], self._height - op.y)
        if drawn:
            self._canvas.overprint(on=op.overprint and op.ink.is_black)
            self._canvas.fill_with(op.ink)
            self._canvas.addLiteral(drawn)


def _number(value: float) -> str:
    """Return thousandths as a decimal number of at most 4 places."""
    return f"{value / 1000:.4f}".rstrip("0").rstrip(".")
