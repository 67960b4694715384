"""A sheet that is set by the engine itself: an issue made for the purpose, built aside, and its PDF."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from layout.build import BuildOptions, build
from layout.importers.folder import write_folder

if TYPE_CHECKING:
    from collections.abc import Mapping


def set_sheet(files: Mapping[str, str | bytes], cache: Path | None = None) -> bytes:
    """Return the PDF of an issue.

    Args:
        files: its files, `issue.yaml` among them: relative path → content.
        cache: where converted pictures are kept.

    Raises:
        LayoutError: it cannot be built.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "sheet"
        write_folder(files, folder)
        options = BuildOptions(previews=False, variant="x4", cache=cache)
        result = build(folder / "issue.yaml", Path(name) / "out", options)
        [pdf] = [file for file in result.files if file.startswith("issue.")]
        return (result.folder / pdf).read_bytes()
