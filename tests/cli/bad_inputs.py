"""Inputs with one fault each: what is written over a sound issue, or which words are wrong."""

from __future__ import annotations

from typing import Final

SOUND: Final[dict[str, str]] = {
    "issue.yaml": "paper: 清渡晚报\ndate: 2026-11-22\nnumber: '6318'\npages:\n"
    "  - page: A02\n    section: 要闻\n    stories: [stories/dock.md]\n    credits: {责编: 宋词}\n",
    "stories/dock.md": "---\nheadline: 夜航船靠岸\n---\n渡口的灯亮到后半夜，船篷上落了一层薄霜。\n",
}
"""An issue with nothing wrong."""

_ISSUE = SOUND["issue.yaml"]
_STORY = SOUND["stories/dock.md"]


def _issue(old: str, new: str) -> dict[str, str | bytes]:
    assert old in _ISSUE, old
    return {"issue.yaml": _ISSUE.replace(old, new, 1)}


def _page(extra: str) -> dict[str, str | bytes]:
    return {"issue.yaml": _ISSUE + extra}


def _head(extra: str) -> dict[str, str | bytes]:
    return {"stories/dock.md": _STORY.replace("headline: 夜航船靠岸\n", f"headline: 夜航船靠岸\n{extra}\n")}


def _body(text: str) -> dict[str, str | bytes]:
    return {"stories/dock.md": f"---\nheadline: 夜航船靠岸\n---\n{text}\n"}


_STYLE = "style: own.yaml\npages:"


def _style(text: str) -> dict[str, str | bytes]:
    return {"issue.yaml": _ISSUE.replace("pages:", _STYLE, 1), "own.yaml": f"extends: tabloid\n{text}\n"}


