"""The README's reference is what the schemas and the table of findings make of it; its commands are marked."""

from __future__ import annotations

import importlib.util
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_reference_is_fresh() -> None:
    path = REPOSITORY / "tests" / "tools" / "build_reference.py"
    spec = importlib.util.spec_from_file_location("build_reference", path)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert tool.renewed(text) == text, "run python tests/tools/build_reference.py"


def test_exactly_one_command_sets_up_the_sample_and_one_the_tests() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("<!-- command:")] == [
        "<!-- command: sample -->",
        "<!-- command: tests -->",
    ]
