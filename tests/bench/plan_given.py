"""Measure a build with its plan given, as whole processes, beside Typst setting the same pages laid out by hand.

Run `python tests/bench/plan_given.py [--pages 1 100] [--repeats N]`. The page is one of the sample paper; more pages
are the same page again with other words. Pictures are converted and modules compiled before anything is timed, and no
previews are drawn. For Typst every headline, leg and picture is placed where the plan has it, with the same faces,
text and pictures; it comes from its Python package, so both sides start an interpreter. Each figure is the least of
the repeats: wall clock, processor time of all processes, and the memory of the largest one. The files are made by a
process of their own: a process counts the memory of the one that started it, so that has to stay small.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.model import Story
    from layout.plan import Module
    from layout.reading.issue import Reading
    from layout.style import Style

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLE = REPOSITORY / "seeds" / "qingdu"
PAGE = "A04"
PROGRAM = "from layout.cli.main import run; run()"
TYPST = (
    "import sys, typst; "
    "typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)"
)
FACES = {"song": ("Noto Serif SC", 400), "song-bold": ("Noto Serif SC", 700), "song-black": ("Noto Serif SC", 900)}
HEI = ("Noto Sans SC", 500)


class Spent(NamedTuple):
    """What a process took: seconds by the clock, seconds of processors, megabytes."""

    wall: float
    processor: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", nargs="*", type=int, default=[1, 100])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=0, help="processes of the build; 0 is one a processor")
    parser.add_argument("--prepare", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.prepare:
        prepare(wanted.prepare, wanted.pages[0])
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        surroundings = {
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
            "LAYOUT_CACHE": str(folder / "cache"),
        }
        surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
        print("pages engine     wall s  cpu s    MB  (ratio of wall clocks)")
        for count in wanted.pages:
            words = [sys.executable, __file__, "--prepare", str(folder / str(count)), "--pages", str(count)]
            run(words, surroundings)
            ours, theirs = command_lines(folder / str(count), wanted.jobs)
            run(ours, surroundings)  # compiles, converts pictures
            run(theirs, surroundings)
            taken = [(run(ours, surroundings), run(theirs, surroundings)) for _ in range(wanted.repeats)]
            layout, typst = (Spent(*map(min, zip(*side, strict=True))) for side in zip(*taken, strict=True))
            show(count, "layout", layout, layout.wall / typst.wall)
            show(count, "typst", typst, 1.0)


def show(count: int, engine: str, spent: Spent, ratio: float) -> None:
    print(f"{count:5} {engine:9} {spent.wall:7.2f} {spent.processor:6.2f} {spent.memory:5.0f}  {ratio:.2f}")


def run(words: Sequence[str], surroundings: Mapping[str, str]) -> Spent:
    """Run a program to its end and return what it took; it may find faults but must not fail."""
    start = time.perf_counter()
    made = subprocess.Popen(words, env=dict(surroundings), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(made.pid, 0)
    wall = time.perf_counter() - start
    made.returncode = os.waitstatus_to_exitcode(status)
    if made.returncode:
        message = f"{' '.join(words)[:200]} ended with {made.returncode}"
        raise RuntimeError(message)
    return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def prepare(folder: Path, count: int) -> None:
    """Write an issue with its plan, and the same as a Typst file."""
    from layout.build import BuildOptions, build
    from layout.reading.issue import read_issue

    for name in ("photos", "art", "adverts"):
        shutil.copytree(SAMPLE / name, folder / name)
    issue = write_issue(folder, count)
    build(issue, folder / "first", BuildOptions(pages=("P1",), previews=False, jobs=1))
    first = (folder / "first" / "plan.P1.yaml").read_text(encoding="utf-8")
    head, _, page = first.partition("pages:\n")
    text = head + "pages:\n" + "".join(renamed(page, number) for number in range(1, count + 1))
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    (folder / "pages.typ").write_text(typst_source(read_issue(issue)), encoding="utf-8")


def command_lines(folder: Path, jobs: int) -> tuple[list[str], list[str]]:
    """Return what sets the pages with us, and with Typst."""
    words = ["build", folder / "issue.yaml", "--out", folder / "out", "--no-previews", "--jobs", jobs]
    return (
        [sys.executable, "-c", PROGRAM, *map(str, words)],
        [sys.executable, "-c", TYPST, str(folder / "pages.typ"), str(folder / "typst.pdf"), str(REPOSITORY / "fonts")],
    )


def write_issue(folder: Path, count: int) -> Path:
    """Write an issue of one page of the sample, `count` times with other ids."""
    text = (SAMPLE / "issue.yaml").read_text(encoding="utf-8")
    head, _, rest = text.partition("pages:\n")
    page = next(part for part in re.split(r"(?m)^(?=  - page: )", rest.partition("fillers:")[0]) if PAGE in part[:20])
    (folder / "stories").mkdir()
    pages = []
    for number in range(1, count + 1):
        for name in re.findall(r"stories/(\S+?)\.md", page):
            story = (SAMPLE / "stories" / f"{name}.md").read_text(encoding="utf-8")
            (folder / "stories" / f"{name}-{number}.md").write_text(other_words(story, number), encoding="utf-8")
        own = page.replace(PAGE, f"P{number}")
        pages.append(re.sub(r"(stories/\S+?)\.md", rf"\1-{number}.md", own))
    path = folder / "issue.yaml"
    path.write_text(f"{head}pages:\n{''.join(pages)}", encoding="utf-8")
    return path


def other_words(story: str, number: int) -> str:
    """Return a story with other Han in its text: all are one em wide, so it sets like the first and is no repetition.

    What stands beside a digit or a Latin letter stays: units and the like have rules of their own.
    """
    head, mark, body = story.rpartition("---\n")
    han = sorted(set(re.findall(r"[\u4e00-\u9fff]", body)))
    others = {char: han[(place + number - 1) % len(han)] for place, char in enumerate(han)}
    kept = r"(?<![0-9A-Za-z%.])[\u4e00-\u9fff](?![0-9A-Za-z])"
    return head + mark + re.sub(kept, lambda found: others[found[0]], body)


def renamed(page: str, number: int) -> str:
    """Return the first page's plan with another page's ids."""
    own = page.replace("page: P1\n", f"page: P{number}\n")
    return re.sub(r"(?m)^(\s+- id: \S+?)-1$", rf"\1-{number}", own)


# --- the same pages for Typst -----------------------------------------------------------------------------------------


def typst_source(reading: Reading) -> str:
    """Return the pages as Typst: everything placed where the plan has it."""
    from layout.geometry import points

    style = next(iter(reading.styles.values()))
    rows = [
        f"#set page(width: {points(style.sheet.width)}pt, height: {points(style.sheet.height)}pt, margin: 0pt)",
        '#set text(font: "Noto Serif SC", size: 9.5pt, lang: "zh", region: "cn", top-edge: 8.36pt, bottom-edge: 0pt)',
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 3.64pt, spacing: 3.64pt)",
    ]
    for number, page in enumerate(reading.issue.pages):
        rows += ["#pagebreak()"] if number else []
        stories = {story.id: story for story in page.stories}
        for module in reading.plans[page.id].modules:
            if module.id in stories:
                rows += typst_module(stories[module.id], module, style)
    return "\n".join(rows)


def typst_module(story: Story, module: Module, style: Style) -> Iterator[str]:
    from layout.geometry import points
    from layout.page.frame import frame_of
    from layout.page.legs import divide
    from layout.page.table import capacities

    variant, cells = module.variant, module.cells
    frame = frame_of(cells.columns, style, boxed=story.box is not None)
    legs = divide(frame.width, variant.legs, style)
    if legs is None or variant.head is None:
        return
    left, top = style.column_x(cells.column), style.line_y(cells.line)
    family, weight = FACES.get(variant.head.role, HEI)
    kicker = f"#text(size: 13pt)[#{string(story.kicker.text)}]\\ " if story.kicker else ""
    deck = f"\\ #text(size: 13pt)[#{string(story.deck.text)}]" if story.deck else ""
    head = (
        f'{kicker}#text(font: "{family}", weight: {weight}, size: {points(variant.head.size)}pt)'
        f"[#{string(story.headline.text)}]{deck}"
    )
    yield placed(left, top, frame.width, variant.head.depth * style.grid.pitch, f"#align(center)[{head}]")
    body_top = top + variant.head.depth * style.grid.pitch
    for place in variant.photos:
        photo = story.photos[place.photo]
        width = legs.width(place.legs)
        picture = (
            f'#image("{Path(photo.file).parent.name}/{Path(photo.file).name}", width: 100%, height: 100%, fit: "cover")'
        )
        caption = photo.caption.text if photo.caption else ""
        yield placed(left + legs.x(place.leg), body_top, width, place.height, picture)
        under = body_top + place.height + 6_000
        yield placed(left + legs.x(place.leg), under, width, 20_000, f"#text(size: 8.5pt)[#{string(caption)}]")
    # One flow through the legs: columns of the deepest leg, the pictures' room taken off the end.
    text = "\n\n".join(f"#{string(block.text.text)}" for block in story.body)
    lines = max(capacities(variant))
    flow = f"#columns({legs.count}, gutter: {points(legs.gutter)}pt)[{text}]"
    yield placed(left, body_top, frame.width, lines * style.grid.pitch, flow)


def placed(left: int, top: int, width: int, height: int, content: str) -> str:
    from layout.geometry import points

    return (
        f"#place(top + left, dx: {points(left)}pt, dy: {points(top)}pt, "
        f"block(width: {points(width)}pt, height: {points(height)}pt, clip: true)[{content}])"
    )


def string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    main()
