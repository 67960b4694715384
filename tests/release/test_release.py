"""A release from end to end: nothing written before all is clean, names that count on, a manifest that agrees."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import pikepdf
import pytest

from layout.build import BuildOptions
from layout.diagnostics import InputError, finding
from layout.release import release

if TYPE_CHECKING:
    from pathlib import Path

    from layout.condition import PrintCondition
    from layout.diagnostics import Diagnostic
    from layout.release import ReleaseResult

STORY = "---\nrank: 3\nheadline: {}\n---\n今天阴转小雨，气温三至九度，东北风三级。市民出门记得带伞。\n"


REMARK = "{id: c1, page: A02, by: 贾实, at: 2026-11-21T22:40, kind: typo, must: yes, remark: 错字}"


@dataclass(frozen=True)
class Report:
    """What the stand-in for preflight says."""

    pages: int
    findings: tuple[Diagnostic, ...] = ()
    ink: dict[str, dict[str, float]] = field(default_factory=dict)


def clean(path: Path, condition: PrintCondition) -> Report:
    assert condition.ink_limit
    with pikepdf.open(path) as pdf:
        return Report(pages=len(pdf.pages), ink={"A02": {"black": 3.5, "largest": 100.0}})


def failing(path: Path, condition: PrintCondition) -> Report:
    del condition
    return Report(pages=1, findings=(finding("E525", name=path.stem, ink=300, limit=240),))


class Make(Protocol):
    """Writes a small issue of two pages."""

    def __call__(self, top: str = "", headline: str = "", page: str = "") -> Path:
        """Return its path; `top` are more lines of the issue, `page` more fields of A02."""


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a writer of small issues of two pages."""

    def write(top: str = "", headline: str = "短讯一则", page: str = "") -> Path:
        (tmp_path / "a.md").write_text(STORY.format(headline), encoding="utf-8")
        (tmp_path / "b.md").write_text(STORY.format("简讯一则"), encoding="utf-8")
        (tmp_path / "issue.yaml").write_text(
            f"paper: 清渡晚报\ndate: 2026-11-22\nnumber: '6318'\n{top}pages:\n"
            "  - {page: A02, section: 综合, credits: {责编: 宋词}, stories: [a.md]" + page + "}\n"
            "  - {page: A03, section: 综合, credits: {责编: 宋词}, stories: [b.md]}\n",
            encoding="utf-8",
        )
        return tmp_path / "issue.yaml"

    return write


def run(issue: Path, inspect: Any = clean, **options: Any) -> ReleaseResult:  # noqa: ANN401
    return release(issue, inspect, issue.parent / "out", BuildOptions(jobs=1, **options))


def codes(result: ReleaseResult) -> list[str]:
    return [item.code for item in result.verdict.stopping]


def lying(result: ReleaseResult) -> list[str]:
    return sorted(item.name for item in result.folder.iterdir()) if result.folder.is_dir() else []


def manifest(result: ReleaseResult) -> Any:  # noqa: ANN401
    return json.loads((result.folder / "manifest.json").read_text(encoding="utf-8"))


def test_a_clean_issue_is_released(make: Make) -> None:
    result = run(make())
    assert result.released
    assert result.written == ("清渡晚报_2026-11-22_A02_v1.pdf", "清渡晚报_2026-11-22_A03_v1.pdf")
    assert lying(result) == ["manifest.json", *sorted(result.written)]
    told = manifest(result)
    for row in told["files"]:
        data = (result.folder / row["file"]).read_bytes()
        assert row["sha256"] == hashlib.sha256(data).hexdigest()
        assert row["bytes"] == len(data)
        assert row["page_count"] == 1
        assert row["ink"]["A02"]["black"] == 3.5
    assert told["sections"] == {"A": 2}
    assert "W620" in [item.code for item in result.verdict.noted]


def test_changed_pages_get_the_next_revision_and_others_keep_theirs(make: Make) -> None:
    run(make())
    again = run(make())
    assert (again.written, len(again.kept)) == ((), 2)
    third = run(make(headline="改过的标题"))
    assert third.written == ("清渡晚报_2026-11-22_A02_v2.pdf",)
    assert third.kept == ("清渡晚报_2026-11-22_A03_v1.pdf",)
    back = run(make())
    assert back.written == ("清渡晚报_2026-11-22_A02_v3.pdf",)
    assert len(manifest(back)["released"]) == 4


