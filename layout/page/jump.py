"""Stories that go on on another page: where they may turn, both parts' text, and the lines that join them.

A story turns once, inside a sentence and at the end of a full line, so that the first part closes its legs at any
depth; （下转第3版） takes the last line of its own. What follows is an ordinary story of the other page with a short
head, led in by （上接第1版）. Both parts together are the story's text, character for character.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from layout.model import SECOND, Emphasis, RichText, Story
from layout.page.copy import CopyItem
from layout.page.galley import FORBIDDEN, Galley, GalleyItem, Option, fill, galley_of, set_galley
from layout.page.shots import shots_in
from layout.page.table import (
    LEAST_BODY,
    choice_of,
    closing_cost,
    divisions_of,
    head_band,
    keep,
    poor_picture,
    rooms_in,
    table_of,
    variant_of,
)
from layout.plan import Cut, Edition
from layout.text.headline import band_for, fit_heads
from layout.text.justify import prepare
from layout.text.linebreak import Breaking
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape
from layout.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.fontbook import Fontbook
    from layout.page.copy import Copy
    from layout.page.frame import Frame
    from layout.page.legs import Legs
    from layout.page.shots import Shot
    from layout.page.table import Found, Table
    from layout.plan import Variant
    from layout.style import JumpStyle, Style
    from layout.text.headline import Head

AUTO: Final = "auto"
"""`jump: auto`: the story may go on elsewhere, and the page where it does is chosen."""

LEAST_LINES: Final = 2
"""Lines of the divided paragraph that stand on either page at least."""

UNSEGMENTED: Final = frozenset({"en", "ja"})
"""Regions whose words are not looked up: English lines end between them anyway."""

REACH: Final = (0, 1, -1, 2, -2)
"""Lines by which the paragraphs of a first part are set tighter or looser than they naturally are, in this order."""

_STOPS: Final = frozenset("。！？；：…”’」』）》")
"""A line that ends with one of these ends no turn: the reader would take the story for finished."""

_PAGE_ID: Final = re.compile(r"(\D*)0*(\d+)")
_DIGITS: Final = "〇一二三四五六七八九"


# --- words --------------------------------------------------------------------------------------------------------


def page_name(target: str, here: str, jump: JumpStyle) -> str:
    """Return how a page `target` is named on the page `here`: its number, with its letter in another section."""
    found, own = _PAGE_ID.fullmatch(target), _PAGE_ID.fullmatch(here)
    if jump.numerals == "id" or found is None:
        return target
    letter = "" if own is not None and own[1] == found[1] else found[1]
    number = int(found[2])
    return letter + (str(number) if jump.numerals == "arabic" else han_number(number))


def han_number(number: int) -> str:
    """Return a number below one hundred in Chinese numerals, greater ones digit by digit."""
    if number >= 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    high = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return high + (_DIGITS[ones] if ones or not tens else "")


def onward(target: str, here: str, jump: JumpStyle) -> str:
    """Return （下转第3版） for a story that goes on on the page `target`."""
    return jump.onward.replace("{page}", page_name(target, here, jump))


def back(origin: str, here: str, jump: JumpStyle) -> str:
    """Return （上接第1版） for a story that began on the page `origin`."""
    return jump.back.replace("{page}", page_name(origin, here, jump))


# --- the parts ----------------------------------------------------------------------------------------------------


def may_turn(story: Story) -> bool:
    """Return whether a story asks to go on elsewhere and is set in legs that can."""
    return bool(story.jump) and story.setting == "horizontal" and story.head == "over"


def first_text(story: Story, cut: Cut) -> tuple[str, ...]:
    """Return the paragraphs and subheads of the first part, the last one as far as it goes."""
    whole = [block.text.text for block in story.body[: cut.block - 1]]
    return (*whole, story.body[cut.block - 1].text.text[: cut.offset])


def continuation(story: Story, cut: Cut, origin: str, here: str, jump: JumpStyle) -> Story:
    """Return the second part of a story that began on the page `origin`, for the page `here`."""
    divided = story.body[cut.block - 1]
    rest = replace(divided, text=divided.text.part(cut.offset, len(divided.text.text)))
    return Story(
        id=story.id + SECOND,
        rank=jump.rank,
        headline=story.jump_head or story.headline,
        carried=RichText(back(origin, here, jump)),
        tail=story.tail,
        body=(rest, *story.body[cut.block :]),
        locked=story.locked,
        names=story.names,
        region=story.region,
        file=story.file,
        span=story.span,
    )


# --- setting ------------------------------------------------------------------------------------------------------


def jump_line(copy: Copy, words: str, book: Fontbook) -> CopyItem:
    """Return the line （下转第3版） as the last item of a first part."""
    text_style, rules = copy.style.jump.line, copy.style.composition
    role = ShapeStyle(text_style.role, text_style.size, copy.story.region, rules.level)
    return CopyItem(
        kind="jump",
        number=0,
        material=prepare(shape(words, role, book), rules),
        text_style=text_style,
        indent=0,
        align=text_style.align,
        source=RichText(words),
    )


def turns(galley: Galley) -> dict[int, Cut]:
    """Return the places where a galley may turn, by the lines of text before them: between words where it can be."""
    found = _turns(galley)
    return {lines: cut for lines, cut in found.items() if between_words(galley.copy.story, cut)} or found


def between_words(story: Story, cut: Cut) -> bool:
    """Return whether a cut lies between two words, and in no stretch that is set off as a whole."""
    text = story.body[cut.block - 1].text
    if any(mark.start < cut.offset < mark.end for mark in text.marks):
        return False
    if story.region in UNSEGMENTED:
        return True
    return any(word.start == cut.offset for word in words(text.text, story.names, guess=story.region != "zh-Hans"))


def _turns(galley: Galley) -> dict[int, Cut]:
    jump = galley.copy.style.jump
    whole = sum(_characters(item) for item in galley.items)
    found: dict[int, Cut] = {}
    lines = before = 0
    for item in galley.items:
        option = item.options[item.natural]
        if item.item.kind == "paragraph" and option.breaking is not None and _plain(item.item):
            shaped = item.item.material.shaped
            for row, end in enumerate(option.breaking.ends[:-LEAST_LINES], 1):
                offset = shaped.starts[end] - item.item.lead
                kept = before + offset
                if row < LEAST_LINES or kept < jump.first_least or whole - kept < jump.rest_least:
                    continue
                if shaped.slice_text(end - 1, end).rstrip()[-1:] not in _STOPS:
                    found[lines + row] = Cut(item.item.number, offset)
        lines += item.natural
        before += _characters(item)
    return found


def _characters(item: GalleyItem) -> int:
    source = item.item.source
    return len(source.text) if source is not None and item.item.kind in ("paragraph", "subhead") else 0


def _plain(item: CopyItem) -> bool:
    """Return whether offsets in a paragraph as set are those in its source: no readings were set in line."""
    return item.source is None or not any(mark.emphasis is Emphasis.RUBY and mark.value for mark in item.source.marks)


def turned(galley: Galley, cut: Cut, line: CopyItem) -> Galley:
    """Return the first part of a galley, closed by the line that says where the story goes on.

    Raises:
        ValueError: no line of the galley ends at the cut; the plan was made for another text or style.
    """
    items: list[GalleyItem] = []
    for made in galley.items:
        if made.item.kind != "paragraph" or made.item.number != cut.block:
            items.append(made)
            continue
        items.append(_upto(made, cut, galley))
        width = line.material.width(0, len(line.material))
        whole = Option(0, Breaking(0, (len(line.material),), width))
        items.append(GalleyItem(item=line, options={1: whole}, natural=1))
        return galley_of(galley.copy, galley.measure, items)
    message = f"{galley.copy.story.id}: no paragraph {cut.block}"
    raise ValueError(message)


def _upto(made: GalleyItem, cut: Cut, galley: Galley) -> GalleyItem:
    """Return a paragraph as far as a cut, in every way of breaking it that ends a line there."""
    starts = made.item.material.shaped.starts
    offset = cut.offset + made.item.lead
    options: dict[int, Option] = {}
    for option in made.options.values():
        breaking = option.breaking
        if breaking is None:
            continue
        rows = next((row for row, end in enumerate(breaking.ends[:-1], 1) if starts[end] == offset), 0)
        if not rows:
            continue
        if option.cost < (options[rows].cost if rows in options else FORBIDDEN):
            options[rows] = Option(option.cost, Breaking(breaking.demerits, breaking.ends[:rows], galley.measure))
    if not options:
        message = f"{galley.copy.story.id}: no line ends {cut.offset} characters into paragraph {cut.block}"
        raise ValueError(message)
    natural = min(options, key=lambda rows: (options[rows].cost, rows))
    return GalleyItem(item=made.item, options=options, natural=natural)


# --- depths -------------------------------------------------------------------------------------------------------


def turned_table(copy: Copy, frame: Frame, book: Fontbook, *, front: bool, pinned: bool = False) -> Table:
    """Return the depths of a story's first part in a frame; arguments as for `table.story_table`."""
    story, style = copy.story, copy.style
    choose = head_band if pinned else band_for
    band = choose(style.heads, story.rank, frame.columns, front=front)
    if band is None or not may_turn(story):
        return {}
    heads = fit_heads(story, frame.width, band, style, book, above=frame.above)
    line = jump_line(copy, style.jump.onward, book)
    found: Found = {}
    for legs in divisions_of(frame, style):
        galley = set_galley(copy, legs.measure, style.weights["tight"], style.weights["loose"])
        places = turns(galley)
        firsts = {lines: turned(galley, cut, line) for lines, cut in places.items()}
        places_of = shots_in(copy, legs, frame, style, book)
        shots: list[Shot | None] = [shot for shot in places_of if shot.place != "beside"]
        for shot in shots or [None]:
            for body, cost, lines in _closings(firsts, legs, shot, frame, style):
                for variant, price in _headed(body, legs, shot, heads, frame, style):
                    keep(found, replace(variant, edition=Edition(turn=places[lines])), cost + price)
    return table_of(found)


