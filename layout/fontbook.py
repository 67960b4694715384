"""Faces and roles: which face sets which character, and what the face says of its glyphs.

A style names roles ("song", "hei"); `fonts.yaml` maps each role to a chain of faces. Only faces named there are
used, never whatever a machine has. For every character the first face of the chain that has it sets it.

Values (`Face`, `Fontbook`) are frozen and carry no HarfBuzz object; opened faces live in caches keyed by path and
index.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from layout.diagnostics import FontError, finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EM: Final = 1000
"""Glyph metrics are handed out in thousandths of an em, whatever the face's own units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One font file (and index in a collection) under the name that styles and display lists use."""

    id: str
    path: Path
    index: int = 0
    family: str = ""
    weight: int = 400
    sha256: str = ""
    licence: str = ""

    def blob(self) -> bytes:
        """Return the file's bytes."""
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fontbook:
    """All faces by id, and the chain of faces of every role; loaded once a process, equal only to itself."""

    faces: Mapping[str, Face]
    roles: Mapping[str, tuple[str, ...]]

    def chain(self, role: str) -> tuple[str, ...]:
        """Return the face ids of a role.

        Raises:
            FontError: E302, no such role.
        """
        try:
            return self.roles[role]
        except KeyError:
            raise FontError([finding("E302", name=role)]) from None

    def choose(self, role: str, char: str) -> str | None:
        """Return the id of the first face of the role's chain that has the character, or None."""
        code = ord(char)
        for face_id in self.chain(role):
            if code in coverage(self.faces[face_id]):
                return face_id
        return None


@lru_cache(maxsize=8)
def load_fontbook(folder: Path, own: Path | None = None) -> Fontbook:
    """Return the faces and roles that `folder/fonts.yaml` names, with those of an issue's own fonts folder.

    Args:
        folder: the packaged fonts.
        own: a folder whose `fonts.yaml` adds faces and roles, or gives a role another chain; absent, nothing is added.

    Raises:
        FontError: E301 for each file that is not there; E305 when `fonts.yaml` cannot be understood.
    """
    book = _read(folder)
    if own is None or not (own / "fonts.yaml").is_file():
        return book
    more = _read(own, book.faces)
    return Fontbook(faces={**book.faces, **more.faces}, roles={**book.roles, **more.roles})


def _read(folder: Path, known: Mapping[str, Face] | None = None) -> Fontbook:
    import yaml  # noqa: PLC0415 - read once a process

    path = folder / "fonts.yaml"
    try:
        tree: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - the base loader makes text only
        faces = {name: _face(name, row, folder) for name, row in tree["faces"].items()}
        roles = {name: tuple(chain) for name, chain in tree["roles"].items()}
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as problem:
        raise FontError([finding("E305", name=path.name, problem=problem)]) from problem
    missing = [face for face in faces.values() if not face.path.is_file()]
    if missing:
        raise FontError(finding("E301", name=face.id, file=face.path.name) for face in missing)
    strangers = sorted({name for chain in roles.values() for name in chain} - {*faces, *(known or {})})
    if strangers:
        reason = "a role names it, but there is no face of this name"
        raise FontError(finding("E305", name=name, problem=reason) for name in strangers)
    return Fontbook(faces=faces, roles=roles)


def _face(name: str, row: dict[str, str], folder: Path) -> Face:
    return Face(
        id=name,
        path=folder / row["file"],
        index=int(row.get("index", "0")),
        family=row.get("family", ""),
        weight=int(row.get("weight", "400")),
        sha256=row.get("sha256", ""),
        licence=row.get("licence", ""),
    )


@lru_cache(maxsize=64)
def _opened(path: Path, index: int) -> Any:  # noqa: ANN401 - HarfBuzz has no stubs; see hb_font
    import uharfbuzz as hb  # noqa: PLC0415 - only faces in use are opened

    face = hb.Face(hb.Blob.from_file_path(str(path)), index)
    font = hb.Font(face)
    font.scale = (face.upem, face.upem)
    return font


def hb_font(face: Face) -> Any:  # noqa: ANN401 - HarfBuzz has no stubs
    """Return the face's HarfBuzz font, scaled to its own units, opened once a process.

    Raises:
        FontError: E305, the file cannot be read.
    """
    try:
        return _opened(face.path, face.index)
    except Exception as problem:  # HarfBuzz raises its own and built-in types
        raise FontError([finding("E305", name=face.id, problem=problem)]) from problem


@lru_cache(maxsize=64)
def coverage(face: Face) -> frozenset[int]:
    """Return the code points the face has."""
    return frozenset(hb_font(face).face.unicodes)


@lru_cache(maxsize=64)
def units(face: Face) -> int:
    """Return the face's units per em."""
    return int(hb_font(face).face.upem)


@lru_cache(maxsize=200_000)
def advance(face: Face, gid: int) -> int:
    """Return a glyph's horizontal advance in thousandths of an em, rounded as PDF `W` arrays are."""
    width: int = hb_font(face).get_glyph_h_advance(gid)
    return round(width * EM / units(face))


@lru_cache(maxsize=64)
def extents(face: Face) -> tuple[int, int]:
    """Return the face's horizontal (ascender, descender) in thousandths of an em, the descender negative."""
    found = hb_font(face).get_font_extents("ltr")
    scale = EM / units(face)
    return round(found.ascender * scale), round(found.descender * scale)


@lru_cache(maxsize=4096)
def glyph_box(face: Face, gid: int) -> tuple[int, int, int, int]:
    """Return a glyph's ink box (left, bottom, right, top) in thousandths of an em, y upwards."""
    found = hb_font(face).get_glyph_extents(gid)
    if found is None:
        return 0, 0, 0, 0
    scale = EM / units(face)
    left, top = found.x_bearing, found.y_bearing
    return (
        round(left * scale),
        round((top + found.height) * scale),
        round((left + found.width) * scale),
        round(top * scale),
    )


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, as fonts.yaml states it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
