"""Draw `harbour.jpg`: the old dock with its cranes and boats at sunset."""

# A picture is one long recipe; cutting it up would hide it.
# ruff: noqa: C901

from __future__ import annotations

import math
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
    modelled,
    ramp,
    sample,
    save,
    tile,
    tint,
    water,
)
from people import Dress, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

LINE = 0.605  # row of the far water line, share of the height
SUN = (0.365, 0.520)
EYE = 4.2
INK: Light = (0.024, 0.018, 0.020)
RIM: Light = (1.35, 0.52, 0.15)


def sunset(width: int, height: int) -> Field:
    """Paint the sky: a low sun, burning streaks and cooler cloud above."""
    x, y = grid(width, height)
    up = (LINE * height - y) / (LINE * height)
    light = gradient(
        [
            (-0.05, (1.10, 0.42, 0.12)),
            (0.06, (1.06, 0.41, 0.13)),
            (0.18, (0.80, 0.34, 0.16)),
            (0.36, (0.47, 0.27, 0.20)),
            (0.60, (0.215, 0.19, 0.235)),
            (1.0, (0.085, 0.115, 0.205)),
        ],
        up,
    )
    away = np.hypot(x / width - SUN[0], (y / height - SUN[1]) * height / width)
    light *= (0.58 + 0.52 * np.exp(-(((x / width - SUN[0]) / 0.36) ** 2)))[..., None]
    light += tint((1.4 * np.exp(-away / 0.034) + 0.62 * np.exp(-away / 0.15)).astype(np.float32), (1.0, 0.48, 0.13))
    sheet = clouds(1024, 1.45, 7)
    depth = 1 / np.maximum(up + 0.09, 0.025)
    u = (x / width - SUN[0]) * depth * 75
    band = (
        tile(sheet, u + 120, depth * 92 + 33)
        + 0.55 * tile(sheet, u * 2.6 + 40, depth * 260 + 9)
        + 0.25 * tile(sheet, u * 7, depth * 700)
    )
    cover = blur(ramp(-0.1, 1.7, band) * ramp(0.05, 0.20, up), width / 1600)
    lit = gradient(
        [(0.0, (2.6, 1.15, 0.34)), (0.16, (1.65, 0.58, 0.19)), (0.40, (0.85, 0.31, 0.20)), (0.75, (0.36, 0.20, 0.22))],
        away,
    )
    shade = gradient([(0.0, (0.60, 0.27, 0.15)), (0.3, (0.23, 0.135, 0.135)), (0.8, (0.090, 0.080, 0.110))], away)
    light = mix(light, mix(lit, shade, ramp(0.7, 2.3, band) * 0.92), cover * 0.86)
    return mix(light, (11.0, 6.4, 2.2), ramp(0.0155, 0.0140, away))


