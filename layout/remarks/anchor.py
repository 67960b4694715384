"""Anchors: made from a passage, found again after the story was edited, or said to be lost.

A passage is found by its own words first, then by what stands around it. Where the words occur more than once, the
context decides; where it cannot, the anchor is lost rather than wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from layout.comment import CONTEXT, Anchor
from layout.proof.places import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.model import Story
    from layout.proof.places import Text

Fate = Literal["exact", "changed", "lost"]
"""The words are there; only what stands around them is (they were changed); neither is."""

_ENOUGH: Final = 6
"""Characters of context, on both sides together, that make a place certain."""

_SIDE: Final = 4
"""Characters that must agree on each side where the words themselves are gone."""

_MARGIN: Final = 3
"""Characters of context by which the best place must beat the second best."""

_WIDTHS: Final = (8, 6, _SIDE)
"""Characters on each side that are looked for, most first: near words may have been mended as well."""

_RATIO: Final = 4
_LEAST: Final = 40
"""Changed words longer than `_RATIO` times the old ones and than `_LEAST` characters are no version of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an anchor leads: the text and its characters `start` to `end`."""

    text: Text
    start: int
    end: int
    fate: Fate


def make_anchor(story: str, text: Text, start: int, end: int) -> Anchor:
    """Return the anchor of characters `start` to `end` of a story's text."""
    whole = text.rich.text
    return Anchor(
        story=story,
        part=text.part,
        number=text.number,
        start=start,
        quote=whole[start:end],
        before=whole[max(start - CONTEXT, 0) : start],
        after=whole[end : end + CONTEXT],
    )


def find(anchor: Anchor, story: Story) -> Place | None:
    """Return where an anchor's passage stands now, None where it is lost."""
    candidates = [text for text in texts(story) if _same_kind(text, anchor)]
    exact = [
        (_agreement(anchor, text.rich.text, at), text, at) for text in candidates for at in _occurrences(anchor, text)
    ]
    if exact:
        best = _decided(anchor, exact)
        return Place(best[0], best[1], best[1] + len(anchor.quote), "exact") if best else None
    return _changed(anchor, candidates)


def _same_kind(text: Text, anchor: Anchor) -> bool:
    """Heads stay heads; body paragraphs and subheads may become one another."""
    running = {"body", "subhead"}
    return text.part == anchor.part or (text.part in running and anchor.part in running)


def _occurrences(anchor: Anchor, text: Text) -> Iterator[int]:
    whole = text.rich.text
    if not anchor.quote:  # an insertion: between what stood before and after it
        joint = anchor.before[-_SIDE:] + anchor.after[:_SIDE]
        at = whole.find(joint) if joint else -1
        while at >= 0:
            yield at + len(anchor.before[-_SIDE:])
            at = whole.find(joint, at + 1)
        return
    at = whole.find(anchor.quote)
    while at >= 0:
        yield at
        at = whole.find(anchor.quote, at + 1)


def _agreement(anchor: Anchor, whole: str, at: int) -> tuple[int, int]:
    """Return how many characters of context agree at a place, and how many could."""
    before, after = whole[:at], whole[at + len(anchor.quote) :]
    agreed = _shared_end(before, anchor.before) + _shared_start(after, anchor.after)
    return agreed, len(anchor.before) + len(anchor.after)


def _shared_start(first: str, second: str) -> int:
    count = 0
    for left, right in zip(first, second, strict=False):
        if left != right:
            break
        count += 1
    return count


def _shared_end(first: str, second: str) -> int:
    return _shared_start(first[::-1], second[::-1])


def _decided(anchor: Anchor, found: list[tuple[tuple[int, int], Text, int]]) -> tuple[Text, int] | None:
    """Return the one place that the context points at, None where it points at none or at several."""
    ranked = sorted(
        found, key=lambda item: (-item[0][0], abs(item[1].number - anchor.number), abs(item[2] - anchor.start))
    )
    (agreed, possible), text, at = ranked[0]
    if len(ranked) == 1:
        certain = agreed >= min(_ENOUGH, possible) or len(anchor.quote) + agreed >= 2 * _ENOUGH
        return (text, at) if certain else None
    return (text, at) if agreed >= ranked[1][0][0] + _MARGIN else None


def _changed(anchor: Anchor, candidates: list[Text]) -> Place | None:
    """Return the stretch between the anchor's neighbours where exactly one text has both."""
    for width in _WIDTHS:
        head, tail = anchor.before[-width:], anchor.after[:width]
        found = [
            Place(text, start, end, "changed")
            for text in candidates
            for start, end in _between(text.rich.text, head, tail)
            if end - start <= max(_RATIO * len(anchor.quote), _LEAST)
        ]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _between(whole: str, head: str, tail: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches after `head` and before `tail`; at the edge of a paragraph the edge itself is the context."""
    if len(head) < _SIDE and len(tail) < _SIDE:
        return
    starts = _ends_of(whole, head) if head else [0]
    for start in starts:
        end = whole.find(tail, start) if tail else len(whole)
        if end >= start:
            yield start, end


def _ends_of(whole: str, words: str) -> list[int]:
    found, at = [], whole.find(words)
    while at >= 0:
        found.append(at + len(words))
        at = whole.find(words, at + 1)
    return found
