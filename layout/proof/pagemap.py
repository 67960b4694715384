"""Where everything on a page stands: what a reader of its picture can point at.

Made from the display list that the press page is made from, so it agrees with the print to the last glyph. Lengths
are mpt from the head-left corner of the trim box.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.display import Form, Glyphs, Outline, Picture
from layout.geometry import Rect
from layout.proof.outline import minus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from layout.display import Op, Sheet
    from layout.model import Page, Photo, Story
    from layout.plan import PagePlan
    from layout.proof.outline import Polygon
    from layout.style import Style

ASCENT: Final = 880
"""Distance from the head of the em box to the baseline, in thousandths of the size (OpenType BASE `ideo`)."""

_PIXELS: Final = 72_000
"""mpt in an inch."""

_PLAIN: Final = frozenset({"frame", "rule", "box"})
"""Parts that lie on a module's edge and say nothing of where its story stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The characters of one line of a text that stand side by side.

    `number` is the paragraph (a story's blocks count from 1; 0 for heads), `row` the line of it. `xs` and `ys` are the
    left edge and the baseline of each character, `widths` their advances; `turned` lines run sideways.
    """

    story: str
    part: str
    number: int
    row: int
    text: str
    size: int
    xs: tuple[int, ...]
    ys: tuple[int, ...]
    widths: tuple[int, ...]
    turned: bool = False

    def box(self, at: int) -> Rect:
        """Return the em box of a character."""
        if self.turned:
            return Rect(self.xs[at] - self.size * (1000 - ASCENT) // 1000, self.ys[at], self.size, self.widths[at])
        return Rect(self.xs[at], self.ys[at] - ASCENT * self.size // 1000, self.widths[at], self.size)

    @property
    def looseness(self) -> float:
        """The middle opening between neighbouring Han in em: 0 where they touch."""
        gaps = sorted(
            step - self.size
            for (left, right), step in zip(
                zip(self.text, self.text[1:], strict=False),
                (after - before for before, after in zip(self.xs, self.xs[1:], strict=False)),
                strict=False,
            )
            if "\u4e00" <= left <= "\u9fff" and "\u4e00" <= right <= "\u9fff"
        )
        return max(gaps[len(gaps) // 2], 0) / self.size if gaps else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture or an advert on the page; `ppi` is 0 for vectors, `missing` is a placeholder or a hole."""

    story: str
    file: str
    rect: Rect
    ppi: int = 0
    missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlined:
    """A story with the ground that it covers: polygons, the children that stand inside it left out."""

    story: Story
    shape: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMap:
    """One page as a proofreader points at it."""

    page: str
    section: str
    trim: tuple[int, int]
    stories: tuple[Outlined, ...]
    lines: tuple[Line, ...]
    pictures: tuple[Shown, ...]
    adverts: tuple[Shown, ...]
    columns: tuple[tuple[int, int], ...]
    top: int
    pitch: int
    grid_lines: int


def page_map(page: Page, plan: PagePlan, sheet: Sheet, style: Style, advance: Callable[[str, int], int]) -> PageMap:
    """Return the map of a page.

    Args:
        page: the page with its stories.
        plan: where its modules stand.
        sheet: its display list.
        style: its style.
        advance: a glyph's width in thousandths of an em, by face and glyph id.
    """
    adverts = {advert.id: advert for advert in page.adverts}
    photos = {story.id: story.photos for story in page.stories}
    pictures, holes = [], []
    for op in sheet.ops:
        if isinstance(op, (Form, Picture, Outline)) and op.key.story in adverts:
            if op.key.part in {"advert", "advert-hole"}:
                missing = adverts[op.key.story].file is None
                holes.append(Shown(story=op.key.story, file=_file(op), rect=op.rect, missing=missing))
        elif isinstance(op, (Form, Picture)):
            pictures.append(_shown(op, photos.get(op.key.story, ())))
    columns = range(style.grid.columns)
    return PageMap(
        page=page.id,
        section=page.section,
        trim=sheet.trim,
        stories=tuple(_outlined(page, plan, sheet, style)),
        lines=tuple(_lines(sheet.ops, advance)),
        pictures=tuple(pictures),
        adverts=tuple(holes),
        columns=tuple((style.column_x(column), style.column_width) for column in columns),
        top=style.sheet.top,
        pitch=style.grid.pitch,
        grid_lines=style.grid.lines,
    )


def _file(op: Form | Picture | Outline) -> str:
    return "" if isinstance(op, Outline) else op.file


def _shown(op: Form | Picture, photos: tuple[Photo, ...]) -> Shown:
    photo = photos[op.key.paragraph] if op.key.paragraph < len(photos) else None
    ppi = 0
    if isinstance(op, Picture) and photo is not None and op.rect.width:
        share = op.crop[2] - op.crop[0]
        ppi = round(photo.pixels[0] * share * _PIXELS / op.rect.width)
    missing = photo is not None and photo.placeholder
    return Shown(story=op.key.story, file=op.file, rect=op.rect, ppi=ppi, missing=missing)


def _outlined(page: Page, plan: PagePlan, sheet: Sheet, style: Style) -> Iterator[Outlined]:
    entries = {entry.id: entry for entry in page.entries}
    for module in plan.modules:
        cells = module.cells
        rect = Rect(
            style.column_x(cells.column),
            style.line_y(cells.line),
            style.span_width(cells.columns),
            (cells.lines - 1) * style.grid.pitch,
        )
        stories = entries[module.id].stories if module.id in entries else ()
        if len(stories) == 1:
            yield Outlined(story=stories[0], shape=minus(rect, ()))
            continue
        grounds = {story.id: _ground(sheet.ops, story.id) for story in stories}
        for story in stories:
            ground = grounds[story.id]
            if ground is not None:
                inner = [
                    other for name, other in grounds.items() if name != story.id and other and _inside(other, ground)
                ]
                yield Outlined(story=story, shape=minus(ground, inner))


def _ground(ops: Iterable[Op], story: str) -> Rect | None:
    """Return the box around a story's type and pictures."""
    boxes = []
    for op in ops:
        if op.key.story != story or op.key.part in _PLAIN:
            continue
        if isinstance(op, Glyphs):
            boxes.append(Rect(op.x, op.y - ASCENT * op.size // 1000, (op.xs[-1] if op.xs else 0) + op.size, op.size))
        elif isinstance(op, (Picture, Form)):
            boxes.append(op.rect)
    if not boxes:
        return None
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Rect(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)


def _inside(inner: Rect, outer: Rect) -> bool:
    return inner.x >= outer.x and inner.y >= outer.y and inner.right <= outer.right and inner.bottom <= outer.bottom


def _lines(ops: Iterable[Op], advance: Callable[[str, int], int]) -> Iterator[Line]:
    """Yield the lines of all texts: the runs of a line that stand on one baseline, joined."""
    open_line: Line | None = None
    for op in ops:
        if not isinstance(op, Glyphs):
            continue
        line = _run(op, advance)
        if not line.text:
            continue
        if open_line is not None and _goes_on(open_line, line):
            open_line = Line(
                story=line.story,
                part=line.part,
                number=line.number,
                row=line.row,
                text=open_line.text + line.text,
                size=line.size,
                xs=open_line.xs + line.xs,
                ys=open_line.ys + line.ys,
                widths=open_line.widths + line.widths,
            )
            continue
        if open_line is not None:
            yield open_line
        open_line = line
    if open_line is not None:
        yield open_line


def _goes_on(before: Line, line: Line) -> bool:
    same = (before.story, before.part, before.number, before.row) == (line.story, line.part, line.number, line.row)
    return same and not before.turned and not line.turned and before.size == line.size and before.ys[-1] == line.ys[0]


def _run(op: Glyphs, advance: Callable[[str, int], int]) -> Line:
    text, xs, ys, widths = "", [], [], []
    for at, (gid, x, characters) in enumerate(zip(op.gids, op.xs, op.texts, strict=True)):
        if not characters:
            continue
        width = advance(op.face, gid) * op.size // 1000 * op.scale // 1000
        down = op.ys[at] if op.ys else 0
        blanks = len(characters) - len(characters.lstrip())  # a blank before a glyph is told with it and takes no room
        step = width // max(len(characters) - blanks, 1)
        for place, char in enumerate(characters):
            along = max(place - blanks, 0) * step
            text += char
            xs.append(op.x + x + (0 if op.rotated else along))
            ys.append(op.y + down + (along if op.rotated else 0))
            widths.append(step if place >= blanks else 0)
    return Line(
        story=op.key.story,
        part=op.key.part,
        number=op.key.paragraph,
        row=op.key.line,
        text=text,
        size=op.size,
        xs=tuple(xs),
        ys=tuple(ys),
        widths=tuple(widths),
        turned=op.rotated,
    )
