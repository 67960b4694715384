"""Say what every block of an extracted page is: head, paragraph, continuation, credit and so on.

The reading is the best path of a beam search: each block gets a label, and a label's score is the sum of the
weights of the evidence that is there. Nothing is decided alone: a short line without a stop is a head where a
story can start after it, and a cut piece where the next block goes on with its sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from layout.importers import cues
from layout.importers.evidence import WEIGHTS, Evidence, gather, join_evidence, keeps_indents, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.importers.blocks import Block

BEAM = 40
OPEN_KEPT = 4
USUAL_SUBHEAD = 10
LONGEST_SUBHEAD = 18
PHOTO_STORY_PARAGRAPHS = 3
LINES_OF_A_HEAD = 3
LEAST_BYLINE = -5.0


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


BODIES = frozenset({Label.LEAD, Label.PARAGRAPH, Label.CONTINUATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A block's label.

    `story` counts stories from 0; `follows` is the block that a continuation continues; `score` is the sum of
    the weights of `why`.
    """

    label: Label
    story: int
    follows: int = -1
    score: float = 0.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Path:
    """A reading of the blocks so far.

    `waiting` counts head lines whose story has not begun; `signed` says that a byline stands among them;
    `unsigned` that the current story has neither dateline nor byline nor credit; `open_ends` are the paragraphs
    that look cut and have found no continuation.
    """

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
        """The label before, page furniture and captions left out."""
        for labelled in reversed(self.labels):
            if labelled.label not in (Label.FURNITURE, Label.CAPTION):
                return labelled.label
        return None

    @property
    def state(self) -> tuple[object, ...]:
        """All that the rest of the page depends on."""
        return (
            *(self.current, self.stories, self.waiting, self.signed, min(self.paragraphs, PHOTO_STORY_PARAGRAPHS + 1)),
            *(min(self.subheads, 1), self.credited, self.dated, self.unsigned, self.open_ends, self.last),
        )

    def grown(self, labelled: Labelled, extra: float = 0.0, **changes: Any) -> _Path:  # noqa: ANN401
        """Return the path one block longer; `extra` is what does not belong to the label's own score."""
        score = self.score + labelled.score + extra
        return replace(self, score=score, labels=(*self.labels, labelled), **changes)


