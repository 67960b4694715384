"""Preflight's own bench: what each rule notices, and what checking costs.

Run `python tests/bench/preflight.py OUTPUT_FOLDER` on the output of a build of the sample in either flavour, or on
two, one of each. It prints the table of rules and mutations, then seconds of the processor for rules and for plates,
page by page.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from pathlib import Path

from layout.plates import MAP_DPI, PROOF_DPI, separate
from layout.preflight.inspect import inspect, weigh_ink
from layout.preflight.rules import RULES
from layout.reading.styles import read_condition
from tests.preflight.mutations import MUTATIONS, spoiled

PAGE = "A03.pdf"
"""The page that is spoiled."""


def main(folders: list[Path]) -> None:
    condition = read_condition("newsprint-240")
    good = {}
    for folder in folders:
        data = (folder / "pages" / PAGE).read_bytes()
        report = inspect(data, condition)
        good[report.flavour] = data
        print(f"{folder}: {report.title}, {len(report.findings)} findings")
    caught = tried = 0
    print(f"\n{'rule':6}{'clause':9}{'file':5}{'noticed':9}mutation")
    for row in MUTATIONS:
        if row.flavour not in good:
            continue
        tried += 1
        found = {item.code for item in inspect(spoiled(good[row.flavour], row), condition).findings}
        caught += row.code in found
        told = "yes" if row.code in found else "NO"
        print(f"{row.code:6}{RULES[row.code].clause:9}{row.flavour:5}{told:9}{row.what}")
    print(f"{caught} of {tried} noticed; {len({row.code for row in MUTATIONS})} of {len(RULES)} rules")
    print(f"\n{'page':12}{'rules':>8}{'ink map':>9}{'150 dpi':>9}{'largest':>9}   coverage")
    for folder in folders:
        for path in sorted((folder / "pages").glob("*.pdf")):
            data = path.read_bytes()
            marks = [time.process_time()]
            inspect(data, condition)
            marks.append(time.process_time())
            ink = weigh_ink(data, 0, condition, MAP_DPI)
            marks.append(time.process_time())
            separate(data, 0, PROOF_DPI, condition.profile)
            marks.append(time.process_time())
            costs = "".join(f"{after - before:>8.3f} " for before, after in pairwise(marks))
            inks = " ".join(f"{name[0]} {value:.1f}" for name, value in ink.coverage.items())
            print(f"{path.name:11}{costs}{ink.largest:>8.1f}   {inks}")


if __name__ == "__main__":
    main([Path(word) for word in sys.argv[1:]])
