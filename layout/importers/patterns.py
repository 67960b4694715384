"""The set phrases of a Chinese newspaper page: datelines, bylines, credits, captions, folio lines.

The forms are those attested in dailies; both Simplified and Traditional spellings are taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

STOPS = "。！？!?…．"
CLOSERS = '”’」』）》〉】〕)]"'
OPENERS = "“‘「『（《〈【〔(["
PAIRS = tuple(zip("“‘「『（《〈【〔([", "”’」』）》〉】〕)]", strict=True))

LONGEST_CREDIT = 60

_HAN = r"[\u3400-\u9fff\U00020000-\U000323af]"
# A name of two characters may be spread over three places. One way to split a row of names, or the search runs away.
_NAME = rf"(?:{_HAN}{{2,4}}|{_HAN}[\s\u3000]{{1,2}}{_HAN}(?!{_HAN}))"
_NAMES = rf"{_NAME}(?:[\s\u3000、，,]+{_NAME}){{0,7}}"
_ROLE = (
    r"(?:(?:本[报報]|首席|见习|見習|实习|實習|全媒体|融媒体|特[约約]|特派|特邀|驻\S{2,4}|"
    r"新[华華]社|中新社|人民[网網])[\s\u3000]?)*"
    r"(?:[记記]者|通[讯訊][员員]|实习生|評論員|评论员|撰稿人?|撰文|作者|编译|摄影记者|見習生|见习生)"
)
_ROLES = rf"{_ROLE}[\s\u3000：:/／]*{_NAMES}(?:[\s\u3000、，,]+{_ROLE}[\s\u3000：:/／]*{_NAMES})*"

# The dateline opens the first paragraph of a news story: paper or agency, place, day, 讯 or 电.
DATELINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("paper, no place", re.compile(r"【?(?:据)?本[报報][讯訊](?:】)?")),
    (
        "paper with place and day",
        re.compile(rf"本[报報](?:{_HAN}){{1,10}}?\d{{1,2}}月\d{{1,2}}日[电電讯訊]"),
    ),
    ("paper with place", re.compile(rf"本[报報](?:{_HAN}){{2,6}}?[电電讯訊](?=[\s\u3000]*[（(记記])")),
    (
        "agency with place and day",
        re.compile(
            rf"(?:据)?(?:新[华華]社|中新社|中新[网網]|人民[网網]|央[视視][网網]?|法新社|路透社|美[联聯]社|共同社|中央社)"
            rf"(?:{_HAN}|[/／·]){{0,12}}?(?:\d{{1,2}}月)?\d{{1,2}}日(?:综合)?[电電讯訊]",
        ),
    ),
    ("another paper", re.compile(rf"(?:{_HAN}){{1,8}}(?:日|晚|晨|早|商|都市|时)[报報][讯訊](?=[\s\u3000]*[（(记記])")),
)

_AFTER_DATELINE = re.compile(r"[\s\u3000]*")
_BRACKETED_BYLINE = re.compile(rf"(?P<open>[（(])[\s\u3000]*(?P<names>{_ROLE}[^（）()。]{{1,60}}?)(?P<close>[）)])")
_OPEN_BYLINE = re.compile(
    rf"(?P<names>{_ROLE}[\s\u3000]*{_NAME}(?:[\s\u3000、]+{_NAME}){{0,3}}?)[\s\u3000]*(?:报道|報道)(?P<close>[：:，,])",
)

# A line of its own that names who wrote: below the head, sometimes at the foot of the story.
BYLINE_LINE = re.compile(
    rf"(?:[□■◎●◆◇○△▲☆★口][\s\u3000]*)?(?:文|文字|图文|文[/／]图|文[/／])?[\s\u3000:：/／]*"
    rf"{_ROLES}[\s\u3000]*(?:[/／]?(?:文|图|文[/／]图|文[/／]摄|图[/／]文|报道|報道|文并摄|摄影报道))?",
)
MARKED_NAME = re.compile(rf"[□■◎●◆◇○△▲☆★][\s\u3000]*{_NAMES}")
_BARE = rf"(?:{_HAN}[\s\u3000]?{_HAN}|{_HAN}{{3}})"
BARE_NAME = re.compile(rf"{_BARE}(?:[\s\u3000]+{_BARE}){{0,2}}")
# The commonest surnames; one that is not here only makes a bare name less sure.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚"
    "沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常",
)

# What a picture story ends with, and what stands under a picture.
CREDIT_LINE = re.compile(
    rf"[（(]?(?:{_ROLE}[\s\u3000/／]*)?(?:{_NAMES}[\s\u3000/／]*)?"
    rf"(?:(?:{_ROLE}[\s\u3000/／]*){_NAMES}[\s\u3000/／]*)*"
    r"(?:摄影报道|攝影報道|摄影[/／]?报道|图片报道|摄影|攝影|摄|攝|供图|供圖|图[/／]文|文[/／]图|文[/／]摄|文并摄)"
    r"(?:[\s\u3000]*[（(][^（）()]{2,10}[）)])?[）)]?",
)
AGENCY_CREDIT = re.compile(
    r"(?:新华社|中新社|本报|资料图片)\S{0,6}[（(][^（）()]{2,12}摄[）)]|[（(]?资料(?:图片|照片)[）)]?",
)
PHOTO_REPORT = re.compile(r"(?:摄影|攝影|图片)[/／]?(?:报道|報道)|图[/／]文|文[/／]图|文[/／]摄|文并摄")
CREDIT_AT_END = re.compile(
    rf"(?:(?<=[。！？”）…\s\u3000]))[\s\u3000]*(?P<credit>(?:[（(])?(?:{_ROLE}[\s\u3000/／]*)?{_NAMES}[\s\u3000/／]*"
    r"(?:摄影报道|攝影報道|摄影|摄|攝|供图|文[/／]图|图[/／]文)(?:[）)])?(?:[\s\u3000]*[（(][^（）()]{2,10}[）)])?"
    rf"|(?:制图|绘图|制表|绘|漫画|图表)[\s\u3000：:/／]*{_NAMES}|{_NAMES}[\s\u3000/／]*(?:制图|绘图|绘|制表)"
    r"|[（(]?资料(?:图片|照片)[）)]?|[^\s，。]{2,12}供图|新华社发(?:[（(][^（）()]{2,12}[）)])?)$",
)
CAPTION_START = re.compile(
    r"(?:[▲△↑↓←→]|(?:图为|上图|下图|左图|右图|题图|组图|小图|大图|图[①-⑳一二三四五六\d])(?=[：:，,\s\u3000\u3400-\u9fff]))",
)

# Sources and signatures at the foot of a story.
TAIL_LINE = re.compile(
    r"[（(](?:据|来源|原载|选自|摘自|转自|记者|本报|新华社|综合|作者|通讯员|完|本文|文图|图文)[^（）()]{0,40}[）)]",
)
TAIL_AT_END = re.compile(rf"(?<=[。！？”…])[\s\u3000]*(?P<tail>{TAIL_LINE.pattern})$")
JUMP_LINE = re.compile(
    r"[（(【]?[\s\u3000]*(?:下转|上接|紧接|下轉|相关(?:报道|新闻)[^。]{0,6}见|报道见|全文见|详见|更多\S{0,6}见)[\s\u3000]*"
    r"(?:第?[\s\u3000]*[A-Z]?[\d一二三四五六七八九十]+[\s\u3000]*[—\-－、至及]?[\s\u3000]*[A-Z]?\d*[\s\u3000]*[版叠页]?\S{0,8})[\s\u3000]*[）)】]?",
)
JUMP_AT_END = re.compile(r"[（(](?:下转|下轉)[^（）()]{1,12}[）)]$")

_WEEKDAY = r"(?:星期|周|礼拜)[一二三四五六日天]"
_DATE = r"\d{4}[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?"
# Folio lines, credits and service lines belong to the page, not to a story.
_GAP = r"[\s\u3000]*"
_BAR = r"[\s\u3000/／·|｜：:]+"
_SPACED = rf"(?:{_HAN}[\s\u3000·]?)"
FURNITURE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("page number", re.compile(rf"(?:第{_GAP})?[A-Z]?{_GAP}\d{{1,3}}(?:{_GAP}版|{_GAP}[/／]{_GAP}\d+)?")),
    ("section and page", re.compile(rf"(?:[A-Z]\d{{2}}|\d{{2}})(?:{_GAP}版)?{_BAR}{_SPACED}{{2,8}}")),
    ("section and page", re.compile(rf"{_SPACED}{{2,6}}{_BAR}(?:[A-Z]\d{{2}}|0\d)(?:{_GAP}版)?")),
    (
        "date line",
        re.compile(
            rf"(?:\S{{2,8}}[\s\u3000]+)?{_DATE}(?:[\s\u3000·|｜]*(?:{_WEEKDAY}|农历\S{{4,12}}|[A-Z]?\d{{1,3}}版?))*"
            r"(?:[\s\u3000·|｜]+\S{2,10})?",
        ),
    ),
    ("weekday", re.compile(rf"{_WEEKDAY}(?:[\s\u3000]+\S{{2,10}})?")),
    (
        "page credits",
        re.compile(
            rf"(?:[□■●◆]?{_GAP}(?:本版|值班|执行|责任|首席|版面|视觉)?"
            r"(?:责编|编辑|主编|编委|总编|美编|美术编辑|版式|版式设计|校对|校检|组版|设计|制图|电子信箱|图编|统筹)"
            r"[\s\u3000]*[：:/／\s\u3000][^。，]{1,40})",
        ),
    ),
    (
        "service line",
        re.compile(
            r"(?:新闻热线|热线电话|读者热线|报料热线|电话|邮箱|E-?mail|网址|邮编|国内统一|CN\s?\d)[\s\u3000]*[：:\d].{0,60}",
        ),
    ),
    ("rule", re.compile(r"[\-—－─━=＝_·.．•*＊\s\u3000|｜]+")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The opening of a news paragraph taken apart; `dropped` is the marks between the parts."""

    dateline: str
    byline: str
    dropped: str
    rest: str


