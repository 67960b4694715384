"""What a block of an extracted page shows, before anything is decided: named evidence and its weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from layout.importers import cues, patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.importers.blocks import Block

WORST_HEAD = -1.2
SHORT_LINE = 30
HEAD_LENGTH = 26
LONGEST_HEAD = 52
LONG_PARAGRAPH = 45
LONGEST_CAPTION = 110
LONGEST_LINE = 44
NEVER = -99.0
LABELLED_OPENNESS = 0.3

# Evidence and its weight, about natural log odds. Judged by hand, then checked on cut pages.
WEIGHTS = MappingProxyType(
    {
        # a head line
        "head: base": 0.6,
        "head: each em beyond the usual": -0.14,
        "head: too long": -8.0,
        "head: full stop": -7.0,
        "head: ends in comma": -8.0,
        "head: ends in colon": -3.0,
        "head: full stop inside": -5.0,
        "head: each comma": -0.7,
        "head: two clauses set apart by a space": 1.6,
        "head: question or exclamation": 0.3,
        "head: bracket left open": -4.0,
        "head: begins with a dash": 2.5,
        "head: begins as a later paragraph": -1.6,
        "head: begins inside a sentence": -2.5,
        "head: last word hangs": -1.6,
        "head: echoed below": 3.0,
        "head: echoed above": -1.5,
        "head: indented like body": -1.5,
        "head: story before": -1.2,
        "head: after a credit line": 1.5,
        "head: wider gap above": 0.5,
        "head: line beyond the third": -2.0,
        "head: second group pending": -6.0,
        "head: nothing after": -9.0,
        "head: after a subhead": -6.0,
        "head: dateline": -8.0,
        "head: two matched clauses": 0.9,
        "head: says who said it": -1.5,
        # first paragraph of a story
        "lead: dateline": 5.0,
        "lead: byline above": 2.5,
        "lead: opening words": 1.2,
        "lead: word of time early": 0.8,
        "lead: none of these": -0.4,
        "lead: begins inside a sentence": -4.0,
        "lead: one word with the line above": -1.6,
        "lead: without a head": -4.0,
        "lead: unsigned so far": -1.2,
        "lead: words across stand together elsewhere": -2.5,
        "foot: signs the story": 1.2,
        # any paragraph
        "paragraph: stop at the end": 0.6,
        "paragraph: looks like a head": -2.5,
        "paragraph: long": 0.8,
        "paragraph: dateline inside a story": -9.0,
        "paragraph: begins inside a sentence": -3.0,
        "paragraph: reads as a caption": -3.0,
        "paragraph: indented": 0.8,
        "paragraph: not indented": -0.8,
        "paragraph: after a credit line": -3.5,
        "paragraph: heads still waiting": -6.0,
        "paragraph: byline above": -4.0,
        "left open": -5.5,
        # a continuation
        "join: base": 0.6,
        "join: comma before": 2.0,
        "join: finished before": -9.0,
        "join: quote or bracket closes": 4.0,
        "join: colon before": -0.3,
        "join: a list announced": -2.0,
        "join: speech after the colon": 3.0,
        "join: figure goes on": 3.0,
        "join: reads as a caption": -6.0,
        "join: one word across": 1.6,
        "join: no word across": -0.6,
        "join: words across stand together elsewhere": 2.0,
        "join: last word hangs": 0.8,
        "join: begins inside a sentence": 3.0,
        "join: begins with a mark": 3.0,
        "join: begins with a list sign": -3.0,
        "join: begins as a story": -0.7,
        "join: begins with an opening quote": -0.3,
        "join: dateline": -15.0,
        "join: indented": -5.0,
        "join: not indented": 1.5,
        "join: over heads or captions": -1.5,
        "join: over other paragraphs": -7.0,
        "join: after its credit line": -3.0,
        # the rest
        "subhead: base": -0.1,
        "subhead: long": -3.0,
        "subhead: each em beyond the usual": -0.5,
        "subhead: another in the story": 0.9,
        "subhead: begins with a list sign": 2.5,
        "subhead: nothing after": -9.0,
        "subhead: another line below": -3.0,
        "subhead: one word with the line below": -2.0,
        "subhead: words across stand together elsewhere": -2.0,
        "subhead: lead looks like a new story": -2.5,
        "byline: set form": 4.0,
        "byline: bare name": 0.4,
        "byline: surname": 1.6,
        "byline: no surname": -2.5,
        "byline: nothing waiting": -3.0,
        "credit: set form": 4.5,
        "credit: no body": -6.0,
        "credit: story has a dateline": -3.0,
        "credit: many paragraphs": -2.0,
        "caption: set form": 4.0,
        "caption: begins as one": 3.0,
        "tail: set form": 5.0,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What can be said of a block before any label is chosen.

    `head` and `body` name what it has of a head line and of a paragraph; `echo_score` is the part of `head_score`
    that comes from words the text round it repeats; `byline` is a score; `openness` says how
    cut its end looks, 0 to 1; `seen_across` that it and the block above meet in characters that stand together
    elsewhere on the page.
    """

    text: str
    head: tuple[str, ...]
    head_score: float
    echo_score: float
    body: tuple[str, ...]
    furniture: str
    dateline: bool
    byline: float
    credit: bool
    report: bool
    caption: tuple[str, ...]
    tail: bool
    openness: float
    seen_across: bool


