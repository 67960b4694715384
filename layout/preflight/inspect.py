"""The rules, all of them, held against a file's bytes in this process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from layout.diagnostics import collate
from layout.plates import MAP_DPI, SeparationError, separate
from layout.plates.ink import heavy_areas, largest_ink
from layout.preflight.boxes import bleed_box, box, check_boxes, sheets, trim_box
from layout.preflight.content import Fault, Reader
from layout.preflight.document import check_document, claimed, packed
from layout.preflight.fonts import check_font
from layout.preflight.objects import check_object
from layout.preflight.painting import PaintRules
from layout.preflight.report import Findings, Sheet
from layout.preflight.rules import FLAVOURS, LIMITS
from layout.preflight.typefaces import Typefaces
from layout.preflight.walk import MOST_OBJECTS, MOST_PAGES, TooMuchError, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layout.condition import PrintCondition
    from layout.diagnostics import Diagnostic
    from layout.preflight.rules import FlavourName

DEFAULT: Final = "x1a"
"""What a file is held to that does not say what it is: the safe default of newspaper plants."""


NO_ROOM: Final = "bad_alloc"
"""What qpdf says of a stream that would not fit into memory."""

_NAME: Final = re.compile(r"(?:stream )?<_io\.BytesIO object[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What preflight says of one file.

    Attributes:
        flavour: what it was held to.
        title: what the file says it is, "" for nothing.
        pages: how many there are.
        findings: sorted; their places are in mpt from the trim box's upper left corner.
        ink: page name → ink → mean coverage in per cent, and `largest` → the largest average over 15 mm²; empty
            where no plates were made.
    """

    flavour: FlavourName
    title: str
    pages: int
    findings: tuple[Diagnostic, ...]
    ink: Mapping[str, Mapping[str, float]]


def inspect(data: bytes, condition: PrintCondition, flavour: FlavourName | None = None) -> Report:
    """Return what the rules say of a file, all but those about plates.

    Args:
        data: the file.
        condition: the press it is for.
        flavour: what it is held to; by default what it says it is, else PDF/X-1a.
    """
    findings = Findings(flavour or DEFAULT)
    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            stated, title = claimed(pdf)
            wanted = flavour or stated or DEFAULT
            findings = Findings(wanted)
            pages, names = 0, []
            try:
                names = [sheet.name for sheet in _sheets(pdf)]
                pages = len(names)
                _inspect(data, pdf, wanted, condition, findings)
            except TooMuchError as problem:
                findings.add("E709", problem=problem)
            for warning in pdf.get_warnings()[:3]:
                if NO_ROOM in str(warning):
                    findings.add("E709", problem="memory")
                else:
                    findings.add("E708", problem=_plain(warning))
            return Report(flavour=wanted, title=title, pages=pages, findings=in_order(findings.all(), names), ink={})
    except pikepdf.PasswordError:
        findings.add("E704")
    except (MemoryError, RecursionError):
        findings.add("E709", problem="memory")
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError) as problem:
        findings.add("E700", problem=_plain(problem))
    return Report(flavour=flavour or DEFAULT, title="", pages=0, findings=in_order(findings.all(), []), ink={})


def _plain(problem: object) -> str:
    """Return a library's message without the name it gives to bytes, which is another one every time."""
    return " ".join(_NAME.sub("", str(problem)).split()).removeprefix(": ")


def in_order(findings: Iterable[Diagnostic], pages: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Return findings about the file first, then page by page, by code and place."""
    numbers = {"": -1} | {name: number for number, name in reversed(list(enumerate(pages)))}
    return tuple(sorted(collate(findings), key=lambda item: (numbers.get(item.page, len(pages)), item.order)))


def _sheets(pdf: pikepdf.Pdf) -> list[Sheet]:
    """Return the pages of a file that is not too large to be looked at.

    Raises:
        TooMuchError: it is.
    """
    for count, most, what in (
        (len(pdf.objects), MOST_OBJECTS, "objects"),
        (len(pdf.pages), MOST_PAGES, "pages"),
    ):
        if count > most:
            message = f"{count} {what}"
            raise TooMuchError(message)
    return sheets(pdf)


def _inspect(
    data: bytes, pdf: pikepdf.Pdf, flavour_name: FlavourName, condition: PrintCondition, findings: Findings
) -> None:
    """Run all rules."""
    flavour = FLAVOURS[flavour_name]
    packed(data, findings)
    check_document(data, pdf, flavour, condition, findings)
    named = sheets(pdf)
    for node in walk(pdf):
        check_object(node, named[node.page] if node.page is not None else None, flavour, findings)
    pages = [page.obj for page in pdf.pages]
    check_boxes(pages, named, findings)
    typefaces = Typefaces()
    intent = _intent_profile(pdf)
    for page, sheet in zip(pages, named, strict=True):
        typefaces.sheet = sheet
        rules = PaintRules(sheet, bleed_box(page), flavour, condition, intent, findings)
        painted = False
        for paint in Reader(page, box(page, "/MediaBox") or trim_box(page), typefaces).paints():
            if isinstance(paint, Fault):
                _fault(paint, sheet, findings)
                continue
            painted = True
            rules.check(paint)
        if not painted:
            findings.add("W737", sheet)
    for face in typefaces.used():
        check_font(face, findings)


def _fault(fault: Fault, sheet: Sheet, findings: Findings) -> None:
    name = {"E771": "what", "E779": "name"}.get(fault.code, "problem")
    values: dict[str, Any] = {name: fault.word}
    findings.add(fault.code, sheet, **values)


def _intent_profile(pdf: pikepdf.Pdf) -> str:
    """Return the hash of the output intent's profile, "" where there is none."""
    import hashlib  # noqa: PLC0415 - brings OpenSSL

    for intent in pdf.Root.get("/OutputIntents", []):
        if isinstance(intent, pikepdf.Dictionary) and isinstance(intent.get("/DestOutputProfile"), pikepdf.Stream):
            return hashlib.sha256(intent.DestOutputProfile.read_bytes()).hexdigest()
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InkReport:
    """What plates say of one page: findings, mean coverage by ink in per cent, the largest average over 15 mm²."""

    findings: tuple[Diagnostic, ...]
    coverage: Mapping[str, float]
    largest: float


def weigh_ink(data: bytes, page: int, condition: PrintCondition, dpi: float = MAP_DPI) -> InkReport:
    """Return what the plates of a page say about its ink.

    Args:
        data: the file.
        page: counted from 0.
        condition: gives the limit.
        dpi: resolution of the plates.
    """
    findings = Findings(DEFAULT)
    with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
        sheet = sheets(pdf)[page]
    try:
        plates = separate(data, page, dpi, condition.profile)
    except SeparationError as problem:
        findings.add("W793", sheet, problem=problem)
        return InkReport(findings=findings.all(), coverage={}, largest=0)
    for place in heavy_areas(plates, LIMITS.ink_area, condition.ink_limit + ROUNDING):
        values = {"total": f"{place.total:.0f}", "area": f"{LIMITS.ink_area:g}", "limit": f"{condition.ink_limit:g}"}
        findings.add("E792", sheet, place.box, **values)
    coverage = {name: round(value, 2) for name, value in plates.coverage.items()}
    return InkReport(findings=findings.all(), coverage=coverage, largest=round(largest_ink(plates, LIMITS.ink_area), 1))


ROUNDING: Final = 2.0
"""Per cent that eight-bit plates, four of them, may add up to by rounding and by JPEG's own noise."""
