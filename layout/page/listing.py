"""Lists in stories: every item hangs from its sign, a bullet or its number, and breaks over legs as paragraphs do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from layout.page.draw import label

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.model import Region
    from layout.style import Style
    from layout.text.justify import Material


def item_sign(sign: str, style: Style, book: Fontbook, region: Region) -> tuple[Material, int]:
    """Return the sign of an item shaped, and how far the item stands in, in mpt.

    Args:
        sign: as the story has it: `-`, or a number with its point.
        style: the story's style.
        book: the faces.
        region: the story's region.
    """
    listing = style.listing
    bulleted = sign == "-"
    role, hang = (
        (listing.bullet_role, listing.hang_em) if bulleted else (listing.number_role, listing.numbered_em)
    )
    text = listing.bullet if bulleted else sign
    return label(text, replace(style.body, role=role), style, book, region), round(hang * style.em)
