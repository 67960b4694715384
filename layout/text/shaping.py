"""From characters to atoms: the unbreakable pieces that lines are made of.

Theory of operation. A text is first itemised: every character gets a role (its emphasis, or the text's own), a
context (Han or Latin; curly quotes, dashes and dots belong to the Han face in Chinese text) and the first face of
the role's chain that has it. Runs of one face and context go through HarfBuzz, whose clusters lead back to the
characters. Clusters become *atoms*: one Han character, one mark, one pair of dashes, or a whole stretch of Latin
that must not break. Spaces are no atoms: they are glue, and belong to the gap before the atom that follows.

A full-width mark is a body of half an em and a blank of half an em on the side away from its ink (CLReq 3.1.6,
JLReq 3.1.4); the font's own `halt` numbers say where the ink is. Blanks are stored beside the body, so that a mark
at the edge of a line loses its blank by plain arithmetic.

Everything is integers in mpt; the result is parallel tuples and holds no HarfBuzz object.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from layout.fontbook import EM, glyph_box, hb_font, units
from layout.text.classes import blanks, char_class, chinese_quotes, tailored
from layout.text.punctuation import DASHES, ELLIPSES, HALF_EM, HAN_REGIONS, QUOTES_CLOSE, QUOTES_OPEN, CharClass

if TYPE_CHECKING:
    from layout.fontbook import Face, Fontbook
    from layout.model import Region

LANGUAGES: Final = {"zh-Hans": "zh-Hans", "zh-TW": "zh-Hant-TW", "zh-HK": "zh-Hant-HK", "ja": "ja", "en": "en"}
"""The language that HarfBuzz is told, by region: it picks the glyph forms of the place (`locl`)."""

_HAN_FEATURES: Final = {"halt": False, "chws": False, "palt": False, "kern": False, "liga": True}
_LATIN_FEATURES: Final = {"halt": False, "chws": False, "kern": True, "liga": True, "pwid": True}

_IGNORED: Final = frozenset("\u2060\u200b\u200c\u200d\ufeff\u00ad")
_SPACES: Final = frozenset(" \u00a0\u3000\n")
_HALF: Final = 500
"""A half-width mark's cell in thousandths of the em (GB/T 15834, 5.1), whatever the face's own width."""

_OVERHANG: Final = 20
"""Ink may stand so far (thousandths of the em) outside the body that is cut for it."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """A text as atoms; all tuples but `missing` have one entry an atom.

    `body` is the width that always counts, `left` and `right` the blanks that punctuation rules open or close;
    `shift` is where the first glyph's origin lies from the body's left edge (negative for opening marks, whose
    cell begins with the blank). `gids`, `offsets` (from the atom's first origin) and `texts` are per glyph.
    `penalties` hold the price of a break before the atom, None where it is forbidden. `han` says whether the atom
    is a full-width character. `missing` lists (offset, character) that no face has.
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

    def __len__(self) -> int:
        """Return the number of atoms."""
        return len(self.body)

    def slice_text(self, start: int, end: int) -> str:
        """Return the characters of atoms `start` to `end`."""
        stop = self.starts[end] if end < len(self.starts) else len(self.text)
        return self.text[self.starts[start] : stop] if start < len(self.starts) else ""


class _Cell(NamedTuple):
    """A cluster or word shaped at a size: what one atom gets of it, in the order of the columns of `Shaped`."""

    face: str
    kind: CharClass
    body: int
    left: int
    right: int
    shift: int
    gids: tuple[int, ...]
    offsets: tuple[int, ...]
    texts: tuple[str, ...]


class _Case(dict[str, _Cell]):
    """The cells of one role at one size in one region, shaped once and kept: the drawers type is set from.

    The mapping itself holds clusters set as Chinese, `narrow` Latin words; `lost` are clusters that no face has.
    """

    def __init__(self, book: Fontbook, role: str, size: int, region: Region) -> None:
        super().__init__()
        self.book, self.role, self.size, self.region = book, role, size, region
        self.narrow: dict[str, tuple[tuple[_Cell, ...], tuple[int, ...]]] = {}
        self.lost: set[str] = set()
        self.faces: dict[str, str | None] = {}

    def face(self, char: str) -> str | None:
        """Return the face of a character, None where no face has it."""
        if char not in self.faces:
            self.faces[char] = self.book.choose(self.role, char)
        return self.faces[char]

    def __missing__(self, unit: str) -> _Cell:
        chosen = self.face(unit[0])
        if chosen is None:
            self.lost.add(unit)
        face = self.book.faces[chosen or self.book.chain(self.role)[0]]
        gids, offsets, advance = _shaped(unit, face, self.size, self.region, han=True)
        kind = char_class(unit[0], self.region)
        body, left, right, shift = _blanked(unit, kind, gids, advance, face, self.size, self.region)
        texts = (unit, *("",) * (len(gids) - 1))
        made = self[unit] = _Cell(face.id, kind, body, left, right, shift, gids, offsets, texts)
        return made

    def word(self, word: str) -> tuple[tuple[_Cell, ...], tuple[int, ...]]:
        """Return the cells of a Latin word, one a face, and the places in it of characters that no face has."""
        found = self.narrow.get(word)
        if found is None:
            found = self.narrow[word] = self._word(word)
        return found

    def _word(self, word: str) -> tuple[tuple[_Cell, ...], tuple[int, ...]]:
        chosen = [self.face(char) for char in word]
        missing = tuple(place for place, face in enumerate(chosen) if face is None)
        cells = []
        start = 0
        for end in range(1, len(word) + 1):
            if end < len(word) and chosen[end] == chosen[start]:
                continue
            face = self.book.faces[chosen[start] or self.book.chain(self.role)[0]]
            piece = word[start:end]
            gids, offsets, advance = _shaped(piece, face, self.size, self.region, han=False)
            kind = CharClass.OTHER if piece[0] in _QUOTES else char_class(piece[0], self.region)
            texts = _glyph_texts(piece, face, self.size, self.region, len(gids))
            cells.append(_Cell(face.id, kind, advance, 0, 0, 0, gids, offsets, texts))
            start = end
        return tuple(cells), missing


@lru_cache(maxsize=512)
def _case(book: Fontbook, role: str, size: int, region: Region) -> _Case:
    return _Case(book, role, size, region)


def shape(
    text: str,
    style: Style,
    book: Fontbook,
    roles: tuple[tuple[int, int, str], ...] = (),
    no_break: tuple[tuple[int, int], ...] = (),
) -> Shaped:
    """Return the atoms of a text.

    Args:
        text: the characters; a newline is a space here (paragraphs are split before).
        style: the text's own role, size (mpt), region and line-break level.
        book: the faces.
        roles: stretches (start, end, role) set in another role.
        no_break: stretches that should stay whole (protected names), priced by `punctuation.PENALTIES`.
    """
    han = _contexts(text, style.region)
    prices = tailored(text, style.region, style.level, no_break)
    cases = [_case(book, style.role, style.size, style.region)] * len(text)
    for start, end, role in roles:
        stop = min(end, len(text))
        cases[start:stop] = [_case(book, role, style.size, style.region)] * (stop - start)
    longer = {match.start(): match.end() for match in _LONGER.finditer(text)}
    turns = sorted({*longer, len(text), *(place for start, end, _ in roles for place in (start, end))})
    cells: list[_Cell] = []
    starts: list[int] = []
    spaces: list[Space] = []
    penalties: list[int | None] = []
    full: list[bool] = []
    missing: list[tuple[int, str]] = []
    word = wide = 0
    place = 0
    while place < len(text):
        case = cases[place]
        made: tuple[_Cell, ...]
        if han[place]:
            # A stretch of single characters in one role, which is most of a text, goes at one stroke.
            end = longer.get(place) or min(_han_end(han, place), turns[bisect_right(turns, place)])
            units = (text[place:end],) if place in longer else text[place:end]
            made = tuple(map(case.__getitem__, units))
            if case.lost:
                missing.extend((place + at, unit[0]) for at, unit in enumerate(units) if unit in case.lost)
            starts.extend(range(place, place + len(made)))
            penalties.extend(prices[place : place + len(made)])
        elif text[place] in _SPACES:
            word += text[place] != "\u3000"
            wide += text[place] == "\u3000"
            place += 1
            continue
        elif text[place] in _IGNORED:
            place += 1
            continue
        else:
            end = _word_end(text, place, han, prices, cases)
            made, lacking = case.word(text[place:end])
            missing.extend((place + at, text[place + at]) for at in lacking)
            starts.extend(accumulate((sum(map(len, cell.texts)) for cell in made[:-1]), initial=place))
            penalties.extend((prices[place], *(None,) * (len(made) - 1)))
        cells.extend(made)
        spaces.append(Space(word, wide) if word or wide else NO_SPACE)
        spaces.extend((NO_SPACE,) * (len(made) - 1))
        full.extend((bool(han[place]),) * len(made))
        word = wide = 0
        place = end
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
    )


