"""What furniture is drawn with: lines of type that fit their place, rules, and the findings on the way.

A `Sketch` gathers what one piece of furniture draws; its result is a frozen `Drawn`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from layout.diagnostics import finding
from layout.display import Key, Rule
from layout.geometry import points
from layout.page.draw import draw_label, label_width
from layout.text.justify import prepare
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.color import Ink
    from layout.diagnostics import Diagnostic
    from layout.display import Op
    from layout.fontbook import Fontbook
    from layout.model import Page, Region
    from layout.style import Align, Style, TextStyle
    from layout.text.justify import Material

Roles = tuple[tuple[int, int, str], ...]

PAGE: Final = "page"
"""The owner of furniture in the keys of operations."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a piece of furniture shows, and what is to be said of it."""

    ops: tuple[Op, ...]
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeLine:
    """One line of furniture type, shaped: its size may be less than its style's, to fit its place."""

    material: Material
    text_style: TextStyle

    @property
    def width(self) -> int:
        """The natural width in mpt."""
        return label_width(self.material)


@dataclass(slots=True, kw_only=True)
class Sketch:
    """Operations and findings of one piece of furniture, as they are made."""

    page: str
    style: Style
    book: Fontbook
    region: Region
    ops: list[Op] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    def line(self, text: str, text_style: TextStyle, roles: Roles = ()) -> TypeLine:
        """Return a line shaped at its style's own size; characters that no face has are reported (E303)."""
        return TypeLine(self._shaped(text, text_style, roles), text_style)

    def fitted(self, text: str, text_style: TextStyle, width: int, least: int, roles: Roles = ()) -> TypeLine:
        """Return a line at the largest size, in the style's steps, at which it fits `width` mpt.

        Sizes below `least` are reported (W609), and used: text is not lost.
        """
        made = self.line(text, text_style, roles)
        step = self.style.heads.step
        while made.width > max(width, 0) and made.text_style.size > step:
            natural = made.width
            size = min(made.text_style.size * max(width, 0) // natural, made.text_style.size - 1)
            smaller = replace(text_style, size=max(step, size // step * step))
            made = TypeLine(self._shaped(text, smaller, roles), smaller)
        if made.text_style.size < min(least, text_style.size):
            self.small(text, made.text_style.size)
        return made

    def fitted_row(self, texts: Sequence[str], text_style: TextStyle, width: int, least: int) -> list[TypeLine]:
        """Return lines of one common size, the largest in the style's steps at which all together fit `width` mpt."""
        step = self.style.heads.step
        made = [self.line(text, text_style) for text in texts]
        size = text_style.size
        while sum(line.width for line in made) > width and size > step:
            size = max(step, (size - 1) // step * step)
            smaller = replace(text_style, size=size)
            made = [TypeLine(self._shaped(text, smaller, ()), smaller) for text in texts]
        if size < min(least, text_style.size):
            self.small(texts[0], size)
        return made

    def small(self, text: str, size: int) -> None:
        """Report text that fits its place only at an unreadable size (W609)."""
        self.findings.append(finding("W609", page=self.page, text=text, size=points(size)))

    def _shaped(self, text: str, text_style: TextStyle, roles: Roles) -> Material:
        rules = self.style.composition
        shaped = shape(text, ShapeStyle(text_style.role, text_style.size, self.region, rules.level), self.book, roles)
        known = {item.values for item in self.findings if item.code == "E303"}
        for _, char in shaped.missing:
            item = finding("E303", page=self.page, char=char, codepoint=f"{ord(char):04X}")
            if item.values not in known:
                self.findings.append(item)
        return prepare(shaped, rules)

    def put(
        self,
        line: TypeLine,
        left: int,
        width: int,
        y: int,
        part: str,
        *,
        align: Align = "left",
        row: int = 0,
        story: str = PAGE,
    ) -> None:
        """Draw a line on the baseline `y`, aligned within `width` mpt from `left`."""
        large = line.text_style.size > self.style.heads.knockout_above
        key = Key(story, part, 0, row)
        self.ops.extend(draw_label(line.material, line.text_style, left, width, y, key, align, overprint=not large))

    def rule(self, y: int, width: int, ink: Ink, part: str) -> None:
        """Draw a rule `width` mpt thick across the type area, centred on `y`; a width of 0 draws none."""
        if width:
            left = self.style.sheet.left
            self.ops.append(Rule(Key(PAGE, part), left, y, left + self.style.area_width, y, width, ink))

    def done(self) -> Drawn:
        """Return what was made."""
        return Drawn(tuple(self.ops), tuple(self.findings))


def region_of(page: Page) -> Region:
    """Return the region of a page's first story, by which its own furniture is set."""
    return page.stories[0].region if page.stories else "zh-Hans"
