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

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from layout.fontbook import EM, hb_font, units
from layout.text.classes import blanks, char_class, char_classes, chinese_quotes, tailored
from layout.text.punctuation import DASHES, ELLIPSES, QUOTES_CLOSE, QUOTES_OPEN, CharClass

if TYPE_CHECKING:
    from layout.fontbook import Face, Fontbook
    from layout.model import Region

LANGUAGES: Final = {"zh-Hans": "zh-Hans", "zh-TW": "zh-Hant-TW", "zh-HK": "zh-Hant-HK", "ja": "ja", "en": "en"}
"""The language that HarfBuzz is told, by region: it picks the glyph forms of the place (`locl`)."""

_HAN_FEATURES: Final = {"halt": False, "chws": False, "palt": False, "kern": False, "liga": True}
_LATIN_FEATURES: Final = {"halt": False, "chws": False, "kern": True, "liga": True, "pwid": True}

_IGNORED: Final = frozenset("\u2060\u200b\u200c\u200d\ufeff\u00ad")
_SPACES: Final = frozenset(" \u00a0\u3000\n")
_MIDDLE_CELL: Final = 500
"""A centred interpunct takes half an em (GB/T 15834 5.1), whatever the face's own width."""


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

    def __len__(self) -> int:
        """Return the number of atoms."""
        return len(self.body)

    def slice_text(self, start: int, end: int) -> str:
        """Return the characters of atoms `start` to `end`."""
        stop = self.starts[end] if end < len(self.starts) else len(self.text)
        return self.text[self.starts[start] : stop] if start < len(self.starts) else ""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cluster or word shaped at a size: what one atom gets of it."""

    face: str
    kind: CharClass
    body: int
    left: int
    right: int
    shift: int
    gids: tuple[int, ...]
    offsets: tuple[int, ...]
    texts: tuple[str, ...]


class _Case:
    """The cells of one role at one size in one region, shaped once and kept: the drawers type is set from.

    `full` holds clusters set as Chinese, `narrow` Latin words; None says that no face has the character.
    """

    __slots__ = ("book", "faces", "full", "narrow", "region", "role", "size")

    def __init__(self, book: Fontbook, role: str, size: int, region: Region) -> None:
        self.book, self.role, self.size, self.region = book, role, size, region
        self.full: dict[str, tuple[_Cell, bool]] = {}
        self.narrow: dict[str, tuple[tuple[_Cell, ...], tuple[int, ...]]] = {}
        self.faces: dict[str, str | None] = {}

    def face(self, char: str) -> str | None:
        """Return the face of a character, None where no face has it."""
        if char not in self.faces:
            self.faces[char] = self.book.choose(self.role, char)
        return self.faces[char]

    def cluster(self, unit: str) -> tuple[_Cell, bool]:
        """Return the cell of a cluster set as Chinese, and whether its character is missing."""
        found = self.full.get(unit)
        if found is None:
            found = self.full[unit] = self._cluster(unit)
        return found

    def _cluster(self, unit: str) -> tuple[_Cell, bool]:
        chosen = self.face(unit[0])
        face = self.book.faces[chosen or self.book.chain(self.role)[0]]
        gids, offsets, advance = _shaped(unit, face, self.size, self.region, han=True)
        kind = char_class(unit[0], self.region)
        body, left, right, shift = _blanked(unit, kind, gids, advance, face, self.size, self.region)
        texts = (unit, *("",) * (len(gids) - 1))
        return _Cell(face.id, kind, body, left, right, shift, gids, offsets, texts), chosen is None

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
    role_of = [style.role] * len(text)
    for start, end, role in roles:
        role_of[start:end] = [role] * (min(end, len(text)) - start)
    cells: list[_Cell] = []
    starts: list[int] = []
    spaces: list[Space] = []
    penalties: list[int | None] = []
    full: list[bool] = []
    missing: list[tuple[int, str]] = []
    word = wide = 0
    place = 0
    while place < len(text):
        char = text[place]
        if char in _SPACES:
            word += char != "\u3000"
            wide += char == "\u3000"
            place += 1
            continue
        if char in _IGNORED:
            place += 1
            continue
        case = _case(book, role_of[place], style.size, style.region)
        space = Space(word, wide) if word or wide else NO_SPACE
        word = wide = 0
        if han[place]:
            end = _cluster_end(text, place)
            cell, lost = case.cluster(text[place:end])
            if lost:
                missing.append((place, char))
            made: tuple[_Cell, ...] = (cell,)
        else:
            end = _word_end(text, place, han, prices, role_of)
            made, lacking = case.word(text[place:end])
            missing.extend((place + index, text[place + index]) for index in lacking)
        for number, cell in enumerate(made):
            cells.append(cell)
            starts.append(place)
            spaces.append(NO_SPACE if number else space)
            penalties.append(None if number else prices[place])
            full.append(han[place])
            place += sum(map(len, cell.texts)) if number < len(made) - 1 else 0
        place = end
    return Shaped(
        text=text,
        size=style.size,
        starts=tuple(starts),
        faces=tuple(cell.face for cell in cells),
        classes=tuple(cell.kind for cell in cells),
        body=tuple(cell.body for cell in cells),
        left=tuple(cell.left for cell in cells),
        right=tuple(cell.right for cell in cells),
        shift=tuple(cell.shift for cell in cells),
        gids=tuple(cell.gids for cell in cells),
        offsets=tuple(cell.offsets for cell in cells),
        texts=tuple(cell.texts for cell in cells),
        spaces=tuple(spaces),
        penalties=tuple(penalties),
        han=tuple(full),
        missing=tuple(missing),
    )


def _contexts(text: str, region: Region) -> list[bool]:
    """Return for every character whether it is set as Chinese: full-width, from the Han side of the face."""
    kinds = char_classes(text, region)
    if region == "en":
        return [kind == CharClass.HAN for kind in kinds]
    quotes = chinese_quotes(text, region)
    return [
        index in quotes if char in _QUOTES else char > "\x7f" and kind not in _NARROW
        for index, (char, kind) in enumerate(zip(text, kinds, strict=True))
    ]


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
_EXTENDING: Final = (("\u0300", "\u036f"), ("\u3099", "\u309a"), ("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef"))
"""Combining marks and variation selectors: they belong to the character before."""


def _cluster_end(text: str, start: int) -> int:
    end = start + 1
    if text[start] in _PAIRED and text[end : end + 1] == text[start]:
        return end + 1
    while end < len(text) and text[end] > "\u02ff" and any(low <= text[end] <= high for low, high in _EXTENDING):
        end += 1
    return end


def _word_end(text: str, start: int, han: list[bool], prices: tuple[int | None, ...], role_of: list[str]) -> int:
    """Return the end of the Latin from `start` on that must not break."""
    end = start + 1
    while (
        end < len(text)
        and not han[end]
        and prices[end] is None
        and role_of[end] == role_of[start]
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
    """Return (body, left blank, right blank, shift) of a full-width cluster in mpt."""
    if kind is CharClass.MIDDLE and advance < size:
        cell = size * _MIDDLE_CELL // EM
        return cell, 0, 0, (cell - advance) // 2
    if len(gids) != 1 or advance < size or unit[0] in _PAIRED:
        return advance, 0, 0, 0
    left, right = (size * share // EM for share in blanks(unit[0], region))
    if not (left or right):
        return advance, 0, 0, 0
    half = half_width(face, gids[0], unit, region)
    if half is not None and bool(left) != bool(right):
        shift, width = (size * value // EM for value in half)
        blank = advance - width
        return (width, blank, 0, shift) if left else (width, 0, blank, 0)
    return advance - left - right, left, right, -left
