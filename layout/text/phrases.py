"""Where a headline may break: at the joints of its sense, nowhere else.

The words (`layout.text.words`) are bound into units (`layout.text.binding`); no line breaks inside a unit. Between
units lie the joints, and every joint has a price: marks and the editor's own spaces are free, the others cost what
`layout.text.joints` thinks of them. An author's ` / ` is a break that must be taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from layout.text.binding import SPACES, STOPS, clauses
from layout.text.classes import char_class, tailored
from layout.text.joints import price
from layout.text.punctuation import MANDATORY, CharClass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.model import Region

WEAK: Final = 50
"""A joint of this price or more is more likely wrong than right."""

LIST_PRICE: Final = 10
"""The price of a joint after 、 in a list of short items."""

CLAUSE_LEAST: Final = 4
"""From this many characters on, what stands between 、 is a clause."""

SPACE_PRICE: Final = 5
"""The price of a joint at a word space of Latin text."""

PARTICLE_PRICE: Final = 12
"""The price of a joint after a particle, as they end the phrases of Japanese."""

KANA_PRICE: Final = 45
"""The price of a joint after other kana, which mostly belong to a verb whose noun follows."""

_SEGMENTED: Final = frozenset({"zh-Hans", "zh-TW", "zh-HK"})
_HIRAGANA: Final = frozenset(map(chr, range(0x3041, 0x3097)))
_PARTICLES: Final = frozenset("はがをにでとものへや")

@dataclass(frozen=True, slots=True)
class Phrases:
    """A headline's text without break marks, and its joints.

    `joints` are (offset, price): a line may begin at the offset; price 0 is an editor's own space or a mark, higher
    is a less certain joint, up to `WEAK`. `weak` are joints beyond, up to 100, for when nothing else helps. `forced`
    are offsets where a line must begin. `pauses` are the offsets after spaces and stops, where a reader takes breath.
    """

    text: str
    joints: tuple[tuple[int, int], ...]
    forced: tuple[int, ...]
    pauses: tuple[int, ...] = ()
    weak: tuple[tuple[int, int], ...] = ()


@lru_cache(maxsize=2048)
def phrases(text: str, region: Region, names: tuple[str, ...] = ()) -> Phrases:
    """Return the joints of a headline.

    Args:
        text: the headline as written, ` / ` where the author wants a break.
        region: whose line-break rules hold (no mark at a line's wrong end).
        names: people and places that stay whole.
    """
    plain, forced = _author_breaks(text)
    if region not in _SEGMENTED or not any(char_class(char, region) is CharClass.HAN for char in plain):
        return Phrases(plain, tuple(_unsegmented(plain, region)), tuple(forced))
    made = clauses(plain, region, names)
    joints: dict[int, int] = {}
    pauses: list[int] = []
    for number, clause in enumerate(made):
        start = clause[0].start
        if number and plain[start - 1] == "、":
            lengths = [sum(unit.length for unit in part) for part in made[number - 1 : number + 1]]
            joints[start] = LIST_PRICE if min(lengths) < CLAUSE_LEAST else 0
        elif number:
            joints[start] = 0
            pauses.append(start)
        for place in range(1, len(clause)):
            joints[clause[place].start] = price(clause, place)
    priced = sorted(joints.items())
    return Phrases(
        text=plain,
        joints=tuple((offset, cost) for offset, cost in priced if cost < WEAK),
        forced=tuple(forced),
        pauses=tuple(pauses),
        weak=tuple((offset, cost) for offset, cost in priced if cost >= WEAK),
    )


def _unsegmented(plain: str, region: Region) -> Iterator[tuple[int, int]]:
    """Yield the joints of Latin text, its spaces, and of Japanese: where a word begins after kana that end one."""
    allowed = tailored(plain, region, "gb")
    for offset in range(1, len(plain)):
        before, after = plain[offset - 1], plain[offset]
        if allowed[offset] is None or allowed[offset] == MANDATORY or after in SPACES:
            continue
        if before in STOPS:
            yield offset, 0
        elif before in SPACES:
            yield offset, SPACE_PRICE
        elif before in _HIRAGANA and after not in _HIRAGANA:
            yield offset, PARTICLE_PRICE if before in _PARTICLES else KANA_PRICE


def _author_breaks(text: str) -> tuple[str, list[int]]:
    plain = ""
    forced = []
    for index, part in enumerate(text.split(" / ")):
        if index:
            forced.append(len(plain))
        plain += part.strip() if index else part.rstrip()
    return plain, forced
