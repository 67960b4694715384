"""Type as curves: no font in the file, and the page looks the same."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import ImageChops

from layout.color import Ink
from layout.display import Sheet
from layout.geometry import mm
from layout.pdf.content import page_content
from layout.raster import bitmap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layout.fontbook import Face
    from tests.pdf.conftest import Desk


@pytest.fixture(scope="module")
def pair(desk: Desk, faces: Mapping[str, Face]) -> tuple[bytes, bytes]:
    """The same page with fonts and with curves: CFF and TrueType, scaled, turned, raised, coloured, blank."""
    turned = desk.run("竖排Abc", size=30_000, y=mm(120))
    ops = (
        desk.run("澄河隧道昨日贯通，全长3.6公里。Agfy", size=24_000, y=mm(30)),
        desk.run("记者 沈知夏", face="kai", size=24_000, y=mm(50), ink=Ink(0, 100, 100, 0)),
        desk.run("压扁的标题", face="hei-black", size=40_000, y=mm(80), scale=900, overprint=False),
        replace(turned, rotated=True, ys=tuple(range(0, 6_000 * len(turned.gids), 6_000))),
        desk.run("　 ", size=20_000, y=mm(150)),
    )
    sheet = Sheet(page="A01", trim=(mm(270), mm(200)), bleed=0, ops=ops)
    return tuple(  # type: ignore[return-value]
        desk.file([page_content(sheet, desk.advance, None, curves)]) for curves in (None, faces)
    )


def test_no_font_is_left(pair: tuple[bytes, bytes]) -> None:
    with pikepdf.open(BytesIO(pair[1])) as pdf:
        assert "/Font" not in pdf.pages[0].Resources
        operators = {str(item.operator) for item in pikepdf.parse_content_stream(pdf.pages[0])}
    assert not operators & {"BT", "Tf", "Tj", "TJ"}
    assert b"/FontDescriptor" not in pair[1]


def test_the_page_looks_the_same(pair: tuple[bytes, bytes]) -> None:
    one, other = (bitmap(pdf, 0, 150).convert("L") for pdf in pair)
    assert one.getextrema()[0] < 60  # type: ignore[operator]
    difference = ImageChops.difference(one, other)
    weight = sum(value * count for value, count in enumerate(difference.histogram()))
    ink = sum((255 - value) * count for value, count in enumerate(one.histogram()))
    assert weight < 0.06 * ink


def test_overprint_stays(pair: tuple[bytes, bytes]) -> None:
    states = []
    for pdf in pair:
        with pikepdf.open(BytesIO(pdf)) as file:
            content = pikepdf.parse_content_stream(file.pages[0])
            states.append([str(item.operands[0]) for item in content if str(item.operator) == "gs"])
    assert states[0] == states[1]
    assert len(states[0]) >= 3