def total(names: Sequence[str]) -> float:
    """Return the sum of the weights of the evidence named."""
    return sum(WEIGHTS[name] for name in names)


def keeps_indents(blocks: Sequence[Block]) -> bool:
    """Tell whether the extractor kept the indent of paragraphs."""
    long_blocks = [block for block in blocks if len(block.text) >= LONG_PARAGRAPH]
    return sum(1 for block in long_blocks if block.indent >= 1) * 2 > len(long_blocks)


def gather(blocks: Sequence[Block]) -> tuple[Evidence, ...]:
    """Return the evidence of every block of a page."""
    page = "\n".join(block.text for block in blocks)
    indented = keeps_indents(blocks)
    return tuple(_gather(blocks, position, page, indented=indented) for position in range(len(blocks)))


def _gather(blocks: Sequence[Block], position: int, page: str, *, indented: bool) -> Evidence:
    block = blocks[position]
    text = block.text
    head = _head_evidence(blocks, position, indented=indented)
    head_score = sum(score for _, score in head)
    short = len(text) <= LONGEST_LINE
    credit = short and (patterns.CREDIT_LINE.fullmatch(text) or patterns.AGENCY_CREDIT.fullmatch(text)) is not None
    labelled = cues.enumerates(text) and len(text) < LONG_PARAGRAPH
    return Evidence(
        text=text,
        head=tuple(name for name, _ in head),
        head_score=head_score,
        echo_score=sum(score for name, score in head if "echoed" in name),
        body=_body_evidence(block, head_score, indented=indented),
        furniture=patterns.furniture(text) if len(text) <= 2 * LONGEST_LINE else "",
        dateline=patterns.split_dateline(text) is not None,
        byline=_byline_score(text) if short else NEVER,
        credit=credit,
        report=credit and patterns.PHOTO_REPORT.search(text) is not None,
        caption=() if credit else _caption_evidence(text),
        tail=patterns.TAIL_LINE.fullmatch(text) is not None,
        openness=cues.openness(text) * (LABELLED_OPENNESS if labelled else 1.0),
        seen_across=position > 0 and cues.stand_together(blocks[position - 1].text, text, page),
    )


