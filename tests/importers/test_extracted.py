"""The reading of extracted pages: the seed page, pages cut from the samples, and the set phrases one by one."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.importers.blocks import read_blocks
from layout.importers.extracted import read_page
from layout.importers.heads import Role, arrange
from layout.importers.patterns import furniture, split_dateline
from tests.importers.page_generator import CutPage, cut_page, sample_stories

if TYPE_CHECKING:
    from collections.abc import Callable

    from layout.importers.pagecopy import ExtractedPage

REPOSITORY = Path(__file__).resolve().parents[2]
SEEDS = REPOSITORY / "seeds"
PAGES = range(40)

JOINS_OF_THE_SEED_PAGE = (
    (9, 11),
    (11, 13),
    (17, 19),
    (21, 23),
    (33, 35),
    (37, 39),
    (45, 47),
    (67, 69),
    (77, 79),
)


def characters(text: str) -> Counter[str]:
    """Count the characters of a text that are not spaces."""
    return Counter("".join(text.split()))


def held(page: ExtractedPage) -> Counter[str]:
    """Count the characters that a page holds or has dropped."""
    parts = [item.text for item in page.dropped]
    parts += [page.banner.text] if page.banner else []
    for story in page.stories:
        fields = (story.kicker, story.headline, story.deck, story.dateline, story.byline, story.tail)
        # A headline put in by the reader, and the break between its lines, come from no source line.
        parts += [copy.text.replace(" / ", " ") for copy in fields if copy and copy.lines]
        parts += [paragraph.text for paragraph in story.paragraphs]
        parts += [caption.text.text + caption.credit for caption in story.captions]
    return characters("".join(parts))


def roles(page: ExtractedPage) -> set[tuple[int, str]]:
    """Return every head line with its role."""
    found = {(line, "banner") for line in page.banner.lines} if page.banner else set()
    for story in page.stories:
        for role, copy in (("kicker", story.kicker), ("headline", story.headline), ("deck", story.deck)):
            found |= {(line, role) for line in copy.lines} if copy else set()
    return found


# --- the seed page


def test_seed_page_has_its_banner_and_stories(seed_page: str) -> None:
    page = read_page(seed_page)
    assert page.banner is not None
    assert page.banner.lines == (3,)
    assert [story.photo for story in page.stories] == [False, False, False, True, False, False, True]
    assert [story.headline.lines for story in page.stories] == [(5,), (27,), (41,), (51,), (61,), (73,), (83,)]
    assert [story.kicker.lines if story.kicker else None for story in page.stories].count(None) == 6
    assert page.stories[4].kicker is not None
    assert page.stories[4].kicker.lines == (59,)
    assert not any(story.deck for story in page.stories)


def test_seed_page_joins_its_nine_cut_paragraphs_and_nothing_else(seed_page: str) -> None:
    page = read_page(seed_page)
    assert page.joins == JOINS_OF_THE_SEED_PAGE
    assert [len(story.paragraphs) for story in page.stories] == [6, 4, 3, 1, 4, 2, 1]
    assert not any(paragraph.subhead for story in page.stories for paragraph in story.paragraphs)


def test_seed_page_bylines_and_credits(seed_page: str) -> None:
    page = read_page(seed_page)
    assert [story.dateline.text if story.dateline else "" for story in page.stories].count("本报讯") == 5
    assert [len(story.byline.lines) for story in page.stories if story.byline] == [1] * 5
    assert [story.tail is not None and "摄影报道" in story.tail.text for story in page.stories if story.photo] == [
        True
    ] * 2


def test_seed_page_loses_no_character(seed_page: str) -> None:
    assert held(read_page(seed_page)) == characters(seed_page)


def test_every_join_and_head_of_the_seed_page_is_a_marked_guess(seed_page: str) -> None:
    page = read_page(seed_page)
    guessed = {(guess.line, guess.kind) for guess in page.guesses}
    assert {(after, "join") for _, after in page.joins} <= guessed
    assert roles(page) <= guessed
    assert all(guess.why and 0 < guess.confidence < 1 for guess in page.guesses)


# --- pages cut from the samples


@pytest.fixture(scope="module")
def cut_pages() -> list[tuple[CutPage, ExtractedPage]]:
    stories = sample_stories(SEEDS)
    assert len(stories) > 30
    cuts = [cut_page(stories, seed) for seed in PAGES]
    return [(cut, read_page(cut.text)) for cut in cuts]


def rates(true: int, found: int, right: int) -> tuple[float, float]:
    """Return precision and recall."""
    return right / max(1, found), right / max(1, true)


def test_joins_on_forty_cut_pages(
    cut_pages: list[tuple[CutPage, ExtractedPage]], record_testsuite_property: Callable[[str, object], None]
) -> None:
    true = sum(len(cut.truth.joins) for cut, _ in cut_pages)
    found = sum(len(page.joins) for _, page in cut_pages)
    right = sum(len(cut.truth.joins & set(page.joins)) for cut, page in cut_pages)
    precision, recall = rates(true, found, right)
    figures = f"joins: {true} true, {found} found, precision {precision:.3f}, recall {recall:.3f}"
    record_testsuite_property("joins", figures)
    assert true > 300, figures
    assert precision >= 0.97, figures
    assert recall >= 0.97, figures


def test_heads_on_forty_cut_pages(
    cut_pages: list[tuple[CutPage, ExtractedPage]], record_testsuite_property: Callable[[str, object], None]
) -> None:
    wanted = [set(cut.truth.heads.items()) for cut, _ in cut_pages]
    guessed = [roles(page) for _, page in cut_pages]
    true, found = sum(map(len, wanted)), sum(map(len, guessed))
    right = sum(len(want & guess) for want, guess in zip(wanted, guessed, strict=True))
    precision, recall = rates(true, found, right)
    figures = f"heads: {true} true, {found} found, precision {precision:.3f}, recall {recall:.3f}"
    for role in ("banner", "kicker", "headline", "deck"):
        own = [
            rates(
                sum(1 for want in wanted for _, kind in want if kind == role),
                sum(1 for guess in guessed for _, kind in guess if kind == role),
                sum(1 for want, guess in zip(wanted, guessed, strict=True) for _, kind in want & guess if kind == role),
            )
        ]
        figures += f"; {role} {own[0][0]:.3f}/{own[0][1]:.3f}"
    record_testsuite_property("heads", figures)
    assert {kind for want in wanted for _, kind in want} == {"banner", "kicker", "headline", "deck"}, figures
    assert precision >= 0.93, figures
    assert recall >= 0.93, figures


def test_photo_stories_and_bylines_on_forty_cut_pages(
    cut_pages: list[tuple[CutPage, ExtractedPage]], record_testsuite_property: Callable[[str, object], None]
) -> None:
    wanted = Counter((at, name) for at, (cut, _) in enumerate(cut_pages) for name in cut.truth.photo_headlines)
    found = Counter(
        (at, story.headline.text) for at, (_, page) in enumerate(cut_pages) for story in page.stories if story.photo
    )
    precision, recall = rates(wanted.total(), found.total(), (wanted & found).total())
    bylines = Counter((at, name) for at, (cut, _) in enumerate(cut_pages) for name in cut.truth.bylines)
    read = Counter(
        (at, story.byline.text.removeprefix("本报").lstrip("□ "))
        for at, (_, page) in enumerate(cut_pages)
        for story in page.stories
        if story.byline
    )
    signed = rates(bylines.total(), read.total(), (bylines & read).total())
    figures = f"photo stories {precision:.3f}/{recall:.3f}, bylines {signed[0]:.3f}/{signed[1]:.3f}"
    record_testsuite_property("photo stories and bylines", figures)
    assert min(precision, recall) >= 0.9, figures
    assert min(signed) >= 0.95, figures


def test_no_character_is_lost_on_forty_cut_pages(cut_pages: list[tuple[CutPage, ExtractedPage]]) -> None:
    for cut, page in cut_pages:
        assert held(page) == characters(cut.text)


def test_the_same_text_reads_the_same() -> None:
    text = cut_page(sample_stories(SEEDS), 7).text
    assert read_page(text) == read_page(text)


# --- cuts and joins

LEAD = "本报讯（记者 方小满）昨天上午，渡口的第一班船准时开出，船上坐着三十多位去对岸赶集的老人和送菜的摊主。"


def story_text(*blocks: str) -> str:
    return "\n\n".join(("渡口早班船今起提前半小时", LEAD, *blocks)) + "\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("船长说，这条航线他跑了二十年，", "哪里有浅滩、哪里有回流，闭着眼睛都知道。"),
        ("码头的电子屏上写着当天的水位和风", "力，旁边还有一块手写的小黑板，记着失物招领。"),
        ("“从前等船要一个钟头。”一位老人说，“现在刚走到江", "边，船就来了，连喘气的工夫都没有。”"),
        ("他常说：“慢一点没关系。", "安全到岸才算数。”说完又去检查缆绳了。"),
        ("新船满载是120人，航速每小时25", "公里，靠岸时由两名水手系缆。"),
        ("船票仍是2元，早晚高峰每1", "5分钟一班，老人凭证免费乘坐。"),
        ("记录员写得一丝不苟：", "“六点一刻，有雾，缓行，正常。”字迹端正得像印出来的。"),
    ],
)
def test_cut_paragraph_is_joined(before: str, after: str) -> None:
    page = read_page(story_text(before, after, "渡口还添了候船的长椅和遮雨的顶棚。"))
    assert before + after in [paragraph.text for paragraph in page.stories[0].paragraphs]
    assert len(page.joins) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("船长说，这条航线他跑了二十年。", "码头的电子屏上写着当天的水位。"),
        ("渡口今后有三项安排：", "一是早班提前，六点整开船；二是晚班延后。"),
        ("“从前等船要一个钟头。”一位老人说。", "“现在方便多了。”他的邻居接过话头。"),
        ("有人问，雨天还开不开？", "开，除非风力超过七级。"),
        ("详情可到码头的服务窗口咨询……", "新的时刻表下周贴出来。"),
    ],
)
def test_finished_paragraph_is_left_alone(before: str, after: str) -> None:
    page = read_page(story_text(before, after))
    assert page.joins == ()
    assert [paragraph.text for paragraph in page.stories[0].paragraphs][1:] == [before, after]


def test_cut_paragraph_is_joined_over_a_caption() -> None:
    caption = "渡船离岸，江面上晨雾未散 本报记者 方小满 摄"
    before, after = "码头的电子屏上写着当天的水位和风", "力，旁边还有一块手写的小黑板，记着失物招领。"
    page = read_page(story_text(before, caption, after))
    assert before + after in [paragraph.text for paragraph in page.stories[0].paragraphs]
    assert page.stories[0].captions[0].text.text == "渡船离岸，江面上晨雾未散"
    assert page.stories[0].captions[0].credit == "本报记者 方小满 摄"


def test_cut_paragraph_is_joined_over_the_next_head() -> None:
    before, after = "码头的电子屏上写着当天的水位和风", "力，旁边还有一块手写的小黑板，记着失物招领。"
    other = "本报讯（记者 许知远）图书馆夜间开放的试点今天满月，到馆读者比上月多了三成，多数是下班后赶来的年轻人。"
    page = read_page(story_text(before, "图书馆夜间开放试点满月", after, other))
    assert before + after in [paragraph.text for paragraph in page.stories[0].paragraphs]
    assert [story.headline.text for story in page.stories] == ["渡口早班船今起提前半小时", "图书馆夜间开放试点满月"]


def test_joined_latin_words_keep_their_space() -> None:
    before, after = "展览的英文名字叫River", "Light，出自一首写渡口的旧诗，策展人改了一个字。"
    page = read_page(story_text(before, after))
    assert "River Light，" in page.stories[0].paragraphs[1].text


def test_set_lines_of_a_column_run_on() -> None:
    body = (
        "本报讯（记者 方小满）昨天上午，渡口的第一班船准时开出，船上坐着三十多位去对岸赶集的老人和送菜的摊主。"
        "江面有薄雾，船长把航速压到平时的一半，靠岸比时刻表晚了四分钟，没有人抱怨，倒有人举起手机拍雾里的桥。"
    )
    second = "渡口还添了候船的长椅和遮雨的顶棚，电子屏上写着当天的水位和风力，旁边有一块手写的小黑板，记着失物招领。"
    measure = 15
    rows = ["渡口早班船今起提前半小时", ""]
    for text in (body, second):
        indented = "\u3000\u3000" + text
        rows += [indented[at : at + measure] for at in range(0, len(indented), measure)]
    blocks, _ = read_blocks("\n".join(rows))
    assert [block.text for block in blocks] == ["渡口早班船今起提前半小时", body, second]
    page = read_page("\n".join(rows))
    assert [len(paragraph.text) for paragraph in page.stories[0].paragraphs] == [len(body) - 11, len(second)]


# --- heads


def test_pairs_of_head_lines(record_testsuite_property: Callable[[str, object], None]) -> None:
    """The pairs that the weights were fitted to: a change of the weights must not lose them."""
    rows = (Path(__file__).parent / "head_pairs.txt").read_text(encoding="utf-8").splitlines()
    pairs = [row.split("|") for row in rows if row and not row.startswith("#")]
    wanted = {"K": (Role.KICKER, Role.HEADLINE), "D": (Role.HEADLINE, Role.DECK)}
    right = sum(arrange(lines, "", first=False).roles == wanted[kind] for kind, *lines in pairs)
    record_testsuite_property("head pairs", f"{right} of {len(pairs)}")
    assert len(pairs) > 70
    assert right / len(pairs) >= 0.85, f"{right} of {len(pairs)}"


@pytest.mark.parametrize(
    ("lines", "first", "wanted"),
    [
        (("渡口早班船今起提前半小时",), True, (Role.HEADLINE,)),
        (("一把剪刀剪出新日子", "——记柳林区裁缝合作社"), False, (Role.HEADLINE, Role.DECK)),
        (
            ("聚焦冬季供暖", "电厂余热送进三十个小区", "每平方米收费19.8元，明年三月停供"),
            False,
            (Role.KICKER, Role.HEADLINE, Role.DECK),
        ),
        (("深入推进文明创建 奋力谱写城市新篇章", "渡口早班船今起提前半小时"), True, (Role.BANNER, Role.HEADLINE)),
        (("深入推进文明创建 奋力谱写城市新篇章", "渡口早班船今起提前半小时"), False, (Role.KICKER, Role.HEADLINE)),
        (("他说“这座桥", "我守了一辈子”"), False, (Role.HEADLINE, Role.TURN)),
    ],
)
def test_roles_of_head_lines(lines: tuple[str, ...], first: bool, wanted: tuple[Role, ...]) -> None:  # noqa: FBT001
    assert arrange(lines, LEAD, first=first).roles == wanted


def test_subheads_stay_inside_their_story() -> None:
    long = "渡口还添了候船的长椅和遮雨的顶棚，电子屏上写着当天的水位和风力，旁边有一块手写的小黑板，记着失物招领。"
    page = read_page(story_text("一条老航线", long, "新船怎么开", long))
    assert len(page.stories) == 1
    assert [paragraph.text for paragraph in page.stories[0].paragraphs if paragraph.subhead] == [
        "一条老航线",
        "新船怎么开",
    ]


def test_story_without_a_head_gets_a_marked_stand_in() -> None:
    page = read_page(LEAD)
    assert page.stories[0].headline.lines == ()
    assert any(guess.kind == "headline" and guess.confidence <= 0.5 for guess in page.guesses)


# --- set phrases


@pytest.mark.parametrize(
    ("text", "dateline", "byline", "rest"),
    [
        ("本报讯（记者 张晶）近日，", "本报讯", "记者 张晶", "近日，"),
        ("本报讯 （记者 崔欣 通讯员 宋雅）近日，", "本报讯", "记者 崔欣 通讯员 宋雅", "近日，"),
        ("本报清渡4月24日电\u3000（记者韩鑫）今天，", "本报清渡4月24日电", "记者韩鑫", "今天，"),
        ("新华社清渡6月25日电（记者 王一 李二）记者从", "新华社清渡6月25日电", "记者 王一 李二", "记者从"),
        ("新华社清渡6月25日电 记者从会上获悉", "新华社清渡6月25日电", "", "记者从会上获悉"),
        ("据新华社电 近日，", None, None, None),
        ("本报清渡9月4日讯\u3000记者杨涌报道：昨天，", "本报清渡9月4日讯", "记者杨涌", "昨天，"),
        ("清渡晚报讯（首席记者 张三）近日，", "清渡晚报讯", "首席记者 张三", "近日，"),
        ("（本报记者 张三）近日，", "", "本报记者 张三", "近日，"),
        ("本報訊（記者 陳大文）近日，", "本報訊", "記者 陳大文", "近日，"),
        ("本报讯员工大会昨天召开", "本报讯", "", "员工大会昨天召开"),
        ("近日，本报讯息中心", None, None, None),
        ("（记者在现场看到，人群已经散去。）", None, None, None),
    ],
)
def test_dateline_and_byline(text: str, dateline: str | None, byline: str | None, rest: str | None) -> None:
    found = split_dateline(text)
    if dateline is None:
        assert found is None
        return
    assert found is not None
    assert (found.dateline, found.byline, found.rest) == (dateline, byline, rest)
    taken = found.dateline + found.byline + found.dropped + found.rest
    assert characters(taken) == characters(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A03 城事", "section and page"),
        ("要闻 02", "section and page"),
        ("第3版", "page number"),
        ("2026年11月22日 星期日", "date line"),
        ("责编：宋词 美编：温棠 校对：贾实", "page credits"),
        ("新闻热线：81550000", "service line"),
        ("（下转第4版）", "jump line"),
        ("上接A01版", "jump line"),
        ("———————", "rule"),
        ("渡口早班船今起提前半小时", ""),
        ("11月22日起，三类证件可跨省通办", ""),
        ("编辑部的故事上演了", ""),
        ("2026年，我们这样过河", ""),
    ],
)
def test_page_furniture(text: str, kind: str) -> None:
    assert furniture(text) == kind


def test_furniture_and_jump_lines_are_dropped_and_told() -> None:
    page = read_page("A03 城事\n\n" + story_text("船长说，这条航线他跑了二十年（下转第4版）"))
    assert [(item.text, item.why) for item in page.dropped if item.text not in "（）"] == [
        ("A03 城事", "section and page"),
        ("（下转第4版）", "jump line"),
    ]


def test_byline_line_and_source() -> None:
    page = read_page(
        "渡口早班船今起提前半小时\n\n本报记者 方小满\n\n清早六点，江面有雾，第一班船准时开出。\n\n（据轮船公司）\n"
    )
    story = page.stories[0]
    assert story.byline is not None
    assert story.byline.text == "本报记者 方小满"
    assert story.tail is not None
    assert story.tail.text == "（据轮船公司）"


def test_credit_at_the_end_of_the_paragraph_makes_a_photo_story() -> None:
    page = read_page("忙着晒秋\n\n近日，山坡上晒满了玉米和辣椒，远看像一块块拼起来的花布。本报记者 方小满 摄影报道\n")
    story = page.stories[0]
    assert story.photo
    assert story.tail is not None
    assert story.tail.text == "本报记者 方小满 摄影报道"
    assert story.paragraphs[0].text.endswith("花布。")


# --- damaged input


def test_lost_characters_and_empty_files_are_problems() -> None:
    page = read_page(story_text("船长姓\ufffd，这条航线他跑了二十年。"))
    assert [(problem.line, problem.column) for problem in page.problems] == [(5, 4)]
    assert read_page(" \n\n").problems[0].line == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(st.sampled_from("报讯记者摄影第版王李渡口船，。：“”（）《》 \u30001A/·—…"), max_size=60),
            st.text(max_size=30),
        ),
        max_size=12,
    )
)
def test_no_text_breaks_the_reader_or_loses_characters(rows: list[str]) -> None:
    text = "\n".join(rows).encode("utf-8", "ignore").decode()
    assert held(read_page(text)) == characters(text)


@pytest.mark.parametrize(
    "row", ["王" * 44, "记者王 " * 11, "本报记者 " * 9, "（" * 40 + "摄", "1 " * 40, "— 王" * 14, "船 " * 2000]
)
def test_no_pattern_runs_away(row: str) -> None:
    start = time.perf_counter()
    read_page(story_text(row, row))
    assert time.perf_counter() - start < 5
