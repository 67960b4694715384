"""Say what every block of an extracted page is: head, paragraph, continuation, credit …

The reading is the best path of a beam search: each block gets a label, and a label's score is the sum of the
named weights of `WEIGHTS` whose evidence is there. Nothing is decided alone: a short line without a stop is a
head where a story can start after it, and a cut piece where the next block goes on with its sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from layout.importers import cues, patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.importers.blocks import Block

BEAM = 80
OPEN_KEPT = 4
SHORT_HEAD = 4
WORST_HEAD = -1.2
HEAD_LENGTH = 26
LONGEST_HEAD = 52
LONG_PARAGRAPH = 45
USUAL_SUBHEAD = 10
LONGEST_SUBHEAD = 18
LONGEST_CAPTION = 110
LONGEST_LINE = 44
PHOTO_STORY_PARAGRAPHS = 3
LINES_OF_A_HEAD = 3


class Label(StrEnum):
    """What a block is."""

    FURNITURE = "furniture"
    HEAD = "head"
    SUBHEAD = "subhead"
    BYLINE = "byline"
    LEAD = "lead paragraph"
    PARAGRAPH = "paragraph"
    CONTINUATION = "continuation"
    CREDIT = "credit line"
    CAPTION = "caption"
    TAIL = "tail"


# Evidence and its weight, about natural log odds. Judged by hand, then checked on cut pages.
WEIGHTS = MappingProxyType({
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
    "head: begins as a later paragraph": -1.2,
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
    "lead: words across stand together elsewhere": -3.0,
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
    "join: colon before": -1.0,
    "join: speech after the colon": 3.0,
    "join: figure goes on": 3.0,
    "join: reads as a caption": -6.0,
    "join: one word across": 1.6,
    "join: no word across": -0.6,
    "join: words across stand together elsewhere": 2.5,
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
    "subhead: base": -0.7,
    "subhead: long": -3.0,
    "subhead: each em beyond the usual": -0.5,
    "subhead: another in the story": 0.9,
    "subhead: begins with a list sign": 2.5,
    "subhead: nothing after": -9.0,
    "subhead: one word with the line below": -2.0,
    "subhead: words across stand together elsewhere": -3.0,
    "subhead: lead looks like a new story": -2.5,
    "subhead: echoed above": 0.8,
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
})


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A block's label; `story` is the story it belongs to, `follows` the block it continues, `score` its lead."""

    label: Label
    story: int
    follows: int = -1
    score: float = 0.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """What can be said of a block before any label is chosen."""

    head: tuple[str, ...]
    head_score: float
    furniture: str
    dateline: bool
    byline: float
    credit: bool
    report: bool
    caption: tuple[str, ...]
    tail: bool
    openness: float
    seen_across: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Path:
    """A reading of the blocks so far."""

    score: float = 0.0
    labels: tuple[Labelled, ...] = ()
    stories: int = 0
    current: int = -1
    waiting: int = 0
    signed: bool = False
    paragraphs: int = 0
    subheads: int = 0
    credited: bool = False
    dated: bool = False
    unsigned: bool = False
    open_ends: tuple[int, ...] = ()

    @property
    def last(self) -> Label | None:
        for labelled in reversed(self.labels):
            if labelled.label not in (Label.FURNITURE, Label.CAPTION):
                return labelled.label
        return None


def label_blocks(blocks: Sequence[Block]) -> tuple[Labelled, ...]:
    """Return one label for every block, the best reading of the page as a whole."""
    if not blocks:
        return ()
    indented = _indents(blocks)
    page = "\n".join(block.text for block in blocks)
    evidence = tuple(_evidence(blocks, position, page, indented=indented) for position in range(len(blocks)))
    beam = [_Path()]
    for position in range(len(blocks)):
        grown = [
            path
            for old in beam
            for path in _steps(old, blocks, evidence, position, indented=indented)
        ]
        grown.sort(key=lambda path: -path.score)
        beam = _distinct(grown)[:BEAM]
    return max(beam, key=lambda path: path.score + WEIGHTS["head: nothing after"] * bool(path.waiting)).labels


