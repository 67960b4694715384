"""Draw `library.jpg`: the round hall of the new library, book walls under a skylight."""

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
    dimmed,
    gradient,
    grid,
    halo,
    hashed,
    lay,
    mix,
    modelled,
    ramp,
    resized,
    save,
    tile,
    tint,
)
from people import Dress, figure, rounded

if TYPE_CHECKING:
    from PIL import Image

EYE = (-1.6, 4.95, -12.1)  # on the first gallery
RADIUS = 13.2  # of the book wall, metres
INNER = 11.5  # of the galleries' edge
LEVEL = 3.4
SLAB = 0.36
CEILING = 13.75
OCULUS = 5.0
FOCAL = 0.63
HORIZON = 0.595
SUN = (-0.50, 0.80, -0.33)  # towards the sun
WARM: Light = (1.0, 0.68, 0.36)
DAY: Light = (0.86, 0.96, 1.10)


def outwards(x: Field, z: Field, dx: Field, dz: Field, radius: float) -> Field:
    """Return the far distance at which rays (x, z) + t (dx, dz) leave the cylinder."""
    a = dx * dx + dz * dz
    b = x * dx + z * dz
    c = x * x + z * z - radius * radius
    return np.asarray((-b + np.sqrt(np.maximum(b * b - a * c, 0))) / np.maximum(a, 1e-9), dtype=np.float32)


def sunny(x: Field, y: Field, z: Field) -> Field:
    """Return how much of the sun reaches a place in the hall, 0…1."""
    rise = (CEILING - y) / SUN[1]
    ox, oz = x + SUN[0] * rise, z + SUN[2] * rise
    away = np.hypot(ox, oz)
    turn = np.arctan2(oz, ox)
    bars = ramp(0.05, 0.09, np.abs((turn / (math.pi / 8)) % 1.0 - 0.5) * -1 + 0.5) * ramp(
        0.05, 0.10, np.abs(away - 2.6)
    )
    open_sky = ramp(OCULUS, OCULUS - 0.18, away) * (0.25 + 0.75 * bars)
    for k in range(1, 4):
        step = (k * LEVEL - y) / SUN[1]
        crossing = np.hypot(x + SUN[0] * step, z + SUN[2] * step)
        open_sky = open_sky * np.where(step > 0.05, ramp(INNER + 0.05, INNER - 0.05, crossing), 1.0)
    return np.asarray(open_sky, dtype=np.float32)


def daylight(x: Field, y: Field, z: Field, normal: tuple[Field, Field, Field]) -> Field:
    """Return the soft light of the skylight at a place with the given normal."""
    lx, ly, lz = -x, CEILING - y, -z
    far = np.sqrt(lx * lx + ly * ly + lz * lz) + 1e-3
    face = (normal[0] * lx + normal[1] * ly + normal[2] * lz) / far
    return np.asarray(
        np.clip(face * 0.75 + 0.22, 0, 1) * np.clip(ly / far, 0.05, 1) * 150 / (far * far + 24), dtype=np.float32
    )


