"""Headlines: which of their marks can be honoured.

A head keeps one face (newsroom.md 2), so emphasis in it is dropped and that is said. Superiors and inferiors become
the characters that stand for them, which keep every offset.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span
from layout.model import Emphasis
from layout.reading.markup import prose

if TYPE_CHECKING:
    from layout.model import Mark, RichText
    from layout.reading.source import Sources
    from layout.reading.tree import Scalar

_DROPPED: Final = {
    Emphasis.HEI: "**…**",
    Emphasis.KAI: "{…}",
    Emphasis.DOTS: "==…==",
    Emphasis.NAME: "__…__",
    Emphasis.RUBY: "|…(…)",
}

_RAISED: Final = {
    Emphasis.SUPERIOR: str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ"),
    Emphasis.INFERIOR: str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎"),
}


def heading(scalar: Scalar | None, sources: Sources) -> RichText | None:
    """Return a headline, kicker or deck without marks of emphasis, reporting those that it had (W413)."""
    if scalar is None:
        return None
    text = prose(scalar, sources)
    for mark in text.marks:
        if mark.emphasis in _DROPPED and text.origin is not None:
            line, column = text.origin.locate(mark.start)
            span = Span(text.origin.file, line, column, line, column + mark.end - mark.start)
            sources.report("W413", span=span, name=_DROPPED[mark.emphasis])
    kept = tuple(mark for mark in text.marks if mark.emphasis not in _DROPPED)
    plain = tuple(mark for mark in kept if mark.emphasis not in _RAISED)
    return replace(text, text=_with_scripts(text.text, kept), marks=plain)


def _with_scripts(text: str, marks: tuple[Mark, ...]) -> str:
    """Return a text with raised and lowered digits as characters of their own."""
    for mark in marks:
        if mark.emphasis in _RAISED:
            inside = text[mark.start : mark.end].translate(_RAISED[mark.emphasis])
            text = text[: mark.start] + inside + text[mark.end :]
    return text
