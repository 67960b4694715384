"""Figures: how they are written (GB/T 15835-2011), their units, and whether head and body give the same ones."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.checks.passage import DISPLAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.checks.passage import Passage
    from layout.diagnostics import Diagnostic


class _Form(NamedTuple):
    """A way of writing that is wrong, and what to do, in both languages."""

    pattern: re.Pattern[str]
    wanted: str
    wanted_zh: str


_DIGITS: Final = "〇零一二三四五六七八九"
_NUMBER_SIGNS: Final = r"\d+(?:\.\d+)?"
_FORMS: Final = tuple(
    _Form(re.compile(pattern), wanted, wanted_zh)
    for pattern, wanted, wanted_zh in (
        (
            rf"(?<![\d.]){_NUMBER_SIGNS}[十百千](?![克米瓦伏赫卡焦帕字升吨分安牛兆比里户年佛货])",
            "Arabic figures alone, or Han alone",
            "只用阿拉伯数字，或全用汉字",
        ),
        (r"(?<=\d)几(?=[十百千万个名人年天家])", "rough numbers in Han: 十几", "概数用汉字：十几"),
        (
            r"(?<![\d.:：—～-])\d、\d(?:[个名位人天日岁次家所只]|公里|小时|分钟)(?![、和及与])",
            "two neighbouring numbers for a rough one in Han: 五六个",
            "相邻两数表概数用汉字：五六个",
        ),
        (rf"百分之{_NUMBER_SIGNS}", "write it with %", "写作 %"),
        (
            rf"[一二][零{_DIGITS[2:]}]?零[零{_DIGITS[2:]}]{{1,2}}年(?=[^前后间内多])",
            "the nought of years in Han is 〇",
            "年份的“零”写作〇",
        ),
        (
            r"(?<![每一两几])(?:星期|周)[1-7](?!\d|[.．]|[年月周岁天次个]|\s*[A-Za-z])",
            "weekdays in Han: 星期三",
            "汉字：星期三",
        ),
        (
            rf"(?<![\dA-Za-z-]){_NUMBER_SIGNS}-{_NUMBER_SIGNS}(?=[年月日时点个人万亿元岁名%％℃])",
            "a range takes — or ～",
            "起止用 — 或 ～",
        ),
        (r"(?<!\d)['’]\d\d年", "years in four figures", "四位数的年份"),
        (r"(?<![\d.])0\d月\d{1,2}日|\d{1,2}月0\d日", "no noughts before", "不补零"),
    )
)
"""What GB/T 15835-2011 rules out in running text (4.1, 4.2, 5.1)."""

_UNITS: Final = {
    "公分": "厘米",
    "公尺": "米",
    "平米": "平方米",
    "立升": "升",
    "KM": "km",
    "Km": "km",
    "KG": "kg",
    "Kg": "kg",
    "CM": "cm",
    "MM": "mm",
    "ML": "mL",
    "Mhz": "MHz",
    "Kw": "kW",
    "KW": "kW",
}
"""Units outside the legal system (GB 3100-1993) or in the wrong letters, after a figure."""

_UNIT: Final = re.compile(rf"(?<=[\d{_DIGITS}十百千万亿])(?:{'|'.join(_UNITS)})(?![A-Za-z])")
_DEGREES: Final = re.compile(r"摄氏\s?(\d+(?:\.\d+)?)\s?度")

# --- values ------------------------------------------------------------------------------------------

_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_GREAT: Final = {"万": 10_000, "亿": 100_000_000, "万亿": 10**12}
_NUMBER: Final = re.compile(
    r"(?P<per>百分之)?(?P<arabic>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<great>万亿|[万亿])?(?P<sign>[%％‰])?"
    rf"|(?P<cent>百分之)?(?P<han>[{_DIGITS}两十百千]+(?:点[{_DIGITS}]+)?)(?P<more>万亿|[万亿])?(?P<share>成)?"
)
_ROUGH: Final = re.compile(r"[近超逾约达破过多余]")
_SMALL: Final = 2
"""Figures up to this are words of the language in a headline (一 条、两 会) and are not compared."""

_NEARLY: Final = Fraction(12, 100)
"""近20万 stands for a figure within this share of 20万."""


def values(text: str) -> Iterator[tuple[Fraction, int, int]]:
    """Yield the figures of a text as exact values, with their places: `1.2万`, `三成`, `百分之五`, `2,300`."""
    for match in _NUMBER.finditer(text):
        value = _arabic(match) if match["arabic"] else _han(match)
        if value is not None:
            yield value, match.start(), match.end()


def _arabic(match: re.Match[str]) -> Fraction:
    value = Fraction(match["arabic"].replace(",", "")) * _GREAT.get(match["great"] or "", 1)
    if match["sign"] == "‰":
        return value / 1000
    return value / 100 if match["sign"] or match["per"] else value


def _han(match: re.Match[str]) -> Fraction | None:
    whole, _, decimals = match["han"].partition("点")
    number = _han_whole(whole)
    if number is None:
        return None
    value = Fraction(number)
    for place, digit in enumerate(decimals, 1):
        value += Fraction(_DIGITS.index(digit) - 1 if digit != "〇" else 0, 10**place)
    value *= _GREAT.get(match["more"] or "", 1)
    if match["share"]:
        return value / 10
    return value / 100 if match["cent"] else value


def _han_whole(text: str) -> int | None:
    """Return 二百三十 as 230 and 二〇二六 as 2026; None for what is no figure (千 or 百 alone)."""
    if not any(char in _TENS for char in text):
        return int("".join(str(_digit(char)) for char in text))
    total, digit, seen = 0, 0, False
    for char in text:
        if char in _TENS:
            total += (digit if seen else 1) * _TENS[char]
            digit, seen = 0, False
        else:
            digit, seen = _digit(char), _digit(char) > 0
    return None if text in {"百", "千", "百千"} else total + digit


def _digit(char: str) -> int:
    return 2 if char == "两" else max(_DIGITS.index(char) - 1, 0)


_CLOCK: Final = frozenset("点时")
_HALF_DAY: Final = 12
"""夜里11点 is 23:00 in the text."""

# --- checks ------------------------------------------------------------------------------------------


def check_numerals(texts: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Yield figures and units written against the standards."""
    for passage in texts:
        if passage.region == "en":
            continue
        for form in _FORMS:
            for match in form.pattern.finditer(passage.text):
                yield passage.report("W807", *match.span(), text=match[0], wanted=form.wanted, wanted_zh=form.wanted_zh)
        for match in _UNIT.finditer(passage.text):
            yield passage.report("W808", *match.span(), text=match[0], wanted=_UNITS[match[0]])
        for match in _DEGREES.finditer(passage.text):
            yield passage.report("W808", *match.span(), text=match[0], wanted=f"{match[1]}摄氏度")


