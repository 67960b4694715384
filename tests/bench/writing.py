"""What writing costs beyond the pictures: milliseconds of processor time a page, and bytes.

    python tests/bench/writing.py [--pages 16] [--runs 5]

The sample's tabloid pages are made once (planning and pictures are not counted), repeated to an issue of the wanted
length, and written: display list to operators, fonts cut, file bound and saved. Wanted: 150 ms for one page, 60 ms a
page for sixteen, less than 4 MB beyond the pictures for sixteen. A fixed piece of work is timed beside them, so that
runs on different machines can be compared. The same bytes have to come from processes with other hash seeds.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from layout.build.pagework import PageTask, issue_fonts, make_page
from layout.fontbook import advance, load_fontbook
from layout.page.compose import compose
from layout.page.planning import plan_page
from layout.pdf.content import page_content
from layout.pdf.metadata import DocumentInfo
from layout.pdf.writer import write_pdf
from layout.reading.issue import read_issue
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from layout.build.pagework import PageResult
    from layout.display import Sheet
    from layout.fontbook import Fontbook

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "seeds" / "qingdu" / "issue.yaml"
ONE_MS, MANY_MS, MANY_BYTES = 150.0, 60.0, 4_000_000


def made(cache: Path) -> tuple[list[PageResult], list[Sheet], Fontbook, str]:
    """Return the sample's tabloid pages, their display lists, the faces, and the date."""
    reading = read_issue(SAMPLE)
    issue = reading.issue
    book = load_fontbook(fonts_folder(), issue_fonts(issue))
    tasks = [
        PageTask(
            issue=issue,
            page=page,
            style=reading.styles[page.id],
            story_styles=reading.story_styles,
            condition=reading.conditions[page.id],
            variant="x1a",
            cache=cache,
        )
        for page in issue.pages
        if page.style == "tabloid"
    ]
    sheets = []
    for task in tasks:
        planned = plan_page(issue, task.page, task.style, book, task.story_styles)
        sheets.append(compose(issue, task.page, task.style, book, planned.plan, planned.copies).sheet)
    return [make_page(task) for task in tasks], sheets, book, issue.date


def written(results: Sequence[PageResult], book: Fontbook, date: str) -> bytes:
    """Return the file of these pages."""
    return write_pdf(
        [result.content for result in results],
        faces=book.faces,
        pictures={key: picture for result in results for key, picture in result.pictures.items()},
        artwork={key: art for result in results for key, art in result.artwork.items()},
        condition=results[0].condition,
        variant="x1a",
        info=DocumentInfo(title="writing", date=date),
    )


def drawn(sheets: Sequence[Sheet], book: Fontbook) -> None:
    """Turn display lists into operators."""
    for sheet in sheets:
        page_content(sheet, lambda face, gid: advance(book.faces[face], gid), lambda op: op.file)


def whole(sheets: Sequence[Sheet], results: Sequence[PageResult], book: Fontbook, date: str) -> None:
    """Do all that writing takes."""
    drawn(sheets, book)
    written(results, book, date)


def cost(work: Callable[[], object], runs: int) -> float:
    """Return the median processor time of some work in milliseconds, after one run that warms up."""
    work()
    found = []
    for _ in range(runs):
        start = time.process_time()
        work()
        found.append((time.process_time() - start) * 1000)
    return statistics.median(found)


def yardstick() -> float:
    """Return the milliseconds of a fixed piece of work: deflating four megabytes."""
    data = bytes(range(256)) * 16_384
    return cost(lambda: zlib.compress(data, 6), 5)


def repeated(results: Sequence[PageResult], count: int) -> list[PageResult]:
    """Return so many pages, each with an id of its own."""
    pages = []
    for number in range(count):
        result = results[number % len(results)]
        pages.append(replace(result, content=replace(result.content, page=f"A{number + 1:02}")))
    return pages


def beyond(results: Sequence[PageResult], size: int) -> int:
    """Return a file's bytes beyond its pictures and foreign pages."""
    pictures = {key: len(picture.data) for result in results for key, picture in result.pictures.items()}
    foreign = {key: len(art.data) for result in results for key, art in result.artwork.items()}
    return size - sum(pictures.values()) - sum(foreign.values())


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--pages", type=int, default=16)
    words.add_argument("--runs", type=int, default=5)
    words.add_argument("--hash", action="store_true", help="print the file's hash alone")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cache = Path(os.environ.get("LAYOUT_CACHE", scratch))
        results, sheets, book, date = made(cache)
        issue = repeated(results, asked.pages)
        if asked.hash:
            print(hashlib.sha256(written(issue, book, date)).hexdigest())
            return 0
        lists = [sheets[number % len(sheets)] for number in range(asked.pages)]
        one = max(
            cost(partial(whole, [sheet], [page], book, date), asked.runs)
            for page, sheet in zip(results, sheets, strict=True)
        )
        many = cost(partial(whole, lists, issue, book, date), asked.runs) / asked.pages
        extra = beyond(issue, len(written(issue, book, date)))
        seeds = {
            subprocess.run(
                [sys.executable, __file__, "--hash", "--pages", str(asked.pages)],
                env={**os.environ, "PYTHONHASHSEED": seed, "LAYOUT_CACHE": str(cache)},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }
    print(f"yardstick                    {yardstick():7.1f} ms")
    print(f"one page, the dearest        {one:7.1f} ms   wanted {ONE_MS:g}")
    print(f"a page of {asked.pages:<2}                 {many:7.1f} ms   wanted {MANY_MS:g}")
    print(f"beyond pictures, {asked.pages:<2} pages    {extra / 1e6:7.2f} MB   wanted {MANY_BYTES / 1e6:g}")
    print(f"same bytes, two hash seeds   {'yes' if len(seeds) == 1 else 'NO'}")
    return 0 if one <= ONE_MS and many <= MANY_MS and extra < MANY_BYTES and len(seeds) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
