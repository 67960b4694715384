"""The files of an issue as they are at one moment, to tell whether one has changed since.

They are looked at a few times a second: no notification reaches every editor's way of writing (in place, by renaming,
over a network), and a look at a few hundred files takes a millisecond.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PAUSE: Final = 0.15
"""Seconds between two looks at the files."""


def look(folder: Path, without: Iterable[Path]) -> dict[str, tuple[int, int]]:
    """Return time and size of every file of a folder, hidden ones and what lies in the folders `without` left out."""
    made: dict[str, tuple[int, int]] = {}
    written = {path.resolve() for path in without}
    for path in sorted(folder.resolve().rglob("*")) if folder.is_dir() else ():
        if path.name.startswith(".") or written & {path, *path.parents}:
            continue
        try:
            stat = path.stat()
        except OSError:  # it is being renamed
            continue
        if path.is_file():
            made[str(path)] = (stat.st_mtime_ns, stat.st_size)
    return made
