"""`layout preflight` as people and programs call it; marked copies; drafts of builds."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from tests.preflight.mutations import MUTATIONS, paint, spoiled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layout.condition import PrintCondition
    from tests.conftest import Built, CommandLine


@pytest.fixture
def bad(good: Mapping[str, bytes], tmp_path: Path) -> Path:
    """A page with an RGB box 20 mm from the left and 30 mm from the head of the page."""
    path = tmp_path / "bad.pdf"
    with pikepdf.open(BytesIO(good["x1a"])) as pdf:
        top = float(pdf.pages[0].trimbox[3])
        x, y = 20 * 72 / 25.4, top - 40 * 72 / 25.4
        paint(f"1 0 0 rg {x} {y} {50 * 72 / 25.4} {10 * 72 / 25.4} re f")(pdf)
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return path


def test_every_page_of_the_sample_passes(sample: Built, sample_x4: Path, layout: CommandLine) -> None:
    for folder, title in ((sample.out, "PDF/X-1a:2003"), (sample_x4, "PDF/X-4")):
        files = sorted((folder / "pages").glob("*.pdf"))
        done = layout("preflight", *files)
        assert done.returncode == 0, done.stdout
        assert done.stdout.count(f": {title}, 1 page, 0 errors") == len(files) == 5


def test_the_place_of_a_finding_is_told(bad: Path, layout: CommandLine) -> None:
    done = layout("preflight", bad.name, "--short", cwd=bad.parent)
    assert done.returncode == 1
    assert done.stdout == "bad.pdf:A03:20.0,30.0 mm (50.0 × 10.0): error[E751]: DeviceRGB colour in a filled area\n"


def test_people_get_a_closing_line_and_their_language(bad: Path, layout: CommandLine) -> None:
    done = layout("preflight", bad.name, cwd=bad.parent, env={"LC_ALL": "zh_CN.UTF-8"})
    first, second, hint, last = done.stdout.splitlines()
    assert first == "错误[E751]: 色块使用 DeviceRGB 颜色"
    assert second == "  --> bad.pdf, A03, 20.0,30.0 mm (50.0 × 10.0)"
    assert hint == "     = 建议: 请转为 CMYK；PDF/X-4 可用带特性文件的 RGB"
    assert last.startswith("bad.pdf: PDF/X-1a:2003，1 个版，1 个错误，0 个警告，最大墨量 ")


def test_programs_get_a_line_of_json_a_file(bad: Path, sample: Built, layout: CommandLine) -> None:
    done = layout("preflight", bad, sample.out / "issue.pdf", "--json")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert not first["passed"]
    assert first["flavour"] == "x1a"
    assert [(item["code"], item["page"], item["area_mm"]) for item in first["findings"]] == [
        ("E751", "A03", pytest.approx([20, 30, 50, 10], abs=0.05))
    ]
    assert second["passed"]
    assert second["pages"] == 5
    assert set(second["ink"]["1"]) == {"Cyan", "Magenta", "Yellow", "Black", "largest"}
    assert done.returncode == 1


def test_the_print_condition_and_the_standard_can_be_chosen(sample: Built, layout: CommandLine) -> None:
    page = sample.out / "pages" / "A03.pdf"
    done = layout("preflight", page, "--short", "--print", "newsprint-220")
    assert "W726" in done.stdout
    done = layout("preflight", page, "--short", "--as", "x4")
    assert {"E701", "E713"} <= {line.split("error[")[1][:4] for line in done.stdout.splitlines() if "error[" in line}
    assert layout("preflight", page, "--print", "letterpress").returncode == 3


def test_unreadable_files_are_exit_code_3(tmp_path: Path, layout: CommandLine) -> None:
    (tmp_path / "text.pdf").write_text("no PDF")
    done = layout("preflight", tmp_path / "text.pdf", tmp_path / "none.pdf", "--short")
    assert done.returncode == 3
    assert done.stdout.count("error[E700]") == 2


@pytest.mark.parametrize("words", [["a.pdf", "b.pdf", "--marked", "c.pdf"], ["a.pdf", "--json", "--short"], []])
def test_wrong_usage(words: list[str], layout: CommandLine) -> None:
    assert layout("preflight", *words).returncode == 2


def test_a_marked_copy_shows_where(bad: Path, tmp_path: Path, layout: CommandLine) -> None:
    marked = tmp_path / "marked.pdf"
    assert layout("preflight", bad, "--marked", marked).returncode == 1
    with pikepdf.open(marked) as pdf, pikepdf.open(bad) as plain:
        (note,) = pdf.pages[0].obj.Annots
        assert str(note.Contents).startswith("1. E751 DeviceRGB colour")
        contents = [stream.read_bytes() for stream in pdf.pages[0].obj.Contents]
        assert contents == [stream.read_bytes() for stream in plain.pages[0].obj.Contents]
    from layout.raster import bitmap

    before, after = (bitmap(path, 0, 72) for path in (bad, marked))
    assert isinstance(before, Image.Image)
    corner = (round(20 * 72 / 25.4) - 2, round(30 * 72 / 25.4) - 2)
    red = after.getpixel(corner)
    assert isinstance(red, tuple)
    assert red[0] > 180 > red[1]
    assert before.getpixel(corner) != red


def test_every_mutation_can_be_marked(good: Mapping[str, bytes]) -> None:
    """Notes about the whole file find room as well as those with a place."""
    from layout.preflight.inspect import inspect
    from layout.preflight.marked import mark
    from layout.reading.styles import read_condition

    condition = read_condition("newsprint-240")
    for mutation in MUTATIONS[5:60:9]:
        data = spoiled(good[mutation.flavour], mutation)
        findings = inspect(data, condition).findings
        if any(item.code in {"E700", "E704"} for item in findings):
            continue
        with pikepdf.open(BytesIO(mark(data, findings, "zh"))) as pdf:
            assert sum(len(page.obj.get("/Annots", [])) for page in pdf.pages) >= len(findings)


def test_a_build_whose_file_fails_is_a_draft(
    sample: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, condition: PrintCondition
) -> None:
    """The sample for a press that takes less ink than its pictures bring."""
    import layout.build as room
    from layout.build import memo
    from layout.build.presscheck import check_file

    strict = replace(condition, ink_limit=100)
    monkeypatch.setattr(memo, "check_file", lambda task: check_file(replace(task, condition=strict)))
    options = room.BuildOptions(pages=("A03",), previews=False, jobs=1)
    result = room.build(sample.issue, tmp_path, options)
    assert result.failed
    assert (tmp_path / "pages" / "A03.draft.pdf").is_file()
    assert not (tmp_path / "pages" / "A03.pdf").exists()
    report = json.loads((tmp_path / "report.A03.json").read_text(encoding="utf-8"))
    found = [item for item in report["findings"] if item["code"] == "E792"]
    assert found
    assert all(item["page"] == "A03" and len(item["area_mm"]) == 4 for item in found)
    timings = json.loads((tmp_path / "timings.A03.json").read_text(encoding="utf-8"))
    assert timings["pages"]["A03"]["preflight"] > 0


def test_a_build_tells_the_ink_of_every_page(sample: Built) -> None:
    report = json.loads((sample.out / "report.json").read_text(encoding="utf-8"))
    for page in report["pages"]:
        assert set(page["ink"]) == {"Cyan", "Magenta", "Yellow", "Black", "largest"}
        assert 0 < page["ink"]["Black"] < page["ink"]["largest"] <= 242


def test_soft_proofs_are_made_where_asked(sample: Built, tmp_path: Path, layout: CommandLine) -> None:
    done = layout("build", sample.issue, "--page", "A03", "--soft-proof", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    with Image.open(tmp_path / "preview" / "A03.proof.png") as proof:
        paper = proof.convert("RGB").getpixel((20, 20))
        assert isinstance(paper, tuple)
        assert paper == pytest.approx((200, 198, 191), abs=4)
        assert proof.width == pytest.approx(273 / 25.4 * 150, abs=2)
    assert not (sample.out / "preview" / "A03.proof.png").exists()
