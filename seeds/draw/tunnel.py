"""Draw `tunnel.jpg`: the road tunnel under the river, wet asphalt, lamps and a crew."""

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
    grid,
    halo,
    hashed,
    lay,
    mix,
    modelled,
    ramp,
    save,
    tile,
    tint,
    water,
)
from people import Dress, figure

if TYPE_CHECKING:
    from PIL import Image

EYE = (-0.9, 1.75)  # the camera in the tube's cross-section, metres
CENTRE = 2.3  # height of the tube's axis
RADIUS = 6.7
FOCAL = 0.78  # widths
HORIZON = 0.545  # share of the height
BEND = 0.00072  # the tube's curve to the right, 1/m
LAMPS = math.radians(36)  # place of the two lamp rows from the crown
PITCH = 5.0  # metres from lamp to lamp
WHITE: Light = (1.0, 0.90, 0.71)


def tube(x: Field, y: Field) -> tuple[Field, Field, Field]:
    """Follow the rays (x, y, 1) from the eye; return (angle from the crown, distance z, height)."""
    low = np.full_like(x, 0.5)
    found = np.full_like(x, 600.0)
    before = low.copy()
    open_ray = np.ones(x.shape, dtype=bool)
    for z in np.geomspace(0.8, 600, 90):
        off = EYE[0] + x * z - BEND * z * z
        up = EYE[1] + y * z - CENTRE
        out = off * off + up * up > RADIUS * RADIUS
        hit = open_ray & out
        found[hit] = z
        before[hit] = low[hit]
        open_ray &= ~out
        low[:] = z
    inner, outer = before, found.copy()
    for _ in range(14):
        z = (inner + outer) / 2
        off = EYE[0] + x * z - BEND * z * z
        up = EYE[1] + y * z - CENTRE
        out = off * off + up * up > RADIUS * RADIUS
        outer = np.where(out, z, outer)
        inner = np.where(out, inner, z)
    z = (inner + outer) / 2
    off = EYE[0] + x * z - BEND * z * z
    up = EYE[1] + y * z
    return np.arctan2(off, up - CENTRE).astype(np.float32), z.astype(np.float32), up.astype(np.float32)


def lit(angle: Field, z: Field) -> Field:
    """Return the light that the lamp rows throw on the lining."""
    total = np.full_like(angle, 0.05)
    for hand in (-1, 1):
        away = 2 * RADIUS * np.abs(np.sin((angle - hand * LAMPS) / 2))
        ripple = 1 + 0.42 * np.cos(2 * np.pi * z / PITCH) * np.exp(-away / 1.6)
        total += 3.1 / (0.9 + away**1.85) * ripple
    return np.asarray(total, dtype=np.float32)


