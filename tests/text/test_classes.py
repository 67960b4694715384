"""The tables of Chinese marks and the tailored line breaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.text import punctuation as marks
from layout.text.address import addresses
from layout.text.classes import (
    BLANKS,
    FIXED_EM,
    FIXED_EM_VERTICAL,
    HALF_EM,
    MANDATORY,
    NOT_AT_END,
    NOT_AT_START,
    PENALTIES,
    CharClass,
    blanks,
    char_class,
    char_classes,
    chinese_quotes,
    tailored,
)
from layout.text.uax14 import MUST_BREAK, opportunities

SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "page.txt"
DASH, ELLIPSIS, JOINT, UNIT, NAME = (
    PENALTIES[name] for name in ("dash", "ellipsis", "connector", "unit", "name")
)
ZH = ("zh-Hans", "gb")


def shown(
    text: str, region: str = "zh-Hans", level: str = "gb", no_break: tuple[tuple[int, int], ...] = ()
) -> str:
    """Write a text with `|` at free breaks, `[150]` at penalties and `‖` at mandatory breaks."""
    signs = {None: "", 0: "|", MANDATORY: "‖"}
    result = tailored(text, region, level, no_break)
    return "".join(signs.get(value, f"[{value}]") + char for value, char in zip(result, text, strict=False))


# --- character classes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chars", "kind"),
    [
        ("“‘「『（《〈【〖〔［｛", CharClass.OPEN),
        ("”’」』）》〉】〗〕］｝", CharClass.CLOSE),
        ("，、；：", CharClass.COMMA),
        ("。．？！‼⁇⁈⁉", CharClass.STOP),
        ("·・‧", CharClass.MIDDLE),
        ("～〜-–", CharClass.CONNECTOR),
        ("—⸺", CharClass.DASH2),
        ("…⋯", CharClass.ELLIPSIS2),
        ("/／", CharClass.SOLIDUS),
        ("国字々〇あアー한３Ａ＃\U00020000①★", CharClass.HAN),
        ("aZéЖΩ", CharClass.LATIN),
        ("059", CharClass.DIGIT),
        (" \u00a0\u2009\n", CharClass.SPACE),
        ("\u3000", CharClass.IDEO_SPACE),
        ("¥￥$€£+−±№", CharClass.PREFIX),
        ("％%‰‱°℃℉′″", CharClass.POSTFIX),
        (",.;:!?()[]@&*\"'", CharClass.OTHER),
    ],
)
def test_classes_of_characters(chars: str, kind: CharClass) -> None:
    assert {char: char_class(char, "zh-Hans") for char in chars} == dict.fromkeys(chars, kind)
    assert char_classes(chars, "zh-Hans") == bytes([kind] * len(chars))


def test_classes_follow_the_region() -> None:
    assert [char_class(char, "ja") for char in "：；，。"] == [
        CharClass.MIDDLE,
        CharClass.MIDDLE,
        CharClass.COMMA,
        CharClass.STOP,
    ]
    assert char_class("①", "en") == CharClass.OTHER


@pytest.mark.parametrize(
    ("char", "region", "horizontal", "vertical"),
    [
        ("（", "zh-Hans", (500, 0), (500, 0)),
        ("》", "zh-Hans", (0, 500), (0, 500)),
        ("，", "zh-Hans", (0, 500), (0, 500)),
        ("：", "zh-Hans", (0, 500), (0, 0)),
        ("？", "zh-Hans", (0, 500), (0, 0)),
        ("。", "zh-Hans", (0, 500), (0, 500)),
        ("·", "zh-Hans", (250, 250), (250, 250)),
        ("／", "zh-Hans", (250, 250), (250, 250)),
        ("‼", "zh-Hans", (0, 0), (0, 0)),
        ("—", "zh-Hans", (0, 0), (0, 0)),
        ("…", "zh-Hans", (0, 0), (0, 0)),
        ("国", "zh-Hans", (0, 0), (0, 0)),
        ("「", "zh-TW", (500, 0), (500, 0)),
        ("，", "zh-TW", (250, 250), (250, 250)),
        ("。", "zh-HK", (250, 250), (250, 250)),
        ("；", "zh-HK", (250, 250), (0, 0)),
        ("！", "zh-TW", (0, 0), (0, 0)),
        ("、", "ja", (0, 500), (0, 500)),
        ("・", "ja", (250, 250), (250, 250)),
        ("：", "ja", (250, 250), (0, 0)),
        ("？", "ja", (0, 0), (0, 0)),
        ("（", "en", (0, 0), (0, 0)),
    ],
)
def test_blanks(char: str, region: str, horizontal: tuple[int, int], vertical: tuple[int, int]) -> None:
    assert blanks(char, region) == horizontal
    assert blanks(char, region, vertical=True) == vertical


def test_tables_are_whole() -> None:
    assert set(BLANKS) == set(FIXED_EM) == set(FIXED_EM_VERTICAL) == set(HALF_EM) == set(marks.REGIONS)
    assert all(set(row) == set(CharClass) for row in BLANKS.values())
    assert all(left + right in {0, 500} for row in BLANKS.values() for left, right in row.values())
    assert set(NOT_AT_START) == set(NOT_AT_END) == set(marks.LEVELS)
    assert HALF_EM["zh-Hans"] == set("·・‧/／-–")


def test_levels_widen_as_clreq_says() -> None:
    assert NOT_AT_START["none"] == NOT_AT_END["none"] == frozenset()
    assert NOT_AT_START["gb"] == NOT_AT_START["basic"]
    assert NOT_AT_START["strict"] - NOT_AT_START["gb"] == {"——", "⸺", "――", "……", "⋯⋯"}
    assert NOT_AT_END["gb"] - NOT_AT_END["basic"] == set("/／")
    assert NOT_AT_END["strict"] == NOT_AT_END["gb"]
    assert set("”’」』）》〉】〗〕］｝。，、．") == NOT_AT_START["newspaper"]


@pytest.mark.parametrize(
    ("region", "level", "message"),
    [("zh", "gb", "unknown region 'zh'"), ("zh-Hans", "loose", "unknown level 'loose'")],
)
def test_unknown_keys_are_refused(region: str, level: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        tailored("国", region, level)


# --- quotes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“你好。”", "“”"),
        ("“你好”", "“”"),
        ("他说“I don’t know.”", "“”"),
        ("He said “no” twice", ""),
        ("“Hello” 他说", "“”"),
        ("“5G”时代", "“”"),
        ("“3·15”晚会", "“”"),
        ("“2024”", "“”"),
        ("don’t", ""),
        ("the workers’ union", ""),
        ("“‘十四五’规划”", "“‘’”"),
        ("从 workers’ union 到工会", ""),
    ],
)
def test_chinese_quotes(text: str, expected: str) -> None:
    assert "".join(text[at] for at in sorted(chinese_quotes(text, "zh-Hans"))) == expected


def test_no_quote_is_chinese_in_an_english_paper() -> None:
    assert chinese_quotes("他说“好”", "en") == frozenset()


# --- prohibition levels -----------------------------------------------------------------------------

START_UNITS = {
    "。": "none", "．": "none", "，": "none", "、": "none", "”": "none", "’": "none", "」": "none",
    "）": "none", "》": "none", "】": "none", "〕": "none", "｝": "none",
    "！": "none newspaper", "？": "none newspaper", "：": "none newspaper", "；": "none newspaper",
    "‼": "none newspaper", "～": "none newspaper", "–": "none newspaper", "—": "none newspaper",
    "·": "none newspaper", "・": "none newspaper", "‧": "none newspaper", "／": "none newspaper",
    "/": "none newspaper", "-": "none newspaper",
    "——": "none basic gb newspaper", "⸺": "none basic gb newspaper", "……": "none basic gb newspaper",
    "⋯⋯": "none basic gb newspaper",
}  # fmt: skip


@pytest.mark.parametrize("level", marks.LEVELS)
@pytest.mark.parametrize(("unit", "levels"), START_UNITS.items())
def test_start_of_line(unit: str, levels: str, level: str) -> None:
    result = tailored(f"甲{unit}乙", "zh-Hans", level)
    assert (result[1] is not None) == (level in levels.split())
    assert None not in result[1 + len(unit) :] or unit in "/／"  # the line may end after it


@pytest.mark.parametrize("level", marks.LEVELS)
@pytest.mark.parametrize("unit", "“‘「『（《〈【〖〔［｛")
def test_end_of_line_after_opening_marks(unit: str, level: str) -> None:
    result = tailored(f"甲{unit}乙", "zh-Hans", level)
    assert result[1] == 0
    assert result[2] == (0 if level == "none" else None)


@pytest.mark.parametrize(
    ("level", "after"),
    [("none", 150), ("basic", 150), ("newspaper", 150), ("gb", None), ("strict", None)],
)
@pytest.mark.parametrize("solidus", "/／")
def test_end_of_line_after_a_solidus(solidus: str, level: str, after: int | None) -> None:
    assert tailored(f"男{solidus}女", "zh-Hans", level)[2] == after


@pytest.mark.parametrize("region", ["zh-Hans", "zh-TW", "zh-HK", "ja"])
def test_a_mark_never_starts_a_line_after_a_space(region: str) -> None:
    for mark in "，。）”·～":
        assert tailored(f"甲 {mark}乙", region, "gb")[2] is None


@pytest.mark.parametrize("char", "ヽヾゝゞ々〻ーぁっャ゠")
def test_japanese_additions(char: str) -> None:
    text = f"人{char}人"
    assert [tailored(text, "ja", level)[1] for level in marks.LEVELS] == [0, None, None, None, 0]
    # In a Chinese paper the annex has its say at every level.
    assert [tailored(text, "zh-Hans", level)[1] for level in marks.LEVELS] == [None] * 5


# --- tailoring --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what the annex gets wrong for Chinese
        ("卡尔·马克思", "卡|尔·[150]马|克|思"),
        ("甲～乙", "甲～[150]乙"),
        ("沪—宁", "沪—[150]宁"),
        ("“莱茵”号", "“莱|茵”|号"),
        ("Z-1“莱茵”号", "Z-1|“莱|茵”|号"),
        ("说：“好。”走", "说：|“好。”|走"),
        ("他说“OK”了", "他|说|“OK”|了"),
        ("①推进②完善", "①|推|进|②|完|善"),
        ("互联网+教育", "互|联|网+|教|育"),
        ("平方米²处", "平|方|米²|处"),
        # what stays as the annex has it
        ("国人", "国|人"),
        ("积极拥抱AI技术", "积|极|拥|抱|AI|技|术"),
        ("don’t stop", "don’t |stop"),
        ("He said “no”", "He |said |“no”"),
        ("中共中央 国务院", "中|共|中|央 |国|务|院"),
        ("甲　乙", "甲　|乙"),
        ("真的！！？走", "真|的！！？|走"),
        ("《“十四五”规划》（草案）", "《“十|四|五”|规|划》|（草|案）"),
        ("第一行\n第二行", "第|一|行\n‖第|二|行"),
        # pairs
        ("甲——乙", "甲[60]——|乙"),
        ("甲……乙", "甲[300]……|乙"),
        ("甲⋯⋯乙", "甲[300]⋯⋯|乙"),
        ("甲⸺乙", "甲[60]⸺|乙"),
        ("甲————乙", "甲[60]——[60]——|乙"),
        ("甲…………乙", "甲[300]……[300]……|乙"),
        ("甲———乙", "甲[60]———|乙"),
        ("甲………乙", "甲[300]………|乙"),
        ("说“……”吧", "说|“……”|吧"),
        ("好。……不", "好。[300]……|不"),
        # numbers
        ("共1,234.56元", "共|1,234.56[80]元"),
        ("约1 234 567人", "约|1 234 567[80]人"),
        ("占50%的", "占|50%|的"),
        ("占５０％的", "占|５０％|的"),
        ("零下5℃左右", "零|下|5℃|左|右"),
        ("为−5℃或", "为|−5℃|或"),
        ("差±3毫米", "差|±3[80]毫[80]米"),
        ("付￥100元", "付|￥100[80]元"),
        ("付US$5.5亿", "付|US$5.5[80]亿"),
        ("２０２４年", "２０２４[80]年"),
        ("2024—2026年）", "2024—2026[80]年）"),
        ("9:00—17:30开", "9:00—17:30|开"),
        ("5%—8%之", "5%—8%|之"),
        ("10℃～15℃间", "10℃～15℃|间"),
        ("13800—13900号", "13800—[150]13900[80]号"),
        ("1901年—1936年", "1901[80]年—[150]1936[80]年"),
        ("比分3：2", "比|分|3：2"),
        ("“3·15”晚会", "“3·15”|晚|会"),
        ("歼-20战机", "歼-20|战|机"),
        ("4 km外", "4 |km|外"),
        # number and Han unit
        ("2024年", "2024[80]年"),
        ("50公斤重", "50[80]公[80]斤|重"),
        ("3月15日电", "3[80]月|15[80]日|电"),
        ("3.5亿元整", "3.5[80]亿[80]元|整"),
        ("200余名先进", "200[80]余[80]名|先|进"),
        ("100多万人次", "100[80]多[80]万[80]人[80]次"),
        ("第3届", "第|3[80]届"),
        # Latin
        ("well-known牌", "well-[150]known|牌"),
        ("COVID-19疫", "COVID-19|疫"),
        ("TCP/IP协议", "TCP/IP|协|议"),
        ("10 km/h内", "10 |km/h|内"),
        ("input/output口", "input/[150]output|口"),
        ("元/吨", "元/吨"),
        # addresses
        ("见https://example.com/a2024。", "见|https://[200]example.[200]com/[200]a[300]2024。"),
    ],
)
def test_tailored(text: str, expected: str) -> None:
    assert shown(text, *ZH) == expected


@pytest.mark.parametrize("region", ["zh-Hans", "zh-TW", "zh-HK"])
def test_chinese_regions_break_alike(region: str) -> None:
    assert shown("他说：“卡尔·马”……", region) == "他|说：|“卡|尔·[150]马”[300]……"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("well-known facts", "well-|known |facts"),
        ("see www.abc.org/x, and", "see |www.[200]abc.[200]org/[200]x, |and"),
        ("a “quoted” word", "a |“quoted” |word"),
        ("from 13800—13900 on", "from |13800|—|13900 |on"),
        ("in 2024—2026 alone", "in |2024—2026 |alone"),
    ],
)
def test_english_papers_take_numbers_and_addresses_alone(text: str, expected: str) -> None:
    assert shown(text, "en") == expected


def test_strict_keeps_pairs_from_the_start_of_a_line() -> None:
    assert shown("甲————乙…………丙", level="strict") == "甲————|乙…………|丙"


def test_protected_names() -> None:
    assert shown("记者王路曼报道", no_break=((2, 5),)) == f"记|者|王[{NAME}]路[{NAME}]曼|报|道"
    # A name never lifts a prohibition, nor a line end that must be.
    assert shown("卡·马\n克", no_break=((0, 5),)) == f"卡·[{NAME}]马\n‖克"


def test_ends() -> None:
    assert tailored("", "zh-Hans", "gb") == (None,)
    assert tailored("国", "zh-Hans", "gb") == (None, MANDATORY)
    assert tailored("国\n", "zh-Hans", "gb") == (None, None, MANDATORY)


# --- addresses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("见https://example.com/a?b=c。", ["https://example.com/a?b=c"]),
        ("(http://a.org/x)", ["http://a.org/x"]),
        ("http://a.org/x_(y), then", ["http://a.org/x_(y)"]),
        ("登录www.abc.cn，", ["www.abc.cn"]),
        ("ftp://a.b git+ssh://c.d", ["ftp://a.b", "git+ssh://c.d"]),
        ("awww.abc", ["awww.abc"]),  # a bare name
        ("http:/x 和 www", []),
        ("end www.a.org.", ["www.a.org"]),
    ],
)
def test_addresses_are_found(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in addresses(text)] == found


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.org", "https://|a.|org"),
        ("www.abc.org/news/", "www.|abc.|org/|news/"),
        ("http://a.org/2024", "http://|a.|org/|2024"),
        ("http://a.org/a1b", "http://|a.|org/|a|1|b"),
        ("http://a.org/?q=(x)&y", "http://|a.|org/|?|q=(x)|&|y"),
        ("http://a.org/abcdefghijklmno", "http://|a.|org/|abcdefghijklmno"),
        ("http://a.org/abcdefghijklmnop", "http://|a.|org/|" + "|".join("abcdefghijklmnop")),
    ],
)
def test_breaks_of_addresses(address: str, expected: str) -> None:
    result = tailored(address, "zh-Hans", "gb")
    assert (
        "".join(
            ("|" if at and value else "") + char
            for at, (value, char) in enumerate(zip(result, address, strict=False))
        )
        == expected
    )
    assert all(value is None or value > 0 for value in result[:-1])


def test_an_address_is_unbroken_elsewhere() -> None:
    text = "网址http://news.example.cn/2026/11-22/page_01.html#top见"
    (found,) = addresses(text)
    inside = tailored(text, *ZH)[found.start + 1 : found.end]
    assert {at for at, value in enumerate(inside, found.start + 1) if value is not None} == set(found.breaks)


# --- properties -------------------------------------------------------------------------------------

MIXED = st.text(
    alphabet="国人年万ァ々abZ059３“”‘’（）《》，。！：·…—–-～/%℃￥+±,.:;! \u3000\n①²www.http://", max_size=30
)


@settings(max_examples=400, derandomize=True, deadline=None)
@given(MIXED, st.sampled_from(marks.REGIONS), st.sampled_from(marks.LEVELS))
def test_shape_and_mandatory_breaks(text: str, region: str, level: str) -> None:
    result = tailored(text, region, level)
    assert len(result) == len(text) + 1
    assert result[0] is None
    assert all(value is None or value == MANDATORY or value >= 0 for value in result)
    must = [verdict == MUST_BREAK for verdict in opportunities(text)]
    assert [value == MANDATORY for value in result] == must


@settings(max_examples=400, derandomize=True, deadline=None)
@given(MIXED, st.sampled_from(("basic", "gb", "strict", "newspaper")))
def test_prohibitions_hold(text: str, level: str) -> None:
    text = re.sub("[“”‘’w:/\n-]", "字", text)  # marks that depend on context, and line ends
    result = tailored(text, "zh-Hans", level)
    for at in range(1, len(text)):
        if result[at] is None:
            continue
        assert text[at] not in NOT_AT_START[level] or text[at : at + 2] == "——"
        assert text[at - 1] not in NOT_AT_END[level]
        assert not re.fullmatch("[0-9０-９]{2}", text[at - 1 : at + 1])


@pytest.mark.skipif(not SEED.exists(), reason="the seed page is not beside the repository")
def test_a_real_page() -> None:
    for text in SEED.read_text(encoding="utf-8").splitlines():
        result = tailored(text, *ZH)
        for at in range(1, len(text)):
            before, after = text[at - 1], text[at]
            if result[at] is not None:
                assert after not in "，。、：；？！）》”’"
                assert before not in "（《“‘"
                assert not re.fullmatch("[0-9A-Za-z.,%]{2}", before + after)
            elif re.fullmatch("[\u4e00-\u9fff]{2}", before + after):
                pytest.fail(f"no break between {before} and {after}")
