"""Draw `bridge-night.jpg`: the cable-stayed bridge over the river in the blue hour."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from paint import (
    PHOTOS,
    Field,
    Light,
    Point,
    Sketch,
    blur,
    clouds,
    develop,
    gradient,
    grid,
    halo,
    lay,
    mix,
    ramp,
    sample,
    save,
    tile,
    tint,
    water,
)

if TYPE_CHECKING:
    from PIL import Image

EYE = 9.0  # metres over the water
AXIS = (-0.467, 0.884)  # the bridge's direction in the plane (x, z)
SIDE = (0.884, 0.467)
ROOT = (176.0, 84.0)  # where the deck leaves the near bank
TOWERS = (245.0, 880.0)  # places of the towers along the deck, metres
APEX = 128.0
FORK = 86.0
LENGTH = 1230.0
SODIUM: Light = (1.0, 0.62, 0.26)
LAMP: Light = (1.0, 0.80, 0.50)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A level camera over the water; `mirror` is -1 for the reflected scene."""

    width: int
    height: int
    mirror: float = 1.0

    @property
    def focal(self) -> float:
        """Focal length in pixels."""
        return 0.95 * self.width

    @property
    def horizon(self) -> float:
        """Row of the horizon."""
        return 0.615 * self.height

    def at(self, along: float, aside: float, up: float) -> Point:
        """Project a place given along the deck, beside it and over the water."""
        x = ROOT[0] + AXIS[0] * along + SIDE[0] * aside
        z = ROOT[1] + AXIS[1] * along + SIDE[1] * aside
        return self.place(x, up, z)

    def place(self, x: float, up: float, z: float) -> Point:
        """Project a place in metres."""
        scale = self.focal / max(z, 1.0)
        return self.width / 2 + x * scale, self.horizon - (up * self.mirror - EYE) * scale

    def pixels(self, along: float) -> float:
        """Pixels of one metre at a place of the deck."""
        return self.focal / max(ROOT[1] + AXIS[1] * along, 1.0)


def deck(along: float) -> float:
    """Height of the roadway over the water."""
    return 30.0 + 5.0 * (1 - ((along - 560.0) / 640.0) ** 2)


def sky(view: View) -> Field:
    """Paint the evening sky of the whole frame, with thin lit cloud."""
    x, y = grid(view.width, view.height)
    up = (view.horizon - y) / view.horizon
    left = x / view.width
    light = gradient(
        [
            (-0.05, (0.50, 0.22, 0.085)),
            (0.04, (0.44, 0.205, 0.095)),
            (0.12, (0.25, 0.165, 0.135)),
            (0.24, (0.115, 0.125, 0.175)),
            (0.50, (0.045, 0.080, 0.160)),
            (1.0, (0.012, 0.028, 0.078)),
        ],
        up,
    )
    light *= (0.52 + 0.75 * np.exp(-(((left - 0.16) / 0.42) ** 2)))[..., None]
    unit = view.width / 2000
    sheet = clouds(1024, 1.55, 11)
    depth = 1.0 / np.maximum(up + 0.10, 0.02)
    u = (left - 0.5) * depth * 170
    band = tile(sheet, u + 200, depth * 95) + 0.45 * tile(sheet, u * 3.1, depth * 290)
    cover = ramp(0.1, 1.9, band) * ramp(0.015, 0.14, up) * (0.85 - 0.4 * up)
    lit = gradient(
        [
            (0.0, (0.66, 0.22, 0.08)),
            (0.2, (0.32, 0.13, 0.10)),
            (0.5, (0.055, 0.055, 0.09)),
            (1.0, (0.016, 0.026, 0.056)),
        ],
        up,
    )
    lit *= (0.45 + 0.7 * np.exp(-(((left - 0.16) / 0.5) ** 2)))[..., None]
    return mix(light, lit, blur(cover, 1.5 * unit) * 0.75)


def hills(view: View, picture: Field) -> Field:
    """Lay two far ridges along the horizon."""
    x, y = grid(view.width, view.height)
    ridge = clouds(1024, 1.6, 21)
    for level, size, shift, light in ((44, 24, 0, (0.085, 0.066, 0.082)), (19, 14, 400, (0.040, 0.038, 0.058))):
        top = level + size * tile(ridge, x[:1] / view.width * 260 + shift, np.full_like(x[:1], 40.0 + shift))
        unit = view.width / 2000
        edge = view.horizon - top * unit
        cover = ramp(-1, 1, y - edge)
        warm = 0.6 + 0.8 * np.exp(-(((x / view.width - 0.15) / 0.35) ** 2))
        picture = mix(picture, tint(warm, light), cover * 0.93)
    return picture


