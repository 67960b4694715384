"""The editorial vocabulary: what editors hand in, validated and frozen.

Nothing here knows how it was written down (that is `reading`) or how it will look (that is `style`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layout.color import InkCount
    from layout.diagnostics import Span

Region = Literal["zh-Hans", "zh-TW", "zh-HK", "ja", "en"]
"""Picks character classes, line-break tailoring, shaping language and faces."""

BoxKind = Literal["frame", "tint"]
HeadPlace = Literal["over", "left", "right", "picture"]
"""Where a headline stands: over its text, vertically at the left or the right of it, or on its main picture."""

Setting = Literal["horizontal", "vertical"]
"""How a story's body is set; vertical lines run from right to left."""


SECOND: Final = "#2"
"""What the id of a story's second part, on another page, has after the story's own."""


class Emphasis(StrEnum):
    """What inline markup makes of a stretch of text."""

    HEI = "hei"
    KAI = "kai"
    LINK = "link"
    RUBY = "ruby"
    SUPERIOR = "superior"
    INFERIOR = "inferior"
    DOTS = "dots"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of a text carry an emphasis; `value` is a link's target or a ruby."""

    start: int
    end: int
    emphasis: Emphasis
    value: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the characters of a text stand in their file.

    `pieces` are (offset in the text, line, column), rising by offset; within a piece one character of text is
    one character of source. Lines and columns count from 1.
    """

    file: str
    pieces: tuple[tuple[int, int, int], ...]

    def locate(self, offset: int) -> tuple[int, int]:
        """Return the (line, column) of the character at `offset`."""
        line, column, start = 1, 1, 0
        for piece_start, piece_line, piece_column in self.pieces:
            if piece_start > offset:
                break
            start, line, column = piece_start, piece_line, piece_column
        return line, column + offset - start

    def offset(self, line: int, column: int, length: int) -> int | None:
        """Return the offset of the character at (line, column) in a text of `length` characters, None if elsewhere."""
        for number, (start, piece_line, piece_column) in enumerate(self.pieces):
            end = self.pieces[number + 1][0] if number + 1 < len(self.pieces) else length
            if line == piece_line and piece_column <= column < piece_column + max(end - start, 1):
                return start + column - piece_column
        return None

    def moved(self, offset: int) -> Origin:
        """Return where the characters from `offset` on stand."""
        line, column = self.locate(offset)
        later = tuple((start - offset, row, at) for start, row, at in self.pieces if start > offset)
        return Origin(self.file, ((0, line, column), *later))


@dataclass(frozen=True, slots=True)
class RichText:
    """Text without its markup, the marks it carried, and where it came from."""

    text: str
    marks: tuple[Mark, ...] = ()
    origin: Origin | None = None

    def __bool__(self) -> bool:
        """Return whether there is any text."""
        return bool(self.text)

    def part(self, start: int, end: int) -> RichText:
        """Return the characters from `start` to `end` with their marks and places."""
        marks = tuple(
            Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.emphasis, mark.value)
            for mark in self.marks
            if mark.start < end and mark.end > start
        )
        return RichText(self.text[start:end], marks, self.origin.moved(start) if self.origin else None)


def joined_text(parts: Iterable[RichText]) -> RichText:
    """Return texts of one file as one, an ideographic space between two of them."""
    text = ""
    marks: list[Mark] = []
    pieces: list[tuple[int, int, int]] = []
    file = ""
    for part in parts:
        if not part:
            continue
        text += "\u3000" if text else ""
        shift = len(text)
        marks.extend(Mark(mark.start + shift, mark.end + shift, mark.emphasis, mark.value) for mark in part.marks)
        if part.origin is not None:
            file = part.origin.file
            pieces.extend((start + shift, line, column) for start, line, column in part.origin.pieces)
        text += part.text
    return RichText(text, tuple(marks), Origin(file, tuple(pieces)) if pieces else None)


class BlockKind(StrEnum):
    """What a block of a story's body is."""

    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    ITEM = "item"
    TABLE = "table"
    FORM = "form"


CellAlign = Literal["auto", "left", "center", "right"]
"""Where a table's column stands; `auto` sets numbers on their decimal point and words to the left."""

