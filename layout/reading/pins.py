"""Fixed places on the page grid: inside it, and apart from each other; wishes that the page can hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from layout.diagnostics.hints import hint
from layout.geometry import Cells
from layout.model import Pin
from layout.reading.source import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layout.diagnostics import Span
    from layout.model import Page
    from layout.reading.schema import PinFields
    from layout.reading.source import Sources
    from layout.style import Style


@dataclass(frozen=True, slots=True)
class Pinned:
    """Something with a fixed place, by the name it has in messages."""

    name: str
    pin: Pin
    span: Span | None


def check_pins(pinned: Iterable[Pinned], style: Style, sheets: int, sources: Sources, *, front: bool) -> None:
    """Report pins outside the grid, over each other, or over the nameplate.

    Args:
        pinned: what is pinned on one page.
        style: the page's style.
        sheets: the number of pages side by side.
        sources: where findings go.
        front: whether the page has the nameplate.
    """
    columns, lines = style.grid.columns * sheets, style.grid.lines
    taken: list[tuple[str, Cells]] = []
    if front:
        taken.append(("masthead", Cells(0, 0, style.nameplate.columns, style.nameplate.lines)))
    for item in pinned:
        problems = [
            *_outside(item.pin.column, item.pin.columns, columns, ("column", "栏")),
            *_outside(item.pin.line, item.pin.lines, lines, ("line", "行")),
        ]
        for problem, problem_zh in problems:
            sources.report("E116", span=item.span, problem=problem, problem_zh=problem_zh)
        cells = _cells(item.pin)
        if cells is None or problems:
            continue
        for name, other in taken:
            if cells.overlaps(other):
                shared, shared_zh = _shared(cells, other)
                both = hint("both-take", cells=shared, cells_zh=shared_zh)
                sources.report("E117", span=item.span, first=name, second=item.name, hint=both)
        taken.append((item.name, cells))


def pin_of(fields: PinFields | None) -> Pin | None:
    """Return a pin as written, or None where nothing was."""
    from layout.reading.schema import StoryPinFields  # noqa: PLC0415 - it brings pydantic

    if fields is None:
        return None
    pin = Pin(column=fields.column, columns=fields.columns, line=fields.line, lines=fields.lines)
    if not isinstance(fields, StoryPinFields):
        return pin
    above, beside = (tuple(item.text for item in listed or ()) for listed in (fields.above, fields.beside))
    return replace(pin, head=fields.head, above=above, beside=beside)


def check_wishes(pinned: Iterable[Pinned], page: Page, sources: Sources) -> None:
    """Report neighbours that the page has not, and headline sizes of what has no headline of its own."""
    known = [*(entry.id for entry in page.entries), *(story.id for story in page.stories)]
    for item in pinned:
        own = page.entry(item.name)
        for name in (*item.pin.above, *item.pin.beside):
            other = page.entry(name)
            if other is None:
                sources.report("E125", span=item.span, name=name, where=page.id, hint=did_you_mean(name, known))
            elif other is own:
                problem, problem_zh = "it is named as its own neighbour", "把自己写成了自己的相邻稿件"
                sources.report("E129", span=item.span, name=item.name, problem=problem, problem_zh=problem_zh)
        if item.pin.head is not None and own is not None and len(own.stories) > 1:
            problem, problem_zh = "a group has no headline of its own", "组稿没有自己的标题"
            sources.report("E129", span=item.span, name=item.name, problem=problem, problem_zh=problem_zh)


def _cells(pin: Pin) -> Cells | None:
    if pin.column is None or pin.columns is None or pin.line is None or pin.lines is None:
        return None
    return Cells(pin.column - 1, pin.line - 1, pin.columns, pin.lines)


def _shared(one: Cells, other: Cells) -> tuple[str, str]:
    """Return the columns and lines that two rectangles share, counted from 1, in both languages."""
    spans = (
        ("column", "栏", max(one.column, other.column), min(one.right, other.right)),
        ("line", "行", max(one.line, other.line), min(one.bottom, other.bottom)),
    )
    return ", ".join(
        f"{word} {first + 1}" if end - first == 1 else f"{word}s {first + 1} to {end}" for word, _, first, end in spans
    ), "、".join(
        f"第 {first + 1} {word}" if end - first == 1 else f"第 {first + 1} 至 {end} {word}"
        for _, word, first, end in spans
    )


def _outside(start: int | None, extent: int | None, most: int, words: tuple[str, str]) -> list[tuple[str, str]]:
    """Return what is wrong with one direction of a pin, in both languages."""
    word, word_zh = words
    last = (start or 1) + (extent or 1) - 1
    if last <= most:
        return []
    reach = f"{word} {last}" if extent is None or start is None else f"{word}s {start} to {last}"
    reach_zh = f"第 {last} {word_zh}" if extent is None or start is None else f"第 {start} 至 {last} {word_zh}"
    if start is None:
        reach, reach_zh = f"{last} {word}s", f"{last} {word_zh}"
    return [(f"{reach}, the page has {most}", f"{reach_zh}，版面只有 {most} {word_zh}")]
