"""News items: ninjs in and out, NewsML-G2 in; import of export is the identity on stories."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from layout.diagnostics import InputError
from layout.exporters import export_issue
from layout.importers import ImportOptions, import_files
from layout.importers.assembly import MISSING_HEADLINE
from layout.importers.ninjs import URGENCIES, rank_of
from layout.model import RichText, Story
from layout.reading.emit import to_yaml
from layout.reading.issue import read_issue
from tests.importers.ledger import UNTOUCHED, assert_nothing_lost, bring, report, stories

REPOSITORY = Path(__file__).resolve().parents[2]

ITEM = {
    "uri": "urn:x:1",
    "type": "text",
    "urgency": 2,
    "headlines": [{"role": "deck", "value": "双向六车道"}, {"value": "大桥今晚通车"}],
    "by": "记者 沈知夏",
    "located": "清渡",
    "title": "内部标题",
    "bodies": [
        {"contenttype": "text/plain", "value": "纯文本一段。"},
        {"contenttype": "text/html", "value": "<p>第一段，<strong>重</strong>。</p><h2>夜景</h2><p>第二段。</p>"},
    ],
    "infosources": [{"name": "某社"}],
    "associations": [
        {
            "name": "p",
            "uri": "urn:x:2",
            "type": "picture",
            "by": "邵川",
            "descriptions": [{"value": "大桥夜景"}],
            "renditions": [
                {"name": "small", "href": "photos/small.png", "width": 120},
                {"name": "large", "href": "photos/large.png", "width": 1200},
            ],
        }
    ],
}


@pytest.fixture
def item(tmp_path: Path) -> Path:
    (tmp_path / "in" / "photos").mkdir(parents=True)
    Image.new("RGB", (1200, 800), "gray").save(tmp_path / "in" / "photos" / "large.png")
    path = tmp_path / "in" / "item.json"
    path.write_text(json.dumps(ITEM, ensure_ascii=False), encoding="utf-8")
    return path


def test_an_item_becomes_a_story(item: Path, tmp_path: Path) -> None:
    _, issue = bring("ninjs", item, tmp_path / "out")
    [story] = stories(issue)
    assert story.rank == 1
    heads = (story.headline, story.deck, story.byline, story.dateline)
    assert [head.text if head else "" for head in heads] == ["大桥今晚通车", "双向六车道", "记者 沈知夏", "清渡"]
    assert [(block.kind.value, block.text.text) for block in story.body] == [
        ("paragraph", "第一段，重。"),
        ("subhead", "夜景"),
        ("paragraph", "第二段。"),
    ]
    [photo] = story.photos
    assert photo.caption is not None
    assert photo.credit is not None
    assert (photo.caption.text, photo.credit.text, photo.pixels) == ("大桥夜景", "邵川", (1200, 800))
    dropped = {item["file"]: item["text"] for item in report(tmp_path / "out")["dropped"]}
    assert dropped == {
        "item.json#/bodies/0/value": "纯文本一段。",
        "item.json#/title": "内部标题",
        "item.json#/infosources/0/name": "某社",
    }


def test_older_items_are_understood(tmp_path: Path) -> None:
    old = {
        "uri": "urn:x",
        "type": "text",
        "headline": "旧版条目",
        "byline": "记者 甲",
        "body_html": "<p>一段正文。</p>",
        "associations": {"main": {"type": "picture", "description_text": "图", "renditions": {"a": {"href": "a.png"}}}},
    }
    (tmp_path / "a.json").write_text(json.dumps([old, {**old, "type": "picture"}]), encoding="utf-8")
    _, issue = bring("ninjs", tmp_path / "a.json", tmp_path / "out")
    [story] = stories(issue)
    assert (story.headline.text, story.body[0].text.text) == ("旧版条目", "一段正文。")
    assert story.photos[0].placeholder


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '"x"', "[[[[", '{"uri": 3, "bodies": {"a": []}}'])
def test_what_is_no_item_is_said(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_files("ninjs", [tmp_path / "a.json"], tmp_path / "out", UNTOUCHED)
    assert {finding.code for finding in caught.value.diagnostics} <= {"E157", "E158"}


def test_ranks_and_urgencies_are_inverse() -> None:
    assert [rank_of(URGENCIES[rank]) for rank in (1, 2, 3, 4)] == [1, 2, 3, 4]
    assert [rank_of(urgency) for urgency in range(1, 10)] == [1, 1, 2, 3, 3, 3, 4, 4, 4]


# --- there and back


def content(story: Story) -> dict[str, Any]:
    """Return all of a story but where its text and pictures lie."""

    def bare(value: object) -> object:
        return dataclasses.replace(value, origin=None) if isinstance(value, RichText) else value

    made = {row.name: bare(getattr(story, row.name)) for row in dataclasses.fields(story)}
    made["body"] = [
        dataclasses.replace(block, text=RichText(block.text.text, block.text.marks)) for block in story.body
    ]
    made["photos"] = [
        {
            **{row.name: bare(getattr(photo, row.name)) for row in dataclasses.fields(photo) if row.name != "span"},
            "file": Path(photo.file).read_bytes(),
        }
        for photo in story.photos
    ]
    made["logo"] = story.logo and Path(story.logo).read_bytes()
    del made["file"], made["span"]
    return made


def there_and_back(issue: Path, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    export_issue(issue, folder / "items")
    import_files("ninjs", [folder / "items"], folder / "back", ImportOptions(date="2026-11-22"))
    before, after = read_issue(issue).issue, read_issue(folder / "back" / "issue.yaml").issue
    first = {story.id: content(story) for story in [*stories(before), *before.fillers]}
    return first, {story.id: content(story) for story in stories(after)}


def test_the_sample_paper_comes_back_as_it_was(tmp_path: Path) -> None:
    before, after = there_and_back(REPOSITORY / "seeds" / "qingdu" / "issue.yaml", tmp_path)
    assert len(before) > 40
    assert after == before
    assert report(tmp_path / "back")["dropped"] == []


PLAIN = st.text("渡口早班船，。：“”abc12&<>\"'\\", min_size=1, max_size=8).map(lambda text: text.replace("\\", "\\\\"))
MARKED = st.sampled_from(
    ["**黑体**", "{楷体}", "|粼(lín)", "[链](https://a.cn/?b=1&c=2)", "[锚](#x)", "==点==", "__名__", "m^2^", "H~2~O",
     "{楷**黑**}", "**黑[链](u)**", "甲 乙", "**甲**{乙}", "=", "a~b", "1*2"]
)  # fmt: skip
INLINE = st.lists(st.one_of(PLAIN, MARKED), min_size=1, max_size=4).map("".join)
LINES = st.lists(st.one_of(INLINE, INLINE.map(lambda text: "## " + text)), min_size=1, max_size=4)
DETAILS = st.fixed_dictionaries(
    {"headline": INLINE},
    optional={
        **dict.fromkeys(("kicker", "deck", "dateline", "byline", "tail"), INLINE),
        "rank": st.integers(1, 4),
        "box": st.sampled_from(["frame", "tint"]),
        "head": st.sampled_from(["over", "left", "right"]),
        "setting": st.just("vertical"),
        "locked": st.booleans(),
        "region": st.sampled_from(["zh-TW", "en"]),
        "names": st.lists(st.sampled_from(["某某", "渡口"]), max_size=2),
    },
)
PHOTO = st.fixed_dictionaries(
    {"file": st.just("a.png")},
    optional={
        "caption": INLINE,
        "credit": INLINE,
        "focus": st.just([0.25, 0.75]),
        "keep": st.just([0.1, 0.2, 0.8, 0.9]),
        "crop": st.just("no"),
        "placeholder": st.just("yes"),
    },
)


@settings(max_examples=40)
@given(DETAILS, LINES, st.lists(PHOTO, max_size=2), st.sampled_from(["\n\n", "\n"]))
def test_import_of_export_is_the_identity(
    details: dict[str, Any], lines: list[str], photos: list[dict[str, Any]], between: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Image.new("L", (30, 20)).save(folder / "a.png")
        matter = to_yaml({**details, **({"photos": photos} if photos else {})})
        (folder / "s.md").write_text(f"---\n{matter}---\n" + between.join(lines) + "\n", encoding="utf-8")
        text = "paper: 报\ndate: 2026-11-22\nnumber: '1'\npages:\n  - {page: A02, stories: [s.md]}\n"
        (folder / "issue.yaml").write_text(text, encoding="utf-8")
        try:
            read_issue(folder / "issue.yaml")
        except InputError:
            return  # marks that fell together into something that is no story
        before, after = there_and_back(folder / "issue.yaml", folder / "x")
        assert after == before


# --- NewsML-G2

NEWSML = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-11-22T08:00:00Z</sent></header>
<itemSet>
<newsItem guid="urn:a"><itemMeta><itemClass qcode="ninat:text"/><provider><name>某社</name></provider></itemMeta>
<contentMeta><urgency>3</urgency><headline>旧标题</headline><by>记者 甲</by><slugline>大桥</slugline></contentMeta>
<contentSet><inlineXML>{body}</inlineXML></contentSet></newsItem>
<newsItem guid="urn:p"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
<contentMeta><by>邵川</by><description>大桥夜景</description></contentMeta>
<contentSet><remoteContent href="bridge.png" width="1200"/></contentSet></newsItem>
</itemSet></newsMessage>
"""
NITF = (
    '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><title>题</title></head><body><body.head><hedline>'
    "<hl1>大桥通车</hl1><hl2>双向六车道</hl2></hedline><byline>记者 沈知夏</byline><dateline>清渡11月22日电</dateline>"
    "</body.head><body.content><p>第一段，<person>某人</person>说。</p><hl2>夜景</hl2><p>第二段。</p></body.content>"
    "<body.end><tagline>（完）</tagline></body.end></body></nitf>"
)