def _distinct(paths: Sequence[_Path]) -> list[_Path]:
    """Keep the best of the paths that cannot differ in what follows."""
    kept: dict[tuple[object, ...], _Path] = {}
    for path in paths:
        key = (
            path.current, path.stories, path.waiting, path.signed, min(path.paragraphs, PHOTO_STORY_PARAGRAPHS),
            min(path.subheads, 1), path.credited, path.dated, path.unsigned, path.open_ends, path.last,
        )
        kept.setdefault(key, path)
    return list(kept.values())


def _indents(blocks: Sequence[Block]) -> bool:
    """Tell whether the extractor kept the indent of paragraphs."""
    long_blocks = [block for block in blocks if len(block.text) >= LONG_PARAGRAPH]
    return sum(1 for block in long_blocks if block.indent >= 1) * 2 > len(long_blocks)


def _evidence(blocks: Sequence[Block], position: int, page: str, *, indented: bool) -> _Evidence:
    block = blocks[position]
    text = block.text
    head = _head_evidence(blocks, position, indented=indented)
    credit = len(text) <= LONGEST_LINE and (
        patterns.CREDIT_LINE.fullmatch(text) or patterns.AGENCY_CREDIT.fullmatch(text)
    ) is not None
    return _Evidence(
        head=tuple(name for name, _ in head),
        head_score=sum(score for _, score in head),
        furniture=patterns.furniture(text) if len(text) <= LONGEST_LINE * 2 else "",
        dateline=patterns.split_dateline(text) is not None,
        byline=_byline_score(text),
        credit=credit,
        report=credit and patterns.PHOTO_REPORT.search(text) is not None,
        caption=() if credit else _caption_evidence(text),
        tail=patterns.TAIL_LINE.fullmatch(text) is not None,
        seen_across=position > 0 and cues.stand_together(blocks[position - 1].text, text, page),
        openness=0.3 * cues.openness(text) if cues.enumerates(text) and len(text) < LONG_PARAGRAPH else cues.openness(text),
    )


def _head_evidence(blocks: Sequence[Block], position: int, *, indented: bool) -> tuple[tuple[str, float], ...]:
    text = blocks[position].text
    opened, orphan = patterns.unbalanced(text)
    below = "".join(block.text for block in blocks[position + 1 : position + 5] if len(block.text) >= LONG_PARAGRAPH)
    above = "".join(block.text for block in blocks[max(0, position - 2) : position] if len(block.text) >= LONG_PARAGRAPH)
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
        "head: indented like body": float(indented and 1 <= blocks[position].indent <= 2),  # noqa: PLR2004
        "head: wider gap above": float(blocks[position].blanks_before > 1),
    }
    return tuple((name, WEIGHTS[name] * amount) for name, amount in amounts.items() if amount)


def _byline_score(text: str) -> float:
    if len(text) > LONGEST_LINE:
        return -99.0
    if patterns.BYLINE_LINE.fullmatch(text) or patterns.MARKED_NAME.fullmatch(text):
        return WEIGHTS["byline: set form"]
    if patterns.BARE_NAME.fullmatch(text):
        surname = "byline: surname" if text[0] in patterns.SURNAMES else "byline: no surname"
        return WEIGHTS["byline: bare name"] + WEIGHTS[surname]
    return -99.0


def _caption_evidence(text: str) -> tuple[str, ...]:
    if len(text) > LONGEST_CAPTION:
        return ()
    found = []
    if patterns.CREDIT_AT_END.search(text):
        found.append("caption: set form")
    if patterns.CAPTION_START.match(text):
        found.append("caption: begins as one")
    return tuple(found)


