"""Whole issues: what comes out, and what is refused, all at once."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from layout.diagnostics import InputError, LayoutError, StyleError
from layout.diagnostics.render import full
from layout.model import BlockKind, Pin
from layout.reading.issue import read_issue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layout.diagnostics import Diagnostic

REPOSITORY = Path(__file__).resolve().parents[2]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160.5 34"/>'
MILLIMETRE = 72 / 25.4

ISSUE = """\
paper: 临江日报
date: 2026-11-22
number: 007
masthead: {nameplate: art/name.svg, imprint: {CN: 11-0000, 主办: 临江}, ear: "**晴** 3~8℃"}
names: [张三]
pages:
  - page: A01
    section: 要闻
    front: yes
    banner: 通栏**横幅**
    stories:
      - stories/bridge.md
      - {story: stories/kites.md, pin: {column: 1, columns: 3, line: 40, lines: 22}}
    credits: {责编: 王一}
  - pages: [A02, A03]
    style: broadsheet
    ink: k
    overrides: {grid: {lines: 100}}
    stories:
      - group: 聚焦**春耕**
        stories: [stories/a.md, stories/b.md]
        pin: {column: 12, columns: 1}
    adverts:
      - {id: bank, kind: 半通栏, file: adverts/bank.pdf, at: head, side: left}
      - {id: hole, kind: 报花, height: 30mm}