class _Contexts(dict[str, int]):
    """Whether each character of a region is set as Chinese (1): full-width, from the Han side of the face."""

    def __init__(self, region: Region) -> None:
        super().__init__(dict.fromkeys(_QUOTES, 0))
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
_QUOTES: Final = QUOTES_OPEN | QUOTES_CLOSE
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
_PAIRED: Final = DASHES | ELLIPSES
_EXTENDING: Final = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Combining marks and variation selectors: they belong to the character before."""

_LONGER: Final = re.compile(rf"([{''.join(sorted(_PAIRED))}])\1|[^{_EXTENDING}][{_EXTENDING}]+")
"""Clusters of more than one character."""


def _han_end(han: bytes, start: int) -> int:
    end = han.find(0, start)
    return end if end >= 0 else len(han)


def _word_end(text: str, start: int, han: bytes, prices: tuple[int | None, ...], cases: list[_Case]) -> int:
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


def _shaped(
    text: str, face: Face, size: int, region: Region, *, han: bool
) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """Return glyph ids, origins from the left end, and the advance, both in mpt."""
    infos, positions = _run(text, face, region, han=han)
    upem = units(face)
    gids, offsets, pen = [], [], 0
    for info, position in zip(infos, positions, strict=True):
        gids.append(info.codepoint)
        offsets.append((pen + position.x_offset) * size // upem)
        pen += position.x_advance
    return tuple(gids), tuple(offsets), (pen * size + upem // 2) // upem


def _run(text: str, face: Face, region: Region, *, han: bool) -> Any:  # noqa: ANN401 - HarfBuzz has no stubs
    import uharfbuzz as hb  # noqa: PLC0415 - loaded with the first face

    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "ltr"
    buffer.script = "Hani" if han else "Latn"
    buffer.language = LANGUAGES[region] if han else "en"
    hb.shape(hb_font(face), buffer, _HAN_FEATURES if han else _LATIN_FEATURES)
    return buffer.glyph_infos, buffer.glyph_positions


def _glyph_texts(text: str, face: Face, size: int, region: Region, count: int) -> tuple[str, ...]:
    """Return the characters each glyph of a Latin run stands for, by HarfBuzz clusters."""
    del size
    infos, _ = _run(text, face, region, han=False)
    clusters = [info.cluster for info in infos]
    ends = [*clusters[1:], len(text)]
    made = [text[start:end] for start, end in zip(clusters, ends, strict=True)]
    return tuple(made) if len(made) == count else (text, *("",) * (count - 1))


@lru_cache(maxsize=4096)
def half_width(face: Face, gid: int, char: str, region: Region) -> tuple[int, int] | None:
    """Return a mark's half-width form by the face's `halt` feature: (origin shift, advance), thousandths of an em.

    None where the face has no such form for the character; the class table serves then.
    """
    import uharfbuzz as hb  # noqa: PLC0415 - loaded with the first face

    buffer = hb.Buffer()
    buffer.add_str(char)
    buffer.direction = "ltr"
    buffer.script = "Hani"
    buffer.language = LANGUAGES[region]
    hb.shape(hb_font(face), buffer, {"halt": True, "chws": False, "kern": False})
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    full = hb_font(face).get_glyph_h_advance(gid)
    if len(infos) != 1 or infos[0].codepoint != gid or positions[0].x_advance == full:
        return None
    upem = units(face)
    return round(positions[0].x_offset * EM / upem), round(positions[0].x_advance * EM / upem)


def _blanked(
    unit: str, kind: CharClass, gids: tuple[int, ...], advance: int, face: Face, size: int, region: Region
) -> tuple[int, int, int, int]:
    """Return (body, left blank, right blank, shift) of a full-width cluster in mpt.

    A mark has the blanks that its class gives it; how wide they are is for the face's `halt` to say, else for the
    class, where the ink leaves so much room.
    """
    whole = advance, 0, 0, 0
    if len(gids) != 1 or unit[0] in _PAIRED:
        return whole
    ink_left, _, ink_right, _ = glyph_box(face, gids[0])
    if unit in HALF_EM[region] or (kind is CharClass.MIDDLE and advance < size):
        cell = size * _HALF // EM
        shift = (cell - advance) // 2
        spare = _OVERHANG * size // EM
        inside = ink_left * size // EM + shift >= -spare and ink_right * size // EM + shift <= cell + spare
        return (cell, 0, 0, shift) if inside else whole
    left, right = blanks(unit[0], region)
    if advance < size or not (left or right):
        return whole
    half = half_width(face, gids[0], unit, region)
    if half is not None:
        left, right = -half[0], EM - half[1] + half[0]
    elif ink_left < left - _OVERHANG or ink_right > EM - right + _OVERHANG:
        return whole
    body = size * (EM - left - right) // EM
    before = -(-size * left // EM)
    return body, before, advance - body - before, -before
