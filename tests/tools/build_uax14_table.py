"""Build `layout/text/_uax14_table.py` from packaged Unicode 16 data.

Sources: uniseg 0.10.1 (Line_Break, Extended_Pictographic) and unicodedata2 16.0.0 (General_Category,
East_Asian_Width). Rule LB1 is applied here, and the three facts that later rules ask of a character
beyond its class are folded into the class name, so that the table holds one code a character:

* a suffix `.i`, `.f` or `.n`: a QU character that is initial, final or neutral (LB15a, LB15b, LB19);
* a suffix `.c`, `.h` or `.x`: the dotted circle (LB28a), U+2010 (LB20a), and a pictograph that is
  unassigned (LB30b);
* a suffix `/E`: East Asian Width is F, W or H (LB19a, LB21a, LB30).

Run it as `python tests/tools/build_uax14_table.py > layout/text/_uax14_table.py`.
"""

from __future__ import annotations

import sys
import textwrap
from importlib import import_module

UNICODE_VERSION = "16.0.0"
CODE_POINTS = 0x110000

_HEADER = f'''"""Line-breaking classes of every code point. Generated: do not edit.

Made by `tests/tools/build_uax14_table.py` from Unicode {UNICODE_VERSION} data, which is
© Unicode, Inc. and used under the Unicode License V3 (https://www.unicode.org/license.txt).
"""

from __future__ import annotations

UNICODE_VERSION = "{UNICODE_VERSION}"
'''

_RESOLVED = {"AI": "AL", "SG": "AL", "XX": "AL", "CJ": "NS"}  # LB1, without SA
_QUOTES = {"Pi": ".i", "Pf": ".f"}
_SINGLES = {0x25CC: ".c", 0x2010: ".h"}


def class_names() -> list[str]:
    """Return the class name of every code point, in order.

    Raises:
        ImportError: a source package is absent.
        ValueError: a source package is of another Unicode version.
    """
    unicodedata = import_module("unicodedata2")
    if unicodedata.unidata_version != UNICODE_VERSION:
        message = f"unicodedata2 is of Unicode {unicodedata.unidata_version}, not {UNICODE_VERSION}"
        raise ValueError(message)
    line_break = import_module("uniseg.linebreak").line_break
    pictographic = import_module("uniseg.emoji").extended_pictographic
    names = []
    for point in range(CODE_POINTS):
        char = chr(point)
        raw = str(line_break(char).value)
        category = unicodedata.category(char)
        name = "CM" if raw == "SA" and category in {"Mn", "Mc"} else _RESOLVED.get(raw, raw)
        name = "AL" if name == "SA" else name
        if name == "QU":
            name += _QUOTES.get(category, ".n")
        elif category == "Cn" and pictographic(char):
            name += ".x"
        name += _SINGLES.get(point, "")
        if unicodedata.east_asian_width(char) in {"F", "W", "H"}:
            name += "/E"
        names.append(name)
    return names


def module_text() -> str:
    """Return the source text of the table module."""
    names = class_names()
    classes = sorted(set(names))
    starts = [point for point in range(CODE_POINTS) if not point or names[point] != names[point - 1]]
    codes = [str(classes.index(names[point])) for point in starts]
    return "\n".join(
        [
            _HEADER,
            _constant("CLASSES", " ".join(classes), "Class names; the index of a name is its code."),
            _constant("STARTS", " ".join(f"{point:X}" for point in starts), "First code points of the runs."),
            _constant("CODES", " ".join(codes), "Their codes."),
        ]
    )


def _constant(name: str, words: str, comment: str) -> str:
    lines = "\n".join(textwrap.wrap(words, width=108))
    return f'# {comment}\n{name} = """\n{lines}\n"""\n'


if __name__ == "__main__":
    sys.stdout.write(module_text())
