"""Measure pages: build the pages of `../shared/pages/specs.json` with the real engine and grade what was drawn.

Run `python tests/bench/pages.py [--jobs 2] [--only p17,p18] [--every 10] [--png DIR]`; results are lines of text.
`closed` are pages without overset and without blank column lines. Times are process time of planning alone, and in
proportion to a fixed piece of plain Python timed in the same run.
"""

from __future__ import annotations

import argparse
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.fontbook import load_fontbook
from layout.page.compose import compose
from layout.page.planning import plan_page
from layout.resources import fonts_folder
from tests.bench.specs import picture_files, read_specs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layout.plan import PagePlan
    from tests.bench.specs import Spec

GOOD, ACCEPTABLE = 75, 95
"""Per cent of pages that are to be good, and at least acceptable, by each number."""

BUTTING, LOOSENED = 90, 15
"""Per cent of pages without headlines that meet; of modules with lines added, at most."""

YARDSTICK: Final = 400_000
"""Steps of the yardstick; about as long as the plan of a small page."""

WANTED: Final = {8: (0.3, 2.0), 10: (0.8, 2.0)}
MARKS: Final = {"good": "", "acceptable": "~", "bad": "!"}

MANY: Final = (12, 1.5, 4.0)
"""Seconds wanted, median and worst, by number of stories; from so many on."""


@dataclass(frozen=True)
class Outcome:
    """What became of one page."""

    id: str
    count: int
    style: str
    seconds: float
    work: int
    score: Mapping[str, tuple[float | None, str]]
    modules: int
    loosened: int
    inverted_lead: bool
    plan: PagePlan


class Tally(NamedTuple):
    """Per cent of pages of each grade."""

    good: float
    acceptable: float
    bad: float


def yardstick() -> float:
    """Return the process seconds of a fixed piece of plain Python: sums, shifts and look-ups."""
    start = time.process_time()
    state, seen = 1, {}
    for number in range(YARDSTICK):
        state = (state * 1_103_515_245 + number) & 0x7FFF_FFFF
        seen[state & 0xFFF] = state >> 3
    assert seen
    return time.process_time() - start


def measure(spec: Spec) -> Outcome:
    """Plan, compose and grade one page."""
    book = load_fontbook(fonts_folder())
    start = time.process_time()
    planned = plan_page(spec.issue, spec.page, spec.style, book)
    seconds = time.process_time() - start
    composed = compose(spec.issue, spec.page, spec.style, book, planned.plan, planned.copies)
    score = {name: (one["value"], one["grade"]) for name, one in composed.metrics["score"].items()}
    ranks = {entry.id: entry.rank for entry in spec.page.entries}
    over = planned.plan.modules
    return Outcome(
        id=spec.id,
        count=spec.count,
        style=spec.style.name,
        seconds=seconds,
        work=planned.work,
        score=score,
        modules=len(over),
        loosened=composed.metrics["loosened"],
        inverted_lead=any(
            ranks.get(lower.id) == 1
            and ranks.get(upper.id, 1) >= 3
            and upper.cells.bottom <= lower.cells.line
            and upper.cells.column < lower.cells.right
            and lower.cells.column < upper.cells.right
            for upper in over
            for lower in over
        ),
        plan=planned.plan,
    )


def chosen(only: str, every: int) -> list[Spec]:
    """Return the pages asked for."""
    names = set(filter(None, only.split(",")))
    return [spec for spec in read_specs()[:: max(1, every)] if not names or spec.id in names]


def tally(outcomes: Sequence[Outcome], name: str) -> Tally:
    """Return how the pages are graded by one number, in per cent."""
    grades = [outcome.score[name][1] for outcome in outcomes]
    share = 100 / max(1, len(grades))
    return Tally(*(share * grades.count(one) for one in ("good", "acceptable", "bad")))