class Dock:
    """Things of the dock in a 1500 by 1000 frame, upright or turned over at their water line."""

    def __init__(self, width: int, height: int, mirror: float) -> None:
        """Make an empty dock."""
        self.width, self.height, self.mirror = width, height, mirror
        self.unit = width / 1500
        self.sketch = Sketch(width, height, 3)

    def spot(self, x: float, up: float, line: float) -> Point:
        """Return the pixel of a place: `x` in the frame, `up` over the row `line`."""
        return x * self.unit, (line - up * self.mirror) * self.unit

    def beam(self, a: Point, b: Point, line: float, thick: float, light: Light) -> None:
        """Draw a straight member between two places over `line`."""
        self.sketch.line([self.spot(*a, line), self.spot(*b, line)], max(0.5, thick * self.unit), light)

    def lattice(self, a: Point, b: Point, line: float, deep: float, panels: int, thick: float, light: Light) -> None:
        """Draw a lattice girder from `a` to `b`, tapering to its end."""
        dx, dy = b[0] - a[0], b[1] - a[1]
        long = math.hypot(dx, dy)
        nx, ny = -dy / long, dx / long
        before: tuple[Point, Point] | None = None
        for k in range(panels + 1):
            t = k / panels
            half = deep * (0.35 + 0.65 * math.sin(math.pi * min(0.92, 0.22 + 0.78 * t))) / 2
            p = (a[0] + dx * t + nx * half, a[1] + dy * t + ny * half)
            q = (a[0] + dx * t - nx * half, a[1] + dy * t - ny * half)
            if before:
                self.beam(before[0], p, line, thick, light)
                self.beam(before[1], q, line, thick, light)
                self.beam(before[k % 2], q if k % 2 == 0 else p, line, thick * 0.6, light)
                self.beam(before[1 - k % 2], p if k % 2 == 0 else q, line, thick * 0.45, light)
            self.beam(p, q, line, thick * 0.6, light)
            before = (p, q)

    def crane(self, x: float, line: float, size: float, hand: float, lift: float, light: Light, rim: Light) -> None:
        """Draw a level-luffing portal crane; `hand` +1 reaches right, `lift` is the jib's angle in degrees."""

        def at(dx: float, up: float) -> Point:
            return x + hand * dx * size, up * size

        for foot in (-34.0, 34.0):
            self.lattice(at(foot, 0), at(foot * 0.62, 92), line, 13 * size, 6, 2.4 * size, light)
        self.sketch.polygon(
            [
                self.spot(*at(-30, 92), line),
                self.spot(*at(30, 92), line),
                self.spot(*at(30, 104), line),
                self.spot(*at(-30, 104), line),
            ],
            light,
        )
        self.beam(at(-27, 50), at(27, 50), line, 3 * size, light)
        self.beam(at(-27, 50), at(20, 92), line, 2 * size, light)
        self.beam(at(27, 50), at(-20, 92), line, 2 * size, light)
        house = [
            at(-12, 100),
            at(-14, 108),
            at(-44, 108),
            at(-44, 146),
            at(-12, 158),
            at(18, 158),
            at(24, 108),
            at(14, 108),
            at(12, 100),
        ]
        self.sketch.polygon([self.spot(*point, line) for point in house], light)
        self.sketch.polygon(
            [self.spot(*point, line) for point in (at(10, 124), at(22, 124), at(20, 144), at(10, 144))],
            (0.85, 0.42, 0.14),
        )
        self.lattice(at(-14, 156), at(-4, 240), line, 15 * size, 6, 2.0 * size, light)
        turn = math.radians(lift)
        root = at(16, 132)
        long = 250 * size
        tip = (root[0] + hand * math.cos(turn) * long, root[1] + math.sin(turn) * long)
        self.lattice(root, tip, line, 20 * size, 15, 1.8 * size, light)
        fly = (tip[0] + hand * 60 * size * math.cos(turn * 0.25), tip[1] - 14 * size)
        back = (tip[0] - hand * 34 * size, tip[1] + 10 * size)
        self.lattice(back, fly, line, 8 * size, 7, 1.3 * size, light)
        top = at(-4, 240)
        for end in (tip, back):
            self.beam(top, end, line, 1.0 * size, light)
        self.beam(top, at(-58, 168), line, 2.2 * size, light)
        self.sketch.polygon(
            [self.spot(*point, line) for point in (at(-74, 150), at(-74, 186), at(-48, 190), at(-46, 154))], light
        )
        hook = (fly[0], fly[1] - 135 * size)
        self.beam(fly, hook, line, 0.7 * size, light)
        self.sketch.polygon(
            [
                self.spot(hook[0] - 4 * size, hook[1], line),
                self.spot(hook[0] + 4 * size, hook[1], line),
                self.spot(hook[0], hook[1] - 12 * size, line),
            ],
            light,
        )
        if self.mirror > 0:
            side = 1 if x < SUN[0] * 1500 else -1
            for a, b in ((at(24 if side * hand > 0 else -44, 110), at(18 if side * hand > 0 else -44, 156)),):
                self.beam(a, b, line, 1.8 * size, rim)
            self.beam(at(-12, 158), at(18, 158), line, 1.4 * size, rim)
            self.beam(root, tip, line, 0.9 * size, rim)
            self.sketch.ellipse(
                *self.spot(tip[0], tip[1] + 5 * size, line), 2.0 * self.unit, 2.0 * self.unit, (4.0, 0.45, 0.22)
            )

    def shed(self, x: float, line: float, wide: float, tall: float, bays: int, light: Light, rim: Light) -> None:
        """Draw a warehouse with a saw-tooth roof and tall windows that hold the sky."""
        step = wide / bays
        outline = [(x, 0.0), (x, tall)]
        for k in range(bays):
            outline += [(x + k * step, tall + step * 0.42), (x + (k + 1) * step, tall)]
        outline.append((x + wide, 0.0))
        self.sketch.polygon([self.spot(px, py, line) for px, py in outline], light)
        for k in range(bays):
            if self.mirror > 0:
                self.beam((x + k * step, tall + step * 0.42), (x + (k + 1) * step, tall), line, 1.4, rim)
            for pane in range(2):
                left = x + k * step + step * (0.16 + 0.40 * pane)
                glow = 0.15 + 0.35 * ((k * 5 + pane * 3) % 7) / 6
                self.sketch.polygon(
                    [
                        self.spot(left, tall * 0.28, line),
                        self.spot(left, tall * 0.74, line),
                        self.spot(left + step * 0.12, tall * 0.82, line),
                        self.spot(left + step * 0.24, tall * 0.74, line),
                        self.spot(left + step * 0.24, tall * 0.28, line),
                    ],
                    (0.46 * glow, 0.22 * glow, 0.11 * glow),
                )
                for bar in (0.40, 0.52, 0.64):
                    self.beam((left, tall * bar), (left + step * 0.24, tall * bar), line, 0.9, light)
                self.beam((left + step * 0.12, tall * 0.28), (left + step * 0.12, tall * 0.80), line, 0.9, light)

    def boat(self, x: float, line: float, size: float, hand: float, kind: int, light: Light, rim: Light) -> None:
        """Draw a moored wooden boat; `kind` 0 fishing boat, 1 tug, 2 sampan."""

        def at(dx: float, up: float) -> Point:
            return self.spot(x + hand * dx * size, up * size, line)

        def fill(points: Sequence[tuple[float, float]], hue: Light) -> None:
            self.sketch.polygon([at(*point) for point in points], hue)

        def rope(points: Sequence[tuple[float, float]], thick: float, hue: Light) -> None:
            self.sketch.line([at(*point) for point in points], max(0.4, thick * size * self.unit), hue)

        sheer = [(-100, 30), (-70, 22), (-30, 17), (10, 17), (50, 23), (84, 36), (112, 54)]
        if kind == 2:
            sheer = [(-92, 24), (-60, 15), (-20, 11), (20, 11), (60, 15), (98, 25)]
        keel = [(sheer[-1][0] - 22, 0), (sheer[0][0] + 10, 0)]
        fill([*sheer, *keel], light)
        fill(
            [(px, py - 3.0) for px, py in sheer] + [(px, py - 7.5) for px, py in reversed(sheer)],
            (light[0] * 2.2 + 0.03, light[1] * 1.6 + 0.012, light[2] * 1.5 + 0.01),
        )
        if self.mirror > 0:
            rope(sheer, 1.6, rim)
        if kind == 2:
            hood = [(-34 + 68 * t / 10, 11 + 27 * math.sin(math.pi * t / 10)) for t in range(11)]
            fill([*hood, (34, 9), (-34, 9)], (light[0] * 1.5, light[1] * 1.3, light[2]))
            rope([(64, 12), (96, 84)], 1.7, light)
            return
        fill([(-86, 24), (-84, 66), (-26, 66), (-20, 20)], light)
        fill([(-92, 71), (-92, 66), (-18, 66), (-18, 71)], light)
        if kind == 1:
            fill([(-66, 71), (-64, 96), (-30, 96), (-26, 71)], light)
            fill([(-10, 18), (-8, 74), (10, 74), (12, 18)], light)
            fill([(-9, 62), (-8, 70), (10, 70), (11, 62)], (0.30, 0.06, 0.03))
        for k in range(3):
            fill(
                [(-80 + k * 18, 60), (-68 + k * 18, 60), (-68 + k * 18, 44), (-80 + k * 18, 44)],
                (1.15, 0.52, 0.17) if (k + int(x)) % 3 else (0.22, 0.10, 0.05),
            )
        mast = 22.0 if kind == 0 else -48.0
        base = 17.0 if kind == 0 else 96.0
        tall = 176.0 if kind == 0 else 150.0
        rope([(mast, base), (mast, tall)], 3.4, light)
        rope([(mast, tall - 8), (mast + 74, 66)], 2.0, light)
        rope([(mast, tall - 2), (108, 54)], 0.6, light)
        rope([(mast, tall - 2), (-96, 34)], 0.6, light)
        rope([(mast, tall - 30), (-70, 71)], 0.5, light)
        for k in range(5):
            rope([(mast - 10 + 2 * k, tall - 26 - 22 * k), (mast + 10 - 2 * k, tall - 26 - 22 * k)], 0.7, light)
        rope([(mast + 74, 66), (mast + 72, 30)], 0.6, light)
        if kind == 0:
            net = [(mast + 4, 100), (mast + 26, 78), (mast + 48, 60), (mast + 54, 26), (mast + 20, 20), (mast + 4, 20)]
            fill(net, (light[0] * 1.4, light[1] * 1.1, light[2]))
        for k in range(4):
            px, py = at(-60 + k * 34, 10)
            self.sketch.ellipse(px, py, 5.2 * size * self.unit, 6.2 * size * self.unit, (0.012, 0.011, 0.012))
        px, py = at(mast, tall + 3)
        self.sketch.ellipse(px, py, 1.9 * size * self.unit, 1.9 * size * self.unit, (5.0, 3.6, 1.8))
        if self.mirror > 0:
            rope([(-18, 20), (-24, 66)], 1.2, rim)
            rope([(-92, 71), (-18, 71)], 1.1, rim)
            rope([(mast + 1.4 * (1 if hand > 0 else -1), base), (mast + 1.4, tall)], 0.8, rim)

    def far(self) -> None:
        """Draw the far bank: trees, sheds, chimneys and two cranes in haze."""
        rng = np.random.default_rng(5)
        line = LINE * 1000
        haze: Light = (0.27, 0.125, 0.075)
        for _ in range(150):
            x = float(rng.uniform(-20, 1000))
            tall = float(rng.uniform(5, 20))
            for _leaf in range(60):
                px, py = self.spot(x + float(rng.normal(0, 7)), tall * abs(float(rng.normal(0.5, 0.3))), line)
                self.sketch.ellipse(px, py, 1.5 * self.unit, 1.1 * self.unit, haze)
        for x, wide, tall in ((60, 130, 26), (250, 90, 20), (690, 150, 30), (850, 120, 24)):
            self.shed(x, line, wide, tall, max(3, int(wide / 28)), (0.235, 0.105, 0.066), haze)
        for x, tall in ((205, 92), (232, 78), (812, 84)):
            self.sketch.polygon(
                [
                    self.spot(x - 4, 0, line),
                    self.spot(x - 2.6, tall, line),
                    self.spot(x + 2.6, tall, line),
                    self.spot(x + 4, 0, line),
                ],
                (0.225, 0.10, 0.064),
            )
        self.crane(610, line, 0.44, -1, 52, (0.21, 0.095, 0.060), haze)
        self.crane(470, line, 0.36, 1, 58, (0.24, 0.108, 0.066), haze)

    def near(self) -> None:
        """Draw the near basin: quay with cranes and sheds at the right, moored boats."""
        self.shed(1090, 640, 460, 92, 6, (0.050, 0.030, 0.028), (0.62, 0.25, 0.09))
        self.sketch.polygon(
            [self.spot(930, 0, 668), self.spot(930, 24, 668), self.spot(1500, 44, 668), self.spot(1520, 0, 690)],
            (0.036, 0.025, 0.024),
        )
        self.crane(1010, 645, 1.12, -1, 55, (0.038, 0.026, 0.026), RIM)
        self.crane(1265, 648, 1.34, -1, 63, INK, RIM)
        self.boat(742, 668, 0.66, 1, 0, (0.045, 0.030, 0.030), RIM)
        self.boat(905, 690, 0.78, 1, 1, (0.036, 0.025, 0.026), RIM)
        self.boat(1120, 722, 1.06, -1, 0, INK, RIM)
        self.boat(1345, 752, 1.25, -1, 1, INK, RIM)
        self.boat(330, 664, 0.36, 1, 2, (0.07, 0.040, 0.034), RIM)
        self.boat(185, 705, 0.62, -1, 2, (0.045, 0.030, 0.028), RIM)


