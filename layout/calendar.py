"""The day of publication as papers print it: civil date, weekday, date of the lunar calendar.

The lunar calendar is borax's table (MIT licence), which covers lunar 1900 to 2100; days outside it have no lunar
date. Names of years, months and days are written here, in the characters of the region.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from layout.model import Region

STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
CYCLE_START: Final = 4
"""AD 4 was a 甲子 year, the first of a cycle of sixty."""

MONTHS: Final = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
TENS: Final = ("初", "十", "廿", "三")
DIGITS: Final = "十一二三四五六七八九"
WHOLE_TENS: Final = {10: "初十", 20: "二十", 30: "三十"}

_ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class _Names(NamedTuple):
    """How a region writes dates: patterns, weekdays from Monday, and its lunar words or none."""

    civil: str
    month: str
    weekdays: tuple[str, ...]
    lunar: str
    leap: str


_HAN_WEEK: Final = tuple(f"星期{day}" for day in "一二三四五六日")
_NAMES: Final[dict[Region, _Names]] = {
    "zh-Hans": _Names("{year}年{month}月{day}日", "{year}年{month}月", _HAN_WEEK, "农历", "闰"),
    "zh-TW": _Names("{year}年{month}月{day}日", "{year}年{month}月", _HAN_WEEK, "農曆", "閏"),
    "zh-HK": _Names("{year}年{month}月{day}日", "{year}年{month}月", _HAN_WEEK, "農曆", "閏"),
    "ja": _Names(
        "{year}年{month}月{day}日", "{year}年{month}月", tuple(f"{day}曜日" for day in "月火水木金土日"), "", ""
    ),
    "en": _Names(
        "{day} {name} {year}",
        "{name} {year}",
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        "",
        "",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DateText:
    """A day in words.

    `civil` is 2026年11月22日, `weekday` 星期日, `lunar` 农历丙午年十月十四 (empty where the region prints none or the
    table ends); `month` (2026年11月) and `day` (22) are the parts for a date in large figures.
    """

    civil: str
    weekday: str
    lunar: str
    month: str
    day: str


def date_line(iso_date: str, region: Region) -> DateText:
    """Return a day as the papers of a region print it.

    Args:
        iso_date: year-month-day, as in `issue.yaml`.
        region: picks language and characters.

    Raises:
        ValueError: there is no such day.
    """
    day = date.fromisoformat(iso_date)
    names = _NAMES[region]
    parts = {"year": day.year, "month": day.month, "day": day.day, "name": _ENGLISH_MONTHS[day.month - 1]}
    return DateText(
        civil=names.civil.format(**parts),
        weekday=names.weekdays[day.weekday()],
        lunar=_lunar(day, names) if names.lunar else "",
        month=names.month.format(**parts),
        day=str(day.day),
    )


def _lunar(day: date, names: _Names) -> str:
    from borax.calendars.lunardate import LunarDate  # noqa: PLC0415 - its tables take 20 ms, front pages alone need them

    try:
        found = LunarDate.from_solar(day)
    except ValueError:  # outside the table
        return ""
    leap = names.leap if found.leap else ""
    return f"{names.lunar}{year_name(found.year)}年{leap}{MONTHS[found.month - 1]}月{day_name(found.day)}"


def year_name(year: int) -> str:
    """Return the cyclical name of the lunar year that begins in a civil year: 丙午 for 2026."""
    place = year - CYCLE_START
    return STEMS[place % len(STEMS)] + BRANCHES[place % len(BRANCHES)]


def day_name(day: int) -> str:
    """Return the name of a day of a lunar month, 1 to 30: 初一, 十四, 廿三."""
    return WHOLE_TENS.get(day) or TENS[day // 10] + DIGITS[day % 10]
