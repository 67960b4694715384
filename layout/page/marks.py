"""What inline marks make of a text before it is shaped: faces, superiors and inferiors, readings, protected words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layout.model import Emphasis, Mark, RichText
from layout.text.shaping import Raised

if TYPE_CHECKING:
    from layout.style import Composition


def roles_of(text: RichText, rules: Composition) -> tuple[tuple[int, int, str], ...]:
    """Return the stretches (start, end, role) that marks set in another face."""
    roles = {Emphasis.HEI: rules.emphasis_role, Emphasis.KAI: rules.kai_role}
    return tuple((mark.start, mark.end, roles[mark.emphasis]) for mark in text.marks if mark.emphasis in roles)


def raised_of(text: RichText, size: int, rules: Composition) -> tuple[Raised, ...]:
    """Return the superiors and inferiors of a text set in `size` mpt."""
    rises = {Emphasis.SUPERIOR: rules.superior_em, Emphasis.INFERIOR: -rules.inferior_em}
    small = round(rules.script_em * size)
    return tuple(
        Raised(mark.start, mark.end, small, round(rises[mark.emphasis] * size))
        for mark in text.marks
        if mark.emphasis in rises
    )


def places_of(text: str, names: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return where protected names stand in a text."""
    found = []
    for name in names:
        start = text.find(name)
        while start >= 0:
            found.append((start, start + len(name)))
            start = text.find(name, start + len(name))
    return tuple(found)


def words_of(text: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches between spaces: credits and bylines break there first."""
    return tuple((match.start(), match.end()) for match in re.finditer(r"\S+", text))


def inline_ruby(text: RichText) -> RichText:
    """Return the text with readings set in brackets after their base, as newspapers do on a tight grid."""
    rubies = [mark for mark in text.marks if mark.emphasis is Emphasis.RUBY and mark.value]
    if not rubies:
        return text
    made, marks, done, shift = "", list(text.marks), 0, 0
    for ruby in sorted(rubies, key=lambda mark: mark.end):
        note = f"（{ruby.value}）"
        made += text.text[done : ruby.end] + note
        done = ruby.end
        marks = [
            Mark(
                mark.start + len(note) if mark.start >= ruby.end + shift else mark.start,
                mark.end + len(note) if mark.end > ruby.end + shift else mark.end,
                mark.emphasis,
                mark.value,
            )
            for mark in marks
        ]
        shift += len(note)
    return RichText(made + text.text[done:], tuple(marks), text.origin)
