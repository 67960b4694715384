"""What the segmenter has said, so that it need not be asked again: its dictionary takes a quarter of a second to load.

The answers depend on the text, the dictionary and the words it is taught alone. They may be carried from one process
to the next; whoever does that sees to it that they come from the same dictionary and the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Answer = tuple[tuple[str, str], ...]
"""Words with their tags, in order."""

Question = tuple[str, bool]
"""A text, and whether the segmenter may guess at what its dictionary lacks."""

_KNOWN: Final[dict[Question, Answer]] = {}
_NEW: Final[set[Question]] = set()


def segmented(text: str, ask: Callable[[str, bool], Iterable[tuple[str, str]]], *, guess: bool) -> Answer:
    """Return the words of a text, from memory where they are known, else from `ask`."""
    question = (text, guess)
    found = _KNOWN.get(question)
    if found is None:
        found = _KNOWN[question] = tuple((word, tag) for word, tag in ask(text, guess))
        _NEW.add(question)
    return found


def recall(answers: Mapping[Question, Answer]) -> None:
    """Take answers of an earlier process; those given in this one stay."""
    for question, answer in answers.items():
        _KNOWN.setdefault(question, answer)


def learnt() -> dict[Question, Answer]:
    """Return the answers that were not recalled."""
    return {question: _KNOWN[question] for question in sorted(_NEW)}