def lining(angle: Field, z: Field, up: Field, pixel: Field) -> Field:
    """Return the light of the tunnel's wall; `pixel` is the size of a pixel there, metres."""
    rough = clouds(1024, 1.0, 5, low=2)
    grime = clouds(1024, 1.4, 6, low=1)
    along = angle * RADIUS
    spots = tile(rough, along * 28, z * 28) * np.exp(-pixel * 22)
    stain = tile(grime, along * 9, z * 3.2)
    panel = ramp(3.75, 3.65, up)
    ring = np.exp(-(((np.abs((z / 2.0) % 1.0 - 0.5) * 2.0 - 1.0) / (0.020 + pixel)) ** 2))
    base = 0.33 + 0.022 * spots + 0.035 * stain - 0.16 * ring * np.exp(-pixel * 8)
    shade = tint(base.astype(np.float32), (0.90, 0.92, 0.94))
    seam = np.exp(-(((np.abs((z / 3.0) % 1.0 - 0.5) * 3.0 - 1.5) / (0.016 + pixel)) ** 2)) * 0.7
    seam += np.exp(-(((up - 2.3) / (0.018 + pixel)) ** 2)) * 0.6
    each = hashed(np.floor(z / 3.0 + 0.5).astype(np.int64), (up > 2.3).astype(np.int64), (angle > 0).astype(np.int64))
    enamel = 0.70 + 0.045 * (each - 0.5) + 0.020 * stain - 0.35 * np.clip(seam, 0, 1) * np.exp(-pixel * 6)
    enamel *= 0.72 + 0.28 * ramp(0.3, 1.7, up) + 0.0 * stain
    cover = tint(enamel.astype(np.float32), (0.93, 0.96, 0.97))
    stripe = ramp(1.02, 1.05, up) * ramp(1.42, 1.39, up)
    cover = mix(cover, (0.05, 0.16, 0.36), stripe * 0.9)
    shade = mix(shade, cover, panel)
    for height, tall in ((4.05, 0.17), (4.55, 0.12)):
        tray = ramp(height - tall / 2 - 0.02, height - tall / 2 + 0.01, up) * ramp(
            height + tall / 2 + 0.02, height + tall / 2 - 0.01, up
        )
        shade = mix(shade, (0.055, 0.058, 0.062), tray * 0.88)
    light = shade * tint(lit(angle, z), WHITE)
    # Gloss of the enamel: the opposite lamp row shows as a soft line along the panels.
    gleam = np.exp(-(((up - 2.95) / 0.42) ** 2)) * panel * 0.30 * (1 + 0.6 * np.cos(2 * np.pi * z / PITCH))
    light += tint(gleam.astype(np.float32), WHITE)
    for hand in (-1, 1):
        away = np.abs(angle - hand * LAMPS) * RADIUS
        body = ramp(0.34, 0.30, away) * ramp(0.42, 0.40, np.abs((z / PITCH) % 1.0 - 0.5))
        light = mix(light, (0.16, 0.16, 0.15), body * 0.8)
        lamp = ramp(0.20 + 0.3 * 0.01, 0.17, away) * ramp(0.30, 0.28, np.abs((z / PITCH) % 1.0 - 0.5))
        light = mix(light, tuple(11.0 * part for part in WHITE), lamp)  # type: ignore[arg-type]
    side = ramp(0.01, 0.0, -angle)
    place = np.abs((z / 45.0 + 0.30) % 1.0 - 0.5) * 45.0
    sign = ramp(0.50, 0.46, place) * ramp(2.25, 2.30, up) * ramp(2.85, 2.80, up) * side
    light = mix(light, (0.10, 2.3, 0.75), sign)
    box = (
        ramp(0.36, 0.33, np.abs((z / 30.0 + 0.62) % 1.0 - 0.5) * 30.0)
        * ramp(0.55, 0.58, up)
        * ramp(1.75, 1.72, up)
        * (1 - side)
    )
    return mix(light, tint(lit(angle, z), (0.30, 0.03, 0.025)), box)


def asphalt(x: Field, z: Field, pixel: Field) -> Field:
    """Return the road's own diffuse light at places (x from the lane's middle, z)."""
    stone = clouds(1024, 0.25, 8, low=30)
    worn = clouds(1024, 1.3, 9)
    grain = tile(stone, x * 90, z * 90) * np.exp(-pixel * 40)
    base = 0.050 + 0.014 * grain + 0.010 * tile(worn, x * 20, z * 5)
    base -= 0.012 * np.exp(-(((np.abs(np.abs(x) - 1.9) - 0.8) / 0.28) ** 2))
    shade = tint(np.maximum(base, 0.012).astype(np.float32), (1.0, 1.0, 1.02))
    fade = 0.72 + 0.10 * tile(worn, x * 60, z * 60)
    edge = ramp(0.10 + 0.5 * 0.01, 0.07, np.abs(np.abs(x) - 4.15))
    dash = ramp(0.085, 0.065, np.abs(x)) * ramp(1.5, 1.46, np.abs((z + 3.0) % 9.0 - 4.5))
    shade = mix(shade, tint(fade.astype(np.float32), (0.62, 0.62, 0.58)), np.clip(edge + dash, 0, 1))
    kerb = ramp(4.62, 4.66, np.abs(x))
    tooth = (np.floor(z / 1.0) % 2).astype(np.float32)
    stone_light = tint((0.20 + 0.16 * tooth).astype(np.float32), (1.0, 0.92, 0.55))
    shade = mix(shade, stone_light, kerb * ramp(4.90, 4.86, np.abs(x)))
    shade = mix(shade, (0.17, 0.17, 0.17), ramp(4.86, 4.90, np.abs(x)))
    throw = 0.75 + 0.30 * np.exp(-(((np.abs(x) - 2.6) / 2.4) ** 2)) + 0.05 * np.cos(2 * np.pi * z / PITCH)
    return shade * tint(throw.astype(np.float32), WHITE)


