"""Vertical lines in the finished file: every glyph where it belongs, and the text as it was written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from layout.color import BLACK
from layout.display import Glyphs, Key, Sheet, dump
from layout.geometry import mm
from layout.page.vertical import vertical_glyphs
from layout.text.justify import prepare
from layout.text.setting import set_line
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape
from layout.text.vertical import shape_vertical

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.style import Style
    from tests.pdf.conftest import Desk, Extract, Reader, Squeeze

SIZE = 10_000
X, Y = 100_000, 50_000
HEIGHT = mm(390)
KEY = Key("story", "body")


def line(text: str, book: Fontbook, style: Style, role: str = "song") -> tuple[Glyphs, ...]:
    material = prepare(shape_vertical(text, ShapeStyle(role, SIZE, "zh-Hans", "gb"), book), style.composition)
    made = set_line(material, 0, len(material), material.width(0, len(material)), last=True)
    return tuple(vertical_glyphs(material, 0, made.xs, X, Y, BLACK, KEY))


def test_text_shaped_for_horizontal_lines_is_refused(book: Fontbook, tabloid: Style) -> None:
    material = prepare(shape("渡口", ShapeStyle("song", SIZE, "zh-Hans", "gb"), book), tabloid.composition)
    with pytest.raises(TypeError):
        list(vertical_glyphs(material, 0, (0, SIZE), X, Y, BLACK, KEY))


def test_what_stands_is_one_run_downwards(book: Fontbook, tabloid: Style) -> None:
    [run] = line("清渡“两河”", book, tabloid)
    assert set(run.xs) == {0}
    assert (run.x, run.y) == (X - SIZE // 2, Y + 880 * SIZE // 1000)
    # An opening mark's origin lies above its body, by the half em that its blank takes.
    assert run.ys == (0, SIZE, 3 * SIZE // 2, 5 * SIZE // 2, 7 * SIZE // 2, 9 * SIZE // 2)
    assert (run.rotated, run.scale, run.text) == (False, 1000, "清渡“两河”")


def test_runs_by_stance(book: Fontbook, tabloid: Style) -> None:
    runs = line("自2026年11月起，App用户增12%", book, tabloid)
    assert [(run.text, run.rotated, bool(run.ys), run.scale < 1000) for run in runs] == [
        ("自", False, False, False),
        ("2026", True, True, False),
        ("年", False, False, False),
        ("11", False, False, True),
        ("月起，", False, True, False),
        ("App", True, True, False),
        ("用户增", False, True, False),
        ("12", False, False, True),
        ("%", False, False, False),
    ]
    together = runs[3]
    assert together.xs[1] > together.xs[0] == 0
    sideways = runs[1]
    assert (set(sideways.xs), sideways.x) == ({0}, X - 380 * SIZE // 1000)
    gap = round(tabloid.composition.han_latin_em * SIZE)
    assert sideways.y == Y + SIZE + gap
    assert runs[2].y - 880 * SIZE // 1000 == pytest.approx(sideways.y + 4 * 0.549 * SIZE + gap, abs=10)


def test_dump_tells_how_runs_stand(book: Fontbook, tabloid: Style) -> None:
    ops = line("自2026年11月", book, tabloid)
    told = dump(Sheet(page="A01", trim=(mm(270), HEIGHT), bleed=0, ops=ops)).splitlines()[1:]
    assert [bool(re.search(" rotated ", row)) for row in told] == [False, True, False, False, False]
    assert [bool(re.search(r" ys 0,", row)) for row in told] == [False, True, False, False, False]


def test_glyphs_stand_where_the_line_has_them(
    book: Fontbook,
    tabloid: Style,
    desk: Desk,
    placed: Reader,
) -> None:
    ops = line("清渡『新』桥2026年11月3日", book, tabloid)
    expected = [
        ((op.x + x) / 1000, (HEIGHT - op.y - y) / 1000, gid)
        for op in ops
        for gid, x, y in zip(op.gids, op.xs, op.ys or (0,) * len(op.gids), strict=True)
    ]
    shown = placed(desk.file([desk.content(*ops)]))
    assert [glyph.code for glyph in shown] == [gid for _, _, gid in expected]
    for glyph, (x, y, _) in zip(shown, expected, strict=True):
        assert (glyph.x, glyph.y) == pytest.approx((x, y), abs=0.006)
    centres = [(X - SIZE // 2) / 1000] * 3
    assert [glyph.x for glyph in shown[:3]] == pytest.approx(centres)


def test_what_lies_is_turned_clockwise(book: Fontbook, tabloid: Style, desk: Desk) -> None:
    content = desk.content(*line("自2026年", book, tabloid)).content.decode()
    matrices = re.findall(r"([-\d. ]+) Tm", content)
    turned = [row for row in matrices if row.startswith("0 -1 1 0 ")]
    assert len(turned) == 4
    heights = [float(row.split()[5]) for row in turned]
    assert heights == sorted(heights, reverse=True)
    assert len({row.split()[4] for row in turned}) == 1


@pytest.mark.parametrize("role", ["song", "hei-black", "kai"])
@pytest.mark.parametrize(
    "text",
    [
        "“归来‘二’字”——写更难……",
        "『归来』“归来”「归来」",
        "自2026年11月5日起，气温36℃，增12%",
        "5G、G20与GDP，App Store 5；PM2.5（全·文）？！",
        "《渡口志》：９点—23:30",
    ],
)
def test_the_file_gives_back_the_source(
    role: str,
    text: str,
    book: Fontbook,
    tabloid: Style,
    desk: Desk,
    pdfium_text: Extract,
    squeezed: Squeeze,
) -> None:
    pdf = desk.file([desk.content(*line(text, book, tabloid, role))])
    assert squeezed(pdfium_text(pdf)) == squeezed(text)
