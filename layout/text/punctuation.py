"""Name the marks of Chinese text, their classes and blanks, and where they may stand in a line.

Tables only. Sources: CLReq, tables of punctuation marks and "prohibition rules for line start and line
end" (the Chinese text, which also keeps the solidus from line starts); GB/T 15834-2011, 5.1; JLReq,
character classes cl-01 to cl-13 and the addendum "very loose (newspapers)".
"""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REGIONS: tuple[str, ...] = ("zh-Hans", "zh-TW", "zh-HK", "ja", "en")
HAN_REGIONS: frozenset[str] = frozenset(REGIONS[:4])  # those with Han type and its marks
LEVELS: tuple[str, ...] = ("none", "basic", "gb", "strict", "newspaper")

# --- marks by kind (CLReq, tables of pause, stop and indicator marks) -------------------------------

QUOTES_OPEN: frozenset[str] = frozenset("“‘")  # shared with Latin text: see classes.chinese_quotes
QUOTES_CLOSE: frozenset[str] = frozenset("”’")
OPENING: frozenset[str] = QUOTES_OPEN | frozenset("「『（《〈【〖〔［｛")
CLOSING: frozenset[str] = QUOTES_CLOSE | frozenset("」』）》〉】〗〕］｝")
COMMAS: frozenset[str] = frozenset("，、；：")
FULL_STOPS: frozenset[str] = frozenset("。．")
DOUBLED_STOPS: frozenset[str] = frozenset("‼⁇⁈⁉")  # two marks on one em, GB/T 15834 5.1
SENTENCE_STOPS: frozenset[str] = FULL_STOPS | DOUBLED_STOPS | frozenset("？！")
STOPS: frozenset[str] = COMMAS | SENTENCE_STOPS
INTERPUNCTS: frozenset[str] = frozenset("·・‧")
SOLIDI: frozenset[str] = frozenset("/／")
CONNECTORS: frozenset[str] = frozenset("～〜-–—")  # — when it stands single
DASHES: frozenset[str] = frozenset("—⸺―")
ELLIPSES: frozenset[str] = frozenset("…⋯")
DASH_UNITS: frozenset[str] = frozenset({"——", "⸺", "――"})  # 2 em, rigid
ELLIPSIS_UNITS: frozenset[str] = frozenset({"……", "⋯⋯"})  # 2 em, rigid

# JLReq cl-01 and cl-02, beyond those of Chinese; cl-09, cl-10, cl-11.
JAPANESE_OPENING: frozenset[str] = frozenset("〘〚〝")
JAPANESE_CLOSING: frozenset[str] = frozenset("〙〛〞〟")
ITERATION_MARKS: frozenset[str] = frozenset("ヽヾゝゞ々〻")
PROLONGED_SOUND: frozenset[str] = frozenset("ー")
SMALL_KANA: frozenset[str] = frozenset("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ")

# CLReq 6.1.2.2 and JLReq cl-12, cl-13: signs and units that stay with their number.
SIGNS: frozenset[str] = frozenset("+＋−±")
CURRENCY: frozenset[str] = frozenset("¥￥$＄€£￡₩")
PREFIXES: frozenset[str] = SIGNS | CURRENCY | frozenset("№")
POSTFIXES: frozenset[str] = frozenset("％%‰‱°℃℉′″¢￠₫")

# Not separable from what they stand on (CLReq, JLReq 3.1.10).
SUPERSCRIPTS: frozenset[str] = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉")

# Symbols of class AI that Chinese fonts set on a full em: Roman numerals, enclosed numbers, shapes.
FULL_EM_SYMBOLS: tuple[tuple[str, str], ...] = (("Ⅰ", "ⅿ"), ("①", "⓿"), ("■", "◿"), ("☀", "⛿"))

# --- classes ---------------------------------------------------------------------------------------


class CharClass(IntEnum):
    """Kind of a character for spacing and justification."""

    __hash__ = int.__hash__  # that of Enum is a call of Python's, and gaps are looked up by class

    OTHER = 0  # ASCII marks, symbols of other scripts
    OPEN = 1
    CLOSE = 2
    COMMA = 3
    STOP = 4
    MIDDLE = 5  # marks centred in the em
    CONNECTOR = 6
    DASH2 = 7  # one half of a pair, or a 2-em dash
    ELLIPSIS2 = 8  # one half of a pair
    SOLIDUS = 9
    HAN = 10  # ideographs, kana, everything else that is a full em wide
    LATIN = 11  # letters that are not full-width, of any script
    DIGIT = 12
    SPACE = 13
    IDEO_SPACE = 14
    PREFIX = 15
    POSTFIX = 16


