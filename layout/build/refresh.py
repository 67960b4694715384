"""The short way to a page on the screen: made again, bound, drawn and shown before anything else is done.

The picture comes from the page's own press file, the same bytes that the build then writes and checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layout.build.binding import bound_pdfs
from layout.build.findings import collected
from layout.build.pagework import Preview, issue_fonts
from layout.build.proof import keep_former, write_site
from layout.build.revisions import revisions
from layout.build.rounds import make_pages
from layout.build.tasks import page_tasks, silent
from layout.fontbook import load_fontbook
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.build.folder import OutputFolder
    from layout.build.memo import Memo
    from layout.build.tasks import BuildOptions
    from layout.comment import Comment
    from layout.proof.pagemap import PageMap
    from layout.reading.issue import Reading


def refresh(
    reading: Reading,
    folder: OutputFolder,
    options: BuildOptions,
    comments: Sequence[Comment],
    memo: Memo,
    shown: dict[str, str],
) -> tuple[PageMap, ...]:
    """Make the pages that changed and show them on the proof site; return the maps of all pages.

    Args:
        reading: the issue as it is.
        folder: the folder of its builds.
        options: as for the build that follows.
        comments: the remarks, which move with their pages.
        memo: knows the pages that did not change.
        shown: digests of the pages on the site, by page; brought up to date.

    Raises:
        FontError: a face cannot be used.
        OutputError: a file cannot be written.
    """
    from layout.raster import site_pictures  # noqa: PLC0415 - PDFium

    issue = reading.issue
    tasks = page_tasks(reading, options)
    results = make_pages(
        issue, tasks, frozenset(task.page.id for task in tasks), {}, options.jobs, lambda _done, _total: None, memo
    ).results
    fresh = [result for result in results if shown.get(result.page) != result.digest]
    if fresh:
        book = load_fontbook(fonts_folder(), issue_fonts(issue))
        revised = revisions(folder.path, fresh)
        pdfs = bound_pdfs(issue, fresh, options, book, revised, silent, memo, whole=False)
        findings = collected(reading, [item for result in results for item in result.findings])
        pictures = {page: Preview(png=b"", site=site_pictures(pdf, kinds={"screen"})) for page, pdf in pdfs.items()}
        for result in fresh:
            keep_former(folder, result)
        write_site(folder, reading, fresh, findings, comments, pictures)
        for result in fresh:  # what the next version is compared with
            folder.write(f"dumps/{result.page}.txt", result.dump.encode())
        shown.update((result.page, result.digest) for result in fresh)
    return tuple(result.map for result in results)
