"""Write a one-page PDF 1.4 of filled paths and one picture, in DeviceCMYK, without any font."""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Ink: TypeAlias = tuple[float, float, float, float]
MM = 72 / 25.4
INK_LIMIT = 2.20  # sum of the four inks that the strictest newsprint plants allow


class Sheet:
    """A page in millimetres, the origin at the lower left; everything is filled, nothing stroked."""

    def __init__(self, width: float, height: float) -> None:
        """Make an empty page whose TrimBox is its MediaBox."""
        self.width, self.height = width, height
        self._content: list[str] = [f"{MM:.6f} 0 0 {MM:.6f} 0 0 cm"]
        self._picture: tuple[bytes, int, int] | None = None

    def ink(self, ink: Ink) -> None:
        """Choose the ink of what follows; a plain black uses DeviceGray."""
        if ink[:3] == (0, 0, 0):
            self._content.append(f"{1 - ink[3]:.3f} g")
        else:
            # Two thousandths less, for the rounding of three places.
            share = min(1.0, (INK_LIMIT - 0.002 - ink[3]) / max(sum(ink[:3]), 1e-6))
            kept = (*(part * share for part in ink[:3]), ink[3])
            self._content.append(" ".join(f"{part:.3f}" for part in kept) + " k")

    def fill(self, segments: Sequence[tuple[Any, ...]], ink: Ink) -> None:
        """Fill outlines of ("M", x, y), ("L", x, y), ("C", six numbers) and ("Z",)."""
        self.ink(ink)
        letters = {"M": "m", "L": "l", "C": "c", "Z": "h"}
        for segment in segments:
            self._content.append(" ".join([*(f"{value:.3f}" for value in segment[1:]), letters[segment[0]]]))
        self._content.append("f")

    def rect(self, x: float, y: float, width: float, height: float, ink: Ink) -> None:
        """Fill a rectangle."""
        self.ink(ink)
        self._content.append(f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re f")

    def polygon(self, points: Sequence[tuple[float, float]], ink: Ink) -> None:
        """Fill a polygon."""
        self.fill([("M", *points[0]), *(("L", *point) for point in points[1:]), ("Z",)], ink)

    def circle(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """Fill a circle."""
        self.fill(ring(x, y, radius), ink)

    def picture(self, jpeg: bytes, size: tuple[int, int], x: float, y: float, width: float, height: float) -> None:
        """Place the page's one picture, a CMYK JPEG of `size` pixels with Adobe's inverted values."""
        self._picture = (jpeg, *size)
        self._content.append(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /P Do Q")

    def clip(self, segments: Sequence[tuple[Any, ...]]) -> None:
        """Clip what follows to the outlines, until `unclip`."""
        self._content.append("q")
        self.fill(segments, (0, 0, 0, 0))
        self._content[-1] = "W n"

    def unclip(self) -> None:
        """End the last clip."""
        self._content.append("Q")

    def write(self, path: Path) -> None:
        """Write the file; equal pages give equal bytes."""
        stream = zlib.compress("\n".join(self._content).encode("ascii"), 9)
        box = f"[0 0 {self.width * MM:.4f} {self.height * MM:.4f}]"
        resources = "/XObject << /P 5 0 R >>" if self._picture else ""
        bodies: list[bytes] = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /TrimBox {box} "
                f"/Resources << {resources} >> /Contents 4 0 R >>"
            ).encode("ascii"),
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream",
        ]
        if self._picture:
            data, wide, high = self._picture
            head = (
                f"<< /Type /XObject /Subtype /Image /Width {wide} /Height {high} "
                f"/ColorSpace /DeviceCMYK /BitsPerComponent 8 "
                f"/Decode [1 0 1 0 1 0 1 0] /Filter /DCTDecode /Length {len(data)} >>\nstream\n"
            )
            bodies.append(head.encode("ascii") + data + b"\nendstream")
        out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        places: list[int] = []
        for number, body in enumerate(bodies, 1):
            places.append(len(out))
            out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
        for place in places:
            out += b"%010d 00000 n \n" % place
        out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(out))


def ring(x: float, y: float, radius: float) -> list[tuple[Any, ...]]:
    """Return a circle's outline."""
    k = 4 / 3 * (math.sqrt(2) - 1) * radius
    return [
        ("M", x + radius, y),
        ("C", x + radius, y + k, x + k, y + radius, x, y + radius),
        ("C", x - k, y + radius, x - radius, y + k, x - radius, y),
        ("C", x - radius, y - k, x - k, y - radius, x, y - radius),
        ("C", x + k, y - radius, x + radius, y - k, x + radius, y),
        ("Z",),
    ]
