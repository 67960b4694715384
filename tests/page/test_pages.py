"""Whole pages made from specifications: closed, deterministic, planned without a clock."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NoReturn

import pytest

from layout.page.compose import compose
from layout.page.planning import plan_page
from tests.bench.specs import REPOSITORY, SPECS, read_specs

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from tests.bench.specs import Spec

EVERY = 10
"""One page of so many is made here; the bench makes them all."""


def sampled() -> list[Spec]:
    return list(read_specs()[EVERY // 2 :: EVERY]) if SPECS.is_file() else []


@pytest.mark.skipif(not SPECS.is_file(), reason="../shared/pages/specs.json is not here")
@pytest.mark.parametrize("spec", sampled(), ids=lambda spec: spec.id)
def test_pages_close(spec: Spec, book: Fontbook) -> None:
    """Nothing over, nothing blank, heads in order; what is drawn is what was planned."""
    planned = plan_page(spec.issue, spec.page, spec.style, book)
    composed = compose(spec.issue, spec.page, spec.style, book, planned.plan, planned.copies)
    score = composed.metrics["score"]
    assert score["unset"]["value"] == 0, composed.overset
    assert not composed.overset
    assert score["butting_heads"]["value"] <= 1
    assert score["cuts"]["grade"] != "bad"
    ranks = {entry.id: entry.rank for entry in spec.page.entries}
    lead = next(module for module in planned.plan.modules if ranks[module.id] == 1)
    for module in planned.plan.modules:
        if ranks[module.id] >= 3:
            over = module.cells.bottom <= lead.cells.line
            share = module.cells.column < lead.cells.right and lead.cells.column < module.cells.right
            assert not (over and share), "a lead under a third"


@pytest.mark.skipif(not SPECS.is_file(), reason="../shared/pages/specs.json is not here")
def test_planning_reads_no_clock(book: Fontbook, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = read_specs()[0]
    expected = plan_page(spec.issue, spec.page, spec.style, book).plan

    def stopped() -> NoReturn:
        message = "planning looked at a clock"
        raise AssertionError(message)

    for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
        monkeypatch.setattr(time, name, stopped)
    assert plan_page(spec.issue, spec.page, spec.style, book).plan == expected


PROGRAM = (
    "import sys; from pathlib import Path;"
    "from layout.fontbook import load_fontbook; from layout.resources import fonts_folder;"
    "from layout.page.planning import plan_page; from tests.bench.specs import read_specs;"
    "book = load_fontbook(fonts_folder());"
    "specs = read_specs(pictures=Path(sys.argv[1]));"
    "chosen = (specs[3], specs[8]);"
    "print([plan_page(one.issue, one.page, one.style, book).plan for one in chosen])"
)


@pytest.mark.skipif(not SPECS.is_file(), reason="../shared/pages/specs.json is not here")
def test_plans_are_the_same_in_every_process() -> None:
    """Other hash seeds, other names of picture files: the same pages."""
    plans = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM, folder],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)},
            cwd=REPOSITORY,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, folder in (("0", "pictures"), ("4242", "zz/photographs"))
    ]
    assert plans[0] == plans[1]
    assert "PagePlan" in plans[0]
