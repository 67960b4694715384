"""What a page paints: its content, forms and patterns read operator by operator, each paint with all that rules ask.

The reader keeps the graphics state (ISO 32000-1, 8.4 and 9.3) as far as rules need it: colours, overprint, line
width, text size, matrices, and the clipping path by its box. Forms that show themselves and content without end are
cut off.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import pikepdf

from layout.plates.colours import BLACK, CMYK, GREY, RGB, Colour, Space, space_of
from layout.preflight.boxes import overlap
from layout.preflight.rules import LIMITS
from layout.preflight.walk import TooMuchError, inherited, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layout.preflight.report import Box
    from layout.preflight.typefaces import Typeface, Typefaces

Matrix = tuple[float, float, float, float, float, float]
Kind = Literal["fill", "stroke", "text", "picture", "mask", "shading"]

Operands = Any
"""Operands of an operator: objects of a PDF, of any kind until they are looked at."""

IDENTITY: Final[Matrix] = (1, 0, 0, 1, 0, 0)
MOST_OPERATORS: Final = 1_000_000
"""Operators of one page, forms counted as often as they are shown: a full broadsheet page has under ten thousand."""

DEEPEST: Final = 24
"""Forms within forms."""

ASCENT, DESCENT = 0.88, -0.12
"""The em box of Han type, which stands for the height of any text."""

INVISIBLE: Final = 3
"""Text rendering mode that paints nothing (ISO 32000-1, table 106)."""


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture's own figures: pixels, bits a component, its effective resolution in pixels an inch."""

    width: int
    height: int
    bits: int
    ppi: float


@dataclass(frozen=True, slots=True)
class Paint:
    """One paint on the page.

    `size` is the effective type size, `width` the effective width of a line or of a thin box, both in points;
    `overprints` is the state for this kind of paint, `opm` the overprint mode.
    """

    kind: Kind
    colour: Colour | None
    box: Box
    overprints: bool = False
    opm: int = 0
    size: float = 0
    width: float | None = None
    space: Space | None = None
    pixels: Pixels | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Content that is wrong in itself: an unknown operator, PostScript, damage."""

    code: str
    word: str


def multiply(one: Matrix, two: Matrix) -> Matrix:
    """Return the matrix that does `one`, then `two`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def cover(matrix: Matrix, box: Box) -> Box:
    """Return the upright box around a box that a matrix has moved."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys), max(xs), max(ys)


@dataclass(slots=True)
class _State:
    """The graphics state."""

    ctm: Matrix
    clip: Box
    fill: Colour = BLACK
    stroke: Colour = BLACK
    line: float = 1
    fill_overprint: bool = False
    stroke_overprint: bool = False
    opm: int = 0
    face: Typeface | None = None
    size: float = 0
    spacing: float = 0
    word_spacing: float = 0
    stretch: float = 1
    leading: float = 0
    rise: float = 0
    mode: int = 0


@dataclass(slots=True)
class _Path:
    """The path being made: the box around it on the page, and its one rectangle's sides if it is just that."""

    box: Box | None = None
    sides: tuple[float, float] | None = None
    parts: int = 0
    clips: bool = False

    def line(self, scale: float) -> float | None:
        """Return the width of a filled box that is a line, in points, or None where it is none."""
        if self.sides is None or self.parts != 1:
            return None
        thin, long = sorted(self.sides)
        return thin * scale if long >= LIMITS.line_aspect * thin else None

    def reach(self, points: Iterable[tuple[float, float]], ctm: Matrix) -> None:
        """Grow to points of user space."""
        a, b, c, d, e, f = ctm
        for x, y in points:
            px, py = a * x + c * y + e, b * x + d * y + f
            if self.box is None:
                self.box = (px, py, px, py)
            else:
                left, bottom, right, top = self.box
                self.box = (min(left, px), min(bottom, py), max(right, px), max(top, py))


