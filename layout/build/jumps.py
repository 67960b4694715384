"""Which stories of an issue ask to go on on another page, and where: resolved anew for every build.

A page that is named is taken as it is; for `jump: auto` the pages after the story's own are ranked by the room they
have. Every jump leads from a page that is made earlier to one that is made later, so jumps never run in a circle.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from layout.diagnostics import finding
from layout.page.jump import AUTO, may_turn
from layout.page.room import spare_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.diagnostics import Diagnostic
    from layout.model import Issue, Page, Story
    from layout.style import Style

CANDIDATES: Final = 3
"""Pages that `jump: auto` may lead to, those with most room."""

WHY: Final = {
    "group": ("it stands in a group", "它在组稿之中"),
    "upright": ("its text or its headline stands upright", "其正文或标题为竖排"),
    "circle": ("jumps would run in a circle", "转版会首尾相接"),
    "short": ("its text cannot be divided inside a sentence", "正文无法在句中分开"),
    "nowhere": ("no page follows that could take it", "后面没有可转的版"),
}
"""Reasons why a jump is not made, in both languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A story that goes on elsewhere: the page where it stands, and those where it may go on, best first.

    `names` are the page ids that are printed, which for a spread are those of one of its pages.
    """

    story: Story
    source: str
    targets: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def auto(self) -> bool:
        """Whether the page chooses to jump, and where to."""
        return self.story.jump == AUTO


def resolve(issue: Issue, styles: Mapping[str, Style]) -> tuple[tuple[Jump, ...], tuple[Diagnostic, ...]]:
    """Return the jumps of an issue in the order of its pages, and findings on those that cannot be made."""
    pages = {name: page for page in issue.pages for name in (page.id, *page.spread)}
    jumps: list[Jump] = []
    findings: list[Diagnostic] = []
    onto: dict[str, set[str]] = {page.id: set() for page in issue.pages}
    for page, story, grouped in _asking(issue.pages):
        names = (story.jump or "",) if story.jump != AUTO else _roomiest(issue, page, styles)
        targets = tuple(pages[name].id for name in names)
        reason = ""
        if page.id in targets:
            findings.append(
                finding("E420", span=story.span, page=page.id, story=story.id, name=story.id, to=story.jump)
            )
            continue
        if grouped or not may_turn(story):
            reason = "group" if grouped else "upright"
        elif not targets:
            reason = "nowhere"
        elif any(page.id in _reached(target, onto) for target in targets):
            reason = "circle"
        if reason:
            findings.append(refused(story, page.id, reason))
            continue
        onto[page.id].update(targets)
        jumps.append(Jump(story=story, source=page.id, targets=targets, names=names))
    return tuple(jumps), tuple(findings)


def refused(story: Story, page: str, reason: str) -> Diagnostic:
    """Return the finding on a jump that is not made, for one of the reasons in `WHY`."""
    problem, problem_zh = WHY[reason]
    to = "another page" if story.jump == AUTO else str(story.jump)
    return finding(
        "W422",
        span=story.span,
        page=page,
        story=story.id,
        name=story.id,
        to=to,
        to_zh="其他" if story.jump == AUTO else str(story.jump),
        problem=problem,
        problem_zh=problem_zh,
    )


def without_jumps(page: Page, stories: Sequence[str]) -> Page:
    """Return a page on which only these stories jump."""
    entries = tuple(
        replace(
            entry,
            stories=tuple(
                story if story.id in stories or not story.jump else replace(story, jump=None) for story in entry.stories
            ),
        )
        for entry in page.entries
    )
    return replace(page, entries=entries)


def _asking(pages: Sequence[Page]) -> Iterator[tuple[Page, Story, bool]]:
    """Yield the stories that ask to go on elsewhere, with their page and whether they stand in a group."""
    for page in pages:
        for entry in page.entries:
            grouped = len(entry.stories) > 1 or entry.label is not None
            yield from ((page, story, grouped) for story in entry.stories if story.jump)


def _roomiest(issue: Issue, page: Page, styles: Mapping[str, Style]) -> tuple[str, ...]:
    """Return the pages after a page that have most room, the front page and spreads aside."""
    after = issue.pages[issue.pages.index(page) + 1 :]
    fit = [one for one in after if not one.front and not one.spread and one.entries]
    ranked = sorted(fit, key=lambda one: -spare_lines(issue, one, styles[one.id]))
    return tuple(one.id for one in ranked[:CANDIDATES])


def _reached(page: str, onto: Mapping[str, set[str]]) -> set[str]:
    """Return the pages that jumps from a page lead to, straight or over others."""
    seen: set[str] = set()
    waiting = [page]
    while waiting:
        for target in onto[waiting.pop()] - seen:
            seen.add(target)
            waiting.append(target)
    return seen
