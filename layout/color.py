"""Process colours as the press prints them: percentages of cyan, magenta, yellow and black."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

InkCount = Literal["k", "k+m", "k+m+y", "cmyk"]
"""The inks the press has at a page's position in the book."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A process colour, each component 0 to 100 per cent."""

    cyan: float
    magenta: float
    yellow: float
    black: float

    @property
    def total(self) -> float:
        """The ink sum in per cent, which a print condition limits (240 % on newsprint)."""
        return self.cyan + self.magenta + self.yellow + self.black

    @property
    def is_grey(self) -> bool:
        """Whether black alone prints."""
        return not (self.cyan or self.magenta or self.yellow)

    @property
    def is_black(self) -> bool:
        """Whether this is 100 K, the only colour that overprints."""
        return self.is_grey and self.black == SOLID

    def __str__(self) -> str:
        """Return a short, stable form for display dumps: `K100`, `M100 Y100`, `paper`."""
        named = zip("CMYK", (self.cyan, self.magenta, self.yellow, self.black), strict=True)
        return " ".join(f"{letter}{value:g}" for letter, value in named if value) or "paper"


SOLID = 100.0
PLATES: dict[InkCount, tuple[str, ...]] = {
    "k": ("black",),
    "k+m": ("magenta", "black"),
    "k+m+y": ("magenta", "yellow", "black"),
    "cmyk": ("cyan", "magenta", "yellow", "black"),
}
"""The plates of each position of the press, by the components they print."""

BLACK = Ink(0, 0, 0, SOLID)
PAPER = Ink(0, 0, 0, 0)
