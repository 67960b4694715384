"""What page making decides: where every module stands and how it is built.

Input (`plan.yaml` beside the issue) and result (`plan.yaml` in the output) are the same type: a result has modules
alone, an input may have `wanted` as well, places that are fixed in part. Lines are whole grid lines; a module's depth
includes the blank line that closes it, so that modules tile a type area of one line more than it has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from layout.diagnostics import Span
    from layout.geometry import Cells
    from layout.model import Pin

ModuleStyle = Literal["over", "photo", "plain", "stack", "side", "vertical-left", "vertical-right", "picture"]
"""Head over the text; picture first, head under it; no head; a group with its stories stacked or side by side; a
vertical head at the left or right of the text; picture first, the head on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadChoice:
    """A headline's setting: size in mpt, number of lines, depth of the whole head block in grid lines.

    A vertical head takes no depth of its own but `beside`, the width in mpt that the text leaves to it.
    """

    role: str
    size: int
    lines: int
    depth: int
    fill: float = 1.0
    beside: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPlace:
    """A picture's place in its module: its number in the story, first leg and legs spanned, depth in grid lines.

    The depth holds picture, caption and the blank under it; the picture's height is what they leave. `offset` are
    the lines of pictures above it in the same legs.
    """

    photo: int
    leg: int
    legs: int
    depth: int
    height: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Cut:
    """A place in a story's text: a block's number, counted from 1, and characters of it that come before."""

    block: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a variant does to a story's copy; nothing of it happens unless the story, or the editor, allows it.

    `dropped` are parts of the headline left out ("deck"); `subheads` are the numbers of the optional subheads that are
    set. From `trim` on the text is cut; from `turn` on it goes on on another page.
    """

    dropped: tuple[str, ...] = ()
    subheads: tuple[int, ...] = ()
    trim: Cut | None = None
    turn: Cut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePlace:
    """A pull quote's place: its number in the story, its leg, its depth in grid lines, the lines of text above it."""

    quote: int
    leg: int
    depth: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One exact way to set a story: it fills `columns` × `lines` and nothing is left over.

    `legs` legs of `characters` characters, each `body` grid lines deep; `blank` body lines stay empty at the story's
    foot and `over` are missing for it (both 0 in every variant but the last resort). The last `raised` legs rise beside
    the head to the top of the module: the head spans the others, and a picture in the raised legs begins at their top.
    """

    style: ModuleStyle
    columns: int
    lines: int
    legs: int
    characters: int
    body: int
    head: HeadChoice | None
    photos: tuple[PhotoPlace, ...] = ()
    quote: QuotePlace | None = None
    edition: Edition | None = None
    air: int = 0
    blank: int = 0
    over: int = 0
    raised: int = 0
    parts: tuple[Variant, ...] = ()

    @property
    def photo_depth(self) -> int:
        """Grid lines that the pictures take in the legs they stand in."""
        return sum(place.depth for place in self.photos)


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """An entry of the page (story or group) in its place; `span` is where a plan file says so."""

    id: str
    cells: Cells
    variant: Variant
    cost: int = 0
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a plan file fixes of an entry short of all: a side of its place, its headline's size, its neighbours."""

    id: str
    pin: Pin
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlan:
    """One page: modules in reading order, blocks (adverts, nameplate, banner) and what found no place.

    `wanted` is empty in results.
    """

    page: str
    modules: tuple[Module, ...]
    blocks: tuple[tuple[str, Cells], ...] = ()
    unplaced: tuple[str, ...] = ()
    holes: tuple[Cells, ...] = ()
    cost: int = 0
    wanted: tuple[Wanted, ...] = ()
