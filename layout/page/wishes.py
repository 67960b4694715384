"""Neighbours that the editor asks for: A above B, A beside B; and whether a page has them so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from layout.page.solver.problem import Wish

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layout.geometry import Cells
    from layout.model import Page, Pin


def wishes_of(page: Page) -> tuple[Wish, ...]:
    """Return what the pins of a page ask for, by the ids of its entries."""
    return tuple(
        Wish(where, entry.id, other.id)
        for entry in page.entries
        if entry.pin is not None
        for where, names in _asked(entry.pin)
        for name in names
        if (other := page.entry(name)) is not None
    )


def _asked(pin: Pin) -> tuple[tuple[Literal["above", "beside"], tuple[str, ...]], ...]:
    return ("above", pin.above), ("beside", pin.beside)


def broken(wishes: Iterable[Wish], cells: Mapping[str, Cells]) -> tuple[Wish, ...]:
    """Return the wishes that a page does not fulfil; what stands nowhere fulfils none."""
    return tuple(wish for wish in wishes if not _holds(wish, cells))


def _holds(wish: Wish, cells: Mapping[str, Cells]) -> bool:
    one, other = cells.get(wish.one), cells.get(wish.other)
    if one is None or other is None:
        return False
    if wish.where == "above":
        return one.bottom <= other.line
    shared = min(one.bottom, other.bottom) - max(one.line, other.line)
    return shared > 0 and (one.right <= other.column or other.right <= one.column)
