"""Draw `skyline.jpg`: the towers of the new town over the river in evening haze."""

# A picture is one long recipe; cutting it up would hide it.
# ruff: noqa: C901, PLR0912, PLR0915

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from paint import (
    PHOTOS,
    Field,
    Light,
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
    resized,
    sample,
    save,
    tile,
    tint,
    water,
)

if TYPE_CHECKING:
    from PIL import Image

BANK = 0.735  # row of the far bank, share of the height
SEED = 42  # of the town
SUN = (0.725, 0.475)
AIR = (
    (0.00, (1.12, 0.60, 0.27)),
    (0.10, (1.02, 0.53, 0.27)),
    (0.25, (0.70, 0.40, 0.30)),
    (0.45, (0.36, 0.285, 0.315)),
    (0.70, (0.155, 0.170, 0.265)),
    (1.0, (0.065, 0.090, 0.185)),
)


def evening(width: int, height: int) -> Field:
    """Paint the sky, with the sun sinking into the haze."""
    x, y = grid(width, height)
    up = (BANK * height - y) / (BANK * height)
    light = gradient(AIR, up)
    away = np.hypot(x / width - SUN[0], (y / height - SUN[1]) * height / width)
    light *= (0.50 + 0.62 * np.exp(-(((x / width - SUN[0]) / 0.40) ** 2)))[..., None]
    light += tint((0.95 * np.exp(-away / 0.055) + 0.55 * np.exp(-away / 0.19)).astype(np.float32), (1.0, 0.46, 0.14))
    sheet = clouds(1024, 1.5, 3)
    depth = 1 / np.maximum(up + 0.10, 0.03)
    band = tile(sheet, (x / width - 0.5) * depth * 110 + 400, depth * 120 + 60) + 0.5 * tile(
        sheet, x / width * depth * 300, depth * 380
    )
    cover = ramp(0.2, 2.0, band) * ramp(0.10, 0.35, up)
    lit = gradient(
        [(0.0, (1.7, 0.62, 0.20)), (0.2, (0.95, 0.36, 0.20)), (0.5, (0.42, 0.22, 0.22)), (0.9, (0.15, 0.13, 0.19))],
        away,
    )
    shade = gradient([(0.0, (0.42, 0.22, 0.17)), (0.5, (0.13, 0.10, 0.145)), (0.9, (0.055, 0.058, 0.105))], away)
    light = mix(light, mix(lit, shade, ramp(1.2, 2.8, band) * 0.8), blur(cover, width / 1200) * 0.80)
    disc = ramp(0.0158, 0.0142, away)
    return mix(light, (5.2, 2.3, 0.72), disc * 0.94)