class Reader:
    """Reads one page; what it finds comes out of `paints`, fonts are noted in `typefaces`."""

    def __init__(self, page: pikepdf.Object, bounds: Box, typefaces: Typefaces) -> None:
        """Take a page and the box that it shows."""
        self._page = page
        self._bounds = bounds
        self._typefaces = typefaces
        self._budget = MOST_OPERATORS
        self._out: list[Paint | Fault] = []
        self._open: list[tuple[int, int]] = []
        self._patterns: set[tuple[int, int]] = set()
        self._resources: pikepdf.Object | None = None
        self._state = _State(IDENTITY, bounds)
        self._stack: list[_State] = []
        self._path = _Path()
        self._text = self._line = IDENTITY

    def paints(self) -> Iterator[Paint | Fault]:
        """Yield every paint and fault in the order of the content.

        Raises:
            TooMuchError: the content has no end.
        """
        resources = inherited(self._page, "/Resources")
        for _ in self._run(pikepdf.Page(self._page), resources):
            yield from self._out
            self._out.clear()
        yield from self._out
        self._out.clear()

    def _run(self, content: pikepdf.Object | pikepdf.Page, resources: pikepdf.Object | None) -> Iterator[None]:
        """Do a content stream's operators."""
        outer, self._resources = self._resources, resources
        try:
            instructions = pikepdf.parse_content_stream(content)
        except (pikepdf.PdfError, TypeError, ValueError) as problem:
            self._out.append(Fault("E708", f"content: {' '.join(str(problem).split())}"))
            instructions = []
        known = _OPERATORS
        for instruction in instructions:
            self._budget -= 1
            if self._budget < 0:
                message = f"more than {MOST_OPERATORS} operators on a page"
                raise TooMuchError(message)
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self._inline(instruction)
                continue
            name = str(instruction.operator)
            does = known.get(name)
            if does is None:
                self._out.append(Fault("E771" if name == "PS" else "E779", name))
                continue
            try:
                shown = does(self, instruction.operands)
            except (TypeError, ValueError, IndexError, KeyError, AttributeError, ZeroDivisionError, OverflowError):
                self._out.append(Fault("E708", f"the operands of `{name}` are wrong"))
                continue
            if shown is not None:
                yield from self._inner(shown)
            if len(self._out) > 64:
                yield
        self._resources = outer

    # --- forms and patterns -----------------------------------------------------------------------------------

    def _inner(self, form: pikepdf.Object) -> Iterator[None]:
        """Read a form or a tiling pattern in the state as it stands."""
        if form.objgen in self._open or len(self._open) >= DEEPEST:
            self._out.append(Fault("E708", "a form shows itself"))
            return
        kept = self._state, self._stack, self._path, self._text, self._line
        self._open.append(form.objgen)
        self._state, self._stack, self._path = copy(self._state), [], _Path()
        matrix = numbers(form.get("/Matrix"), 6)
        if matrix:
            self._state.ctm = multiply(tuple(matrix), self._state.ctm)  # type: ignore[arg-type]
        bounds = numbers(form.get("/BBox"), 4)
        if bounds:
            shown = overlap(self._state.clip, cover(self._state.ctm, tuple(bounds)))  # type: ignore[arg-type]
            self._state.clip = shown or (0, 0, 0, 0)
        yield from self._run(form, form.get("/Resources", self._resources))
        self._open.pop()
        self._state, self._stack, self._path, self._text, self._line = kept

    def show(self, operands: Operands) -> pikepdf.Object | None:
        """Show an XObject: a picture is a paint, a form is returned to be read."""
        obj = self._resource("/XObject", operands[0])
        if not isinstance(obj, pikepdf.Stream):
            return None
        if obj.get("/Subtype") == "/Form":
            return obj
        if obj.get("/Subtype") == "/Image":
            mask = bool(obj.get("/ImageMask"))
            space = space_of(obj.get("/ColorSpace"), self._resources) if "/ColorSpace" in obj else None
            bits = 1 if mask else int(obj.get("/BitsPerComponent", 8))
            self._picture(int(obj.get("/Width", 0)), int(obj.get("/Height", 0)), bits, space, mask=mask)
        return None

    def _inline(self, instruction: pikepdf.ContentStreamInlineImage) -> None:
        image = instruction.iimage
        try:
            stated = image.obj.get("/ColorSpace", image.obj.get("/CS"))
            space = space_of(stated, self._resources) if stated is not None else None
            mask = bool(image.image_mask)
            self._picture(image.width, image.height, 1 if mask else image.bits_per_component, space, mask=mask)
        except (TypeError, ValueError, KeyError, AttributeError, NotImplementedError):
            self._out.append(Fault("E708", "an inline picture is wrong"))

    def _picture(self, width: int, height: int, bits: int, space: Space | None, *, mask: bool) -> None:
        state = self._state
        a, b, c, d, _, _ = state.ctm
        across, up = math.hypot(a, b) / 72, math.hypot(c, d) / 72
        ppi = min(width / across, height / up) if across and up else 0.0
        pixels = Pixels(width, height, bits, ppi)
        if mask:
            self._paint("mask", state.fill, (0, 0, 1, 1), overprints=state.fill_overprint, pixels=pixels)
        else:
            self._paint("picture", None, (0, 0, 1, 1), space=space, pixels=pixels)

    def _resource(self, category: str, name: object) -> pikepdf.Object | None:
        resources = self._resources
        named = resources.get(category) if isinstance(resources, pikepdf.Dictionary) else None
        return named.get(str(name)) if isinstance(named, pikepdf.Dictionary) else None

    # --- painting ---------------------------------------------------------------------------------------------

    def _paint(self, kind: Kind, colour: Colour | None, unit: Box, **more: Any) -> None:  # noqa: ANN401 - Paint's own
        self._painted(kind, colour, cover(self._state.ctm, unit), **more)

    def _painted(self, kind: Kind, colour: Colour | None, box: Box, **more: Any) -> None:  # noqa: ANN401 - Paint's own
        left, bottom, right, top = box
        shown = overlap((left - 0.01, bottom - 0.01, right + 0.01, top + 0.01), self._state.clip)
        if shown is not None:
            self._out.append(Paint(kind, colour, shown, opm=self._state.opm, **more))

    def paint_path(self, *, fill: bool, stroke: bool) -> pikepdf.Object | None:
        """Paint and end the path; a tiling pattern that fills it is returned to be read."""
        path, state = self._path, self._state
        self._path = _Path()
        if path.box is None:
            return None
        scale = math.sqrt(abs(state.ctm[0] * state.ctm[3] - state.ctm[1] * state.ctm[2]))
        if fill:
            self._painted("fill", state.fill, path.box, overprints=state.fill_overprint, width=path.line(scale))
        if stroke:
            width = state.line * scale
            left, bottom, right, top = path.box
            around = (left - width / 2, bottom - width / 2, right + width / 2, top + width / 2)
            self._painted("stroke", state.stroke, around, overprints=state.stroke_overprint, width=width)
        if path.clips:
            state.clip = overlap(state.clip, path.box) or (0, 0, 0, 0)
        return None

    # --- operators --------------------------------------------------------------------------------------------

    def save(self, _: Operands) -> None:
        """Do q."""
        if len(self._stack) > 10_000:
            message = "graphics states without end"
            raise TooMuchError(message)
        self._stack.append(copy(self._state))

    def restore(self, _: Operands) -> None:
        """Do Q."""
        if self._stack:
            self._state = self._stack.pop()

    def transform(self, operands: Operands) -> None:
        """Do cm."""
        self._state.ctm = multiply(_matrix(operands), self._state.ctm)

    def graphics_state(self, operands: Operands) -> None:
        """Do gs."""
        wanted = self._resource("/ExtGState", operands[0])
        if not isinstance(wanted, pikepdf.Dictionary):
            return
        state = self._state
        if "/OP" in wanted:
            state.stroke_overprint = bool(wanted.OP)
            state.fill_overprint = bool(wanted.get("/op", wanted.OP))
        elif "/op" in wanted:
            state.fill_overprint = bool(wanted.op)
        if "/OPM" in wanted:
            state.opm = int(wanted.OPM)
        if "/LW" in wanted:
            state.line = float(wanted.LW)
        if "/Font" in wanted and len(wanted.Font) == 2:
            state.face, state.size = self._typefaces.face(wanted.Font[0]), float(wanted.Font[1])

    def select_space(self, operands: Operands, *, stroke: bool) -> None:
        """Do cs or CS."""
        space = space_of(operands[0], self._resources)
        start = 1.0 if space.family in {"Separation", "DeviceN"} else 0.0
        values = (0.0, 0.0, 0.0, 1.0) if space.components == 4 and not space.names else (start,) * space.components
        self._set(Colour(space, values), stroke=stroke)

    def select_colour(self, operands: Operands, *, stroke: bool) -> pikepdf.Object | None:
        """Do scn or SCN and their kin; a tiling pattern is returned to be read, once a page."""
        space = (self._state.stroke if stroke else self._state.fill).space
        if operands and isinstance(operands[-1], pikepdf.Name):
            pattern = self._resource("/Pattern", operands[-1])
            under = _pattern_space(pattern, self._resources) or space.under
            self._set(Colour(Space("Pattern", 0, under=under), ()), stroke=stroke)
            tiled = isinstance(pattern, pikepdf.Stream) and pattern.get("/PatternType") == 1
            if pattern is not None and tiled and pattern.objgen not in self._patterns:
                self._patterns.add(pattern.objgen)
                return pattern
            return None
        self._set(Colour(space, tuple(float(value) for value in operands)), stroke=stroke)
        return None

    def device_colour(self, operands: Operands, space: Space, *, stroke: bool) -> None:
        """Do g, rg, k or G, RG, K."""
        if isinstance(self._resources, pikepdf.Dictionary) and "/ColorSpace" in self._resources:
            space = space_of(pikepdf.Name(f"/{space.family}"), self._resources)
        self._set(Colour(space, tuple(float(value) for value in operands)), stroke=stroke)

    def _set(self, colour: Colour, *, stroke: bool) -> None:
        if stroke:
            self._state.stroke = colour
        else:
            self._state.fill = colour

    def line_width(self, operands: Operands) -> None:
        """Do w."""
        self._state.line = float(operands[0])

    def reach(self, operands: Operands) -> None:
        """Do m, l, c, v, y."""
        values = [float(value) for value in operands]
        self._path.reach(zip(values[::2], values[1::2], strict=True), self._state.ctm)
        self._path.parts += 1
        self._path.sides = None

    def rectangle(self, operands: Operands) -> None:
        """Do re."""
        x, y, width, height = (float(value) for value in operands)
        path = self._path
        path.reach(((x, y), (x + width, y), (x, y + height), (x + width, y + height)), self._state.ctm)
        path.parts += 1
        path.sides = (abs(width), abs(height)) if path.parts == 1 else None

    def clip(self, _: Operands) -> None:
        """Do W or W*."""
        self._path.clips = True

    def shade(self, operands: Operands) -> None:
        """Do sh."""
        shading = self._resource("/Shading", operands[0])
        space = None
        if isinstance(shading, (pikepdf.Dictionary, pikepdf.Stream)):
            space = space_of(shading.get("/ColorSpace"), self._resources)
        self._painted("shading", None, self._state.clip, space=space)

    # --- text -------------------------------------------------------------------------------------------------

    def begin_text(self, _: Operands) -> None:
        """Do BT."""
        self._text = self._line = IDENTITY

    def font(self, operands: Operands) -> None:
        """Do Tf."""
        font = self._resource("/Font", operands[0])
        self._state.face = self._typefaces.face(font) if isinstance(font, pikepdf.Dictionary) else None
        self._state.size = float(operands[1])

    def text_matrix(self, operands: Operands) -> None:
        """Do Tm."""
        self._text = self._line = _matrix(operands)

    def text_move(self, operands: Operands) -> None:
        """Do Td."""
        self._line = multiply((1, 0, 0, 1, float(operands[0]), float(operands[1])), self._line)
        self._text = self._line

    def text_move_leading(self, operands: Operands) -> None:
        """Do TD."""
        self._state.leading = -float(operands[1])
        self.text_move(operands)

    def text_next(self, _: Operands) -> None:
        """Do T*."""
        self.text_move((0, -self._state.leading))

    def text_show(self, operands: Operands) -> None:
        """Do Tj."""
        self.text_array([[operands[0]]])

    def text_next_show(self, operands: Operands) -> None:
        """Do '."""
        self.text_next(())
        self.text_show(operands)

    def text_spaced_show(self, operands: Operands) -> None:
        """Do "."""
        self._state.word_spacing, self._state.spacing = float(operands[0]), float(operands[1])
        self.text_next_show(operands[2:])

    def text_array(self, operands: Operands) -> None:
        """Do TJ: one paint, as long as its glyphs reach."""
        state = self._state
        if state.face is None:
            return
        length, codes = 0.0, []
        for item in operands[0]:
            if not isinstance(item, pikepdf.String):
                length -= float(item) / 1000 * state.size
                continue
            shown = state.face.decode(bytes(item))
            codes += shown
            length += sum(map(state.face.width, shown)) / 1000 * state.size + state.spacing * len(shown)
            if state.word_spacing and not state.face.composite:
                length += state.word_spacing * shown.count(32)
        vertical = state.face.vertical
        across = 0 if vertical else length * state.stretch
        down = -abs(length) if vertical else 0
        matrix = multiply((1, 0, 0, 1, 0, state.rise), multiply(self._text, state.ctm))
        low, high = (down, 0) if vertical else (DESCENT * state.size, ASCENT * state.size)
        side = state.size / 2 if vertical else 0
        box = cover(matrix, (min(0, across) - side, low, max(0, across) + side, high))
        self._text = multiply((1, 0, 0, 1, across, down), self._text)
        if not codes or state.mode == INVISIBLE:
            return
        size = abs(state.size) * math.hypot(matrix[2], matrix[3])
        colour = state.stroke if state.mode in {1, 5} else state.fill
        overprints = state.stroke_overprint if state.mode in {1, 5} else state.fill_overprint
        self._painted("text", colour, box, overprints=overprints, size=size)
        state.face.note(codes, box)

    def text_figure(self, operands: Operands, name: str, scale: float = 1) -> None:
        """Do Tc, Tw, Tz, TL, Ts, Tr: set one figure of the text state."""
        value = float(operands[0]) * scale
        setattr(self._state, name, int(value) if name == "mode" else value)


