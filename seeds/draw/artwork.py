"""Draw the paper's own artwork as SVG paths: nameplate, ear, column logo and chart."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from letters import advance, outline

ART = Path(__file__).resolve().parent.parent / "qingdu" / "art"
RED = "#B5121B"
BLACK = "#1A1A1A"
GREY = "#8C8C8C"
PALE = "#D4D4D4"
Segments = list[tuple[Any, ...]]


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def path(segments: Segments, colour: str) -> str:
    """Return one `<path>` of the segments, filled."""
    data = " ".join(segment[0] + " ".join(_number(value) for value in segment[1:]) for segment in segments)
    return f'<path fill="{colour}" d="{data}"/>'


def rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    """Return one filled `<rect>`."""
    return (
        f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}" fill="{colour}"/>'
    )


def write(name: str, width: float, height: float, parts: list[str]) -> None:
    """Write an SVG of `width` by `height` millimetres."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_number(width)}mm" height="{_number(height)}mm" '
        f'viewBox="0 0 {_number(width)} {_number(height)}">'
    )
    ART.mkdir(parents=True, exist_ok=True)
    (ART / name).write_text("\n".join([head, *parts, "</svg>", ""]), encoding="utf-8")


def contours(segments: Segments) -> list[Segments]:
    """Split outlines into closed contours."""
    result: list[Segments] = []
    for segment in segments:
        if segment[0] == "M":
            result.append([])
        result[-1].append(segment)
    return result


def bounds(contour: Segments) -> tuple[float, float, float, float]:
    """Return the box (left, top, right, bottom) of a contour's points."""
    xs = [value for segment in contour for value in segment[1::2]]
    ys = [value for segment in contour for value in segment[2::2]]
    return min(xs), min(ys), max(xs), max(ys)


def drop(left: float, top: float, right: float, bottom: float) -> Segments:
    """Return a falling drop in a box: a fine entry at the upper left, a full round belly."""
    w, h = right - left, bottom - top

    def at(u: float, v: float) -> tuple[float, float]:
        return left + u * w, top + v * h

    return [
        ("M", *at(-0.04, -0.06)),
        ("C", *at(0.42, 0.02), *at(0.86, 0.16), *at(1.0, 0.52)),
        ("C", *at(1.07, 0.78), *at(0.92, 1.02), *at(0.70, 1.03)),
        ("C", *at(0.46, 1.04), *at(0.40, 0.80), *at(0.33, 0.58)),
        ("C", *at(0.26, 0.36), *at(0.12, 0.14), *at(-0.04, -0.06)),
        ("Z",),
    ]


def ripple(left: float, top: float, right: float, bottom: float) -> Segments:
    """Return the rising stroke of the water radical as a wave that runs up to the right."""
    w, h = right - left, bottom - top

    def at(u: float, v: float) -> tuple[float, float]:
        return left + u * w, top + v * h

    return [
        ("M", *at(1.03, -0.02)),
        ("C", *at(0.84, 0.28), *at(0.70, 0.54), *at(0.665, 0.80)),
        ("C", *at(0.65, 0.95), *at(0.54, 1.01), *at(0.40, 1.0)),
        ("C", *at(0.20, 0.985), *at(0.235, 0.83), *at(0.215, 0.71)),
        ("C", *at(0.20, 0.625), *at(0.09, 0.615), *at(-0.02, 0.605)),
        ("C", *at(0.02, 0.555), *at(0.16, 0.56), *at(0.27, 0.585)),
        ("C", *at(0.48, 0.61), *at(0.72, 0.30), *at(1.03, -0.02)),
        ("Z",),
    ]


def nameplate() -> None:
    """Draw the nameplate, 130 by 34 mm; the water of 清 and 渡 is drawn as drops and a wave."""
    size, track = 32.6, -0.35
    wide = advance("serif-black", "清渡晚报", size, track)
    x = (130 - wide) / 2
    shapes: Segments = []
    for letter in "清渡晚报":
        glyph = outline("serif-black", letter, x, 28.55, size)
        step = advance("serif-black", letter, size)
        parts = contours(glyph)
        if letter in "清渡":
            water = [part for part in parts if bounds(part)[2] < x + 0.36 * step]
            water.sort(key=lambda part: bounds(part)[3])
            for number, part in enumerate(water):
                left, top, right, bottom = bounds(part)
                if number == len(water) - 1:
                    shapes += ripple(left, top + 0.02 * (bottom - top), right - 0.02 * (right - left), bottom)
                else:
                    shapes += drop(
                        left, top, right - (0.10 + 0.13 * number) * (right - left), bottom - 0.06 * (bottom - top)
                    )
            parts = [part for part in parts if part not in water]
        for part in parts:
            shapes += part
        x += step + track
    write("nameplate.svg", 130, 34, [path(shapes, RED)])


def label(text: str, x: float, y: float, size: float, colour: str, *, face: str = "sans", align: str = "left") -> str:
    """Return outlined text at a baseline, set left, middle or right of `x`."""
    wide = advance(face, text, size)
    start = x - {"left": 0.0, "middle": wide / 2, "right": wide}[align]
    return path(outline(face, text, start, y, size), colour)