def split_dateline(text: str) -> Dateline | None:
    """Take dateline and byline off the beginning of a paragraph, or return None where it has neither."""
    for _, pattern in DATELINES:
        found = pattern.match(text)
        if found:
            return _with_byline(text, found.group(), _AFTER_DATELINE.sub("", text[found.end() :], count=1))
    found = _BRACKETED_BYLINE.match(text)
    if found:
        return _with_byline(text, "", text)
    return None


def is_bare_dateline(text: str) -> bool:
    """Tell whether `text` is a dateline and nothing else: cut off before the reporters."""
    found = split_dateline(text)
    return found is not None and not found.byline and not found.rest


def _with_byline(text: str, dateline: str, after: str) -> Dateline:
    dropped = "".join(mark for mark in dateline if mark in "【】")
    plain = dateline.strip("【】")
    found = _BRACKETED_BYLINE.match(after)
    if found:
        rest = after[found.end() :].lstrip(" \u3000")
        marks = found["open"] + found["close"]
        lead = rest[:1] if rest[:1] in ("：", ":") else ""
        return Dateline(
            dateline=plain,
            byline=found["names"].strip(),
            dropped=dropped + marks + lead,
            rest=rest[len(lead) :].lstrip(" \u3000"),
        )
    found = _OPEN_BYLINE.match(after)
    if found:
        taken = after[: found.end()]
        names = found["names"]
        return Dateline(
            dateline=plain,
            byline=names.strip(),
            dropped=dropped + "".join(taken[len(names) :].split()),
            rest=after[found.end() :].lstrip(" \u3000"),
        )
    return Dateline(dateline=plain, byline="", dropped=dropped, rest=after if plain else text)


