"""What the editor is told of copy that does not fit: cuts proposed or made, fillers, and the cheapest way out.

Every finding on too much or too little copy names a lever, the one that costs the page least by its weights: a cut at a
sentence's end, a story that moves, a pull quote, a filler, or so many characters more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Diagnostic, finding
from layout.diagnostics.hints import Hint, hint, together
from layout.page.copyfit import excess, set_stories, shortage
from layout.page.galley import set_galley
from layout.page.jump import AUTO, may_turn
from layout.page.quote import LONGEST, quotes_of, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layout.model import Story
    from layout.page.copyfit import Fitted
    from layout.page.trim import Trim
    from layout.style import Style

TOO_MUCH: Final = frozenset({"E401", "E402", "W405"})
TOO_LITTLE: Final = frozenset({"W403", "W404"})
"""Findings on copy that does not fit."""

_DECK: Final = ("the deck", "副题")
_START: Final = 12
"""Characters of a cut that a message quotes."""


def advised(
    findings: Iterable[Diagnostic], fitted: Fitted, style: Style, *, elsewhere: bool = True
) -> tuple[Diagnostic, ...]:
    """Return a page's findings with those on its copy added, and a way out with each that says it does not fit.

    Args:
        findings: what was found before.
        fitted: the page.
        style: its style.
        elsewhere: whether the issue has other pages, where stories could go on.
    """
    told = [*findings, *_told(fitted, style)]
    plan = fitted.planned.plan
    over = out_of_excess(fitted, style, elsewhere=elsewhere) if any(excess(plan)) else None
    under = out_of_shortage(fitted, style) if shortage(plan) else None
    hints = dict.fromkeys(TOO_MUCH, over) | dict.fromkeys(TOO_LITTLE, under)
    return tuple(_with_hint(item, hints.get(item.code)) for item in told)


def _with_hint(item: Diagnostic, way: Hint | None) -> Diagnostic:
    return item if item.hint or way is None else replace(item, hint=way.en, hint_zh=way.zh)


def _told(fitted: Fitted, style: Style) -> Iterator[Diagnostic]:
    page, plan = fitted.page, fitted.planned.plan
    for trim in fitted.trims:
        yield finding(
            "W421" if fitted.made else "W420",
            span=trim.span,
            page=page.id,
            story=trim.story,
            name=trim.story,
            lines=trim.lines,
            chars=trim.characters,
            paragraph=trim.paragraph,
            start=trim.text[:_START],
        )
    if any(excess(plan)):
        yield finding("W405", page=page.id, lines=surplus(fitted, style))
    for name in fitted.fillers:
        yield finding("W424", page=page.id, story=name, name=name)
    for story, variant in set_stories(page, plan):
        if variant.edition is not None and "deck" in variant.edition.dropped:
            subject, subject_zh = _DECK
            span = story.span
            yield finding(
                "W425", span=span, page=page.id, story=story.id, name=story.id, subject=subject, subject_zh=subject_zh
            )


def surplus(fitted: Fitted, style: Style) -> int:
    """Return the column lines of text that a page has too much, heads and pictures of left-out stories aside."""
    _, over = excess(fitted.planned.plan)
    weights = style.weights
    entries = {entry.id: entry for entry in fitted.page.entries}
    for name in fitted.planned.plan.unplaced:
        for story in entries[name].stories:
            copy = fitted.planned.copies[story.id]
            over += set_galley(copy, style.column_width, weights["tight"], weights["loose"]).natural
    return over


def out_of_excess(fitted: Fitted, style: Style, *, elsewhere: bool = True) -> Hint | None:
    """Return the cheapest way out of too much copy by the style's weights: decks, a jump, cuts, a story that moves."""
    if fitted.decks:
        decks = [hint("lose-deck", name=name) for name in fitted.decks]
        return together([*decks, *(_cut(trim) for trim in fitted.fewer)])
    if fitted.trims:
        cuts = together([_cut(trim) for trim in fitted.trims])
        if fitted.made:
            return cuts
        long = _longest(fitted, style) if elsewhere else None
        weights = style.weights
        price = sum(weights["trim"] + weights["trim_line"] * trim.lines for trim in fitted.trims)
        if long is not None and weights["jump"] < price:
            return hint("or-jump", name=long.id, cuts=cuts.en, cuts_zh=cuts.zh)
        return hint("trim-does", cuts=cuts.en, cuts_zh=cuts.zh)
    movable = [story for entry in fitted.page.entries for story in entry.stories]
    if not movable:
        return None
    last = max(enumerate(movable), key=lambda one: (one[1].rank, one[0]))[1]
    return hint("move-story", name=last.id, rank=last.rank)


def _longest(fitted: Fitted, style: Style) -> Story | None:
    """Return the longest story of the page that could go on elsewhere and does not ask to."""
    least = style.jump.first_least + style.jump.rest_least
    able = [
        (sum(len(block.text.text) for block in entry.stories[0].body), -number, entry.stories[0])
        for number, entry in enumerate(fitted.page.entries)
        if len(entry.stories) == 1 and entry.label is None and may_turn(replace(entry.stories[0], jump=AUTO))
    ]
    length, _, story = max(able, default=(0, 0, None), key=lambda one: one[:2])
    return story if story is not None and length >= least and not story.jump else None


def _cut(trim: Trim) -> Hint:
    values = {"lines": trim.lines, "chars": trim.characters, "name": trim.story, "paragraph": trim.paragraph}
    return hint("cut", **values)


def out_of_shortage(fitted: Fitted, style: Style) -> Hint:
    """Return the cheapest way out of too little copy: a quote where one would do, else a filler or more text."""
    missing = shortage(fitted.planned.plan)
    silent = [story for story in fitted.page.stories if _quotable(story, style)]
    if silent and missing <= LONGEST:
        longest = max(silent, key=lambda story: sum(len(block.text.text) for block in story.body))
        return hint("allow-quote", name=longest.id)
    characters = missing * style.grid.characters
    return hint("add-copy", count=characters)


def _quotable(story: Story, style: Style) -> bool:
    """Return whether a story has quotes in its text that it does not offer."""
    able = not story.locked and story.setting == "horizontal" and story.head == "over"
    return able and not quotes_of(story, style) and bool(spoken(story, style))
