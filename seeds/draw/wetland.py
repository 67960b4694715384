"""Draw `wetland.jpg`: a lake at dawn with mist, reeds and a skein of geese."""

# A picture is one long recipe; cutting it up would hide it.
# ruff: noqa: PLR0915

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
    ramp,
    sample,
    save,
    tile,
    tint,
    water,
)

if TYPE_CHECKING:
    from PIL import Image

HORIZON = 0.545  # share of the height
SUN = (0.655, 0.425)  # place in the frame
EYE = 2.4  # metres over the water
FOCAL = 1.0  # focal length, widths
DARK: Light = (0.030, 0.024, 0.018)


def dawn(width: int, height: int) -> Field:
    """Paint the sky: gold about the sun, rose and grey-blue above, with streaks of cloud."""
    x, y = grid(width, height)
    up = (HORIZON * height - y) / (HORIZON * height)
    light = gradient(
        [
            (-0.1, (0.86, 0.40, 0.135)),
            (0.06, (0.86, 0.41, 0.155)),
            (0.22, (0.66, 0.36, 0.205)),
            (0.42, (0.38, 0.285, 0.265)),
            (0.70, (0.165, 0.195, 0.27)),
            (1.0, (0.075, 0.115, 0.205)),
        ],
        up,
    )
    away = np.hypot((x / width - SUN[0]), (y / height - SUN[1]) * height / width)
    light += tint(np.exp(-away / 0.030) * 1.5 + np.exp(-away / 0.15) * 0.62, (1.0, 0.56, 0.19))
    light *= (0.78 + 0.30 * np.exp(-(((x / width - SUN[0]) / 0.42) ** 2)))[..., None]
    sheet = clouds(1024, 1.5, 3)
    depth = 1 / np.maximum(up + 0.12, 0.03)
    u = (x / width - 0.5) * depth * 120 + 40
    band = tile(sheet, u, depth * 120 + 12) + 0.5 * tile(sheet, u * 2.7 + 90, depth * 330)
    cover = blur(ramp(0.15, 2.1, band) * ramp(0.04, 0.22, up), 1.2 * width / 2000)
    lit = gradient(
        [(0.0, (1.4, 0.60, 0.18)), (0.3, (1.0, 0.46, 0.22)), (0.65, (0.55, 0.32, 0.27)), (1.0, (0.24, 0.22, 0.27))], up
    )
    lit *= (0.65 + 0.8 * np.exp(-away / 0.25))[..., None]
    dim = tint(np.ones_like(up), (0.15, 0.125, 0.165))
    body = mix(lit, dim, ramp(1.4, 3.2, band) * 0.6)
    picture = mix(light, body, cover * 0.78)
    disc = 1 - ramp(0.0094, 0.0112, away)
    return mix(picture, (14.0, 9.6, 4.4), disc)


def grove(
    sketch: Sketch,
    rng: np.random.Generator,
    unit: float,
    *,
    start: float,
    stop: float,
    base: float,
    tall: float,
    light: Light,
) -> None:
    """Draw a line of trees from x `start` to `stop`, as crowns of many small leaves."""
    x = start
    while x < stop:
        edge = min(1.0, (x - start) / (140 * unit), (stop - x) / (140 * unit))
        crown = tall * (0.35 + 0.65 * float(rng.uniform()) ** 1.4) * (0.06 + 0.94 * max(edge, 0))
        slim = float(rng.uniform(0.22, 0.5))
        sketch.line(
            [(x, base), (x + float(rng.uniform(-3, 3)) * unit, base - crown * 0.9)], max(1.0, crown * 0.035), light
        )
        for _ in range(9):
            turn, far = float(rng.uniform(0, 2 * math.pi)), math.sqrt(float(rng.uniform()))
            mx = x + math.cos(turn) * far * crown * slim * 0.8
            my = base - crown * 0.60 + math.sin(turn) * far * crown * 0.33
            sketch.line([(x, base - 0.3 * crown), (mx, my)], max(0.6, crown * 0.012), light)
            bough = crown * float(rng.uniform(0.09, 0.19))
            for _leaf in range(70):
                sx, sy = float(rng.normal(0, 0.55)), float(rng.normal(0, 0.40))
                size = bough * float(rng.uniform(0.07, 0.24))
                sketch.ellipse(mx + sx * bough, my + sy * bough, size, size * 0.7, light)
        x += crown * float(rng.uniform(0.08, 0.38))
    sketch.polygon(
        [(start, base), (start + 60 * unit, base - 0.16 * tall), (stop - 60 * unit, base - 0.16 * tall), (stop, base)],
        light,
    )


