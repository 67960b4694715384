"""Measure paragraph composition side by side: this engine, Typst, and greedy filling, on the same text.

Run `python tests/bench/composition.py [--text FILE …]`. Without files it takes the corpus in `seeds/corpus`, the
stories of the sample paper (nothing was tuned on them) and, where it lies beside the repository, the seed page. One
analyser reads glyph positions from every PDF, so that no figure is an engine's own word. Typst comes from its Python
package; it is given the same places where a line must not break, as U+2060.

Columns: gaps between Han in em, the median of each justified line (mean, 95th percentile, worst, share above 0.1 and
0.25 em); last lines of one character (`lone`); forbidden line starts and ends, broken units and hyphens (`bad`); lines
that exceed the measure (`over`). Blanks of commas: their spread, that of the lines' means, the mean difference of
neighbouring lines; and the spread of all marks' blanks, each about the mean of its kind.
"""

from __future__ import annotations

import argparse
import gc
import math
import random
import re
import statistics
import tempfile
import time
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from layout.color import BLACK
from layout.display import Key, Sheet
from layout.fontbook import advance, load_fontbook
from layout.page.draw import atoms_to_glyphs
from layout.pdf.content import page_content
from layout.pdf.metadata import DocumentInfo
from layout.pdf.writer import write_pdf
from layout.reading.styles import read_condition, read_style
from layout.resources import fonts_folder
from layout.text.classes import tailored
from layout.text.justify import Material, prepare
from layout.text.linebreak import Breaking, break_paragraph
from layout.text.setting import set_paragraph
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from layout.display import Op
    from layout.fontbook import Fontbook
    from layout.style import Style

REPOSITORY = Path(__file__).resolve().parents[2]
SEED = REPOSITORY.parent / "shared" / "seed" / "page.txt"
CORPUS = REPOSITORY / "seeds" / "corpus"
STORIES = REPOSITORY / "seeds" / "qingdu" / "stories"
SIZE = 9500
PITCH = 12000
MEASURES = (11, 13, 17, 20)
INDENT = 2 * SIZE
COMMAS, STOPS, OPENING, CLOSING = "，、；：", "。？！", "“‘《（「『【", "”’》）」』】"
MARKS = frozenset(COMMAS + STOPS + OPENING + CLOSING)
NEVER_FIRST = frozenset(COMMAS + STOPS + CLOSING + "·～")
NEVER_LAST = frozenset(OPENING)
UNIT = re.compile(
    r"https?://[\w.:/?=&%-]+|[\w.-]+@[\w.-]+|(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}[\w./?=&%-]*"  # addresses: passed over
    r"|[-+¥￥$€±]?[0-9]+(?:[.,:/][0-9]+)*[%％‰℃]?(?:[-–—～][0-9]+(?:[.,:][0-9]+)*[%％‰℃]?)?|[A-Za-z]+|——|……",
    re.ASCII,
)
RANGE_DIGITS = 9
RESAMPLES = 2000


class Glyph(NamedTuple):
    """A glyph as a PDF shows it, lengths in em."""

    text: str
    x: float
    advance: float
    y: float


Line = list[Glyph]


class Seen(NamedTuple):
    """What one line shows: the median gap between Han, and the blanks of its marks by kind; empty in a last line."""

    last: bool
    gap: float | None
    blanks: Mapping[str, list[float]]


@dataclass(frozen=True)
class Quality:
    """Figures of one setting; gaps in em."""

    lines: int
    gaps: tuple[float, ...]
    lone: int
    bad: int
    over: int
    spreads: tuple[float, float, float, float]

    def row(self) -> str:
        ordered = sorted(self.gaps)
        shares = [sum(gap > most for gap in ordered) / len(ordered) for most in (0.1, 0.25)]
        return (
            f"{self.lines:6d} {statistics.mean(ordered):8.4f} {ordered[int(0.95 * len(ordered))]:7.3f} "
            f"{ordered[-1]:7.3f} {100 * shares[0]:6.1f}% {100 * shares[1]:6.1f}% {self.lone:5d} {self.bad:4d} "
            f"{self.over:5d}   " + " ".join(f"{spread:7.3f}" for spread in self.spreads)
        )


