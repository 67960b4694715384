"""Measure paragraph composition side by side: this engine, Typst, and greedy filling, on the same text.

Run `python tests/bench/composition.py [--text FILE …]`. Without files it takes the corpus in `seeds/corpus` and, where
it lies beside the repository, the seed page. One analyser reads glyph positions from every PDF, so that no figure is
an engine's own word. Typst comes from its Python package; it is given the same places where a line must not break, as
U+2060.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
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
    from collections.abc import Callable, Iterator, Sequence

    from layout.display import Op
    from layout.fontbook import Fontbook
    from layout.style import Style

REPOSITORY = Path(__file__).resolve().parents[2]
SEED = REPOSITORY.parent / "shared" / "seed" / "page.txt"
SIZE = 9500
PITCH = 12000
MEASURES = (11, 13, 17, 20)
INDENT = 2 * SIZE
MARKS = frozenset("，、；：。？！”’》）」』】“‘《（「『【")
HALF_RIGHT = "，、；：。？！”’》）」』"
PAGE_LINES = 400


class Glyph(NamedTuple):
    """A glyph as a PDF shows it, lengths in em."""

    text: str
    x: float
    advance: float
    y: float


@dataclass(frozen=True)
class Quality:
    """Figures of one setting; gaps in em."""

    lines: int
    mean: float
    p95: float
    worst: float
    over_tenth: float
    runts: int
    blank_spread: float
    neighbour_spread: float

    def row(self) -> str:
        return (
            f"{self.lines:6d} {self.mean:8.4f} {self.p95:7.3f} {self.worst:7.3f} {100 * self.over_tenth:6.1f}% "
            f"{self.runts:5d} {self.blank_spread:8.3f} {self.neighbour_spread:8.3f}"
        )


HEADER = "   lines   mean e     p95     max  >0.1em runts  blanks±  neighb."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", nargs="*", type=Path)
    parser.add_argument("--measures", nargs="*", type=int, default=list(MEASURES))
    parser.add_argument("--engines", nargs="*", default=["layout", "greedy", "typst"])
    options = parser.parse_args()
    files = options.text or sorted((REPOSITORY / "seeds" / "corpus").glob("*.txt"))
    sources = {"corpus": paragraphs("\n\n".join(path.read_text(encoding="utf-8") for path in files))}
    if not options.text and SEED.is_file():
        sources["seed page"] = paragraphs(SEED.read_text(encoding="utf-8"))
    for name, texts in sources.items():
        count = sum(map(len, texts))
        print(f"== {name}: {len(texts)} paragraphs, {count} characters")
        for measure in options.measures:
            print(f"-- {measure} characters a line\n            {HEADER}")
            for engine in options.engines:
                pdf = ENGINES[engine](texts, measure)
                print(f"   {engine:8s} {judge(read_lines(pdf)).row()}")
        speed(texts)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of running text, heads and credits left out."""
    return [part.strip() for part in text.split("\n\n") if len(part.strip()) >= 40]


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


def read_lines(pdf: bytes) -> list[list[Glyph]]:
    """Return the glyphs of every line of a one-column PDF, from the top, lengths in em."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTChar

    lines: list[list[Glyph]] = []
    em = SIZE / 1000
    for page in extract_pages(BytesIO(pdf), laparams=LAParams(all_texts=True)):
        rows: dict[float, list[Glyph]] = {}
        for item in _walk(page):
            if isinstance(item, LTChar) and item.get_text().strip(" \u2060"):
                y = round(item.matrix[5], 1)
                rows.setdefault(y, []).append(Glyph(item.get_text(), item.matrix[4] / em, item.adv / em, y / em))
        lines.extend(sorted(rows[y], key=lambda glyph: glyph.x) for y in sorted(rows, reverse=True))
    return lines


def _walk(item: object) -> Iterator[object]:
    yield item
    if hasattr(item, "__iter__"):
        for part in item:
            yield from _walk(part)


def _is_han(text: str) -> bool:
    return all("\u3400" <= char <= "\u9fff" for char in text)


def judge(lines: Sequence[Sequence[Glyph]]) -> Quality:
    """Return the figures of a setting: inter-Han gaps by line (median), blanks of marks, lone last characters."""
    gaps: list[float] = []
    blanks: list[list[float]] = []
    runts = 0
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        last = following is None or line[0].y - following[0].y > 1.5 * PITCH / SIZE
        if last:
            runts += sum(_is_han(glyph.text) for glyph in line) <= 1 and all(not g.text.isascii() for g in line)
            blanks.append([])
            continue
        own = [
            right.x - left.x - 1
            for left, right in pairwise(line)
            if _is_han(left.text) and _is_han(right.text)
        ]
        if own:
            gaps.append(statistics.median(own))
        blanks.append(
            [
                right.x - left.x - 0.5
                for left, right in pairwise(line)
                if left.text in "，、；：" and _is_han(right.text)
            ]
        )
    every = [value for row in blanks for value in row]
    beside = [
        abs(statistics.mean(one) - statistics.mean(two))
        for one, two in pairwise(blanks)
        if one and two
    ]
    ordered = sorted(gaps)
    return Quality(
        lines=len(lines),
        mean=statistics.mean(gaps),
        p95=ordered[int(0.95 * len(ordered))],
        worst=ordered[-1],
        over_tenth=sum(gap > 0.1 for gap in gaps) / len(gaps),
        runts=runts,
        blank_spread=statistics.pstdev(every) if every else 0.0,
        neighbour_spread=statistics.mean(beside) if beside else 0.0,
    )


def speed(texts: Sequence[str]) -> None:
    """Print the cost of preparation, total fit and greedy filling per 1,000 characters, in one run."""
    book, style = _tools()
    count = sum(map(len, texts))
    for text in texts:
        _material(text, book, style)

    def best(action: Callable[[], object]) -> float:
        times = []
        for _ in range(5):
            start = time.perf_counter()
            action()
            times.append(time.perf_counter() - start)
        return min(times) * 1e6 / count

    prepared = best(lambda: [_material(text, book, style) for text in texts])
    materials = [_material(text, book, style) for text in texts]
    for measure in MEASURES:
        fitted = best(lambda: [break_paragraph(one, _width(measure)) for one in materials])  # noqa: B023
        filled = best(lambda: [_greedy(one, measure) for one in materials])  # noqa: B023
        print(
            f"   {measure:2d}: preparation {prepared:.2f}, total fit {fitted:.2f}, greedy {filled:.2f} ms per 1,000 "
            f"characters; total fit / greedy {fitted / filled:.1f}"
        )


if __name__ == "__main__":
    main()
