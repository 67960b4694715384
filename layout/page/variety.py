"""Alternatives that an editor sees as others: pages on which stories have changed places, not a line more or less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.page.desk import Filled

SHIFT: Final = 5
"""Grid lines that a module has to move, or to become deeper, before it counts as another place."""

OTHER: Final = 0.4
"""Share of a page's modules that stand in another place on a page that counts as another."""


def distinct(best: Filled, found: Sequence[Filled], count: int) -> tuple[Filled, ...]:
    """Return up to `count` − 1 pages besides the best, best first, each another page than all chosen before it.

    Where too few are that different, those that differ most come after them; no page comes twice.
    """
    chosen = [best]
    rest = [one for one in found if difference(one, best) > 0]
    while rest and len(chosen) < count:
        apart = [min(difference(one, other) for other in chosen) for one in rest]
        clear = [number for number, share in enumerate(apart) if share >= OTHER]
        number = clear[0] if clear else max(range(len(rest)), key=lambda one: (apart[one], -one))
        if not apart[number]:
            break
        chosen.append(rest.pop(number))
    return tuple(chosen[1:])


def difference(one: Filled, other: Filled) -> float:
    """Return the share of modules that stand in another place; what is on one page only does."""
    places = {module.id: module.cells for module in other.modules}
    moved = 0
    for module in one.modules:
        cells, place = module.cells, places.get(module.id)
        moved += (
            place is None
            or (cells.column, cells.columns) != (place.column, place.columns)
            or max(abs(cells.line - place.line), abs(cells.lines - place.lines)) >= SHIFT
        )
    return moved / max(len(one.modules), 1)