def _steps(
    path: _Path, blocks: Sequence[Block], evidence: Sequence[_Evidence], position: int, *, indented: bool,
) -> list[_Path]:
    """Return the path with every label the block at `position` can have."""
    facts = evidence[position]
    if facts.furniture:
        return [_with(path, Labelled(label=Label.FURNITURE, story=-1, why=(facts.furniture,)), 0.0)]
    steps = [_head_step(path, facts, position)]
    steps += _byline_steps(path, facts)
    steps += _foot_steps(path, facts)
    body = _body_evidence(blocks[position], facts, indented=indented)
    if path.waiting or path.current < 0:
        steps.append(_lead_step(path, blocks, facts, position, body))
    if path.current >= 0:
        steps.append(_paragraph_step(path, blocks[position].text, facts, position, body))
        if not path.waiting and path.last in (Label.LEAD, Label.PARAGRAPH, Label.CONTINUATION):
            steps.append(_subhead_step(path, blocks, evidence, position))
    steps += [
        _join_step(path, blocks, evidence, position, earlier, body, indented=indented)
        for earlier in path.open_ends
    ]
    return steps


def _with(path: _Path, labelled: Labelled, score: float, **changes: object) -> _Path:
    """Return the path one block longer."""
    fields: dict[str, object] = {
        "stories": path.stories, "current": path.current, "waiting": path.waiting, "signed": path.signed,
        "paragraphs": path.paragraphs, "subheads": path.subheads, "credited": path.credited, "dated": path.dated, "unsigned": path.unsigned,
        "open_ends": path.open_ends,
    }
    fields.update(changes)
    return _Path(score=path.score + score, labels=(*path.labels, labelled), **fields)  # type: ignore[arg-type]


def _named(names: Sequence[str]) -> float:
    return sum(WEIGHTS[name] for name in names)


def _head_step(path: _Path, facts: _Evidence, position: int) -> _Path:
    names: list[str] = []
    if path.waiting and path.last not in (Label.HEAD, None):
        names.append("head: second group pending")
    if path.waiting >= LINES_OF_A_HEAD + (path.stories == 0):
        names.append("head: line beyond the third")
    if not path.waiting and path.current >= 0:
        names.append("head: after a credit line" if path.last is Label.CREDIT else "head: story before")
    if path.last is Label.SUBHEAD:
        names.append("head: after a subhead")
    score = facts.head_score + _named(names)
    labelled = Labelled(label=Label.HEAD, story=path.stories, score=score, why=(*facts.head, *names))
    return _with(path, labelled, score, waiting=path.waiting + 1)


def _byline_steps(path: _Path, facts: _Evidence) -> list[_Path]:
    if facts.byline < -WEIGHTS["tail: set form"] or facts.credit and not path.waiting:
        return []
    if not path.waiting:
        if path.current < 0:
            return []
        score = facts.byline + WEIGHTS["byline: nothing waiting"] + WEIGHTS["foot: signs the story"] * path.unsigned
        return [_with(path, Labelled(label=Label.TAIL, story=path.current, score=score), score, unsigned=False)]
    labelled = Labelled(label=Label.BYLINE, story=path.stories, score=facts.byline)
    return [_with(path, labelled, facts.byline, signed=True)]


def _foot_steps(path: _Path, facts: _Evidence) -> list[_Path]:
    """Return the credit lines, captions and tails the block may be; a story must be there for them."""
    steps: list[_Path] = []
    if path.current < 0:
        return steps
    signs = ["foot: signs the story"] if path.unsigned and not path.waiting else []
    if facts.credit:
        names = ["credit: set form", *signs]
        if path.waiting:
            names.append("credit: no body")
        if path.dated and facts.report:
            names.append("credit: story has a dateline")
        if path.paragraphs > PHOTO_STORY_PARAGRAPHS:
            names.append("credit: many paragraphs")
        labelled = Labelled(label=Label.CREDIT, story=path.current, score=_named(names), why=tuple(names))
        steps.append(_with(path, labelled, _named(names), credited=True, unsigned=False))
    if facts.caption:
        labelled = Labelled(label=Label.CAPTION, story=path.current, score=_named(facts.caption), why=facts.caption)
        steps.append(_with(path, labelled, _named(facts.caption)))
    if facts.tail and not facts.credit:
        names = ["tail: set form", *signs]
        labelled = Labelled(label=Label.TAIL, story=path.current, score=_named(names), why=tuple(names))
        steps.append(_with(path, labelled, _named(names), unsigned=False))
    return steps


