"""Pour a galley into its legs: every line on its grid line, the tail credit beside the last one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span
from layout.display import Key
from layout.geometry import MM
from layout.page.draw import atoms_to_glyphs, baseline, draw_label
from layout.page.ornaments import ornaments
from layout.page.panel import draw_part, parts_of
from layout.text.punctuation import PENALTIES
from layout.text.setting import set_line

if TYPE_CHECKING:
    from layout.model import Story
    from layout.page.copy import CopyItem
    from layout.page.easel import Easel
    from layout.page.galley import Filled, Galley, GalleyItem
    from layout.page.legs import Legs
    from layout.page.panel import Panel
    from layout.page.table import Stretch
    from layout.text.justify import Material

LOOSE_EM: Final = 0.10
"""Lines whose inter-Han gaps open beyond this are reported (newsroom.md 8)."""

LOOSE_SPACES: Final = 1000
"""So are lines whose word spaces open beyond the style's most (CLReq 3.1: half an em), in per mille of it."""

_WORD: Final = re.compile(r"[^\s\u2e80-\U0003ffff，。、；：？！“”（）《》]+")
"""A stretch of Latin as a finding names it."""

PARTS: Final = {
    "paragraph": "body",
    "item": "body",
    "byline": "byline",
    "tail": "tail",
    "subhead": "subhead",
    "jump": "jump",
}
"""Item kind → part of the display key."""


def draw_legs(
    easel: Easel,
    galley: Galley,
    filled: Filled,
    legs: Legs,
    runs: tuple[Stretch, ...],
    line: int,
    left: int,
) -> None:
    """Draw a galley's items in its legs; what does not fit is kept as overset.

    Args:
        easel: the page.
        galley: the story at its measure.
        filled: the line count of every item.
        legs: measure and gutter.
        runs: where the text runs in the legs.
        line: grid line at which the legs begin.
        left: left edge of the first leg, mpt.
    """
    slots = [(legs.x(run.leg) + left, line + run.top + row) for run in runs for row in range(run.lines)]
    pen = _Pen(easel, galley, slots)
    for item, count in zip(filled.items, filled.lines, strict=True):
        if item.tail:
            pen.tail(item)
        elif item.panel is not None:
            pen.insert(item, item.panel, count)
        elif item.item.kind == "subhead":
            pen.subhead(item, count)
        else:
            pen.lines(item, count)
    for text, head, paragraph, span in pen.forced:
        easel.say("W411", galley.copy.story, span, text=text, head=head, paragraph=paragraph)
    if pen.loose:
        gap, paragraph = max(pen.loose)
        easel.say("W406", galley.copy.story, count=len(pen.loose), gap=f"{gap:.2f}", paragraph=paragraph)
    easel.say_missing(galley.copy.story, galley.copy.missing)


def _mm(width: int) -> str:
    return f"{width / MM:.1f}"