def pier(width: int, height: int) -> Field:
    """Return the layer of the wooden pier in the foreground with two people and bollards."""
    sketch = Sketch(width, height, 3)
    unit = width / 1500
    rng = np.random.default_rng(11)

    def at(x: float, y: float) -> Point:
        return x * unit, y * unit

    sketch.polygon([at(-10, 868), at(620, 856), at(760, 1010), at(-10, 1010)], (0.030, 0.020, 0.017))
    for k in range(44):
        t = (k / 43) ** 1.1
        a, b = at(-10 + 628 * t, 868 - 11 * t), at(-420 + 1172 * t, 1010)
        tone = float(rng.uniform(0.5, 1.5))
        sketch.line([a, b], float(rng.uniform(1.0, 2.6)) * unit, (0.013, 0.009, 0.009))
        c, d = at(-10 + 628 * t + 5, 868 - 11 * t), at(-420 + 1172 * t + 13, 1010)
        sketch.line([c, d], 1.4 * unit, (0.11 * tone, 0.048 * tone, 0.022 * tone))
    sketch.polygon([at(-10, 864), at(622, 852), at(626, 861), at(-10, 873)], (0.026, 0.018, 0.016))
    sketch.line([at(-10, 864), at(622, 852)], 2.0 * unit, (0.95, 0.38, 0.12))
    for x, y, size in ((118, 862, 1.0), (505, 853, 0.92)):
        sketch.polygon(
            [
                at(x - 13 * size, y),
                at(x - 10 * size, y - 34 * size),
                at(x + 10 * size, y - 34 * size),
                at(x + 13 * size, y),
            ],
            (0.020, 0.015, 0.014),
        )
        sketch.ellipse(*at(x, y - 35 * size), 17 * size * unit, 6 * size * unit, (0.024, 0.017, 0.016))
        sketch.line(
            [at(x + 4, y - 40 * size), at(x + 16 * size, y - 36 * size), at(x + 11 * size, y - 4)], 1.8 * unit, RIM
        )
    for k in range(5):
        sketch.ellipse(
            *at(452, 868 - 3.2 * k),
            (30 - 1.5 * k) * unit,
            (9 - 0.4 * k) * unit,
            (0.055, 0.033, 0.020) if k % 2 else (0.022, 0.015, 0.012),
        )
    for x, tall, seed, hand, child in ((262, 172, 21, 0.0, False), (318, 108, 24, 0.9, True)):
        dress = Dress(
            coat=(0.022, 0.017, 0.019),
            legs=(0.016, 0.013, 0.014),
            head=(0.022, 0.014, 0.012),
            rim=RIM,
            rim_side=0.75,
            long=0.42 if not child else 0.36,
            skirt=child,
            hair=child,
        )
        figure(sketch, at(x, 880), tall * unit, dress, seed=seed, stride=0.15, raise_hand=hand)
    return sketch.layer()


