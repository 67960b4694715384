"""Pull quotes: a sentence of the story in larger type between two rules, in the middle of a leg.

They are set only in stories that offer them, to fill a page that is short of copy: an insert of whole grid lines at
the measure of one leg, which the text runs round above and below.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.display import Key, Rule
from layout.model import BlockKind
from layout.page.copy import source_places
from layout.page.draw import ASCENT, atoms_to_glyphs
from layout.plan import QuotePlace
from layout.text.justify import prepare
from layout.text.linebreak import break_paragraph, ragged
from layout.text.setting import set_line
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.fontbook import Fontbook
    from layout.model import Region, RichText, Story
    from layout.page.easel import Easel
    from layout.style import Composition, Style, TextStyle
    from layout.text.justify import Material

LEAST_BESIDE: Final = 4
"""Lines of text that stand above and below a quote at least."""

LONGEST: Final = 14
"""Grid lines that a quote may take: a deeper one is a column of display type."""

FOUND: Final = 2
"""Quotes that are looked for in a text whose story leaves the choice to the page."""

_SPEECH: Final = re.compile(r"“[^“”]+[。！？…]”")


class Inset(NamedTuple):
    """A quote at a measure: its number in the story and its depth in grid lines."""

    quote: int
    depth: int


def quotes_of(story: Story, style: Style) -> tuple[RichText, ...]:
    """Return the quotes that a story offers: its own list, or sentences that somebody says in it."""
    if story.locked or story.setting == "vertical":
        return ()
    return story.quotes or (spoken(story, style) if story.quotes_found else ())


def spoken(story: Story, style: Style) -> tuple[RichText, ...]:
    """Return whole sentences in quotation marks, of the length the style wants, those nearest its middle."""
    least, most = style.quote.characters
    found = [
        block.text.part(match.start(), match.end())
        for block in story.body
        if block.kind is BlockKind.PARAGRAPH
        for match in _SPEECH.finditer(block.text.text)
        if least <= match.end() - match.start() - 2 <= most
    ]
    return tuple(sorted(found, key=lambda text: abs(2 * len(text.text) - least - most))[:FOUND])


@lru_cache(maxsize=256)
def _broken(
    text: str, measure: int, quote: TextStyle, region: Region, rules: Composition, book: Fontbook
) -> tuple[Material, tuple[int, ...]]:
    """Return a quote shaped, and the ends of its lines at a measure in mpt."""
    shaped = shape(text, ShapeStyle(quote.role, quote.size, region, rules.level), book)
    material = prepare(shaped, rules)
    ways = break_paragraph(material, lambda _line: measure, fitting=ragged)
    best = ways[min(ways, key=lambda count: (ways[count].demerits, count))]
    return material, best.ends


def _height(lines: int, style: Style) -> int:
    quote = style.quote
    return 2 * (quote.rule + quote.pad) + (lines - 1) * quote.text.pitch + quote.text.size


def insets(story: Story, measure: int, style: Style, book: Fontbook) -> Iterator[Inset]:
    """Yield the quotes of a story as inserts at a measure in mpt."""
    for number, text in enumerate(quotes_of(story, style)):
        _, ends = _broken(text.text, measure, style.quote.text, story.region, style.composition, book)
        depth = -(-(_height(len(ends), style) + 2 * style.photo.clear) // style.grid.pitch)
        if depth <= LONGEST:
            yield Inset(number, depth)


def quote_place(inset: Inset, rooms: tuple[int, ...], free: int) -> QuotePlace | None:
    """Return where a quote stands among legs, or None where text would not stand well above and below it.

    Args:
        inset: the quote.
        rooms: the lines that each leg has for text and quote.
        free: how many of them, from the left, have no picture above.
    """
    leg = (free or len(rooms)) // 2
    leg = min(leg, len(rooms) - 1) if free != 1 else 0
    above = (rooms[leg] - inset.depth + 1) // 2
    if rooms[leg] - inset.depth - above < LEAST_BESIDE:
        return None
    return QuotePlace(quote=inset.quote, leg=leg, depth=inset.depth, offset=above)


def draw_quote(easel: Easel, story: Story, style: Style, place: QuotePlace, left: int, line: int, measure: int) -> None:
    """Draw a quote in its leg.

    Args:
        easel: the page.
        story: whose quote.
        style: the story's style.
        place: its number and depth.
        left: the leg's left edge, mpt.
        line: the first grid line it takes.
        measure: the leg's width, mpt.
    """
    quote = style.quote
    source = quotes_of(story, style)[place.quote]
    material, ends = _broken(source.text, measure, quote.text, story.region, style.composition, easel.book)
    easel.say_missing(story, source_places(material.shaped.text, material.shaped.missing, source))
    height = _height(len(ends), style)
    top = style.line_y(line) + (place.depth * style.grid.pitch - height) // 2
    foot = top + height
    for y in (top, foot) if quote.rule else ():
        easel.ops.append(Rule(Key(story.id, "quote"), left, y, left + measure, y, quote.rule, quote.ink))
    start, base = 0, top + quote.rule + quote.pad + ASCENT * quote.text.size // 1000
    for number, end in enumerate(ends):
        row = set_line(material, start, end, measure, last=True, align=quote.text.align)
        key = Key(story.id, "quote", place.quote + 1, number)
        easel.draw(atoms_to_glyphs(material, start, row.xs, left, base, quote.text.ink, key))
        start, base = end, base + quote.text.pitch
