"""Press files: bound from pages, held to the rules before they are named, written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from layout.build.presscheck import Checked, PressFile
from layout.build.sheets import imposed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layout.build.folder import OutputFolder
    from layout.build.memo import Memo
    from layout.build.pagework import PageResult, Preview
    from layout.build.revisions import Revision
    from layout.build.tasks import BuildOptions, Progress
    from layout.fontbook import Fontbook
    from layout.model import Issue

DRAFT: Final = ".draft.pdf"
CLEAN: Final = ".pdf"

WHOLE: Final = ""
"""Stands for a page's id where the file of the whole issue is meant."""


def bound_pdfs(
    issue: Issue,
    results: Sequence[PageResult],
    options: BuildOptions,
    book: Fontbook,
    revised: Mapping[str, Revision],
    progress: Progress,
    memo: Memo,
    *,
    whole: bool = True,
) -> dict[str, bytes]:
    """Return one PDF a page by its id, and as `WHOLE` one of the issue when all pages are built and it is wanted."""
    from layout.pdf.metadata import DocumentInfo  # noqa: PLC0415 - pikepdf loads with the writer
    from layout.pdf.writer import write_pdf  # noqa: PLC0415

    pictures = {key: made for result in results for key, made in result.pictures.items()}
    artwork = {key: made for result in results for key, made in result.artwork.items()}
    finished = {result.page: result.finished[options.variant] for result in results if result.finished}

    def bind(chosen: Sequence[PageResult], title: str, revision: int = 1) -> bytes:
        return write_pdf(
            [result.content for result in chosen],
            faces=book.faces,
            pictures=pictures,
            artwork=artwork,
            condition=chosen[0].condition,
            variant=options.variant,
            info=DocumentInfo(title=title, date=issue.date, revision=revision),
            finished=finished,
        )

    pdfs: dict[str, bytes] = {}
    total = len(results) + 1
    for number, result in enumerate(results):
        progress("write", number, total)
        title = f"{issue.paper} {issue.date} {result.page}"
        kept = finished.get(result.page)
        revision = revised[result.page].number
        key = (title, revision, result.digest, options.variant, options.outlines)
        pdfs[result.page] = (
            memo.file(result.page, key, partial(bind, [result], title, revision)) if kept is None else kept
        )
    if whole and results and not options.pages:
        title = f"{issue.paper} {issue.date}"
        digests = tuple(result.digest for result in results)
        pdfs[WHOLE] = memo.file(
            WHOLE, (title, digests, options.variant, options.outlines), partial(bind, results, title)
        )
    progress("write", total, total)
    return pdfs


def checked_files(
    results: Sequence[PageResult], pdfs: Mapping[str, bytes], options: BuildOptions, progress: Progress, memo: Memo
) -> list[Checked]:
    """Hold all press files, as they will be written, to the rules, and make the pictures that were asked for."""
    conditions = {result.page: result.condition for result in results}
    tasks = [
        PressFile(
            page=page,
            pdf=pdf,
            condition=conditions.get(page, results[0].condition),
            preview_dpi=options.preview_dpi if options.previews else 0,
            soft_proof=options.soft_proof,
        )
        for page, pdf in pdfs.items()
    ]
    checked: list[Checked] = []
    for file in memo.checked(tasks, options.jobs):
        checked.append(file)
        progress("preflight", len(checked), len(tasks))
    return checked


def write_pdfs(
    folder: OutputFolder,
    issue: Issue,
    pdfs: Mapping[str, bytes],
    drafts: frozenset[str],
    options: BuildOptions,
) -> None:
    """Write the press files; pages with errors (`drafts`), and an issue or spreads that hold one, are drafts."""
    for page, pdf in pdfs.items():
        draft = page in drafts if page else bool(drafts)
        folder.write(f"{f'pages/{page}' if page else 'issue'}{DRAFT if draft else CLEAN}", pdf)
    if options.impose and WHOLE in pdfs:
        for section, ids, data in imposed(issue, pdfs[WHOLE], options.variant):
            folder.write(f"spreads/{section}{DRAFT if drafts & set(ids) else CLEAN}", data)


def write_pictures(folder: OutputFolder, checked: Sequence[Checked], options: BuildOptions) -> dict[str, Preview]:
    """Write previews, soft proofs and, of a whole issue, the sheet of all pages; return the previews by page."""
    made: dict[str, Preview] = {}
    for file in checked:
        if file.preview is not None:
            folder.write(f"preview/{file.page}.png", file.preview.png)
            made[file.page] = file.preview
        if file.soft_proof is not None:
            folder.write(f"preview/{file.page}.proof.png", file.soft_proof)
    if made and not options.pages:
        from layout.raster import contact_sheet  # noqa: PLC0415 - with the pictures

        folder.write("preview/contact.png", contact_sheet([preview.site["screen"] for preview in made.values()]))
    return made
