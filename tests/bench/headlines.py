"""Measure how headlines break and fill, against headlines whose acceptable breaks are marked.

Run `python tests/bench/headlines.py [--file FILE] [--list]`. A file holds one headline a line, `|` at every place
where a sub-editor would accept a break; lines starting with `# ` are comments. Every headline is set at four
widths; results are lines of text.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.fontbook import load_fontbook
from layout.model import RichText, Story
from layout.reading.styles import read_style
from layout.resources import fonts_folder
from layout.text.headline import band_for, fit_heads
from layout.text.phrases import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layout.fontbook import Fontbook
    from layout.style import Style
    from layout.text.headline import Head

SHARED: Final = Path(__file__).resolve().parents[3] / "shared" / "headlines" / "headlines.txt"
"""Marked headlines kept beside the repository."""

OWN: Final = Path(__file__).resolve().parents[1] / "text" / "headlines.txt"
"""Marked headlines of this repository."""

PLACES: Final = ((2, 2), (3, 2), (4, 1), (1, 3))
"""(columns, rank) at which headlines are set; newsroom.md 2."""

PRICES: Final = (5, 15, 45, 100)
"""Prices up to which joints are counted: sure, good, usable, all."""

REPEATS: Final = 3
"""How often the warm time is taken; the least counts."""


class Marked(NamedTuple):
    """A headline and the offsets at which it may break."""

    text: str
    allowed: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one headline came to at one place.

    `bad` are the breaks of the best head where none is allowed, `others` the number of other heads that have such;
    `size_share` is where the size lies in its band, 0 at the least, 1 at the most.
    """

    marked: Marked
    best: Head
    offered: int
    bad: tuple[int, ...]
    others: int
    size_share: float
    milliseconds: float


def read_marked(lines: Iterable[str]) -> list[Marked]:
    """Return the marked headlines of a file's lines."""
    return [mark(line) for line in map(str.strip, lines) if line and not line.startswith("# ")]


def mark(line: str) -> Marked:
    """Return a headline with its allowed breaks, `|` taken out."""
    allowed, offset = set(), 0
    for part in line.split("|")[:-1]:
        offset += len(part)
        allowed.add(offset)
    return Marked(line.replace("|", ""), frozenset(allowed))


def breaks_of(head: Head) -> tuple[int, ...]:
    """Return the offsets at which a head's lines begin, but for the first."""
    starts = head.main.material.shaped.starts
    return tuple(starts[start] for start, _ in head.main.lines[1:])


def measure(marked: Marked, columns: int, rank: int, style: Style, book: Fontbook) -> Measured:
    """Set one headline over `columns` columns and return what came of it.

    Raises:
        ValueError: the style has no band of sizes for the rank and width.
    """
    band = band_for(style.heads, rank, columns, front=False)
    if band is None:
        message = f"no band for rank {rank} over {columns} columns"
        raise ValueError(message)
    story = Story(id="bench", rank=rank, headline=RichText(marked.text))
    width = style.span_width(columns)
    heads = fit_heads(story, width, band, style, book)
    taken = []
    for _ in range(REPEATS):
        before = time.perf_counter()
        fit_heads(story, width, band, style, book)
        taken.append(time.perf_counter() - before)
    best = heads[0]
    return Measured(
        marked=marked,
        best=best,
        offered=len(heads),
        bad=tuple(offset for offset in breaks_of(best) if offset not in marked.allowed),
        others=sum(any(offset not in marked.allowed for offset in breaks_of(head)) for head in heads[1:]),
        size_share=(best.main.size - band.sizes[0]) / max(1, band.sizes[1] - band.sizes[0]),
        milliseconds=1000 * min(taken),
    )


def joints_found(headlines: Sequence[Marked], price_most: int) -> tuple[int, int, int]:
    """Return how many joints of at most a price are offered, how many of them are true, how many true there are."""
    offered = true = marked = 0
    for one in headlines:
        made = phrases(one.text, "zh-Hans")
        found = {offset for offset, price in (*made.joints, *made.weak) if price <= price_most}
        offered += len(found)
        true += len(found & one.allowed)
        marked += len(one.allowed)
    return offered, true, marked


def spelled(head: Head) -> str:
    """Return a head's lines with its size, tracking and scale."""
    squeezed = f" {head.main.tracking}/{head.main.scale}" if head.main.tracking or head.main.scale != 1000 else ""
    return f"{' / '.join(head.breaks)}  [{head.main.size / 1000:g} pt{squeezed}, {head.fill:.0%}]"


def report(name: str, headlines: Sequence[Marked], style: Style, book: Fontbook, *, full: bool) -> Iterable[str]:
    """Yield the lines of the report."""
    yield f"{name}: {len(headlines)} headlines"
    for price in PRICES:
        offered, true, marked = joints_found(headlines, price)
        yield (
            f"  joints of a price up to {price}: {true / offered:.1%} of {offered} are true, "
            f"{true / marked:.1%} of {marked} true ones found"
        )
    for columns, rank in PLACES:
        made = [measure(one, columns, rank, style, book) for one in headlines]
        bad = [one for one in made if one.bad]
        lines = [len(one.best.main.lines) for one in made]
        inside = [one for one in made if one.size_share >= 0]
        below = [one for one in made if one.size_share < 1]
        least, most = style.heads.fill_least - 0.005, style.heads.fill_most + 0.0005
        good = [one for one in below if least <= one.best.fill <= most]
        others = sum(one.others for one in made)
        times = sorted(one.milliseconds for one in made)
        yield (
            f"  {columns} columns, rank {rank}: bad breaks in {len(bad)} ({len(bad) / len(made):.1%}), "
            f"in {others} of {sum(one.offered - 1 for one in made)} other heads; in band {len(inside)}; "
            f"fill 90-98 % in {len(good)} of {len(below)} below the band's top, "
            f"median {statistics.median(one.best.fill for one in made):.0%}; "
            f"lines {'/'.join(str(lines.count(count)) for count in range(1, 6))}; "
            f"ms {statistics.mean(times):.2f} mean, {times[-1]:.2f} most"
        )
        shown = made if full else bad
        for one in shown:
            sign = "!" if one.bad else " "
            yield f"    {sign} {spelled(one.best)}"


def main() -> None:
    """Report on the files named, or on the shared and own headlines that are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, action="append", help="marked headlines; may be given more than once")
    parser.add_argument("--list", action="store_true", help="list every headline as set, not only the bad ones")
    options = parser.parse_args()
    style = read_style("tabloid", None, None, "zh-Hans")
    book = load_fontbook(fonts_folder())
    for path in options.file or [path for path in (SHARED, OWN) if path.is_file()]:
        with path.open(encoding="utf-8") as lines:
            headlines = read_marked(lines)
        for line in report(path.name, headlines, style, book, full=options.list):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
