"""Draw `lanterns.jpg`: the lantern fair in an old street at dusk."""

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
    hashed,
    lay,
    lens,
    mix,
    modelled,
    ramp,
    resized,
    save,
    tile,
    tint,
    water,
)
from people import Dress, figure

if TYPE_CHECKING:
    from PIL import Image

EYE = 1.66
ASIDE = 0.25
WALL = 3.9  # half the street's width, metres
FOCAL = 1.12
HORIZON = 0.655
GLOW: Light = (1.0, 0.40, 0.12)


def lantern(size: int, *, gold: bool) -> Field:
    """Return one lit lantern as a premultiplied layer (2·size high, size wide)."""
    x, y = grid(size, 2 * size)
    u = (x / size - 0.5) * 2 / 0.96
    v = (y / size - 0.66) / 0.42
    half = np.sqrt(np.clip(1 - np.abs(v) ** 2.4, 0, 1)) * 0.98
    inside = ramp(0.02, -0.02, np.abs(u) - half) * ramp(1.0, 0.985, np.abs(v))
    turn = np.arcsin(np.clip(u / np.maximum(half, 0.05), -1, 1))
    ribs = np.abs(np.sin(turn * 8.5)) ** 0.35
    depth = np.sqrt(np.clip(1 - (u / np.maximum(half, 0.05)) ** 2, 0, 1))
    bulb = np.exp(-((u / 0.55) ** 2) - ((v - 0.10) / 0.62) ** 2)
    level = (0.30 + 0.55 * depth + 1.25 * bulb) * (0.70 + 0.30 * ribs)
    level *= 0.93 + 0.07 * np.sin(v * 34)
    if gold:
        light = gradient(
            [(0.0, (0.40, 0.12, 0.02)), (0.7, (1.15, 0.42, 0.06)), (1.4, (2.4, 1.12, 0.22)), (2.1, (4.0, 2.3, 0.66))],
            level,
        )
    else:
        light = gradient(
            [
                (0.0, (0.26, 0.012, 0.008)),
                (0.7, (1.0, 0.060, 0.018)),
                (1.4, (2.3, 0.21, 0.045)),
                (2.1, (3.9, 0.92, 0.17)),
            ],
            level,
        )
    layer = np.concatenate([light * inside[..., None], inside[..., None]], axis=-1)
    sketch = Sketch(size, 2 * size, 2)
    s = float(size)
    sketch.line([(0.5 * s, 0), (0.5 * s, 0.22 * s)], 0.012 * s, (0.05, 0.03, 0.02))
    for top, tall in ((0.205, 0.060), (1.050, 0.055)):
        sketch.polygon(
            [(0.335 * s, top * s), (0.665 * s, top * s), (0.685 * s, (top + tall) * s), (0.315 * s, (top + tall) * s)],
            (0.62, 0.33, 0.07),
        )
        sketch.polygon(
            [(0.335 * s, top * s), (0.44 * s, top * s), (0.43 * s, (top + tall) * s), (0.315 * s, (top + tall) * s)],
            (0.26, 0.12, 0.03),
        )
        sketch.polygon(
            [
                (0.335 * s, top * s),
                (0.665 * s, top * s),
                (0.665 * s, (top + 0.014) * s),
                (0.335 * s, (top + 0.014) * s),
            ],
            (1.1, 0.66, 0.18),
        )
    sketch.line([(0.5 * s, 1.10 * s), (0.5 * s, 1.22 * s)], 0.016 * s, (0.5, 0.18, 0.04))
    sketch.ellipse(0.5 * s, 1.22 * s, 0.030 * s, 0.030 * s, (0.95, 0.5, 0.12))
    for k in range(19):
        dx = (k - 9) / 9
        shade = 0.55 + 0.45 * abs(math.sin(k * 2.3))
        sketch.line(
            [(0.5 * s + dx * 0.022 * s, 1.24 * s), (0.5 * s + dx * 0.055 * s, (1.60 - 0.03 * dx * dx) * s)],
            0.009 * s,
            (0.85 * shade, 0.10 * shade, 0.03 * shade),
        )
    return np.asarray(lay4(layer.astype(np.float32), sketch.layer()), dtype=np.float32)


def lay4(below: Field, above: Field) -> Field:
    """Lay a premultiplied layer over another one."""
    return np.asarray(below * (1 - above[..., 3:4]) + above, dtype=np.float32)


