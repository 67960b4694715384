"""From paths to the files of an import: single files, folders and zip archives, read within limits.

An archive comes from outside: one with paths that leave it, links, passwords, too many files or more bytes than it
may unfold to is refused as a whole, and no byte of it is written anywhere. Names packed without Unicode (Windows in
China) are read as GB 18030.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span, finding
from layout.importers.problem import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.diagnostics import Diagnostic

FILES_MOST: Final = 5_000
"""Files of one folder or archive: a whole issue with all its pictures has some hundreds."""

FILE_BYTES_MOST: Final = 200 * 1024 * 1024
"""One file: a large press picture is 60 MB."""

TOTAL_BYTES_MOST: Final = 1024 * 1024 * 1024
"""All files of one archive, unfolded."""

RATIO_MOST: Final = 200
"""Unfolded to folded size of one entry above `RATIO_FROM` bytes: text reaches 20, a bomb 1000."""

RATIO_FROM: Final = 1024 * 1024

PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".svg", ".pdf"})

_TOO_MANY: Final = ("more than {most} files", "文件多于 {most} 个")
_DAMAGED: Final = ("damaged", "文件已损坏")
_LEAVES: Final = ("the path `{name}` leaves the archive", "路径 `{name}` 超出压缩包")
_LINK: Final = ("`{name}` is a link", "`{name}` 是链接")
_PASSWORD: Final = ("it has a password", "压缩包有密码")
_TOO_LARGE: Final = ("it unfolds to more bytes than allowed", "解压后超出允许的大小")
_BOMB: Final = ("`{name}` unfolds like a bomb", "`{name}` 的压缩比异常")

_UNICODE_NAMES: Final = 0x800
_ENCRYPTED: Final = 0x1
_CHUNK: Final = 1 << 20
_DRIVE: Final = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignFile:
    """A file to import: its name for spans, its bytes, and the files it may refer to, by their paths from its own."""

    name: str
    data: bytes
    beside: Beside


class Beside:
    """The files around one that is imported: looked up by the path written in it, never outside its root."""

    def __init__(self, files: Mapping[str, Path | bytes], folder: str = "", root: Path | None = None) -> None:
        """Keep the files by their path from the root.

        Args:
            files: those known already.
            folder: where the referring file lies.
            root: a folder in which others are looked up.
        """
        self._files = files
        self._folder = PurePosixPath(folder)
        self._root = root

    def within(self, folder: str) -> Beside:
        """Return the same files seen from another folder."""
        return Beside(self._files, folder, self._root)

    def read(self, written: str) -> bytes | None:
        """Return the bytes of the file at a written path, or None where there is no such file."""
        parts: list[str] = []
        for part in (self._folder / written.replace("\\", "/")).parts:
            if part == "..":
                if not parts:
                    return None
                parts.pop()
            elif part not in ("/", "."):
                parts.append(part)
        found = self._files.get("/".join(parts))
        if found is None and self._root is not None and parts:
            found = _picture_in(self._root, parts)
        return found.read_bytes() if isinstance(found, Path) else found


def _picture_in(root: Path, parts: Sequence[str]) -> Path | None:
    """Return the picture at a path below a folder; links that lead out of it are not followed."""
    try:
        path = root.joinpath(*parts).resolve()
        inside = path.is_relative_to(root.resolve()) and path.is_file()
    except (OSError, ValueError):
        return None
    return path if inside and path.suffix.lower() in PICTURES else None


@dataclass(slots=True)
class _Taken:
    files: list[ForeignFile] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)


def take_in(
    paths: Sequence[Path], suffixes: Sequence[str], kind: str
) -> tuple[tuple[ForeignFile, ...], list[Diagnostic]]:
    """Return the files to import, in order, and what is wrong with the paths.

    Args:
        paths: files, folders and zip archives; a file is taken whatever its name ends in.
        suffixes: how the files of the wanted kind end, with the point.
        kind: the kind's name, for findings.
    """
    taken = _Taken()
    for path in paths:
        try:
            if path.is_dir():
                _take_folder(path, suffixes, kind, taken)
            elif path.suffix.lower() == ".zip":
                _take_archive(path, suffixes, kind, taken)
            else:
                beside = Beside({}, root=path.parent)
                taken.files.append(ForeignFile(name=path.name, data=_read(path), beside=beside))
        except OSError as error:
            problem = error.strerror or type(error).__name__
            code = "E101" if isinstance(error, FileNotFoundError) else "E122"
            values = {"file": path.name} if code == "E101" else {"file": path.name, "problem": problem}
            taken.findings.append(finding(code, span=Span(path.name), **values))
    return tuple(taken.files), taken.findings


def _read(path: Path) -> bytes:
    if path.stat().st_size > FILE_BYTES_MOST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return path.read_bytes()


def _walk(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(base, name)
            if not name.startswith((".", "~$")) and path.is_file() and not path.is_symlink():
                yield path


def _take_folder(folder: Path, suffixes: Sequence[str], kind: str, taken: _Taken) -> None:
    paths = {path.relative_to(folder).as_posix(): path for path in _walk(folder)}
    if len(paths) > FILES_MOST:
        taken.findings.append(_refused(folder.name, UnreadableError(_TOO_MANY, most=FILES_MOST)))
        return
    _select(folder.name, paths, suffixes, kind, taken)


def _select(root: str, files: Mapping[str, Path | bytes], suffixes: Sequence[str], kind: str, taken: _Taken) -> None:
    beside = Beside(files)
    wanted = [name for name in files if PurePosixPath(name).suffix.lower() in suffixes]
    for name in sorted(wanted):
        data = files[name]
        folder = PurePosixPath(name).parent.as_posix()
        taken.files.append(
            ForeignFile(
                name=f"{root}/{name}",
                data=_read(data) if isinstance(data, Path) else data,
                beside=beside.within(folder),
            )
        )
    if not wanted:
        taken.findings.append(finding("E155", span=Span(root), kind=kind, file=root, suffixes=" ".join(suffixes)))
    known = {*suffixes, *PICTURES}
    for name in sorted(files):
        if PurePosixPath(name).suffix.lower() not in known:
            taken.findings.append(finding("W163", span=Span(f"{root}/{name}"), file=f"{root}/{name}", kind=kind))


def _refused(name: str, error: UnreadableError) -> Diagnostic:
    return finding("E154", span=Span(name), file=name, problem=error.problem, problem_zh=error.problem_zh)


def _take_archive(path: Path, suffixes: Sequence[str], kind: str, taken: _Taken) -> None:
    try:
        files = unpacked(path.read_bytes())
    except UnreadableError as error:
        taken.findings.append(_refused(path.name, error))
        return
    _select(path.name, {name: data for name, data in files.items() if _is_shown(name)}, suffixes, kind, taken)


def _is_shown(name: str) -> bool:
    """Tell whether a file of an archive is its author's, not the archiver's."""
    return not any(part.startswith((".", "~$")) or part == "__MACOSX" for part in PurePosixPath(name).parts)


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip archive by their paths.

    Raises:
        UnreadableError: the archive is damaged, has a password, leaves its own folder or unfolds beyond the limits.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > FILES_MOST:
                raise UnreadableError(_TOO_MANY, most=FILES_MOST)
            total = 0
            files: dict[str, bytes] = {}
            for entry in entries:
                name = _checked_name(entry)
                files[name] = _unfolded(archive, entry, TOTAL_BYTES_MOST - total)
                total += len(files[name])
            return files
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(_DAMAGED) from error


def _checked_name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if not entry.flag_bits & _UNICODE_NAMES:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    name = name.replace("\\", "/")
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or _DRIVE.match(name) or "\0" in name:
        raise UnreadableError(_LEAVES, name=name)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnreadableError(_LINK, name=name)
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableError(_PASSWORD)
    return "/".join(part for part in parts if part not in ("", "."))


def _unfolded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """Return an entry's bytes, stopping at the limits whatever size its header states."""
    limit = min(FILE_BYTES_MOST, left)
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise UnreadableError(_TOO_LARGE)
            if size > RATIO_FROM and size > RATIO_MOST * max(entry.compress_size, 1):
                raise UnreadableError(_BOMB, name=entry.filename)
            parts.append(chunk)
    return b"".join(parts)
