"""Page furniture: all that stands on a page beside its stories, and the cells it takes.

The rooms: `nameplate` and `imprint` (front page), `folio` (inside pages, credits), `banner`, `index`, `adverts`,
`artwork`. Every `draw_…` is a function of frozen values that returns operations and findings; nothing is drawn outside
the trim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layout.page.furniture.adverts import advert_cells, blocks, check_adverts, draw_advert
from layout.page.furniture.artwork import draw_artwork, place_artwork
from layout.page.furniture.banner import draw_banner
from layout.page.furniture.drawn import Drawn
from layout.page.furniture.folio import draw_credits, draw_folio
from layout.page.furniture.index import draw_index
from layout.page.furniture.nameplate import check_nameplate_rank, draw_nameplate

if TYPE_CHECKING:
    from layout.geometry import Cells
    from layout.model import Issue, Page
    from layout.style import Style

__all__ = [
    "Drawn",
    "advert_cells",
    "check_adverts",
    "check_nameplate_rank",
    "draw_advert",
    "draw_artwork",
    "draw_banner",
    "draw_credits",
    "draw_folio",
    "draw_index",
    "draw_nameplate",
    "page_blocks",
    "place_artwork",
]


def page_blocks(issue: Issue, page: Page, style: Style) -> tuple[tuple[str, Cells], ...]:
    """Return the cells that page making leaves free: `nameplate`, `banner`, `index`, `advert:<id>`."""
    del issue  # where furniture stands is the page's matter
    return tuple(blocks(page, style))