class Site:
    """Things that stand on the road: projected with their bend, upright or mirrored."""

    def __init__(self, width: int, height: int, mirror: float) -> None:
        """Make an empty site for a picture size."""
        self.width, self.height, self.mirror = width, height, mirror
        self.sketch = Sketch(width, height, 3)

    def place(self, x: float, up: float, z: float) -> Point:
        """Project a place of the tunnel; x counts from the middle of the road."""
        scale = FOCAL * self.width / z
        return (
            self.width / 2 + (x + BEND * z * z - EYE[0]) * scale,
            HORIZON * self.height - (up * self.mirror - EYE[1]) * scale,
        )

    def size(self, z: float) -> float:
        """Return the pixels of one metre at the distance z."""
        return FOCAL * self.width / z

    def box(self, x: tuple[float, float], up: tuple[float, float], z: float, light: Light) -> None:
        """Fill an upright rectangle."""
        self.sketch.polygon(
            [
                self.place(x[0], up[1], z),
                self.place(x[1], up[1], z),
                self.place(x[1], up[0], z),
                self.place(x[0], up[0], z),
            ],
            light,
        )

    def fan(self, x: float, z: float) -> None:
        """Hang a jet fan under the crown."""
        r = 0.56
        for depth, light in ((3.0, (0.06, 0.06, 0.06)), (0.0, (0.34, 0.32, 0.28))):
            cx, cy = self.place(x, 7.55, z + depth)
            s = self.size(z + depth)
            self.sketch.ellipse(cx, cy, r * s, r * s, light)
            if depth:
                nx, ny = self.place(x, 7.55, z)
                n = self.size(z)
                for part in range(12):
                    t = part / 11
                    self.sketch.ellipse(
                        cx + (nx - cx) * t,
                        cy + (ny - cy) * t,
                        r * (s + (n - s) * t),
                        r * (s + (n - s) * t),
                        (0.12 + 0.10 * t, 0.115 + 0.09 * t, 0.10 + 0.08 * t),
                    )
        cx, cy = self.place(x, 7.55, z)
        s = self.size(z)
        self.sketch.ellipse(cx, cy, 0.46 * s, 0.46 * s, (0.025, 0.025, 0.025))
        self.sketch.ellipse(cx, cy, 0.15 * s, 0.15 * s, (0.15, 0.14, 0.12))

    def cone(self, x: float, z: float) -> None:
        """Put a traffic cone."""

        def at(dx: float, up: float) -> Point:
            return self.place(x + dx, up, z)

        self.sketch.polygon([at(-0.22, 0), at(0.22, 0), at(0.22, 0.05), at(-0.22, 0.05)], (0.05, 0.02, 0.015))
        self.sketch.polygon([at(-0.15, 0.05), at(0.15, 0.05), at(0.03, 0.75), at(-0.03, 0.75)], (0.75, 0.13, 0.03))
        self.sketch.polygon([at(0.03, 0.05), at(0.15, 0.05), at(0.03, 0.75), at(0.0, 0.75)], (0.42, 0.07, 0.02))
        for low in (0.26, 0.48):
            half = 0.15 - 0.12 * (low - 0.05) / 0.7
            self.sketch.polygon(
                [at(-half, low), at(half, low), at(half - 0.02, low + 0.12), at(-half + 0.02, low + 0.12)],
                (1.25, 1.2, 1.05),
            )

    def truck(self, x: float, z: float) -> None:
        """Park a service truck, seen from behind."""
        self.box((x - 1.2, x + 1.2), (0.75, 2.85), z, (0.40, 0.36, 0.28))
        self.box((x - 1.2, x - 1.05), (0.75, 2.85), z, (0.20, 0.18, 0.14))
        self.box((x - 1.12, x + 1.12), (1.9, 2.75), z, (0.30, 0.27, 0.21))
        for k in range(8):
            left = x - 1.1 + k * 0.28
            self.sketch.polygon(
                [
                    self.place(left, 0.82, z),
                    self.place(left + 0.14, 0.82, z),
                    self.place(left + 0.28, 1.16, z),
                    self.place(left + 0.14, 1.16, z),
                ],
                (0.95, 0.16, 0.05) if k % 2 else (1.1, 0.9, 0.2),
            )
        self.box((x - 1.2, x + 1.2), (0.45, 0.75), z, (0.04, 0.04, 0.04))
        for hand in (-1, 1):
            self.box((x + hand * 0.85 - 0.16, x + hand * 0.85 + 0.16), (0.0, 0.6), z, (0.012, 0.012, 0.012))
            cx, cy = self.place(x + hand * 1.0, 0.62, z)
            self.sketch.ellipse(cx, cy, 0.10 * self.size(z), 0.07 * self.size(z), (5.0, 0.25, 0.12))
            cx, cy = self.place(x + hand * 0.75, 2.98, z)
            self.sketch.ellipse(cx, cy, 0.16 * self.size(z), 0.11 * self.size(z), (9.0, 4.2, 0.5))
        self.box((x - 1.0, x + 1.0), (2.85, 2.93), z, (0.10, 0.09, 0.08))

    def crew(self) -> None:
        """Draw everything that stands in the tunnel, far to near."""
        self.truck(2.2, 34.0)
        for z in (132.0, 88.0, 44.0):
            for x in (-1.3, 1.3):
                self.fan(x, z)
        band: Light = (1.25, 1.2, 1.0)
        dark: Light = (0.040, 0.042, 0.055)
        orange: Light = (0.62, 0.16, 0.022)
        lime: Light = (0.36, 0.50, 0.045)
        people = (
            (3.3, 25.0, 1.74, orange, (0.62, 0.44, 0.05), 0.0, 0.5, 3),
            (1.0, 23.5, 1.78, lime, (0.70, 0.66, 0.56), 0.0, 0.2, 5),
            (-3.6, 19.0, 1.70, orange, (0.62, 0.44, 0.05), 1.0, 0.1, 8),
            (2.55, 14.2, 1.76, orange, (0.70, 0.66, 0.56), 0.0, 0.9, 11),
            (3.55, 13.4, 1.70, lime, (0.62, 0.44, 0.05), 0.0, 0.8, 14),
        )
        for x, z, tall, vest, helmet, hand, stride, seed in people:
            if seed == 11:
                for k in range(9):
                    self.cone(0.55 + 0.10 * k, 27.0 - 2.1 * k)
            dress = Dress(
                coat=dark,
                legs=(0.030, 0.032, 0.045),
                head=(0.085, 0.055, 0.04),
                vest=vest,
                band=band,
                helmet=helmet,
                rim=(0.24, 0.20, 0.14),
                rim_side=0.45 if x < 2 else -0.45,
            )
            figure(
                self.sketch,
                self.place(x, 0.0, z),
                tall * self.size(z),
                dress,
                seed=seed,
                stride=stride,
                raise_hand=hand,
                mirror=self.mirror,
                broad=0.78 + 0.03 * (seed % 7),
            )


