"""Vertical lines: which characters stand, which lie, which share an em; the same atoms as in horizontal ones.

The inline axis runs down. `shape_vertical` returns atoms with the same figures as `shape` (bodies, blanks, gaps,
penalties, now measured from top to bottom), so that `prepare`, `break_paragraph` and `set_line` serve both; only
drawing differs, by what `VerticalShaped` says beyond `Shaped`.

How a character stands is told by `layout.text.orientation`. One that has to turn stands where its face has a vertical
form of it (`vert`), else it lies; pause and stop marks stand in the upper right of their em on the mainland. Curly
quotes become corner brackets, the outer pair 『』 on the mainland and 「」 elsewhere, by the glyph alone: the text
keeps its characters. What stands side by side on one em is narrowed where it is wider. All of a Latin phrase that has
spaces in it lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.fontbook import EM, coverage, hb_font, units
from layout.text import punctuation as marks
from layout.text.classes import blanks
from layout.text.orientation import Piece, orientation, pieces
from layout.text.punctuation import CharClass
from layout.text.shaping import LANGUAGES, NO_SPACE, Shaped, shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layout.fontbook import Face, Fontbook
    from layout.model import Region
    from layout.text.orientation import Stance
    from layout.text.shaping import Raised, Space, Style

CORNERS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "zh-Hans": MappingProxyType({"“": "『", "”": "』", "‘": "「", "’": "」"}),
        "zh-TW": MappingProxyType({"“": "「", "”": "」", "‘": "『", "’": "』"}),
        "zh-HK": MappingProxyType({"“": "「", "”": "」", "‘": "『", "’": "』"}),
        "ja": MappingProxyType({"“": "「", "”": "」", "‘": "『", "’": "』"}),
        "en": MappingProxyType({}),
    },
)
"""The corner brackets that curly quotes are shown as in vertical lines, by region."""

MIDDLE: Final = 380
"""How far the middle of a line lies above the baseline of type on its side, in thousandths of its size: the em box
reaches from −120 to 880."""

ASCENT: Final = 880
"""From the head of the em box to the baseline of type that stands, in thousandths of its size."""

_FEATURES: Final = {"vhal": False, "vpal": False, "vkrn": False, "vchw": False, "liga": True}
_PER_CENT: Final = {"%": "％"}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerticalShaped(Shaped):
    """A text as atoms of vertical lines, with what drawing needs; one entry an atom.

    `body`, `left`, `right`, `shift` and `offsets` are measured downwards: `left` is the blank above a body, `shift`
    leads from the head of the body to the first glyph's origin. `across` is, for each glyph, where its origin lies
    from the middle of the line, mpt, to the right. `scales` are horizontal scales in per mille.
    """

    stances: tuple[Stance, ...]
    across: tuple[tuple[int, ...], ...]
    scales: tuple[int, ...]


class _Cell(NamedTuple):
    """What one atom takes along the line and how its glyphs lie; mpt."""

    stance: Stance
    body: int
    left: int
    right: int
    shift: int
    gids: tuple[int, ...]
    offsets: tuple[int, ...]
    across: tuple[int, ...]
    texts: tuple[str, ...]
    scale: int = EM


class _Atom(NamedTuple):
    """A cell in its place in a text."""

    cell: _Cell
    start: int
    face: str
    kind: CharClass
    space: Space
    penalty: int | None
    han: bool


def shape_vertical(
    text: str,
    style: Style,
    book: Fontbook,
    roles: tuple[tuple[int, int, str], ...] = (),
    no_break: tuple[tuple[int, int], ...] = (),
    raised: tuple[Raised, ...] = (),
) -> VerticalShaped:
    """Return the atoms of a text for vertical lines.

    Args:
        text: the characters; a newline is a space here.
        style: the text's own role, size (mpt), region and line-break level.
        book: the faces.
        roles: stretches (start, end, role) set in another role.
        no_break: stretches that should stay whole.
        raised: superiors and inferiors, which stand among the others in lines that run down.
    """
    del raised
    flat = shape(text, style, book, roles, no_break)
    atoms: list[_Atom] = []
    index = 0
    while index < len(flat):
        if flat.han[index]:
            atoms.append(_standing(flat, index, style, book))
            index += 1
            continue
        end = index + 1
        while end < len(flat) and not flat.han[end] and not flat.spaces[end].wide:
            end += 1
        atoms.extend(_narrow(flat, index, end, style, book, roles))
        index = end
    return VerticalShaped(
        text=text,
        size=style.size,
        region=style.region,
        starts=tuple(atom.start for atom in atoms),
        faces=tuple(atom.face for atom in atoms),
        classes=tuple(atom.kind for atom in atoms),
        body=tuple(atom.cell.body for atom in atoms),
        left=tuple(atom.cell.left for atom in atoms),
        right=tuple(atom.cell.right for atom in atoms),
        shift=tuple(atom.cell.shift for atom in atoms),
        gids=tuple(atom.cell.gids for atom in atoms),
        offsets=tuple(atom.cell.offsets for atom in atoms),
        texts=tuple(atom.cell.texts for atom in atoms),
        spaces=tuple(atom.space for atom in atoms),
        penalties=tuple(atom.penalty for atom in atoms),
        han=tuple(atom.han for atom in atoms),
        missing=flat.missing,
        stances=tuple(atom.cell.stance for atom in atoms),
        across=tuple(atom.cell.across for atom in atoms),
        scales=tuple(atom.cell.scale for atom in atoms),
    )


# --- full-width characters ---------------------------------------------------------------------------


def _standing(flat: Shaped, index: int, style: Style, book: Fontbook) -> _Atom:
    """Return a full-width atom upright, or on its side where it has to turn and its face has no form for that."""
    unit = flat.texts[index][0]
    face = book.faces[flat.faces[index]]
    kind = flat.classes[index]
    corner = CORNERS[style.region].get(unit)
    shown = corner if corner is not None and ord(corner) in coverage(face) else unit
    turned = shown == unit and orientation(unit[0], style.region) in ("R", "Tr")
    if turned and _vertical_gids(unit, face, style.region) == flat.gids[index]:
        return _placed(flat, index, _lying(flat, index))
    cell = _upright(unit, shown, kind, face, style.size, style.region)
    if shown == unit and unit in _SHIFTED and style.region == "zh-Hans" and cell.gids == flat.gids[index]:
        half = style.size // 2
        cell = cell._replace(across=(cell.across[0] + half,), shift=cell.shift - half)
    return _placed(flat, index, cell)


_SHIFTED: Final = marks.FULL_STOPS | frozenset("，、")
"""Marks whose horizontal glyph goes to the upper right of the em where a face has no other."""


def _placed(flat: Shaped, index: int, cell: _Cell) -> _Atom:
    return _Atom(
        cell=cell,
        start=flat.starts[index],
        face=flat.faces[index],
        kind=flat.classes[index],
        space=flat.spaces[index],
        penalty=flat.penalties[index],
        han=flat.han[index],
    )


def _lying(flat: Shaped, index: int) -> _Cell:
    """Return an atom on its side: all that is true of it along the line stays true."""
    gids = flat.gids[index]
    return _Cell(
        stance="sideways",
        body=flat.body[index],
        left=flat.left[index],
        right=flat.right[index],
        shift=flat.shift[index],
        gids=gids,
        offsets=flat.offsets[index],
        across=(-(flat.size * MIDDLE // EM),) * len(gids),
        texts=flat.texts[index],
    )


@lru_cache(maxsize=8192)
def _upright(unit: str, shown: str, kind: CharClass, face: Face, size: int, region: Region) -> _Cell:
    """Return a cluster upright; `shown` are the characters whose glyphs stand for it."""
    run = _run(shown, face, region)
    gids, downs, across, advance = _measured(run, face, size)
    body, left, right, shift = _blanked(shown, kind, gids, advance, run, face, size, region)
    return _Cell(
        stance="upright",
        body=body,
        left=left,
        right=right,
        shift=shift + downs[0],
        gids=gids,
        offsets=tuple(down - downs[0] for down in downs),
        across=across,
        texts=(unit, *("",) * (len(gids) - 1)),
    )


class _Glyph(NamedTuple):
    """A glyph of a run from top to bottom, in font units, y upwards."""

    gid: int
    advance: int
    x: int
    y: int


def _run(text: str, face: Face, region: Region, *, half: bool = False) -> tuple[_Glyph, ...]:
    import uharfbuzz as hb  # noqa: PLC0415 - loaded with the first face

    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "ttb"
    buffer.script = "Hani"
    buffer.language = LANGUAGES[region]
    hb.shape(hb_font(face), buffer, {**_FEATURES, "vhal": half})
    return tuple(
        _Glyph(info.codepoint, -place.y_advance, place.x_offset, place.y_offset)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )


@lru_cache(maxsize=2048)
def _vertical_gids(text: str, face: Face, region: Region) -> tuple[int, ...]:
    return tuple(glyph.gid for glyph in _run(text, face, region))


@lru_cache(maxsize=64)
def _has_vertical_metrics(face: Face) -> bool:
    return "vmtx" in hb_font(face).face.table_tags


def _measured(
    run: tuple[_Glyph, ...], face: Face, size: int
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], int]:
    """Return (glyph ids, origins downwards, origins across, advance) in mpt.

    Without vertical metrics every glyph is centred on an em of its own.
    """
    upem = units(face)
    downs: list[int] = []
    across: list[int] = []
    pen = 0
    measured = _has_vertical_metrics(face)
    for glyph in run:
        if measured:
            downs.append((pen - glyph.y) * size // upem)
            across.append(glyph.x * size // upem)
            pen += glyph.advance
        else:
            downs.append(pen * size // upem + size * ASCENT // EM)
            across.append(-(hb_font(face).get_glyph_h_advance(glyph.gid) * size // (2 * upem)))
            pen += upem
    return tuple(glyph.gid for glyph in run), tuple(downs), tuple(across), (pen * size + upem // 2) // upem


def _blanked(
    shown: str,
    kind: CharClass,
    gids: tuple[int, ...],
    advance: int,
    run: tuple[_Glyph, ...],
    face: Face,
    size: int,
    region: Region,
) -> tuple[int, int, int, int]:
    """Return (body, blank above, blank below, shift) of a full-width cluster in mpt."""
    if len(gids) != 1 or advance < size or kind in (CharClass.DASH2, CharClass.ELLIPSIS2):
        return advance, 0, 0, 0
    above, below = (size * share // EM for share in blanks(shown[0], region, vertical=True))
    if not (above or below):
        return advance, 0, 0, 0
    half = _run(shown, face, region, half=True)
    sided = bool(above) != bool(below)
    if sided and len(half) == 1 and half[0].gid == gids[0] and half[0].advance != run[0].advance:
        upem = units(face)
        width = half[0].advance * size // upem
        shift = (run[0].y - half[0].y) * size // upem
        blank = advance - width
        return (width, blank, 0, shift) if above else (width, 0, blank, shift)
    return advance - above - below, above, below, -above


# --- digits and letters ------------------------------------------------------------------------------


def _narrow(
    flat: Shaped,
    start: int,
    end: int,
    style: Style,
    book: Fontbook,
    roles: tuple[tuple[int, int, str], ...],
) -> Iterator[_Atom]:
    """Yield the atoms of a stretch without full-width characters."""
    owners = [index for index in range(start, end) for _ in "".join(flat.texts[index])]
    text = "".join("".join(flat.texts[index]) for index in range(start, end))
    spaced = any(flat.spaces[index].word for index in range(start + 1, end))
    stretch = [Piece(0, len(text), "sideways")] if spaced else list(pieces(text, style.region))
    firsts = {index: owners.index(index) for index in range(start, end)}
    for piece in stretch:
        if piece.stance == "sideways" and {piece.start, piece.end} <= {*firsts.values(), len(text)}:
            whole = sorted(set(owners[piece.start : piece.end]))
            yield from (_placed(flat, index, _lying(flat, index)) for index in whole)
            continue
        owner = owners[piece.start]
        place = flat.starts[owner] + piece.start - firsts[owner]
        face = flat.faces[owner]
        begins = piece.start == firsts[owner]
        shown = text[piece.start : piece.end]
        if piece.stance == "upright":
            wide = _PER_CENT.get(shown, shown)
            have = ord(wide) in coverage(book.faces[face])
            cell = _upright(shown, wide if have else shown, CharClass.HAN, book.faces[face], style.size, style.region)
        else:
            role = next((name for low, high, name in reversed(roles) if low <= place < high), style.role)
            part = shape(shown, style._replace(role=role), book)
            if piece.stance == "sideways" or len(set(part.faces)) > 1:
                yield from _several(part, place, flat, owner, begins=begins)
                continue
            face, cell = part.faces[0], _together(part)
        yield _Atom(
            cell=cell,
            start=place,
            face=face,
            kind=CharClass.HAN,
            space=flat.spaces[owner] if begins else NO_SPACE,
            penalty=flat.penalties[owner] if begins else None,
            han=True,
        )


def _several(part: Shaped, place: int, flat: Shaped, owner: int, *, begins: bool) -> Iterator[_Atom]:
    """Yield the atoms of a lying piece that was shaped for itself: it may break where its own text may."""
    for index in range(len(part)):
        first = index == 0
        yield _Atom(
            cell=_lying(part, index),
            start=place + part.starts[index],
            face=part.faces[index],
            kind=part.classes[index],
            space=(flat.spaces[owner] if begins else NO_SPACE) if first else part.spaces[index],
            penalty=(flat.penalties[owner] if begins else None) if first else part.penalties[index],
            han=False,
        )


def _together(part: Shaped) -> _Cell:
    """Return the atoms of a short horizontal text side by side in the middle of one em."""
    size = part.size
    gids: list[int] = []
    origins: list[int] = []
    texts: list[str] = []
    pen = 0
    for index in range(len(part)):
        gids.extend(part.gids[index])
        origins.extend(pen + part.shift[index] + offset for offset in part.offsets[index])
        texts.extend(part.texts[index])
        pen += part.body[index]
    scale = min(EM, EM * size // pen) if pen else EM
    left = -(pen * scale // EM) // 2
    return _Cell(
        stance="together",
        body=size,
        left=0,
        right=0,
        shift=size * ASCENT // EM,
        gids=tuple(gids),
        offsets=(0,) * len(gids),
        across=tuple(left + origin * scale // EM for origin in origins),
        texts=tuple(texts),
        scale=scale,
    )