def closes_sentence(text: str) -> bool:
    """Tell whether `text` ends with a full stop, its like, or one inside closing marks."""
    bare = text.rstrip(CLOSERS + " \u3000")
    return bool(bare) and (bare[-1] in STOPS or text.endswith("……"))


def credit_at_end(text: str) -> re.Match[str] | None:
    """Return the picture's credit at the end of `text`, as group `credit`."""
    return CREDIT_AT_END.search(text, max(0, len(text) - LONGEST_CREDIT))


def tail_at_end(text: str) -> re.Match[str] | None:
    """Return the source or signature in brackets at the end of `text`."""
    return TAIL_AT_END.search(text, max(0, len(text) - LONGEST_CREDIT))


def furniture(text: str) -> str:
    """Return what kind of page furniture a whole line is, or an empty string."""
    if JUMP_LINE.fullmatch(text):
        return "jump line"
    for kind, pattern in FURNITURE:
        if pattern.fullmatch(text):
            return kind
    return ""


def unbalanced(text: str) -> tuple[str, str]:
    """Return the brackets and quotes of `text` that stay open, and those that close nothing."""
    opened: list[str] = []
    orphans: list[str] = []
    partner = {close: start for start, close in PAIRS}
    starts = {start for start, _ in PAIRS}
    for mark in text:
        if mark in starts:
            opened.append(mark)
        elif mark in partner:
            if opened and opened[-1] == partner[mark]:
                opened.pop()
            elif partner[mark] in opened:
                while opened.pop() != partner[mark]:
                    pass
            else:
                orphans.append(mark)
    return "".join(opened), "".join(orphans)