def city(view: View, sketch: Sketch) -> None:
    """Draw the far bank: houses, windows and the lamps of the quay."""
    rng = np.random.default_rng(31)
    unit = view.width / 2000
    blocks: list[tuple[float, float, float, float]] = []
    for _ in range(300):
        z = float(rng.uniform(1250, 2300))
        x = float(rng.uniform(-0.62, 0.62)) * z
        core = math.exp(-(((x / z + 0.02) / 0.16) ** 2)) + 0.5 * math.exp(-(((x / z - 0.42) / 0.1) ** 2))
        tall = float(rng.gamma(2.2, 13.0)) * (0.6 + 1.5 * core) + 12
        blocks.append((z, x, float(rng.uniform(16, 40)), min(tall, 175.0)))
    for z, x, wide, tall in sorted(blocks, reverse=True):
        near = (2300 - z) / 1050
        cast = float(rng.uniform(0.6, 1.5))
        body = tuple((0.034 - 0.020 * near) * cast + part for part in (0.010, 0.007, 0.014))
        left, top = view.place(x - wide / 2, tall, z)
        right, foot = view.place(x + wide / 2, 0, z)
        sketch.polygon([(left, top), (right, top), (right, foot), (left, foot)], body)  # type: ignore[arg-type]
        rows, columns = max(2, int(tall / 4.2)), max(2, int(wide / 4.5))
        share = float(rng.uniform(0.10, 0.62))
        warm = rng.uniform(0, 1)
        for row in range(rows):
            for column in range(columns):
                if rng.uniform() > share:
                    continue
                wx = x - wide / 2 + (column + 0.5) * wide / columns
                px, py = view.place(wx, (row + 0.5) * tall / rows, z)
                glow = float(rng.uniform(0.12, 1.0)) ** 1.5 * (0.8 + 0.7 * near)
                hue: Light = (1.0, 0.70, 0.36) if warm < 0.75 else (0.72, 0.86, 1.0)
                size = 0.85 * unit
                sketch.polygon(
                    [
                        (px - size, py - size * 0.8),
                        (px + size, py - size * 0.8),
                        (px + size, py + size * 0.8),
                        (px - size, py + size * 0.8),
                    ],
                    (hue[0] * glow, hue[1] * glow, hue[2] * glow),
                )
        if tall > 105:
            px, py = view.place(x, tall, z)
            sketch.line([(px, py), (px, py - 11 * unit * view.mirror)], 0.8 * unit, (0.05, 0.05, 0.08))
            sketch.ellipse(px, py - 11 * unit * view.mirror, 1.4 * unit, 1.4 * unit, (3.0, 0.25, 0.15))
            wide_px = (right - left) / 2
            sketch.line([(px - wide_px, py), (px + wide_px, py)], 1.3 * unit, (0.9, 1.1, 1.5))
    for step in range(96):
        z = 1225.0
        x = -700 + step * 14.6
        px, py = view.place(x, 6.5, z)
        hue = SODIUM if step % 9 else (0.5, 0.9, 1.0)
        glow = float(rng.uniform(2.2, 5.5))
        sketch.ellipse(px, py, 1.5 * unit, 1.3 * unit, (hue[0] * glow, hue[1] * glow, hue[2] * glow))


