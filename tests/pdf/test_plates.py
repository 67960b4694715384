"""Overprint and knock-out as they come out on the plates: Ghostscript's separations of a finished file."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from layout.color import BLACK, PAPER, Ink
from layout.display import Fill, Form, Key, Rule, Sheet
from layout.geometry import Rect, mm
from layout.pdf.artwork import open_artwork
from layout.pdf.content import page_content

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pdf.conftest import Desk

CYAN = Ink(80, 0, 0, 0)
RED = Ink(0, 100, 100, 0)
DPI = 150

ROWS = (
    ("black", BLACK, 12_000, True),
    ("head", BLACK, 36_000, False),
    ("white", PAPER, 36_000, True),
    ("red", RED, 36_000, True),
    ("grey", Ink(0, 0, 0, 60), 36_000, True),
)
"""Type on a cyan ground, row by row, 30 mm each: ink, size, and whether it asks to overprint."""


@pytest.fixture(scope="module")
def plates(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Image.Image]:
    """The plates of a page, 0 being full ink; cyan, magenta, yellow, black."""
    if shutil.which("gs") is None:
        pytest.skip("gs is not installed")
    folder: Path = tmp_path_factory.mktemp("plates")
    rows = [
        desk.run("国国国国国国", size=size, x=mm(10), y=mm(30 * row + 25), ink=ink, overprint=overprint)
        for row, (_, ink, size, overprint) in enumerate(ROWS)
    ]
    rules = [
        Rule(Key("page", "rule"), mm(5), mm(160), mm(95), mm(160), 1_000, BLACK),
        Rule(Key("page", "rule"), mm(5), mm(170), mm(95), mm(170), 6_000, BLACK),
        Rule(Key("page", "rule"), mm(5), mm(180), mm(95), mm(180), 3_000, PAPER),
    ]
    ground = Fill(Key("page", "ground"), Rect(0, 0, mm(100), mm(200)), CYAN)
    sheet = Sheet(page="A01", trim=(mm(100), mm(200)), bleed=0, ops=(ground, *rows, *rules))
    (folder / "a.pdf").write_bytes(desk.file([page_content(sheet, desk.advance)]))
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}"]
    subprocess.run([*command, "-o", str(folder / "p.tif"), str(folder / "a.pdf")], check=True, capture_output=True)
    return {name: Image.open(folder / f"p({name.title()}).tif") for name in ("cyan", "magenta", "yellow", "black")}


def strip(plate: Image.Image, top: float, bottom: float) -> Image.Image:
    """Return a plate between two heights in mm."""
    return plate.crop(
        (round(8 / 25.4 * DPI), round(top / 25.4 * DPI), round(92 / 25.4 * DPI), round(bottom / 25.4 * DPI))
    )


def lightest(plate: Image.Image, row: int) -> int:
    """Return the lightest value of a plate in a row of type: 255 where it is knocked out."""
    return max(strip(plate, 30 * row + 10, 30 * row + 28).tobytes())


@pytest.mark.parametrize(("row", "name"), list(enumerate(name for name, *_ in ROWS)))
def test_only_small_solid_black_overprints(plates: dict[str, Image.Image], row: int, name: str) -> None:
    knocked = lightest(plates["cyan"], row) == 255
    assert knocked is (name != "black")


def test_type_shows_on_its_own_plates_alone(plates: dict[str, Image.Image]) -> None:
    for name, plate in plates.items():
        shown = [min(strip(plate, 30 * row + 10, 30 * row + 28).tobytes()) < 200 for row in range(len(ROWS))]
        assert (
            shown
            == {
                "cyan": [True] * 5,  # the ground
                "magenta": [False, False, False, True, False],
                "yellow": [False, False, False, True, False],
                "black": [True, True, False, False, True],
            }[name]
        )


def test_thin_black_rules_overprint_others_knock_out(plates: dict[str, Image.Image]) -> None:
    knocked = [max(strip(plates["cyan"], at - 2, at + 2).tobytes()) == 255 for at in (160, 170, 180)]
    assert knocked == [False, True, True]


def test_foreign_pages_begin_in_the_state_that_pages_begin_in(desk: Desk, tmp_path: Path) -> None:
    import pikepdf
    import pypdfium2

    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 100))
        page.obj.Contents = pdf.make_stream(b"0 0 100 100 re f")
        pdf.save(tmp_path / "plain.pdf")
    art = open_artwork(str(tmp_path / "plain.pdf"))
    form = Form(Key("ad", "advert"), Rect(mm(10), mm(10), 100_000, 100_000), art.file)
    content = desk.content(Fill(Key("page", "ground"), Rect(0, 0, mm(5), mm(5)), RED), form)
    drawn = pypdfium2.PdfDocument(desk.file([content], artwork={(art.file, 0): art}))[0].render(scale=1).to_pil()
    assert max(drawn.convert("RGB").getpixel((60, 60))) < 60
