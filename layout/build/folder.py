"""The output folder: file by file, each complete or absent, the report last.

Every file is written beside its place and moved over it, so that a reader sees the former one or the new one. The
report lists the hashes of all others and is written last: a folder whose files and report disagree is recognised as
half a build. Files of the former report that the new one does not list are taken away at the end.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from layout.diagnostics import OutputError, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_BESIDE: Final = ".part"
"""Ends the name of a file that is being written."""


class OutputFolder:
    """One build's folder. `hashes` are the SHA-256 of all files written so far, by relative path."""

    def __init__(self, path: Path) -> None:
        """Take the folder; it is made with the first file."""
        self.path = path
        self.hashes: dict[str, str] = {}
        self._unlisted: set[str] = set()

    def write(self, name: str, data: bytes, *, reported: bool = True) -> None:
        """Write a file under its relative name, whole or not at all; `reported` lists its hash in the report.

        Raises:
            OutputError: E501.
        """
        target = self.path / PurePosixPath(name)
        beside = target.with_name(f".{target.name}{_BESIDE}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(data)
            os.replace(beside, target)  # noqa: PTH105 - named by the design for what it guarantees
        except OSError as problem:
            raise _unwritten(name, problem) from problem
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        if reported:
            self.hashes[name] = hashlib.sha256(data).hexdigest()
        else:
            self._unlisted.add(name)

    def read(self, name: str) -> bytes | None:
        """Return what a file of the folder holds now, None where there is none."""
        try:
            return (self.path / PurePosixPath(name)).read_bytes()
        except OSError:
            return None

    def finish(self, name: str, data: bytes) -> None:
        """Write the report; take away what only the former report lists, and what a killed build left half written.

        Raises:
            OutputError: E501.
        """
        former = list(self._former(name))
        self.write(name, data)
        kept = self.hashes.keys() | self._unlisted
        stale = [self.path / PurePosixPath(old) for old in former if old not in kept]
        folders = {(self.path / PurePosixPath(one)).parent for one in (*kept, *former)}
        stale += [left for folder in sorted(folders) for left in folder.glob(f".*{_BESIDE}")]
        for path in stale:
            try:
                path.unlink(missing_ok=True)
            except OSError as problem:
                raise _unwritten(path.relative_to(self.path).as_posix(), problem) from problem

    def _former(self, name: str) -> Iterator[str]:
        try:
            files = json.loads((self.path / name).read_text(encoding="utf-8"))["files"]
        except (OSError, ValueError, KeyError, TypeError):
            return
        for stale in files if isinstance(files, dict) else ():
            parts = PurePosixPath(stale).parts
            if parts and ".." not in parts and not PurePosixPath(stale).is_absolute():
                yield stale


def _unwritten(name: str, problem: OSError) -> OutputError:
    return OutputError([finding("E501", file=name, problem=problem.strerror or str(problem))])
