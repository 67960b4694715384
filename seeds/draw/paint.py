"""Tools of the picture scripts: light, noise, blur, masks, water and the finish of a photograph.

A picture is a float32 array (height, width, 3) of linear light; only `develop` turns it into
eight-bit sRGB. Everything is seeded, so a script gives the same picture on every run.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Field: TypeAlias = npt.NDArray[Any]  # float32 by custom; intermediate results may be wider
Point: TypeAlias = tuple[float, float]
Light: TypeAlias = tuple[float, float, float]

PHOTOS = Path(__file__).resolve().parent.parent / "qingdu" / "photos"
QUALITY = 88
LARGEST = 440_000  # bytes; a desk sends pictures of this weight, and the sample paper stays small


def grid(width: int, height: int) -> tuple[Field, Field]:
    """Return the pixel centres (x, y), each of shape (height, width)."""
    x = np.arange(width, dtype=np.float32) + np.float32(0.5)
    y = np.arange(height, dtype=np.float32) + np.float32(0.5)
    across, down = np.meshgrid(x, y)
    return across.astype(np.float32), down.astype(np.float32)


def ramp(low: float | Field, high: float | Field, value: Field) -> Field:
    """Return the smooth step of `value` from 0 at `low` to 1 at `high`."""
    t = np.clip((value - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t), dtype=np.float32)


def gradient(stops: Sequence[tuple[float, Light]], value: Field) -> Field:
    """Return the colours of `stops` (position, light), interpolated at `value`."""
    at = [position for position, _ in stops]
    parts = [np.interp(value, at, [light[k] for _, light in stops]) for k in range(3)]
    return np.stack(parts, axis=-1).astype(np.float32)


def tint(value: Field, light: Light) -> Field:
    """Return `value` times the colour `light`."""
    return np.asarray(value[..., None] * np.array(light, dtype=np.float32), dtype=np.float32)


def dimmed(light: Light, share: float) -> Light:
    """Return a light times `share`."""
    return light[0] * share, light[1] * share, light[2] * share


def mix(below: Field, above: Field | Light, cover: Field) -> Field:
    """Lay `above` over `below` with the opacity `cover`."""
    top = np.asarray(above, dtype=np.float32)
    return np.asarray(below + (top - below) * cover[..., None], dtype=np.float32)


def clouds(size: int, slope: float, seed: int, *, low: float = 0.0) -> Field:
    """Return tileable fractal noise (size, size), mean 0 and deviation 1.

    `slope` is the fall of amplitude over frequency (1 rough … 2 soft); frequencies under `low`
    cycles are left out.
    """
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft2(rng.standard_normal((size, size)))
    fy = np.fft.fftfreq(size)[:, None] * size
    fx = np.fft.rfftfreq(size)[None, :] * size
    radius = np.hypot(fx, fy)
    gain = np.where(radius > max(low, 0.5), np.maximum(radius, 1.0) ** -slope, 0.0)
    field = np.fft.irfft2(spectrum * gain, s=(size, size))
    return np.asarray((field - field.mean()) / field.std(), dtype=np.float32)


def tile(texture: Field, u: Field, v: Field) -> Field:
    """Sample a tileable texture at (u, v) in texture pixels, bilinear, wrapped."""
    rows, columns = texture.shape
    u0 = np.floor(u)
    v0 = np.floor(v)
    fu = (u - u0).astype(np.float32)
    fv = (v - v0).astype(np.float32)
    c0 = u0.astype(np.int64) % columns
    r0 = v0.astype(np.int64) % rows
    c1 = (c0 + 1) % columns
    r1 = (r0 + 1) % rows
    upper = texture[r0, c0] * (1 - fu) + texture[r0, c1] * fu
    lower = texture[r1, c0] * (1 - fu) + texture[r1, c1] * fu
    return np.asarray(upper * (1 - fv) + lower * fv, dtype=np.float32)


def sample(image: Field, x: Field, y: Field) -> Field:
    """Sample an image at pixel positions (x, y), bilinear, clamped at the edges."""
    height, width = image.shape[:2]
    px = np.clip(x - 0.5, 0, width - 1.001).astype(np.float32)
    py = np.clip(y - 0.5, 0, height - 1.001).astype(np.float32)
    c = px.astype(np.int64)
    r = py.astype(np.int64)
    fx = px - c
    fy = py - r
    if image.ndim == 3:
        fx = fx[..., None]
        fy = fy[..., None]
    upper = image[r, c] * (1 - fx) + image[r, c + 1] * fx
    lower = image[r + 1, c] * (1 - fx) + image[r + 1, c + 1] * fx
    return np.asarray(upper * (1 - fy) + lower * fy, dtype=np.float32)


def hashed(*keys: npt.NDArray[np.int64]) -> Field:
    """Return a uniform random number in 0…1 for every tuple of integer keys."""
    state = np.zeros(np.broadcast(*keys).shape, dtype=np.uint64)
    for key in keys:
        state = (state ^ key.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        state = (state ^ (state >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        state ^= state >> np.uint64(32)
    return ((state >> np.uint64(40)).astype(np.float64) / float(1 << 24)).astype(np.float32)


def _box(field: Field, radius: int, axis: int) -> Field:
    pad = [(0, 0)] * field.ndim
    pad[axis] = (radius + 1, radius)
    total = np.cumsum(np.pad(field, pad, mode="edge"), axis=axis, dtype=np.float64)
    high = np.take(total, np.arange(2 * radius + 1, total.shape[axis]), axis=axis)
    low = np.take(total, np.arange(total.shape[axis] - 2 * radius - 1), axis=axis)
    return ((high - low) / (2 * radius + 1)).astype(np.float32)


def blur(field: Field, across: float, down: float | None = None) -> Field:
    """Return a near-Gaussian blur (three boxes) with deviations in pixels."""
    result = field
    for axis, deviation in ((1, across), (0, across if down is None else down)):
        radius = round(deviation * 0.95)
        if radius < 1:
            continue
        for _ in range(3):
            result = _box(result, radius, axis)
    return result


def resized(field: Field, width: int, height: int) -> Field:
    """Resize a field or an image, bicubic."""
    planes = field[..., None] if field.ndim == 2 else field
    parts = [
        np.asarray(
            Image.fromarray(np.ascontiguousarray(planes[..., k])).resize((width, height), Image.Resampling.BICUBIC)
        )
        for k in range(planes.shape[2])
    ]
    return parts[0] if field.ndim == 2 else np.stack(parts, axis=-1)


def lens(field: Field, radius: float) -> Field:
    """Blur with a disc of `radius` pixels: an open lens out of focus."""
    if radius < 0.7:
        return field
    height, width = field.shape[:2]
    margin = int(radius * 2) + 2
    rows, columns = height + 2 * margin, width + 2 * margin
    y = np.minimum(np.arange(rows), rows - np.arange(rows))[:, None]
    x = np.minimum(np.arange(columns), columns - np.arange(columns))[None, :]
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    disc *= 1.0 + 0.35 * (np.hypot(x, y) / radius) ** 4  # the bright rim of real glass
    kernel = np.fft.rfft2(disc / disc.sum())
    out = np.empty_like(field)
    for k in range(field.shape[2]):
        padded = np.pad(field[..., k], margin, mode="edge")
        back = np.fft.irfft2(np.fft.rfft2(padded) * kernel, s=padded.shape)
        out[..., k] = back[margin:-margin, margin:-margin]
    return np.maximum(out, 0)


class Sketch:
    """Opaque shapes in linear light on a transparent ground, drawn several times too large."""

    def __init__(self, width: int, height: int, scale: int = 3) -> None:
        """Make an empty sketch of the final size; `scale` is the oversampling."""
        self.width = width
        self.height = height
        self.scale = scale
        size = (width * scale, height * scale)
        self._planes = [Image.new("F", size, 0.0) for _ in range(4)]
        self._pens = [ImageDraw.Draw(plane) for plane in self._planes]

    def polygon(self, points: Sequence[Point], light: Light, cover: float = 1.0) -> None:
        """Fill a polygon."""
        scaled = [(x * self.scale, y * self.scale) for x, y in points]
        for pen, value in zip(self._pens, (*light, cover), strict=True):
            pen.polygon(scaled, fill=value)

    def ellipse(self, x: float, y: float, rx: float, ry: float, light: Light) -> None:
        """Fill an ellipse about (x, y)."""
        s = self.scale
        box = ((x - rx) * s, (y - ry) * s, (x + rx) * s, (y + ry) * s)
        for pen, value in zip(self._pens, (*light, 1.0), strict=True):
            pen.ellipse(box, fill=value)

    def line(self, points: Sequence[Point], width: float, light: Light) -> None:
        """Draw a line of `width` pixels; below a third of a pixel the light is thinned instead."""
        s = self.scale
        thick = max(1, round(width * s))
        cover = min(1.0, width * s)
        scaled = [(x * s, y * s) for x, y in points]
        values = (*(part * cover for part in light), cover)
        for pen, value in zip(self._pens, values, strict=True):
            pen.line(scaled, fill=value, width=thick, joint="curve" if thick > 2 else None)

    def limb(self, a: Point, b: Point, wide: float, narrow: float, light: Light) -> None:
        """Draw a rounded, tapered limb from `a` to `b` with the two diameters."""
        dx, dy = b[0] - a[0], b[1] - a[1]
        length = max((dx * dx + dy * dy) ** 0.5, 1e-6)
        nx, ny = -dy / length / 2, dx / length / 2
        self.polygon(
            [
                (a[0] + nx * wide, a[1] + ny * wide),
                (b[0] + nx * narrow, b[1] + ny * narrow),
                (b[0] - nx * narrow, b[1] - ny * narrow),
                (a[0] - nx * wide, a[1] - ny * wide),
            ],
            light,
        )
        self.ellipse(*a, wide / 2, wide / 2, light)
        self.ellipse(*b, narrow / 2, narrow / 2, light)

    def layer(self) -> Field:
        """Return the sketch as premultiplied light and cover, shape (height, width, 4)."""
        parts = [np.asarray(plane.reduce(self.scale)) for plane in self._planes]
        return np.stack(parts, axis=-1).astype(np.float32)


def lay(below: Field, layer: Field, *, shade: Field | None = None) -> Field:
    """Lay a premultiplied layer over a picture; `shade` multiplies the layer's light."""
    light = layer[..., :3] if shade is None else layer[..., :3] * shade
    return np.asarray(below * (1 - layer[..., 3:4]) + light, dtype=np.float32)


