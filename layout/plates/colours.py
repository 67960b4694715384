"""Colours as a file states them: spaces with what lies under them, and the inks that a colour prints with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow, black, each 0 to 1."""

DEVICE: Final = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}
SHORT: Final = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
"""Short names in inline pictures (ISO 32000-1, table 94)."""

PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
ALL: Final = "All"
NONE: Final = "None"
DEEPEST: Final = 8
"""Spaces that lie under one another; more is a cycle."""


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: its family, its number of components, its colourants' names, what it falls back on.

    `profile` is the hash of an ICC-based space's profile.
    """

    family: str
    components: int
    names: tuple[str, ...] = ()
    under: Space | None = None
    profile: str = ""

    def chain(self) -> Iterator[Space]:
        """Yield the space and those it is built over (a Pattern's and an Indexed's, not alternates)."""
        yield self
        if self.under is not None and self.family in {"Indexed", "Pattern"}:
            yield from self.under.chain()


GREY: Final = Space("DeviceGray", 1)
RGB: Final = Space("DeviceRGB", 3)
CMYK: Final = Space("DeviceCMYK", 4)
PATTERN: Final = Space("Pattern", 0)


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour in a space; `inks` are None where the file does not say them in process colours."""

    space: Space
    values: tuple[float, ...]

    @property
    def inks(self) -> Inks | None:
        """The process inks that it prints with."""
        return inks(self.space, self.values)

    def __str__(self) -> str:
        """Return the colour in words, `C52 M44 Y44 K100`."""
        found = self.inks
        if found is None:
            return f"{self.space.family} {' '.join(f'{value:g}' for value in self.values)}"
        named = zip("CMYK", found, strict=True)
        return " ".join(f"{letter}{value * 100:.0f}" for letter, value in named if value) or "paper"


BLACK: Final = Colour(GREY, (0.0,))
"""What content starts with (ISO 32000-1, 8.4.1)."""


def inks(space: Space, values: tuple[float, ...]) -> Inks | None:
    """Return the process inks of a colour, or None where it is not stated in them."""
    if len(values) != space.components:
        return None
    if space.family == "DeviceCMYK" or (space.family == "ICCBased" and space.components == 4):
        return values[0], values[1], values[2], values[3]
    if space.family == "DeviceGray" or (space.family in {"ICCBased", "CalGray"} and space.components == 1):
        return 0, 0, 0, 1 - values[0]
    if space.family in {"Separation", "DeviceN"}:
        return _separated(space.names, values)
    return None


def _separated(names: tuple[str, ...], values: tuple[float, ...]) -> Inks | None:
    if names == (ALL,):
        return (values[0],) * 4
    if not set(names) <= {*PROCESS, NONE}:
        return None
    found = dict(zip(names, values, strict=True))
    cyan, magenta, yellow, black = (found.get(name, 0.0) for name in PROCESS)
    return cyan, magenta, yellow, black


def space_of(value: object, resources: pikepdf.Object | None, depth: int = 0) -> Space:
    """Return a colour space as a file writes it: a name, or an array; names are looked up in the resources.

    Default spaces (DefaultRGB …) stand in for device spaces. What cannot be read is a space of its own name.
    """
    if depth > DEEPEST:
        return Space("cyclic", 0)
    if isinstance(value, pikepdf.Name):
        return _named(str(value)[1:], resources, depth)
    if isinstance(value, pikepdf.Array) and len(value) > 0:
        return _built(value, resources, depth)
    return Space("unreadable", 0)


def _named(name: str, resources: pikepdf.Object | None, depth: int) -> Space:
    family = SHORT.get(name, name)
    spaces = resources.get("/ColorSpace") if isinstance(resources, pikepdf.Dictionary) else None
    own = spaces if isinstance(spaces, pikepdf.Dictionary) else pikepdf.Dictionary()
    if family in DEVICE:
        default = own.get(f"/Default{family.removeprefix('Device')}")
        return space_of(default, None, depth + 1) if default is not None else Space(family, DEVICE[family])
    if family == "Pattern":
        return PATTERN
    if f"/{name}" in own:
        return space_of(own[f"/{name}"], resources, depth + 1)
    return Space(name, 0)


def _built(value: pikepdf.Object, resources: pikepdf.Object | None, depth: int) -> Space:
    family = SHORT.get(str(value[0]).lstrip("/"), str(value[0]).lstrip("/"))
    part = value[1] if len(value) > 1 else None
    if family == "ICCBased":
        count = part.get("/N") if isinstance(part, pikepdf.Stream) else 0
        return Space(family, int(count) if isinstance(count, int) else 0, profile=_fingerprint(part))
    if family in {"Separation", "DeviceN"}:
        listed = list(part) if isinstance(part, pikepdf.Array) else [part]
        names = tuple(str(name).lstrip("/") for name in listed)
        alternate = space_of(value[2], resources, depth + 1) if len(value) > 2 else None
        return Space(family, len(names), names, alternate)
    if family == "Indexed":
        return Space(family, 1, under=space_of(part, resources, depth + 1))
    if family == "Pattern":
        return Space(family, 0, under=space_of(part, resources, depth + 1) if part is not None else None)
    if family in DEVICE:
        return _named(family, resources, depth)
    return Space(family, {"CalGray": 1, "CalRGB": 3, "Lab": 3}.get(family, 0))


def _fingerprint(stream: object) -> str:
    if not isinstance(stream, pikepdf.Stream):
        return ""
    try:
        return hashlib.sha256(stream.read_bytes()).hexdigest()
    except pikepdf.PdfError:
        return ""
