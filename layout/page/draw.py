"""From set lines to drawing operations: glyphs on their baselines.

A line of body type stands in a grid line with its em box centred; the baseline lies 0.88 em under the em box's head,
as in all Han faces (OpenType BASE, `ideo` at −0.12 em).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layout.display import Glyphs
from layout.page.marks import inline_ruby, raised_of, roles_of
from layout.text.justify import prepare
from layout.text.setting import set_line
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.color import Ink
    from layout.display import Key
    from layout.fontbook import Fontbook
    from layout.model import Region, RichText
    from layout.style import Align, Style, TextStyle
    from layout.text.headline import SetText
    from layout.text.justify import Material

ASCENT: Final = 880
"""Distance from the head of the em box to the baseline, in thousandths of the size."""


def baseline(top: int, pitch: int, size: int) -> int:
    """Return the baseline of type of `size` centred in a line whose head is `top` and depth `pitch`, in mpt."""
    return top + (pitch - size) // 2 + ASCENT * size // 1000


def top_offset(style: Style) -> int:
    """Return how far below its first grid line a picture or frame begins, level with the type beside it, in mpt."""
    return max(0, (style.grid.pitch - style.body.size) // 2)


def atoms_to_glyphs(
    material: Material,
    start: int,
    xs: Sequence[int],
    x: int,
    y: int,
    ink: Ink,
    key: Key,
    *,
    scale: int = 1000,
    overprint: bool = True,
) -> Iterator[Glyphs]:
    """Yield the glyphs of neighbouring atoms from `start` on, one run a face and size.

    Args:
        material: the text.
        start: first atom.
        xs: left edges of the atoms' bodies from `x`, mpt.
        x: left end of the line.
        y: the baseline.
        ink: the colour.
        key: whose line it is.
        scale: horizontal scale, per mille; `xs` hold it already.
        overprint: whether black type overprints.
    """
    shaped = material.shaped
    usual = (shaped.size, 0)
    off = {index: (some.size, some.rise) for some in shaped.raised for index in range(some.start, some.end)}
    run_face, run_set = "", usual
    gids: list[int] = []
    places: list[int] = []
    texts: list[str] = []

    def close() -> Glyphs:
        origin = places[0]
        return Glyphs(
            key=key,
            face=run_face,
            size=run_set[0],
            ink=ink,
            x=x + origin,
            y=y - run_set[1],
            gids=tuple(gids),
            xs=tuple(place - origin for place in places),
            texts=tuple(texts),
            scale=scale,
            overprint=overprint,
        )

    for index, left in enumerate(xs, start):
        face, how = shaped.faces[index], off.get(index, usual)
        if gids and (face != run_face or how != run_set):
            yield close()
            gids, places, texts = [], [], []
        run_face, run_set = face, how
        origin = left + shaped.shift[index] * scale // 1000
        gids.extend(shaped.gids[index])
        places.extend(origin + offset * scale // 1000 for offset in shaped.offsets[index])
        space = shaped.spaces[index]
        lead = "\u3000" * space.wide + (" " if space.word else "")
        own = shaped.texts[index]
        texts.append(lead + own[0] if lead and index > start else own[0])
        texts.extend(own[1:])
    if gids:
        yield close()


def display_lines(
    text: SetText,
    left: int,
    width: int,
    top: int,
    line_gap: int,
    align: Align,
    ink: Ink,
    key: Key,
    *,
    overprint: bool = True,
) -> Iterator[Glyphs]:
    """Yield the glyphs of lines of display type in a block `width` wide whose first em box begins at `top`."""
    y = top
    for number, ((start, end), line_width) in enumerate(zip(text.lines, text.widths, strict=True)):
        shift = {"center": (width - line_width) // 2, "right": width - line_width}.get(align, 0)
        natural = set_line(text.material, start, end, text.material.width(start, end), last=True)
        xs = [(x + index * text.tracking) * text.scale // 1000 for index, x in enumerate(natural.xs)]
        yield from atoms_to_glyphs(
            text.material,
            start,
            xs,
            left + shift,
            y + ASCENT * text.size // 1000,
            ink,
            type(key)(key.story, key.part, key.paragraph, number),
            scale=text.scale,
            overprint=overprint,
        )
        y += text.size + line_gap


def label_width(material: Material) -> int:
    """Return the natural width of a line of text in mpt."""
    return material.width(0, len(material))


def label(text: str, text_style: TextStyle, style: Style, book: Fontbook, region: Region = "zh-Hans") -> Material:
    """Return one line of furniture type, shaped."""
    shaped = shape(text, ShapeStyle(text_style.role, text_style.size, region, style.composition.level), book)
    return prepare(shaped, style.composition)


def rich_label(text: RichText, text_style: TextStyle, style: Style, book: Fontbook, region: Region) -> Material:
    """Return a text with its marks, shaped: emphasis, superiors and inferiors, readings in brackets."""
    rules, set_text = style.composition, inline_ruby(text)
    shaped = shape(
        set_text.text,
        ShapeStyle(text_style.role, text_style.size, region, rules.level),
        book,
        roles_of(set_text, rules),
        (),
        raised_of(set_text, text_style.size, rules),
    )
    return prepare(shaped, rules)


def draw_label(
    material: Material,
    text_style: TextStyle,
    left: int,
    width: int,
    y: int,
    key: Key,
    align: Align | None = None,
    *,
    overprint: bool = True,
) -> Iterator[Glyphs]:
    """Yield one line of furniture type on the baseline `y`, aligned within `width` mpt from `left`."""
    natural = label_width(material)
    where = align or text_style.align
    shift = {"center": (width - natural) // 2, "right": width - natural}.get(where, 0)
    line = set_line(material, 0, len(material), natural, last=True)
    yield from atoms_to_glyphs(material, 0, line.xs, left + shift, y, text_style.ink, key, overprint=overprint)