def test_names_are_remembered_when_files_are_gone_and_files_when_the_manifest_is(make: Make) -> None:
    first = run(make())
    for file in first.folder.glob("*.pdf"):
        file.unlink()
    second = run(make(headline="改过的标题"))
    assert second.written == ("清渡晚报_2026-11-22_A02_v2.pdf",)
    (first.folder / "manifest.json").unlink()
    third = run(make(headline="又改过的标题"))
    assert "清渡晚报_2026-11-22_A02_v3.pdf" in third.written


@pytest.mark.parametrize(
    ("top", "page", "beside", "stopping"),
    [
        ("", ", adverts: [{id: bank, kind: 报花}]", {}, ["E620"]),
        ("", ", adverts: [{id: bank, kind: 报花, file: bank.pdf}]", {"bank.pdf": "no PDF"}, ["E521"]),
        ("", "", {"comments.yaml": f"comments:\n- {REMARK}\n"}, ["E621"]),
        (
            "style: house.yaml\n",
            "",
            {"house.yaml": "extends: tabloid\nrelease: {signatures: [三校]}\n"},
            ["E622", "E622"],
        ),
    ],
)
def test_what_stops_a_release_writes_nothing(
    make: Make, top: str, page: str, beside: dict[str, str], stopping: list[str]
) -> None:
    issue = make(top, page=page)
    for name, text in beside.items():
        (issue.parent / name).write_text(text, encoding="utf-8")
    result = run(issue)
    assert codes(result) == stopping
    assert not result.released
    assert not result.folder.exists()


def test_what_is_closed_and_signed_passes(make: Make) -> None:
    issue = make("style: house.yaml\n")
    (issue.parent / "house.yaml").write_text("extends: tabloid\nrelease: {signatures: [三校]}\n", encoding="utf-8")
    closed = "{state: resolved, of: c1, by: 宋词, at: 2026-11-21T23:00}"
    (issue.parent / "comments.yaml").write_text(f"comments:\n- {REMARK}\n- {closed}\n", "utf-8")
    rows = "".join(f"- {{page: {page}, stage: 三校, by: 贾实, at: 2026-11-21T23:00}}\n" for page in ("A02", "A03"))
    (issue.parent / "signatures.yaml").write_text(f"signatures:\n{rows}", "utf-8")
    assert run(issue).released


def test_preflight_of_what_leaves_the_house_decides(make: Make) -> None:
    result = run(make(), failing)
    assert codes(result) == ["E525", "E525"]
    assert not lying(result)


def test_waivers_are_written_down(make: Make) -> None:
    rows = ("{rule: E525, object: A02, by: 宋词, reason: 客户同意}", "{rule: E525, by: 宋词, reason: 同上}")
    issue = make("waivers:\n" + "".join(f"  - {row}\n" for row in rows))
    result = run(issue, failing)
    assert result.released
    assert {(row["rule"], row["by"], row["reason"]) for row in manifest(result)["waivers"]} == {
        ("E525", "宋词", "客户同意"),
        ("E525", "宋词", "同上"),
    }


def test_the_issue_s_own_pattern_wins(make: Make) -> None:
    result = run(make("edition: 早版\nfile_name: 'QD{number}-{page}-{edition}-{rev}.pdf'\n"))
    assert result.written == ("QD6318-A02-早版-1.pdf", "QD6318-A03-早版-1.pdf")


def test_spreads_are_released_by_section(make: Make) -> None:
    result = run(make(), impose="spreads")
    assert result.written == ("清渡晚报_2026-11-22_A_v1.pdf",)
    assert manifest(result)["files"][0]["pages"] == ["A02", "A03"]
    with pikepdf.open(result.folder / result.written[0]) as pdf:
        assert len(pdf.pages) == 2


def test_one_page_alone(make: Make) -> None:
    run(make())
    result = run(make(headline="换过的标题"), pages=("A02",))
    assert result.written == ("清渡晚报_2026-11-22_A02_v2.pdf",)
    assert {row["page"] for row in manifest(result)["files"]} == {"A02", "A03"}


def test_desk_files_that_cannot_be_read_stop(make: Make) -> None:
    issue = make()
    (issue.parent / "comments.yaml").write_text("comments: none\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        run(issue)
    assert [item.code for item in caught.value.diagnostics] == ["E650"]


def test_same_manifest_every_time(make: Make, tmp_path: Path) -> None:
    issue = make()
    one = release(issue, clean, tmp_path / "one", BuildOptions(jobs=1))
    other = release(issue, clean, tmp_path / "other", BuildOptions(jobs=1))
    assert (one.folder / "manifest.json").read_bytes() == (other.folder / "manifest.json").read_bytes()
