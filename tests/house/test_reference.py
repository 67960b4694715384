"""The READMEs' reference is what commands, schemas and the table of findings make of it; its commands are marked."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Surroundings

REPOSITORY = Path(__file__).resolve().parents[2]

FENCE = re.compile(r"```sh\n.*?```", re.DOTALL)
WALK = re.compile(r"<!-- walk -->\n```sh\n(.*?)```", re.DOTALL)


def test_the_reference_is_fresh() -> None:
    path = REPOSITORY / "tests" / "tools" / "build_reference.py"
    spec = importlib.util.spec_from_file_location("build_reference", path)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    for lang, readme in tool.READMES.items():
        text = readme.read_text(encoding="utf-8")
        assert tool.renewed(text, lang) == text, "run python tests/tools/build_reference.py"


def test_exactly_one_command_sets_up_the_sample_and_one_the_tests() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("<!-- command:")] == [
        "<!-- command: sample -->",
        "<!-- command: tests -->",
    ]


def test_both_readmes_show_the_same_commands() -> None:
    def blocks(name: str) -> list[str]:
        return FENCE.findall((REPOSITORY / name).read_text(encoding="utf-8"))

    assert blocks("README.md") == blocks("README.zh.md")


def test_every_command_of_the_tutorial_works(tmp_path: Path, program: list[str], surroundings: Surroundings) -> None:
    """The tutorial's lines are run one after the other, as a first-time user types them."""
    shim = tmp_path / "bin" / "layout"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec {shlex.join(program)} "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    lines = [line for block in WALK.findall(text) for line in block.splitlines()]
    assert len(lines) >= 8
    env = surroundings({"PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}"})
    for line in lines:
        done = subprocess.run(["sh", "-c", line], check=False, cwd=tmp_path, env=env, capture_output=True, text=True)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