def books(arc: Field, up: Field, pixel: Field) -> Field:
    """Return the colours of the shelves; `arc` runs along the wall, `up` within one storey."""
    rows = 0.372
    row = np.floor(up / rows)
    inside = up / rows - row
    bay = np.floor(arc / 1.16)
    across = arc / 1.16 - bay
    cell = np.floor(arc / 0.043)
    keys = cell.astype(np.int64), row.astype(np.int64)
    set_of = hashed(
        np.floor(arc / 0.29 + hashed(keys[1], np.int64(5) + 0 * keys[1])).astype(np.int64),
        keys[1],
        np.int64(3) + 0 * keys[1],
    )
    own = hashed(*keys)
    pick = np.where(own > 0.55, own, set_of)
    colour = gradient(
        [
            (0.0, (0.34, 0.05, 0.035)),
            (0.14, (0.07, 0.10, 0.17)),
            (0.28, (0.46, 0.37, 0.24)),
            (0.42, (0.05, 0.13, 0.11)),
            (0.55, (0.20, 0.09, 0.045)),
            (0.68, (0.62, 0.56, 0.46)),
            (0.80, (0.12, 0.05, 0.10)),
            (0.90, (0.55, 0.28, 0.06)),
            (1.0, (0.09, 0.15, 0.28)),
        ],
        pick.astype(np.float32),
    )
    colour *= (0.65 + 0.7 * hashed(*keys, np.int64(9) + 0 * keys[0]))[..., None]
    tall = 0.60 + 0.27 * hashed(*keys, np.int64(12) + 0 * keys[0]) * 0.6 + 0.12 * set_of
    back = ramp(0.05, 0.0, np.abs((arc / 0.043) % 1.0 - 0.5) - 0.42)
    spine = (0.74 + 0.26 * back) * (0.8 + 0.2 * np.sin(((arc / 0.043) % 1.0) * math.pi))
    fine = np.exp(-pixel * 16)
    colour *= (fine * spine + (1 - fine) * 0.86)[..., None]
    gap = hashed(np.floor(arc / 0.36).astype(np.int64), keys[1], np.int64(21) + 0 * keys[0]) > 0.91
    void = np.maximum(ramp(tall - 0.015, tall + 0.015, inside), gap.astype(np.float32) * 0.9)
    light = mix(colour, (0.022, 0.014, 0.009), void.astype(np.float32))
    board = ramp(0.055, 0.045, inside) + ramp(0.962, 0.972, inside)
    light = mix(light, (0.33, 0.19, 0.095), np.clip(board, 0, 1).astype(np.float32))
    upright = ramp(0.034, 0.026, 0.5 - np.abs(across - 0.5))
    return mix(light, (0.30, 0.17, 0.085), upright.astype(np.float32))