def _closings(
    firsts: dict[int, Galley], legs: Legs, shot: Shot | None, frame: Frame, style: Style
) -> Iterator[tuple[int, int, int]]:
    """Yield (depth of the legs, price, natural lines) wherever a first part closes the legs flush."""
    if not firsts:
        return
    weights = style.weights
    block = shot.legs * shot.depth if shot else 0
    least = max(LEAST_BODY, shot.depth if shot else 0)
    for body in range(least, (max(firsts) + 1 + block) // legs.count + 1):
        lines = body * legs.count - block - 1
        rooms = rooms_in(legs.count, body, shot)
        for natural in (lines + step for step in REACH):
            if natural not in firsts or lines + 1 not in firsts[natural].totals:
                continue
            filled = fill(firsts[natural], rooms, weights["widow"], weights["orphan"])
            if filled is not None:
                yield body, weights["jump"] + closing_cost(filled.cost, body, legs, shot, frame, style), natural
                break


def _headed(
    body: int, legs: Legs, shot: Shot | None, heads: tuple[Head, ...], frame: Frame, style: Style
) -> Iterator[tuple[Variant, int]]:
    for head in heads:
        poor = poor_picture(shot, legs, body + head.depth, frame, style)
        for air in (0, 1):
            variant = variant_of(legs, body, shot, choice_of(head, air), frame, air)
            yield variant, head.cost + poor + air * style.weights["air_line"]
