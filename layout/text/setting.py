"""From a chosen breaking to set lines: where every atom stands.

`set_line` spends exactly the amounts that `justify.fit` found for the line, gap by gap in proportion to what each
may give, rounding carried along, so that the line is exactly as wide as its measure. Nothing else computes a width.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layout.text.linebreak import line_fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from layout.style import Align
    from layout.text.justify import Material
    from layout.text.linebreak import Breaking


@dataclass(frozen=True, slots=True)
class Line:
    """Atoms `start` to `end` of a material, `xs` the left edge of each body from the line's left end, in mpt.

    `width` is what the line fills, `gap` the inter-Han opening in mpt, `spaced` how far its word spaces are opened, in
    per mille of what they should at most, `demerits` its price, `last` whether it ends its paragraph.
    """

    start: int
    end: int
    xs: tuple[int, ...]
    width: int
    gap: int
    demerits: int
    last: bool
    spaced: int = 0


def set_line(material: Material, start: int, end: int, width: int, *, last: bool, align: Align = "justify") -> Line:
    """Return a line set to `width` mpt.

    Args:
        material: the paragraph.
        start: first atom.
        end: the atom after the last one.
        width: the measure.
        last: whether the paragraph ends here; a last line is solid unless it is over full.
        align: "justify", or where a line that is not justified stands.
    """
    natural = material.width(start, end)
    solid = align != "justify" and natural <= width
    fitted = line_fit(material, start, end, width, last=last or solid)
    first = start + 1
    pools = (
        (fitted.word, material.word_open if fitted.word >= 0 else material.word_shrink),
        (fitted.comma, material.comma_shrink),
        (fitted.stop, material.stop_shrink),
        (fitted.comma_hard, material.comma_hard_shrink),
        (fitted.stop_hard, material.stop_hard_shrink),
        (fitted.latin, material.latin_open),
        (fitted.mark, material.mark_open),
        (fitted.han, material.han_gaps),
    )
    active = [
        (amount, sums, sums[end] - sums[first], sums[first])
        for amount, sums in pools
        if amount and sums[end] > sums[first]
    ]
    base = material.body[start] + material.natural[first] if end > start else 0
    body, gaps = material.body, material.natural
    xs = []
    for index in range(start, end):
        x = body[index] + gaps[index + 1] - base
        for amount, values, span, origin in active:
            x += _share(amount, values[index + 1] - origin, span)
        xs.append(x)
    filled = natural + sum(amount for amount, *_ in active)
    shift = {"center": (width - filled) // 2, "right": width - filled}.get(align, 0)
    if shift > 0:
        xs = [x + shift for x in xs]
    count = material.han_gaps[end] - material.han_gaps[first] if end > start else 0
    span = material.word_open[end] - material.word_open[first] if end > start else 0
    return Line(
        start=start,
        end=end,
        xs=tuple(xs),
        width=filled,
        gap=fitted.han // count if count else 0,
        demerits=fitted.demerits,
        last=last,
        spaced=1000 * fitted.word // span if fitted.word > 0 and span else 0,
    )


def _share(amount: int, part: int, whole: int) -> int:
    """Return `amount` · `part` / `whole` rounded towards zero, the same for both signs."""
    made = abs(amount) * part // whole
    return made if amount >= 0 else -made


def set_paragraph(
    material: Material,
    breaking: Breaking,
    width_of_line: Callable[[int], int],
    align: Align = "justify",
) -> Iterator[Line]:
    """Yield the lines of a breaking, each at the width that the breaking was found with."""
    start = 0
    for number, end in enumerate(breaking.ends):
        yield set_line(material, start, end, width_of_line(number), last=end == len(material), align=align)
        start = end
