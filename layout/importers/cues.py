"""Small measurements on a block of text that speak for a head, a paragraph, a cut or a continuation."""

from __future__ import annotations

import re
from functools import lru_cache

from layout.importers.patterns import CLOSERS, STOPS, closes_sentence, tail_at_end, unbalanced

_HAN = "\u3400-\u9fff"

PAIR = 2
JOINT = 3
LONG_CLAUSE = 12

# A column break never falls before these; a paragraph never begins with them.
CLOSING_MARKS = "，。、；：？！”’》〉）】」』…—%％℃,.;:?!)]"
# Function words that want something after them.
_HANGING = re.compile(
    r"(?:的|地|得|在|和|与|及|或|把|被|将|向|从|对|为|由|以|于|让|使|给|跟|同|是|有|该|这|那|其|每|各|第|并|而|但|却|也|都|还|"
    r"就|才|又|再|很|最|更|约|近|超|达|至|到|不|没|未|可|能|会|要|应|须|需|经|因|虽|若|如|比|一|两|几|多|"
    r"共|已|正|曾|所|之|位|名|个|只|条|项|家|次|包括|以及|通过|根据|进行|开展|其中|[A-Za-z0-9.,:/—\-~])$",
)
_PARTICLES = frozenset({*"的了着过们吗呢吧得等而与和及或之", "等等", "以及", "的话"})
_UNIT_START = re.compile(r"[年月日时点分秒元个名位人次件台辆套户家间%％℃万亿千百多余米厘毫公平立度岁倍毛届期号至—\-]")
_PRONOUN = re.compile(
    r"(?:他|她|它|我|你|咱|其|该|这|那|此|上述|当天|当日|同时|此外|另外|另据|目前|随后|接着|之后|为此|因此|来自|随着|据|"
    r"下一步|与此同时|不过|然而|但|如果|至此|“)",
)
# How the first paragraph of a story without a dateline tends to begin.
_OPENING = re.compile(
    r"(?:近日|日前|近期|最近|昨[天日晨晚夜]|昨|今[天日晨晚年]|今起|前[天日]|本周|上周|当地时间|"
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日|\d{4}年|[一二三四五六七八九十]+月|清早|清晨|早晨|凌晨|上午|中午|午后|下午|傍晚|"
    r"入夜|深夜|夜里|春节|“五一”|“十一”|国庆|元旦|立春|立冬|小雪|大雪|冬至|夏至|秋分|春分|每[天年周]|连日来|随着|记者|图为|周[一二三四五六日])",
)
_EARLY_TIME = re.compile(
    rf"[{_HAN}“”《》]{{1,16}}(?:日前|近日|昨[天日晚]|今[天日起]|前[天日]|明起|本周|上周|(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日)",
)
_ENUMERATION = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、]|[（(]?\d{1,2}(?:[）)、]|[.．](?!\d))|[①-⑳]|[■●◆▲★□○◇△☆·•]|第[一二三四五六七八九十]+[条章，、]|"
    r"[问答][：:]|一是|二是|三是|四是|五是)",
)
_LABELLED = re.compile(rf"[^，。；“”（）\s]{{2,8}}：(?=[{_HAN}\dA-Za-z])")
_FACT_VERB = re.compile(
    r"举办|举行|召开|开展|启动|发布|公布|推出|出台|印发|揭牌|揭晓|开幕|闭幕|成立|签约|试行|试点|实施|开工|完工|竣工|投用|上线|通过|"
    r"开馆|开放|开通|开建|启用|获批|颁发|组织|部署|调研|强调|指出|要求|提出",
)
_ADVERBIAL_START = re.compile(
    r"(?:用|让|把|以|为|与|在|从|向|给|替|靠|当|将|打造|推动|助力|共|同|携手|聚焦|聚力|奋力|守护|点亮|传递|谱写|书写|走进|走好|绘就|激活|解锁|擦亮|织密|筑牢|架起)",
)
_LIST_AHEAD = re.compile(r"(?:如下|以下|名单|下列|附|包括|分别是|安排|要求|措施|事项|方式)[^，。；]{0,6}：$")
_ATTRIBUTION = re.compile(r"^据|表示|介绍[，：]|告诉|说[，：]|坦言|认为[，：]|记者(?:了解到|获悉|看到|从)")
_COLUMN_WORD = re.compile(
    r"^(?:探访|走进|走近|走读|聚焦|关注|直击|对话|专访|追踪|回访|探营|解码|透视|特写|记者|今日关注|亲历)|"
    r"(?:见闻|纪实|侧记|观察|调查|走笔|纪行|追踪|回访|系列报道|特别报道|巡礼|扫描|综述|述评|答记者问)$",
)
_SLOGAN = re.compile(
    r"学习贯彻|深入学习|贯彻落实|贯彻|二十大|全会|精神|奋力|谱写|书写|绘就|开创|开拓|新局面|新篇章|新征程|新时代|现代化|高质量发展|"
    r"推进|建设|迈进|争当|凝心聚力|团结奋斗|砥砺|踔厉|勇毅|奋进|弘扬|喜迎|庆祝|纪念|聚焦|关注|直击|特别报道|系列报道|专题|特刊|"
    r"两会|共[建享绘筑创]|携手|开局|开门红|助力|展望|宜居|美丽|幸福|平安|文明|创建|行动|民生|年终|走基层|主题",
)
_DETAIL = re.compile(
    r"(?:新增|要求|重点|预计|最[高低大小多少]|年内|首批|首次|接待|监测|比|涉及|覆盖|全长|总投资|投资|平均|其中|同比|可|设|与|"
    r"持续|提供|带动|沿用|曾|每|半年|[一二三四五六七八九十]+(?:个月|年)|已|目前|签约|近|约|共|累计|\d)",
)
_QUESTION = re.compile(r"[？?]|哪|谁|吗|如何|怎|为何|什么")
_TIME = re.compile(r"今[日天起晚晨]|明起|明天|昨|今年|今冬|将")
_ANNOUNCEMENT = re.compile(
    r"(?:召开|开幕|闭幕|落幕|举行|发布|印发|出台|公布|启动|新规|意见|通知|强调|指出|要求|数据|活动|办法|举措|规划|周年)$",
)
_SERIAL = re.compile(r"[①-⑳]$|之[一二三四五六七八九十]+$|[（(][一二三四五六七八九十上中下\d]+[）)]$|[｜|]")
# How cut a paragraph looks that ends so: a full-width colon may lead to a list, a semicolon end an item of one.
OPEN_QUOTE = 0.5
OPEN_WORD = 0.85
_OPEN_ENDS = (("，、,", 1.0), ("：", 0.15), (":", 0.8), ("；;", 0.35), (CLOSERS, 0.7))
_WORD_CHARACTERS = re.compile(rf"[{_HAN}A-Za-z0-9]+")
_CLAUSES = re.compile(r"[\s\u3000]+")


