"""Stories listed without a page: where they go, what is said of it, and what keeps them where they are."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from layout.build import BuildOptions, build
from layout.build.assignment import assigned
from layout.build.locking import lock_pages
from layout.build.tasks import silent
from layout.diagnostics import InputError
from layout.page.assign import Deal
from layout.reading.issue import read_issue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.fontbook import Fontbook
    from layout.page.assign import Offer, Sheet

SUITE = Path(__file__).resolve().parents[1] / "suite" / "inside"
TALL = "extends: small.yaml\nsheet: {height: 200mm}\ngrid: {lines: 40}\nlegs: {most: 30}\n"
SENTENCE = "渡口的石阶有四十七级，涨水时只剩11级。"
PAGES = """paper: 清渡报
date: 2026-11-22
number: "6318"
style: tall.yaml
pages:
  - {{page: A01, section: 要闻, stories: [own.md], index: {{stories: [s1, s2, s3, s4]}}, credits: {{责编: 宋词}}}}
  - {{page: A02, section: 民生, credits: {{责编: 宋词}}}}
  - {{page: A03, section: 民生, credits: {{责编: 宋词}}}}
stories: [{bank}]
"""
BANK = ", ".join(f"{{story: s{number}.md, section: 民生}}" for number in range(1, 5))


def issue_file(folder: Path, bank: str = BANK, sentences: int = 16) -> Path:
    folder.mkdir(exist_ok=True)
    shutil.copy(SUITE / "small.yaml", folder / "small.yaml")
    (folder / "tall.yaml").write_text(TALL, encoding="utf-8")
    for name in ("own", "s1", "s2", "s3", "s4"):
        rank = 2 if name in ("s1", "s2") else 3
        body = "\n\n".join([SENTENCE * 4] * (sentences // 4))
        (folder / f"{name}.md").write_text(f"---\nheadline: 夜航船靠岸\nrank: {rank}\n---\n{body}\n", encoding="utf-8")
    (folder / "issue.yaml").write_text(PAGES.format(bank=bank), encoding="utf-8")
    return folder / "issue.yaml"


def homes_of(path: Path, book: Fontbook, former: Path | None = None) -> dict[str, str]:
    made = assigned(read_issue(path, None, former), book)
    assert not made.reading.issue.bank
    return {story.id: page.id for page in made.reading.issue.pages for story in page.stories}


def test_stories_go_to_the_pages_of_their_section(tmp_path: Path, book: Fontbook) -> None:
    made = assigned(read_issue(issue_file(tmp_path / "issue")), book)
    issue = made.reading.issue
    assert [len(page.stories) for page in issue.pages] == [1, 2, 2]
    assert [item.code for item in made.findings if item.code == "I470"] == ["I470"] * 4
    homes = {story.id: page.id for page in issue.pages for story in page.stories}
    index = issue.pages[0].index
    assert index is not None
    assert [line.page for line in index.lines] == [homes[line.story] for line in index.lines]


def test_a_page_that_is_far_too_full_is_said(tmp_path: Path, book: Fontbook) -> None:
    made = assigned(read_issue(issue_file(tmp_path / "issue", sentences=80)), book)
    assert {item.page for item in made.findings if item.code == "I472"} == {"A02", "A03"}


def test_a_build_says_what_went_where(tmp_path: Path) -> None:
    path = issue_file(tmp_path / "issue")
    result = build(path, tmp_path / "out", BuildOptions(jobs=1, previews=False))
    report: dict[str, Any] = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    homes = {one["story"]: one["page"] for one in report["assigned"]}
    stand = {module["id"]: page["page"] for page in report["pages"] for module in page["plan"]["modules"]}
    unplaced = {name for page in report["pages"] for name in page["plan"]["unplaced"]}
    assert set(homes) == {"s1", "s2", "s3", "s4"}
    assert all(stand.get(story, page) == page for story, page in homes.items())
    assert set(stand) | unplaced == {"own", *homes}
    assert sum(item.code == "I470" for item in result.findings) == 4
    # the plan given back places them by itself
    shutil.copy(tmp_path / "out" / "plan.yaml", path.parent / "plan.yaml")
    again = read_issue(path).issue
    assert {one.story.id for one in again.bank} == unplaced
    assert {story.id: page.id for page in again.pages for story in page.stories} == stand


def test_a_former_plan_and_a_lock_keep_stories_where_they_are(tmp_path: Path, book: Fontbook) -> None:
    path = issue_file(tmp_path / "issue")
    build(path, tmp_path / "out", BuildOptions(jobs=1, previews=False))
    before = homes_of(path, book)
    former = tmp_path / "out" / "plan.yaml"
    text = former.read_text(encoding="utf-8").replace("page: A02", "page: X").replace("page: A03", "page: A02")
    turned = tmp_path / "turned.yaml"
    turned.write_text(text.replace("page: X", "page: A03"), encoding="utf-8")
    after = homes_of(path, book, turned)
    assert {name: page for name, page in after.items() if name != "own"} == {
        name: {"A02": "A03", "A03": "A02"}[page] for name, page in before.items() if name != "own"
    }
    lock_pages(path, tmp_path / "out", BuildOptions(jobs=1, pages=("A02",)), silent)
    here = {name for name, page in before.items() if page == "A02"}
    longer = SENTENCE * 30
    for name in here:
        file = path.parent / f"{name}.md"
        file.write_text(file.read_text(encoding="utf-8") + longer, encoding="utf-8")
    assert {name for name, page in homes_of(path, book).items() if page == "A02"} == here


@pytest.mark.parametrize(
    ("bank", "code"),
    [
        ("{story: s1.md, section: 民声}", "E142"),
        ("{story: s1.md, section: 民生}, {story: s1.md, section: 民生}", "E109"),
    ],
)
def test_what_is_wrong_in_the_bank(tmp_path: Path, bank: str, code: str) -> None:
    rest = "".join(f", {{story: s{number}.md, section: 民生}}" for number in (2, 3, 4))
    with pytest.raises(InputError) as raised:
        read_issue(issue_file(tmp_path / "issue", bank + rest))
    assert [item.code for item in raised.value.diagnostics] == [code]


def test_a_story_without_a_page_cannot_change_its_style(tmp_path: Path) -> None:
    path = issue_file(tmp_path / "issue")
    story = "---\nheadline: 题\noverrides: {text: {body: {align: left}}}\n---\n正文。\n"
    (path.parent / "s2.md").write_text(story, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_issue(path)
    assert [item.code for item in raised.value.diagnostics] == ["E141"]


def test_a_page_that_fails_changes_stories_with_its_sister(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dealt out badly on purpose, the pages put it right; the index and the report follow."""

    def badly(sheets: Sequence[Sheet], offers: Sequence[Offer]) -> Deal:
        return Deal(homes={offer.story: "A03" if offer.story == "s4" else "A02" for offer in offers}, sheets=(*sheets,))

    path = issue_file(tmp_path / "issue")
    monkeypatch.setattr("layout.build.assignment.assign", badly)
    options = BuildOptions(jobs=1, previews=False)
    result = build(path, tmp_path / "out", options)
    report: dict[str, Any] = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    moves = [item for item in result.findings if item.code == "I471"]
    assert moves
    assert {one["story"] for one in report["assigned"] if one["why"] == "swap"} == {item.story for item in moves}
    homes = {one["story"]: one["page"] for one in report["assigned"]}
    assert sorted(homes.values()) == ["A02", "A02", "A03", "A03"]
    dump = (tmp_path / "out" / "dumps" / "A01.txt").read_text(encoding="utf-8")
    told = re.findall(r"page/index-page\S* .*“(\w+)版”", dump)
    assert told == [homes[line] for line in ("s1", "s2", "s3", "s4")]
    # a page built by itself comes out as it does among all
    build(path, tmp_path / "one", BuildOptions(jobs=1, previews=False, pages=("A01",)))
    assert (tmp_path / "one" / "dumps" / "A01.txt").read_text(encoding="utf-8") == dump