class _Pen:
    """Walks the slots (left edge, grid line) of a story's legs, in reading order."""

    def __init__(self, easel: Easel, galley: Galley, slots: list[tuple[int, int]]) -> None:
        self.easel = easel
        self.galley = galley
        self.slots = slots
        self.next = 0
        self.cut = False
        self.loose: list[tuple[float, int]] = []
        self.forced: list[tuple[str, str, int, Span | None]] = []

    @property
    def story(self) -> Story:
        return self.galley.copy.story

    def lines(self, item: GalleyItem, count: int) -> None:
        """Draw a paragraph or byline line by line."""
        breaking = item.options[count].breaking
        if breaking is None:
            return
        copy = item.item
        start = 0
        for number, end in enumerate(breaking.ends):
            if self.next >= len(self.slots):
                self.keep(item, start)
                return
            x, row = self.slots[self.next]
            self.next += 1
            indent = copy.hang + (copy.indent if number == 0 else 0)
            last = end == len(copy.material)
            if copy.sign is not None and number == 0:
                self.sign(copy, copy.sign, x, row)
            line = set_line(copy.material, start, end, self.galley.measure - indent, last=last, align=copy.align)
            self.draw(item, number, start, line.xs, x + indent, self.base(row, copy.text_style.size))
            if not last and copy.align == "justify":
                gap = line.gap / copy.text_style.size
                self.easel.gaps.append(gap)
                if gap > LOOSE_EM:
                    self.loose.append((gap, copy.number))
                elif line.spaced > LOOSE_SPACES:
                    self.loose.append((self.word_space(line.spaced), copy.number))
            if not last and copy.material.shaped.penalties[end] == PENALTIES["forced"]:
                self.forced.append(self.broken_word(copy, end))
            start = end

    def word_space(self, spaced: int) -> float:
        """Return the width in em of word spaces opened to so many per mille of what they should at most."""
        rules = self.galley.copy.style.composition
        return rules.word_space_em + (rules.word_space_most_em - rules.word_space_em) * spaced / 1000

    def broken_word(self, copy: CopyItem, atom: int) -> tuple[str, str, int, Span | None]:
        """Return a word with a forced break before an atom, what of it ends the line, its paragraph and its place."""
        shaped = copy.material.shaped
        place = shaped.starts[atom]
        word = next(found for found in _WORD.finditer(shaped.text) if found.start() < place <= found.end())
        span = None
        if copy.source and copy.source.origin and word.start() >= copy.lead:
            origin = copy.source.origin
            line, column = origin.locate(word.start() - copy.lead)
            span = Span(origin.file, line, column, line, column + len(word[0]))
        return word[0], shaped.text[word.start() : place], copy.number, span

    def sign(self, copy: CopyItem, sign: Material, x: int, row: int) -> None:
        """Draw the sign of a list's item at the edge of its first line."""
        key = Key(self.story.id, "sign", copy.number)
        base = self.base(row, copy.text_style.size)
        self.easel.draw(draw_label(sign, copy.text_style, x, self.galley.measure, base, key, "left"))

    def insert(self, item: GalleyItem, panel: Panel, count: int) -> None:
        """Draw an insert in its lines; where poured copy turns inside it, it begins the next leg as a whole."""
        rooms = self.rooms(count)
        parts = parts_of(panel, rooms)
        if parts is None:
            while self.next < len(self.slots) and len(self.rooms(panel.depth)) > 1:
                self.next += self.rooms(panel.depth)[0]
            rooms = self.rooms(panel.depth)
            parts = parts_of(panel, rooms)
        if parts is None:
            self.next = len(self.slots)
            self.keep(item, 0)
            return
        key = Key(self.story.id, panel.part, item.item.number)
        drawn = 0
        style = self.galley.copy.style
        for room, bands in zip(rooms, parts, strict=True):
            x, row = self.slots[self.next]
            after = self.next + room
            top = self.next == 0 or not self.follows(self.next)
            foot = after >= len(self.slots) or not self.follows(after)
            name = Key(key.story, key.part, key.paragraph, drawn)
            self.easel.draw(draw_part(panel, bands, name, style, x, row, top=top, foot=foot))
            drawn += sum(len(cell.ends) for band in bands for cell in band.cells)
            self.next = after
        if panel.needed:
            place = item.item.source.origin if item.item.source else None
            span = Span(place.file, *place.locate(0)) if place else None
            self.easel.say("E214", self.story, span, needed=_mm(panel.needed), measure=_mm(panel.measure))

    def rooms(self, count: int) -> list[int]:
        """Return the lines of each stretch of leg among the next `count` slots."""
        rooms: list[int] = []
        for at in range(self.next, min(self.next + count, len(self.slots))):
            if rooms and self.follows(at):
                rooms[-1] += 1
            else:
                rooms.append(1)
        return rooms

    def follows(self, at: int) -> bool:
        """Return whether a slot stands right under the one before it."""
        x, row = self.slots[at - 1]
        return self.slots[at] == (x, row + 1)

    def subhead(self, item: GalleyItem, count: int) -> None:
        """Draw a subhead in the middle of its lines; where it would end a leg of poured copy, it begins the next."""
        while self.next + count < len(self.slots) and self.slots[self.next][0] != self.slots[self.next + count][0]:
            self.next += 1
        room = self.slots[self.next : self.next + count]
        self.next += count
        breaking = item.options[count].breaking
        if len(room) < count or breaking is None:
            self.keep(item, 0)
            return
        x, row = room[0]
        pitch = self.galley.copy.style.grid.pitch
        shift = (count - len(breaking.ends)) * pitch // 2
        start = 0
        for number, end in enumerate(breaking.ends):
            measure, align = self.galley.measure, item.item.text_style.align
            line = set_line(item.item.material, start, end, measure, last=True, align=align)
            base = self.base(row + number, item.item.text_style.size) + shift
            self.draw(item, number, start, line.xs, x, base)
            start = end

    def tail(self, item: GalleyItem) -> None:
        """Draw a tail credit flush right on the line that was drawn last."""
        if self.cut or not 0 < self.next <= len(self.slots):
            self.keep(item, 0)
            return
        x, row = self.slots[self.next - 1]
        material = item.item.material
        line = set_line(material, 0, len(material), self.galley.measure, last=True, align="right")
        self.draw(item, 0, 0, line.xs, x, self.base(row, item.item.text_style.size))

    def base(self, row: int, size: int) -> int:
        style = self.galley.copy.style
        return baseline(style.line_y(row), style.grid.pitch, size)

    def draw(self, item: GalleyItem, number: int, start: int, xs: tuple[int, ...], x: int, y: int) -> None:
        copy = item.item
        key = Key(self.story.id, PARTS[copy.kind], copy.number, number)
        ink = copy.text_style.ink
        self.easel.draw(atoms_to_glyphs(copy.material, start, xs, x, y, ink, key))
        style = self.galley.copy.style.ornament
        self.easel.draw(ornaments(copy.material, start, xs, x, y, copy.ornaments, style, ink, key))

    def keep(self, item: GalleyItem, start: int) -> None:
        """Keep the text of an item from an atom on as overset."""
        self.cut = True
        shaped = item.item.material.shaped
        rest = shaped.slice_text(start, len(shaped)) if start else shaped.text
        self.easel.overset[self.story.id] = self.easel.overset.get(self.story.id, "") + rest
