"""Read the text of a newspaper page as an extractor left it: stories, heads, joined paragraphs, guesses.

Pure: text in, frozen values out. Nothing of the text is lost: each character that is not a space is in one
field of the `ExtractedPage` or in its `dropped`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from layout.importers import patterns
from layout.importers.blocks import Dropped, glue, read_blocks
from layout.importers.evidence import WEIGHTS as LABEL_WEIGHTS
from layout.importers.heads import Role, arrange
from layout.importers.labelling import PHOTO_STORY_PARAGRAPHS, Label, Labelled, label_blocks
from layout.importers.pagecopy import Caption, Copy, ExtractedPage, ExtractedStory, Guess, GuessKind, Paragraph
from layout.importers.problem import ImportProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.importers.blocks import Block

MISSING_HEADLINE = "标题待补"


@dataclass(slots=True)
class _Draft:
    """A story while it is put together."""

    heads: list[int] = field(default_factory=list)
    bylines: list[Copy] = field(default_factory=list)
    body: list[tuple[list[int], bool]] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)
    credits: list[Copy] = field(default_factory=list)
    tails: list[Copy] = field(default_factory=list)


def read_page(text: str) -> ExtractedPage:
    """Return what the `text` of one extracted page holds."""
    blocks, dropped = read_blocks(text)
    labels = label_blocks(blocks)
    reader = _Reader(blocks=blocks, labels=labels, dropped=list(dropped))
    return reader.page(_problems(text))


def _problems(text: str) -> tuple[ImportProblem, ...]:
    found = []
    if not text.strip():
        found.append(ImportProblem(line=0, column=0, message="the file has no text"))
    for number, line in enumerate(text.splitlines(), start=1):
        column = line.find("\ufffd") + 1
        if column:
            found.append(
                ImportProblem(
                    line=number,
                    column=column,
                    message="a character was lost when the text was extracted (U+FFFD)",
                    hint="type it in from the printed page",
                ),
            )
    return tuple(found)


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Turns labelled blocks into a page, writing down what it assumes."""

    blocks: Sequence[Block]
    labels: Sequence[Labelled]
    dropped: list[Dropped]
    guesses: list[Guess] = field(default_factory=list)
    banner: Copy | None = None

    def page(self, problems: tuple[ImportProblem, ...]) -> ExtractedPage:
        """Return the page; called once."""
        stories = tuple(self._story(draft, number) for number, draft in enumerate(self._drafts()))
        return ExtractedPage(
            banner=self.banner,
            stories=stories,
            guesses=tuple(sorted(self.guesses, key=lambda guess: (guess.line, guess.kind))),
            dropped=tuple(sorted(self.dropped, key=lambda item: item.line)),
            problems=problems,
        )

    def _guess(self, line: int, kind: GuessKind, assumed: str, why: str, confidence: float) -> None:
        self.guesses.append(
            Guess(line=line, kind=kind, assumed=assumed, why=why, confidence=min(0.99, round(confidence, 2))),
        )

    def _copy(self, position: int) -> Copy:
        return Copy(text=self.blocks[position].text, lines=self.blocks[position].lines)

    def _drafts(self) -> list[_Draft]:
        """Sort the blocks into stories by their labels."""
        drafts: list[_Draft] = []
        place: dict[int, list[int]] = {}
        for position, labelled in enumerate(self.labels):
            if labelled.label is Label.FURNITURE:
                self._drop(self.blocks[position].lines[0], self.blocks[position].text, labelled.why[0])
                continue
            while len(drafts) <= labelled.story:
                drafts.append(_Draft())
            self._sort(drafts[labelled.story], position, labelled, place)
        return drafts

    def _sort(self, draft: _Draft, position: int, labelled: Labelled, place: dict[int, list[int]]) -> None:
        label, copy = labelled.label, self._copy(position)
        if label is Label.HEAD:
            draft.heads.append(position)
        elif label is Label.BYLINE:
            draft.bylines.append(copy)
        elif label is Label.CREDIT:
            draft.credits.append(copy)
        elif label is Label.CAPTION:
            draft.captions.append(position)
        elif label is Label.TAIL:
            draft.tails.append(copy)
        elif label is Label.CONTINUATION:
            pieces = place[labelled.follows]
            pieces.append(position)
            place[position] = pieces
            self._guess(
                copy.lines[0],
                "join",
                f"continues line {self.blocks[labelled.follows].lines[-1]}",
                _reasons(labelled.why, "join: "),
                _sure(labelled.score),
            )
        else:
            pieces = [position]
            draft.body.append((pieces, label is Label.SUBHEAD))
            place[position] = pieces
            if label is Label.SUBHEAD:
                self._guess(copy.lines[0], "subhead", copy.text, "a short line inside a story", _sure(labelled.score))

    def _drop(self, line: int, text: str, why: str) -> None:
        self.dropped.append(Dropped(line=line, text=text, why=why))
        self._guess(line, "dropped", text, why, 0.9)

    def _story(self, draft: _Draft, number: int) -> ExtractedStory:
        paragraphs = [self._paragraph(pieces, subhead=subhead) for pieces, subhead in draft.body]
        story = self._head(draft, paragraphs, first=number == 0)
        story, paragraphs = self._opening(story, draft, paragraphs)
        tail, paragraphs = self._foot(draft, paragraphs)
        captions = tuple(self._caption(position) for position in draft.captions)
        credit = tail is not None and patterns.PHOTO_REPORT.search(tail.text) is not None
        bodies = sum(1 for paragraph in paragraphs if not paragraph.subhead)
        photo = bool(draft.credits or credit) and story.dateline is None and bodies <= PHOTO_STORY_PARAGRAPHS
        if photo:
            line = draft.credits[0].lines[0] if draft.credits else paragraphs[-1].lines[-1]
            why = "a picture's credit ends it and no dateline opens it"
            self._guess(line, "photo story", story.headline.text, why, 0.95)
        return replace(story, photo=photo, paragraphs=tuple(paragraphs), captions=captions, tail=tail)

    def _paragraph(self, pieces: list[int], *, subhead: bool) -> Paragraph:
        first = self.blocks[pieces[0]]
        text, lines, joins = first.text, list(first.lines), []
        for position in pieces[1:]:
            block = self.blocks[position]
            joins.append((lines[-1], block.lines[0]))
            text = glue(text, block.text)
            lines += block.lines
        return Paragraph(text=text, lines=tuple(lines), subhead=subhead, joins=tuple(joins))

    def _head(self, draft: _Draft, paragraphs: Sequence[Paragraph], *, first: bool) -> ExtractedStory:
        """Give the lines of the head their roles; keep a banner for the page."""
        if not draft.heads:
            line = paragraphs[0].lines[0] if paragraphs else 0
            self._guess(line, "headline", MISSING_HEADLINE, "the story has no head on this page", 0.5)
            return ExtractedStory(photo=False, headline=Copy(text=MISSING_HEADLINE, lines=()))
        lines = [self.blocks[position].text for position in draft.heads]
        gaps = [
            self.blocks[position + 1].blanks_before if position + 1 < len(self.blocks) else 0
            for position in draft.heads
        ]
        lead = "".join(paragraph.text for paragraph in paragraphs[:2])
        arrangement = arrange(lines, lead, first=first, gaps=gaps)
        found: dict[Role, Copy] = {}
        for role, position in zip(arrangement.roles, draft.heads, strict=True):
            copy = self._copy(position)
            owner = Role.HEADLINE if role is Role.TURN else role
            if owner in found:
                separator = " / " if owner is Role.HEADLINE else "\u3000"
                copy = Copy(
                    text=found[owner].text + separator + copy.text,
                    lines=found[owner].lines + copy.lines,
                )
            found[owner] = copy
        for role, copy in found.items():
            why = [
                name.removeprefix("banner: ")
                for name in arrangement.why
                if name.startswith("banner: ") == (role is Role.BANNER) and name != "base"
            ]
            sure = min(arrangement.confidence, _sure(self.labels[draft.heads[0]].score + 2))
            self._guess(copy.lines[0], _HEAD_KINDS[role], copy.text, ", ".join(why) or "order of the lines", sure)
        if Role.BANNER in found:
            self.banner = found[Role.BANNER]
        return ExtractedStory(
            photo=False,
            headline=found[Role.HEADLINE],
            kicker=found.get(Role.KICKER),
            deck=found.get(Role.DECK),
        )

    def _opening(
        self,
        story: ExtractedStory,
        draft: _Draft,
        paragraphs: list[Paragraph],
    ) -> tuple[ExtractedStory, list[Paragraph]]:
        """Take dateline and byline off the first paragraph, or the byline from its own line."""
        byline = _merged(draft.bylines)
        if byline:
            self._guess(byline.lines[0], "byline", byline.text, "a line of its own in the set form", 0.95)
        opening = patterns.split_dateline(paragraphs[0].text) if paragraphs else None
        if opening is None:
            return replace(story, byline=byline), paragraphs
        line = paragraphs[0].lines[0]
        dateline = Copy(text=opening.dateline, lines=(line,)) if opening.dateline else None
        if opening.byline:
            own = Copy(text=opening.byline, lines=(line,))
            byline = _merged([copy for copy in (byline, own) if copy])
            self._guess(line, "byline", opening.byline, "the reporters after the dateline", 0.98)
        if dateline:
            self._guess(line, "dateline", opening.dateline, "a set form of words at the beginning", 0.98)
        if opening.dropped:
            self.dropped.append(Dropped(line=line, text=opening.dropped, why="marks round dateline and byline"))
        rest = [replace(paragraphs[0], text=opening.rest)] if opening.rest else []
        return replace(story, dateline=dateline, byline=byline), [*rest, *paragraphs[1:]]

    def _foot(self, draft: _Draft, paragraphs: list[Paragraph]) -> tuple[Copy | None, list[Paragraph]]:
        """Take source, signature, credit or jump line off the end of the last paragraph."""
        found: list[Copy] = []
        kept = list(paragraphs)
        if kept and not kept[-1].subhead:
            last = kept[-1]
            jump = patterns.JUMP_AT_END.search(last.text)
            if jump:
                self._drop(last.lines[-1], jump.group(), "jump line")
                last = replace(last, text=last.text[: jump.start()])
            ending = patterns.tail_at_end(last.text) or (None if draft.credits else patterns.credit_at_end(last.text))
            if ending:
                found.append(Copy(text=ending.group().strip(), lines=last.lines[-1:]))
                last = replace(last, text=last.text[: ending.start()].rstrip())
            kept[-1] = last
        tail = _merged([*found, *draft.credits, *draft.tails])
        if tail:
            self._guess(tail.lines[0], "tail", tail.text, "a credit or source in the set form", 0.95)
        for paragraph in kept:
            finished = patterns.closes_sentence(paragraph.text) or paragraph.text[-1:] in "：:；"
            if not paragraph.subhead and not finished:
                why = "no full stop and no continuation found"
                self._guess(paragraph.lines[-1], "unfinished", paragraph.text[-8:], why, 0.5)
        return tail, kept

    def _caption(self, position: int) -> Caption:
        copy = self._copy(position)
        found = patterns.credit_at_end(copy.text)
        self._guess(copy.lines[0], "caption", copy.text, "begins or ends as words under a picture do", 0.9)
        if not found:
            return Caption(text=copy)
        return Caption(
            text=replace(copy, text=copy.text[: found.start()].rstrip()),
            credit=found["credit"].strip(),
        )


_HEAD_KINDS: dict[Role, GuessKind] = {
    Role.BANNER: "banner",
    Role.KICKER: "kicker",
    Role.HEADLINE: "headline",
    Role.DECK: "deck",
}


def _reasons(names: Sequence[str], kind: str) -> str:
    """Return the evidence of one kind that spoke for the label, as words."""
    spoke = [name.removeprefix(kind) for name in names if name.startswith(kind) and LABEL_WEIGHTS[name] > 0]
    return ", ".join(name for name in spoke if name != "base") or "no full stop before, nothing else follows"


def _merged(copies: Sequence[Copy]) -> Copy | None:
    if not copies:
        return None
    return Copy(
        text=" ".join(copy.text for copy in copies),
        lines=tuple(line for copy in copies for line in copy.lines),
    )


def _sure(score: float) -> float:
    """Turn a sum of log odds into a probability."""
    return 1 / (1 + math.exp(-score))