def test_a_news_message_with_its_picture(tmp_path: Path) -> None:
    Image.new("RGB", (1200, 800), "gray").save(tmp_path / "bridge.png")
    (tmp_path / "a.xml").write_text(NEWSML.format(body=NITF), encoding="utf-8")
    made, issue = bring("newsml", tmp_path / "a.xml", tmp_path / "out")
    [story] = stories(issue)
    heads = (story.headline, story.deck, story.byline, story.dateline, story.tail)
    assert [head.text if head else "" for head in heads] == [
        "大桥通车",
        "双向六车道",
        "记者 沈知夏",
        "清渡11月22日电",
        "（完）",
    ]
    assert story.rank == 2
    assert [(block.kind.value, block.text.text) for block in story.body] == [
        ("paragraph", "第一段，某人说。"),
        ("subhead", "夜景"),
        ("paragraph", "第二段。"),
    ]
    [photo] = story.photos
    assert photo.caption is not None
    assert (photo.caption.text, photo.pixels) == ("大桥夜景", (1200, 800))
    lines = {item["text"]: item["line"] for item in report(tmp_path / "out")["dropped"]}
    assert lines == {"2026-11-22T08:00:00Z": 2, "某社": 4, "旧标题": 5, "记者 甲": 5, "大桥": 5, "题": 6}
    assert made.stories == ("a",)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]>'
    (tmp_path / "a.xml").write_text(bomb + "<newsItem>&z;</newsItem>", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_files("newsml", [tmp_path / "a.xml"], tmp_path / "out", UNTOUCHED)
    assert [finding.code for finding in caught.value.diagnostics] == ["E157"]


WORDS = st.text("渡口早班船，。abc1", min_size=1, max_size=8)
TAGS = ["p", "hl2", "em", "person", "bq", "div", "media-caption", "byline", "tagline", "unheard"]
XML: st.SearchStrategy[tuple[str, str]] = st.recursive(
    WORDS.map(lambda text: (text, text)),
    lambda inner: st.builds(
        lambda tag, parts: (
            f"<{tag}>" + "".join(xml for xml, _ in parts) + f"</{tag}>",
            "".join(text for _, text in parts),
        ),
        st.sampled_from(TAGS),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(max_examples=40)
@given(st.lists(XML, min_size=1, max_size=4), st.booleans())
def test_no_character_of_a_news_item_is_lost(parts: list[tuple[str, str]], nitf: bool) -> None:  # noqa: FBT001
    body = "".join(xml for xml, _ in parts)
    inner = (
        f"<nitf><body><body.content>{body}</body.content></body></nitf>"
        if nitf
        else f"<html><body>{body}</body></html>"
    )
    text = "".join(words for _, words in parts) + "2026-11-22T08:00:00Z某社3旧标题记者 甲大桥邵川大桥夜景"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.xml").write_text(NEWSML.format(body=inner).replace('href="bridge.png"', ""), encoding="utf-8")
        import_files("newsml", [folder / "a.xml"], folder / "out", UNTOUCHED)
        missing = sum(item["code"] == "W160" for item in report(folder / "out")["findings"])
        assert_nothing_lost(text.replace("3旧", "旧"), folder / "out", added=MISSING_HEADLINE * missing)


@settings(max_examples=40)
@given(
    st.dictionaries(st.sampled_from(["by", "located", "title", "ednote", "copyrightnotice"]), WORDS),
    st.lists(WORDS, max_size=3),
    st.lists(WORDS, max_size=3),
)
def test_no_text_of_a_ninjs_item_is_lost(copy: dict[str, str], heads: list[str], bodies: list[str]) -> None:
    roles = ["main", "kicker", "other"]
    item = {
        "uri": "urn:x",
        **copy,
        "headlines": [{"role": role, "value": text} for role, text in zip(roles, heads, strict=False)],
        "bodies": [{"contenttype": "text/plain", "value": text} for text in bodies],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.json").write_text(json.dumps(item), encoding="utf-8")
        try:
            import_files("ninjs", [folder / "a.json"], folder / "out", UNTOUCHED)
        except InputError as error:
            stopped = [finding.code for finding in error.diagnostics]
            assert stopped == ["E158"]
            return
        missing = sum(row["code"] == "W160" for row in report(folder / "out")["findings"])
        text = "".join([*copy.values(), *heads, *bodies])
        assert_nothing_lost(text, folder / "out", added=MISSING_HEADLINE * missing)
