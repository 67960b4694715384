"""Draw the two adverts of the sample paper as press-ready PDFs: a bookshop and a tea."""

# A picture is one long recipe; cutting it up would hide it.
# ruff: noqa: C901, PLR0912, PLR0915

from __future__ import annotations

import math
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from letters import advance, outline
from paint import PHOTOS, Field, clouds, grid, ramp, tile
from PIL import Image
from sheet import INK_LIMIT, Ink, Sheet

ADVERTS = Path(__file__).resolve().parent.parent / "qingdu" / "adverts"
BLACK: Ink = (0, 0, 0, 1)
RED: Ink = (0.10, 1.0, 0.90, 0.10)
NIGHT: Ink = (0.90, 0.62, 0.22, 0.34)
PAPER: Ink = (0.01, 0.035, 0.12, 0)
LAMP: Ink = (0, 0.20, 0.72, 0)
WOOD: Ink = (0.22, 0.58, 0.78, 0.34)


def write(
    sheet: Sheet,
    face: str,
    text: str,
    x: float,
    y: float,
    size: float,
    ink: Ink,
    *,
    track: float = 0.0,
    align: str = "left",
) -> None:
    """Set outlined words at a baseline; `size` and places in millimetres."""
    wide = advance(face, text, size, track)
    start = x - {"left": 0.0, "middle": wide / 2, "right": wide}[align]
    sheet.fill(outline(face, text, start, y, size, track=track, up=True), ink)


def column(
    sheet: Sheet, face: str, text: str, x: float, top: float, size: float, ink: Ink, *, track: float = 0.0
) -> None:
    """Set outlined words downwards, centred on `x`."""
    for k, letter in enumerate(text):
        write(sheet, face, letter, x, top - (k + 0.88) * size - k * track, size, ink, align="middle")


def arch(x: float, y: float, width: float, height: float) -> list[tuple[Any, ...]]:
    """Return the outline of a round-headed window."""
    r = width / 2
    k = 4 / 3 * (math.sqrt(2) - 1) * r
    spring = y + height - r
    return [
        ("M", x, y),
        ("L", x, spring),
        ("C", x, spring + k, x + r - k, y + height, x + r, y + height),
        ("C", x + r + k, y + height, x + width, spring + k, x + width, spring),
        ("L", x + width, y),
        ("Z",),
    ]


def pool(x: float, y: float, rx: float, ry: float) -> list[tuple[Any, ...]]:
    """Return the upper half of an ellipse that lies on the row `y`."""
    k = 4 / 3 * (math.sqrt(2) - 1)
    return [
        ("M", x - rx, y),
        ("C", x - rx, y + k * ry, x - k * rx, y + ry, x, y + ry),
        ("C", x + k * rx, y + ry, x + rx, y + k * ry, x + rx, y),
        ("Z",),
    ]


def shelf(sheet: Sheet, x: float, y: float, width: float, height: float, rng: np.random.Generator) -> None:
    """Draw one row of books on a board."""
    inks: tuple[Ink, ...] = (
        RED,
        (0.72, 0.40, 0.30, 0.20),
        (0.05, 0.30, 0.72, 0.05),
        (0.50, 0.24, 0.55, 0.22),
        (0.06, 0.10, 0.26, 0.02),
        (0.20, 0.62, 0.70, 0.30),
        (0.35, 0.20, 0.18, 0.06),
        (0, 0, 0, 0.72),
    )
    sheet.rect(x, y - 0.8, width, 0.8, WOOD)
    sheet.rect(x, y - 0.8, width, 0.22, (0.30, 0.70, 0.85, 0.55))
    at = x + 0.4
    while at < x + width - 1.2:
        wide = float(rng.uniform(0.85, 2.1))
        tall = height * float(rng.uniform(0.62, 0.93))
        if rng.uniform() < 0.09:
            at += 1.6
            continue
        wide = min(wide, x + width - 0.3 - at)
        ink = inks[int(rng.integers(0, len(inks)))]
        if rng.uniform() < 0.10 and at + wide + tall * 0.25 < x + width - 0.3:
            lean = tall * 0.20
            sheet.polygon([(at, y), (at + wide, y), (at + wide + lean, y + tall * 0.94), (at + lean, y + tall)], ink)
            at += wide + lean + 0.1
            continue
        sheet.rect(at, y, wide, tall, ink)
        sheet.rect(
            at + wide * 0.80,
            y,
            wide * 0.20,
            tall,
            (min(1.0, ink[0] + 0.12), min(1.0, ink[1] + 0.10), ink[2], min(1.0, ink[3] + 0.22))
            if ink[:3] != (0, 0, 0)
            else (0, 0, 0, 0.9),
        )
        if wide > 1.15:
            for level in (0.16, 0.80):
                sheet.rect(at, y + tall * level, wide, 0.28, (0.02, 0.16, 0.50, 0.02))
        at += wide + 0.06