class Street:
    """The street's cross-section seen upright (`mirror` 1) or in the wet paving (-1)."""

    def __init__(self, width: int, height: int, mirror: float) -> None:
        """Set the camera."""
        self.width, self.height, self.mirror = width, height, mirror
        self.focal = FOCAL * width
        self.line = HORIZON * height

    def place(self, x: float, up: float, z: float) -> Point:
        """Project a place in metres."""
        scale = self.focal / z
        return self.width / 2 + (x - ASIDE) * scale, self.line - (up * self.mirror - EYE) * scale

    def walls(self) -> tuple[Field, Field]:
        """Return the light of the houses and sky, and the distance of the houses."""
        w, h = self.width, self.height
        column, row = grid(w, h)
        dx = (column - w / 2) / self.focal
        hand = np.where(dx > 0, 1.0, -1.0)
        z = (hand * WALL - ASIDE) / np.where(np.abs(dx) < 1e-4, 1e-4 * hand, dx)
        z = np.abs(np.where(dx * hand > 0, z, 400)).clip(0.5, 160).astype(np.float32)
        up = ((EYE + (self.line - row) * z / self.focal) * self.mirror).astype(np.float32)
        side = (hand > 0).astype(np.int64)
        house = np.floor((z + 2.3 * side) / 7.4).astype(np.int64)
        part = ((z + 2.3 * side) / 7.4 - house).astype(np.float32)
        pick = [hashed(house, side, np.int64(k) + 0 * side) for k in range(6)]
        roof = 5.9 + 1.5 * pick[0]
        pixel = z / self.focal
        bay = (part * 3) % 1.0
        post = np.exp(-(((np.abs(bay - 0.5) - 0.5) * 2.45 / (0.085 + pixel)) ** 2))
        grime = clouds(512, 1.2, 9)
        grain = 1 + 0.22 * tile(grime, z * 30, up * 14) + 0.12 * tile(grime, z * 110, up * 9)
        timber = tint(grain.clip(0.2, 2).astype(np.float32), (0.110, 0.058, 0.034))
        plaster = tint(grain.clip(0.2, 2).astype(np.float32), (0.30, 0.27, 0.235))
        body = mix(timber, plaster, ((pick[1] > 0.62) & (up > 3.4)).astype(np.float32))
        near_eave = np.exp(-(((up - 4.3) / 1.5) ** 2))
        throw = 0.05 + 0.50 * near_eave + 0.20 * np.exp(-(((up - 1.0) / 1.5) ** 2))
        throw *= 0.72 + 0.42 * np.cos(2 * np.pi * z / 3.2) * np.exp(-np.maximum(z - 5, 0) / 18)
        light = body * tint(throw.astype(np.float32), (2.5, 0.95, 0.36)) + body * np.array(
            (0.05, 0.075, 0.14), dtype=np.float32
        )
        # Ground floor: open shops with their own warm light.
        open_shop = (pick[2] > 0.25).astype(np.float32)
        inner = 0.10 + 0.95 * np.exp(-(((up - 2.35) / 0.42) ** 2)) + 0.42 * np.exp(-(((bay - 0.5) / 0.22) ** 2))
        inner *= 1 + 0.18 * tile(grime, z * 9 + 90, up * 12)
        cell = np.floor(z * 4.4).astype(np.int64), np.floor(up / 0.46).astype(np.int64)
        kind = hashed(*cell, side)
        shelf = ramp(0.05, 0.10, np.abs((up / 0.46) % 1.0 - 0.5) * -1 + 0.5)
        size = 0.30 + 0.62 * hashed(*cell, side + 3)
        ware = (
            ramp(size, size - 0.10, (up / 0.46) % 1.0) * ramp(0.04, 0.12, 0.5 - np.abs((z * 4.4) % 1.0 - 0.5)) * shelf
        )
        warm = gradient([(0.0, (0.95, 0.40, 0.11)), (0.6, (0.80, 0.28, 0.07)), (1.0, (0.78, 0.46, 0.19))], pick[3])
        wares = gradient(
            [
                (0.0, (0.16, 0.05, 0.03)),
                (0.3, (0.75, 0.16, 0.06)),
                (0.55, (0.50, 0.34, 0.12)),
                (0.8, (0.16, 0.26, 0.22)),
                (1.0, (0.9, 0.76, 0.5)),
            ],
            kind,
        )
        fine_goods = np.exp(-pixel * 14)
        shop = warm * (inner * (0.55 + 0.45 * shelf)).clip(0.03, 3)[..., None]
        shop = mix(
            shop,
            wares * (inner * 0.85 + 0.05)[..., None],
            (ware * fine_goods * ramp(0.9, 0.95, up) * 0.92).astype(np.float32),
        )
        shop = mix(shop, shop * 0.62, (1 - fine_goods).astype(np.float32))
        counter = ramp(0.95, 0.90, up)
        shop = mix(shop, tint(np.ones_like(up), (0.10, 0.045, 0.022)), counter * 0.9)
        mouth = ramp(0.02, 0.05, up) * ramp(2.75, 2.70, up) * ramp(0.05, 0.07, 0.5 - np.abs(bay - 0.5)) * open_shop
        light = mix(light, shop, mouth)
        plank = 0.5 + 0.5 * ramp(0.03, 0.09, np.abs((z / 0.26) % 1.0 - 0.5))
        light = mix(
            light,
            timber * tint((plank * (0.35 + throw)).astype(np.float32), (1.5, 0.62, 0.26)),
            ramp(2.75, 2.70, up) * (1 - open_shop) * ramp(0, 0.05, up),
        )
        # The board over the shop, with gilt strokes that read as lettering from afar.
        board = ramp(2.86, 2.89, up) * ramp(3.42, 3.39, up) * ramp(0.16, 0.17, 0.5 - np.abs(part - 0.5))
        strokes = (
            ramp(0.5, 0.9, tile(grime, z * 95 + 20, up * 95))
            * ramp(0.10, 0.16, 0.5 - np.abs((z / 0.62) % 1.0 - 0.5))
            * ramp(0.22, 0.15, np.abs(up - 3.14))
        )
        plaque = mix(tint(np.ones_like(up), (0.022, 0.012, 0.010)), (1.25, 0.66, 0.16), strokes.astype(np.float32))
        light = mix(light, plaque, board.astype(np.float32))
        # Upper floor: paper windows behind lattice.
        lamp_on = (hashed(house, np.floor(part * 3).astype(np.int64), side + 7) > 0.40).astype(np.float32)
        frame = ramp(4.05, 4.09, up) * ramp(5.48, 5.44, up) * ramp(0.12, 0.14, 0.5 - np.abs(bay - 0.5))
        fine = np.exp(-pixel * 34)
        cross = np.minimum(np.abs((z / 0.205) % 1.0 - 0.5), np.abs((up / 0.235) % 1.0 - 0.5)) * 2
        lattice = (1 - fine) * 0.62 + fine * ramp(0.10, 0.22, cross)
        paper = tint(
            (lattice * (0.55 + 0.55 * np.exp(-(((up - 4.5) / 0.6) ** 2)))).astype(np.float32), (0.82, 0.34, 0.09)
        )
        dull = tint((lattice * 0.10).astype(np.float32), (0.55, 0.40, 0.34))
        light = mix(light, mix(dull, paper, lamp_on), (frame * (roof > 5.6)).astype(np.float32))
        light = mix(
            light,
            tint((0.25 + throw).astype(np.float32), (0.13, 0.058, 0.030)),
            (post * ramp(5.6, 5.5, up) * 0.85).astype(np.float32),
        )
        haze = 1 - np.exp(-z / 62)
        light = mix(light, (0.36, 0.125, 0.062), haze.astype(np.float32))
        return mix(light, self.sky(), ramp(-0.03, 0.03, up - roof)), z

    def sky(self) -> Field:
        """Paint the dusk over the street."""
        column, row = grid(self.width, self.height)
        rise = (self.line - row) * self.mirror / self.height
        light = gradient(
            [
                (0.0, (0.86, 0.40, 0.22)),
                (0.10, (0.56, 0.30, 0.24)),
                (0.24, (0.24, 0.20, 0.27)),
                (0.42, (0.085, 0.110, 0.215)),
                (0.66, (0.026, 0.044, 0.118)),
            ],
            rise,
        )
        sheet = clouds(512, 1.5, 17)
        band = tile(sheet, column / self.width * 150 + 20, rise * 420)
        return mix(light, (0.44, 0.20, 0.17), ramp(0.3, 2.0, band) * ramp(0.5, 0.1, rise) * 0.5)

    def eaves(self, sketch: Sketch) -> None:
        """Draw the tiled eaves that stand out over the street, far to near."""
        for number in range(14, -1, -1):
            for side, hand in ((0, -1.0), (1, 1.0)):
                start = number * 7.4 - 2.3 * side
                stop = start + 7.4
                if stop < 2.2:
                    continue
                start = max(start, 1.6)
                key = np.array([number]), np.array([side]), np.array([0])
                roof = 5.9 + 1.5 * float(hashed(*key)[0])
                fade = math.exp(-start / 45)
                for level, out, deep in ((roof, 1.15, 0.42), (3.62, 0.70, 0.26)):
                    steps = max(8, int(200 / max(start, 2.5)))
                    zs = np.geomspace(stop, start, steps + 1)
                    for k in range(steps):
                        a, b = float(zs[k]), float(zs[k + 1])
                        lift_a = 0.30 * abs((a - (start + stop) / 2) / 3.7) ** 5
                        lift_b = 0.30 * abs((b - (start + stop) / 2) / 3.7) ** 5
                        edge = hand * (WALL - out)
                        under = [
                            self.place(hand * WALL, level - 0.05, a),
                            self.place(edge, level - deep + lift_a, a),
                            self.place(edge, level - deep + lift_b, b),
                            self.place(hand * WALL, level - 0.05, b),
                        ]
                        rafter = 0.60 + 0.40 * (k % 2)
                        glow = (0.42 if level > 4 else 0.75) * rafter
                        sketch.polygon(
                            under,
                            (
                                0.34 * glow + 0.10 * (1 - fade),
                                0.115 * glow + 0.05 * (1 - fade),
                                0.045 * glow + 0.035 * (1 - fade),
                            ),
                        )
                        front = [
                            self.place(edge, level - deep + lift_a, a),
                            self.place(edge, level - deep + lift_a + 0.16, a),
                            self.place(edge, level - deep + lift_b + 0.16, b),
                            self.place(edge, level - deep + lift_b, b),
                        ]
                        sketch.polygon(
                            front, (0.035 + 0.16 * (1 - fade), 0.026 + 0.07 * (1 - fade), 0.030 + 0.05 * (1 - fade))
                        )
                        top = [
                            self.place(edge, level - deep + lift_a + 0.16, a),
                            self.place(hand * (WALL + 0.6), level + 0.72, a),
                            self.place(hand * (WALL + 0.6), level + 0.72, b),
                            self.place(edge, level - deep + lift_b + 0.16, b),
                        ]
                        if level > 4:
                            sketch.polygon(top, (0.018, 0.022, 0.040))

    def crowd(self, sketch: Sketch) -> None:
        """Draw the people in the street, far to near, rimmed by the light ahead."""
        rng = np.random.default_rng(61)
        spots = [(float(rng.uniform(-2.9, 2.9)), float(rng.uniform(12.5, 48))) for _ in range(210)]
        spots += [
            (-1.9, 10.6),
            (-1.25, 10.9),
            (1.55, 9.7),
            (2.35, 11.4),
            (0.25, 12.2),
            (-2.75, 12.5),
            (-0.55, 14.0),
            (0.95, 14.5),
            (2.0, 13.4),
        ]
        for number, (x, z) in enumerate(sorted(spots, key=lambda spot: -spot[1])):
            tall = float(rng.uniform(1.54, 1.80)) if rng.uniform() > 0.12 else float(rng.uniform(1.0, 1.3))
            haze = 1 - math.exp(-z / 46)
            pick = float(rng.uniform())
            own = (
                (0.016, 0.010, 0.011),
                (0.030, 0.009, 0.007),
                (0.010, 0.011, 0.018),
                (0.026, 0.018, 0.013),
                (0.016, 0.012, 0.009),
            )[int(pick * 5)]

            def veil(light: Light, haze: float = haze) -> Light:
                return (
                    light[0] + (0.50 - light[0]) * haze * 0.42,
                    light[1] + (0.19 - light[1]) * haze * 0.42,
                    light[2] + (0.09 - light[2]) * haze * 0.42,
                )

            long = bool(rng.uniform() < 0.4)
            dress = Dress(
                coat=veil(own),
                legs=veil((0.010, 0.008, 0.009)),
                head=veil((0.014, 0.008, 0.006)),
                rim=(0.55, 0.18, 0.055),
                rim_side=0.42 if x < 0 else -0.42,
                long=0.36 if long else 0.45,
                hair=long,
                skirt=long,
                bag=veil(own[::-1]) if rng.uniform() < 0.20 else None,
            )
            foot = self.place(x, 0.0, z)
            figure(
                sketch,
                foot,
                tall * self.focal / z,
                dress,
                seed=200 + number,
                stride=float(rng.uniform(0.2, 0.9)),
                raise_hand=1.0 if rng.uniform() < 0.10 else 0.0,
                mirror=self.mirror,
                broad=float(rng.uniform(0.92, 1.08)),
            )
            if tall < 1.35 and self.mirror > 0 and z < 30:
                px, py = self.place(x + 0.30, 0.55, z)
                sketch.ellipse(px, py, 0.10 * self.focal / z, 0.12 * self.focal / z, (4.2, 1.6, 0.4))


