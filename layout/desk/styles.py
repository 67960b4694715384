"""Styles as an editor asks for them: their names, and a page set in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layout.desk.sheet import set_sheet
from layout.reading.styles import read_style
from layout.resources import styles_folder
from layout.templates import template_files

if TYPE_CHECKING:
    from pathlib import Path

_BASES: Final = frozenset({"base", "weights"})
"""Files that styles extend and nobody names."""

_LARGE: Final = 7000
"""A page of more characters than this is filled by the broadsheet's stories, a smaller one by the tabloid's."""

_DAY: Final = "2026-11-22"
"""The specimen's date: the same sheet every day."""


def style_names() -> tuple[str, ...]:
    """Return the names of the packaged styles."""
    return tuple(sorted({path.stem for path in styles_folder().glob("*.yaml")} - _BASES))


def specimen_page(name: str, *, cache: Path | None = None) -> bytes:
    """Return a PDF with the sample paper's stories set in a packaged style.

    Raises:
        StyleError: there is no such style, or its values are wrong.
    """
    style = read_style(name)
    held = style.grid.columns * style.grid.characters * style.grid.lines
    template = "broadsheet" if held > _LARGE else "school"
    return set_sheet(template_files(template, date=_DAY, paper=name, style=name), cache)
