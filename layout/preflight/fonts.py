"""Rules about fonts that pages use: embedded, with the program's own widths, readable back, allowed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pikepdf

from layout.preflight.fontprograms import (
    BITMAP_ONLY,
    RESTRICTED,
    USAGE,
    Program,
    UnreadableError,
    program_of,
    read_program,
)
from layout.preflight.rules import LIMITS
from layout.preflight.typefaces import IDENTITY

if TYPE_CHECKING:
    from layout.preflight.report import Findings
    from layout.preflight.typefaces import Typeface

NAMED_ENCODINGS: Final = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding", "/MacExpertEncoding"})
"""Encodings that text can be read back by without a map."""

SPACE: Final = 32
"""A simple font's space is often left out of its program; it would be empty anyway."""

_BLOCK: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CHAR: Final = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<[0-9A-Fa-f\s]*>|\[.*?\])", re.DOTALL)


def check_font(face: Typeface, findings: Findings) -> None:
    """Hold a font that is used to its rules; findings stand where it was first seen."""
    sheet, box, name = face.sheet, face.box, face.name
    if "courier" in name.lower():
        findings.add("W746", sheet, box, font=name)
    if face.obj.get("/Subtype") == "/Type3":
        findings.add("W744", sheet, box, font=name)
        return
    _encoding(face, findings)
    _readable(face, findings)
    if program_of(face) is None:
        findings.add("E741", sheet, box, font=name)
        return
    try:
        program = read_program(face)
        if program is not None:
            _program(face, program, findings)
    except UnreadableError as problem:
        findings.add("E749", sheet, box, font=name, problem=problem)


def _encoding(face: Typeface, findings: Findings) -> None:
    if not face.composite:
        return
    inner = face.descendant
    problems: list[tuple[str, str]] = []
    encoding = face.obj.get("/Encoding")
    if not isinstance(encoding, pikepdf.Stream) and encoding not in IDENTITY:
        word = str(encoding).lstrip("/")
        problems.append((f"its encoding {word} is not in the file", f"编码 {word} 不在文件内"))
    stated = inner.get("/CIDToGIDMap")
    mapped = isinstance(stated, pikepdf.Stream) or stated == "/Identity"
    if inner.get("/Subtype") == "/CIDFontType2" and not mapped:
        problems.append(("it has no CIDToGIDMap", "缺少 CIDToGIDMap"))
    for problem, problem_zh in problems:
        findings.add("E743", face.sheet, face.box, font=face.name, problem=problem, problem_zh=problem_zh)


def _readable(face: Typeface, findings: Findings) -> None:
    stated = face.obj.get("/ToUnicode")
    if isinstance(stated, pikepdf.Stream):
        missing = face.codes - mapped_codes(stated.read_bytes())
    elif face.composite or face.obj.get("/Encoding") is None:
        missing = face.codes
    else:
        return
    if missing:
        findings.add("W747", face.sheet, face.box, font=face.name, count=len(missing))


def mapped_codes(cmap: bytes) -> set[int]:
    """Return the codes for which a ToUnicode map has a character."""
    found: set[int] = set()
    for block in _BLOCK.finditer(cmap):
        if block[1] == b"bfchar":
            found.update(_code(code) for code, text in _CHAR.findall(block[2]) if text.strip())
            continue
        for first, last in _RANGE.findall(block[2]):
            found.update(range(_code(first), min(_code(last), _code(first) + 0xFFFF) + 1))
    return found


def _code(digits: bytes) -> int:
    return int(re.sub(rb"\s", b"", digits) or b"0", 16)


def _program(face: Typeface, program: Program, findings: Findings) -> None:
    sheet, box, name = face.sheet, face.box, face.name
    if program.bits is not None and (program.bits & USAGE == RESTRICTED or program.bits & BITMAP_ONLY):
        findings.add("E748", sheet, box, font=name, bits=program.bits)
    glyphs = {code: program.glyph(code) for code in sorted(face.codes)}
    missing = [code for code, gid in glyphs.items() if not gid and not (code == SPACE and not face.composite)]
    if missing:
        findings.add("E745", sheet, box, font=name, count=len(missing))
    wrong: list[tuple[int, float, float]] = []
    for code, gid in glyphs.items():
        try:
            real = program.width(gid)
        except Exception as problem:  # fontTools again
            raise UnreadableError(str(problem)) from problem
        if gid and abs(real - face.width(code)) > LIMITS.width_tolerance:
            wrong.append((code, face.width(code), real))
    if wrong:
        number, stated, real = wrong[0]
        values = {"number": number, "stated": f"{stated:g}", "real": f"{real:g}"}
        findings.add("E742", sheet, box, font=name, count=len(wrong), **values)