def _body_evidence(block: Block, facts: _Evidence, *, indented: bool) -> tuple[str, ...]:
    """Return what the block has of a paragraph, whatever stands round it."""
    names: list[str] = []
    if patterns.closes_sentence(block.text):
        names.append("paragraph: stop at the end")
    elif facts.head_score > WORST_HEAD and len(block.text) <= HEAD_LENGTH + SHORT_HEAD:
        names.append("paragraph: looks like a head")
    if len(block.text) >= LONG_PARAGRAPH:
        names.append("paragraph: long")
    if indented and block.indent >= 1:
        names.append("paragraph: indented")
    return tuple(names)


def _lead_step(
    path: _Path, blocks: Sequence[Block], facts: _Evidence, position: int, body: tuple[str, ...],
) -> _Path:
    text = blocks[position].text
    names = list(body)
    if not path.waiting:
        names.append("lead: without a head")
    if facts.dateline:
        names.append("lead: dateline")
    elif path.signed:
        names.append("lead: byline above")
    elif cues.opens_story(text):
        names.append("lead: opening words")
    elif cues.has_early_time(text):
        names.append("lead: word of time early")
    else:
        names.append("lead: none of these")
    if cues.starts_inside(text) and not cues.opens_story(text):
        names.append("lead: begins inside a sentence")
    if path.last is Label.HEAD and cues.word_across(blocks[position - 1].text, text):
        names.append("lead: one word with the line above")
    if path.last is Label.HEAD and facts.seen_across:
        names.append("lead: words across stand together elsewhere")
    unsigned = not facts.dateline and not path.signed
    if unsigned:
        names.append("lead: unsigned so far")
    score = _named(names)
    labelled = Labelled(label=Label.LEAD, story=path.stories, score=score, why=tuple(names))
    return _with(
        path, labelled, score + _open_cost(facts), stories=path.stories + 1, current=path.stories, waiting=0,
        signed=False, paragraphs=1, subheads=0, credited=False, dated=facts.dateline,
        unsigned=unsigned, open_ends=_opened(path.open_ends, facts, position),
    )


def _paragraph_step(
    path: _Path, text: str, facts: _Evidence, position: int, body: tuple[str, ...],
) -> _Path:
    names = list(body)
    if facts.dateline:
        names.append("paragraph: dateline inside a story")
    if facts.caption:
        names.append("paragraph: reads as a caption")
    if cues.starts_inside(text) and not cues.opens_story(text):
        names.append("paragraph: begins inside a sentence")
    if path.credited:
        names.append("paragraph: after a credit line")
    if path.waiting:
        names.append("paragraph: heads still waiting")
        if path.signed:
            names.append("paragraph: byline above")
    score = _named(names)
    labelled = Labelled(label=Label.PARAGRAPH, story=path.current, score=score, why=tuple(names))
    return _with(
        path, labelled, score + _open_cost(facts), paragraphs=path.paragraphs + 1,
        open_ends=_opened(path.open_ends, facts, position),
    )


def _opened(open_ends: tuple[int, ...], facts: _Evidence, position: int) -> tuple[int, ...]:
    return (*open_ends, position)[-OPEN_KEPT:] if facts.openness > 0 else open_ends


def _open_cost(facts: _Evidence) -> float:
    """Return what a paragraph costs that looks cut; a continuation gives it back."""
    return WEIGHTS["left open"] * facts.openness


