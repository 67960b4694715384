"""From vertical lines to drawing operations: the axes of a set line, turned.

A vertical line stands on its middle: `x` is the middle of the em boxes, `y` the head of the line. What `set_line`
found along the line goes downwards; glyphs that lie are turned clockwise, glyphs that share an em stand on one
baseline of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layout.display import Glyphs
from layout.fontbook import EM
from layout.text.setting import set_line
from layout.text.vertical import VerticalShaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.color import Ink
    from layout.display import Key
    from layout.text.justify import Material
    from layout.text.orientation import Stance
    from layout.text.sidehead import Columns


def vertical_glyphs(
    material: Material,
    start: int,
    places: Sequence[int],
    x: int,
    y: int,
    ink: Ink,
    key: Key,
    *,
    overprint: bool = True,
) -> Iterator[Glyphs]:
    """Yield the glyphs of neighbouring atoms of a vertical line, one run a face and stance.

    Args:
        material: the text, from `shape_vertical`.
        start: first atom.
        places: heads of the atoms' bodies from `y` downwards, mpt.
        x: the middle of the line.
        y: the head of the line.
        ink: the colour.
        key: whose line it is.
        overprint: whether black type overprints.

    Raises:
        TypeError: the text was shaped for horizontal lines.
    """
    shaped = material.shaped
    if not isinstance(shaped, VerticalShaped):
        message = "vertical lines need a text of shape_vertical"
        raise TypeError(message)
    run = _Run(shaped, x, y, ink, key, overprint=overprint)
    for index, head in enumerate(places, start):
        state = (shaped.faces[index], shaped.stances[index], shaped.scales[index])
        if run.gids and (state != run.state or shaped.stances[index] == "together"):
            yield run.close()
        run.state = state
        origin = head + shaped.shift[index]
        run.gids.extend(shaped.gids[index])
        run.xs.extend(shaped.across[index])
        run.ys.extend(origin + offset for offset in shaped.offsets[index])
        space = shaped.spaces[index]
        lead = "\u3000" * space.wide + (" " if space.word else "")
        own = shaped.texts[index]
        run.texts.append(lead + own[0] if index > start else own[0])
        run.texts.extend(own[1:])
    if run.gids:
        yield run.close()


class _Run:
    """Glyphs of one face, stance and scale, as they are gathered."""

    def __init__(self, shaped: VerticalShaped, x: int, y: int, ink: Ink, key: Key, *, overprint: bool) -> None:
        self.shaped = shaped
        self.x, self.y, self.ink, self.key, self.overprint = x, y, ink, key, overprint
        self.state: tuple[str, Stance, int] = ("", "upright", EM)
        self.gids: list[int] = []
        self.xs: list[int] = []
        self.ys: list[int] = []
        self.texts: list[str] = []

    def close(self) -> Glyphs:
        """Return the run and start an empty one."""
        face, stance, scale = self.state
        left, head = self.xs[0], self.ys[0]
        made = Glyphs(
            key=self.key,
            face=face,
            size=self.shaped.size,
            ink=self.ink,
            x=self.x + left,
            y=self.y + head,
            gids=tuple(self.gids),
            xs=tuple(place - left for place in self.xs),
            texts=tuple(self.texts),
            ys=tuple(place - head for place in self.ys) if any(place != head for place in self.ys) else (),
            scale=scale,
            rotated=stance == "sideways",
            overprint=self.overprint,
        )
        self.gids, self.xs, self.ys, self.texts = [], [], [], []
        return made


def vertical_columns(
    material: Material,
    columns: Columns,
    middles: Sequence[int],
    tops: Sequence[int],
    ink: Ink,
    key: Key,
    *,
    overprint: bool = True,
) -> Iterator[Glyphs]:
    """Yield the glyphs of columns of display type, each on its middle and from its head on."""
    for number, ((start, end), x, y) in enumerate(zip(columns.lines, middles, tops, strict=True)):
        line = set_line(material, start, end, material.width(start, end), last=True)
        places = [place + index * columns.tracking for index, place in enumerate(line.xs)]
        own = type(key)(key.story, key.part, key.paragraph, number)
        yield from vertical_glyphs(material, start, places, x, y, ink, own, overprint=overprint)
