"""What a build makes for the plant and the desk besides pages: grey issues, curves, spreads, proofs on paper."""

from __future__ import annotations

import json
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from layout.build import BuildOptions, build
from layout.build.proofpaper import A3, GAP, MARGIN, SLUG, tiles
from layout.build.sheets import PaperProof
from layout.geometry import MM, mm
from layout.raster import bitmap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.build.conftest import Squeeze, WriteIssue

STORY = "---\nrank: 2\nheadline: 题目\nphotos: [{file: ../red.jpg, caption: 说明}]\n---\n今天阴转小雨，气温三至九度。\n"
NAMEPLATE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 34"><rect width="160" height="34" fill="#e60012"/></svg>'
)


def small(folder: Path, write_issue: WriteIssue, top: str = "", page: str = "") -> Path:
    Image.radial_gradient("L").resize((900, 600)).convert("RGB").save(folder / "grey.jpg")
    noise = [Image.effect_noise((900, 600), 90) for _ in range(3)]
    Image.merge("RGB", noise).save(folder / "red.jpg")
    (folder / "plate.svg").write_text(NAMEPLATE, encoding="utf-8")
    page = page or "    stories: [stories/a.md]\n    front: yes\n    banner: 通栏横幅\n"
    return write_issue(folder, {"a": STORY}, page, top + "masthead: {nameplate: plate.svg}\n")


def painted(page: pikepdf.Page) -> Iterator[tuple[float, ...]]:
    """Yield every colour that a page's content sets."""
    for item in pikepdf.parse_content_stream(page):
        if str(item.operator) in ("k", "K"):
            yield tuple(float(value) for value in item.operands)


def test_a_grey_issue_prints_in_black_alone(tmp_path: Path, write_issue: WriteIssue) -> None:
    colour = build(small(tmp_path, write_issue), tmp_path / "colour", BuildOptions(previews=False, jobs=1))
    grey = build(small(tmp_path, write_issue, "grey: yes\n"), tmp_path / "grey", BuildOptions(previews=False, jobs=1))
    found = {}
    for name, result in (("colour", colour), ("grey", grey)):
        with pikepdf.open(next((result.folder / "pages").glob("*.pdf"))) as pdf:
            page = pdf.pages[0]
            spaces = {str(item.ColorSpace) for item in page.Resources.XObject.values()}
            found[name] = any(any(ink[:3]) for ink in painted(page)), spaces
    assert found["colour"] == (True, {"/DeviceCMYK"})
    assert found["grey"] == (False, {"/DeviceGray"})
    assert "W530" not in {item.code for item in grey.findings}


def test_a_black_position_says_what_changes(tmp_path: Path, write_issue: WriteIssue) -> None:
    page = "    stories: [stories/a.md]\n    front: yes\n    banner: 通栏横幅\n    ink: k\n"
    result = build(small(tmp_path, write_issue, page=page), tmp_path / "out", BuildOptions(previews=False, jobs=1))
    said = next(item for item in result.findings if item.code == "W530")
    assert "page/nameplate" in said.message()
    assert "page/banner" in said.message()


def test_artwork_of_our_own_is_held_to_the_press_too(tmp_path: Path, write_issue: WriteIssue) -> None:
    issue = small(tmp_path, write_issue)
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(450, 90))
        page.obj.Contents = pdf.make_stream(b"1 0 0 rg 0 0 450 90 re f")
        pdf.save(tmp_path / "plate.pdf")
    issue.write_text(issue.read_text("utf-8").replace("plate.svg", "plate.pdf"), encoding="utf-8")
    result = build(issue, tmp_path / "out", BuildOptions(previews=False, jobs=1))
    said = [item for item in result.findings if item.code == "E533"]
    assert [(item.page, dict(item.values)["file"]) for item in said] == [("A02", "plate.pdf")]
    assert "DeviceRGB" in said[0].message()