fillers: [stories/filler.md]
levels: {W511: error}
"""

STORIES = {
    "bridge": "id: Bridge-1\nrank: 1\nheadline: 主题 / 断行\nkicker: 肩**题**\nbyline: 记者 某某\n"
    "locked: no\njump: auto\n"
    "photos: [{file: ../photos/up.jpg, caption: 说明, focus: [0.5, 0.25], keep: [0, 0, 1, 0.5], crop: no}]",
    "kites": "headline: 12:30\nauthor: 某某\nregion: zh-TW\nnames: [李四]\nbox: tint",
    "a": "headline: 甲\noverrides: {text: {body: {align: left}}}",
    "b": "headline: 乙",
    "filler": "headline: 丙\nrank: 4",
}


def make(folder: Path, issue: str = ISSUE, stories: Mapping[str, str] | None = None) -> Path:
    for name in ("art", "stories", "photos", "adverts"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "art" / "name.svg").write_text(SVG, encoding="utf-8")
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 30)).save(folder / "photos" / "up.jpg", exif=exif)
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(169 * MILLIMETRE, 110 * MILLIMETRE))
        pdf.save(folder / "adverts" / "bank.pdf")
    for name, matter in {**STORIES, **(stories or {})}.items():
        text = matter if matter.startswith("---") else f"---\n{matter}\n---\n正文。\n\n## 小题\n再来。\n"
        (folder / "stories" / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / "issue.yaml").write_text(issue, encoding="utf-8")
    return folder / "issue.yaml"


def failure(path: Path) -> list[tuple[str, str]]:
    """Return the code of every finding and the text above its carets."""
    with pytest.raises(LayoutError) as caught:
        read_issue(path)
    return [(item.code, marked(item, caught.value.sources)) for item in caught.value.diagnostics]


def marked(item: Diagnostic, sources: Mapping[str, str]) -> str:
    span = item.span
    assert span is not None
    row = sources[span.file].split("\n")[span.line - 1]
    return row[span.column - 1 : span.end_column - 1 if span.end_line == span.line else None]


def test_an_issue(tmp_path: Path) -> None:
    reading = read_issue(make(tmp_path))
    issue = reading.issue
    assert (issue.paper, issue.date, issue.number) == ("临江日报", "2026-11-22", "007")
    assert issue.folder == str(tmp_path.resolve())
    assert issue.masthead.imprint == (("CN", "11-0000"), ("主办", "临江"))
    assert issue.masthead.nameplate_size == (1605.0, 340.0)
    assert issue.masthead.ear is not None
    assert issue.masthead.ear.text == "晴 3~8℃"
    assert issue.levels == (("W511", "error"),)
    front, spread = issue.pages
    assert (front.id, front.front, front.ink, front.style) == ("A01", True, "cmyk", "tabloid")
    assert (spread.id, spread.spread, spread.ink, spread.style) == ("A02-A03", ("A02", "A03"), "k", "broadsheet")
    assert front.banner is not None
    assert front.banner.text == "通栏横幅"
    assert front.credits == (("责编", "王一"),)
    assert front.entries[1].pin == Pin(column=1, columns=3, line=40, lines=22)
    assert spread.entries[0].id == "a+b"
    assert [filler.id for filler in issue.fillers] == ["filler"]
    assert [(item.code, str(item.span).rpartition("/")[2]) for item in reading.findings] == [("W413", "bridge.md:5:12")]
    assert set(reading.sources) >= {f"{tmp_path.name}/issue.yaml", f"{tmp_path.name}/stories/a.md"}
    assert pickle.loads(pickle.dumps(reading)) == reading  # noqa: S301 - workers get pages this way


def test_a_story(tmp_path: Path) -> None:
    reading = read_issue(make(tmp_path))
    bridge, kites = reading.issue.pages[0].stories
    assert (bridge.id, bridge.rank, bridge.headline.text, bridge.locked) == ("Bridge-1", 1, "主题 / 断行", False)
    assert bridge.kicker is not None
    assert bridge.kicker.text == "肩题"
    assert [block.kind for block in bridge.body] == [BlockKind.PARAGRAPH, BlockKind.SUBHEAD, BlockKind.PARAGRAPH]
    [photo] = bridge.photos
    assert (photo.pixels, photo.vector, photo.crop) == ((30, 40), False, False)
    assert (photo.focus, photo.keep) == ((0.5, 0.25), (0, 0, 1, 0.5))
    assert Path(photo.file) == (tmp_path / "photos" / "up.jpg").resolve()
    assert kites.headline.text == "12:30"
    assert kites.byline is not None
    assert (kites.byline.text, kites.region, kites.names, kites.box) == ("某某", "zh-TW", ("李四",), "tint")


def test_adverts_have_their_booked_size(tmp_path: Path) -> None:
    bank, hole = read_issue(make(tmp_path)).issue.pages[1].adverts
    assert (bank.width, bank.height, bank.at, bank.side) == (169, 110, "head", "left")
    assert (hole.width, hole.height, hole.file) == (52, 30, None)


def test_styles_of_pages_and_stories(tmp_path: Path) -> None:
    reading = read_issue(make(tmp_path, "print: newsprint-220\n" + ISSUE))
    assert {name: style.grid.lines for name, style in reading.styles.items()} == {"A01": 81, "A02-A03": 100}
    assert {style.print_condition for style in reading.styles.values()} == {"newsprint-220"}
    assert reading.condition.ink_limit == 220
    assert list(reading.story_styles) == ["a"]
    changed = reading.story_styles["a"]
    assert (changed.body.align, changed.grid.lines) == ("left", 100)


def test_line_ends_and_byte_order_marks_change_nothing(tmp_path: Path) -> None:
    path = make(tmp_path)
    plain = read_issue(path)
    for file in [path, *(tmp_path / "stories").glob("*.md")]:
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    other = read_issue(path)
    assert other.issue == plain.issue
    assert {item.code for item in other.findings} == {"W131", "W413"}


ONE = "paper: a\ndate: 2026-11-22\nnumber: 1\npages:\n  - {{page: A01, stories: [{}], adverts: [{}]}}\n{}"


@pytest.mark.parametrize(
    ("stories", "adverts", "rest", "expected"),
    [
        ("stories/a.md, stories/a.md", "", "", ("E109", "stories/a.md")),
        ("{story: stories/a.md, pin: {column: 7}}", "", "", ("E116", "{column: 7}")),
        ("{story: stories/a.md, pin: {line: 80, lines: 3}}", "", "", ("E116", "{line: 80, lines: 3}")),
        ("{story: stories/a.md, pin: {columns: 7}}", "", "", ("E116", "{columns: 7}")),
        ("{story: stories/a.md, pin: {column: 0}}", "", "", ("E106", "0")),
        ("{story: stories/a.md, group: 甲, stories: [stories/b.md]}", "", "", ("E106", "story")),
        ("{pin: {column: 1}}", "", "", ("E105", "{pin: {column: 1}}], adverts: []}")),
        ("[stories/a.md]", "", "", ("E106", "[stories/a.md]")),
        ("group：甲", "", "", ("E114", "：")),
        ("{story：stories/a.md}", "", "", ("E114", "：")),
        ("", "{id: x, kind: 半通}", "", ("E119", "半通")),
        ("", "{id: x, kind: 报花}, {id: x, kind: 报花}", "", ("E124", "x")),
        ("", "{id: x/y, kind: 报花}", "", ("E106", "x/y")),
        ("", "{id: x, kind: 报花, file: issue.yaml}", "", ("E113", "issue.yaml")),
        ("", "{id: x, kind: 报花, at: top}", "", ("E106", "top")),
        ("", "", "levels: {W511: fatal}\n", ("E106", "fatal")),
        ("", "", "levels: {W5111: error}\n", ("E106", "W5111")),
        ("", "", "masthead: {imprint: [CN]}\n", ("E106", "[CN]")),
        ("", "", "masthead: {nameplate_size: [1mm]}\n", ("E106", "[1mm]")),
        ("", "", "print: newsprint\n", ("E208", "newsprint")),
        ("", "", "style: [tabloid]\n", ("E106", "[tabloid]")),
        ("", "", "caption: x\n", ("E104", "caption")),
    ],
)
def test_what_is_wrong_in_an_issue(
    tmp_path: Path, stories: str, adverts: str, rest: str, expected: tuple[str, str]
) -> None:
    assert failure(make(tmp_path, ONE.format(stories, adverts, rest))) == [expected]


@pytest.mark.parametrize(
    ("matter", "code", "place"),
    [
        ("headline: 甲\nrank: 0", "E106", "0"),
        ("headline: 甲\nrank: １", "E106", "１"),
        ("headline: 甲\nlocked: 真", "E106", "真"),
        ("headline: 甲\ndeck: [乙]", "E106", "[乙]"),
        ("headline: 甲\njump: B09", "E106", "B09"),
        ("headline: 甲\nid: a+b", "E106", "a+b"),
        ("headline: 甲\nphotos: [{caption: 乙}]", "E105", "{caption: 乙}"),
        ("headline: 甲\nphotos: [{file: ../photos/up.jpg, keep: [0.5, 0, 0.2, 1]}]", "E106", "../photos/up.jpg"),
        ("headline: 甲\nphotos: [{file: ../photos/up.jpg, focus: [0.5]}]", "E106", "[0.5]"),
        ("headline: 甲\nphotos: [{file: ../../outside.jpg}]", "E108", "../../outside.jpg"),
        ("headline: 甲\nphotos: [{file: up.jpg}]", "E101", "up.jpg"),
        ("headline: 甲\nphotos: [{file: ../photos/up.jpg, caption：乙}]", "E114", "："),
        ("headline: 甲\noverrides: {grid: {lines: 3}}", "E207", "grid"),
        ("headline: 甲\noverrides: {text: {body: {sise: 3pt}}}", "E203", "sise"),
        ("headline: 甲\noverrides: x", "E106", "x"),
        ("deck: 甲", "E105", "deck: 甲"),
        ("headline: ''", "E105", "headline: ''"),
        ("headine: 甲", "E104", "headine"),
        ("headline: 甲\nphotos: [{file: ../photos/up.jpg, captoin: }]", "E104", "captoin"),
        ("headline: 甲**乙", "E111", "**"),
        ("---\nheadline: 甲\n---\n", "E118", "headline: 甲"),
    ],
)
def test_what_is_wrong_in_a_story(tmp_path: Path, matter: str, code: str, place: str) -> None:
    path = make(tmp_path, ONE.format("stories/a.md", "", ""), {"a": matter})
    assert failure(path) == [(code, place)]


def test_a_missing_issue(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_issue(tmp_path / "issue.yaml")
    assert [item.code for item in caught.value.diagnostics] == ["E101"]


def test_only_style_errors_are_style_errors(tmp_path: Path) -> None:
    with pytest.raises(StyleError):
        read_issue(make(tmp_path, ONE.format("", "", "style: tabliod\n")))


def test_the_broken_issue_shows_everything_in_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The golden file is what an editor sees; read it whenever it changes."""
    monkeypatch.chdir(REPOSITORY)
    with pytest.raises(InputError) as caught:
        read_issue(Path("seeds/broken/issue.yaml"))
    shown = "".join(f"{full(item, caught.value.sources)}\n" for item in caught.value.diagnostics)
    golden = Path(__file__).with_name("broken.golden")
    assert shown == golden.read_text(encoding="utf-8")
    assert str(REPOSITORY) not in shown


