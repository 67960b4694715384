"""Draw the picture that stands in for one the extractor did not bring: plainly marked, never to be printed.

Written as PNG by hand, so that the same name gives the same bytes without a font or a picture library.
"""

from __future__ import annotations

import struct
import zlib
from types import MappingProxyType

SIZE = (1800, 1200)
MARGIN = 40
GROUND = 178
SHADE = 44
FRAME = 96
INK = 40
HAN_DOT = 16
LATIN_DOT = 12
LETTER_GAP = 2

# 图片待补 on a grid of 20 dots, one number a row.
_HAN = (
    (
        "00000 3fffc 20804 21804 23fe4 270c4 2d984 20f04 21f84 278f4 "
        "2c834 20f04 20184 23c04 20fc4 200c4 20004 3fffc 20004 00000"
    ),
    (
        "00100 08100 08100 08100 08100 08100 0fffc 0fffc 08000 08000 "
        "18000 1ffe0 1ffe0 18060 18060 30060 30060 60060 60060 00020"
    ),
    (
        "00080 0c0c0 180c0 30ffc 600c0 440c0 0c0c0 0bffe 18018 38010 "
        "78010 49ffe 08018 08410 08610 08210 08310 08010 080f0 00000"
    ),
    (
        "00080 08080 0c080 04080 7f880 03880 030c0 020e0 064f8 0ec9c "
        "1f88e 3f086 75880 44c80 04080 04080 04080 04080 04080 04080"
    ),
)
_HAN_WIDTH = 20
# Letters and figures on 5 × 7 dots, one hexadecimal pair a row.
_LATIN = MappingProxyType(
    {
        "0": "0e11131519110e",
        "1": "040c040404040e",
        "2": "0e11010204081f",
        "3": "1f02040201110e",
        "4": "02060a121f0202",
        "5": "1f101e0101110e",
        "6": "0608101e11110e",
        "7": "1f010204080808",
        "8": "0e11110e11110e",
        "9": "0e11110f01020c",
        "A": "0e11111f111111",
        "B": "1e11111e11111e",
        "C": "0e11101010110e",
        "D": "1c12111111121c",
        "E": "1f10101e10101f",
        "F": "1f10101e101010",
        "G": "0e11101711110f",
        "H": "1111111f111111",
        "I": "0e04040404040e",
        "J": "0702020202120c",
        "K": "11121418141211",
        "L": "1010101010101f",
        "M": "111b1515111111",
        "N": "11111915131111",
        "O": "0e11111111110e",
        "P": "1e11111e101010",
        "Q": "0e11111115120d",
        "R": "1e11111e141211",
        "S": "0f10100e01011e",
        "T": "1f040404040404",
        "U": "1111111111110e",
        "V": "11111111110a04",
        "W": "1111111515150a",
        "X": "11110a040a1111",
        "Y": "1111110a040404",
        "Z": "1f01020408101f",
        "-": "0000001f000000",
        "_": "0000000000001f",
        " ": "00000000000000",
    }
)
_LATIN_WIDTH = 5
_UNKNOWN = "1f11111111111f"


def placeholder_png(name: str) -> bytes:
    """Return a grey PNG of 1800 × 1200 pixels that says 图片待补, PICTURE MISSING and `name`."""
    width, height = SIZE
    rows = [bytearray(_tone(x, y) for x in range(width)) for y in range(height)]
    _frame(rows)
    _write(rows, [_dots(glyph.split(), _HAN_WIDTH) for glyph in _HAN], top=250, dot=HAN_DOT)
    _write(rows, _latin("PICTURE MISSING"), top=690, dot=LATIN_DOT)
    _write(rows, _latin(name.upper()), top=860, dot=LATIN_DOT)
    return _png(rows)


def _tone(x: int, y: int) -> int:
    """Return the ground's grey: lighter towards the upper left, so that crops can be told apart."""
    return GROUND - SHADE * (x + y) // sum(SIZE)


def _frame(rows: list[bytearray]) -> None:
    width, height = SIZE
    for y in range(MARGIN, height - MARGIN):
        for x in range(MARGIN, width - MARGIN):
            if min(x - MARGIN, width - MARGIN - 1 - x, y - MARGIN, height - MARGIN - 1 - y) < MARGIN // 4:
                rows[y][x] = FRAME


def _dots(numbers: list[str], width: int) -> list[list[bool]]:
    return [[bool(int(number, 16) >> (width - 1 - at) & 1) for at in range(width)] for number in numbers]


def _latin(text: str) -> list[list[list[bool]]]:
    codes = (_LATIN.get(letter, _UNKNOWN) for letter in text)
    return [_dots([code[at : at + 2] for at in range(0, len(code), 2)], _LATIN_WIDTH) for code in codes]


def _write(rows: list[bytearray], glyphs: list[list[list[bool]]], *, top: int, dot: int) -> None:
    """Put one line of glyphs in the middle, `dot` pixels a dot, smaller where it would not fit."""
    dots = sum(len(glyph[0]) + LETTER_GAP for glyph in glyphs) - LETTER_GAP
    dot = max(1, min(dot, (SIZE[0] - 4 * MARGIN) // dots))
    left = (SIZE[0] - dots * dot) // 2
    for glyph in glyphs:
        for down, line in enumerate(glyph):
            for along, black in enumerate(line):
                if black:
                    start = left + along * dot
                    for y in range(top + down * dot, top + (down + 1) * dot):
                        rows[y][start : start + dot] = bytes([INK]) * dot
        left += (len(glyph[0]) + LETTER_GAP) * dot


def _png(rows: list[bytearray]) -> bytes:
    """Return the rows as an 8-bit grey PNG (RFC 2083)."""
    header = struct.pack(">IIBBBBB", SIZE[0], SIZE[1], 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
