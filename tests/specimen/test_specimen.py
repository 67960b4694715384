"""The specimen issue: it builds without an error, every rule it shows is at work, and its faces are those named."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Final

import pytest
import yaml

from layout.fontbook import coverage, load_fontbook
from layout.resources import fonts_folder
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.conftest import CommandLine

FOLDER: Final = REPOSITORY / "seeds" / "specimen"
MOST_BYTES: Final = 400_000
"""What the faces of the specimen may weigh together."""


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory, layout: CommandLine) -> dict[str, str]:
    """The drawing operations of its pages in words, and the report under "report"."""
    out = tmp_path_factory.mktemp("specimen")
    done: subprocess.CompletedProcess[str] = layout("build", FOLDER / "issue.yaml", "--out", out)
    assert done.returncode == 0, done.stderr
    found = {path.stem: path.read_text(encoding="utf-8") for path in sorted((out / "dumps").glob("*.txt"))}
    return {**found, "report": (out / "report.json").read_text(encoding="utf-8")}


def codes(dumps: dict[str, str]) -> dict[str, set[str]]:
    """Return the stories of each finding's code."""
    report = json.loads(dumps["report"])
    made: dict[str, set[str]] = {}
    for item in report["findings"]:
        made.setdefault(item["code"], set()).add(item.get("story", ""))
    return made


def test_nothing_is_left_over_and_only_what_is_shown_is_reported(dumps: dict[str, str]) -> None:
    found = codes(dumps)
    assert set(found) <= {"W406", "W407", "W411"}
    assert found["W411"] == {"urls"}


def test_the_head_stands_on_the_picture_reversed(dumps: dict[str, str]) -> None:
    rows = [row for row in dumps["S01"].splitlines() if row.startswith("glyphs lead/headline")]
    assert rows
    for row in rows:
        assert "hei-black" in row
        assert "knockout" in row


@pytest.mark.parametrize(("story", "suffix"), [("ferry-hant", "tc"), ("ferry-ja", "ja")])
def test_every_character_of_a_region_is_set_in_its_own_face(dumps: dict[str, str], story: str, suffix: str) -> None:
    faces = set(re.findall(rf"^glyphs {story}/\S+ (\S+) ", dumps["S03"], re.MULTILINE))
    assert faces == {f"song-{suffix}", f"song-bold-{suffix}"}


def test_vertical_heads_stand_on_either_side_with_digits_together(dumps: dict[str, str]) -> None:
    right = [row for row in dumps["S01"].splitlines() if row.startswith("glyphs side-right/headline")]
    assert any("“30”" in row for row in right)
    assert any(row.startswith("glyphs side-left/headline") for row in dumps["S03"].splitlines())
    assert any("rotated" in row and "1958" in row for row in dumps["S03"].splitlines())


def test_superiors_stand_above_the_line(dumps: dict[str, str]) -> None:
    rows = [row for row in dumps["S01"].splitlines() if row.startswith("glyphs ornaments/body/3.")]
    sizes = {float(found[1]) for row in rows if (found := re.match(r"glyphs \S+ \S+ ([\d.]+) ", row))}
    assert len(sizes) == 2


def test_faces_are_small_free_and_those_named() -> None:
    listed = yaml.safe_load((FOLDER / "fonts" / "fonts.yaml").read_text(encoding="utf-8"))["faces"]
    total = 0
    for face in listed.values():
        data = (FOLDER / "fonts" / face["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == face["sha256"]
        assert "fonts-noto-cjk 1:20220127+repack1-1" in face["source"]
        total += len(data)
    assert total < MOST_BYTES
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "fonts" / "OFL.txt").read_text(encoding="utf-8").upper()


def test_faces_hold_what_their_stories_need() -> None:
    book = load_fontbook(fonts_folder(), FOLDER / "fonts")
    for name, suffix in (("ferry-hant", "tc"), ("ferry-ja", "ja")):
        story: Path = FOLDER / "stories" / f"{name}.md"
        body = set(story.read_text(encoding="utf-8").rpartition("---\n")[2]) - {"\n"}
        assert {ord(char) for char in body} <= coverage(book.faces[f"song-{suffix}"])
