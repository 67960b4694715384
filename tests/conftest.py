"""What many tests share: the bundled faces and styles, and a line of text in a hurry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from layout.fontbook import load_fontbook
from layout.reading.styles import read_style
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.style import Style

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def book() -> Fontbook:
    """The bundled faces."""
    return load_fontbook(fonts_folder())


@pytest.fixture(scope="session")
def tabloid() -> Style:
    """The bundled tabloid style."""
    return read_style("tabloid", None, None, "zh-Hans")


@pytest.fixture(scope="session")
def seed_page() -> str:
    """A real extracted page, kept beside the repository, never in it."""
    path = REPOSITORY.parent / "shared" / "seed" / "page.txt"
    if not path.is_file():
        pytest.skip("../shared/seed/page.txt is not here")
    return path.read_text(encoding="utf-8")