def bookshop() -> None:
    """Draw the advert of the bookshop, 117 by 76 mm."""
    sheet = Sheet(117, 76)
    rng = np.random.default_rng(7)
    sheet.rect(0, 0, 117, 76, PAPER)
    # The room: shelves left and right of an arched window that looks on the river at night.
    for k in range(16):
        t = k / 15
        sheet.rect(
            3, 3 + 70 * k / 16, 50, 70 / 16 + 0.02, (0.10 + 0.10 * t, 0.30 + 0.14 * t, 0.52 + 0.12 * t, 0.12 + 0.16 * t)
        )
    for level in range(5):
        y = 17.5 + level * 11.0
        high = min(10.2, 73.0 - y - 0.4)
        shelf(sheet, 3, y, 10.5, high, rng)
        shelf(sheet, 42.5, y, 10.5, high, rng)
    window = arch(14.5, 16.5, 27, 52)
    frame = arch(13.6, 15.6, 28.8, 53.8)
    sheet.fill(frame, WOOD)
    sheet.clip(window)
    bands = 40
    for k in range(bands):
        t = k / (bands - 1)
        sheet.rect(
            14,
            16 + 53 * k / bands,
            28,
            53 / bands + 0.03,
            (0.62 + 0.30 * t, 0.50 + 0.16 * t, 0.24 * (1 - t) + 0.16, 0.06 + 0.36 * t)
            if t > 0.24
            else (0.66 + 0.4 * t, 0.52, 0.20, 0.16),
        )
    for step in range(9):
        r = 8.2 - step * 0.58
        f = step / 8
        sheet.circle(
            33.0, 57.5, r, (0.84 - 0.60 * f * f, 0.58 - 0.44 * f * f, 0.24 + 0.10 * f * f, 0.28 * (1 - f) + 0.02)
        )
    sheet.circle(33.0, 57.5, 3.5, (0, 0.04, 0.22, 0))
    for _ in range(26):
        sheet.circle(
            float(rng.uniform(15, 41)), float(rng.uniform(45, 68)), float(rng.uniform(0.09, 0.2)), (0.10, 0.06, 0.12, 0)
        )
    for row, (base, tall, ink) in enumerate(
        ((28.6, 9.5, (0.80, 0.58, 0.26, 0.26)), (28.6, 6.2, (0.86, 0.64, 0.30, 0.46)))
    ):
        x = 14.0 - row
        while x < 42:
            wide = float(rng.uniform(1.6, 3.4))
            high = tall * float(rng.uniform(0.35, 1.0))
            sheet.rect(x, base, wide, high, ink)
            for wx in np.arange(x + 0.35, x + wide - 0.35, 0.55):
                for wy in np.arange(base + 0.6, base + high - 0.5, 0.75):
                    if rng.uniform() < 0.34:
                        sheet.rect(float(wx), float(wy), 0.27, 0.36, LAMP)
            x += wide + float(rng.uniform(-0.1, 0.5))
    sheet.rect(14, 16, 28, 12.6, (0.78, 0.56, 0.26, 0.30))
    for _ in range(120):
        wx, wy = float(rng.uniform(14, 41)), float(rng.uniform(16.3, 28.2))
        wide = float(rng.uniform(0.6, 2.6)) * (1.3 - (wy - 16) / 13)
        glow = rng.uniform() < 0.35 + 0.4 * math.exp(-(((wx - 33) / 2.5) ** 2))
        sheet.rect(
            wx,
            wy,
            wide,
            0.16,
            LAMP if glow and abs(wx - 33) > 3 else (0.05, 0.05, 0.30, 0) if glow else (0.88, 0.64, 0.30, 0.48),
        )
    sheet.unclip()
    sheet.rect(27.6, 16.5, 0.8, 51.6, WOOD)
    for y in (30.0, 43.5, 55.0):
        sheet.rect(14.5, y, 27, 0.6, WOOD)
    # The sill, a lamp, an open book and a sleeping cat.
    sheet.rect(3, 3, 50, 11.6, (0.26, 0.62, 0.82, 0.46))
    for x, wide in ((4.6, 14.6), (20.7, 14.6), (36.8, 14.6)):
        sheet.rect(x, 4.4, wide, 8.2, (0.30, 0.68, 0.86, 0.50))
        sheet.rect(x + 0.5, 4.4, wide - 0.5, 7.7, (0.22, 0.56, 0.78, 0.38))
    sheet.rect(3, 14.4, 50, 1.7, (0.14, 0.46, 0.70, 0.18))
    for k in range(7):
        sheet.fill(
            pool(13.5, 16.1, 9.4 - 1.2 * k, 1.9 - 0.22 * k),
            (0.10 - 0.014 * k, 0.42 - 0.045 * k, 0.70, 0.12 - 0.018 * k),
        )
    sheet.rect(11.2, 16.0, 4.6, 0.8, (0, 0, 0, 0.85))
    sheet.rect(13.2, 16.6, 0.6, 13.2, (0, 0, 0, 0.85))
    sheet.polygon([(9.4, 28.6), (17.6, 28.6), (15.6, 33.0), (11.4, 33.0)], (0.62, 0.20, 0.60, 0.38))
    sheet.polygon([(9.4, 28.6), (17.6, 28.6), (17.4, 29.1), (9.6, 29.1)], LAMP)
    sheet.fill(
        [
            ("M", 19.4, 16.2),
            ("C", 21.6, 17.9, 23.6, 17.6, 25.4, 16.6),
            ("C", 27.2, 17.6, 29.2, 17.9, 31.4, 16.2),
            ("L", 31.4, 17.4),
            ("C", 29.2, 19.3, 27.0, 19.0, 25.4, 17.8),
            ("C", 23.8, 19.0, 21.6, 19.3, 19.4, 17.4),
            ("Z",),
        ],
        (0.01, 0.03, 0.12, 0),
    )
    sheet.fill(
        [
            ("M", 19.2, 15.9),
            ("L", 31.6, 15.9),
            ("L", 31.4, 16.5),
            ("C", 29.0, 17.9, 27.2, 17.5, 25.4, 16.5),
            ("C", 23.6, 17.5, 21.8, 17.9, 19.4, 16.5),
            ("Z",),
        ],
        RED,
    )
    cat: list[tuple[Any, ...]] = [
        ("M", 35.0, 16.1),
        ("C", 33.2, 17.6, 33.4, 20.0, 35.4, 20.9),
        ("L", 35.5, 22.6),
        ("L", 36.8, 21.5),
        ("C", 37.6, 21.6, 38.2, 21.5, 38.8, 21.3),
        ("L", 40.0, 22.2),
        ("L", 40.1, 20.5),
        ("C", 42.5, 21.6, 46.0, 21.2, 47.5, 18.6),
        ("C", 48.3, 17.2, 48.0, 16.4, 47.2, 16.1),
        ("Z",),
    ]
    sheet.fill(cat, (0, 0, 0, 0.90))
    sheet.fill(
        [
            ("M", 47.0, 16.1),
            ("C", 49.6, 15.6, 50.8, 13.2, 49.2, 10.6),
            ("C", 50.6, 11.0, 52.6, 14.6, 49.4, 16.6),
            ("Z",),
        ],
        (0, 0, 0, 0.90),
    )
    # The words.
    left = 58.0
    write(sheet, "serif-black", "城市书房", left, 55.4, 13.6, NIGHT, track=0.25)
    sheet.rect(left, 51.0, 54.9, 0.35, NIGHT)
    write(sheet, "kai", "把一盏灯，留给晚归的人", left, 43.6, 4.96, BLACK)
    write(sheet, "sans-black", "望江路新店今天开门", left, 34.2, 4.6, RED)
    rows = (
        "10:00—22:00 天天营业，阅览座位86个",
        "每周六19:30 朗读会，凭报名短信入场",
        "持本广告购书满100元减15元，至12月6日",
    )
    for k, words in enumerate(rows):
        sheet.circle(left + 0.7, 28.9 - k * 5.2, 0.55, RED)
        write(sheet, "sans", words, left + 2.3, 27.7 - k * 5.2, 2.72, BLACK)
    sheet.rect(left, 11.6, 54.9, 0.18, (0, 0, 0, 0.5))
    write(sheet, "sans", "望江路118号  老船坞东门旁", left, 7.2, 2.75, BLACK)
    write(sheet, "sans-black", "5550 0118", 112.9, 7.0, 3.7, NIGHT, align="right")
    write(sheet, "sans", "望江店 · 西门老街店 · 柳林店", left, 3.4, 2.35, (0, 0, 0, 0.7))
    for x, y, width, height in ((0, 0, 117, 0.5), (0, 75.5, 117, 0.5), (0, 0, 0.5, 76), (116.5, 0, 0.5, 76)):
        sheet.rect(x, y, width, height, NIGHT)
    sheet.write(ADVERTS / "bookshop.pdf")


