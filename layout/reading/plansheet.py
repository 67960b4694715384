"""What plan files may hold; the same fields are written by `layout plan` and read again."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from layout.reading.boundary import Boundary
from layout.reading.fields import Count, Flag, Kind, Length, Text, Whole, number, one_of
from layout.reading.schema import PinFields, StoryPinFields  # noqa: TC001 - pydantic reads annotations

StyleName = Annotated[
    Literal["over", "photo", "plain", "stack", "side", "vertical-left", "vertical-right"],
    one_of("over", "photo", "plain", "stack", "side", "vertical-left", "vertical-right"),
]
Anything = Annotated[object, Kind(lambda value: value, {"type": "object"})]
Fill = Annotated[float, number(0, 10)]


class HeadFields(Boundary):
    """A headline's setting."""

    role: Text = Field(description="Role of its faces in fonts.yaml.")
    size: Length = Field(description="Size of the main headline, e.g. 32pt.")
    lines: Count = Field(description="Lines of the main headline.")
    depth: Whole = Field(description="Depth of the whole head in grid lines; 0 for one beside its text.")
    fill: Fill = Field(1.0, description="Share of the width that its longest line fills.")
    beside: Length | None = Field(None, description="Width that a vertical head takes from the text.")


class PlaceFields(Boundary):
    """A picture's place in its module."""

    photo: Count = Field(description="Which picture of the story, counted from 1.")
    leg: Count = Field(description="First leg that it spans, counted from 1.")
    legs: Count = Field(description="How many legs it spans.")
    depth: Count = Field(description="Depth in grid lines with its caption and the blank under it.")
    height: Length = Field(description="Height of the picture: less than its own shape's crops it.")
    offset: Whole = Field(0, description="Grid lines of pictures above it in the same legs. Default 0.")


class QuoteFields(Boundary):
    """A pull quote's place in its leg."""

    quote: Count = Field(description="Which quote of the story, counted from 1.")
    leg: Count = Field(description="The leg that it stands in, counted from 1.")
    depth: Count = Field(description="Depth in grid lines.")
    offset: Whole = Field(description="Lines of text above it in the leg.")


class CutFields(Boundary):
    """A place in a story's text."""

    block: Count = Field(description="Number of the paragraph, subheads counted, from 1.")
    offset: Count = Field(description="Characters of it that come before.")


class EditionFields(Boundary):
    """What is done to the story's copy."""

    dropped: list[Annotated[Literal["deck"], one_of("deck")]] = Field([], description="Parts of the head left out.")
    subheads: list[Count] = Field([], description="Numbers of the optional subheads that are set.")
    trim: CutFields | None = Field(None, description="From here on the text is cut.")
    turn: CutFields | None = Field(None, description="From here on the text goes on on another page.")


class SettingFields(Boundary):
    """How a module is set."""

    style: StyleName = Field(
        description="over: head over the text; photo: picture first; plain: no head; stack, side: a group; "
        "vertical-left, vertical-right: a vertical head at that side."
    )
    columns: Count | None = Field(None, description="Width in columns; stated for the members of a group.")
    lines: Count | None = Field(None, description="Depth in grid lines; stated for the members of a group.")
    legs: Count = Field(description="Legs that the text is divided into.")
    characters: Whole = Field(description="Measure of a leg in characters; 0 for a group.")
    body: Whole = Field(description="Depth of a leg in grid lines, pictures in it included.")
    head: HeadFields | None = Field(None, description="The headline.")
    photos: list[PlaceFields] = Field([], description="Places of the pictures.")
    quote: QuoteFields | None = Field(None, description="Place of the pull quote.")
    edition: EditionFields | None = Field(None, description="What is done to the story's copy.")
    air: Whole = Field(0, description="Blank lines added above the headline. Default 0.")
    raised: Whole = Field(0, description="Last legs that rise beside the head to the top of the module. Default 0.")
    blank: Whole = Field(0, description="Column lines that stay empty. Default 0.")
    over: Whole = Field(0, description="Column lines that are missing. Default 0.")
    parts: list[SettingFields] = Field([], description="Members of a group, in order.")


class ModuleFields(Boundary):
    """A story or group: its place, and how it is set there."""

    id: Text = Field(description="The story's id; a group's ids joined by `+`.")
    pin: StoryPinFields | None = Field(None, description="Its place; what is left out is found.")
    frozen: Flag = Field(
        default=False, description="Keep this and find all of the page that is not frozen anew. Default no."
    )
    cost: Whole = Field(0, description="Price of this setting; for information.")
    setting: SettingFields | None = Field(None, description="How it is set; left out, the best setting is found.")


class BlockFields(Boundary):
    """What is no story: for information, the issue decides about it."""

    id: Text = Field(description="nameplate, banner, or advert:id.")
    pin: PinFields = Field(description="Its place.")


class PlanPageFields(Boundary):
    """One page's plan."""

    page: Text = Field(description="Page id, a spread's ids joined by a hyphen.")
    cost: Whole = Field(0, description="Price of the page by the style's weights; for information.")
    score: Anything | None = Field(None, description="The page's figures; for information.")
    modules: list[ModuleFields] = Field([], description="Stories and groups; those not listed are placed around them.")
    blocks: list[BlockFields] = Field([], description="Nameplate, banner and adverts; for information.")
    unplaced: list[Text] = Field([], description="What found no place; for information.")
    holes: list[PinFields] = Field([], description="Empty rectangles; for information.")


class PlanFields(Boundary):
    """Plans of an issue's pages; pages not listed are planned as if there were no file."""

    pages: list[PlanPageFields] = Field([], description="The pages.")
