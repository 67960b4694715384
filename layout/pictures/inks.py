"""Pixels in the press's inks, through ICC profiles (littleCMS): perceptual intent, ink limit kept."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image
    from PIL.ImageCms import ImageCmsTransform

    from layout.color import InkCount
    from layout.condition import PrintCondition

FULL: Final = 255
"""The value of full ink in CMYK pixels, and of paper in grey ones."""


def separated(image: Image.Image, profile: bytes | None, condition: PrintCondition, ink: InkCount) -> Image.Image:
    """Return the picture in the press's inks: mode L, 255 being paper, or CMYK, 255 being full ink."""
    source = _source_profile(image.mode, profile, condition)
    if image.mode == "L" or ink != "cmyk":
        return _grey(image, source).point(_tones(condition.profile))
    if image.mode == "CMYK" and source == profile_bytes(condition.profile):
        return _limited(image, condition.ink_limit)
    target = profile_bytes(condition.profile)
    return _limited(_applied(image, _transform(source, image.mode, target, "CMYK")), condition.ink_limit)


def _source_profile(mode: str, profile: bytes | None, condition: PrintCondition) -> bytes | None:
    """Return the ICC profile of a picture's values; None for Lab values and for grey without a profile.

    A profile that does not belong to the picture's mode, or cannot be read, is left aside.
    """
    from PIL import ImageCms  # noqa: PLC0415 - 25 ms to import

    space = {"L": "GRAY", "RGB": "RGB ", "CMYK": "CMYK"}.get(mode)
    if profile and space is not None and profile[16:20] == space.encode():
        try:
            ImageCms.ImageCmsProfile(BytesIO(profile))
        except (OSError, ImageCms.PyCMSError):
            pass
        else:
            return profile
    if mode == "CMYK":
        return profile_bytes(condition.profile)
    return srgb_profile() if mode == "RGB" else None


def _grey(image: Image.Image, source: bytes | None) -> Image.Image:
    """Return a picture's lightness L*, 255 being 100."""
    if image.mode == "L" and source is None:
        return image.point(_srgb_lightness())
    if image.mode == "LAB":
        return image.getchannel(0)
    return _applied(image, _transform(source, image.mode, None, "LAB")).getchannel(0)


def _applied(image: Image.Image, transform: ImageCmsTransform) -> Image.Image:
    return transform.apply(image)


@lru_cache(maxsize=16)
def _transform(source: bytes | None, source_mode: str, target: bytes | None, target_mode: str) -> ImageCmsTransform:
    """Return a transform with the perceptual intent; None stands for CIE Lab."""
    from PIL import ImageCms  # noqa: PLC0415 - 25 ms to import

    def opened(profile: bytes | None) -> ImageCms.ImageCmsProfile:
        if profile is None:
            return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        return ImageCms.ImageCmsProfile(BytesIO(profile))

    intent = ImageCms.Intent.PERCEPTUAL if target is not None else ImageCms.Intent.RELATIVE_COLORIMETRIC
    return ImageCms.buildTransform(opened(source), opened(target), source_mode, target_mode, intent)


@lru_cache(maxsize=8)
def profile_bytes(profile: str) -> bytes:
    """Return an ICC profile's bytes, read once a process."""
    return Path(profile).read_bytes()


MADE_AT: Final = slice(24, 36)
"""Where a profile's header says when it was made (ICC.1, 7.2.8)."""

SOME_DAY: Final = bytes([7, 232, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])
"""2024-01-01 00:00:00, whenever it is made."""


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """Return an sRGB profile, the same bytes at any time."""
    from PIL import ImageCms  # noqa: PLC0415 - 25 ms to import

    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[MADE_AT] = SOME_DAY
    return bytes(made)


@lru_cache(maxsize=1)
def _srgb_lightness() -> list[int]:
    """Return L* (0 to 255) of every sRGB grey value (IEC 61966-2-1; CIE 15)."""

    def lightness(value: int) -> float:
        share = value / FULL
        light = share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        return 116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light

    return [round(lightness(value) * 2.55) for value in range(FULL + 1)]


@lru_cache(maxsize=8)
def _tones(profile: str) -> list[int]:
    """Return, for every lightness (0 to 255), the grey (255 is paper) whose black ink prints it.

    The perceptual table says how light a tone of that lightness is to come out with all inks; the range it uses is
    stretched onto what black ink alone can print, and the black ramp of the same profile gives the ink.
    """
    from PIL import Image  # noqa: PLC0415 - 20 ms to import

    press = profile_bytes(profile)
    steps = range(0, FULL + 1, 15)
    row = (len(steps), 1)
    lab = Image.frombytes("LAB", row, b"".join(bytes([step, 0, 0]) for step in steps))  # a and b are signed
    ramp = Image.frombytes("CMYK", row, b"".join(bytes([0, 0, 0, step]) for step in steps))
    to_lab = _transform(press, "CMYK", None, "LAB")
    meant = _applied(_applied(lab, _transform(None, "LAB", press, "CMYK")), to_lab).getchannel(0).tobytes()
    black = _applied(ramp, to_lab).getchannel(0).tobytes()
    dark, light = meant[0], meant[-1]
    wanted = [black[-1] + (black[0] - black[-1]) * (value - dark) / (light - dark) for value in meant]
    inks = [_inverse(black, steps, value) for value in wanted]
    return [round(FULL - _between(steps, inks, value)) for value in range(FULL + 1)]


def _between(xs: Sequence[float], ys: Sequence[float], x: float) -> float:
    """Return y at x on the polyline through (xs, ys), xs rising."""
    for left, right, low, high in zip(xs, xs[1:], ys, ys[1:], strict=False):
        if x <= right:
            return low + (high - low) * (x - left) / (right - left)
    return ys[-1]


def _inverse(falling: Sequence[float], xs: Sequence[float], value: float) -> float:
    """Return where a falling polyline through (xs, falling) has a value."""
    for start, end, left, right in zip(falling, falling[1:], xs, xs[1:], strict=False):
        if value >= end and start > end:
            return max(left, left + (right - left) * (start - value) / (start - end))
    return xs[-1]


def _limited(image: Image.Image, limit: float) -> Image.Image:
    """Return a CMYK picture whose ink sum is at most `limit` per cent; colours give way evenly, black stays."""
    from PIL import Image, ImageMath  # noqa: PLC0415 - 20 ms to import

    most = int(limit * FULL / 100)
    bands = image.split()
    if sum(max(value for value, count in enumerate(band.histogram()) if count) for band in bands) <= most:
        return image

    def share(band: str) -> Callable[[dict[str, Any]], Any]:
        def formula(of: dict[str, Any]) -> Any:  # noqa: ANN401 - an expression of ImageMath
            colors = of["c"] + of["m"] + of["y"]
            room = most - of["k"]
            return of["convert"](of[band] * room / of["max"](colors, room), "L")

        return formula

    named = dict(zip("cmyk", bands, strict=True))
    colors = [ImageMath.lambda_eval(share(band), **named) for band in "cmy"]
    return Image.merge("CMYK", (*colors, bands[3]))
