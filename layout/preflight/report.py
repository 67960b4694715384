"""Gathering findings: which page, which place, like ones joined, no more of a kind than anyone reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from layout.diagnostics import finding
from layout.diagnostics.hints import hint
from layout.preflight.rules import RULES, mend_zh

if TYPE_CHECKING:
    from layout.diagnostics import Area, Diagnostic
    from layout.preflight.rules import FlavourName

MOST: Final = 6
"""Findings of one rule on one page that are told one by one."""

NEAR: Final = 6_000
"""Places nearer to each other than this (mpt) are one place: the lines of a paragraph, the tiles of a picture."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points of a page's user space."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as findings name it: its label, and its trim box in points of user space."""

    name: str
    trim: Box

    def area(self, box: Box) -> Area:
        """Return a place in mpt from the trim box's upper left corner."""
        left, bottom, right, top = box
        return (
            round((left - self.trim[0]) * 1000),
            round((self.trim[3] - top) * 1000),
            round((right - left) * 1000),
            round((top - bottom) * 1000),
        )


class Findings:
    """The findings of one file, those of rules that do not hold for its flavour left out."""

    def __init__(self, flavour: FlavourName) -> None:
        """Start with none."""
        self._flavour = flavour
        self._found: dict[tuple[str, str], list[Diagnostic]] = {}
        self._more: dict[tuple[str, str], int] = {}

    def add(self, code: str, sheet: Sheet | None = None, box: Box | None = None, **values: Any) -> None:  # noqa: ANN401 - the text's own values
        """Take a finding; one like a former one near it grows that one's place instead."""
        if self._flavour not in RULES[code].flavours:
            return
        area = sheet.area(box) if sheet is not None and box is not None else None
        page = sheet.name if sheet is not None else ""
        made = replace(
            finding(code, **values), page=page, area=area, hint=RULES[code].mend, hint_zh=mend_zh(RULES[code])
        )
        kin = self._found.setdefault((code, page), [])
        for index, known in enumerate(kin):
            if known.values == made.values and _near(known.area, area):
                kin[index] = replace(known, area=_joined(known.area, area))
                return
        if len(kin) < MOST:
            kin.append(made)
        else:
            self._more[code, page] = self._more.get((code, page), 0) + 1

    def all(self) -> tuple[Diagnostic, ...]:
        """Return the findings; the last of a kind that is not told in full says how many more there are."""
        made: list[Diagnostic] = []
        for key, kin in self._found.items():
            more = self._more.get(key, 0)
            made += kin[:-1]
            rest = hint("more-of-kind", count=more)
            en, zh = ("; ".join(filter(None, pair)) for pair in ((kin[-1].hint, rest.en), (kin[-1].hint_zh, rest.zh)))
            made.append(replace(kin[-1], hint=en, hint_zh=zh) if more else kin[-1])
        return tuple(made)


def _near(one: Area | None, other: Area | None) -> bool:
    if one is None or other is None:
        return one is other
    return (
        one[0] - NEAR <= other[0] + other[2]
        and other[0] - NEAR <= one[0] + one[2]
        and one[1] - NEAR <= other[1] + other[3]
        and other[1] - NEAR <= one[1] + one[3]
    )


def _joined(one: Area | None, other: Area | None) -> Area | None:
    if one is None or other is None:
        return None
    left, top = min(one[0], other[0]), min(one[1], other[1])
    right = max(one[0] + one[2], other[0] + other[2])
    bottom = max(one[1] + one[3], other[1] + other[3])
    return left, top, right - left, bottom - top
