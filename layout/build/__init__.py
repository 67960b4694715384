"""The pipeline: from an issue file to press pages, previews and a report.

Reading, planning, composing, writing, previewing: every stage is a function of what the one before it returned.
Nothing is printed here; progress is told to a function that the caller hands in, and so is the clock.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from layout.build.findings import collected
from layout.build.folder import OutputFolder
from layout.build.locks import changed_sources, read_lock, remove_lock
from layout.build.pagework import issue_fonts, locked_page
from layout.build.pool import each
from layout.build.proof import keep_former, write_site
from layout.build.report import plan_file, report_file, timings_file
from layout.build.revisions import revisions
from layout.build.rounds import make_pages
from layout.build.tasks import PREVIEW_DPI, BuildOptions, UnknownPageError, page_tasks, wanted_pages
from layout.diagnostics import Diagnostic, Severity
from layout.fontbook import load_fontbook
from layout.reading.issue import read_issue
from layout.reading.styles import read_condition
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from layout.build.pagework import PageResult, PageTask, Preview
    from layout.build.revisions import Revision
    from layout.condition import PrintCondition
    from layout.fontbook import Fontbook
    from layout.model import Issue

__all__ = ["PREVIEW_DPI", "BuildOptions", "BuildResult", "Progress", "UnknownPageError", "build", "default_folder"]


class Progress(Protocol):
    """Told what is being done: the stage, and how many of its parts are finished."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What a build made: where, which files, and what it found. `sources` serve excerpts in messages."""

    folder: Path
    files: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    metrics: Mapping[str, Mapping[str, object]]
    sources: Mapping[str, str]
    seconds: Mapping[str, float]

    @property
    def failed(self) -> bool:
        """Whether any finding is an error: the files are drafts."""
        return any(item.severity is Severity.ERROR for item in self.findings)


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


def build(
    path: Path,
    out: Path | None = None,
    options: BuildOptions | None = None,
    progress: Progress = _silent,
    clock: Callable[[], float] = time.perf_counter,
) -> BuildResult:
    """Build an issue.

    Args:
        path: the issue file.
        out: the output folder; by default `output/<issue folder>/<date>` under the current folder.
        options: variant, pages, previews, processes, cache.
        progress: told of stages and pages.
        clock: seconds, for `timings.json` alone.

    Raises:
        InputError, StyleError, FontError: the input cannot be used; nothing is written.
        UnknownPageError: the issue has no page of an id in `options.pages`.
        OutputError: a file cannot be written.
    """
    options = options or BuildOptions()
    stopwatch = _Stopwatch(clock)
    progress("read", 0, 1)
    reading = read_issue(path, options.plan, options.former)
    issue = reading.issue
    book = load_fontbook(fonts_folder(), issue_fonts(issue))
    stopwatch.lap("read")
    tasks = page_tasks(reading, options)
    wanted = frozenset(page.id for page in wanted_pages(issue, options.pages))
    locked = _locked(tasks, wanted, options)
    made = make_pages(issue, tasks, wanted, locked, options.jobs, lambda done, total: progress("pages", done, total))
    results = made.results
    stopwatch.lap("pages")
    findings = collected(reading, [*made.findings, *(item for result in results for item in result.findings)])
    drafts = frozenset(item.page for item in findings if item.severity is Severity.ERROR)
    folder = OutputFolder(out or default_folder(path, issue))
    revised = revisions(folder.path, results)
    _write_pdfs(folder, issue, results, options, drafts, book, revised, progress)
    stopwatch.lap("write")
    for result in results:
        keep_former(folder, result)
    if options.previews:
        pictures = _write_previews(folder, results, drafts, options, progress)
        stopwatch.lap("previews")
        write_site(folder, reading, results, findings, pictures)
        stopwatch.lap("proof")
    for result in results:
        folder.write(f"dumps/{result.page}.txt", result.dump.encode())
    # Pages built by themselves have a report of their own: the whole issue's stays, and so do its files.
    part = "".join(f".{task.page.id}" for task in tasks) if options.pages else ""
    folder.write(f"plan{part}.yaml", plan_file(results, reading.styles))
    folder.write(f"timings{part}.json", timings_file(stopwatch.laps, results), reported=False)
    report = report_file(issue, results, findings, folder.hashes, options.variant, revised, draft=bool(drafts))
    folder.finish(f"report{part}.json", report)
    stopwatch.lap("report")
    return BuildResult(
        folder=folder.path,
        files=tuple(folder.hashes),
        findings=findings,
        metrics={result.page: result.metrics for result in results},
        sources=reading.sources,
        seconds=stopwatch.laps,
    )