def label_blocks(blocks: Sequence[Block]) -> tuple[Labelled, ...]:
    """Return one label for every block, the best reading of the page as a whole."""
    search = _Search(blocks=blocks, evidence=gather(blocks), indented=keeps_indents(blocks))
    beam = [_Path()]
    for position in range(len(blocks)):
        best: dict[tuple[object, ...], _Path] = {}
        for path in sorted((new for old in beam for new in search.steps(old, position)), key=lambda path: -path.score):
            best.setdefault(path.state, path)
        beam = list(best.values())[:BEAM]
    return max(beam, key=lambda path: path.score + WEIGHTS["head: nothing after"] * bool(path.waiting)).labels


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """The blocks of a page and what each shows."""

    blocks: Sequence[Block]
    evidence: Sequence[Evidence]
    indented: bool

    def steps(self, path: _Path, position: int) -> list[_Path]:
        """Return the path with every label the block at `position` can have."""
        facts = self.evidence[position]
        if facts.furniture:
            return [path.grown(Labelled(label=Label.FURNITURE, story=-1, why=(facts.furniture,)))]
        steps = [_as_head(path, facts), *_as_byline(path, facts), *_at_the_foot(path, facts)]
        if path.waiting or path.current < 0:
            steps.append(self._as_lead(path, position))
        if path.current >= 0:
            steps.append(self._as_paragraph(path, position))
            if not path.waiting and path.last in BODIES:
                steps.append(self._as_subhead(path, position))
        steps += [self._as_continuation(path, position, earlier) for earlier in path.open_ends]
        return steps

    def _as_lead(self, path: _Path, position: int) -> _Path:
        facts = self.evidence[position]
        names = [*facts.body, _how_it_opens(path, facts)]
        if not path.waiting:
            names.append("lead: without a head")
        if cues.starts_inside(facts.text) and not cues.opens_story(facts.text):
            names.append("lead: begins inside a sentence")
        if path.last is Label.HEAD and cues.word_across(self.blocks[position - 1].text, facts.text):
            names.append("lead: one word with the line above")
        if path.last is Label.HEAD and facts.seen_across:
            names.append("lead: words across stand together elsewhere")
        unsigned = not facts.dateline and not path.signed
        if unsigned:
            names.append("lead: unsigned so far")
        return path.grown(
            Labelled(label=Label.LEAD, story=path.stories, score=total(names), why=tuple(names)),
            _open_cost(facts),
            stories=path.stories + 1,
            current=path.stories,
            waiting=0,
            signed=False,
            paragraphs=1,
            subheads=0,
            credited=False,
            dated=facts.dateline,
            unsigned=unsigned,
            open_ends=_opened(path.open_ends, facts, position),
        )

    def _as_paragraph(self, path: _Path, position: int) -> _Path:
        facts = self.evidence[position]
        names = list(facts.body)
        if facts.dateline:
            names.append("paragraph: dateline inside a story")
        if facts.caption:
            names.append("paragraph: reads as a caption")
        if cues.starts_inside(facts.text) and not cues.opens_story(facts.text):
            names.append("paragraph: begins inside a sentence")
        if path.credited:
            names.append("paragraph: after a credit line")
        if path.waiting:
            names.append("paragraph: heads still waiting")
        if path.waiting and path.signed:
            names.append("paragraph: byline above")
        return path.grown(
            Labelled(label=Label.PARAGRAPH, story=path.current, score=total(names), why=tuple(names)),
            _open_cost(facts),
            paragraphs=path.paragraphs + 1,
            open_ends=_opened(path.open_ends, facts, position),
        )

    def _as_subhead(self, path: _Path, position: int) -> _Path:
        facts = self.evidence[position]
        names = ["subhead: base"]
        if len(facts.text) > LONGEST_SUBHEAD:
            names.append("subhead: long")
        if path.subheads:
            names.append("subhead: another in the story")
        if cues.has_list_sign(facts.text):
            names.append("subhead: begins with a list sign")
        names += self._below_a_subhead(position)
        # A head is echoed by the text below it; a subhead need not be, and a cut piece is as well.
        excess = max(0, len(facts.text) - USUAL_SUBHEAD) * WEIGHTS["subhead: each em beyond the usual"]
        score = facts.head_score - facts.echo_score + excess + total(names)
        labelled = Labelled(label=Label.SUBHEAD, story=path.current, score=score, why=tuple(names))
        return path.grown(labelled, subheads=path.subheads + 1)

    def _below_a_subhead(self, position: int) -> list[str]:
        following = next((other for other in range(position + 1, len(self.blocks)) if self._is_copy(other)), None)
        if following is None:
            return ["subhead: nothing after"]
        if self.evidence[following].head_score > 0:
            return ["subhead: another line below"]
        below = self.evidence[following]
        if cues.word_across(self.evidence[position].text, below.text):
            return ["subhead: one word with the line below"]
        if following == position + 1 and below.seen_across:
            return ["subhead: words across stand together elsewhere"]
        return ["subhead: lead looks like a new story"] if below.dateline or below.byline > 0 else []

    def _is_copy(self, position: int) -> bool:
        return not self.evidence[position].furniture and not self.evidence[position].caption

    def _as_continuation(self, path: _Path, position: int, earlier: int) -> _Path:
        """Return the path with the block going on where the open paragraph at `earlier` was cut."""
        facts = self.evidence[position]
        names = [*facts.body, *join_evidence(self.blocks[earlier], self.blocks[position], indented=self.indented)]
        if earlier == position - 1 and facts.seen_across:
            names.append("join: words across stand together elsewhere")
        between = [labelled.label for labelled in path.labels[earlier + 1 :]]
        if any(label in BODIES or label is Label.SUBHEAD for label in between):
            names.append("join: over other paragraphs")
        elif any(label is not Label.FURNITURE for label in between):
            names.append("join: over heads or captions")
        if facts.caption:
            names.append("join: reads as a caption")
        story = path.labels[earlier].story
        if path.credited and story == path.current:
            names.append("join: after its credit line")
        remaining = tuple(other for other in path.open_ends if other != earlier)
        score = total(names) - _open_cost(self.evidence[earlier])
        return path.grown(
            Labelled(label=Label.CONTINUATION, story=story, follows=earlier, score=score, why=tuple(names)),
            _open_cost(facts),
            current=story,
            open_ends=_opened(remaining, facts, position),
        )


