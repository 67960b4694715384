"""Find web addresses in running text and the places where they may break.

The rule follows Typst's: after a symbol and between letters and digits, never beside an opening
bracket; a long piece may break anywhere. Unlike there, no break comes before a symbol that follows a
letter or digit (a solidus does not start a Chinese line), and none inside the `://`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from layout.text.punctuation import PENALTIES

LONG_PIECE = 16  # from this many characters without a break on, a piece may break anywhere

_ADDRESS = re.compile(
    r"""(?<![A-Za-z0-9])                    # not inside a word
        (?: [A-Za-z][A-Za-z0-9+.\-]*://     # any scheme
          | [Ww]{3}\.
          | [A-Za-z0-9._%+\-]+@(?=[A-Za-z0-9\-]+\.)           # mail
          | (?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,}(?![A-Za-z0-9])  # a bare name: at least one dot, ends in letters
        )
        [A-Za-z0-9\-._~:/?\#\[\]@!$&'()*+,;=%]*""",
    re.VERBOSE,
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")
_PAUSES = frozenset(".,;:!?'*")  # at the end they belong to the sentence
_BRACKETS = {")": "(", "]": "["}


class Address(NamedTuple):
    """A web address at text[start:end], with the penalties of its inner break positions."""

    start: int
    end: int
    breaks: dict[int, int]


def addresses(text: str) -> list[Address]:
    """Return the addresses of a text in order: with a scheme, beginning with `www.`, bare names, and mail."""
    if "." not in text and "://" not in text:
        return []
    found = []
    for match in _ADDRESS.finditer(text):
        end = match.start() + _length(match.group())
        scheme = _SCHEME.match(text, match.start(), end)
        breaks = {scheme.end(): PENALTIES["address"]} if scheme and scheme.end() < end else {}
        body = scheme.end() if scheme else match.start()
        found.append(Address(match.start(), end, breaks | _breaks(text, body, end)))
    return found


def _length(address: str) -> int:
    """Return the length without the punctuation of the sentence around it."""
    end = len(address)
    while end:
        last = address[end - 1]
        stray = last in _BRACKETS and address.count(_BRACKETS[last], 0, end) < address.count(last, 0, end)
        if last not in _PAUSES and not stray:
            break
        end -= 1
    return end


def _breaks(text: str, start: int, end: int) -> dict[int, int]:
    named = {at: _kind_of_break(text[at - 1], text[at]) for at in range(start + 1, end)}
    breaks = {at: PENALTIES[name] for at, name in named.items() if name}
    for piece, stop in pairwise((start, *breaks, end)):
        if stop - piece >= LONG_PIECE:
            breaks |= dict.fromkeys(range(piece + 1, stop), PENALTIES["address_inside"])
    return breaks


def _kind_of_break(before: str, after: str) -> str:
    if before in "([" or after in "([":
        return ""
    if not before.isalnum():
        return "address"
    if after.isalnum() and before.isdigit() != after.isdigit():
        return "address_digit"
    return ""
