"""What of a headline stays on one line: words bound into units, and units into the clauses between its pauses.

Neighbouring words are bound by what leans, leads, counts, modifies or stands in quotes; then short units that are
parts of one thing are joined: a title and its name, a preposition and its verb, the parts of an institution's name.
The rules are tables of small functions, one thing each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from layout.text import lexicon
from layout.text.classes import tailored
from layout.text.joints import Unit
from layout.text.punctuation import MANDATORY
from layout.text.words import Word, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from layout.model import Region

QUOTED_WHOLE: Final = 12
"""Quotations and book titles up to this many characters stay whole."""

ORGAN_WHOLE: Final = 8
"""Names of institutions up to this many characters stay whole; longer ones break at their own joints."""

LATIN_WHOLE: Final = 9
"""A Latin word up to this many letters stays with the one before it."""

COMPACT: Final = 5
"""Compact phrases up to this many characters stay whole."""

_BRACKETS: Final = {"“": "”", "《": "》", "‘": "’", "（": "）", "「": "」", "『": "』", "【": "】", "〈": "〉"}

_DASHES: Final = frozenset("—⸺")
SPACES: Final = " \u3000"
"""Typed spaces: a line may break after them, and drops them."""

STOPS: Final = frozenset("，、：；。？！…\u3000")
"""What ends a clause."""


def clauses(plain: str, region: Region, names: tuple[str, ...] = ()) -> tuple[tuple[Unit, ...], ...]:
    """Return the units of a text, clause by clause; between clauses stand marks or spaces."""
    cut = words(plain, names, guess=region != "zh-Hans")
    if not cut:
        return ()
    bound, free = _bound(plain, cut, region)
    starts = [0, *(word.start for word in cut[1:] if word.start not in bound)]
    units = [
        Unit.of_words(plain[start:end], start, tuple(word for word in cut if start <= word.start < end))
        for start, end in zip(starts, [*starts[1:], len(plain)], strict=True)
    ]
    made: list[list[Unit]] = [[]]
    for unit in units:
        if unit.start in free:
            made.append([])
        made[-1].append(unit)
    return tuple(_joined(clause) for clause in made if clause)


# --- words that stay together ----------------------------------------------------------------------


class _Place(NamedTuple):
    """Two neighbouring words, and those beside them."""

    before: Word | None
    left: Word
    right: Word
    after: Word | None


def _bound(plain: str, cut: tuple[Word, ...], region: Region) -> tuple[set[int], set[int]]:
    """Return the offsets of words at which no line may begin, and those at which one always may."""
    allowed = tailored(plain, region, "gb")
    quoted = {offset for start, end in _quotations(plain) for offset in range(start + 1, end)}
    bound, free = set[int](), set[int]()
    for index in range(1, len(cut)):
        left, right = cut[index - 1], cut[index]
        offset = right.start
        penalty = allowed[offset]
        if penalty is None or penalty == MANDATORY or right.text in SPACES or offset in quoted or left.text in _DASHES:
            bound.add(offset)
        elif left.text[-1] in STOPS or right.text in _DASHES or (left.text == " " and not _latin(cut, index)):
            free.add(offset)
        else:
            before = cut[index - 2] if index > 1 else None
            after = cut[index + 1] if index + 1 < len(cut) else None
            if any(rule(_Place(before, left, right, after)) for rule in _BINDING):
                bound.add(offset)
    return bound, free


def _latin(cut: tuple[Word, ...], index: int) -> bool:
    """Return whether the space before a word stands between two Latin words or numbers."""
    return index > 1 and cut[index].text[0].isascii() and cut[index - 2].text[-1].isascii()


def _quotations(plain: str) -> Iterator[tuple[int, int]]:
    for start, char in enumerate(plain):
        end = plain.find(_BRACKETS[char], start) if char in _BRACKETS else -1
        if 0 < end <= start + QUOTED_WHOLE + 1:
            yield start, end + 1


def _spaced_latin(place: _Place) -> bool:
    """Latin words of one expression: City Walk."""
    return place.left.text == " " and len(place.right.text) <= LATIN_WHOLE


def _leans(place: _Place) -> bool:
    return place.right.kind in "uc" or (place.right.kind == "f" and place.left.kind in "nstkvzy")


def _leads(place: _Place) -> bool:
    """A preposition, a conjunction, a bare number, a prefix: each with what follows."""
    return place.left.kind in "lcmP"


def _modifies(place: _Place) -> bool:
    """An adverb and its verb; an attribute of two characters and a noun of two."""
    left, right = place.left, place.right
    if left.kind == "d":
        most = 4 - len(left.text) if left.text in lexicon.QUESTIONS else 4
        follows = right.kind in "vzyVali" or (right.kind == "n" and left.text[0] in _NEGATIONS)
        return follows and len(right.text) <= most and not (left.text[0] == "首" and right.kind == "V")
    pair = len(left.text) == len(right.text) == 2
    return pair and left.kind == "a" and left.text in lexicon.ATTRIBUTES and right.kind in "ny"


_NEGATIONS: Final = frozenset("不没未")


def _counts(place: _Place) -> bool:
    """A quantity and what it counts, as far as that is short."""
    left, right, after = place.left, place.right, place.after
    if left.kind != "k" or left.text[-1] in lexicon.AMOUNTS:
        return False
    if left.text[0] == "第":
        return right.kind == "n" and len(right.text) == 2 and (after is None or after.kind not in "ns")
    return right.kind in "nsy1Sea" and len(right.text) <= 3


def _measured(place: _Place) -> bool:
    """A verb and its quantity, unless the quantity counts a noun that follows."""
    left, right, after = place.left, place.right, place.after
    if right.kind != "k" or left.kind not in "vzV" or ("月" in right.text and "日" in right.text):
        return False
    return len(left.text) == 1 or right.text[-1] in lexicon.AMOUNTS or after is None or after.kind in "xtdpc"


def _ends_compound(place: _Place) -> bool:
    left, right, after = place.left, place.right, place.after
    if right.kind != "S":
        return False
    if left.kind in "sn" and right.text in _REGIONS:
        return True
    opens = right.text in _REGIONS and after is not None and after.text in lexicon.ORGANS
    return left.kind in "nsavzyS1tefi" and not opens


_REGIONS: Final = frozenset("市省县区镇乡村州")


def _opens_office(place: _Place) -> bool:
    """市图书馆, 省教育厅: the region before what belongs to it."""
    return place.left.text in _REGIONS and (place.before is None or place.before.kind in "xvVl")


def _object(place: _Place) -> bool:
    """A verb of one character and a short object."""
    return place.left.kind == "V" and place.right.kind in "nstyNeV1" and len(place.right.text) <= 3


def _target(place: _Place) -> bool:
    """设在, 降至, 组团来: the verb with where to."""
    left, right = place.left, place.right
    if left.kind in "vz" and len(left.text) > 1 and left.text[-1] in lexicon.TARGETS:
        return right.kind in "nsktfae"
    if left.kind in "vzyVa" and (right.text in _DIRECTIONS or right.text in lexicon.DIRECTIONS):
        return True
    return left.kind == "v" and left.text[-1] == "到" and right.kind in "sf" and len(right.text) <= 2


def _goes_in(place: _Place) -> bool:
    """A word that ends in a verb, and 进 or 出: the dictionary may have taken the verb for part of the word."""
    return place.right.kind == "V" and place.right.text in "进出" and place.left.text[-1] in lexicon.VERB_CHARS


_DIRECTIONS: Final = frozenset({"来", "到", "至", "往", "向", "给", "在", "去"})


def _lone(place: _Place) -> bool:
    """Two characters that the dictionary does not join are most likely one word all the same."""
    return place.left.kind == "1" and place.right.kind in "1S"


def _timed(place: _Place) -> bool:
    left, right = place.left, place.right
    if left.kind == "t" and right.kind == "k":
        return right.text[0] != "第" and any(char in right.text for char in "时点分季日") and left.text[0] in _FRAMES
    return left.kind == "t" and (right.kind == "t" or (right.kind == "w" and right.text[0] == "首"))


_FRAMES: Final = frozenset("每今明昨前后本上下凌清早中傍深")


_BINDING: Final[tuple[Callable[[_Place], bool], ...]] = (
    _spaced_latin,
    _leans,
    _leads,
    _modifies,
    _counts,
    _measured,
    _ends_compound,
    _opens_office,
    _object,
    _target,
    _goes_in,
    _lone,
    _timed,
)
"""Rules by which two neighbouring words stay on one line; one is enough."""


# --- units that stay together ----------------------------------------------------------------------


def _joined(units: list[Unit]) -> tuple[Unit, ...]:
    """Return the units of a clause with those joined that stay together as wholes."""
    for rule in _JOINING:
        done: list[Unit] = []
        for place, unit in enumerate(units):
            taken = rule(done, unit, units[place + 1] if place + 1 < len(units) else None)
            whole = unit
            for _ in range(taken):
                whole = done.pop().with_unit(whole)
            done.append(whole)
        units = done
    return tuple(units)


def _titled(done: list[Unit], right: Unit, after: Unit | None) -> int:
    """A short title and the name after it; a longer title may end a line."""
    del after
    if right.first != "N" or not done:
        return 0
    title = 0
    for unit in reversed(done):
        if unit.last not in "nsSzya1wkvt" or unit.of or unit.closes:
            break
        title += unit.length
    return int(0 < title <= 2)


def _named_work(done: list[Unit], right: Unit, after: Unit | None) -> int:
    """A short noun and the book or film it names: 舞剧《大江谣》."""
    del after
    return int(
        bool(done)
        and right.text[0] == "《"
        and done[-1].length + right.length <= COMPACT
        and done[-1].last in "nSzvy1"
    )


def _in_phrase(done: list[Unit], right: Unit, after: Unit | None) -> int:
    """A preposition, an attribute, and the noun that the preposition stands for."""
    if not done:
        return 0
    left = done[-1]
    return int(
        left.text[0] in lexicon.PREPOSITIONS
        and left.last in "adw"
        and right.first in "nsS"
        and left.length + right.length <= COMPACT + 1
        and (after is None or after.first != "n")
    )


def _circumstance(done: list[Unit], right: Unit, after: Unit | None) -> int:
    """A short prepositional phrase and its verb: 在河底发现; 把 and its like need not."""
    if not done:
        return 0
    left = done[-1]
    return int(
        left.words[0].text in lexicon.PREPOSITIONS
        and (after is None or left.words[0].text in _BOUND_PREPOSITIONS)
        and left.last in "nsrtSN1f"
        and right.first in "vzyV"
        and left.length + right.length <= COMPACT
    )


_BOUND_PREPOSITIONS: Final = frozenset("在对与比从向")


def _owner(done: list[Unit], right: Unit, after: Unit | None) -> int:
    """一条背街小巷的: a noun and a short one with 的 after it."""
    del after
    if not done or not right.of or right.length > 3 or right.first != "n":
        return 0
    left = done[-1]
    counted = left.first == "k" and left.length <= 4
    return int(left.last == "n" and not left.closes and (counted or left.length <= 2))


def _parallel(done: list[Unit], right: Unit, after: Unit | None) -> int:
    """国民经济和社会发展: what stands after 和 is as long as what stands before it."""
    del after
    if not done:
        return 0
    left = done[-1]
    linked = [word for word in left.words if word.text in lexicon.LINKING]
    if not linked or left.last not in "nysae" or right.first not in "nyz":
        return 0
    at = linked[-1].start - left.start
    return int(len(left.text) - at - 1 < at and len(left.text) - at - 1 + right.length <= at + 1)


def _institution(done: list[Unit], right: Unit, after: Unit | None) -> int:
    """The parts of an institution's name: all of them up to `ORGAN_WHOLE` characters, else the last joint's."""
    del after
    name = right.words[-1]
    if name.text not in lexicon.ORGANS and not (name.kind == "S" and name.text in lexicon.OFFICES):
        return 0
    if right.words[0].kind in "lVdv":
        return 0
    parts, length = 0, right.length
    for unit in reversed(done):
        last = unit.words[-1]
        if last.text[-2:] in lexicon.ORGANS or last.text in lexicon.OFFICES or last.text in _REGIONS:
            break
        if (last.kind == "s" and len(last.text) > 2) or not _nominal(unit):
            break
        parts += 1
        length += unit.length
    if length <= ORGAN_WHOLE:
        return parts
    return int(right.length < 4)


def _nominal(unit: Unit) -> bool:
    """Return whether a unit can be part of an institution's name."""
    if unit.of or unit.closes or unit.first in "dlvV" or (unit.first == "z" and len(unit.words) > 1):
        return False
    return unit.last in "nsyzaS" or unit.text[0] == "第"


_JOINING: Final[tuple[Callable[[list[Unit], Unit, Unit | None], int], ...]] = (
    _titled,
    _named_work,
    _in_phrase,
    _circumstance,
    _owner,
    _parallel,
    _institution,
)
"""Rules that say how many of the units before one belong to it, applied in this order."""
