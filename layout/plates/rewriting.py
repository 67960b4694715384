"""A page written anew for one drawing of plates: every colour becomes the tone of its inks, in grey or RGB.

A paint that overprints and has nothing to say to these plates is dropped, which is what overprinting means (ISO
32000-1, 8.6.7). Transparency stays as it is: separable blends of tones are the blends of inks.
"""

from __future__ import annotations

import math
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pikepdf
from pikepdf import Dictionary, Name, Operator

from layout.plates import PROCESS, SeparationError
from layout.plates.colours import ALL, CMYK, GREY, RGB, Space, space_of
from layout.plates.pixels import by_library, cut
from layout.plates.press import Tint, tint
from layout.plates.shadings import recoloured

if TYPE_CHECKING:
    from PIL import Image

    from layout.plates.pixels import Pixels

Operands = Any
"""Operands of an operator: objects of a PDF, of any kind until they are looked at."""

Instruction = tuple[list[Any], Operator]

DEEPEST: Final = 16
MOST_OPERATORS: Final = 500_000
POINTS_PER_INCH: Final = 72

DEVICE: Final = {"g": GREY, "rg": RGB, "k": CMYK}
COLOURS: Final = frozenset({"g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"})
FILLS: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
STROKES: Final = frozenset({"S", "s", "B", "B*", "b", "b*"})
ONLY_FILL: Final = {"B": "f", "B*": "f*", "b": "f", "b*": "f*"}
ONLY_STROKE: Final = {"B": "S", "B*": "S", "b": "s", "b*": "s"}
SHOWS: Final = frozenset({"Tj", "TJ", "'", '"'})
MODES: Final = {0: (True, False), 1: (False, True), 2: (True, True)}
CLIPPING: Final = 4
INVISIBLE: Final = 3


class PartlyError(Exception):
    """A paint overprints with some of the inks that are drawn together."""


@dataclass(slots=True)
class _State:
    """What of the graphics state decides on a paint. A tint None stands for a pattern."""

    fill: Tint | None
    stroke: Tint | None
    fill_space: Space = GREY
    stroke_space: Space = GREY
    fill_overprint: bool = False
    stroke_overprint: bool = False
    opm: int = 0
    mode: int = 0
    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1


