"""Previews: the page as the file shows it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from layout.color import Ink
from layout.display import Fill, Key
from layout.geometry import Rect
from layout.raster import render

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pdf.conftest import Desk


@pytest.fixture(scope="module")
def pdf(desk: Desk) -> bytes:
    fill = Fill(Key("page", "tint"), Rect(72_000, 144_000, 72_000, 36_000), Ink(0, 100, 100, 0))
    made: bytes = desk.file([desk.content(desk.run("清渡")), desk.content(fill, page="A02")])
    return made


def test_size_and_place(pdf: bytes) -> None:
    page = Image.open(BytesIO(render(pdf, 1, 144)))
    assert page.mode == "RGB"
    assert page.size == (1531, 2212)
    red = page.split()[2].point(lambda value: 255 * (value < 128))
    assert red.getbbox() == pytest.approx((144, 288, 288, 360), abs=1)
    assert page.info["dpi"] == pytest.approx((144, 144), abs=0.1)


def test_same_bytes_from_file_and_memory(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf)
    assert render(pdf, 0, 100) == render(tmp_path / "a.pdf", 0, 100) == render(pdf, 0, 100)


def test_pages_that_are_not_there(pdf: bytes) -> None:
    for page in (-1, 2):
        with pytest.raises(ValueError, match="no page"):
            render(pdf, page, 72)


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="rendered"):
        render(b"no PDF", 0, 72)
    with pytest.raises(OSError, match=r"rendered|a\.pdf"):
        render(tmp_path / "a.pdf", 0, 72)
