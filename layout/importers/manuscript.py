"""The vocabulary of importing: what a reader finds in a foreign file, and the story that is made of it.

A reader turns a file into `Item`s, in the order of the file; `assemble` turns items into `Manuscript`s, and
`storyfile` writes those down. Places are spans of the foreign file: lines of text and markup; paragraphs, counted
from 1, of a Word document; a JSON pointer behind the file's name where a value of a JSON file is meant. What reaches
no story is `Dropped`, what was assumed is a `Guess`: output and dropped together are the input.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from layout.model import RichText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layout.diagnostics import Diagnostic, Span
    from layout.model import Block


NOTHING: Final = RichText("")
"""No text."""


class ItemKind(StrEnum):
    """What a reader takes a stretch of a file for."""

    KICKER = "kicker"
    HEADLINE = "headline"
    DECK = "deck"
    DATELINE = "dateline"
    BYLINE = "byline"
    TAIL = "tail"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    PICTURE = "picture"
    CAPTION = "caption"
    CREDIT = "credit"
    BLANK = "blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a paragraph is set where its author gave it no style: clues for its role."""

    centred: bool = False
    bold: bool = False
    large: bool = False


NO_LOOK: Final = Look()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One stretch of a file: a paragraph, a heading of some `level` (1 is highest), a picture by its `source`."""

    kind: ItemKind
    span: Span
    text: RichText = NOTHING
    level: int = 0
    source: str = ""
    look: Look = NO_LOOK


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Characters of the source that reach no story; `kind` is a key of `DROPPED`, `by` who is behind it."""

    text: str
    kind: str
    span: Span
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Something taken for a field of a story; `why` is a key of `REASONS`, or the evidence itself."""

    field: str
    text: str
    why: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a story.

    `source` is what the file calls it, `data` its bytes, None where there are none: a placeholder stands in then.
    `settings` are further details of the picture as story files have them (focus, keep, crop).
    """

    source: str
    data: bytes | None
    caption: RichText = NOTHING
    credit: RichText = NOTHING
    settings: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader found in one file.

    `source` is the text that the lines of the spans count in; `fields` are details that the file states itself, by
    their names in story files; `pictures` are those that came inside the file, by the items' `source`; an `exact`
    file states everything itself, and nothing is guessed.
    """

    items: tuple[Item, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    guesses: tuple[Guess, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    fields: tuple[tuple[str, object], ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""
    name: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A story ready to be written down. `name` is the id it would like; `fields` are details beside the copy."""

    name: str
    headline: RichText
    kicker: RichText = NOTHING
    deck: RichText = NOTHING
    dateline: RichText = NOTHING
    byline: RichText = NOTHING
    tail: RichText = NOTHING
    body: tuple[Block, ...] = ()
    blanks: tuple[int, ...] = ()
    pictures: tuple[Picture, ...] = ()
    fields: tuple[tuple[str, object], ...] = ()
    span: Span | None = None
    spans: tuple[Span, ...] = ()
    guesses: tuple[Guess, ...] = ()

    @property
    def length(self) -> int:
        """The characters of the body."""
        return sum(len(block.text.text) for block in self.body)


DROPPED: Final = MappingProxyType(
    {
        "comment": ("comment", "批注"),
        "deletion": ("tracked deletion", "修订中删去的文字"),
        "header": ("running head", "页眉"),
        "footer": ("running foot", "页脚"),
        "formula": ("formula", "公式"),
        "unread": ("text that the Word reader does not take over", "Word 读取器没有取出的文字"),
        "title": ("title of the web page", "网页标题"),
        "outside": ("text outside the article", "正文之外的文字"),
        "apparatus": ("navigation, form or sidebar of the web page", "网页的导航、表单或侧栏"),
        "time": ("time stamp", "时间戳"),
        "marks": ("marks around dateline and byline", "电头与署名的标点"),
        "metadata": ("metadata without a place in a story", "稿件中没有位置的元数据"),
        "control": ("control characters", "控制字符"),
        "page": ("matter of the page, not of a story", "版面上不属于稿件的文字"),
        "alternative": ("another version of the same text", "同一内容的另一版本"),
    }
)
"""Why characters reach no story, in both languages."""

REASONS: Final = MappingProxyType(
    {
        "first line": ("the first line has no full stop", "首行短而没有句号"),
        "set as head": ("centred, bold or large, at the beginning", "居中、加粗或大字，位于文首"),
        "top heading": ("the highest heading", "最高一级的标题"),
        "next heading": ("a heading right below the headline", "紧接主题的标题"),
        "before head": ("a short line above the headline", "主题上方的短行"),
        "web title": ("the title of the web page", "取自网页标题"),
        "set form": ("a set form of words", "固定的行文格式"),
        "bold line": ("a short bold paragraph without a full stop", "短而加粗、没有句号的段落"),
        "short line": ("a short line between paragraphs", "段落之间的短行"),
        "below picture": ("stands right below a picture", "紧接在图片下方"),
        "alternative text": ("the picture's alternative text", "图片的替代文字"),
        "urgency": ("from the urgency", "由紧急程度换算"),
        "length": ("from the length of the text", "由篇幅推定"),
        "several heads": ("the file has several headlines of one level", "文件中有多个同级标题"),
        "broken stars": (
            "CommonMark does not close `**` beside Chinese marks",
            "CommonMark 认不出紧挨中文标点的 `**`",
        ),
        "page form": ("the file reads like a page of several stories", "文件像是含多篇稿件的版面"),
        "article form": ("the file reads like one article", "文件像是一篇文章"),
        "metadata": ("stated in the file's details", "文件信息中写明"),
    }
)
"""Why something was taken for a field, in both languages."""
