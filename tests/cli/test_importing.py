"""`layout import` and `layout export` as editors call them: what they print, where, with which exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import CommandLine

ARTICLE = "大桥今晚通车\n\n本报讯（记者 沈知夏）封闭大修的大桥,今晚8时重新开放。\n\n公交同步归位，夜班车恢复。\n"
KINDS = ("text", "docx", "markdown", "html", "ninjs", "newsml")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_every_importer_says_what_it_does(kind: str, layout: CommandLine) -> None:
    done = layout("import", kind, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    for word in ("--out", "--keep", "--convert", "--encoding", "--region"):
        assert word in done.stdout
    assert ("--form" in done.stdout) == (kind == "text")
    assert kind in layout("import", "--help").stdout


def test_an_import_builds_and_says_what_it_did(article: Path, tmp_path: Path, layout: CommandLine) -> None:
    out = tmp_path / "issue"
    done = layout("import", "text", article, "--out", out, "--diagnostics", "short", "--date", "2026-11-22")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(out / "issue.yaml"), str(out / "import.json")]
    assert "bridge.txt:3:1: warning[W151]: taken as dateline: “本报讯”" in done.stderr
    assert "warning[W158]: cleaned by the rule punctuation, 1 times; the first: “,” → “，”" in done.stderr
    cleaned = json.loads((out / "import.json").read_text(encoding="utf-8"))["cleaned"]
    assert [(item["rule"], item["before"], item["after"], item["line"]) for item in cleaned] == [
        ("punctuation", ",", "，", 3)
    ]
    built = layout("build", out / "issue.yaml", "--no-previews", "--out", tmp_path / "built")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "built" / "issue.pdf").is_file()


def test_findings_speak_chinese_too(article: Path, tmp_path: Path, layout: CommandLine) -> None:
    done = layout("import", "text", article, "--out", tmp_path / "issue", env={"LC_ALL": "zh_CN.UTF-8"})
    assert "认作 dateline：“本报讯”（固定的行文格式）" in done.stderr


def test_what_is_kept_stays(article: Path, tmp_path: Path, layout: CommandLine) -> None:
    for number, rule in enumerate(("punctuation", "all")):
        out = tmp_path / str(number)
        assert layout("import", "text", article, "--out", out, "--keep", rule).returncode == 0
        assert "大桥,今晚" in (out / "stories" / "bridge.md").read_text(encoding="utf-8")


def test_scripts_are_converted(article: Path, tmp_path: Path, layout: CommandLine) -> None:
    pytest.importorskip("opencc")
    done = layout("import", "text", article, "--out", tmp_path / "issue", "--convert", "s2t", "--region", "zh-TW")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "issue" / "stories" / "bridge.md").read_text(encoding="utf-8")
    assert "headline: 大橋今晚通車" in text
    assert "region: zh-TW" in (tmp_path / "issue" / "issue.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--keep", "commas"], "commas"),
        (["--convert", "x2y"], "x2y"),
        (["--region", "mars"], "mars"),
        (["--date", "22.11.2026"], "22.11.2026"),
        (["--encoding", "ebcdic-9"], "ebcdic-9"),
        (["--form", "poem"], "poem"),
    ],
)
def test_wrong_usage_is_exit_code_2(
    words: list[str], said: str, article: Path, tmp_path: Path, layout: CommandLine
) -> None:
    done = layout("import", "text", article, "--out", tmp_path / "issue", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (tmp_path / "issue").exists()


def test_bad_files_are_exit_code_3_and_write_nothing(tmp_path: Path, layout: CommandLine) -> None:
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99)
    done = layout("import", "docx", tmp_path / "old.doc", tmp_path / "none.docx", "--out", tmp_path / "issue")
    assert (done.returncode, done.stdout) == (3, "")
    assert "error[E151]: `old.doc` is a binary Word or WPS file" in done.stderr
    assert "error[E101]: file not found: `none.docx`" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.doc"]


def test_an_issue_goes_out_and_comes_back(article: Path, tmp_path: Path, layout: CommandLine) -> None:
    assert layout("import", "text", article, "--out", tmp_path / "one").returncode == 0
    done = layout("export", "ninjs", tmp_path / "one" / "issue.yaml", "--out", tmp_path / "items")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(tmp_path / "items" / "bridge.json")]
    item = json.loads((tmp_path / "items" / "bridge.json").read_text(encoding="utf-8"))
    assert item["headlines"] == [{"role": "main", "contenttype": "text/html", "value": "大桥今晚通车"}]
    assert layout("import", "ninjs", tmp_path / "items", "--out", tmp_path / "two").returncode == 0
    kept = [
        [line for line in (tmp_path / name / "stories" / "bridge.md").read_text(encoding="utf-8").splitlines()
         if not line.startswith("#")]
        for name in ("one", "two")
    ]  # fmt: skip
    assert sorted(kept[0]) == sorted(kept[1])