def tower(
    picture: Field, rng: np.random.Generator, *, x: float, wide: float, tall: float, haze: float, cell: float
) -> None:
    """Build one tower into `picture` (pixels; `x` is its left edge); `haze` 0 near … 1 lost."""
    height, width = picture.shape[:2]
    foot = round(BANK * height)
    kind = int(rng.integers(0, 5))
    crown = int(rng.integers(0, 6))
    split = float(rng.uniform(0.5, 0.78))
    hue = rng.uniform(0.75, 1.25, 3)
    lit_share = float(rng.uniform(0.10, 0.55))
    warm = rng.uniform() < 0.72
    stages = [(0.0, 1.0, 1.0)]
    if crown == 1 and tall > 2.2 * wide:
        stages = [(0.0, 1.0, 0.80), (0.12, 0.88, 0.92), (0.25, 0.75, 1.0)]
    elif crown == 2:
        stages = [(0.0, 1.0, 0.94), (0.08, 0.92, 1.0)]
    for left_share, right_share, top_share in reversed(stages):
        x0, x1 = round(x + wide * left_share), round(x + wide * right_share)
        y0 = round(foot - tall * top_share)
        cx0, cx1, cy0 = max(x0, 0), min(x1, width), max(y0, 0)
        if cx0 >= cx1 or cy0 >= foot:
            continue
        yy, xx = np.mgrid[cy0:foot, cx0:cx1].astype(np.float32)
        across = (xx - x) / wide
        up = (foot - yy) / height
        slope = np.zeros_like(across)
        if crown == 3:
            slope = (across * wide * 0.55).astype(np.float32)
        elif crown == 4:
            slope = (wide * 0.5 * (1 - np.sqrt(np.clip(1 - (2 * across - 1) ** 2, 0, 1)))).astype(np.float32)
        solid = (yy - y0 >= slope).astype(np.float32)
        lit_face = (across > split).astype(np.float32)
        sunward = 1.0 if x / width < SUN[0] else 0.35
        own = np.array((0.050, 0.046, 0.058), dtype=np.float32) * hue.astype(np.float32)
        light = own * (0.70 + 1.1 * lit_face * sunward)[..., None]
        light += tint((lit_face * sunward * 0.16 * np.clip(up * 2.2, 0.1, 1)).astype(np.float32), (1.0, 0.50, 0.22))
        sky_glint = np.clip(0.20 + 0.55 * up, 0, 1) * (0.35 + 0.65 * (1 - lit_face))
        light += tint((sky_glint * 0.055).astype(np.float32), (0.55, 0.72, 1.25))
        storey = (foot - yy) / cell
        bay = (xx - x) / (cell * (0.82 if kind != 1 else 2.4))
        row, column = np.floor(storey).astype(np.int64), np.floor(bay).astype(np.int64)
        roll = rng.uniform(0, 1, (int(row.max()) + 2, int(column.max()) + 2)).astype(np.float32)
        level = roll[row, column]
        on = (level < lit_share).astype(np.float32)
        if kind == 1:
            on = np.maximum(on, (rng.uniform(0, 1, int(row.max()) + 2)[row] < 0.18).astype(np.float32))
        pane = ((storey % 1.0 > 0.34) & (storey % 1.0 < 0.86)).astype(np.float32)
        if kind != 1:
            pane *= ((bay % 1.0 > 0.22) & (bay % 1.0 < 0.84)).astype(np.float32)
        if kind == 2:
            light *= (0.75 + 0.5 * (bay % 1.0 > 0.5))[..., None]
        glass = tint((pane * 0.035 * np.clip(up * 2, 0.2, 1)).astype(np.float32), (0.8, 0.75, 1.0))
        lamp = np.array((1.0, 0.62, 0.27) if warm else (0.78, 0.88, 1.0), dtype=np.float32)
        strength = (0.30 + 1.25 * rng.uniform(0, 1, roll.shape).astype(np.float32)[row, column] ** 2) * (
            1.15 - 0.6 * haze
        )
        light = light + glass
        light = light * (1 - (pane * on))[..., None] + (pane * on * strength)[..., None] * lamp
        if kind == 3 and haze < 0.6:
            fin = np.exp(-(((across - 0.5) * wide / (0.10 * cell)) ** 2)) + np.exp(
                -(((across - split) * wide / (0.16 * cell)) ** 2)
            )
            light = light + tint((fin * 0.9).astype(np.float32), (0.45, 0.8, 1.2))
        air = picture[cy0:foot, cx0:cx1] * 0.42 + gradient(AIR, up / BANK) * (
            0.30 + 0.36 * math.exp(-(((x / width - SUN[0]) / 0.35) ** 2))
        )
        thick = np.clip(haze + (1 - haze) * 0.50 * np.exp(-up / 0.065), 0, 1)
        light = light * (1 - thick)[..., None] + air * thick[..., None]
        here = picture[cy0:foot, cx0:cx1]
        picture[cy0:foot, cx0:cx1] = here * (1 - solid[..., None]) + light * solid[..., None]
    if crown in (0, 2) and tall > 0.30 * height and haze < 0.8:
        top, middle = round(foot - tall), round(x + wide / 2)
        mast = round(0.10 * height * float(rng.uniform(0.5, 1.0)))
        thick_px = max(1, round(cell * 0.16))
        y1 = max(top - mast, 0)
        ink = np.array((0.06, 0.05, 0.065), dtype=np.float32) * (1 - haze) + picture[y1, min(middle, width - 1)] * haze
        picture[y1:top, middle - thick_px : middle + thick_px] = ink
        spot = max(2, round(cell * 0.30))
        picture[y1 - spot : y1 + spot, middle - spot : middle + spot] = np.array((5.0, 0.5, 0.25), dtype=np.float32) * (
            1 - 0.6 * haze
        )
    elif tall > 0.22 * height and haze < 0.75 and rng.uniform() < 0.5:
        y1 = max(round(foot - tall), 0)
        band = max(1, round(cell * 0.22))
        glow = np.array(
            ((1.6, 1.1, 0.6), (0.5, 0.9, 1.6), (1.5, 0.45, 0.35))[int(rng.integers(0, 3))], dtype=np.float32
        )
        if crown not in (3, 4):
            picture[y1 : y1 + band, max(round(x), 0) : max(min(round(x + wide), width), 0)] = glow * (1 - 0.6 * haze)


