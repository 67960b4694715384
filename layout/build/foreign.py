"""Foreign matter on a page: artwork read apart, adverts checked under their own names, and what replaces them.

An advert that cannot be placed leaves a marked hole; one that is to be converted becomes a picture. Other artwork
that cannot be read is left out and reported.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from layout.diagnostics import OutputError
from layout.display import Form, Picture
from layout.geometry import MM, mm
from layout.page.furniture.adverts import ARTWORK, WHOLE, check_size, draw_fault, own_rect
from layout.page.furniture.drawn import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.condition import PrintCondition
    from layout.diagnostics import Diagnostic
    from layout.display import Op, Sheet
    from layout.fontbook import Fontbook
    from layout.model import Advert, Page
    from layout.pdf.artwork import Artwork
    from layout.pdf.booked import Booking
    from layout.pdf.variants import VariantName
    from layout.pictures import Prepared
    from layout.style import Style


@dataclass(slots=True, kw_only=True)
class Foreign:
    """A page's foreign matter while it is taken in.

    Attributes:
        page: the page.
        style: its style.
        book: the faces.
        variant: the flavour of press file.
        condition: the print condition.
        artwork: foreign pages that are placed, by file and page number.
        rasters: the bytes of converted pages, by the name that their pictures have.
        findings: what is to be said.
    """

    page: Page
    style: Style
    book: Fontbook
    variant: VariantName
    condition: PrintCondition
    artwork: dict[tuple[str, int], Artwork] = field(default_factory=dict)
    rasters: dict[str, bytes] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def take_in(self, sheet: Sheet) -> Sheet:
        """Return the sheet with its forms read, checked, and replaced where need be."""
        ops: list[Op] = []
        for op in sheet.ops:
            if not isinstance(op, Form):
                ops.append(op)
            elif (advert := self._advert(op)) is not None:
                ops.extend(self._booked(op, advert))
            else:
                ops.extend(self._plain(op))
        return replace(sheet, ops=tuple(ops))

    def check_picture(self, op: Picture, picture: Prepared) -> Iterator[Op]:
        """Yield a picture's operation, or the marked hole of an advert's picture that cannot be decoded.

        A story's pictures are reported where stories are read and set, but for those that cannot be decoded.
        """
        advert = self._advert(op)
        if advert is None or op.file in self.rasters:
            self.findings.extend(
                replace(item, page=self.page.id) for item in picture.findings if item.code == "E513" or advert
            )
            yield op
            return
        booking = self._booking(advert)
        for item in picture.findings:
            values = dict(item.values)
            match item.code:
                case "E513":
                    self.findings.append(booking.say("E521", file=values["file"], problem=values["problem"]))
                    yield from self._fault(advert, op)
                    return
                case "E512" | "W511":
                    code = "E524" if item.code == "E512" else "W524"
                    self.findings.append(booking.say(code, ppi=values["ppi"], limit=values["limit"]))
        yield op

    def _plain(self, op: Form) -> Iterator[Op]:
        """Yield a form that is no advert, unless it cannot be read."""
        from layout.pdf.booked import artwork_findings  # noqa: PLC0415 - not on every page

        try:
            artwork = self._read(op)
        except OutputError as problem:
            self.findings.extend(replace(item, page=self.page.id) for item in problem.diagnostics)
        else:
            story = "" if op.key.story == PAGE else op.key.story
            found = artwork_findings(artwork, self.variant, self.condition, self.page.ink)
            self.findings.extend(replace(item, page=self.page.id, story=story) for item in found)
            yield op

    def _booked(self, op: Form, advert: Advert) -> Iterator[Op]:
        """Yield an advert's form, the picture it is converted to, or its marked hole."""
        from layout.pdf.booked import advert_findings  # noqa: PLC0415 - not on every page

        booking = self._booking(advert)
        try:
            artwork = self._read(op)
        except OutputError as problem:
            told = dict(problem.diagnostics[0].values)
            self.findings.append(booking.say("E521", file=told["file"], problem=told["problem"]))
            yield from self._fault(advert, op)
            return
        size = artwork.width / MM, artwork.height / MM
        sized = [replace(item, page=self.page.id) for item in check_size(advert, size, self.style)]
        self.findings.extend([*sized, *advert_findings(booking, artwork)])
        if any(item.code == "E120" for item in sized):
            yield from self._fault(advert, op)
        elif op.convert:
            name = f"{Path(op.file).name}#{op.page + 1}"
            self.rasters[name] = artwork.picture
            yield Picture(op.key, own_rect(size, op.rect), name, WHOLE)
        else:
            yield op

    def _read(self, op: Form) -> Artwork:
        from layout.pdf.artwork import read_artwork  # noqa: PLC0415 - not on every page

        if op.convert:
            return read_artwork(op.file, op.page, picture=True)
        key = op.file, op.page
        if key not in self.artwork:
            self.artwork[key] = read_artwork(*key)
        return self.artwork[key]

    def _fault(self, advert: Advert, op: Form | Picture) -> Iterator[Op]:
        size = mm(advert.width), mm(advert.height)
        rect = own_rect((advert.width, advert.height), op.rect) if size != (op.rect.width, op.rect.height) else op.rect
        yield from draw_fault(advert, rect, self.style, self.book).ops

    def _advert(self, op: Form | Picture) -> Advert | None:
        if op.key.part != ARTWORK:
            return None
        return next((advert for advert in self.page.adverts if advert.id == op.key.story), None)

    def _booking(self, advert: Advert) -> Booking:
        from layout.pdf.booked import Booking  # noqa: PLC0415 - not on every page

        return Booking(
            advert=advert,
            page=self.page.id,
            variant=self.variant,
            condition=self.condition,
            ink=self.page.ink,
        )
