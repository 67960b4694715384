"""Small issues whose display lists are kept: every change of a page shows in review, line by line.

`pytest tests/build/test_suite.py --update-golden` writes the kept dumps anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.build import BuildOptions, build
from layout.diagnostics.render import short

SUITE = Path(__file__).resolve().parents[1] / "suite"
FOLDERS = sorted(path.parent for path in SUITE.glob("*/issue.yaml"))


def test_there_are_issues() -> None:
    assert len(FOLDERS) >= 2


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_pages_are_those_that_were_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, update_golden: bool
) -> None:
    monkeypatch.chdir(folder)
    result = build(Path("issue.yaml"), tmp_path, BuildOptions(jobs=1, previews=False))
    assert not result.failed, [short(item) for item in result.findings]
    made = {f"{path.stem}.dump": path.read_text(encoding="utf-8") for path in (tmp_path / "dumps").iterdir()}
    made["findings.txt"] = "".join(f"{short(item)}\n" for item in result.findings)
    if update_golden:
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8")
    kept = {path.name: path.read_text(encoding="utf-8") for path in [*folder.glob("*.dump"), folder / "findings.txt"]}
    assert made == kept
