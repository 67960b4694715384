"""Build `layout/checks/scripts.py`: the characters that only one of the two Chinese scripts has.

The pairs come from the dictionaries of OpenCC (Apache-2.0) as PyPI's opencc-python-reimplemented 0.1.7 carries them.
Run it as `python tests/tools/build_scripts_table.py DICTIONARY_FOLDER > layout/checks/scripts.py`.
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

_HEADER = '''"""Characters that only one of the two Chinese scripts has, each with its partner. Generated: do not edit.

Made by `tests/tools/build_scripts_table.py` from the dictionaries of OpenCC (Apache License 2.0) and the Table of
General Standard Chinese Characters: Traditional characters that the table has not, Simplified ones that no
Traditional text has. Strings of a pair run side by side.
"""

from __future__ import annotations

from typing import Final
'''


def pairs(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the characters of a dictionary with what they become, single characters only."""
    made = {}
    for row in path.read_text(encoding="utf-8").splitlines():
        key, _, values = row.partition("\t")
        if len(key) == 1 and ord(key) <= 0xFFFF:
            made[key] = tuple(value for value in values.split() if len(value) == 1)
    return made


def table(name: str, text: str) -> str:
    """Return an assignment of a long string, wrapped."""
    rows = "\n".join(f'    "{row}"' for row in textwrap.wrap(text, 54))
    return f"\n{name}: Final = (\n{rows}\n)\n"


def main() -> None:
    """Print the module."""
    folder = Path(sys.argv[1])
    listed = Path(__file__).parents[2] / "fonts" / "tgscc.txt"
    standard = {char for row in listed.read_text(encoding="utf-8").splitlines() if row[:1] != "#" for char in row}
    to_simplified, to_traditional = pairs(folder / "TSCharacters.txt"), pairs(folder / "STCharacters.txt")
    old = {
        char: next((value for value in values if value in standard), "")
        for char, values in to_simplified.items()
        if char not in standard and char not in values
    }
    old = {char: value for char, value in sorted(old.items()) if value}
    traditional = {value for values in to_traditional.values() for value in values}
    new = {
        char: values[0]
        for char, values in sorted(to_traditional.items())
        if char in standard and char not in traditional and ord(values[0]) <= 0xFFFF
    }
    sys.stdout.write(_HEADER)
    sys.stdout.write(table("TRADITIONAL", "".join(old)) + table("THEIR_SIMPLIFIED", "".join(old.values())))
    sys.stdout.write(table("SIMPLIFIED", "".join(new)) + table("THEIR_TRADITIONAL", "".join(new.values())))


if __name__ == "__main__":
    main()
