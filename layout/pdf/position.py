"""A page in the inks of its position: where the press has fewer than four, flat colours become what it can print.

Type and rules in a solid ink stay solid (a screened letter is ragged), black where theirs is not at hand. Tints and
drawings keep their tone: the tone of a missing ink goes into the black. Pictures are converted where they are
prepared; foreign pages are not touched, their preflight judges them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from layout.color import BLACK, PLATES, SOLID, Ink
from layout.display import Fill, Glyphs, Outline, Rule, Shape

if TYPE_CHECKING:
    from layout.color import InkCount
    from layout.display import Op, Sheet

DARKNESS: Final = {"cyan": 0.30, "magenta": 0.59, "yellow": 0.11}
"""Share of daylight's luminance that each ink takes away: that of the red, green and blue light (ITU-R BT.601)."""

CARRIED: Final = 0.5
"""Inks at hand that carry at least this share of a colour's darkness stand for it alone."""

FURNITURE: Final = "page"
"""The owner of furniture; its shapes are the letters of nameplate and logos."""


def at_position(sheet: Sheet, inks: InkCount) -> tuple[Sheet, tuple[str, ...]]:
    """Return a page in the inks of its position, and the parts (`page/nameplate`) whose colour changes."""
    if inks == "cmyk":
        return sheet, ()
    changed: dict[str, None] = {}
    ops: list[Op] = []
    for op in sheet.ops:
        if isinstance(op, (Glyphs, Fill, Rule, Outline, Shape)):
            line = isinstance(op, (Glyphs, Rule, Outline)) or (isinstance(op, Shape) and op.key.story == FURNITURE)
            ink = ink_at(op.ink, inks, line=line)
            if ink != op.ink:
                changed[f"{op.key.story}/{op.key.part}"] = None
                ops.append(replace(op, ink=ink))
                continue
        ops.append(op)
    return replace(sheet, ops=tuple(ops)), tuple(changed)


def ink_at(ink: Ink, inks: InkCount, *, line: bool) -> Ink:
    """Return what a colour becomes at a position; `line` for type and rules, which stay solid."""
    missing = [name for name in DARKNESS if name not in PLATES[inks] and getattr(ink, name)]
    if not missing:
        return ink
    kept = replace(ink, **dict.fromkeys(missing, 0.0))
    dark, left = _darkness(ink), _darkness(kept)
    if not kept.is_grey and left >= CARRIED * dark:
        return kept
    if line and any(getattr(ink, name) == SOLID for name in ("cyan", "magenta", "black")):
        return BLACK
    return replace(kept, black=round(min(SOLID, 100 * _black_for(dark, kept)), 1))


def _darkness(ink: Ink) -> float:
    """Return the share of light that a colour takes away."""
    colours = float(sum(share * getattr(ink, name) / 100 for name, share in DARKNESS.items()))
    return 1 - (1 - colours) * (1 - ink.black / 100)


def _black_for(dark: float, kept: Ink) -> float:
    """Return the black that makes a colour as dark as it was, beside the colours it keeps."""
    colours = _darkness(replace(kept, black=0.0))
    return 1 - (1 - dark) / (1 - colours) if colours < 1 else 1.0
