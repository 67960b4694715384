"""Write a folder, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class FolderOccupiedError(FileExistsError):
    """The folder an import or export should make is there already and is not empty."""


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
