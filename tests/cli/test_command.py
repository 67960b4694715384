"""The command as editors and scripts meet it: words, streams, exit codes, progress, errors."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from layout.cli.main import COMMANDS, run
from layout.diagnostics import FontError, OutputError, finding

if TYPE_CHECKING:
    from tests.conftest import Built, CommandLine, Surroundings

REPOSITORY = Path(__file__).resolve().parents[2]
BROKEN = REPOSITORY / "seeds" / "broken" / "issue.yaml"

PLACE = re.compile(r"^(?P<file>[^:\s]+\.(?:yaml|md)):(?P<line>\d+):(?P<column>\d+): (?:error|warning)\[[EW]\d{3}\]: \S")
COLOR = re.compile(r"\x1b\[[0-9;]*3[0-7][0-9;]*m")


BODY = "渡口的灯亮到后半夜，船篷上落了一层薄霜。"


def write(folder: Path, body: str = BODY, pages: tuple[str, ...] = ("A02",)) -> Path:
    """Write an issue with one short story a page."""
    rows = ["paper: 清渡晚报", "date: 2026-11-22", "number: '6318'", "pages:"]
    for page in pages:
        (folder / f"{page}.md").write_text(f"---\nheadline: 夜航船靠岸\n---\n{body}\n", encoding="utf-8")
        rows += [f"  - page: {page}", "    credits: {责编: 宋词}", f"    stories: [{page}.md]"]
    (folder / "issue.yaml").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder / "issue.yaml"


# --- help and usage


def test_help_lists_every_command_with_its_line(layout: CommandLine) -> None:
    done = layout("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for name, (_, line) in COMMANDS.items():
        assert re.search(rf"^\s+{name}\s+{re.escape(line[:30])}", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_of_its_own(name: str, layout: CommandLine) -> None:
    done = layout(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Usage: layout {name}" in done.stdout


LOADED = """
import sys
from layout.cli.main import run
try:
    run()
except SystemExit:
    print(sorted(sys.modules), file=sys.stderr)
