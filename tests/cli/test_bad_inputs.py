"""What an editor reads for every fault of the list, in both languages; nothing is left half written."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from layout.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

HERE = Path(__file__).parent
GOLDEN = HERE / "bad_inputs.golden"


def _cases() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bad_inputs", HERE / "bad_inputs.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


CASES = _cases()


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def scan(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def answer(
    words: list[str], lang: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    """Run the command line here; return its exit code and everything it said."""
    monkeypatch.setattr(sys, "argv", ["layout", *words, *([] if "--lang" in words else ["--lang", lang])])
    with pytest.raises(SystemExit) as left:
        run()
    said = capfd.readouterr()
    return int(left.value.code or 0), said.out + said.err


def test_every_fault_is_told_in_both_languages_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *, update_golden: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    calls = {name: (files, ["check", "issue.yaml"]) for name, files in CASES.FAULTS.items()}
    calls |= {name: ({}, words) for name, words in CASES.CALLS.items()}
    told = []
    for number, (name, (files, words)) in enumerate(calls.items()):
        folder = tmp_path / str(number) / "paper"
        write(folder, CASES.SOUND)
        write(folder, files)
        monkeypatch.chdir(folder)
        before = scan(folder.parent)
        for lang in ("en", "zh"):
            code, said = answer(words, lang, monkeypatch, capfd)
            assert "Traceback" not in said, name
            assert "E901" not in said, (name, said)
            assert code in (0, 1, 2, 3, 4), name
            told.append(f"=== {name} [{lang}] exit {code}\n{said.replace(str(tmp_path), '…')}")
        assert scan(folder.parent) == before, f"{name}: something was written"
    assert len(calls) >= 80
    text = "\n".join(told)
    if update_golden:
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_a_sound_issue_has_nothing_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, CASES.SOUND)
    monkeypatch.chdir(tmp_path)
    code, said = answer(["check", "issue.yaml"], "zh", monkeypatch, capfd)
    assert (code, said) == (0, "0 个错误，0 个警告\n")