def ear() -> None:
    """Draw the weather ear, 36 by 34 mm."""
    rays: list[str] = []
    cx, cy = 11.2, 11.6
    for k in range(12):
        turn = math.radians(30 * k)
        c, s = math.cos(turn), math.sin(turn)
        points = [
            (cx + 5.3 * c - 0.42 * s, cy + 5.3 * s + 0.42 * c),
            (cx + 7.3 * c, cy + 7.3 * s),
            (cx + 5.3 * c + 0.42 * s, cy + 5.3 * s - 0.42 * c),
        ]
        rays.append(
            '<polygon points="' + " ".join(f"{_number(px)},{_number(py)}" for px, py in points) + f'" fill="{RED}"/>'
        )
    cloud: Segments = [
        ("M", 8.4, 18.4),
        ("C", 5.9, 18.4, 5.2, 14.9, 7.9, 14.3),
        ("C", 8.3, 11.6, 12.2, 10.9, 13.5, 13.2),
        ("C", 16.4, 12.2, 18.2, 15.2, 16.6, 16.6),
        ("C", 17.0, 17.8, 16.0, 18.4, 15.2, 18.4),
        ("Z",),
    ]
    inner: Segments = [
        ("M", 8.6, 17.5),
        ("C", 7.0, 17.4, 6.9, 15.2, 8.8, 15.1),
        ("C", 9.0, 12.7, 12.0, 12.2, 13.0, 14.3),
        ("C", 15.2, 13.5, 16.6, 15.4, 15.4, 16.7),
        ("C", 15.6, 17.3, 15.2, 17.5, 14.8, 17.5),
        ("Z",),
    ]
    write(
        "ear.svg",
        36,
        34,
        [
            rect(0, 0, 36, 0.35, BLACK),
            rect(0, 33.65, 36, 0.35, BLACK),
            f'<circle cx="{cx}" cy="{cy}" r="4.2" fill="{RED}"/>',
            *rays,
            path(cloud, BLACK),
            path(inner, "#FFFFFF"),
            label("今日天气", 34.6, 8.0, 3.4, BLACK, face="sans-black", align="right"),
            label("多云转晴", 34.6, 13.2, 3.4, BLACK, align="right"),
            label("东北风2级", 34.6, 18.0, 3.0, BLACK, align="right"),
            label("6—14℃", 18, 28.4, 7.4, RED, face="serif-black", align="middle"),
            label("明日 晴 5—15℃", 18, 32.2, 2.6, BLACK, align="middle"),
        ],
    )


def column_logo() -> None:
    """Draw the logo of the column 清渡人物, 40 by 11 mm."""
    seal: Segments = [
        ("M", 0.9, 0),
        ("L", 17.7, 0),
        ("C", 18.3, 0, 18.6, 0.4, 18.6, 0.9),
        ("L", 18.6, 10.1),
        ("C", 18.6, 10.7, 18.2, 11, 17.7, 11),
        ("L", 0.9, 11),
        ("C", 0.3, 11, 0, 10.6, 0, 10.1),
        ("L", 0, 0.9),
        ("C", 0, 0.3, 0.4, 0, 0.9, 0),
        ("Z",),
    ]
    write(
        "column-logo.svg",
        40,
        11,
        [
            path(seal, RED),
            path(outline("serif-black", "清渡", 1.1, 8.55, 8.2), "#FFFFFF"),
            path(outline("kai", "人物", 20.2, 8.75, 9.0, track=0.2), BLACK),
            rect(19.6, 10.45, 20.4, 0.55, RED),
        ],
    )


def chart() -> None:
    """Draw a bar chart of invented night-cruise passengers, 70 by 40 mm."""
    parts = [
        label("澄河夜航客流", 0, 4.0, 3.9, BLACK, face="sans-black"),
        label("单位：万人次", 70, 3.9, 2.5, "#5A5A5A", align="right"),
        rect(0, 5.3, 70, 0.22, BLACK),
    ]
    floor, top, scale = 33.2, 8.6, 0.47
    for mark in (10, 20, 30, 40, 50):
        y = floor - mark * scale
        parts += [rect(6.0, y - 0.06, 64.0, 0.12, PALE), label(str(mark), 4.9, y + 0.8, 2.2, "#5A5A5A", align="right")]
    figures = (
        ("2021年", 12.8),
        ("2022年", 16.5),
        ("2023年", 24.1),
        ("2024年", 31.7),
        ("2025年", 38.2),
        ("2026年*", 46.9),
    )
    step = 64.0 / len(figures)
    for k, (year, value) in enumerate(figures):
        middle = 6.0 + (k + 0.5) * step
        last = k == len(figures) - 1
        parts += [
            rect(middle - 3.1, floor - value * scale, 6.2, value * scale, RED if last else GREY),
            label(
                f"{value}",
                middle,
                max(floor - value * scale - 0.9, top),
                2.9,
                RED if last else BLACK,
                face="sans-black",
                align="middle",
            ),
            label(year, middle, floor + 2.9, 2.3, BLACK, align="middle"),
        ]
    parts += [
        rect(6.0, floor, 64.0, 0.25, BLACK),
        label("*截至11月20日。数据来源：清渡轮船公司", 0, 39.5, 2.1, "#5A5A5A"),
    ]
    write("chart.svg", 70, 40, parts)


if __name__ == "__main__":
    nameplate()
    ear()
    column_logo()
    chart()
