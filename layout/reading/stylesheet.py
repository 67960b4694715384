"""What styles and print conditions may hold; see the files under `styles/` for what each value does to a page."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from layout.reading.boundary import Boundary
from layout.reading.fields import (
    Count,
    Em,
    EmLength,
    Flag,
    Inks,
    InkValue,
    Kind,
    Length,
    Millimetres,
    Share,
    Text,
    Whole,
    integer,
    number,
    one_of,
)

AlignName = Annotated[Literal["justify", "left", "center", "right"], one_of("justify", "left", "center", "right")]
PunctuationName = Annotated[
    Literal["full", "half", "kaiming", "line-end-half", "elastic"],
    one_of("full", "half", "kaiming", "line-end-half", "elastic"),
]
LevelName = Annotated[
    Literal["none", "basic", "gb", "strict", "newspaper"], one_of("none", "basic", "gb", "strict", "newspaper")
]
NumeralName = Annotated[Literal["arabic", "han", "id"], one_of("arabic", "han", "id")]
FrameName = Annotated[Literal["box", "rules", "none"], one_of("box", "rules", "none")]
Anything = Annotated[object, Kind(lambda value: value, {"type": "object"})]
Names = Annotated[
    object,
    Kind(lambda value: value, {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Rank = Annotated[int, integer(1, 4)]
Tracking = Annotated[float, number(-1, 1)]
Ink = InkValue
Level = Annotated[str, one_of("error", "warning", "info", "off")]
Sum = Annotated[float, number(0, 400)]
Percent = Annotated[int, integer(0, 300)]
Measure = Annotated[float, number(0, 1_000_000)]


class TextFields(Boundary):
    """How one kind of text is set."""

    role: Text = Field(description="Role of the faces in fonts.yaml, e.g. song.")
    size: Length = Field(description="Type size, e.g. 9.5pt.")
    pitch: EmLength = Field(description="Distance of baselines, e.g. 12pt or 1.3em of the size.")
    ink: Ink = Field(description="Colour: a name under `colors`, or [c, m, y, k] in per cent.")
    indent_em: Em = Field(0.0, description="Indent of a first line in em. Default 0.")
    align: AlignName = Field("justify", description="justify, left, center or right. Default justify.")
    lines: Count = Field(1, description="Grid lines that one item takes in a leg. Default 1.")


class TextsFields(Boundary):
    """The texts of stories."""

    body: TextFields = Field(description="Running text.")
    verse: TextFields = Field(description="Vertical text: verse, couplets; its pitch is the distance of the lines.")
    subhead: TextFields = Field(description="Subheads.")
    byline: TextFields = Field(description="Bylines on a line of their own.")
    tail: TextFields = Field(description="Line after the last paragraph.")
    caption: TextFields = Field(description="Captions.")
    credit: TextFields = Field(description="Picture credits.")


class SheetFields(Boundary):
    """The sheet."""

    width: Length = Field(description="Trim width.")
    height: Length = Field(description="Trim height.")
    bleed: Length = Field(description="Bleed on every side.")
    left: Length = Field(description="Left edge of the type area from the trim.")
    top: Length = Field(description="Head of the type area from the trim.")


class GridFields(Boundary):
    """The page grid."""

    columns: Count = Field(description="Number of columns.")
    characters: Count = Field(description="Characters of body size in a column.")
    gutter_em: Em = Field(description="Gutter between columns in em of body size.")
    lines: Count = Field(description="Grid lines of the type area.")
    pitch: Length = Field(description="Height of a grid line.")


class BandFields(Boundary):
    """Main headlines for some ranks and widths."""

    ranks: list[Rank] = Field(min_length=1, description="Ranks of stories that it serves.")
    front: Flag | None = Field(None, description="Only on front pages, or only on others. Default: both.")
    columns: list[Count] = Field(min_length=2, max_length=2, description="Least and most columns of the story.")
    sizes: list[Length] = Field(min_length=2, max_length=2, description="Least and most type size.")
    slot: list[Count] = Field(min_length=2, max_length=2, description="Least and most grid lines of the whole head.")
    role: Text = Field(description="Role of the faces in fonts.yaml.")
    max_lines: Count = Field(description="Most lines of the headline.")
    above: Length | None = Field(None, description="Air above these heads. Default: that of all heads.")


class SpreadFields(Boundary):
    """How far the characters of a headline too short for its room may be spread."""

    upto: Count = Field(description="Serves lines of up to so many characters.")
    most_em: Em = Field(description="Greatest letter-spacing in em of the type.")


class HeadFields(Boundary):
    """What all headlines share."""

    bands: dict[str, BandFields] = Field(description="Bands by name; the first that fits a story serves it.")
    step: Length = Field(description="Step between type sizes.")
    fill: list[Share] = Field(min_length=2, max_length=2, description="Least and most share of the width to fill.")
    short_line_least: Share = Field(description="Least width of a short line as share of the longest.")
    kicker_share: list[Share] = Field(min_length=2, max_length=2, description="Kicker's size as share of the main's.")
    deck_share: list[Share] = Field(min_length=2, max_length=2, description="Deck's size as share of the main's.")
    small_least: Length = Field(description="Least size of kickers and decks.")
    kicker_role: Text = Field(description="Role of the kicker's faces.")
    deck_role: Text = Field(description="Role of the deck's faces.")
    above: Length = Field(description="Air above the head.")
    below: Length = Field(description="Air below the head.")
    kicker_gap: Length = Field(description="Air between kicker and main line.")
    deck_gap: Length = Field(description="Air between main line and deck.")
    line_gap: Share = Field(description="Air between lines as share of the size.")
    tracking_least: Tracking = Field(description="Tightest letter-spacing in em, negative.")
    spread: list[SpreadFields] = Field(description="Letter-spacing of short lines of the largest type, rising by upto.")
    scale_least: Share = Field(description="Narrowest horizontal scale.")
    align: AlignName = Field(description="justify, left, center or right.")
    ink: Ink = Field(description="Colour.")
    knockout_above: Length = Field(description="Size above which headlines knock out instead of overprinting.")
    picture_role: Text = Field(description="Role of the faces of headlines on pictures.")
    picture_small_role: Text = Field(description="Role of their kickers and decks.")
    picture_least: Length = Field(description="Least size of headlines on pictures.")
    picture_ink: Ink = Field(description="Colour of headlines on pictures.")
    logo_lines: Count = Field(description="Grid lines that a column logo takes above its headline.")


class GutterFields(Boundary):
    """A gutter for measures up to some length."""

    upto: Count = Field(description="Longest measure in characters.")
    gutter_em: Em = Field(description="Gutter in em.")


class LegFields(Boundary):
    """How a story's legs divide its width."""

    least: Count = Field(description="Shortest measure in characters.")
    most: Count = Field(description="Longest measure in characters.")
    gutters: list[GutterFields] = Field(min_length=1, description="Gutters by measure, rising.")
    gutter_most_em: Em = Field(description="Most that whole-character measures may add to a gutter, in em.")