def _head_evidence(blocks: Sequence[Block], position: int, *, indented: bool) -> tuple[tuple[str, float], ...]:
    text = blocks[position].text
    opened, orphan = patterns.unbalanced(text)
    below = _running_text(blocks[position + 1 : position + 5])
    above = _running_text(blocks[max(0, position - 2) : position])
    excess = max(0, len(text) - HEAD_LENGTH)
    ends_in_stop = text[-1] in "。．" or (text[-1] in patterns.CLOSERS and text[-2:-1] == "。")
    amounts = {
        "head: base": 1.0,
        "head: each em beyond the usual": float(excess),
        "head: too long": float(len(text) > LONGEST_HEAD),
        "head: full stop": float(ends_in_stop),
        "head: ends in comma": float(text[-1] in "，、；,;"),
        "head: ends in colon": float(text[-1] in "：:"),
        "head: full stop inside": float(min(2, cues.inner_stops(text))),
        "head: each comma": float(min(4, cues.commas(text))),
        "head: two clauses set apart by a space": float(len(cues.clauses(text)) > 1),
        "head: question or exclamation": float(text[-1] in "？！?!"),
        "head: bracket left open": float(bool(opened or orphan)),
        "head: begins with a dash": float(text.startswith("——")),
        "head: begins as a later paragraph": float(cues.opens_paragraph(text) and text[0] != "“"),
        "head: begins inside a sentence": float(cues.starts_inside(text)),
        "head: dateline": float(patterns.split_dateline(text) is not None),
        "head: two matched clauses": float(cues.matched_clauses(text)),
        "head: says who said it": float(cues.attributes(text)),
        "head: last word hangs": float(cues.hangs(text)),
        "head: echoed below": cues.echo(text, below),
        "head: echoed above": cues.echo(text, above),
        "head: indented like body": float(indented and 1 <= blocks[position].indent <= 2),
        "head: wider gap above": float(blocks[position].blanks_before > 1),
    }
    return tuple((name, WEIGHTS[name] * amount) for name, amount in amounts.items() if amount)


def _running_text(blocks: Sequence[Block]) -> str:
    return "".join(block.text for block in blocks if len(block.text) >= LONG_PARAGRAPH)


def _body_evidence(block: Block, head_score: float, *, indented: bool) -> tuple[str, ...]:
    """Return what the block has of a paragraph, whatever stands round it."""
    names: list[str] = []
    if patterns.closes_sentence(block.text):
        names.append("paragraph: stop at the end")
    elif head_score > WORST_HEAD and len(block.text) <= SHORT_LINE:
        names.append("paragraph: looks like a head")
    if len(block.text) >= LONG_PARAGRAPH:
        names.append("paragraph: long")
    if indented and block.indent >= 1:
        names.append("paragraph: indented")
    return tuple(names)


def _byline_score(text: str) -> float:
    if patterns.BYLINE_LINE.fullmatch(text) or patterns.MARKED_NAME.fullmatch(text):
        return WEIGHTS["byline: set form"]
    if patterns.BARE_NAME.fullmatch(text):
        surname = "byline: surname" if text[0] in patterns.SURNAMES else "byline: no surname"
        return WEIGHTS["byline: bare name"] + WEIGHTS[surname]
    return NEVER


def _caption_evidence(text: str) -> tuple[str, ...]:
    if len(text) > LONGEST_CAPTION:
        return ()
    found = []
    if patterns.credit_at_end(text):
        found.append("caption: set form")
    if patterns.CAPTION_START.match(text):
        found.append("caption: begins as one")
    return tuple(found)


@lru_cache(maxsize=4096)
def join_evidence(first: Block, second: Block, *, indented: bool = False) -> tuple[str, ...]:
    """Return the names of what speaks for and against `second` going on where `first` was cut."""
    opened, _ = patterns.unbalanced(first.text)
    _, orphans = patterns.unbalanced(second.text)
    repaired = any(start in opened and close in orphans for start, close in patterns.PAIRS)
    text, last = second.text, first.text[-1]
    figure = cues.figure_goes_on(first.text, text)
    speech = text[0] in "“「"
    marked = cues.starts_with_mark(text)
    across = cues.word_across(first.text, text)
    found = {
        "join: base": True,
        "join: quote or bracket closes": repaired,
        "join: finished before": patterns.closes_sentence(first.text) and not repaired,
        "join: comma before": last in "，、,",
        "join: figure goes on": figure,
        "join: speech after the colon": not figure and last in "：:" and speech,
        "join: colon before": not figure and last in "：:" and not speech,
        "join: a list announced": cues.announces_list(first.text),
        "join: one word across": across,
        "join: no word across": not across,
        "join: last word hangs": cues.hangs(first.text),
        "join: begins with a mark": marked,
        "join: begins inside a sentence": not marked and cues.starts_inside(text),
        "join: begins with a list sign": cues.enumerates(text),
        "join: begins as a story": cues.opens_story(text),
        "join: begins with an opening quote": speech,
        "join: dateline": patterns.split_dateline(text) is not None and not patterns.is_bare_dateline(first.text),
        "join: indented": indented and second.indent >= 1,
        "join: not indented": indented and second.indent < 1,
    }
    return tuple(name for name, there in found.items() if there)
