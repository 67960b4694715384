"""Colour spaces of foreign pages: what they are made of, and which inks a colour in them prints.

Objects are pikepdf's; names are as PDF writes them (ISO 32000-1, 8.6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from layout.pdf.facts import Facts, Inks

PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
NO_SPOTS: Final = frozenset({*PROCESS, "All", "None"})

MOST_DEPTH: Final = 28
"""Spaces based on each other; deeper ones are not looked into."""

LIGHT: Final = frozenset({"/DeviceRGB", "/RGB"})
PLAIN: Final = frozenset({"/DeviceCMYK", "/DeviceGray", "/CMYK", "/G", "/Pattern"})
"""Names of spaces without a profile: of light, and of inks."""


def resource(resources: Any, kind: str, name: Any) -> Any:  # noqa: ANN401 - pikepdf objects
    """Return a named resource, or None."""
    holder = resources.get(kind) if resources is not None else None
    return holder.get(str(name)) if holder is not None else None


def note_space(facts: Facts, space: Any, resources: Any, depth: int = 0) -> None:  # noqa: ANN401
    """Note what a colour space is made of."""
    if isinstance(space, pikepdf.Array) and len(space):
        kind = _FAMILIES.get(str(space[0]))
        if kind is not None and depth <= MOST_DEPTH:
            kind(facts, space, resources, depth + 1)
        elif str(space[0]) in LIGHT:
            facts.note("rgb", "DeviceRGB")
    elif isinstance(space, pikepdf.Name) and str(space) in LIGHT:
        facts.note("rgb", "DeviceRGB")
    elif isinstance(space, pikepdf.Name) and str(space) not in PLAIN and depth <= MOST_DEPTH:
        note_space(facts, resource(resources, "/ColorSpace", space), resources, depth + 1)


def _calibrated(facts: Facts, space: Any, resources: Any, depth: int) -> None:  # noqa: ANN401
    """Note CalGray, CalRGB, Lab."""
    del resources, depth
    name = str(space[0])[1:]
    facts.note("calibrated", name)
    if name != "CalGray":
        facts.note("rgb", name)


def _profiled(facts: Facts, space: Any, resources: Any, depth: int) -> None:  # noqa: ANN401
    """Note a colour space with an ICC profile."""
    del resources, depth
    kind = {1: "grey", 3: "RGB", 4: "CMYK"}.get(int(space[1].get("/N", 0)), "of another kind")
    facts.note("calibrated", f"ICCBased {kind}")
    if kind == "RGB":
        facts.note("rgb", "ICCBased RGB")


def _based(facts: Facts, space: Any, resources: Any, depth: int) -> None:  # noqa: ANN401
    """Note what an indexed or pattern space is based on."""
    if len(space) > 1:
        note_space(facts, space[1], resources, depth)


def _named(facts: Facts, space: Any, resources: Any, depth: int) -> None:  # noqa: ANN401
    """Note spot colours, and what stands for them."""
    for item in [space[1]] if str(space[0]) == "/Separation" else list(space[1]):
        if str(item)[1:] not in NO_SPOTS:
            facts.note("spots", str(item)[1:])
    note_space(facts, space[2], resources, depth)


_FAMILIES: Final[Mapping[str, Callable[[Facts, Any, Any, int], None]]] = {
    "/CalGray": _calibrated,
    "/CalRGB": _calibrated,
    "/Lab": _calibrated,
    "/ICCBased": _profiled,
    "/Indexed": _based,
    "/I": _based,
    "/Pattern": _based,
    "/Separation": _named,
    "/DeviceN": _named,
}


def named_space(resources: Any, name: Any) -> Any:  # noqa: ANN401
    """Return the space that `cs` names, or None."""
    if str(name) in PLAIN or str(name) in LIGHT:
        return name
    return resource(resources, "/ColorSpace", name)


def percent(values: Sequence[Any]) -> Inks:
    """Return four shares of 1 as inks."""
    cyan, magenta, yellow, black = (100 * float(value) for value in values[:4])
    return cyan, magenta, yellow, black


def initial(space: Any) -> Inks | None:  # noqa: ANN401
    """Return the colour a space begins with (ISO 32000-1, 8.6.3), where it is of process inks."""
    return (0, 0, 0, 100) if isinstance(space, pikepdf.Name) and str(space) in PLAIN else None


def components(space: Any, operands: Sequence[Any]) -> Inks | None:  # noqa: ANN401
    """Return the inks of a colour in a space, None where that takes more than looking."""
    values = [value for value in operands if not isinstance(value, pikepdf.Name)]
    if isinstance(space, pikepdf.Name):
        if str(space) in ("/DeviceCMYK", "/CMYK") and len(values) == len(PROCESS):
            return percent(values)
        if str(space) in ("/DeviceGray", "/G") and len(values) == 1:
            return (0, 0, 0, 100 - 100 * float(values[0]))
        return None
    if isinstance(space, pikepdf.Array) and str(space[0]) in ("/Separation", "/DeviceN"):
        names = [space[1]] if str(space[0]) == "/Separation" else list(space[1])
        shares = dict(zip((str(name)[1:] for name in names), (100 * float(value) for value in values), strict=False))
        if "All" in shares:
            return (shares["All"],) * 4
        if set(shares) <= set(PROCESS):
            return tuple(shares.get(name, 0.0) for name in PROCESS)  # type: ignore[return-value]
    return None
