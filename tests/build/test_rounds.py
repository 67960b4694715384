"""Jumps and fillers of a whole issue: who goes on where, in what order pages are made, and what is said of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

from layout.build import BuildOptions, build
from layout.reading.issue import read_issue

SMALL: Final = Path(__file__).resolve().parents[1] / "suite" / "inside" / "small.yaml"
TALL: Final = "extends: small.yaml\nsheet: {height: 200mm}\ngrid: {lines: 40}\nlegs: {most: 30}\n"
SENTENCES: Final = (
    "渡口的石阶有四十七级，涨水时只剩11级。",
    "摆渡人老周数了三十年，从来风雨不误。",
    "“一笔一画，从不间断。”他总是这样对人说。",
    "船篷的木板上记着每一年的水位读数和日期。",
)

Pages: TypeAlias = Mapping[str, Mapping[str, str]]
Write: TypeAlias = Callable[..., Path]
Report: TypeAlias = dict[str, Any]


def copy_of(sentences: int, matter: str = "rank: 3") -> str:
    """Return a story's file: so many sentences, four a paragraph."""
    spoken = [SENTENCES[number % len(SENTENCES)] for number in range(sentences)]
    body = "\n\n".join("".join(spoken[start : start + 4]) for start in range(0, sentences, 4))
    return f"---\nheadline: 夜航船靠岸\n{matter}\n---\n{body}\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes an issue of small pages: two columns of ten characters, forty lines."""

    def made(pages: Pages, fillers: Mapping[str, str] | None = None, groups: tuple[str, ...] = ()) -> Path:
        folder = tmp_path / "issue"
        (folder / "stories").mkdir(parents=True, exist_ok=True)
        shutil.copy(SMALL, folder / "small.yaml")
        (folder / "tall.yaml").write_text(TALL, encoding="utf-8")
        rows = ["paper: 清渡报", "date: 2026-11-22", 'number: "6318"', "style: tall.yaml", "pages:"]
        for page, stories in pages.items():
            rows += [f"  - page: {page}", "    section: 综合", "    credits: {责编: 宋词}", "    stories:"]
            for name, text in stories.items():
                (folder / "stories" / f"{name}.md").write_text(text, encoding="utf-8")
                item = f"stories/{name}.md"
                rows.append(f"      - {{group: 组, stories: [{item}]}}" if name in groups else f"      - {item}")
        for name, text in (fillers or {}).items():
            (folder / "stories" / f"{name}.md").write_text(text, encoding="utf-8")
        if fillers:
            rows.append(f"fillers: [{', '.join(f'stories/{name}.md' for name in fillers)}]")
        (folder / "issue.yaml").write_text("\n".join(rows) + "\n", encoding="utf-8")
        return folder / "issue.yaml"

    return made


def made(issue: Path, *pages: str, trim: bool = False) -> tuple[Report, set[tuple[str, str]], Path]:
    """Build an issue; return its report, the findings as (code, story), and the output folder."""
    out = issue.parent.parent / ("out" + "".join(pages))
    result = build(issue, out, BuildOptions(jobs=1, previews=False, pages=pages, trim=trim))
    name = "report" + "".join(f".{page}" for page in pages)
    report = json.loads((out / f"{name}.json").read_text(encoding="utf-8"))
    return report, {(item.code, item.story) for item in result.findings}, out


def page_of(report: Report, page: str) -> Report:
    [found] = [one for one in report["pages"] if one["page"] == page]
    assert isinstance(found, dict)
    return found


def modules(report: Report, page: str) -> set[str]:
    return {one["id"] for one in page_of(report, page)["plan"]["modules"]}


JUMPING: Final = {
    "A01": {"lead": copy_of(50, "rank: 1\njump: A03")},
    "A02": {"a": copy_of(30)},
    "A03": {"b": copy_of(10)},
}


def test_a_story_goes_on_where_it_is_told_to(write: Write) -> None:
    issue = write(JUMPING)
    report, findings, out = made(issue)
    assert "lead#2" in modules(report, "A03")
    [jump] = page_of(report, "A01")["jumps"]
    assert (jump["story"], jump["to"]) == ("lead", "A03")
    assert not [code for code, _ in findings if code.startswith(("E", "W42"))]
    story = read_issue(issue).issue.pages[0].stories[0]
    first, second = ((out / "dumps" / f"{page}.txt").read_text(encoding="utf-8") for page in ("A01", "A03"))
    assert "lead/jump" in first
    assert "（下转第3版）" in first
    assert "（上接第1版）" in second
    block = story.body[jump["block"] - 1].text.text
    assert block[jump["offset"] - 1] not in "。！？；"


def test_both_pages_name_each_other_in_the_file(write: Write) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    _, _, out = made(write(JUMPING))

    def text(page: str) -> str:
        command = ["pdftotext", str(out / "pages" / f"{page}.pdf"), "-"]
        done = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8")
        return "".join(done.stdout.split())

    assert "（下转第3版）" in text("A01")
    assert "（上接第1版）" in text("A03")


