"""Typography cleaning: each rule by cases, marks that stay on their words, and cleaning twice is cleaning once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.importers.cleaning import NAMES, RULES, cleaned
from layout.model import Emphasis, Mark, Region, RichText

CASES = [
    ('他说:"今天１２：３０出发,比分1:0."', "他说：“今天12:30出发，比分1:0。”"),
    ("PM2.5 日均 78 微克,GDP(国内)增长3.5%!", "PM2.5日均78微克，GDP（国内）增长3.5%！"),
    ("国内生产总值(GDP)增长", "国内生产总值（GDP）增长"),
    ("他说'好'，再见", "他说‘好’，再见"),
    ("\"他说'好'吗?\"", "“他说‘好’吗？”"),
    ("等等...他走了--真的", "等等……他走了——真的"),
    ("详见http://a.com/x?y=1,z;之后", "详见http://a.com/x?y=1,z；之后"),
    ("见 http://a.com/x,然后", "见http://a.com/x，然后"),
    ("邮箱a.b@c.com,收", "邮箱a.b@c.com，收"),
    ("用iPhone 15 Pro拍摄", "用iPhone 15 Pro拍摄"),
    ("软\u00ad连\u200b字\ufeff符", "软连字符"),
    ("２０２６年１１月，增长３．５％", "2026年11月，增长3.5%"),
    ("桥长 1,264 米", "桥长1,264米"),
    ("他走了.“好”", "他走了。“好”"),
]

UNTOUCHED = [
    'He said "ok" to me, at 12:30 (sharp)...',
    "it's 5'10\" tall",
    "中共中央 国务院",
    "记者 某某",
    "长江 / 新桥",
    "函数f(x)是",
    "约翰.史密斯来了",
    "比分1:0，时间12:30，比例3:2",
    "A:B,C;D",
    "“引号”，（括号）。",
    "http://a.com/a(b),c",
    "Node.js与C++",
]


@pytest.mark.parametrize(("before", "after"), CASES)
def test_cases(before: str, after: str) -> None:
    assert cleaned(RichText(before), "zh-Hans")[0].text == after


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_right_stays(text: str) -> None:
    assert cleaned(RichText(text), "zh-Hans") == (RichText(text), ())


def test_quotes_of_the_regions() -> None:
    regions: tuple[Region, ...] = ("zh-Hans", "zh-TW", "zh-HK", "ja", "en")
    made = [cleaned(RichText("他說\"'好'的\""), region)[0].text for region in regions]
    assert made == ["他說“‘好’的”", "他說「『好』的」", "他說「『好』的」", "他說「『好』的」", "他說\"'好'的\""]


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_can_be_switched_off_and_does_something(rule: str) -> None:
    text = '他说 ab,"１好",\u00ad\u200b'
    _, changes = cleaned(RichText(text), "zh-Hans")
    assert rule in {change.rule for change in changes}
    _, changes = cleaned(RichText(text), "zh-Hans", (rule,))
    assert rule not in {change.rule for change in changes}
    assert cleaned(RichText(text), "zh-Hans", NAMES) == (RichText(text), ())


def test_changes_say_what_stood_there() -> None:
    _, (change,) = cleaned(RichText("今天天气很好,出门去"), "zh-Hans")
    assert (change.rule, change.before, change.after) == ("punctuation", ",", "，")
    assert change.context == "今天天气很好,出门去"


def test_marks_stay_over_their_words() -> None:
    rich = RichText('说 abc "好" 的', (Mark(2, 5, Emphasis.HEI), Mark(6, 9, Emphasis.KAI)))
    text, _ = cleaned(rich, "zh-Hans")
    assert text.text == "说abc“好”的"
    assert [(text.text[mark.start : mark.end], mark.emphasis) for mark in text.marks] == [
        ("abc", Emphasis.HEI),
        ("“好”", Emphasis.KAI),
    ]


PIECES = st.sampled_from(
    [
        *"中文 ,.:;!?()\"'-1２：Ab“”‘’…—/%，。（）\u200b\u00ad\u3000",
        "http://a.b/c?d=1",
        "12:30",
        "1:0",
        "...",
        "--",
        "a@b.cn",
    ]
)


@given(
    pieces=st.lists(PIECES, min_size=1, max_size=14),
    region=st.sampled_from(["zh-Hans", "zh-TW", "en"]),
    keep=st.sets(st.sampled_from(NAMES)),
)
def test_cleaning_is_idempotent(pieces: list[str], region: Region, keep: set[str]) -> None:
    text = "".join(pieces)
    once, _ = cleaned(RichText(text, (Mark(0, 1 + len(text) // 2, Emphasis.HEI),)), region, keep)
    assert cleaned(once, region, keep) == (once, ())
    assert all(0 <= mark.start < mark.end <= len(once.text) + 1 for mark in once.marks)


@given(st.lists(PIECES, max_size=14), st.sampled_from(["http://a.b/c?d=1", "12:30", "1:0", "1,264.5", "Mr. O'Neil"]))
def test_addresses_numbers_scores_and_names_come_through(pieces: list[str], whole: str) -> None:
    text = "中" + "".join(pieces).replace("'", "") + "中" + whole + "中"
    assert whole in cleaned(RichText(text), "zh-Hans")[0].text


@given(st.text("abc XYZ.,;:!?()'\"-0123456789 "))
def test_nothing_happens_in_latin_text(text: str) -> None:
    assert cleaned(RichText(text), "zh-Hans") == (RichText(text), ())
