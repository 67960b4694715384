"""Build `layout/text/_vertical_table.py` from the Unicode file VerticalOrientation.txt.

The file comes with Debian's package unicode-data (15.0.0-1). Run it as
`python tests/tools/build_vertical_table.py VerticalOrientation.txt > layout/text/_vertical_table.py`.
"""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path

ORIENTATIONS = ("R", "U", "Tu", "Tr")
"""Values of the property; the index is the code. R stands for all that the file does not list."""

_VERSION = re.compile(r"# VerticalOrientation-([\d.]+)\.txt")
_ROW = re.compile(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(\w+)")

_HEADER = '''"""Vertical orientation of every code point (UAX #50). Generated: do not edit.

Made by `tests/tools/build_vertical_table.py` from Unicode {version} data, which is
© Unicode, Inc. and used under the Unicode License V3 (https://www.unicode.org/license.txt).
"""

from __future__ import annotations

UNICODE_VERSION = "{version}"
'''


def runs(data: str) -> list[tuple[int, str]]:
    """Return the first code point and the value of every run of equal values, from code point 0 on.

    Raises:
        ValueError: the data names a value that UAX #50 does not have.
    """
    made: list[tuple[int, str]] = [(0, "R")]
    end = 0
    for row in data.splitlines():
        found = _ROW.match(row)
        if found is None:
            continue
        first, last = int(found[1], 16), int(found[2] or found[1], 16)
        if found[3] not in ORIENTATIONS:
            message = f"unknown orientation {found[3]!r}"
            raise ValueError(message)
        if first > end:
            made.append((end, "R"))
        made.append((first, found[3]))
        end = last + 1
    made.append((end, "R"))
    kept: list[tuple[int, str]] = []
    for start, value in made:
        if kept and kept[-1][0] == start:
            kept.pop()
        if not kept or kept[-1][1] != value:
            kept.append((start, value))
    return kept


def module_text(data: str) -> str:
    """Return the source text of the table module.

    Raises:
        ValueError: the data is not that file.
    """
    version = _VERSION.match(data)
    if version is None:
        message = "this is not VerticalOrientation.txt"
        raise ValueError(message)
    found = runs(data)
    return "\n".join(
        [
            _HEADER.format(version=version[1]),
            _constant("ORIENTATIONS", " ".join(ORIENTATIONS), "Values; the index of a value is its code."),
            _constant("STARTS", " ".join(f"{start:X}" for start, _ in found), "First code points of the runs."),
            _constant("CODES", " ".join(str(ORIENTATIONS.index(value)) for _, value in found), "Their codes."),
        ]
    )


def _constant(name: str, words: str, comment: str) -> str:
    lines = "\n".join(textwrap.wrap(words, width=108))
    return f'# {comment}\n{name} = """\n{lines}\n"""\n'


if __name__ == "__main__":
    sys.stdout.write(module_text(Path(sys.argv[1]).read_text(encoding="utf-8")))
