"""As much of the Compact Font Format (Adobe Technical Note 5176) as embedding needs: which CID each glyph has.

A PDF finds a CID-keyed glyph by its CID, while page content carries glyph ids. Where a face numbers its CIDs
otherwise than its glyphs, `renumber` writes another charset at the end of the table and points the font at it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHARSET: Final = 15
CHARSTRINGS: Final = 17
ROS: Final = 0x0C1E
CID_COUNT: Final = 0x0C22
"""Operators of the top dictionary (TN 5176, tables 9 and 10); two-byte operators as 0x0C00 + second byte."""

PREDEFINED_CHARSETS: Final = 3
"""Charset offsets below this name one of the built-in charsets."""


@dataclass(frozen=True, slots=True)
class Operand:
    """An integer operand of the top dictionary: its value, and where it stands in the table."""

    value: int
    start: int
    end: int


def is_cid_keyed(cff: bytes) -> bool:
    """Return whether the font's glyphs are known by CID rather than by name."""
    return ROS in _top(cff)


def cids(cff: bytes) -> tuple[int, ...]:
    """Return the CID of every glyph of a CID-keyed font, by glyph id.

    Raises:
        ValueError: the charset is of no known format.
    """
    top = _top(cff)
    count = _index(cff, top[CHARSTRINGS][0].value)[0]
    charset = top.get(CHARSET)
    offset = charset[0].value if charset else 0
    if offset < PREDEFINED_CHARSETS:
        return tuple(range(count))
    found = [0]
    form, at = cff[offset], offset + 1
    if form == 0:
        found.extend(struct.unpack_from(f">{count - 1}H", cff, at))
        return tuple(found)
    if form not in (1, 2):
        message = f"charset format {form}"
        raise ValueError(message)
    layout, size = (">HB", 3) if form == 1 else (">HH", 4)
    while len(found) < count:
        first, left = struct.unpack_from(layout, cff, at)
        found.extend(range(first, first + left + 1))
        at += size
    return tuple(found[:count])


def renumber(cff: bytes, numbers: Sequence[int]) -> bytes:
    """Return a CID-keyed font whose glyphs have the CIDs `numbers`, the first of them 0.

    Raises:
        ValueError: the offset of the charset is not written in the five bytes that leave room for another one.
    """
    charset = _top(cff)[CHARSET][0]
    if charset.end - charset.start != 5 or cff[charset.start] != 29:
        message = "the charset's offset has no room"
        raise ValueError(message)
    made = bytearray(cff)
    struct.pack_into(">i", made, charset.start + 1, len(cff))
    made += b"\x00" + struct.pack(f">{len(numbers) - 1}H", *numbers[1:])
    return bytes(made)


def _index(cff: bytes, at: int) -> tuple[int, int, int]:
    """Return (number of objects, offset of the first object's data, end of the index)."""
    (count,) = struct.unpack_from(">H", cff, at)
    if not count:
        return 0, at + 2, at + 2
    size = cff[at + 2]
    last = at + 3 + count * size
    data = last + size
    return count, data, data + int.from_bytes(cff[last : last + size], "big") - 1


def _top(cff: bytes) -> dict[int, list[Operand]]:
    """Return operator → integer operands of the first font's top dictionary."""
    _, _, names_end = _index(cff, cff[2])
    count, data, _ = _index(cff, names_end)
    size = cff[names_end + 2]
    second = names_end + 3 + size
    length = int.from_bytes(cff[second : second + size], "big") - 1 if count else 0
    return dict(_entries(cff, data, data + length))


def _entries(cff: bytes, at: int, end: int) -> Iterator[tuple[int, list[Operand]]]:
    operands: list[Operand] = []
    while at < end:
        byte = cff[at]
        if byte <= 21:
            wide = byte == 12
            yield (0x0C00 | cff[at + 1] if wide else byte), operands
            operands = []
            at += 2 if wide else 1
            continue
        value, after = _number(cff, at)
        operands.append(Operand(value, at, after))
        at = after


def _number(cff: bytes, at: int) -> tuple[int, int]:
    """Return an operand (a real one as 0) and the offset after it (TN 5176, tables 3 and 5)."""
    byte = cff[at]
    if byte == 28:
        return struct.unpack_from(">h", cff, at + 1)[0], at + 3
    if byte == 29:
        return struct.unpack_from(">i", cff, at + 1)[0], at + 5
    if byte == 30:
        after = at + 1
        while cff[after] & 0x0F != 0x0F and cff[after] >> 4 != 0x0F:
            after += 1
        return 0, after + 1
    if byte < 247:
        return byte - 139, at + 1
    if byte < 251:
        return (byte - 247) * 256 + cff[at + 1] + 108, at + 2
    return -(byte - 251) * 256 - cff[at + 1] - 108, at + 2
