"""Typography cleaning: what typists and word processors leave in Chinese copy, put right and listed.

Each rule finds edits in one paragraph; all of them run until none finds any more, so that cleaning what is clean
changes nothing. That ends, since every edit takes away a sign that no rule makes: a straight quote, a half-width
mark beside Han, a full-width digit, a blank, an invisible character. A rule looks at the run that a sign stands in:
what lies within Latin text, a number, a score, a time or an address is left alone.

The forms are those of GB/T 15834-2011 (marks), GB/T 15835-2011 (numerals) and of the composition itself, which sets
the space between Han and Latin and needs none typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from layout.importers.richtext import Edit, edited

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from layout.importers.manuscript import Item
    from layout.model import Region, RichText

_HAN: Final = r"\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_FULL_MARKS: Final = "、。，；：？！（）《》〈〉【】〔〕「」『』～％￥"
_SHARED_MARKS: Final = "“”‘’—…·"
_CHINESE: Final = re.compile(f"[{_HAN}{_FULL_MARKS}]")
_HAN_CHAR: Final = re.compile(f"[{_HAN}]")
_WESTERN: Final = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]")

_ADDRESS: Final = re.compile(
    r"(?:https?|ftp|mailto)://?[!-~]+|www\.[!-~]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|[A-Za-z]:\\[!-~]*"
)
"""Addresses of the net, of mail and of files; the marks of the sentence at their end are not theirs."""

_SENTENCE_END: Final = ".,;:!?'\")]}"

_INVISIBLE: Final = re.compile("[\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SOFT_HYPHEN: Final = re.compile("\u00ad")
_WIDE_LETTERS: Final = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_WIDE_BETWEEN: Final = re.compile(r"(?<=[０-９])[．：，／](?=[０-９])|(?<=[０-９])％")
_WIDE_STEP: Final = 0xFEE0

_HALF_MARKS: Final = MappingProxyType({",": "，", ";": "；", ":": "：", "!": "！", "?": "？"})
_MARK: Final = re.compile(r"[,;:!?]")
_STOP: Final = re.compile(r"(?<!\.)\.(?!\.)")
_DOTS: Final = re.compile(r"\.{3,}|。{3,}")
_DASHES: Final = re.compile(r"(?<!-)-{2,}(?!-)")
_SENTENCE: Final = re.compile(r"[。！？!?]|(?<!\d)\.\s")
_BRACKETS: Final = re.compile(r"[()]")
_BLANKS: Final = re.compile("[ \t\u00a0\u2002-\u200a\u202f\u205f]+")
_PASSED: Final = frozenset(" \t\u00a0\"'”’)）」』》】")
"""What stands between a mark and the words it belongs to."""

_OPENING: Final = frozenset("“‘「『（《")

_QUOTES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "zh-Hans": MappingProxyType({'"': "“”", "'": "‘’"}),
        "zh-TW": MappingProxyType({'"': "「」", "'": "『』"}),
        "zh-HK": MappingProxyType({'"': "「」", "'": "『』"}),
        "ja": MappingProxyType({'"': "「」", "'": "『』"}),
        "en": MappingProxyType({}),
    }
)
"""Chinese quotation marks by region: outer for the straight double, inner for the straight single."""

_NO_OPENING: Final = frozenset("，。；：？！、,.;:?!)）")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: the rule, what stood there and what stands there now, with a little of the text around."""

    rule: str
    before: str
    after: str
    context: str
    item: int = 0


