"""Fit the points of the joints of headlines (`layout/text/_points.py`) to headlines whose breaks are marked.

Run `python tests/bench/joints.py [--write] [FILE …]`. The points are the weights of a logistic regression with a
quadratic penalty, found by cyclic coordinate descent: plain Python, the same numbers every time. Without `--write`
it measures: the headlines are parted in ten, and each tenth is judged by points fitted to the others. The headlines
kept beside the repository are never fitted to: they are the test (`tests/bench/headlines.py`).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.text import joints
from layout.text.binding import clauses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.headlines import OWN, Marked, read_marked
else:  # a script sees its neighbours by their bare names
    from headlines import OWN, Marked, read_marked

POINTS_FILE: Final = Path(joints.__file__).with_name("_points.py")

PENALTY: Final = 4.0
"""Half of this times the square of every weight is added to the loss."""

LEAST_SEEN: Final = 5
"""Signs seen at fewer joints have no points."""

LEAST_POINTS: Final = 5
"""Fewer points than this say nothing."""

SCALE: Final = 100
"""Points of a weight of one."""

SWEEPS: Final = 60
PARTS: Final = 10


class Joint(NamedTuple):
    """A joint's signs, and whether it is a good one."""

    signs: frozenset[str]
    good: bool


def joints_of(marked: Marked) -> Iterator[Joint]:
    """Yield the joints inside the clauses of a headline."""
    for clause in clauses(marked.text, "zh-Hans"):
        for place in range(1, len(clause)):
            yield Joint(frozenset(joints.signs(clause, place)), clause[place].start in marked.allowed)


def fitted(samples: Sequence[Joint]) -> dict[str, int]:
    """Return the points of the signs that make the samples likeliest."""
    seen = Counter(sign for joint in samples for sign in joint.signs)
    holders: dict[str, list[int]] = {sign: [] for sign in sorted(seen) if seen[sign] >= LEAST_SEEN}
    for number, joint in enumerate(samples):
        for sign in joint.signs & holders.keys():
            holders[sign].append(number)
    weights = dict.fromkeys(holders, 0.0)
    scores = [0.0] * len(samples)
    for _ in range(SWEEPS):
        for sign, numbers in holders.items():
            slope, bend = PENALTY * weights[sign], PENALTY
            for number in numbers:
                likely = 1 / (1 + exp(-scores[number]))
                slope += likely - samples[number].good
                bend += likely * (1 - likely)
            step = slope / bend
            weights[sign] -= step
            for number in numbers:
                scores[number] -= step
    points = {sign: round(SCALE * weight) for sign, weight in weights.items()}
    return {sign: value for sign, value in points.items() if abs(value) >= LEAST_POINTS}


def likelihood(points: dict[str, int], joint: Joint) -> float:
    """Return how likely the points say a joint is good."""
    return 1 / (1 + exp(-sum(points.get(sign, 0) for sign in joint.signs) / SCALE))


def measured(headlines: Sequence[Marked]) -> Iterator[str]:
    """Yield lines that say how well points fitted to nine tenths judge the rest."""
    made = [list(joints_of(one)) for one in headlines]
    judged = []
    for part in range(PARTS):
        points = fitted([joint for number, found in enumerate(made) if number % PARTS != part for joint in found])
        judged += [(likelihood(points, joint), joint.good) for found in made[part::PARTS] for joint in found]
    loss = -sum(log(max(0.01, likely if good else 1 - likely)) for likely, good in judged) / len(judged)
    right = sum((likely > 0.5) == good for likely, good in judged)
    yield f"{len(judged)} joints inside clauses, {right / len(judged):.1%} judged right, mean log loss {loss:.3f}"
    for least in (0.5, 0.7, 0.8, 0.9, 0.95):
        taken = [good for likely, good in judged if likely > least]
        share = sum(taken) / sum(good for _, good in judged)
        yield f"likely above {least}: {sum(taken) / len(taken):.1%} good, {share:.1%} of the good ones"


def module_of(points: dict[str, int]) -> str:
    """Return the module that holds the points."""
    rows = "\n".join(f'    "{sign}": {value},' for sign, value in sorted(points.items()))
    return f'''"""Points of the signs of joints; made by tests/bench/joints.py from marked headlines, not by hand."""

from __future__ import annotations

from typing import Final

SCALE: Final = {SCALE}
"""Points that make a joint's odds e times better."""

POINTS: Final[dict[str, int]] = {{
{rows}
}}
"""Points by sign; positive ones speak for a break."""
'''


def main() -> None:
    """Measure, or write the points."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="marked headlines; those of this repository if none")
    parser.add_argument("--write", action="store_true", help="write the points fitted to all headlines")
    parser.add_argument("--check", action="store_true", help="fail where the points written are others")
    options = parser.parse_args()
    headlines: list[Marked] = []
    for path in options.files or [OWN]:
        headlines += read_marked(path.read_text(encoding="utf-8").splitlines())
    if options.check:
        made = module_of(fitted([joint for one in headlines for joint in joints_of(one)]))
        sys.exit(made != POINTS_FILE.read_text(encoding="utf-8"))
    if options.write:
        points = fitted([joint for one in headlines for joint in joints_of(one)])
        POINTS_FILE.write_text(module_of(points), encoding="utf-8")
        sys.stdout.write(f"{len(points)} points from {len(headlines)} headlines\n")
        return
    for line in measured(headlines):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
