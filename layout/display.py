"""The display list: what a page shows, as flat drawing operations with a stable text dump.

Coordinates are mpt from the head-left corner of the trim box, y downwards; glyph origins lie on the baseline.
Every operation carries a key (story, part, paragraph, line), never a position, so that two versions of a page
can be compared by meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from layout.geometry import points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.color import Ink
    from layout.geometry import Rect


@dataclass(frozen=True, slots=True)
class Key:
    """Whose operation it is: story id (or "page"), part ("body", "headline", "rule" …), paragraph, line."""

    story: str
    part: str
    paragraph: int = 0
    line: int = 0

    def __str__(self) -> str:
        """Return `story/part`, with paragraph and line where they tell something."""
        tail = f"/{self.paragraph}.{self.line}" if self.paragraph or self.line else ""
        return f"{self.story}/{self.part}{tail}"


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A run of glyphs of one face, size and colour on one baseline.

    `gids`, `xs` and `texts` are parallel: original glyph id, offset of the glyph's origin from `x` in mpt, and the
    characters the glyph stands for ("" for a glyph that continues the one before). `ys` are offsets downwards from
    the baseline, or empty when all are 0. `scale` is the horizontal scale in per mille; `rotated` turns every glyph
    90° clockwise about its origin (sideways type in vertical lines). `overprint` false makes black type knock out.
    """

    key: Key
    face: str
    size: int
    ink: Ink
    x: int
    y: int
    gids: tuple[int, ...]
    xs: tuple[int, ...]
    texts: tuple[str, ...]
    ys: tuple[int, ...] = ()
    scale: int = 1000
    rotated: bool = False
    overprint: bool = True

    @property
    def text(self) -> str:
        """The characters shown."""
        return "".join(self.texts)


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle."""

    key: Key
    rect: Rect
    ink: Ink


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, `width` mpt thick, centred on the points given."""

    key: Key
    x0: int
    y0: int
    x1: int
    y1: int
    width: int
    ink: Ink


@dataclass(frozen=True, slots=True)
class Outline:
    """A rectangle's outline, drawn inside `rect`."""

    key: Key
    rect: Rect
    width: int
    ink: Ink


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled outline: `path` is (operator, coordinates in mpt) with operators m, l, c, h; `even_odd` fills."""

    key: Key
    path: tuple[tuple[str, tuple[int, ...]], ...]
    ink: Ink
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster picture shown in `rect`; `crop` is the shown part (x0, y0, x1, y1) as fractions of the upright file."""

    key: Key
    rect: Rect
    file: str
    crop: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Form:
    """A page of a foreign PDF (artwork, advert), centred in `rect`.

    `fit` scales it evenly to the place unless sizes agree; adverts do not fit, they stand at 100 %. `convert` asks
    for a picture of the page instead of the page.
    """

    key: Key
    rect: Rect
    file: str
    page: int = 0
    fit: bool = True
    convert: bool = False


Op = Glyphs | Fill | Rule | Outline | Shape | Picture | Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page's display list. `trim` is (width, height) in mpt, `bleed` is mpt on every side."""

    page: str
    trim: tuple[int, int]
    bleed: int
    ops: tuple[Op, ...]


def dump(sheet: Sheet) -> str:
    """Return the display list as readable text, one operation a line, the same bytes on every platform.

    File names are cut to their last part, so that a dump does not depend on where the issue lies.
    """
    head = f"page {sheet.page} trim {points(sheet.trim[0])}×{points(sheet.trim[1])} bleed {points(sheet.bleed)}"
    return "\n".join([head, *(_line(op) for op in sheet.ops)]) + "\n"


def _line(op: Op) -> str:
    return " ".join(_words(op))


def _words(op: Op) -> Iterator[str]:  # noqa: C901 - one case a kind of operation
    match op:
        case Glyphs():
            yield f"glyphs {op.key} {op.face} {points(op.size)} {op.ink}"
            yield f"@{points(op.x)},{points(op.y)}"
            if op.scale != 1000:
                yield f"scale {op.scale}"
            if op.rotated:
                yield "rotated"
            if not op.overprint:
                yield "knockout"
            yield f"“{op.text}”"
            yield _run_lengths(op.xs)
            if any(op.ys):
                yield "ys " + ",".join(points(y) for y in op.ys)
        case Fill():
            yield f"fill {op.key} {op.ink} {_box(op.rect)}"
        case Rule():
            yield f"rule {op.key} {op.ink} {points(op.width)}"
            yield f"{points(op.x0)},{points(op.y0)}–{points(op.x1)},{points(op.y1)}"
        case Outline():
            yield f"outline {op.key} {op.ink} {points(op.width)} {_box(op.rect)}"
        case Shape():
            yield f"shape {op.key} {op.ink} {len(op.path)} segments from"
            yield ",".join(points(value) for value in op.path[0][1]) if op.path else "nothing"
        case Picture():
            crop = ",".join(f"{value:.4f}" for value in op.crop)
            yield f"picture {op.key} {_base(op.file)} {_box(op.rect)} crop {crop}"
        case Form():
            yield f"form {op.key} {_base(op.file)}#{op.page} {_box(op.rect)}"
            yield from (word for word, said in (("unscaled", not op.fit), ("converted", op.convert)) if said)


def _box(rect: Rect) -> str:
    return f"{points(rect.x)},{points(rect.y)} {points(rect.width)}×{points(rect.height)}"


def _base(file: str) -> str:
    return file.replace("\\", "/").rsplit("/", 1)[-1]


def _run_lengths(xs: tuple[int, ...]) -> str:
    """Return the steps between neighbouring origins, repeats folded: `9.5*12 9.975 9.5*3`."""
    steps = [points(right - left) for left, right in pairwise(xs)]
    folded: list[str] = []
    index = 0
    while index < len(steps):
        end = index
        while end < len(steps) and steps[end] == steps[index]:
            end += 1
        folded.append(steps[index] if end - index == 1 else f"{steps[index]}*{end - index}")
        index = end
    return "[" + " ".join(folded) + "]"