def test_curves_through_the_whole_build(tmp_path: Path, write_issue: WriteIssue) -> None:
    issue = small(tmp_path, write_issue)
    plain = build(issue, tmp_path / "plain", BuildOptions(previews=False, jobs=1))
    curves = build(issue, tmp_path / "curves", BuildOptions(previews=False, jobs=1, outlines=True))
    one, other = (next((result.folder / "pages").glob("*.pdf")) for result in (plain, curves))
    assert b"/FontDescriptor" in one.read_bytes()
    assert b"/FontDescriptor" not in other.read_bytes()
    difference = ImageChops.difference(bitmap(one, 0, 100).convert("L"), bitmap(other, 0, 100).convert("L"))
    assert sum(value > 128 for value in difference.tobytes()) < 200


@pytest.mark.parametrize(
    ("size", "sheets"),
    [((273, 390), [A3]), ((390, 546), [A3[::-1]] * 2), ((285, 398), [A3]), ((100, 100), [A3])],
)
def test_sheets_of_paper(size: tuple[int, int], sheets: list[tuple[int, int]]) -> None:
    trim = mm(size[0]), mm(size[1])
    found = tiles(trim)
    assert [tile.sheet for tile in found] == sheets
    covered = set()
    for tile in found:
        room = tile.sheet[1] - MARGIN - SLUG - GAP
        covered |= set(range(max(0, (MARGIN - tile.y) // 1000), min(trim[1], room - tile.y) // 1000))
    assert covered >= set(range(trim[1] // 1000 - 1))


@pytest.mark.parametrize("size", [(1000, 300), (300, 1000), (600, 841)])
def test_larger_pages_are_covered_whole(size: tuple[int, int]) -> None:
    trim = mm(size[0]), mm(size[1])
    found = tiles(trim)
    step = mm(5)
    for x in range(0, trim[0], step):
        for y in range(0, trim[1], step):
            assert any(
                MARGIN <= tile.x + x <= tile.sheet[0] - MARGIN
                and MARGIN <= tile.y + y <= tile.sheet[1] - MARGIN - SLUG - GAP
                for tile in found
            )


def test_paper_proofs_are_at_100_per_cent_with_a_slug(
    tmp_path: Path, write_issue: WriteIssue, squeezed: Squeeze
) -> None:
    issue = small(tmp_path, write_issue, "edition: 早版\n")
    proof = PaperProof(time="11-21 22:40", stage="一校", revision="3")
    result = build(issue, tmp_path / "out", BuildOptions(previews=False, jobs=1, paper=proof))
    path = result.folder / "paper" / "A02.pdf"
    document = pypdfium2.PdfDocument(path)
    width, height = document[0].get_size()
    assert (width * 1000 / MM, height * 1000 / MM) == pytest.approx((297, 420), abs=0.1)
    text = document[0].get_textpage().get_text_range()
    said = squeezed(text)
    slug = ("清渡晚报2026-11-22", "版次A02", "版本早版", "修订3", "校次一校", "出样11-2122:40", "二校", "签发")
    assert not [words for words in slug if words not in said]
    with pikepdf.open(path) as pdf:
        form = pdf.pages[0].Resources.XObject.Fm0
        assert [round(float(value), 3) for value in form.Matrix[:4]] == [1, 0, 0, 1]
    report = json.loads((result.folder / "report.json").read_text(encoding="utf-8"))
    assert not any(name.startswith("paper/") for name in report["files"])


def test_press_files_carry_no_time(tmp_path: Path, write_issue: WriteIssue) -> None:
    issue = small(tmp_path, write_issue)
    made = [
        build(issue, tmp_path / time[-2:], BuildOptions(previews=False, jobs=1, paper=PaperProof(time=time)))
        for time in ("11-21 22:40", "11-21 23:59")
    ]
    first, second = (
        {name: (result.folder / name).read_bytes() for name in result.files if not name.startswith("timings")}
        for result in made
    )
    assert first == second


def test_spreads_beside_the_pages(tmp_path: Path, write_issue: WriteIssue) -> None:
    result = build(
        small(tmp_path, write_issue), tmp_path / "out", BuildOptions(previews=False, jobs=1, impose="spreads")
    )
    names = [name for name in result.files if name.startswith("spreads/")]
    assert len(names) == 1
    data = (result.folder / names[0]).read_bytes()
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 2
        assert float(pdf.pages[0].trimbox[2]) == pytest.approx(2 * 273 / 25.4 * 72, abs=0.01)
    done = subprocess.run(["qpdf", "--check", result.folder / names[0]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
