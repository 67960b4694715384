"""The page solver against CP-SAT: whatever can be closed by slicing is closed, and at what cost."""

from __future__ import annotations

import pytest

from layout.geometry import Cells

pytest.importorskip("ortools", reason="OR-Tools is not installed: nothing to hold the solver against")

from tests.bench.crosscheck import best_slicing, check, is_slicing, random_problem

GAP_MOST = 30
"""What a page may cost above the best there is: less than a third of what an editor would notice."""


@pytest.mark.parametrize("seed", range(24))
def test_what_can_be_closed_by_slicing_is_closed(seed: int) -> None:
    verdict = check(random_problem(seed))
    assert verdict.decided
    assert (verdict.ours is None) == (verdict.best is None)
    if verdict.ours is not None and verdict.best is not None:
        assert 0 <= verdict.ours - verdict.best <= GAP_MOST


def test_pages_cut_apart_can_be_put_together_again() -> None:
    assert all(best_slicing(random_problem(seed))[0] is not None for seed in range(1, 12, 2))


def test_a_pinwheel_is_no_slicing() -> None:
    wheel = [Cells(0, 0, 2, 1), Cells(2, 0, 1, 2), Cells(1, 2, 2, 1), Cells(0, 1, 1, 2), Cells(1, 1, 1, 1)]
    assert not is_slicing(wheel)
    assert is_slicing([Cells(0, 0, 2, 1), Cells(2, 0, 1, 3), Cells(0, 1, 2, 2)])
