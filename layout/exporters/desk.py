"""The exporters' desk: an issue in, a folder of news items and their pictures out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from layout.diagnostics import InputError, OutputError, Span, finding
from layout.diagnostics.hints import hint
from layout.exporters.ninjs import news_item
from layout.importers.folder import FolderOccupiedError, write_folder
from layout.reading.issue import read_issue

if TYPE_CHECKING:
    from layout.diagnostics import Diagnostic
    from layout.model import Photo, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export made: the files, and what the issue's reading had to say."""

    files: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    sources: dict[str, str]


def export_issue(issue: Path, out: Path) -> Exported:
    """Write every story of an issue, fillers too, as a ninjs 2.1 item, and its pictures beside it.

    Args:
        issue: the file `issue.yaml`.
        out: the folder to make; it must be absent or empty.

    Raises:
        InputError: the issue cannot be read, or the folder is not empty.
        StyleError: its styles cannot be resolved.
        OutputError: the folder cannot be written.
    """
    reading = read_issue(issue)
    files: dict[str, str | bytes] = {}
    issue_stories = (story for page in reading.issue.pages for story in page.stories)
    stories = [*issue_stories, *(one.story for one in reading.issue.bank), *reading.issue.fillers]
    for story in stories:
        photos = [_photo_name(story, photo, number) for number, photo in enumerate(story.photos, 1)]
        files |= {name: Path(photo.file).read_bytes() for name, photo in zip(photos, story.photos, strict=True)}
        logo = f"photos/{story.id}-logo{Path(story.logo).suffix.lower()}" if story.logo else ""
        if story.logo:
            files[logo] = Path(story.logo).read_bytes()
        files[f"{story.id}.json"] = news_item(story, reading.issue, photos, logo)
    try:
        write_folder(files, out)
    except FolderOccupiedError as error:
        raise InputError([finding("E156", span=Span(str(out)), file=str(out), hint=hint("new-folder"))]) from error
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise OutputError([finding("E501", file=str(out), problem=problem)]) from error
    return Exported(files=tuple(sorted(files)), findings=reading.findings, sources=reading.sources)


def _photo_name(story: Story, photo: Photo, number: int) -> str:
    stem = story.id if number == 1 else f"{story.id}-{number}"
    return f"photos/{stem}{Path(photo.file).suffix.lower()}"
