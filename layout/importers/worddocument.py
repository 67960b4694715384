"""Read Word files (.docx of Word, WPS, LibreOffice): mammoth makes them HTML, our own scan says what that leaves out.

Lines of spans are paragraphs, counted from 1 as they stand in the file. What the scan saw as text and mammoth did not
bring is found by comparing the two paragraph by paragraph, and is listed: no word is lost in silence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from layout.diagnostics import Span, finding
from layout.diagnostics.hints import hint
from layout.importers.hypertext import ANCHOR, UNSEEN, Element, read_hypertext, tag_of
from layout.importers.manuscript import Dropped, Item, ItemKind, Look, Picture, Reading
from layout.importers.problem import UnreadableError
from layout.importers.richtext import bare
from layout.importers.webpage import parsed
from layout.importers.wordscan import Scan, scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layout.diagnostics import Diagnostic

STYLES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "h1.headline": ("Title", "标题", "大标题", "主标题", "主题", "Headline", "新闻标题", "文章标题"),
        "p.kicker": ("Kicker", "肩题", "引题", "眉题"),
        "p.deck": ("Subtitle", "副标题", "副题", "Deck"),
        "p.byline": ("Byline", "Author", "署名", "作者"),
        "p.dateline": ("Dateline", "电头"),
        "p.caption": ("Caption", "题注", "图注", "图片说明"),
        "p.credit": ("Credit", "摄影"),
        "p.tail": ("Source", "来源", "落款"),
        "h2": ("Heading 1", "标题 1", "Subhead", "小标题"),
        "h3": ("Heading 2", "标题 2"),
        "h4": ("Heading 3", "标题 3"),
        "h5": ("Heading 4", "标题 4", "Heading 5", "标题 5", "Heading 6", "标题 6"),
        "blockquote > p": ("Quote", "Intense Quote", "引用", "明显引用", "引文"),
    }
)
"""Paragraph styles by what becomes of them. Heading 1 stands below Title: where there is no title, it is the head."""

FOREIGN: Final = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        ("a binary Word or WPS file, or has a password", "二进制 Word 或 WPS 文件，或设有密码"),
    ),
    (b"{\\rtf", ("an RTF file", "RTF 文件")),
)
"""How the files begin that are often sent in place of .docx."""

_OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument"
_HINT: Final = hint("save-docx")
_SAID_BY_NOBODY: Final = "?"


def read_word(data: bytes, file: str) -> Reading | Diagnostic:
    """Return what a Word file holds, or the error that stops it.

    Args:
        data: the file.
        file: its name for spans.
    """
    found = next((words for start, words in FOREIGN if data.startswith(start)), None)
    if found is None and _OPEN_DOCUMENT in data[:128]:
        found = ("an OpenDocument file", "OpenDocument 文件")
    if found is not None:
        return finding("E151", span=Span(file), file=file, found=found[0], found_zh=found[1], hint=_HINT)
    try:
        seen = scan(data)
        markup, pictures = _converted(seen.anchored)
    except UnreadableError as error:
        values = {"problem": error.problem, "problem_zh": error.problem_zh}
        return finding("E157", span=Span(file), file=file, kind="docx", **values)
    except Exception as error:  # noqa: BLE001 - mammoth raises anything at all over damaged files
        return finding("E157", span=Span(file), file=file, kind="docx", problem=f"{type(error).__name__}: {error}")
    root = parsed(markup)
    walk = read_hypertext(root, file, line=1)
    dropped = [*_asides(seen, file), *_unread(root, seen, file)]
    findings = [*walk.findings, *_insertions(seen, file)]
    if seen.note_count:
        findings.append(finding("W162", span=Span(file), count=seen.note_count))
    return Reading(
        items=tuple(_with_looks(walk.items, seen)),
        dropped=tuple(dropped),
        findings=tuple(findings),
        pictures=MappingProxyType(pictures),
        source="\n".join(seen.paragraphs.get(number, "") for number in range(1, max(seen.paragraphs, default=0) + 1)),
        name=file,
    )


def _converted(data: bytes) -> tuple[str, dict[str, Picture]]:
    """Return the file as HTML and its pictures by the names that stand in it."""
    import mammoth  # noqa: PLC0415 - slow to import

    pictures: dict[str, Picture] = {}

    def keep(image: Any) -> dict[str, str]:  # noqa: ANN401 - mammoth ships no types
        name = f"image{len(pictures) + 1}"
        try:
            with image.open() as stream:
                content = stream.read()
        except (OSError, KeyError, ValueError):
            content = None
        pictures[name] = Picture(source=name, data=content)
        return {"src": name}

    result = mammoth.convert_to_html(
        BytesIO(data),
        style_map=_style_map(),
        include_embedded_style_map=False,
        convert_image=mammoth.images.img_element(keep),
        external_file_access=False,
    )
    return str(result.value), pictures


def _style_map() -> str:
    return "\n".join(f"p[style-name='{name}'] => {target}:fresh" for target, names in STYLES.items() for name in names)


def _with_looks(items: list[Item], seen: Scan) -> Iterator[Item]:
    """Yield items with the look of their paragraphs, and a blank where the file has an empty paragraph or more."""
    last = 0
    for item in items:
        empty = [at for at in range(last + 1, item.span.line) if at in seen.empty]
        if last and empty:
            yield Item(kind=ItemKind.BLANK, span=Span(item.span.file, empty[0], 1))
        last = max(last, item.span.line)
        yield replace(item, look=seen.looks.get(item.span.line, Look()))


def _asides(seen: Scan, file: str) -> Iterator[Dropped]:
    for aside in seen.asides:
        span = Span(file, aside.paragraph, 1) if aside.paragraph else Span(file)
        yield Dropped(text=aside.text, kind=aside.kind, span=span, by=aside.by or _SAID_BY_NOBODY)


def _insertions(seen: Scan, file: str) -> Iterator[Diagnostic]:
    for aside in seen.insertions:
        yield finding("W152", span=Span(file, aside.paragraph, 1), by=aside.by or _SAID_BY_NOBODY, text=aside.text)


def _unread(root: Element, seen: Scan, file: str) -> Iterator[Dropped]:
    """Yield the characters that the scan saw and mammoth did not bring, paragraph by paragraph."""
    brought: dict[int, Counter[str]] = {}
    for number, text in _numbered_texts(root):
        brought.setdefault(number, Counter()).update(bare(text))
    for number, text in (*sorted(seen.paragraphs.items()), (0, seen.notes)):
        left = brought.get(number, Counter()).copy()
        missing = []
        for char in bare(text):
            if left[char]:
                left[char] -= 1
            else:
                missing.append(char)
        if missing:
            span = Span(file, number, 1) if number else Span(file)
            yield Dropped(text="".join(missing), kind="unread", span=span)


def _numbered_texts(root: Element) -> Iterator[tuple[int, str]]:
    """Yield the texts of a tree with the number of the paragraph they come from; notes have number 0."""
    number = 0

    def walk(element: Element) -> Iterator[tuple[int, str]]:
        nonlocal number
        if not tag_of(element) or tag_of(element) in UNSEEN:
            return
        name = element.get("id") or ""
        if name.startswith(ANCHOR):
            number = int(name.removeprefix(ANCHOR))
        elif tag_of(element) == "li" and name.startswith(("footnote-", "endnote-")):
            number = 0
        if element.text:
            yield number, element.text
        for child in element:
            yield from walk(child)
            if child.tail:
                yield number, child.tail

    yield from walk(root)