def mist(picture: Field, row: float, thick: float, strength: float, seed: int) -> Field:
    """Lay a drifting bank of mist about the row `row` (shares of the height)."""
    height, width = picture.shape[:2]
    x, y = grid(width, height)
    sheet = clouds(1024, 1.5, seed)
    drift = (
        tile(sheet, x / width * 150, y / height * 900) * 0.6
        + tile(sheet, x / width * 420 + 77, y / height * 2200) * 0.3
    )
    centre = row + 0.010 * tile(sheet, x / width * 90 + 500, np.full_like(x, 7.0))
    off = (y / height - centre) / thick
    body = np.exp(-np.where(off < 0, off**2 * 1.0, off**2 * 3.0))
    cover = np.clip(strength * body * (0.80 + 0.34 * drift), 0, 0.97)
    away = np.hypot(x / width - SUN[0], (y / height - SUN[1]) * 0.6)
    lit = gradient(
        [
            (0.0, (1.35, 0.76, 0.34)),
            (0.16, (0.90, 0.54, 0.30)),
            (0.42, (0.52, 0.385, 0.32)),
            (0.75, (0.31, 0.285, 0.305)),
        ],
        away,
    )
    return mix(picture, lit, blur(cover.astype(np.float32), 1.5 * width / 2000))


def goose(sketch: Sketch, x: float, y: float, size: float, beat: float, light: Light) -> None:
    """Draw one flying goose heading left; `beat` -1…1 is the stroke of the wings."""
    sketch.limb((x - 0.95 * size, y - 0.03 * size), (x - 0.35 * size, y), 0.085 * size, 0.12 * size, light)
    sketch.ellipse(x, y, 0.46 * size, 0.135 * size, light)
    sketch.ellipse(x - 0.98 * size, y - 0.04 * size, 0.095 * size, 0.07 * size, light)
    sketch.polygon(
        [(x + 0.35 * size, y - 0.07 * size), (x + 0.75 * size, y - 0.02 * size), (x + 0.35 * size, y + 0.07 * size)],
        light,
    )
    for back, gain in ((0.10, 0.85), (-0.06, 1.0)):
        root, tip = x + back * size, y - beat * size * gain
        bend = y - beat * size * 0.62 * gain - 0.12 * size
        sketch.polygon(
            [
                (root - 0.26 * size, y - 0.02 * size),
                (root + 0.02 * size, bend),
                (root + 0.62 * size, tip),
                (root + 0.70 * size, tip + 0.04 * size),
                (root + 0.38 * size, bend + 0.22 * size * (1 if beat > 0 else 0.4)),
                (root + 0.24 * size, y + 0.05 * size),
            ],
            light,
        )


def skein(sketch: Sketch, width: int, height: int) -> None:
    """Draw the geese in their uneven V."""
    rng = np.random.default_rng(9)
    head: Point = (0.205 * width, 0.175 * height)
    light: Light = (0.050, 0.046, 0.054)
    for arm, count, step in ((1, 13, (0.0215, 0.0150)), (-1, 8, (0.0240, -0.0125))):
        for k in range(0 if arm > 0 else 1, count):
            bow = 0.00030 * k * k * arm
            x = head[0] + (k * step[0] + float(rng.normal(0, 0.0022))) * width
            y = head[1] + (k * step[1] - bow + float(rng.normal(0, 0.003))) * height
            goose(sketch, x, y, 0.0082 * width * float(rng.uniform(0.88, 1.05)), float(rng.uniform(-0.55, 0.95)), light)


def punt(sketch: Sketch, width: int, height: int, mirror: float) -> None:
    """Draw a flat boat with a man poling it; `mirror` -1 turns it over at the water line."""
    unit = width / 2000
    left, line = 0.530 * width, 0.632 * height

    def spot(dx: float, up: float) -> Point:
        return left + dx * unit, line - up * unit * mirror

    ink: Light = (0.034, 0.027, 0.022)
    sketch.polygon(
        [
            spot(-104, 19),
            spot(-80, 11),
            spot(0, 8),
            spot(78, 12),
            spot(100, 21),
            spot(84, 1),
            spot(60, -2),
            spot(-62, -2),
            spot(-86, 1),
        ],
        ink,
    )
    sketch.polygon(
        [spot(-10, 9), spot(-6, 26), spot(8, 33), spot(30, 33), spot(44, 25), spot(47, 9)], (0.045, 0.034, 0.026)
    )
    man = (-58.0, 9.0)

    def body(dx: float, up: float) -> Point:
        return spot(man[0] + dx, man[1] + up)

    for hip, knee, foot in ((-3, -8, -13), (5, 8, 12)):
        sketch.limb(body(hip, 38), body(knee, 20), 9 * unit, 7.5 * unit, ink)
        sketch.limb(body(knee, 20), body(foot, 0), 7 * unit, 5.5 * unit, ink)
    sketch.polygon([body(-8, 36), body(-10, 52), body(-4, 66), body(9, 66), body(14, 52), body(9, 34)], ink)
    sketch.limb(body(6, 64), body(21, 54), 6 * unit, 5 * unit, ink)
    sketch.limb(body(21, 54), body(31, 62), 5 * unit, 4 * unit, ink)
    sketch.limb(body(-2, 64), body(14, 47), 6 * unit, 5 * unit, ink)
    sketch.limb(body(14, 47), body(28, 50), 5 * unit, 4 * unit, ink)
    sketch.ellipse(*body(5, 74), 5.6 * unit, 6.8 * unit, ink)
    sketch.polygon([body(-14, 75), body(5, 88), body(24, 75)], ink)
    sketch.line([body(38, 104), body(14, -10)], 2.4 * unit, ink)
    for edge in (
        (spot(-4, 27), spot(9, 33.6)),
        (spot(9, 33.6), spot(30, 33.6)),
        (body(6, 88), body(24, 76)),
        (body(10, 66), body(14, 52)),
    ):
        sketch.line(list(edge), 1.6 * unit, (1.1, 0.62, 0.26))


