"""The drawers type is set from: what a face, a size and a region make of one character or word.

A full-width mark is a body of half an em and a blank of half an em on the side away from its ink (CLReq 3.1.6,
JLReq 3.1.4); the font's own `halt` numbers say where the ink is, the class table (`layout.text.punctuation`) where
the font has none. What GB/T 15834 sets on half an em has no blank at all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from layout.fontbook import EM, glyph_box, hb_font, units
from layout.text.classes import blanks, char_class
from layout.text.punctuation import DASHES, ELLIPSES, FIXED_EM, HALF_EM, QUOTES_CLOSE, QUOTES_OPEN, CharClass

if TYPE_CHECKING:
    from layout.fontbook import Face, Fontbook
    from layout.model import Region

LANGUAGES: Final = {"zh-Hans": "zh-Hans", "zh-TW": "zh-Hant-TW", "zh-HK": "zh-Hant-HK", "ja": "ja", "en": "en"}
"""The language that HarfBuzz is told, by region: it picks the glyph forms of the place (`locl`)."""

_HAN_FEATURES: Final = {"halt": False, "chws": False, "palt": False, "kern": False, "liga": True}
_LATIN_FEATURES: Final = {"halt": False, "chws": False, "kern": True, "liga": True, "pwid": True}

_HALF: Final = 500
"""A half-width mark's cell in thousandths of the em (GB/T 15834, 5.1), whatever the face's own width."""

_OVERHANG: Final = 20
"""Ink may stand so far (thousandths of the em) outside the body that is cut for it."""

QUOTES: Final = QUOTES_OPEN | QUOTES_CLOSE
PAIRED: Final = DASHES | ELLIPSES
"""Marks of which two are one cluster, on two em."""


class Cell(NamedTuple):
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


class Case(dict[str, Cell]):
    """The cells of one role at one size in one region, shaped once and kept: the drawers type is set from.

    The mapping itself holds clusters set as Chinese, `narrow` Latin words; `lost` are clusters that no face has.
    """

    def __init__(self, book: Fontbook, role: str, size: int, region: Region) -> None:
        """Start empty; cells are made as they are asked for."""
        super().__init__()
        self.book, self.role, self.size, self.region = book, role, size, region
        self.narrow: dict[str, tuple[tuple[Cell, ...], tuple[int, ...]]] = {}
        self.lost: set[str] = set()
        self.faces: dict[str, str | None] = {}

    def face(self, char: str) -> str | None:
        """Return the face of a character, None where no face has it."""
        if char not in self.faces:
            self.faces[char] = self.book.choose(self.role, char)
        return self.faces[char]

    def __missing__(self, unit: str) -> Cell:
        """Shape a cluster once."""
        chosen = self.face(unit[0])
        if chosen is None:
            self.lost.add(unit)
        face = self.book.faces[chosen or self.book.chain(self.role)[0]]
        gids, offsets, advance = _shaped(unit, face, self.size, self.region, han=True)
        kind = char_class(unit[0], self.region)
        body, left, right, shift = _blanked(unit, kind, gids, advance, face, self.size, self.region)
        texts = (unit, *("",) * (len(gids) - 1))
        made = self[unit] = Cell(face.id, kind, body, left, right, shift, gids, offsets, texts)
        return made

    def word(self, word: str) -> tuple[tuple[Cell, ...], tuple[int, ...]]:
        """Return the cells of a Latin word, one a face, and the places in it of characters that no face has."""
        found = self.narrow.get(word)
        if found is None:
            found = self.narrow[word] = self._word(word)
        return found

    def _word(self, word: str) -> tuple[tuple[Cell, ...], tuple[int, ...]]:
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
            kind = CharClass.OTHER if piece[0] in QUOTES else char_class(piece[0], self.region)
            texts = _glyph_texts(piece, face, self.size, self.region, len(gids))
            cells.append(Cell(face.id, kind, advance, 0, 0, 0, gids, offsets, texts))
            start = end
        return tuple(cells), missing


@lru_cache(maxsize=512)
def case_of(book: Fontbook, role: str, size: int, region: Region) -> Case:
    """Return the case of a role at a size (mpt) in a region, always the same one."""
    return Case(book, role, size, region)


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
    if len(gids) != 1 or unit[0] in PAIRED:
        return whole
    if unit in FIXED_EM[region] and advance < size:
        return size, 0, 0, (size - advance) // 2
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