FAULTS: Final[dict[str, dict[str, str | bytes]]] = {
    # --- the issue file
    "empty issue": {"issue.yaml": ""},
    "issue is a list": {"issue.yaml": "- a\n- b\n"},
    "issue is one word": {"issue.yaml": "清渡晚报\n"},
    "issue in GBK": {"issue.yaml": _ISSUE.encode("gbk")},
    "issue in UTF-16": {"issue.yaml": _ISSUE.encode("utf-16")},
    "broken bytes": {"issue.yaml": _ISSUE.encode() + b"\xff\xfe\xff"},
    "unknown field": _issue("section", "sektion"),
    "field of another block": _issue("paper: 清渡晚报\n", "paper: 清渡晚报\nheadline: 大桥通车\n"),
    "missing paper": _issue("paper: 清渡晚报\n", ""),
    "missing date": _issue("date: 2026-11-22\n", ""),
    "no pages": {"issue.yaml": "paper: 清渡晚报\ndate: 2026-11-22\nnumber: '1'\npages: []\n"},
    "full-width colon": _issue("paper: ", "paper："),
    "no space after the colon": _issue("paper: ", "paper:"),
    "tab indents": _issue("    section", "\tsection"),
    "duplicate key": _issue("paper: 清渡晚报\n", "paper: 清渡晚报\npaper: 临江日报\n"),
    "list not closed": _issue("[stories/dock.md]", "[stories/dock.md"),
    "block not closed": _issue("{责编: 宋词}", "{责编: 宋词"),
    "quotation not closed": _issue("'6318'", "'6318"),
    "second colon": _issue("section: 要闻", "section: 要闻: 头条"),
    "text after quotes": _issue("'6318'", "'6318' 期"),
    "starts with a sign": _issue("section: 要闻", "section: @要闻"),
    "alias": _issue("section: 要闻", "section: *要闻"),
    "tag": _issue("section: 要闻", "section: !要闻"),
    "deeper than its block": _issue("    section: 要闻", "      section: 要闻"),
    "impossible date": _issue("2026-11-22", "2026-02-30"),
    "date in words": _issue("2026-11-22", "11月22日"),
    "page id twice": _page("  - page: A02\n    stories: [stories/other.md]\n") | {"stories/other.md": _STORY},
    "story twice": _issue("[stories/dock.md]", "[stories/dock.md, stories/dock.md]"),
    "story id twice": _issue("[stories/dock.md]", "[stories/dock.md, more/dock.md]") | {"more/dock.md": _STORY},
    "no such story": _issue("dock.md", "dokc.md"),
    "story is a folder": _issue("stories/dock.md", "stories"),
    "path leaves the folder": _issue("stories/dock.md", "../dock.md"),
    "absolute path": _issue("stories/dock.md", "/dock.md"),
    "unknown style": _issue("pages:", "style: tablid\npages:"),
    "unknown region": _issue("pages:", "region: zh-CN\npages:"),
    "unknown print condition": _issue("pages:", "print: newsprint-250\npages:"),
    "unknown code in levels": _issue("pages:", "levels: {W999: error}\npages:"),
    "unknown level": _issue("pages:", "levels: {W511: fatal}\npages:"),
    "pin is no number": _issue("[stories/dock.md]", "[{story: stories/dock.md, pin: {column: one}}]"),
    "pin outside": _issue("[stories/dock.md]", "[{story: stories/dock.md, pin: {column: 9, columns: 2}}]"),
    "pin of an unknown key": _issue("[stories/dock.md]", "[{story: stories/dock.md, pin: {row: 1}}]"),
    "group without stories": _issue("[stories/dock.md]", "[{group: 简讯, stories: []}]"),
    "story and group at once": _issue(
        "[stories/dock.md]", "[{story: stories/dock.md, group: 简讯, stories: [stories/dock.md]}]"
    ),
    "unknown kind of advert": _page("    adverts: [{id: tea, kind: 半通篮}]\n"),
    "advert without an id": _page("    adverts: [{kind: 半通栏}]\n"),
    "advert id twice": _page("    adverts: [{id: tea, kind: 半通栏}, {id: tea, kind: 半通栏}]\n"),
    "advert's file is missing": _page("    adverts: [{id: tea, kind: 半通栏, file: adverts/tea.pdf}]\n"),
    "advert's side": _page("    adverts: [{id: tea, kind: 半通栏, side: middle}]\n"),
    "credits are a list": _issue("{责编: 宋词}", "[宋词]"),
    "front is no yes or no": _issue("    section", "    front: maybe\n    section"),
    "nameplate is missing": _issue("pages:", "masthead: {nameplate: art/name.svg}\npages:"),
    "filler is missing": _page("fillers: [fillers/tide.md]\n"),
    "inks": _issue("    section", "    ink: rgb\n    section"),
    "former number": _issue("pages:", "previous: {date: 2026-11-21, number: abc}\npages:"),
    "swallowed by a comment": _issue("section: 要闻", "section: 要闻 #头条"),
    # --- stories
    "empty story": {"stories/dock.md": ""},
    "no front matter": {"stories/dock.md": "夜航船靠岸\n"},
    "front matter not closed": {"stories/dock.md": "---\nheadline: 夜航船靠岸\n渡口的灯亮到后半夜。\n"},
    "full-width fence": {"stories/dock.md": "－－－\nheadline: 夜航船靠岸\n－－－\n渡口\n"},
    "no headline": {"stories/dock.md": "---\nrank: 2\n---\n渡口的灯亮到后半夜。\n"},
    "neither text nor picture": {"stories/dock.md": "---\nheadline: 夜航船靠岸\n---\n"},
    "story in GBK": {"stories/dock.md": _STORY.encode("gbk")},
    "misspelt field": _head("kiker: 夜航"),
    "rank out of range": _head("rank: 7"),
    "rank in words": _head("rank: 头条"),
    "box": _head("box: round"),
    "head's place": _head("head: top"),
    "picture is missing": _head("photos: [{file: ../photos/dock.jpg}]"),
    "picture is text": _head("photos: [{file: dock.md}]"),
    "photo without a file": _head("photos: [{caption: 夜航}]"),
    "focus outside": _head("photos: [{file: dock.md, focus: [2, 0.5]}]"),
    "photos are a text": _head("photos: dock.jpg"),
    "jump to nowhere": _head("jump: A09"),
    "override of the page": _head("overrides: {sheet: {width: 100mm}}"),
    "override misspelt": _head("overrides: {text: {bdoy: {size: 9pt}}}"),
    "emphasis not closed": _body("渡口的**灯亮到后半夜。"),
    "Kai not closed": _body("他说{灯亮到后半夜。"),
    "closing brace alone": _body("他说灯亮到后半夜}。"),
    "control character": _body("渡口\x07的灯。"),
    "link not closed": _body("看[这里(https://example.com)的灯。"),
    # --- styles
    "style misspelt": _style("grdi: {columns: 5}"),
    "style value": _style("grid: {columns: many}"),
    "length without a unit": _style("sheet: {width: '273'}"),
    "colour that is not there": _style("rules: {ink: rot}"),
    "sheet too small": _style("sheet: {width: 100mm}"),
    "style in a circle": {
        "issue.yaml": _ISSUE.replace("pages:", _STYLE, 1),
        "own.yaml": "extends: other.yaml\n",
        "other.yaml": "extends: own.yaml\n",
    },
    "style extends nothing": {"issue.yaml": _ISSUE.replace("pages:", _STYLE, 1), "own.yaml": "extends: tablod\n"},
    "empty style": {"issue.yaml": _ISSUE.replace("pages:", _STYLE, 1), "own.yaml": ""},
    # --- the issue's own faces and lists
    "font is missing": {"fonts/fonts.yaml": "faces: {own: {file: own.otf}}\nroles: {song: [own]}\n"},
    "fonts.yaml is no block": {"fonts/fonts.yaml": "own.otf\n"},
}
"""Name of the fault → files written over the sound issue."""

CALLS: Final[dict[str, list[str]]] = {
    "no such issue": ["check", "none.yaml"],
    "issue is a folder": ["check", "stories"],
    "unknown page": ["build", "issue.yaml", "--page", "Z9"],
    "unknown command": ["biuld"],
    "unknown language": ["check", "issue.yaml", "--lang", "fr"],
    "unknown form": ["check", "issue.yaml", "--diagnostics", "xml"],
    "folder is not empty": ["init", "stories"],
    "unknown template": ["init", "new", "--template", "novel"],
    "unknown finding": ["explain", "E999"],
    "no such font": ["fonts", "add", "own.otf", "--role", "song"],
    "no font at all": ["fonts", "add", "issue.yaml", "--role", "song"],
    "folder without fonts": ["fonts", "add", "stories", "--role", "song"],
    "unknown role": ["fonts", "specimen", "--role", "fraktur"],
    "no such style": ["styles", "show", "tablod"],
    "no such specimen": ["styles", "specimen", "tablod"],
    "no such schema": ["schema", "novel"],
    "nothing was built": ["diff", "stories", "stories"],
    "no such remark": ["comments", "apply", "c9", "--yes"],
    "no such page to sign": ["sign", "A02", "三校", "--by", "贾实"],
    "nothing to import": ["import", "text", "none.txt", "--out", "new"],
}
"""Name of the fault → the words of a call that is wrong in a sound issue's folder."""
