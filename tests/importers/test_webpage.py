"""Web pages and Markdown: heads, captions, marks; nothing is lost, whatever the page looks like."""

from __future__ import annotations

import base64
import tempfile
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from layout.diagnostics import InputError
from layout.importers import ImportOptions, import_files
from layout.importers.assembly import MISSING_HEADLINE
from layout.importers.webpage import declared_encoding
from layout.model import BlockKind, Emphasis
from layout.reading.issue import read_issue
from tests.importers.ledger import UNTOUCHED, assert_nothing_lost, bring, report, stories


def picture(form: str = "PNG") -> bytes:
    made = BytesIO()
    Image.new("RGB", (1200, 800), "gray").save(made, form)
    return made.getvalue()


PAGE = f"""<!doctype html>
<html><head><title>大桥通车 - 某网</title><style>p {{}}</style></head><body>
<nav>首页 要闻</nav>
<article>
<p class="kicker">大修20个月</p>
<h1>清渡大桥<br>今晚通车</h1>
<p class="subtitle">双向六车道</p>
<p class="byline">记者 沈知夏</p>
<figure><img src="photos/bridge.png"><figcaption>大桥夜景。本报记者 邵川 摄</figcaption></figure>
<p>封闭大修的大桥，<strong>今晚8时</strong>重新开放，<a href="https://a.cn/b">详见</a>。
水面<ruby>粼<rp>(</rp><rt>lín</rt><rp>)</rp></ruby>粼。</p>
<h2>夜景</h2>
<p>PM<sub>2.5</sub>与10<sup>3</sup>。</p>
<script>var a = "不是正文";</script>
<p><img src="data:image/png;base64,{base64.b64encode(picture()).decode()}" alt="桥头的灯"></p>
<p><img src="https://x.cn/remote.jpg"></p>
<aside>相关阅读</aside>
</article><footer>版权所有</footer></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "web" / "photos").mkdir(parents=True)
    (tmp_path / "web" / "photos" / "bridge.png").write_bytes(picture())
    path = tmp_path / "web" / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_an_article_comes_out_of_its_page(page: Path, tmp_path: Path) -> None:
    made, issue = bring("html", page, tmp_path / "out")
    [story] = stories(issue)
    heads = (story.kicker, story.headline, story.deck, story.byline)
    assert [head.text if head else "" for head in heads] == [
        "大修20个月",
        "清渡大桥 / 今晚通车",
        "双向六车道",
        "记者 沈知夏",
    ]
    assert [(block.kind.value, block.text.text) for block in story.body] == [
        ("paragraph", "封闭大修的大桥，今晚8时重新开放，详见。水面粼粼。"),
        ("subhead", "夜景"),
        ("paragraph", "PM2.5与103。"),
    ]
    marks = story.body[0].text.marks
    assert [(mark.emphasis, mark.value) for mark in marks] == [
        (Emphasis.HEI, ""),
        (Emphasis.LINK, "https://a.cn/b"),
        (Emphasis.RUBY, "lín"),
    ]
    first, second, third = story.photos
    assert first.caption is not None
    assert first.credit is not None
    assert second.caption is not None
    assert (first.caption.text, first.credit.text) == ("大桥夜景。", "本报记者 邵川 摄")
    assert second.caption.text == "桥头的灯"
    assert [photo.placeholder for photo in (first, second, third)] == [False, False, True]
    assert Path(first.file).read_bytes() == picture()
    dropped = {item["text"]: item["what"] for item in report(tmp_path / "out")["dropped"]}
    assert dropped == {
        "首页 要闻": "outside",
        "相关阅读": "apparatus",
        "版权所有": "outside",
        "大桥通车 - 某网": "title",
    }
    assert [item.code for item in made.findings if item.code == "W156"] == ["W156"]
    [apparatus] = [item for item in made.findings if "相关阅读" in item.message()]
    assert apparatus.span is not None
    assert PAGE.splitlines()[apparatus.span.line - 1] == "<aside>相关阅读</aside>"


def test_the_title_stands_in_for_a_missing_head(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<title>网页标题</title><p>正文一段话，没有标题。</p>", encoding="utf-8")
    _, issue = bring("html", tmp_path / "a.html", tmp_path / "out")
    assert stories(issue)[0].headline.text == "网页标题"


def test_a_story_without_any_head_gets_one_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>正文只有一段话。</p>", encoding="utf-8")
    made, issue = bring("html", tmp_path / "a.html", tmp_path / "out")
    assert stories(issue)[0].headline.text == MISSING_HEADLINE
    assert "W160" in [item.code for item in made.findings]


@pytest.mark.parametrize(
    ("head", "encoding", "wanted"),
    [
        (b'<meta charset="gb2312">', "gb18030", "gb18030"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=big5">', "big5", "big5hkscs"),
        (b'<?xml version="1.0" encoding="GBK"?>', "gb18030", "gb18030"),
        (b"", "utf-8", ""),
    ],
)
def test_pages_state_their_encoding(head: bytes, encoding: str, wanted: str, tmp_path: Path) -> None:
    data = head + "<h1>渡口</h1><p>一段正文。</p>".encode(encoding)
    assert declared_encoding(data) == wanted
    (tmp_path / "a.html").write_bytes(data)
    _, issue = bring("html", tmp_path / "a.html", tmp_path / "out")
    assert stories(issue)[0].headline.text == "渡口"


def test_pictures_that_cannot_be_printed_get_a_placeholder(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n damaged")
    (tmp_path / "b.png").write_bytes(b"\x01\0\0\0EMF")
    (tmp_path / "c.png").write_bytes(picture("JPEG"))
    source = tmp_path / "x.html"
    source.write_text("<h1>题</h1><p>文。<img src=a.png><img src=b.png><img src=c.png></p>", encoding="utf-8")
    made, issue = bring("html", source, tmp_path / "out")
    photos = stories(issue)[0].photos
    assert [photo.placeholder for photo in photos] == [True, True, False]
    assert [Path(photo.file).suffix for photo in photos] == [".png", ".png", ".jpg"]
    assert [item.code for item in made.findings if item.code == "W157"] == ["W157", "W157"]


# --- nothing is lost


WORDS = st.text("渡口早班船提前开出本报讯记者，。：“”()<&>*#_[]`~|\\!-+.1a ", min_size=1, max_size=12)
INLINE = ["b", "i", "em", "span", "u", "sup", "sub", "a href='https://a.cn'", "mark", "font", "x-own", "code"]
BLOCK = ["p", "div", "section", "h1", "h2", "h3", "blockquote", "ul", "li", "pre", "header", "figure", "figcaption"]
BLOCK += [
    "table",
    "td",
    "tr",
    "aside",
    "nav",
    "footer",
    "article",
    "main",
    "p class='byline'",
    "p class=kicker",
    "center",
]
TREES: st.SearchStrategy[tuple[str, str]] = st.recursive(
    st.one_of(WORDS.map(lambda text: (escape(text), text)), st.sampled_from([("<br>", ""), ("<hr>", "")])),
    lambda inner: st.builds(
        lambda tag, parts: (
            f"<{tag}>" + "".join(part for part, _ in parts) + f"</{tag.split()[0]}>",
            "".join(text for _, text in parts),
        ),
        st.sampled_from(INLINE + BLOCK),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=80)
@given(st.lists(TREES, min_size=1, max_size=5))
def test_no_character_of_a_page_is_lost(parts: list[tuple[str, str]]) -> None:
    text = "".join(plain for _, plain in parts)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.html").write_text("<body>" + "".join(html for html, _ in parts), encoding="utf-8")
        try:
            import_files("html", [folder / "a.html"], folder / "out", UNTOUCHED)
        except InputError as error:
            stopped = [item.code for item in error.diagnostics]
            assert stopped == ["E158"]
            assert not text.strip() or all(tag in str(parts) for tag in ("<",))
            return
        added = MISSING_HEADLINE * _missing(folder / "out")
        assert_nothing_lost(text, folder / "out", added=added)


def _missing(out: Path) -> int:
    return sum(item["code"] == "W160" for item in report(out)["findings"])


# --- Markdown


MARKDOWN = """---
title: 题目
author: 记者 方小满
date: 2026-11-22
---
# 大桥今晚通车

