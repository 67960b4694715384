"""Page templates: pins with empty slots, filled by the rank of a page's stories."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from layout.diagnostics.hints import hint, listed
from layout.reading.source import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.model import Entry
    from layout.reading.source import Sources
    from layout.reading.tree import Scalar
    from layout.style import Slot, Style


def fill_template(entries: Sequence[Entry], name: Scalar, style: Style, sources: Sources) -> tuple[Entry, ...]:
    """Return a page's entries with the pins of a template, or report that the style has none of that name.

    A slot of a rank takes the first entry of that rank, in the order listed, any other slot the best that is left.
    Entries with a pin of their own take no slot; what is left over is free.
    """
    slots = style.templates.get(name.text)
    if slots is None:
        problem, problem_zh = f"the style has no template `{name.text}`", f"样式中没有版式模板 `{name.text}`"
        known = hint("known-are", **listed(style.templates)) if style.templates else None
        meant = did_you_mean(name.text, style.templates) or known
        sources.report("E106", span=name.span, name="template", problem=problem, problem_zh=problem_zh, hint=meant)
        return tuple(entries)
    waiting = sorted((entry for entry in entries if entry.pin is None), key=lambda entry: entry.rank)
    placed: dict[str, Entry] = {}
    for slot in slots:
        taker = _taker(slot, waiting)
        if taker is not None:
            waiting.remove(taker)
            placed[taker.id] = replace(taker, pin=slot.pin)
    return tuple(placed.get(entry.id, entry) for entry in entries)


def _taker(slot: Slot, waiting: Sequence[Entry]) -> Entry | None:
    return next((entry for entry in waiting if slot.rank in (None, entry.rank)), None)
