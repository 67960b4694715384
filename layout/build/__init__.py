"""The pipeline: from an issue file to press pages, previews and a report.

Reading, planning, composing, binding, checking, writing: every stage is a function of what the one before it
returned. Nothing is printed here; progress is told to a function that the caller hands in, and so is the clock.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.build.assignment import assigned, resettled
from layout.build.binding import bound_pdfs, checked_files, write_pdfs, write_pictures
from layout.build.findings import collected, facing_findings
from layout.build.folder import OutputFolder
from layout.build.locks import changed_sources, read_lock, remove_lock
from layout.build.memo import Memo
from layout.build.pagework import issue_fonts, locked_page
from layout.build.proof import keep_former, write_site
from layout.build.remarks import annotated_page
from layout.build.report import plan_file, report_file, timings_file
from layout.build.revisions import revisions
from layout.build.rounds import make_pages
from layout.build.sheets import paper_proofs
from layout.build.tasks import (
    PREVIEW_DPI,
    BuildOptions,
    Progress,
    UnknownPageError,
    page_tasks,
    silent,
    wanted_pages,
)
from layout.diagnostics import Diagnostic, Severity
from layout.fontbook import load_fontbook
from layout.reading.issue import read_issue
from layout.remarks.store import Store
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from layout.build.pagework import PageResult, PageTask
    from layout.build.presscheck import Checked
    from layout.model import Issue
    from layout.proof.pagemap import PageMap

__all__ = [
    "OUTPUT",
    "PREVIEW_DPI",
    "BuildOptions",
    "BuildResult",
    "Progress",
    "UnknownPageError",
    "build",
    "default_folder",
]

OUTPUT: Final = Path("output")
"""Where papers are built, under the current folder, unless a folder is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What a build made: where, which files, and what it found. `sources` serve excerpts in messages."""

    folder: Path
    files: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    metrics: Mapping[str, Mapping[str, object]]
    sources: Mapping[str, str]
    seconds: Mapping[str, float]
    maps: tuple[PageMap, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether any finding is an error: the files are drafts."""
        return any(item.severity is Severity.ERROR for item in self.findings)


def build(
    path: Path,
    out: Path | None = None,
    options: BuildOptions | None = None,
    progress: Progress = silent,
    clock: Callable[[], float] = time.perf_counter,
    memo: Memo | None = None,
) -> BuildResult:
    """Build an issue.

    Args:
        path: the issue file.
        out: the output folder; by default `output/<issue folder>/<date>` under the current folder.
        options: variant, pages, previews, processes, cache.
        progress: told of stages and pages.
        clock: seconds, for `timings.json` alone.
        memo: what was made before in this process, for those who build again and again.

    Raises:
        InputError, StyleError, FontError: the input cannot be used; nothing is written.
        UnknownPageError: the issue has no page of an id in `options.pages`.
        OutputError: a file cannot be written.
    """
    options, memo = options or BuildOptions(), memo or Memo()
    stopwatch = _Stopwatch(clock)
    progress("read", 0, 1)
    reading = read_issue(path, options.plan, options.former)
    book = load_fontbook(fonts_folder(), issue_fonts(reading.issue))
    dealt = assigned(reading, book, options.unlock)
    reading = dealt.reading
    issue = reading.issue
    stopwatch.lap("read")
    tasks = page_tasks(reading, options)
    wanted = frozenset(page.id for page in wanted_pages(issue, options.pages))
    locked = _locked(tasks, wanted, options)
    tell = partial(progress, "pages")
    made = make_pages(issue, tasks, wanted, locked, options.jobs, tell, memo, dealt.loose)
    results, issue = made.results, made.issue
    reading = replace(reading, issue=issue)
    stopwatch.lap("pages")
    folder = OutputFolder(out or default_folder(path, issue))
    revised = revisions(folder.path, results)
    pdfs = bound_pdfs(issue, results, options, book, revised, progress, memo)
    stopwatch.lap("write")
    checked = checked_files(results, pdfs, options, progress, memo)
    facing = facing_findings(issue, {result.page: result.plan for result in results}, reading.styles)
    findings = collected(reading, [*dealt.findings, *made.findings, *facing, *_findings(results), *_findings(checked)])
    stopwatch.lap("checks")
    drafts = frozenset(item.page for item in findings if item.severity is Severity.ERROR)
    write_pdfs(folder, issue, pdfs, drafts, options)
    comments = Store(Path(issue.folder)).comments()
    if options.annotated:
        for result in results:
            noted = annotated_page(pdfs[result.page], result.map, comments, findings)
            folder.write(f"annotated/{result.page}.annotated.pdf", noted)
    for result in results:
        keep_former(folder, result)
    pictures = write_pictures(folder, checked, options)
    if options.previews:
        write_site(folder, reading, results, findings, comments, pictures)
        stopwatch.lap("proof")
    if options.paper is not None:
        for name, data in paper_proofs(issue, results, pdfs, reading.styles, book, options.paper, options.variant):
            folder.write(f"paper/{name}.pdf", data, reported=False)  # it carries the time
        stopwatch.lap("paper")
    for result in results:
        folder.write(f"dumps/{result.page}.txt", result.dump.encode())
    # Pages built by themselves have a report of their own: the whole issue's stays, and so do its files.
    part = "".join(f".{task.page.id}" for task in tasks if task.page.id in wanted) if options.pages else ""
    folder.write(f"plan{part}.yaml", plan_file(results, reading.styles))
    folder.write(f"timings{part}.json", timings_file(stopwatch.laps, results, checked), reported=False)
    placings = resettled(dealt.placings, issue)
    report = report_file(
        issue, results, checked, findings, folder.hashes, options.variant, revised, placings, draft=bool(drafts)
    )
    folder.finish(f"report{part}.json", report)
    stopwatch.lap("report")
    return BuildResult(
        folder=folder.path,
        files=tuple(folder.hashes),
        findings=findings,
        metrics={result.page: result.metrics for result in results},
        sources=reading.sources,
        seconds=stopwatch.laps,
        maps=tuple(result.map for result in results),
    )


def _findings(made: Sequence[PageResult | Checked]) -> list[Diagnostic]:
    return [item for one in made for item in one.findings]


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
            found[name] = locked_page(lock, changed_sources(lock, task.issue, task.page, task.style), task)
    return found


def default_folder(path: Path, issue: Issue) -> Path:
    """Return `output/<issue folder>/<date>` under the current folder."""
    return OUTPUT / path.resolve().parent.name / issue.date


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