def hang(layer: Field, sprite: Field, centre: Point, wide: float, mirror: float, dim: float) -> None:
    """Paste one lantern, `wide` pixels across, hanging about `centre`."""
    size = max(2, round(wide / 0.96))
    small = np.maximum(resized(sprite, size, 2 * size), 0)
    small[..., :3] *= dim
    small[..., 3] = np.minimum(small[..., 3], 1)
    if mirror < 0:
        small = small[::-1]
    left = round(centre[0] - size / 2)
    top = round(centre[1] - (0.66 if mirror > 0 else 1.34) * size)
    height, width = layer.shape[:2]
    y0, y1, x0, x1 = max(top, 0), min(top + 2 * size, height), max(left, 0), min(left + size, width)
    if y0 >= y1 or x0 >= x1:
        return
    part = small[y0 - top : y1 - top, x0 - left : x1 - left]
    here = layer[y0:y1, x0:x1]
    layer[y0:y1, x0:x1] = here * (1 - part[..., 3:4]) + part


def lights(street: Street, red: Field, gold: Field, span: tuple[float, float], *, cords: bool) -> Field:
    """Return the layer of all lanterns between two distances, far ones first."""
    layer = np.zeros((street.height, street.width, 4), dtype=np.float32)
    rng = np.random.default_rng(67)
    items: list[tuple[float, float, float, float, bool]] = []
    lines: list[tuple[float, list[Point]]] = []
    z = 3.6
    row = 0
    while z < 80:
        sag = float(rng.uniform(0.35, 0.6))
        high = 4.95 + float(rng.uniform(-0.2, 0.3))
        count = 5 if row % 2 else 4
        shift = float(rng.uniform(-0.2, 0.2))
        cord = [(WALL * (2 * t / 20 - 1), high - sag * (1 - (2 * t / 20 - 1) ** 2) + 0.30) for t in range(21)]
        lines.append((z, [street.place(x, up, z) for x, up in cord]))
        for k in range(count):
            t = ((k + 0.5) / count * 2 - 1) * 0.94
            x = t * WALL * 0.9 + shift
            items.append((z, x, high - sag * (1 - t * t) - 0.15 + float(rng.normal(0, 0.04)), 0.56, row % 4 == 2))
        items.extend((z + 1.2, hand * (WALL - 0.75), 3.0, 0.42, False) for hand in (-1, 1))
        z += 2.3 + 0.035 * z
        row += 1
    for z, x, up, wide, is_gold in sorted(items, reverse=True):
        if not span[0] <= z < span[1]:
            continue
        dim = 0.94 * math.exp(-z / 130) + 0.10 * float(rng.uniform(-1, 1))
        hang(layer, gold if is_gold else red, street.place(x, up, z), wide * street.focal / z, street.mirror, dim)
    if cords:
        wires = Sketch(street.width, street.height, 2)
        for z, points in lines:
            if span[0] <= z < span[1]:
                wires.line(points, max(0.6, 0.012 * street.focal / z), (0.035, 0.022, 0.025))
        layer = lay4(wires.layer(), layer)
    return layer