def _locked(tasks: Sequence[PageTask], wanted: Collection[str], options: BuildOptions) -> dict[str, PageResult]:
    """Return the locked pages; those named to be unlocked, among the `wanted` ones, are unlocked.

    Raises:
        UnknownPageError: a page to be unlocked is not in the build.
    """
    pages = {task.page.id: task for task in tasks}
    for name in options.unlock:
        if name not in wanted:
            message = f"there is no page '{name}' among {', '.join(sorted(wanted))}"
            raise UnknownPageError(message)
        remove_lock(pages[name].issue, name)
    found = {}
    for name, task in pages.items():
        lock = read_lock(task.issue, name, {name: task.style})
        if lock is not None:
            found[name] = locked_page(
                lock, changed_sources(lock, task.issue, task.page, task.style), task.page, task.style
            )
    return found


def default_folder(path: Path, issue: Issue) -> Path:
    """Return `output/<issue folder>/<date>` under the current folder."""
    return Path("output") / path.resolve().parent.name / issue.date


class _Stopwatch:
    """Seconds by stage, for `timings.json`."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = clock()
        self.laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = self._clock()
        self.laps[stage] = now - self._last
        self._last = now


_DRAFT: Final = ".draft.pdf"
_CLEAN: Final = ".pdf"


def _write_pdfs(
    folder: OutputFolder,
    issue: Issue,
    results: Sequence[PageResult],
    options: BuildOptions,
    drafts: frozenset[str],
    book: Fontbook,
    revised: Mapping[str, Revision],
    progress: Progress,
) -> None:
    """Write one PDF a page, and one of the issue when all are built.

    Pages with errors (`drafts`), and an issue that has one, are named as drafts.
    """
    from layout.pdf.metadata import DocumentInfo  # noqa: PLC0415 - pikepdf loads with the writer
    from layout.pdf.writer import write_pdf  # noqa: PLC0415

    pictures = {key: made for result in results for key, made in result.pictures.items()}
    artwork = {key: made for result in results for key, made in result.artwork.items()}
    conditions: dict[str, PrintCondition] = {}

    finished = {result.page: result.finished[options.variant] for result in results if result.finished}

    def bind(chosen: Sequence[PageResult], title: str, name: str, revision: int = 1) -> None:
        data = write_pdf(
            [result.content for result in chosen],
            faces=book.faces,
            pictures=pictures,
            artwork=artwork,
            condition=conditions.setdefault(chosen[0].condition, read_condition(chosen[0].condition)),
            variant=options.variant,
            info=DocumentInfo(title=title, date=issue.date, revision=revision),
            finished=finished,
        )
        folder.write(name, data)

    total = len(results) + 1
    for number, result in enumerate(results):
        progress("write", number, total)
        name = _page_file(result.page, drafts)
        if result.page in finished:
            folder.write(name, finished[result.page])
            continue
        title = f"{issue.paper} {issue.date} {result.page}"
        bind([result], title, name, revised[result.page].number)
    if results and not options.pages:
        bind(results, f"{issue.paper} {issue.date}", f"issue{_DRAFT if drafts else _CLEAN}")
    progress("write", total, total)


def _page_file(page: str, drafts: frozenset[str]) -> str:
    return f"pages/{page}{_DRAFT if page in drafts else _CLEAN}"


def _write_previews(
    folder: OutputFolder,
    results: Sequence[PageResult],
    drafts: frozenset[str],
    options: BuildOptions,
    progress: Progress,
) -> dict[str, Preview]:
    """Write the pages' pictures and, of a whole issue, the sheet of them all; return them by page."""
    from layout.build.pagework import PreviewTask, make_preview  # noqa: PLC0415 - not in every build

    tasks = [
        PreviewTask(pdf=str(folder.path / _page_file(result.page, drafts)), dpi=options.preview_dpi)
        for result in results
    ]
    made: dict[str, Preview] = {}
    for result, preview in zip(results, each(make_preview, tasks, options.jobs), strict=True):
        folder.write(f"preview/{result.page}.png", preview.png)
        made[result.page] = preview
        progress("previews", len(made), len(tasks))
    if made and not options.pages:
        from layout.raster import contact_sheet  # noqa: PLC0415 - with the pictures

        folder.write("preview/contact.png", contact_sheet([preview.site["screen"] for preview in made.values()]))
    return made