def reeds(
    width: int,
    height: int,
    *,
    seed: int,
    count: int,
    span: tuple[float, float],
    base: float,
    tall: float,
    light: Light,
    rim: Light,
    mirror: float = 1.0,
) -> Field:
    """Return a layer of bending reeds with plumes, rooted about the row `base`."""
    rng = np.random.default_rng(seed)
    sketch = Sketch(width, height, 2)
    unit = width / 2000
    for _ in range(count):
        place = float(rng.beta(0.8, 2.2))
        x0 = (span[0] + (span[1] - span[0]) * place) * width
        long = tall * height * float(rng.uniform(0.45, 1.0)) * (1.05 - 0.55 * place)
        lean = float(rng.normal(0.10, 0.10))
        droop = float(rng.uniform(0.02, 0.22))
        foot = base * height + float(rng.uniform(-2, 8)) * unit
        cuts = 9
        stem = [
            (x0 + long * (lean * t + droop * t**3), foot - mirror * long * (t - 0.10 * droop * t**3))
            for t in (k / cuts for k in range(cuts + 1))
        ]
        shade = float(rng.uniform(0.65, 1.5))
        hue: Light = (light[0] * shade, light[1] * shade, light[2] * shade)
        thick = float(rng.uniform(1.3, 3.0)) * unit * (tall / 0.35)
        for k in range(cuts):
            sketch.limb(stem[k], stem[k + 1], thick * (1 - 0.75 * k / cuts), thick * (1 - 0.75 * (k + 1) / cuts), hue)
        for _leaf in range(int(rng.integers(1, 5))):
            t = float(rng.uniform(0.15, 0.7))
            a = stem[int(t * cuts)]
            hand = 1 if rng.uniform() < 0.62 else -1
            reach = long * float(rng.uniform(0.12, 0.32))
            lift = float(rng.uniform(0.35, 1.0))
            mid = (a[0] + hand * reach * 0.45, a[1] - mirror * reach * 0.62 * lift)
            end = (a[0] + hand * reach, a[1] - mirror * reach * (0.35 if rng.uniform() < 0.6 else 0.85) * lift)
            sketch.limb(a, mid, thick * 0.6, thick * 0.8, hue)
            sketch.limb(mid, end, thick * 0.8, 0.4 * unit, hue)
        if rng.uniform() < 0.5:
            tip, before = stem[-1], stem[-3]
            dx, dy = tip[0] - before[0], tip[1] - before[1]
            head = 0.19 * long
            size = math.hypot(dx, dy) or 1.0
            for _hair in range(42):
                t = float(rng.uniform(-0.15, 1.0))
                a = (
                    tip[0] + dx / size * head * t * 0.75,
                    tip[1] + dy / size * head * t * 0.75 + mirror * head * 0.10 * t * t,
                )
                width_here = head * 0.19 * math.sin(math.pi * min(max((t + 0.2) / 1.25, 0.02), 0.98))
                b = (
                    a[0] + float(rng.normal(0.5, 0.7)) * width_here,
                    a[1] + mirror * float(rng.normal(0.15, 0.6)) * width_here,
                )
                flash = rng.uniform() < 0.34
                sketch.line([a, b], 1.15 * unit * (tall / 0.35) ** 0.5, rim if flash else hue)
    return sketch.layer()