def table(outcomes: Sequence[Outcome], unit: float) -> Iterable[str]:
    """Yield the lines of the report."""
    count = len(outcomes)
    closed = sum(outcome.score["unset"][1] == "good" for outcome in outcomes)
    yield f"pages {count}, closed {100 * closed / count:.1f} % (wanted 100)"
    yield f"{'number':20} {'good':>6} {'accept':>7} {'bad':>6}   wanted good {GOOD}, bad at most {100 - ACCEPTABLE}"
    for name in outcomes[0].score:
        if name != "unset":
            found = tally(outcomes, name)
            met = "ok" if found.good >= GOOD and found.bad <= 100 - ACCEPTABLE else "short"
            yield f"{name:20} {found.good:6.1f} {found.acceptable:7.1f} {found.bad:6.1f}   {met}"
    none = sum(outcome.score["butting_heads"][0] == 0 for outcome in outcomes)
    more = sum((outcome.score["butting_heads"][0] or 0) > 1 for outcome in outcomes)
    yield f"headlines that meet: none on {100 * none / count:.1f} % (wanted {BUTTING}), more than one on {more} pages"
    yield f"lead under a story two ranks lower: {sum(outcome.inverted_lead for outcome in outcomes)} pages (wanted 0)"
    modules = sum(outcome.modules for outcome in outcomes)
    loosened = sum(outcome.loosened for outcome in outcomes)
    yield f"modules loosened {100 * loosened / max(1, modules):.1f} % (wanted at most {LOOSENED})"
    yield f"yardstick {unit:.3f} s; planning by number of stories (process time):"
    for number in sorted({outcome.count for outcome in outcomes}):
        times = sorted(outcome.seconds for outcome in outcomes if outcome.count == number)
        middle = statistics.median(times)
        want = (MANY[1:] if number >= MANY[0] else WANTED.get(number)) or ("", "")
        wanted = f"   wanted {want[0]} / {want[1]}" if want[0] else ""
        yield (
            f"  {number:2} stories {len(times):3} pages: median {middle:.2f} s ({middle / unit:.1f} yardsticks), "
            f"worst {times[-1]:.2f} s ({times[-1] / unit:.1f}){wanted}"
        )


def render_pages(specs: Sequence[Spec], folder: Path, dpi: int = 60) -> None:
    """Write the pages as pictures into a folder."""
    from layout.build import BuildOptions
    from layout.build.pagework import PageTask, make_page
    from layout.pdf.metadata import DocumentInfo
    from layout.pdf.writer import write_pdf
    from layout.raster import render
    from layout.reading.styles import read_condition

    folder.mkdir(parents=True, exist_ok=True)
    draw_pictures(specs)
    book = load_fontbook(fonts_folder())
    for spec in specs:
        task = PageTask(
            issue=spec.issue,
            page=spec.page,
            style=spec.style,
            story_styles={},
            condition=read_condition(spec.style.print_condition),
            variant=BuildOptions().variant,
            cache=None,
        )
        made = make_page(task)
        pdf = write_pdf(
            [made.content],
            faces=book.faces,
            pictures=made.pictures,
            artwork=made.artwork,
            condition=task.condition,
            variant=BuildOptions().variant,
            info=DocumentInfo(title=spec.id, date=spec.issue.date),
        )
        (folder / f"{spec.id}.png").write_bytes(render(pdf, 0, dpi))


def draw_pictures(specs: Sequence[Spec]) -> None:
    """Write the plain pictures that pages ask for: a sky, a horizon and a sun, a thirtieth of the pixels."""
    from PIL import Image, ImageDraw

    for name, (width, height) in picture_files(specs).items():
        path = Path(name)
        if path.is_file():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        image = Image.linear_gradient("L").resize((width // 4, height // 4)).convert("RGB")
        pen = ImageDraw.Draw(image)
        across, down = image.size
        pen.rectangle((0, down * 2 // 3, across, down), fill=(96, 116, 108))
        pen.ellipse((across // 2 - down // 8, down // 4, across // 2 + down // 8, down // 2), fill=(244, 214, 150))
        image.resize((width, height)).save(path)


def main() -> None:
    """Measure the pages and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--png", type=Path)
    parser.add_argument("--list", action="store_true", help="print every page's numbers")
    arguments = parser.parse_args()
    specs = chosen(arguments.only, arguments.every)
    if arguments.png:
        pictures = arguments.png / "pictures"
        wanted = {spec.id for spec in specs}
        render_pages([spec for spec in read_specs(pictures=pictures) if spec.id in wanted], arguments.png)
    if arguments.jobs > 1:
        with ProcessPoolExecutor(arguments.jobs) as pool:
            outcomes = list(pool.map(measure, specs, chunksize=4))
    else:
        outcomes = [measure(spec) for spec in specs]
    unit = min(yardstick() for _ in range(5))
    if arguments.list:
        for outcome in outcomes:
            numbers = " ".join(f"{name}={value}{MARKS[mark]}" for name, (value, mark) in outcome.score.items())
            print(f"{outcome.id} {outcome.style} {outcome.count} {outcome.seconds:.2f}s work={outcome.work} {numbers}")
    for line in table(outcomes, unit):
        print(line)


if __name__ == "__main__":
    main()
