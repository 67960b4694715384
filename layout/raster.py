"""Page pictures for the screen, rasterised from the finished PDF by PDFium.

The PDF is the single truth: a preview shows what the file shows, not what the display list meant.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from PIL import Image

POINTS_PER_INCH: Final = 72

SITE_DPI: Final = {"screen": 110, "reading": 200}
"""Resolutions of the proof site's pictures: a page at a glance, and body type at twice its size."""

THUMB_WIDTH: Final = 240
"""Pixels across a thumbnail."""

_WEBP: Final = {"quality": 80, "method": 2}
"""Type stays clean at 80; methods above 2 cost twice the time for three per cent."""

LEVEL: Final = 3
"""Deflate level of PNG files: a third of level 6's time for pages a tenth larger."""


def bitmap(pdf: bytes | Path, page: int, dpi: float) -> Image.Image:
    """Return a page as an RGB picture.

    Args:
        pdf: the file or its bytes.
        page: counted from 0.
        dpi: pixels an inch.

    Raises:
        ValueError: the file has no such page.
        OSError: the file cannot be read.
    """
    with _opened(pdf) as document:
        _check_page(page, len(document))
        drawn = document[page].render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True)
        image: Image.Image = drawn.to_pil()
        return image.convert("RGB")


def _opened(pdf: bytes | Path) -> Any:  # noqa: ANN401 - pypdfium2 has no stubs
    import pypdfium2  # noqa: PLC0415 - 50 ms to import

    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as problem:
        message = f"cannot be rendered: {problem}"
        raise OSError(message) from problem


def _check_page(page: int, count: int) -> None:
    if not 0 <= page < count:
        message = f"no page {page + 1} of {count}"
        raise ValueError(message)


def render(pdf: bytes | Path, page: int, dpi: float) -> bytes:
    """Return a page as a PNG file; arguments and errors as for `bitmap`."""
    out = BytesIO()
    bitmap(pdf, page, dpi).save(out, "PNG", compress_level=LEVEL, dpi=(dpi, dpi))
    return out.getvalue()


def site_pictures(pdf: bytes | Path, page: int = 0, kinds: Collection[str] = frozenset(SITE_DPI)) -> dict[str, bytes]:
    """Return a page's pictures for the proof site as WebP by kind: `thumb`, `screen`, `reading`; errors as `bitmap`.

    They show the trimmed page: what lies outside the TrimBox is no part of what is read. `kinds` leaves resolutions
    out; the thumbnail comes with the screen's.
    """
    from PIL import Image  # noqa: PLC0415 - with the pictures

    made = {}
    for kind, dpi in SITE_DPI.items():
        if kind not in kinds:
            continue
        image = _trimmed(pdf, page, dpi)
        made[kind] = _webp(image)
        if kind == "screen":
            height = round(image.height * THUMB_WIDTH / image.width)
            made["thumb"] = _webp(image.resize((THUMB_WIDTH, height), Image.Resampling.LANCZOS))
    return made


SHEET_WIDTH: Final = 1800
SHEET_COLUMNS: Final = 4
SHEET_GAP: Final = 24
_GROUND: Final = (233, 230, 223)


def contact_sheet(pages: Sequence[bytes]) -> bytes:
    """Return all pages of an issue on one PNG, four across, in their order, each as wide as its share of the row."""
    from PIL import Image  # noqa: PLC0415 - with the pictures

    width = (SHEET_WIDTH - SHEET_GAP * (SHEET_COLUMNS + 1)) // SHEET_COLUMNS
    small = []
    for page in pages:
        opened = Image.open(BytesIO(page))
        small.append(opened.resize((width, round(opened.height * width / opened.width)), Image.Resampling.LANCZOS))
    rows = [small[at : at + SHEET_COLUMNS] for at in range(0, len(small), SHEET_COLUMNS)]
    height = SHEET_GAP + sum(max(image.height for image in row) + SHEET_GAP for row in rows)
    sheet = Image.new("RGB", (SHEET_WIDTH, height), _GROUND)
    top = SHEET_GAP
    for row in rows:
        for column, image in enumerate(row):
            sheet.paste(image, (SHEET_GAP + column * (width + SHEET_GAP), top))
        top += max(image.height for image in row) + SHEET_GAP
    out = BytesIO()
    sheet.save(out, "PNG", compress_level=LEVEL)
    return out.getvalue()


def _trimmed(pdf: bytes | Path, page: int, dpi: float) -> Image.Image:
    image = bitmap(pdf, page, dpi)
    with _opened(pdf) as document:
        left, foot, right, top = document[page].get_cropbox()
        trim = document[page].get_trimbox()
    scale = dpi / POINTS_PER_INCH
    if trim == (left, foot, right, top):
        return image
    box = (trim[0] - left, top - trim[3], trim[2] - left, top - trim[1])
    return image.crop(tuple(round(value * scale) for value in box))


def _webp(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", **_WEBP)
    return out.getvalue()


def page_count(pdf: bytes | Path) -> int:
    """Return how many pages a file has.

    Raises:
        OSError: the file cannot be read.
    """
    with _opened(pdf) as document:
        return len(document)


def page_text(pdf: bytes | Path, page: int) -> str:
    """Return the characters of a page in the order of its content; arguments and errors as for `bitmap`."""
    with _opened(pdf) as document:
        _check_page(page, len(document))
        text: str = document[page].get_textpage().get_text_bounded()
        return text
