"""How a module's width is divided into legs (破栏): whole-character measures, the spare in the gutters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layout.style import Style


@dataclass(frozen=True, slots=True)
class Legs:
    """`count` legs of `characters` characters; `measure` and `gutter` in mpt fill the width exactly."""

    count: int
    characters: int
    measure: int
    gutter: int

    def x(self, leg: int) -> int:
        """Left edge of a leg, counted from 0, from the module's left edge."""
        return leg * (self.measure + self.gutter)

    def width(self, legs: int) -> int:
        """Width of neighbouring legs with the gutters between them."""
        return legs * self.measure + (legs - 1) * self.gutter


def divide(width: int, count: int, style: Style) -> Legs | None:
    """Return `width` mpt as `count` legs, or None where the style has no such division.

    Measures are whole characters, rounded down; what is left over goes to the gutters, which may not
    be wider than `gutter_most_em` (newsroom.md 1). A single leg keeps its spare at the right, less than one em.
    """
    em = style.em
    if count == 1:
        characters = width // em
        if not style.legs.least <= characters <= style.legs.most:
            return None
        return Legs(1, characters, characters * em, 0)
    for longest, gutter_em in style.legs.gutters:
        least = round(gutter_em * em)
        characters = (width - (count - 1) * least) // (count * em)
        if characters > longest:
            continue
        if not style.legs.least <= characters <= style.legs.most:
            return None
        gutter = (width - count * characters * em) // (count - 1)
        if gutter > round(style.legs.gutter_most_em * em):
            return None
        return Legs(count, characters, characters * em, gutter)
    return None
