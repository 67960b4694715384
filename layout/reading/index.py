"""The index of a front page: what is printed of each story, and the page where it stands.

References follow the stories: they are made from the pages, never typed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from layout.model import Index, IndexLine, RichText
from layout.reading.heads import heading
from layout.reading.pins import pin_of
from layout.reading.source import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layout.model import Page, Story
    from layout.reading.schema import IndexFields
    from layout.reading.source import Sources

AUTHOR_BREAK: Final = " / "
JOINT: Final = "　"
"""What stands in one line where the author breaks a headline."""


def read_index(fields: IndexFields | None, sources: Sources) -> Index | None:
    """Return an index as written; its stories are looked up when all are read."""
    if fields is None:
        return None
    lines = tuple(
        IndexLine(
            story=item.story.text,
            title=heading(item.headline, sources) or RichText(""),
            given=item.headline is not None,
            span=item.story.span,
        )
        for item in fields.stories
    )
    return Index(
        lines=lines,
        label=fields.name.text if fields.name else None,
        at=fields.at,
        side=fields.side,
        pin=pin_of(fields.pin),
        span=fields.stories[0].story.span,
    )


def check_index(pages: Iterable[Page], stories: Iterable[Story], sources: Sources) -> None:
    """Report lines of indexes whose stories the issue has not (E140)."""
    known = [story.id for story in stories]
    for page in pages:
        for line in page.index.lines if page.index else ():
            if line.story not in known:
                sources.report("E140", span=line.span, name=line.story, hint=did_you_mean(line.story, known))


def referred(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Return pages whose indexes name the pages where their stories stand now; a spread is named by its first page."""
    places = {story.id: (page.spread or (page.id,))[0] for page in pages for story in page.stories}
    heads = {story.id: story.headline for page in pages for story in page.stories}
    return tuple(
        replace(page, index=replace(page.index, lines=tuple(_line(line, places, heads) for line in page.index.lines)))
        if page.index
        else page
        for page in pages
    )


def _line(line: IndexLine, places: dict[str, str], heads: dict[str, RichText]) -> IndexLine:
    title = line.title if line.given else heads.get(line.story, line.title)
    shown = RichText(title.text.replace(AUTHOR_BREAK, JOINT))
    return replace(line, title=shown if not line.given else title, page=places.get(line.story, ""))
