"""Locked pages stay byte-identical until they are unlocked by name; revisions rise with what a page shows."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from layout.build import BuildOptions, BuildResult, UnknownPageError, build
from layout.build.locking import lock_pages
from layout.diagnostics import InputError

if TYPE_CHECKING:
    from tests.conftest import CommandLine

TEXT = "渡口的灯亮到后半夜，船篷上落了一层薄霜。" * 24


def story(headline: str, text: str = TEXT) -> str:
    return f"---\nheadline: {headline}\n---\n{text}\n\n{text}\n"


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue of two pages with two stories each."""
    folder = tmp_path / "issue"
    (folder / "stories").mkdir(parents=True)
    for name, headline in {"a": "夜航船靠岸", "b": "早市添了灯", "c": "渡口换新牌", "d": "江心岛看雁"}.items():
        (folder / "stories" / f"{name}.md").write_text(story(headline), encoding="utf-8")
    pages = "".join(
        f"  - page: {page}\n    section: 综合\n    credits: {{责编: 宋词, 美编: 温棠, 校对: 贾实}}\n"
        f"    stories: [{', '.join(f'stories/{name}.md' for name in names)}]\n"
        for page, names in {"A02": "ab", "A03": "cd"}.items()
    )
    path = folder / "issue.yaml"
    path.write_text(f"paper: 清渡晚报\ndate: 2026-11-22\nnumber: '6318'\npages:\n{pages}", encoding="utf-8")
    return path


def make(issue: Path, **options: Any) -> BuildResult:  # noqa: ANN401 - handed on
    return build(issue, issue.parent.parent / "out", BuildOptions(jobs=1, previews=False, **options))


def lock(issue: Path, *pages: str) -> tuple[str, ...]:
    made = lock_pages(issue, issue.parent.parent / "out", BuildOptions(pages=pages, jobs=1), lambda *_: None)
    assert made.refused == ()
    return tuple(folder.name for folder in made.folders)


def page_bytes(issue: Path, page: str) -> bytes:
    [path] = (issue.parent.parent / "out" / "pages").glob(f"{page}.*pdf")
    return path.read_bytes()


def report(issue: Path, name: str = "report.json") -> dict[str, dict[str, Any]]:
    made = json.loads((issue.parent.parent / "out" / name).read_text(encoding="utf-8"))
    return {page["page"]: page for page in made["pages"]}


def change(issue: Path, name: str) -> None:
    path = issue.parent / "stories" / f"{name}.md"
    path.write_text(path.read_text(encoding="utf-8").replace("渡口", "渡船码头"), encoding="utf-8")


def clean(issue: Path, page: str) -> None:
    """Assert that a page is no draft: pages with errors cannot be locked."""
    assert (issue.parent.parent / "out" / "pages" / f"{page}.pdf").is_file()


def test_a_locked_page_stays_and_what_has_changed_is_said(issue: Path) -> None:
    make(issue)
    clean(issue, "A02")
    before = page_bytes(issue, "A02")
    assert lock(issue, "A02") == ("A02",)
    again = make(issue)
    assert page_bytes(issue, "A02") == before
    assert "W464" not in {item.code for item in again.findings}
    assert [page["locked"] for page in report(issue).values()] == [True, False]
    change(issue, "a")
    change(issue, "c")
    again = make(issue)
    [said] = [item for item in again.findings if item.code == "W464"]
    assert dict(said.values) == {"name": "A02", "files": "story a"}
    assert page_bytes(issue, "A02") == before
    assert [page["revision"] for page in report(issue).values()] == [1, 2]


def test_the_issue_holds_the_locked_page(issue: Path) -> None:
    make(issue)
    lock(issue, "A02")
    change(issue, "a")
    make(issue)
    with (
        pikepdf.open(BytesIO((issue.parent.parent / "out" / "issue.pdf").read_bytes())) as whole,
        pikepdf.open(BytesIO(page_bytes(issue, "A02"))) as page,
    ):
        assert len(whole.pages) == 2
        assert whole.pages[0].Contents.read_bytes() == page.pages[0].Contents.read_bytes()
        assert len(whole.Root.OutputIntents) == 2


def test_unlocked_by_name_it_is_made_again(issue: Path) -> None:
    make(issue)
    lock(issue, "A02", "A03")
    before = page_bytes(issue, "A02"), page_bytes(issue, "A03")
    change(issue, "a")
    change(issue, "c")
    make(issue, unlock=("A02",))
    assert page_bytes(issue, "A02") != before[0]
    assert page_bytes(issue, "A03") == before[1]
    assert [path.name for path in (issue.parent / "locks").iterdir()] == ["A03"]
    with pytest.raises(UnknownPageError):
        make(issue, unlock=("A09",))


def test_both_variants_are_locked(issue: Path) -> None:
    make(issue, variant="x4")
    before = page_bytes(issue, "A02")
    lock(issue, "A02")
    make(issue, variant="x4")
    assert page_bytes(issue, "A02") == before
    make(issue, variant="x1a")
    assert page_bytes(issue, "A02") != before


def test_a_damaged_lock_is_refused(issue: Path) -> None:
    make(issue)
    lock(issue, "A02")
    (issue.parent / "locks" / "A02" / "lock.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        make(issue)
    assert [item.code for item in caught.value.diagnostics] == ["E122"]


def test_a_page_with_errors_is_not_locked(issue: Path) -> None:
    (issue.parent / "stories" / "a.md").write_text(story("夜航船靠岸", TEXT * 20), encoding="utf-8")
    made = lock_pages(issue, issue.parent.parent / "out", BuildOptions(pages=("A02",), jobs=1), lambda *_: None)
    assert (made.folders, made.refused) == ((), ("A02",))
    assert not (issue.parent / "locks").exists()


def test_a_revision_rises_with_what_the_page_shows(issue: Path) -> None:
    make(issue)
    first = page_bytes(issue, "A02"), page_bytes(issue, "A03")
    make(issue)
    assert (page_bytes(issue, "A02"), page_bytes(issue, "A03")) == first
    change(issue, "c")
    make(issue, pages=("A03",))
    assert report(issue, "report.A03.json")["A03"]["revision"] == 2
    assert page_bytes(issue, "A02") == first[0]
    assert b"VersionID>2<" in page_bytes(issue, "A03")
    make(issue)
    assert [page["revision"] for page in report(issue).values()] == [1, 2]
    change(issue, "d")
    make(issue)
    assert [page["revision"] for page in report(issue).values()] == [1, 3]


def test_the_command_line_locks_and_unlocks(issue: Path, layout: CommandLine) -> None:
    out = str(issue.parent.parent / "out")
    run = layout("lock", str(issue), "A02", "--out", out)
    assert (run.returncode, Path(run.stdout.strip()).name) == (0, "A02"), run.stderr
    change(issue, "a")
    run = layout("build", str(issue), "--out", out, "--no-previews", "--diagnostics", "short")
    assert "W464" in run.stderr
    run = layout("build", str(issue), "--out", out, "--no-previews", "--diagnostics", "short", "--unlock", "A02")
    assert "W464" not in run.stderr
    assert layout("lock", str(issue), "A07").returncode == 2
