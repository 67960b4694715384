"""What issue files and stories' front matter may hold.

These models exist at the edge only: they name the fields, check their values one by one, and make the JSON
Schemas that editors' programs complete by (draft-07: therefore lists, no tuples). What depends on the style, on
other files or on the whole issue is checked in `layout.reading.issue`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from layout.comment import Kind as Mark
from layout.comment import State
from layout.reading.boundary import Boundary
from layout.reading.fields import (
    FLAG_JSON,
    TEXT_JSON,
    Count,
    FilePath,
    Flag,
    Inks,
    IsoDate,
    Kind,
    Length,
    Millimetres,
    Share,
    Shorthand,
    Text,
    Texts,
    flag,
    integer,
    number,
    one_of,
    refuse,
    scalar,
)
from layout.reading.tree import Mapping, Scalar

RANK_USUAL = 3
"""The rank of a story that states none."""

Rank = Annotated[int, integer(1, 4)]
RegionName = Annotated[
    Literal["zh-Hans", "zh-TW", "zh-HK", "ja", "en"], one_of("zh-Hans", "zh-TW", "zh-HK", "ja", "en")
]
Box = Annotated[Literal["frame", "tint"], one_of("frame", "tint")]
HeadSide = Annotated[Literal["over", "left", "right", "picture"], one_of("over", "left", "right", "picture")]
BodySetting = Annotated[Literal["horizontal", "vertical"], one_of("horizontal", "vertical")]
Edge = Annotated[Literal["foot", "head"], one_of("foot", "head")]
Side = Annotated[Literal["left", "right"], one_of("left", "right")]
Level = Annotated[str, one_of("error", "warning", "info", "off")]


def _block(value: object) -> Mapping:
    if not isinstance(value, Mapping):
        refuse("a block of style keys is needed", "应为由样式键组成的块")
    return value


Overrides = Annotated[Mapping, Kind(_block, {"type": "object"})]
"""A piece of a style; it is checked with the style that it changes."""


def _quotes(value: object) -> bool | list[Scalar]:
    if isinstance(value, list):
        return [scalar(item) for item in value]
    return flag(value)


Quotes = Annotated[
    bool | list[Scalar],
    Kind(_quotes, {"anyOf": [FLAG_JSON, {"type": "array", "items": TEXT_JSON}]}),
]
"""Yes or no, or a list of texts."""


class PinFields(Boundary):
    """A place on the page grid, counted from 1; what is left out stays free."""

    column: Count | None = Field(None, description="First column, counted from 1 at the left.")
    columns: Count | None = Field(None, description="Width in columns.")
    line: Count | None = Field(None, description="First grid line, counted from 1 at the head of the type area.")
    lines: Count | None = Field(None, description="Depth in grid lines.")


class StoryPinFields(PinFields):
    """A story's fixed place and headline, and what it stands over or next to; what is left out stays free."""

    head: Length | None = Field(None, description="Size of the main headline, e.g. 32pt.")
    above: Texts | None = Field(None, description="Ids of what stands lower on the page than this.")
    beside: Texts | None = Field(None, description="Ids of what stands at the left or right of this, sharing lines.")


class PhotoFields(Boundary):
    """A picture and its caption."""

    file: FilePath = Field(description="Path of the picture (JPEG, PNG, TIFF, SVG, PDF), relative to this file.")
    caption: Text | None = Field(None, description="Text under the picture.")
    credit: Text | None = Field(None, description="Who took it, e.g. 本报记者 某某 摄.")
    focus: list[Share] = Field(
        [0.5, 0.5],
        min_length=2,
        max_length=2,
        description="Point that a crop keeps nearest the middle: x and y as shares of width and height from the "
        "upper left. Default [0.5, 0.5].",
    )
    keep: list[Share] | None = Field(
        None,
        min_length=4,
        max_length=4,
        description="Box that a crop never enters: left, top, right, bottom as shares of width and height.",
    )
    quiet: list[Share] | None = Field(
        None,
        min_length=4,
        max_length=4,
        description="Box without detail that a headline may stand on: left, top, right, bottom as shares of width and "
        "height. A crop leaves it whole.",
    )
    crop: Flag = Field(default=True, description="Whether the picture may be cropped. Default yes.")
    placeholder: Flag = Field(default=False, description="Whether the picture only stands in for another. Default no.")


