"""Draw people as lit silhouettes, in units of their own height."""

# A picture is one long recipe; cutting it up would hide it.
# ruff: noqa: C901, PLR0915

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from paint import dimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paint import Light, Point, Sketch


def rounded(points: Sequence[Point], rounds: int = 3) -> list[Point]:
    """Cut the corners of a closed outline until it looks smooth."""
    result = list(points)
    for _ in range(rounds):
        cut: list[Point] = []
        for a, b in zip(result, [*result[1:], result[0]], strict=True):
            cut.append((0.75 * a[0] + 0.25 * b[0], 0.75 * a[1] + 0.25 * b[1]))
            cut.append((0.25 * a[0] + 0.75 * b[0], 0.25 * a[1] + 0.75 * b[1]))
        result = cut
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """What a figure wears, as light; `long` is the hem of the coat, a share of the height."""

    coat: Light
    legs: Light
    head: Light
    rim: Light = (0.0, 0.0, 0.0)
    rim_side: float = 0.0
    long: float = 0.42
    vest: Light | None = None
    band: Light | None = None
    helmet: Light | None = None
    bag: Light | None = None
    hair: bool = False
    skirt: bool = False


def figure(
    sketch: Sketch,
    foot: Point,
    tall: float,
    dress: Dress,
    *,
    seed: int,
    stride: float = 0.5,
    raise_hand: float = 0.0,
    mirror: float = 1.0,
    broad: float = 1.0,
) -> None:
    """Draw one standing or walking figure; `foot` is the ground point, `tall` the height in pixels.

    `stride` opens the legs (0 standing … 1 a long step), `raise_hand` lifts the right hand towards
    the head, `mirror` -1 turns the figure over at the ground.
    """
    rng = np.random.default_rng(seed)
    sway = float(rng.normal(0, 0.010))
    swing = stride * (1 if rng.uniform() < 0.5 else -1)
    arm = float(rng.uniform(0.8, 1.15))
    passes = [(0.0, False)]
    if dress.rim_side:
        passes = [(dress.rim_side * 0.016, True), (0.0, False)]
    for shift, edge in passes:

        def spot(x: float, up: float, shift: float = shift) -> Point:
            return foot[0] + (x * broad + sway * up + shift) * tall, foot[1] - up * tall * mirror

        def hue(own: Light, *, edge: bool = edge) -> Light:
            return dress.rim if edge else own

        def limb(a: Point, b: Point, wide: float, narrow: float, light: Light) -> None:
            sketch.limb(spot(*a), spot(*b), wide * tall, narrow * tall, light)

        legs = hue(dress.legs)
        for hand in (-1, 1):
            open_leg = hand * 0.040 + swing * hand * 0.030
            lift = max(0.0, swing * hand) * 0.055
            hip, knee, ankle = (hand * 0.044, 0.49), (open_leg, 0.275), (open_leg * 1.15, 0.045 + lift)
            limb(hip, knee, 0.094, 0.070, legs)
            limb(knee, ankle, 0.068, 0.046, legs)
            limb(ankle, (ankle[0] + hand * 0.010, 0.018 + lift), 0.046, 0.058, legs)
        coat = hue(dress.coat)
        hem = dress.long
        flare = 0.030 if dress.skirt else 0.0
        body = [
            (-0.030, 0.865),
            (-0.088, 0.835),
            (-0.122, 0.795),
            (-0.112, 0.66),
            (-0.092, 0.58),
            (-0.105 - flare * 0.5, 0.50),
            (-0.108 - flare, hem),
            (0.0, hem - 0.012),
            (0.108 + flare, hem),
            (0.105 + flare * 0.5, 0.50),
            (0.092, 0.58),
            (0.112, 0.66),
            (0.122, 0.795),
            (0.088, 0.835),
            (0.030, 0.865),
        ]
        sketch.polygon([spot(*point) for point in rounded(body, 2)], coat)
        for hand in (-1, 1):
            shoulder = (hand * 0.108, 0.800)
            up = raise_hand if hand > 0 else 0.0
            elbow = (hand * (0.150 + 0.012 * arm + 0.02 * up), 0.625 + 0.03 * up)
            wrist = (hand * (0.150 - 0.075 * up), 0.475 + 0.02 * swing * hand + 0.31 * up)
            limb(shoulder, elbow, 0.068, 0.056, coat)
            limb(elbow, wrist, 0.056, 0.038, coat)
            limb(wrist, (wrist[0], wrist[1] - 0.03 + 0.05 * up), 0.034, 0.030, hue(dress.head))
        limb((0, 0.90), (0, 0.84), 0.056, 0.074, hue(dress.head))
        skull = [
            (-0.047, 0.945),
            (-0.050, 0.905),
            (-0.034, 0.868),
            (0.0, 0.860),
            (0.034, 0.868),
            (0.050, 0.905),
            (0.047, 0.945),
            (0.032, 0.985),
            (0.0, 0.996),
            (-0.032, 0.985),
        ]
        sketch.polygon([spot(*point) for point in rounded(skull, 2)], hue(dress.head))
        if dress.hair:
            hair = [
                (-0.056, 0.96),
                (-0.064, 0.86),
                (-0.050, 0.79),
                (0.0, 0.775),
                (0.050, 0.79),
                (0.064, 0.86),
                (0.056, 0.96),
                (0.0, 1.005),
            ]
            sketch.polygon([spot(*point) for point in rounded(hair, 2)], hue(dress.head))
        if edge:
            continue
        if dress.bag is not None:
            pack = [
                (-0.078, 0.80),
                (-0.086, 0.60),
                (-0.06, 0.56),
                (0.06, 0.56),
                (0.086, 0.60),
                (0.078, 0.80),
                (0.0, 0.825),
            ]
            sketch.polygon([spot(*point) for point in rounded(pack, 2)], dress.bag)
        if dress.vest is not None:
            side = np.sign(dress.rim_side) or 1.0
            vest = [
                (-0.055, 0.845),
                (-0.096, 0.80),
                (-0.100, 0.66),
                (-0.098, 0.53),
                (0.0, 0.522),
                (0.098, 0.53),
                (0.100, 0.66),
                (0.096, 0.80),
                (0.055, 0.845),
                (0.0, 0.81),
            ]
            sketch.polygon([spot(*point) for point in rounded(vest, 1)], dress.vest)
            fold = [
                (-side * 0.015, 0.822),
                (-side * 0.096, 0.80),
                (-side * 0.100, 0.66),
                (-side * 0.098, 0.53),
                (-side * 0.03, 0.525),
            ]
            sketch.polygon([spot(*point) for point in rounded(fold, 1)], dimmed(dress.vest, 0.62))
        if dress.band is not None:
            for low, high in ((0.565, 0.592), (0.650, 0.677)):
                sketch.polygon([spot(-0.098, low), spot(0.098, low), spot(0.100, high), spot(-0.100, high)], dress.band)
            for hand in (-1, 1):
                sketch.polygon(
                    [
                        spot(hand * 0.048, 0.677),
                        spot(hand * 0.070, 0.677),
                        spot(hand * 0.064, 0.835),
                        spot(hand * 0.046, 0.842),
                    ],
                    dress.band,
                )
                limb((hand * 0.0525, 0.16), (hand * 0.0525, 0.163), 0.030, 0.030, dress.band)
        if dress.helmet is not None:
            cap = [
                (-0.064, 0.938),
                (-0.060, 0.975),
                (-0.034, 1.012),
                (0.0, 1.022),
                (0.034, 1.012),
                (0.060, 0.975),
                (0.064, 0.938),
                (0.0, 0.930),
            ]
            sketch.polygon([spot(*point) for point in rounded(cap, 2)], dress.helmet)
            sketch.polygon(
                [spot(-0.072, 0.945), spot(0.072, 0.945), spot(0.066, 0.930), spot(-0.066, 0.930)],
                dimmed(dress.helmet, 0.7),
            )