def tower(view: View, sketch: Sketch, along: float) -> None:
    """Draw one pylon: two legs that meet in a slender head, lit from the deck."""
    spots = [(0.0, 15.5), (30.0, 17.5), (FORK, 2.6), (APEX, 2.0)]
    levels = np.unique(np.concatenate([np.linspace(0, 30, 10), np.linspace(30, FORK, 34), np.linspace(FORK, APEX, 26)]))
    faces: list[tuple[float, list[Point], Light]] = []
    heights = [height for height, _ in spots]
    for low, high in itertools.pairwise(levels):
        for hand in (-1, 1):
            thick = 2.7 - 1.1 * low / APEX
            long = 4.0 - 1.6 * low / APEX
            a = hand * float(np.interp(low, heights, [aside for _, aside in spots]))
            b = hand * float(np.interp(high, heights, [aside for _, aside in spots]))
            flood = 0.13 + 1.0 * math.exp(-abs(low - 36) / 19) + 0.50 * math.exp(-abs(low - 116) / 13)
            flood = flood if low > 30 else 0.05 + 0.30 * math.exp(-(30 - low) / 9) + 0.35 * math.exp(-low / 7)
            for ahead, gain in ((long, 0.3), (-long, 1.0)):
                points = [
                    view.at(along + ahead, a - thick, low),
                    view.at(along + ahead, a + thick, low),
                    view.at(along + ahead, b + thick, high),
                    view.at(along + ahead, b - thick, high),
                ]
                faces.append((along + ahead, points, (1.0 * flood * gain, 0.74 * flood * gain, 0.44 * flood * gain)))
            for edge in (-thick, thick):
                points = [
                    view.at(along - long, a + edge, low),
                    view.at(along + long, a + edge, low),
                    view.at(along + long, b + edge, high),
                    view.at(along - long, b + edge, high),
                ]
                gain = 0.42 if edge < 0 else 0.25
                faces.append(
                    (along + edge * 0.5, points, (0.80 * flood * gain, 0.66 * flood * gain, 0.52 * flood * gain))
                )
    for _, points, light in sorted(faces, key=lambda face: -face[0]):
        sketch.polygon(points, light)
    for level in (28.0, FORK - 1):
        half = float(np.interp(level, heights, [aside for _, aside in spots]))
        sketch.polygon(
            [
                view.at(along - 2, -half, level),
                view.at(along - 2, half, level),
                view.at(along - 2, half, level - 4),
                view.at(along - 2, -half, level - 4),
            ],
            (0.42, 0.31, 0.18),
        )
    top = view.at(along, 0, APEX + 3)
    size = max(1.2, 0.7 * view.pixels(along))
    sketch.ellipse(*top, size, size, (9.0, 0.7, 0.4))


def cables(view: View, sketch: Sketch, along: float, hand: int) -> None:
    """Draw the stays of one plane of one tower, lit white-blue from below."""
    for step in range(1, 24):
        foot_up = APEX - 2 - (23 - step) * 1.45
        for way, spacing in ((-1, 10.2), (1, 13.6)):
            end = along + way * step * spacing
            cuts = 14
            places = [
                view.at(
                    along + (end - along) * k / cuts, hand * 13.0 * k / cuts, foot_up + (deck(end) - foot_up) * k / cuts
                )
                for k in range(cuts + 1)
            ]
            for k in range(cuts):
                glow = 0.20 + 0.55 * (k / cuts) ** 2
                thick = max(0.28, 0.20 * view.pixels(along + (end - along) * k / cuts)) * (view.width / 2000) ** 0.3
                sketch.line(places[k : k + 2], thick, (0.86 * glow, 0.92 * glow, 1.0 * glow))


def roadway(view: View, sketch: Sketch) -> None:
    """Draw the deck, its light strip, its piers and its traffic, from far to near."""
    unit = view.width / 2000
    rng = np.random.default_rng(37)
    steps = np.linspace(LENGTH, -70, 560)
    for pier in (1130.0, 1040.0, 150.0, 60.0, -20.0):
        for aside in (-8.0, 8.0):
            crown, base = deck(pier) - 3, 0.0
            points = [
                view.at(pier, aside - 2, crown),
                view.at(pier, aside + 2, crown),
                view.at(pier, aside + 2, base),
                view.at(pier, aside - 2, base),
            ]
            sketch.polygon(points, (0.055, 0.055, 0.07))
    for a, b in itertools.pairwise(steps):
        fall = 0.55 + 0.45 * math.cos(a / 17.0)
        under: Light = (0.035 + 0.05 * fall, 0.038 + 0.04 * fall, 0.055 + 0.03 * fall)
        bottom = [
            view.at(a, -11, deck(a) - 3.2),
            view.at(b, -11, deck(b) - 3.2),
            view.at(b, 14, deck(b) - 2.2),
            view.at(a, 14, deck(a) - 2.2),
        ]
        sketch.polygon(bottom, (under[0] * 0.55, under[1] * 0.55, under[2] * 0.6))
        near = -14.5
        side = [
            view.at(a, near, deck(a) - 2.4),
            view.at(b, near, deck(b) - 2.4),
            view.at(b, near, deck(b) + 0.2),
            view.at(a, near, deck(a) + 0.2),
        ]
        sketch.polygon(side, under)
        strip = [
            view.at(a, near, deck(a) - 0.5),
            view.at(b, near, deck(b) - 0.5),
            view.at(b, near, deck(b) + 0.15),
            view.at(a, near, deck(a) + 0.15),
        ]
        sketch.polygon(strip, (0.55, 1.0, 1.65))
        for aside, hue in ((-9.0, (1.9, 0.30, 0.14)), (-5.0, (1.5, 0.22, 0.10)), (6.0, (2.0, 1.6, 1.05))):
            if rng.uniform() < 0.86:
                trail = 0.25 + 0.75 * float(rng.uniform())
                lane = [view.at(a, aside, deck(a) + 0.9), view.at(b, aside, deck(b) + 0.9)]
                sketch.line(
                    lane,
                    max(0.4 * unit, 0.28 * view.pixels(float(a))),
                    (hue[0] * trail, hue[1] * trail, hue[2] * trail),
                )
    for step in range(44):
        along = LENGTH - 20 - step * 28.5
        for aside in (12.5, -13.2):
            foot = view.at(along, aside, deck(along))
            top = view.at(along, aside, deck(along) + 9.5)
            arm = view.at(along, aside * 0.82, deck(along) + 10.0)
            thick = max(0.5 * unit, 0.22 * view.pixels(along))
            sketch.line([foot, top, arm], thick, (0.10, 0.095, 0.09))
            size = max(1.15 * unit, 0.52 * view.pixels(along))
            sketch.ellipse(*arm, size * 1.25, size * 0.75, (LAMP[0] * 7, LAMP[1] * 7, LAMP[2] * 7))