def modelled(layer: Field, radius: float, *, side: float = 1.0, gain: float = 0.9) -> Field:
    """Give flat shapes of a layer the roundness of bodies, lit from `side` (+1 right, -1 left)."""
    cover = layer[..., 3]
    swell = blur(cover, radius) + 0.6 * blur(cover, radius / 2.5)
    across = np.gradient(swell, axis=1) * radius
    down = np.gradient(swell, axis=0) * radius
    shade = np.clip(1 - gain * (side * across * 1.5 - 0.7 * down), 0.25, 3.0)
    result = layer.copy()
    result[..., :3] *= shade[..., None]
    return result


def halo(picture: Field, parts: Sequence[tuple[float, float]], *, over: float = 0.8) -> Field:
    """Add the glow of bright places: pairs (deviation in pixels, share)."""
    height, width = picture.shape[:2]
    bright = np.maximum(picture - over, 0)
    result = picture.copy()
    for deviation, share in parts:
        step = max(1, int(deviation // 3))
        if step == 1:
            result += blur(bright, deviation) * share
            continue
        rows, columns = -(-height // step), -(-width // step)
        small = np.pad(bright, ((0, rows * step - height), (0, columns * step - width), (0, 0)), mode="edge")
        small = small.reshape(rows, step, columns, step, 3).mean(axis=(1, 3)).astype(np.float32)
        big = resized(blur(small, deviation / step), columns * step, rows * step)
        result += np.maximum(big[:height, :width], 0) * share
    return result


def water(
    mirror: Field,
    horizon: float,
    rise: float,
    focal: float,
    wave: Callable[[Field, Field], Field],
    *,
    reach: float,
    rounds: int = 14,
    seed: int = 5,
    side: float = 0.18,
) -> Field:
    """Return the picture of `mirror` (already upside down) in moving water below `horizon`.

    `rise` is the eye's height over the water in metres, `focal` the focal length in pixels;
    `wave(x, z)` gives the slope of the waves at places in metres; `reach` is the length of the
    broken image in pixels per unit of slope.
    """
    height, width = mirror.shape[:2]
    x, y = grid(width, height)
    below = np.maximum(y - horizon, 0.5)
    z = rise * focal / below
    wx = (x - width / 2) * z / focal
    slope = wave(wx, z)
    cross = wave(wx * 1.7 + 311.0, z * 0.6 + 97.0)
    rng = np.random.default_rng(seed)
    total = np.zeros_like(mirror)
    # Near water shows single waves; far water only their sum, so the scatter takes over.
    near = np.clip(below / (0.35 * (height - horizon)), 0.15, 1.0)
    for k in range(rounds):
        spread = (k + 0.5) / rounds * 2 - 1
        jitter = rng.standard_normal((height, width)).astype(np.float32) * np.float32(0.16)
        dy = reach * (slope * near + (spread * 0.85 + jitter) * (1.25 - 0.6 * near))
        dx = reach * side * (cross * near + jitter)
        total += sample(mirror, x + dx, np.maximum(y + dy, horizon + 1))
    return np.asarray(total / rounds, dtype=np.float32)


def encode(light: Field) -> Field:
    """Turn linear light into sRGB values in 0…1."""
    clipped = np.clip(light, 0, 1)
    return np.where(
        clipped <= 0.0031308,
        clipped * 12.92,
        1.055 * np.maximum(clipped, 1e-9) ** (1 / 2.4) - 0.055,
    ).astype(np.float32)


def film(light: Field) -> Field:
    """Bend linear light with a film-like shoulder and toe into 0…1."""
    # The rational curve published by K. Narkowicz for a filmic response.
    x = np.maximum(light, 0)
    return np.clip(x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14), 0, 1).astype(np.float32)


def develop(
    picture: Field,
    *,
    seed: int,
    exposure: float = 1.0,
    lift: float = 0.0,
    grain: float = 0.0045,
    soft: float = 0.35,
    corner: float = 0.25,
    colour: float = 1.0,
    gamma: float = 1.0,
) -> Image.Image:
    """Develop linear light into an sRGB image, with dark corners and grain.

    `soft` is the share of a one-pixel blur, the softness of a lens.
    """
    height, width = picture.shape[:2]
    x, y = grid(width, height)
    off = np.hypot((x - width / 2) / width, (y - height / 2) / height) * 1.414
    shaded = picture * (exposure * (1 - corner * off**2.4))[..., None]
    tone = encode(film(shaded)) ** gamma
    grey = (tone @ np.array([0.299, 0.587, 0.114], dtype=np.float32))[..., None]
    tone = grey + (tone - grey) * colour
    tone = lift + tone * (1 - lift)
    tone = tone + (blur(tone, 1.0) - tone) * soft
    rng = np.random.default_rng(seed)
    fine = rng.standard_normal((height, width)).astype(np.float32)
    noise = 0.35 * fine + blur(fine, 1.0)
    noise /= noise.std()
    weight = grain * (0.5 + 2.0 * grey[..., 0] * (1 - grey[..., 0]))
    tone = tone + (noise * weight)[..., None]
    return Image.fromarray((np.clip(tone, 0, 1) * 255 + 0.5).astype(np.uint8), "RGB")


def save(image: Image.Image, path: Path) -> None:
    """Write a JPEG at `QUALITY`, or the best lower quality that stays under `LARGEST`."""
    for quality in range(QUALITY, 60, -2):
        image.save(path, "JPEG", quality=quality, optimize=True, dpi=(300, 300))
        if path.stat().st_size <= LARGEST:
            return
