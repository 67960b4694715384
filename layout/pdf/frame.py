"""Following a content stream: operators, the graphics state they change, the path and the text they draw.

What is met on the way is told to a `Listener`. Objects are pikepdf's; operators are those of ISO 32000-1, annex A.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

import pikepdf

from layout.pdf.spaces import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from layout.pdf.facts import Inks


@dataclass(slots=True)
class State:
    """As much of the graphics state as is asked for; colours are per cent of the four inks, None if unknown."""

    matrix: pikepdf.Matrix = field(default_factory=pikepdf.Matrix)
    fill: Inks | None = (0, 0, 0, 100)
    stroke: Inks | None = (0, 0, 0, 100)
    fill_space: Any = None
    stroke_space: Any = None

    def copy(self) -> State:
        """Return the same state, to be changed apart."""
        return State(self.matrix, self.fill, self.stroke, self.fill_space, self.stroke_space)


class Listener(Protocol):
    """Is told what a content stream does."""

    def inside(self, points: Sequence[tuple[float, float]]) -> bool:
        """Return whether something within these points can be seen."""

    def paint(self, name: str, state: State) -> None:
        """Take note of a painting operator."""

    def color(self, name: str, operands: Sequence[Any], state: State, resources: Any) -> None:  # noqa: ANN401
        """Take note of a colour operator, and set the state's colour."""

    def space(self, space: Any, resources: Any) -> None:  # noqa: ANN401
        """Take note of a colour space."""

    def font(self, resources: Any, name: Any) -> None:  # noqa: ANN401
        """Take note of a font."""

    def state(self, state: Any) -> None:  # noqa: ANN401
        """Take note of a graphics state dictionary."""

    def show(self, shown: Any, resources: Any, state: State) -> None:  # noqa: ANN401
        """Take note of an XObject that is shown."""

    def inline(self, image: Any, state: State, resources: Any) -> None:  # noqa: ANN401
        """Take note of an inline picture."""


FILLS: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
STROKES: Final = frozenset({"S", "s", "B", "B*", "b", "b*"})
"""Operators that end a path and fill it, or draw its line."""


class Frame:
    """One content stream while it is followed: its resources, graphics state, path and text position."""

    def __init__(self, walker: Listener, resources: Any, state: State) -> None:  # noqa: ANN401
        """Start with nothing drawn; `walker` is told what happens."""
        self.walker = walker
        self.resources = resources
        self.state = state
        self.stack: list[State] = []
        self.path: list[tuple[float, float]] = []
        self.text = pikepdf.Matrix()

    def follow(self, name: str, operands: Sequence[Any]) -> None:
        """Take one operator."""
        known = _FOLLOWED.get(name)
        if known is not None:
            known(self, name, operands)

    def save(self, name: str, operands: Sequence[Any]) -> None:
        """Follow `q`."""
        del name, operands
        self.stack.append(self.state.copy())

    def restore(self, name: str, operands: Sequence[Any]) -> None:
        """Follow `Q`."""
        del name, operands
        if self.stack:
            self.state = self.stack.pop()

    def transform(self, name: str, operands: Sequence[Any]) -> None:
        """Follow `cm`."""
        del name
        self.state.matrix = pikepdf.Matrix(*map(float, operands)) @ self.state.matrix

    def points(self, name: str, operands: Sequence[Any]) -> None:
        """Take the points of a segment."""
        del name
        self.path.extend(moved(self.state.matrix, operands))

    def rectangle(self, name: str, operands: Sequence[Any]) -> None:
        """Follow `re`."""
        x, y, width, height = map(float, operands)
        self.points(name, (x, y, x + width, y + height, x, y + height, x + width, y))

    def end_path(self, name: str, operands: Sequence[Any]) -> None:
        """Tell of a painted path that can be seen."""
        del operands
        if self.walker.inside(self.path):
            self.walker.paint(name, self.state)
        self.path = []

    def move_text(self, name: str, operands: Sequence[Any]) -> None:
        """Follow the text position."""
        self.text = _text_matrix(name, operands, self.text)

    def show_text(self, name: str, operands: Sequence[Any]) -> None:
        """Tell of text that can be seen."""
        del name, operands
        place = self.text @ self.state.matrix
        if self.walker.inside([(place.e, place.f)]):
            self.walker.paint("f", self.state)

    def choose_font(self, name: str, operands: Sequence[Any]) -> None:
        """Tell of a font."""
        del name
        self.walker.font(self.resources, operands[0])

    def set_state(self, name: str, operands: Sequence[Any]) -> None:
        """Tell of a graphics state dictionary."""
        del name
        self.walker.state(resource(self.resources, "/ExtGState", operands[0]))

    def shade(self, name: str, operands: Sequence[Any]) -> None:
        """Tell of a shading's colour space."""
        del name
        shading = resource(self.resources, "/Shading", operands[0])
        if shading is not None:
            self.walker.space(shading.get("/ColorSpace"), self.resources)

    def show(self, name: str, operands: Sequence[Any]) -> None:
        """Tell of an XObject."""
        del name
        self.walker.show(resource(self.resources, "/XObject", operands[0]), self.resources, self.state)

    def inline(self, name: str, operands: Sequence[Any]) -> None:
        """Tell of an inline picture."""
        del name
        self.walker.inline(operands[0], self.state, self.resources)

    def color(self, name: str, operands: Sequence[Any]) -> None:
        """Tell of a colour operator."""
        self.walker.color(name, operands, self.state, self.resources)


_FOLLOWED: Final[Mapping[str, Callable[[Frame, str, Sequence[Any]], None]]] = {
    "q": Frame.save,
    "Q": Frame.restore,
    "cm": Frame.transform,
    "re": Frame.rectangle,
    "Tf": Frame.choose_font,
    "gs": Frame.set_state,
    "sh": Frame.shade,
    "Do": Frame.show,
    "BI": Frame.inline,
    **dict.fromkeys(("m", "l", "c", "v", "y"), Frame.points),
    **dict.fromkeys(sorted(FILLS | STROKES | {"n"}), Frame.end_path),
    **dict.fromkeys(("BT", "Tm", "Td", "TD"), Frame.move_text),
    **dict.fromkeys(("Tj", "TJ", "'", '"'), Frame.show_text),
    **dict.fromkeys(("g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"), Frame.color),
}
"""What each operator does to a frame (ISO 32000-1, annex A); the others change nothing that is asked for."""


def _text_matrix(name: str, operands: Sequence[Any], former: pikepdf.Matrix) -> pikepdf.Matrix:
    if name == "BT":
        return pikepdf.Matrix()
    values = [float(value) for value in operands]
    if name == "Tm":
        return pikepdf.Matrix(*values)
    return pikepdf.Matrix(1, 0, 0, 1, values[0], values[1]) @ former


def moved(matrix: pikepdf.Matrix, operands: Sequence[Any]) -> list[tuple[float, float]]:
    """Return points given as x y x y …, moved by a matrix."""
    values = [float(value) for value in operands]
    return [matrix.transform((x, y)) for x, y in zip(values[::2], values[1::2], strict=True)]


def lengths(matrix: pikepdf.Matrix) -> tuple[float, float]:
    """Return how long a matrix makes a unit across and a unit down."""
    return (matrix.a**2 + matrix.b**2) ** 0.5, (matrix.c**2 + matrix.d**2) ** 0.5
