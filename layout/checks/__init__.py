"""What proofreaders look for by hand, as findings: marks, figures, days, words, names, numbering, repeats.

Every check is a function from the issue's texts to findings with codes of their own (W8xx), so that a style or an
issue can raise or silence each (`levels: {W809: off}`). Nothing here changes a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layout.checks.dates import check_dates
from layout.checks.numerals import check_head_figures, check_numerals
from layout.checks.paper import check_credits, check_names, check_numbering, check_references, check_repeats
from layout.checks.passage import passages
from layout.checks.punctuation import check_marks
from layout.checks.wording import check_doubles, check_house_words, check_people, check_scripts, check_variants

if TYPE_CHECKING:
    from collections.abc import Callable

    from layout.diagnostics import Diagnostic
    from layout.house import House
    from layout.model import Issue


def check_texts(issue: Issue, house: House, digest: Callable[[str], str]) -> tuple[Diagnostic, ...]:
    """Return what a proofreader would mark in an issue, in reading order of each check.

    Args:
        issue: the issue as read.
        house: the paper's lists of words and people.
        digest: names a picture file's content, for pictures printed twice.
    """
    texts = passages(issue)
    return (
        *check_marks(texts),
        *check_numerals(texts),
        *check_head_figures(texts),
        *check_dates(texts, issue.date),
        *check_doubles(texts),
        *check_variants(texts),
        *check_scripts(texts),
        *check_house_words(texts, house),
        *check_people(texts, house),
        *check_names(texts),
        *check_references(issue, texts),
        *check_numbering(issue),
        *check_repeats(issue, digest),
        *check_credits(issue),
    )
