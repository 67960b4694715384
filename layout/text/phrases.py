"""Where a headline may break: at the joints of its sense, nowhere else.

Words come from rjieba (loaded with the first headline, results kept); rules on top of it keep whole what editors
keep whole: numbers with their units, short quotations and book titles, protected names, words of one character
with their neighbour; and no line begins with 的, 了, 和 or another word that leans on the one before. An author's
` / ` is a break that must be taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from layout.text.classes import char_class, tailored
from layout.text.punctuation import MANDATORY, CharClass

if TYPE_CHECKING:
    from layout.model import Region

LEANING: Final = frozenset("的地得了着过和与及或等们吗呢吧啊者性化率们上下里中内外间后前时")
"""A line never starts with one of these words: they belong to what stands before."""

LEADING: Final = frozenset("在从向对把被将为让给由于以第每各这那某本该不未再又更最很不没已正")
"""A line never ends with one of these words: they belong to what follows."""

QUOTED_WHOLE: Final = 8
"""Quotations and book titles up to this many characters stay whole."""

COMPACT: Final = 4
"""Phrases are joined up to this length when one of them is a single character."""

_BRACKETS: Final = {"“": "”", "《": "》", "‘": "’", "（": "）", "「": "」", "【": "】"}
_SPACES: Final = " \u3000"


@dataclass(frozen=True, slots=True)
class Phrases:
    """A headline's text without break marks, and its joints.

    `joints` are (offset, price): a line may begin at the offset; price 0 is an editor's own space or a mark, higher
    is a weaker joint. `forced` are offsets where a line must begin.
    """

    text: str
    joints: tuple[tuple[int, int], ...]
    forced: tuple[int, ...]


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    import rjieba  # noqa: PLC0415 - its dictionary takes a tenth of a second to load

    return tuple(rjieba.cut(text))


@lru_cache(maxsize=2048)
def phrases(text: str, region: Region, names: tuple[str, ...] = ()) -> Phrases:
    """Return the joints of a headline.

    Args:
        text: the headline as written, ` / ` where the author wants a break.
        region: whose line-break rules hold (no mark at a line's wrong end).
        names: people and places that stay whole.
    """
    plain, forced = _author_breaks(text)
    allowed = tailored(plain, region, "gb")
    marks: dict[int, int] = {}
    for offset in _boundaries(plain):
        penalty = allowed[offset]
        if penalty is None or penalty == MANDATORY:
            continue
        marks[offset] = _price(plain, offset)
    for start, end in (*_quotations(plain), *_named(plain, names)):
        for offset in range(start + 1, end):
            marks.pop(offset, None)
    _drop_leaning(plain, marks)
    _drop_numbers(plain, marks, region)
    return Phrases(plain, tuple(sorted(marks.items())), tuple(forced))


def _author_breaks(text: str) -> tuple[str, list[int]]:
    plain = ""
    forced = []
    for index, part in enumerate(text.split(" / ")):
        if index:
            forced.append(len(plain))
        plain += part.strip() if index else part.rstrip()
    return plain, forced


def _boundaries(plain: str) -> list[int]:
    made, offset = [], 0
    for word in _words(plain):
        offset += len(word)
        if offset < len(plain) and plain[offset] not in _SPACES:
            made.append(offset)
    return made


def _price(plain: str, offset: int) -> int:
    before = plain[offset - 1]
    if before in _SPACES or before in "，、：；。？！”》）—…":
        return 0
    if plain[offset] in "“《（—":
        return 8
    return 20


def _quotations(plain: str) -> list[tuple[int, int]]:
    found = []
    for start, char in enumerate(plain):
        closer = _BRACKETS.get(char)
        if closer is None:
            continue
        end = plain.find(closer, start)
        if 0 < end <= start + QUOTED_WHOLE + 1:
            found.append((start, end + 1))
    return found


def _named(plain: str, names: tuple[str, ...]) -> list[tuple[int, int]]:
    found = []
    for name in names:
        start = plain.find(name)
        while start >= 0:
            found.append((start, start + len(name)))
            start = plain.find(name, start + 1)
    return found


def _drop_leaning(plain: str, marks: dict[int, int]) -> None:
    """Take out joints before words that lean back, after words that lean forward, and beside lone characters."""
    for offset in sorted(marks):
        if plain[offset] in LEANING or plain[offset - 1] in LEADING:
            del marks[offset]
    ends = [0, *sorted(marks), len(plain)]
    for left, right in zip(ends, ends[1:], strict=False):
        if right - left != 1:
            continue
        follower = next((end for end in ends if end > right), right)
        if right in marks and follower - left <= COMPACT + 1:
            del marks[right]
        elif left in marks:
            del marks[left]


_NUMERALS: Final = frozenset("〇一二三四五六七八九十百千万亿两几半数多余第")


def _drop_numbers(plain: str, marks: dict[int, int], region: Region) -> None:
    """Keep a number with the word that it counts, and 个 with the noun between them (三个月, 12个站)."""
    for offset in sorted(marks):
        before = plain[offset - 1]
        counted = offset >= 2 and before == "个" and _counts(plain[offset - 2], region)
        if (_counts(before, region) or counted) and marks[offset]:
            del marks[offset]


def _counts(char: str, region: Region) -> bool:
    return char in _NUMERALS or char_class(char, region) is CharClass.DIGIT
