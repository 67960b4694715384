"""Draw `valley-fog.jpg`: pine ridges over a sea of fog in the first sun."""

# A picture is one long recipe; cutting it up would hide it.
# ruff: noqa: PLR0915

from __future__ import annotations

import itertools
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
    hashed,
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

SUN = (0.80, 0.235, 0.55)
EYE = 560.0
SEA = 330.0  # height of the fog, metres
_BROAD = clouds(512, 1.9, 31)
_RIDGE = clouds(1024, 2.15, 32, low=5)
_FINE = clouds(1024, 1.25, 33, low=6)
_BILLOW = clouds(1024, 1.9, 34, low=4)


def land(x: Field, z: Field) -> Field:
    """Return the height of the mountains without trees."""
    wx = x + 60 * tile(_BROAD, x * 0.05, z * 0.05 + 40)
    wz = z + 60 * tile(_BROAD, x * 0.05 + 90, z * 0.05)
    sharp = 1 - np.abs(tile(_RIDGE, wx * 0.115 + 210, wz * 0.115 + 60)) * 0.9
    spur = 1 - np.abs(tile(_RIDGE, wx * 0.30 + 20, wz * 0.30 + 410)) * 0.9
    rise = ramp(500, 5200, z) * 290 + 200 * tile(_BROAD, x * 0.022 + 5, z * 0.022 + 21)
    gorge = -170 * np.exp(-(((x - 0.06 * z + 60) / (150 + 0.16 * z)) ** 2))
    near = 250 * np.exp(-(((x + 330) / 210) ** 2) - ((z - 640) / 360) ** 2) + 190 * np.exp(
        -(((x - 400) / 230) ** 2) - ((z - 980) / 380) ** 2
    )
    total = 190 + rise + gorge + near + 250 * (sharp - 0.45) * (0.60 + 0.40 * spur) + 70 * (spur - 0.5)
    return np.asarray(
        total + 9 * tile(_FINE, x * 0.45, z * 0.45) + 2.0 * tile(_FINE, x * 1.8 + 70, z * 1.8), dtype=np.float32
    )


def forest(x: Field, z: Field) -> Field:
    """Return the height of mountains and conifers."""
    bare = land(x, z)
    wood = ramp(-0.9, 0.3, tile(_BROAD, x * 0.35 + 150, z * 0.35))
    total = np.zeros_like(bare)
    for cell, shift in ((6.5, 0.0), (9.0, 3.7)):
        u, v = x / cell + shift, z / cell + shift
        cx, cz = np.floor(u), np.floor(v)
        key = cx.astype(np.int64), cz.astype(np.int64)
        px = 0.3 + 0.4 * hashed(*key, np.int64(1) + 0 * key[0])
        pz = 0.3 + 0.4 * hashed(*key, np.int64(2) + 0 * key[0])
        tall = (7 + 10 * hashed(*key, np.int64(3) + 0 * key[0])) * cell / 8
        away = np.hypot(u - cx - px, v - cz - pz)
        total = np.maximum(total, tall * np.clip(1 - away / 0.36, 0, 1))
    return np.asarray(bare + total * wood, dtype=np.float32)


def sea(x: Field, z: Field) -> Field:
    """Return the height of the fog's upper surface."""
    heave = tile(_BILLOW, x * 0.17 + 60, z * 0.10)
    curl = np.abs(tile(_BILLOW, x * 0.55 + 20, z * 0.34 + 90))
    fluff = tile(_BILLOW, x * 1.6 + 220, z * 1.1)
    swell = 17 * heave - 13 * curl + 2.6 * fluff
    return np.asarray(SEA + swell + 0.010 * np.maximum(z - 900, 0), dtype=np.float32)


def sky(camera: Camera) -> Field:
    """Paint the sky with the sun just over the right-hand ridge."""
    w, h = camera.width, camera.height
    x, y = grid(w, h)
    up = (camera.horizon - y) / h
    light = gradient(
        [
            (-0.02, (1.10, 0.60, 0.28)),
            (0.05, (1.00, 0.60, 0.34)),
            (0.13, (0.72, 0.52, 0.42)),
            (0.26, (0.34, 0.38, 0.47)),
            (0.40, (0.15, 0.235, 0.37)),
        ],
        up,
    )
    away = np.hypot(x / w - 0.835, (y - 0.255 * h) / w)
    light += tint((1.7 * np.exp(-away / 0.05) + 0.75 * np.exp(-away / 0.22)).astype(np.float32), (1.0, 0.58, 0.22))
    sheet = clouds(1024, 1.5, 36)
    depth = 1 / np.maximum(up + 0.06, 0.03)
    band = tile(sheet, (x / w - 0.5) * depth * 46 + 10, depth * 62 + 200) + 0.4 * tile(
        sheet, (x / w) * depth * 150, depth * 190
    )
    lit = gradient([(0.0, (1.9, 0.95, 0.40)), (0.25, (1.0, 0.58, 0.38)), (0.8, (0.48, 0.42, 0.46))], away)
    return mix(light, lit, blur(ramp(0.2, 2.0, band) * ramp(0.04, 0.14, up) * 0.75, 1.5))