class BoxFields(Boundary):
    """Frames and tints."""

    pad_em: Em = Field(description="Padding at each side in em.")
    pad_lines: Whole = Field(description="Grid lines of padding above and below.")
    rule: Length = Field(description="Width of the frame's rule.")
    ink: Ink = Field(description="Colour of the rule.")
    tint: Ink = Field(description="Colour of the ground.")


class GroupFields(Boundary):
    """Stories under one label."""

    label: TextFields = Field(description="The label.")
    label_lines: Count = Field(description="Grid lines that the label takes.")
    rule: Length = Field(description="Width of the frame's rule.")


class PhotoStyleFields(Boundary):
    """Pictures in stories."""

    crop_most: Share = Field(description="Most share of a side that a crop takes.")
    caption_gap: Length = Field(description="Air between picture and caption.")
    caption_lines_most: Count = Field(description="Most lines of a caption.")
    clear: Length = Field(description="Air between picture and text.")
    credit_gap_em: Em = Field(description="Gap before the credit in em.")
    keyline: Length = Field(description="Width of the hairline around light pictures.")
    keyline_ink: Ink = Field(description="Colour of that hairline.")
    light_edge: Count = Field(description="Ink in per cent below which a side of a picture gets a hairline.")
    error_ppi: Count = Field(description="Least pixels an inch.")
    warn_ppi: Count = Field(description="Pixels an inch below which a finding warns.")


