"""How many errors a page may have: three in ten thousand characters, those set large counted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layout.checks.passage import DISPLAY, of_story

if TYPE_CHECKING:
    from layout.model import Page

RATE: Final = 3 / 10_000
"""The bar of the regulations on the quality of newspapers (newsroom.md 7)."""


def characters(page: Page) -> int:
    """Return the characters of a page as the bar counts them: marks and figures too, blanks not."""
    total = sum(1 for char in page.banner.text if not char.isspace()) if page.banner else 0
    for story in page.stories:
        for passage in of_story(story):
            weight = 2 if passage.part in DISPLAY else 1
            total += weight * sum(1 for char in passage.text if not char.isspace())
    return total


def allowed(page: Page) -> float:
    """Return the errors that a page of this length may have, rounded to hundredths."""
    return round(characters(page) * RATE, 2)
