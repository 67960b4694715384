"""The folder an import makes: files that read back, guesses beside their fields, nothing overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from PIL import Image

from layout.diagnostics import InputError
from layout.importers import ImportOptions, import_files
from layout.importers.folder import FolderOccupiedError, write_folder
from layout.importers.issuefolder import numbered, ranks_by_length
from layout.importers.manuscript import Manuscript
from layout.importers.placeholder import placeholder_png
from layout.importers.storyfile import plain_markup
from layout.model import RichText
from layout.reading.issue import read_issue
from tests.importers.ledger import UNTOUCHED, assert_nothing_lost, bring, report, stories
from tests.importers.page_generator import cut_page, sample_stories

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
AS_PAGE = ImportOptions(date=DATE, keep=UNTOUCHED.keep, form="page", paper="清渡晚报", page_id="A03")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_made_folder_reads_back_as_an_issue(source: Path, tmp_path: Path) -> None:
    made, issue = bring("text", source, tmp_path / "issue", AS_PAGE)
    assert made.stories == ("s1", "s2")
    assert (issue.paper, issue.date, issue.pages[0].id) == ("清渡晚报", DATE, "A03")
    first, second = issue.pages[0].stories
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
    assert [first.rank, second.rank] == [1, 3]


def test_every_guess_stands_beside_its_field_and_in_the_report(source: Path, tmp_path: Path) -> None:
    bring("text", source, tmp_path / "issue", AS_PAGE)
    lines = (tmp_path / "issue" / "issue.yaml").read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if "banner:" in line)
    assert lines[at - 1].strip().startswith("# guess: banner, page.txt:1:1: ")
    story = (tmp_path / "issue" / "stories" / "s1.md").read_text(encoding="utf-8").splitlines()
    for field in ("rank", "kicker", "headline", "dateline", "byline"):
        at = next(at for at, line in enumerate(story) if line.startswith(f"{field}:"))
        assert story[at - 1].startswith(f"# guess: {field}, page.txt:")
    assert any(line.startswith("# guess: join “") and "page.txt:8:1" in line for line in story)
    guesses = report(tmp_path / "issue")["guesses"]
    assert {"banner", "kicker", "headline", "dateline", "byline", "join", "caption"} <= {
        item["field"] for item in guesses
    }
    dropped = report(tmp_path / "issue")["dropped"]
    assert {"what": "page", "text": "（）", "file": "page.txt", "line": 6} in dropped


def test_cut_pages_lose_no_character_on_the_way_to_the_engine(tmp_path: Path) -> None:
    samples = sample_stories(SEEDS)
    for seed in range(6):
        cut = cut_page(samples, seed)
        path = tmp_path / f"{seed}.txt"
        path.write_text(cut.text, encoding="utf-8")
        bring("text", path, tmp_path / str(seed), AS_PAGE)
        assert_nothing_lost(cut.text, tmp_path / str(seed))


def test_signs_of_the_story_grammar_are_printed_as_they_are(tmp_path: Path) -> None:
    odd = "## 他写下：{1*2*3}、[甲](乙)、|丙(丁)、a^2^、5~10~℃、C:\\temp，**不是**强调；--- 也不是横线。"
    path = tmp_path / "odd.txt"
    path.write_text("渡口早班船今起提前半小时\n\n本报讯（记者 方小满）昨天，船准时开出。\n\n" + odd, encoding="utf-8")
    _, issue = bring("text", path, tmp_path / "issue")
    assert stories(issue)[0].body[-1].text.text == odd
    assert plain_markup("平常的话。") == "平常的话。"


def test_ranks_follow_length_and_photo_stories_stay_third() -> None:
    assert ranks_by_length([100, 800, None, 500, 400]) == (4, 1, 3, 2, 3)
    assert ranks_by_length([None, None]) == (1, 4)
    assert ranks_by_length([]) == ()


def test_ids_are_names_that_an_issue_takes_and_differ_in_any_case() -> None:
    names = ["a b", "A-B", "稿件（终）.v2", "..", "x" * 90, 'q"?*|#+']
    made = numbered([Manuscript(name=name, headline=RichText("题")) for name in names])
    assert [story.name for story in made] == ["a-b", "A-B-2", "稿件（终）.v2", "s", "x" * 48, "q"]


def test_long_imports_run_over_several_pages(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(5):
        text = f"第{number}篇\n\n" + ("渡船照常开出，江面无风。" * 120 + "\n\n") * 1
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    _, issue = bring("text", folder, tmp_path / "issue")
    assert [page.id for page in issue.pages] == ["A02", "A03", "A04"]
    assert [len(page.entries) for page in issue.pages] == [2, 2, 1]


def test_files_are_the_same_for_the_same_text(source: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        import_files("text", [source], tmp_path / name, AS_PAGE)
    one = {path.relative_to(tmp_path / "one"): path.read_bytes() for path in (tmp_path / "one").rglob("*.*")}
    two = {path.relative_to(tmp_path / "two"): path.read_bytes() for path in (tmp_path / "two").rglob("*.*")}
    assert one == two
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


def test_occupied_folder_is_left_alone(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "issue"
    out.mkdir()
    (out / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_files("text", [source], out, AS_PAGE)
    assert [item.code for item in caught.value.diagnostics] == ["E156"]
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
    ("data", "code"), [(b"", "E158"), (b"\n\n", "E158"), (None, "E101"), (b"\xff\x00\xff", "E153")]
)
def test_bad_source_stops_the_import(tmp_path: Path, data: bytes | None, code: str) -> None:
    source = tmp_path / "page.txt"
    if data is not None:
        source.write_bytes(data)
    with pytest.raises(InputError) as caught:
        import_files("text", [source], tmp_path / "issue", AS_PAGE)
    assert [item.code for item in caught.value.diagnostics] == [code]
    assert not (tmp_path / "issue").exists()


def test_issue_file_is_plain_yaml(source: Path, tmp_path: Path) -> None:
    bring("text", source, tmp_path / "issue", AS_PAGE)
    text = (tmp_path / "issue" / "issue.yaml").read_text(encoding="utf-8")
    loaded = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    assert loaded["pages"][0]["stories"] == ["stories/s1.md", "stories/s2.md"]


def test_seed_page_makes_an_issue(seed_page: str, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(seed_page, encoding="utf-8")
    made = import_files("text", [path], tmp_path / "issue", UNTOUCHED)
    assert made.stories == tuple(f"s{number}" for number in range(1, len(made.stories) + 1))
    found = stories(read_issue(tmp_path / "issue" / "issue.yaml").issue)
    assert [story.is_photo_story for story in found].count(True) == 2
    assert_nothing_lost(seed_page, tmp_path / "issue")