def test_the_broken_issue_reads_the_same_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        read_issue(REPOSITORY / "seeds" / "broken" / "issue.yaml")
    shown = "".join(f"{full(item, caught.value.sources)}\n" for item in caught.value.diagnostics)
    golden = Path(__file__).with_name("broken.golden").read_text(encoding="utf-8")
    assert shown == golden.replace("seeds/broken/", "broken/")


def test_nothing_slow_is_imported_before_it_is_needed() -> None:
    slow = {"pydantic", "PIL", "yaml", "pikepdf", "difflib", "hashlib"}
    code = f"import sys, layout.reading.issue, layout.reading.emit; print(sorted({slow!r} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


WORDS = st.sampled_from(
    ["paper", "pages", "page", "stories", "style", "headline", "photos", "file", ":", ": ", "：", "\n", "\n  ", "- ",
     "{", "}", "[", "]", ",", "'", '"', "|", ">", "#", "&a", "*a", "!x", "\t", "---\n", "甲", "\x00", "\ufeff", "\r\n",
     "../", "stories/a.md", "**", "^", "~", "\\", "a.svg", "%", "1", "<<", "? ", "\u2028", "overrides", "extends"]
)  # fmt: skip
ANYTHING = st.binary(max_size=60) | st.lists(WORDS, max_size=30).map(lambda words: "".join(words).encode())


