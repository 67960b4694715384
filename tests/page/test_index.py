"""The front page's index: where it stands, what it says, and that its references follow the stories."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.diagnostics import InputError
from layout.display import Glyphs
from layout.fontbook import advance
from layout.geometry import Cells
from layout.model import Advert, Entry, Index, IndexLine, Page, Pin, RichText, Story
from layout.page.furniture import advert_cells, draw_index, page_blocks
from layout.page.furniture.adverts import nameplate_cells, place_index
from layout.page.furniture.index import index_lines
from layout.reading.index import referred
from layout.reading.issue import read_issue

if TYPE_CHECKING:
    from pathlib import Path

    from layout.fontbook import Fontbook
    from layout.page.furniture import Drawn
    from layout.style import Style

TITLES = ("六楼的老人终于坐上了电梯", "下了班再看病，灯给街坊留着", "一面书架，交给陌生人来摆")
INDEX = Index(
    lines=tuple(
        IndexLine(story=f"s{number}", title=RichText(title), page=f"A0{number}")
        for number, title in enumerate(TITLES, 2)
    )
)
FRONT = Page(id="A01", section="要闻", style="tabloid", front=True, index=INDEX)


def placed(page: Page, style: Style) -> Cells:
    cells = place_index(page, style)
    assert cells is not None
    return cells


def text_of(drawn: Drawn, part: str) -> list[str]:
    rows: dict[int, str] = {}
    for op in drawn.ops:
        if isinstance(op, Glyphs) and op.key.part == part:
            rows[op.key.line] = rows.get(op.key.line, "") + op.text
    return [rows[row] for row in sorted(rows)]


def test_it_stands_under_the_nameplate_at_the_right(tabloid: Style) -> None:
    cells = placed(FRONT, tabloid)
    assert cells.line == nameplate_cells(FRONT, tabloid).bottom
    assert cells.right == tabloid.grid.columns
    assert cells.columns == tabloid.index.columns
    assert cells.lines == index_lines(INDEX, tabloid) + 1  # the blank line that closes it


def test_at_the_foot_it_ends_with_the_page(tabloid: Style) -> None:
    cells = placed(replace(FRONT, index=replace(INDEX, at="foot", side="left")), tabloid)
    assert (cells.column, cells.bottom) == (0, tabloid.grid.lines)
    assert cells.lines == index_lines(INDEX, tabloid)


def test_it_gives_way_to_what_is_pinned_and_adverts_give_way_to_it(tabloid: Style) -> None:
    first = placed(FRONT, tabloid)
    story = Story(id="a", rank=2, headline=RichText("题"))
    pin = Pin(column=first.column + 1, columns=2, line=first.line + 1, lines=20)
    moved = placed(replace(FRONT, entries=(Entry(stories=(story,), pin=pin),)), tabloid)
    assert moved == Cells(first.column - moved.columns, first.line, moved.columns, first.lines)
    advert = Advert(id="bank", kind="半通栏", width=70, height=40, at="head", side="right")
    page = replace(FRONT, adverts=(advert,))
    [(_, cells)] = advert_cells(page, tabloid)
    assert not cells.overlaps(placed(page, tabloid))
    assert ("index", placed(page, tabloid)) in page_blocks(None, page, tabloid)  # type: ignore[arg-type]


def test_a_page_without_room_has_none(tabloid: Style) -> None:
    pin = Pin(column=1, columns=tabloid.grid.columns, line=1, lines=tabloid.grid.lines)
    story = Story(id="a", rank=2, headline=RichText("题"))
    assert place_index(replace(FRONT, entries=(Entry(stories=(story,), pin=pin),)), tabloid) is None


def test_every_line_has_its_title_and_its_page(tabloid: Style, book: Fontbook) -> None:
    drawn = draw_index(FRONT, tabloid, book, placed(FRONT, tabloid))
    assert text_of(drawn, "index") == list(TITLES)
    assert text_of(drawn, "index-page") == ["A02版", "A03版", "A04版"]
    assert text_of(drawn, "index-name") == [tabloid.index.name]
    assert not drawn.findings


@given(
    lengths=st.lists(st.integers(1, 30), min_size=1, max_size=9), columns=st.integers(2, 4), lines=st.integers(6, 40)
)
def test_nothing_leaves_its_frame(tabloid: Style, book: Fontbook, lengths: list[int], columns: int, lines: int) -> None:
    index = Index(lines=tuple(IndexLine(story="a", title=RichText("题" * size), page="A02") for size in lengths))
    cells = Cells(tabloid.grid.columns - columns, 20, columns, lines)
    drawn = draw_index(replace(FRONT, index=index), tabloid, book, cells)
    left, top = tabloid.column_x(cells.column), tabloid.line_y(cells.line)
    right, foot = left + tabloid.span_width(columns), tabloid.line_y(cells.bottom)
    shown = [op for op in drawn.ops if isinstance(op, Glyphs)]
    for op in shown:
        assert left <= op.x
        assert op.x + op.xs[-1] + advance(book.faces[op.face], op.gids[-1]) * op.size // 1000 <= right
        assert top < op.y < foot
    lost = [item for item in drawn.findings if item.code == "E401"]
    rows = {op.key.line for op in shown if op.key.part == "index"}
    assert len(rows) + sum(int(dict(item.values)["lines"]) for item in lost) == len(lengths)


def test_references_follow_the_stories() -> None:
    story = Story(id="s", rank=3, headline=RichText("“澄安号”破土而出 / 澄河隧道右线贯通"))
    index = Index(lines=(IndexLine(story="s", title=RichText("")),))
    front = Page(id="A01", section="", style="tabloid", index=index)
    inside = Page(id="A02", section="", style="tabloid", entries=(Entry(stories=(story,)),))
    spread = replace(inside, id="A04-A05", spread=("A04", "A05"))
    for page, name in ((inside, "A02"), (spread, "A04")):
        made = referred((front, page))[0].index
        assert made is not None
        assert (made.lines[0].title.text, made.lines[0].page) == ("“澄安号”破土而出　澄河隧道右线贯通", name)
        again = referred((replace(front, index=made), replace(page, id="B02", spread=())))[0].index
        assert again is not None
        assert again.lines[0].page == "B02"


ISSUE = """paper: 清渡报
date: 2026-11-22
number: "1"
pages:
  - page: A01
    front: true
    index:
      stories: [boat, {{story: {name}, headline: 渡船改点}}]
  - page: A02
    stories: [boat.md, ferry.md]
"""


def issue_file(folder: Path, name: str) -> Path:
    for story in ("boat", "ferry"):
        (folder / f"{story}.md").write_text(f"---\nheadline: {story}的标题\n---\n正文。\n", encoding="utf-8")
    path = folder / "issue.yaml"
    path.write_text(ISSUE.format(name=name), encoding="utf-8")
    return path


def test_an_index_is_read(tmp_path: Path) -> None:
    index = read_issue(issue_file(tmp_path, "ferry")).issue.pages[0].index
    assert index is not None
    assert [(line.story, line.title.text, line.page) for line in index.lines] == [
        ("boat", "boat的标题", "A02"),
        ("ferry", "渡船改点", "A02"),
    ]


def test_a_story_that_the_issue_has_not_is_reported_where_it_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        read_issue(issue_file(tmp_path, "fery"))
    [item] = raised.value.diagnostics
    assert (item.code, item.span.line if item.span else 0) == ("E140", 8)
    assert "ferry" in item.hint