def hall(width: int, height: int) -> tuple[Field, Field, tuple[Field, Field, Field]]:
    """Return the empty hall's light, every pixel's distance and the rays."""
    column, row = grid(width, height)
    focal = FOCAL * width
    dx = (column - width / 2) / focal
    dy = (HORIZON * height - row) / focal
    turn = math.atan2(-EYE[0], -EYE[2])
    rx = dx * math.cos(turn) + math.sin(turn)
    rz = -dx * math.sin(turn) + math.cos(turn)
    ray = (rx.astype(np.float32), dy.astype(np.float32), rz.astype(np.float32))
    ox, oz = np.full_like(dx, EYE[0]), np.full_like(dx, EYE[2])
    t1 = outwards(ox, oz, ray[0], ray[2], INNER)
    y1 = EYE[1] + t1 * dy
    t2 = outwards(ox, oz, ray[0], ray[2], RADIUS)
    y2 = EYE[1] + t2 * dy
    storey = np.floor(y1 / LEVEL)
    top = (storey + 1) * LEVEL - SLAB
    fascia = (y1 > 0) & (y1 > top) & (storey < 3)
    floor = y1 < 0
    ceiling = y1 > CEILING
    under = ~fascia & ~floor & ~ceiling & (y2 > top) & (storey < 3)
    over = ~fascia & ~floor & ~ceiling & (y2 < storey * LEVEL)
    top_wall = ~fascia & ~floor & ~ceiling & (y2 > CEILING)
    t = t2.copy()
    t = np.where(fascia, t1, t)
    t = np.where(floor, -EYE[1] / np.minimum(dy, -1e-4), t)
    t = np.where(ceiling | top_wall, (CEILING - EYE[1]) / np.maximum(dy, 1e-4), t)
    t = np.where(under, (top - EYE[1]) / np.maximum(dy, 1e-4), t)
    t = np.where(over, (storey * LEVEL - EYE[1]) / np.minimum(dy, -1e-4), t).astype(np.float32)
    x, y, z = (
        (EYE[0] + t * ray[0]).astype(np.float32),
        (EYE[1] + t * dy).astype(np.float32),
        (EYE[2] + t * ray[2]).astype(np.float32),
    )
    away = np.hypot(x, z)
    pixel = t / focal
    angle = np.arctan2(x, z).astype(np.float32)
    inward = (-x / away, np.zeros_like(x), -z / away)
    upward = (np.zeros_like(x), np.ones_like(x), np.zeros_like(x))
    sun = sunny(x, y, z)
    wall_sun = sun * np.clip(inward[0] * SUN[0] + inward[2] * SUN[2], 0, 1)
    soft_wall, soft_up = daylight(x, y, z, inward), daylight(x, y, z, upward)
    deep = clouds(512, 1.2, 7)
    within = (y - storey * LEVEL).astype(np.float32)
    shelf = books(angle * RADIUS, within, pixel)
    led = 0.95 * np.exp(-np.maximum(LEVEL - SLAB - within, 0) / 0.75) + 0.30 * np.exp(-within / 1.1) + 0.20
    led = led * (0.86 + 0.14 * np.cos(angle * RADIUS / 1.16 * 2 * math.pi))
    gallery_shade = 0.42 + 0.58 * ramp(LEVEL, 0.6, within)
    wall = shelf * (
        tint((led * 1.25).astype(np.float32), WARM)
        + tint((soft_wall * gallery_shade * 1.0).astype(np.float32), DAY)
        + tint((wall_sun * 9.0).astype(np.float32), (1.0, 0.86, 0.62))
    )
    light = wall
    timber = tint((1 + 0.10 * tile(deep, angle * 900, y * 260)).clip(0.4, 1.6).astype(np.float32), (0.42, 0.255, 0.135))
    edge_line = (within - (LEVEL - SLAB)) / SLAB
    edge_light = tint(
        (soft_wall * 1.35 + 0.10 + 0.30 * np.exp(-np.clip(edge_line, 0, 9) / 0.12)).astype(np.float32),
        (0.95, 0.90, 0.84),
    ) + tint((wall_sun * 9).astype(np.float32), (1.0, 0.86, 0.62))
    light = np.where(fascia[..., None], timber * edge_light, light)
    strip = np.exp(-((((RADIUS - away) - 0.42) / 0.10) ** 2)) * 3.2
    under_light = tint(
        (0.16 + 0.26 * np.exp(-(RADIUS - away) / 0.7)).astype(np.float32), (1.0, 0.60, 0.30)
    ) * 0.6 + tint(strip.astype(np.float32), (1.0, 0.74, 0.40))
    light = np.where(under[..., None], under_light, light)
    light = np.where(
        over[..., None], tint((soft_up * 0.10 + 0.08 + sun * 1.2).astype(np.float32), (0.50, 0.34, 0.20)), light
    )
    plank = hashed(np.floor(z / 0.16).astype(np.int64), np.floor(x / 1.7 + 0.37 * np.floor(z / 0.16)).astype(np.int64))
    joint = ramp(0.05, 0.02, 0.5 - np.abs((z / 0.16) % 1.0 - 0.5)) * np.exp(-pixel * 45)
    wood = (0.30 + 0.10 * (plank - 0.5) + 0.02 * tile(deep, x * 30, z * 260)) * (1 - 0.45 * joint)
    inlay = np.exp(-(((away - 8.6) / 0.10) ** 2)) + np.exp(-(((away - 3.1) / 0.08) ** 2))
    floor_shade = (
        tint(wood.clip(0.05, 1).astype(np.float32), (1.0, 0.66, 0.38)) * (1 - 0.55 * np.clip(inlay, 0, 1))[..., None]
    )
    floor_light = tint(
        (soft_up * 0.60 + 0.10 + 0.35 * np.exp(-(INNER - np.minimum(away, INNER)) / 2.2)).astype(np.float32),
        (0.98, 0.93, 0.88),
    ) + tint((sun * 5.2).astype(np.float32), (1.0, 0.87, 0.64))
    light = np.where(floor[..., None], floor_shade * floor_light, light)
    rib = ramp(0.10, 0.07, 0.5 - np.abs((angle / (2 * math.pi) * 48) % 1.0 - 0.5))
    roof = 0.50 + 0.22 * np.exp(-(away - OCULUS) / 2.4) - 0.22 * rib
    roof_light = tint(roof.clip(0.02, 2).astype(np.float32), (0.80, 0.74, 0.66)) * 0.62
    bars = ramp(0.045, 0.03, 0.5 - np.abs((angle / (math.pi / 8)) % 1.0 - 0.5)) + ramp(0.10, 0.06, np.abs(away - 2.6))
    heaven = gradient([(0.0, (3.6, 3.9, 4.3)), (1.0, (2.6, 3.0, 3.7))], away / OCULUS)
    heaven = mix(heaven, (0.35, 0.35, 0.36), np.clip(bars, 0, 1).astype(np.float32))
    ring = ramp(0.40, 0.36, np.abs(away - OCULUS - 0.2))
    roof_light = mix(roof_light, (1.5, 1.42, 1.28), ring.astype(np.float32))
    roof_light = mix(roof_light, heaven, ramp(OCULUS, OCULUS - 0.08, away))
    light = np.where((ceiling | top_wall)[..., None], roof_light, light)
    # The railings stand on the galleries' edges and let the books through.
    rail = (y1 - storey * LEVEL).astype(np.float32)
    arc1 = np.arctan2(EYE[0] + t1 * ray[0], EYE[2] + t1 * ray[2]) * INNER
    pixel1 = t1 / focal
    has_rail = ((storey >= 1) & (storey < 4) & ~floor & ~ceiling & (y1 > 0)).astype(np.float32)
    post = np.clip(ramp(0.016, 0.006, 0.055 * (0.5 - np.abs((arc1 / 0.11) % 1.0 - 0.5)) * 2), 0, 1)
    fine = np.exp(-pixel1 * 30)
    cover = np.maximum(
        ramp(1.09, 1.07, rail) * ramp(1.00, 1.02, rail), ramp(1.02, 1.0, rail) * (fine * post + (1 - fine) * 0.22)
    ) * ramp(0.0, 0.03, rail)
    rail_light = tint((0.10 + 0.30 * ramp(0.98, 1.05, rail) + 0.05 * soft_wall).astype(np.float32), (1.0, 0.80, 0.58))
    light = mix(light.astype(np.float32), rail_light, (cover * has_rail * 0.92).astype(np.float32))
    return light, t.astype(np.float32), ray