def pine(
    sketch: Sketch, foot: tuple[float, float], tall: float, *, seed: int, lean: float, light: Light, rim: Light
) -> None:
    """Draw an old pine: a bent trunk and flat cushions of needles, lit from the right."""
    rng = np.random.default_rng(seed)
    cuts = 40
    bends = blur(np.cumsum(rng.normal(0, 0.006, (1, cuts + 1)), axis=1).astype(np.float32), 3, 0)[0]
    trunk = [
        (foot[0] + tall * (lean * (k / cuts) ** 1.3 + float(bends[k] - bends[0])), foot[1] - tall * k / cuts)
        for k in range(cuts + 1)
    ]
    for k in range(cuts):
        a = tall * 0.034 * (1 - 0.85 * k / cuts)
        sketch.limb(trunk[k], trunk[k + 1], a, a * 0.98, light)
        sketch.line(
            [(trunk[k][0] + a * 0.40, trunk[k][1]), (trunk[k + 1][0] + a * 0.38, trunk[k + 1][1])],
            max(1.0, a * 0.12),
            rim,
        )
    boughs = 13
    for number in range(boughs):
        t = 0.42 + 0.58 * number / (boughs - 1)
        root = trunk[min(cuts, int(t * cuts))]
        hand = 1 if (number + seed) % 2 else -1
        long = tall * float(rng.uniform(0.20, 0.36)) * (1.22 - 0.86 * t)
        if number == boughs - 1:
            long = tall * 0.05
        end = (root[0] + hand * long, root[1] - long * float(rng.uniform(0.02, 0.26)))
        middle = ((root[0] + end[0]) / 2, (root[1] + end[1]) / 2 + long * 0.05)
        thick = tall * 0.013 * (1.25 - t)
        sketch.limb(root, middle, thick, thick * 0.8, light)
        sketch.limb(middle, end, thick * 0.8, thick * 0.4, light)
        for share in (0.18, 0.42, 0.66, 0.86, 1.02):
            cx = root[0] + (end[0] - root[0]) * share + float(rng.normal(0, 0.02)) * long
            cy = root[1] + (end[1] - root[1]) * share - float(rng.uniform(0.0, 0.022)) * tall
            wide = max(long * float(rng.uniform(0.26, 0.40)), tall * 0.045) * (1.15 - 0.45 * share)
            for _ in range(420):
                turn = float(rng.normal(0, 0.40))
                nx = cx + turn * wide
                ny = cy - abs(float(rng.normal(0, 0.30))) * wide * math.exp(-1.4 * turn * turn) + 0.10 * wide
                size = tall * float(rng.uniform(0.010, 0.022))
                angle = float(rng.uniform(-math.pi * 0.05, math.pi * 1.05))
                top = (nx + math.cos(angle) * size, ny - math.sin(angle) * size)
                bright = rng.uniform() < 0.04 + 0.16 * max(0.0, turn) + 0.10 * max(0.0, (cy - ny) / wide)
                sketch.line([(nx, ny), top], max(0.8, tall * 0.0017), rim if bright else light)


