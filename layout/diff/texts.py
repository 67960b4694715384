"""Two versions of a text: which characters changed, and how to say it in a line."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_BESIDE: Final = 4
"""Unchanged characters shown on either side of a change."""

_JOINED: Final = 2
"""Changes with fewer unchanged characters between them are told as one."""

_LONGEST: Final = 24
"""Characters of one side of a change that are shown."""

_ALIKE: Final = 0.4
"""From this likeness on two paragraphs are versions of one."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` of the old text became `new`."""

    start: int
    end: int
    old: str
    new: str

    @property
    def count(self) -> int:
        """Characters that a proofreader must read again: the longer side."""
        return max(len(self.old), len(self.new))


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """Return what turns `old` into `new`, neighbouring changes joined."""
    made: list[Edit] = []
    for tag, low, high, new_low, new_high in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        edit = Edit(low, high, old[low:high], new[new_low:new_high])
        if made and edit.start - made[-1].end < _JOINED:
            last = made.pop()
            between = old[last.end : edit.start]
            edit = Edit(last.start, edit.end, old[last.start : edit.end], last.new + between + edit.new)
        made.append(edit)
    return tuple(made)


def apply(old: str, changes: Sequence[Edit]) -> str:
    """Return the new text from the old one and its edits."""
    made, at = "", 0
    for edit in changes:
        made += old[at : edit.start] + edit.new
        at = edit.end
    return made + old[at:]


def told(old: str, edit: Edit) -> str:
    """Return a change with what stands beside it: `…江面上的[雾→晨雾]散了…`."""
    before, after = old[max(edit.start - _BESIDE, 0) : edit.start], old[edit.end : edit.end + _BESIDE]
    left = "…" if edit.start > _BESIDE else ""
    right = "…" if edit.end + _BESIDE < len(old) else ""
    return f"{left}{before}[{shortened(edit.old) or '∅'}→{shortened(edit.new) or '∅'}]{after}{right}"


def shortened(text: str) -> str:
    """Return a text cut in the middle to what a line of a report bears."""
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]}…{text[-half:]}"


Pairing = tuple[int | None, int | None]
"""Places of one paragraph in the old and the new version; None where it is not there."""


def paired(old: Sequence[str], new: Sequence[str]) -> tuple[Pairing, ...]:
    """Return which paragraph became which, in order; those alike enough count as versions of one."""
    made: list[Pairing] = []
    for tag, low, high, new_low, new_high in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            made.extend(zip(range(low, high), range(new_low, new_high), strict=True))
        else:
            made.extend(_alike(old, new, range(low, high), range(new_low, new_high)))
    return tuple(made)


def _alike(old: Sequence[str], new: Sequence[str], before: range, after: range) -> list[Pairing]:
    """Pair the paragraphs of two stretches without crossing, as much likeness as there is (alignment by DP)."""
    best: dict[tuple[int, int], tuple[float, list[Pairing]]] = {}
    for i in range(len(before), -1, -1):
        for j in range(len(after), -1, -1):
            options: list[tuple[float, list[Pairing]]] = []
            if i < len(before) and j < len(after):
                likeness = SequenceMatcher(None, old[before[i]], new[after[j]], autojunk=False).ratio()
                if likeness >= _ALIKE:
                    score, rest = best[i + 1, j + 1]
                    options.append((score + likeness, [(before[i], after[j]), *rest]))
            if i < len(before):
                score, rest = best[i + 1, j]
                options.append((score, [(before[i], None), *rest]))
            if j < len(after):
                score, rest = best[i, j + 1]
                options.append((score, [(None, after[j]), *rest]))
            best[i, j] = max(options, key=lambda option: option[0], default=(0.0, []))
    return best[0, 0][1]
