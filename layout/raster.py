"""Page pictures for the screen, rasterised from the finished PDF by PDFium.

The PDF is the single truth: a preview shows what the file shows, not what the display list meant.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

POINTS_PER_INCH: Final = 72

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