def _matrix(operands: Operands) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _pattern_space(pattern: pikepdf.Object | None, resources: pikepdf.Object | None) -> Space | None:
    """Return the colour space of a shading pattern."""
    if not isinstance(pattern, pikepdf.Dictionary) or "/Shading" not in pattern:
        return None
    shading = pattern.Shading
    if not isinstance(shading, (pikepdf.Dictionary, pikepdf.Stream)):
        return None
    return space_of(shading.get("/ColorSpace"), resources)


_Does = Callable[[Reader, Any], "pikepdf.Object | None"]


def _nothing(_reader: Reader, _operands: Operands) -> None:
    """Do what has no bearing on any rule."""


_NO_BEARING: Final = (
    *("J", "j", "M", "d", "ri", "i", "h", "d0", "d1"),
    *("ET", "MP", "DP", "BMC", "BDC", "EMC", "BX", "EX", "BI", "ID", "EI"),
)


def _operators() -> dict[str, _Does]:
    """Return what each operator of content does (ISO 32000-1, annex A)."""
    made: dict[str, _Does] = dict.fromkeys(_NO_BEARING, _nothing)
    made |= {
        "q": Reader.save,
        "Q": Reader.restore,
        "cm": Reader.transform,
        "gs": Reader.graphics_state,
        "w": Reader.line_width,
        "re": Reader.rectangle,
        "W": Reader.clip,
        "W*": Reader.clip,
        "sh": Reader.shade,
        "Do": Reader.show,
        "BT": Reader.begin_text,
        "Tf": Reader.font,
        "Tm": Reader.text_matrix,
        "Td": Reader.text_move,
        "TD": Reader.text_move_leading,
        "T*": Reader.text_next,
        "Tj": Reader.text_show,
        "'": Reader.text_next_show,
        '"': Reader.text_spaced_show,
        "TJ": Reader.text_array,
    }
    made |= dict.fromkeys("mlcvy", Reader.reach)
    for names, fill, stroke in (("f F f*", True, False), ("S s", False, True), ("B B* b b*", True, True), ("n", 0, 0)):
        for name in names.split():
            made[name] = _painter(fill=bool(fill), stroke=bool(stroke))
    for lower, space in (("g", GREY), ("rg", RGB), ("k", CMYK)):
        made[lower], made[lower.upper()] = _device(space, stroke=False), _device(space, stroke=True)
    for lower in ("sc", "scn"):
        made[lower], made[lower.upper()] = _colour(stroke=False), _colour(stroke=True)
    made["cs"], made["CS"] = _chooser(stroke=False), _chooser(stroke=True)
    figures = {"Tc": "spacing", "Tw": "word_spacing", "TL": "leading", "Ts": "rise", "Tr": "mode"}
    return made | {name: _figure(figure) for name, figure in figures.items()} | {"Tz": _figure("stretch", 0.01)}


def _painter(*, fill: bool, stroke: bool) -> _Does:
    return lambda reader, _: reader.paint_path(fill=fill, stroke=stroke)


def _device(space: Space, *, stroke: bool) -> _Does:
    return lambda reader, operands: reader.device_colour(operands, space, stroke=stroke)


def _colour(*, stroke: bool) -> _Does:
    return lambda reader, operands: reader.select_colour(operands, stroke=stroke)


def _chooser(*, stroke: bool) -> _Does:
    return lambda reader, operands: reader.select_space(operands, stroke=stroke)


def _figure(name: str, scale: float = 1) -> _Does:
    return lambda reader, operands: reader.text_figure(operands, name, scale)


_OPERATORS: Final = _operators()
