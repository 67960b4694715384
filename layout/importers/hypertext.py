"""From a tree of HTML elements to items: the one reader behind web pages, Word files, Markdown and news items.

Elements are looked up in tables: what breaks a paragraph, what marks its text, what belongs to the page around the
article. Whatever text a table has no word for is copy: nothing is left out but what is said to be left out.
Places are the lines that elements carry: `data-line` where the caller wrote one, else the parser's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from layout.diagnostics import Diagnostic, Span, finding
from layout.importers.manuscript import Dropped, Item, ItemKind
from layout.importers.richtext import joined, tidied
from layout.model import Emphasis, Mark, RichText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Element = Any
"""An element of lxml, which ships no types."""

ANCHOR: Final = "layout-line-"
"""An `<a id>` that begins so states the line from there on."""

_HEADINGS: Final = MappingProxyType({f"h{level}": level for level in range(1, 7)})

_BLOCKS: Final = frozenset(
    {
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "head",
        "header",
        "hgroup",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "ul",
    }
)
"""Elements that begin and end a paragraph."""

UNSEEN: Final = frozenset({"base", "link", "meta", "script", "style", "template", "title"})
"""Elements whose content is no text. A head is none of them: parsers put what stands before `<body>` into it."""

_APPARATUS: Final = frozenset(
    {
        "aside",
        "audio",
        "button",
        "canvas",
        "datalist",
        "dialog",
        "embed",
        "footer",
        "form",
        "iframe",
        "input",
        "label",
        "map",
        "menu",
        "nav",
        "noscript",
        "object",
        "progress",
        "select",
        "svg",
        "textarea",
        "video",
    }
)
"""Elements of the page around an article: their text is dropped, and said to be."""

_MARKS: Final = MappingProxyType(
    {
        "strong": Emphasis.HEI,
        "b": Emphasis.HEI,
        "em": Emphasis.KAI,
        "i": Emphasis.KAI,
        "cite": Emphasis.KAI,
        "blockquote": Emphasis.KAI,
        "sup": Emphasis.SUPERIOR,
        "sub": Emphasis.INFERIOR,
        "u": Emphasis.NAME,
    }
)
"""Elements that mark their text. Italics do not exist in Chinese type: Kai takes their place."""

_CLASS_MARKS: Final = MappingProxyType({"dots": Emphasis.DOTS, "kai": Emphasis.KAI, "hei": Emphasis.HEI})

_CLASSES: Final[Mapping[str, ItemKind]] = MappingProxyType(
    {
        **dict.fromkeys(("kicker", "eyebrow", "overline", "pretitle", "肩题", "引题", "眉题"), ItemKind.KICKER),
        **dict.fromkeys(("headline", "entry-title", "article-title", "post-title", "主题"), ItemKind.HEADLINE),
        **dict.fromkeys(("deck", "dek", "subtitle", "subheadline", "standfirst", "副题", "副标题"), ItemKind.DECK),
        **dict.fromkeys(("byline", "author", "署名", "作者"), ItemKind.BYLINE),
        **dict.fromkeys(("dateline", "电头"), ItemKind.DATELINE),
        **dict.fromkeys(("caption", "wp-caption-text", "图注", "图片说明"), ItemKind.CAPTION),
        **dict.fromkeys(("credit", "photo-credit", "摄影"), ItemKind.CREDIT),
        **dict.fromkeys(("tail", "source", "来源"), ItemKind.TAIL),
    }
)
"""Words of `class`, `itemprop` and `rel` that say what an element is."""

_LONGEST_ROLE: Final = 160
"""An element with more text than this is not only a byline or caption, whatever its class says."""

_FORCED: Final = frozenset({ItemKind.HEADLINE, ItemKind.HEADING, ItemKind.KICKER, ItemKind.DECK})
"""Kinds in which `<br>` is a forced line break, written ` / `."""

_NOTE: Final = re.compile(r"#.*(?:foot|end)note-(?P<back>ref-)?\d")
LINK_CLASS: Final = "layout-link"
"""The class of a link that stays one whatever its target: exports of ours have it."""

_TARGET: Final = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
_CELLS: Final = "\u3000"


class _Frame(NamedTuple):
    kind: ItemKind
    level: int = 0


@dataclass(slots=True)
class Walk:
    """What one walk through a tree found."""

    items: list[Item] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)


def read_hypertext(root: Element, file: str, *, first_line: int = 1, line: int = 0) -> Walk:
    """Return the items of a tree of elements.

    Args:
        root: the element whose content is read.
        file: the name for spans.
        first_line: the line of the file on which the parser's line 1 stands.
        line: the line of everything, where the tree has none of its own.
    """
    walker = _Walker(file, first_line, line)
    walker.visit(root)
    walker.flush()
    return walker.walk


def tag_of(element: Element) -> str:
    """Return an element's local name in small letters; comments and instructions have none."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def text_of(element: Element) -> str:
    """Return the characters of an element that a reader sees."""
    return "".join(_texts(element))