def shafts(t: Field, ray: tuple[Field, Field, Field]) -> Field:
    """Return the light that dust scatters out of the sunbeam, on a third of the pixels."""
    small = (slice(None, None, 3), slice(None, None, 3))
    far = t[small]
    total = np.zeros_like(far)
    dust = clouds(256, 1.4, 23)
    steps = 64
    rng = np.random.default_rng(25)
    shift = rng.uniform(0, 1, far.shape).astype(np.float32)
    for k in range(steps):
        s = far * (k + shift) / steps
        x, y, z = EYE[0] + s * ray[0][small], EYE[1] + s * ray[1][small], EYE[2] + s * ray[2][small]
        thick = 0.75 + 0.35 * tile(dust, x * 9 + y * 4, z * 9 + y * 7)
        total += sunny(x.astype(np.float32), y.astype(np.float32), z.astype(np.float32)) * thick * far / steps
    return blur(total.astype(np.float32), 1.6)


class Floor:
    """Readers, desks and lamps, projected into the hall."""

    def __init__(self, width: int, height: int) -> None:
        """Make an empty layer."""
        self.width, self.height = width, height
        self.focal = FOCAL * width
        self.turn = math.atan2(-EYE[0], -EYE[2])
        self.sketch = Sketch(width, height, 3)

    def place(self, x: float, up: float, z: float) -> Point:
        """Project a place in metres."""
        ax, az = x - EYE[0], z - EYE[2]
        dx = ax * math.cos(self.turn) - az * math.sin(self.turn)
        dz = max(ax * math.sin(self.turn) + az * math.cos(self.turn), 0.3)
        return self.width / 2 + dx * self.focal / dz, HORIZON * self.height - (up - EYE[1]) * self.focal / dz

    def size(self, x: float, z: float) -> float:
        """Return the pixels of a metre at a place."""
        return self.focal / max((x - EYE[0]) * math.sin(self.turn) + (z - EYE[2]) * math.cos(self.turn), 0.3)

    def desk(self, start: float, stop: float, radius: float) -> None:
        """Draw one curved reading desk from angle `start` to `stop`."""
        cuts = 16
        turns = [math.radians(start + (stop - start) * k / cuts) for k in range(cuts + 1)]

        def ring(r: float, up: float) -> list[Point]:
            return [self.place(math.sin(a) * r, up, math.cos(a) * r) for a in turns]

        self.sketch.polygon([*ring(radius - 0.55, 0.0), *reversed(ring(radius + 0.45, 0.0))], (0.045, 0.026, 0.014))
        self.sketch.polygon([*ring(radius - 0.48, 0.70), *reversed(ring(radius - 0.48, 0.08))], (0.085, 0.048, 0.024))
        self.sketch.polygon([*ring(radius - 0.55, 0.75), *reversed(ring(radius + 0.55, 0.75))], (0.52, 0.32, 0.165))
        self.sketch.polygon([*ring(radius - 0.55, 0.75), *reversed(ring(radius - 0.55, 0.69))], (0.20, 0.115, 0.055))
        for a in turns[2::4]:
            x, z = math.sin(a) * radius, math.cos(a) * radius
            m = self.size(x, z)
            self.sketch.line([self.place(x, 0.75, z), self.place(x, 1.14, z)], 0.03 * m, (0.30, 0.20, 0.08))
            px, py = self.place(x, 0.78, z)
            self.sketch.ellipse(px, py, 0.34 * m, 0.11 * m, (1.6, 1.15, 0.58))
            px, py = self.place(x, 1.17, z)
            self.sketch.polygon(
                rounded(
                    [
                        (px - 0.15 * m, py + 0.06 * m),
                        (px - 0.09 * m, py - 0.06 * m),
                        (px + 0.09 * m, py - 0.06 * m),
                        (px + 0.15 * m, py + 0.06 * m),
                    ],
                    1,
                ),
                (0.12, 0.36, 0.20),
            )
            self.sketch.polygon(
                [
                    (px - 0.14 * m, py + 0.055 * m),
                    (px + 0.14 * m, py + 0.055 * m),
                    (px + 0.12 * m, py + 0.085 * m),
                    (px - 0.12 * m, py + 0.085 * m),
                ],
                (6.5, 4.8, 2.6),
            )

    def reader(self, x: float, z: float, coat: Light, seed: int) -> None:
        """Seat one reader behind a desk, with an open book."""
        rng = np.random.default_rng(seed)
        m = self.size(x, z)
        lean = float(rng.normal(0, 0.03))

        def at(dx: float, up: float) -> Point:
            px, py = self.place(x, up, z)
            return px + (dx + lean * up) * m, py

        self.sketch.polygon(
            rounded(
                [at(-0.25, 0.45), at(-0.27, 0.95), at(-0.20, 1.14), at(0.20, 1.14), at(0.27, 0.95), at(0.25, 0.45)], 2
            ),
            coat,
        )
        for hand in (-1, 1):
            self.sketch.limb(at(hand * 0.22, 1.06), at(hand * 0.29, 0.84), 0.13 * m, 0.11 * m, coat)
            self.sketch.limb(at(hand * 0.29, 0.84), at(hand * 0.11, 0.80), 0.10 * m, 0.07 * m, coat)
        self.sketch.limb(at(0, 1.20), at(0, 1.12), 0.10 * m, 0.13 * m, (0.16, 0.10, 0.07))
        px, py = at(0.0, 1.30)
        self.sketch.ellipse(px, py, 0.095 * m, 0.125 * m, (0.20, 0.125, 0.085))
        self.sketch.polygon(
            rounded(
                [
                    at(-0.11, 1.26),
                    at(-0.11, 1.42),
                    at(0, 1.46),
                    at(0.11, 1.42),
                    at(0.11, 1.26),
                    at(0.06, 1.35),
                    at(-0.06, 1.35),
                ],
                2,
            ),
            (0.016, 0.012, 0.010),
        )
        bx, by = at(0.0, 0.80)
        self.sketch.polygon(
            [(bx - 0.20 * m, by - 0.03 * m), (bx, by), (bx, by + 0.10 * m), (bx - 0.21 * m, by + 0.06 * m)],
            (1.0, 0.93, 0.80),
        )
        self.sketch.polygon(
            [(bx + 0.20 * m, by - 0.03 * m), (bx, by), (bx, by + 0.10 * m), (bx + 0.21 * m, by + 0.06 * m)],
            (0.78, 0.71, 0.60),
        )

    def stand(
        self, turn: float, radius: float, up: float, coat: Light, seed: int, *, stride: float, hand: float
    ) -> None:
        """Stand one visitor at a place of the hall given by angle and radius."""
        x, z = math.sin(math.radians(turn)) * radius, math.cos(math.radians(turn)) * radius
        dress = Dress(
            coat=coat,
            legs=(0.024, 0.024, 0.032),
            head=(0.035, 0.024, 0.018),
            long=0.40 if seed % 3 else 0.30,
            hair=seed % 3 == 0,
            skirt=seed % 3 == 0,
            bag=(0.10, 0.055, 0.03) if seed % 4 == 1 else None,
        )
        figure(
            self.sketch,
            self.place(x, up, z),
            (1.60 + 0.04 * (seed % 5)) * self.size(x, z),
            dress,
            seed=seed,
            stride=stride,
            raise_hand=hand,
        )

    def furnish(self) -> None:
        """Draw everything on the floor, far to near."""
        coats: tuple[Light, ...] = (
            (0.20, 0.045, 0.035),
            (0.05, 0.065, 0.11),
            (0.24, 0.20, 0.15),
            (0.07, 0.085, 0.06),
            (0.12, 0.12, 0.13),
            (0.20, 0.13, 0.05),
            (0.16, 0.07, 0.09),
        )
        for number, (turn, hand) in enumerate(((-36, 1.0), (-17, 0.0), (6, 0.9), (24, 0.0), (44, 1.0), (52, 0.0))):
            self.stand(
                turn,
                12.55,
                LEVEL if number % 2 else 0.0,
                dimmed(coats[number], 0.8),
                31 + number,
                stride=0.2,
                hand=hand,
            )
        for number, place in enumerate((-30, 12, 17, 38)):
            self.stand(
                place,
                11.9,
                2 * LEVEL if number % 2 else LEVEL,
                coats[(number + 3) % 7],
                51 + number,
                stride=0.3,
                hand=0.3,
            )
        for radius, arcs in ((8.4, ((-46, -22), (-14, 10), (18, 46))), (5.4, ((-58, -24), (-14, 18), (28, 62)))):
            for start, stop in arcs:
                seats = 5 if radius > 6 else 4
                for k in range(seats):
                    at = math.radians(start + (stop - start) * (k + 0.5) / seats)
                    if (k * 7 + int(start) + int(radius)) % 4:
                        self.reader(
                            math.sin(at) * (radius + 0.80),
                            math.cos(at) * (radius + 0.80),
                            coats[(k + int(start)) % 7],
                            71 + k + int(start),
                        )
                self.desk(start, stop, radius)
        self.stand(-6, 2.2, 0.0, (0.045, 0.05, 0.075), 91, stride=0.8, hand=0.0)
        self.stand(4, 2.9, 0.0, (0.20, 0.05, 0.04), 93, stride=0.7, hand=0.0)