def town(width: int, height: int) -> Field:
    """Build all rows of towers, far to near."""
    picture = evening(width, height)
    rng = np.random.default_rng(SEED)
    unit = width / 4000
    for depth in range(7):
        near = depth / 6
        haze = 0.84 - 0.78 * near**0.8
        count = 58 - depth * 4
        for _ in range(count):
            place = float(rng.uniform(-0.03, 1.03))
            core = (
                0.95 * math.exp(-(((place - 0.31) / 0.10) ** 2))
                + 0.62 * math.exp(-(((place - 0.56) / 0.075) ** 2))
                + 0.55 * math.exp(-(((place - 0.90) / 0.07) ** 2))
            )
            base = 0.075 + 0.085 * float(rng.gamma(2.0, 0.5))
            tall = (base + core * float(rng.uniform(0.06, 0.38)) * (1.0 - 0.32 * near * (depth > 4))) * height
            if depth == 6:
                tall = (0.055 + 0.10 * float(rng.uniform()) + 0.10 * core * float(rng.uniform())) * height
            wide = float(rng.uniform(54, 140)) * unit * (0.62 + 0.85 * near)
            if tall > 0.36 * height:
                wide *= 0.78
            tower(
                picture,
                np.random.default_rng(int(rng.integers(0, 2**31))),
                x=place * width,
                wide=wide,
                tall=min(tall, 0.61 * height),
                haze=haze,
                cell=(5.4 + 5.2 * near) * unit,
            )
        x, y = grid(width, height)
        up = (BANK * height - y) / height
        drift = clouds(256, 1.5, 90 + depth)
        veil = (
            np.exp(-np.abs(up) / (0.045 + 0.03 * (1 - near)))
            * (0.24 - 0.19 * near)
            * (1 + 0.35 * tile(drift, x / width * 60, y / height * 120))
        )
        warm = gradient(
            [(0.0, (1.05, 0.52, 0.22)), (0.3, (0.66, 0.36, 0.24)), (0.75, (0.34, 0.25, 0.26))],
            np.abs(x / width - SUN[0]),
        )
        picture = mix(picture, warm, np.clip(veil, 0, 0.8).astype(np.float32))
    return picture


def quay(sketch: Sketch, width: int, height: int, mirror: float) -> None:
    """Draw the trees, lamps and wall of the far promenade."""
    rng = np.random.default_rng(83)
    unit = width / 2000
    line = BANK * height
    for _ in range(330):
        x = float(rng.uniform(-10, width + 10))
        tall = float(rng.uniform(7, 19)) * unit * (1.0 + 0.5 * math.sin(x / (130 * unit)))
        tone = float(rng.uniform(0.6, 1.5))
        for _leaf in range(46):
            dx, dy = float(rng.normal(0, 0.42)) * tall, abs(float(rng.normal(0.30, 0.24))) * tall
            size = float(rng.uniform(0.6, 1.7)) * unit
            sketch.ellipse(x + dx, line - mirror * dy, size, size * 0.8, (0.026 * tone, 0.026 * tone, 0.022 * tone))
    sketch.polygon(
        [(0, line - mirror * 5 * unit), (width, line - mirror * 5 * unit), (width, line), (0, line)],
        (0.050, 0.040, 0.038),
    )
    for k in range(84):
        x = (k + 0.3) * width / 84
        glow = float(rng.uniform(2.0, 4.5))
        hue: Light = (1.0, 0.66, 0.30) if k % 7 else (0.5, 0.85, 1.0)
        sketch.ellipse(
            x, line - mirror * 8.5 * unit, 1.5 * unit, 1.4 * unit, (hue[0] * glow, hue[1] * glow, hue[2] * glow)
        )


