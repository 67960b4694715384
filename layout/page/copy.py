"""A story's text, shaped once and ready to be set at any measure.

`prepare_copy` turns a story into a list of items: a byline line where there is no dateline, paragraphs (the first
run in with dateline and reporter, or with where the story began), subheads, and the tail credit, which shares the last
line where there is room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

from layout.model import BlockKind, Emphasis, RichText, Table
from layout.page.form import prepare_form
from layout.page.listing import item_sign
from layout.page.marks import inline_ruby, places_of, raised_of, roles_of, words_of
from layout.page.tabular import prepare_table
from layout.text.justify import prepare
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape
from layout.text.vertical import shape_vertical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.fontbook import Fontbook
    from layout.model import Block, Form, Mark, Story
    from layout.page.panel import Panel
    from layout.style import Align, Style, TextStyle
    from layout.text.justify import Material

ItemKind = Literal["paragraph", "item", "subhead", "byline", "tail", "jump", "insert"]

IDEOGRAPHIC_SPACE: Final = "\u3000"
NAME_SHORT: Final = 2
NAME_LONG: Final = 3
"""Two-character names are spread to the width of three-character ones (CLReq; a custom of bylines)."""


class Matter(Protocol):
    """What an insert is made of, shaped: it can be set at any measure."""

    def at(self, measure: int) -> Panel:
        """Return the insert at a measure in mpt."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CopyItem:
    """One paragraph, subhead or line of a story, shaped.

    `number` counts the story's blocks (0 for byline and tail), `lead` is how many characters of the text come before
    the block's own (dateline and reporter), `source` the block's text for findings; `gap` asks verse for a blank
    before it. `ornaments` are stretches (start, end) of the text with emphasis dots or the line of names. An item of a
    list stands `hang` mpt in, its `sign` before it; an insert has its `matter`, and its words as `material`.
    """

    kind: ItemKind
    number: int
    material: Material
    text_style: TextStyle
    indent: int
    align: Align
    lines: int = 0
    lead: int = 0
    source: RichText | None = None
    gap: bool = False
    ornaments: tuple[Mark, ...] = ()
    hang: int = 0
    sign: Material | None = None
    matter: Matter | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Copy:
    """A story's items in reading order, with the style it is set in (the page's, or the story's own).

    `missing` are (offset, character, text) that no face has.
    """

    story: Story
    style: Style
    items: tuple[CopyItem, ...]
    missing: tuple[tuple[int, str, RichText], ...]

    @property
    def characters(self) -> int:
        """Characters of all items, white space aside."""
        return sum(len("".join(item.material.shaped.text.split())) for item in self.items)


def prepare_copy(story: Story, style: Style, book: Fontbook) -> Copy:
    """Return the story's items shaped for a style, for the lines in which it is set."""
    rules = style.composition
    vertical = story.setting == "vertical"
    running, shaping = (style.verse, shape_vertical) if vertical else (style.body, shape)
    items: list[CopyItem] = []
    missing: list[tuple[int, str, RichText]] = []

    def add(
        kind: ItemKind,
        number: int,
        text: RichText,
        text_style: TextStyle,
        spans: tuple[tuple[int, int, str], ...] = (),
        lead: int = 0,
        source: RichText | None = None,
        before: tuple[RichText, ...] = (),
        *,
        gap: bool = False,
        hang: int = 0,
        sign: Material | None = None,
        matter: Matter | None = None,
    ) -> None:
        shaped = shaping(
            text.text,
            ShapeStyle(text_style.role, text_style.size, story.region, rules.level),
            book,
            (*spans, *roles_of(text, rules)),
            places_of(text.text, story.names) if text_style.align == "justify" or vertical else words_of(text.text),
            raised_of(text, text_style.size, rules),
        )
        missing.extend(_places(text.text, shaped.missing, lead, before, source or text))
        items.append(
            CopyItem(
                kind=kind,
                number=number,
                material=prepare(shaped, rules),
                text_style=text_style,
                indent=round(text_style.indent_em * text_style.size) if kind == "paragraph" else 0,
                align=text_style.align,
                lines=text_style.lines if kind == "subhead" else 0,
                lead=lead,
                source=source or text,
                gap=gap,
                hang=hang,
                sign=sign,
                matter=matter,
                ornaments=tuple(mark for mark in text.marks if mark.emphasis in (Emphasis.DOTS, Emphasis.NAME)),
            ),
        )

    first = True
    if story.byline and not story.dateline:
        add("byline", 0, _spread(story.byline, style), style.byline, source=story.byline)
    for number, block in enumerate(story.body, 1):
        text = inline_ruby(block.text)
        if block.optional:
            continue
        if block.kind is BlockKind.SUBHEAD:
            add("subhead", number, text, style.subhead, source=block.text, gap=block.gap)
            continue
        if block.insert is not None:
            matter = _matter(block.insert, story, style, book)
            add("insert", number, block.text, style.body, source=block.text, matter=matter)
            continue
        if block.kind is BlockKind.ITEM:
            sign, hang = item_sign(block.sign, style, book, story.region)
            add("item", number, text, style.body, source=block.text, hang=hang, sign=sign)
            continue
        if first and (story.dateline or story.carried):
            run_in, spans = _run_in(story, style)
            joined = _joined(run_in, text)
            led = tuple(part for part in (story.carried or story.dateline, story.byline) if part)
            add("paragraph", number, joined, running, spans, len(run_in), block.text, led, gap=block.gap)
        else:
            add("paragraph", number, text, running, (), 0, block.text, gap=block.gap)
        first = False
    if story.tail:
        add("tail", 0, _spread(story.tail, style), style.tail, source=story.tail)
    return Copy(story=story, style=style, items=tuple(items), missing=tuple(missing))