@settings(max_examples=150, deadline=None)
@given(ANYTHING)
def test_no_bytes_raise_anything_but_layout_errors_as_an_issue(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "issue.yaml"
        for start in (b"", b"paper: a\ndate: 2026-11-22\nnumber: 1\n", b"paper: a\npages:\n  - "):
            path.write_bytes(start + data)
            with pytest.raises(LayoutError):
                read_issue(path)


@settings(max_examples=150, deadline=None)
@given(ANYTHING)
def test_no_bytes_raise_anything_but_layout_errors_as_other_files(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "stories").mkdir()
        (folder / "stories" / "a.md").write_bytes(data)
        (folder / "stories" / "b.md").write_bytes(b"---\nheadline: a\n" + data)
        (folder / "stories" / "c.md").write_bytes(b"---\nheadline: a\n---\n" + data)
        (folder / "house.yaml").write_bytes(b"extends: tabloid\n" + data)
        for suffix in ("svg", "pdf", "jpg"):
            (folder / f"a.{suffix}").write_bytes(data)
        path = folder / "issue.yaml"
        path.write_text(
            "paper: a\ndate: 2026-11-22\nnumber: 1\nstyle: house.yaml\nmasthead: {nameplate: a.svg, logo: a.pdf}\n"
            "pages: [{page: A01, stories: [stories/a.md, stories/b.md, stories/c.md],"
            " adverts: [{id: x, kind: 报花, file: a.jpg}]}]\n",
            encoding="utf-8",
        )
        with pytest.raises(LayoutError):
            read_issue(path)


def test_what_a_story_leaves_to_the_page(tmp_path: Path) -> None:
    text = (
        "---\nheadline: 甲\ndeck: 副题\ndeck_optional: yes\njump: A02\njump_head: 短题\n"
        "pull_quotes: [正文在此, 并无此句]\n---\n正文在此。\n\n## ? 可有可无\n\n再来。\n\n## 必有\n\n又来。\n"
    )
    reading = read_issue(make(tmp_path, stories={"bridge": text, "b": "headline: 乙\npull_quotes: yes"}))
    story = reading.issue.pages[0].stories[0]
    assert story.deck_optional
    assert (story.jump, story.jump_head.text if story.jump_head else None) == ("A02", "短题")
    assert [(block.text.text, block.optional) for block in story.body] == [
        ("正文在此。", False),
        ("可有可无", True),
        ("再来。", False),
        ("必有", False),
        ("又来。", False),
    ]
    assert [quote.text for quote in story.quotes] == ["正文在此", "并无此句"]
    assert not story.quotes_found
    [finding] = [item for item in reading.findings if item.code == "W428"]
    assert marked(finding, reading.sources) == "并无此句"
    other = reading.issue.pages[1].stories[1]
    assert (other.quotes, other.quotes_found) == ((), True)


@pytest.mark.parametrize(
    ("matter", "code", "text"),
    [
        ("headline: 甲\npull_quotes: maybe", "E106", "maybe"),
        ("headline: 甲\ndeck_optional: 3", "E106", "3"),
    ],
)
def test_leave_that_cannot_be_read(tmp_path: Path, matter: str, code: str, text: str) -> None:
    assert failure(make(tmp_path, stories={"bridge": matter})) == [(code, text)]
