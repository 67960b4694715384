"""Class the characters of Chinese text, and tailor its line breaks.

The marks and levels are tables of `layout.text.punctuation`. Line breaking tailors in the way the
Unicode annex means it: characters get other line-breaking classes by region, level and context, the
untailored rules of `layout.text.uax14` run over them, and then the table of prohibitions, the rules
for numbers and addresses, and the protected names have their say.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from layout.text import punctuation as marks
from layout.text import uax14
from layout.text.address import addresses
from layout.text.punctuation import (
    BLANKS,
    FIXED_EM,
    FIXED_EM_VERTICAL,
    HALF_EM,
    MANDATORY,
    NOT_AT_END,
    NOT_AT_START,
    PENALTIES,
    CharClass,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "BLANKS",
    "FIXED_EM",
    "FIXED_EM_VERTICAL",
    "HALF_EM",
    "MANDATORY",
    "NOT_AT_END",
    "NOT_AT_START",
    "PENALTIES",
    "CharClass",
    "blanks",
    "char_class",
    "char_classes",
    "chinese_quotes",
    "tailored",
]


# --- classes ---------------------------------------------------------------------------------------

_WIDE = frozenset(code for code, name in enumerate(uax14.CLASSES) if name.endswith("/E"))
_NUMERALS = uax14.class_set("NU")


class _Classes(dict[str, CharClass]):
    """Classes of the characters of one region met so far."""

    def __init__(self, region: str) -> None:
        _check(region, marks.REGIONS, "region")
        super().__init__({**marks.CLASS_OF_MARK, **marks.CLASS_IN_REGION.get(region, {})})
        self._symbols = marks.FULL_EM_SYMBOLS if region in marks.HAN_REGIONS else ()

    def __missing__(self, char: str) -> CharClass:
        (code,) = uax14.line_classes(char)
        if code in _WIDE or any(first <= char <= last for first, last in self._symbols):
            kind = CharClass.HAN
        elif code in _NUMERALS:
            kind = CharClass.DIGIT
        elif char.isspace():
            kind = CharClass.SPACE
        else:
            kind = CharClass.LATIN if char.isalpha() else CharClass.OTHER
        self[char] = kind
        return kind


_classes_of = cache(_Classes)


def _check(value: str, known: tuple[str, ...], noun: str) -> None:
    if value not in known:
        message = f"unknown {noun} {value!r}: one of {', '.join(known)}"
        raise ValueError(message)


def char_class(char: str, region: str) -> CharClass:
    """Return the class of a character in a region.

    Curly quotes are classed as marks of a full em; `chinese_quotes` tells which ones of a text are.
    A single — is classed like one half of the pair.

    Raises:
        ValueError: the region is not one of `punctuation.REGIONS`.
    """
    return _classes_of(region)[char]


@lru_cache(maxsize=16)
def char_classes(text: str, region: str) -> bytes:
    """Return the values of `char_class` for a whole text; of the latest texts they are kept."""
    return bytes(map(_classes_of(region).__getitem__, text))


# --- blanks ----------------------------------------------------------------------------------------


def blanks(char: str, region: str, *, vertical: bool = False) -> tuple[int, int]:
    """Return the blank before and after a full-width mark, in thousandths of the em.

    It is what may be taken from a glyph one em wide; a mark that is fixed on its em has none. Whether
    a mark of `HALF_EM` or a curly quote has a full-width glyph is for the font to say.

    Raises:
        ValueError: the region is not one of `punctuation.REGIONS`.
    """
    kind = char_class(char, region)
    fixed = FIXED_EM_VERTICAL if vertical else FIXED_EM
    return (0, 0) if char in fixed[region] else BLANKS[region][kind]


# --- quotes ----------------------------------------------------------------------------------------

_QUOTE = re.compile("[“”‘’]")
_PARTNER = {"”": "“", "’": "‘"}
_WORDS = frozenset({CharClass.HAN, CharClass.LATIN, CharClass.DIGIT})
_WESTERN = frozenset({CharClass.LATIN, CharClass.DIGIT})


@lru_cache(maxsize=16)
def chinese_quotes(text: str, region: str) -> frozenset[int]:
    """Return the places of the curly quotes that are Chinese marks.

    A quote is Chinese when the nearest Han character, letter or digit on either side is Han, or when
    neither is a letter; a pair is Chinese when one of the two is. An apostrophe never is.

    Raises:
        ValueError: the region is not one of `punctuation.REGIONS`.
    """
    _check(region, marks.REGIONS, "region")
    if region not in marks.HAN_REGIONS or not _QUOTE.search(text):
        return frozenset()
    kinds = char_classes(text, region)
    chinese: set[int] = set()
    unclosed: list[int] = []
    for match in _QUOTE.finditer(text):
        at, quote = match.start(), match.group()
        if quote == "’" and _between_western(kinds, at):
            continue
        sides = {_nearest(kinds, at, -1), _nearest(kinds, at, 1)}
        if CharClass.HAN in sides or CharClass.LATIN not in sides:
            chinese.add(at)
        if quote in marks.QUOTES_OPEN:
            unclosed.append(at)
            continue
        partner = next((place for place in reversed(unclosed) if text[place] == _PARTNER[quote]), None)
        if partner is not None:
            del unclosed[unclosed.index(partner) :]
            if chinese & {at, partner}:
                chinese |= {at, partner}
    return frozenset(chinese)


def _between_western(kinds: bytes, at: int) -> bool:
    return 0 < at < len(kinds) - 1 and kinds[at - 1] in _WESTERN and kinds[at + 1] in _WESTERN


def _nearest(kinds: bytes, at: int, step: int) -> int | None:
    at += step
    while 0 <= at < len(kinds):
        if kinds[at] in _WORDS:
            return kinds[at]
        at += step
    return None


# --- line breaks -----------------------------------------------------------------------------------

_IDEOGRAPH, _MARK, _NOT_FIRST = (uax14.CODES[name] for name in ("ID/E", "CM", "NS"))
_PAIRS = tuple(sorted(unit for unit in marks.DASH_UNITS | marks.ELLIPSIS_UNITS if len(unit) > 1))
_UNITS = marks.DASH_UNITS | marks.ELLIPSIS_UNITS

# Marks that Latin text shares: between two letters or digits they keep the class of the annex.
_LATIN_TOO = frozenset("·-–/")

# What the annex takes for letters, symbols or neutral quotes, and Chinese does not.
_CHINESE_CLASSES = {
    **dict.fromkeys(marks.INTERPUNCTS | frozenset("～／—+"), _NOT_FIRST),
    **dict.fromkeys(marks.QUOTES_OPEN, uax14.CODES["OP/E"]),
    **dict.fromkeys(marks.QUOTES_CLOSE, uax14.CODES["CL/E"]),
    **dict.fromkeys(marks.SUPERSCRIPTS, _MARK),
    **dict.fromkeys(_UNITS, _IDEOGRAPH),
    **{
        char: _IDEOGRAPH
        for first, last in marks.FULL_EM_SYMBOLS
        for char in map(chr, range(ord(first), ord(last) + 1))
        if uax14.line_classes(char)[0] == uax14.CODES["AL"]
    },
}

_SLOTS = {uax14.NO_BREAK: None, uax14.BREAK: 0, uax14.MUST_BREAK: MANDATORY}

_AFTER = {
    **dict.fromkeys(marks.CONNECTORS, "connector"),
    **dict.fromkeys(marks.INTERPUNCTS, "interpunct"),
    **dict.fromkeys(marks.SOLIDI, "solidus"),
}
_BEFORE = {**dict.fromkeys(marks.DASH_UNITS, "dash"), **dict.fromkeys(marks.ELLIPSIS_UNITS, "ellipsis")}
_WORD_SOLIDUS = re.compile("(?<=[A-Za-z]{3})/(?=[A-Za-z]{3})")  # km/h and TCP/IP stay whole

_DIGIT = "[0-9０-９]"
_ANY_DIGIT = re.compile(_DIGIT)
_NUMBER = re.compile(
    rf"[\-－{''.join(sorted(marks.PREFIXES))}]{{0,2}}"
    rf"(?:(?<![0-9])[0-9]{{1,3}}(?:[ \u00a0\u2009\u202f][0-9]{{3}})+(?![0-9])"
    rf"|{_DIGIT}+(?:[.．,:：∶·/／]{_DIGIT}+)*)"
    rf"[{''.join(sorted(marks.POSTFIXES))}]{{0,2}}"
)
_RANGE = re.compile(rf"{_NUMBER.pattern}(?:[-－–—~～〜]{_NUMBER.pattern})*")
_COUNTED = re.compile(
    rf"{_DIGIT}(?!{_DIGIT})([余多]?[十百千万亿]{{0,4}}[余多]?(?:{'|'.join(marks.UNIT_WORDS)})?)"
)

_Edit = tuple[int, int | None]  # a position, and a penalty or None to forbid


class _Tailoring(NamedTuple):
    """What one region and level ask for."""

    codes: dict[str, int]
    unit: re.Pattern[str]
    not_at_start: frozenset[str]
    not_at_end: frozenset[str]


@cache
def _tailoring(region: str, level: str) -> _Tailoring:
    _check(level, marks.LEVELS, "level")
    starts, ends = NOT_AT_START[level], NOT_AT_END[level]
    governed = NOT_AT_START["strict"] | NOT_AT_END["strict"]
    if region == "ja":
        starts, ends = starts | marks.JAPANESE_NOT_AT_START[level], ends | marks.JAPANESE_NOT_AT_END[level]
        governed |= marks.JAPANESE_NOT_AT_START["strict"] | marks.JAPANESE_NOT_AT_END["strict"]
    freed = governed - _UNITS - starts - ends
    codes = _CHINESE_CLASSES | dict.fromkeys(freed, _IDEOGRAPH)
    chars = "".join(sorted({unit[0] for unit in governed | set(codes)}))
    second = "|".join(f"(?<={pair[0]}){pair[1]}" for pair in _PAIRS)
    return _Tailoring(codes, re.compile(f"[{re.escape(chars)}](?:{second})?"), starts, ends)


def tailored(
    text: str, region: str, level: str, no_break: tuple[tuple[int, int], ...] = ()
) -> tuple[int | None, ...]:
    """Return what a break costs before every character, and after the last.

    Value i, for i from 0 to len(text), stands for the position before text[i]: None forbids a break,
    0 or more is its penalty, `MANDATORY` demands it (after a newline, and at the end of the text).
    `no_break` holds the spans (start, end) of protected names; a break inside one costs the more.
    Region en takes the rules of numbers, names and addresses alone.

    Raises:
        ValueError: the region or the level is unknown.
    """
    _check(region, marks.REGIONS, "region")
    rules = _tailoring(region, level)
    codes = uax14.line_classes(text)
    edits: list[_Edit] = []
    if region in marks.HAN_REGIONS:
        units = list(_chinese_units(text, region, rules))
        codes = _chinese_codes(codes, units, rules)
        edits += _prohibited(units, rules)
        edits += _weighed(text, region)
    slots: list[int | None] = list(map(_SLOTS.__getitem__, uax14.resolve(codes)))
    _apply(slots, edits)
    _apply(slots, _inside_numbers(text))
    for address in addresses(text):
        slots[address.start + 1 : address.end] = map(
            address.breaks.get, range(address.start + 1, address.end)
        )
    _apply(slots, ((at, PENALTIES["name"]) for start, end in no_break for at in range(start + 1, end)))
    return tuple(slots)


def _apply(slots: list[int | None], edits: Iterable[_Edit]) -> None:
    for at, penalty in edits:
        old = slots[at]
        if old is not None and old != MANDATORY:
            slots[at] = None if penalty is None else max(old, penalty)


def _chinese_units(text: str, region: str, rules: _Tailoring) -> Iterator[tuple[int, str]]:
    """Yield the marks of a text that are Chinese in their context, 2-em pairs as one."""
    kinds = char_classes(text, region)
    quotes = chinese_quotes(text, region)
    for match in rules.unit.finditer(text):
        at, unit = match.start(), match.group()
        if unit in _PARTNER or unit in marks.QUOTES_OPEN:
            chinese = at in quotes
        elif unit == "+":
            chinese = kinds[at + 1 : at + 2] == bytes((CharClass.HAN,))
        else:
            chinese = unit not in _LATIN_TOO or not _between_western(kinds, at)
        if chinese:
            yield at, unit


def _chinese_codes(codes: bytes, units: list[tuple[int, str]], rules: _Tailoring) -> bytes:
    """Return the line-breaking classes with those of the Chinese marks put in."""
    edited = bytearray(codes)
    for at, unit in units:
        edited[at] = rules.codes.get(unit, edited[at])
        if len(unit) > 1:
            edited[at + 1] = _MARK  # a pair is one cluster
    return bytes(edited)


def _prohibited(units: list[tuple[int, str]], rules: _Tailoring) -> Iterator[_Edit]:
    for at, unit in units:
        # A hyphen after a space is a sign; elsewhere LB21 holds it.
        if unit in rules.not_at_start and unit != "-":
            yield at, None
        if unit in rules.not_at_end:
            yield at + len(unit), None
        if unit in _BEFORE:
            yield at, PENALTIES[_BEFORE[unit]]


_JOINT = re.compile(f"[{re.escape(''.join(sorted(_AFTER)))}]")


def _weighed(text: str, region: str) -> Iterator[_Edit]:
    """Yield the penalties after connectors and between numbers and their Han units."""
    kinds = char_classes(text, region)
    for match in _JOINT.finditer(text):
        at = match.start()
        if text[at] == "—" and "—" in (text[at - 1 : at], text[at + 1 : at + 2]):
            continue  # a dash is no connector
        whole = text[at] == "/" and _between_western(kinds, at) and not _WORD_SOLIDUS.match(text, at)
        yield at + 1, None if whole else PENALTIES[_AFTER[text[at]]]
    for match in _COUNTED.finditer(text):
        for at in range(match.start(1), match.end()):
            yield at, PENALTIES["unit"]


def _inside_numbers(text: str) -> Iterator[_Edit]:
    if not _ANY_DIGIT.search(text):
        return
    for found in _RANGE.finditer(text):
        whole = sum(map(str.isdigit, found.group())) <= marks.RANGE_DIGITS
        spans = [found.span()] if whole else [match.span() for match in _NUMBER.finditer(text, *found.span())]
        for start, end in spans:
            for at in range(start + 1, end):
                yield at, None
