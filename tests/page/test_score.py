"""The numbers of a finished page: read from what is drawn, graded by the style, and noticed when a page is spoilt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from layout.display import Glyphs, Picture
from layout.fontbook import advance
from layout.geometry import Cells, Rect
from layout.page.compose import compose
from layout.page.planning import plan_page
from layout.page.score import full_cuts, grade, inversions, score_page
from layout.plan import Module, PagePlan, Variant
from layout.style import Limits
from tests.bench.specs import make_spec

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from layout.display import Op, Sheet
    from layout.fontbook import Fontbook
    from layout.page.compose import Composed
    from layout.page.planning import Planned
    from tests.bench.specs import Spec

PAGE: Final = {
    "id": "own",
    "style": "tabloid",
    "front": False,
    "fill": 1.0,
    "banner": False,
    "adverts": [],
    "fillers": 0,
    "stories": [
        {
            "rank": 1,
            "share": 0.34,
            "paragraphs": 5,
            "head_chars": 12,
            "deck_chars": 14,
            "photo": {"aspect": 1.5, "croppable": True, "caption_chars": 24},
        },
        {
            "rank": 2,
            "share": 0.22,
            "paragraphs": 4,
            "head_chars": 17,
            "photo": {"aspect": 1.33, "croppable": True, "caption_chars": 20},
        },
        {"rank": 3, "share": 0.14, "paragraphs": 3, "head_chars": 13},
        {"rank": 3, "share": 0.12, "paragraphs": 3, "head_chars": 15},
        {"rank": 3, "share": 0.1, "paragraphs": 2, "head_chars": 12},
        {"rank": 4, "share": 0.08, "paragraphs": 2, "head_chars": 9},
    ],
}


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Spec:
    folder: Path = tmp_path_factory.mktemp("pictures")
    return make_spec(PAGE, folder)


@pytest.fixture(scope="module")
def planned(spec: Spec, book: Fontbook) -> Planned:
    return plan_page(spec.issue, spec.page, spec.style, book)


@pytest.fixture(scope="module")
def composed(spec: Spec, planned: Planned, book: Fontbook) -> Composed:
    return compose(spec.issue, spec.page, spec.style, book, planned.plan, planned.copies)


def test_says_what_the_easel_noted(composed: Composed) -> None:
    """Two ways to the same numbers: what was noted while drawing, and what the display list shows."""
    score, noted = composed.metrics["score"], composed.metrics
    assert score["unset"]["value"] == noted["overset_characters"] == noted["blank_lines"] == 0
    assert score["head_fill"]["value"] == pytest.approx(noted["worst_head_fill"], abs=0.01)
    assert score["lead_to_second"]["value"] == noted["lead_to_second"]
    assert score["dominant_picture"]["value"] == noted["dominant_picture"]
    assert score["picture_share"]["value"] == pytest.approx(noted["picture_share"], abs=0.002)
    assert score["han_gap"]["value"] == pytest.approx(noted["largest_gap_em"], abs=0.004)


def test_a_page_of_our_own_is_good(composed: Composed) -> None:
    score = composed.metrics["score"]
    assert {name for name, one in score.items() if one["grade"] == "bad"} <= {"han_gap", "text_run"}


Spoil = "Callable[[Op], Op | None]"


def without_last_lines(op: Op) -> Op | None:
    """Take the last lines of a story away."""
    gone = isinstance(op, Glyphs) and op.key.part == "body" and op.key.story == "own-3" and op.key.paragraph == 3
    return None if gone else op


def narrower_heads(op: Op) -> Op | None:
    if isinstance(op, Glyphs) and op.key.part == "headline":
        return replace(op, xs=tuple(x * 6 // 10 for x in op.xs))
    return op


def smaller_pictures(op: Op) -> Op | None:
    if isinstance(op, Picture):
        return replace(op, rect=Rect(op.rect.x, op.rect.y, op.rect.width // 3, op.rect.height // 3))
    return op


def opened_lines(op: Op) -> Op | None:
    if isinstance(op, Glyphs) and op.key.part == "body":
        return replace(op, xs=tuple(x + number * op.size // 4 for number, x in enumerate(op.xs)))
    return op


@pytest.mark.parametrize(
    ("spoil", "number"),
    [
        (without_last_lines, "unset"),
        (narrower_heads, "head_fill"),
        (smaller_pictures, "picture_share"),
        (opened_lines, "han_gap"),
    ],
)
def test_what_is_spoilt_on_the_page_is_noticed(
    spoil: Callable[[Op], Op | None], number: str, spec: Spec, planned: Planned, composed: Composed, book: Fontbook
) -> None:
    ops = tuple(made for op in composed.sheet.ops if (made := spoil(op)) is not None)
    sheet: Sheet = replace(composed.sheet, ops=ops)
    score = score_page(sheet, spec.page, planned.plan, spec.style, book, {})
    assert score[number].grade == "bad"


def test_overset_and_unplaced_stories_are_unset(
    spec: Spec, planned: Planned, composed: Composed, book: Fontbook
) -> None:
    plan = replace(planned.plan, unplaced=("own-6",))
    for told, overset in ((planned.plan, {"own-2": "渡口的石阶"}), (plan, {})):
        assert score_page(composed.sheet, spec.page, told, spec.style, book, overset)["unset"].grade == "bad"


def test_headlines_side_by_side_butt(spec: Spec, planned: Planned, composed: Composed, book: Fontbook) -> None:
    """Bring one headline to the height of another one's, beside it, and the text between away."""
    plan = planned.plan
    heads = [op for op in composed.sheet.ops if isinstance(op, Glyphs) and op.key.part == "headline"]
    one, two = heads[0], next(op for op in heads if op.key.story != heads[0].key.story)
    right = one.x + one.xs[-1] + advance(book.faces[one.face], one.gids[-1]) * one.size // 1000
    ops = (one, replace(two, x=right + one.size, y=one.y))
    score = score_page(replace(composed.sheet, ops=ops), spec.page, plan, spec.style, book, {})
    assert score["butting_heads"].value
    assert score["butting_heads"].grade == "bad"