def separated(light: Field) -> Field:
    """Turn sRGB values 0…1 into the four inks with strong black replacement and the ink limit."""
    grey = light.mean(axis=-1, keepdims=True)
    inks = np.clip(1 - (grey + (light - grey) * 1.28), 0, 1)
    # Newsprint gains about a quarter of a dot in the middle tones; the plates are thinned for it.
    inks = inks**1.18
    dark = inks.min(axis=-1, keepdims=True)
    black = np.clip(dark**1.5, 0, 0.92)
    colour = np.clip((inks - 0.82 * black) / np.maximum(1 - 0.42 * black, 0.2), 0, 1)
    total = colour.sum(axis=-1, keepdims=True)
    room = np.maximum(INK_LIMIT - black, 0.1)
    colour = colour * np.minimum(1, room / np.maximum(total, 1e-6))
    return np.concatenate([colour, black], axis=-1).astype(np.float32)


def plate(width: int, height: int) -> bytes:
    """Return the tea hills as a CMYK JPEG that fades into the paper's tint at the right."""
    source = Image.open(PHOTOS / "tea-hills.jpg").convert("RGB")
    wide = source.width
    tall = round(wide * height / (0.74 * width))
    top = round(source.height * 0.96) - tall
    crop = source.crop((0, top, wide, top + tall)).resize((round(0.74 * width), height), Image.Resampling.LANCZOS)
    inks = separated(np.asarray(crop, dtype=np.float32) / 255)
    page = np.empty((height, width, 4), dtype=np.float32)
    page[...] = PAPER
    x, y = grid(width, height)
    mist = clouds(512, 1.6, 5)
    edge = (
        0.665
        + 0.035 * tile(mist, x / width * 120, y / width * 160)
        + 0.02 * tile(mist, x / width * 380, y / width * 420)
    )
    cover = ramp(0.115, -0.115, x / width - edge)[..., None]
    full = np.concatenate([inks, np.repeat(inks[:, -1:], width - inks.shape[1], axis=1)], axis=1)
    page = page + (full - page) * cover
    image = Image.fromarray((np.clip(page, 0, 1) * 255 + 0.5).astype(np.uint8), "CMYK")
    for quality in range(86, 50, -2):
        store = BytesIO()
        image.save(store, "JPEG", quality=quality, optimize=True)
        if store.tell() < 520_000:
            break
    return store.getvalue()