@lru_cache(maxsize=16384)
def words(text: str) -> tuple[str, ...]:
    """Return the dictionary words of a short text."""
    import rjieba  # noqa: PLC0415  (0.2 s to load; only imports of extracted text need it)

    return tuple(rjieba.cut(text))


@lru_cache(maxsize=4096)
def word_across(first: str, second: str) -> bool:
    """Tell whether one dictionary word lies across the joint of two texts."""
    left = re.split(r"[^\u3400-\u9fffA-Za-z0-9]", first[-6:])[-1]
    right = re.split(r"[^\u3400-\u9fffA-Za-z0-9]", second[:6])[0]
    if not left or not right:
        return False
    place = 0
    for word in words(left + right):
        if place < len(left) < place + len(word):
            return True
        place += len(word)
    return False


def hangs(text: str) -> bool:
    """Tell whether the last word wants something after it."""
    return _HANGING.search(text) is not None


@lru_cache(maxsize=4096)
def starts_inside(text: str) -> bool:
    """Tell whether the text begins with a mark or particle that no sentence begins with."""
    return starts_with_mark(text) or words(text[:6])[0] in _PARTICLES


def figure_goes_on(first: str, second: str) -> bool:
    """Tell whether a number, or a number and its unit, lies across the joint of two texts."""
    if re.search(r"\d[.,:：—\-]?$", first) and re.match(r"[.,:：]?\d", second):
        return True
    return first[-1:].isdigit() and _UNIT_START.match(second) is not None


def starts_with_mark(text: str) -> bool:
    """Tell whether the text begins with a closing mark or a comma."""
    return bool(text) and text[0] in CLOSING_MARKS and not text.startswith("——")


def opens_story(text: str) -> bool:
    """Tell whether the text begins as the first paragraph of a story tends to."""
    return _OPENING.match(text) is not None