def module(name: str, column: int, columns: int, line: int, lines: int) -> Module:
    variant = Variant(style="over", columns=columns, lines=lines, legs=1, characters=11, body=1, head=None)
    return Module(id=name, cells=Cells(column, line, columns, lines), variant=variant)


def test_cuts_through_the_page_are_counted(spec: Spec) -> None:
    above = (module("own-1", 0, 4, 0, 30), module("own-2", 4, 2, 0, 30))
    below = (module("own-3", 0, 3, 30, 20), module("own-4", 3, 3, 30, 32), module("own-5", 0, 3, 50, 12))
    advert = (("advert:a", Cells(0, 62, 6, 19)),)
    plan = PagePlan(page="A01", modules=(*above, *below), blocks=advert)
    assert list(full_cuts(plan, spec.style)) == [30]


def test_only_two_ranks_make_an_inversion(spec: Spec) -> None:
    over = PagePlan(page="A01", modules=(module("own-6", 0, 3, 0, 10), module("own-2", 2, 3, 10, 10)))
    assert list(inversions(spec.page, over)) == [("own-6", "own-2")]
    next_to = PagePlan(page="A01", modules=(module("own-6", 0, 2, 0, 10), module("own-2", 2, 3, 10, 10)))
    assert not list(inversions(spec.page, next_to))
    near = PagePlan(page="A01", modules=(module("own-3", 0, 3, 0, 10), module("own-2", 0, 3, 10, 10)))
    assert not list(inversions(spec.page, near))


def test_grades_follow_the_limits() -> None:
    limits = Limits(good=(0.9, 2), acceptable=(0.75, 2))
    assert [grade(value, limits) for value in (0.95, 0.9, 0.8, 0.7, None)] == [
        "good",
        "good",
        "acceptable",
        "bad",
        "good",
    ]
