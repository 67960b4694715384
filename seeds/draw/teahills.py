"""Draw `tea-hills.jpg`: rows of tea along the contours of hills in the morning haze."""

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
    save,
    tile,
    tint,
)
from terrain import NOTHING, Camera, facing, march, shade, slopes

if TYPE_CHECKING:
    from PIL import Image

SUN = (-0.735, 0.30, 0.61)
EYE = 74.0
HAZE = (0.80, 0.68, 0.50)  # light of the morning air
DROP = 1.12  # metres of height from one row of tea to the next
# Hills: centre x, centre z, crown, fall per metre, roundness, stretch across.
HILLS = (
    (-62.0, 96.0, 66.0, 0.46, 26.0, 1.0),
    (64.0, 84.0, 50.0, 0.50, 22.0, 0.8),
    (-8.0, 205.0, 49.0, 0.40, 30.0, 0.7),
    (120.0, 250.0, 64.0, 0.43, 34.0, 0.8),
    (-165.0, 290.0, 72.0, 0.42, 40.0, 0.8),
    (20.0, 400.0, 60.0, 0.36, 46.0, 0.6),
    (210.0, 520.0, 92.0, 0.40, 50.0, 0.7),
    (-150.0, 600.0, 96.0, 0.38, 60.0, 0.6),
    (90.0, 800.0, 104.0, 0.36, 70.0, 0.5),
    (-420.0, 900.0, 150.0, 0.36, 80.0, 0.7),
    (430.0, 980.0, 158.0, 0.36, 80.0, 0.7),
)
_WARP = clouds(512, 1.6, 3)
_LEAF = clouds(1024, 0.35, 4, low=18)
_CLUMP = clouds(512, 0.9, 7, low=5)


def land(x: Field, z: Field) -> Field:
    """Return the height of the bare land."""
    wx = x + 9.0 * tile(_WARP, x * 0.55 + 31, z * 0.55) + 2.0 * tile(_WARP, x * 2.2, z * 2.2 + 90)
    wz = z + 9.0 * tile(_WARP, x * 0.55 + 200, z * 0.55 + 77) + 2.0 * tile(_WARP, x * 2.2 + 50, z * 2.2)
    total = np.exp((4.0 + 2.0 * tile(_WARP, x * 0.3, z * 0.3)) / 6.0)
    for cx, cz, crown, fall, bend, wide in HILLS:
        away = np.sqrt(((wx - cx) * wide) ** 2 + (wz - cz) ** 2 + bend * bend) - bend
        total = total + np.exp((crown - fall * away) / 6.0)
    return np.asarray(6.0 * np.log(total), dtype=np.float32)


def row_of(height: Field, x: Field, z: Field) -> Field:
    """Return the phase of the tea rows; whole numbers are the paths between them."""
    return np.asarray(height / DROP + 0.06 * tile(_CLUMP, x * 3.0, z * 3.0), dtype=np.float32)


def bush(phase: Field) -> Field:
    """Return the rounded section of a row of tea, 0 on the path … 1 on the crown."""
    off = np.abs(phase - np.floor(phase) - 0.5) * 2
    return np.asarray(np.sqrt(np.clip(1 - (off / 0.80) ** 2.6, 0, 1)), dtype=np.float32)


def planted(x: Field, z: Field) -> Field:
    """Return the height of land and tea together."""
    bare = land(x, z)
    lumps = 0.80 + 0.11 * tile(_CLUMP, x * 12, z * 12)
    return np.asarray(bare + 0.78 * lumps * bush(row_of(bare, x, z)), dtype=np.float32)


