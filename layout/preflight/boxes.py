"""Rules about pages as sheets: boxes, turn, size, annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pikepdf

from layout.preflight.report import Sheet
from layout.preflight.rules import LIMITS
from layout.preflight.walk import inherited, numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.preflight.report import Box, Findings

MM: Final = 25.4 / 72
OFF_PAGE: Final = frozenset({"/TrapNet", "/PrinterMark"})
"""Annotations that belong to the press and may stand on the page (print.md 1, A1)."""

A4: Final[Box] = (0, 0, 595.276, 841.89)
"""What a page without any box is taken for, so that checking can go on."""


def box(page: pikepdf.Object, key: str) -> Box | None:
    """Return a page box as left, bottom, right, top in points, or None where it is absent or is none."""
    stated = inherited(page, key) if key in {"/MediaBox", "/CropBox"} else page.get(key)
    edges = numbers(stated, 4)
    if edges is None:
        return None
    x0, y0, x1, y1 = edges
    made = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return made if made[0] < made[2] and made[1] < made[3] else None


def trim_box(page: pikepdf.Object) -> Box:
    """Return the finished page's box, or the next best one."""
    found = (box(page, key) for key in ("/TrimBox", "/ArtBox", "/CropBox", "/MediaBox"))
    return next((made for made in found if made), A4)


def bleed_box(page: pikepdf.Object) -> Box:
    """Return what is printed: the finished page and what is cut off."""
    return box(page, "/BleedBox") or trim_box(page)


def sheets(pdf: pikepdf.Pdf) -> list[Sheet]:
    """Return all pages as findings name them: by label where the file has labels, else by number."""
    labelled = "/PageLabels" in pdf.Root
    named = enumerate(pdf.pages, 1)
    return [Sheet(str(page.label) if labelled else str(number), trim_box(page.obj)) for number, page in named]


def check_boxes(pages: Sequence[pikepdf.Object], sheets: Sequence[Sheet], findings: Findings) -> None:
    """Hold boxes, turn, size and annotations of all pages to their rules."""
    for page, sheet in zip(pages, sheets, strict=True):
        _boxes(page, sheet, findings)
        if "/UserUnit" in page:
            findings.add("E734", sheet)
        angle = inherited(page, "/Rotate") or 0
        if angle != 0:
            findings.add("W735", sheet, angle=angle)
        _size(sheet, sheets[0], findings)
        _annotations(page, sheet, findings)


def _boxes(page: pikepdf.Object, sheet: Sheet, findings: Findings) -> None:
    media, trim, art = (box(page, f"/{name}Box") for name in ("Media", "Trim", "Art"))
    if media is None:
        findings.add("E731", sheet, problem="there is no MediaBox", problem_zh="没有 MediaBox")
    if trim is None and art is None:
        findings.add("E731", sheet, problem="there is no TrimBox", problem_zh="没有 TrimBox")
    if "/TrimBox" in page and "/ArtBox" in page:
        findings.add(
            "E731", sheet, problem="there are both a TrimBox and an ArtBox", problem_zh="兼有 TrimBox 与 ArtBox"
        )
    finished, bleed, crop = trim or art, box(page, "/BleedBox"), box(page, "/CropBox")
    name = "TrimBox" if trim else "ArtBox"
    nests = (
        (name, finished, "BleedBox", bleed),
        (name, finished, "MediaBox", media),
        ("BleedBox", bleed, "MediaBox", media),
        (name, finished, "CropBox", crop),
    )
    for inner, small, outer, large in nests:
        if small and large and not within(small, large):
            findings.add("E732", sheet, inner=inner, outer=outer)


def within(inner: Box, outer: Box) -> bool:
    """Return whether a box lies inside another, to the tolerance of numbers in files."""
    by = LIMITS.box_tolerance
    return (
        inner[0] >= outer[0] - by
        and inner[1] >= outer[1] - by
        and inner[2] <= outer[2] + by
        and inner[3] <= outer[3] + by
    )


def overlap(one: Box, other: Box) -> Box | None:
    """Return what two boxes share, or None."""
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if left < right and bottom < top else None


def _size(sheet: Sheet, first: Sheet, findings: Findings) -> None:
    width, height = _extent(sheet.trim)
    first_width, first_height = _extent(first.trim)
    if abs(width - first_width) > 1 or abs(height - first_height) > 1:
        findings.add(
            "W736",
            sheet,
            width=f"{width * MM:.0f}",
            height=f"{height * MM:.0f}",
            first_width=f"{first_width * MM:.0f}",
            first_height=f"{first_height * MM:.0f}",
        )


def _extent(sides: Box) -> tuple[float, float]:
    return sides[2] - sides[0], sides[3] - sides[1]


def _annotations(page: pikepdf.Object, sheet: Sheet, findings: Findings) -> None:
    listed = page.get("/Annots")
    if not isinstance(listed, pikepdf.Array):
        return
    page_area = bleed_box(page)
    for item in listed:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Subtype") in OFF_PAGE:
            continue
        place = box(item, "/Rect")
        shared = overlap(place, page_area) if place else page_area
        if shared:
            findings.add("E774", sheet, shared, kind=str(item.get("/Subtype", "/?"))[1:])
