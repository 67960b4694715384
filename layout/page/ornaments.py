"""Emphasis dots and the line of names, beside the characters of a set line.

In horizontal lines both stand under the characters; in vertical ones dots stand to the right, lines to the left
(CLReq, emphasis marks and proper noun marks). Marks of punctuation carry no dot. Two names that meet keep their lines
apart. Drawn as outlines and rules: the text of the page stays as it is.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from layout.display import Rule, Shape
from layout.model import Emphasis
from layout.page.draw import ASCENT
from layout.text.punctuation import CharClass
from layout.text.vertical import VerticalShaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.color import Ink
    from layout.display import Key
    from layout.model import Mark
    from layout.style import OrnamentStyle
    from layout.text.justify import Material

DOTTED: Final = frozenset({CharClass.HAN, CharClass.LATIN, CharClass.DIGIT})
"""Classes whose characters carry a dot."""

APART_EM: Final = 0.08
"""How much shorter than its characters the line of a name is at either end."""

_BOW: Final = 0.5523
"""Length of the handles of a quarter circle, in radii."""


def ornaments(
    material: Material,
    start: int,
    places: Sequence[int],
    x: int,
    y: int,
    marks: Sequence[Mark],
    style: OrnamentStyle,
    ink: Ink,
    key: Key,
) -> Iterator[Shape | Rule]:
    """Yield the dots and lines of a set line.

    Args:
        material: its text.
        start: first atom of the line.
        places: where the atoms' bodies begin along the line.
        x: left end of a horizontal line, or the middle of a vertical one.
        y: the baseline, or the head of a vertical line.
        marks: stretches of the whole text that carry dots or a line.
        style: sizes and distances.
        ink: the colour of the text.
        key: whose line it is.
    """
    shaped = material.shaped
    size = shaped.size
    vertical = isinstance(shaped, VerticalShaped)
    foot = size - ASCENT * size // 1000
    for mark in marks:
        atoms = [
            (place, place + shaped.body[index], index)
            for index, place in enumerate(places, start)
            if mark.start <= shaped.starts[index] < mark.end
        ]
        if not atoms:
            continue
        if mark.emphasis is Emphasis.DOTS and style.dot_em:
            away = size * (style.dot_gap_em + style.dot_em / 2)
            for along in (along for atom in atoms for along in _centres(material, *atom)):
                centre = (x + size // 2 + away, y + along) if vertical else (x + along, y + foot + away)
                yield _dot(round(centre[0]), round(centre[1]), round(size * style.dot_em / 2), ink, key)
        elif mark.emphasis is Emphasis.NAME and style.line:
            away = round(size * style.line_gap_em) + style.line // 2
            short = round(APART_EM * size)
            first, last = atoms[0][0] + short, atoms[-1][1] - short
            if vertical:
                left = x - size // 2 - away
                yield Rule(key, left, y + first, left, y + last, style.line, ink)
            else:
                under = y + foot + away
                yield Rule(key, x + first, under, x + last, under, style.line, ink)


def _centres(material: Material, head: int, end: int, index: int) -> Iterator[int]:
    """Yield where the dots of an atom stand along the line: one a character, one for what shares an em."""
    shaped = material.shaped
    if shaped.classes[index] not in DOTTED:
        return
    if shaped.han[index]:
        yield (head + end) // 2
        return
    edges = [*shaped.offsets[index], shaped.body[index]]
    yield from (head + (left + right) // 2 for left, right in pairwise(edges))


def _dot(x: int, y: int, radius: int, ink: Ink, key: Key) -> Shape:
    bow = round(_BOW * radius)
    return Shape(
        key,
        (
            ("m", (x + radius, y)),
            ("c", (x + radius, y + bow, x + bow, y + radius, x, y + radius)),
            ("c", (x - bow, y + radius, x - radius, y + bow, x - radius, y)),
            ("c", (x - radius, y - bow, x - bow, y - radius, x, y - radius)),
            ("c", (x + bow, y - radius, x + radius, y - bow, x + radius, y)),
            ("h", ()),
        ),
        ink,
    )
