"""The build's part of proofreading: the site beside the pages, and the earlier version that it is compared with.

A page's earlier version is kept under `former/` when its display list changes: dump and picture of the last version
that differs. Nothing else of a build depends on it, and what is kept stands outside the report, for two builds of the
same issue are the same whatever was there before.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from layout.build.remarks import revision_of, stories_of
from layout.checks.tolerance import allowed
from layout.diagnostics import Severity
from layout.diff.dumped import read_dump
from layout.diff.version import PageVersion
from layout.diff.words import changes
from layout.proof.site import former_file, site_files
from layout.proof.sitedata import script
from layout.remarks.sheet import comments_data

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layout.build.folder import OutputFolder
    from layout.build.pagework import PageResult, Preview
    from layout.comment import Comment
    from layout.diagnostics import Diagnostic
    from layout.diff.dumped import Dumped
    from layout.model import Issue
    from layout.reading.issue import Reading

FORMER: Final = "former"
SITE: Final = "proof"


def keep_former(folder: OutputFolder, result: PageResult) -> None:
    """Keep a page's dump and picture as the earlier version where the new page differs from them."""
    dump = folder.read(f"dumps/{result.page}.txt")
    picture = folder.read(f"{SITE}/pages/{result.page}.screen.webp")
    if dump is None or picture is None or dump.decode() == result.dump:
        return
    folder.write(f"{FORMER}/{result.page}.txt", dump, reported=False)
    folder.write(f"{SITE}/{FORMER}/{result.page}.webp", picture, reported=False)


def write_site(
    folder: OutputFolder,
    reading: Reading,
    results: Sequence[PageResult],
    findings: Sequence[Diagnostic],
    comments: Sequence[Comment],
    pictures: Mapping[str, Preview],
) -> None:
    """Write the proof site of the pages that were built."""
    issue = reading.issue
    told: dict[str, dict[str, Any]] = {}
    since: dict[str, list[Diagnostic]] = {}
    pages = {page.id: page for page in issue.pages}
    for result in results:
        for kind, data in pictures[result.page].site.items():
            folder.write(f"{SITE}/pages/{result.page}.{kind}.webp", data)
        own = [item for item in findings if item.page == result.page and item.severity is not Severity.INFO]
        told[result.page] = {
            "allowed": allowed(pages[result.page]),
            "count": len(own),
            "failed": any(item.severity is Severity.ERROR for item in own),
            "revision": revision_of(result.dump),
            "version": hashlib.sha256(pictures[result.page].site["screen"]).hexdigest()[:8],
        }
        dump = folder.read(f"{FORMER}/{result.page}.txt")
        if dump is not None:
            since[result.page] = list(_since(dump.decode(), result))
    maps = [result.map for result in results]
    overset = {result.page: result.overset for result in results}
    trims = {result.page: result.trims for result in results}
    for name, data in site_files(issue, reading.styles, maps, findings, told, overset, trims):
        folder.write(f"{SITE}/{name}", data)
    remarked = comments_data(comments, maps, stories_of(issue), former_pages(folder, issue))
    folder.write(f"{SITE}/data/comments.js", script("layoutProof.comments", remarked))
    name, data = former_file(issue, since)
    folder.write(f"{SITE}/{name}", data, reported=False)


def former_pages(folder: OutputFolder, issue: Issue) -> dict[str, Dumped]:
    """Return the earlier versions of pages that are kept, by page."""
    dumps = {page.id: folder.read(f"{FORMER}/{page.id}.txt") for page in issue.pages}
    return {page: read_dump(dump.decode()) for page, dump in dumps.items() if dump is not None}


def _since(dump: str, result: PageResult) -> Sequence[Diagnostic]:
    """Return what changed on a page since the version that is kept, in words."""
    old = PageVersion(name=result.page, pdf=None, dump=read_dump(dump), dump_text=dump)
    new = PageVersion(name=result.page, pdf=None, dump=read_dump(result.dump), dump_text=result.dump)
    return tuple(changes(old, new))
