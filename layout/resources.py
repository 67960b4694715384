"""Where the packaged fonts, styles and schemas lie.

In an installed wheel the fonts and styles stand inside the package, under `_assets`; in a checkout they are the
repository's own folders `fonts/` and `styles/`. Nobody else needs to know which of the two it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    packaged = _PACKAGE / "_assets" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def fonts_folder() -> Path:
    """Return the folder of the packaged faces and their `fonts.yaml`."""
    return _folder("fonts")


def styles_folder() -> Path:
    """Return the folder of the packaged styles; print conditions lie in its `print`."""
    return _folder("styles")


def sample_folder() -> Path:
    """Return the folder of the sample paper, from which new papers start."""
    packaged = _PACKAGE / "_assets" / "sample"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "seeds" / "qingdu"


def schemas_folder() -> Path:
    """Return the folder of the JSON Schemas that editors' programs complete and check by."""
    return _PACKAGE / "schemas"
