"""Read plain text: an article of paragraphs, or the text of a whole page as an extractor left it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span
from layout.importers import patterns
from layout.importers.extracted import MISSING_HEADLINE, read_page
from layout.importers.manuscript import Dropped, Guess, Item, ItemKind, Manuscript, Picture, Reading
from layout.importers.richtext import tidied
from layout.model import Block, BlockKind, RichText

if TYPE_CHECKING:
    from layout.importers.pagecopy import Caption, Copy, ExtractedPage, ExtractedStory

_WRAPPED: Final = 24
"""Lines at least so long on the average, none much longer than the others, were broken by a program."""

LONGEST_SUBHEAD: Final = 18
"""Characters of a line between paragraphs that may be a subhead."""

_OPENINGS_OF_PAGE: Final = 2
"""So many datelines or bylines make a page of several stories."""


def is_page(text: str) -> bool:
    """Tell whether a text reads like a page of several stories: more than one dateline or byline opens one."""
    openings = 0
    for row in text.splitlines():
        line = row.strip()
        if patterns.split_dateline(line) or patterns.BYLINE_LINE.fullmatch(line):
            openings += 1
    return openings >= _OPENINGS_OF_PAGE


def read_article(text: str, file: str) -> Reading:
    """Return the paragraphs of a plain article.

    Where empty lines stand between paragraphs, the lines of one are joined; where none do, a line is a paragraph.
    """
    rows = text.split("\n")
    spaced = _is_spaced(rows)
    items: list[Item] = []
    pending: list[str] = []
    start, blanks = 0, 0

    def close() -> None:
        nonlocal blanks
        if pending:
            if blanks > 1 and items:
                items.append(Item(kind=ItemKind.BLANK, span=Span(file, start - 1, 1)))
            rich = tidied(RichText("\n".join(pending)))
            items.append(Item(kind=ItemKind.PARAGRAPH, text=rich, span=Span(file, start, 1)))
            pending.clear()
            blanks = 0

    for number, row in enumerate(rows, 1):
        if not row.strip():
            close()
            blanks += 1
            continue
        if not spaced or (pending and row.startswith(("\u3000\u3000", "    ", "\t"))):
            close()
        start = start if pending else number
        pending.append(row.strip())
    close()
    items, guesses = _with_subheads(items)
    return Reading(items=tuple(items), guesses=tuple(guesses), source=text, name=file)


def _with_subheads(items: list[Item]) -> tuple[list[Item], list[Guess]]:
    """Take short lines without a mark at their end, between whole paragraphs, for subheads."""
    copy = [at for at, item in enumerate(items) if item.kind is ItemKind.PARAGRAPH]
    made = list(items)
    guesses = []
    for before, at, after in zip(copy[1:], copy[2:], copy[3:], strict=False):  # three in a row, the head left out
        text = items[at].text.text
        whole = patterns.closes_sentence(items[before].text.text) and len(items[after].text.text) > LONGEST_SUBHEAD
        if whole and len(text) <= LONGEST_SUBHEAD and text[-1].isalnum():
            made[at] = replace(items[at], kind=ItemKind.HEADING, level=2)
            guesses.append(Guess(field="subhead", text=text, why="short line", span=items[at].span))
    return made, guesses


def _is_spaced(rows: list[str]) -> bool:
    """Tell whether empty lines separate the paragraphs: then some paragraph runs over several lines, all filled."""
    filled = [len(row.strip()) for row in rows if row.strip()]
    pairs = [(first.strip(), second.strip()) for first, second in pairwise(rows) if first.strip() and second.strip()]
    if not pairs or not filled:
        return True
    cut = [first for first, _ in pairs if not patterns.closes_sentence(first) and len(first) >= _WRAPPED]
    return len(cut) * 2 > len(pairs)


def stories_of_page(
    text: str, file: str
) -> tuple[tuple[Manuscript, ...], tuple[Dropped, ...], Copy | None, tuple[Guess, ...]]:
    """Return the stories of a page's text, what was dropped, the banner over them, and the guesses about that."""
    page = read_page(text)
    stories = tuple(_story(story, page, number, file) for number, story in enumerate(page.stories, 1))
    dropped = tuple(Dropped(text=item.text, kind="page", span=Span(file, item.line, 1)) for item in page.dropped)
    return stories, dropped, page.banner, tuple(_guesses(page, page.banner, "banner", file))


def _story(story: ExtractedStory, page: ExtractedPage, number: int, file: str) -> Manuscript:
    guesses: list[Guess] = []
    for name in ("kicker", "headline", "deck", "dateline", "byline", "tail"):
        guesses += _guesses(page, getattr(story, name), name, file)
    for caption in story.captions:
        guesses += _guesses(page, caption.text, "caption", file)
    wanted = {"join": set[int](), "subhead": set[int](), "unfinished": set[int]()}
    for paragraph in story.paragraphs:
        wanted["join"] |= {after for _, after in paragraph.joins}
        wanted["subhead"] |= set(paragraph.lines) if paragraph.subhead else set()
        wanted["unfinished"] |= set(paragraph.lines[-1:])
    guesses += [
        Guess(
            field=guess.kind, text=guess.assumed, why=_why(guess.why, guess.confidence), span=Span(file, guess.line, 1)
        )
        for guess in page.guesses
        if guess.line in wanted.get(guess.kind, ())
    ]
    first = story.headline.lines or tuple(line for part in story.paragraphs[:1] for line in part.lines) or (1,)
    blocks = [
        Block(BlockKind.SUBHEAD if part.subhead else BlockKind.PARAGRAPH, RichText(part.text))
        for part in story.paragraphs
    ]
    return Manuscript(
        name=f"s{number}",
        headline=_rich(story.headline) or RichText(MISSING_HEADLINE),
        kicker=_rich(story.kicker),
        deck=_rich(story.deck),
        dateline=_rich(story.dateline),
        byline=_rich(story.byline),
        tail=_rich(story.tail),
        body=tuple(blocks),
        pictures=_pictures(story.captions, count=max(len(story.captions), int(story.photo))),
        span=Span(file, first[0], 1),
        spans=tuple(Span(file, part.lines[0], 1) for part in story.paragraphs),
        guesses=tuple(guesses),
    )


def _pictures(captions: tuple[Caption, ...], count: int) -> tuple[Picture, ...]:
    made = []
    for at in range(count):
        caption = captions[at] if at < len(captions) else None
        made.append(
            Picture(
                source="",
                data=None,
                caption=_rich(caption.text if caption else None),
                credit=RichText(caption.credit if caption else ""),
            )
        )
    return tuple(made)


def _rich(copy: Copy | None) -> RichText:
    return RichText(copy.text if copy else "")


def _guesses(page: ExtractedPage, copy: Copy | None, kind: str, file: str) -> list[Guess]:
    if copy is None:
        return []
    return [
        Guess(field=kind, text=guess.assumed, why=_why(guess.why, guess.confidence), span=Span(file, guess.line, 1))
        for guess in page.guesses
        if guess.kind == kind and (guess.line in copy.lines or not copy.lines)
    ]


def _why(words: str, confidence: float) -> str:
    return re.sub(r"\s+", " ", f"{words} ({confidence:.2f})")
