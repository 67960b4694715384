"""`layout build` and `layout release` for the plant, as they are called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import CommandLine

STORY = "---\nrank: 3\nheadline: 短讯一则\n---\n今天阴转小雨，气温三至九度，东北风三级。\n"


def issue(folder: Path, more: str = "") -> Path:
    (folder / "a.md").write_text(STORY, encoding="utf-8")
    path = folder / "issue.yaml"
    path.write_text(
        "paper: 清渡晚报\ndate: 2026-11-22\nnumber: '6318'\npages:\n"
        f"  - {{page: A02, section: 综合, credits: {{责编: 宋词}}, stories: [a.md]{more}}}\n",
        encoding="utf-8",
    )
    return path


def test_everything_a_plant_or_a_desk_may_ask_for(layout: CommandLine, tmp_path: Path) -> None:
    done = layout(
        "build", issue(tmp_path), "--out", tmp_path / "out", "--no-previews", "--outlines", "--impose", "spreads",
        "--proof-paper", "--stage", "二校", "--revision", "4",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "spreads" / "A.pdf").is_file()
    assert (tmp_path / "out" / "paper" / "A02.pdf").is_file()
    assert str(tmp_path / "out" / "spreads" / "A.pdf") in done.stdout


def test_release(layout: CommandLine, tmp_path: Path) -> None:
    pytest.importorskip("layout.preflight")
    path = issue(tmp_path)
    done = layout("release", path, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    name = tmp_path / "out" / "press" / "清渡晚报_2026-11-22_A02_v1.pdf"
    assert done.stdout == f"{name}\n"
    told = json.loads((tmp_path / "out" / "press" / "manifest.json").read_text(encoding="utf-8"))
    assert next(iter(told["files"][0]["ink"].values()))["Black"] > 0
    again = layout("release", path, "--out", tmp_path / "out")
    assert (again.returncode, again.stdout) == (0, "")


def test_release_of_an_advert_that_has_not_come(layout: CommandLine, tmp_path: Path) -> None:
    pytest.importorskip("layout.preflight")
    path = issue(tmp_path, ", adverts: [{id: bank, kind: 报花}]")
    done = layout("release", path, "--out", tmp_path / "out", "--diagnostics", "short")
    assert done.returncode == 1
    assert "E620" in done.stderr
    assert "nothing was released" in done.stderr
    assert not (tmp_path / "out").exists()


def test_single_pages_are_not_imposed(layout: CommandLine, tmp_path: Path) -> None:
    done = layout("release", issue(tmp_path), "--page", "A02", "--impose", "spreads")
    assert done.returncode == 2
