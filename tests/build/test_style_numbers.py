"""No size, distance, colour or face is written in code: change all of the style, and nothing old is left."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

from layout.color import PAPER, Ink
from layout.display import Fill, Glyphs, Outline, Picture, Rule
from layout.fontbook import Fontbook
from layout.page.compose import compose
from layout.page.draw import ASCENT
from layout.page.planning import plan_page
from layout.reading.issue import read_issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.display import Op
    from layout.model import Issue, Page
    from layout.reading.issue import Reading
    from layout.style import Style

REPOSITORY = Path(__file__).resolve().parents[2]

COUNTS: Final = {
    "columns", "characters", "lines", "ranks", "slot", "max_lines", "logo_lines", "least", "most", "pad_lines",
    "label_lines", "caption_lines_most", "light_edge", "error_ppi", "warn_ppi", "date_lines", "imprint_lines",
    "widths", "weights", "score",
}  # fmt: skip
"""Whole numbers of a style that count something; all others are lengths."""

LENGTHS_ALL_THE_SAME: Final = {("FolioStyle", "least"), ("NameplateStyle", "least"), ("IndexStyle", "least")}
"""Lengths with the name of a count."""


def changed(value: Any, name: str = "", owner: str = "") -> Any:  # noqa: ANN401 - any part of a style
    """Return a part of a style with its lengths a tenth longer, its shares a tenth less, its inks a tenth paler.

    A few thousandths of a point are added as well: else 22 pt, twice 11 pt, would be an old size and a new one.
    """
    if is_dataclass(value) and not isinstance(value, type | Ink):
        kind = type(value).__name__
        return replace(
            value, **{item.name: changed(getattr(value, item.name), item.name, kind) for item in fields(value)}
        )
    if name in COUNTS and (owner, name) not in LENGTHS_ALL_THE_SAME:
        return value
    if isinstance(value, tuple):
        if name == "gutters":
            return tuple((characters, _changed(gutter)) for characters, gutter in value)
        return tuple(changed(part, name, owner) for part in value)
    return _changed(value)


def _changed(value: Any) -> Any:  # noqa: ANN401 - a number, a colour or a name
    if isinstance(value, Ink):
        return Ink(*(round(0.9 * part, 3) for part in (value.cyan, value.magenta, value.yellow, value.black)))
    if isinstance(value, float):
        return 0.9 * value
    if isinstance(value, int) and not isinstance(value, bool) and value:
        return round(1.1 * value) + 7
    return value


def refaced(value: Any, role: str) -> Any:  # noqa: ANN401 - any part of a style
    """Return a part of a style with one role for all its text."""
    if is_dataclass(value) and not isinstance(value, type):
        made = {}
        for item in fields(value):
            part = getattr(value, item.name)
            made[item.name] = role if item.name.split("_")[-1] == "role" else refaced(part, role)
        return replace(value, **made)
    if isinstance(value, tuple):
        return tuple(refaced(part, role) for part in value)
    return value


class Sheets(NamedTuple):
    """Pages of the sample as they are drawn in a style."""

    style: Style
    pages: dict[str, tuple[Op, ...]]

    @property
    def ops(self) -> list[Op]:
        return [op for ops in self.pages.values() for op in ops]

    def glyphs(self) -> Iterator[tuple[str, Glyphs]]:
        for page, ops in self.pages.items():
            yield from ((page, op) for op in ops if isinstance(op, Glyphs))

    def parts(self, page: str) -> dict[tuple[str, str], list[Glyphs]]:
        """Return a page's runs by story and part."""
        found: dict[tuple[str, str], list[Glyphs]] = defaultdict(list)
        for name, op in self.glyphs():
            if name == page:
                found[op.key.story, op.key.part].append(op)
        return found


PAGES: Final = ("A01", "A02", "A03")
"""Front page and imprint; advert and group; tints, frames and a column logo."""


def draw(issue: Issue, pages: list[Page], style: Style, book: Fontbook) -> Sheets:
    made = {}
    for page in pages:
        planned = plan_page(issue, page, style, book)
        made[page.id] = compose(issue, page, style, book, planned.plan, planned.copies).sheet.ops
    return Sheets(style, made)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_issue(REPOSITORY / "seeds" / "qingdu" / "issue.yaml")


