"""Days: whether they exist, and whether the weekday and the lunar day beside them are theirs."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from layout.calendar import date_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.checks.passage import Passage
    from layout.diagnostics import Diagnostic

_WEEKDAYS: Final = "一二三四五六日天"
_CIVIL: Final = r"(?:(?P<year>(?:19|20)\d\d)年)?(?<![\d第])(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"
_DAY: Final = re.compile(
    _CIVIL + r"(?:\s*[（(，]?\s*(?:星期|周|礼拜)(?P<week>[一二三四五六日天])(?![一二三四五六日、至到—年岁]))?"
)
_LUNAR: Final = re.compile(
    _CIVIL + r"\s*[（(，]?\s*(?:(?:星期|周)[一二三四五六日]\s*)?[，、]?\s*农历(?:[甲乙丙丁戊己庚辛壬癸][^\W年]年)?"
    r"(?P<lunar>闰?[正一二三四五六七八九十冬腊]{1,2}月[初十廿三二][一二三四五六七八九十])"
)
_OTHER_NAMES: Final = {"冬月": "十一月", "腊月": "十二月", "一月": "正月"}
_LONGEST: Final = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check_dates(texts: Sequence[Passage], published: str) -> Iterator[Diagnostic]:
    """Yield days that no calendar has and weekdays that belong to another day.

    Args:
        texts: the texts to read.
        published: the issue's date, year-month-day; days without a year lie within half a year of it.
    """
    issue_day = date.fromisoformat(published)
    for passage in texts:
        for match in _DAY.finditer(passage.text):
            yield from _day(passage, match, issue_day)
        for match in _LUNAR.finditer(passage.text):
            yield from _lunar_day(passage, match, issue_day)


def _day(passage: Passage, match: re.Match[str], issue_day: date) -> Iterator[Diagnostic]:
    month, day = int(match["month"]), int(match["day"])
    found = _civil(match, issue_day)
    if found is None:
        if not (1 <= month <= len(_LONGEST) - 1 and 1 <= day <= _LONGEST[month]) or match["year"]:
            yield passage.report("W810", *match.span(), text=match[0])
        return
    if match["week"] and found.weekday() != min(_WEEKDAYS.index(match["week"]), 6):
        yield passage.report("W811", *match.span(), text=match[0], weekday=f"星期{_WEEKDAYS[found.weekday()]}")


def _lunar_day(passage: Passage, match: re.Match[str], issue_day: date) -> Iterator[Diagnostic]:
    found = _civil(match, issue_day)
    if found is None:
        return
    written = match["lunar"]
    for name, usual in _OTHER_NAMES.items():
        if written.startswith(name):
            written = usual + written[len(name) :]
    real = date_line(found.isoformat(), "zh-Hans").lunar
    if real and not real.endswith("年" + written):
        yield passage.report("W812", *match.span(), text=match[0], lunar=real.partition("年")[2])


def _civil(match: re.Match[str], issue_day: date) -> date | None:
    """Return the day, the nearest to the issue's where no year is given."""
    month, day = int(match["month"]), int(match["day"])
    years = [int(match["year"])] if match["year"] else [issue_day.year, issue_day.year - 1, issue_day.year + 1]
    days = []
    for year in years:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return min(days, key=lambda item: abs((item - issue_day).days), default=None)
