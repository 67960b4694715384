"""What a foreign page holds, for those who have to print it: colours, fonts, pictures, transparency, ink.

A form XObject is walked with everything it shows, each resource once. What lies wholly outside its box (crop marks,
registration colour) is cut off when it is placed, and is left out here. Reads files from strangers: call it in a
bounded process (`layout.bounded`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

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

PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
NO_SPOTS: Final = frozenset({*PROCESS, "All", "None"})

Box = tuple[float, float, float, float]
Inks = tuple[float, float, float, float]


@dataclass(slots=True, kw_only=True)
class Facts:
    """One page's facts; names are kept sorted and once each.

    Attributes:
        fonts: names of fonts that are used and not embedded.
        rgb: colour spaces of light in use: DeviceRGB, CalRGB, Lab, ICCBased RGB.
        calibrated: colour spaces with a profile of their own in use.
        spots: spot colours in use.
        transparency: what is transparent: soft masks, blend modes, constant opacity.
        filters: filters in use that a press file avoids.
        odd: whatever else a press file must not hold.
        ppi: least resolution of a continuous-tone picture as it stands here, 0 where there is none.
        ink: largest ink sum in per cent: of flat colours, and of pictures averaged over 15 mm².
        inks: largest share in per cent of each of cyan, magenta, yellow and black.
    """

    fonts: list[str] = field(default_factory=list)
    rgb: list[str] = field(default_factory=list)
    calibrated: list[str] = field(default_factory=list)
    spots: list[str] = field(default_factory=list)
    transparency: list[str] = field(default_factory=list)
    filters: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    ppi: int = 0
    ink: int = 0
    inks: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def note(self, kind: str, name: str) -> None:
        """Keep a name, sorted and once."""
        names: list[str] = getattr(self, kind)
        if name not in names:
            names.append(name)
            names.sort()

    def paint(self, inks: Inks) -> None:
        """Keep a colour that is painted, in per cent."""
        self.ink = max(self.ink, round(sum(inks)))
        self.inks = [max(former, round(share)) for former, share in zip(self.inks, inks, strict=True)]


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
    walker.walk(form, form.get("/Resources"), _State())
    facts.ppi = round(walker.least_ppi)
    return facts


@dataclass(slots=True)
class _State:
    """As much of the graphics state as is asked for; colours are per cent of the four inks, None if unknown."""

    matrix: pikepdf.Matrix = field(default_factory=pikepdf.Matrix)
    fill: Inks | None = (0, 0, 0, 100)
    stroke: Inks | None = (0, 0, 0, 100)
    fill_space: Any = None
    stroke_space: Any = None

    def copy(self) -> _State:
        return _State(self.matrix, self.fill, self.stroke, self.fill_space, self.stroke_space)


_FILLS: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
_STROKES: Final = frozenset({"S", "s", "B", "B*", "b", "b*"})
_ENDS: Final = _FILLS | _STROKES | {"n"}


class _Walker:
    """Goes through content streams, each shared one once, where it is first shown."""

    def __init__(self, facts: Facts, box: Box) -> None:
        self.facts = facts
        self.box = box
        self.operators = 0
        self.least_ppi = 0.0
        self.walked: set[tuple[int, int]] = set()
        self.depth = 0

    def walk(self, stream: Any, resources: Any, state: _State) -> None:  # noqa: ANN401 - pikepdf objects
        frame = _Frame(self, resources, state)
        for operands, operator in self._instructions(stream):
            self.operators += 1
            if self.operators > MOST_OPERATORS:
                message = f"its page has more than {MOST_OPERATORS} operators"
                raise SurveyError(message)
            frame.follow(str(operator), operands)

    def _instructions(self, stream: Any) -> Iterator[tuple[Sequence[Any], Any]]:  # noqa: ANN401
        for instruction in pikepdf.parse_content_stream(stream):
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

    def paint(self, name: str, state: _State) -> None:
        if name in _FILLS and state.fill is not None:
            self.facts.paint(state.fill)
        if name in _STROKES and state.stroke is not None:
            self.facts.paint(state.stroke)

    # --- colours

    def color(self, name: str, operands: Sequence[Any], state: _State, resources: Any) -> None:  # noqa: ANN401
        made: Inks | None = None
        side = "fill" if name.islower() else "stroke"
        match name.lower():
            case "g":
                made = (0, 0, 0, 100 - 100 * float(operands[0]))
            case "rg":
                self.facts.note("rgb", "DeviceRGB")
            case "k":
                made = _percent(operands)
            case "cs":
                space = _named_space(resources, operands[0])
                self.space(space, resources)
                setattr(state, f"{side}_space", space)
                made = _initial(space)
            case _:
                made = _components(getattr(state, f"{side}_space"), operands)
                if operands and isinstance(operands[-1], pikepdf.Name):
                    self._pattern(_resource(resources, "/Pattern", operands[-1]), state)
        setattr(state, side, made)

    def space(self, space: Any, resources: Any, depth: int = 0) -> None:  # noqa: ANN401
        """Note what a colour space is made of."""
        if isinstance(space, pikepdf.Array) and len(space):
            kind = _FAMILIES.get(str(space[0]))
            if kind is not None and depth <= MOST_DEPTH:
                kind(self, space, resources, depth + 1)
            elif str(space[0]) in _LIGHT:
                self.facts.note("rgb", "DeviceRGB")
        elif isinstance(space, pikepdf.Name) and str(space) in _LIGHT:
            self.facts.note("rgb", "DeviceRGB")
        elif isinstance(space, pikepdf.Name) and str(space) not in _PLAIN and depth <= MOST_DEPTH:
            self.space(_resource(resources, "/ColorSpace", space), resources, depth + 1)

    def calibrated(self, space: Any, resources: Any, depth: int) -> None:  # noqa: ANN401
        """Note CalGray, CalRGB, Lab."""
        del resources, depth
        name = str(space[0])[1:]
        self.facts.note("calibrated", name)
        if name != "CalGray":
            self.facts.note("rgb", name)

    def profiled(self, space: Any, resources: Any, depth: int) -> None:  # noqa: ANN401
        """Note a colour space with an ICC profile."""
        del resources, depth
        kind = {1: "grey", 3: "RGB", 4: "CMYK"}.get(int(space[1].get("/N", 0)), "of another kind")
        self.facts.note("calibrated", f"ICCBased {kind}")
        if kind == "RGB":
            self.facts.note("rgb", "ICCBased RGB")

    def based(self, space: Any, resources: Any, depth: int) -> None:  # noqa: ANN401
        """Note what an indexed or pattern space is based on."""
        if len(space) > 1:
            self.space(space[1], resources, depth)

    def named(self, space: Any, resources: Any, depth: int) -> None:  # noqa: ANN401
        """Note spot colours, and what stands for them."""
        for item in [space[1]] if str(space[0]) == "/Separation" else list(space[1]):
            if str(item)[1:] not in NO_SPOTS:
                self.facts.note("spots", str(item)[1:])
        self.space(space[2], resources, depth)

    def _pattern(self, pattern: Any, state: _State) -> None:  # noqa: ANN401
        if pattern is None:
            return
        if int(pattern.get("/PatternType", 1)) == 2:  # a shading
            self.space((pattern.get("/Shading") or {}).get("/ColorSpace"), None)
        elif self._first(pattern):
            self._enter(pattern, pattern.get("/Resources"), state)

    # --- resources

    def font(self, resources: Any, name: Any) -> None:  # noqa: ANN401
        font = _resource(resources, "/Font", name)
        if font is None:
            self.facts.note("fonts", str(name)[1:])
            return
        if not self._first(font):
            return
        if font.get("/Subtype") == "/Type3":
            for glyph in (font.get("/CharProcs") or {}).values():
                if self._first(glyph):
                    self._enter(glyph, font.get("/Resources") or resources, _State())
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

    def show(self, shown: Any, resources: Any, state: _State) -> None:  # noqa: ANN401
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

    def _enter(self, stream: Any, resources: Any, state: _State) -> None:  # noqa: ANN401
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

    def _image(self, image: Any, state: _State, resources: Any) -> None:  # noqa: ANN401
        wide, high = int(image.get("/Width", 0)), int(image.get("/Height", 0))
        if wide * high > MOST_PIXELS:
            message = f"a picture in it has {wide * high // 1_000_000} million pixels"
            raise SurveyError(message)
        corners = _moved(state.matrix, (0, 0, 1, 0, 0, 1, 1, 1))
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
        across, down = _lengths(state.matrix)
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
        cell = (
            max(1, round(pixels.width * AVERAGED / max(across, AVERAGED))),
            max(1, round(pixels.height * AVERAGED / max(down, AVERAGED))),
        )
        small = pixels.reduce((min(cell[0], pixels.width), min(cell[1], pixels.height)))
        data = small.tobytes()
        if small.mode == "L":
            self.facts.paint((0, 0, 0, 100 - 100 * min(data) / 255))
            return
        sums = [sum(data[at : at + 4]) for at in range(0, len(data), 4)]
        self.facts.ink = max(self.facts.ink, round(100 * max(sums) / 255))
        shares = [round(100 * max(data[band::4]) / 255) for band in range(4)]
        self.facts.inks = [max(former, share) for former, share in zip(self.facts.inks, shares, strict=True)]

    def inline(self, image: Any, state: _State, resources: Any) -> None:  # noqa: ANN401
        if not self.inside(_moved(state.matrix, (0, 0, 1, 0, 0, 1, 1, 1))):
            return
        try:
            space = image.obj.get("/ColorSpace", image.obj.get("/CS"))
        except AttributeError:
            return
        self.space(space, resources)


class _Frame:
    """One content stream while it is followed: its resources, graphics state, path and text position."""

    def __init__(self, walker: _Walker, resources: Any, state: _State) -> None:  # noqa: ANN401
        self.walker = walker
        self.resources = resources
        self.state = state
        self.stack: list[_State] = []
        self.path: list[tuple[float, float]] = []
        self.text = pikepdf.Matrix()

    def follow(self, name: str, operands: Sequence[Any]) -> None:
        """Take one operator."""
        known = _FOLLOWED.get(name)
        if known is not None:
            known(self, name, operands)

    def save(self, name: str, operands: Sequence[Any]) -> None:
        del name, operands
        self.stack.append(self.state.copy())

    def restore(self, name: str, operands: Sequence[Any]) -> None:
        del name, operands
        if self.stack:
            self.state = self.stack.pop()

    def transform(self, name: str, operands: Sequence[Any]) -> None:
        del name
        self.state.matrix = pikepdf.Matrix(*map(float, operands)) @ self.state.matrix

    def points(self, name: str, operands: Sequence[Any]) -> None:
        del name
        self.path.extend(_moved(self.state.matrix, operands))

    def rectangle(self, name: str, operands: Sequence[Any]) -> None:
        x, y, width, height = map(float, operands)
        self.points(name, (x, y, x + width, y + height, x, y + height, x + width, y))

    def end_path(self, name: str, operands: Sequence[Any]) -> None:
        del operands
        if self.walker.inside(self.path):
            self.walker.paint(name, self.state)
        self.path = []

    def move_text(self, name: str, operands: Sequence[Any]) -> None:
        self.text = _text_matrix(name, operands, self.text)

    def show_text(self, name: str, operands: Sequence[Any]) -> None:
        del name, operands
        place = self.text @ self.state.matrix
        if self.walker.inside([(place.e, place.f)]):
            self.walker.paint("f", self.state)

    def choose_font(self, name: str, operands: Sequence[Any]) -> None:
        del name
        self.walker.font(self.resources, operands[0])

    def set_state(self, name: str, operands: Sequence[Any]) -> None:
        del name
        self.walker.state(_resource(self.resources, "/ExtGState", operands[0]))

    def shade(self, name: str, operands: Sequence[Any]) -> None:
        del name
        shading = _resource(self.resources, "/Shading", operands[0])
        if shading is not None:
            self.walker.space(shading.get("/ColorSpace"), self.resources)

    def show(self, name: str, operands: Sequence[Any]) -> None:
        del name
        self.walker.show(_resource(self.resources, "/XObject", operands[0]), self.resources, self.state)

    def inline(self, name: str, operands: Sequence[Any]) -> None:
        del name
        self.walker.inline(operands[0], self.state, self.resources)

    def color(self, name: str, operands: Sequence[Any]) -> None:
        self.walker.color(name, operands, self.state, self.resources)


_FOLLOWED: Final[Mapping[str, Callable[[_Frame, str, Sequence[Any]], None]]] = {
    "q": _Frame.save,
    "Q": _Frame.restore,
    "cm": _Frame.transform,
    "re": _Frame.rectangle,
    "Tf": _Frame.choose_font,
    "gs": _Frame.set_state,
    "sh": _Frame.shade,
    "Do": _Frame.show,
    "BI": _Frame.inline,
    **dict.fromkeys(("m", "l", "c", "v", "y"), _Frame.points),
    **dict.fromkeys(sorted(_ENDS), _Frame.end_path),
    **dict.fromkeys(("BT", "Tm", "Td", "TD"), _Frame.move_text),
    **dict.fromkeys(("Tj", "TJ", "'", '"'), _Frame.show_text),
    **dict.fromkeys(("g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"), _Frame.color),
}
"""What each operator does to a frame (ISO 32000-1, annex A); the others change nothing that is asked for."""

_FAMILIES: Final[Mapping[str, Callable[[_Walker, Any, Any, int], None]]] = {
    "/CalGray": _Walker.calibrated,
    "/CalRGB": _Walker.calibrated,
    "/Lab": _Walker.calibrated,
    "/ICCBased": _Walker.profiled,
    "/Indexed": _Walker.based,
    "/I": _Walker.based,
    "/Pattern": _Walker.based,
    "/Separation": _Walker.named,
    "/DeviceN": _Walker.named,
}

_LIGHT: Final = frozenset({"/DeviceRGB", "/RGB"})
_PLAIN: Final = frozenset({"/DeviceCMYK", "/DeviceGray", "/CMYK", "/G", "/Pattern"})


def _resource(resources: Any, kind: str, name: Any) -> Any:  # noqa: ANN401
    holder = resources.get(kind) if resources is not None else None
    return holder.get(str(name)) if holder is not None else None


def _named_space(resources: Any, name: Any) -> Any:  # noqa: ANN401
    if str(name) in _PLAIN or str(name) in _LIGHT:
        return name
    return _resource(resources, "/ColorSpace", name)


def _percent(values: Sequence[Any]) -> Inks:
    cyan, magenta, yellow, black = (100 * float(value) for value in values[:4])
    return cyan, magenta, yellow, black


def _initial(space: Any) -> Inks | None:  # noqa: ANN401
    """Return the colour a space begins with (ISO 32000-1, 8.6.3), where it is of process inks."""
    return (0, 0, 0, 100) if isinstance(space, pikepdf.Name) and str(space) in _PLAIN else None


def _components(space: Any, operands: Sequence[Any]) -> Inks | None:  # noqa: ANN401
    """Return the inks of a colour in a space, None where that takes more than looking."""
    values = [value for value in operands if not isinstance(value, pikepdf.Name)]
    if isinstance(space, pikepdf.Name):
        if str(space) in ("/DeviceCMYK", "/CMYK") and len(values) == len(PROCESS):
            return _percent(values)
        if str(space) in ("/DeviceGray", "/G") and len(values) == 1:
            return (0, 0, 0, 100 - 100 * float(values[0]))
        return None
    if isinstance(space, pikepdf.Array) and str(space[0]) in ("/Separation", "/DeviceN"):
        names = [space[1]] if str(space[0]) == "/Separation" else list(space[1])
        shares = dict(zip((str(name)[1:] for name in names), (100 * float(value) for value in values), strict=False))
        if "All" in shares:
            return (shares["All"],) * 4
        if set(shares) <= set(PROCESS):
            return tuple(shares.get(name, 0.0) for name in PROCESS)  # type: ignore[return-value]
    return None


def _text_matrix(name: str, operands: Sequence[Any], former: pikepdf.Matrix) -> pikepdf.Matrix:
    if name == "BT":
        return pikepdf.Matrix()
    values = [float(value) for value in operands]
    if name == "Tm":
        return pikepdf.Matrix(*values)
    return pikepdf.Matrix(1, 0, 0, 1, values[0], values[1]) @ former


def _moved(matrix: pikepdf.Matrix, operands: Sequence[Any]) -> list[tuple[float, float]]:
    values = [float(value) for value in operands]
    return [matrix.transform((x, y)) for x, y in zip(values[::2], values[1::2], strict=True)]


def _lengths(matrix: pikepdf.Matrix) -> tuple[float, float]:
    return (matrix.a**2 + matrix.b**2) ** 0.5, (matrix.c**2 + matrix.d**2) ** 0.5
