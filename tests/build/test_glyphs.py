"""A character that no face has: found wherever it stands, at its place in the source, and the files are drafts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from layout.build import BuildOptions, build
from layout.diagnostics.render import full

if TYPE_CHECKING:
    from pathlib import Path

    from tests.build.conftest import WriteIssue
    from tests.conftest import CommandLine

RARE = "𪚥"
OPTIONS = BuildOptions(jobs=1, previews=False)

STORY = """\
---
rank: 2
kicker: 肩题说
headline: 夜航船 / 靠岸记
deck: 副题说
dateline: 本报讯
byline: 记者 何以宁
tail: （通讯员 方圆）
photos: [{file: ../map.svg, caption: 水位图, credit: 温棠 制图}]
---
渡口的灯亮到后半夜，**船篷**上落了一层|霜(shuāng)白的薄冰。

## 石阶四十七级

摆渡人老周数了三十年，每年汛期都记在船篷的木板上。
"""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><rect width="60" height="40"/></svg>'

PLACES = {
    "kicker": ("肩题", 3),
    "headline": ("靠岸", 4),
    "headline-first": ("夜航", 4),
    "deck": ("副题", 5),
    "dateline": ("本报", 6),
    "byline": ("何以", 7),
    "tail": ("方", 8),
    "caption": ("水位", 9),
    "credit": ("温", 9),
    "body": ("渡口的", 11),
    "body-after-emphasis": ("船篷**上", 11),
    "body-after-ruby": ("白的", 11),
    "subhead": ("石阶", 13),
    "last": ("摆渡人", 15),
}
"""Where the character is put: after which words, and on which line of the file that is."""


@pytest.mark.parametrize("place", sorted(PLACES))
def test_it_is_found_at_its_place_in_the_file(place: str, tmp_path: Path, write_issue: WriteIssue) -> None:
    after, line = PLACES[place]
    text = STORY.replace(after, after + RARE, 1)
    assert text != STORY
    (tmp_path / "map.svg").write_text(SVG, encoding="utf-8")
    result = build(write_issue(tmp_path, {"night": text}), tmp_path / "out", OPTIONS)
    found = [item for item in result.findings if item.code == "E303"]
    assert found, "a character was lost without a word"
    [item] = found
    assert dict(item.values) == {"char": RARE, "codepoint": "2A6A5"}
    assert (item.page, item.story) == ("A02", "night")
    span = item.span
    assert span is not None
    assert span.file.endswith("stories/night.md")
    assert span.line == line
    assert text.split("\n")[line - 1][span.column - 1] == RARE
    assert result.failed
    names = {"issue.draft.pdf", "pages/A02.draft.pdf"}
    assert names <= set(result.files)
    assert not {"issue.pdf", "pages/A02.pdf"} & set(result.files)


def test_each_of_several_is_found(tmp_path: Path, write_issue: WriteIssue) -> None:
    """In the line that dateline and reporter lead, and in a headline with a break mark."""
    text = STORY.replace("渡口的灯", f"渡{RARE}口的{RARE}灯{RARE}").replace(
        "夜航船 / 靠岸记", f"夜{RARE}船 / 靠{RARE}记"
    )
    (tmp_path / "map.svg").write_text(SVG, encoding="utf-8")
    result = build(write_issue(tmp_path, {"night": text}), tmp_path / "out", OPTIONS)
    found = {(item.span.line, item.span.column) for item in result.findings if item.code == "E303" and item.span}
    rows = text.split("\n")
    assert found == {(y, x) for y, row in enumerate(rows, 1) for x, char in enumerate(row, 1) if char == RARE}
    assert len(found) == 5


def test_it_is_found_in_a_byline_of_its_own_and_in_a_group_s_label(tmp_path: Path, write_issue: WriteIssue) -> None:
    stories = {
        "one": f"---\nheadline: 夜航船\nbyline: 记者 何{RARE}宁\n---\n渡口的灯亮到后半夜，船篷上落了一层薄霜。\n",
        "two": "---\nheadline: 石阶记\n---\n摆渡人老周数了三十年，每年汛期都记在木板上。\n",
    }
    page = f"    stories:\n      - group: 渡口{RARE}闻\n        stories: [stories/one.md, stories/two.md]\n"
    result = build(write_issue(tmp_path, stories, page), tmp_path / "out", OPTIONS)
    spans = [item.span for item in result.findings if item.code == "E303"]
    assert sorted((span.file.rsplit("/", 1)[-1], span.line) for span in spans if span) == [
        ("issue.yaml", 9),
        ("one.md", 3),
    ]


def test_what_the_editor_sees(tmp_path: Path, layout: CommandLine, write_issue: WriteIssue) -> None:
    """Character, code point, story, file and line; a draft; exit code 1."""
    text = f"---\nheadline: 夜航船靠岸\n---\n渡口的灯亮到后半夜，{RARE}船篷上落了一层薄霜。\n"
    issue = write_issue(tmp_path, {"night": text})
    done = layout("build", issue.name, "--no-previews", "--out", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines() == ["out/pages/A02.draft.pdf", "out/issue.draft.pdf"]
    assert (
        f"error[E303]: no face has the character {RARE} (U+2A6A5)\n"
        "  --> stories/night.md:4:11\n"
        f"   4 | 渡口的灯亮到后半夜，{RARE}船篷上落了一层薄霜。\n"
        f"     | {' ' * 20}^^\n"
    ) in done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["draft"]
    [item] = [item for item in report["findings"] if item["code"] == "E303"]
    assert item["story"] == "night"
    assert (item["file"], item["line"], item["column"]) == ("stories/night.md", 4, 11)


def test_the_bundled_faces_have_all_of_the_common_table(tmp_path: Path, write_issue: WriteIssue) -> None:
    """Its rarest characters, in every face that a page uses, without a finding."""
    rare = "龘䶮鿍鿎鿏"
    have = "".join(char for char in rare if char != "龘")
    heads = f"kicker: {have}\nheadline: {have}记\ndeck: {have}\nbyline: 记者 {have}\n"
    text = f"---\n{heads}---\n{have}渡口的灯亮到后半夜。\n"
    result = build(write_issue(tmp_path, {"night": text}), tmp_path / "out", OPTIONS)
    assert [full(item, {}) for item in result.findings if item.code == "E303"] == []