class QuoteFields(Boundary):
    """Pull quotes."""

    text: TextFields = Field(description="The quote's type.")
    rule: Length = Field(description="Width of the rules above and below; 0pt leaves them out.")
    ink: Ink = Field(description="Colour of the rules.")
    pad: Length = Field(description="Air between the rules and the type.")
    characters: list[Count] = Field(
        min_length=2, max_length=2, description="Least and most characters of a quote that is found in the text."
    )


class TableFields(Boundary):
    """Tables in stories."""

    text: TextFields = Field(description="Type of the cells.")
    head: TextFields = Field(description="Type of the head row.")
    title: TextFields = Field(description="Type of the title.")
    rule: Length = Field(description="Width of the rules above and below.")
    thin: Length = Field(description="Width of the rules inside.")
    ink: Ink = Field(description="Colour of the rules.")
    gap_em: Em = Field(description="Least air between two columns in em.")
    least_em: Em = Field(description="Narrowest column of words that wrap, in em.")


class ListFields(Boundary):
    """Lists in stories."""

    bullet: Text = Field(description="What is printed before an item without a number.")
    bullet_role: Text = Field(description="Role of its face.")
    number_role: Text = Field(description="Role of the numbers' face.")
    hang_em: Em = Field(description="How far items without a number stand in, in em of the body.")
    numbered_em: Em = Field(description="How far numbered items stand in, in em of the body.")


class FormFields(Boundary):
    """A small form."""

    label: Text = Field(description="The word over it where the story gives no title.")
    title: TextFields = Field(description="Type of the title.")
    text: TextFields = Field(description="Type of the text.")
    frame: FrameName = Field(description="What stands round it: box, rules or none.")
    rule: Length = Field(description="Width of the frame.")
    ink: Ink = Field(description="Colour of the frame.")
    pad_em: Em = Field(description="Air between a box and its text in em of the body.")


class FormsFields(Boundary):
    """The small forms in stories."""

    info: FormFields = Field(description="Information box.")
    note: FormFields = Field(description="Editor's note.")
    correction: FormFields = Field(description="Correction.")
    obituary: FormFields = Field(description="Obituary.")
    notice: FormFields = Field(description="Notice.")


class JumpFields(Boundary):
    """Stories that go on elsewhere."""

    line: TextFields = Field(description="The line at the end of the first part.")
    onward: Text = Field(description="Its words; `{page}` is where the story goes on.")
    back: Text = Field(description="The words that lead in the second part; `{page}` is where the story began.")
    back_role: Text = Field(description="Role of those words' faces.")
    numerals: NumeralName = Field(description="How pages are named: arabic (3), han (三) or id (A03).")
    rank: Rank = Field(description="Rank of the second part.")
    first_least: Count = Field(description="Fewest characters of the first part.")
    rest_least: Count = Field(description="Fewest characters of the second part.")


class TrimFields(Boundary):
    """How far a story may be cut."""

    most: Share = Field(description="Largest share of a story's text that may be cut from its end.")
    keep: Count = Field(description="Fewest characters that must stay.")


class OrnamentFields(Boundary):
    """Emphasis dots and the line of names."""

    dot_em: Em = Field(description="Width of a dot of `==…==` in em; 0 leaves dots out.")
    dot_gap_em: Em = Field(description="Gap between characters and dots in em.")
    line: Length = Field(description="Width of the line of `__…__`; 0pt leaves lines out.")
    line_gap_em: Em = Field(description="Gap between characters and the line in em.")


class RuleFields(Boundary):
    """Rules between modules."""

    column: Length = Field(description="Width of rules between columns.")
    story: Length = Field(description="Width of rules between stories.")
    ink: Ink = Field(description="Colour.")