CLASS_OF_MARK: Mapping[str, CharClass] = MappingProxyType(
    dict.fromkeys(OPENING | JAPANESE_OPENING, CharClass.OPEN)
    | dict.fromkeys(CLOSING | JAPANESE_CLOSING, CharClass.CLOSE)
    | dict.fromkeys(COMMAS, CharClass.COMMA)
    | dict.fromkeys(SENTENCE_STOPS, CharClass.STOP)
    | dict.fromkeys(INTERPUNCTS, CharClass.MIDDLE)
    | dict.fromkeys(CONNECTORS, CharClass.CONNECTOR)
    | dict.fromkeys(DASHES, CharClass.DASH2)
    | dict.fromkeys(ELLIPSES, CharClass.ELLIPSIS2)
    | dict.fromkeys(SOLIDI, CharClass.SOLIDUS)
    | dict.fromkeys(PREFIXES, CharClass.PREFIX)
    | dict.fromkeys(POSTFIXES, CharClass.POSTFIX)
    | {"\u3000": CharClass.IDEO_SPACE}
)

# JLReq cl-05: the Japanese colon and semicolon are centred.
CLASS_IN_REGION: Mapping[str, Mapping[str, CharClass]] = MappingProxyType(
    {"ja": {"：": CharClass.MIDDLE, "；": CharClass.MIDDLE}}
)

# --- blanks ----------------------------------------------------------------------------------------

# Blank before and after the half-em body of a full-width mark, in thousandths of the em. Sources:
# CLReq, figures of punctuation widths; JLReq 3.1.2. Vertical text reads them from top to bottom.
_SIDED = {
    CharClass.OPEN: (500, 0),
    CharClass.CLOSE: (0, 500),
    CharClass.COMMA: (0, 500),
    CharClass.STOP: (0, 500),
    CharClass.MIDDLE: (250, 250),
}
_CENTRED = {**_SIDED, CharClass.COMMA: (250, 250), CharClass.STOP: (250, 250)}


def _blanks_of(some: Mapping[CharClass, tuple[int, int]]) -> Mapping[CharClass, tuple[int, int]]:
    return MappingProxyType({kind: some.get(kind, (0, 0)) for kind in CharClass})


BLANKS: Mapping[str, Mapping[CharClass, tuple[int, int]]] = MappingProxyType(
    {
        "zh-Hans": _blanks_of({**_SIDED, CharClass.SOLIDUS: (250, 250)}),
        "zh-TW": _blanks_of(_CENTRED),
        "zh-HK": _blanks_of(_CENTRED),
        "ja": _blanks_of(_SIDED),
        "en": _blanks_of({}),
    }
)

_FULL_STOPS_OF_TRADITION = DOUBLED_STOPS | frozenset("？！")
_FULL_STOPS_VERTICAL = _FULL_STOPS_OF_TRADITION | frozenset("：；")

# Marks that keep their full em in horizontal and in vertical lines.
FIXED_EM: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "zh-Hans": DOUBLED_STOPS,
        "zh-TW": _FULL_STOPS_OF_TRADITION,
        "zh-HK": _FULL_STOPS_OF_TRADITION,
        "ja": _FULL_STOPS_OF_TRADITION,
        "en": frozenset(),
    }
)
FIXED_EM_VERTICAL: Mapping[str, frozenset[str]] = MappingProxyType(
    {region: _FULL_STOPS_VERTICAL if region in HAN_REGIONS else frozenset() for region in REGIONS}
)

# Marks always set on half an em, their blanks gone: GB/T 15834-2011, 5.1.
HALF_EM: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        region: INTERPUNCTS | SOLIDI | frozenset("-–") if region == "zh-Hans" else frozenset()
        for region in REGIONS
    }
)


# Regions that set stops centred leave pairs of marks as they are: CLReq, "punctuation width adjustment" (many Taiwan
# publications adjust nothing), and Typst's practice.
NO_PAIR_SQUEEZE: frozenset[str] = frozenset({"zh-TW", "zh-HK"})

# Marks of which two share one em, by region: GB/T 15834-2011, 5.1.
DOUBLING: Mapping[str, frozenset[str]] = MappingProxyType({"zh-Hans": frozenset("？！")})

