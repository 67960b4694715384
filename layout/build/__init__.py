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
from layout.build.pagework import PageResult, PageTask, issue_fonts, make_page
from layout.build.pool import each
from layout.build.proof import keep_former, write_site
from layout.build.remarks import annotated_page
from layout.build.report import plan_file, report_file, timings_file
from layout.build.sheets import Imposition, PaperProof, imposed, paper_proofs
from layout.diagnostics import Diagnostic, Severity
from layout.fontbook import load_fontbook
from layout.reading.issue import read_issue
from layout.remarks.store import Store
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from layout.build.pagework import Preview
    from layout.fontbook import Fontbook
    from layout.model import Issue, Page
    from layout.pdf.variants import VariantName
    from layout.proof.pagemap import PageMap

PREVIEW_DPI: Final = 110
"""Resolution of the previews: body type reads comfortably, a broadsheet page stays under two megabytes."""


class UnknownPageError(LookupError):
    """A page was asked for that the issue has not."""


class Progress(Protocol):
    """Told what is being done: the stage, and how many of its parts are finished."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What a build is asked for. `pages` empty means all; `cache` None keeps nothing between builds.

    `outlines` turns type into curves, `impose` makes printer's spreads, `paper` makes proofs on paper.
    """

    variant: VariantName = "x1a"
    pages: tuple[str, ...] = ()
    previews: bool = True
    preview_dpi: int = PREVIEW_DPI
    annotated: bool = False
    jobs: int = 0
    cache: Path | None = None
    outlines: bool = False
    impose: Imposition = ""
    paper: PaperProof | None = None


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


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody of progress."""
    del stage, done, total


def build(
    path: Path,
    out: Path | None = None,
    options: BuildOptions | None = None,
    progress: Progress = silent,
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
    reading = read_issue(path)
    issue = reading.issue
    book = load_fontbook(fonts_folder(), issue_fonts(issue))
    stopwatch.lap("read")
    wanted = _wanted(issue, options.pages)
    tasks = [
        PageTask(
            issue=issue,
            page=page,
            style=reading.styles[page.id],
            story_styles=reading.story_styles,
            condition=reading.conditions.get(page.id, reading.condition),
            variant=options.variant,
            cache=options.cache,
            outlines=options.outlines,
        )
        for page in wanted
    ]
    results: list[PageResult] = []
    for result in each(make_page, tasks, options.jobs):
        results.append(result)
        progress("pages", len(results), len(tasks))
    stopwatch.lap("pages")
    findings = collected(reading, (item for result in results for item in result.findings))
    drafts = frozenset(item.page for item in findings if item.severity is Severity.ERROR)
    folder = OutputFolder(out or default_folder(path, issue))
    pdfs = _write_pdfs(folder, issue, results, options, drafts, book, progress)
    stopwatch.lap("write")
    comments = Store(Path(issue.folder)).comments()
    if options.annotated:
        for result in results:
            noted = annotated_page(pdfs[result.page], result.map, comments, findings)
            folder.write(f"annotated/{result.page}.annotated.pdf", noted)
    for result in results:
        keep_former(folder, result)
    if options.previews:
        pictures = _write_previews(folder, results, pdfs, options, progress)
        stopwatch.lap("previews")
        write_site(folder, reading, results, findings, comments, pictures)
        stopwatch.lap("proof")
    if options.paper is not None:
        for name, data in paper_proofs(issue, results, pdfs, reading.styles, book, options.paper, options.variant):
            folder.write(f"paper/{name}.pdf", data, reported=False)  # it carries the time
        stopwatch.lap("paper")
    for result in results:
        folder.write(f"dumps/{result.page}.txt", result.dump.encode())
    # Pages built by themselves have a report of their own: the whole issue's stays, and so do its files.
    part = "".join(f".{page.id}" for page in wanted) if options.pages else ""
    folder.write(f"plan{part}.yaml", plan_file(results))
    folder.write(f"timings{part}.json", timings_file(stopwatch.laps, results), reported=False)
    report = report_file(issue, results, findings, folder.hashes, options.variant, draft=bool(drafts))
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


def _wanted(issue: Issue, names: Sequence[str]) -> list[Page]:
    """Return the pages with these ids, a spread by either of its own; all where none are named."""
    known = {page.id: {page.id, *page.spread} for page in issue.pages}
    for name in names:
        if not any(name in ids for ids in known.values()):
            message = f"there is no page '{name}' among {', '.join(known)}"
            raise UnknownPageError(message)
    return [page for page in issue.pages if not names or known[page.id] & set(names)]


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
    progress: Progress,
) -> dict[str, bytes]:
    """Write one PDF a page, and one of the issue when all are built; return the pages' bytes for the previews.

    Pages with errors (`drafts`), and an issue that has one, are named as drafts.
    """
    from layout.pdf.metadata import DocumentInfo  # noqa: PLC0415 - pikepdf loads with the writer
    from layout.pdf.writer import write_pdf  # noqa: PLC0415

    pictures = {key: made for result in results for key, made in result.pictures.items()}
    artwork = {key: made for result in results for key, made in result.artwork.items()}
    pdfs: dict[str, bytes] = {}

    def bind(chosen: Sequence[PageResult], title: str, name: str) -> bytes:
        data = write_pdf(
            [result.content for result in chosen],
            faces=book.faces,
            pictures=pictures,
            artwork=artwork,
            condition=chosen[0].condition,
            variant=options.variant,
            info=DocumentInfo(title=title, date=issue.date),
        )
        folder.write(name, data)
        return data

    total = len(results) + 1
    for number, result in enumerate(results):
        progress("write", number, total)
        name = f"pages/{result.page}{_DRAFT if result.page in drafts else _CLEAN}"
        pdfs[result.page] = bind([result], f"{issue.paper} {issue.date} {result.page}", name)
    if results and not options.pages:
        whole = bind(results, f"{issue.paper} {issue.date}", f"issue{_DRAFT if drafts else _CLEAN}")
        for section, ids, data in imposed(issue, whole, options.variant) if options.impose else ():
            folder.write(f"spreads/{section}{_DRAFT if drafts & set(ids) else _CLEAN}", data)
    progress("write", total, total)
    return pdfs


def _write_previews(
    folder: OutputFolder,
    results: Sequence[PageResult],
    pdfs: Mapping[str, bytes],
    options: BuildOptions,
    progress: Progress,
) -> dict[str, Preview]:
    """Write the pages' pictures and, of a whole issue, the sheet of them all; return them by page."""
    from layout.build.pagework import PreviewTask, make_preview  # noqa: PLC0415 - not in every build

    tasks = [PreviewTask(pdf=pdfs[result.page], dpi=options.preview_dpi) for result in results]
    made: dict[str, Preview] = {}
    for result, preview in zip(results, each(make_preview, tasks, options.jobs), strict=True):
        folder.write(f"preview/{result.page}.png", preview.png)
        made[result.page] = preview
        progress("previews", len(made), len(tasks))
    if made and not options.pages:
        from layout.raster import contact_sheet  # noqa: PLC0415 - with the pictures

        folder.write("preview/contact.png", contact_sheet([preview.site["screen"] for preview in made.values()]))
    return made
