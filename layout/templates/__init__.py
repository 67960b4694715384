"""Papers to start from: an issue file each, filled with stories and pictures of the sample paper.

What a template lists is copied from the sample paper, so that a new paper has whole pages from its first build; the
editor then replaces one story after the other.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from string import Template
from typing import TYPE_CHECKING, Final

from layout.diagnostics import InputError, OutputError, Span, finding
from layout.diagnostics.hints import hint
from layout.importers.folder import FolderOccupiedError, write_folder
from layout.resources import sample_folder, schemas_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATES: Final[dict[str, dict[str, str]]] = {
    "tabloid": {"en": "a tabloid daily: a front page and an inside page", "zh": "四开日报：头版加一个内版"},
    "broadsheet": {"en": "a broadsheet daily: a front page", "zh": "对开日报：头版"},
    "weekly": {"en": "a weekly: a front page and a culture page", "zh": "周报：头版加文化版"},
    "school": {"en": "a school paper: one page", "zh": "校报：一个版"},
}
"""The templates by name, and what each is in both languages."""

_LISTED: Final = re.compile(r"(?:stories|fillers|adverts|art)/[\w.-]+")
_BESIDE: Final = re.compile(r"\.\./((?:photos|art)/[\w.-]+)")
_JUMP: Final = re.compile(rb"(?m)^jump: .*\n")
"""Where a story of the sample goes on: a page that the new paper need not have."""

_PAPER: Final = "临江日报"
_HAN: Final = re.compile(r"[㐀-鿿]{2,8}")


def start(out: Path, template: str, *, date: str, paper: str = "") -> tuple[str, ...]:
    """Write a new paper into the folder `out`, all or nothing, and return its files' names.

    Args:
        out: the folder, absent or empty.
        template: a name of `TEMPLATES`.
        date: day of the first issue, year-month-day.
        paper: the paper's name; by default the folder's, where that is two to eight Chinese characters.

    Raises:
        InputError: E156, there is something in the folder.
        OutputError: E501, it cannot be written.
    """
    files = template_files(template, date=date, paper=paper or paper_of(out))
    try:
        write_folder(files, out)
    except FolderOccupiedError as error:
        raise InputError([finding("E156", span=Span(str(out)), file=str(out), hint=hint("new-folder"))]) from error
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise OutputError([finding("E501", file=str(out), problem=problem)]) from error
    return tuple(sorted(files))


def paper_of(out: Path) -> str:
    """Return the name of a paper that starts in the folder `out`."""
    name = out.resolve().name
    return name if _HAN.fullmatch(name) else _PAPER


def template_files(template: str, *, date: str, paper: str, style: str = "") -> dict[str, str | bytes]:
    """Return the files of a new paper: relative path → content.

    Args:
        template: a name of `TEMPLATES`.
        date: day of the first issue, year-month-day.
        paper: the paper's name.
        style: a style in place of the template's.
    """
    text = (Path(__file__).parent / f"{template}.yaml").read_text(encoding="utf-8")
    issue = Template(text).substitute(paper=paper, date=date)
    if style:
        issue = re.sub(r"(?m)^style: .*$", f"style: {style}", issue)
    files: dict[str, str | bytes] = {"issue.yaml": issue}
    schema = (schemas_folder() / "issue.schema.json").read_bytes()
    files[".schema/issue.schema.json"] = schema
    files[".schema/story.schema.json"] = (schemas_folder() / "story.schema.json").read_bytes()
    for name in _files(issue):
        content = (sample_folder() / name).read_bytes()
        files[name] = _JUMP.sub(b"", content) if name.endswith(".md") else content
    return files


def _files(issue: str) -> Iterator[str]:
    """Yield the sample's files that an issue needs: those it lists, and those that its stories list."""
    for name in dict.fromkeys(_LISTED.findall(issue)):
        yield name
        if PurePosixPath(name).suffix == ".md":
            yield from dict.fromkeys(_BESIDE.findall((sample_folder() / name).read_text(encoding="utf-8")))