class Rewriter:
    """Writes one page anew for the plates of one drawing."""

    def __init__(
        self, pdf: pikepdf.Pdf, plates: tuple[str, ...], dpi: float, pixels: Pixels, spots: dict[str, None]
    ) -> None:
        """Take a file of one page, the plates' names (one, or cyan, magenta and yellow), and where to note spots."""
        self._pdf = pdf
        self._plates = plates
        self._dpi = dpi
        self._pixels = pixels
        self._spots = spots
        self._budget = MOST_OPERATORS
        self._depth = 0
        self._made: dict[tuple[object, ...], pikepdf.Object] = {}
        black = tint(GREY, (0.0,), pixels.profile)
        self._start = _State(black, black)

    def rewrite(self, page: pikepdf.Page) -> None:
        """Replace the page's content and pictures.

        Raises:
            SeparationError: it has something that cannot be rewritten.
            PartlyError: its plates must be drawn one by one.
        """
        resources = page.obj.get("/Resources", Dictionary())
        content, own = self._content(page, resources, copy(self._start))
        page.obj.Contents = self._pdf.make_stream(content)
        page.obj.Resources = own
        _opened_group(page.obj)

    def _content(
        self, source: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object, state: _State
    ) -> tuple[bytes, pikepdf.Object]:
        """Return a content stream written anew, and its resources."""
        try:
            instructions = pikepdf.parse_content_stream(source)
        except (pikepdf.PdfError, TypeError, ValueError) as problem:
            raise SeparationError(str(problem)) from problem
        self._budget -= len(instructions)
        if self._budget < 0:
            message = "content without end"
            raise SeparationError(message)
        shown = {key: Dictionary() for key in ("/XObject", "/Pattern", "/Shading")}
        start = ((state.fill, False), (state.stroke, True))
        made = [self._tone(colour, stroke=stroke) for colour, stroke in start if colour is not None]
        stack: list[_State] = []
        for instruction in instructions:
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                made += self._inline(instruction, state, shown)
                continue
            name, operands = str(instruction.operator), instruction.operands
            if name == "q":
                stack.append(copy(state))
            elif name == "Q":
                state = stack.pop() if stack else state
            try:
                made += self._one(name, operands, state, resources, shown)
            except (TypeError, ValueError, IndexError, KeyError, AttributeError) as problem:
                message = f"operator {name}"
                raise SeparationError(message) from problem
        own = Dictionary(dict(resources.items()))
        for key, named in shown.items():
            own[key] = named
        return pikepdf.unparse_content_stream(made), own

    def _one(
        self,
        name: str,
        operands: Operands,
        state: _State,
        resources: pikepdf.Object,
        shown: dict[str, Dictionary],
    ) -> list[Instruction]:
        """Return what an operator becomes; note what it does to the state."""
        if name in COLOURS:
            return self._colour(name, operands, state, resources, shown)
        if name in FILLS or name in STROKES:
            return [([], Operator(self._painted(name, state)))]
        if name in SHOWS:
            return self._text(list(operands), name, state)
        if name == "Do":
            return self._show(resources.XObject[str(operands[0])], state, resources, shown)
        if name == "sh":
            made = recoloured(self._pdf, resources.Shading[str(operands[0])], resources, self._plates)
            return [([_named(shown["/Shading"], made)], Operator(name))]
        if name == "gs":
            _graphics_state(resources.ExtGState[str(operands[0])], state)
        elif name == "Tr":
            state.mode = int(operands[0])
        elif name == "cm":
            _turn(state, operands)
        return [(list(operands), Operator(name))]

    # --- colours ----------------------------------------------------------------------------------------------

    def _colour(
        self,
        name: str,
        operands: Operands,
        state: _State,
        resources: pikepdf.Object,
        shown: dict[str, Dictionary],
    ) -> list[Instruction]:
        stroke = name.isupper()
        lower = name.lower()
        if lower == "cs":
            space = space_of(operands[0], resources)
            start = 1.0 if space.names else 0.0
            values = (0.0, 0.0, 0.0, 1.0) if space.components == 4 and not space.names else (start,) * space.components
        else:
            space = DEVICE.get(lower) or (state.stroke_space if stroke else state.fill_space)
            values = () if operands and isinstance(operands[-1], Name) else tuple(float(value) for value in operands)
        made = None if space.family == "Pattern" else tint(space, values, self._pixels.profile)
        if stroke:
            state.stroke, state.stroke_space = made, space
        else:
            state.fill, state.fill_space = made, space
        if made is not None:
            self._spots |= dict.fromkeys(ink for ink, _ in made.inks if ink not in {*PROCESS, ALL})
            return [self._tone(made, stroke=stroke)]
        choose: Instruction = ([Name.Pattern], Operator("CS" if stroke else "cs"))
        if lower == "cs":
            return [choose]
        pattern = self._pattern(resources.Pattern[str(operands[-1])], resources)
        return [choose, ([_named(shown["/Pattern"], pattern)], Operator("SCN" if stroke else "scn"))]

    def _tone(self, colour: Tint, *, stroke: bool) -> Instruction:
        tones = [round(1 - colour.on(plate), 4) for plate in self._plates]
        operator = "g" if len(tones) == 1 else "rg"
        return tones, Operator(operator.upper() if stroke else operator)

    def _pattern(self, pattern: pikepdf.Object, resources: pikepdf.Object) -> pikepdf.Object:
        if pattern.get("/PatternType") == 2:
            made = Dictionary(dict(pattern.items()))
            made.Shading = recoloured(self._pdf, pattern.Shading, resources, self._plates)
            return made
        if pattern.get("/PaintType") != 1:
            message = "an uncoloured pattern"
            raise SeparationError(message)
        return self._stream(pattern, copy(self._start), resources, ("/Resources", "/Length", "/Filter", "/DecodeParms"))

    # --- painting ---------------------------------------------------------------------------------------------

    def _prints(self, colour: Tint | None, state: _State, *, overprint: bool) -> bool:
        """Return whether a paint marks these plates."""
        if not overprint or colour is None:
            return True
        marked = {
            plate in colour.names and (not colour.direct or state.opm != 1 or colour.on(plate) > 0)
            for plate in self._plates
        }
        if len(marked) > 1:
            raise PartlyError
        return marked == {True}

    def _both(self, state: _State, *, fill: bool, stroke: bool) -> tuple[bool, bool]:
        return (
            fill and self._prints(state.fill, state, overprint=state.fill_overprint),
            stroke and self._prints(state.stroke, state, overprint=state.stroke_overprint),
        )

    def _painted(self, name: str, state: _State) -> str:
        fills, strokes = self._both(state, fill=name in FILLS, stroke=name in STROKES)
        if fills and strokes:
            return name
        if fills:
            return ONLY_FILL.get(name, name)
        return ONLY_STROKE.get(name, name) if strokes else "n"

    def _text(self, operands: list[Any], name: str, state: _State) -> list[Instruction]:
        show: Instruction = (operands, Operator(name))
        clips = state.mode - state.mode % CLIPPING if state.mode >= CLIPPING else 0
        wanted = MODES.get(state.mode - clips, (False, False))
        kept = self._both(state, fill=wanted[0], stroke=wanted[1])
        if kept == wanted:
            return [show]
        mode = next((number for number, parts in MODES.items() if parts == kept), INVISIBLE) + clips
        return [([mode], Operator("Tr")), show, ([state.mode], Operator("Tr"))]

    # --- pictures and forms -----------------------------------------------------------------------------------

    def _show(
        self, obj: pikepdf.Object, state: _State, resources: pikepdf.Object, shown: dict[str, Dictionary]
    ) -> list[Instruction]:
        kind = obj.get("/Subtype")
        if kind == "/Form":
            made = self._form(obj, state, resources)
        elif kind == "/Image" and obj.get("/ImageMask"):
            if not self._prints(state.fill, state, overprint=state.fill_overprint):
                return []
            made = obj
        elif kind == "/Image":
            made = self._picture(obj, state, resources)
        else:
            return []
        return [([_named(shown["/XObject"], made)], Operator("Do"))]

    def _inline(
        self,
        instruction: pikepdf.ContentStreamInlineImage,
        state: _State,
        shown: dict[str, Dictionary],
    ) -> list[Instruction]:
        """Show a picture that stands in the content; a mask stays where it is."""
        image = instruction.iimage
        if image.image_mask:
            prints = self._prints(state.fill, state, overprint=state.fill_overprint)
            return [([image], Operator("INLINE IMAGE"))] if prints else []
        made = self._drawn(cut(self._pixels.inked(by_library(image)), self._plates))
        return [([_named(shown["/XObject"], made)], Operator("Do"))]

    def _form(self, form: pikepdf.Object, state: _State, resources: pikepdf.Object) -> pikepdf.Object:
        inner = copy(state)
        key = (form.objgen, *(getattr(state, part) for part in state.__slots__))
        if form.is_indirect and key in self._made:
            return self._made[key]
        if "/Matrix" in form:
            _turn(inner, form.Matrix)
        made = self._stream(form, inner, resources, ("/Resources", "/Length", "/Filter", "/DecodeParms"))
        _opened_group(made)
        self._made[key] = made
        return made

    def _stream(
        self, source: pikepdf.Object, state: _State, resources: pikepdf.Object, dropped: tuple[str, ...]
    ) -> pikepdf.Object:
        """Return a form or tiling pattern written anew."""
        self._depth += 1
        if self._depth > DEEPEST:
            message = "forms within forms"
            raise SeparationError(message)
        content, own = self._content(source, source.get("/Resources", resources), state)
        self._depth -= 1
        made = self._pdf.make_stream(content)
        for name, value in source.items():
            if name not in dropped:
                made[name] = value
        made.Resources = own
        return made

    def _picture(self, obj: pikepdf.Object, state: _State, resources: pikepdf.Object) -> pikepdf.Object:
        across = math.hypot(state.a, state.b) * self._dpi / POINTS_PER_INCH
        up = math.hypot(state.c, state.d) * self._dpi / POINTS_PER_INCH
        size = (max(1, math.ceil(across)), max(1, math.ceil(up)))
        key = (obj.objgen, size)
        if obj.is_indirect and key in self._made:
            return self._made[key]
        made = self._drawn(self._pixels.tones(obj, size, self._plates, resources))
        for mask in ("/SMask", "/Mask"):
            if isinstance(obj.get(mask), pikepdf.Stream):
                made[mask] = obj[mask]
        self._made[key] = made
        return made

    def _drawn(self, image: Image.Image) -> pikepdf.Object:
        """Return a picture of tones as an object of the file."""
        made = self._pdf.make_stream(image.tobytes())
        made.Type, made.Subtype = Name.XObject, Name.Image
        made.Width, made.Height, made.BitsPerComponent = image.width, image.height, 8
        made.ColorSpace = Name.DeviceGray if image.mode == "L" else Name.DeviceRGB
        return made


def _named(category: Dictionary, made: pikepdf.Object) -> Name:
    key = f"/X{len(category.keys())}"
    category[key] = made
    return Name(key)


def _turn(state: _State, operands: Operands) -> None:
    a, b, c, d = (float(value) for value in list(operands)[:4])
    state.a, state.b, state.c, state.d = (
        a * state.a + b * state.c,
        a * state.b + b * state.d,
        c * state.a + d * state.c,
        c * state.b + d * state.d,
    )


def _graphics_state(wanted: pikepdf.Object, state: _State) -> None:
    if "/OP" in wanted:
        state.stroke_overprint = bool(wanted.OP)
        state.fill_overprint = bool(wanted.get("/op", wanted.OP))
    elif "/op" in wanted:
        state.fill_overprint = bool(wanted.op)
    if "/OPM" in wanted:
        state.opm = int(wanted.OPM)


def _opened_group(obj: pikepdf.Object) -> None:
    """Let a transparency group blend in the tones that are drawn, whatever inks it meant to blend in."""
    group = obj.get("/Group")
    if isinstance(group, Dictionary) and "/CS" in group:
        obj.Group = Dictionary({key: value for key, value in group.items() if key != "/CS"})
