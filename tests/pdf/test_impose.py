"""Printer's spreads: the right pages beside each other, each as it was, the trim boxes meeting at the fold."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import ImageChops

from layout.color import Ink
from layout.display import Fill, Key
from layout.geometry import Rect, mm
from layout.pdf.impose import impose, pair_name, section, sections, spreads
from layout.raster import bitmap

if TYPE_CHECKING:
    from PIL import Image

    from layout.pdf.content import PageContent
    from tests.pdf.conftest import Desk

WIDTH, HEIGHT = mm(270), mm(390)
BLEED = 9_000


def names(count: int) -> list[str]:
    slots = sections([(f"A{number:02}",) for number in range(1, count + 1)])["A"]
    return ["|".join(slot.page if slot else "" for slot in pair) for pair in spreads(slots)]


@pytest.mark.parametrize(
    ("count", "pairs"),
    [
        (4, ["A04|A01", "A02|A03"]),
        (8, ["A08|A01", "A02|A07", "A06|A03", "A04|A05"]),
        (1, ["|A01", "|"]),
        (6, ["|A01", "A02|", "A06|A03", "A04|A05"]),
    ],
)
def test_pairs(count: int, pairs: list[str]) -> None:
    assert names(count) == pairs


@pytest.mark.parametrize("count", range(1, 33))
def test_the_two_pages_of_a_sheet_add_up_and_odd_ones_stand_at_the_right(count: int) -> None:
    slots = sections([(f"A{number:02}",) for number in range(1, count + 1)])["A"]
    full = -(-count // 4) * 4
    found = []
    for left, right in spreads(slots):
        numbers = [int(slot.page[1:]) if slot else None for slot in (left, right)]
        found += [number for number in numbers if number]
        if None not in numbers:
            assert sum(number or 0 for number in numbers) == full + 1
        if numbers[1]:
            assert numbers[1] % 2 == 1
    assert sorted(found) == list(range(1, count + 1))


def test_sections_by_letter() -> None:
    found = sections([("A01",), ("A02", "A03"), ("B01",), ("12",)])
    assert {name: [(slot.page, slot.part) for slot in slots] for name, slots in found.items()} == {
        "A": [("A01", "whole"), ("A02", "left"), ("A03", "right")],
        "B": [("B01", "whole")],
        "": [("12", "whole")],
    }
    assert section("T12") == "T"


def page(desk: Desk, number: int) -> PageContent:
    """A page that bleeds, with its number and a patch that tells its corners apart."""
    return desk.content(
        Fill(
            Key("page", "ground"),
            Rect(-BLEED, -BLEED, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED),
            Ink(0, 0, 0, number * 10),
        ),
        Fill(Key("page", "corner"), Rect(0, 0, mm(30), mm(20)), Ink(0, 100, 0, 0)),
        desk.run(f"第{number}版", size=40_000, x=mm(100), y=mm(200)),
        page=f"A{number:02}",
        bleed=BLEED,
    )


@pytest.fixture(scope="module", params=["x1a", "x4"])
def made(request: pytest.FixtureRequest, desk: Desk) -> tuple[bytes, bytes]:
    pages = [page(desk, number) for number in range(1, 5)]
    whole = desk.file(pages, variant=request.param)
    slots = sections([(content.page,) for content in pages])["A"]
    return whole, impose(whole, spreads(slots), request.param)


def test_boxes(made: tuple[bytes, bytes]) -> None:
    with pikepdf.open(BytesIO(made[1])) as pdf:
        assert len(pdf.pages) == 2
        for one in pdf.pages:
            trim, bleed, media = ([float(edge) for edge in box] for box in (one.trimbox, one.bleedbox, one.mediabox))
            assert media == bleed == pytest.approx([0, 0, 2 * WIDTH / 1000 + 18, HEIGHT / 1000 + 18], abs=0.01)
            assert trim == pytest.approx([9, 9, 9 + 2 * WIDTH / 1000, 9 + HEIGHT / 1000], abs=0.01)
        assert [pair_name(pair) for pair in spreads(sections([(f"A0{n}",) for n in range(1, 5)])["A"])] == [
            "A04-A01",
            "A02-A03",
        ]


def unlike(one: Image.Image, other: Image.Image) -> int:
    """Return the largest difference of two pictures, looked at from afar."""
    difference = ImageChops.difference(one.convert("L"), other.convert("L")).resize((40, 60))
    return max(difference.tobytes())


@pytest.mark.parametrize(("spread", "left", "right"), [(0, 3, 0), (1, 1, 2)])
def test_every_page_looks_as_it_did_up_to_its_trim_and_outer_bleed(
    made: tuple[bytes, bytes], spread: int, left: int, right: int
) -> None:
    dpi = 72
    sheet = bitmap(made[1], spread, dpi)
    whole = [bitmap(made[0], number, dpi) for number in range(4)]
    bleed, fold, height = 9, round(9 + WIDTH / 1000), sheet.height
    for number, shown, own in (
        (left, (0, 0, fold - 2, height), (0, 0, fold - 2, height)),
        (right, (fold + 2, 0, sheet.width, height), (bleed + 2, 0, whole[right].width, height)),
    ):
        one, other = sheet.crop(shown), whole[number].crop(own)
        size = (min(one.width, other.width), min(one.height, other.height))
        one = one.crop((one.width - size[0], 0, one.width, size[1])) if number == right else one.crop((0, 0, *size))
        other = (
            other.crop((other.width - size[0], 0, other.width, size[1]))
            if number == right
            else other.crop((0, 0, *size))
        )
        assert unlike(one, other) < 24


def test_fonts_and_pictures_are_shared_and_identified_anew(made: tuple[bytes, bytes]) -> None:
    whole, sheet = made
    assert sheet.count(b"/FontFile") == whole.count(b"/FontFile")
    with pikepdf.open(BytesIO(whole)) as one, pikepdf.open(BytesIO(sheet)) as other:
        assert len(other.Root.OutputIntents) == len(one.Root.OutputIntents)
        with one.open_metadata() as first, other.open_metadata() as second:
            assert first["xmpMM:DocumentID"] != second["xmpMM:DocumentID"]
        assert str(other.Root.PageLabels.Nums[1].P) == "A04-A01"


def test_double_pages_are_cut_at_the_fold(desk: Desk) -> None:
    pages = [page(desk, 1), page(desk, 2), page(desk, 4)]
    whole = desk.file(pages)
    slots = sections([("A01",), ("A02", "A03"), ("A04",)])["A"]
    pairs = spreads(slots)
    assert [[slot.part if slot else "" for slot in pair] for pair in pairs] == [["whole", "whole"], ["left", "right"]]
    sheet = impose(whole, pairs[1:], "x1a")
    shown, own = bitmap(sheet, 0, 36), bitmap(whole, 1, 36)
    assert shown.size == own.size
    assert unlike(shown, own) < 24


def test_same_bytes_every_time(desk: Desk) -> None:
    whole = desk.file([page(desk, number) for number in range(1, 3)])
    pairs = spreads(sections([("A01",), ("A02",)])["A"])
    assert impose(whole, pairs, "x1a") == impose(whole, pairs, "x1a")
