"""核红: whether what was asked for is done, and what else was changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layout.comment import CORRECTIONS, Kind, State
from layout.diff.texts import edits
from layout.remarks.anchor import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from layout.comment import Comment
    from layout.diff.texts import Edit
    from layout.model import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A requested correction: the words asked about, those that stand there now (None: the place is lost)."""

    comment: Comment
    asked: str
    wanted: str
    now: str | None

    @property
    def done(self) -> bool:
        """Whether the words that stand there are those that were wanted."""
        return self.now == self.wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A change that no remark asked for: story, part and number of the text, the words before and after."""

    story: str
    part: str
    number: int
    edit: Edit


def corrections(comments: Iterable[Comment], stories: Mapping[str, Story]) -> tuple[Correction, ...]:
    """Return every requested correction with what became of it, in the order of the remarks."""
    made = []
    for comment in comments:
        if comment.kind not in CORRECTIONS or comment.anchor is None:
            continue
        story = stories.get(comment.anchor.story)
        made.append(
            Correction(
                comment=comment,
                asked=comment.anchor.quote,
                wanted=wanted_words(comment),
                now=_standing(comment, story) if story is not None else None,
            )
        )
    return tuple(made)


def wanted_words(comment: Comment) -> str:
    """Return the words that should stand where the remark points; a deletion wants none."""
    return "" if comment.kind is Kind.DELETE else comment.wanted


def _standing(comment: Comment, story: Story) -> str | None:
    """Return the words between the neighbours of a remark's passage now; the passage itself where it is unchanged."""
    anchor = comment.anchor
    if anchor is None:
        return None
    place = find(anchor, story)
    if place is None:
        return None
    if place.fate == "exact" and anchor.quote:
        return anchor.quote
    return place.text.rich.text[place.start : place.end]


Texts = tuple[str, str, int, str]
"""Story, part, number and the characters of one text, as the page that was read had it."""


def strays(before: Sequence[Texts], after: Sequence[Texts], comments: Iterable[Comment]) -> Iterator[Stray]:
    """Yield the changes between two versions of a page's texts that no correction covers.

    Args:
        before: the texts of the page that was read.
        after: those of the page as it is.
        comments: the remarks made on it, open or not.
    """
    now = {(story, part, number): text for story, part, number, text in after}
    asked = [comment for comment in comments if comment.anchor is not None and comment.kind in CORRECTIONS]
    for story, part, number, old in before:
        new = now.get((story, part, number))
        if new is None or new == old:
            continue
        wanted = [item for item in asked if item.anchor and (item.anchor.story, item.anchor.part) == (story, part)]
        for edit in edits(old, new):
            if not any(_covers(comment, old, edit) for comment in wanted):
                yield Stray(story=story, part=part, number=number, edit=edit)


def _covers(comment: Comment, old: str, edit: Edit) -> bool:
    """Tell whether an edit lies within the passage that a correction is about, wherever the passage stands in `old`."""
    anchor = comment.anchor
    if anchor is None:
        return False
    quote = "".join(anchor.quote.split())
    before = "".join(anchor.before.split())[-8:]
    at = old.find(before + quote)
    if at < 0:
        return False
    start = at + len(before)
    wanted = "".join(wanted_words(comment).split())
    return start <= edit.start and edit.end <= start + len(quote) and edit.new in wanted + quote


def open_musts(comments: Iterable[Comment]) -> tuple[Comment, ...]:
    """Return the remarks that must be mended before the press and are not closed."""
    return tuple(comment for comment in comments if comment.must and comment.state is not State.RESOLVED)
