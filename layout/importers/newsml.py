"""Read NewsML-G2: text items with NITF, XHTML or plain text in them, alone or in a news message with their pictures.

Every text of the file is either taken or listed as dropped: what is taken is marked on the way, and the rest of the
tree is read off at the end (NewsML-G2 specification 2.30; NITF 3.6).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span
from layout.importers.hypertext import Element, read_hypertext, tag_of
from layout.importers.manuscript import Dropped, Guess, Item, ItemKind, Picture, Reading
from layout.importers.ninjs import rank_of
from layout.importers.problem import UnreadableError
from layout.importers.richtext import tidied
from layout.importers.webpage import pictures_of
from layout.importers.wordscan import parse_xml
from layout.model import RichText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layout.diagnostics import Diagnostic
    from layout.importers.intake import Beside

_ITEMS: Final = "newsitem"
_PICTURES: Final = ("picture", "graphic")
_TEXT: Final = "text"

_NO_TEXT: Final = ("there is no news item with text in it", "其中没有文字稿件")

_META: Final = {
    "headline": ItemKind.HEADLINE,
    "by": ItemKind.BYLINE,
    "dateline": ItemKind.DATELINE,
}
"""Elements of `contentMeta` that are copy."""

_SUBHEADS: Final = frozenset({"hld:subheadline", "hlrole:sub", "subheadline", "sub", "deck"})
_KICKERS: Final = frozenset({"hlrole:kicker", "kicker", "overline"})

_NITF: Final = {
    "hl1": ItemKind.HEADLINE,
    "hl2": ItemKind.DECK,
    "byline": ItemKind.BYLINE,
    "dateline": ItemKind.DATELINE,
    "distributor": ItemKind.TAIL,
    "tagline": ItemKind.TAIL,
    "media-caption": ItemKind.CAPTION,
    "media-producer": ItemKind.CREDIT,
}
"""Elements of NITF that are copy by themselves; `hl2` in the body is a subhead."""

_CAPTIONS: Final = ("description", "headline")
_CREDITS: Final = ("by", "creditline")


def read_newsml(data: bytes, text: str, file: str, beside: Beside) -> tuple[Reading, ...]:
    """Return what the text items of a NewsML-G2 file hold.

    Args:
        data: the file.
        text: the same as text, for the excerpts of findings.
        file: its name for spans.
        beside: the files around it, for its pictures.

    Raises:
        UnreadableError: the file is no well-formed XML, has a document type, or holds no text item.
    """
    root = parse_xml(data)
    items = [element for element in root.iter() if tag_of(element) == _ITEMS]
    texts = [item for item in items if _class_of(item) not in _PICTURES]
    if not texts:
        raise UnreadableError(_NO_TEXT)
    pictures = [item for item in items if _class_of(item) in _PICTURES]
    readings = []
    taken: set[Element] = set()
    for number, item in enumerate(texts):
        own = [other for other in pictures if _refers(item, other)]
        loose = [other for other in pictures if not any(_refers(text_item, other) for text_item in texts)]
        reader = _Reader(item, file, beside, taken)
        readings.append(reader.read([*own, *(loose if number == 0 else [])], text))
    left = tuple(
        Dropped(text=" ".join(words.split()), kind="metadata", span=Span(file, place.sourceline or 1, 1))
        for place, words in _untaken(root, taken)
    )
    first = readings[0]
    readings[0] = Reading(
        items=first.items,
        dropped=(*first.dropped, *left),
        guesses=first.guesses,
        findings=first.findings,
        fields=first.fields,
        pictures=first.pictures,
        source=first.source,
        name=first.name,
    )
    return tuple(readings)


def _class_of(item: Element) -> str:
    """Return the nature of an item: the code behind `ninat:`."""
    found = next((element for element in item.iter() if tag_of(element) == "itemclass"), None)
    code = "" if found is None else str(found.get("qcode") or found.get("uri") or "")
    return code.rpartition(":")[2].rpartition("/")[2]


def _refers(item: Element, other: Element) -> bool:
    """Tell whether an item links to another one."""
    guid = other.get("guid")
    return bool(guid) and any(
        element.get("residref") == guid or element.get("href") == guid
        for element in item.iter()
        if tag_of(element) in ("link", "remotecontent")
    )


def _untaken(root: Element, taken: set[Element]) -> Iterator[tuple[Element, str]]:
    """Yield the texts that nothing took."""
    if root in taken or not tag_of(root):
        return
    if (root.text or "").strip():
        yield root, root.text
    for child in root:
        yield from _untaken(child, taken)
        if (child.tail or "").strip():
            yield child, child.tail


@dataclass(slots=True)
class _Found:
    items: list[Item] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    fields: dict[str, object] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)


class _Reader:
    """Reads one text item and the picture items that belong to it."""

    def __init__(self, item: Element, file: str, beside: Beside, taken: set[Element]) -> None:
        self.item = item
        self.file = file
        self.beside = beside
        self.taken = taken
        self.found = _Found()

    def read(self, pictures: Iterable[Element], text: str) -> Reading:
        meta = next((element for element in self.item.iter() if tag_of(element) == "contentmeta"), None)
        if meta is not None:
            self._urgency(meta)
        body = self._body()
        stated = {item.kind for item in body}
        heads = [] if meta is None else list(self._meta(meta, stated))
        self.found.items = [*heads, *body]
        for picture in pictures:
            self._picture(picture)
        return Reading(
            items=tuple(self.found.items),
            dropped=tuple(self.found.dropped),
            guesses=tuple(self.found.guesses),
            findings=tuple(self.found.findings),
            fields=tuple(self.found.fields.items()),
            pictures=MappingProxyType(self.found.pictures),
            source=text,
            name=self.file,
        )

    def _span(self, element: Element) -> Span:
        return Span(self.file, element.sourceline or 1, 1)

    def _urgency(self, meta: Element) -> None:
        for element in meta:
            if tag_of(element) == "urgency" and (element.text or "").strip().isdigit():
                self.taken.add(element)
                rank = rank_of(int(element.text))
                self.found.fields["rank"] = rank
                guess = Guess(field="rank", text=str(rank), why="urgency", span=self._span(element))
                self.found.guesses.append(guess)
                return

    def _meta(self, meta: Element, stated: set[ItemKind]) -> Iterator[Item]:
        """Yield the heads of `contentMeta` that the body does not bring itself."""
        for element in meta:
            kind = _META.get(tag_of(element))
            role = str(element.get("role") or "")
            if kind is ItemKind.HEADLINE and (role in _SUBHEADS or role in _KICKERS):
                kind = ItemKind.DECK if role in _SUBHEADS else ItemKind.KICKER
            if kind is None or kind in stated:
                continue
            if kind is ItemKind.HEADLINE:
                stated = {*stated, kind}
            rich = tidied(RichText("".join(element.itertext())))
            if rich:
                self.taken.add(element)
                yield Item(kind=kind, text=rich, span=self._span(element))

    # --- body

    def _body(self) -> list[Item]:
        for element in self.item.iter():
            name = tag_of(element)
            if name == "inlinexml":
                self.taken.add(element)
                nitf = next((part for part in element.iter() if tag_of(part) == "nitf"), None)
                return self._nitf(nitf) if nitf is not None else self._hypertext(element)
            if name == "inlinedata":
                self.taken.add(element)
                return [
                    Item(kind=ItemKind.PARAGRAPH, text=rich, span=Span(self.file, (element.sourceline or 1) + at, 1))
                    for at, row in enumerate((element.text or "").split("\n"))
                    if (rich := tidied(RichText(row)))
                ]
        return []

    def _hypertext(self, element: Element) -> list[Item]:
        for part in element.iter():
            if tag_of(part) == "title" and (part.text or "").strip():
                self.found.dropped.append(Dropped(text=part.text.strip(), kind="title", span=self._span(part)))
        walk = read_hypertext(element, self.file)
        self.found.dropped += walk.dropped
        self.found.findings += walk.findings
        self.found.pictures.update(pictures_of(walk.items, self.beside))
        return walk.items

    def _nitf(self, nitf: Element) -> list[Item]:
        """Read NITF by renaming what HTML does not know to elements with roles."""
        bodies = [element for element in nitf.iter() if tag_of(element) == "body.content"]
        inside = {element for body in bodies for element in body.iter()}
        for element in list(nitf.iter()):
            name = tag_of(element)
            if name == "hl2" and element in inside:
                element.tag = "h2"
            elif name in _NITF:
                element.set("class", _NITF[name].value)
                element.tag = "h1" if name == "hl1" else "p"
            elif name == "media-reference" and element.get("source"):
                element.tag = "img"
                element.set("src", element.get("source"))
            elif name == "head":
                self._metadata(element)
            elif name in ("q", "person", "org", "location", "chron", "money", "num", "event", "function", "em"):
                element.tag = "span" if name != "em" else "em"
            elif name in ("body.head", "body.content", "body.end", "hedline", "media", "bq", "block", "body", "nitf"):
                element.tag = "div"
        return self._hypertext(nitf)

    def _metadata(self, element: Element) -> None:
        """Drop the head of a NITF text, saying so."""
        for text in element.itertext():
            if text.strip():
                words = " ".join(text.split())
                self.found.dropped.append(Dropped(text=words, kind="metadata", span=self._span(element)))
        for part in list(element):
            element.remove(part)
        element.text = None

    # --- pictures

    def _picture(self, item: Element) -> None:
        contents = [part for part in item.iter() if tag_of(part) == "remotecontent" and part.get("href")]
        best = max(contents, key=_width, default=None)
        if best is None:
            return
        source = str(best.get("href"))
        place = Item(kind=ItemKind.PICTURE, source=source, span=self._span(item))
        self.found.pictures.update(pictures_of([place], self.beside))
        self.found.items.append(place)
        meta = next((part for part in item.iter() if tag_of(part) == "contentmeta"), None)
        if meta is None:
            return
        for names, kind in ((_CAPTIONS, ItemKind.CAPTION), (_CREDITS, ItemKind.CREDIT)):
            for name in names:
                found = next((part for part in meta if tag_of(part) == name and "".join(part.itertext()).strip()), None)
                if found is not None:
                    self.taken.add(found)
                    rich = tidied(RichText("".join(found.itertext())))
                    self.found.items.append(Item(kind=kind, text=rich, span=self._span(found)))
                    break


def _width(element: Element) -> int:
    stated = str(element.get("width") or "")
    return int(stated) if stated.isdigit() else 0
