"""A short text set in a rectangle: the ear beside the nameplate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from layout.diagnostics import finding
from layout.display import Key
from layout.model import Emphasis
from layout.page.draw import atoms_to_glyphs, baseline
from layout.page.furniture.drawn import PAGE
from layout.text.linebreak import break_paragraph
from layout.text.setting import set_line

if TYPE_CHECKING:
    from layout.geometry import Rect
    from layout.model import RichText
    from layout.page.furniture.drawn import Roles, Sketch
    from layout.style import Style, TextStyle
    from layout.text.justify import Material


def set_block(text: RichText, text_style: TextStyle, rect: Rect, least: int, part: str, sketch: Sketch) -> None:
    """Draw a text in a rectangle, centred in its height; lines of the source that begin anew are paragraphs.

    Type shrinks in the style's steps down to `least` until all lines fit; those that still do not are reported
    (E401), not drawn.
    """
    made = text_style
    step = sketch.style.heads.step
    while True:
        rows = _rows(text, made, rect.width, sketch)
        most = max(1, rect.height // made.pitch)
        if len(rows) <= most or made.size - step < least:
            break
        size = made.size - step
        made = replace(text_style, size=size, pitch=text_style.pitch * size // text_style.size)
    if len(rows) > most:
        rest = "".join(material.shaped.slice_text(start, end) for material, start, end in rows[most:])
        chars = len("".join(rest.split()))
        sketch.findings.append(
            finding(
                "E401", page=sketch.page, story=part, name=part, lines=len(rows) - most, chars=chars, start=rest[:12]
            )
        )
    shown = rows[:most]
    top = rect.y + (rect.height - len(shown) * made.pitch) // 2
    for row, (material, start, end) in enumerate(shown):
        line = set_line(material, start, end, rect.width, last=end == len(material), align=made.align)
        y = baseline(top + row * made.pitch, made.pitch, made.size)
        sketch.ops.extend(atoms_to_glyphs(material, start, line.xs, rect.x, y, made.ink, Key(PAGE, part, 0, row)))


def _rows(text: RichText, text_style: TextStyle, width: int, sketch: Sketch) -> list[tuple[Material, int, int]]:
    """Return the lines of all paragraphs: material, first atom, the atom after the last one."""
    rows: list[tuple[Material, int, int]] = []
    offset = 0
    for paragraph in text.text.split("\n"):
        material = sketch.line(
            paragraph, text_style, roles_of(text, offset, offset + len(paragraph), sketch.style)
        ).material
        offset += len(paragraph) + 1
        ways = break_paragraph(material, lambda _line: width, spread=0)
        if not ways:
            continue
        start = 0
        for end in next(iter(ways.values())).ends:
            rows.append((material, start, end))
            start = end
    return rows


def roles_of(text: RichText, start: int, end: int, style: Style) -> Roles:
    """Return the roles that a text's emphasis gives to its characters from `start` to `end`, counted from `start`."""
    roles = {Emphasis.HEI: style.composition.emphasis_role, Emphasis.KAI: style.composition.kai_role}
    return tuple(
        (max(mark.start, start) - start, min(mark.end, end) - start, roles[mark.emphasis])
        for mark in text.marks
        if mark.emphasis in roles and mark.start < end and mark.end > start
    )