class StoryFields(Boundary):
    """A story's front matter."""

    id: Text | None = Field(None, description="Name in plans and comments, unique in the issue. Default: file name.")
    rank: Rank = Field(RANK_USUAL, description="1 lead, 2 second, 3 usual, 4 brief. Default 3.")
    kicker: Text | None = Field(None, description="Line above the headline (肩题).")
    headline: Text = Field(description="Main headline (主题); ` / ` asks for a line break.")
    deck: Text | None = Field(None, description="Line under the headline (副题).")
    deck_optional: Flag = Field(default=False, description="Whether the page may leave the deck out. Default no.")
    dateline: Text | None = Field(None, description="Start of the first paragraph, e.g. 本报讯 (电头).")
    byline: Text | None = Field(None, description="Who wrote it, e.g. 记者 某某.")
    author: Text | None = Field(None, description="The byline, where there is no `byline`.")
    tail: Text | None = Field(None, description="Line after the last paragraph, e.g. （据新华社）.")
    locked: Flag = Field(default=False, description="Print the copy exactly as it stands. Default no.")
    jump: Text | None = Field(None, description="`auto`, or the page where the story goes on. Default: no jump.")
    jump_head: Text | None = Field(None, description="Headline where the story goes on. Default: the headline.")
    pull_quotes: Quotes = Field(
        default=False,
        description="Sentences that the page may pull out of the text where it is short of copy: a list of them, or "
        "yes for those that somebody says in it. Default no.",
    )
    box: Box | None = Field(None, description="Frame or tint around the story. Default none.")
    head: HeadSide = Field(
        "over",
        description="Where the headline stands: over the text, as vertical lines at the left or right of it (竖题), or "
        "on the quiet area of the main picture (压图题). Default over.",
    )
    setting: BodySetting = Field(
        "horizontal",
        description="How the text is set: horizontal, or vertical for verse, couplets and slogans, where every line "
        "of the file is a line and an empty one a blank. Default horizontal.",
    )
    logo: FilePath | None = Field(None, description="Path of the column's logo, or its name set as type.")
    region: RegionName | None = Field(None, description="Language and typographic habits. Default: the issue's.")
    names: list[Text] = Field([], description="Names that must not break over a line end.")
    photos: list[PhotoFields] = Field([], description="Pictures of the story, the main one first.")
    overrides: Overrides | None = Field(None, description="Style keys changed for this story alone.")


class EntryFields(Boundary):
    """What stands in a page's list: a story, or several under one label."""

    story: FilePath | None = Field(None, description="Path of the story's file.")
    group: Text | None = Field(None, description="Label over several stories in one frame.")
    stories: list[FilePath] | None = Field(None, min_length=1, description="Paths of the group's stories.")
    pin: StoryPinFields | None = Field(None, description="Fixed place on the page.")


class AdvertFields(Boundary):
    """A booked advertisement."""

    id: Text = Field(description="Name of the advertisement, unique in the issue.")
    kind: Text = Field(description="Booked size by its name in the style, e.g. 半通栏.")
    file: FilePath | None = Field(None, description="Path of its artwork; left out while it has not come.")
    at: Edge = Field("foot", description="At which end of the page: foot or head. Default foot.")
    side: Side = Field("right", description="At which side of the page: left or right. Default right.")
    pin: PinFields | None = Field(None, description="Fixed place on the page.")
    page: Count = Field(1, description="Page of a PDF file, counted from 1. Default 1.")
    convert: Flag = Field(
        default=False, description="Whether a PDF is turned into a picture of 300 ppi in the press's inks. Default no."
    )
    width: Millimetres | None = Field(None, description="Width (e.g. 117mm) where it differs from the kind's.")
    height: Millimetres | None = Field(None, description="Height (e.g. 76mm) where it differs from the kind's.")


class IndexLineFields(Boundary):
    """One line of an index."""

    story: Text = Field(description="Id of the story.")
    headline: Text | None = Field(None, description="What is printed of it. Default: its headline.")