## 双向六车道

封闭大修的大桥。**“创新。”**后来*强调*与`代码`。

![大桥](bridge.png)

2025. 年度总结

1. 一项
2. 二项

| 甲 | 乙 |
|---|---|
| 1 | 2 |

> 引文。

（据新华社）
"""


def test_markdown_becomes_a_story(tmp_path: Path) -> None:
    (tmp_path / "bridge.png").write_bytes(picture())
    (tmp_path / "a.md").write_text(MARKDOWN, encoding="utf-8")
    made, issue = bring("markdown", tmp_path / "a.md", tmp_path / "out")
    [story] = stories(issue)
    assert story.headline.text == "大桥今晚通车"
    assert story.deck is not None
    assert story.byline is not None
    assert story.tail is not None
    assert (story.deck.text, story.byline.text, story.tail.text) == ("双向六车道", "记者 方小满", "（据新华社）")
    assert [block.text.text for block in story.body] == [
        "封闭大修的大桥。“创新。”后来强调与代码。",
        "2025. 年度总结",
        "一项",
        "二项",
        "甲　乙",
        "1　2",
        "引文。",
    ]
    marks = story.body[0].text.marks
    assert [story.body[0].text.text[mark.start : mark.end] for mark in marks] == ["“创新。”", "强调"]
    assert not story.photos[0].placeholder
    dropped = {item["text"]: item["line"] for item in report(tmp_path / "out")["dropped"]}
    assert dropped == {"date: 2026-11-22": 4, "题目": 1}
    lines = {item.code: item.span.line for item in made.findings if item.span}
    assert lines["W155"] == 19


def test_several_heads_of_the_first_level_make_several_stories(tmp_path: Path) -> None:
    text = "# 一\n\n第一篇。\n\n## 小\n\n接着。\n\n# 二\n\n第二篇。\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    made, issue = bring("markdown", tmp_path / "a.md", tmp_path / "out")
    assert made.stories == ("a-1", "a-2")
    assert [story.headline.text for story in stories(issue)] == ["一", "二"]
    assert [block.kind for block in stories(issue)[0].body][1] is BlockKind.SUBHEAD
    assert any(guess["field"] == "story" for guess in report(tmp_path / "out")["guesses"])


PARAGRAPHS = st.text("渡口早班船，。：“”()abc", min_size=1, max_size=30).filter(lambda text: text.strip("()"))


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(["", "# ", "## ", "> ", "- "]), PARAGRAPHS), min_size=1, max_size=8))
def test_no_character_of_a_markdown_text_is_lost(rows: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.md").write_text("\n\n".join(sign + text for sign, text in rows), encoding="utf-8")
        import_files("markdown", [folder / "a.md"], folder / "out", UNTOUCHED)
        added = MISSING_HEADLINE * _missing(folder / "out")
        assert_nothing_lost("".join(text for _, text in rows), folder / "out", added=added)


# --- plain articles


def test_an_article_of_plain_text(tmp_path: Path) -> None:
    text = (
        "大桥今晚通车\n——双向六车道\n记者 沈知夏\n\n　　封闭大修的大桥，今晚重新开放。\n\n\n公交归位\n\n"
        "　　8路、21路明早起驶回原线，临时绕行线保留到月底。（据交通局）\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    _, issue = bring("text", tmp_path / "a.txt", tmp_path / "out")
    [story] = stories(issue)
    assert story.headline.text == "大桥今晚通车"
    assert story.deck is not None
    assert story.byline is not None
    assert story.tail is not None
    assert (story.deck.text, story.byline.text, story.tail.text) == ("——双向六车道", "记者 沈知夏", "（据交通局）")
    assert_nothing_lost(text, tmp_path / "out")


@settings(max_examples=50)
@given(st.lists(PARAGRAPHS, min_size=1, max_size=8), st.sampled_from(["\n", "\n\n", "\r\n\r\n\r\n"]))
def test_no_character_of_an_article_is_lost(rows: list[str], between: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.txt").write_bytes(between.join(rows).encode())
        options = ImportOptions(date="2026-11-22", keep=UNTOUCHED.keep, form="article")
        import_files("text", [folder / "a.txt"], folder / "out", options)
        added = MISSING_HEADLINE * _missing(folder / "out")
        assert_nothing_lost("".join(rows), folder / "out", added=added)
        assert read_issue(folder / "out" / "issue.yaml").issue
