"""What a Word file says beside its text: tracked changes, comments, running heads, the look of its paragraphs.

mammoth accepts insertions, drops deletions and passes over comments without a word; this scan reads the same XML
beside it (ECMA-376 part 1, 17.13) and keeps the place of each. It also writes a bookmark into every paragraph, so
that what mammoth makes of the file can be traced to its paragraphs. Files with a document type are refused: no part
of a Word file has one, and an entity in it could read other files or swell without end.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from layout.importers.hypertext import ANCHOR
from layout.importers.intake import unpacked
from layout.importers.manuscript import Look
from layout.importers.problem import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Element = Any
"""An element of lxml, which ships no types."""

_WORD: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATH: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_COMPATIBLE: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"

_NOT_XML: Final = ("XML: {error}", "XML 有误：{error}")
_DOCUMENT_TYPE: Final = ("it has a document type, which may hold entities", "含有文档类型定义，其中可能有实体")
_NO_DOCUMENT: Final = ("it has no main document", "没有正文部分")

_DOCUMENT: Final = "officeDocument"
_RELATIONS: Final = "_rels/.rels"
_MARK_IDS: Final = 1_000_000
_LARGE: Final = 1.2
"""A line is large where its type is so many times the size of most of the text."""

_USUAL_SIZE: Final = 21
"""Half-points of Word's Chinese body text, 五号."""

_CENTRED: Final = frozenset({"center", "centre"})
_OFF: Final = frozenset({"0", "false", "none", "off"})
_HELD: Final = ("drawing", "pict", "object", "delText", "footnoteReference", "sym")
"""What a paragraph without text may hold."""