class _Line:
    """A paragraph as the rules see it: its text, its region, the stretches that belong to an address."""

    def __init__(self, text: str, region: Region) -> None:
        self.text = text
        self.region = region
        self.fixed = [self._bounds(match) for match in _ADDRESS.finditer(text)]

    def _bounds(self, match: re.Match[str]) -> tuple[int, int]:
        kept = match[0]
        while kept and kept[-1] in _SENTENCE_END and not (kept[-1] == ")" and kept.count("(") >= kept.count(")")):
            kept = kept[:-1]
        return match.start(), match.start() + len(kept)

    def finds(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern outside addresses."""
        for match in pattern.finditer(self.text):
            if not any(start <= match.start() < end for start, end in self.fixed):
                yield match

    def char(self, at: int) -> str:
        """Return the character at a place, or nothing outside the text."""
        return self.text[at] if 0 <= at < len(self.text) else ""

    def near(self, at: int, step: int) -> str:
        """Return the nearest character before (-1) or behind (1) a place that is no blank, quote or closing bracket."""
        at += step
        while self.char(at) and self.text[at] in _PASSED:
            at += step
        return self.char(at)

    def side(self, at: int, step: int) -> str:
        """Return what stands at a place: "han", a Chinese "mark", "western", a "shared" mark, or nothing of these.

        A mark that Chinese shares with Latin is Chinese where Han stands behind it.
        """
        char = self.char(at)
        if not char:
            return ""
        if char in _SHARED_MARKS:
            return "mark" if _HAN_CHAR.match(self.char(at + step)) else "shared"
        if char in _FULL_MARKS:
            return "mark"
        return "han" if _HAN_CHAR.match(char) else "western" if _is_western(char) else ""

    def speaks_chinese(self, at: int) -> bool:
        """Tell whether the sentence that runs up to a place has a Chinese character."""
        start = max((match.end() for match in _SENTENCE.finditer(self.text, 0, at)), default=0)
        return bool(_HAN_CHAR.search(self.text, start, at))


def _zero_width(line: _Line) -> list[Edit]:
    return [Edit(match.start(), match.end(), "") for match in _INVISIBLE.finditer(line.text)]


def _soft_hyphens(line: _Line) -> list[Edit]:
    return [Edit(match.start(), match.end(), "") for match in _SOFT_HYPHEN.finditer(line.text)]


def _digits(line: _Line) -> list[Edit]:
    signs = re.compile(f"{_WIDE_BETWEEN.pattern}|{_WIDE_LETTERS.pattern}")
    return [Edit(match.start(), match.end(), chr(ord(match[0]) - _WIDE_STEP)) for match in signs.finditer(line.text)]


def _is_chinese(char: str) -> bool:
    return bool(char) and bool(_CHINESE.match(char))


def _is_western(char: str) -> bool:
    return bool(char) and bool(_WESTERN.match(char))


def _punctuation(line: _Line) -> list[Edit]:
    edits = [*_marks(line), *_stops(line), *_pairs_of_brackets(line)]
    for pattern, made in ((_DOTS, "……"), (_DASHES, "——")):
        edits += (
            Edit(match.start(), match.end(), made)
            for match in line.finds(pattern)
            if _is_chinese(line.near(match.start(), -1)) or _is_chinese(line.char(match.end()))
        )
    return sorted(edits)


def _marks(line: _Line) -> Iterator[Edit]:
    """Yield the commas, colons and their like that belong to a Chinese sentence."""
    for match in line.finds(_MARK):
        at = match.start()
        if _is_western(line.char(at - 1)) and _is_western(line.char(at + 1)):
            continue  # 1,264; 1:0; 12:30; a:b
        before, after = line.near(at, -1), line.near(at, 1)
        if _is_chinese(before) or (before and _is_chinese(after)) or (not after and line.speaks_chinese(at)):
            yield Edit(at, at + 1, _HALF_MARKS[match[0]])


def _stops(line: _Line) -> Iterator[Edit]:
    """Yield the points that end a Chinese sentence; one between two names (约翰.史密斯) does not."""
    for match in line.finds(_STOP):
        at, after = match.start(), line.char(match.end())
        ends = (not after or after in _PASSED or after in _OPENING) and not _is_western(line.near(at, 1))
        if ends and (_is_chinese(line.near(at, -1)) or line.speaks_chinese(at)):
            yield Edit(at, at + 1, "。")


def _pairs_of_brackets(line: _Line) -> Iterator[Edit]:
    opened: list[int] = []
    for match in line.finds(_BRACKETS):
        if match[0] == "(":
            opened.append(match.start())
        elif opened:
            start, end = opened.pop(), match.start()
            inside = bool(_HAN_CHAR.search(line.text, start, end))
            beside = _is_chinese(line.char(start - 1)) or (
                _is_chinese(line.char(end + 1)) and not _is_western(line.char(start - 1))
            )
            if inside or beside:
                yield Edit(start, start + 1, "（")
                yield Edit(end, end + 1, "）")


def _quotes(line: _Line) -> list[Edit]:
    edits: list[Edit] = []
    for sign, pair in _QUOTES[line.region].items():
        for start, end in _pairs_of_quotes(line, sign):
            outside = (line.char(start - 1), line.char(end + 1))
            if _HAN_CHAR.search(line.text, start, end) or any(map(_is_chinese, outside)):
                edits += [Edit(start, start + 1, pair[0]), Edit(end, end + 1, pair[1])]
    return sorted(edits)


def _pairs_of_quotes(line: _Line, sign: str) -> Iterator[tuple[int, int]]:
    """Yield the places of straight quotes that open and close; apostrophes, feet and inches are neither."""
    opened = -1
    for match in line.finds(re.compile(re.escape(sign))):
        at = match.start()
        before, after = line.char(at - 1), line.char(at + 1)
        if sign == "'" and _is_western(before) and _is_western(after):
            continue
        if opened < 0:
            tied = _is_western(before) and (sign == "'" or before.isdigit())
            if after and not after.isspace() and after not in _NO_OPENING and not tied:
                opened = at
        elif before and not before.isspace() and at > opened + 1:
            yield opened, at
            opened = -1


def _spaces(line: _Line) -> list[Edit]:
    """Find the blanks between Han and Latin or beside a Chinese mark; one between Han and Han means something."""
    edits = []
    for match in line.finds(_BLANKS):
        sides = {line.side(match.start() - 1, -1), line.side(match.end(), 1)}
        if "" not in sides and sides not in ({"han"}, {"western"}, {"western", "shared"}, {"shared"}):
            edits.append(Edit(match.start(), match.end(), ""))
    return edits


RULES: Final[Mapping[str, Callable[[_Line], list[Edit]]]] = MappingProxyType(
    {
        "zero-width": _zero_width,
        "soft-hyphens": _soft_hyphens,
        "digits": _digits,
        "punctuation": _punctuation,
        "quotes": _quotes,
        "spaces": _spaces,
    }
)
"""The rules on characters, in the order in which they run."""

BLANK_LINES: Final = "blank-lines"
"""The rule on paragraphs: empty lines beyond the one that ends a paragraph."""

NAMES: Final = (*RULES, BLANK_LINES)
"""All rules by name: what `--keep` knows."""

_CONTEXT: Final = 6


def cleaned(rich: RichText, region: Region, keep: Collection[str] = ()) -> tuple[RichText, tuple[Change, ...]]:
    """Return a paragraph after cleaning, and every change.

    Args:
        rich: the paragraph; its marks stay over the same characters.
        region: whose quotation marks are used; in English straight quotes stay.
        keep: names of rules that do not run.
    """
    changes: list[Change] = []
    while True:
        before = rich.text
        for name, rule in RULES.items():
            if name in keep:
                continue
            edits = rule(_Line(rich.text, region))
            changes += (_change(name, rich.text, edit) for edit in edits)
            rich = edited(rich, edits)
        if rich.text == before:
            return rich, tuple(changes)


def clean_items(
    items: tuple[Item, ...], region: Region, keep: Collection[str] = ()
) -> tuple[tuple[Item, ...], tuple[Change, ...]]:
    """Return items with cleaned texts, and every change with the number of its item."""
    made: list[Item] = []
    changes: list[Change] = []
    for number, item in enumerate(items):
        text, found = cleaned(item.text, region, keep)
        made.append(replace(item, text=text))
        changes += (replace(change, item=number) for change in found)
    return tuple(made), tuple(changes)


def _change(rule: str, text: str, edit: Edit) -> Change:
    around = text[max(0, edit.start - _CONTEXT) : edit.end + _CONTEXT]
    return Change(rule=rule, before=text[edit.start : edit.end], after=edit.text, context=around)
