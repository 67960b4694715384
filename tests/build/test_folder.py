"""The output folder: every file whole or absent, the report last, nothing stale, nothing half written."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from layout.build import BuildOptions, build
from layout.build.folder import OutputFolder
from layout.diagnostics import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.build.conftest import WriteIssue

TEXT = "渡口的灯亮到后半夜，船篷上落了一层薄霜。"
OPTIONS = BuildOptions(jobs=1, preview_dpi=30)
UNSEEN = BuildOptions(jobs=1, previews=False)


def write(folder: Path, write_issue: WriteIssue, text: str = TEXT, headline: str = "夜航船靠岸") -> Path:
    return write_issue(folder, {"late": f"---\nheadline: {headline}\n---\n{text * 4}\n"})


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def report(out: Path) -> dict[str, str]:
    files = json.loads((out / "report.json").read_text(encoding="utf-8"))["files"]
    assert isinstance(files, dict)
    return files


def everything(out: Path) -> set[str]:
    """Return all files but the earlier version that is kept for proofreaders."""
    files = (path.relative_to(out) for path in out.rglob("*") if path.is_file())
    return {path.as_posix() for path in files if "former" not in path.parts}


class KilledError(BaseException):
    """Stands for a process that is gone: nothing catches it."""


@pytest.fixture
def killed_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that makes the n-th file and all after it end the build before they take their place."""

    def arm(number: int) -> None:
        moved = [0]
        replace = os.replace

        def dying(source: Path, target: Path) -> None:
            moved[0] += 1
            if moved[0] > number:
                raise KilledError
            replace(source, target)

        monkeypatch.setattr("layout.build.folder.os.replace", dying)

    return arm


@pytest.mark.parametrize("number", range(6))
def test_a_killed_build_leaves_the_former_one_readable_and_shows(
    number: int,
    tmp_path: Path,
    write_issue: WriteIssue,
    killed_after: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Killed before each of its files in turn; the page's PDF, issue, dump, plan, timings, report."""
    out = tmp_path / "out"
    issue = write(tmp_path, write_issue)
    build(issue, out, UNSEEN)
    former = report(out)
    assert list(former) == ["dumps/A02.txt", "issue.pdf", "pages/A02.pdf", "plan.yaml"]
    before = {name: digest(out / name) for name in everything(out)}

    write(tmp_path, write_issue, headline="晨渡启航")
    killed_after(number)
    with pytest.raises(KilledError):
        build(issue, out, UNSEEN)
    assert report(out) == former, "the report is the last file"
    changed = {name for name in before if digest(out / name) != before[name]}
    assert len(changed - {"timings.json"}) <= number
    for name in set(former) - changed:
        assert digest(out / name) == former[name]
    mixed = {name for name in former if digest(out / name) != former[name]}
    assert mixed == changed - {"timings.json"}, "a mixed folder shows by its hashes, a whole one by theirs"
    assert bool(mixed) == (number > 0)

    monkeypatch.undo()
    build(issue, out, UNSEEN)
    assert all(digest(out / name) == value for name, value in report(out).items())
    assert everything(out) == {*report(out), "report.json", "timings.json"}


def test_a_process_that_is_shot_leaves_no_part_behind_the_next_build(tmp_path: Path) -> None:
    """A real SIGKILL while a large file is being written; its remains go with the next report."""
    program = (
        "import sys; from pathlib import Path; from layout.build.folder import OutputFolder\n"
        "folder = OutputFolder(Path(sys.argv[1])); print('up', flush=True)\n"
        "while True: folder.write('pages/A02.draft.pdf', bytes(20_000_000))\n"
    )
    folder = OutputFolder(tmp_path)
    folder.write("pages/A01.pdf", b"one")
    folder.finish("report.json", json.dumps({"files": folder.hashes}).encode())
    here = str(Path(__file__).resolve().parents[2])
    part = tmp_path / "pages" / ".A02.draft.pdf.part"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": here},
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"up\n"
        deadline = time.monotonic() + 20
        while not part.exists():
            assert time.monotonic() < deadline
        writer.send_signal(signal.SIGKILL)
    part.touch()  # should the file have been moved between our look and the shot
    assert (tmp_path / "pages" / "A01.pdf").read_bytes() == b"one"
    again = OutputFolder(tmp_path)
    again.write("pages/A01.pdf", b"two")
    again.write("pages/A02.pdf", b"three")
    again.finish("report.json", json.dumps({"files": again.hashes}).encode())
    assert not part.exists()
    assert (tmp_path / "pages" / "A01.pdf").read_bytes() == b"two"


def test_files_of_the_former_build_go(tmp_path: Path, write_issue: WriteIssue) -> None:
    out = tmp_path / "out"
    issue = write(tmp_path, write_issue, text=TEXT + "𪚥")
    build(issue, out, OPTIONS)
    assert {"issue.draft.pdf", "pages/A02.draft.pdf", "preview/A02.png"} <= everything(out)
    (out / "notes.txt").write_text("the editor's own", encoding="utf-8")
    write(tmp_path, write_issue)
    build(issue, out, BuildOptions(jobs=1, previews=False))
    wanted = {"issue.pdf", "pages/A02.pdf", "dumps/A02.txt", "plan.yaml"}
    assert everything(out) == {*wanted, "report.json", "timings.json", "notes.txt"}
    assert set(report(out)) == wanted


@pytest.mark.parametrize(
    "text", ["no json", '{"files": 3}', '{"files": {"../kept.txt": "", "/etc/kept": "", "": ""}}', "[]"]
)
def test_a_former_report_that_is_none_harms_nothing(text: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    (out / "report.json").write_text(text, encoding="utf-8")
    folder = OutputFolder(out)
    folder.finish("report.json", b"{}")
    assert (tmp_path / "kept.txt").read_text(encoding="utf-8") == "kept"
    assert (out / "report.json").read_bytes() == b"{}"


def test_a_file_that_cannot_be_written_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("a file where a folder should be", encoding="utf-8")
    folder = OutputFolder(tmp_path)
    with pytest.raises(OutputError) as caught:
        folder.write("pages/A01.pdf", b"one")
    assert [item.code for item in caught.value.diagnostics] == ["E501"]
    assert not folder.hashes
    assert everything(tmp_path) == {"pages"}
