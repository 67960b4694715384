"""Every rule notices what it is there for, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest

from layout.preflight.inspect import inspect
from layout.preflight.rules import RULES
from tests.preflight.mutations import MUTATIONS, Mutation, both, image, on_page, paint, separation, spoiled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layout.condition import PrintCondition

ELSEWHERE = {"E709": "test_hostile", "E792": "test_plates", "W793": "test_plates"}
"""Rules whose mutations stand in tests of their own."""


@pytest.mark.parametrize("flavour", ["x1a", "x4"])
def test_the_good_files_are_clean(flavour: str, good: Mapping[str, bytes], condition: PrintCondition) -> None:
    report = inspect(good[flavour], condition)
    assert report.flavour == flavour
    assert [item.message() for item in report.findings] == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda row: f"{row.code}-{row.flavour}-{row.what}")
def test_a_spoiled_file_is_noticed_by_its_rule(
    mutation: Mutation, good: Mapping[str, bytes], condition: PrintCondition
) -> None:
    found = {item.code for item in inspect(spoiled(good[mutation.flavour], mutation), condition).findings}
    assert mutation.code in found
    if "*" not in mutation.also:
        assert found - {mutation.code} <= mutation.also


def test_marks_outside_the_page_are_the_press_s_own(good: Mapping[str, bytes], condition: PrintCondition) -> None:
    """Hairlines of 400 % ink, a colour bar, registration colour: welcome outside the bleed, three faults inside it."""
    marks = "/GSk gs 1 1 1 1 K .1 w {0} {0} m {0} {1} l S /Bad cs 1 scn {0} {0} 6 6 re f q 6 0 0 6 {0} {0} cm /Bar Do Q"
    found = {}
    for place in (-20, 100):
        draw = paint(
            marks.format(place, place + 12),
            ColorSpace={"Bad": separation("All")},
            XObject={"Bar": image(5, 5)},
        )
        shape = on_page(MediaBox=pikepdf.Array([-40, -40, 900, 1300]))
        data = spoiled(good["x1a"], Mutation("E756", "x1a", "marks", both(shape, draw)))
        found[place] = {item.code for item in inspect(data, condition).findings}
    assert found[-20] == set()
    assert found[100] >= {"E756", "E791", "W786"}


def inherit(pdf: pikepdf.Pdf) -> None:
    """Let the page take its resources and box from the page tree."""
    obj = pdf.pages[0].obj
    for key in ("/Resources", "/MediaBox"):
        obj.Parent[key] = obj[key]
        del obj[key]


def test_resources_may_be_inherited(good: Mapping[str, bytes], condition: PrintCondition) -> None:
    clean = inspect(spoiled(good["x1a"], Mutation("", "x1a", "inherited", inherit)), condition)
    assert [item.message() for item in clean.findings] == []
    change = both(inherit, lambda pdf: pdf.Root.Pages.Resources.Font.F0.__delitem__("/ToUnicode"))
    found = inspect(spoiled(good["x1a"], Mutation("W747", "x1a", "inherited", change)), condition).findings
    assert {item.code for item in found} == {"W747"}


def test_the_same_file_gives_the_same_words(good: Mapping[str, bytes], condition: PrintCondition) -> None:
    mutation = next(row for row in MUTATIONS if "cut off" in row.what)
    data = spoiled(good["x1a"], mutation)
    first, second = (inspect(data, condition) for _ in range(2))
    assert first == second
    assert not any("0x" in item.message() for item in first.findings)


def test_every_rule_has_a_mutation() -> None:
    assert {row.code for row in MUTATIONS} | ELSEWHERE.keys() == RULES.keys()
    assert len(MUTATIONS) >= 45
