"""Small forms at a measure: information boxes, editor's notes, corrections, obituaries, notices.

Each is a panel in a leg: a title, paragraphs on the grid, a frame or rules as the style says. They are never divided.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.model import RichText
from layout.page.draw import rich_label
from layout.page.panel import Band, Cell, Panel
from layout.text.justify import fit as fit_justified
from layout.text.linebreak import break_paragraph, ragged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.fontbook import Fontbook
    from layout.model import Form, Region
    from layout.style import FormStyle, Style, TextStyle
    from layout.text.justify import Material


FIXED: Final = frozenset(("note",))
"""Forms that stand where they were written: an editor's note is about the text that follows."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FormMatter:
    """A form shaped for a style, to be set at any measure."""

    title: Material
    text: tuple[Material, ...]
    form: FormStyle
    style: Style
    moves: bool

    def at(self, measure: int) -> Panel:
        """Return the form at a measure in mpt."""
        form = self.form
        pad = round(form.pad_em * self.style.em) if form.frame == "box" else 0
        width = measure - 2 * pad
        bands = [*_bands(self.title, form.title, pad, width)]
        for material in self.text:
            bands.extend(_bands(material, form.text, pad, width))
        return Panel(
            part="form",
            measure=measure,
            head=(),
            bands=tuple(bands),
            frame=form.frame,
            rule=form.rule,
            thin=form.rule,
            ink=form.ink,
            moves=self.moves,
        )


def prepare_form(form: Form, style: Style, book: Fontbook, region: Region) -> FormMatter:
    """Return a form shaped for a style; the style's own word stands over one without a title."""
    rules: FormStyle = getattr(style.forms, form.name)
    title = form.title or RichText(rules.label)
    return FormMatter(
        title=rich_label(title, rules.title, style, book, region),
        text=tuple(rich_label(text, rules.text, style, book, region) for text in form.text),
        form=rules,
        style=style,
        moves=form.name not in FIXED,
    )


def _bands(material: Material, text_style: TextStyle, left: int, width: int) -> Iterator[Band]:
    """Yield a paragraph line by line, one band a grid line."""
    indent = round(text_style.indent_em * text_style.size)
    ways = break_paragraph(
        material,
        lambda line: width - indent if line == 0 else width,
        fitting=fit_justified if text_style.align == "justify" else ragged,
    )
    ends = ways[min(ways, key=lambda count: (ways[count].demerits, count))].ends
    start = 0
    for number, end in enumerate(ends):
        yield Band(
            1,
            (
                Cell(
                    material=material,
                    ends=(end,),
                    left=left,
                    width=width,
                    align=text_style.align,
                    ink=text_style.ink,
                    indent=indent if number == 0 else 0,
                    first=start,
                    closes=end == len(material),
                ),
            ),
        )
        start = end