def gulls(sketch: Sketch, width: int, height: int) -> None:
    """Draw gulls over the basin."""
    rng = np.random.default_rng(15)
    for _ in range(17):
        x = float(rng.uniform(0.10, 0.66)) * width
        y = float(rng.uniform(0.10, 0.44)) * height
        size = float(rng.uniform(5, 14)) * width / 1500
        beat = float(rng.uniform(0.1, 0.7))
        for hand in (-1, 1):
            points = [
                (x, y),
                (x + hand * 0.5 * size, y - beat * 0.62 * size),
                (x + hand * 1.25 * size, y - beat * 0.20 * size),
                (x + hand * 0.5 * size, y - beat * 0.62 * size + 0.16 * size),
                (x, y + 0.15 * size),
            ]
            sketch.polygon(points, (0.040, 0.030, 0.034))


def harbour(width: int) -> Image.Image:
    """Return the whole picture at `width` pixels, 3:2."""
    height = round(width * 2 / 3)
    unit = width / 1500
    line = LINE * height
    x, y = grid(width, height)
    sky = sunset(width, height)
    away = np.abs(x / width - SUN[0])
    warm = gradient([(0.0, (1.25, 0.50, 0.15)), (0.25, (0.72, 0.31, 0.14)), (0.65, (0.34, 0.18, 0.13))], away)
    back = Dock(width, height, 1.0)
    back.far()
    scene = lay(sky, back.sketch.layer())
    haze = np.exp(-np.maximum(line - y, 0) / (26 * unit)) * 0.55
    scene = mix(scene, warm, haze.astype(np.float32))
    front = Dock(width, height, 1.0)
    front.near()
    solid = front.sketch.layer()
    turned = sample(mix(lay(sky, back.sketch.layer()), warm, haze.astype(np.float32)), x, 2 * line - y)
    low = Dock(width, height, -1.0)
    low.near()
    turned = lay(turned, low.sketch.layer())
    swell = clouds(1024, 0.95, 17, low=6)

    def wave(wx: Field, wz: Field) -> Field:
        calm = 0.40 + 0.75 * ramp(-0.6, 1.2, tile(swell, wx * 0.9 + 30, wz * 0.22))
        return calm * (0.75 * tile(swell, wx * 15, wz * 8) + 0.5 * tile(swell, wx * 42 + 40, wz * 26))

    basin = water(turned, line, EYE, 1.05 * width, wave, reach=21 * unit, rounds=22, side=0.16)
    below = np.clip((y - line) / (height - line), 0, 1)
    basin = basin * (0.94 - 0.36 * below)[..., None] + gradient(
        [(0, (0.018, 0.012, 0.010)), (1, (0.008, 0.010, 0.016))], below
    )
    scene = np.where((y > line)[..., None], basin, scene).astype(np.float32)
    veil = np.exp(-np.abs(line - y) / (9 * unit)) * 0.35
    scene = mix(scene, warm * 0.8, veil.astype(np.float32))
    scene = lay(scene, modelled(solid, 5 * unit, side=-0.7, gain=0.5))
    glow = np.exp(-np.hypot(x / width - SUN[0], (y / height - SUN[1]) * height / width) / 0.16)
    scene += tint((glow * 0.10).astype(np.float32), (1.0, 0.42, 0.12))
    birds = Sketch(width, height, 3)
    gulls(birds, width, height)
    scene = lay(scene, birds.layer())
    scene = lay(scene, blur(pier(width, height), 0.6 * unit))
    scene = halo(scene, [(4 * unit, 0.14), (20 * unit, 0.10), (80 * unit, 0.10), (200 * unit, 0.07)], over=1.0)
    return develop(scene, seed=161, exposure=0.98, lift=0.016, corner=0.28, colour=1.02)


if __name__ == "__main__":
    save(harbour(2000), PHOTOS / "harbour.jpg")
