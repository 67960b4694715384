"""Where a story may be cut, and what is left of it: from the end upwards, at the ends of sentences.

A cut never leaves an open quotation mark or bracket, never goes beyond the style's share of the text, and is never
made in locked copy or in verse. The credit after the last paragraph stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span
from layout.model import BlockKind
from layout.plan import Cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.model import Story
    from layout.style import Style

OFFERED: Final = 7
"""Cuts of a story that are tried; where it has more sentences, evenly chosen among them."""

_SENTENCE_END: Final = re.compile(r"(?:[。！？!?]+|…+(?=[”’」』]))[”’」』）)》]*")
_PAIRS: Final = {"”": "“", "’": "‘", "」": "「", "』": "『", "）": "（", ")": "(", "》": "《", "】": "【"}
"""Closing marks and what they close."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trim:
    """A cut in a story, for the editor to read.

    `lines` are the lines that go at the story's measure; `paragraph` counts paragraphs from 1, subheads aside; `text`
    is what goes, a paragraph a line; `span` is where it stands in the story's file. `at` is the end of what is left on
    the page in points from the head-left corner of the trim box, None where the cut is only proposed.
    """

    story: str
    lines: int
    characters: int
    paragraph: int
    text: str
    span: Span | None = None
    at: tuple[float, float] | None = None


def sentence_ends(text: str) -> Iterator[int]:
    """Yield the offsets behind the sentences of a text at which no quotation or bracket is open."""
    for found in _SENTENCE_END.finditer(text):
        before = text[: found.end()]
        if all(before.count(opening) == before.count(closing) for closing, opening in _PAIRS.items()):
            yield found.end()


def cuts(story: Story, style: Style) -> tuple[Cut, ...]:
    """Return the places where a story may be cut, those that take least first; none in locked copy and verse."""
    if story.locked or story.setting == "vertical":
        return ()
    blocks = [(number, block) for number, block in enumerate(story.body, 1) if not block.optional]
    whole = sum(len(block.text.text) for _, block in blocks)
    most = min(round(style.trim.most * whole), whole - style.trim.keep)
    found: list[Cut] = []
    after = 0
    for number, block in reversed(blocks):
        text = block.text.text
        if block.kind is BlockKind.PARAGRAPH:
            ends = {*sentence_ends(text), len(text)}
            found.extend(
                Cut(number, end) for end in sorted(ends, reverse=True) if 0 < after + len(text) - end <= most
            )
        after += len(text)
        if after > most:
            break
    return _spaced(found)


def _spaced(found: list[Cut]) -> tuple[Cut, ...]:
    if len(found) <= OFFERED:
        return tuple(found)
    return tuple(found[number * (len(found) - 1) // (OFFERED - 1)] for number in range(OFFERED))


def trimmed(story: Story, cut: Cut) -> Story:
    """Return a story that ends at a cut."""
    last = story.body[cut.block - 1]
    kept = replace(last, text=last.text.part(0, cut.offset))
    return replace(story, body=(*story.body[: cut.block - 1], kept))


def removed(story: Story, cut: Cut) -> str:
    """Return what a cut takes of a story, a paragraph or subhead a line."""
    rest = story.body[cut.block - 1].text.text[cut.offset :]
    later = (block.text.text for block in story.body[cut.block :] if not block.optional)
    return "\n".join(part for part in (rest, *later) if part)


def trim_of(story: Story, cut: Cut, lines: int, at: tuple[float, float] | None = None) -> Trim:
    """Return a cut of `lines` lines as the editor reads it."""
    text = removed(story, cut)
    first = cut.block
    if cut.offset == len(story.body[first - 1].text.text):
        first = next(
            (
                number
                for number, block in enumerate(story.body, 1)
                if number > cut.block and block.kind is BlockKind.PARAGRAPH
            ),
            first,
        )
    return Trim(
        story=story.id,
        lines=lines,
        characters=len("".join(text.split())),
        paragraph=sum(block.kind is BlockKind.PARAGRAPH for block in story.body[:first]),
        text=text,
        span=_span(story, cut),
        at=at,
    )


def _span(story: Story, cut: Cut) -> Span | None:
    """Return the stretch of the story's file that a cut takes."""
    places = []
    first = story.body[cut.block - 1].text
    if cut.offset < len(first.text) and first.origin is not None:
        places.append((first.origin, cut.offset))
    else:
        following = next((block.text for block in story.body[cut.block :] if not block.optional), None)
        if following is not None and following.origin is not None:
            places.append((following.origin, 0))
    last = story.body[-1].text
    if not places or last.origin is None:
        return None
    origin, offset = places[0]
    line, column = origin.locate(offset)
    end_line, end_column = last.origin.locate(len(last.text) - 1)
    return Span(origin.file, line, column, end_line, end_column + 1)
