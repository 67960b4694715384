"""The files of remarks and signatures: one writer at a time, appended to, never rewritten.

Whoever answers or closes a remark says which version of it was seen; if somebody else was faster, the write is
refused and nothing is lost on either side.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from layout.diagnostics import InputError, LayoutError, OutputError, finding
from layout.reading.comments import (
    COMMENTS,
    SIGNATURES,
    appended,
    comment_block,
    read_comments,
    read_signatures,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.comment import Comment, Signature, State


class ConflictError(LayoutError):
    """A remark was changed by somebody else since it was read."""


class Store:
    """The remarks and signatures beside one issue."""

    def __init__(self, folder: Path) -> None:
        """Take the issue's folder."""
        self.folder = folder
        self._read: tuple[bytes, tuple[Comment, ...]] = (b"", ())

    def comments(self) -> tuple[Comment, ...]:
        """Return the remarks as they are now.

        Raises:
            InputError: the file cannot be read.
        """
        path = self.folder / COMMENTS
        data = path.read_bytes() if path.exists() else b""
        if data != self._read[0]:
            self._read = (data, read_comments(self.folder))
        return self._read[1]

    def signatures(self) -> tuple[Signature, ...]:
        """Return the signatures as they are now; errors as for `comments`."""
        return read_signatures(self.folder)

    def add(self, comment: Comment) -> Comment:
        """Append a remark under the next free name and return it as kept.

        Raises:
            InputError: the file cannot be read.
            OutputError: it cannot be written.
        """
        with self._alone(COMMENTS):
            taken = {item.id for item in self.comments()}
            number = 1 + max((int(name[1:]) for name in taken if name[:1] == "c" and name[1:].isdecimal()), default=0)
            named = replace(comment, id=f"c{number}", version=1)
            self._append(COMMENTS, comment_block(named))
            return named

    def answer(self, name: str, version: int, by: str, at: str, text: str) -> Comment:
        """Append an answer to a remark that was read as `version`; errors as for `close`."""
        return self._about(name, version, {"reply": name, "by": by, "at": at, "text": text})

    def close(self, name: str, version: int, by: str, at: str, state: State) -> Comment:
        """Append that a remark is resolved, or open again.

        Args:
            name: the remark.
            version: the version that the caller saw.
            by: who says so.
            at: when, ISO 8601.
            state: its state from now on.

        Raises:
            InputError: there is no such remark, or the file cannot be read.
            ConflictError: the remark has another version by now.
            OutputError: the file cannot be written.
        """
        return self._about(name, version, {"of": name, "state": str(state), "by": by, "at": at})

    def sign(self, signature: Signature) -> None:
        """Append a signature; errors as for `add`."""
        block = {
            "page": signature.page,
            "stage": signature.stage,
            "by": signature.by,
            "at": signature.at,
            "revision": signature.revision,
        }
        with self._alone(SIGNATURES):
            self.signatures()  # a file that cannot be read is not written to
            self._append(SIGNATURES, block)

    def _about(self, name: str, version: int, block: dict[str, Any]) -> Comment:
        with self._alone(COMMENTS):
            found = _named(self.comments(), name)
            if found.version != version:
                text = f"{found.state}" + (
                    f", {found.replies[-1].by}: {found.replies[-1].text}" if found.replies else ""
                )
                raise ConflictError([finding("E656", span=found.span, name=name, text=text)])
            self._append(COMMENTS, block)
            return _named(self.comments(), name)

    def _append(self, name: str, block: dict[str, Any]) -> None:
        path = self.folder / name
        text = path.read_bytes().decode("utf-8") if path.exists() else ""
        beside = path.with_name(f".{name}.part")
        try:
            beside.write_bytes(appended(text, name, [block]).encode())
            os.replace(beside, path)  # noqa: PTH105 - atomic on every platform
        except OSError as problem:
            beside.unlink(missing_ok=True)
            raise OutputError([finding("E501", file=name, problem=problem.strerror or problem)]) from problem

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        """Hold the file's lock among threads and processes; it lies with the temporary files, not beside the issue."""
        key = blake2b(str(self.folder.resolve() / name).encode(), digest_size=12).hexdigest()
        with FileLock(Path(gettempdir()) / f"layout-{key}.lock"):
            yield


def _named(comments: tuple[Comment, ...], name: str) -> Comment:
    found = next((item for item in comments if item.id == name), None)
    if found is None:
        raise InputError([finding("E658", name=name)])
    return found
