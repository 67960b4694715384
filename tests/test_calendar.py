"""Dates as papers print them, against days that are public knowledge."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.metadata import metadata

import pytest

from layout.calendar import date_line, day_name, year_name


@pytest.mark.parametrize(
    ("day", "weekday", "lunar"),
    [
        ("2026-11-22", "星期日", "农历丙午年十月十四"),
        ("2026-02-17", "星期二", "农历丙午年正月初一"),  # New Year
        ("2026-02-16", "星期一", "农历乙巳年十二月廿九"),  # the day before, still the old year
        ("2025-07-25", "星期五", "农历乙巳年闰六月初一"),
        ("2023-03-22", "星期三", "农历癸卯年闰二月初一"),
        ("2020-06-20", "星期六", "农历庚子年闰四月廿九"),
        ("2033-12-22", "星期四", "农历癸丑年闰十一月初一"),  # the disputed leap month of 2033
        ("2024-09-17", "星期二", "农历甲辰年八月十五"),
        ("2000-02-04", "星期五", "农历己卯年十二月廿九"),
        ("2024-02-09", "星期五", "农历癸卯年十二月三十"),
        ("1949-10-01", "星期六", "农历己丑年八月初十"),
        ("2057-09-29", "星期六", "农历丁丑年九月初一"),  # new moon seconds after midnight
    ],
)
def test_known_days(day: str, weekday: str, lunar: str) -> None:
    made = date_line(day, "zh-Hans")
    assert (made.weekday, made.lunar) == (weekday, lunar)


def test_parts_of_a_day() -> None:
    made = date_line("2026-01-02", "zh-Hans")
    assert (made.civil, made.month, made.day) == ("2026年1月2日", "2026年1月", "2")


def test_regions_write_their_own_words() -> None:
    assert date_line("2025-07-25", "zh-TW").lunar == "農曆乙巳年閏六月初一"
    japanese = date_line("2026-11-22", "ja")
    assert (japanese.weekday, japanese.lunar) == ("日曜日", "")
    english = date_line("2026-11-22", "en")
    assert (english.civil, english.weekday, english.month) == ("22 November 2026", "Sunday", "November 2026")


@pytest.mark.parametrize("text", ["", "2026-02-29", "2026-13-01", "22.11.2026", "tomorrow"])
def test_days_that_do_not_exist(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the library's
        date_line(text, "zh-Hans")


def test_days_outside_the_table_have_no_lunar_date() -> None:
    assert date_line("1850-01-01", "zh-Hans").lunar == ""
    assert date_line("2150-01-01", "zh-Hans").lunar == ""


def test_lunar_days_follow_one_another() -> None:
    """Over eight years every lunar day is the next one, or the first of a month of 29 or 30 days."""
    names = [day_name(number) for number in range(1, 31)]
    assert len(set(names)) == 30
    day, former = date(2020, 1, 1), None
    while day < date(2028, 1, 1):
        number = names.index(date_line(day.isoformat(), "zh-Hans").lunar[-2:]) + 1
        assert former is None or number == former + 1 or (number == 1 and former in (29, 30))
        day, former = day + timedelta(days=1), number


def test_year_names_turn_in_sixty() -> None:
    assert [year_name(year) for year in (1984, 2026, 2044)] == ["甲子", "丙午", "甲子"]
    assert len({year_name(year) for year in range(1984, 2044)}) == 60


def test_the_library_is_free_to_use() -> None:
    found = metadata("borax")
    licences = [*(found.get_all("License") or []), *(found.get_all("Classifier") or [])]
    assert any("MIT" in licence for licence in licences)