HEADER = "   lines     mean     p95     max  > 0.1  > 0.25   lone  bad  over    commas   lines  neighb.    all"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", nargs="*", type=Path)
    parser.add_argument("--measures", nargs="*", type=int, default=list(MEASURES))
    parser.add_argument("--engines", nargs="*", default=["layout", "greedy", "typst"], choices=ENGINES)
    options = parser.parse_args()
    sources = _sources(options.text)
    for name, texts in sources.items():  # before the heap is full of PDFs
        print(f"== {name}: ms per 1,000 characters, and as multiples of greedy filling")
        speed(texts, options.measures)
    for name, texts in sources.items():
        print(f"== {name}: {len(texts)} paragraphs, {sum(map(len, texts))} characters")
        for measure in options.measures:
            print(f"-- {measure} characters a line\n            {HEADER}")
            printed = {engine: read_lines(ENGINES[engine](texts, measure)) for engine in options.engines}
            for engine, lines in printed.items():
                print(f"   {engine:8s} {judge(lines, texts, measure).row()}")
            if {"layout", "typst"} <= set(printed):
                print(beside(printed["layout"], printed["typst"], measure))
            if "layout" in printed:
                print(f"   the loosest line: {loosest(printed['layout'])}")


def _sources(files: list[Path] | None) -> dict[str, list[str]]:
    if files:
        return {path.name: paragraphs(path.read_text(encoding="utf-8")) for path in files}
    sources = {
        "corpus": paragraphs("\n\n".join(path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt")))),
        "stories": _stories(),
    }
    if SEED.is_file():
        sources["seed page"] = paragraphs(SEED.read_text(encoding="utf-8"))
    return sources


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of running text, heads and credits left out."""
    return [part.strip() for part in text.split("\n\n") if len(part.strip()) >= 40]


def _stories() -> list[str]:
    """Return the plain paragraphs of the sample paper, those with markup left out."""
    bodies = (path.read_text(encoding="utf-8").split("---\n", 2)[-1] for path in sorted(STORIES.glob("*.md")))
    plain = [part.replace("\n", "") for body in bodies for part in paragraphs(body)]
    return [part for part in plain if not re.search(r"[*#{}|^~`\[\]<>]", part)]


# --- engines ---------------------------------------------------------------------------------------------------------


def ours(texts: Sequence[str], measure: int) -> bytes:
    return _layout_pdf(texts, measure, _total_fit)


def greedy(texts: Sequence[str], measure: int) -> bytes:
    return _layout_pdf(texts, measure, _greedy)


def _width(measure: int) -> Callable[[int], int]:
    return lambda line: measure * SIZE - (INDENT if line == 0 else 0)


def _total_fit(material: Material, measure: int) -> Breaking:
    found = break_paragraph(material, _width(measure))
    return min(found.values(), key=lambda one: (one.demerits, one.lines))


def _greedy(material: Material, measure: int) -> Breaking:
    """Fill every line as far as it goes, squeezing in what the line's marks give up."""
    width_of = _width(measure)
    ends: list[int] = []
    start = 0
    n = len(material)
    while start < n:
        width = width_of(len(ends))
        end = best = start + 1
        while end <= n:
            shrink = material.shrink[end] - material.shrink[start + 1]
            if material.width(start, end) - shrink > width:
                break
            if end == n or material.shaped.penalties[end] is not None:
                best = end
            end += 1
        if best == start + 1 and best < n and material.shaped.penalties[best] is None:
            best = next(i for i in range(start + 1, n + 1) if i == n or material.shaped.penalties[i] is not None)
        ends.append(best)
        start = best
    last = ends[-2] if len(ends) > 1 else 0
    return Breaking(0, tuple(ends), material.width(last, n))


def _layout_pdf(texts: Sequence[str], measure: int, breaker: Callable[[Material, int], Breaking]) -> bytes:
    book, style = _tools()
    ops: list[Op] = []
    y = PITCH
    for number, text in enumerate(texts):
        material = _material(text, book, style)
        lines = set_paragraph(material, breaker(material, measure), _width(measure))
        for row, line in enumerate(lines):
            x = INDENT if row == 0 else 0
            ops.extend(atoms_to_glyphs(material, line.start, line.xs, x, y, BLACK, Key("bench", "body", number, row)))
            y += PITCH
        y += PITCH
    sheet = Sheet(page="bench", trim=(measure * SIZE, y + PITCH), bleed=0, ops=tuple(ops))
    content = page_content(sheet, lambda face, gid: advance(book.faces[face], gid))
    return write_pdf(
        [content],
        faces=book.faces,
        pictures={},
        artwork={},
        condition=read_condition("newsprint-240"),
        variant="x1a",
        info=DocumentInfo(title="bench", date="2026-01-01"),
    )


def _tools() -> tuple[Fontbook, Style]:
    return load_fontbook(fonts_folder()), read_style("tabloid", None, None, "zh-Hans")


def _material(text: str, book: Fontbook, style: Style) -> Material:
    return prepare(shape(text, ShapeStyle("song", SIZE, "zh-Hans", "gb"), book), style.composition)


def typst(texts: Sequence[str], measure: int) -> bytes:
    import typst as engine

    source = [
        f"#set page(width: {measure * SIZE / 1000}pt, height: auto, margin: 0pt)",
        '#set text(font: "Noto Serif SC", size: 9.5pt, lang: "zh", region: "cn", top-edge: 8.36pt, bottom-edge: 0pt)',
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 3.64pt, spacing: 15.64pt)",
        *(f"#{_string(_guarded(text))}\n" for text in texts),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.typ"
        path.write_text("\n\n".join(source), encoding="utf-8")
        made: bytes = engine.compile(str(path), font_paths=[str(fonts_folder())], ignore_system_fonts=True)
        return made


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _guarded(text: str) -> str:
    """Return the text with U+2060 wherever our rules keep numbers with their signs, units and ranges."""
    prices = tailored(text, "zh-Hans", "gb")
    made = text[:1]
    for index in range(1, len(text)):
        pair = text[index - 1 : index + 1]
        if prices[index] is None and not pair.isascii() and MARKS.isdisjoint(pair) and pair[0] != pair[1]:
            made += "\u2060"
        made += text[index]
    return made


ENGINES = {"layout": ours, "greedy": greedy, "typst": typst}

# --- the analyser ----------------------------------------------------------------------------------------------------


def read_lines(pdf: bytes) -> list[list[Line]]:
    """Return the paragraphs of a one-column PDF, each as its lines from the top, lengths in em."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTChar

    made: list[list[Line]] = []
    em = SIZE / 1000
    for page in extract_pages(BytesIO(pdf), laparams=LAParams(all_texts=True)):
        rows: dict[float, Line] = {}
        for item in _walk(page):
            if isinstance(item, LTChar) and (text := item.get_text().strip(" \u2060")):
                y = round(item.matrix[5], 1)
                rows.setdefault(y, []).append(Glyph(text, item.matrix[4] / em, item.adv / em, y / em))
        above = math.inf
        for y in sorted(rows, reverse=True):
            if above - y > 1.5 * PITCH / 1000:
                made.append([])
            made[-1].append(sorted(rows[y], key=lambda glyph: glyph.x))
            above = y
    return made


def _walk(item: object) -> Iterator[object]:
    yield item
    if hasattr(item, "__iter__"):
        for part in item:
            yield from _walk(part)


def _is_han(text: str) -> bool:
    return all("\u3400" <= char <= "\u9fff" for char in text)


def _text(line: Line) -> str:
    return "".join(glyph.text for glyph in line).replace("\u2060", "").replace(" ", "")


def seen(line: Line, *, last: bool) -> Seen:
    blanks: dict[str, list[float]] = {COMMAS: [], STOPS: [], OPENING: [], CLOSING: []}
    if last:
        return Seen(last, None, blanks)
    gaps = []
    for left, right in pairwise(line):
        step = right.x - left.x
        if _is_han(left.text) and _is_han(right.text):
            gaps.append(step - 1)
        for kind in (COMMAS, STOPS, CLOSING):
            if left.text in kind and _is_han(right.text):
                blanks[kind].append(step - 0.5)
        if _is_han(left.text) and right.text in OPENING:
            blanks[OPENING].append(step - 0.5)
    return Seen(last, statistics.median(gaps) if gaps else None, blanks)


def judge(made: Sequence[Sequence[Line]], texts: Sequence[str], measure: int) -> Quality:
    """Return the figures of a setting."""
    rows = [seen(line, last=line is part[-1]) for part in made for line in part]
    commas = [row.blanks[COMMAS] for row in rows]
    kinds = [[blank for row in rows for blank in row.blanks[kind]] for kind in rows[0].blanks]
    differences = [abs(statistics.mean(one) - statistics.mean(two)) for one, two in pairwise(commas) if one and two]
    return Quality(
        lines=len(rows),
        gaps=tuple(row.gap for row in rows if row.gap is not None),
        lone=sum(map(_lone, made)),
        bad=sum(_bad_breaks(list(map(_text, part)), text) for part, text in zip(made, texts, strict=True)),
        over=sum(_right_edge(line) > measure + 0.02 for part in made for line in part),
        spreads=(
            statistics.pstdev([blank for own in commas for blank in own]),
            statistics.pstdev([statistics.mean(own) for own in commas if own]),
            statistics.mean(differences),
            math.sqrt(sum(statistics.pvariance(own) * len(own) for own in kinds if own) / sum(map(len, kinds))),
        ),
    )


def _right_edge(line: Line) -> float:
    """Return where the last body of a line ends; lines begin at nought."""
    last = line[-1]
    return last.x + (0.5 if last.text in COMMAS + STOPS + CLOSING else last.advance)


def _bad_breaks(lines: list[str], text: str) -> int:
    """Return how many breaks of a paragraph are forbidden, are inside a unit, or add a hyphen."""
    plain = "".join(text.split()).replace("\u3000", "")
    assert "".join(lines) == plain, (lines, plain)  # nothing lost, no hyphen added
    inside = {
        place
        for match in UNIT.finditer(plain)
        if not re.search(r"[./@]\w*[A-Za-z]", match.group()) and sum(map(str.isdigit, match.group())) <= RANGE_DIGITS
        for place in range(match.start() + 1, match.end())
    }
    breaks = list(accumulate(map(len, lines[:-1])))
    return sum(place in inside or plain[place] in NEVER_FIRST or plain[place - 1] in NEVER_LAST for place in breaks)


def beside(ours: Sequence[Sequence[Line]], others: Sequence[Sequence[Line]], measure: int) -> str:
    """Return two figures that guard against a lucky page.

    The first is the share of resamples of the paragraphs (drawn with replacement) whose mean gap is not above the
    other's: what was tuned to one page and not to the language would turn round in many of them. The second are the
    mean gaps in the paragraphs in which both keep the rules, since a lone last character and a line beyond the measure
    save a gap.
    """
    draw = random.Random(1)  # noqa: S311 - the same resamples every time
    sums = [[_gaps(part) for part in made] for made in (ours, others)]
    won = 0
    for _ in range(RESAMPLES):
        one, two = _means(sums, [draw.randrange(len(ours)) for _ in ours])
        won += one <= two
    kept = [
        place for place, parts in enumerate(zip(ours, others, strict=True)) if not any(_bent(p, measure) for p in parts)
    ]
    one, two = _means(sums, kept)
    return (
        f"   mean gap no worse than Typst's in {won / RESAMPLES:.0%} of {RESAMPLES} resamples; "
        f"where both keep the rules ({len(kept)} paragraphs): {one:.4f}, Typst {two:.4f}"
    )


def _means(sums: list[list[tuple[float, int]]], places: list[int]) -> list[float]:
    return [sum(made[at][0] for at in places) / max(1, sum(made[at][1] for at in places)) for made in sums]


def _bent(part: Sequence[Line], measure: int) -> bool:
    """Tell whether a paragraph ends on one character, exceeds the measure or opens a line beyond the limit."""
    gaps = [seen(line, last=False).gap or 0 for line in part[:-1]]
    return _lone(part) or any(_right_edge(line) > measure + 0.02 for line in part) or max(gaps, default=0) > 0.252


def _lone(part: Sequence[Line]) -> bool:
    return len(part) > 1 and len(set(_text(part[-1])) - MARKS) <= 1


def _gaps(part: Sequence[Line]) -> tuple[float, int]:
    gaps = [gap for line in part[:-1] if (gap := seen(line, last=False).gap) is not None]
    return sum(gaps), len(gaps)


def loosest(made: Sequence[Sequence[Line]]) -> str:
    every = [(seen(line, last=False).gap or 0, _text(line)) for part in made for line in part[:-1]]
    gap, text = max(every)
    return f"{text} ({gap:.3f} em)"


# --- speed -----------------------------------------------------------------------------------------------------------


def speed(texts: Sequence[str], measures: Sequence[int]) -> None:
    """Print the processor's time of preparation, total fit and greedy filling per 1,000 characters, in one run."""
    book, style = _tools()
    count = sum(map(len, texts))

    def best(action: Callable[[], object]) -> float:
        times = []
        for _ in range(15):
            start = time.process_time()
            action()
            times.append(time.process_time() - start)
        return min(times) * 1e6 / count

    materials = [_material(text, book, style) for text in texts]
    gc.collect()
    gc.freeze()  # what is held by now is no work of what is timed; `timeit` goes further and turns the collector off
    prepared = best(lambda: [_material(text, book, style) for text in texts])
    for measure in measures:
        filled = best(lambda: [_greedy(one, measure) for one in materials])  # noqa: B023
        fitted = best(lambda: [break_paragraph(one, _width(measure)) for one in materials])  # noqa: B023
        print(
            f"   {measure:2d}: greedy {filled:.2f}, shaping and preparation {prepared:.2f} ({prepared / filled:.1f}), "
            f"total fit with line counts {fitted:.2f} ({fitted / filled:.1f})"
        )


if __name__ == "__main__":
    main()
