"""Locking pages: made as a build makes them, in every variant of press file, and kept beside the issue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from layout.build import default_folder
from layout.build.assignment import assigned
from layout.build.findings import collected
from layout.build.locks import write_lock
from layout.build.memo import Memo
from layout.build.pagework import issue_fonts
from layout.build.revisions import revisions
from layout.build.rounds import make_pages
from layout.build.tasks import page_tasks, wanted_pages
from layout.diagnostics import Severity
from layout.fontbook import load_fontbook
from layout.reading.issue import read_issue
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layout.build.pagework import PageResult, PageTask
    from layout.build.tasks import BuildOptions, Progress
    from layout.diagnostics import Diagnostic
    from layout.pdf.variants import VariantName


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """What locking did: the folders of locks, and the pages refused for their errors."""

    folders: tuple[Path, ...]
    refused: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    sources: Mapping[str, str]


def lock_pages(path: Path, out: Path | None, options: BuildOptions, progress: Progress) -> Locked:
    """Lock the pages that `options` names; a page that is locked already is made again and locked anew.

    Args:
        path: the issue file.
        out: the output folder that the pages' revisions go on from, as for a build.
        options: which pages, and their plans.
        progress: told of stages and pages.

    Raises:
        InputError, StyleError, FontError: the input cannot be used; nothing is locked.
        UnknownPageError: the issue has no page of an id in `options.pages`.
        OutputError: a lock cannot be written.
    """
    progress("read", 0, 1)
    reading = read_issue(path, options.plan, options.former)
    book = load_fontbook(fonts_folder(), issue_fonts(reading.issue))
    dealt = assigned(reading, book)
    reading = dealt.reading
    folder = out or default_folder(path, reading.issue)
    issue = reading.issue
    wanted = frozenset(page.id for page in wanted_pages(issue, options.pages))
    every = page_tasks(reading, options)
    made = make_pages(issue, every, wanted, {}, options.jobs, partial(progress, "pages"), Memo(), dealt.loose)
    pages = {page.id: page for page in made.issue.pages}
    tasks, results = [task for task in every if task.page.id in wanted], made.results
    findings = collected(
        reading, [*dealt.findings, *made.findings, *(item for result in results for item in result.findings)]
    )
    faulty = {item.page for item in findings if item.severity is Severity.ERROR}
    sound = [pair for pair in zip(tasks, results, strict=True) if pair[1].page not in faulty]
    revised = revisions(folder, results)
    return Locked(
        folders=tuple(
            write_lock(
                task.issue,
                result,
                _press_files(task, result, revised[result.page].number),
                pages[task.page.id],
                task.style,
            )
            for task, result in sound
        ),
        refused=tuple(result.page for result in results if result.page in faulty),
        findings=findings,
        sources=reading.sources,
    )


def _press_files(task: PageTask, result: PageResult, revision: int) -> dict[VariantName, bytes]:
    """Return a page's press files of both variants."""
    from layout.pdf.metadata import DocumentInfo  # noqa: PLC0415 - pikepdf loads with the writer
    from layout.pdf.writer import write_pdf  # noqa: PLC0415

    issue = task.issue
    book = load_fontbook(fonts_folder(), issue_fonts(issue))
    info = DocumentInfo(title=f"{issue.paper} {issue.date} {result.page}", date=issue.date, revision=revision)
    names: tuple[VariantName, ...] = ("x1a", "x4")
    return {
        variant: write_pdf(
            [result.content],
            faces=book.faces,
            pictures=result.pictures,
            artwork=result.artwork,
            condition=result.condition,
            variant=variant,
            info=info,
        )
        for variant in names
    }