def compose(street: Street, red: Field, gold: Field) -> tuple[Field, Field]:
    """Return the street's picture with lanterns beyond the focus, and the walls' distance."""
    unit = street.width / 1600
    light, z = street.walls()
    sketch = Sketch(street.width, street.height, 2)
    street.eaves(sketch)
    light = lay(light, sketch.layer())
    soft = lens(light, 4.0 * unit)
    light = mix(light, soft, ramp(15, 34, z))
    for span, radius in (((26.0, 99.0), 4.5), ((14.5, 26.0), 2.4), ((7.5, 14.5), 0.0)):
        layer = lights(street, red, gold, span, cords=True)
        light = lay(light, lens(layer, radius * unit))
    return light, z


def street_fair(width: int) -> Image.Image:
    """Return the whole picture at `width` pixels, 4:5."""
    height = round(width * 5 / 4)
    unit = width / 1600
    red, gold = lantern(420, gold=False), lantern(420, gold=True)
    street = Street(width, height, 1.0)
    light, _ = compose(street, red, gold)
    people = Sketch(width, height, 3)
    street.crowd(people)
    crowd = people.layer()
    low = Street(width, height, -1.0)
    mirror, _ = compose(low, red, gold)
    turned = Sketch(width, height, 2)
    low.crowd(turned)
    mirror = halo(lay(mirror, turned.layer()), [(6 * unit, 0.5), (26 * unit, 0.25)], over=0.9)
    x, y = grid(width, height)
    below = np.maximum(y - street.line, 0.7)
    z = EYE * street.focal / below
    wx = ASIDE + (x - width / 2) * z / street.focal
    swell = clouds(512, 0.8, 71, low=6)

    def wave(ax: Field, az: Field) -> Field:
        return 0.9 * tile(swell, ax * 44, az * 26) + 0.4 * tile(swell, ax * 150, az * 80)

    gloss = water(mirror, street.line, EYE, street.focal, wave, reach=58 * unit, rounds=30, side=0.16)
    pixel = z / street.focal
    stagger = (np.floor(z / 0.62) % 2) * 0.45
    joint = np.minimum(
        np.abs(((wx + stagger) / 0.9) % 1.0 - 0.5) * -1 + 0.5, 0.62 / 0.9 * (0.5 - np.abs((z / 0.62) % 1.0 - 0.5))
    )
    seam = ramp(0.030, 0.012, joint) * np.exp(-pixel * 28)
    slab = hashed(np.floor((wx + stagger) / 0.9).astype(np.int64), np.floor(z / 0.62).astype(np.int64))
    base = 0.036 + 0.016 * (slab - 0.5) + 0.010 * tile(swell, wx * 70, z * 70) * np.exp(-pixel * 20)
    stone = tint((base.clip(0.008, 1) * (1 - 0.7 * seam)).astype(np.float32), (1.45, 0.66, 0.36))
    sine = EYE / np.hypot(EYE, z)
    wet = (0.055 + 0.75 * (1 - sine) ** 5) * (0.75 + 0.5 * slab) * (1 - 0.8 * seam)
    wet *= 0.55 + 0.6 * ramp(-0.8, 1.0, tile(clouds(512, 1.4, 73), wx * 14, z * 6))
    paving = stone * (1 + 0.7 * np.exp(-z / 20))[..., None] + gloss * (wet * 2.4)[..., None]
    paving = mix(paving, (0.36, 0.125, 0.062), (1 - np.exp(-z / 62)).astype(np.float32))
    ground = (y > street.line) & (np.abs(wx) < WALL)
    scene = np.where(ground[..., None], paving, light).astype(np.float32)
    scene = lay(scene, modelled(blur(crowd, 0.8 * unit), 12 * unit, side=0.3))
    for span, radius in (((5.6, 7.5), 2.2), ((3.0, 5.6), 7.0)):
        scene = lay(scene, lens(lights(street, red, gold, span, cords=True), radius * unit))
    near = np.zeros((height, width, 4), dtype=np.float32)
    for px, py, wide, is_gold in ((0.035, 0.165, 0.31, False), (0.965, 0.065, 0.27, True)):
        hang(near, gold if is_gold else red, (px * width, py * height), wide * width, 1.0, 0.8)
    scene = lay(scene, lens(near, 17 * unit))
    scene = halo(scene, [(4 * unit, 0.20), (16 * unit, 0.12), (60 * unit, 0.09), (200 * unit, 0.07)], over=0.8)
    return develop(scene, seed=121, exposure=1.1, lift=0.016, corner=0.30, colour=1.02)


if __name__ == "__main__":
    save(street_fair(1600), PHOTOS / "lanterns.jpg")
