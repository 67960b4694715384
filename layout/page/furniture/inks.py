"""Screen colours of vector artwork as process inks.

Artwork made for a newspaper means its blacks and reds: neutral colours print in black ink alone, so that they
cannot show misregister, and strong reds in magenta and yellow without black (newsroom.md 2: red is M100 Y100).
Everything else is separated with full grey component replacement and held under the ink limit.
`device-cmyk(0 1 1 0)` (CSS Color 5) says the inks outright.
"""

from __future__ import annotations

import re
from typing import Final

from layout.color import BLACK, Ink

LIMIT: Final = 220
"""Largest ink sum in per cent: the strictest of the bundled conditions (ISO 12647-3:2013)."""

RED_LEAST: Final = 0.6
"""A red whose red light is at least this prints without black."""

RED_OTHERS: Final = 0.35
"""A colour is a red while green and blue are at most this share of its red light."""

NEUTRAL: Final = 6 / 255
"""Red, green and blue that differ by no more than this are a grey."""

BLACK_MOST: Final = 40 / 255
BLACK_TINGE: Final = 16 / 255
"""Colours this dark and no more tinged than this are 100 K: drawing programs export it as #231815 or #231f20."""

NAMES: Final = {
    "black": (0, 0, 0), "silver": (192, 192, 192), "gray": (128, 128, 128), "grey": (128, 128, 128),
    "white": (255, 255, 255), "maroon": (128, 0, 0), "red": (255, 0, 0), "purple": (128, 0, 128),
    "fuchsia": (255, 0, 255), "green": (0, 128, 0), "lime": (0, 255, 0), "olive": (128, 128, 0),
    "yellow": (255, 255, 0), "navy": (0, 0, 128), "blue": (0, 0, 255), "teal": (0, 128, 128),
    "aqua": (0, 255, 255), "orange": (255, 165, 0),
}  # fmt: skip
"""The basic colour words of CSS 2.1."""

_HEX: Final = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\Z")
_RGB: Final = re.compile(r"rgb\(([^)]*)\)\Z")
_CMYK: Final = re.compile(r"device-cmyk\(([^)]*)\)\Z")
_FULL: Final = 255


def ink_of(colour: str) -> Ink:
    """Return the inks of a colour as SVG writes it.

    Raises:
        ValueError: the colour is not understood.
    """
    text = colour.strip().lower()
    if found := _CMYK.match(text):
        parts = [_part(part, 1) for part in re.split(r"[\s,]+", found[1].strip())]
        if len(parts) == len("cmyk"):
            return Ink(*(round(100 * part, 1) for part in parts))
    elif found := _HEX.match(text):
        digits = found[1] if len(found[1]) == len("rrggbb") else "".join(digit * 2 for digit in found[1])
        return separate(*(int(digits[at : at + 2], 16) / _FULL for at in (0, 2, 4)))
    elif found := _RGB.match(text):
        parts = [_part(part, _FULL) for part in re.split(r"[\s,]+", found[1].strip())]
        if len(parts) == len("rgb"):
            return separate(*parts)
    elif text in NAMES:
        return separate(*(part / _FULL for part in NAMES[text]))
    message = f"the colour {colour!r} is not understood"
    raise ValueError(message)


def _part(text: str, whole: int) -> float:
    value = float(text[:-1]) / 100 if text.endswith("%") else float(text) / whole
    return min(max(value, 0.0), 1.0)


def separate(red: float, green: float, blue: float) -> Ink:
    """Return the inks, in whole per cent, of a colour given as light from 0 to 1."""
    lightest, tinge = max(red, green, blue), max(red, green, blue) - min(red, green, blue)
    if lightest <= BLACK_MOST and tinge <= BLACK_TINGE:
        return BLACK
    if tinge <= NEUTRAL:
        return Ink(0, 0, 0, round(100 * (1 - (red + green + blue) / 3)))
    if red >= RED_LEAST and max(green, blue) <= RED_OTHERS * red:
        return Ink(0, 100, round(100 * (1 - max(0.0, blue - green) / red)), 0)
    black = round(100 * (1 - lightest))
    inks = [100 * (1 - light / lightest) for light in (red, green, blue)]
    scale = min(1.0, (LIMIT - black) / sum(inks))
    cyan, magenta, yellow = (int(ink * scale) for ink in inks)
    return Ink(cyan, magenta, yellow, black)
