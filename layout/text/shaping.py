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
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.fontbook import EM, hb_font, units
from layout.text.classes import blanks, char_class, char_classes, chinese_quotes, tailored
from layout.text.punctuation import QUOTES_CLOSE, QUOTES_OPEN, CharClass

if TYPE_CHECKING:
    from layout.fontbook import Face, Fontbook
    from layout.model import Region

LANGUAGES: Final = {"zh-Hans": "zh-Hans", "zh-TW": "zh-Hant-TW", "zh-HK": "zh-Hant-HK", "ja": "ja", "en": "en"}
"""The language that HarfBuzz is told, by region: it picks the glyph forms of the place (`locl`)."""

_HAN_FEATURES: Final = {"halt": False, "chws": False, "palt": False, "kern": False, "liga": True}
_LATIN_FEATURES: Final = {"halt": False, "chws": False, "kern": True, "liga": True, "pwid": True}

_JOINABLE: Final = frozenset(
    {CharClass.LATIN, CharClass.DIGIT, CharClass.PREFIX, CharClass.POSTFIX, CharClass.OTHER, CharClass.SOLIDUS},
)
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


class _Glyph(NamedTuple):
    start: int
    gids: tuple[int, ...]
    offsets: tuple[int, ...]
    advance: int
    face: str


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
        no_break: stretches that should stay whole (protected names), priced by `classes.PENALTIES`.
    """
    han = _contexts(text, style.region)
    faces, missing = _choose_faces(text, style, roles, book)
    penalties = tailored(text, style.region, style.level, no_break)
    glyphs = _glyphs(text, han, faces, style, book)
    return _atoms(text, han, glyphs, penalties, style, tuple(missing), book)


def _contexts(text: str, region: Region) -> list[bool]:
    """Return for every character whether it is set as Chinese: full-width, from the Han side of the face."""
    if region == "en":
        return [kind == CharClass.HAN for kind in char_classes(text, region)]
    quotes = chinese_quotes(text, region)
    return [
        index in quotes if char in _QUOTES else char > "\x7f" and kind not in _NARROW
        for index, (char, kind) in enumerate(zip(text, char_classes(text, region), strict=True))
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


def _choose_faces(
    text: str,
    style: Style,
    roles: tuple[tuple[int, int, str], ...],
    book: Fontbook,
) -> tuple[list[str], list[tuple[int, str]]]:
    """Return the face id of every character, and the (offset, character) that no face has."""
    role_of = [style.role] * len(text)
    for start, end, role in roles:
        role_of[start:end] = [role] * (min(end, len(text)) - start)
    faces: list[str] = []
    missing: list[tuple[int, str]] = []
    chosen: dict[tuple[str, str], str | None] = {}
    for index, char in enumerate(text):
        role = role_of[index]
        key = (role, char)
        if key not in chosen:
            chosen[key] = book.choose(role, char)
        face = chosen[key]
        if face is None:
            if char not in _IGNORED and char not in _SPACES:
                missing.append((index, char))
            face = book.chain(role)[0]
        faces.append(face)
    return faces, missing


def _glyphs(text: str, han: list[bool], faces: list[str], style: Style, book: Fontbook) -> list[_Glyph]:
    """Shape runs of one face and context; return one entry a cluster, in text order, lengths in font units."""
    found: list[_Glyph] = []
    start = 0
    for index in range(1, len(text) + 1):
        if index < len(text) and faces[index] == faces[start] and han[index] == han[start]:
            continue
        if start < index:
            found.extend(_shape_run(text, start, index, han=han[start], face=book.faces[faces[start]], style=style))
        start = index
    return found


def _shape_run(text: str, start: int, end: int, *, han: bool, face: Face, style: Style) -> list[_Glyph]:
    import uharfbuzz as hb  # noqa: PLC0415 - loaded with the first face

    buffer = hb.Buffer()
    buffer.add_str(text, start, end - start)
    buffer.direction = "ltr"
    buffer.script = "Hani" if han else "Latn"
    buffer.language = LANGUAGES[style.region] if han else "en"
    hb.shape(hb_font(face), buffer, _HAN_FEATURES if han else _LATIN_FEATURES)
    made: list[_Glyph] = []
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    upem = units(face)
    index = 0
    while index < len(infos):
        cluster = infos[index].cluster
        gids: list[int] = []
        offsets: list[int] = []
        pen = 0
        while index < len(infos) and infos[index].cluster == cluster:
            gids.append(infos[index].codepoint)
            offsets.append((pen + positions[index].x_offset) * style.size // upem)
            pen += positions[index].x_advance
            index += 1
        made.append(_Glyph(cluster, tuple(gids), tuple(offsets), (pen * style.size + upem // 2) // upem, face.id))
    return made


@lru_cache(maxsize=4096)
def half_width(face: Face, gid: int, char: str, language: str) -> tuple[int, int] | None:
    """Return a mark's half-width form by the face's `halt` feature: (origin shift, advance), thousandths of an em.

    None where the face has no such form for the character; the class table serves then.
    """
    import uharfbuzz as hb  # noqa: PLC0415 - loaded with the first face

    buffer = hb.Buffer()
    buffer.add_str(char)
    buffer.direction = "ltr"
    buffer.script = "Hani"
    buffer.language = language
    hb.shape(hb_font(face), buffer, {"halt": True, "chws": False, "kern": False})
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    full = hb_font(face).get_glyph_h_advance(gid)
    if len(infos) != 1 or infos[0].codepoint != gid or positions[0].x_advance == full:
        return None
    upem = units(face)
    return round(positions[0].x_offset * EM / upem), round(positions[0].x_advance * EM / upem)


def _cell(
    cluster: str,
    kind: CharClass,
    glyph: _Glyph,
    style: Style,
    book: Fontbook,
) -> tuple[int, int, int, int]:
    """Return (body, left blank, right blank, shift) of a full-width cluster in mpt."""
    size = style.size
    if kind is CharClass.MIDDLE and glyph.advance < size:
        cell = size * _MIDDLE_CELL // EM
        return cell, 0, 0, (cell - glyph.advance) // 2
    if len(glyph.gids) != 1 or glyph.advance < size:
        return glyph.advance, 0, 0, 0
    left, right = (size * share // EM for share in blanks(cluster[0], style.region))
    if not (left or right):
        return glyph.advance, 0, 0, 0
    half = half_width(book.faces[glyph.face], glyph.gids[0], cluster, LANGUAGES[style.region])
    if half is not None and bool(left) != bool(right):
        shift, width = (size * value // EM for value in half)
        blank = glyph.advance - width
        return (width, blank, 0, shift) if left else (width, 0, blank, 0)
    return glyph.advance - left - right, left, right, -left


def _atoms(  # noqa: PLR0913 - one pass over what the steps before it made
    text: str,
    han: list[bool],
    glyphs: list[_Glyph],
    penalties: tuple[int | None, ...],
    style: Style,
    missing: tuple[tuple[int, str], ...],
    book: Fontbook,
) -> Shaped:
    rows: list[_Row] = []
    word = wide = 0
    for index, glyph in enumerate(glyphs):
        end = glyphs[index + 1].start if index + 1 < len(glyphs) else len(text)
        cluster = text[glyph.start : end]
        char = cluster[0]
        if char in _IGNORED:
            continue
        if char in _SPACES:
            word += char in " \u00a0\n"
            wide += char == "\u3000"
            continue
        space = Space(word, wide) if word or wide else NO_SPACE
        word = wide = 0
        kind = char_class(char, style.region)
        is_han = han[glyph.start]
        if char in _QUOTES and not is_han:
            kind = CharClass.OTHER
        joins = (
            rows
            and not is_han
            and not rows[-1].han
            and space is NO_SPACE
            and penalties[glyph.start] is None
            and rows[-1].face == glyph.face
            and kind in _JOINABLE
            and rows[-1].kind in _JOINABLE
        )
        if joins:
            rows[-1].extend(glyph, cluster)
            continue
        if is_han:
            cell = _cell(cluster, kind, glyph, style, book)
        else:
            cell = (glyph.advance, 0, 0, 0)
        rows.append(_Row(glyph, cluster, kind, cell, space, penalties[glyph.start], han=is_han))
    return Shaped(
        text=text,
        size=style.size,
        starts=tuple(row.start for row in rows),
        faces=tuple(row.face for row in rows),
        classes=tuple(row.kind for row in rows),
        body=tuple(row.body for row in rows),
        left=tuple(row.left for row in rows),
        right=tuple(row.right for row in rows),
        shift=tuple(row.shift for row in rows),
        gids=tuple(tuple(row.gids) for row in rows),
        offsets=tuple(tuple(row.offsets) for row in rows),
        texts=tuple(tuple(row.texts) for row in rows),
        spaces=tuple(row.space for row in rows),
        penalties=tuple(row.penalty for row in rows),
        han=tuple(row.han for row in rows),
        missing=missing,
    )


class _Row:
    """An atom while it grows."""

    __slots__ = (
        "body",
        "face",
        "gids",
        "han",
        "kind",
        "left",
        "offsets",
        "penalty",
        "right",
        "shift",
        "space",
        "start",
        "texts",
    )

    def __init__(  # noqa: PLR0913 - the fields of an atom
        self,
        glyph: _Glyph,
        cluster: str,
        kind: CharClass,
        cell: tuple[int, int, int, int],
        space: Space,
        penalty: int | None,
        *,
        han: bool,
    ) -> None:
        self.start = glyph.start
        self.face = glyph.face
        self.gids = list(glyph.gids)
        self.offsets = list(glyph.offsets)
        self.texts = [cluster] + [""] * (len(glyph.gids) - 1)
        self.kind = kind
        self.body, self.left, self.right, self.shift = cell
        self.space = space
        self.penalty = penalty
        self.han = han

    def extend(self, glyph: _Glyph, cluster: str) -> None:
        self.gids.extend(glyph.gids)
        self.offsets.extend(self.body + offset for offset in glyph.offsets)
        self.texts.extend([cluster] + [""] * (len(glyph.gids) - 1))
        self.body += glyph.advance