@pytest.fixture(scope="module")
def old(reading: Reading, book: Fontbook) -> Sheets:
    pages = [page for page in reading.issue.pages if page.id in PAGES]
    return draw(reading.issue, pages, reading.styles["A02"], book)


@pytest.fixture(scope="module")
def new(reading: Reading, book: Fontbook) -> Sheets:
    pages = [page for page in reading.issue.pages if page.id in PAGES]
    return draw(reading.issue, pages, changed(reading.styles["A02"]), book)


def test_the_walk_reaches_every_number(reading: Reading) -> None:
    """Nothing is left as it was but counts, and no name of a count is out of date."""
    left: set[str] = set()
    names: set[str] = set()

    def compare(one: Any, other: Any, path: str) -> None:  # noqa: ANN401 - any part of a style
        if is_dataclass(one) and not isinstance(one, type) and not isinstance(one, Ink):
            for item in fields(one):
                names.add(item.name)
                compare(getattr(one, item.name), getattr(other, item.name), f"{path}.{item.name}")
        elif isinstance(one, tuple) and one and is_dataclass(one[0]):
            for part, counterpart in zip(one, other, strict=True):
                compare(part, counterpart, path)
        elif one == other and not isinstance(one, bool | str) and one not in (None, (), 0, PAPER):
            left.add(path.rsplit(".", 1)[-1])

    style = reading.styles["A02"]
    compare(style, changed(style), "style")
    assert left <= COUNTS | {"required", "required_imprint", "levels", "templates"}
    assert names >= COUNTS


def test_no_old_size_is_left(old: Sheets, new: Sheets) -> None:
    before, after = {op.size for _, op in old.glyphs()}, {op.size for _, op in new.glyphs()}
    assert len(before) > 15
    assert before.isdisjoint(after)


def test_no_old_rule_or_frame_is_left(old: Sheets, new: Sheets) -> None:
    for kind in (Rule, Outline):
        before = {op.width for op in old.ops if isinstance(op, Rule | Outline) and isinstance(op, kind)}
        after = {op.width for op in new.ops if isinstance(op, Rule | Outline) and isinstance(op, kind)}
        assert before
        assert after
        assert before.isdisjoint(after)


def test_no_old_colour_is_left(old: Sheets, new: Sheets) -> None:
    """Artwork brings its own colours, and paper is what nothing is printed on."""
    kinds = (Glyphs, Rule, Outline, Fill)
    before, after = ({op.ink for op in sheets.ops if isinstance(op, kinds)} - {PAPER} for sheets in (old, new))
    assert len(before) > 1
    assert before.isdisjoint(after)


def em_head(op: Glyphs) -> int:
    return op.y - ASCENT * op.size // 1000


def em_foot(op: Glyphs) -> int:
    return em_head(op) + op.size


