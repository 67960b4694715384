"""One version of an issue: a build's folder, or a PDF from anywhere."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from layout.diagnostics import InputError, finding
from layout.diagnostics.hints import hint
from layout.diff.dumped import Dumped, read_dump

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

REPORT: Final = "report.json"
_DRAFTS: Final = (".pdf", ".draft.pdf")

Rectangle = tuple[int, int, int, int]
"""Column, line, columns, lines of a module, counted from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageVersion:
    """A page: its PDF with the number of its page there, what it shows (None: only the PDF tells), its modules."""

    name: str
    pdf: Path | None
    number: int = 0
    dump: Dumped | None = None
    dump_text: str = ""
    modules: Mapping[str, Rectangle] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """All pages of a version, in order."""

    path: Path
    pages: tuple[PageVersion, ...]


def read_version(path: Path) -> Version:
    """Return the version in a build's folder or in a PDF.

    Raises:
        InputError: there is neither, or it cannot be read.
    """
    if path.is_dir():
        return _folder(path)
    if path.is_file():
        return _file(path)
    raise InputError([finding("E101", file=path)])


def _folder(path: Path) -> Version:
    report = path / REPORT
    try:
        data: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        pages = tuple(_page(path, item) for item in data["pages"])
    except OSError as problem:
        raise InputError([finding("E101", file=report, hint=hint("build-folder"))]) from problem
    except (ValueError, KeyError, TypeError) as problem:
        raise InputError([finding("E122", file=report, problem="it is not a build's report")]) from problem
    return Version(path=path, pages=pages)


def _page(folder: Path, item: Mapping[str, Any]) -> PageVersion:
    name = str(item["page"])
    text = (folder / "dumps" / f"{name}.txt").read_text(encoding="utf-8")
    found = (folder / "pages" / f"{name}{suffix}" for suffix in _DRAFTS)
    return PageVersion(
        name=name,
        pdf=next((file for file in found if file.is_file()), None),
        dump=read_dump(text),
        dump_text=text,
        modules={str(module["id"]): _rectangle(module["pin"]) for module in item["plan"]["modules"]},
    )


def _rectangle(pin: Mapping[str, int]) -> Rectangle:
    return pin["column"], pin["line"], pin["columns"], pin["lines"]


def _file(path: Path) -> Version:
    from layout.raster import page_count  # noqa: PLC0415 - brings PDFium

    try:
        count = page_count(path)
    except OSError as problem:
        raise InputError([finding("E122", file=path, problem=str(problem))]) from problem
    pages = tuple(PageVersion(name=str(number + 1), pdf=path, number=number) for number in range(count))
    return Version(path=path, pages=pages)