def valley(width: int) -> Image.Image:
    """Return the whole picture at `width` pixels, 3:2."""
    over = 1.5
    w, h = round(width * over), round(width * over * 2 / 3)
    w / 2000
    camera = Camera(width=w, height=h, focal=1.05 * w, horizon=0.335 * h, eye=EYE)
    distance = march(camera, forest, 190, 14000, 1500)
    x, up, z = camera.ground(np.minimum(distance, 15000))
    pixel = z / camera.focal
    across, along = slopes(forest, x, z, np.maximum(0.6, pixel * 0.8).astype(np.float32))
    face = facing(across, along, SUN)
    broad_x, broad_z = slopes(land, x, z, np.maximum(14.0, pixel).astype(np.float32))
    broad = facing(broad_x, broad_z, SUN)
    small = (slice(None, None, 3), slice(None, None, 3))
    rows, columns = -(-h // 3) * 3, -(-w // 3) * 3
    cast = np.clip(
        resized(shade(land, x[small], z[small], SUN, reach=1500, steps=24, soft=0.16), columns, rows)[:h, :w], 0, 1
    )
    needles = tint((1 + 0.30 * tile(_FINE, x * 3, z * 3)).clip(0.3, 2).astype(np.float32), (0.040, 0.056, 0.036))
    rock = tint((1 + 0.25 * tile(_FINE, x * 2 + 50, up * 3)).astype(np.float32), (0.150, 0.130, 0.112))
    steep = ramp(1.05, 1.9, np.hypot(broad_x, broad_z))
    cover = mix(needles, rock, steep * 0.85)
    direct = np.clip(face * 0.55 + broad * 0.55 + 0.06, 0, 2) * cast
    light = cover * (
        tint((direct * 6.4).astype(np.float32), (1.0, 0.62, 0.32)) + tint(np.full_like(z, 0.95), (0.50, 0.66, 1.0))
    )
    column, row = grid(w, h)
    away = np.hypot(column / w - 0.835, (row - 0.255 * h) / w)
    glow = np.exp(-away / 0.30)
    air = gradient(
        [(0.0, (0.34, 0.385, 0.47)), (0.4, (0.62, 0.52, 0.47)), (1.0, (1.45, 0.84, 0.42))], glow.astype(np.float32)
    )
    thick = 1 - np.exp(
        -np.maximum(z - 250, 0) / 6200 - np.maximum(z - 250, 0) / 2600 * np.exp(-np.maximum(up - SEA, 0) / 130)
    )
    light = mix(light, air, thick.astype(np.float32))
    scene = np.where((distance < NOTHING)[..., None], light, sky(camera)).astype(np.float32)
    top = march(camera, sea, 200, 14000, 1100)
    sx, su, sz = camera.ground(np.minimum(top, 15000))
    reach = np.maximum(7.0, sz / camera.focal * 1.2).astype(np.float32)
    fx, fz = slopes(sea, sx, sz, reach)
    wrap = np.clip(facing(fx * 2.4, fz * 2.4, SUN) * 0.75 + 0.32, 0, 1.4)
    shadow = np.clip(
        resized(shade(land, sx[small], sz[small], SUN, reach=1700, steps=22, soft=0.30), columns, rows)[:h, :w], 0, 1
    )
    depth = ramp(-30, 30, su - SEA)
    fog = tint((wrap * (0.16 + 0.84 * shadow) * 1.18).astype(np.float32), (1.0, 0.66, 0.40)) + tint(
        0.36 + 0.26 * depth, (0.46, 0.58, 0.80)
    )
    veil = 1 - np.exp(-np.maximum(sz - 400, 0) / 4200)
    fog = mix(fog, air * 1.05, veil.astype(np.float32))
    length = np.maximum(np.minimum(distance, 15000) - top, 0)
    cover_fog = (1 - np.exp(-length / (26 + 0.012 * sz))) * (top < NOTHING)
    scene = mix(scene, fog, np.clip(cover_fog, 0, 1).astype(np.float32))
    # Thin drift above the surface, thicker towards the far shore.
    wisp = tile(_BILLOW, column / w * 190, row / h * 420 + 40)
    over_sea = np.exp(-np.maximum(up - SEA - 16, 0) / 38) * np.clip(0.20 + 0.30 * wisp, 0, 0.7) * ramp(300, 900, z)
    scene = mix(scene, air * 0.95, np.clip(over_sea, 0, 0.85).astype(np.float32) * (distance < NOTHING))
    final = np.maximum(resized(scene, width, round(width * 2 / 3)), 0)
    fw, fh = width, round(width * 2 / 3)
    front = Sketch(fw, fh, 3)
    one = fw / 2000
    rng = np.random.default_rng(51)
    crag = [(0.0, 0.715 * fh)]
    for k in range(46):
        t = k / 45
        crag.append((0.345 * fw * t, fh * (0.715 + 0.245 * t**1.25) + float(rng.normal(0, 0.006)) * fh))
    front.polygon([*crag, (0.36 * fw, fh), (0, fh)], (0.020, 0.020, 0.024))
    for a, b in itertools.pairwise(crag):
        if b[1] > a[1]:
            front.line([a, b], 2.0 * one, (0.42, 0.24, 0.12))
    for _ in range(2600):
        bx, sink = float(rng.uniform(0, 0.36)) * fw, float(rng.uniform(0, 1)) ** 1.3
        by = fh * (0.715 + 0.245 * (bx / fw / 0.345) ** 1.25) + 8 * one + sink * 0.30 * fh
        tone = float(rng.uniform(0.010, 0.050)) * (1 - 0.55 * sink)
        long = float(rng.uniform(8, 40)) * one
        front.line(
            [(bx, by), (bx + long, by + long * float(rng.uniform(0.2, 0.9)))],
            float(rng.uniform(1, 5)) * one,
            (tone * 1.15, tone, tone * 0.85),
        )
    ink: Light = (0.017, 0.021, 0.020)
    gold: Light = (0.20, 0.125, 0.05)
    for px, py, tall, lean, seed in (
        (0.150, 0.815, 0.40, 0.12, 8),
        (0.062, 0.750, 0.62, 0.07, 3),
        (0.262, 0.880, 0.20, -0.05, 12),
    ):
        pine(front, (px * fw, py * fh), tall * fh, seed=seed, lean=lean, light=ink, rim=gold)
    for _ in range(900):
        t = float(rng.uniform(0, 1))
        bx, by = 0.345 * fw * t, fh * (0.715 + 0.245 * t**1.25) + float(rng.uniform(-4, 20)) * one
        front.line(
            [(bx, by), (bx + float(rng.normal(3, 6)) * one, by - float(rng.uniform(6, 22)) * one)],
            1.3 * one,
            gold if rng.uniform() < 0.22 else ink,
        )
    final = lay(final, front.layer())
    final = halo(final, [(5 * one, 0.08), (50 * one, 0.10), (170 * one, 0.08)], over=1.1)
    return develop(final, seed=111, exposure=0.84, lift=0.014, corner=0.22, colour=1.06)


if __name__ == "__main__":
    save(valley(2000), PHOTOS / "valley-fog.jpg")