class IndexFields(Boundary):
    """The index of a front page: stories and the pages where they stand."""

    stories: list[Annotated[IndexLineFields, Shorthand("story")]] = Field(
        min_length=1, description="Ids of the stories, in the order to print."
    )
    name: Text | None = Field(None, description="Its name. Default: the style's, e.g. 导读.")
    at: Edge = Field("head", description="At which end of the page: foot or head. Default head.")
    side: Side = Field("right", description="At which side of the page: left or right. Default right.")
    pin: PinFields | None = Field(None, description="Fixed place on the page.")


class PageFields(Boundary):
    """One page, or a spread of pages."""

    page: Text | None = Field(None, description="Page id, e.g. A01.")
    pages: list[Text] | None = Field(None, min_length=2, description="Page ids of a spread, left to right.")
    section: Text | None = Field(None, description="Name of the section, e.g. 要闻.")
    front: Flag = Field(default=False, description="Whether the page carries the nameplate. Default no.")
    banner: Text | None = Field(None, description="Line across the whole page above the stories.")
    ink: Inks | None = Field(
        None, description="Inks that this page prints in. Default: those of the plant's table of positions, or cmyk."
    )
    style: Text | None = Field(None, description="Style of this page. Default: the issue's.")
    template: Text | None = Field(None, description="Page template of the style, e.g. front. Default: none.")
    stories: list[Annotated[EntryFields, Shorthand("story")]] = Field([], description="Stories of the page.")
    adverts: list[AdvertFields] = Field([], description="Advertisements of the page.")
    index: IndexFields | None = Field(None, description="Index of stories with the pages where they stand (导读).")
    credits: dict[str, Text] = Field({}, description="Who made the page: {责编: …, 美编: …, 校对: …}.")
    overrides: Overrides | None = Field(None, description="Style keys changed for this page alone.")


class BankedFields(Boundary):
    """A story without a page."""

    story: FilePath = Field(description="Path of the story's file.")
    section: Text | None = Field(
        None, description="Section whose pages it may stand on. Default: any page but the front page."
    )


class WaiverFields(Boundary):
    """A finding that somebody answers for, so that the issue can be released with it."""

    rule: Text = Field(description="Code of the finding, e.g. W528.")
    object: Text | None = Field(None, description="Page, story or advert it is about. Default: any.")
    by: Text = Field(description="Who says so.")
    reason: Text = Field(description="Why.")


class MastheadFields(Boundary):
    """The paper's standing matter."""

    nameplate: FilePath | None = Field(None, description="Path of the nameplate's artwork (PDF, SVG or picture).")
    nameplate_size: list[Millimetres] | None = Field(
        None, min_length=2, max_length=2, description="Width and height of the artwork. Default: its own."
    )
    logo: FilePath | None = Field(None, description="Path of the small logo for folio lines.")
    imprint: dict[str, Text] = Field({}, description="Imprint (版权信息), in the order to print: {CN: …, 主办: …}.")
    ear: Text | None = Field(None, description="Text beside the nameplate (报眼).")


class PreviousFields(Boundary):
    """The issue before this one."""

    date: IsoDate = Field(description="Its day of publication.")
    number: Annotated[int, integer(1, 10**9)] = Field(description="Its running number; this issue's is one more.")


class WordFields(Boundary):
    """A word that the paper writes its own way, or not at all."""

    text: Text = Field(description="The word that is looked for.")
    wanted: Text | None = Field(None, description="What to write for it.")
    why: Text | None = Field(None, description="Why; told with the finding.")
    banned: Flag = Field(default=False, description="Whether it is an error. Default no: a warning.")
    unless: list[Text] = Field([], description="Longer words in which it is right.")


class PersonFields(Boundary):
    """Somebody whose name and title must be right."""

    name: Text = Field(description="Full name.")
    titles: list[Text] = Field([], description="Titles as they stand before the name, the usual one first.")


class HouseFields(Boundary):
    """The paper's own lists."""

    words: list[WordFields] = Field([], description="Words of house style.")
    people: list[PersonFields] = Field([], description="People, in the order in which the paper names them.")


MarkKind = Annotated[str, one_of(*Mark)]
MarkState = Annotated[str, one_of(*State)]
Place = Annotated[int, integer(0, 1_000_000)]
Millimetre = Annotated[float, number(-100, 2000)]


