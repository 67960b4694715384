"""Measure the page solver on random pages: how often it closes the page, how well, how fast.

Run `python tests/bench/solver.py [--pages N] [--budget UNITS]`; results are lines of text. `closed` are pages without
blank lines, overset or holes; costs are in units of which 100 are what an editor would notice.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import time
from pathlib import Path
from typing import NamedTuple

import yaml

from layout.geometry import Cells
from layout.page.solver import solve
from layout.page.solver.problem import HEADLESS, Block, Candidate, Item, Problem
from layout.plan import Variant

WEIGHTS: dict[str, int] = yaml.safe_load(
    (Path(__file__).parents[2] / "styles" / "weights.yaml").read_text(encoding="utf-8")
)["weights"]


class Scale(NamedTuple):
    """A page format: columns, lines, characters in a column, characters of a gutter."""

    columns: int
    lines: int
    characters: int
    gutter: float


TABLOID = Scale(6, 81, 11, 1.0)
BROADSHEET = Scale(8, 115, 13, 1.0)

_VARIANT = Variant(style="over", columns=1, lines=1, legs=1, characters=11, body=1, head=None)
_WIDTHS = {1: (4, 5, 6, 8), 2: (2, 3, 4), 3: (1, 2, 3), 4: (1, 2)}
LAST_RESORT = 3_000
_SLOTS = {1: (7, 11), 2: (4, 7), 3: (3, 5), 4: (1, 3)}
_SIZES = {1: (64, 84), 2: (44, 56), 3: (34, 44), 4: (24, 28)}
_FACES = {1: "over song-black", 2: "over song-bold", 3: "over song-bold", 4: "over hei"}


def instance(seed: int, count: int, scale: Scale, blocks: tuple[Block, ...] = (), fill: float | None = None) -> Problem:
    """Return a random page of `count` stories, nominally as full as the free area times `fill`."""
    chance = random.Random(seed * 1000 + count)  # noqa: S311
    fill = chance.uniform(0.95, 1.04) if fill is None else fill
    free = scale.columns * (scale.lines + 1)
    for block in blocks:
        depth = block.cells.lines + (block.cells.bottom == scale.lines)
        free -= block.cells.columns * depth
    ranks = _ranks(count, chance)
    shares = [chance.uniform(*{1: (2.6, 3.4), 2: (1.5, 2.2), 3: (0.9, 1.3), 4: (0.4, 0.6)}[rank]) for rank in ranks]
    area = [free * fill * share / sum(shares) for share in shares]
    items = []
    for number, (rank, size) in enumerate(zip(ranks, area, strict=True)):
        photo = chance.random() < {1: 0.9, 2: 0.6, 3: 0.3, 4: 0.0}[rank]
        table = _table(chance, rank, size, scale, photo=photo)
        items.append(Item(id=f"s{number}", rank=rank, table=table, photo=photo))
    return Problem(columns=scale.columns, lines=scale.lines, items=tuple(items), blocks=blocks, weights=WEIGHTS)


def _ranks(count: int, chance: random.Random) -> list[int]:
    seconds = max(1, round(count * 0.22))
    briefs = round(count * chance.uniform(0.15, 0.4)) if count > 5 else 1
    return [1] + [2] * seconds + [3] * (count - 1 - seconds - briefs) + [4] * briefs


def _table(
    chance: random.Random, rank: int, area: float, scale: Scale, *, photo: bool
) -> dict[int, dict[int, tuple[Candidate, ...]]]:
    """Return a shape table as the text engine would build it: flush legs only, every liberty priced."""
    widths = [width for width in _WIDTHS[rank] if width <= scale.columns]
    middle = widths[len(widths) // 2]
    slot = sum(_SLOTS[rank]) / 2
    aspect = chance.choice((0.67, 0.75, 1.33, 1.5, 1.78))
    share = chance.uniform(0.3, 0.45) if photo else 0.0
    picture = area * share
    text = max(9.0 * scale.characters, (area - picture - middle * (slot + 1)) * scale.characters)
    loose = {shift: chance.random() < 0.6 for shift in (-2, -1, 1, 2)}
    table: dict[int, dict[int, tuple[Candidate, ...]]] = {}
    for width in widths:
        ways: dict[int, dict[tuple[str, int], int]] = {}
        span = width * scale.characters + (width - 1) * scale.gutter
        for legs in range(1, width + 2):
            measure = int((span - (legs - 1) * 1.25) / legs)
            if not 10 <= measure <= 26:
                continue
            spare = span - legs * measure - (legs - 1) * 1.25
            narrow = 6 * max(0, 12 - measure) + 10 * max(0, measure - 20) + int(8 * spare / legs)
            lines = round(text / measure * 1.07)
            _fill(ways, (rank, width, legs, lines, narrow), loose, (picture, aspect, measure))
        if not ways:
            continue
        nearest = min(ways, key=lambda depth: min(ways[depth].values()))
        for blank in range(1, 3):
            ways.setdefault(nearest + blank, {}).setdefault((_FACES[rank], _SIZES[rank][0]), 3000 * blank)
            ways.setdefault(nearest - blank, {}).setdefault((_FACES[rank], _SIZES[rank][0]), 4000 * blank)
        table[width] = {
            depth: tuple(
                Candidate(cost, head, _VARIANT)
                for head, cost in sorted(heads.items(), key=lambda pair: (pair[1], pair[0]))[:3]
            )
            for depth, heads in sorted(ways.items())
            if 0 < depth <= scale.lines + 1
        }
    return table


def _fill(
    ways: dict[int, dict[tuple[str, int], int]],
    module: tuple[int, int, int, int, int],
    loose: dict[int, bool],
    photo: tuple[float, float, int],
) -> None:
    rank, width, legs, lines, narrow = module
    low, high = _SLOTS[rank]
    middle = (low + high) // 2
    copy = {0: 0, -1: 12, -2: 24, 1: 45, 2: 90}
    shifts = [shift for shift in copy if not shift or loose[shift]]
    for (span, depth, price), shift in itertools.product(_pictures(photo, legs, width), shifts):
        body, rest = divmod(lines + shift + span * depth, legs)
        if rest or body < 2:
            continue
        for slot in range(low, high + 1):
            size = _SIZES[rank][0] + (_SIZES[rank][1] - _SIZES[rank][0]) * (slot - low) // max(1, high - low)
            cost = narrow + price + copy[shift] + 6 * abs(slot - middle)
            put(ways, slot + body + 1, (_FACES[rank], size), cost)
            if span == legs:
                put(ways, slot + body + 1, HEADLESS, cost + 5)


def _pictures(photo: tuple[float, float, int], legs: int, width: int) -> list[tuple[int, int, int]]:
    """Return (legs spanned, depth, price) of a picture; (0, 0, 0) without one."""
    picture, aspect, measure = photo
    if not picture:
        return [(0, 0, 0)]
    found = []
    for span in range(1, legs + 1):
        natural = span * measure * 0.79 / aspect
        asked = picture * legs / width / span
        for percent in range(-12, 13, 3):
            depth = round(natural * (1 + percent / 100)) + 3
            off = abs(depth - asked) / asked
            if off < 0.6:
                found.append((span, depth, int(2 * abs(percent) + 40 * max(0, off - 0.15))))
    return found or [(1, max(6, round(picture / width)), 30)]


def put(ways: dict[int, dict[tuple[str, int], int]], depth: int, head: tuple[str, int], cost: int) -> None:
    """Keep the cheapest cost of a head class at a depth."""
    heads = ways.setdefault(depth, {})
    heads[head] = min(cost, heads.get(head, cost))


HALF = (Block(id="half", cells=Cells(3, 63, 3, 18)),)
FRONT = (Block(id="nameplate", cells=Cells(0, 0, 6, 12)), Block(id="strip", cells=Cells(0, 63, 6, 18)))
CORNERS = (Block(id="ear", cells=Cells(4, 0, 2, 12)), Block(id="half", cells=Cells(0, 63, 3, 18)))
SPOT = (Block(id="spot", cells=Cells(2, 30, 1, 7)), Block(id="half", cells=Cells(0, 63, 3, 18)))

CASES: tuple[tuple[str, int, Scale, tuple[Block, ...]], ...] = (
    *((f"tabloid, {count} stories", count, TABLOID, ()) for count in (6, 7, 8, 9, 10, 12, 14, 16, 20)),
    ("tabloid front, 6 stories", 6, TABLOID, FRONT),
    ("tabloid, half strip, 7 stories", 7, TABLOID, HALF),
    ("tabloid, half strip, 9 stories", 9, TABLOID, HALF),
    ("tabloid, two corners, 8 stories", 8, TABLOID, CORNERS),
    ("tabloid, advert within, 6 stories", 6, TABLOID, SPOT),
    ("broadsheet, 8 stories", 8, BROADSHEET, ()),
    ("broadsheet, 10 stories", 10, BROADSHEET, ()),
    ("broadsheet, 12 stories", 12, BROADSHEET, ()),
)


def main() -> None:
    """Solve the pages of every case and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--budget", type=int, default=160_000)
    arguments = parser.parse_args()
    print(f"{'case':36} {'closed':>7} {'placed':>7} {'cost':>6} {'work':>8} {'median':>8} {'most':>8}")
    for name, count, scale, blocks in CASES:
        closed = placed = 0
        costs, works, times = [], [], []
        for seed in range(1, arguments.pages + 1):
            page = instance(seed, count, scale, blocks)
            problem = Problem(
                columns=page.columns,
                lines=page.lines,
                items=page.items,
                blocks=page.blocks,
                weights=WEIGHTS,
                budget=arguments.budget,
            )
            start = time.process_time()
            best = solve(problem)[0]
            times.append(time.process_time() - start)
            works.append(best.work)
            costs.append(best.cost)
            placed += not best.unplaced
            closed += best.cost < LAST_RESORT
        share = f"{closed:>4}/{arguments.pages:<2} {placed:>4}/{arguments.pages:<2}"
        middle = f"{statistics.median(costs):>6.0f} {statistics.median(works):>8.0f} {statistics.median(times):>7.2f}s"
        print(f"{name:36} {share} {middle} {max(times):>7.2f}s")


if __name__ == "__main__":
    main()