_DELETED: Final = frozenset({"del", "moveFrom"})
_INSERTED: Final = frozenset({"ins", "moveTo"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Text beside the text: the paragraph it belongs to (0 for none), and who is behind it."""

    kind: str
    text: str
    paragraph: int = 0
    by: str = ""


@dataclass(slots=True)
class Scan:
    """What the scan found: the kept text and look of each paragraph by its number, and everything beside it.

    `empty` are the paragraphs that hold nothing at all and stand in no table.
    """

    paragraphs: dict[int, str] = field(default_factory=dict)
    looks: dict[int, Look] = field(default_factory=dict)
    empty: set[int] = field(default_factory=set)
    notes: str = ""
    note_count: int = 0
    asides: list[Aside] = field(default_factory=list)
    insertions: list[Aside] = field(default_factory=list)
    anchored: bytes = b""


def parse_xml(data: bytes) -> Element:
    """Return the root of an XML text.

    Raises:
        UnreadableError: it is not well-formed, or it has a document type.
    """
    from lxml import etree  # noqa: PLC0415 - slow to import

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(_NOT_XML, error=error) from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableError(_DOCUMENT_TYPE)
    return root


def scan(data: bytes) -> Scan:
    """Return what a Word file holds beside its text.

    Raises:
        UnreadableError: the file is no Word file that can be read, or its archive unfolds beyond the limits.
    """
    parts = unpacked(data)
    trees = {name: parse_xml(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    main = _main_part(trees)
    found = Scan()
    document = trees[main]
    paragraphs = {paragraph: number for number, paragraph in enumerate(_named(document, "p"), 1)}
    _read_paragraphs(document, paragraphs, found)
    _read_changes(document, paragraphs, found)
    folder = str(PurePosixPath(main).parent)
    _read_comments(trees.get(f"{folder}/comments.xml"), document, paragraphs, found)
    for name, tree in sorted(trees.items()):
        stem = PurePosixPath(name).name
        for kind, start in (("header", "header"), ("footer", "footer")):
            if stem.startswith(start) and stem.endswith(".xml"):
                found.asides += (Aside(kind=kind, text=text) for text in _paragraph_texts(tree))
        if stem in ("footnotes.xml", "endnotes.xml"):
            _read_notes(tree, found)
    found.anchored = _anchored(parts, main, document, paragraphs)
    return found


def _main_part(trees: Mapping[str, Element]) -> str:
    relations = trees.get(_RELATIONS)
    for relation in () if relations is None else relations:
        if str(relation.get("Type", "")).endswith("/" + _DOCUMENT):
            name = str(relation.get("Target", "")).lstrip("/")
            if name in trees:
                return name
    raise UnreadableError(_NO_DOCUMENT)


def _local(element: Element) -> tuple[str, str]:
    tag = element.tag
    if not isinstance(tag, str):
        return "", ""
    space, _, name = tag.rpartition("}")
    return space[1:], name


def _is_word(element: Element, *names: str) -> bool:
    space, name = _local(element)
    return space in _WORD and name in names


def _named(root: Element, *names: str) -> Iterator[Element]:
    return (element for element in root.iter() if _is_word(element, *names))


def _value(element: Element, name: str = "val") -> str:
    return next((str(element.get(f"{{{space}}}{name}")) for space in _WORD if element.get(f"{{{space}}}{name}")), "")


def _child(element: Element | None, name: str) -> Element | None:
    return None if element is None else next((child for child in element if _is_word(child, name)), None)


def _is_on(element: Element | None) -> bool:
    return element is not None and _value(element).lower() not in _OFF


def _within(element: Element, names: Iterable[str]) -> Element | None:
    """Return the nearest ancestor of one of these names."""
    wanted = frozenset(names)
    return next((outer for outer in element.iterancestors() if _is_word(outer, *wanted)), None)


def _is_hidden(element: Element) -> bool:
    """Tell whether an element stands in the newer of two versions, where readers take the older."""
    for outer in element.iterancestors():
        space, name = _local(outer)
        if space == _COMPATIBLE and name == "Choice":
            return any(_local(other) == (_COMPATIBLE, "Fallback") for other in outer.getparent())
    return False


def _number_of(element: Element, paragraphs: Mapping[Element, int]) -> int:
    paragraph = _within(element, ("p",))
    return paragraphs.get(paragraph, 0) if paragraph is not None else 0


def _read_paragraphs(document: Element, paragraphs: Mapping[Element, int], found: Scan) -> None:
    texts: dict[int, list[str]] = {number: [] for number in paragraphs.values()}
    sizes: dict[int, list[tuple[int, int]]] = {}
    bold: dict[int, bool] = {}
    for element in _named(document, "t"):
        if _is_hidden(element) or _within(element, _DELETED) is not None:
            continue
        number = _number_of(element, paragraphs)
        text = element.text or ""
        texts.setdefault(number, []).append(text)
        details = _child(_within(element, ("r",)), "rPr")
        size = _child(details, "sz")
        stated = _value(size) if size is not None else ""
        sizes.setdefault(number, []).append((int(stated) if stated.isdigit() else _USUAL_SIZE, len(text)))
        if text.strip():
            bold[number] = bold.get(number, True) and _is_on(_child(details, "b"))
    found.paragraphs = {number: "".join(parts) for number, parts in texts.items()}
    usual = _usual([pair for pairs in sizes.values() for pair in pairs])
    for paragraph, number in paragraphs.items():
        place = _child(_child(paragraph, "pPr"), "jc")
        largest = max((size for size, length in sizes.get(number, ()) if length), default=0)
        look = Look(
            centred=place is not None and _value(place) in _CENTRED,
            bold=bold.get(number, False),
            large=largest >= usual * _LARGE,
        )
        if look != Look():
            found.looks[number] = look
        held = bool(texts[number]) or any(_is_word(part, *_HELD) for part in paragraph.iter())
        if not held and _within(paragraph, ("tc",)) is None:
            found.empty.add(number)
    for element in document.iter():
        space, name = _local(element)
        if space in _MATH and name == "t" and not _is_hidden(element) and (element.text or "").strip():
            found.asides.append(
                Aside(kind="formula", text=str(element.text), paragraph=_number_of(element, paragraphs))
            )


def _usual(sizes: list[tuple[int, int]]) -> int:
    """Return the size that most of the text has."""
    counts: dict[int, int] = {}
    for size, length in sizes:
        counts[size] = counts.get(size, 0) + length
    return max(sorted(counts), key=lambda size: counts[size], default=_USUAL_SIZE)


def _read_changes(document: Element, paragraphs: Mapping[Element, int], found: Scan) -> None:
    """Keep tracked deletions and insertions, one for each stretch that one author changed at once."""
    for change in _named(document, *_DELETED, *_INSERTED):
        if _is_hidden(change) or _within(change, (*_DELETED, *_INSERTED)) is not None:
            continue
        _, name = _local(change)
        text = "".join(
            part.text or "" for part in _named(change, "t", "delText") if not _is_hidden(part) or _is_hidden(change)
        )
        if not text:
            continue
        inner_deleted = "".join(
            part.text or ""
            for part in _named(change, "t", "delText")
            if name in _INSERTED and _within(part, _DELETED) is not None
        )
        by, number = _value(change, "author"), _number_of(change, paragraphs)
        if name in _DELETED:
            found.asides.append(Aside(kind="deletion", text=text, paragraph=number, by=by))
            continue
        if inner_deleted:  # inserted by one, deleted again by another
            found.asides.append(Aside(kind="deletion", text=inner_deleted, paragraph=number, by=by))
        kept = "".join(part.text or "" for part in _named(change, "t") if _within(part, _DELETED) is None)
        if kept:
            found.insertions.append(Aside(kind="insertion", text=kept, paragraph=number, by=by))


def _read_comments(comments: Element | None, document: Element, paragraphs: Mapping[Element, int], found: Scan) -> None:
    places = {_value(mark, "id"): _number_of(mark, paragraphs) for mark in _named(document, "commentReference")}
    for comment in () if comments is None else _named(comments, "comment"):
        text = " ".join(_paragraph_texts(comment))
        if text:
            number = places.get(_value(comment, "id"), 0)
            found.asides.append(Aside(kind="comment", text=text, paragraph=number, by=_value(comment, "author")))


def _read_notes(tree: Element, found: Scan) -> None:
    for note in _named(tree, "footnote", "endnote"):
        texts = list(_paragraph_texts(note))
        if texts:
            found.notes += "".join(texts)
            found.note_count += 1


def _paragraph_texts(root: Element) -> Iterator[str]:
    """Yield the texts of the paragraphs in a part of the file, without those that are empty."""
    for paragraph in _named(root, "p"):
        text = "".join(
            part.text or ""
            for part in _named(paragraph, "t", "delText")
            if not _is_hidden(part) and _within(part, ("p",)) is paragraph
        )
        if text.strip():
            yield text


def _anchored(parts: Mapping[str, bytes], main: str, document: Element, paragraphs: Mapping[Element, int]) -> bytes:
    """Return the file with a bookmark at the beginning of each paragraph."""
    from lxml import etree  # noqa: PLC0415

    for paragraph, number in paragraphs.items():
        space, _ = _local(paragraph)
        mark = etree.Element(f"{{{space}}}bookmarkStart")
        mark.set(f"{{{space}}}id", str(_MARK_IDS + number))
        mark.set(f"{{{space}}}name", f"{ANCHOR}{number}")
        details = _child(paragraph, "pPr")
        paragraph.insert(0 if details is None else paragraph.index(details) + 1, mark)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, etree.tostring(document.getroottree()) if name == main else part)
    return packed.getvalue()