def structure(view: View) -> Field:
    """Return the layer of city and bridge as seen by `view`."""
    sketch = Sketch(view.width, view.height, 3)
    city(view, sketch)
    for along in reversed(TOWERS):
        cables(view, sketch, along, 1)
    tower(view, sketch, TOWERS[1])
    roadway(view, sketch)
    for along in reversed(TOWERS):
        if along == TOWERS[0]:
            tower(view, sketch, along)
        cables(view, sketch, along, -1)
    return sketch.layer()


def boat(view: View) -> Field:
    """Return the layer of a ferry under way, turned over for the mirrored view."""
    unit = view.width / 2000
    sketch = Sketch(view.width, view.height, 3)
    left, line = 0.345 * view.width, 0.768 * view.height

    def spot(dx: float, up: float) -> Point:
        return left + dx * unit, line - up * unit * view.mirror

    hull: Light = (0.012, 0.013, 0.020)
    sketch.polygon([spot(-96, 16), spot(-60, 12), spot(62, 13), spot(112, 24), spot(92, 0), spot(-78, 0)], hull)
    sketch.polygon(
        [
            spot(-94, 16),
            spot(-60, 12),
            spot(62, 13),
            spot(110, 23),
            spot(108, 20),
            spot(62, 10),
            spot(-60, 9),
            spot(-92, 13),
        ],
        (0.10, 0.055, 0.035),
    )
    sketch.polygon([spot(-66, 13), spot(-62, 40), spot(46, 40), spot(58, 14)], (0.024, 0.022, 0.028))
    sketch.polygon([spot(-10, 40), spot(-6, 56), spot(34, 56), spot(44, 40)], (0.022, 0.021, 0.027))
    for k in range(9):
        wx = -56 + k * 11.6
        glow = 0.55 + 0.5 * ((k * 7) % 5) / 4
        sketch.polygon(
            [spot(wx, 34), spot(wx + 8.6, 34), spot(wx + 8.6, 21), spot(wx, 21)], (1.6 * glow, 0.92 * glow, 0.36 * glow)
        )
    for k in range(3):
        wx = 0 + k * 12.0
        sketch.polygon([spot(wx, 53), spot(wx + 9, 53), spot(wx + 9, 45), spot(wx, 45)], (0.9, 0.62, 0.32))
    sketch.polygon([spot(-70, 43), spot(50, 43), spot(52, 39.5), spot(-72, 39.5)], (0.075, 0.060, 0.055))
    sketch.line([spot(-4, 56), spot(-4, 96)], 1.8 * unit, (0.03, 0.03, 0.04))
    sketch.line([spot(-4, 90), spot(96, 24)], 0.5 * unit, (0.03, 0.03, 0.04))
    sketch.ellipse(*spot(-4, 97), 2.6 * unit, 2.6 * unit, (7.0, 6.0, 4.2))
    sketch.ellipse(*spot(104, 27), 2.0 * unit, 2.0 * unit, (0.3, 5.0, 1.0))
    for k in range(5):
        sketch.limb(spot(-88 + k * 5, 26), spot(-88 + k * 5, 15), 3.2 * unit, 3.8 * unit, (0.010, 0.010, 0.015))
        sketch.ellipse(*spot(-88 + k * 5, 29.5), 1.7 * unit, 2.0 * unit, (0.014, 0.012, 0.016))
    return sketch.layer()


