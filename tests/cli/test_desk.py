"""init, doctor, explain, fonts, styles, watch, languages: as editors call them."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from layout.diagnostics.codes import CODES
from layout.resources import fonts_folder
from layout.templates import TEMPLATES, paper_of

if TYPE_CHECKING:
    from tests.conftest import CommandLine, Surroundings

DAY = "2026-11-22"


# --- init


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_every_template_builds_at_once(template: str, tmp_path: Path, layout: CommandLine) -> None:
    done = layout("init", "paper", "--template", template, "--date", DAY, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "paper/issue.yaml\n", "")
    assert list(tmp_path.iterdir()) == [tmp_path / "paper"]
    built = layout("build", "paper/issue.yaml", "--no-previews", "--out", "out", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    assert not list((tmp_path / "out").rglob("*.draft.pdf"))
    assert "W404" not in built.stderr, "a new paper has full pages"


def test_a_new_paper_is_named_after_its_folder_where_that_is_chinese(tmp_path: Path, layout: CommandLine) -> None:
    layout("init", "柳林校报", "--template", "school", cwd=tmp_path)
    text = (tmp_path / "柳林校报" / "issue.yaml").read_text(encoding="utf-8")
    assert "paper: 柳林校报\n" in text
    assert re.search(r"^date: 20\d\d-\d\d-\d\d$", text, re.MULTILINE)
    assert paper_of(Path("paper")) == "临江日报"


def test_templates_name_their_schemas(tmp_path: Path, layout: CommandLine) -> None:
    layout("init", "paper", "--date", DAY, cwd=tmp_path)
    first = (tmp_path / "paper" / "issue.yaml").read_text(encoding="utf-8").splitlines()[0]
    schema = first.partition("$schema=")[2]
    json.loads((tmp_path / "paper" / schema).read_text(encoding="utf-8"))


# --- doctor


def test_doctor_says_the_verdict_first(tmp_path: Path, layout: CommandLine) -> None:
    done = layout("doctor", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "All is well: papers can be made."
    assert "  ok  " not in done.stdout, "what is well is not listed"
    told = json.loads(layout("doctor", "--json", cwd=tmp_path).stdout)
    assert told["well"] is True
    assert {"python", "fonts", "page", "cache", "output", "styles"} <= {check["name"] for check in told["checks"]}


def test_doctor_finds_a_cache_that_cannot_be_written(tmp_path: Path, layout: CommandLine) -> None:
    if os.geteuid() == 0:
        where = Path("/proc/nowhere")
        if not where.parent.is_dir():
            pytest.skip("no folder that root cannot write")
    else:
        where = tmp_path / "locked"
        where.mkdir(mode=0o500)
    done = layout("doctor", "--lang", "zh", cwd=tmp_path, env={"LAYOUT_CACHE": str(where)})
    assert done.returncode == 4
    assert done.stdout.startswith("还不能排报")
    assert "!!  cache: 无法写入" in done.stdout


# --- explain


def test_explain_tells_what_why_and_how(layout: CommandLine) -> None:
    done = layout("explain", "e114")
    assert done.returncode == 0
    assert done.stdout.startswith("E114: full-width colon")
    assert "How to mend it: Write `:` and a space." in done.stdout
    assert "For example:" in done.stdout
    chinese = layout("--lang", "zh", "explain", "E114").stdout
    assert "改法：改为半角冒号加一个空格。" in chinese
    assert len(layout("explain").stdout.splitlines()) == len(CODES)


# --- languages, strictness, levels


def test_the_language_is_the_locale_s_unless_it_is_asked_for(tmp_path: Path, layout: CommandLine) -> None:
    chinese = layout("check", "none.yaml", cwd=tmp_path, env={"LC_ALL": "zh_CN.UTF-8"})
    assert "找不到文件" in chinese.stderr
    english = layout("check", "none.yaml", "--lang", "en", cwd=tmp_path, env={"LC_ALL": "zh_CN.UTF-8"})
    assert "file not found" in english.stderr
    assert "排出一期报纸" in layout("--help", env={"LC_ALL": "zh_CN.UTF-8"}).stdout
    assert layout("check", "none.yaml", "--lang=zh", cwd=tmp_path).stderr == chinese.stderr


def test_strict_makes_warnings_fail(tmp_path: Path, layout: CommandLine) -> None:
    (tmp_path / "a.md").write_text("---\nheadline: 夜航船靠岸\n---\n渡口（的灯。\n", encoding="utf-8")
    rows = ["paper: 清渡晚报", "date: 2026-11-22", "number: '1'", "pages:", "  - page: A02", "    stories: [a.md]"]
    issue = tmp_path / "issue.yaml"
    issue.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert layout("check", issue).returncode == 0
    assert layout("check", issue, "--strict").returncode == 1
    issue.write_text("\n".join([*rows, "levels: {W801: error}"]) + "\n", encoding="utf-8")
    assert layout("check", issue).returncode == 1
    issue.write_text("\n".join([*rows, "levels: {W801: off}"]) + "\n", encoding="utf-8")
    assert layout("check", issue, "--strict").returncode == 0


# --- fonts and styles


def test_fonts_are_listed_with_their_rights(tmp_path: Path, layout: CommandLine) -> None:
    done = layout("fonts", cwd=tmp_path)
    assert done.returncode == 0
    assert re.search(r"^song: Noto Serif SC, \d+ characters, may be embedded \(fsType 0\), OFL", done.stdout)


def test_a_face_is_added_and_heads_its_role(tmp_path: Path, layout: CommandLine) -> None:
    layout("init", "paper", "--template", "school", "--date", DAY, cwd=tmp_path)
    shutil.copy(fonts_folder() / "LayoutKai-Regular.ttf", tmp_path / "My Kai.ttf")
    done = layout("fonts", "add", "../My Kai.ttf", "--role", "song", cwd=tmp_path / "paper")
    assert (done.returncode, done.stdout) == (0, "my-kai\n"), done.stderr
    assert "  song: [my-kai, song, hei, kai]" in (tmp_path / "paper/fonts/fonts.yaml").read_text(encoding="utf-8")
    assert "my-kai: " in layout("fonts", cwd=tmp_path / "paper").stdout
    covered = layout("fonts", "coverage", "issue.yaml", cwd=tmp_path / "paper")
    assert covered.returncode == 0
    assert "song: complete" in covered.stdout
    again = layout("fonts", "add", "../My Kai.ttf", "--role", "hei", cwd=tmp_path / "paper")
    assert again.stdout == "my-kai-2\n"


def test_coverage_names_characters_that_no_face_has(tmp_path: Path, layout: CommandLine) -> None:
    layout("init", "paper", "--template", "school", "--date", DAY, cwd=tmp_path)
    story = tmp_path / "paper/stories/chess.md"
    story.write_text(story.read_text(encoding="utf-8") + "\n𪚥字。\n", encoding="utf-8")
    done = layout("fonts", "coverage", "paper/issue.yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert "in no face: 𪚥" in done.stdout


@pytest.mark.parametrize("words", [["fonts", "specimen"], ["styles", "specimen", "broadsheet"]])
def test_specimens_are_pdfs_of_one_page(words: list[str], tmp_path: Path, layout: CommandLine) -> None:
    import pikepdf

    done = layout(*words, "--out", "sheet.pdf", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "sheet.pdf\n"), done.stderr
    with pikepdf.open(tmp_path / "sheet.pdf") as pdf:
        assert len(pdf.pages) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]


def test_styles_are_listed_and_shown_in_full(tmp_path: Path, layout: CommandLine) -> None:
    listed = layout("styles", cwd=tmp_path).stdout.splitlines()
    assert [line.partition(":")[0] for line in listed] == ["broadsheet", "broadsheet-8", "tabloid"]
    assert "273 × 390 mm, 6 × 11 × 81" in listed[2]
    (tmp_path / "own.yaml").write_text("extends: tabloid\nsheet: {bleed: 3mm}\n", encoding="utf-8")
    shown = layout("styles", "show", "own.yaml", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "bleed: 3mm" in shown.stdout
    assert "weights:" in shown.stdout
    assert "extends" not in shown.stdout


# --- watch


def wait_for(log: Path, pattern: str, count: int) -> None:
    for _ in range(600):
        if len(re.findall(pattern, log.read_text(encoding="utf-8"), re.MULTILINE)) >= count:
            return
        time.sleep(0.1)
    pytest.fail(f"not seen {count} times: {pattern}\n{log.read_text(encoding='utf-8')}")


def test_watch_builds_again_waits_for_missing_files_and_ends(
    tmp_path: Path, program: list[str], surroundings: Surroundings, layout: CommandLine
) -> None:
    layout("init", "paper", "--template", "school", "--date", DAY, cwd=tmp_path)
    (tmp_path / "paper/issue.yaml").rename(tmp_path / "later.yaml")
    log = tmp_path / "log"
    words = [*program, "watch", "paper/issue.yaml", "--no-previews"]
    with (
        log.open("wb") as told,
        subprocess.Popen(words, cwd=tmp_path, env=surroundings({}), stderr=told) as process,
    ):
        try:
            wait_for(log, r"^\[\d\d:\d\d:\d\d\] cannot be built; waiting for the next change$", 1)
            (tmp_path / "later.yaml").rename(tmp_path / "paper/issue.yaml")
            done = r"^\[\d\d:\d\d:\d\d\] 1 page in \d+\.\d s$"
            wait_for(log, done, 1)
            story = tmp_path / "paper/stories/chess.md"
            beside = tmp_path / "chess.md"
            beside.write_text(story.read_text(encoding="utf-8").replace("冠军", "亚军"), encoding="utf-8")
            beside.replace(story)
            wait_for(log, done, 2)
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        finally:
            process.kill()
    assert list((tmp_path / "output/paper" / DAY / "pages").glob("A01.pdf"))
    assert "Traceback" not in log.read_text(encoding="utf-8")


# --- completion


def test_the_shell_is_told_commands_and_options(layout: CommandLine) -> None:
    def completed(line: str) -> list[str]:
        env = {"_LAYOUT_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
        return layout(env=env).stdout.split()

    assert {"explain", "export"} <= set(completed("layout exp"))
    assert "--strict" in completed("layout check --st")
