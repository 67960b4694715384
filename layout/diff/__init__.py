"""Two versions of an issue compared: first in words, then as pictures.

A version is a build's folder or a PDF. Of builds the display dumps are compared, by story, part and paragraph, so
that what is told is what an editor did; of PDFs the characters of each page. What has no words is found in the
pictures: no difference is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from layout.diagnostics import collate, finding
from layout.diff.pictures import Pictured, pictured
from layout.diff.version import PageVersion, Version, read_version
from layout.diff.words import changes, page_changes, text_changes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from layout.diagnostics import Diagnostic

__all__ = ["Comparison", "PageComparison", "compare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageComparison:
    """A page that both versions have: its changes in words, and its pictures where they differ."""

    name: str
    changes: tuple[Diagnostic, ...]
    pictures: Pictured | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that differs between two versions; `changes` are those of all pages, in their order."""

    old: Path
    new: Path
    changes: tuple[Diagnostic, ...]
    pages: tuple[PageComparison, ...]

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return not self.changes


def compare(old: Path, new: Path) -> Comparison:
    """Compare two builds' folders, or two PDFs.

    Raises:
        InputError: one of them is not there or is no build and no PDF.
        OSError: a page's PDF cannot be rendered.
    """
    before, after = read_version(old), read_version(new)
    pages = tuple(_page(first, second) for first, second in _pairs(before, after))
    found = [*page_changes(before, after), *(item for page in pages for item in page.changes)]
    return Comparison(old=old, new=new, changes=collate(found), pages=pages)


def _pairs(old: Version, new: Version) -> Iterator[tuple[PageVersion, PageVersion]]:
    """Yield the pages that both versions have: by name, or by number where a version is a mere PDF."""
    if all(page.dump is not None for page in (*old.pages, *new.pages)):
        names = {page.name: page for page in new.pages}
        yield from ((page, names[page.name]) for page in old.pages if page.name in names)
    else:
        both = zip_longest(old.pages, new.pages)
        yield from ((first, second) for first, second in both if first is not None and second is not None)


def _page(old: PageVersion, new: PageVersion) -> PageComparison:
    found: list[Diagnostic] = list(changes(old, new))
    if _same_file(old, new):
        return PageComparison(name=new.name, changes=tuple(found), pictures=None)
    if (old.dump is None or new.dump is None) and old.pdf and new.pdf:
        from layout.raster import page_text  # noqa: PLC0415 - brings PDFium

        found.extend(text_changes(new.name, page_text(old.pdf, old.number), page_text(new.pdf, new.number)))
    pictures = pictured(old, new)
    if pictures is not None and pictures.boxes and not found:
        found.append(finding("I691", page=new.name, name=new.name, count=len(pictures.boxes)))
    return PageComparison(
        name=new.name, changes=tuple(found), pictures=pictures if pictures and pictures.boxes else None
    )


def _same_file(old: PageVersion, new: PageVersion) -> bool:
    if old.pdf is None or new.pdf is None:
        return True
    return old.number == new.number and old.pdf.read_bytes() == new.pdf.read_bytes()
