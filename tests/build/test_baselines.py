"""One grid: baselines in the finished files, as another program reads them, agree from leg to leg."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer

from layout.reading.issue import read_issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.style import Style
    from tests.conftest import Built

NEAR = 0.01
"""Points that neighbouring legs' baselines may differ by."""


class Char(NamedTuple):
    """A character's origin in points from the lower left corner, its size, its text."""

    x: float
    y: float
    size: float
    text: str


def chars(node: object) -> Iterator[Char]:
    if isinstance(node, LTChar):
        yield Char(node.matrix[4], node.matrix[5], round(node.size, 3), node.get_text())
    elif isinstance(node, LTContainer):
        for part in node:
            yield from chars(part)


class Sheet(NamedTuple):
    """A page as its file has it, its plan, its style."""

    chars: list[Char]
    plan: dict[str, Any]
    style: Style

    @property
    def body(self) -> list[Char]:
        return [char for char in self.chars if char.size == self.style.body.size / 1000 and char.text.strip()]


@pytest.fixture(scope="module", params=["A02", "A04"])
def page(request: pytest.FixtureRequest, sample: Built) -> Sheet:
    [layout] = extract_pages(sample.out / "pages" / f"{request.param}.pdf", laparams=None)
    report = json.loads((sample.out / "report.json").read_text(encoding="utf-8"))
    [entry] = [item for item in report["pages"] if item["page"] == request.param]
    return Sheet(list(chars(layout)), entry["plan"], read_issue(sample.issue).styles[request.param])


def legs(page: Sheet) -> Iterator[tuple[str, list[list[float]]]]:
    """Yield the baselines of each leg with text of every story in several legs, from the plan's own numbers."""
    style = page.style
    for module in page.plan["modules"]:
        pin, variant = module["pin"], module["variant"]
        count = variant["legs"]
        if count < 2 or "parts" in variant or "beside" in variant["head"]:
            continue
        left = style.column_x(pin["column"] - 1)
        width = style.span_width(pin["columns"])
        measure = variant["characters"] * style.em
        step = measure + (width - count * measure) / (count - 1)
        if step - measure > 3 * style.em:
            continue  # boxed: the frame takes from both sides
        last = pin["line"] - 1 + pin["lines"] - 1
        top, bottom = (style.sheet.height - style.line_y(line) for line in (last - variant["body"], last))
        found: list[set[float]] = [set() for _ in range(count)]
        for char in page.body:
            if bottom - 1 < 1000 * char.y < top and -1 <= 1000 * char.x - left <= width:
                leg = min(int((1000 * char.x - left + 1) // step), count - 1)
                found[leg].add(round(char.y, 4))
        room = [variant["body"]] * count
        for photo in variant.get("photos", ()):
            for leg in range(photo["leg"], photo["leg"] + photo["legs"]):
                room[leg] -= photo["depth"]
        yield module["id"], [sorted(ys) for ys, lines in zip(found, room, strict=True) if lines]


def test_baselines_of_neighbouring_legs_agree(page: Sheet) -> None:
    pitch = page.style.grid.pitch / 1000
    stories = 0
    for name, columns in legs(page):
        stories += 1
        for left, right in pairwise(columns):
            assert left, name
            assert right, name
            met = 0
            for y in right:
                nearest = min(left, key=lambda other: abs(other - y))
                if abs(nearest - y) < pitch / 2:
                    met += 1
                    assert abs(nearest - y) <= NEAR, (name, y, nearest)
            assert met >= 3, (name, "legs that share hardly a line prove nothing")
    assert stories >= 2


def test_legs_end_on_the_same_line(page: Sheet) -> None:
    """Flush: the last baseline of every leg of a story is the same."""
    for name, columns in legs(page):
        lowest = [ys[0] for ys in columns]
        assert max(lowest) - min(lowest) <= NEAR, name


def test_all_body_type_stands_on_the_page_s_grid(page: Sheet) -> None:
    pitch = page.style.grid.pitch / 1000
    ys = {char.y for char in page.body}
    head = max(ys)
    assert {y for y in ys if abs((head - y) / pitch - round((head - y) / pitch)) * pitch > NEAR} == set()
    assert len(ys) > 50
