"""How much room a page has, roughly, before anything is set: to choose where a story may go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layout.page.furniture import page_blocks

if TYPE_CHECKING:
    from layout.model import Issue, Page, Story
    from layout.style import Style

SET: Final = 1.1
"""Lines that a text takes over the quotient of its characters and the measure: indents and last lines."""


def spare_lines(issue: Issue, page: Page, style: Style) -> int:
    """Return the column lines of a page that its blocks and stories leave, negative where they are too many."""
    area = style.grid.columns * style.grid.lines
    taken = sum(cells.columns * cells.lines for _, cells in page_blocks(issue, page, style))
    return area - taken - sum(story_lines(story, style) for story in page.stories)


def story_lines(story: Story, style: Style) -> int:
    """Return about how many column lines a story takes at the least width of its rank, head and pictures included."""
    columns = style.widths[story.rank][0]
    characters = sum(len(block.text.text) for block in story.body if not block.optional)
    text = round(SET * characters / style.grid.characters)
    slots = [band.slot[0] for band in style.heads.bands if story.rank in band.ranks]
    head = (min(slots, default=1) + 1) * columns
    width = style.span_width(columns)
    pictures = sum(columns * round(width / photo.aspect / style.grid.pitch) for photo in story.photos)
    return text + head + pictures
