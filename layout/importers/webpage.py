"""Read web pages: the article of an HTML file, its headline, pictures and captions; what surrounds it is dropped."""

from __future__ import annotations

import base64
import binascii
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, unquote_to_bytes

from layout.diagnostics import Span
from layout.importers.hypertext import UNSEEN, Element, read_hypertext, tag_of, text_of
from layout.importers.manuscript import Dropped, Item, ItemKind, Picture, Reading
from layout.importers.richtext import bare
from layout.model import RichText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layout.importers.intake import Beside

_DECLARED: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,24})", re.IGNORECASE)
_XML_DECLARED: Final = re.compile(rb"\A\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9_-]{2,24})")
_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DATA: Final = re.compile(
    r"data:(?P<type>[\w/+.-]*)(?:;[\w=-]+)*?(?P<coded>;base64)?,(?P<body>.*)", re.DOTALL | re.IGNORECASE
)
_WIDER: Final = MappingProxyType({"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs"})
"""What pages declare, and the wider encoding that browsers read it by (WHATWG Encoding, 4.2)."""

_HEAD: Final = 4096


def declared_encoding(data: bytes) -> str:
    """Return the encoding that a page or an XML file states for itself, or nothing."""
    found = _XML_DECLARED.match(data[:_HEAD]) or _DECLARED.search(data[:_HEAD])
    name = found[1].decode("ascii").lower() if found else ""
    return _WIDER.get(name, name)


def read_webpage(text: str, file: str, beside: Beside) -> Reading:
    """Return what an HTML text holds.

    Args:
        text: the page.
        file: its name for spans.
        beside: the files around it, for its pictures; nothing is fetched from the net.
    """
    root = parsed(text)
    article = _article(root)
    title = next((element for element in root.iter() if tag_of(element) == "title"), None)
    said = " ".join((title.text or "").split()) if title is not None else ""
    span = Span(file, getattr(title, "sourceline", 0) or 1, 1)
    walk = read_hypertext(article, file)
    dropped = [*_outside(root, article, file), *walk.dropped]
    items = walk.items
    heads = any(item.kind in (ItemKind.HEADLINE, ItemKind.HEADING) for item in items)
    if said and heads:
        dropped.append(Dropped(text=said, kind="title", span=span))
    elif said:
        items = [Item(kind=ItemKind.HEADLINE, text=RichText(said), span=span), *items]
    return Reading(
        items=tuple(items),
        dropped=tuple(dropped),
        findings=tuple(walk.findings),
        pictures=pictures_of(items, beside),
        source=text,
        name=file,
    )


def parsed(text: str) -> Element:
    """Return the root element of an HTML text, however broken; nothing is resolved or fetched."""
    from lxml import etree, html  # noqa: PLC0415 - slow to import

    text = _DECLARATION.sub("", text.replace("\0", "\ufffd"))
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    made = html.document_fromstring(text, parser=parser) if text.strip() else None
    return made if made is not None else etree.fromstring("<html><body/></html>")


def pictures_of(items: Iterable[Item], beside: Beside) -> MappingProxyType[str, Picture]:
    """Return the pictures that items name: out of `data:` addresses and from the files around."""
    found = {}
    for item in items:
        if item.kind is ItemKind.PICTURE:
            found[item.source] = Picture(source=item.source, data=_picture_bytes(item.source, beside))
    return MappingProxyType(found)


def _picture_bytes(source: str, beside: Beside) -> bytes | None:
    packed = _DATA.match(source)
    if packed:
        try:
            raw = unquote_to_bytes(packed["body"])
            return base64.b64decode(raw, validate=False) if packed["coded"] else raw
        except (binascii.Error, ValueError):
            return None
    path = source.partition("?")[0].partition("#")[0]
    return None if "://" in path or path.startswith("//") else beside.read(unquote(path))


def _article(root: Element) -> Element:
    """Return the one element that holds the article: `<article>`, else `<main>`, else all of the page."""
    for tag in ("article", "main"):
        found = [element for element in root.iter() if tag_of(element) == tag and bare(text_of(element))]
        if len(found) == 1:
            return found[0]
    return next((element for element in root.iter() if tag_of(element) == "body"), root)


def _outside(root: Element, article: Element, file: str) -> list[Dropped]:
    """Return the text before and behind the article."""
    dropped: list[Dropped] = []

    def visit(element: Element) -> None:
        if element is article or not tag_of(element) or tag_of(element) in UNSEEN:
            return
        keep(element.text, element)
        for child in element:
            visit(child)
            keep(child.tail, child)

    def keep(text: str | None, element: Element) -> None:
        words = " ".join((text or "").split())
        if words:
            dropped.append(Dropped(text=words, kind="outside", span=Span(file, element.sourceline or 1, 1)))

    visit(root)
    return dropped
