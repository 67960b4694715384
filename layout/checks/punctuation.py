"""Marks as the standard of punctuation wants them (GB/T 15834-2011), in texts that are Chinese.

What is looked for: marks that open and never close, quotation marks nested the wrong way round, half-width marks
beside Han, marks written twice, points for an ellipsis, hyphens for a dash.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.checks.passage import Passage
    from layout.diagnostics import Diagnostic

HAN: Final = "\u3400-\u9fff\uf900-\ufaff〇"
"""Ideographs, as a regular expression's class has them."""

_CHINESE: Final = re.compile(f"[{HAN}]")
_PAIRS: Final = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "【": "】", "〔": "〕", "「": "」", "『": "』"}
_OPENERS: Final = {close: opener for opener, close in _PAIRS.items()}
_INSIDE: Final = {"“": "‘", "‘": "“", "「": "『", "『": "「"}
"""What a quotation within a quotation takes."""

_ITEM: Final = re.compile(r"(?:^|[\s，。；：、（“])[0-9A-Za-z一二三四五六七八九十①-⑳]{1,3}\Z")
"""What stands before the single bracket of a numbered item: `1）`, `a）`, `三）`."""

_APOSTROPHE: Final = re.compile(r"(?<=[A-Za-z0-9])’|’(?=\d0s)")

_HALF_WIDTH: Final = re.compile(
    f"(?<=[{HAN}”’）》])[,;:!?](?!\\d)|(?<=[{HAN}”’）》])\\.(?![\\w.])|[,;:!?](?=[“‘（《])|(?<=[{HAN}])\\((?=[^)]*[{HAN}])"
    f"|(?<=[{HAN}])\\)"
)
_FULL_WIDTH: Final = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", "(": "（", ")": "）"}

_REPEATED: Final = re.compile(
    r"([，。、；：])[，。、；：]+|[！？]{4,}|[，、；][！？]|[！？][，、；：。]|、(?=[。！？])"
)
_ELLIPSIS: Final = re.compile(r"\.{3,}|。{2,}|・{2,}|·{3,}|(?<!…)…(?!…)|…{3,}")
_WIDE_ELLIPSIS: Final = re.compile(r"…{4}(?!…)")
"""Twelve points stand for whole passages left out (GB/T 15834, 4.11)."""

_DASH: Final = re.compile(f"(?<=[{HAN}”’）》])(?:--+|－－+|―+|——{{3,}}|–+)|(?:--+|－－+|―+)(?=[{HAN}“‘（《])")
_STRAIGHT: Final = re.compile(f"[\"']+(?=[{HAN}])|(?<=[{HAN}，。！？；：、])[\"']+")


def check_marks(texts: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the marks of Chinese texts."""
    for place, passage in enumerate(texts):
        if passage.region not in {"zh-Hans", "zh-TW", "zh-HK"} or not _CHINESE.search(passage.text):
            continue
        follower = texts[place + 1] if place + 1 < len(texts) else None
        yield from _pairs(passage, _goes_on(passage, follower))
        yield from _writing(passage)


def _goes_on(passage: Passage, follower: Passage | None) -> bool:
    """Tell whether the next paragraph opens with a quotation mark, as one quotation of several paragraphs does."""
    return (
        follower is not None
        and passage.part == follower.part == "paragraph"
        and passage.story == follower.story
        and follower.text[:1] in {"“", "「"}
    )


def _pairs(passage: Passage, goes_on: bool) -> Iterator[Diagnostic]:  # noqa: FBT001 - a state of the text
    text = passage.text
    stack: list[int] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            outer = next((text[place] for place in reversed(stack) if text[place] in _INSIDE), "")
            if char in _INSIDE and outer == char:
                yield passage.report("W802", at, at + 1, mark=char, wanted=_INSIDE[char])
            stack.append(at)
        elif char in _OPENERS:
            place = next((place for place in reversed(stack) if text[place] == _OPENERS[char]), -1)
            if place >= 0:
                yield from (_alone(passage, lost) for lost in stack[stack.index(place) + 1 :])
                del stack[stack.index(place) :]
            elif not _single(text, at):
                yield _alone(passage, at)
    yield from (_alone(passage, at) for at in stack if not (goes_on and text[at] in _INSIDE))


def _alone(passage: Passage, at: int) -> Diagnostic:
    char = passage.text[at]
    return passage.report("W801", at, at + 1, mark=char, partner=_PAIRS.get(char) or _OPENERS[char])


def _single(text: str, at: int) -> bool:
    """Tell whether a closing mark needs no opening one: an apostrophe, the bracket of a numbered item."""
    return _APOSTROPHE.match(text, at) is not None or (text[at] == "）" and _ITEM.search(text[:at]) is not None)


def _writing(passage: Passage) -> Iterator[Diagnostic]:
    text = passage.text
    for match in _HALF_WIDTH.finditer(text):
        yield passage.report("W803", match.start(), match.end(), mark=match[0], wanted=_FULL_WIDTH[match[0]])
    for match in _STRAIGHT.finditer(text):
        yield passage.report("W802", match.start(), match.end(), mark=match[0], wanted="“”")
    for match in _REPEATED.finditer(text):
        if not _ELLIPSIS.match(match[0]):
            yield passage.report("W804", match.start(), match.end(), mark=match[0])
    wide = {match.start() for match in _WIDE_ELLIPSIS.finditer(text)}
    for match in _ELLIPSIS.finditer(text):
        if match.start() not in wide and not (match[0].startswith(".") and _beside_latin(text, *match.span())):
            yield passage.report("W805", match.start(), match.end(), mark=match[0])
    for match in _DASH.finditer(text):
        yield passage.report("W806", match.start(), match.end(), mark=match[0])


def _beside_latin(text: str, start: int, end: int) -> bool:
    """Tell whether three points stand in Latin text, where they are right."""
    before, after = text[:start].rstrip()[-1:], text[end:].lstrip()[:1]
    return before.isascii() and before.isalpha() and (not after or after.isascii())