class CommentFields(Boundary):
    """A proofreader's remark."""

    id: Text = Field(description="Its name, unique in the file.")
    page: Text = Field(description="Page id.")
    by: Text = Field(description="Who wrote it.")
    at: Text | None = Field(None, description="When, as ISO 8601 text.")
    kind: MarkKind = Field("query", description="The mark (GB/T 14706), or what it is about. Default query.")
    must: Flag = Field(default=False, description="Whether the page may not go to press before it is closed.")
    story: Text | None = Field(None, description="Id of the story.")
    part: Text | None = Field(None, description="Part of the story: headline, body, caption …")
    number: Place = Field(0, description="Number of the paragraph or picture.")
    start: Place = Field(0, description="Offset of the passage in it.")
    quote: Text | None = Field(None, description="The passage.")
    before: Text | None = Field(None, description="The characters before it.")
    after: Text | None = Field(None, description="The characters after it.")
    spot: list[Millimetre] | None = Field(
        None, min_length=2, max_length=2, description="Place on the page, mm from the upper left corner."
    )
    wanted: Text | None = Field(None, description="What should stand there.")
    remark: Text | None = Field(None, description="What there is to say.")
    revision: Text | None = Field(None, description="The page as it was read.")
    state: MarkState = Field("open", description="Whether it still asks for something. Default open.")


class ReplyFields(Boundary):
    """An answer to a remark."""

    reply: Text = Field(description="Name of the remark.")
    by: Text = Field(description="Who answers.")
    at: Text = Field(description="When, as ISO 8601 text.")
    text: Text = Field(description="The answer.")


class StateFields(Boundary):
    """A remark closed or opened again."""

    of: Text = Field(description="Name of the remark.")
    state: MarkState = Field(description="open or resolved.")
    by: Text = Field(description="Who says so.")
    at: Text | None = Field(None, description="When, as ISO 8601 text.")


class SignatureFields(Boundary):
    """Somebody's word for a stage of a page."""

    page: Text = Field(description="Page id.")
    stage: Text = Field(description="Stage: 一审 … 终审, 一校 … 三校.")
    by: Text = Field(description="Who signs.")
    at: Text | None = Field(None, description="When, as ISO 8601 text.")
    revision: Text | None = Field(None, description="The page as it was; empty binds to nothing.")


class IssueFields(Boundary):
    """A whole issue."""

    paper: Text = Field(description="Name of the newspaper.")
    date: IsoDate = Field(description="Day of publication, year-month-day.")
    number: Text = Field(description="Running number of the issue (期号).")
    style: Text | None = Field(None, description="A packaged style's name or a path. Default tabloid.")
    region: RegionName = Field("zh-Hans", description="Language and typographic habits. Default zh-Hans.")
    masthead: MastheadFields | None = Field(None, description="Nameplate and imprint.")
    pages: list[PageFields] = Field(min_length=1, description="The pages, in order.")
    stories: list[Annotated[BankedFields, Shorthand("story")]] = Field(
        [], description="Stories without a page: each is given one, by section, rank and room."
    )
    fillers: list[FilePath] = Field([], description="Paths of short stories that may fill a hole.")
    levels: dict[str, Level] = Field({}, description="Severities of findings by code, e.g. {W511: error}.")
    names: list[Text] = Field([], description="Names that must not break over a line end, in the whole issue.")
    previous: PreviousFields | None = Field(None, description="The issue before this one: {date: …, number: …}.")
    house: FilePath | None = Field(None, description="Path of the paper's lists of words and people.")
    print_condition: Text | None = Field(
        None, alias="print", description="A packaged print condition's name or a path. Default: the style's."
    )
    grey: Flag = Field(default=False, description="Whether all pages print in black alone, for days of mourning.")
    edition: Text | None = Field(None, description="Name of the edition, for the names of released files.")
    file_name: Text | None = Field(
        None, description="Names of released files, e.g. {paper}_{date}_{page}_v{rev}.pdf. Default: the style's."
    )
    waivers: list[WaiverFields] = Field([], description="Findings that somebody answers for at the release.")
