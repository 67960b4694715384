"""The newsprint profiles: files, tags, ink limit, and agreement with the CGATS TR 002 patches."""

from __future__ import annotations

import hashlib
import itertools
import math
import re
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image, ImageCms

PRINT = Path(__file__).resolve().parents[2] / "styles" / "print"
NAMES = sorted(path.stem for path in PRINT.glob("*.yaml"))
PATCHES = next(iter(sorted(Path("/usr/share/color").rglob("TR002.ti3"))), None)
D50 = (0.9642, 1.0, 0.8249)
PERCEPTUAL = ImageCms.Intent.PERCEPTUAL


@cache
def condition(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((PRINT / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return loaded


@cache
def profile(name: str) -> bytes:
    return PRINT.joinpath(condition(name)["profile"]).read_bytes()


@cache
def tags(name: str) -> dict[bytes, bytes]:
    data = profile(name)
    (count,) = struct.unpack_from(">I", data, 128)
    found = {}
    for at in range(count):
        tag, start, size = struct.unpack_from(">4sII", data, 132 + 12 * at)
        assert start % 4 == 0
        assert start + size <= len(data)
        found[tag] = data[start : start + size]
    return found


def test_there_are_two_conditions() -> None:
    assert NAMES == ["newsprint-220", "newsprint-240"]
    assert {path.stem for path in PRINT.glob("*.icc")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_profile_is_the_file_the_condition_names(name: str) -> None:
    data = profile(name)
    assert hashlib.sha256(data).hexdigest() == condition(name)["sha256"]
    assert len(data) < 200_000
    assert struct.unpack_from(">I", data)[0] == len(data)


@pytest.mark.parametrize("name", NAMES)
def test_header_is_a_cmyk_printer_profile_of_version_2(name: str) -> None:
    data = profile(name)
    assert data[8] == 2
    assert data[12:24] == b"prtrCMYKLab "
    assert data[36:40] == b"acsp"


@pytest.mark.parametrize("name", NAMES)
def test_tags_name_the_registered_data(name: str) -> None:
    found = tags(name)
    assert found[b"targ"] == b"text\0\0\0\0ICCHDAT CGATS TR 002\0"
    assert b"CGATS TR 002" in found[b"desc"]
    assert b"ANSI CGATS/SNAP TR 002-2007" in found[b"cprt"]
    assert b"use freely" in found[b"cprt"]
    assert {b"A2B0", b"A2B1", b"B2A0", b"B2A1", b"wtpt"} <= set(found)


@pytest.mark.parametrize("name", NAMES)
def test_condition_is_complete(name: str) -> None:
    data = condition(name)
    assert data["identifier"] == "CGATS TR 002"
    assert data["registry"] == "http://www.color.org"
    assert data["ink_limit"] == name.rsplit("-", 1)[1]
    assert data["ink_limit"] in data["info"]
    error, warn, most = (int(data["picture"][key]) for key in ("error_ppi", "warn_ppi", "max_ppi"))
    assert error < warn < most
    assert set(data["text_min"]) == {"k", "single_tint", "multi", "reversed"}
    assert set(data["line_min"]) == {"k", "multi", "reversed"}


@pytest.mark.parametrize("flags", [ImageCms.Flags.NONE, ImageCms.Flags.BLACKPOINTCOMPENSATION])
@pytest.mark.parametrize("name", NAMES)
def test_perceptual_conversion_keeps_the_ink_limit(name: str, flags: ImageCms.Flags) -> None:
    steps = [round(at * 255 / 32) for at in range(33)]
    cube = bytes(itertools.chain.from_iterable(itertools.product(steps, repeat=3)))
    image = Image.frombytes("RGB", (33 * 33, 33), cube)
    screen, press = ImageCms.createProfile("sRGB"), str(PRINT / condition(name)["profile"])
    transform = ImageCms.buildTransform(screen, press, "RGB", "CMYK", PERCEPTUAL, flags)
    converted = ImageCms.applyTransform(image, transform)
    assert converted is not None
    inks = converted.tobytes()
    most = max(map(sum, zip(inks[0::4], inks[1::4], inks[2::4], inks[3::4], strict=True))) / 2.55
    limit = int(condition(name)["ink_limit"])
    assert limit - 10 < most <= limit
    assert sum(inks[-4:]) == 0  # white stays paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An `mft2` table of four inputs and three outputs, read without the colour engine the program uses."""

    inputs: tuple[tuple[int, ...], ...]
    grid: int
    nodes: tuple[int, ...]
    outputs: tuple[tuple[int, ...], ...]

    def lab(self, inks: tuple[float, ...]) -> tuple[float, float, float]:
        """Return the Lab colour, relative to paper, of inks from 0 to 1."""
        spots = [_curve(curve, ink) * (self.grid - 1) for curve, ink in zip(self.inputs, inks, strict=True)]
        lows = [min(int(spot), self.grid - 2) for spot in spots]
        sums = [0.0, 0.0, 0.0]
        for corner in itertools.product((0, 1), repeat=4):
            weight, at = 1.0, 0
            for spot, low, step in zip(spots, lows, corner, strict=True):
                weight *= spot - low if step else 1 - (spot - low)
                at = at * self.grid + low + step
            for channel in range(3):
                sums[channel] += weight * self.nodes[3 * at + channel] / 65535
        light, a, b = (_curve(curve, value) * 65535 for curve, value in zip(self.outputs, sums, strict=True))
        return light * 100 / 65280, a / 256 - 128, b / 256 - 128


def _curve(entries: tuple[int, ...], value: float) -> float:
    spot = min(max(value, 0.0), 1.0) * (len(entries) - 1)
    low = min(int(spot), len(entries) - 2)
    return (entries[low] + (spot - low) * (entries[low + 1] - entries[low])) / 65535


def read_table(data: bytes) -> Table:
    assert data[:4] == b"mft2"
    inputs, outputs, grid = data[8:11]
    assert (inputs, outputs) == (4, 3)
    into, out = struct.unpack_from(">HH", data, 48)
    numbers = struct.unpack(f">{(len(data) - 52) // 2}H", data[52:])
    nodes_at = inputs * into
    curves_at = nodes_at + outputs * grid**inputs
    return Table(
        inputs=tuple(numbers[at * into : (at + 1) * into] for at in range(inputs)),
        grid=grid,
        nodes=numbers[nodes_at:curves_at],
        outputs=tuple(numbers[curves_at + at * out : curves_at + (at + 1) * out] for at in range(outputs)),
    )


def absolute(lab: tuple[float, float, float], white: tuple[float, ...]) -> tuple[float, float, float]:
    """Return a paper-relative Lab colour as an absolute one: XYZ scaled by the media white."""
    fy = (lab[0] + 16) / 116
    parts = (fy + lab[1] / 500, fy, fy - lab[2] / 200)
    x, y, z = (
        _rooted(_cubed(part) * media / neutral)
        for part, media, neutral in zip(parts, white, D50, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cubed(part: float) -> float:
    return part**3 if part > 6 / 29 else 3 * (6 / 29) ** 2 * (part - 4 / 29)


def _rooted(value: float) -> float:
    return value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29


def difference(one: tuple[float, ...], two: tuple[float, ...]) -> float:
    """Return CIEDE2000 (CIE 142-2001) of two Lab colours."""
    chroma = (math.hypot(*one[1:]) + math.hypot(*two[1:])) / 2
    grey = 1.5 - 0.5 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    a1, a2 = one[1] * grey, two[1] * grey
    c1, c2 = math.hypot(a1, one[2]), math.hypot(a2, two[2])
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, one[2]), (a2, two[2])))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    light, mean = (one[0] + two[0]) / 2, (c1 + c2) / 2
    weight = (
        1
        - 0.17 * math.cos(math.radians(hue - 30))
        + 0.24 * math.cos(math.radians(2 * hue))
        + 0.32 * math.cos(math.radians(3 * hue + 6))
        - 0.20 * math.cos(math.radians(4 * hue - 63))
    )
    s_light = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    s_chroma, s_hue = 1 + 0.045 * mean, 1 + 0.015 * mean * weight
    rotation = (
        -2
        * math.sqrt(mean**7 / (mean**7 + 25**7))
        * math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    )
    d_light, d_chroma = (two[0] - one[0]) / s_light, (c2 - c1) / s_chroma
    d_hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / s_hue
    return math.sqrt(d_light**2 + d_chroma**2 + d_hue**2 + rotation * d_chroma * d_hue)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_difference_gives_the_published_figures(
    one: tuple[float, ...], two: tuple[float, ...], expected: float
) -> None:
    assert difference(one, two) == pytest.approx(expected, abs=1e-4)


@pytest.mark.skipif(PATCHES is None, reason="TR002.ti3 (Debian icc-profiles-free) is not installed")
@pytest.mark.parametrize("name", NAMES)
def test_profile_predicts_the_measured_patches(name: str) -> None:
    assert PATCHES is not None
    text = PATCHES.read_text(encoding="latin-1")
    body = re.search(r"BEGIN_DATA\s*\n(.*?)END_DATA\s", text, re.DOTALL)
    assert body is not None
    rows = [tuple(map(float, line.split())) for line in body[1].splitlines() if line.strip()]
    assert len(rows) == 928
    table = read_table(tags(name)[b"A2B1"])
    white = tuple(value / 65536 for value in struct.unpack(">3i", tags(name)[b"wtpt"][8:20]))
    errors = []
    for row in rows:
        inks = tuple(ink / 100 for ink in row[1:5])
        errors.append(difference(absolute(table.lab(inks), white), row[8:11]))
    assert sum(errors) / len(errors) <= 0.5
    assert max(errors) <= 2.0