class FolioFields(Boundary):
    """The folio line."""

    page: TextFields = Field(description="Page id.")
    section: TextFields = Field(description="Section name.")
    paper: TextFields = Field(description="The paper's name, where it has no logo.")
    text: TextFields = Field(description="Date and credits.")
    least: Length = Field(description="Type that had to shrink below this is reported.")
    logo_height: Length = Field(description="Most height of the paper's logo.")
    baseline: Length = Field(description="Baseline from the head of the trim.")
    rule_at: Length = Field(description="Rule from the head of the trim.")
    rule: Length = Field(description="Width of the thick rule; 0pt leaves it out.")
    thin: Length = Field(description="Width of the thin rule; 0pt leaves it out.")
    thin_gap: Length = Field(description="Distance of the thin rule from the thick one.")
    gap_em: Em = Field(description="Gap between items in em.")
    ink: Ink = Field(description="Colour of the rules.")


class NameplateFields(Boundary):
    """The front page's head."""

    lines: Count = Field(description="Grid lines of the whole head.")
    columns: Count = Field(description="Columns of the nameplate's own part.")
    art_height: Length = Field(description="Most height of the artwork.")
    type: TextFields = Field(description="The name where there is no artwork.")
    ear: TextFields = Field(description="Text beside the nameplate.")
    ear_pad: Length = Field(description="Air between the ear's frame and its text.")
    ear_kind: Text = Field(description="Kind of advert that stands in the ear's place, e.g. 报眼.")
    figure: TextFields = Field(description="The day in large figures, where there is no ear.")
    date: TextFields = Field(description="Date line.")
    date_lines: Count = Field(description="Grid lines of the date line.")
    imprint: TextFields = Field(description="Imprint.")
    imprint_at: Length = Field(description="Imprint's distance below the type area.")
    imprint_lines: Count = Field(description="Most lines of the imprint.")
    gap_em: Em = Field(description="Least gap between items of the date line and the imprint, in em.")
    least: Length = Field(description="Type that had to shrink below this is reported.")
    rule: Length = Field(description="Width of the thick rule; 0pt leaves it out.")
    thin: Length = Field(description="Width of the thin rule; 0pt leaves it out.")
    thin_gap: Length = Field(description="Distance of the thin rule from the thick one.")
    glyph_share: Share = Field(description="Most size of a headline as share of the nameplate's type.")
    ink: Ink = Field(description="Colour of the rules.")


class BannerFields(Boundary):
    """A line across the whole page."""

    text: TextFields = Field(description="The line.")
    lines: Count = Field(description="Grid lines that it takes.")
    fill_most: Share = Field(description="Most share of the type area's width that the line takes.")
    rule: Length = Field(description="Width of the rules above and below; 0pt leaves them out.")


class IndexStyleFields(Boundary):
    """The index of a front page."""

    name: Text = Field(description="Its name, e.g. 导读.")
    label: TextFields = Field(description="The name's type.")
    label_lines: Count = Field(description="Grid lines that the name takes.")
    title: TextFields = Field(description="A line's title; its pitch is the distance of lines.")
    page: TextFields = Field(description="A line's page.")
    reference: Text = Field(description="How a page is named, with {page}, e.g. {page}版.")
    columns: Count = Field(description="Width in columns where nothing pins it.")
    gap_em: Em = Field(description="Gap between title and page in em of the title.")
    frame: Length = Field(description="Width of the rule around it; 0pt leaves it out.")
    rule: Length = Field(description="Width of the rules between lines; 0pt leaves them out.")
    ink: Ink = Field(description="Colour of the rules.")
    least: Length = Field(description="Size of titles below which a finding warns.")


class CreditFields(Boundary):
    """Editors' credits."""

    text: TextFields = Field(description="The credits.")
    at: Annotated[Literal["folio", "foot"], one_of("folio", "foot")] = Field(description="folio or foot.")
    offset: Length = Field(description="Distance from where they usually stand.")
    gap_em: Em = Field(description="Gap between names in em.")
    required: list[Text] = Field(description="Roles that every page must name, e.g. [责编].")


