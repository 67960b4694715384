"""What an issue is told: the reading's findings, the proofreader's checks, the pages' own; each at its level."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from layout.checks import check_texts
from layout.diagnostics import Diagnostic, collate, finding
from layout.diagnostics.hints import hint
from layout.page.facing import facing, meeting_heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from layout.model import Issue
    from layout.plan import PagePlan
    from layout.reading.issue import Reading
    from layout.style import Style


def collected(reading: Reading, more: Iterable[Diagnostic] = ()) -> tuple[Diagnostic, ...]:
    """Return all findings of an issue, sorted and once each, with the levels of its styles and its own.

    Args:
        reading: the issue as read.
        more: findings of its pages.
    """
    checks = check_texts(reading.issue, reading.house, _digest)
    own = dict(reading.issue.levels)
    usual = next((dict(style.levels) for style in reading.styles.values()), {})
    levels = {page: {**style.levels, **own} for page, style in reading.styles.items()}
    by_page: dict[str, list[Diagnostic]] = {}
    for item in (*reading.findings, *checks, *more):
        by_page.setdefault(item.page, []).append(item)
    graded = [item for page, items in by_page.items() for item in collate(items, levels.get(page, {**usual, **own}))]
    return collate(graded)


def facing_findings(issue: Issue, plans: Mapping[str, PagePlan], styles: Mapping[str, Style]) -> Iterator[Diagnostic]:
    """Yield W471 for big heads that meet at the fold of facing pages, where both are made.

    Nothing is set anew for it: what stands on a page never depends on the copy of another.
    """
    for left, right in facing(issue.pages):
        if left.id not in plans or right.id not in plans:
            continue
        pages = ((page, plans[page.id], styles[page.id]) for page in (left, right))
        for pair in meeting_heads(*pages):
            yield finding(
                "W471",
                page=right.id,
                story=pair.right,
                hint=hint("pin-apart", name=pair.right),
                name=pair.left,
                other=pair.right,
                page_left=left.id,
                page_right=right.id,
            )


def _digest(file: str) -> str:
    """Name a picture by its content; a file that has gone meanwhile is nobody's double."""
    try:
        return blake2b(Path(file).read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return file
