"""Read Markdown: CommonMark with tables, by markdown-it-py; its tokens become HTML with the lines they came from.

Two habits of Chinese writers that CommonMark does not know are mended: `**` beside a Chinese mark, which it leaves as
two stars, and a paragraph that begins with a year and a point, which it takes for item 2025 of a list (that one comes
out right by itself, since numbers of lists are kept).
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span
from layout.importers.hypertext import read_hypertext
from layout.importers.manuscript import Dropped, Guess, Item, Reading
from layout.importers.richtext import Edit, edited
from layout.importers.webpage import parsed, pictures_of
from layout.model import Emphasis, Mark, RichText
from layout.reading.source import Sources
from layout.reading.tree import Scalar, read_tree

if TYPE_CHECKING:
    from layout.importers.intake import Beside

_MATTER: Final = re.compile(r"\A---[ \t]*\n(?P<matter>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_STARS: Final = re.compile(r"\*\*(?=\S)(?P<text>[^*]+?)(?<=\S)\*\*")
_FIELDS: Final = {
    "title": "headline",
    "headline": "headline",
    "标题": "headline",
    "subtitle": "deck",
    "deck": "deck",
    "副题": "deck",
    "kicker": "kicker",
    "肩题": "kicker",
    "author": "byline",
    "byline": "byline",
    "作者": "byline",
    "dateline": "dateline",
    "tail": "tail",
    "source": "tail",
}
"""Details of front matter that a story has a field for."""


def read_markdown(text: str, file: str, beside: Beside) -> Reading:
    """Return what a Markdown text holds.

    Args:
        text: the file's text.
        file: its name for spans.
        beside: the files around it, for its pictures.
    """
    matter = _MATTER.match(text)
    body = text[matter.end() :] if matter else text
    first = text[: matter.end()].count("\n") + 1 if matter else 1
    fields, dropped, guesses = _matter(matter["matter"], file) if matter else ([], [], [])
    walk = read_hypertext(parsed(_as_html(body, first)), file, line=first)
    items = []
    if any(item.level == 1 for item in walk.items):  # the text's own head is the better one
        said = [(name, value) for name, value in fields if name == "headline"]
        dropped += (Dropped(text=value.text, kind="alternative", span=Span(file, 1, 1)) for _, value in said)
        fields = [pair for pair in fields if pair not in said]
        guesses = [guess for guess in guesses if guess.field != "headline"]
    for item in walk.items:
        mended = _mended(item)
        if mended.text != item.text:
            guesses.append(Guess(field="emphasis", text=mended.text.text, why="broken stars", span=item.span))
        items.append(mended)
    return Reading(
        items=tuple(items),
        dropped=(*dropped, *walk.dropped),
        guesses=tuple(guesses),
        findings=tuple(walk.findings),
        fields=tuple(fields),
        pictures=pictures_of(items, beside),
        source=text,
        name=file,
    )


def _as_html(body: str, first: int) -> str:
    """Return Markdown as HTML, each block with the line on which it begins."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - slow to import

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(body)
    for token in tokens:
        if token.map and token.nesting >= 0:
            token.attrSet("data-line", str(token.map[0] + first))
        if token.type == "list_item_open" and token.info:
            token.attrSet("value", token.info)  # the number that the author wrote
    return str(parser.renderer.render(tokens, parser.options, {}))


def _mended(item: Item) -> Item:
    """Return an item whose leftover pairs of stars are emphasis."""
    rich = item.text
    edits: list[Edit] = []
    marks: list[Mark] = []
    for match in _STARS.finditer(rich.text):
        edits += [Edit(match.start(), match.start() + 2, ""), Edit(match.end() - 2, match.end(), "")]
        marks.append(Mark(match.start() + 2, match.end() - 2, Emphasis.HEI))
    if not edits:
        return item
    return replace(item, text=edited(RichText(rich.text, (*rich.marks, *marks)), edits))


def _matter(text: str, file: str) -> tuple[list[tuple[str, RichText]], list[Dropped], list[Guess]]:
    """Read front matter: fields of the story, and the rest, which is dropped."""
    tree = read_tree("\n" + text, file, Sources(Path()))
    fields: list[tuple[str, RichText]] = []
    dropped: list[Dropped] = []
    guesses: list[Guess] = []
    if tree is None:
        return [], [Dropped(text=text, kind="metadata", span=Span(file, 1, 1))], []
    for key, value in tree.items:
        name = _FIELDS.get(key.text.lower(), "")
        if isinstance(value, Scalar) and name and value.text and name not in dict(fields):
            fields.append((name, RichText(" ".join(value.text.split()))))
            guesses.append(Guess(field=name, text=value.text, why="metadata", span=value.span))
            continue
        lines = text.split("\n")[key.span.line - 2 : max(value.span.end_line - 1, key.span.line - 1)]
        dropped.append(Dropped(text="\n".join(lines), kind="metadata", span=key.span))
    return fields, dropped, guesses