class AdvertKindFields(Boundary):
    """A size that can be booked."""

    name: Text = Field(description="Its name, e.g. 半通栏.")
    width: Millimetres = Field(description="Width, e.g. 117mm.")
    height: Millimetres = Field(description="Height, e.g. 76mm.")


class AdvertStyleFields(Boundary):
    """Advertisements."""

    kinds: list[AdvertKindFields] = Field(description="Sizes that can be booked.")
    label: TextFields = Field(description="The label 广告.")
    label_gap: Length = Field(description="Distance of the label.")
    hole_rule: Length = Field(description="Rule around a hole where artwork has not come.")
    hole: TextFields = Field(description="Text in such a hole.")
    ink: Ink = Field(description="Colour of rules.")
    over_most: Millimetres = Field(description="Most by which artwork may exceed its booked size.")


class CompositionFields(Boundary):
    """The rules of composition."""

    level: LevelName = Field(
        description="Level of line-start and line-end rules: none, basic, gb, strict or newspaper (CLReq; JLReq for "
        "the last)."
    )
    punctuation: PunctuationName = Field(
        description="Width of marks: full, half, kaiming, line-end-half or elastic (kaiming with give)."
    )
    display_punctuation: PunctuationName = Field(description="The same in headlines.")
    hang: Flag = Field(description="Whether one of 。，、 may stand outside the measure at a line's end.")
    han_latin_em: Em = Field(description="Gap between Han and Latin in em.")
    han_latin_most_em: Em = Field(description="Most gap between Han and Latin in em.")
    word_space_em: Em = Field(description="Space between Latin words in em.")
    word_space_least_em: Em = Field(description="Least space between Latin words in em.")
    word_space_most_em: Em = Field(description="Most space between Latin words in em.")
    typed_space_em: Em = Field(description="Typed space between Han in em.")
    typed_space_give_em: Em = Field(description="Most by which a typed space between Han shrinks or opens, in em.")
    comma_give_em: Em = Field(description="Most that a comma gives of its blank at once, in em.")
    script_em: Em = Field(description="Size of superiors and inferiors in em.")
    superior_em: Em = Field(description="How far the baseline of superiors lies above that of the line, in em.")
    inferior_em: Em = Field(description="How far the baseline of inferiors lies below that of the line, in em.")
    spread_names: Flag = Field(description="Whether names of two characters are spread to three.")
    emphasis_role: Text = Field(description="Role of `**…**`.")
    kai_role: Text = Field(description="Role of `{…}`.")
    dateline_role: Text = Field(description="Role of datelines.")
    byline_role: Text = Field(description="Role of bylines in running text.")


class SlotFields(Boundary):
    """A place of a page template."""

    rank: Rank | None = Field(None, description="Rank of the story it takes. Default: the best that is left.")
    column: Count | None = Field(None, description="First column, counted from 1 at the left.")
    columns: Count | None = Field(None, description="Width in columns.")
    line: Count | None = Field(None, description="First grid line, counted from 1 at the head of the type area.")
    lines: Count | None = Field(None, description="Depth in grid lines.")
    head: Length | None = Field(None, description="Size of the main headline, e.g. 32pt.")


class ReleaseFields(Boundary):
    """What the release of an issue asks for."""

    file_name: Text = Field(description="Names of the plant's files: {paper} {date} {page} {edition} {rev}.")
    signatures: list[Text] = Field(description="Signatures that every page must have, e.g. [三审, 三校].")


class LimitFields(Boundary):
    """How one number of a finished page is judged; beyond `acceptable` it is bad."""

    good: list[Measure] = Field(min_length=2, max_length=2, description="Least and greatest good value.")
    acceptable: list[Measure] = Field(min_length=2, max_length=2, description="Least and greatest acceptable value.")