FormName = Literal["info", "note", "correction", "obituary", "notice"]
"""The small forms: information box, editor's note, correction, obituary, notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table in a story: every row has as many cells as the head."""

    head: tuple[RichText, ...]
    rows: tuple[tuple[RichText, ...], ...]
    aligns: tuple[CellAlign, ...]
    title: RichText | None = None
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A small form in a story: its title, None where the style's own word serves, and its paragraphs."""

    name: FormName
    text: tuple[RichText, ...]
    title: RichText | None = None
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, subhead, item of a list or insert of a story's body; `gap` says that verse has a blank before it.

    An `optional` subhead is offered by the story and set only where the page wants it. `sign` is what stands before an
    item: a number with its point, or `-`. An `insert` has all its words in `text` too, cells and paragraphs apart by
    ideographic spaces.
    """

    kind: BlockKind
    text: RichText
    gap: bool = False
    optional: bool = False
    sign: str = ""
    insert: Table | Form | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture with its caption.

    `focus` is the point (x, y as fractions from the upper left) that a crop keeps nearest the middle; `keep` is
    a box (x0, y0, x1, y1) that a crop never enters; `quiet` a box without detail, on which a headline can stand;
    `crop` false forbids cropping. `pixels` is the upright size.
    """

    file: str
    pixels: tuple[int, int]
    vector: bool = False
    caption: RichText | None = None
    credit: RichText | None = None
    focus: tuple[float, float] = (0.5, 0.5)
    keep: tuple[float, float, float, float] | None = None
    quiet: tuple[float, float, float, float] | None = None
    crop: bool = True
    placeholder: bool = False
    span: Span | None = field(default=None, compare=False)

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.pixels[0] / self.pixels[1]

    @property
    def kept(self) -> tuple[float, float, float, float] | None:
        """The box that holds all a crop must leave: `keep` and the quiet area."""
        boxes = [box for box in (self.keep, self.quiet) if box is not None]
        if not boxes:
            return None
        lefts, tops, rights, feet = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(feet)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story. `rank` is 1 (lead) to 4 (brief); `locked` copy is printed as it stands.

    What the story leaves to the page: its deck may go (`deck_optional`), `quotes` may be pulled out of it, or found in
    it (`quotes_found`), and it may go on elsewhere (`jump`: a page's id or "auto"; `jump_head` is the headline there).
    `carried` is the line that leads in the part of a story that began on another page.
    """

    id: str
    rank: int
    headline: RichText
    kicker: RichText | None = None
    deck: RichText | None = None
    deck_optional: bool = False
    dateline: RichText | None = None
    byline: RichText | None = None
    tail: RichText | None = None
    body: tuple[Block, ...] = ()
    photos: tuple[Photo, ...] = ()
    box: BoxKind | None = None
    head: HeadPlace = "over"
    setting: Setting = "horizontal"
    logo: str | None = None
    locked: bool = False
    jump: str | None = None
    jump_head: RichText | None = None
    carried: RichText | None = None
    quotes: tuple[RichText, ...] = ()
    quotes_found: bool = False
    names: tuple[str, ...] = ()
    region: Region = "zh-Hans"
    file: str = ""
    span: Span | None = field(default=None, compare=False)

    @property
    def is_photo_story(self) -> bool:
        """Whether the picture carries the story: one short paragraph under it."""
        return bool(self.photos) and len(self.body) <= 1 and not self.dateline

    @property
    def head_beside(self) -> bool:
        """Whether the headline is to stand beside the text."""
        return self.head in ("left", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A place on the page grid that the editor fixed: counted from 1, as in `issue.yaml`.

    Any of the four may be None: the solver is free there. `head` is the main headline's size in mpt; `above` and
    `beside` are ids of what the entry stands over, and next to.
    """

    column: int | None = None
    columns: int | None = None
    line: int | None = None
    lines: int | None = None
    head: int | None = None
    above: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether all four sides of the place are given."""
        return None not in (self.column, self.columns, self.line, self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What stands in a page's list: one story, or a group of stories under one label in one frame."""

    stories: tuple[Story, ...]
    label: RichText | None = None
    pin: Pin | None = None
    span: Span | None = field(default=None, compare=False)

    @property
    def id(self) -> str:
        """The entry's name in plans: the story's id, or the ids joined by `+`."""
        return "+".join(story.id for story in self.stories)

    @property
    def rank(self) -> int:
        """The rank of its highest story."""
        return min(story.rank for story in self.stories)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert:
    """A booked space. `width` and `height` are mm; `file` None is copy that has not come yet.

    `page` is the page of a PDF file, counted from 0; `convert` asks for a picture of it. `size` is what the artwork
    says of itself in mm, `pixels` the size of a raster picture; the size of a PDF is known when it is placed.
    """

    id: str
    kind: str
    width: float
    height: float
    file: str | None = None
    at: Literal["foot", "head"] = "foot"
    side: Literal["left", "right"] = "right"
    pin: Pin | None = None
    page: int = 0
    convert: bool = False
    pixels: tuple[int, int] | None = None
    size: tuple[float, float] | None = None
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexLine:
    """One line of an index: a story, what is printed of it, and the page where it stands; empty until it has one.

    `given` says that the title is the editor's own, not the story's headline.
    """

    story: str
    title: RichText
    page: str = ""
    given: bool = False
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The index of a front page (导读): chosen stories and their pages, at the head or foot of the page's stories."""

    lines: tuple[IndexLine, ...]
    label: str | None = None
    at: Literal["foot", "head"] = "head"
    side: Literal["left", "right"] = "right"
    pin: Pin | None = None
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding that somebody answers for: its code, what it is about, who says so and why.

    `object` is the page, story or advert that the finding names; empty stands for any.
    """

    rule: str
    object: str
    by: str
    reason: str
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the issue as listed by the editors."""

    id: str
    section: str
    style: str
    front: bool = False
    banner: RichText | None = None
    ink: InkCount = "cmyk"
    entries: tuple[Entry, ...] = ()
    adverts: tuple[Advert, ...] = ()
    index: Index | None = None
    credits: tuple[tuple[str, str], ...] = ()
    spread: tuple[str, ...] = ()
    span: Span | None = field(default=None, compare=False)

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories of the page, in the order listed."""
        return tuple(story for entry in self.entries for story in entry.stories)

    def entry(self, name: str) -> Entry | None:
        """Return the entry of an id, or the one that holds the story of that id."""
        held = (one for one in self.entries if name == one.id or any(name == story.id for story in one.stories))
        return next(held, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Banked:
    """A story without a page yet; it may stand on the pages of its `section`, on any but the front page without one."""

    story: Story
    section: str = ""
    span: Span | None = field(default=None, compare=False)

    def may_stand(self, page: Page) -> bool:
        """Return whether the story may be given this page."""
        return page.section == self.section if self.section else not page.front


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The paper's standing matter: nameplate artwork and the imprint, in the order given."""

    nameplate: str | None = None
    nameplate_size: tuple[float, float] | None = None
    logo: str | None = None
    imprint: tuple[tuple[str, str], ...] = ()
    ear: RichText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The issue before this one, for checks of the numbering."""

    date: str
    number: int
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A whole issue. `date` is ISO 8601 text; `folder` is where its files lie.

    `bank` are stories that have no page yet. `grey` prints every page in black alone; `edition` and `file_name` go into
    the names of released files.
    """

    paper: str
    date: str
    number: str
    region: Region
    masthead: Masthead
    pages: tuple[Page, ...]
    fillers: tuple[Story, ...] = ()
    bank: tuple[Banked, ...] = ()
    levels: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    previous: Previous | None = None
    grey: bool = False
    edition: str = ""
    file_name: str = ""
    waivers: tuple[Waiver, ...] = ()
    file: str = ""
    folder: str = ""

    def relative(self, file: str) -> str:
        """Return the name of a file as seen from the issue's folder, whatever folder the command ran in."""
        path, folder = PurePosixPath(file), PurePosixPath(self.file).parent
        return str(path.relative_to(folder) if path.is_relative_to(folder) else path)