"""


def test_help_loads_neither_pages_nor_pictures(surroundings: Surroundings) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--help"], capture_output=True, text=True, check=True, env=surroundings({})
    )
    assert "'typer'" in done.stderr
    for heavy in ("layout.build", "pydantic", "uharfbuzz", "PIL", "reportlab", "pikepdf", "pypdfium2", "rjieba"):
        assert f"'{heavy}'" not in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build"], "Missing argument"),
        (["bilud"], "No such command 'bilud'"),
        (["build", "issue.yaml", "--bogus"], "No such option"),
        (["build", "issue.yaml", "--print", "x9"], "x9"),
        (["build", "issue.yaml", "--diagnostics", "xml"], "xml"),
        (["build", "issue.yaml", "--jobs", "many"], "--jobs"),
        (["build", "seeds/qingdu/issue.yaml", "--page", "Z9"], "'Z9' among A01, A02, A03, A04, B01"),
        (["schema", "novel"], "novel"),
    ],
)
def test_wrong_usage_is_exit_code_2(words: list[str], said: str, layout: CommandLine) -> None:
    done = layout(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_no_words_show_the_help(layout: CommandLine) -> None:
    done = layout()
    assert done.returncode == 2
    assert "Commands:" in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["issue", "story", "style", "print", "report"])
def test_schemas_are_printed(name: str, layout: CommandLine) -> None:
    done = layout("schema", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["$schema"] == "http://json-schema.org/draft-07/schema#"


# --- building


def test_files_are_named_on_standard_output_all_else_on_standard_error(sample: Built) -> None:
    pages = [str(sample.out / "pages" / f"{name}.pdf") for name in ("A01", "A02", "A03", "A04", "B01")]
    assert sample.done.stdout.splitlines() == [*pages, str(sample.out / "issue.pdf")]
    told = sample.done.stderr.splitlines()
    assert told[:4] == ["reading the issue …", "making pages (5) …", "writing PDF (6) …", "checking and drawing (6) …"]
    assert re.fullmatch(r"5 pages in \d+\.\d s", told[-1])
    assert re.fullmatch(r"0 errors, \d+ warnings?", told[-2])
    assert "\x1b" not in sample.done.stderr
    assert "\r" not in sample.done.stderr


def test_one_page_of_one_kind_without_previews(tmp_path: Path, layout: CommandLine) -> None:
    issue = write(tmp_path, pages=("A01", "A02", "A03"))
    done = layout("build", issue.name, "--page", "A02", "--print", "x4", "--no-previews", "--no-cache", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    out = Path("output") / tmp_path.name / "2026-11-22"
    assert done.stdout.splitlines() == [str(out / "pages" / "A02.pdf")]
    assert done.stderr.splitlines()[:3] == ["reading the issue …", "making pages …", "writing PDF (2) …"]
    assert not (tmp_path / "out" / "preview").exists()
    names = {path.relative_to(tmp_path / out).as_posix() for path in (tmp_path / out).rglob("*") if path.is_file()}
    assert names == {
        "dumps/A02.txt", "pages/A02.pdf", "plan.A02.yaml", "report.A02.json", "timings.A02.json",
    }  # fmt: skip
    report = json.loads((tmp_path / out / "report.A02.json").read_text(encoding="utf-8"))
    assert report["variant"] == "x4"
    assert [page["page"] for page in report["pages"]] == ["A02"]
    with pikepdf.open(tmp_path / out / "pages" / "A02.pdf") as pdf:
        assert len(pdf.pages) == 1
        assert "PDF/X-4" in pdf.Root.Metadata.read_bytes().decode()


def test_two_pages_may_be_asked_for(tmp_path: Path, layout: CommandLine) -> None:
    issue = write(tmp_path, pages=("A01", "A02", "A03"))
    done = layout("build", issue, "--page", "A03", "--page", "A01", "--no-previews", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert [Path(name).name for name in done.stdout.splitlines()] == ["A01.pdf", "A03.pdf"]


def test_a_page_built_again_leaves_the_rest_of_the_issue_as_it_was(tmp_path: Path, layout: CommandLine) -> None:
    issue = write(tmp_path, pages=("A01", "A02", "A03"))
    out = tmp_path / "out"
    assert layout("build", issue, "--no-previews", "--out", out).returncode == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert layout("build", issue, "--page", "A03", "--no-previews", "--out", out).returncode == 0
    assert all(path.read_bytes() == data for path, data in before.items())


# --- findings


def test_findings_as_json_lines_stand_alone_on_standard_output(tmp_path: Path, layout: CommandLine) -> None:
    issue = write(tmp_path, body="霜落" * 40 + "𪚥")
    done = layout("build", issue, "--diagnostics", "json", "--no-previews", "--out", tmp_path / "out")
    assert done.returncode == 1
    found = [json.loads(row) for row in done.stdout.splitlines()]
    [missing] = [item for item in found if item["code"] == "E303"]
    assert (missing["severity"], missing["file"].rsplit("/", 1)[-1], missing["line"]) == ("error", "A02.md", 4)
    assert missing["values"] == {"char": "𪚥", "codepoint": "2A6A5"}
    assert missing["message_zh"].startswith("所有字体都缺字")
    assert "A02.draft.pdf" in done.stderr


def test_findings_speak_the_locale_s_language(tmp_path: Path, layout: CommandLine) -> None:
    issue = write(tmp_path, body="霜落" * 40 + "𪚥")
    for locale, words in (("zh_CN.UTF-8", "所有字体都缺字"), ("en_GB.UTF-8", "no face has the character")):
        done = layout("build", issue, "--no-previews", "--out", tmp_path / "out", env={"LC_ALL": locale})
        assert words in done.stderr


def planted() -> list[str]:
    """Return the heads and places of all findings of the broken issue, as its golden file has them."""
    golden = (REPOSITORY / "tests" / "reading" / "broken.golden").read_text(encoding="utf-8").splitlines()
    return [row for row in golden if re.match(r"(error|warning)\[|  --> ", row)]


@pytest.mark.parametrize("command", ["build", "check"])
def test_bad_input_is_exit_code_3_and_writes_nothing(command: str, tmp_path: Path, layout: CommandLine) -> None:
    """Every planted error is shown with its file, line and column, and a former output stays as it was."""
    out = tmp_path / "out"
    (out / "pages").mkdir(parents=True)
    (out / "report.json").write_text('{"files": {"pages/A01.pdf": ""}}', encoding="utf-8")
    (out / "pages" / "A01.pdf").write_bytes(b"%PDF former")
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in out.rglob("*") if path.is_file()}
    where = ["--out", str(out)] if command == "build" else []
    done = layout(command, BROKEN, *where)
    assert (done.returncode, done.stdout) == (3, "")
    heads = [row for row in done.stderr.splitlines() if re.match(r"(error|warning)\[|  --> ", row)]
    assert heads == planted()
    places = [row for row in heads if row.startswith("  --> ")]
    assert len(places) == len(heads) / 2 > 25
    assert all(re.fullmatch(r"  --> \S+\.(yaml|md):\d+:\d+", row) for row in places)
    assert done.stderr.count("^") >= len(places)
    assert "Traceback" not in done.stderr
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in out.rglob("*") if path.is_file()} == before
    assert not (REPOSITORY / "output" / "broken").exists()


def test_bad_input_in_the_other_forms(tmp_path: Path, layout: CommandLine) -> None:
    wanted = len(planted()) // 2
    done = layout("build", BROKEN, "--diagnostics", "json", "--out", tmp_path / "out")
    assert done.returncode == 3
    found = [json.loads(row) for row in done.stdout.splitlines()]
    assert len(found) == wanted
    assert all({"code", "severity", "message", "message_zh", "file", "line", "column"} <= set(item) for item in found)
    done = layout("check", BROKEN, "--diagnostics", "short")
    assert (done.returncode, done.stdout) == (3, "")
    rows = done.stderr.splitlines()
    assert all(PLACE.match(row) for row in rows[:-1])
    assert len(rows) - 1 == wanted
    assert re.fullmatch(r"\d+ errors, \d+ warnings?", rows[-1])
    assert not (tmp_path / "out").exists()


def test_an_issue_that_is_not_there_is_bad_input(tmp_path: Path, layout: CommandLine) -> None:
    done = layout("build", tmp_path / "none.yaml", "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (3, "")
    assert "error[E101]: file not found: `none.yaml`" in done.stderr
    assert not (tmp_path / "out").exists()


def test_check_writes_nothing(tmp_path: Path, layout: CommandLine) -> None:
    write(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    done = layout("check", "issue.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_cannot_be_written_is_exit_code_4(tmp_path: Path, layout: CommandLine) -> None:
    (tmp_path / "out").write_text("a file where the folder should be", encoding="utf-8")
    done = layout("build", write(tmp_path), "--no-previews", "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (4, "")
    assert "error[E501]: cannot write `pages/A02.pdf`" in done.stderr
    assert "Traceback" not in done.stderr


# --- terminals


def at_terminal(words: list[str], cwd: Path, env: dict[str, str]) -> tuple[int, str, str]:
    """Run the command with a terminal for its standard error; return exit code, standard output, and what it showed."""
    ours, theirs = pty.openpty()
    told = b""
    with subprocess.Popen(words, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        while True:
            ready, _, _ = select.select([ours], [], [], 60)
            assert ready, "the command hangs"
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the terminal's other end is closed
                break
            if not piece:
                break
            told += piece
        assert process.stdout is not None
        out = process.stdout.read().decode()
    os.close(ours)
    return process.returncode, out, told.decode()


@pytest.mark.parametrize("colored", [True, False])
def test_a_terminal_gets_a_bar_and_colours_unless_they_are_unwanted(
    tmp_path: Path, program: list[str], surroundings: Surroundings, *, colored: bool
) -> None:
    issue = write(tmp_path, body="霜落" * 40 + "𪚥")
    env = {"TERM": "xterm-256color", "COLUMNS": "100", **({} if colored else {"NO_COLOR": "1"})}
    code, out, told = at_terminal(
        [*program, "build", issue.name, "--no-previews", "--out", "out"], tmp_path, surroundings(env)
    )
    assert code == 1
    assert out.splitlines() == ["out/pages/A02.draft.pdf", "out/issue.draft.pdf"]
    assert "making pages" in told
    assert "━" in told
    assert "\x1b[?25l" in told, "the cursor is hidden while the bar moves"
    assert "\x1b[?25h" in told, "and comes back"
    assert "making pages (1) …" not in told
    assert bool(COLOR.search(told)) is colored
    assert ("\x1b[31;1merror[E303]\x1b[0m" in told) is colored
    assert "error[E303]" in told


# --- our own faults


def answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problem: BaseException
) -> tuple[object, str, str]:
    """Run `layout build` in this process with a build that raises; return exit code and both streams."""

    def failing(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr("layout.build.build", failing)
    monkeypatch.setattr(sys, "argv", ["layout", "build", "issue.yaml"])
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with pytest.raises(SystemExit) as left:
        run()
    return left.value.code, *capsys.readouterr()


def test_a_bug_is_one_line_and_exit_code_70(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LAYOUT_DEBUG", raising=False)
    code, out, err = answers(monkeypatch, capsys, ZeroDivisionError("two\nlines"))
    assert (code, out) == (70, "")
    [line] = err.splitlines()
    assert "error[E901]: internal error: ZeroDivisionError: two lines;" in line


def test_a_bug_shows_its_traceback_only_where_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LAYOUT_DEBUG", "1")
    code, _, err = answers(monkeypatch, capsys, KeyError("gone"))
    assert code == 70
    assert "Traceback (most recent call last)" in err
    assert "error[E901]" in err


@pytest.mark.parametrize(
    "problem",
    [
        OutputError([finding("E501", file="pages/A01.pdf", problem="No space left on device")]),
        FontError([finding("E302", name="kai")]),
    ],
)
def test_the_environment_s_faults_are_exit_code_4(
    problem: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = answers(monkeypatch, capsys, problem)
    assert (code, out) == (4, "")
    assert "error[E" in err