class StyleFields(Boundary):
    """A style."""

    extends: Names | None = Field(None, description="Style or styles that this one changes.")
    regions: Anything | None = Field(None, description="Style keys changed for a region, by the region's name.")
    colors: dict[str, Ink] = Field(description="Named colours: [c, m, y, k] in per cent.")
    text: TextsFields = Field(description="The texts of stories.")
    sheet: SheetFields = Field(description="Trim size and place of the type area.")
    grid: GridFields = Field(description="The page grid.")
    heads: HeadFields = Field(description="Headlines.")
    legs: LegFields = Field(description="Legs of running text.")
    box: BoxFields = Field(description="Frames and tints.")
    group: GroupFields = Field(description="Groups of stories.")
    photo: PhotoStyleFields = Field(description="Pictures.")
    quote: QuoteFields = Field(description="Pull quotes.")
    table: TableFields = Field(description="Tables in stories.")
    listing: ListFields = Field(description="Lists in stories.")
    forms: FormsFields = Field(description="Small forms in stories.")
    jump: JumpFields = Field(description="Stories that go on elsewhere.")
    trim: TrimFields = Field(description="How far stories may be cut.")
    ornament: OrnamentFields = Field(description="Emphasis dots and the line of names.")
    rules: RuleFields = Field(description="Rules between modules.")
    folio: FolioFields = Field(description="Folio line.")
    nameplate: NameplateFields = Field(description="Head of the front page.")
    banner: BannerFields = Field(description="Banner line.")
    index: IndexStyleFields = Field(description="Index of a front page.")
    credits: CreditFields = Field(description="Editors' credits.")
    advert: AdvertStyleFields = Field(description="Advertisements.")
    composition: CompositionFields = Field(description="Rules of composition.")
    required_imprint: list[Text] = Field(description="What the imprint must name.")
    widths: dict[str, list[Count]] = Field(description="Columns that a story of each rank may take, by rank.")
    score: dict[str, LimitFields] = Field(description="How the numbers of a finished page are judged, by name.")
    weights: dict[str, Whole] = Field(description="What liberties cost; 100 is what an editor would notice.")
    templates: dict[str, list[SlotFields]] = Field(
        {}, description="Page templates by name: pinned places that stories take by rank; the rest is found."
    )
    levels: dict[str, Level] = Field(description="Severities of findings by code, `off` silences: {W809: off}.")
    release: ReleaseFields = Field(description="What the release of an issue asks for.")
    print_condition: Text = Field(alias="print", description="A packaged print condition's name or a path.")


class PictureLimitFields(Boundary):
    """Resolution of pictures."""

    error_ppi: Count = Field(description="Least pixels an inch.")
    warn_ppi: Count = Field(description="Pixels an inch below which a finding warns.")
    max_ppi: Count = Field(description="Pixels an inch to which pictures are reduced.")


class TextMinimumFields(Boundary):
    """Smallest type sizes."""

    k: Length = Field(description="In solid black.")
    single_tint: Length = Field(description="In one tint.")
    multi: Length = Field(description="In several inks.")
    reversed: Length = Field(description="Reversed out of a ground.")


class LineMinimumFields(Boundary):
    """Thinnest rules."""

    k: Length = Field(description="In solid black.")
    multi: Length = Field(description="In several inks.")
    reversed: Length = Field(description="Reversed out of a ground.")


class ConditionFields(Boundary):
    """A print condition."""

    profile: Text = Field(description="Path of the ICC profile, relative to this file.")
    sha256: Text | None = Field(None, description="SHA-256 of the profile, to be sure of it.")
    identifier: Text = Field(description="Output condition identifier.")
    registry: Text = Field(description="Registry of that identifier.")
    info: Text = Field(description="Description for people.")
    ink_limit: Sum = Field(description="Largest ink sum in per cent.")
    picture: PictureLimitFields = Field(description="Resolution of pictures.")
    text_min: TextMinimumFields = Field(description="Smallest type sizes.")
    line_min: LineMinimumFields = Field(description="Thinnest rules.")
    bleed: Length = Field(description="Bleed that the plant needs.")
    marks: Annotated[Literal["none", "crop"], one_of("none", "crop")] = Field(
        description="What is drawn outside the trim: none or crop."
    )
    sharpen: Percent = Field(0, description="How much pictures are sharpened for the paper, in per cent. Default 0.")
    positions: dict[str, Inks] = Field(
        {}, description="Inks that the press has, by page id; `default` is the row of all others."
    )
