"""Find the line-break opportunities of the Unicode standard, untailored.

Source: UAX #14 of Unicode 16, rules LB1 to LB31. Every rule is a row of `RULES`, in the order of the
annex; a row says what happens between a character of one set and the next character of another. Most
pairs of classes meet a row without a condition first and so get a fixed verdict; the others get the
short list of conditions to ask. Both are worked out once for each pair that occurs.

A tailoring gives characters other classes and calls `resolve`; it never edits the rules.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from layout.text import _uax14_table as table

if TYPE_CHECKING:
    from collections.abc import Callable

    _Condition = Callable[[bytes, int], bool]
    _Chain = tuple[tuple[tuple[_Condition, int], ...], int]

UNICODE_VERSION = table.UNICODE_VERSION

NO_BREAK, BREAK, MUST_BREAK = 0, 1, 2  # values of a verdict

# Class names by code. The suffixes are told in tests/tools/build_uax14_table.py.
CLASSES: tuple[str, ...] = tuple(table.CLASSES.split())
CODES: dict[str, int] = {name: code for code, name in enumerate(CLASSES)}

_STARTS = [int(word, 16) for word in table.STARTS.split()]
_RUNS = [int(word) for word in table.CODES.split()]


class _CodeOfChar(dict[str, int]):
    """Class codes of the characters met so far."""

    def __missing__(self, char: str) -> int:
        code = self[char] = _RUNS[bisect_right(_STARTS, ord(char)) - 1]
        return code


_code_of_char = _CodeOfChar()


def line_classes(text: str) -> bytes:
    """Return the class code of every character: after LB1, before LB9 and LB10.

    A code is an index into `CLASSES`.
    """
    return bytes(map(_code_of_char.__getitem__, text))


def opportunities(text: str) -> bytes:
    """Return what may happen before every character, and after the last.

    Value i, for i from 0 to len(text), stands for the position before text[i]: 0 no break (always so
    at 0), 1 a break is allowed, 2 a break is mandatory (always so at the end of a non-empty text).
    """
    return resolve(line_classes(text))


def resolve(codes: bytes) -> bytes:
    """Return the opportunities of a text given by class codes: rules LB2 to LB31.

    The result is as for `opportunities`.
    """
    if not codes:
        return bytes(1)  # LB2 before LB3: an empty text has no line to end
    if not _ANY_MARK.search(codes):
        return bytes((NO_BREAK, *_inner(codes), MUST_BREAK))
    bases, places = _attach_marks(codes)
    result = bytearray(len(codes) + 1)
    for place, verdict in zip(places[1:], _inner(bases), strict=True):
        result[place] = verdict
    for match in _JOINER.finditer(codes):  # LB8a
        result[match.end()] = NO_BREAK
    result[0], result[-1] = NO_BREAK, MUST_BREAK
    return bytes(result)


@cache
def class_set(spec: str) -> frozenset[int]:
    """Return the codes of the classes that a specification names.

    Names are separated by spaces. `OP` stands for all its variants, `QU.i` for one; `*` is any class,
    `!` in front takes the complement of the whole, and a name with `-E` leaves out East Asian width.
    """
    if spec.startswith("!"):
        return frozenset(range(len(CLASSES))) - class_set(spec[1:])
    return frozenset(code for code, name in enumerate(CLASSES) for word in spec.split() if _names(word, name))


def _names(word: str, name: str) -> bool:
    if word.endswith("-E"):
        return not name.endswith("/E") and _names(word[:-2], name)
    plain = name.removesuffix("/E")
    return word in {"*", plain, plain.partition(".")[0]}


# --- marks (LB9, LB10) -----------------------------------------------------------------------------

_MARKS = class_set("CM ZWJ")
_NO_BASE = class_set("BK CR LF NL SP ZW")
_ANY_MARK = re.compile(b"[%s]" % re.escape(bytes(sorted(_MARKS))))
_JOINER = re.compile(re.escape(bytes((CODES["ZWJ"],))))


def _attach_marks(codes: bytes) -> tuple[bytes, list[int]]:
    """Drop the marks that follow a base; return the classes left and their places."""
    bases = bytearray()
    places: list[int] = []
    for place, code in enumerate(codes):
        if code not in _MARKS:
            bases.append(code)
        elif not bases or bases[-1] in _NO_BASE:
            bases.append(CODES["AL"])
        else:
            continue
        places.append(place)
    return bytes(bases), places


# --- conditions ------------------------------------------------------------------------------------
# Each is asked of the position between codes[i - 1] and codes[i].

_SPACE = CODES["SP"]
_REGIONAL = bytes((CODES["RI"],))
_NUMERIC_INNER = class_set("SY IS")
_NUMBER = class_set("NU")
_STOP_IN_NUMBER = class_set("IS")
_EAST_ASIAN = class_set("!*-E")
_OPENS_QUOTE = class_set("BK CR LF NL OP QU GL SP ZW")
_CLOSES_QUOTE = class_set("SP GL WJ CL QU CP EX IS SY BK CR LF NL ZW")
_INITIAL_QUOTE = class_set("QU.i")
_BEFORE_WORD = class_set("BK CR LF NL SP ZW CB GL")
_HEBREW = class_set("HL")
_FINAL_VOWEL = class_set("VF")
_VIRAMA_BASE = class_set("AK AL.c AS")


def _before_spaces(codes: bytes, i: int) -> int:
    """Return the index of the last class that is not a space before position i, or -1."""
    while i and codes[i - 1] == _SPACE:
        i -= 1
    return i - 1


def _spaces_after(spec: str) -> _Condition:
    wanted = class_set(spec)

    def condition(codes: bytes, i: int) -> bool:
        at = _before_spaces(codes, i)
        return at >= 0 and codes[at] in wanted

    return condition


def _opening_quote(codes: bytes, i: int) -> bool:
    at = _before_spaces(codes, i)
    return at >= 0 and codes[at] in _INITIAL_QUOTE and (at == 0 or codes[at - 1] in _OPENS_QUOTE)


def _closing_quote(codes: bytes, i: int) -> bool:
    return i + 1 == len(codes) or codes[i + 1] in _CLOSES_QUOTE


def _number_next(codes: bytes, i: int) -> bool:
    return i + 1 < len(codes) and codes[i + 1] in _NUMBER


def _number_in_bracket(codes: bytes, i: int) -> bool:
    return _number_next(codes, i) or (
        i + 1 < len(codes) and codes[i + 1] in _STOP_IN_NUMBER and _number_next(codes, i + 1)
    )


def _after_number(codes: bytes, i: int) -> bool:
    while i and codes[i - 1] in _NUMERIC_INNER:
        i -= 1
    return i > 0 and codes[i - 1] in _NUMBER


def _after_closed_number(codes: bytes, i: int) -> bool:
    return _after_number(codes, i - 1)


def _west_after_quote(codes: bytes, i: int) -> bool:
    return i + 1 == len(codes) or codes[i + 1] not in _EAST_ASIAN


def _west_before_quote(codes: bytes, i: int) -> bool:
    return i == 1 or codes[i - 2] not in _EAST_ASIAN


def _hyphen_opens_word(codes: bytes, i: int) -> bool:
    return i == 1 or codes[i - 2] in _BEFORE_WORD


def _after_hebrew(codes: bytes, i: int) -> bool:
    return i > 1 and codes[i - 2] in _HEBREW


def _vowel_next(codes: bytes, i: int) -> bool:
    return i + 1 < len(codes) and codes[i + 1] in _FINAL_VOWEL


def _after_virama_base(codes: bytes, i: int) -> bool:
    return i > 1 and codes[i - 2] in _VIRAMA_BASE


def _odd_regional(codes: bytes, i: int) -> bool:
    head = codes[:i]
    return (i - len(head.rstrip(_REGIONAL))) % 2 == 1


# --- rules -----------------------------------------------------------------------------------------


class Rule(NamedTuple):
    """A row of the annex: between a class of `left` and one of `right`, if the condition holds."""

    name: str
    left: str
    right: str
    verdict: int
    condition: _Condition | None = None


RULES: tuple[Rule, ...] = (
    Rule("LB4", "BK", "*", MUST_BREAK),
    Rule("LB5", "CR", "LF", NO_BREAK),
    Rule("LB5", "CR LF NL", "*", MUST_BREAK),
    Rule("LB6", "*", "BK CR LF NL", NO_BREAK),
    Rule("LB7", "*", "SP ZW", NO_BREAK),
    Rule("LB8", "ZW", "*", BREAK),
    Rule("LB8", "SP", "*", BREAK, _spaces_after("ZW")),
    Rule("LB11", "*", "WJ", NO_BREAK),
    Rule("LB11", "WJ", "*", NO_BREAK),
    Rule("LB12", "GL", "*", NO_BREAK),
    Rule("LB12a", "!SP BA HY", "GL", NO_BREAK),
    Rule("LB13", "*", "CL CP EX SY", NO_BREAK),
    Rule("LB14", "OP", "*", NO_BREAK),
    Rule("LB14", "SP", "*", NO_BREAK, _spaces_after("OP")),
    Rule("LB15a", "QU.i SP", "*", NO_BREAK, _opening_quote),
    Rule("LB15b", "*", "QU.f", NO_BREAK, _closing_quote),
    Rule("LB15c", "SP", "IS", BREAK, _number_next),
    Rule("LB15d", "*", "IS", NO_BREAK),
    Rule("LB16", "CL CP", "NS", NO_BREAK),
    Rule("LB16", "SP", "NS", NO_BREAK, _spaces_after("CL CP")),
    Rule("LB17", "B2", "B2", NO_BREAK),
    Rule("LB17", "SP", "B2", NO_BREAK, _spaces_after("B2")),
    Rule("LB18", "SP", "*", BREAK),
    Rule("LB19", "*", "QU.f QU.n", NO_BREAK),
    Rule("LB19", "QU.i QU.n", "*", NO_BREAK),
    Rule("LB19a", "*-E", "QU", NO_BREAK),
    Rule("LB19a", "*", "QU", NO_BREAK, _west_after_quote),
    Rule("LB19a", "QU", "*-E", NO_BREAK),
    Rule("LB19a", "QU", "*", NO_BREAK, _west_before_quote),
    Rule("LB20", "*", "CB", BREAK),
    Rule("LB20", "CB", "*", BREAK),
    Rule("LB20a", "HY BA.h", "AL", NO_BREAK, _hyphen_opens_word),
    Rule("LB21", "*", "BA HY NS", NO_BREAK),
    Rule("LB21", "BB", "*", NO_BREAK),
    Rule("LB21a", "HY BA-E", "!HL", NO_BREAK, _after_hebrew),
    Rule("LB21b", "SY", "HL", NO_BREAK),
    Rule("LB22", "*", "IN", NO_BREAK),
    Rule("LB23", "AL HL", "NU", NO_BREAK),
    Rule("LB23", "NU", "AL HL", NO_BREAK),
    Rule("LB23a", "PR", "ID EB EM", NO_BREAK),
    Rule("LB23a", "ID EB EM", "PO", NO_BREAK),
    Rule("LB24", "PR PO", "AL HL", NO_BREAK),
    Rule("LB24", "AL HL", "PR PO", NO_BREAK),
    Rule("LB25", "CL CP", "PO PR", NO_BREAK, _after_closed_number),
    Rule("LB25", "NU SY IS", "PO PR", NO_BREAK, _after_number),
    Rule("LB25", "PO PR", "OP", NO_BREAK, _number_in_bracket),
    Rule("LB25", "PO PR HY IS NU", "NU", NO_BREAK),
    Rule("LB25", "SY", "NU", NO_BREAK, _after_number),
    Rule("LB26", "JL", "JL JV H2 H3", NO_BREAK),
    Rule("LB26", "JV H2", "JV JT", NO_BREAK),
    Rule("LB26", "JT H3", "JT", NO_BREAK),
    Rule("LB27", "JL JV JT H2 H3", "PO", NO_BREAK),
    Rule("LB27", "PR", "JL JV JT H2 H3", NO_BREAK),
    Rule("LB28", "AL HL", "AL HL", NO_BREAK),
    Rule("LB28a", "AP", "AK AL.c AS", NO_BREAK),
    Rule("LB28a", "AK AL.c AS", "VF VI", NO_BREAK),
    Rule("LB28a", "VI", "AK AL.c", NO_BREAK, _after_virama_base),
    Rule("LB28a", "AK AL.c AS", "AK AL.c AS", NO_BREAK, _vowel_next),
    Rule("LB29", "IS", "AL HL", NO_BREAK),
    Rule("LB30", "AL HL NU", "OP-E", NO_BREAK),
    Rule("LB30", "CP-E", "AL HL NU", NO_BREAK),
    Rule("LB30a", "RI", "RI", NO_BREAK, _odd_regional),
    Rule("LB30b", "EB AL.x ID.x", "EM", NO_BREAK),
    Rule("LB31", "*", "*", BREAK),
)

_ROWS = [(class_set(rule.left), class_set(rule.right), rule) for rule in RULES]

# A pair value of 0 to 2 is a verdict; from `_ASK` on, an index into `_chains`: the conditions to ask
# in turn with their verdicts, and the verdict when none of them holds.
_ASK = 3
_chains: list[_Chain] = []


class _Pairs(dict[tuple[int, int], int]):
    """Values of the pairs of classes met so far."""

    def __missing__(self, pair: tuple[int, int]) -> int:
        left, right = pair
        asked: list[tuple[_Condition, int]] = []
        for lefts, rights, rule in _ROWS:
            if left not in lefts or right not in rights:
                continue
            if rule.condition is not None:
                asked.append((rule.condition, rule.verdict))
                continue
            value = self[pair] = _chain_value((tuple(asked), rule.verdict))
            return value
        raise KeyError(pair)  # LB31 takes every pair


def _chain_value(chain: _Chain) -> int:
    asked, verdict = chain
    if not asked:
        return verdict
    if chain not in _chains:
        _chains.append(chain)
    return _ASK + _chains.index(chain)


_pairs = _Pairs()
_UNDECIDED = re.compile(b"[\\x03-\\xff]")


def _inner(codes: bytes) -> bytearray:
    """Return the verdicts between neighbours, for classes without marks."""
    values = bytearray(map(_pairs.__getitem__, pairwise(codes)))
    for match in _UNDECIDED.finditer(bytes(values)):
        at = match.start()
        asked, verdict = _chains[values[at] - _ASK]
        for condition, answer in asked:
            if condition(codes, at + 1):
                verdict = answer
                break
        values[at] = verdict
    return values
