"""From characters to atoms: the unbreakable pieces that lines are made of.

Theory of operation. A text is first itemised: every character gets a role (its emphasis, or the text's own), a
context (Han or Latin; curly quotes, dashes and dots belong to the Han face in Chinese text) and the first face of
the role's chain that has it. Runs of one face and context go through HarfBuzz, whose clusters lead back to the
characters. Clusters become *atoms*: one Han character, one mark, one pair of dashes, or a whole stretch of Latin
that must not break. Spaces are no atoms: they are glue, and belong to the gap before the atom that follows.

A superior or inferior is set in a smaller size off the baseline; it stays with what it belongs to, without a gap. A
word that is wider than `FORCED_EM` falls into letters, between which a line may end at the price of a forced break.

What an atom is wide, and which of it is blank, `layout.text.cells` says. Blanks are stored beside the body, so that a
mark at the edge of a line loses its blank by plain arithmetic.

Everything is integers in mpt; the result is parallel tuples and holds no HarfBuzz object.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.text.cells import LANGUAGES, PAIRED, QUOTES, Cell, case_of
from layout.text.classes import char_class, chinese_quotes, tailored
from layout.text.punctuation import HALF_EM, HAN_REGIONS, PENALTIES, CharClass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.fontbook import Fontbook
    from layout.model import Region
    from layout.text.cells import Case

__all__ = ["FORCED_EM", "LANGUAGES", "NO_SPACE", "Raised", "Shaped", "Space", "Style", "shape"]

FORCED_EM: Final = 7
"""Words wider than this, in em, may be broken anywhere in need: two thirds of the narrowest leg (typography.md 1.4)."""

_IGNORED: Final = frozenset("\u2060\u200b\u200c\u200d\ufeff\u00ad")
_SPACES: Final = frozenset(" \u00a0\u3000\n")


class Space(NamedTuple):
    """The glue before an atom: how many typed word spaces and ideographic spaces stood there."""

    word: int
    wide: int


NO_SPACE: Final = Space(0, 0)


class Style(NamedTuple):
    """What of a style decides how characters become glyphs."""

    role: str
    size: int
    region: Region
    level: str


class Raised(NamedTuple):
    """A stretch of a text that is set in `size` mpt, its baseline `rise` mpt above that of the line, or below."""

    start: int
    end: int
    size: int
    rise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """A text as atoms; all tuples but `missing` and `raised` have one entry an atom.

    `body` is the width that always counts, `left` and `right` the blanks that punctuation rules open or close;
    `shift` is where the first glyph's origin lies from the body's left edge (negative for opening marks, whose
    cell begins with the blank). `gids`, `offsets` (from the atom's first origin) and `texts` are per glyph.
    `penalties` hold the price of a break before the atom, None where it is forbidden. `han` says whether the atom
    is a full-width character. `raised` are superiors and inferiors, counted in atoms. `missing` lists (offset,
    character) that no face has.
    """

    text: str
    size: int
    starts: tuple[int, ...]
    faces: tuple[str, ...]
    classes: tuple[CharClass, ...]
    body: tuple[int, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    shift: tuple[int, ...]
    gids: tuple[tuple[int, ...], ...]
    offsets: tuple[tuple[int, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    spaces: tuple[Space, ...]
    penalties: tuple[int | None, ...]
    han: tuple[bool, ...]
    missing: tuple[tuple[int, str], ...]
    region: Region = "zh-Hans"
    raised: tuple[Raised, ...] = ()

    def __len__(self) -> int:
        """Return the number of atoms."""
        return len(self.body)

    def slice_text(self, start: int, end: int) -> str:
        """Return the characters of atoms `start` to `end`."""
        stop = self.starts[end] if end < len(self.starts) else len(self.text)
        return self.text[self.starts[start] : stop] if start < len(self.starts) else ""


def shape(
    text: str,
    style: Style,
    book: Fontbook,
    roles: tuple[tuple[int, int, str], ...] = (),
    no_break: tuple[tuple[int, int], ...] = (),
    raised: tuple[Raised, ...] = (),
) -> Shaped:
    """Return the atoms of a text.

    Args:
        text: the characters; a newline is a space here (paragraphs are split before).
        style: the text's own role, size (mpt), region and line-break level.
        book: the faces.
        roles: stretches (start, end, role) set in another role.
        no_break: stretches that should stay whole (protected names), priced by `punctuation.PENALTIES`.
        raised: superiors and inferiors.
    """
    han = _contexts(text, style.region)
    prices = tailored(text, style.region, style.level, no_break)
    cases = _cases(text, style, book, roles, raised)
    longer = {match.start(): match.end() for match in _LONGER.finditer(text)}
    bounds = {place for some in raised for place in (some.start, some.end)}
    turns = sorted({*longer, len(text), *bounds, *(place for start, end, _ in roles for place in (start, end))})
    cells: list[Cell] = []
    starts: list[int] = []
    spaces: list[Space] = []
    penalties: list[int | None] = []
    full: list[bool] = []
    missing: list[tuple[int, str]] = []
    word = wide = 0
    place = 0
    while place < len(text):
        case = cases[place]
        made: tuple[Cell, ...]
        if han[place]:
            # A stretch of single characters in one role, which is most of a text, goes at one stroke.
            end = longer.get(place) or min(_han_end(han, place), turns[bisect_right(turns, place)])
            units = (text[place:end],) if place in longer else text[place:end]
            made = tuple(map(case.__getitem__, units))
            if case.lost:
                missing.extend((place + at, unit[0]) for at, unit in enumerate(units) if unit in case.lost)
            starts.extend(range(place, place + len(made)))
            penalties.extend(prices[place : place + len(made)])
        elif text[place] in _SPACES or text[place] in _IGNORED:
            word += text[place] in _SPACES and text[place] != "\u3000"
            wide += text[place] == "\u3000"
            place += 1
            continue
        else:
            end = _word_end(text, place, han, prices, cases)
            made, lacking = case.word(text[place:end])
            starts.append(place)
            penalties.append(prices[place])
            if lacking:
                missing.extend((place + at, text[place + at]) for at in lacking)
            made, inside = _fallen(made, style.size)
            for cell in made[:-1]:  # a word in several faces, or in letters
                starts.append(starts[-1] + sum(map(len, cell.texts)))
                penalties.append(inside)
        cells += made
        spaces += (NO_SPACE,) * len(made)
        full += (han[place] == 1,) * len(made)
        if word or wide:
            spaces[-len(made)] = Space(word, wide)
            word = wide = 0
        place = end
    off = _set_off(raised, starts, cells, penalties, full)
    faces, classes, body, left, right, shift, gids, offsets, texts = zip(*cells, strict=True) if cells else ((),) * 9
    return Shaped(
        text=text,
        size=style.size,
        starts=tuple(starts),
        faces=faces,
        classes=classes,
        body=body,
        left=left,
        right=right,
        shift=shift,
        gids=gids,
        offsets=offsets,
        texts=texts,
        spaces=tuple(spaces),
        penalties=tuple(penalties),
        han=tuple(full),
        missing=tuple(missing),
        region=style.region,
        raised=off,
    )


def _cases(
    text: str, style: Style, book: Fontbook, roles: tuple[tuple[int, int, str], ...], raised: tuple[Raised, ...]
) -> list[Case]:
    """Return the case of every character."""
    cases = [case_of(book, style.role, style.size, style.region)] * len(text)
    for start, end, role in roles:
        stop = min(end, len(text))
        cases[start:stop] = [case_of(book, role, style.size, style.region)] * (stop - start)
    for some in raised:
        small = [case_of(book, case.role, some.size, style.region) for case in cases[some.start : some.end]]
        cases[some.start : some.end] = small
    return cases


def _set_off(
    raised: tuple[Raised, ...],
    starts: list[int],
    cells: list[Cell],
    penalties: list[int | None],
    full: list[bool],
) -> tuple[Raised, ...]:
    """Tie superiors and inferiors to what stands before them; return them with their places in atoms."""
    made = []
    for some in raised:
        start, end = bisect_left(starts, some.start), bisect_left(starts, some.end)
        made.append(Raised(start, end, some.size, some.rise))
        for index in range(start, end):
            cells[index] = cells[index]._replace(kind=CharClass.POSTFIX)
            penalties[index], full[index] = None, False
    return tuple(made)


def _fallen(made: tuple[Cell, ...], size: int) -> tuple[tuple[Cell, ...], int | None]:
    """Return a word as it is, or its letters where hardly a line can hold it; and the price of a break inside."""
    if sum(cell.body for cell in made) <= FORCED_EM * size:
        return made, None
    return tuple(letter for cell in made for letter in _letters(cell)), PENALTIES["forced"]


def _letters(cell: Cell) -> Iterator[Cell]:
    """Yield the letters of a word where it has set them, kerning and all: an atom each."""
    heads = [index for index, text in enumerate(cell.texts) if text]
    for first, end in pairwise((*heads, len(cell.gids))):
        left = cell.offsets[first] if first else 0
        right = cell.offsets[end] if end < len(cell.gids) else cell.body
        yield cell._replace(
            body=right - left,
            gids=cell.gids[first:end],
            offsets=tuple(offset - left for offset in cell.offsets[first:end]),
            texts=cell.texts[first:end],
        )


class _Contexts(dict[str, int]):
    """Whether each character of a region is set as Chinese (1): full-width, from the Han side of the face."""

    def __init__(self, region: Region) -> None:
        super().__init__(dict.fromkeys(QUOTES, 0))
        self._region = region

    def __missing__(self, char: str) -> int:
        kind = char_class(char, self._region)
        chinese = char > "\x7f" and kind not in _NARROW if self._region in HAN_REGIONS else kind is CharClass.HAN
        self[char] = int(chinese)
        return self[char]


_contexts_of = lru_cache(maxsize=8)(_Contexts)


def _contexts(text: str, region: Region) -> bytes:
    """Return for every character of a text whether it is set as Chinese (1).

    Curly quotes go by their neighbours. A half-width mark that Latin has as well is Chinese between Chinese.
    """
    han = bytearray(map(_contexts_of(region).__getitem__, text))
    for place in chinese_quotes(text, region):
        han[place] = 1
    for match in _BETWEEN.finditer(text) if HALF_EM[region] else ():
        before, after = match.start() - 1, match.end()
        if before >= 0 and after < len(text) and han[before] and han[after]:
            han[match.start()] = 1
    return bytes(han)


_BETWEEN: Final = re.compile("[/-]")
_NARROW: Final = frozenset(
    {
        CharClass.LATIN,
        CharClass.DIGIT,
        CharClass.PREFIX,
        CharClass.POSTFIX,
        CharClass.SPACE,
        CharClass.IDEO_SPACE,
        CharClass.OTHER,
    },
)
_EXTENDING: Final = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Combining marks and variation selectors: they belong to the character before."""

_LONGER: Final = re.compile(rf"([{''.join(sorted(PAIRED))}])\1|[^{_EXTENDING}][{_EXTENDING}]+")
"""Clusters of more than one character."""


def _han_end(han: bytes, start: int) -> int:
    end = han.find(0, start)
    return end if end >= 0 else len(han)


def _word_end(text: str, start: int, han: bytes, prices: tuple[int | None, ...], cases: list[Case]) -> int:
    """Return the end of the Latin from `start` on that must not break."""
    end = start + 1
    while (
        end < len(text)
        and not han[end]
        and prices[end] is None
        and cases[end] is cases[start]
        and text[end] not in _SPACES
        and text[end] not in _IGNORED
    ):
        end += 1
    return end
