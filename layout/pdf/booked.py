"""The preflight of foreign pages: what an advert's page holds, against what the press takes.

Findings name the advert, for it is the advertiser who mends them, and carry the ways out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from layout.color import PLATES
from layout.diagnostics import finding
from layout.pdf.variants import VARIANTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.color import InkCount
    from layout.condition import PrintCondition
    from layout.diagnostics import Diagnostic
    from layout.model import Advert
    from layout.pdf.artwork import Artwork
    from layout.pdf.facts import Facts
    from layout.pdf.variants import VariantName

NAMES: Final = PLATES["cmyk"]

TRACE: Final = 2
"""Per cent of an ink that counts as none: rounding of a separation."""

CONVERT: Final = "`convert: yes` (a picture of 300 ppi through the profile)"
NEW_FILE: Final = "a new file from the advertiser"
TAKEN_BY_X4: Final = "`--print x4`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """What an advert is held against."""

    advert: Advert
    page: str
    variant: VariantName
    condition: PrintCondition
    ink: InkCount

    def say(self, code: str, hint: str = "", **values: object) -> Diagnostic:
        """Return a finding under the advert's name."""
        advert = self.advert
        return finding(code, span=advert.span, page=self.page, story=advert.id, hint=hint, name=advert.id, **values)


def advert_findings(booking: Booking, artwork: Artwork) -> Iterator[Diagnostic]:
    """Yield what is to be said of an advert's PDF page; its size is the page's business."""
    facts, limits = artwork.facts, booking.condition.picture
    if facts.ppi and facts.ppi < limits.error_ppi:
        yield booking.say("E524", NEW_FILE, ppi=facts.ppi, limit=limits.error_ppi)
    elif facts.ppi and facts.ppi < limits.warn_ppi:
        yield booking.say("W524", ppi=facts.ppi, limit=limits.warn_ppi)
    if booking.advert.convert:
        yield booking.say("W529", ppi=limits.max_ppi)
        if booking.ink != "cmyk" and colours(facts):
            yield booking.say("W527", ink=booking.ink)
        return
    yield from _press_findings(booking, facts)


def _press_findings(booking: Booking, facts: Facts) -> Iterator[Diagnostic]:
    """Yield what a converted page would not show any more."""
    flavour = VARIANTS[booking.variant]
    broken = breaks(facts, booking.variant)
    if broken:
        elsewhere = booking.variant != "x4" and not breaks(facts, "x4")
        ways = [*([TAKEN_BY_X4] if elsewhere else []), CONVERT, NEW_FILE]
        yield booking.say("E522", _ways(ways), flavour=flavour.pdfx, what=", ".join(broken))
    if facts.fonts:
        yield booking.say("E523", _ways([NEW_FILE, CONVERT]), fonts=", ".join(facts.fonts))
    if facts.spots:
        yield booking.say("E526", _ways([CONVERT, NEW_FILE]), spots=", ".join(facts.spots))
    limit = booking.condition.ink_limit
    if facts.ink > limit:
        yield booking.say("E525", _ways([CONVERT, NEW_FILE]), ink=facts.ink, limit=f"{limit:g}")
    foreign = [name for name in colours(facts) if name not in PLATES[booking.ink]]
    if foreign:
        yield booking.say("E527", _ways([CONVERT, NEW_FILE]), inks=", ".join(foreign), ink=booking.ink)


def artwork_findings(
    artwork: Artwork, variant: VariantName, condition: PrintCondition, ink: InkCount
) -> Iterator[Diagnostic]:
    """Yield E533 where a PDF page of our own (nameplate, logo, chart) holds what the press does not take."""
    facts = artwork.facts
    found = breaks(facts, variant)
    found += [f"font {name} not embedded" for name in facts.fonts]
    found += [f"spot colour {name}" for name in facts.spots]
    if facts.ink > condition.ink_limit:
        found.append(f"{facts.ink} % of ink, at most {condition.ink_limit:g} %")
    found += [f"{name} where the page has {ink} alone" for name in colours(facts) if name not in PLATES[ink]]
    if found:
        yield finding("E533", file=PurePath(artwork.file).name, flavour=VARIANTS[variant].pdfx, what=", ".join(found))


def breaks(facts: Facts, variant: VariantName) -> list[str]:
    """Return what of a page a flavour does not take; x4 takes light with a profile, which placing sees to."""
    found = [*facts.filters, *facts.odd]
    if variant == "x1a":
        found += [*facts.rgb, *(name for name in facts.calibrated if name not in facts.rgb), *facts.transparency]
    return found


def colours(facts: Facts) -> list[str]:
    """Return the inks that a page prints in, as far as can be seen; light needs all of them."""
    if facts.rgb or "ICCBased CMYK" in facts.calibrated:
        return list(NAMES)
    return [name for name, share in zip(NAMES, facts.inks, strict=True) if share > TRACE]


def _ways(ways: list[str]) -> str:
    return "ways out: " + "; ".join(ways)
