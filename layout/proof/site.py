"""The proof site: files that open from disk in any browser, no server and no network needed."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from layout.proof.sitedata import former_data, issue_data, page_data, script

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.diagnostics import Diagnostic
    from layout.model import Issue
    from layout.page.trim import Trim
    from layout.proof.pagemap import PageMap
    from layout.style import Style

ASSETS: Final = ("index.html", "site.css", "words.js", "site.js", "stage.js", "panels.js", "remarks.js")
"""The standing files, the same for every issue."""


def site_files(
    issue: Issue,
    styles: Mapping[str, Style],
    maps: Sequence[PageMap],
    findings: Sequence[Diagnostic],
    told: Mapping[str, Mapping[str, Any]],
    overset: Mapping[str, Mapping[str, str]],
    trims: Mapping[str, Sequence[Trim]],
) -> Iterator[tuple[str, bytes]]:
    """Yield the site's files by relative name; page pictures (`pages/A01.screen.webp` …) are written by who draws them.

    Pages that were not built keep the files they have: what is told of a page stands in files of its own.

    Args:
        issue: the issue.
        styles: the pages' styles by page id.
        maps: the maps of the pages that were built.
        findings: all findings; those without a page stand with the issue.
        told: figures to show by page, in the strip.
        overset: text that did not fit, by page and story.
        trims: cuts in stories, by page.
    """
    folder = files("layout.proof") / "assets"
    for name in ASSETS:
        yield name, (folder / name).read_bytes()
    known = {page.id for page in issue.pages}
    of_issue = [item for item in findings if item.page not in known]
    yield "data/issue.js", script("layoutProof.issue", issue_data(issue, styles, of_issue))
    for made in maps:
        own = [item for item in findings if item.page == made.page]
        yield f"data/{made.page}.head.js", script("layoutProof.head", made.page, dict(told[made.page]))
        yield (
            f"data/{made.page}.js",
            script("layoutProof.page", made.page, page_data(issue, made, own, overset[made.page], trims[made.page])),
        )


def former_file(issue: Issue, changes: Mapping[str, Sequence[Diagnostic]]) -> tuple[str, bytes]:
    """Return the file that tells of the earlier version: what changed since, by page; empty where none is kept."""
    return "former/changes.js", script("layoutProof.former", former_data(issue, changes))