def _texts(element: Element) -> Iterator[str]:
    if tag_of(element) and tag_of(element) not in UNSEEN:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def role_of(element: Element) -> ItemKind | None:
    """Return what an element's class, `itemprop` or `rel` says it is."""
    words = " ".join(element.get(name) or "" for name in ("class", "itemprop", "rel")).split()
    found = next((_CLASSES[word.lower()] for word in words if word.lower() in _CLASSES), None)
    return found if found and len(text_of(element)) <= _LONGEST_ROLE else None


class _Walker:
    """Walks a tree in the order of the text, gathering a paragraph until an element ends it."""

    def __init__(self, file: str, first_line: int, line: int) -> None:
        self.walk = Walk()
        self.file = file
        self.shift = first_line - 1
        self.fixed = line
        self.line = line or first_line
        self.start = 0
        self.frame = _Frame(ItemKind.PARAGRAPH)
        self.text: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.open: list[tuple[Emphasis, int, str]] = []
        self.pending: list[Item] = []
        self.prefix = ""
        self.broken = False
        self.cells: list[RichText] | None = None
        self.readers: dict[str, Callable[[Element], None]] = {
            "a": self._a,
            "br": self._br,
            "hr": self._hr,
            "img": self._img,
            "ruby": self._ruby,
            "ol": self._ol,
            "pre": self._pre,
            "figcaption": self._figcaption,
            "table": self._table,
            "tr": self._tr,
        }

    # --- text

    def say(self, text: str | None) -> None:
        if text:
            if not self.start and text.strip():
                self.start = self.line
            if self.broken and text.strip():
                self.broken = False
                self.say(" / ")
            self.text.append(text)
            self.length += len(text)

    def flush(self) -> None:
        """End the paragraph: its item, then the pictures that stood in it."""
        marks = [*self.marks, *(Mark(start, self.length, emphasis, value) for emphasis, start, value in self.open)]
        rich = tidied(RichText("".join(self.text), tuple(mark for mark in marks if mark.start < mark.end)))
        self.text, self.length, self.marks, self.broken = [], 0, [], False
        self.open = [(emphasis, 0, value) for emphasis, _, value in self.open]
        span = Span(self.file, self.start or self.line, 1)
        self.start = 0
        if rich and self.cells is not None:
            self.cells.append(rich)
        elif rich:
            if self.prefix:
                rich = joined([RichText(self.prefix), rich])
                self.prefix = ""
            kind, level = self.frame
            self.walk.items.append(Item(kind=kind, level=level, text=rich, span=span))
        if self.cells is None:
            self.walk.items += self.pending
            self.pending.clear()

    def _move(self, element: Element) -> None:
        stated = element.get("data-line")
        if stated and stated.isdigit():
            self.line = int(stated)
        elif not self.fixed and element.sourceline:
            self.line = max(self.line, element.sourceline + self.shift)

    def _drop(self, element: Element, kind: str) -> None:
        text = " ".join(text_of(element).split())
        if text:
            self.walk.dropped.append(Dropped(text=text, kind=kind, span=Span(self.file, self.line, 1)))

    # --- elements

    def visit(self, element: Element) -> None:
        tag = tag_of(element)
        if not tag or tag in UNSEEN:
            return
        self._move(element)
        if tag in _APPARATUS:
            self._drop(element, "apparatus")
            return
        role = role_of(element) if self.cells is None else None
        if tag in self.readers:
            self.readers[tag](element)
        elif role is not None and (role is ItemKind.CREDIT or not self._inside_text(element, tag)):
            self._block(element, _Frame(role))
        elif tag in _HEADINGS:
            self._block(element, _Frame(ItemKind.HEADING, _HEADINGS[tag]))
        elif tag in _BLOCKS:
            mark = _MARKS.get(tag)
            self._block(element, self.frame, mark)
        else:
            self._inline(element, self._mark(element, tag))

    def children(self, element: Element) -> None:
        self.say(element.text)
        for child in element:
            self.visit(child)
            self.say(child.tail)

    def _inside_text(self, element: Element, tag: str) -> bool:
        """Tell whether an element stands in the middle of a running paragraph, where it cannot have a role."""
        if tag in _BLOCKS or tag in _HEADINGS:
            return False
        return bool("".join(self.text).strip()) or bool((element.tail or "").strip())

    def _block(self, element: Element, frame: _Frame, mark: Emphasis | None = None) -> None:
        self.flush()
        outer, self.frame = self.frame, frame
        if mark is None:
            self.children(element)
        else:
            self._inline(element, (mark, ""))
        self.flush()
        self.frame = outer

    def _mark(self, element: Element, tag: str) -> tuple[Emphasis, str] | None:
        for word in (element.get("class") or "").split():
            if word in _CLASS_MARKS:
                return _CLASS_MARKS[word], ""
        return (_MARKS[tag], "") if tag in _MARKS else None

    def _inline(self, element: Element, mark: tuple[Emphasis, str] | None) -> None:
        if mark is None:
            self.children(element)
            return
        self.open.append((mark[0], self.length, mark[1]))
        self.children(element)
        emphasis, start, value = self.open.pop()
        if start < self.length:
            self.marks.append(Mark(start, self.length, emphasis, value))

    # --- elements with ways of their own

    def _a(self, element: Element) -> None:
        name, target = element.get("id") or "", element.get("href") or ""
        if name.startswith(ANCHOR):
            self.line = int(name.removeprefix(ANCHOR))
            self.children(element)
        elif note := _NOTE.match(target):
            if not note["back"]:  # the reference to a note; the way back is no text
                self.say(text_of(element).strip("[]"))
        elif _TARGET.match(target) or element.get("class") == LINK_CLASS:
            self._inline(element, (Emphasis.LINK, target))
        else:
            self.children(element)

    def _br(self, element: Element) -> None:
        if self.frame.kind in _FORCED:
            self.broken = bool("".join(self.text).strip())
        elif self.cells is not None:
            self.say(" ")
        else:
            self.flush()
        del element

    def _hr(self, element: Element) -> None:
        self.flush()
        self._move(element)
        self.walk.items.append(Item(kind=ItemKind.BLANK, span=Span(self.file, self.line, 1)))

    def _img(self, element: Element) -> None:
        source = element.get("data-src") or element.get("src") or ""
        if source:
            alternative = RichText(" ".join((element.get("alt") or "").split()))
            span = Span(self.file, self.line, 1)
            self.pending.append(Item(kind=ItemKind.PICTURE, source=source, text=alternative, span=span))

    def _ruby(self, element: Element) -> None:
        """Read pairs of base and reading; the brackets for old browsers are no text."""
        start = self.length
        self.say(element.text)
        for child in element:
            tag = tag_of(child)
            if tag == "rt":
                reading = text_of(child).strip()
                if reading and start < self.length:
                    self.marks.append(Mark(start, self.length, Emphasis.RUBY, reading))
                start = self.length
            elif tag != "rp":
                self.visit(child)
            self.say((child.tail or "").strip())
            if tag == "rt":
                start = self.length - len((child.tail or "").strip())

    def _ol(self, element: Element) -> None:
        self.flush()
        stated = element.get("start") or ""
        number = int(stated) if stated.isdigit() else 1
        self.say(element.text)
        for child in element:
            if tag_of(child) == "li":
                self.flush()
                own = child.get("value") or ""
                number = int(own) if own.isdigit() else number
                self.prefix = f"{number}. "
                number += 1
            self.visit(child)
            self.prefix = ""
            self.say(child.tail)
        self.flush()

    def _pre(self, element: Element) -> None:
        self.flush()
        self._move(element)
        for row in text_of(element).split("\n"):
            self.say(row)
            self.flush()
            self.line += 1

    def _figcaption(self, element: Element) -> None:
        self._block(element, _Frame(ItemKind.CAPTION))

    def _table(self, element: Element) -> None:
        """Read a table row by row: cells side by side, since a story's body holds paragraphs only."""
        rows = sum(tag_of(part) == "tr" for part in element.iter())
        if rows and self.cells is None:
            self.walk.findings.append(finding("W155", span=Span(self.file, self.line, 1), rows=rows))
        self._block(element, self.frame)

    def _tr(self, element: Element) -> None:
        if self.cells is not None:  # a table in a cell
            self._block(element, self.frame)
            return
        self.flush()
        line = self.line
        cells = [self._cell(element.text)]
        for child in element:
            cells += [self._cell(child), self._cell(child.tail)]
        text = joined([cell for cell in cells if cell], _CELLS)
        if text:
            self.walk.items.append(
                Item(kind=self.frame.kind, level=self.frame.level, text=text, span=Span(self.file, line, 1))
            )
        self.flush()

    def _cell(self, content: Element | str | None) -> RichText:
        """Return the text of one cell, its paragraphs run together."""
        self.cells = []
        if isinstance(content, str):
            self.say(content)
        elif content is not None and tag_of(content) in ("td", "th"):
            self._move(content)
            self.children(content)
        elif content is not None:
            self.visit(content)
        self.flush()
        text = joined(self.cells, " ")
        self.cells = None
        return text