def _matter(insert: Table | Form, story: Story, style: Style, book: Fontbook) -> Matter:
    if isinstance(insert, Table):
        return prepare_table(insert, style, book, story.region)
    return prepare_form(insert, style, book, story.region)


def source_places(
    text: str, missing: tuple[tuple[int, str], ...], source: RichText
) -> Iterator[tuple[int, str, RichText]]:
    """Yield characters missing in a text with their offsets in its source.

    The text may have more than its source (brackets, spaces) or less (break marks); the n-th of a character in the
    one is the n-th in the other.
    """
    for offset, char in missing:
        place = -1
        for _ in range(text.count(char, 0, offset) + 1):
            place = max(place, source.text.find(char, place + 1))
        yield max(place, 0), char, source


def _places(
    text: str, missing: tuple[tuple[int, str], ...], lead: int, before: tuple[RichText, ...], source: RichText
) -> Iterator[tuple[int, str, RichText]]:
    """Yield characters missing in an item; those of its first `lead` characters lie in the texts `before`."""
    led = tuple((offset, char) for offset, char in missing if offset < lead)
    for part in before:
        yield from source_places(text[:lead], tuple(one for one in led if one[1] in part.text), part)
    own = tuple((offset - lead, char) for offset, char in missing if offset >= lead)
    yield from source_places(text[lead:], own, source)


def _run_in(story: Story, style: Style) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Return 本报讯（记者 某某）, or （上接第1版）, and the roles of its parts."""
    if story.carried:
        return story.carried.text, ((0, len(story.carried.text), style.jump.back_role),)
    dateline = story.dateline.text if story.dateline else ""
    reporter = f"（{story.byline.text}）" if story.byline else IDEOGRAPHIC_SPACE
    rules = style.composition
    spans = (
        (0, len(dateline), rules.dateline_role),
        (len(dateline), len(dateline) + len(reporter), rules.byline_role),
    )
    return dateline + reporter, spans


def _joined(lead: str, text: RichText) -> RichText:
    shift = len(lead)
    marks = tuple(type(mark)(mark.start + shift, mark.end + shift, mark.emphasis, mark.value) for mark in text.marks)
    return RichText(lead + text.text, marks)


def _spread(text: RichText, style: Style) -> RichText:
    """Return a byline with two-character names spread to three where it also names people of three characters."""
    if not style.composition.spread_names:
        return text
    words = text.text.split(" ")
    if not any(len(word) == NAME_LONG for word in words[1:]):
        return text
    spread = [
        word[0] + IDEOGRAPHIC_SPACE + word[1] if index and len(word) == NAME_SHORT else word
        for index, word in enumerate(words)
    ]
    return RichText(" ".join(spread), (), None)


def blocks_text(blocks: tuple[Block, ...]) -> str:
    """Return the text of blocks, one a line."""
    return "\n".join(block.text.text for block in blocks)