def _as_head(path: _Path, facts: Evidence) -> _Path:
    names: list[str] = []
    if path.waiting and path.last not in (Label.HEAD, None):
        names.append("head: second group pending")
    if path.waiting >= LINES_OF_A_HEAD + (path.stories == 0):
        names.append("head: line beyond the third")
    if not path.waiting and path.current >= 0:
        names.append("head: after a credit line" if path.last is Label.CREDIT else "head: story before")
    if path.last is Label.SUBHEAD:
        names.append("head: after a subhead")
    score = facts.head_score + total(names)
    labelled = Labelled(label=Label.HEAD, story=path.stories, score=score, why=(*facts.head, *names))
    return path.grown(labelled, waiting=path.waiting + 1)


def _as_byline(path: _Path, facts: Evidence) -> list[_Path]:
    """Return the block as a line that names the writer: under a head, or at the foot of a story."""
    if facts.byline < LEAST_BYLINE:
        return []
    if path.waiting:
        labelled = Labelled(label=Label.BYLINE, story=path.stories, score=facts.byline)
        return [path.grown(labelled, signed=True)]
    if path.current < 0 or facts.credit:
        return []
    names = ["byline: nothing waiting", *_signature(path)]
    labelled = Labelled(label=Label.TAIL, story=path.current, score=facts.byline + total(names), why=tuple(names))
    return [path.grown(labelled, unsigned=False)]


def _at_the_foot(path: _Path, facts: Evidence) -> list[_Path]:
    """Return the block as credit line, caption or source; a story must be there for them."""
    steps: list[_Path] = []
    if path.current < 0:
        return steps
    if facts.credit:
        names = ["credit: set form", *_signature(path)]
        if path.waiting:
            names.append("credit: no body")
        if path.dated and facts.report:
            names.append("credit: story has a dateline")
        if path.paragraphs > PHOTO_STORY_PARAGRAPHS:
            names.append("credit: many paragraphs")
        labelled = Labelled(label=Label.CREDIT, story=path.current, score=total(names), why=tuple(names))
        steps.append(path.grown(labelled, credited=True, unsigned=False))
    if facts.caption:
        labelled = Labelled(label=Label.CAPTION, story=path.current, score=total(facts.caption), why=facts.caption)
        steps.append(path.grown(labelled))
    if facts.tail and not facts.credit:
        names = ["tail: set form", *_signature(path)]
        labelled = Labelled(label=Label.TAIL, story=path.current, score=total(names), why=tuple(names))
        steps.append(path.grown(labelled, unsigned=False))
    return steps


def _signature(path: _Path) -> list[str]:
    return ["foot: signs the story"] if path.unsigned and not path.waiting else []


def _how_it_opens(path: _Path, facts: Evidence) -> str:
    if facts.dateline:
        return "lead: dateline"
    if path.signed:
        return "lead: byline above"
    if cues.opens_story(facts.text):
        return "lead: opening words"
    return "lead: word of time early" if cues.has_early_time(facts.text) else "lead: none of these"


def _opened(open_ends: tuple[int, ...], facts: Evidence, position: int) -> tuple[int, ...]:
    return (*open_ends, position)[-OPEN_KEPT:] if facts.openness > 0 else open_ends


def _open_cost(facts: Evidence) -> float:
    """Return what a paragraph costs that looks cut; a continuation gives it back."""
    return WEIGHTS["left open"] * facts.openness
