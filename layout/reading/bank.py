"""Stories without a page: checked as they are read, and those that a plan places put on its pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from layout.diagnostics.hints import hint, listed
from layout.model import Banked, Entry, Issue
from layout.reading.source import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layout.model import Page
    from layout.plan import PagePlan
    from layout.reading.copy import Copy
    from layout.reading.schema import BankedFields
    from layout.reading.source import Sources


def banked(fields: BankedFields, copy: Copy, pages: Sequence[Page], sources: Sources) -> Banked:
    """Return a story without a page; one that can have none (E142), or changes its page's style (E141), is reported."""
    made = Banked(story=copy.story, section=fields.section.text if fields.section else "", span=fields.story.span)
    if copy.overrides is not None:
        sources.report("E141", span=copy.overrides.span, name=copy.story.id)
    if not any(made.may_stand(page) for page in pages):
        sections = {page.section: None for page in pages if page.section}
        place = fields.section or fields.story
        meant = did_you_mean(made.section, sections) or hint("known-are", **listed(sections))
        sources.report("E142", span=place.span, name=copy.story.id, hint=meant)
    return made


def with_planned(issue: Issue, plans: Mapping[str, PagePlan], sources: Sources) -> Issue:
    """Return the issue with the stories of its bank that plans place on their pages; one placed twice is E127."""
    waiting = {one.story.id: one for one in issue.bank}
    homes: dict[str, str] = {}
    for name, plan in plans.items():
        told = [(item.id, item.span) for item in plan.modules] + [(item.id, item.span) for item in plan.wanted]
        for story, span in told:
            if homes.get(story, name) != name:
                sources.report("E127", span=span, name=story)
            elif story in waiting:
                homes[story] = name
    return on_pages(issue, homes)


def on_pages(issue: Issue, homes: Mapping[str, str]) -> Issue:
    """Return the issue with stories of its bank at the end of the pages that `homes` gives them, by story id."""
    pages = tuple(
        replace(
            page,
            entries=(
                *page.entries,
                *(
                    Entry(stories=(one.story,), span=one.span)
                    for one in issue.bank
                    if homes.get(one.story.id) == page.id
                ),
            ),
        )
        for page in issue.pages
    )
    return replace(issue, pages=pages, bank=tuple(one for one in issue.bank if one.story.id not in homes))


def moved(pages: Sequence[Page], homes: Mapping[str, str]) -> tuple[Page, ...]:
    """Return pages with stories that stand alone moved to the end of other pages of them, by story id."""
    entries = {entry.id: entry for page in pages for entry in page.entries if entry.id in homes}
    return tuple(
        replace(
            page,
            entries=(
                *(entry for entry in page.entries if homes.get(entry.id, page.id) == page.id),
                *(entry for name, entry in entries.items() if homes[name] == page.id and entry not in page.entries),
            ),
        )
        for page in pages
    )
