"""What there is to know of a foreign page before it is printed; plain values, filled in by `layout.pdf.survey`."""

from __future__ import annotations

from dataclasses import dataclass, field

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black in per cent."""


@dataclass(slots=True, kw_only=True)
class Facts:
    """One page's facts; names are kept sorted and once each.

    Attributes:
        fonts: names of fonts that are used and not embedded.
        rgb: colour spaces of light in use: DeviceRGB, CalRGB, Lab, ICCBased RGB.
        calibrated: colour spaces with a profile of their own in use.
        spots: spot colours in use.
        transparency: what is transparent: soft masks, blend modes, constant opacity.
        filters: filters in use that a press file avoids.
        odd: whatever else a press file must not hold.
        ppi: least resolution of a continuous-tone picture as it stands here, 0 where there is none.
        ink: largest ink sum in per cent: of flat colours, and of pictures averaged over 15 mm².
        inks: largest share in per cent of each of cyan, magenta, yellow and black.
    """

    fonts: list[str] = field(default_factory=list)
    rgb: list[str] = field(default_factory=list)
    calibrated: list[str] = field(default_factory=list)
    spots: list[str] = field(default_factory=list)
    transparency: list[str] = field(default_factory=list)
    filters: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    ppi: int = 0
    ink: int = 0
    inks: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def note(self, kind: str, name: str) -> None:
        """Keep a name, sorted and once."""
        names: list[str] = getattr(self, kind)
        if name not in names:
            names.append(name)
            names.sort()

    def paint(self, inks: Inks) -> None:
        """Keep a colour that is painted, in per cent."""
        self.ink = max(self.ink, round(sum(inks)))
        self.inks = [max(former, round(share)) for former, share in zip(self.inks, inks, strict=True)]