def library(width: int) -> Image.Image:
    """Return the whole picture at `width` pixels, 3:2."""
    over = 1.5
    w, h = round(width * over), round(width * over * 2 / 3)
    light, t, ray = hall(w, h)
    beam = shafts(t, ray)
    height = round(width * 2 / 3)
    unit = width / 2000
    scene = np.maximum(resized(light, width, height), 0)
    floor = Floor(width, height)
    floor.furnish()
    shadow = blur(floor.sketch.layer()[..., 3], 6 * unit, 4 * unit)
    x, y = grid(width, height)
    scene = scene * (1 - 0.45 * np.roll(shadow, (round(6 * unit), round(8 * unit)), axis=(0, 1)))[..., None]
    scene = lay(scene, modelled(floor.sketch.layer(), 7 * unit, side=-0.9, gain=0.9))
    glow = np.maximum(resized(beam, width, height), 0)
    scene = scene + tint(glow * 0.062, (1.0, 0.86, 0.62))
    top = np.exp(-np.hypot((x / width - 0.5) * 1.5, y / height + 0.05) / 0.42)
    scene += tint((top * 0.10).astype(np.float32), (0.92, 0.96, 1.0))
    scene = halo(scene, [(3 * unit, 0.18), (16 * unit, 0.10), (70 * unit, 0.08), (190 * unit, 0.06)], over=1.2)
    return develop(scene, seed=141, exposure=0.95, lift=0.014, corner=0.30, colour=1.04, soft=0.55)


if __name__ == "__main__":
    save(library(2000), PHOTOS / "library.jpg")