def wetland(width: int) -> Image.Image:
    """Return the whole picture at `width` pixels, 16:9."""
    height = round(width * 9 / 16)
    unit = width / 2000
    line = HORIZON * height
    x, y = grid(width, height)
    scene = dawn(width, height)
    ridge = clouds(1024, 1.7, 15)
    for lift, size, shift, light in ((0.070, 0.026, 0, (0.36, 0.235, 0.20)), (0.040, 0.018, 300, (0.22, 0.15, 0.135))):
        top = lift + size * tile(ridge, x[:1] / width * 200 + shift, np.full_like(x[:1], 3.0 + shift))
        away = np.abs(x / width - SUN[0])
        warm = gradient([(0.0, (2.1, 1.75, 1.35)), (0.18, (1.25, 1.1, 1.0)), (0.6, (0.72, 0.82, 1.0))], away)
        scene = mix(scene, warm * np.array(light, dtype=np.float32), ramp(-1, 1, y - (line - top * height)) * 0.90)
        scene = mist(scene, HORIZON - 0.012, 0.035, 0.75, 31 + shift)
    rng = np.random.default_rng(17)
    far = Sketch(width, height, 2)
    grove(
        far, rng, unit, start=-60 * unit, stop=0.47 * width, base=line, tall=0.062 * height, light=(0.16, 0.13, 0.125)
    )
    grove(
        far,
        rng,
        unit,
        start=0.74 * width,
        stop=1.04 * width,
        base=line,
        tall=0.075 * height,
        light=(0.20, 0.145, 0.115),
    )
    scene = lay(scene, far.layer())
    scene = mist(scene, HORIZON - 0.004, 0.030, 0.80, 5)
    near = Sketch(width, height, 2)
    grove(
        near,
        rng,
        unit,
        start=-80 * unit,
        stop=0.27 * width,
        base=line + 5 * unit,
        tall=0.155 * height,
        light=(0.062, 0.052, 0.050),
    )
    scene = lay(scene, near.layer())
    scene = mist(scene, HORIZON + 0.002, 0.026, 0.88, 6)
    flock = Sketch(width, height, 3)
    skein(flock, width, height)
    scene = lay(scene, flock.layer())
    turned = sample(scene, x, 2 * line - y)
    under = Sketch(width, height, 3)
    punt(under, width, height, -1.0)
    back = {"seed": 71, "count": 130, "span": (-0.05, 0.36), "base": 0.775, "tall": 0.20}
    turned = lay(turned, under.layer())
    clump = {"light": (0.060, 0.046, 0.028), "rim": (0.9, 0.5, 0.2)}
    turned = lay(turned, reeds(width, height, **back, **clump, mirror=-1.0))  # type: ignore[arg-type]
    swell = clouds(1024, 1.0, 41, low=5)

    def wave(wx: Field, wz: Field) -> Field:
        calm = 0.35 + 0.9 * ramp(-0.3, 1.2, tile(swell, wx * 0.8 + 50, wz * 0.25))
        return 0.55 * calm * (tile(swell, wx * 20, wz * 11) + 0.5 * tile(swell, wx * 55 + 40, wz * 33))

    lake = water(turned, line, EYE, FOCAL * width, wave, reach=15 * unit, rounds=18)
    below = np.clip((y - line) / (height - line), 0, 1)
    lake = lake * (0.93 - 0.34 * below)[..., None] + gradient(
        [(0, (0.02, 0.018, 0.016)), (1, (0.012, 0.016, 0.022))], below
    )
    scene = np.where((y > line)[..., None], lake, scene).astype(np.float32)
    scene = mist(scene, HORIZON + 0.014, 0.022, 0.62, 7)
    scene = mist(scene, HORIZON + 0.075, 0.020, 0.30, 8)
    boat = Sketch(width, height, 3)
    punt(boat, width, height, 1.0)
    scene = lay(scene, boat.layer())
    scene = mist(scene, 0.648, 0.012, 0.30, 10)
    scene = lay(scene, reeds(width, height, **back, **clump))  # type: ignore[arg-type]
    scene = halo(scene, [(5 * unit, 0.10), (40 * unit, 0.10), (150 * unit, 0.10)], over=1.2)
    front = reeds(
        width,
        height,
        seed=73,
        count=230,
        span=(1.08, 0.60),
        base=1.06,
        tall=0.60,
        light=(0.026, 0.020, 0.013),
        rim=(1.15, 0.62, 0.24),
    )
    scene = lay(scene, blur(front, 0.9 * unit))
    corner = reeds(
        width,
        height,
        seed=74,
        count=90,
        span=(-0.08, 0.22),
        base=1.08,
        tall=0.40,
        light=(0.022, 0.018, 0.013),
        rim=(0.7, 0.4, 0.18),
    )
    scene = lay(scene, blur(corner, 1.6 * unit))
    return develop(scene, seed=81, exposure=0.95, lift=0.014, corner=0.22, colour=1.04)


if __name__ == "__main__":
    save(wetland(2000), PHOTOS / "wetland.jpg")