def test_pages_that_move_take_their_numbers_along(write: Write) -> None:
    pages = {"A01": JUMPING["A01"], "A02": JUMPING["A03"], "A03": JUMPING["A02"]}
    pages["A01"] = {"lead": copy_of(50, "rank: 1\njump: A02")}
    _, _, out = made(write(pages))
    assert "（下转第2版）" in (out / "dumps" / "A01.txt").read_text(encoding="utf-8")
    assert "（上接第1版）" in (out / "dumps" / "A02.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["A01", "A03"])
def test_a_page_by_itself_is_the_page_among_all(write: Write, page: str) -> None:
    issue = write(JUMPING, {"filler": copy_of(4, "rank: 4")})
    _, _, whole = made(issue)
    _, _, alone = made(issue, page)
    assert (alone / "dumps" / f"{page}.txt").read_bytes() == (whole / "dumps" / f"{page}.txt").read_bytes()
    assert [path.name for path in (alone / "dumps").iterdir()] == [f"{page}.txt"]


def test_a_page_is_made_after_those_that_go_on_on_it_whatever_their_order(write: Write) -> None:
    pages = {"A01": {"b": copy_of(10)}, "A02": {"lead": copy_of(50, "rank: 1\njump: A01")}}
    report, _, out = made(write(pages))
    assert "lead#2" in modules(report, "A01")
    assert "（下转第1版）" in (out / "dumps" / "A02.txt").read_text(encoding="utf-8")


def test_jumps_do_not_run_in_a_circle(write: Write) -> None:
    pages = {
        "A01": {"lead": copy_of(50, "rank: 1\njump: A02")},
        "A02": {"back": copy_of(12, "rank: 1\njump: A01")},
    }
    report, findings, _ = made(write(pages))
    assert ("W422", "back") in findings
    assert "lead#2" in modules(report, "A02")
    assert modules(report, "A01") == {"lead"}


@pytest.mark.parametrize(
    ("jump", "code"),
    [("A01", "E420"), ("A03", "W422")],
    ids=["own page", "too short"],
)
def test_jumps_that_cannot_be_made_are_said(write: Write, jump: str, code: str) -> None:
    pages = {"A01": {"lead": copy_of(12, f"rank: 1\njump: {jump}")}, "A03": {"b": copy_of(5)}}
    report, findings, _ = made(write(pages))
    assert (code, "lead") in findings
    assert page_of(report, "A01")["jumps"] == []
    assert modules(report, "A03") == {"b"}


@pytest.mark.parametrize("head", ["head: left", "setting: vertical"])
def test_upright_stories_and_members_of_groups_stay_whole(write: Write, head: str) -> None:
    pages = {
        "A01": {"lead": copy_of(8, f"rank: 3\njump: A02\n{head}"), "one": copy_of(8, "rank: 3\njump: A02")},
        "A02": {"b": copy_of(5)},
    }
    _, findings, _ = made(write(pages, groups=("one",)))
    assert {("W422", "lead"), ("W422", "one")} <= findings


def test_a_page_that_is_full_is_named(write: Write) -> None:
    pages = {"A01": JUMPING["A01"], "A03": {"b": copy_of(34)}}
    _, findings, _ = made(write(pages))
    assert ("W423", "lead") in findings


def test_a_story_that_may_jump_does_so_only_where_the_page_needs_it(write: Write) -> None:
    few = {"A01": {"lead": copy_of(20, "rank: 1\njump: auto")}, "A02": {"a": copy_of(4)}}
    report, findings, _ = made(write(few))
    assert page_of(report, "A01")["jumps"] == []
    assert not {code for code, _ in findings} & {"W422", "W423"}
    many = {"A01": {"lead": copy_of(50, "rank: 1\njump: auto")}, "A02": {"b": copy_of(34)}, "A03": {"a": copy_of(10)}}
    report, _, out = made(write(many))
    assert [jump["to"] for jump in page_of(report, "A01")["jumps"]] == ["A03"], "the page with room"
    assert "（下转第3版）" in (out / "dumps" / "A01.txt").read_text(encoding="utf-8")


def test_a_story_that_may_jump_tries_another_page_where_one_is_full(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How much room a page has is only guessed before it is made: here the guess is the wrong way round."""
    room = {"A02": 99, "A03": 1}
    monkeypatch.setattr("layout.build.jumps.spare_lines", lambda _issue, page, _style: room[page.id])
    pages = {"A01": {"lead": copy_of(50, "rank: 1\njump: auto")}, "A02": {"b": copy_of(34)}, "A03": {"a": copy_of(10)}}
    report, findings, out = made(write(pages))
    assert [jump["to"] for jump in page_of(report, "A01")["jumps"]] == ["A03"]
    assert "（下转第3版）" in (out / "dumps" / "A01.txt").read_text(encoding="utf-8")
    assert modules(report, "A02") == {"b"}
    assert "lead#2" in modules(report, "A03")
    assert ("W423", "lead") not in findings


def test_a_filler_is_used_once(write: Write) -> None:
    pages = {"A01": {"a": copy_of(20)}, "A02": {"b": copy_of(20)}, "A03": {"c": copy_of(30)}}
    fillers = {name: copy_of(4 + number % 2, "rank: 4") for number, name in enumerate("wxyz")}
    report, findings, _ = made(write(pages, fillers))
    used = [name for page in report["pages"] for name in page["fillers"]]
    assert sum(bool(page["fillers"]) for page in report["pages"]) > 1
    assert len(used) == len(set(used))
    for page in report["pages"]:
        assert set(page["fillers"]) <= modules(report, page["page"])
    assert {story for code, story in findings if code == "W424"} == set(used)


def test_cuts_are_reported_with_their_text_and_place(write: Write) -> None:
    issue = write({"A02": {"a": copy_of(30), "b": copy_of(16)}})
    report, _, _ = made(issue, trim=True)
    trims = page_of(report, "A02")["trims"]
    assert trims
    for trim in trims:
        assert trim["made"] is True
        rows = (issue.parent / trim["file"]).read_text(encoding="utf-8").split("\n")
        (line, column), (end_line, end_column) = trim["from"], trim["to"]
        stretch = [*rows[line - 1 : end_line - 1], rows[end_line - 1][: end_column - 1]]
        stretch[0] = stretch[0][column - 1 :]
        assert [row for row in stretch if row] == trim["text"].split("\n")
        assert trim["characters"] == len(trim["text"].replace("\n", ""))
        assert len(trim["at"]) == 2
