"""SVG artwork as shapes in process inks, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.color import Ink
from layout.diagnostics import OutputError
from layout.display import Form, Key, Shape
from layout.geometry import Rect
from layout.page.furniture import draw_artwork, place_artwork
from layout.page.furniture.inks import LIMIT, ink_of, separate
from layout.page.furniture.svg import SvgError, read_svg

if TYPE_CHECKING:
    from pathlib import Path

    from layout.page.furniture.svg import Drawing

KEY = Key("page", "logo")


def svg(inner: str, box: str = "0 0 100 100", more: str = "") -> Drawing:
    return read_svg(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" {more}>{inner}</svg>'.encode())


def area(drawing: Drawing, steps: int = 100) -> float:
    """The inked share of a drawing, by the non-zero (or even-odd) rule at sample points."""
    hits = 0
    for column in range(steps):
        for row in range(steps):
            x, y = (column + 0.503) / steps * drawing.width, (row + 0.497) / steps * drawing.height
            hits += any(_covers(figure.path, x, y, even_odd=figure.even_odd) for figure in drawing.figures)
    return hits / steps**2


def _covers(path: object, x: float, y: float, *, even_odd: bool) -> bool:
    winding = 0
    start = here = (0.0, 0.0)

    def edge(one: tuple[float, float], other: tuple[float, float]) -> int:
        if (one[1] <= y) == (other[1] <= y):
            return 0
        cross = one[0] + (y - one[1]) * (other[0] - one[0]) / (other[1] - one[1])
        return 0 if cross <= x else (1 if other[1] > one[1] else -1)

    for operator, values in path:  # type: ignore[attr-defined]
        if operator == "m":
            winding += edge(here, start)
            start = here = values[:2]
        elif operator == "l":
            winding += edge(here, values)
            here = values
        elif operator == "c":
            first = here
            for step in range(1, 17):
                t = step / 16
                shares = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
                points = (first, values[:2], values[2:4], values[4:])
                point = (
                    sum(share * point[0] for share, point in zip(shares, points, strict=True)),
                    sum(share * point[1] for share, point in zip(shares, points, strict=True)),
                )
                winding += edge(here, point)
                here = point
        else:
            winding += edge(here, start)
            here = start
    winding += edge(here, start)
    return winding % 2 == 1 if even_odd else winding != 0


@pytest.mark.parametrize(
    ("inner", "share"),
    [
        ('<rect x="10" y="20" width="50" height="40"/>', 0.20),
        ('<rect width="50%" height="100%"/>', 0.50),
        ('<circle cx="50" cy="50" r="40"/>', 0.5027),
        ('<ellipse cx="50" cy="50" rx="40" ry="20"/>', 0.2513),
        ('<rect width="100" height="100" rx="50"/>', 0.7854),
        ('<polygon points="0,0 100,0 0,100"/>', 0.50),
        ('<path d="M0 0h50v50h-50z"/>', 0.25),
        ('<path d="M0 0 L100 0 L100 100 L0 100 Z M25 25 L75 25 L75 75 L25 75 Z" fill-rule="evenodd"/>', 0.75),
        ('<path d="M0 0 L100 0 L100 100 L0 100 Z M25 25 L75 25 L75 75 L25 75 Z"/>', 1.0),
        ('<path d="M10 50 a40 40 0 1 1 80 0 z"/>', 0.2513),
        (
            '<g transform="translate(50 50) scale(.5) rotate(45)"><rect x="-50" y="-50" width="100" height="100"/></g>',
            0.25,
        ),
        ('<defs><rect id="a" width="10" height="10"/></defs><use href="#a" x="20"/><use href="#a" y="30"/>', 0.02),
        ('<line x1="10" y1="50" x2="90" y2="50" stroke="black" stroke-width="10"/>', 0.08),
        ('<line x1="10" y1="50" x2="90" y2="50" stroke="black" stroke-width="10" stroke-linecap="square"/>', 0.09),
        ('<line x1="10" y1="50" x2="90" y2="50" stroke="black" stroke-width="10" stroke-dasharray="10"/>', 0.04),
        ('<rect x="10" y="10" width="80" height="80" fill="none" stroke="red" stroke-width="10"/>', 0.32),
        ('<polyline points="10,90 10,10 90,10" fill="none" stroke="red" stroke-width="10"/>', 0.1625),
        (
            '<polyline points="90,10 10,10 10,90" fill="none" stroke="red" stroke-width="10" stroke-linejoin="bevel"/>',
            0.16125,
        ),
        ('<circle cx="50" cy="50" r="40" fill="none" stroke="red" stroke-width="10"/>', 0.2513),
        ('<rect width="50" height="50" display="none"/><g opacity="0"><rect width="9" height="9"/></g>', 0.0),
        ('<rect x="200" width="50" height="50"/>', 0.0),
    ],
)
def test_figures_cover_what_they_should(inner: str, share: float) -> None:
    assert area(svg(inner)) == pytest.approx(share, abs=0.006)


def test_view_box_moves_and_text_units_count() -> None:
    drawing = svg('<rect x="-50" y="-50" width="50" height="100"/>', "-50 -50 100 100")
    assert area(drawing) == pytest.approx(0.5, abs=0.006)
    plain = read_svg(b'<svg width="1in" height="48"><rect width="1in" height="24px"/></svg>')
    assert (plain.width, plain.height) == (96, 48)
    assert area(plain) == pytest.approx(0.5, abs=0.006)


def test_style_sheets_attributes_and_style_in_order() -> None:
    sheet = "<style>/* x */ .a, .b { fill: #000 } .b { fill: red } rect { stroke: none }</style>"
    figures = svg(
        f'{sheet}<g fill="blue"><rect class="a" width="1" height="1"/><rect class="b" width="1" height="1"/>'
        '<rect class="b" style="fill:white" width="1" height="1"/><rect width="1" height="1"/></g>'
    ).figures
    assert [str(figure.ink) for figure in figures] == ["K100", "M100 Y100", "paper", "C100 M100"]


@pytest.mark.parametrize(
    ("inner", "word"),
    [
        ("<text>字</text>", "outlines"),
        ('<image href="x.png"/>', "picture"),
        ('<rect width="9" height="9" fill="url(#g)"/>', "gradients"),
        ('<rect width="9" height="9" opacity=".5"/>', "transparent"),
        ('<rect width="9" height="9" fill-opacity="0.2"/>', "transparent"),
        ('<g clip-path="url(#c)"/>', "clip-path"),
        ('<g filter="url(#c)"/>', "filter"),
        ('<rect width="9" height="9" fill="mauve"/>', "mauve"),
        ('<rect width="wide" height="9"/>', "length"),
        ('<path d="M0 0 L bad"/>', "value"),
        ('<rect width="9" height="9" transform="turn(3)"/>', "transform"),
        ('<use href="#none"/>', "nowhere"),
        ('<g id="a"><use href="#a"/></g>', "deep"),
        ("<blink/>", "blink"),
        ('<rect x="50" width="100" height="10"/>', "edge"),
        ("<style>g > rect { fill: red }</style>", "style rule"),
    ],
)
def test_what_cannot_be_printed_is_refused_by_name(inner: str, word: str) -> None:
    with pytest.raises(SvgError, match=word):
        svg(inner)


@pytest.mark.parametrize(
    "data", [b"", b"<svg", b"<html/>", b'<!DOCTYPE svg [<!ENTITY a "a">]><svg viewBox="0 0 1 1"/>', b"<svg/>"]
)
def test_what_is_no_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(SvgError):
        read_svg(data)


def test_artwork_keeps_its_shape_in_its_place(tmp_path: Path) -> None:
    file = tmp_path / "a.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10"/></svg>')
    (op,) = draw_artwork(str(file), Rect(1000, 2000, 40_000, 40_000), KEY)
    assert isinstance(op, Shape)
    assert op.path[0] == ("m", (1000, 12_000))
    assert op.path[2] == ("l", (41_000, 32_000))
    assert op.ink == Ink(0, 0, 0, 100)
    (form,) = draw_artwork("b.pdf", Rect(0, 0, 10, 10), KEY)
    assert form == Form(KEY, Rect(0, 0, 10, 10), "b.pdf")


def test_artwork_faults_are_findings(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="E514"):
        draw_artwork(str(tmp_path / "none.svg"), Rect(0, 0, 10, 10), KEY)
    made = place_artwork(str(tmp_path / "none.png"), Rect(0, 0, 10, 10), KEY, "A01", "bridge")
    assert made.ops == ()
    assert [(item.code, item.page, item.story) for item in made.findings] == [("E514", "A01", "bridge")]


@pytest.mark.parametrize(
    ("colour", "inks"),
    [
        ("black", "K100"), ("#000", "K100"), ("#231815", "K100"), ("#231f20", "K100"), ("white", "paper"),
        ("#808080", "K50"), ("rgb(50%, 50%, 50%)", "K50"), ("#e60012", "M100 Y92"), ("red", "M100 Y100"),
        ("#C8102E", "M100 Y85"), ("rgb(0, 0, 255)", "C100 M100"), ("#00ff00", "C100 Y100"), ("navy", "C85 M85 K50"),
        ("device-cmyk(0 1 100% 0)", "M100 Y100"), ("device-cmyk(0, 0, 0, .6)", "K60"),
    ],
)  # fmt: skip
def test_colours_as_inks(colour: str, inks: str) -> None:
    assert str(ink_of(colour)) == inks


@pytest.mark.parametrize("colour", ["", "#12", "#12345", "rgb(1,2)", "device-cmyk(1 1)", "hsl(1,2%,3%)", "rgb(a,b,c)"])
def test_colours_that_are_none(colour: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - floats speak for themselves
        ink_of(colour)


@given(*(st.integers(0, 255) for _ in range(3)))
def test_inks_stay_under_the_limit(red: int, green: int, blue: int) -> None:
    ink = separate(red / 255, green / 255, blue / 255)
    assert ink.total <= LIMIT
    assert min(ink.cyan, ink.magenta, ink.yellow, ink.black) >= 0
    assert red != green or green != blue or ink.is_grey
