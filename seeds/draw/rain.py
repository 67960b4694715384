"""Draw `rain-street.jpg`: umbrellas in a wet street at night, neon in the paving."""

# A picture is one long recipe; cutting it up would hide it.
# ruff: noqa: PLR0915

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np
from letters import mask
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
    hashed,
    lay,
    lens,
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

EYE = 1.45
ASIDE = 0.1
WALL = 6.2
FOCAL = 1.30
HORIZON = 0.555
ROSE: Light = (3.4, 0.32, 0.85)
RED: Light = (3.8, 0.30, 0.16)
AMBER: Light = (3.4, 1.45, 0.30)
CYAN: Light = (0.28, 2.1, 2.7)
GREEN: Light = (0.30, 2.3, 0.85)
BLUE: Light = (0.40, 0.75, 3.4)
WHITE: Light = (2.4, 2.2, 1.8)
# Signs hung out over the street: words, side (-1 left), distance, height of the middle, letter in metres, light.
SIGNS = (
    ("望江书店", -1, 12.5, 5.3, 0.66, AMBER),
    ("面馆", 1, 11.0, 4.1, 0.74, RED),
    ("澄河茶楼", 1, 15.0, 6.9, 0.80, CYAN),
    ("药房", -1, 16.5, 3.8, 0.70, GREEN),
    ("旅店", -1, 20.0, 6.6, 1.0, ROSE),
    ("钟表", 1, 19.5, 4.3, 0.8, AMBER),
    ("影院", 1, 25.0, 7.6, 1.2, ROSE),
    ("照相", -1, 27.0, 4.8, 1.0, CYAN),
    ("酒", 1, 30.0, 5.0, 1.2, RED),
    ("夜市", -1, 36.0, 7.0, 1.4, AMBER),
    ("乐器", 1, 39.0, 6.0, 1.3, BLUE),
    ("咖啡", -1, 46.0, 5.6, 1.4, WHITE),
    ("理发", 1, 52.0, 6.5, 1.6, GREEN),
    ("百货", -1, 60.0, 9.0, 2.2, RED),
)


