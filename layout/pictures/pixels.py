"""Picture files as pixels: upright, without transparency, cropped and reduced to what the press can show."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image

Crop = tuple[float, float, float, float]
"""A part of an upright picture, (x0, y0, x1, y1) as fractions of its sides."""

MOST_PIXELS: Final = 120_000_000
"""Larger pictures are refused: more than any camera makes, less than what exhausts a machine's memory."""

LINE_ART_PPI: Final = 1_200
"""Most resolution of one-bit pictures; the condition's limit is for continuous tone."""

MPT_PER_INCH: Final = 72_000


def decoded(source: bytes) -> Image.Image:
    """Return the upright picture in mode 1, L, RGB, LAB or CMYK, transparency laid on white."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - 20 ms to import

    image: Image.Image = Image.open(BytesIO(source))
    if image.width * image.height > MOST_PIXELS:
        message = f"it has {image.width * image.height // 1_000_000} million pixels"
        raise ValueError(message)
    image.load()
    profile = image.info.get("icc_profile")
    if _is_grey_png(source) and image.mode == "RGBA":
        image = image.convert("LA")  # Pillow makes colour of grey with alpha in 16 bits
    image = _flattened(ImageOps.exif_transpose(image))
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    elif image.mode == "F":
        message = "floating-point pixels have no known white"
        raise ValueError(message)
    elif image.mode not in {"1", "L", "RGB", "LAB", "CMYK"}:
        image = image.convert("RGB")
    image.info["icc_profile"] = profile
    return image


def _is_grey_png(source: bytes) -> bool:
    """Return whether a file is a PNG of grey with alpha (PNG 1.2, 4.1.1: colour type 4)."""
    return source[:8] == b"\x89PNG\r\n\x1a\n" and source[25:26] == b"\x04"


def _flattened(image: Image.Image) -> Image.Image:
    """Return the picture without transparency, on white."""
    from PIL import Image  # noqa: PLC0415 - 20 ms to import

    if image.mode == "P" and "transparency" not in image.info:
        return image.convert("RGB")
    if not image.has_transparency_data:
        return image
    grey = image.mode in {"1", "L", "LA", "La", "I", "I;16"}
    layer = image.convert("LA" if grey else "RGBA")
    ground = Image.new("L" if grey else "RGB", image.size, "white")
    ground.paste(layer.convert(ground.mode), mask=layer.getchannel("A"))
    return ground


def cropped(image: Image.Image, crop: Crop, size: tuple[int, int], max_ppi: int) -> tuple[Image.Image, int]:
    """Return the part shown, reduced where it has more than `max_ppi`, and the file's resolution at this size."""
    from PIL import Image  # noqa: PLC0415 - 20 ms to import

    left, top = round(crop[0] * image.width), round(crop[1] * image.height)
    right, bottom = max(left + 1, round(crop[2] * image.width)), max(top + 1, round(crop[3] * image.height))
    if min(left, top) < 0 or right > image.width or bottom > image.height:
        message = f"crop {crop} leaves the picture"
        raise ValueError(message)
    box = (left, top, right, bottom)
    across, down = size[0] / MPT_PER_INCH, size[1] / MPT_PER_INCH
    ppi = min((right - left) / across, (bottom - top) / down)
    most = LINE_ART_PPI if image.mode == "1" else max_ppi
    if ppi <= most:
        return image.crop(box), round(ppi)
    target = (max(1, round(across * most)), max(1, round(down * most)))
    if image.mode == "1":
        sharp = image.convert("L").resize(target, Image.Resampling.LANCZOS, box)
        return sharp.convert("1", dither=Image.Dither.NONE), round(ppi)
    return image.resize(target, Image.Resampling.LANCZOS, box), round(ppi)


SHARPEN_RADIUS: Final = 1.2
"""Pixels at the press's resolution: about a tenth of a millimetre at 300 ppi, what the screen swallows."""

SHARPEN_THRESHOLD: Final = 3
"""Steps of 255 below which differences are grain, which is not sharpened."""


def sharpened(image: Image.Image, percent: int) -> Image.Image:
    """Return a picture of continuous tone sharpened against the softness of paper and screen (unsharp masking)."""
    from PIL import ImageFilter  # noqa: PLC0415 - 20 ms to import

    if not percent or image.mode not in {"L", "RGB", "CMYK"}:
        return image
    return image.filter(ImageFilter.UnsharpMask(SHARPEN_RADIUS, percent, SHARPEN_THRESHOLD))
