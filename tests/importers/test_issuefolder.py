"""The folder an import makes: files that read back, guesses beside their fields, nothing overwritten."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from PIL import Image

from layout.importers import import_text_page
from layout.importers.extracted import read_page
from layout.importers.folder import write_folder
from layout.importers.issuefolder import guess_ranks, issue_files, picture_files, plain_markup
from layout.importers.placeholder import placeholder_png
from layout.importers.problem import FolderOccupiedError
from layout.reading.issue import read_issue
from tests.importers.page_generator import cut_page, sample_stories

if TYPE_CHECKING:
    from layout.model import Issue, RichText

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
DATE = "2026-11-22"
PAGE = """\
深入推进文明创建 奋力谱写城市新篇章

轮船公司调整冬季船期
把方便送到江边人家

本报讯（记者 方小满）昨天上午，渡口的第一班船准时开出，船上坐着三十多位去对岸赶集的老人和送菜的摊主，船长把航速压到平

时的一半。

渡船离岸，江面上晨雾未散 本报记者 许知远 摄

忙着晒秋

近日，山坡上晒满了玉米和辣椒，远看像一块块拼起来的花布，风一吹就动。

本报记者 方小满 摄影报道
"""


def characters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def printed(issue: Issue) -> str:
    """Return every character of copy that the engine would print."""
    page = issue.pages[0]
    texts: list[RichText | None] = [page.banner]
    for story in page.stories:
        texts += [story.kicker, story.headline, story.deck, story.dateline, story.byline, story.tail]
        texts += [block.text for block in story.body]
        for photo in story.photos:
            texts += [photo.caption, photo.credit]
    return "".join(text.text for text in texts if text)


def test_made_folder_reads_back_as_an_issue(tmp_path: Path) -> None:
    source = tmp_path / "page.txt"
    source.write_text(PAGE, encoding="utf-8")
    outcome = import_text_page(source, tmp_path / "issue", date=DATE, paper="清渡晚报", page_id="A03")
    assert outcome.problems == ()
    reading = read_issue(tmp_path / "issue" / "issue.yaml")
    assert [finding for finding in reading.findings if finding.code.startswith("E")] == []
    issue = reading.issue
    assert (issue.paper, issue.date, issue.pages[0].id) == ("清渡晚报", DATE, "A03")
    first, second = issue.pages[0].stories
    assert (first.id, second.id) == ("s1", "s2")
    assert first.kicker is not None
    assert (first.kicker.text, first.headline.text) == ("轮船公司调整冬季船期", "把方便送到江边人家")
    assert first.photos[0].placeholder
    assert first.photos[0].caption is not None
    assert first.photos[0].caption.text == "渡船离岸，江面上晨雾未散"
    assert second.is_photo_story
    assert second.photos[0].pixels == (1800, 1200)
    assert second.tail is not None
    assert second.tail.text == "本报记者 方小满 摄影报道"
    assert [len(first.body), len(second.body)] == [1, 1]


def test_every_guess_stands_beside_its_field() -> None:
    files = issue_files(read_page(PAGE), date=DATE)
    lines = files["issue.yaml"].splitlines()
    assert (
        lines[next(at for at, line in enumerate(lines) if "banner:" in line) - 1]
        .strip()
        .startswith("# guess: banner (")
    )
    story = files["stories/s1.md"].splitlines()
    for field in ("kicker", "headline", "dateline", "byline"):
        at = next(at for at, line in enumerate(story) if line.startswith(f"{field}:"))
        assert story[at - 1].startswith(f"# guess: {field} (")
    assert any(line.startswith("# guess: line 8 goes on where line 6 was cut (") for line in story)
    assert any(line.startswith("# guess: a picture belongs here") for line in files["stories/s2.md"].splitlines())
    assert any(line.startswith("# dropped, line 6") for line in lines)


def test_cut_pages_lose_no_character_on_the_way_to_the_engine(tmp_path: Path) -> None:
    stories = sample_stories(SEEDS)
    for seed in range(6):
        cut = cut_page(stories, seed)
        page = read_page(cut.text)
        out = tmp_path / str(seed)
        write_folder({**issue_files(page, date=DATE), **picture_files(page)}, out)
        issue = read_issue(out / "issue.yaml").issue
        broken = sum(story.headline.text.count(" / ") for story in page.stories)
        wanted = characters(cut.text)
        found = characters(printed(issue)) + characters("".join(item.text for item in page.dropped))
        found["/"] -= broken
        assert +found == wanted


def test_signs_of_the_story_grammar_are_printed_as_they_are(tmp_path: Path) -> None:
    odd = "## 他写下：{1*2*3}、[甲](乙)、|丙(丁)、a^2^、5~10~℃、C:\\temp，**不是**强调；--- 也不是横线。"
    page = read_page("渡口早班船今起提前半小时\n\n本报讯（记者 方小满）昨天，船准时开出。\n\n" + odd)
    write_folder(dict(issue_files(page, date=DATE)), tmp_path / "issue")
    story = read_issue(tmp_path / "issue" / "issue.yaml").issue.pages[0].stories[0]
    assert story.body[-1].text.text == odd
    assert plain_markup("平常的话。") == "平常的话。"


def test_ranks_follow_length_and_photo_stories_stay_third() -> None:
    page = read_page(PAGE)
    assert guess_ranks(page) == (1, 3)


def test_files_are_the_same_for_the_same_text() -> None:
    assert issue_files(read_page(PAGE), date=DATE) == issue_files(read_page(PAGE), date=DATE)
    assert placeholder_png("s1") == placeholder_png("s1")
    assert placeholder_png("s1") != placeholder_png("s2")


def test_placeholder_is_a_readable_picture(tmp_path: Path) -> None:
    path = tmp_path / "s1.png"
    path.write_bytes(placeholder_png("s1"))
    with Image.open(path) as picture:
        picture.load()
        assert (picture.format, picture.mode, picture.size) == ("PNG", "L", (1800, 1200))
        tones = picture.getextrema()
    assert isinstance(tones[0], int)
    darkest, lightest = tones
    assert darkest < 60
    assert lightest > 150


def test_occupied_folder_is_left_alone(tmp_path: Path) -> None:
    source = tmp_path / "page.txt"
    source.write_text(PAGE, encoding="utf-8")
    out = tmp_path / "issue"
    out.mkdir()
    (out / "mine.txt").write_text("keep", encoding="utf-8")
    outcome = import_text_page(source, out, date=DATE)
    assert "not empty" in outcome.problems[0].message
    assert [path.name for path in out.iterdir()] == ["mine.txt"]
    with pytest.raises(FolderOccupiedError):
        write_folder({"a": "b"}, source)


def test_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "issue").mkdir()
    write_folder({"stories/a.md": "甲", "b.png": b"\0"}, tmp_path / "issue")
    assert sorted(path.name for path in (tmp_path / "issue").rglob("*")) == ["a.md", "b.png", "stories"]


def test_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        write_folder({"a": "first", "a/b": "a file cannot hold a file"}, tmp_path / "issue")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"\xb1\xa8\xd6\xbd", "byte 0"), (b"", "no story"), (b"\n\n", "no story"), (None, "cannot be read")],
)
def test_bad_source_stops_the_import(tmp_path: Path, data: bytes | None, message: str) -> None:
    source = tmp_path / "page.txt"
    if data is not None:
        source.write_bytes(data)
    outcome = import_text_page(source, tmp_path / "issue", date=DATE)
    assert message in outcome.problems[0].message
    assert outcome.problems[0].hint
    assert not (tmp_path / "issue").exists()


def test_issue_file_is_plain_yaml() -> None:
    page = read_page(PAGE)
    loaded = yaml.load(issue_files(page, date=DATE)["issue.yaml"], Loader=yaml.BaseLoader)  # noqa: S506
    assert loaded["pages"][0]["stories"] == ["stories/s1.md", "stories/s2.md"]


def test_seed_page_makes_an_issue(seed_page: str, tmp_path: Path) -> None:
    page = read_page(seed_page)
    write_folder({**issue_files(page, date=DATE), **picture_files(page)}, tmp_path / "issue")
    issue = read_issue(tmp_path / "issue" / "issue.yaml").issue
    assert [story.is_photo_story for story in issue.pages[0].stories].count(True) == 2
    assert sorted(story.rank for story in issue.pages[0].stories) == [1, 2, 3, 3, 3, 3, 3]
    found = characters(printed(issue)) + characters("".join(item.text for item in page.dropped))
    assert found == characters(seed_page)
