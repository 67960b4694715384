"""The press soft proof: a page as it will look in newspaper inks on newsprint, from its plates.

Plates carry overprint; the print condition's profile says what the inks look like. Absolute colorimetric keeps the
grey of the paper.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from layout.plates import PROCESS, PROOF_DPI, separate

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from layout.plates import Plates

LEVEL: Final = 3
"""Deflate level of PNG files, as for previews."""


def soft_proof(plates: Plates, profile: Path) -> Image.Image:
    """Return plates as an sRGB picture through an ICC profile, paper white included; spot colours are left out."""
    from PIL import Image, ImageCms  # noqa: PLC0415 - 45 ms to import

    press = ImageCms.ImageCmsProfile(BytesIO(profile.read_bytes()))
    screen = ImageCms.createProfile("sRGB")
    made = Image.merge("CMYK", [plates.inks[name] for name in PROCESS])
    intent = ImageCms.Intent.ABSOLUTE_COLORIMETRIC
    shown = ImageCms.profileToProfile(made, press, screen, renderingIntent=intent, outputMode="RGB")
    assert shown is not None  # it is in place only that nothing is returned
    return shown


def soft_proof_png(data: bytes, page: int, profile: Path, dpi: float = PROOF_DPI) -> bytes:
    """Return the press soft proof of a page as a PNG file.

    Raises:
        SeparationError: the page cannot be separated.
    """
    out = BytesIO()
    soft_proof(separate(data, page, dpi, str(profile)), profile).save(out, "PNG", compress_level=LEVEL, dpi=(dpi, dpi))
    return out.getvalue()
