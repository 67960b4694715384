"""What stands on the page comes out of the file: text, and the place of every glyph."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.display import Glyphs, Key

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pdf.conftest import Desk, Extract, Reader, Squeeze

LINES = (
    "澄河隧道昨日贯通，全长3.6公里。",
    "“白苎湖湿地公园”——看鸟的好去处……",
    "5G、AI、PM2.5与GDP：12.6%，36℃",
    "《西门老街·纪事》（2024—2026年）",
)


def pdftotext(pdf: bytes, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    (folder / "a.pdf").write_bytes(pdf)
    return subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", str(folder / "a.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()


@pytest.mark.parametrize("variant", ["x1a", "x4"])
@pytest.mark.parametrize("face", ["song", "hei", "kai"])
def test_extractors_give_the_text_back(
    desk: Desk, variant: str, face: str, tmp_path: Path, pdfium_text: Extract, squeezed: Squeeze
) -> None:
    runs = [desk.run(line, face=face, y=40_000 + 20_000 * number) for number, line in enumerate(LINES)]
    pdf = desk.file([desk.content(*runs)], variant=variant)
    assert squeezed(pdftotext(pdf, tmp_path)) == "".join(LINES)
    assert squeezed(pdfium_text(pdf)) == "".join(LINES)


def test_one_glyph_for_two_texts_keeps_both(
    desk: Desk, tmp_path: Path, pdfium_text: Extract, squeezed: Squeeze
) -> None:
    gid = desk.gids("song", "大")[0]
    head, tail = desk.run("甲大乙", y=40_000), desk.run("丙大丁", y=60_000)
    tail = replace(tail, texts=("丙", "太", "丁"))
    content = desk.content(head, tail)
    assert content.glyphs["song"][gid] == "大"
    assert content.content.count(b"/ActualText") == 1
    pdf = desk.file([content])
    assert squeezed(pdftotext(pdf, tmp_path)) == "甲大乙丙太丁"
    assert squeezed(pdfium_text(pdf)) == "甲大乙丙太丁"


def test_pages_that_read_a_glyph_differently_get_maps_of_their_own(
    desk: Desk, tmp_path: Path, pdfium_text: Extract, squeezed: Squeeze
) -> None:
    run = desk.run("甲大乙")
    pages = [desk.content(run), desk.content(replace(run, texts=("甲", "太", "乙"))), desk.content(run)]
    pdf = desk.file(pages)
    assert squeezed(pdftotext(pdf, tmp_path)) == "甲大乙甲太乙甲大乙"
    assert squeezed(pdfium_text(pdf)) == "甲大乙甲太乙甲大乙"
    assert pdf.count(b"/FontFile3") == 1
    assert pdf.count(b"/ToUnicode") == 2


def test_one_glyph_may_stand_for_several_characters(
    desk: Desk, tmp_path: Path, pdfium_text: Extract, squeezed: Squeeze
) -> None:
    run = replace(desk.run("前—后"), texts=("前", "——", "后"))
    content = desk.content(run)
    assert b"ActualText" not in content.content
    pdf = desk.file([content])
    assert squeezed(pdftotext(pdf, tmp_path)) == "前——后"
    assert squeezed(pdfium_text(pdf)) == "前——后"


def test_cluster_of_as_many_characters_as_glyphs_needs_no_span(desk: Desk) -> None:
    run = replace(desk.run("前——后"), texts=("前", "——", "", "后"))
    content = desk.content(run)
    assert b"ActualText" not in content.content
    assert content.glyphs["song"][desk.gids("song", "—")[0]] == "—"


def test_cluster_of_several_glyphs_is_read_once(
    desk: Desk, tmp_path: Path, pdfium_text: Extract, squeezed: Squeeze
) -> None:
    run = replace(desk.run("前甲乙后"), texts=("前", "囍", "", "后"))
    pdf = desk.file([desk.content(run)])
    assert squeezed(pdftotext(pdf, tmp_path)) == "前囍后"
    assert squeezed(pdfium_text(pdf)) == "前囍后"


def test_every_code_shown_has_a_text(desk: Desk) -> None:
    run = replace(desk.run("前甲乙后"), texts=("前", "囍", "", "后"))
    content = desk.content(run)
    assert set(content.glyphs["song"]) == set(run.gids)
    assert all(content.glyphs["song"].values())


def points_of(op: Glyphs, height: int) -> list[tuple[float, float]]:
    ys = op.ys or (0,) * len(op.xs)
    return [((op.x + x) / 1000, (height - op.y - y) / 1000) for x, y in zip(op.xs, ys, strict=True)]


@pytest.mark.parametrize("face", ["song", "kai"])
@pytest.mark.parametrize("size", [7_000, 9_500, 10_000, 12_000, 48_000, 96_000])
@pytest.mark.parametrize("scale", [1000, 930])
def test_positions_are_exact(desk: Desk, placed: Reader, face: str, size: int, scale: int) -> None:
    run = desk.run("Wave清渡12.5%——澄河，“iii”" * 3, face=face, size=size, scale=scale, track=137)
    check(desk, placed, run)


@settings(max_examples=40, deadline=None)
@given(
    steps=st.lists(st.integers(-3_000, 30_000), min_size=1, max_size=60),
    size=st.integers(4_000, 90_000),
    scale=st.integers(800, 1200),
)
def test_rounding_never_adds_up(desk: Desk, placed: Reader, steps: list[int], size: int, scale: int) -> None:
    text = ("清渡A1，" * 20)[: len(steps)]
    xs = [sum(steps[:count]) for count in range(len(steps))]
    check(desk, placed, replace(desk.run(text, size=size, scale=scale), xs=tuple(xs)))


def check(desk: Desk, placed: Reader, run: Glyphs) -> None:
    content = desk.content(run)
    found = placed(desk.file([content]))
    assert [glyph.code for glyph in found] == list(run.gids)
    for glyph, (x, y) in zip(found, points_of(run, content.trim[1]), strict=True):
        assert glyph.x == pytest.approx(x, abs=0.006)
        assert glyph.y == pytest.approx(y, abs=0.0001)


def test_raised_and_turned_glyphs_stand_where_they_should(desk: Desk, placed: Reader) -> None:
    upright = replace(desk.run("竖排文字"), xs=(0, 0, 0, 0), ys=(0, 9_500, 19_000, 28_500))
    turned = replace(desk.run("GDP", x=60_000), xs=(0, 0, 0), ys=(0, 6_000, 12_000), rotated=True)
    content = desk.content(upright, turned)
    found = placed(desk.file([content]))
    expected = points_of(upright, content.trim[1]) + points_of(turned, content.trim[1])
    assert [(glyph.x, glyph.y) for glyph in found] == [pytest.approx(place, abs=0.0001) for place in expected]
    assert content.content.count(b"\n0 -1 1 0 ") == 3


def test_turned_glyphs_lean_clockwise(desk: Desk) -> None:
    from io import BytesIO

    from PIL import Image

    from layout.raster import render

    turned = replace(desk.run("L", size=96_000, x=200_000, y=200_000), rotated=True)
    pixels = Image.open(BytesIO(render(desk.file([desk.content(turned)]), 0, 72))).convert("L").point(lambda v: v < 128)
    left, top, right, bottom = pixels.getbbox() or (0, 0, 0, 0)
    assert left >= 195
    assert top >= 200 - 1
    # An upright L has its stem on the left and its foot below; turned clockwise, the stem lies above, the foot left.
    upper = sum(pixels.crop((left, top, right, (top + bottom) // 2)).tobytes())
    lower = sum(pixels.crop((left, (top + bottom) // 2, right, bottom)).tobytes())
    assert upper > lower


def test_neighbouring_runs_share_an_array(desk: Desk, placed: Reader) -> None:
    first = desk.run("清渡")
    second = desk.run("大桥", x=first.x + 19_000)
    content = desk.content(first, second, Glyphs(Key("s", "b"), "song", 9500, first.ink, 0, 0, (), (), ()))
    assert content.content.count(b" TJ") == 1
    assert [round(glyph.x, 2) for glyph in placed(desk.file([content]))] == [20.0, 29.5, 39.0, 48.5]


def test_horizontal_scale_ends_with_its_run(desk: Desk) -> None:
    content = desk.content(desk.run("清渡", scale=900), desk.run("大桥", y=80_000))
    assert re.findall(rb"([\d.]+) Tz", content.content) == [b"90", b"100"]
    alone = desk.content(desk.run("清渡", scale=900))
    assert re.findall(rb"([\d.]+) Tz", alone.content) == [b"90", b"100"]