def sky(width: int, height: int, horizon: float) -> Field:
    """Paint the bright morning sky and the far ranges."""
    x, y = grid(width, height)
    up = (horizon - y) / height
    light = gradient(
        [(0.0, (1.00, 0.80, 0.55)), (0.10, (0.92, 0.80, 0.64)), (0.22, (0.66, 0.70, 0.70)), (0.40, (0.36, 0.47, 0.58))],
        up,
    )
    glow = np.exp(-np.hypot(x / width - 0.20, (y - horizon * 0.55) / width) / 0.19)
    light += tint(glow.astype(np.float32), (1.05, 0.74, 0.38))
    sheet = clouds(1024, 1.5, 12)
    depth = 1 / np.maximum(up + 0.10, 0.04)
    band = tile(sheet, (x / width - 0.5) * depth * 70 + 300, depth * 90)
    light = mix(light, light * 1.15 + 0.10, ramp(0.4, 2.2, band) * ramp(0.06, 0.2, up) * 0.6)
    ridge = clouds(2048, 1.35, 13)
    for number, (top, size, hue) in enumerate(
        (
            (0.150, 0.050, (0.70, 0.64, 0.56)),
            (0.108, 0.046, (0.565, 0.545, 0.505)),
            (0.070, 0.042, (0.43, 0.44, 0.43)),
            (0.036, 0.036, (0.31, 0.335, 0.335)),
        )
    ):
        profile = top + size * tile(ridge, x[:1] / width * 330 + 500 * number, np.full_like(x[:1], 11.0 + 300 * number))
        profile = blur(profile.astype(np.float32), (3.0 - 0.5 * number) * width / 2000, 0)
        edge = horizon - profile * height
        lower = ramp(0, 0.10 * height, y - edge)
        shown = mix(tint(np.ones_like(y), hue), (0.86, 0.74, 0.57), lower * 0.80)
        shown += tint((glow * 0.50).astype(np.float32), (0.62, 0.40, 0.18))
        light = mix(light, shown, ramp(-1.2, 1.2, y - edge))
    return light


def hues(x: Field, z: Field, pixel: Field) -> tuple[Field, Field]:
    """Return the colour of the ground cover and how much of it is leaf."""
    bare = land(x, z)
    leaf = bush(row_of(bare, x, z))
    fade = np.exp(-pixel * 1.1)
    leaf = leaf * fade + 0.60 * (1 - fade)
    patch = tile(_WARP, x * 1.3 + 40, z * 1.3)
    fresh = np.clip(0.55 + 0.25 * patch, 0, 1)
    top = mix(
        tint(np.ones_like(x), (0.060, 0.120, 0.022)),
        (0.150, 0.215, 0.030),
        (ramp(0.45, 1.0, leaf) * (0.35 + 0.65 * fresh)).astype(np.float32),
    )
    speck = tile(_LEAF, x * 70, z * 70) * np.exp(-pixel * 9) + 0.5 * tile(_LEAF, x * 22, z * 22) * np.exp(-pixel * 3)
    top = top * np.clip(1 + 0.36 * speck, 0.3, 2.2)[..., None]
    earth = tint((1 + 0.25 * speck).astype(np.float32), (0.060, 0.043, 0.026))
    return mix(earth, top, ramp(0.02, 0.40, leaf)), leaf


