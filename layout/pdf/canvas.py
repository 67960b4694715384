"""The writer of page content: reportlab's canvas with what a press file must not contain taken out.

Positions are points with the origin at the lower left corner of the trim box. Colours are `Ink` only, so that no
RGB operator can get in. reportlab costs time to import: import this module where it is used.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from layout.geometry import points
from layout.pdf.content import KNOCKOUT, OVERPRINT

if TYPE_CHECKING:
    from layout.color import Ink


class PressCanvas(Canvas):  # type: ignore[misc, unused-ignore]  # reportlab ships no types
    """A reportlab canvas that writes one page's operators and remembers the state it set."""

    def __init__(self) -> None:
        """Start an empty page: no preamble, hence no base-14 font (print.md 4); no dates; no compression."""
        super().__init__(BytesIO(), pageCompression=0, invariant=1, initialFontSize=1)
        self._preamble = ""
        self._paint: dict[str, Ink | None] = {"fill": None, "stroke": None}
        self._overprint: bool | None = None
        self._thickness: int | None = None

    def operators(self) -> bytes:
        """Return what has been written."""
        content: str = self.getCurrentPageContent()
        return f"{content}\n".encode("ascii")

    def overprint(self, *, on: bool) -> None:
        """Let what follows overprint or knock out."""
        if self._overprint is not on:
            self._overprint = on
            self.addLiteral(f"/{OVERPRINT if on else KNOCKOUT} gs")

    def fill_with(self, ink: Ink) -> None:
        """Set the fill colour, in DeviceCMYK."""
        if self._paint["fill"] != ink:
            self._paint["fill"] = ink
            self.setFillColorCMYK(*shares(ink))

    def stroke_with(self, ink: Ink, width: int) -> None:
        """Set the stroke colour, in DeviceCMYK, and the line width in mpt."""
        if self._paint["stroke"] != ink:
            self._paint["stroke"] = ink
            self.setStrokeColorCMYK(*shares(ink))
        if self._thickness != width:
            self._thickness = width
            self.setLineWidth(width / 1000)

    def draw(self, name: str, a: int, d: int, e: int, f: int, state: str = "") -> None:
        """Show the XObject `name`, its unit space scaled by `a`, `d` mpt and moved by `e`, `f` mpt.

        `state` are operators that come before it and do not outlive it.
        """
        self.addLiteral(f"q {state}{points(a)} 0 0 {points(d)} {points(e)} {points(f)} cm /{name} Do Q")


def shares(ink: Ink) -> tuple[float, float, float, float]:
    """Return an ink's components as fractions of 1, to the 4 decimals that are written."""
    cyan, magenta, yellow, black = (round(value / 100, 4) for value in (ink.cyan, ink.magenta, ink.yellow, ink.black))
    return cyan, magenta, yellow, black
