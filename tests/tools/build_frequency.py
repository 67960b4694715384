"""Make `layout/importers/frequency.txt`: how rare each common Chinese character is, in bits.

The counts are those of the words in the dictionary of jieba 0.42.1 (MIT licence), each character counted with its
word; the Traditional forms are those that OpenCC gives for the words. Characters rarer than one in 2^17 stay out.

    python tests/tools/build_frequency.py jieba-0.42.1.tar.gz
"""

from __future__ import annotations

import hashlib
import math
import sys
import tarfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

SOURCE: Final = "055ca12f62674fafed09427f176506079bc135638a14e23e25be909131928db2"
"""SHA-256 of jieba-0.42.1.tar.gz as published."""

RAREST: Final = 17
TARGET = Path(__file__).resolve().parents[2] / "layout" / "importers" / "frequency.txt"
HEAD = """\
# Bits of the commonest Chinese characters, Simplified and Traditional: minus log2 of their share of running text.
# Made by tests/tools/build_frequency.py from the dictionary of jieba 0.42.1 (MIT licence, see NOTICE).
"""


def words(archive: Path) -> list[tuple[str, int]]:
    """Return the dictionary's words and their counts."""
    data = archive.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SOURCE:
        message = f"another archive: {found}"
        raise SystemExit(message)
    with tarfile.open(archive) as packed:
        file = packed.extractfile("jieba-0.42.1/jieba/dict.txt")
        assert file is not None
        rows = file.read().decode().splitlines()
    return [(row.split()[0], int(row.split()[1])) for row in rows]


def table(rows: list[tuple[str, int]]) -> str:
    """Return the table's text."""
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    bits: dict[str, int] = {}
    for turn in (lambda word: word, convert):
        counts: Counter[str] = Counter()
        for word, count in rows:
            for char in turn(word):
                if "\u3400" <= char <= "\u9fff":
                    counts[char] += count
        total = sum(counts.values())
        for char, count in counts.items():
            cost = round(-math.log2(count / total))
            if cost <= RAREST:
                bits[char] = min(cost, bits.get(char, RAREST))
    lines = defaultdict(list)
    for char, cost in bits.items():
        lines[cost].append(char)
    return HEAD + "".join(f"{cost} {''.join(sorted(lines[cost]))}\n" for cost in sorted(lines))


def main() -> None:
    """Write the table."""
    TARGET.write_text(table(words(Path(sys.argv[1]))), encoding="utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