def check_head_figures(texts: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Yield the Arabic figures of heads that the story does not bear out."""
    for _, parts in groupby((item for item in texts if item.story), key=lambda item: (item.page, item.story)):
        story = tuple(parts)
        given = {value for item in story if item.part not in DISPLAY for value, _, _ in values(item.text)}
        if not given:
            continue
        for item in story:
            if item.part in {"headline", "kicker", "deck"} and item.region != "en":
                yield from _unborne(item, given)


def _unborne(item: Passage, given: set[Fraction]) -> Iterator[Diagnostic]:
    for value, start, end in values(item.text):
        written = item.text[start:end]
        if not written[0].isdigit() or (value <= _SMALL and written.isdecimal()):
            continue
        beside = item.text[max(start - 1, 0) : start] + item.text[end : end + 1]
        room = value * _NEARLY if _ROUGH.search(beside) else _rounding(written, value)
        wanted = (value, value + _HALF_DAY) if item.text[end : end + 1] in _CLOCK else (value,)
        if not any(abs(goal - other) <= room for goal in wanted for other in given):
            yield item.report("W809", start, end, text=written)


def _rounding(written: str, value: Fraction) -> Fraction:
    """Return half of the last digit's worth where a figure is short for another: 1.3万 for 13,260."""
    digits = re.match(r"[\d,.]+", written)
    figure = digits[0].replace(",", "") if digits else written
    if len(figure) == len(written):
        return Fraction(0)
    places = len(figure.partition(".")[2])
    return value / Fraction(figure) / 10**places / 2 if Fraction(figure) else Fraction(0)