def tea() -> None:
    """Draw the advert of the tea, 238 by 76 mm."""
    sheet = Sheet(238, 76)
    size = (round(238 / 25.4 * 200), round(76 / 25.4 * 200))
    sheet.picture(plate(*size), size, 0, 0, 238, 76)
    green: Ink = (0.72, 0.36, 0.92, 0.34)
    column(sheet, "serif-black", "石浦茶山", 219.0, 71.0, 14.2, green, track=1.4)
    sheet.rect(208.4, 8.0, 0.3, 62.6, green)
    column(sheet, "kai", "一山云雾养一叶秋香", 202.6, 70.6, 5.5, BLACK, track=1.15)
    seal = [("M", 189.2, 70.8), ("L", 197.2, 70.8), ("L", 197.2, 52.2), ("L", 189.2, 52.2), ("Z",)]
    sheet.fill(seal, RED)
    column(sheet, "serif-black", "秋茶", 193.2, 69.9, 7.2, (0, 0, 0, 0), track=0.3)
    sheet.rect(190.0, 53.4, 6.4, 0.3, (0, 0, 0, 0))
    write(sheet, "sans-black", "新到", 193.2, 49.0 - 1.2, 3.1, RED, align="middle")
    column(sheet, "sans", "海拔六百二十米 手采一芽二叶", 184.6, 70.6, 2.85, (0, 0, 0, 0.85), track=0.22)
    write(sheet, "sans", "250克罐装 168元", 197.6, 20.6, 3.1, BLACK, align="right")
    write(sheet, "sans", "电话 5550 6200", 197.6, 15.4, 3.1, BLACK, align="right")
    write(sheet, "sans", "石浦县茶山路9号", 197.6, 10.2, 3.1, BLACK, align="right")
    for x, y, width, height in ((0, 0, 238, 0.5), (0, 75.5, 238, 0.5), (0, 0, 0.5, 76), (237.5, 0, 0.5, 76)):
        sheet.rect(x, y, width, height, green)
    sheet.write(ADVERTS / "tea.pdf")


if __name__ == "__main__":
    bookshop()
    tea()