# What may stand outside the measure at a line's end, and where lines are horizontal: CLReq 3.1.7; JLReq 3.8.2.
HANGING: frozenset[str] = frozenset("。，、")
HANGING_REGIONS: frozenset[str] = frozenset({"zh-Hans", "ja"})

# Classes of marks that a succession of marks is made of.
MARKS: frozenset[CharClass] = frozenset(
    {CharClass.OPEN, CharClass.CLOSE, CharClass.COMMA, CharClass.STOP, CharClass.MIDDLE}
)

# --- prohibition levels (CLReq) ---------------------------------------------------------------------
# A member is a unit: a character, or a 2-em pair. A single — is a connector, a pair is not.

_BASIC_START = STOPS | CLOSING | CONNECTORS | INTERPUNCTS | SOLIDI
_STRICT_START = _BASIC_START | DASH_UNITS | ELLIPSIS_UNITS

NOT_AT_START: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "none": frozenset(),
        "basic": _BASIC_START,
        "gb": _BASIC_START,
        "strict": _STRICT_START,
        "newspaper": CLOSING | FULL_STOPS | frozenset("，、"),
    }
)
NOT_AT_END: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "none": frozenset(),
        "basic": OPENING,
        "gb": OPENING | SOLIDI,
        "strict": OPENING | SOLIDI,
        "newspaper": OPENING,
    }
)

_JAPANESE_START = ITERATION_MARKS | PROLONGED_SOUND | SMALL_KANA | frozenset("゠") | JAPANESE_CLOSING

# What region ja adds.
JAPANESE_NOT_AT_START: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "none": frozenset(),
        "basic": _JAPANESE_START,
        "gb": _JAPANESE_START,
        "strict": _JAPANESE_START,
        "newspaper": JAPANESE_CLOSING,
    }
)
JAPANESE_NOT_AT_END: Mapping[str, frozenset[str]] = MappingProxyType(
    {level: frozenset() if level == "none" else JAPANESE_OPENING for level in LEVELS}
)

# --- numbers ----------------------------------------------------------------------------------------

# Counted things after a number. Longer words come first, because the first that fits is taken.
_COUNTED = """
平方公里 平方千米 立方厘米 平方厘米 个百分点 摄氏度 平方米 立方米 千瓦时 百分点 人民币
公里 公斤 公顷 公分 千米 千克 千瓦 厘米 毫米 毫升 毫克 微克 微米 纳米 英里 英寸 英尺 海里 兆瓦
小时 分钟 周年 周岁 个月 年级 年度 年代 人次 架次 车次 班次 批次 月份 美元 欧元 日元 港元 英镑 点钟
年 月 日 号 时 分 秒 天 周 岁 世 届 期 元 角 人 名 位 个 只 头 匹 条 件 家 户 次 场 项 种 类 级 度 倍
吨 斤 克 两 米 里 尺 寸 亩 升 瓦 伏 安 赫 点 楼 层 间 座 栋 幢 所 处 台 辆 艘 架 列 趟 班 节 堂 门 页 册
本 部 篇 章 首 幅 张 枚 颗 粒 根 支 枝 把 套 副 双 对 组 批 队 村 镇 区 县 市 省 国 路 线 股 份 成 步 遍 回
"""
UNIT_WORDS: tuple[str, ...] = tuple(sorted(_COUNTED.split(), key=lambda word: (-len(word), word)))

RANGE_DIGITS = 9  # a range of at most so many digits is kept whole (house rule)

# --- penalties --------------------------------------------------------------------------------------

# House values, in demerits of the line breaker (`justify.Demerits`): 0 is free, 1250 is a line opened by 0.1 em.
PENALTIES: Mapping[str, int] = MappingProxyType(
    {
        "dash": 60,  # before a dash pair
        "ellipsis": 300,  # before an ellipsis pair
        "connector": 150,  # after a connector
        "interpunct": 150,  # after the dot in a foreign name
        "solidus": 150,  # after a solidus, where the level allows it
        "unit": 80,  # between a number and the Han unit it counts, and inside the unit
        "name": 5000,  # inside a protected name: dearer than a line opened to the limit
        "address": 200,  # after a symbol of an address
        "address_digit": 300,  # between letters and digits of an address
        "address_inside": 400,  # inside a long piece of an address
        "forced": 6000,  # inside a word that hardly a line can hold: the dearest of all, and told apart by its price
    }
)

# A position where the line must end.
MANDATORY = -1_000_000
