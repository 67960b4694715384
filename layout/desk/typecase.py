"""The faces at hand: which there are and what they allow, whether they have an issue's characters, how to add more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from layout.build.folder import OutputFolder
from layout.build.pagework import issue_fonts
from layout.diagnostics import FontError, InputError, finding
from layout.fontbook import Face, coverage, file_hash, load_fontbook
from layout.pdf.fonts import embedding_bits, may_embed
from layout.reading.emit import to_yaml
from layout.reading.source import did_you_mean
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from layout.fontbook import Fontbook
    from layout.model import Issue, RichText, Story

SUFFIXES: Final = frozenset({".otf", ".ttf", ".ttc", ".otc"})
"""Endings of font files."""

FONTS_FILE: Final = "fonts.yaml"

_DAY: Final = "2026-11-22"
"""The specimen's date: the same sheet every day."""

_WORDS: Final = (
    "天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。寒来暑往，秋收冬藏。闰余成岁，律吕调阳。云腾致雨，露结为霜。"
    "金生丽水，玉出昆冈。剑号巨阙，珠称夜光。果珍李柰，菜重芥姜。海咸河淡，鳞潜羽翔。"
    "“龙师火帝”——鸟官人皇……始制文字，乃服衣裳；推位让国，有虞陶唐。"
    "ABCDEFGHI JKLMNOPQR STUVWXYZ abcdefghi jklmnopqr stuvwxyz 0123456789 %℃￥《》（）【】、！？"
)
"""The Thousand Character Classic's beginning, and what stands between Chinese characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceRow:
    """A face as it is listed. `own` says that it came with the issue; `bits` is fsType of its OS/2 table."""

    face: Face
    own: bool
    characters: int
    bits: int
    roles: tuple[str, ...]

    @property
    def embeds(self) -> bool:
        """Whether the face may be embedded in a file for print."""
        return may_embed(self.bits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What a role lacks of an issue: characters that no face of it has, and those that a later face of it sets."""

    role: str
    missing: str
    fallback: tuple[tuple[str, str], ...]


def case_of(folder: Path | None) -> Fontbook:
    """Return the faces of the package, with those of an issue's folder.

    Raises:
        FontError: a file is missing, or `fonts.yaml` cannot be understood.
    """
    return load_fontbook(fonts_folder(), folder / "fonts" if folder else None)


def face_rows(book: Fontbook) -> tuple[FaceRow, ...]:
    """Return every face with what there is to know of it.

    Raises:
        FontError: E305, a file cannot be read.
    """
    packaged = fonts_folder().resolve()
    return tuple(
        FaceRow(
            face=face,
            own=not face.path.resolve().is_relative_to(packaged),
            characters=len(coverage(face)),
            bits=embedding_bits(face),
            roles=tuple(role for role, chain in book.roles.items() if name in chain[:1]),
        )
        for name, face in book.faces.items()
    )


def lacks(issue: Issue) -> tuple[Lack, ...]:
    """Return, for every role, the issue's characters that its first face lacks.

    Raises:
        FontError: a face cannot be read.
    """
    book = load_fontbook(fonts_folder(), issue_fonts(issue))
    chars = sorted({char for text in _texts(issue) for char in text if not char.isspace()})
    found = []
    for role, chain in book.roles.items():
        chosen = {char: book.choose(role, char) for char in chars}
        later: dict[str, str] = {}
        for char, face in chosen.items():
            if face is not None and face != chain[0]:
                later[face] = later.get(face, "") + char
        missing = "".join(char for char, face in chosen.items() if face is None)
        found.append(Lack(role=role, missing=missing, fallback=tuple(later.items())))
    return tuple(found)


def _texts(issue: Issue) -> Iterator[str]:
    yield issue.paper
    yield from (value for _, value in issue.masthead.imprint)
    for page in issue.pages:
        yield page.section
        yield from (value for _, value in page.credits)
        yield from (entry.label.text for entry in page.entries if entry.label)
        for story in page.stories:
            yield from (text.text for text in _parts(story) if text is not None)
    for story in issue.fillers:
        yield from (text.text for text in _parts(story) if text is not None)