def view(width: int, height: int, mirror: float) -> tuple[Field, Field]:
    """Render the lining without the road, upright or as its mirror shows it; return light and distance."""
    x, y = grid(width, height)
    focal = FOCAL * width
    dx = (x - width / 2) / focal
    dy = (HORIZON * height - y) / focal
    if mirror < 0:
        # The mirrored eye stands as far under the road; lift its rays to the road first.
        ahead = EYE[1] / np.maximum(-dy, 1e-4)
        slope = -dy
        angle, z, up = tube_from_road(dx, slope.astype(np.float32), ahead.astype(np.float32))
    else:
        angle, z, up = tube(dx, dy)
    light = lining(angle, z, up, z / focal)
    thick = 1 - np.exp(-np.maximum(z - 10, 0) / 210)
    return mix(light, (0.62, 0.50, 0.34), thick.astype(np.float32)), z


def tube_from_road(x: Field, slope: Field, start: Field) -> tuple[Field, Field, Field]:
    """Follow rays that leave the road at distance `start` with the given rise."""
    inner = start.copy()
    outer = start + 0.05
    step = np.full_like(start, 0.25)
    open_ray = np.ones(start.shape, dtype=bool)
    for _ in range(70):
        z = np.minimum(outer, 900)
        off = EYE[0] + x * z - BEND * z * z
        up = slope * (z - start) - CENTRE
        out = (off * off + up * up > RADIUS * RADIUS) | (z >= 900)
        open_ray &= ~out
        inner = np.where(open_ray, outer, inner)
        outer = np.where(open_ray, outer + step, outer)
        step = step * 1.09
    for _ in range(12):
        z = (inner + outer) / 2
        off = EYE[0] + x * z - BEND * z * z
        up = slope * (z - start) - CENTRE
        out = off * off + up * up > RADIUS * RADIUS
        outer = np.where(out, z, outer)
        inner = np.where(out, inner, z)
    z = np.clip((inner + outer) / 2, 0.5, 600).astype(np.float32)
    off = EYE[0] + x * z - BEND * z * z
    up = slope * (z - start)
    return np.arctan2(off, up - CENTRE).astype(np.float32), z, np.asarray(up, dtype=np.float32)