class Night:
    """The street seen upright (`mirror` 1) or in the wet road (-1)."""

    def __init__(self, width: int, height: int, mirror: float) -> None:
        """Set the camera."""
        self.width, self.height, self.mirror = width, height, mirror
        self.focal = FOCAL * width
        self.line = HORIZON * height

    def place(self, x: float, up: float, z: float) -> Point:
        """Project a place in metres."""
        scale = self.focal / z
        return self.width / 2 + (x - ASIDE) * scale, self.line - (up * self.mirror - EYE) * scale

    def houses(self) -> Field:
        """Return the dark house fronts with lit windows and shop fronts."""
        w, h = self.width, self.height
        column, row = grid(w, h)
        dx = (column - w / 2) / self.focal
        hand = np.where(dx > 0, 1.0, -1.0)
        z = np.abs((hand * WALL - ASIDE) / np.where(np.abs(dx) < 1e-4, 1e-4 * hand, dx)).clip(1, 170).astype(np.float32)
        up = ((EYE + (self.line - row) * z / self.focal) * self.mirror).astype(np.float32)
        side = (hand > 0).astype(np.int64)
        house = np.floor(z / 11.0 + 0.37 * side).astype(np.int64)
        roof = 13 + 22 * hashed(house, side)
        rough = clouds(512, 1.1, 5)
        base = 0.018 + 0.008 * tile(rough, z * 14, up * 14)
        light = tint(base.clip(0.002, 1).astype(np.float32), (0.75, 0.85, 1.25))
        near = gradient(
            [(0.0, (0.10, 0.040, 0.045)), (0.5, (0.035, 0.055, 0.085)), (1.0, (0.085, 0.045, 0.02))],
            hashed(house, side + 5),
        )
        light += near * np.exp(-(((up - 4.0) / 3.4) ** 2))[..., None] * 0.8
        storey, bay = np.floor((up - 4.4) / 3.1), np.floor(z / 1.9)
        chance = hashed(storey.astype(np.int64), bay.astype(np.int64), side + 11)
        pane = (
            ramp(0.25, 0.30, 0.5 - np.abs(((up - 4.4) / 3.1) % 1.0 - 0.5) + 0.10)
            * ramp(0.14, 0.18, 0.5 - np.abs((z / 1.9) % 1.0 - 0.5))
            * (up > 4.4)
        )
        hue = gradient(
            [(0.0, (1.1, 0.62, 0.24)), (0.6, (0.9, 0.58, 0.30)), (1.0, (0.55, 0.75, 0.95))],
            hashed(storey.astype(np.int64), bay.astype(np.int64), side + 23),
        )
        level = ((chance > 0.66) * (0.25 + 1.1 * chance * hashed(bay.astype(np.int64), side)) + 0.03).astype(np.float32)
        light = mix(light, hue * level[..., None], (pane * 0.92).astype(np.float32))
        shop = hashed(np.floor(z / 5.5 + 0.2 * side).astype(np.int64), side + 31)
        front = (
            ramp(0.25, 0.30, up)
            * ramp(3.05, 3.0, up)
            * ramp(0.05, 0.06, 0.5 - np.abs((z / 5.5 + 0.2 * side) % 1.0 - 0.5))
        )
        inside = gradient(
            [
                (0.0, (1.7, 0.85, 0.30)),
                (0.35, (1.5, 1.15, 0.75)),
                (0.6, (0.75, 1.15, 1.35)),
                (0.8, (1.6, 0.42, 0.48)),
                (1.0, (0.25, 0.2, 0.2)),
            ],
            shop,
        )
        goods = 0.45 + 0.75 * hashed(np.floor(z * 3.1).astype(np.int64), np.floor(up * 3).astype(np.int64), side)
        light = mix(
            light,
            inside * (goods * 0.62 * (0.55 + 0.6 * np.exp(-(((up - 2.4) / 0.7) ** 2))))[..., None],
            (front * 0.95).astype(np.float32),
        )
        band = ramp(3.12, 3.15, up) * ramp(3.72, 3.69, up)
        light = mix(light, inside * 1.25, (band * (0.35 + 0.65 * (shop > 0.4))).astype(np.float32) * 0.85)
        haze = 1 - np.exp(-z / 75)
        air = gradient(
            [(0.0, (0.20, 0.105, 0.105)), (0.15, (0.105, 0.075, 0.105)), (0.5, (0.035, 0.042, 0.080))],
            (self.line - row) * self.mirror / h,
        )
        light = mix(light, air, haze.astype(np.float32))
        return mix(light, air, ramp(-0.3, 0.3, up - roof))

    def sign(self, picture: Field, word: str, side: int, z: float, up: float, letter: float, light: Light) -> None:
        """Hang one lit sign into `picture`, a dark board with glowing letters in a tube frame."""
        m = self.focal / z
        size = max(4, round(letter * m))
        column = len(word) > 1
        cover = mask("sans-black", word, size, upright=column, track=0.12)
        pad = round(size * 0.26)
        board = np.pad(cover, pad)
        rows, columns = board.shape
        y, x = np.mgrid[0:rows, 0:columns]
        frame = np.minimum(np.minimum(x, columns - 1 - x), np.minimum(y, rows - 1 - y)) / max(size, 1)
        tube = np.exp(-(((frame - 0.085) / 0.028) ** 2))
        panel = tint(np.full(board.shape, 0.075, dtype=np.float32), light)
        glow = blur(board.astype(np.float32), size * 0.11)
        panel += tint(glow * 0.34, light) + tint(tube.astype(np.float32) * 0.9, light)
        panel = mix(panel, tuple(0.72 * part + 0.55 for part in light), board.astype(np.float32))  # type: ignore[arg-type]
        if self.mirror < 0:
            panel = panel[::-1]
        cx, cy = self.place(side * (WALL - 0.95), up, z)
        left, top = round(cx - columns / 2), round(cy - rows / 2)
        y0, y1, x0, x1 = max(top, 0), min(top + rows, self.height), max(left, 0), min(left + columns, self.width)
        if y0 < y1 and x0 < x1:
            picture[y0:y1, x0:x1] = panel[y0 - top : y1 - top, x0 - left : x1 - left]

    def traffic(self, sketch: Sketch) -> None:
        """Draw lamps, cars and traffic lights far down the street."""
        rng = np.random.default_rng(13)
        for number in range(9):
            z = 16 + 11.0 * number
            for hand in (-1, 1):
                px, py = self.place(hand * 4.6, 6.6, z)
                sketch.ellipse(px, py, 0.30 * self.focal / z, 0.12 * self.focal / z, (5.5, 4.0, 2.3))
        for x, z, ahead in (
            (-1.4, 24.0, True),
            (-1.5, 37.0, True),
            (-1.3, 55.0, True),
            (1.7, 30.0, False),
            (1.9, 46.0, False),
            (1.8, 70.0, False),
        ):
            m = self.focal / z
            bx0, by0 = self.place(x - 0.85, 0.35, z)
            bx1, by1 = self.place(x + 0.85, 1.45, z)
            sketch.polygon([(bx0, by0), (bx0, by1), (bx1, by1), (bx1, by0)], (0.020, 0.018, 0.024))
            for hand in (-1, 1):
                px, py = self.place(x + hand * 0.66, 0.68, z)
                hue = (9.0, 7.8, 5.8) if ahead else (6.0, 0.25, 0.16)
                sketch.ellipse(px, py, 0.16 * m, 0.11 * m, hue)
        for x, z, hue in ((3.6, 22.0, (0.3, 6.0, 2.4)), (-3.7, 42.0, (6.0, 0.5, 0.2))):
            px, py = self.place(x, 4.6, z)
            sketch.ellipse(px, py, 0.17 * self.focal / z, 0.17 * self.focal / z, hue)
        for _ in range(46):
            z = float(rng.uniform(30, 110))
            px, py = self.place(float(rng.uniform(-5.2, 5.2)), float(rng.uniform(0.6, 9)), z)
            hue = (AMBER, RED, CYAN, WHITE, ROSE, GREEN, BLUE)[int(rng.integers(0, 7))]
            size = float(rng.uniform(0.10, 0.22)) * self.focal / z
            glow = float(rng.uniform(0.5, 1.6))
            sketch.ellipse(px, py, size, size, (hue[0] * glow, hue[1] * glow, hue[2] * glow))

    def umbrella(self, sketch: Sketch, x: float, z: float, low: float, half: float, light: Light, tilt: float) -> None:
        """Draw an open umbrella seen from behind; `low` is the height of its rim."""
        ribs = [-90, -63, -30, 6, 40, 70, 90]
        lift = half * 0.58

        def at(turn: float, rise: float) -> Point:
            dx = math.sin(math.radians(turn)) * half * math.sin(rise)
            dy = lift * math.cos(rise) + 0.10 * half * math.cos(math.radians(turn)) * -math.sin(rise)
            return self.place(x + dx + tilt * dy, low + dy - tilt * dx * 0.6, z)

        for k, (a, b) in enumerate(itertools.pairwise(ribs)):
            steps = [math.pi / 2 * t / 10 for t in range(11)]
            outline = [at(a, rise) for rise in steps]
            for t in range(1, 8):
                share = t / 8
                turn = a + (b - a) * share
                px, py = at(turn, math.pi / 2)
                rise = 0.075 * half * math.sin(math.pi * share) * self.focal / z
                outline.append((px, py - rise * self.mirror))
            outline += [at(b, rise) for rise in reversed(steps)]
            shade = (0.42, 0.62, 0.86, 1.0, 1.25, 1.5)[k]
            sketch.polygon(outline, (light[0] * shade, light[1] * shade, light[2] * shade))
            inner = [at(a + (b - a) * 0.30, rise * 0.92 + 0.05) for rise in steps] + [
                at(a + (b - a) * 0.72, rise * 0.92 + 0.05) for rise in reversed(steps)
            ]
            sketch.polygon(inner, (light[0] * shade * 1.18, light[1] * shade * 1.18, light[2] * shade * 1.18))
        for turn in ribs[1:-1]:
            sketch.line(
                [at(turn, math.pi / 2 * t / 10) for t in range(11)],
                max(0.7, 0.007 * self.focal / z),
                (light[0] * 0.4, light[1] * 0.4, light[2] * 0.4),
            )
        edge = [at(90, math.pi / 2 * t / 14) for t in range(14, -1, -1)] + [
            at(-90, math.pi / 2 * t / 14) for t in range(5)
        ]
        sketch.line(
            edge,
            max(1.0, 0.012 * self.focal / z),
            (light[0] * 1.5 + 0.55, light[1] * 1.5 + 0.42, light[2] * 1.5 + 0.40),
        )
        sketch.line(
            [at(0, 0), self.place(x + tilt * lift * 1.3, low + lift * 1.22, z)],
            max(1.0, 0.02 * self.focal / z),
            (0.06, 0.05, 0.05),
        )

    def walker(
        self,
        sketch: Sketch,
        x: float,
        z: float,
        tall: float,
        seed: int,
        dome: Light,
        coat: Light,
        *,
        skirt: bool,
        tilt: float,
    ) -> None:
        """Draw a person under an umbrella, walking away."""
        dress = Dress(
            coat=coat,
            legs=(coat[0] * 0.5 + 0.006, coat[1] * 0.5 + 0.006, coat[2] * 0.5 + 0.008),
            head=(0.018, 0.012, 0.012),
            rim=(0.26, 0.17, 0.19),
            rim_side=0.22 if seed % 2 else -0.22,
            long=0.30 if skirt else 0.42,
            hair=skirt,
            skirt=skirt,
        )
        figure(
            sketch,
            self.place(x, 0.0, z),
            tall * self.focal / z,
            dress,
            seed=seed,
            stride=0.9,
            raise_hand=0.55,
            mirror=self.mirror,
        )
        self.umbrella(sketch, x + 0.03, z, tall * 0.945, 0.60, dome, tilt)

    def crowd(self, sketch: Sketch, span: tuple[float, float]) -> None:
        """Draw the people between two distances, far to near."""
        rng = np.random.default_rng(19)
        domes: tuple[Light, ...] = (
            (0.045, 0.05, 0.075),
            (0.16, 0.10, 0.03),
            (0.03, 0.11, 0.13),
            (0.14, 0.13, 0.14),
            (0.10, 0.035, 0.09),
            (0.03, 0.035, 0.045),
        )
        people: list[tuple[float, float, Light, Light, bool, int]] = []
        for number in range(26):
            z = float(rng.uniform(13, 42))
            x = float(rng.choice([-1, 1])) * float(rng.uniform(0.9, 4.9))
            people.append(
                (z, x, domes[number % len(domes)], (0.014, 0.014, 0.020), bool(rng.uniform() < 0.5), 40 + number)
            )
        people += [
            (9.6, 2.15, (0.050, 0.060, 0.095), (0.018, 0.020, 0.030), False, 7),
            (11.4, -2.35, (0.16, 0.13, 0.06), (0.022, 0.018, 0.020), True, 9),
            (6.6, -0.42, (0.60, 0.030, 0.036), (0.048, 0.030, 0.028), True, 3),
        ]
        for z, x, dome, coat, skirt, seed in sorted(people, key=lambda one: -one[0]):
            if span[0] <= z < span[1]:
                self.walker(
                    sketch,
                    x,
                    z,
                    1.62 + 0.12 * ((seed * 7) % 5) / 4,
                    seed,
                    dome,
                    coat,
                    skirt=skirt,
                    tilt=0.10 * (1 if seed % 2 else -1),
                )


