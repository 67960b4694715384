"""Every object of a file, once each: nested direct dictionaries too, cycles cut, within bounds.

Pages come first, so that what hangs on a page is reported there; then the rest of the file. What only leads back or
on to other pages is not followed from a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_OBJECTS: Final = 100_000
"""Indirect objects of a file that is looked at: a broadsheet page has two hundred, a heavy advert some thousand."""

MOST_NODES: Final = 1_000_000
"""Dictionaries, arrays and streams that are looked at, direct ones included."""

MOST_PAGES: Final = 2_000
"""Pages of a file that is looked at."""

_AWAY: Final = frozenset({"/Parent", "/P", "/Dest", "/Next", "/Prev", "/StructParent"})
"""Keys that lead from a page to elsewhere."""

_NUMBERS: Final = frozenset({"/W", "/W2", "/Widths", "/Nums", "/Differences", "/Decode", "/Rect", "/BBox", "/Matrix"})
"""Keys whose arrays hold nothing but numbers and names, often thousands of them."""


class TooMuchError(Exception):
    """The file goes over a bound; the text says which."""


@dataclass(frozen=True, slots=True)
class Node:
    """A dictionary or stream: the page it was reached from (or None), its key, and the key of what holds it."""

    obj: pikepdf.Object
    page: int | None
    key: str
    holder: str


def walk(pdf: pikepdf.Pdf) -> Iterator[Node]:
    """Yield every dictionary and stream once.

    Raises:
        TooMuchError: there are too many.
    """
    seen: set[tuple[int, int]] = set()
    budget = MOST_NODES
    for start, page in _starts(pdf):
        stack: list[tuple[pikepdf.Object, str, str]] = [(start, "", "")]
        while stack:
            obj, key, holder = stack.pop()
            if obj.is_indirect:
                if obj.objgen in seen:
                    continue
                seen.add(obj.objgen)
            budget -= 1
            if budget < 0:
                message = f"more than {MOST_NODES} dictionaries and arrays"
                raise TooMuchError(message)
            if isinstance(obj, pikepdf.Array):
                stack.extend((item, key, holder) for item in obj if isinstance(item, _CONTAINERS))
                continue
            yield Node(obj, page, key, holder)
            away = _AWAY if page is not None else frozenset()
            stack.extend(
                (value, name, key)
                for name, value in obj.items()
                if isinstance(value, _CONTAINERS)
                and name not in away
                and not (name in _NUMBERS and isinstance(value, pikepdf.Array))
            )


_CONTAINERS: Final = (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)


def _starts(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, int | None]]:
    for number, page in enumerate(pdf.pages):
        yield page.obj, number
    yield pdf.Root, None
    if "/Info" in pdf.trailer and isinstance(pdf.trailer.Info, pikepdf.Dictionary):
        yield pdf.trailer.Info, None


def inherited(page: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """Return a page's attribute, its own or one of the page tree's above it."""
    seen: set[tuple[int, int]] = set()
    node: pikepdf.Object | None = page
    while isinstance(node, pikepdf.Dictionary):
        if key in node:
            return node[key]
        if node.objgen != (0, 0) and node.objgen in seen:
            return None
        seen.add(node.objgen)
        node = node.get("/Parent")
    return None


def numbers(value: object, count: int) -> list[float] | None:
    """Return an array of `count` numbers, or None where it is something else."""
    if not isinstance(value, pikepdf.Array) or len(value) != count:
        return None
    try:
        return [float(item) for item in value]
    except (TypeError, ValueError):
        return None
