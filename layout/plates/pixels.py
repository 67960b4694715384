"""Pictures of a file as tones of inks, decoded no finer than a drawing shows them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from layout.plates import PROCESS, SeparationError
from layout.plates.colours import Space, space_of
from layout.plates.press import to_cmyk

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS: Final = 120_000_000
"""Pixels of a picture that is decoded: a broadsheet page at 400 ppi has some fifty million."""

BYTE: Final = 8
MODES: Final = {4: "CMYK", 3: "RGB", 1: "L"}


class Pixels:
    """Pictures already decoded, so that every plate is cut from the same pixels."""

    def __init__(self, profile: str) -> None:
        """Start with none; `profile` takes RGB to inks."""
        self.profile = profile
        self._decoded: dict[tuple[object, ...], Image.Image] = {}

    def tones(
        self, obj: pikepdf.Object, size: tuple[int, int], plates: tuple[str, ...], resources: pikepdf.Object
    ) -> Image.Image:
        """Return a picture as light tones, 255 being paper: mode L for one plate, RGB for three.

        Args:
            obj: the picture.
            size: the pixels that are wanted; finer pictures are averaged down to them.
            plates: names of inks.
            resources: where its colour space may be named.

        Raises:
            SeparationError: it is of a kind that is not read here.
        """
        key = (obj.objgen, size)
        image = self._decoded.get(key) if obj.is_indirect else None
        if image is None:
            image = self.inked(_averaged(_opened(obj, size, resources), size))
            if obj.is_indirect:
                self._decoded[key] = image
        return cut(image, plates)

    def inked(self, image: Image.Image) -> Image.Image:
        """Return a picture of mode RGB in the press's inks, others as they are."""
        return to_cmyk(image, self.profile) if image.mode == "RGB" else image


def cut(image: Image.Image, plates: tuple[str, ...]) -> Image.Image:
    """Return the tones of these plates of a picture of mode CMYK (255 being full ink) or L (255 being paper)."""
    from PIL import Image, ImageChops  # noqa: PLC0415 - 20 ms to import

    if image.mode == "L" and plates == PROCESS[3:]:
        return image
    if image.mode == "L" or not set(plates) <= set(PROCESS):
        return Image.new("L" if len(plates) == 1 else "RGB", (1, 1), "white")
    bands = dict(zip(PROCESS, image.split(), strict=True))
    chosen = [bands[name] for name in plates]
    return ImageChops.invert(chosen[0] if len(chosen) == 1 else Image.merge("RGB", chosen))


def _opened(obj: pikepdf.Object, size: tuple[int, int], resources: pikepdf.Object) -> Image.Image:
    """Return a picture in mode CMYK (255 being full ink), RGB or L (255 being paper)."""
    space = space_of(obj.get("/ColorSpace"), resources)
    bits = int(obj.get("/BitsPerComponent", BYTE))
    width, height = int(obj.get("/Width", 0)), int(obj.get("/Height", 0))
    if not 0 < width * height <= MOST_PIXELS:
        message = f"a picture of {width} × {height} pixels"
        raise SeparationError(message)
    if isinstance(obj.get("/Mask"), pikepdf.Array):
        message = "a picture masked by colours"
        raise SeparationError(message)
    mode = _mode(space)
    names = [str(name) for name in _listed(obj.get("/Filter"))]
    flipped = False
    if mode is not None and names == ["/DCTDecode"]:
        image = _jpeg(obj.read_raw_bytes(), mode, size)
        # Pillow turns CMYK of JPEG files over, as Adobe's are; what the file means is said by its Decode array.
        flipped = mode == "CMYK"
    elif mode is not None and bits == BYTE:
        image = _plain(obj, mode, (width, height))
    else:
        assert isinstance(obj, pikepdf.Stream)
        return by_library(pikepdf.PdfImage(obj))
    decode = [float(value) for value in _listed(obj.get("/Decode"))]
    # A tint of black is ink where grey is light.
    if (decode[:2] == [1.0, 0.0]) ^ flipped ^ bool(space.names):
        from PIL import ImageChops  # noqa: PLC0415 - 20 ms to import

        return ImageChops.invert(image)
    return image


def _mode(space: Space) -> str | None:
    """Return the mode of pixels that are read as they are, or None."""
    if space.family in {"DeviceCMYK", "DeviceRGB", "DeviceGray", "ICCBased", "CalGray", "CalRGB"}:
        return MODES.get(space.components)
    return "L" if space.names == ("Black",) else None


def _listed(value: pikepdf.Object | None) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _jpeg(data: bytes, mode: str, size: tuple[int, int]) -> Image.Image:
    from PIL import Image  # noqa: PLC0415 - 20 ms to import

    try:
        image = Image.open(BytesIO(data))
        image.draft(mode, size)
        image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise SeparationError(str(problem)) from problem
    if image.mode != mode:
        message = f"a JPEG picture of mode {image.mode}"
        raise SeparationError(message)
    return image


def _plain(obj: pikepdf.Object, mode: str, size: tuple[int, int]) -> Image.Image:
    from PIL import Image  # noqa: PLC0415 - 20 ms to import

    try:
        return Image.frombytes(mode, size, obj.read_bytes())
    except (pikepdf.PdfError, ValueError, MemoryError) as problem:
        raise SeparationError(str(problem)) from problem


def by_library(obj: pikepdf.PdfImage | pikepdf.PdfInlineImage) -> Image.Image:
    """Return a palette, 1-bit, 16-bit or inline picture as pikepdf reads it, in mode CMYK, RGB or L.

    Raises:
        SeparationError: it cannot be read.
    """
    try:
        image = obj.as_pil_image()
    except (pikepdf.PdfError, ValueError, TypeError, OSError, NotImplementedError, AttributeError) as problem:
        raise SeparationError(str(problem) or "a picture that cannot be read") from problem
    if image.mode in {"L", "RGB", "CMYK"}:
        return image
    return image.convert("L" if image.mode in {"1", "I", "I;16", "F"} else "RGB")


def _averaged(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    from PIL import Image  # noqa: PLC0415 - 20 ms to import

    wanted = (min(size[0], image.width), min(size[1], image.height))
    return image if wanted == image.size else image.resize(wanted, Image.Resampling.BOX)