def has_early_time(text: str) -> bool:
    """Tell whether the first words say who and then when, as a lead without a dateline does."""
    return _EARLY_TIME.match(text) is not None


def opens_paragraph(text: str) -> bool:
    """Tell whether the text begins with a pronoun or connective, as later paragraphs tend to."""
    return _PRONOUN.match(text) is not None


def enumerates(text: str) -> bool:
    """Tell whether the text is an item of a list, a labelled line, a question or an answer."""
    return _ENUMERATION.match(text) is not None or _LABELLED.match(text) is not None


def announces_list(text: str) -> bool:
    """Tell whether a paragraph ends by announcing a list that stands below it."""
    return _LIST_AHEAD.search(text) is not None


def has_list_sign(text: str) -> bool:
    """Tell whether the text begins with the number or bullet of a list."""
    return _ENUMERATION.match(text) is not None


def has_fact_verb(text: str) -> bool:
    """Tell whether a head line says who did what (实题) with one of the usual verbs."""
    return _FACT_VERB.search(text) is not None


def lacks_subject(text: str) -> bool:
    """Tell whether a head line begins with a verb or preposition, leaving the doer to another line."""
    return _ADVERBIAL_START.match(text.lstrip("“‘《")) is not None


def attributes(text: str) -> bool:
    """Tell whether the text says who said it, as running text does and heads hardly."""
    return _ATTRIBUTION.search(text) is not None


def matched_clauses(text: str) -> bool:
    """Tell whether the text is two short clauses of about equal length, a turn that heads like."""
    shares = sorted(len(part) for part in re.split(r"[，\s\u3000]+", text))
    if len(shares) != PAIR:
        return False
    shorter, longer = shares
    return shorter > PAIR and longer <= min(LONG_CLAUSE, shorter + PAIR)


def stand_together(first: str, second: str, page: str) -> bool:
    """Tell whether the characters on both sides of a joint stand together elsewhere on the page."""
    return any(
        len(across) == JOINT and _WORD_CHARACTERS.fullmatch(across) is not None and across in page
        for across in (first[-2:] + second[:1], first[-1:] + second[:2])
    )


def has_column_word(text: str) -> bool:
    """Tell whether a head line names a kind of report (探访…, …见闻) rather than its matter."""
    return _COLUMN_WORD.search(text) is not None


def announces(text: str) -> bool:
    """Tell whether a head line ends as an announcement does: a meeting held, a rule published."""
    return _ANNOUNCEMENT.search(text) is not None


def is_serial(text: str) -> bool:
    """Tell whether a head line carries the number or rubric of a series."""
    return _SERIAL.search(text) is not None


def asks(text: str) -> bool:
    """Tell whether a head line asks."""
    return _QUESTION.search(text) is not None


def begins_as_detail(text: str) -> bool:
    """Tell whether a head line begins with a figure or a word that adds a detail."""
    return _DETAIL.match(text) is not None


def has_time_word(text: str) -> bool:
    """Tell whether a head line says today, tomorrow, this year."""
    return _TIME.search(text) is not None


def slogan_words(text: str) -> int:
    """Return how many words of a page slogan a line has."""
    return len(_SLOGAN.findall(text))


def clauses(text: str) -> tuple[str, ...]:
    """Return the parts of a head line between its spaces, where Han stands on both sides."""
    return tuple(part for part in _CLAUSES.split(text) if part)


def openness(text: str) -> float:
    """Return how unfinished the end of a paragraph looks: 0 finished … 1 certainly cut."""
    if tail_at_end(text):
        return 0.0
    opened, _ = unbalanced(text)
    if closes_sentence(text):
        return OPEN_QUOTE if opened else 0.0
    if opened:
        return 1.0
    last = text[-1:]
    return next((share for marks, share in _OPEN_ENDS if last in marks), OPEN_WORD)


def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters in the words of a text."""
    runs = re.findall(rf"[{_HAN}A-Za-z0-9]+", text)
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def echo(head: str, body: str) -> float:
    """Return which part of the head's character pairs the body repeats, 0 to 1."""
    wanted = pairs_of(head)
    return len(wanted & pairs_of(body)) / len(wanted) if wanted else 0.0


def commas(text: str) -> int:
    """Return the commas and semicolons of a text."""
    return sum(text.count(mark) for mark in "，；,;")


def inner_stops(text: str) -> int:
    """Return the full stops before the last character of a text."""
    return sum(1 for mark in text[:-1] if mark in "。!！?？" or mark == STOPS[0])
