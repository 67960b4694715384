"""What a foreign page holds, for those who have to print it: colours, fonts, pictures, transparency, ink.

A form XObject is walked with everything it shows, each resource once. What lies wholly outside its box (crop marks,
registration colour) is cut off when it is placed, and is left out here. Reads files from strangers: call it in a
bounded process (`layout.bounded`).
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from layout.pdf.facts import Facts
from layout.pdf.frame import FILLS, STROKES, Frame, State, lengths, moved
from layout.pdf.spaces import components, initial, named_space, note_space, percent, resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.pdf.facts import Inks

MOST_OPERATORS: Final = 5_000_000
"""Operators of one page; more are a bomb, or a map that ought to be a picture."""

MOST_DEPTH: Final = 28
"""Forms, patterns and colour spaces inside each other; deeper ones are not looked into."""

MOST_PIXELS: Final = 100_000_000
"""Pixels of one picture."""

AVERAGED: Final = 11.0
"""Side in points of the area that ink is averaged over: 15 mm² (GWG 2015)."""

SMALL: Final = 0.5
"""Pictures narrower than this (points) are hairlines in disguise: their resolution says nothing."""

UNFIT_FILTERS: Final = frozenset({"/LZWDecode", "/JBIG2Decode", "/JPXDecode", "/Crypt"})
"""Filters that PDF/X-1a forbids and old readers lack (print.md 1, F7)."""

Box = tuple[float, float, float, float]


class SurveyError(Exception):
    """The page is too much to look at; the message says how."""


def survey(form: pikepdf.Object) -> Facts:
    """Return the facts of a form XObject.

    Raises:
        SurveyError: it holds more than `MOST_OPERATORS` operators or too large a picture.
        pikepdf.PdfError: its content cannot be parsed.
    """
    facts = Facts()
    box = tuple(float(value) for value in form.BBox)
    walker = _Walker(facts, (min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])))
    walker.walk(form, form.get("/Resources"), State())
    facts.ppi = round(walker.least_ppi)
    return facts


class _Walker:
    """Goes through content streams, each shared one once, where it is first shown."""

    def __init__(self, facts: Facts, box: Box) -> None:
        self.facts = facts
        self.box = box
        self.operators = 0
        self.least_ppi = 0.0
        self.walked: set[tuple[int, int]] = set()
        self.depth = 0

    def walk(self, stream: Any, resources: Any, state: State) -> None:  # noqa: ANN401 - pikepdf objects
        frame = Frame(self, resources, state)
        for operands, operator in self._instructions(stream):
            self.operators += 1
            if self.operators > MOST_OPERATORS:
                message = f"its page has more than {MOST_OPERATORS} operators"
                raise SurveyError(message)
            frame.follow(str(operator), operands)

    def _instructions(self, stream: Any) -> Iterator[tuple[Sequence[Any], Any]]:  # noqa: ANN401
        for instruction in _parsed(stream):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                yield [instruction.iimage], "BI"
            else:
                yield instruction.operands, instruction.operator  # type: ignore[misc, unused-ignore]

    def inside(self, points: Sequence[tuple[float, float]]) -> bool:
        if not points:
            return False
        left, bottom, right, top = self.box
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs) < right and max(xs) > left and min(ys) < top and max(ys) > bottom

    def paint(self, name: str, state: State) -> None:
        if name in FILLS and state.fill is not None:
            self.facts.paint(state.fill)
        if name in STROKES and state.stroke is not None:
            self.facts.paint(state.stroke)

    # --- colours

    def color(self, name: str, operands: Sequence[Any], state: State, resources: Any) -> None:  # noqa: ANN401
        made: Inks | None = None
        side = "fill" if name.islower() else "stroke"
        match name.lower():
            case "g":
                made = (0, 0, 0, 100 - 100 * float(operands[0]))
            case "rg":
                self.facts.note("rgb", "DeviceRGB")
            case "k":
                made = percent(operands)
            case "cs":
                space = named_space(resources, operands[0])
                self.space(space, resources)
                setattr(state, f"{side}_space", space)
                made = initial(space)
            case _:
                made = components(getattr(state, f"{side}_space"), operands)
                if operands and isinstance(operands[-1], pikepdf.Name):
                    self._pattern(resource(resources, "/Pattern", operands[-1]), state)
        setattr(state, side, made)

    def space(self, space: Any, resources: Any) -> None:  # noqa: ANN401
        """Note what a colour space is made of."""
        note_space(self.facts, space, resources)

    def _pattern(self, pattern: Any, state: State) -> None:  # noqa: ANN401
        if pattern is None:
            return
        if int(pattern.get("/PatternType", 1)) == 2:  # a shading
            self.space((pattern.get("/Shading") or {}).get("/ColorSpace"), None)
        elif self._first(pattern):
            self._enter(pattern, pattern.get("/Resources"), state)

    # --- resources

    def font(self, resources: Any, name: Any) -> None:  # noqa: ANN401
        font = resource(resources, "/Font", name)
        if font is None:
            self.facts.note("fonts", str(name)[1:])
            return
        if not self._first(font):
            return
        if font.get("/Subtype") == "/Type3":
            for glyph in (font.get("/CharProcs") or {}).values():
                if self._first(glyph):
                    self._enter(glyph, font.get("/Resources") or resources, State())
            return
        holder = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        descriptor = holder.get("/FontDescriptor") or {}
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            self.facts.note("fonts", str(font.get("/BaseFont", name))[1:])

    def state(self, state: Any) -> None:  # noqa: ANN401
        if state is None:
            return
        mask = state.get("/SMask")
        if mask is not None and mask != "/None":
            self.facts.note("transparency", "soft mask")
        modes = state.get("/BM")
        if modes is not None:
            named = [str(item) for item in modes] if isinstance(modes, pikepdf.Array) else [str(modes)]
            if named and named[0] not in ("/Normal", "/Compatible"):
                self.facts.note("transparency", f"blend mode {named[0][1:]}")
        if any(float(state.get(key, 1)) < 1 for key in ("/CA", "/ca")):
            self.facts.note("transparency", "opacity")
        for key in ("/TR", "/HTP"):
            if key in state:
                self.facts.note("odd", f"{key[1:]} in a graphics state")

    def show(self, shown: Any, resources: Any, state: State) -> None:  # noqa: ANN401
        if shown is None:
            return
        kind = shown.get("/Subtype")
        for key in ("/OPI", "/Ref"):
            if key in shown:
                self.facts.note("odd", f"{key[1:]} in an XObject")
        if kind == "/PS":
            self.facts.note("odd", "a PostScript XObject")
        elif kind == "/Image":
            self._image(shown, state, resources)
        elif kind == "/Form" and self._first(shown):
            inner = state.copy()
            if "/Matrix" in shown:
                inner.matrix = pikepdf.Matrix(shown["/Matrix"]) @ inner.matrix
            self._enter(shown, shown.get("/Resources") or resources, inner)

    def _enter(self, stream: Any, resources: Any, state: State) -> None:  # noqa: ANN401
        if self.depth >= MOST_DEPTH:
            return
        self.depth += 1
        self.walk(stream, resources, state)
        self.depth -= 1

    def _first(self, thing: Any) -> bool:  # noqa: ANN401
        key = thing.objgen
        if key != (0, 0) and key in self.walked:
            return False
        self.walked.add(key)
        return True

    # --- pictures

    def _image(self, image: Any, state: State, resources: Any) -> None:  # noqa: ANN401
        wide, high = int(image.get("/Width", 0)), int(image.get("/Height", 0))
        if wide * high > MOST_PIXELS:
            message = f"a picture in it has {wide * high // 1_000_000} million pixels"
            raise SurveyError(message)
        corners = moved(state.matrix, (0, 0, 1, 0, 0, 1, 1, 1))
        if not self.inside(corners):
            return
        if "/SMask" in image or int(image.get("/SMaskInData", 0)):
            self.facts.note("transparency", "soft mask of a picture")
        filters = image.get("/Filter")
        named = filters if isinstance(filters, pikepdf.Array) else [filters] if filters is not None else []
        for item in named:
            if str(item) in UNFIT_FILTERS:
                self.facts.note("filters", str(item)[1:])
        bits = int(image.get("/BitsPerComponent", 8))
        if bits == 16:
            self.facts.note("odd", "a picture of 16 bits")
        masking = bool(image.get("/ImageMask", False))
        if masking:
            if state.fill is not None:
                self.facts.paint(state.fill)
            return
        space = image.get("/ColorSpace")
        self.space(space, resources)
        across, down = lengths(state.matrix)
        if bits > 1 and across > SMALL and down > SMALL:
            ppi = min(wide / across, high / down) * 72
            self.least_ppi = min(self.least_ppi or ppi, ppi)
        self._image_ink(image, across, down)

    def _image_ink(self, image: Any, across: float, down: float) -> None:  # noqa: ANN401
        """Keep a picture's inks: the largest area average of the sum, the largest value of each."""
        try:
            pixels = pikepdf.PdfImage(image).as_pil_image()
        except Exception:  # noqa: BLE001 - decoders raise anything at all over damaged files; preflight judges those
            self.facts.note("odd", "a picture that cannot be decoded")
            return
        if pixels.mode not in ("CMYK", "L"):
            return
        cells = (
            min(pixels.width, max(1, round(pixels.width * AVERAGED / max(across, AVERAGED)))),
            min(pixels.height, max(1, round(pixels.height * AVERAGED / max(down, AVERAGED)))),
        )
        whole = (pixels.width // cells[0] * cells[0], pixels.height // cells[1] * cells[1])
        small = pixels.crop((0, 0, *whole)).reduce(cells)  # parts of areas at the edges would say too much
        data = small.tobytes()
        if small.mode == "L":
            self.facts.paint((0, 0, 0, 100 - 100 * min(data) / 255))
            return
        sums = [sum(data[at : at + 4]) for at in range(0, len(data), 4)]
        self.facts.ink = max(self.facts.ink, round(100 * max(sums) / 255))
        shares = [round(100 * max(data[band::4]) / 255) for band in range(4)]
        self.facts.inks = [max(former, share) for former, share in zip(self.facts.inks, shares, strict=True)]

    def inline(self, image: Any, state: State, resources: Any) -> None:  # noqa: ANN401
        if not self.inside(moved(state.matrix, (0, 0, 1, 0, 0, 1, 1, 1))):
            return
        try:
            space = image.obj.get("/ColorSpace", image.obj.get("/CS"))
        except AttributeError:
            return
        self.space(space, resources)


def _parsed(stream: Any) -> list[Any]:  # noqa: ANN401
    """Return the instructions of a content stream.

    Raises:
        SurveyError: it is damaged, which the parser only warns of.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return list(pikepdf.parse_content_stream(stream))
        except UserWarning as warned:
            message = f"its content is damaged: {warned}"
            raise SurveyError(message) from warned