def _parts(story: Story) -> Iterator[RichText | None]:
    yield from (story.headline, story.kicker, story.deck, story.dateline, story.byline, story.tail)
    yield from (block.text for block in story.body)
    for photo in story.photos:
        yield from (photo.caption, photo.credit)


def add_faces(folder: Path, path: Path, role: str) -> tuple[str, ...]:
    """Put a font file, or every font file of a folder, into an issue's `fonts/`, first in the chain of a role.

    Args:
        folder: the issue's folder.
        path: the font file, or a folder of them.
        role: a role of the style, e.g. song; a new name makes a new role.

    Returns:
        The names of the faces.

    Raises:
        InputError: E101, the file is not there; E155, the folder holds no font.
        FontError: E304, a face may not be embedded; E305, a file is no font. Nothing is written then.
        OutputError: E501.
    """
    files = _font_files(path)
    own = folder / "fonts"
    book = case_of(folder)
    taken = set(book.faces)
    faces: dict[str, dict[str, str]] = {}
    for file in files:
        name = _face_name(file, taken)
        face = Face(id=name, path=file)
        if not coverage(face):
            raise FontError([finding("E305", name=file.name, problem="it has no characters")])
        bits = embedding_bits(face)
        if not may_embed(bits):
            raise FontError([finding("E304", name=file.name, bits=bits)])
        faces[name] = {"file": file.name, "sha256": file_hash(file)}
        taken.add(name)
    tree = _tree(own / FONTS_FILE)
    tree.setdefault("faces", {}).update(faces)
    tree.setdefault("roles", {})[role] = [*faces, *book.roles.get(role, ())]
    target = OutputFolder(own)
    for file in files:
        target.write(file.name, file.read_bytes())
    target.write(FONTS_FILE, to_yaml(tree).encode())
    return tuple(faces)


def _font_files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES)
        if not files:
            suffixes = ", ".join(sorted(SUFFIXES))
            raise InputError([finding("E155", file=path.name, kind="font", suffixes=suffixes)])
        return files
    if not path.is_file():
        near = did_you_mean(path.name, (item.name for item in path.parent.iterdir())) if path.parent.is_dir() else None
        raise InputError([finding("E101", file=path.name, hint=near)])
    return [path]


def _face_name(file: Path, taken: set[str]) -> str:
    """Return a name for a face that no other has: its file's, in lower case."""
    stem = re.sub(r"[^\w]+", "-", file.stem.lower()).strip("-") or "face"
    names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)


def _tree(path: Path) -> dict[str, Any]:
    """Return the issue's own `fonts.yaml`, already known to be readable."""
    import yaml  # noqa: PLC0415 - read once a call

    if not path.is_file():
        return {}
    tree: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - the base loader makes text only
    return tree


def specimen_files(book: Fontbook, folder: Path | None, roles: Sequence[str] = ()) -> dict[str, str | bytes]:
    """Return the files of an issue that shows every role, each in a story of its own.

    Args:
        book: the faces.
        folder: the issue whose own faces are shown too.
        roles: the roles to show; empty means all.

    Raises:
        FontError: E302, a role is not there.
    """
    wanted = list(roles) or sorted(book.roles)
    files: dict[str, str | bytes] = {}
    for number, role in enumerate(wanted):
        chain = book.chain(role)
        files[f"stories/s{number}.md"] = _specimen_story(role, chain, book)
    pages = {
        "paper": "字样",
        "date": _DAY,
        "number": "1",
        "style": "tabloid",
        "pages": [{"page": "A02", "section": "字样", "stories": sorted(files), "credits": {"责编": "字样"}}],
        "levels": {"W404": "off", "W403": "off"},
    }
    files["issue.yaml"] = to_yaml(pages)
    own = folder / "fonts" if folder else None
    if own is not None and own.is_dir():
        for path in sorted(own.iterdir()):
            if path.is_file():
                files[f"fonts/{path.name}"] = path.read_bytes()
    return files


def _specimen_story(role: str, chain: tuple[str, ...], book: Fontbook) -> str:
    families = "、".join(dict.fromkeys(book.faces[name].family or name for name in chain))
    matter = {"rank": 3, "headline": role, "deck": families, "overrides": {"text": {"body": {"role": role}}}}
    return f"---\n{to_yaml(matter)}---\n" + "\n\n".join([_WORDS] * 3) + "\n"
