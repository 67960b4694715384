"""Annotations: written, read back equal; those of other makers led to their stories."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from layout.annotate import annotated, annotations_of
from layout.build.pagework import PageTask, make_page
from layout.comment import Comment, Kind
from layout.fontbook import load_fontbook
from layout.pdf.metadata import DocumentInfo
from layout.pdf.writer import write_pdf
from layout.proof.places import text_boxes, texts
from layout.reading.issue import read_issue
from layout.remarks.anchor import make_anchor
from layout.remarks.notes import notes, remarks
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from layout.model import Page, Story
    from layout.proof.pagemap import PageMap
    from layout.proof.places import Text

SAMPLE = Path(__file__).parents[2] / "seeds" / "qingdu" / "issue.yaml"

Built = tuple["Page", "PageMap", bytes]


@pytest.fixture(scope="module")
def built() -> Built:
    reading = read_issue(SAMPLE)
    page = next(page for page in reading.issue.pages if page.id == "A02")
    task = PageTask(
        issue=reading.issue,
        page=page,
        style=reading.styles[page.id],
        story_styles=reading.story_styles,
        condition=reading.conditions[page.id],
        variant="x1a",
        cache=None,
    )
    result = make_page(task)
    pdf = write_pdf(
        [result.content],
        faces=load_fontbook(fonts_folder()).faces,
        pictures=result.pictures,
        artwork=result.artwork,
        condition=result.condition,
        variant="x1a",
        info=DocumentInfo(title="t", date=reading.issue.date),
    )
    return page, result.map, pdf


def text_of(page: Page, name: str, part: str = "body", number: int = 1) -> tuple[Story, Text]:
    story = next(story for story in page.stories if story.id == name)
    return story, next(text for text in texts(story) if (text.part, text.number) == (part, number))


def some(page: Page) -> list[Comment]:
    story, text = text_of(page, "tunnel")
    at = text.rich.text.index("412天")
    head = text_of(page, "tunnel", "headline", 0)[1]
    details = {"page": "A02", "by": "贾实", "at": "2026-11-22T20:15:00+08:00"}
    return [
        Comment(id="c1", kind=Kind.REPLACE, wanted="421天", remark="与标题不符", **details,  # type: ignore[arg-type]
                anchor=make_anchor(story.id, text, at, at + 4)),
        Comment(id="c2", kind=Kind.DELETE, **details,  # type: ignore[arg-type]
                anchor=make_anchor(story.id, text, 40, 58)),
        Comment(id="c3", kind=Kind.INSERT, wanted="约", **details,  # type: ignore[arg-type]
                anchor=make_anchor(story.id, text, at, at)),
        Comment(id="c4", kind=Kind.QUERY, remark="是“破土”还是“破水”？", **details,  # type: ignore[arg-type]
                anchor=make_anchor(story.id, head, 4, 8)),
        Comment(id="c5", kind=Kind.LAYOUT, remark="这里太空", spot=(120.0, 55.5), **details),  # type: ignore[arg-type]
    ]  # fmt: skip


def test_written_and_read_back_they_are_the_same(built: Built) -> None:
    page, mapped, pdf = built
    written = tuple(notes(mapped, some(page)))
    read = annotations_of(annotated(pdf, written))
    assert [(item.kind, item.text, item.by, item.at, item.name) for item in read] == [
        (item.kind, item.text, item.by, item.at, item.name) for item in written
    ]
    for ours, theirs in zip(written, read, strict=True):
        if ours.kind is not Kind.LAYOUT:
            assert len(ours.boxes) == len(theirs.boxes)
            for box, other in zip(ours.boxes, theirs.boxes, strict=True):
                assert max(abs(box.x - other.x), abs(box.y - other.y), abs(box.right - other.right)) <= 2
    assert remarks(read, [mapped], some(page)) == ((), ())


def test_they_lead_back_to_their_passages(built: Built) -> None:
    page, mapped, pdf = built
    wanted = some(page)
    found, said = remarks(annotations_of(annotated(pdf, tuple(notes(mapped, wanted)))), [mapped], [])
    assert not said
    assert [(item.kind, item.anchor, item.wanted, item.remark) for item in found] == [
        (item.kind, item.anchor, item.wanted, item.remark) for item in wanted
    ]


def test_those_of_another_maker_are_read(built: Built) -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import Highlight, Text
    from pypdf.generic import ArrayObject, FloatObject

    page, mapped, pdf = built
    story, text = text_of(page, "parking")
    box = text_boxes(mapped, story.id, text, 4, 9)[0]
    height = mapped.trim[1] / 1000
    left, right, head, foot = box.x / 1000, box.right / 1000, height - box.y / 1000, height - box.bottom / 1000
    corners = [left, head, right, head, left, foot, right, foot]
    writer = PdfWriter(PdfReader(BytesIO(pdf)))
    marked = Highlight(
        rect=(left, foot, right, head), quad_points=ArrayObject([FloatObject(value) for value in corners])
    )
    marked.update({name_of("/Contents"): string_of("数字待核"), name_of("/T"): string_of("外校")})
    writer.add_annotation(0, marked)
    writer.add_annotation(0, Text(rect=(100, 500, 118, 518), text="版面偏重"))
    out = BytesIO()
    writer.write(out)
    found, said = remarks(annotations_of(out.getvalue()), [mapped], [])
    assert not said
    assert [(item.kind, item.by, item.remark) for item in found] == [
        (Kind.QUERY, "外校", "数字待核"),
        (Kind.LAYOUT, "?", "版面偏重"),
    ]
    assert found[0].anchor is not None
    assert found[0].anchor.quote in text.rich.text
    assert found[0].anchor.quote == text.rich.text[4 : 4 + len(found[0].anchor.quote)]
    assert found[1].spot is not None


def name_of(text: str) -> object:
    from pypdf.generic import NameObject

    return NameObject(text)


def string_of(text: str) -> object:
    from pypdf.generic import TextStringObject

    return TextStringObject(text)


def test_a_file_that_is_no_pdf_is_said() -> None:
    with pytest.raises(OSError, match="cannot be read"):
        annotations_of(b"no PDF")
