"""What an issue is told: the reading's findings, the proofreader's checks, the pages' own; each at its level."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from layout.checks import check_texts
from layout.diagnostics import Diagnostic, collate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layout.reading.issue import Reading


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


def _digest(file: str) -> str:
    """Name a picture by its content; a file that has gone meanwhile is nobody's double."""
    try:
        return blake2b(Path(file).read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return file