def backdrop(street: Night) -> Field:
    """Return the houses and signs through an open lens."""
    unit = street.width / 1500
    picture = street.houses()
    ordered = sorted(SIGNS, key=lambda sign: -sign[2])
    for low, high, radius in ((24.0, 99.0, 13.0), (14.0, 24.0, 6.0), (0.0, 14.0, 2.6)):
        for sign in ordered:
            if low <= sign[2] < high:
                street.sign(picture, *sign)
        picture = lens(picture, radius * unit)
    return picture


def standing(street: Night, picture: Field) -> Field:
    """Lay the cars, lamps and far walkers over the street, out of focus."""
    unit = street.width / 1500
    far = Sketch(street.width, street.height, 2)
    street.traffic(far)
    street.crowd(far, (20.0, 99.0))
    picture = lay(picture, lens(far.layer(), 12 * unit))
    middle = Sketch(street.width, street.height, 2)
    street.crowd(middle, (12.4, 20.0))
    return lay(picture, lens(modelled(middle.layer(), 10 * unit), 5.0 * unit))


def rain_street(width: int) -> Image.Image:
    """Return the whole picture at `width` pixels, 3:4."""
    height = round(width * 4 / 3)
    unit = width / 1500
    street, low = Night(width, height, 1.0), Night(width, height, -1.0)
    scene = backdrop(street)
    near = Sketch(width, height, 3)
    street.crowd(near, (0.0, 12.4))
    people = near.layer()
    mirror = standing(low, backdrop(low))
    turned = Sketch(width, height, 2)
    low.crowd(turned, (0.0, 12.4))
    mirror = halo(lay(mirror, turned.layer()), [(5 * unit, 0.4), (24 * unit, 0.25)], over=0.8)
    x, y = grid(width, height)
    below = np.maximum(y - street.line, 0.7)
    z = EYE * street.focal / below
    wx = ASIDE + (x - width / 2) * z / street.focal
    swell = clouds(1024, 0.75, 29, low=8)
    pool_map = clouds(512, 1.6, 31, low=2)
    pool = ramp(-0.1, 0.9, tile(pool_map, wx * 26 + 60, z * 9 + 30))

    def wave(ax: Field, az: Field) -> Field:
        rough = 0.25 + 0.75 * ramp(0.9, -0.1, tile(pool_map, ax * 26 + 60, az * 9 + 30))
        return rough * (0.8 * tile(swell, ax * 80, az * 40) + 0.5 * tile(swell, ax * 260, az * 150))

    gloss = water(mirror, street.line, EYE, street.focal, wave, reach=62 * unit, rounds=28, side=0.10)
    calm = water(mirror, street.line, EYE, street.focal, wave, reach=16 * unit, rounds=14, side=0.12)
    gloss = mix(gloss, calm, (pool * ramp(0.02, 0.25, below / height)).astype(np.float32) * 0.85)
    pixel = z / street.focal
    grit = tile(clouds(1024, 0.2, 33, low=40), wx * 110, z * 110) * np.exp(-pixel * 45)
    base = (0.016 + 0.005 * grit).clip(0.003, 1)
    road = tint(base.astype(np.float32), (0.9, 0.95, 1.15))
    stripe = (
        ramp(0.25, 0.27, np.abs((wx / 1.05) % 1.0 - 0.5))
        * ramp(5.4, 5.5, z)
        * ramp(8.9, 8.8, z)
        * ramp(5.2, 5.1, np.abs(wx))
    )
    worn = (0.72 + 0.22 * tile(pool_map, wx * 90, z * 90)).clip(0, 1)
    road = mix(road, tint(worn.astype(np.float32), (0.23, 0.22, 0.22)), (stripe * 0.85).astype(np.float32))
    sine = EYE / np.hypot(EYE, z)
    fresnel = 0.10 + 0.85 * (1 - sine) ** 3.6
    wet = fresnel * (0.55 + 0.45 * pool) * (1 + 0.10 * grit)
    ground = road + gloss * (wet * (1 - 0.35 * stripe))[..., None]
    ground = mix(ground, (0.20, 0.105, 0.105), (1 - np.exp(-z / 75)).astype(np.float32) * 0.8)
    paved = ramp(WALL + 0.1, WALL - 0.1, np.abs(wx)) * ramp(-1, 1, y - street.line)
    paved = lens(paved[..., None], 2.6 * unit)[..., 0]
    scene = mix(scene, ground, np.clip(paved, 0, 1))
    seam = np.exp(-(((y - street.line) / (9 * unit)) ** 2))
    soft = lens(scene, 9 * unit)
    scene = mix(scene, soft, np.clip(seam * 1.2, 0, 1).astype(np.float32))
    scene = standing(street, scene)
    shadow = np.zeros_like(z)
    for px, pz in ((-0.42, 6.6), (2.15, 9.6), (-2.35, 11.4)):
        shadow = np.maximum(shadow, np.exp(-(((wx - px) / 0.42) ** 2) - ((z - pz) / 0.7) ** 2))
    scene = scene * (1 - 0.45 * shadow * (y > street.line))[..., None]
    rng = np.random.default_rng(37)
    rings = Sketch(width, height, 2)
    for _ in range(420):
        rz = float(rng.uniform(2.9, 12.0))
        px, py = street.place(float(rng.uniform(-0.42, 0.42)) * rz * 1.0, 0.0, rz)
        size = float(rng.uniform(0.02, 0.085)) * street.focal / rz
        flat = EYE / rz
        arc = [
            (px + size * math.cos(t / 14 * 2 * math.pi), py + size * flat * math.sin(t / 14 * 2 * math.pi))
            for t in range(15)
        ]
        rings.line(arc[: int(rng.integers(7, 16))], 0.8 * unit, (0.22, 0.21, 0.24))
        for _drop in range(3):
            dx, dy = float(rng.normal(0, 0.6)) * size, -abs(float(rng.normal(0, 1.2))) * size
            rings.ellipse(px + dx, py + dy, 0.8 * unit, 1.1 * unit, (0.5, 0.47, 0.5))
    rings_layer = rings.layer()
    glow = blur(scene, 22 * unit, 40 * unit)
    local = 0.35 + 2.4 * glow / np.maximum(glow.mean(), 1e-3) * 0.30
    scene = lay(scene, rings_layer, shade=np.clip(local, 0.1, 3.0).astype(np.float32))
    scene = lay(scene, modelled(blur(people, 0.8 * unit), 20 * unit))
    streaks = Sketch(width, height, 2)
    for _ in range(5200):
        px, py = float(rng.uniform(-0.02, 1.02)) * width, float(rng.uniform(-0.05, 1.0)) * height
        near_drop = float(rng.uniform()) ** 3
        long = (14 + 70 * near_drop) * unit
        streaks.line([(px, py), (px - 0.085 * long, py + long)], (0.5 + 1.3 * near_drop) * unit, (1.0, 1.0, 1.0))
    drops = blur(streaks.layer()[..., 3], 0.7 * unit, 1.6 * unit)
    air = blur(scene, 30 * unit, 60 * unit)
    scene = (
        scene
        + air * (drops * 0.62 * (0.55 + 0.45 * ramp(1.0, 0.5, y / height)))[..., None]
        + tint(drops * 0.010, (0.9, 1.0, 1.2))
    )
    scene = halo(scene, [(4 * unit, 0.22), (18 * unit, 0.14), (60 * unit, 0.10), (180 * unit, 0.06)], over=0.8)
    return develop(np.maximum(scene, 0), seed=131, exposure=1.12, lift=0.018, corner=0.34, colour=1.02)


if __name__ == "__main__":
    save(rain_street(1500), PHOTOS / "rain-street.jpg")
