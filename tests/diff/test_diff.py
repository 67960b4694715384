"""Versions compared: what an editor did comes back in words, and nothing that differs is passed over."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from layout.build import BuildOptions, build
from layout.diagnostics import InputError
from layout.diff import compare
from layout.diff.dumped import read_dump
from layout.diff.pictures import differing
from layout.diff.report import report_files
from layout.diff.texts import apply, edits, paired, told

if TYPE_CHECKING:
    from collections.abc import Callable

SUITE = Path(__file__).parents[1] / "suite" / "inside"

texts = st.text("桥河雾晨通车，。", max_size=60)


@given(texts, texts)
def test_edits_turn_one_text_into_the_other(old: str, new: str) -> None:
    found = edits(old, new)
    assert apply(old, found) == new
    assert (not found) == (old == new)


@given(st.lists(texts, max_size=6), st.lists(texts, max_size=6))
def test_every_paragraph_is_paired_once_and_in_order(old: list[str], new: list[str]) -> None:
    found = paired(old, new)
    assert [before for before, _ in found if before is not None] == list(range(len(old)))
    assert [after for _, after in found if after is not None] == list(range(len(new)))


def test_a_change_is_told_with_its_neighbours() -> None:
    old, new = "江面上的雾散了，轮渡照常开行。", "江面上的晨雾散了，轮渡停开。"
    assert [told(old, edit) for edit in edits(old, new)] == ["江面上的[∅→晨]雾散了，…", "…了，轮渡[照常开行→停开]。"]


def test_a_dump_reads_back() -> None:
    page = read_dump(
        "page A01 trim 100×200 bleed 0\n"
        "glyphs bridge/headline serif 38 K100 @10,20 “大桥”通车”” [38*3]\n"
        "glyphs bridge/body/2.0 serif 9.5 K100 @10,40 scale 980 knockout “江面上的 ” [9.5*4] ys 0,1\n"
        "glyphs bridge/body/2.1 serif 9.5 K100 @10,52 “雾散了。” [9.5*3]\n"
        "picture bridge/photo/1.0 a b.jpg 10,60 50×40 crop 0.0000,0.1000,1.0000,0.9000\n"
        "rule page/rule K100 0.4 0,0–100,0\n"
    )
    assert page.page == "A01"
    assert page.text(("bridge", "headline", 0)) == "大桥”通车”"
    assert page.text(("bridge", "body", 2)) == "江面上的雾散了。"
    assert page.lines(("bridge", "body", 2)) == ("江面上的 ", "雾散了。")
    assert page.size(("bridge", "headline", 0)) == 38
    assert page.pictures["bridge", "photo", 1].file == "a b.jpg"
    assert page.marks == ["rule page/rule K100 0.4 0,0–100,0"]


def test_pictures_are_boxed_where_they_differ() -> None:
    old = Image.new("RGB", (200, 300), "white")
    new = old.copy()
    new.paste("black", (20, 30, 26, 36))
    new.paste("red", (150, 250, 180, 280))
    first, second = differing(old, new)
    for (left, top, width, height), (x0, y0, x1, y1) in ((first, (20, 30, 26, 36)), (second, (150, 250, 180, 280))):
        assert round(left * 200) <= x0
        assert round(top * 300) <= y0
        assert round((left + width) * 200) >= x1
        assert round((top + height) * 300) >= y1
        assert width * 200 <= x1 - x0 + 24
    assert differing(old, old) == ()


Built = dict[str, Path]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[str], str]], Path]:
    """Return a function that builds the suite's inside page with one story's text changed."""
    made: Built = {}

    def version(name: str, change: Callable[[str], str]) -> Path:
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            shutil.copytree(SUITE, folder / "issue")
            story = min((folder / "issue" / "stories").glob("*.md"))
            story.write_text(change(story.read_text(encoding="utf-8")), encoding="utf-8")
            build(folder / "issue" / "issue.yaml", folder / "out", BuildOptions(previews=False))
            made[name] = folder / "out"
        return made[name]

    return version


def test_the_same_issue_built_twice_has_no_changes(built: Callable[[str, Callable[[str], str]], Path]) -> None:
    assert compare(built("first", str), built("second", str)).equal


def test_a_word_is_told(built: Callable[[str, Callable[[str], str]], Path]) -> None:
    old = built("first", str)
    text = next(
        row for row in min((SUITE / "stories").glob("*.md")).read_text(encoding="utf-8").splitlines()[::-1] if row
    )
    word = text[2:4]
    new = built("word", lambda whole: whole.replace(text, text.replace(word, "甲乙", 1)))
    comparison = compare(old, new)
    codes = {item.code for item in comparison.changes}
    assert "I676" in codes
    told_change = next(item for item in comparison.changes if item.code == "I676")
    assert "甲乙" in told_change.message("zh")
    assert dict(told_change.values)["count"] == "2"
    files = dict(report_files(comparison))
    assert list(files)[-1] == "index.html"
    assert "甲乙" in files["index.html"].decode()
    pdfs = min((old / "pages").glob("*.pdf")), min((new / "pages").glob("*.pdf"))
    by_pdf = compare(*pdfs)
    assert {item.code for item in by_pdf.changes} == {"I688"}
    assert by_pdf.pages[0].pictures


def test_a_headline_is_told(built: Callable[[str, Callable[[str], str]], Path]) -> None:
    new = built("head", lambda whole: whole.replace("headline: ", "headline: 又", 1))
    found = [item for item in compare(built("first", str), new).changes if item.code == "I675"]
    assert [dict(item.values)["part"] for item in found] == ["headline"]
    assert "→“又" in found[0].message("zh")


def test_what_is_no_version_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="E101"):
        compare(tmp_path / "nothing", tmp_path)
    with pytest.raises(InputError, match="E101"):
        compare(tmp_path, tmp_path)
    (tmp_path / "report.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="E122"):
        compare(tmp_path, tmp_path)
    (tmp_path / "x.pdf").write_bytes(b"not a PDF")
    with pytest.raises(InputError, match="E122"):
        compare(tmp_path / "x.pdf", tmp_path / "x.pdf")
