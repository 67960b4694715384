"""Shadings for one drawing of plates: the same blend, its colour space exchanged for one that gives tones of ink."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from layout.plates import PROCESS, SeparationError
from layout.plates.colours import space_of

if TYPE_CHECKING:
    from layout.plates.colours import Space

TURN: Final = "1 exch sub 3 1 roll "
"""PostScript: the last of three inks becomes light and the first of them."""


def recoloured(
    pdf: pikepdf.Pdf, shading: pikepdf.Object, resources: pikepdf.Object, plates: tuple[str, ...]
) -> pikepdf.Object:
    """Return a shading whose colours are the tones of these plates.

    Raises:
        SeparationError: its colours are not stated in process inks.
    """
    space = space_of(shading.get("/ColorSpace"), resources)
    names = _components(space)
    program = _program(names, plates)
    entries = {"FunctionType": 4, "Domain": [0, 1] * len(names), "Range": [0, 1] * len(plates)}
    function = pdf.make_indirect(pikepdf.Stream(pdf, program.encode("ascii"), **entries))
    alternate = Name.DeviceGray if len(plates) == 1 else Name.DeviceRGB
    colourants = Array([Name(f"/{index}") for index in range(len(names))])
    chosen = Array([Name.DeviceN, colourants, alternate, function])
    kept = {key: value for key, value in shading.items() if key not in {"/ColorSpace", "/Background", "/Length"}}
    if isinstance(shading, pikepdf.Stream):
        made: pikepdf.Object = pdf.make_stream(shading.read_bytes())
        for key, value in kept.items():
            if key not in {"/Filter", "/DecodeParms"}:
                made[key] = value
    else:
        made = Dictionary(kept)
    made.ColorSpace = chosen
    return made


def _components(space: Space) -> tuple[str, ...]:
    """Return the ink of each component; "light" stands for grey, which is black turned over."""
    if space.family == "DeviceCMYK" or (space.family == "ICCBased" and space.components == 4):
        return PROCESS
    if space.family == "DeviceGray" or (space.family in {"ICCBased", "CalGray"} and space.components == 1):
        return ("light",)
    if space.names:
        return space.names
    message = f"shading in {space.family}"
    raise SeparationError(message)


def _program(names: tuple[str, ...], plates: tuple[str, ...]) -> str:
    """Return a PostScript function from the components to the tones of the plates (ISO 32000-1, 7.10.5)."""
    if names == PROCESS and len(plates) == 3:
        return f"{{pop {TURN * 3}}}"
    if names == ("light",):
        return "{pop 1 1 1}" if len(plates) == 3 else "{}" if plates == PROCESS[3:] else "{pop 1}"
    picked = []
    for place, plate in enumerate(plates):
        if plate in names:
            # The components stay below what has been picked; the wanted one is copied up from its depth.
            picked.append(f"{len(names) - 1 - names.index(plate) + place} index 1 exch sub")
        else:
            picked.append("1")
    count = len(plates)
    drop = f"{len(names) + count} {count} roll " + "pop " * len(names)
    return "{" + " ".join([*picked, drop]) + "}"