def figures(camera: Camera, picture: Field, unit: float) -> Field:
    """Set the pickers among the near rows, and a house on the middle hill."""
    sketch = Sketch(camera.width, camera.height, 2)
    rng = np.random.default_rng(23)
    one = np.ones((1, 1), dtype=np.float32)
    shirts: tuple[Light, ...] = (
        (0.46, 0.07, 0.05),
        (0.12, 0.20, 0.42),
        (0.55, 0.50, 0.44),
        (0.48, 0.22, 0.06),
        (0.20, 0.32, 0.36),
    )
    spots = [
        (-25.0, 62.0),
        (-21.5, 66.0),
        (-16.0, 72.0),
        (-29.0, 74.0),
        (-8.0, 80.0),
        (29.0, 70.0),
        (33.5, 66.5),
        (25.5, 78.0),
    ]
    for number, (x, z) in enumerate(spots):
        up = float(land(x * one, z * one)[0, 0])
        m = camera.focal / z

        def at(dx: float, dy: float, x: float = x, up: float = up, z: float = z) -> tuple[float, float]:
            return camera.place(x + dx, up + dy, z)

        shirt = shirts[number % len(shirts)]
        dark = tuple(0.45 * part for part in shirt)
        lean = float(rng.uniform(0.12, 0.32)) * (1 if rng.uniform() < 0.5 else -1)
        sketch.limb(at(0, 0.5), at(lean * 0.2, 0.95), 0.36 * m, 0.34 * m, (0.03, 0.035, 0.05))
        sketch.limb(at(lean * 0.2, 0.9), at(lean, 1.32), 0.36 * m, 0.40 * m, dark)  # type: ignore[arg-type]
        sketch.limb(at(lean * 0.2 - 0.06, 0.92), at(lean - 0.07, 1.32), 0.22 * m, 0.26 * m, shirt)
        sketch.limb(at(lean, 1.25), at(lean * 2.4, 1.0), 0.12 * m, 0.09 * m, shirt)
        sketch.ellipse(*at(lean * 1.35, 1.52), 0.11 * m, 0.13 * m, (0.16, 0.09, 0.055))
        hat = [at(lean * 1.35 - 0.33, 1.55), at(lean * 1.35, 1.80), at(lean * 1.35 + 0.33, 1.55)]
        sketch.polygon(hat, (0.40, 0.31, 0.15))
        sketch.polygon([hat[0], hat[1], at(lean * 1.35 - 0.02, 1.55)], (1.0, 0.80, 0.42))
        basket = lean * 0.2 - 0.30 * math.copysign(1, lean)
        sketch.limb(at(basket, 0.85), at(basket, 1.12), 0.24 * m, 0.34 * m, (0.22, 0.13, 0.05))
    hx, hz = 3.0, 188.0
    up = float(land(hx * one, hz * one)[0, 0]) - 0.4

    def veil(light: Light) -> Light:
        return tuple(part + (fog - part) * 0.36 for part, fog in zip(light, (0.62, 0.55, 0.42), strict=True))  # type: ignore[return-value]

    for dx, wide, tall, deep in ((-7.5, 4.0, 2.7, 4.0), (9.8, 4.6, 2.8, 3.0), (0.0, 6.2, 3.3, 0.0)):

        def corner(ax: float, ay: float, dx: float = dx, deep: float = deep) -> tuple[float, float]:
            return camera.place(hx + dx + ax, up + ay, hz + deep)

        sketch.polygon(
            [corner(-wide, -1), corner(-wide, tall), corner(wide, tall), corner(wide, -1)], veil((0.20, 0.20, 0.20))
        )
        sketch.polygon(
            [corner(-wide, -1), corner(-wide, tall), corner(-wide * 0.62, tall), corner(-wide * 0.62, -1)],
            veil((0.72, 0.60, 0.42)),
        )
        for k in range(3):
            left = -wide * 0.42 + k * wide * 0.44
            sketch.polygon(
                [corner(left, 0.8), corner(left, 2.1), corner(left + 0.9, 2.1), corner(left + 0.9, 0.8)],
                veil((0.05, 0.04, 0.035)),
            )
        sketch.polygon(
            [corner(-wide, tall), corner(-wide, tall - 0.35), corner(wide, tall - 0.35), corner(wide, tall)],
            veil((0.06, 0.055, 0.05)),
        )
        for row in range(12):
            t, u = row / 12, (row + 1) / 12
            low, high = tall - 0.15 + 2.1 * t**1.25, tall - 0.15 + 2.1 * u**1.25
            out, inn = wide + 0.9 - 0.34 * wide * t, wide + 0.9 - 0.34 * wide * u
            tone = 0.055 + 0.030 * (row % 2)
            sketch.polygon(
                [corner(-out, low), corner(-inn, high), corner(inn, high), corner(out, low)], veil((tone, tone, tone))
            )
            edge = -wide * 0.55 - 0.2 * t
            sketch.polygon(
                [corner(-out, low), corner(-inn, high), corner(edge, high), corner(edge, low)],
                veil((0.30 + tone, 0.24 + tone, 0.17 + tone)),
            )
    layer = sketch.layer()
    near = blur(layer, 0.5 * unit)
    return lay(picture, near)


def trees(camera: Camera, picture: Field) -> Field:
    """Plant a few round trees on the crowns, lit from the left."""
    rng = np.random.default_rng(29)
    one = np.ones((1, 1), dtype=np.float32)
    spots = [
        (-6.0, 193.0, 8.0),
        (19.0, 188.0, 9.5),
        (24.0, 195.0, 7.0),
        (-14.0, 200.0, 6.5),
        (118.0, 246.0, 11.0),
        (126.0, 252.0, 9.0),
        (109.0, 255.0, 8.0),
        (-160.0, 282.0, 12.0),
        (-150.0, 291.0, 10.0),
        (-172.0, 280.0, 9.0),
        (30.0, 396.0, 12.0),
        (14.0, 400.0, 10.0),
    ]
    result = picture
    for x, z, tall in sorted(spots, key=lambda spot: -spot[1]):
        sketch = Sketch(camera.width, camera.height, 2)
        up = float(land(x * one, z * one)[0, 0])
        haze = 1 - math.exp(-z / 330)
        m = camera.focal / z

        def mist(light: Light, haze: float = haze) -> Light:
            return tuple(a + (b - a) * haze * 0.8 for a, b in zip(light, HAZE, strict=True))  # type: ignore[return-value]

        sketch.line([camera.place(x, up, z), camera.place(x, up + tall * 0.6, z)], 0.35 * m, mist((0.04, 0.03, 0.02)))
        for _ in range(700):
            turn, far = float(rng.uniform(0, 2 * math.pi)), math.sqrt(float(rng.uniform()))
            dx, dy = math.cos(turn) * far * tall * 0.40, math.sin(turn) * far * tall * 0.36
            sunny = max(0.0, (-dx / tall * 1.5 + dy / tall * 1.1)) + float(rng.uniform(-0.12, 0.2))
            light = (0.030 + 0.26 * sunny, 0.042 + 0.25 * sunny, 0.014 + 0.055 * sunny)
            size = tall * float(rng.uniform(0.018, 0.055)) * m
            px, py = camera.place(x + dx, up + tall * 0.50 + dy, z)
            sketch.ellipse(px, py, size, size * 0.75, mist(tuple(max(part, 0.01) for part in light)))  # type: ignore[arg-type]
        result = lay(result, sketch.layer())
    return result


