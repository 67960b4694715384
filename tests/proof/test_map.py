"""The map of a page agrees with the press PDF, and its outlines with the layout."""

from __future__ import annotations

import ctypes
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.build.pagework import PageTask, make_page
from layout.diagnostics import Span
from layout.fontbook import load_fontbook
from layout.geometry import MM, Rect
from layout.pdf.metadata import DocumentInfo
from layout.pdf.writer import write_pdf
from layout.proof.outline import minus
from layout.proof.pagemap import ASCENT
from layout.proof.places import span_boxes, text_boxes, texts
from layout.reading.issue import read_issue
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from layout.build.pagework import PageResult
    from layout.model import Page

SAMPLE = Path(__file__).parents[2] / "seeds" / "qingdu" / "issue.yaml"
HALF_MM = MM / 2

Built = tuple["Page", "PageResult", bytes]


@pytest.fixture(scope="module")
def built() -> Built:
    reading = read_issue(SAMPLE)
    page = next(page for page in reading.issue.pages if page.id == "A02")
    result = make_page(
        PageTask(
            issue=reading.issue,
            page=page,
            style=reading.styles[page.id],
            story_styles=reading.story_styles,
            condition=reading.conditions[page.id],
            variant="x1a",
            cache=None,
        )
    )
    pdf = write_pdf(
        [result.content],
        faces=load_fontbook(fonts_folder()).faces,
        pictures=result.pictures,
        artwork=result.artwork,
        condition=result.condition,
        variant="x1a",
        info=DocumentInfo(title="t", date=reading.issue.date),
    )
    return page, result, pdf


def test_a_thousand_characters_lie_in_their_boxes(built: Built) -> None:
    """The boxes of the PDF's glyphs (origin and size, as PDFium reads them) are covered within half a millimetre."""
    import pypdfium2

    _, result, pdf = built
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    height = page.get_height()
    content = page.get_textpage()
    read: dict[str, list[tuple[float, float, float]]] = {}
    for at in range(content.count_chars()):
        char = content.get_text_range(at, 1)
        if char.strip():
            x, y = ctypes.c_double(), ctypes.c_double()
            assert pypdfium2.raw.FPDFText_GetCharOrigin(content, at, x, y)
            size = pypdfium2.raw.FPDFText_GetFontSize(content, at)
            read.setdefault(char, []).append((x.value * 1000, (height - y.value) * 1000, size * 1000))
    placed = [
        (line, at)
        for line in result.map.lines
        for at, char in enumerate(line.text)
        if char.strip() and line.text[max(at - 1, 0) : at + 1] not in {"——", "……"}  # one glyph, read at its start
    ]
    chosen = random.Random(1).sample(placed, 1000)  # noqa: S311 - a sample for a test, not a secret
    for line, at in chosen:
        box = line.box(at)
        assert any(
            abs(x - box.x) <= HALF_MM and abs(y - ASCENT * size / 1000 - box.y) <= HALF_MM and size == box.height
            for x, y, size in read.get(line.text[at], ())
        ), (line.story, line.part, line.text, at)


def test_every_word_of_every_story_is_found(built: Built) -> None:
    page, result, _ = built
    for story in page.stories:
        for text in texts(story):
            if text.part in {"byline", "dateline"}:
                continue  # run in with the first paragraph
            visible = [at for at, char in enumerate(text.rich.text) if not char.isspace() and char != "/"]
            for at in visible[:: max(len(visible) // 12, 1)]:
                boxes = text_boxes(result.map, story.id, text, at, at + 1)
                assert len(boxes) == 1, (story.id, text.part, text.number, at)
                assert any(
                    line.text[place] == text.rich.text[at] and line.box(place) == boxes[0]
                    for line in result.map.lines
                    for place in range(len(line.text))
                )


def test_a_span_of_the_source_leads_to_its_characters(built: Built) -> None:
    page, result, _ = built
    story = next(story for story in page.stories if story.body)
    rich = story.body[0].text
    assert rich.origin is not None
    line, column = rich.origin.locate(5)
    boxes = span_boxes(result.map, story, Span(rich.origin.file, line, column, line, column + 4))
    assert 1 <= len(boxes) <= 2
    assert sum(box.width for box in boxes) >= 2.5 * min(box.height for box in boxes)
    assert span_boxes(result.map, story, Span("elsewhere.md", line, column)) == ()


def test_outlines_cover_their_stories(built: Built) -> None:
    page, result, _ = built
    assert {outlined.story.id for outlined in result.map.stories} == {story.id for story in page.stories}
    for outlined in result.map.stories:
        xs = [x for polygon in outlined.shape for x, _ in polygon]
        ys = [y for polygon in outlined.shape for _, y in polygon]
        for line in result.map.lines:
            if line.story == outlined.story.id:
                assert min(xs) - line.size <= line.xs[0] <= max(xs)  # an opening mark hangs by its blank half
                assert min(ys) <= line.ys[0] <= max(ys)


def area(polygon: tuple[tuple[int, int], ...]) -> int:
    """Return twice the signed area (the shoelace rule)."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(polygon, (*polygon[1:], polygon[0]), strict=True))


@given(st.integers(0, 30), st.integers(0, 20), st.integers(1, 40), st.integers(1, 40))
def test_an_outline_has_the_area_that_is_left(x: int, y: int, width: int, height: int) -> None:
    rect, hole = Rect(0, 0, 40, 30), Rect(x, y, width, height)
    covered = max(min(hole.right, 40) - x, 0) * max(min(hole.bottom, 30) - y, 0)
    assert sum(area(polygon) for polygon in minus(rect, (hole,))) == 2 * (40 * 30 - covered)


def test_an_l_shape_is_one_polygon_of_six_corners() -> None:
    (shape,) = minus(Rect(0, 0, 10, 10), (Rect(6, 7, 4, 3),))
    assert set(shape) == {(0, 0), (10, 0), (10, 7), (6, 7), (6, 10), (0, 10)}


def test_the_site_shows_the_press_file(built: Built) -> None:
    """The picture on the site is the press file's own raster, pixel by pixel within what WebP loses."""
    from io import BytesIO

    from PIL import Image, ImageChops, ImageStat

    from layout.raster import SITE_DPI, bitmap, site_pictures

    _, _, pdf = built
    quick, whole = site_pictures(pdf, kinds={"screen"}), site_pictures(pdf)
    assert quick["screen"] == whole["screen"], "the short way draws the same picture"
    shown = Image.open(BytesIO(whole["screen"])).convert("RGB")
    drawn = bitmap(pdf, 0, SITE_DPI["screen"])
    assert shown.size == drawn.size
    assert max(ImageStat.Stat(ImageChops.difference(shown, drawn)).mean) < 3