def tunnel(width: int) -> Image.Image:
    """Return the whole picture at `width` pixels, 3:2."""
    height = round(width * 2 / 3)
    unit = width / 2000
    focal = FOCAL * width
    line = HORIZON * height
    x, y = grid(width, height)
    upper, wall = view(width, height, 1.0)
    site = Site(width, height, 1.0)
    site.crew()
    solid = modelled(site.sketch.layer(), 7 * unit, side=-0.4, gain=0.8)
    turned = Site(width, height, -1.0)
    turned.crew()
    mirror = lay(view(width, height, -1.0)[0], turned.sketch.layer())
    mirror = halo(mirror, [(4 * unit, 0.4), (18 * unit, 0.2)], over=1.5)
    rough = clouds(1024, 0.5, 13, low=8)

    def wave(wx: Field, wz: Field) -> Field:
        return 0.8 * tile(rough, wx * 60, wz * 34) + 0.5 * tile(rough, wx * 17, wz * 9)

    gloss = water(mirror, line, EYE[1], focal, wave, reach=26 * unit, rounds=20, side=0.22)
    below = np.maximum(y - line, 0.7)
    z = EYE[1] * focal / below
    wx = EYE[0] + (x - width / 2) * z / focal - BEND * z * z
    road = asphalt(wx, z, z / focal)
    sine = EYE[1] / np.hypot(EYE[1], z)
    fresnel = 0.05 + 0.80 * (1 - sine) ** 5.5
    pool = clouds(1024, 1.5, 15)
    wet = 0.60 + 0.42 * ramp(-0.6, 1.0, tile(pool, wx * 16, z * 6))
    wet *= 1 - 0.75 * ramp(4.55, 4.7, np.abs(wx))
    road = road * (1 - 0.45 * fresnel * wet)[..., None] + gloss * (fresnel * wet * 0.95)[..., None]
    thick = 1 - np.exp(-np.maximum(z - 10, 0) / 210)
    road = mix(road, (0.62, 0.50, 0.34), thick.astype(np.float32))
    # Where the wall comes down to the road: the tube is narrower than the plane.
    half = math.sqrt(RADIUS**2 - CENTRE**2)
    ground = (y > line) & (np.abs(wx) < half) & (z < wall)
    scene: Field = np.where(ground[..., None], road, upper).astype(np.float32)
    foot = np.exp(-np.maximum(half - np.abs(wx), 0) / 0.25) * ground
    scene = scene * (1 - 0.55 * foot)[..., None]
    for px, pz, tall in (
        (3.3, 25.0, 0.5),
        (1.0, 23.5, 0.5),
        (-3.6, 19.0, 0.5),
        (2.55, 14.2, 0.5),
        (3.55, 13.4, 0.5),
        (2.2, 34.0, 1.6),
    ):
        spot = np.exp(-(((wx - px) / tall) ** 2) - ((z - pz) / (tall * 1.2)) ** 2) * ground
        scene = scene * (1 - 0.6 * spot)[..., None]
    scene = lay(scene, solid)
    scene = halo(scene, [(3 * unit, 0.22), (12 * unit, 0.10), (45 * unit, 0.05), (160 * unit, 0.028)], over=1.0)
    return develop(blur(scene, 0.5), seed=91, exposure=1.0, lift=0.015, corner=0.42, colour=1.06)


if __name__ == "__main__":
    save(tunnel(2000), PHOTOS / "tunnel.jpg")