def shore(view: View, picture: Field) -> Field:
    """Lay the near bank and its parapet, a little out of focus."""
    unit = view.width / 2000
    w, h = view.width, view.height
    quay = Sketch(w, h, 2)
    rng = np.random.default_rng(41)
    points = [(0.0, 0.945 * h)]
    for k in range(60):
        px = w * k / 59
        points.append((px, h * (0.950 + 0.034 * k / 59) + float(rng.uniform(-3, 3)) * unit))
    quay.polygon([*points, (w, h), (0, h)], (0.006, 0.007, 0.012))
    for k in range(15):
        px = w * (k / 14) - 20 * unit
        top = h * (0.893 + 0.044 * k / 14)
        tall = 90 * unit
        quay.polygon(
            [(px - 8 * unit, top), (px + 8 * unit, top), (px + 9 * unit, top + tall), (px - 9 * unit, top + tall)],
            (0.007, 0.008, 0.013),
        )
        quay.polygon(
            [(px + 5 * unit, top), (px + 8 * unit, top), (px + 9 * unit, top + tall), (px + 6 * unit, top + tall)],
            (0.10, 0.060, 0.030),
        )
    for drop, thick, light in (
        (0.0, 9.0, (0.007, 0.008, 0.013)),
        (-3.6, 2.0, (0.19, 0.115, 0.06)),
        (30.0, 4.0, (0.008, 0.009, 0.014)),
    ):
        quay.line([(0, 0.893 * h + (drop + 4) * unit), (w, 0.937 * h + (drop + 4) * unit)], thick * unit, light)
    return lay(picture, blur(quay.layer(), 1.5 * unit))


def bridge(width: int) -> Image.Image:
    """Return the whole picture at `width` pixels, 3:2."""
    height = round(width * 2 / 3)
    view = View(width=width, height=height)
    unit = width / 2000
    back = hills(view, sky(view))
    x, y = grid(width, height)
    up = (view.horizon - y) / height
    haze = np.exp(-np.maximum(up, 0) / 0.05) * 0.26 * np.exp(-(((x / width - 0.44) / 0.30) ** 2))
    back += tint(haze, (0.55, 0.30, 0.14))
    scene = lay(back, structure(view))
    scene = halo(scene, [(2.2 * unit, 0.40), (9 * unit, 0.30), (34 * unit, 0.22), (120 * unit, 0.12)], over=0.7)
    flipped = View(width=width, height=height, mirror=-1.0)
    turned = sample(back, x, 2 * view.horizon - y)
    mirror = lay(turned, structure(flipped))
    mirror = lay(mirror, boat(flipped))
    mirror = halo(mirror, [(3 * unit, 0.6), (14 * unit, 0.4), (40 * unit, 0.2)], over=0.7)
    swell = clouds(1024, 0.9, 51, low=6)
    ripple = clouds(1024, 0.6, 53, low=20)

    def wave(wx: Field, wz: Field) -> Field:
        return 0.75 * tile(swell, wx * 9, wz * 5.5) + 0.45 * tile(ripple, wx * 21, wz * 14)

    river = water(mirror, view.horizon, EYE, view.focal, wave, reach=32 * unit, rounds=24)
    below = np.maximum(y - view.horizon, 0) / (height - view.horizon)
    keep = 0.90 - 0.42 * below**0.8
    dark = gradient([(0, (0.008, 0.012, 0.020)), (1, (0.002, 0.005, 0.012))], below)
    river = river * keep[..., None] + dark
    scene = np.where((y > view.horizon)[..., None], river, scene).astype(np.float32)
    seam = np.exp(-(((y - view.horizon) / (2.0 * unit)) ** 2))
    scene = mix(scene, (0.030, 0.022, 0.022), seam * 0.6)
    scene = halo(lay(scene, boat(view)), [(2.2 * unit, 0.2), (12 * unit, 0.12)], over=1.0)
    scene = shore(view, scene)
    return develop(scene, seed=61, exposure=1.75, lift=0.018, corner=0.30, colour=1.04, soft=0.55)


if __name__ == "__main__":
    save(bridge(2000), PHOTOS / "bridge-night.jpg")