def craft(sketch: Sketch, width: int, height: int, mirror: float) -> None:
    """Draw a barge and a small ferry on the river."""
    unit = width / 2000
    for bx, line, size, way in ((0.235, 0.815, 1.0, 1), (0.640, 0.785, 0.62, -1)):

        def at(
            dx: float, up: float, bx: float = bx, line: float = line, size: float = size, way: int = way
        ) -> tuple[float, float]:
            return bx * width + way * dx * unit * size, line * height - mirror * up * unit * size

        ink: Light = (0.018, 0.015, 0.020)
        sketch.polygon([at(-118, 13), at(60, 9), at(112, 19), at(96, 0), at(-108, 0)], ink)
        sketch.polygon([at(-104, 11), at(-100, 36), at(-62, 36), at(-56, 11)], (0.026, 0.022, 0.026))
        sketch.polygon([at(-108, 39), at(-58, 39), at(-58, 35), at(-108, 35)], (0.10, 0.055, 0.035))
        for k in range(3):
            sketch.polygon(
                [at(-97 + k * 12, 31), at(-88 + k * 12, 31), at(-88 + k * 12, 23), at(-97 + k * 12, 23)],
                (1.5, 0.85, 0.34),
            )
        for k in range(5):
            sketch.polygon(
                [
                    at(-46 + k * 26, 9),
                    at(-40 + k * 26, 22 + 3 * (k % 2)),
                    at(-26 + k * 26, 22 + 3 * (k % 2)),
                    at(-20 + k * 26, 9),
                ],
                (0.030, 0.024, 0.025),
            )
        sketch.line([at(-80, 39), at(-80, 66)], 1.6 * unit * size, ink)
        sketch.ellipse(*at(-80, 67), 2.2 * unit * size, 2.2 * unit * size, (5.0, 4.2, 2.8))
        sketch.ellipse(*at(106, 21), 1.8 * unit * size, 1.8 * unit * size, (4.2, 0.4, 0.25))


def skyline(width: int) -> Image.Image:
    """Return the whole picture at `width` pixels, 2:1."""
    height = width // 2
    unit = width / 2000
    line = BANK * height
    scene = np.maximum(resized(town(2 * width, 2 * height), width, height), 0)
    x, y = grid(width, height)
    trees = Sketch(width, height, 3)
    quay(trees, width, height, 1.0)
    upper = lay(scene, blur(trees.layer(), 0.8 * unit))
    warm = gradient(
        [(0.0, (0.95, 0.46, 0.19)), (0.3, (0.50, 0.27, 0.18)), (0.75, (0.24, 0.18, 0.19))], np.abs(x / width - SUN[0])
    )
    low_haze = np.exp(-np.abs(line - y) / (16 * unit)) * 0.30
    upper = mix(upper, warm, low_haze.astype(np.float32))
    glowing = halo(upper, [(2.5 * unit, 0.30), (10 * unit, 0.14), (40 * unit, 0.08)], over=0.9)
    turned = sample(glowing, x, 2 * line - y)
    boats = Sketch(width, height, 3)
    craft(boats, width, height, -1.0)
    turned = lay(turned, boats.layer())
    swell = clouds(1024, 0.9, 91, low=6)

    def wave(wx: Field, wz: Field) -> Field:
        gust = 0.55 + 0.6 * ramp(-0.6, 1.2, tile(swell, wx * 0.5, wz * 0.12))
        return gust * (0.75 * tile(swell, wx * 9, wz * 5) + 0.5 * tile(swell, wx * 24 + 60, wz * 15))

    river = water(turned, line, 7.5, 0.95 * width, wave, reach=20 * unit, rounds=20, side=0.12)
    below = np.clip((y - line) / (height - line), 0, 1)
    river = river * (0.92 - 0.40 * below)[..., None] + gradient(
        [(0, (0.020, 0.016, 0.018)), (1, (0.006, 0.008, 0.018))], below
    )
    scene = np.where((y > line)[..., None], river, glowing).astype(np.float32)
    solid = Sketch(width, height, 3)
    craft(solid, width, height, 1.0)
    scene = lay(scene, solid.layer())
    scene = halo(scene, [(60 * unit, 0.06), (160 * unit, 0.06)], over=1.0)
    return develop(scene, seed=151, exposure=0.95, lift=0.012, corner=0.30, colour=1.14)


if __name__ == "__main__":
    save(skyline(2000), PHOTOS / "skyline.jpg")
