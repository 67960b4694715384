"""The library: light to import, the same as the commands, usable side by side."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import layout

HEAVY = ("yaml", "pydantic", "uharfbuzz", "PIL", "reportlab", "pikepdf", "pypdfium2", "rjieba", "typer", "rich")


def test_importing_layout_loads_nothing_heavy() -> None:
    program = "import layout, sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = json.loads(done.stdout)
    assert not set(HEAVY) & set(loaded)
    assert [name for name in loaded if name.startswith("layout.")] == []


def test_every_name_is_there_and_no_other() -> None:
    for name in layout.__all__:
        assert getattr(layout, name) is not None
    assert set(layout.__all__) <= set(dir(layout))
    with pytest.raises(AttributeError, match="nonsense"):
        _ = layout.nonsense


def test_a_paper_is_started_planned_built_and_exported(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    layout.start_paper(tmp_path / "校园周报", "school", date="2026-11-22")
    issue = tmp_path / "校园周报" / "issue.yaml"
    reading = layout.read_issue(issue)
    assert (reading.issue.paper, len(reading.issue.pages)) == ("校园周报", 1)
    result = layout.build_issue(issue, tmp_path / "out", layout.BuildOptions(previews=False, jobs=1))
    assert not result.failed
    assert "issue.pdf" in result.files
    exported = layout.export_issue(issue, tmp_path / "news")
    assert exported.files
    report = layout.inspect_pdf((tmp_path / "out" / "issue.pdf").read_bytes(), layout.read_condition("newsprint-240"))
    assert not [item for item in report.findings if item.severity is layout.Severity.ERROR]
    assert capfd.readouterr() == ("", ""), "nothing is printed"


def test_what_is_wrong_is_raised_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "issue.yaml").write_text("papper: 甲\n", encoding="utf-8")
    with pytest.raises(layout.LayoutError) as caught:
        layout.build_issue(tmp_path / "issue.yaml", tmp_path / "out")
    assert len(caught.value.diagnostics) > 2
    assert not (tmp_path / "out").exists()


def built(work: tuple[str, str]) -> bytes:
    """Build an issue and return its PDF."""
    issue, out = map(Path, work)
    layout.build_issue(issue, out, layout.BuildOptions(previews=False, jobs=1))
    return (out / "issue.pdf").read_bytes()


def test_threads_and_processes_build_side_by_side(tmp_path: Path) -> None:
    layout.start_paper(tmp_path / "paper", "school", date="2026-11-22")
    issue = str(tmp_path / "paper" / "issue.yaml")
    work = [(issue, str(tmp_path / f"out{number}")) for number in range(4)]
    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(built, work[:2]))
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as processes:
        made += list(processes.map(built, work[2:]))
    assert len(set(made)) == 1
