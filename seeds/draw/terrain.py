"""Render height fields as a camera sees them: the land of the tea hills and the fog valley."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from paint import Field, Point, grid

Relief: TypeAlias = Callable[[Field, Field], Field]
NOTHING = 1.0e6  # distance of a pixel that shows sky


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A level camera at (`x`, `eye`, 0) looking along z; `horizon` is a row, `focal` in pixels."""

    width: int
    height: int
    focal: float
    horizon: float
    eye: float
    x: float = 0.0

    def place(self, x: float, up: float, z: float) -> Point:
        """Project a place in metres."""
        scale = self.focal / z
        return self.width / 2 + (x - self.x) * scale, self.horizon - (up - self.eye) * scale

    def ground(self, z: Field) -> tuple[Field, Field, Field]:
        """Return the places (x, up, z) of all pixels at the distances `z`."""
        column, row = grid(self.width, self.height)
        x = self.x + (column - self.width / 2) * z / self.focal
        up = self.eye + (self.horizon - row) * z / self.focal
        return x.astype(np.float32), up.astype(np.float32), z


def march(camera: Camera, relief: Relief, near: float, far: float, steps: int) -> Field:
    """Return every pixel's distance to the relief, `NOTHING` where it shows sky."""
    z = np.geomspace(near, far, steps).astype(np.float32)[:, None]
    columns = np.arange(camera.width, dtype=np.float32)[None, :] + np.float32(0.5)
    x = camera.x + (columns - camera.width / 2) * z / camera.focal
    deep = np.broadcast_to(z, x.shape).astype(np.float32)
    rows = camera.horizon - (relief(x.astype(np.float32), deep) - camera.eye) * camera.focal / z
    crest = np.minimum.accumulate(rows, axis=0)
    wanted = np.arange(camera.height, dtype=np.float32) + np.float32(0.5)
    result = np.full((camera.height, camera.width), NOTHING, dtype=np.float32)
    for column in range(camera.width):
        line = crest[:, column]
        index = np.searchsorted(-line, -wanted)
        seen = index < steps
        after = index[seen]
        before = np.maximum(after - 1, 0)
        top, bottom = line[after], line[before]
        share = np.clip((bottom - wanted[seen]) / np.maximum(bottom - top, 1e-4), 0, 1)
        share = np.where(after == before, 0, share)
        result[seen, column] = z[before, 0] + (z[after, 0] - z[before, 0]) * share
    return result


def slopes(relief: Relief, x: Field, z: Field, reach: Field) -> tuple[Field, Field]:
    """Return the relief's rise along x and z, over `reach` metres."""
    across = (relief(x + reach, z) - relief(x - reach, z)) / (2 * reach)
    along = (relief(x, z + reach) - relief(x, z - reach)) / (2 * reach)
    return across.astype(np.float32), along.astype(np.float32)


def facing(across: Field, along: Field, sun: tuple[float, float, float]) -> Field:
    """Return the cosine between the ground's normal and the sun (may be negative)."""
    size = np.sqrt(across * across + along * along + 1)
    return np.asarray((-across * sun[0] + sun[1] - along * sun[2]) / size, dtype=np.float32)


def shade(
    relief: Relief, x: Field, z: Field, sun: tuple[float, float, float], *, reach: float, steps: int, soft: float
) -> Field:
    """Return the share of sunlight that reaches the ground, 0…1, with soft edges."""
    start = relief(x, z)
    block = np.full_like(x, -1.0e3)
    for step in np.geomspace(reach / 60, reach, steps):
        up = relief((x + sun[0] * step).astype(np.float32), (z + sun[2] * step).astype(np.float32))
        block = np.maximum(block, (up - start - sun[1] * step) / step)
    return np.clip(0.5 - block / soft, 0, 1).astype(np.float32)