def tea_hills(width: int) -> Image.Image:
    """Return the whole picture at `width` pixels, 3:2."""
    over = 1.5
    w, h = round(width * over), round(width * over * 2 / 3)
    unit = w / 2000
    camera = Camera(width=w, height=h, focal=0.92 * w, horizon=0.285 * h, eye=EYE)
    distance = march(camera, planted, 14, 1500, 1700)
    seen = distance < NOTHING
    x, up, z = camera.ground(np.minimum(distance, 2000))
    pixel = z / camera.focal
    reach = np.maximum(0.10, pixel * 0.8).astype(np.float32)
    across, along = slopes(planted, x, z, reach)
    bump = 0.55 * np.exp(-pixel * 5)
    across += bump * tile(_LEAF, x * 55, z * 55)
    along += bump * tile(_LEAF, x * 55 + 200, z * 55 + 90)
    face = facing(across, along, SUN)
    small = (slice(None, None, 3), slice(None, None, 3))
    cast = shade(land, x[small], z[small], SUN, reach=260, steps=26, soft=0.14)
    cast = np.clip(resized(cast, -(-w // 3) * 3, -(-h // 3) * 3)[:h, :w], 0, 1)
    cover, leaf = hues(x, z, pixel)
    direct = np.clip(face * 0.92 + 0.08, 0, 2) * cast
    through = np.clip(0.55 - face, 0, 1) * leaf * cast * 0.16
    closed = 0.42 + 0.58 * ramp(0.0, 0.75, leaf)
    light = cover * (
        tint((direct * 4.3).astype(np.float32), (1.0, 0.80, 0.50))
        + tint((closed * 0.95).astype(np.float32), (0.62, 0.80, 1.0))
    )
    light += cover * tint((through * 5).astype(np.float32), (1.1, 1.0, 0.35))
    # Gloss of the young leaves against the light.
    light += tint((np.clip(face, 0, 1) ** 3 * leaf * cast * 0.085).astype(np.float32), (1.0, 0.88, 0.62))
    column, row = grid(w, h)
    glow = np.exp(-np.hypot(column / w - 0.20, (row - camera.horizon * 0.55) / w) / 0.30)
    air = gradient([(0.0, (0.60, 0.56, 0.49)), (1.0, (1.30, 0.92, 0.52))], glow.astype(np.float32))
    drift = tile(_WARP, x * 0.8 + 100, z * 0.35)
    low = np.exp(-np.maximum(up - 8, 0) / 20) * (1 + 0.45 * drift)
    thick = 1 - np.exp(-np.maximum(z - 60, 0) / 560 - np.maximum(z - 90, 0) / 210 * np.clip(low, 0, 2))
    light = mix(light, air, np.clip(thick, 0, 1).astype(np.float32))
    scene = np.where(seen[..., None], light, sky(w, h, camera.horizon)).astype(np.float32)
    scene = trees(camera, scene)
    scene = figures(camera, scene, unit)
    beam = np.clip(np.sin(np.arctan2(row - camera.horizon * 0.30, column - 0.10 * w) * 17 + 0.6) * 0.5 + 0.5, 0, 1) ** 2
    fall = np.exp(-np.hypot(column / w - 0.10, (row - camera.horizon * 0.3) / w) / 0.40) * ramp(0, 0.3, row / h)
    scene += tint((beam * fall * 0.11).astype(np.float32), (1.0, 0.74, 0.40))
    scene = halo(scene, [(8 * unit, 0.08), (60 * unit, 0.10)], over=0.9)
    final = resized(scene, width, round(width * 2 / 3))
    return develop(np.maximum(final, 0), seed=101, exposure=0.84, lift=0.012, corner=0.22, colour=1.0, soft=0.55)


if __name__ == "__main__":
    save(tea_hills(2000), PHOTOS / "tea-hills.jpg")
