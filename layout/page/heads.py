"""Draw a headline: kicker, main head and deck, one under the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layout.display import Key
from layout.page.copy import source_places
from layout.page.draw import display_lines
from layout.text.headline import deck_height

if TYPE_CHECKING:
    from layout.color import Ink
    from layout.model import RichText, Story
    from layout.page.easel import Easel
    from layout.style import HeadStyle
    from layout.text.headline import Head, SetText


def draw_head(
    easel: Easel,
    story: Story,
    head: Head,
    left: int,
    width: int,
    top: int,
    heads: HeadStyle,
    ink: Ink | None = None,
) -> None:
    """Draw a head in a block, and note its size for the page's figures.

    Args:
        easel: the page.
        story: whose head.
        head: how it is set.
        left: left edge of the block, mpt.
        width: its width.
        top: head of the first line's em box.
        heads: gaps, alignment and colour.
        ink: another colour, which always knocks out.
    """
    y = top

    def lines(text: SetText, gap: int, part: str) -> None:
        source: RichText = getattr(story, part)
        easel.say_missing(story, source_places(text.material.shaped.text, text.material.shaped.missing, source))
        overprint = ink is None and text.size <= heads.knockout_above
        key = Key(story.id, part)
        easel.draw(display_lines(text, left, width, y, gap, heads.align, ink or heads.ink, key, overprint=overprint))

    if head.kicker is not None:
        lines(head.kicker, 0, "kicker")
        y += head.kicker.size * len(head.kicker.lines) + heads.kicker_gap
    main = head.main
    gap = round(heads.line_gap * main.size)
    lines(main, gap, "headline")
    y += len(main.lines) * main.size + (len(main.lines) - 1) * gap
    if head.deck is not None:
        y += heads.deck_gap
        lines(head.deck, round(2 * heads.line_gap * head.deck.size), "deck")
        y += deck_height(head.deck, heads)
    easel.heads.append((story.headline.text, main.size))