def _subhead_step(path: _Path, blocks: Sequence[Block], evidence: Sequence[_Evidence], position: int) -> _Path:
    facts = evidence[position]
    text = blocks[position].text
    names = ["subhead: base"]
    if len(text) > LONGEST_SUBHEAD:
        names.append("subhead: long")
    if path.subheads:
        names.append("subhead: another in the story")
    if cues.has_list_sign(text):
        names.append("subhead: begins with a list sign")
    following = next((other for other in range(position + 1, len(blocks)) if not evidence[other].furniture), None)
    if following is None or evidence[following].head_score > 0:
        names.append("subhead: nothing after")
    elif cues.word_across(text, blocks[following].text):
        names.append("subhead: one word with the line below")
    elif following == position + 1 and evidence[following].seen_across:
        names.append("subhead: words across stand together elsewhere")
    elif evidence[following].dateline or evidence[following].byline > 0:
        names.append("subhead: lead looks like a new story")
    score = facts.head_score - WEIGHTS["head: echoed above"] * ("head: echoed above" in facts.head) + _named(names)
    score += WEIGHTS["subhead: each em beyond the usual"] * max(0, len(text) - USUAL_SUBHEAD)
    labelled = Labelled(label=Label.SUBHEAD, story=path.current, score=score, why=tuple(names))
    return _with(path, labelled, score, subheads=path.subheads + 1)


def _join_step(
    path: _Path, blocks: Sequence[Block], evidence: Sequence[_Evidence], position: int, earlier: int,
    body: tuple[str, ...], *, indented: bool,
) -> _Path:
    """Return the path with the block as the continuation of the open paragraph at `earlier`."""
    names = list(body)
    names += join_evidence(blocks[earlier], blocks[position], indented=indented)
    if earlier == position - 1 and evidence[position].seen_across:
        names.append("join: words across stand together elsewhere")
    between = [path.labels[other].label for other in range(earlier + 1, position)]
    bodies = {Label.LEAD, Label.PARAGRAPH, Label.CONTINUATION, Label.SUBHEAD}
    if any(label in bodies for label in between):
        names.append("join: over other paragraphs")
    elif any(label is not Label.FURNITURE for label in between):
        names.append("join: over heads or captions")
    story = path.labels[earlier].story
    if evidence[position].caption:
        names.append("join: reads as a caption")
    if path.credited and story == path.current:
        names.append("join: after its credit line")
    score = _named(names) - _open_cost(evidence[earlier])
    labelled = Labelled(label=Label.CONTINUATION, story=story, follows=earlier, score=score, why=tuple(names))
    remaining = tuple(other for other in path.open_ends if other != earlier)
    return _with(
        path, labelled, score + _open_cost(evidence[position]), current=story,
        open_ends=_opened(remaining, evidence[position], position),
    )


def join_evidence(first: Block, second: Block, *, indented: bool = False) -> tuple[str, ...]:
    """Return the names of what speaks for and against `second` going on where `first` was cut."""
    names = ["join: base"]
    opened, _ = patterns.unbalanced(first.text)
    _, orphans = patterns.unbalanced(second.text)
    repaired = any(start in opened and close in orphans for start, close in patterns.PAIRS)
    text = second.text
    if repaired:
        names.append("join: quote or bracket closes")
    if patterns.closes_sentence(first.text) and not repaired:
        names.append("join: finished before")
    if first.text[-1] in "，、,":
        names.append("join: comma before")
    if cues.figure_goes_on(first.text, text):
        names.append("join: figure goes on")
    elif first.text[-1] in "：:":
        names.append("join: speech after the colon" if text[0] in "“「" else "join: colon before")
    names.append("join: one word across" if cues.word_across(first.text, text) else "join: no word across")
    if cues.hangs(first.text):
        names.append("join: last word hangs")
    if cues.starts_with_mark(text):
        names.append("join: begins with a mark")
    elif cues.starts_inside(text):
        names.append("join: begins inside a sentence")
    if cues.enumerates(text):
        names.append("join: begins with a list sign")
    if cues.opens_story(text):
        names.append("join: begins as a story")
    if text[0] in "“‘":
        names.append("join: begins with an opening quote")
    if patterns.split_dateline(text) is not None:
        names.append("join: dateline")
    if indented:
        names.append("join: indented" if second.indent >= 1 else "join: not indented")
    return tuple(names)

