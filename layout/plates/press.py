"""From any colour to the press's inks: process inks as they are, spot colours by name, RGB through the profile."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.plates import PROCESS, SeparationError
from layout.plates.colours import ALL, NONE, Space, inks

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageCms import ImageCmsTransform

FULL: Final = 255
RGB: Final = frozenset({"DeviceRGB", "CalRGB"})


@dataclass(frozen=True, slots=True)
class Tint:
    """What a paint puts on plates: ink by name, 0 to 1, none left out that it knocks out.

    `names` are the plates that it marks when it overprints: all of the process, or the colourants it names; `direct`
    says that it is DeviceCMYK, which overprint mode 1 is about.
    """

    inks: tuple[tuple[str, float], ...]
    names: frozenset[str]
    direct: bool = False

    def on(self, plate: str) -> float:
        """Return how much of a plate's ink it prints."""
        found = dict(self.inks)
        return found.get(plate, found.get(ALL, 0.0))


def tint(space: Space, values: tuple[float, ...], profile: str) -> Tint:
    """Return what a colour puts on plates.

    Raises:
        SeparationError: its space is none that is known here.
    """
    values = tuple(min(1.0, max(0.0, value)) for value in values) if space.family != "Lab" else values
    if space.family in {"Separation", "DeviceN"} and len(values) == len(space.names):
        named = tuple((name, value) for name, value in zip(space.names, values, strict=True) if name != NONE)
        marks = frozenset(name for name, _ in named)
        return Tint(named, frozenset(PROCESS) if ALL in marks else marks)
    found = inks(space, values)
    if found is None and len(values) == 3 and (space.family in RGB or space.family == "ICCBased"):
        found = _converted("RGB", tuple(round(value * FULL) for value in values), profile)
    if found is None and len(values) == 3 and space.family == "Lab":
        light, a, b = values
        lab = round(light * 2.55), round(a) & 0xFF, round(b) & 0xFF
        found = _converted("LAB", lab, profile)
    if found is None:
        message = f"colour in {space.family}"
        raise SeparationError(message)
    direct = space.family == "DeviceCMYK"
    return Tint(tuple(zip(PROCESS, found, strict=True)), frozenset(PROCESS), direct)


@lru_cache(maxsize=4096)
def _converted(mode: str, values: tuple[int, ...], profile: str) -> tuple[float, float, float, float]:
    from PIL import Image  # noqa: PLC0415 - 20 ms to import

    pixel = to_cmyk(Image.frombytes(mode, (1, 1), bytes(values)), profile).tobytes()
    return pixel[0] / FULL, pixel[1] / FULL, pixel[2] / FULL, pixel[3] / FULL


def to_cmyk(image: Image.Image, profile: str) -> Image.Image:
    """Return an RGB (taken for sRGB) or Lab picture in the press's inks, perceptually."""
    if not profile:
        return image.convert("RGB").convert("CMYK")
    return _transform(image.mode, profile).apply(image)


@lru_cache(maxsize=4)
def _transform(mode: str, profile: str) -> ImageCmsTransform:
    from PIL import ImageCms  # noqa: PLC0415 - 25 ms to import

    source = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB" if mode == "RGB" else "LAB"))
    press = ImageCms.ImageCmsProfile(BytesIO(Path(profile).read_bytes()))
    return ImageCms.buildTransform(source, press, mode, "CMYK", ImageCms.Intent.PERCEPTUAL)
