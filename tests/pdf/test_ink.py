"""Pictures made to break the ink limit, through the converter, the writer and back from the plates."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from layout.display import Key, Picture
from layout.geometry import Rect, mm
from layout.pictures import prepare
from layout.plates import MAP_DPI, PROCESS, separate
from layout.plates.ink import largest_ink
from layout.reading.styles import read_condition

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pdf.conftest import Desk

SIDE = 400
AREA = 15
WHOLE = (0.0, 0.0, 1.0, 1.0)
RECT = Rect(mm(30), mm(40), mm(60), mm(60))

EIGHT_BIT = 2.0
"""Per cent that four plates of eight bits, and JPEG's ripples, may add."""


def black() -> Image.Image:
    return Image.new("RGB", (SIDE, SIDE), "black")


def full_cmyk() -> Image.Image:
    return Image.new("CMYK", (SIDE, SIDE), (255, 255, 255, 255))


def checks() -> Image.Image:
    """Black and saturated dark colours in small checks: where JPEG rings most."""
    image = Image.new("RGB", (SIDE, SIDE))
    colours = ((0, 0, 0), (60, 0, 0), (0, 40, 0), (0, 0, 70))
    image.putdata([colours[(x // 3 + y // 3) % 4] for y in range(SIDE) for x in range(SIDE)])
    return image


def noise() -> Image.Image:
    source = random.Random(5)  # noqa: S311 - the same noise every time
    return Image.frombytes("CMYK", (SIDE, SIDE), source.randbytes(SIDE * SIDE * 4))


@pytest.mark.parametrize("make", [black, full_cmyk, checks, noise])
@pytest.mark.parametrize("press", ["newsprint-240", "newsprint-220"])
def test_no_picture_goes_over_the_limit(make: object, press: str, desk: Desk, tmp_path: Path) -> None:
    assert callable(make)
    condition = read_condition(press)
    path = tmp_path / "picture.tif"
    make().save(path)
    made = prepare(str(path), WHOLE, (RECT.width, RECT.height), condition)
    content = desk.content(Picture(Key("s", "photo"), RECT, str(path), WHOLE), key=lambda _: made.key)
    plates = separate(desk.file([content], pictures={made.key: made}, condition=condition), 0, MAP_DPI)
    largest = largest_ink(plates, AREA)
    assert 0.5 * condition.ink_limit < largest <= condition.ink_limit + EIGHT_BIT


def test_text_in_black_is_on_the_black_plate_alone(desk: Desk) -> None:
    lines = [desk.run("清渡大桥今晚恢复通车", y=mm(40 + 5 * line)) for line in range(40)]
    coverage = separate(desk.file([desk.content(*lines)]), 0, 150).coverage
    assert [coverage[name] for name in PROCESS[:3]] == [0, 0, 0]
    assert coverage["Black"] > 0.5
