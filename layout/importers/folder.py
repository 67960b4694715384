"""Read a page's text from disk and write the issue folder made of it, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from layout.importers.extracted import decode_page, read_page
from layout.importers.issuefolder import PAGE_ID, PAPER, guess_lines, issue_files, picture_files
from layout.importers.problem import FolderOccupiedError, ImportProblem, PageEncodingError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layout.importers.pagecopy import ExtractedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOutcome:
    """What an import did. `problems` stopped it; `remarks` did not; `guesses` are lines of words for the editor."""

    page: ExtractedPage | None = None
    problems: tuple[ImportProblem, ...] = ()
    remarks: tuple[ImportProblem, ...] = ()
    guesses: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def import_text_page(
    source: Path,
    out: Path,
    *,
    paper: str = PAPER,
    date: str,
    page_id: str = PAGE_ID,
) -> ImportOutcome:
    """Turn the extracted text of one page into an issue folder.

    Args:
        source: the text file, UTF-8 with or without a byte order mark.
        out: the folder to make; it must be absent or empty.
        paper: the paper's name.
        date: the day of publication, year-month-day.
        page_id: the page's id.

    Returns:
        The outcome; where it has problems, nothing was written.
    """
    try:
        text = decode_page(source.read_bytes())
    except OSError as error:
        return _stopped(f"cannot be read: {error.strerror}", "check the path")
    except PageEncodingError as error:
        return _stopped(str(error), "save the text as UTF-8")
    page = read_page(text)
    if not page.stories:
        return _stopped("no story found in the text", "give the text of one newspaper page")
    files: dict[str, str | bytes] = {**issue_files(page, paper=paper, date=date, page_id=page_id)}
    files.update(picture_files(page))
    try:
        write_folder(files, out)
    except FolderOccupiedError:
        return _stopped(f"the folder {out} is not empty", "name a new folder; nothing is overwritten")
    except OSError as error:
        return _stopped(f"the folder {out} cannot be written: {error.strerror}", "check the path and its rights")
    return ImportOutcome(page=page, remarks=page.problems, guesses=guess_lines(page), files=tuple(sorted(files)))


def write_folder(files: Mapping[str, str | bytes], out: Path) -> None:
    """Write `files` (relative path → content) as the folder `out`, all or nothing.

    They are written beside it first and then moved into place in one step. An empty folder is replaced.

    Raises:
        FolderOccupiedError: `out` is a file, or a folder with something in it.
        OSError: writing failed; `out` is as it was.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FolderOccupiedError(str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    waiting = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        waiting.chmod(0o755)
        for name, content in sorted(files.items()):
            path = waiting / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        waiting.replace(out)
    except BaseException:
        shutil.rmtree(waiting, ignore_errors=True)
        raise


def _stopped(message: str, hint: str) -> ImportOutcome:
    return ImportOutcome(problems=(ImportProblem(line=0, column=0, message=message, hint=hint),))
