"""Resolved styles: every size, face, measure and weight the engine uses, frozen.

Written as YAML under `styles/` (schema and defaults in `layout.reading.styles`), resolved through its `extends`
chain into one `Style` a page. Lengths are mpt; fields that end in `_em` are multiples of the type size they belong
to; shares are fractions of 1. No other module carries a size or a face.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Literal

from layout.color import Ink

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layout.model import Pin

Align = Literal["justify", "left", "center", "right"]
FrameKind = Literal["box", "rules", "none"]
"""What stands round a small form."""

Numerals = Literal["arabic", "han", "id"]
"""How a page is named in running text: 3, 三, or by its id, A03."""

Punctuation = Literal["full", "half", "kaiming", "line-end-half", "elastic"]
"""Styles of punctuation: what becomes of the blank half of a mark (`layout.text.gaps`)."""

Level = Literal["none", "basic", "gb", "strict", "newspaper"]
"""Levels of line-start and line-end rules (`layout.text.punctuation`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """How one kind of text is set.

    `role` names a chain of faces in fonts.yaml. `pitch` is the distance of baselines (for body text the grid's).
    `lines` are the grid lines that one item of this kind takes where it stands in a leg (subheads).
    """

    role: str
    size: int
    pitch: int
    ink: Ink
    indent_em: float = 0.0
    align: Align = "justify"
    lines: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Trim size, bleed, and the upper left corner of the type area."""

    width: int
    height: int
    bleed: int
    left: int
    top: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The page grid: columns of whole characters of body size, lines of one pitch."""

    columns: int
    characters: int
    gutter_em: float
    lines: int
    pitch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadBand:
    """Sizes and depth of main headlines for some ranks and widths (newsroom.md 2).

    `columns`, `sizes` (mpt) and `slot` (grid lines) are least and most; `front` None serves every page. `above` is the
    air above these heads where it is not that of all heads.
    """

    ranks: tuple[int, ...]
    front: bool | None
    columns: tuple[int, int]
    sizes: tuple[int, int]
    slot: tuple[int, int]
    role: str
    max_lines: int
    above: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadStyle:
    """What all headlines share.

    `tracking_least` is in em: long heads are tightened. `spread` are (characters of a line at most, letter-spacing in
    em at most), rising: what the largest type of a band may be spread by where it does not fill its room. The fields
    `picture_…` are those of headlines on pictures (newsroom.md 2: reversed Hei).
    """

    bands: tuple[HeadBand, ...]
    step: int
    fill_least: float
    fill_most: float
    short_line_least: float
    kicker_share: tuple[float, float]
    deck_share: tuple[float, float]
    small_least: int
    kicker_role: str
    deck_role: str
    above: int
    below: int
    kicker_gap: int
    deck_gap: int
    line_gap: float
    tracking_least: float
    scale_least: float
    spread: tuple[tuple[int, float], ...]
    align: Align
    ink: Ink
    knockout_above: int
    picture_role: str
    picture_small_role: str
    picture_least: int
    picture_ink: Ink
    logo_lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LegStyle:
    """How a story's legs divide its width.

    `gutters` are (longest measure in characters, gutter in em), rising; `gutter_most_em` is the widest gutter
    that whole-character measures may leave before the division is dropped.
    """

    least: int
    most: int
    gutters: tuple[tuple[int, float], ...]
    gutter_most_em: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxStyle:
    """Frames and tints: `pad_em` a side, `pad_lines` above and below, rule width, tint."""

    pad_em: float
    pad_lines: int
    rule: int
    ink: Ink
    tint: Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStyle:
    """Stories under one label in one frame: the label's own lines and text."""

    label: TextStyle
    label_lines: int
    rule: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoStyle:
    """Pictures in stories. `light_edge` is the ink in per cent below which a side wants the keyline."""

    crop_most: float
    caption_gap: int
    caption_lines_most: int
    clear: int
    credit_gap_em: float
    keyline: int
    keyline_ink: Ink
    light_edge: int
    error_ppi: int
    warn_ppi: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteStyle:
    """Pull quotes: their type, the rules above and below, the air between rule and type.

    `characters` are the least and most of a quote that is found in the text.
    """

    text: TextStyle
    rule: int
    ink: Ink
    pad: int
    characters: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableStyle:
    """Tables in stories: their type, the rules above and below (`rule`), the hairlines inside (`thin`).

    `gap_em` is the least air between two columns, `least_em` the narrowest column of words that wrap.
    """

    text: TextStyle
    head: TextStyle
    title: TextStyle
    rule: int
    thin: int
    ink: Ink
    gap_em: float
    least_em: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStyle:
    """Lists in stories: what is printed for the hyphen, and how far the items stand in, in em of the body."""

    bullet: str
    bullet_role: str
    number_role: str
    hang_em: float
    numbered_em: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FormStyle:
    """A small form: the word over it, its type, and its frame: a box, rules above and below, or none.

    `pad_em` is the air between a box and its text, in em of the body.
    """

    label: str
    title: TextStyle
    text: TextStyle
    frame: FrameKind
    rule: int
    ink: Ink
    pad_em: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FormStyles:
    """The small forms that stand in stories."""

    info: FormStyle
    note: FormStyle
    correction: FormStyle
    obituary: FormStyle
    notice: FormStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpStyle:
    """Stories that go on elsewhere: the line at the end of the first part, the words that lead in the second.

    `{page}` in `onward` and `back` is the other page's number, written in `numerals`. `rank` is the second part's;
    `first_least` and `rest_least` are the fewest characters of the parts.
    """

    line: TextStyle
    onward: str
    back: str
    back_role: str
    numerals: Numerals
    rank: int
    first_least: int
    rest_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrimStyle:
    """How far a story may be cut from its end: at most the share `most`, never below `keep` characters."""

    most: float
    keep: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrnamentStyle:
    """Emphasis dots and the line of names: under the characters, in vertical lines to their right and left.

    `dot_em` is a dot's width, `dot_gap_em` and `line_gap_em` lead from the em box to dot and line, `line` is the
    line's width; 0 leaves either out.
    """

    dot_em: float
    dot_gap_em: float
    line: int
    line_gap_em: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleStyle:
    """Rules between modules."""

    column: int
    story: int
    ink: Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class FolioStyle:
    """The folio line above the type area of every page but the front page.

    `baseline` and `rule_at` are distances from the head of the trim box; `rule` is the thick rule, `thin` the thin
    one `thin_gap` below it (文武线); 0 leaves either out. `logo_height` bounds the paper's logo; `paper` sets its name
    where there is none. `least` is the size below which type that had to shrink is reported.
    """

    page: TextStyle
    section: TextStyle
    paper: TextStyle
    text: TextStyle
    least: int
    logo_height: int
    baseline: int
    rule_at: int
    rule: int
    thin: int
    thin_gap: int
    gap_em: float
    ink: Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class NameplateStyle:
    """The front page's head: nameplate, ear, date line, imprint.

    `lines` are the grid lines the whole takes. `columns` is the width of the nameplate's own part; the ear has the
    rest. `art_height` bounds the artwork; `type` sets the name where there is no artwork. Where there is no ear, the
    day stands there as a large `figure` beside lines of `ear`. An advert of the kind `ear_kind` takes the ear's place.
    `gap_em` is the least gap between items of the date line and the imprint, `least` the size below which type that
    had to shrink is reported.
    """

    lines: int
    columns: int
    art_height: int
    type: TextStyle
    ear: TextStyle
    ear_pad: int
    ear_kind: str
    figure: TextStyle
    date: TextStyle
    date_lines: int
    imprint: TextStyle
    imprint_at: int
    imprint_lines: int
    gap_em: float
    least: int
    rule: int
    thin: int
    thin_gap: int
    glyph_share: float
    ink: Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerStyle:
    """A line across the whole page above the stories, between two rules.

    `fill_most` is the share of the type area's width that the line may take.
    """

    text: TextStyle
    lines: int
    fill_most: float
    rule: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStyle:
    """The index of a front page (导读): its `name` between two rules, then lines of a title and its page.

    `columns` is its usual width; the name takes `label_lines` grid lines, each line `title.pitch`, with `rule` between
    them. `{page}` in `reference` is the page's id. `frame` is the width of the rule around all. Titles too long for
    their line shrink; below `least` that is reported.
    """

    name: str
    label: TextStyle
    label_lines: int
    title: TextStyle
    page: TextStyle
    reference: str
    columns: int
    gap_em: float
    frame: int
    rule: int
    ink: Ink
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditStyle:
    """Editors' credits (责编 美编 校对) and where they stand."""

    text: TextStyle
    at: Literal["folio", "foot"]
    offset: int
    gap_em: float
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvertStyle:
    """Booked kinds: (name, width in mm, height in mm), the label and the frame of a hole."""

    kinds: tuple[tuple[str, float, float], ...]
    label: TextStyle
    label_gap: int
    hole_rule: int
    hole: TextStyle
    ink: Ink
    over_most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The rules of Chinese composition (CLReq levels and house choices).

    Superiors and inferiors are `script_em` of the type, their baselines `superior_em` above and `inferior_em` below.
    `hang` lets one of 。，、 stand outside the measure at a line's end.
    """

    level: Level
    punctuation: Punctuation
    display_punctuation: Punctuation
    hang: bool
    han_latin_em: float
    han_latin_most_em: float
    word_space_em: float
    word_space_least_em: float
    word_space_most_em: float
    typed_space_em: float
    typed_space_give_em: float
    comma_give_em: float
    script_em: float
    superior_em: float
    inferior_em: float
    spread_names: bool
    emphasis_role: str
    kai_role: str
    dateline_role: str
    byline_role: str

    @property
    def for_display(self) -> Composition:
        """The same rules for headlines, whose marks are set tighter than those of running text."""
        return replace(self, punctuation=self.display_punctuation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place of a page template, for a story of a rank or, where that is None, for the best that is left."""

    pin: Pin
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseStyle:
    """What a release asks for: the pattern of the plant's file names, the signatures that every page must have."""

    file_name: str
    signatures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From what to what one of a page's numbers is good, and acceptable (newsroom.md 8); beyond that it is bad."""

    good: tuple[float, float]
    acceptable: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One page's resolved style; `templates` are page templates by name."""

    name: str
    sheet: Sheet
    grid: Grid
    body: TextStyle
    verse: TextStyle
    subhead: TextStyle
    byline: TextStyle
    tail: TextStyle
    caption: TextStyle
    credit: TextStyle
    heads: HeadStyle
    legs: LegStyle
    box: BoxStyle
    group: GroupStyle
    photo: PhotoStyle
    quote: QuoteStyle
    table: TableStyle
    listing: ListStyle
    forms: FormStyles
    jump: JumpStyle
    trim: TrimStyle
    ornament: OrnamentStyle
    rules: RuleStyle
    folio: FolioStyle
    nameplate: NameplateStyle
    banner: BannerStyle
    index: IndexStyle
    credits: CreditStyle
    advert: AdvertStyle
    composition: Composition
    required_imprint: tuple[str, ...]
    widths: Mapping[int, tuple[int, ...]]
    weights: Mapping[str, int]
    templates: Mapping[str, tuple[Slot, ...]]
    score: Mapping[str, Limits]
    print_condition: str
    levels: Mapping[str, str]
    release: ReleaseStyle

    @property
    def em(self) -> int:
        """The body size, the unit of all horizontal measures of the grid."""
        return self.body.size

    @property
    def column_width(self) -> int:
        """Width of one column."""
        return self.grid.characters * self.em

    @property
    def gutter(self) -> int:
        """Width of a page gutter."""
        return round(self.grid.gutter_em * self.em)

    def span_width(self, columns: int) -> int:
        """Width of `columns` columns with the gutters between them."""
        return columns * self.column_width + (columns - 1) * self.gutter

    def column_x(self, column: int) -> int:
        """Left edge of a column, counted from 0, from the trim box's left edge."""
        return self.sheet.left + column * (self.column_width + self.gutter)

    def line_y(self, line: int) -> int:
        """Upper edge of a grid line, counted from 0, from the head of the trim box."""
        return self.sheet.top + line * self.grid.pitch

    @property
    def area_width(self) -> int:
        """Width of the type area."""
        return self.span_width(self.grid.columns)

    @property
    def area_height(self) -> int:
        """Height of the type area."""
        return self.grid.lines * self.grid.pitch


def inks_of(value: object) -> Iterator[Ink]:
    """Yield every colour in a style or a part of one."""
    if isinstance(value, Ink):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from inks_of(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            yield from inks_of(getattr(value, item.name))