def head_gaps(sheets: Sheets) -> dict[str, set[int]]:
    """Return the distances inside headlines, between em boxes, by what they are."""
    found: dict[str, set[int]] = defaultdict(set)
    for page in sheets.pages:
        parts = sheets.parts(page)
        for (story, part), runs in parts.items():
            if part != "headline":
                continue
            rows = sorted({(op.key.line, em_head(op), em_foot(op), op.size) for op in runs})
            for (_, _, foot, size), (_, head, _, _) in pairwise(rows):
                found["line_gap"].add(head - foot - round(sheets.style.heads.line_gap * size))
            if kicker := parts.get((story, "kicker")):
                found["kicker_gap"].add(rows[0][1] - em_foot(kicker[-1]))
            last = rows[-1][2]
            if deck := parts.get((story, "deck")):
                found["deck_gap"].add(em_head(deck[0]) - last)
                last = em_foot(deck[-1])
            body = parts.get((story, "body"), [])
            below = [em_head(op) - last for op in body if op.key.paragraph == 1 and op.key.line == 0]
            if below and not parts.get((story, "byline")) and not parts.get((story, "caption")):
                found["below"].add(below[0] - (sheets.style.grid.pitch - sheets.style.body.size) // 2)
    return found


def test_distances_in_heads_are_the_style_s(old: Sheets, new: Sheets) -> None:
    for sheets in (old, new):
        heads, gaps = sheets.style.heads, head_gaps(sheets)
        assert gaps["line_gap"] == {0}
        assert gaps["kicker_gap"] == {heads.kicker_gap}
        assert gaps["deck_gap"] == {heads.deck_gap}
        air = {gap % sheets.style.grid.pitch for gap in gaps["below"]}
        assert air <= {heads.below % sheets.style.grid.pitch}
    for name in ("kicker_gap", "deck_gap", "below"):
        assert head_gaps(old)[name].isdisjoint(head_gaps(new)[name])


def test_captions_hang_from_their_pictures_by_the_style(old: Sheets, new: Sheets) -> None:
    seen = []
    for sheets in (old, new):
        style, gaps = sheets.style, set()
        for page, ops in sheets.pages.items():
            feet = {(op.key.story, op.key.paragraph): op.rect.bottom for op in ops if isinstance(op, Picture)}
            for (story, part), runs in sheets.parts(page).items():
                if part == "caption":
                    spare = (style.caption.pitch - style.caption.size) // 2
                    gaps |= {em_head(op) - spare - feet[story, op.key.paragraph] for op in runs if op.key.line == 0}
        assert gaps == {style.photo.caption_gap}
        seen.append(gaps)
    assert seen[0].isdisjoint(seen[1])


def test_body_type_keeps_pitch_indent_and_columns_of_the_style(old: Sheets, new: Sheets) -> None:
    for sheets in (old, new):
        style = sheets.style
        columns = {style.column_x(column) for column in range(style.grid.columns)}
        indents = set()
        for page in sheets.pages:
            for (_, part), runs in sheets.parts(page).items():
                if part != "body":
                    continue
                assert {(op.y - runs[0].y) % style.grid.pitch for op in runs} == {0}
                left = min(op.x for op in runs)
                first = [op.x for op in runs if op.key.line == 0 and op.key.paragraph > 0]
                indents |= {x - left for x in first if 0 < x - left < 4 * style.em}
        assert round(style.body.indent_em * style.em) in indents
        assert columns & {min(op.x for op in runs) for page in sheets.pages for runs in sheets.parts(page).values()}
    assert new.style.grid.pitch != old.style.grid.pitch


def test_furniture_stands_where_the_style_says(old: Sheets, new: Sheets) -> None:
    for sheets in (old, new):
        style, folio = sheets.style, sheets.style.folio
        parts = sheets.parts("A02")
        assert {op.y for op in parts["page", "folio-id"]} == {folio.baseline}
        rules = [op for op in sheets.pages["A02"] if isinstance(op, Rule) and op.key.part == "folio-rule"]
        assert [(op.y0, op.width) for op in rules] == [
            (folio.rule_at, folio.rule),
            (folio.rule_at + folio.thin_gap, folio.thin),
        ]
        assert {(op.x0, op.x1) for op in rules} == {(style.sheet.left, style.sheet.left + style.area_width)}
        foot = style.line_y(style.grid.lines)
        [imprint] = [op for op in sheets.pages["A01"] if isinstance(op, Rule) and op.key.part == "imprint-rule"]
        assert imprint.y0 == foot + style.nameplate.imprint_at // 2
        label = sheets.parts("A02")["rural-bus+museum-hours+blood-drive", "label"]
        assert {op.size for op in label} == {style.group.label.size}


def test_no_face_is_written_in_code(reading: Reading, book: Fontbook) -> None:
    """Every role of the style is another one, whose only face has a name that nothing but the style can know."""
    face = replace(book.faces["song"], id="other")
    other = Fontbook(faces={"other": face}, roles={"other": ("other",)})
    style = refaced(reading.styles["A02"], "other")
    pages = [page for page in reading.issue.pages if page.id in PAGES]
    faces = {op.face for _, op in draw(reading.issue, pages, style, other).glyphs()}
    assert faces == {"other"}
