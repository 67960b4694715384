"""The texts of an issue one after another, each with its place: what the checks read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layout.diagnostics import Span, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.diagnostics import Diagnostic
    from layout.diagnostics.hints import Hint
    from layout.model import Issue, Region, RichText, Story

DISPLAY = frozenset({"headline", "kicker", "deck", "banner", "index", "subhead", "label"})
"""Parts set large: an error there counts double (newsroom.md 7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One text of the issue: a headline, a paragraph, a caption.

    `part` names what it is (`headline`, `paragraph`, `caption`, …), `number` counts the parts of that name in its
    story from 0. `page` and `story` are empty where there is none.
    """

    text: str
    part: str
    region: Region
    page: str = ""
    story: str = ""
    number: int = 0
    source: RichText | None = None

    def span(self, start: int, end: int) -> Span | None:
        """Return where the characters from `start` to `end` stand in their file."""
        if self.source is None or self.source.origin is None:
            return None
        line, column = self.source.origin.locate(start)
        return Span(self.source.origin.file, line, column, line, column + max(end - start, 1))

    def report(self, code: str, start: int, end: int, hint: Hint | str | None = None, **values: object) -> Diagnostic:
        """Return a finding about the characters from `start` to `end`."""
        return finding(code, span=self.span(start, end), page=self.page, story=self.story, hint=hint, **values)


def passages(issue: Issue) -> tuple[Passage, ...]:
    """Return all texts of an issue in reading order: page by page, story by story, head to tail."""
    return tuple(_issue(issue))


def of_story(story: Story, page: str = "") -> Iterator[Passage]:
    """Yield the texts of a story, each part counted from 0."""
    counts: dict[str, int] = {}
    for part, text in _parts(story):
        number = counts.get(part, 0)
        counts[part] = number + 1
        yield Passage(
            text=text.text,
            part=part,
            region=story.region,
            page=page,
            story=story.id,
            number=number,
            source=text,
        )


def _issue(issue: Issue) -> Iterator[Passage]:
    if issue.masthead.ear:
        ear = issue.masthead.ear
        yield Passage(text=ear.text, part="ear", region=issue.region, source=ear)
    for page in issue.pages:
        if page.banner:
            yield Passage(text=page.banner.text, part="banner", region=issue.region, page=page.id, source=page.banner)
        for line in page.index.lines if page.index else ():
            if line.given:
                yield Passage(text=line.title.text, part="index", region=issue.region, page=page.id, source=line.title)
        for entry in page.entries:
            if entry.label:
                yield Passage(
                    text=entry.label.text, part="label", region=issue.region, page=page.id, source=entry.label
                )
            for story in entry.stories:
                yield from of_story(story, page.id)
    for one in issue.bank:
        yield from of_story(one.story)


def _parts(story: Story) -> Iterator[tuple[str, RichText]]:
    for part in ("kicker", "headline", "deck", "dateline", "byline"):
        text = getattr(story, part)
        if text:
            yield part, text
    for block in story.body:
        yield block.kind.value, block.text
    if story.tail:
        yield "tail", story.tail
    for photo in story.photos:
        if photo.caption:
            yield "caption", photo.caption
        if photo.credit:
            yield "credit", photo.credit
