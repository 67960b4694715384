"""Every check with texts that it must mark and near misses that it must leave alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from layout.checks import check_texts
from layout.checks.dates import check_dates
from layout.checks.numerals import check_head_figures, check_numerals, values
from layout.checks.paper import check_credits, check_names, check_numbering, check_references, check_repeats
from layout.checks.passage import Passage, passages
from layout.checks.punctuation import check_marks
from layout.checks.tolerance import allowed, characters
from layout.checks.wording import check_doubles, check_house_words, check_people, check_scripts, check_variants
from layout.house import House, Person, Word
from layout.model import Block, BlockKind, Entry, Issue, Masthead, Page, Photo, Previous, RichText, Story
from layout.reading.issue import read_issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from layout.diagnostics import Diagnostic
    from layout.model import Region

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seed" / "page.txt"
DAY = "2026-11-22"  # a Sunday, 农历十月十四


def passage(text: str, part: str = "paragraph", region: Region = "zh-Hans", story: str = "s") -> Passage:
    return Passage(text=text, part=part, region=region, story=story, page="A01")


def every_text_check(texts: Sequence[Passage]) -> Iterator[Diagnostic]:
    yield from check_marks(texts)
    yield from check_numerals(texts)
    yield from check_head_figures(texts)
    yield from check_dates(texts, DAY)
    yield from check_doubles(texts)
    yield from check_variants(texts)
    yield from check_scripts(texts)


MARKED = [
    ("W801", "他说：“明天就通车。", "“"),
    ("W801", "《清渡志记载了这座桥。", "《"),
    ("W801", "一河两岸（含新区都要通气。", "（"),
    ("W801", "新桥通车了”，他说。", "”"),
    ("W802", "他说：“我读了“清渡志”三遍。”", "“"),
    ("W802", '他称之为"老船坞"。', '"'),
    ("W803", "今天晴,明天雨。", ","),
    ("W803", "他问:去不去？", ":"),
    ("W803", "工程共分三期(含绿化)。", "("),
    ("W803", "大桥今晨通车.", "."),
    ("W804", "今天晴，，明天雨。", "，，"),
    ("W804", "真的吗？。", "？。"),
    ("W805", "他想了想...没有说话。", "..."),
    ("W805", "他想了想。。。没有说话。", "。。。"),
    ("W805", "他想了想…没有说话。", "…"),
    ("W806", "这座桥--清渡大桥--今晨通车。", "--"),
    ("W807", "共有5百人到场。", "5百"),
    ("W807", "等了10几天。", "几"),
    ("W807", "来了5、6个人。", "5、6个"),
    ("W807", "增长百分之15。", "百分之15"),
    ("W807", "二零二六年的冬天。", "二零二六年"),
    ("W807", "定于星期3开会。", "星期3"),
    ("W807", "工期为3-5年。", "3-5"),
    ("W807", "07月01日起施行。", "07月01日"),
    ("W808", "面积80平米。", "平米"),
    ("W808", "全长12KM。", "KM"),
    ("W808", "最高摄氏30度。", "摄氏30度"),
    ("W810", "定于2月30日举行。", "2月30日"),
    ("W810", "2025年2月29日举行。", "2025年2月29日"),
    ("W811", "11月22日（星期六）通车。", "11月22日（星期六"),
    ("W811", "2026年11月23日 周三开会。", "2026年11月23日 周三"),
    ("W812", "11月22日（农历十月十五）开街。", "11月22日（农历十月十五"),
    ("W813", "这是我们的的桥。", "的的"),
    ("W813", "他在在桥上。", "在在"),
    ("W813", "市政府召开市政府召开会议。", "市政府召开市政府召开"),
    ("W814", "孩子的想像力很丰富。", "想像力"),
    ("W814", "他是主要人材。", "人材"),
    ("W815", "這座桥今晨通车。", "這"),
]

CLEAN = [
    "他说：“我读了‘清渡志’三遍。”",
    "“他说：‘去！’”",
    "1）桥面；2）引桥；三）匝道。",
    "The bridge (north) opened, he said; “it’s done”.",
    "比分3:1，时间18:30，网址www.qingdu.cn/a,b。",
    "他说：“什么……”",
    "什么？！真的！！",
    "他说，文中省去的部分…………如此。",
    "清渡—河西高速；2024—2026年；这座桥——清渡大桥——通车。",
    "函数f(x)和C(2,3)不是中文。",
    "用了3千克米、5千米路。",
    "每周5晚开放，一周7天。",
    "5、6和7号楼停电。",
    "电话010-81550000，型号F-16，比分21-18。",
    "二〇二六年，一零一中学。",
    "11月22日（星期日）、11月22日（农历十月十四）。",
    "2月29日这天四年一遇。",
    "11月22日（周六、周日）照常。",
    "他的目的的确达到了，为了了解情况，不了了之。",
    "哈哈哈哈，加油加油加油。",
    "第一部分付款，电子细胞，指定单位，水平空间，烟火伴着歌声，干预会更多。",
    "乾隆年间，徵音，著名。",
]


@pytest.mark.parametrize(("code", "text", "marked"), MARKED)
def test_it_is_marked(code: str, text: str, marked: str) -> None:
    found = [(item.code, dict(item.values)) for item in every_text_check([passage(text)])]
    assert [item for item, _ in found if item == code], (text, found)
    assert any(marked in values.values() for item, values in found if item == code)


@pytest.mark.parametrize("text", CLEAN)
def test_it_is_left_alone(text: str) -> None:
    assert not [(item.code, item.message("zh")) for item in every_text_check([passage(text)])]


def test_a_quotation_over_paragraphs_opens_each() -> None:
    texts = [passage("“第一段。"), passage("“第二段。"), passage("“第三段。”")]
    assert not list(check_marks(texts))
    assert [item.code for item in check_marks([passage("“第一段。"), passage("第二段。”")])] == ["W801", "W801"]


def test_traditional_text_marks_simplified_characters() -> None:
    found = list(check_scripts([passage("這座桥今晨通車。", region="zh-TW")]))
    assert [dict(item.values)["wanted"] for item in found] == ["橋"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.2万", 12_000), ("13,260", 13_260), ("三成", 0.3), ("百分之五", 0.05), ("18.4%", 0.184), ("二百三十", 230),
     ("两千零五", 2005), ("二〇二六", 2026), ("三点五", 3.5), ("3.5亿", 350_000_000), ("十二", 12), ("千分", None)],
)  # fmt: skip
def test_values(text: str, value: float | None) -> None:
    found = [float(item) for item, _, _ in values(text)]
    assert found == ([value] if value is not None else [])


@pytest.mark.parametrize(
    ("head", "body", "marked"),
    [
        ("大桥全长1688米", "大桥全长1686米。", ["1688"]),
        ("近20万人受益", "惠及19.6万人。", []),
        ("湖区来了1.3万只水鸟", "共记录13,260只。", []),
        ("门诊开到夜里11点", "开放到23:00。", []),
        ("三成店家延时", "其中30%延时。", []),
        ("产量增长12%", "产量增长21%。", ["12%"]),
        ("两会开幕", "今天开幕，共3天。", []),
    ],
)
def test_figures_of_heads(head: str, body: str, marked: list[str]) -> None:
    found = check_head_figures([passage(head, "headline"), passage(body)])
    assert [dict(item.values)["text"] for item in found] == marked


def test_house_words_and_people() -> None:
    house = House(
        words=(Word(text="老百姓", wanted="群众", unless=("老百姓大药房",)), Word(text="绝无仅有", banned=True)),
        people=(Person(name="季长川", titles=("市长",)), Person(name="方砚秋", titles=("副市长", "秘书长"))),
    )
    texts = [
        passage("老百姓说这绝无仅有，老百姓大药房除外。"),
        passage("副市长季长川、市长方砚秋出席。方砚秋、季长川讲话。"),
    ]
    assert [item.code for item in check_house_words(texts, house)] == ["W817", "E816"]
    found = [(item.code, dict(item.values)["text"]) for item in check_people(texts, house)]
    assert found == [("W818", "副市长季长川"), ("W818", "市长方砚秋"), ("W819", "方砚秋、季长川")]
    assert not list(check_people([passage("市长季长川、副市长方砚秋出席。季长川、方砚秋讲话。")], house))


def story(
    name: str, head: str = "", body: str = "", byline: RichText | None = None, photos: tuple[Photo, ...] = ()
) -> Story:
    return Story(
        id=name,
        rank=3,
        headline=RichText(head or name),
        body=(Block(BlockKind.PARAGRAPH, RichText(body)),) if body else (),
        byline=byline,
        photos=photos,
    )


def issue(stories: Iterable[Story]) -> Issue:
    page = Page(id="A01", section="要闻", style="tabloid", entries=tuple(Entry(stories=(item,)) for item in stories))
    return Issue(paper="报", date=DAY, number="100", region="zh-Hans", masthead=Masthead(), pages=(page,))


def codes(made: Issue, check: Callable[[Issue, tuple[Passage, ...]], Iterator[Diagnostic]]) -> list[str]:
    return [item.code for item in check(made, passages(made))]


def test_names_spelled_two_ways() -> None:
    by = RichText("本报记者 温棠梨")
    made = issue([story("a", byline=by), story("b", byline=RichText("记者 温堂梨 宋词")), story("c", byline=by)])
    assert [item.code for item in check_names(passages(made))] == ["W820"]
    other = issue([story("a", byline=by), story("b", byline=RichText("记者 宋词 陆一鸣"))])
    assert not list(check_names(passages(other)))


def test_references_to_pages() -> None:
    made = issue([story("a", body="详见A09版。（下转第1版）今日8版"), story("b", body="见A01版，第三版地图")])
    assert codes(made, check_references) == ["W821", "W822"]


def test_numbering() -> None:
    first = issue([])
    assert not list(check_numbering(replace(first, previous=Previous(date="2026-11-21", number=99))))
    wrong = replace(first, previous=Previous(date="2026-11-22", number=98))
    assert [item.code for item in check_numbering(wrong)] == ["W823", "W824"]
    pages = tuple(replace(first.pages[0], id=name) for name in ("A01", "A02", "A04", "B01"))
    assert [item.code for item in check_numbering(replace(first, pages=pages))] == ["W825"]


def test_repeats() -> None:
    text = "清渡大桥今晨通车，两岸居民步行过桥只要十二分钟，比轮渡快了一半。"
    photo = Photo(file="x.jpg", pixels=(3, 2), caption=RichText("桥"))
    made = issue(
        [story("a", "大桥通车", text, photos=(photo,)), story("b", "大桥 / 通车", text + "另讯。", photos=(photo,))]
    )
    assert [item.code for item in check_repeats(made, str)] == ["W826", "W827", "W828"]
    assert [item.code for item in check_credits(made)] == ["W829", "W829"]
    signed = replace(photo, caption=RichText("桥。宋词摄"))
    assert not list(check_credits(issue([story("a", photos=(signed,))])))


def test_tolerance_counts_heads_twice() -> None:
    page = issue([story("a", "题" * 500, "文" * 9000)]).pages[0]
    assert characters(page) == 10_000
    assert allowed(page) == 3


def test_findings_point_at_the_characters() -> None:
    reading = read_issue(ROOT / "tests" / "checks" / "issue" / "issue.yaml")
    found = check_texts(reading.issue, reading.house, str)
    places = [(item.code, Path(item.span.file).name, item.span.line, item.span.column) for item in found if item.span]
    assert places == [
        ("W801", "a.md", 6, 8),
        ("W810", "a.md", 7, 3),
        ("W817", "a.md", 7, 12),
        ("W823", "issue.yaml", 4, 9),
    ]


def test_hardly_any_false_alarm_on_the_samples() -> None:
    reading = read_issue(ROOT / "seeds" / "qingdu" / "issue.yaml")
    assert not check_texts(reading.issue, reading.house, str)


def test_hardly_any_false_alarm_on_the_corpus() -> None:
    texts = [
        passage(row.strip(), story=path.stem)
        for path in sorted((ROOT / "seeds" / "corpus").glob("*.txt"))
        for row in path.read_text(encoding="utf-8").splitlines()
        if row.strip()
    ]
    found = [item for item in every_text_check(texts) if item.code != "W809"]
    assert len(found) <= sum(len(item.text) for item in texts) / 10_000


def test_the_seed_page_has_one_variant_form() -> None:
    if not SEED.is_file():
        pytest.skip("the seed page is not here")
    texts = [passage(row.strip()) for row in SEED.read_text(encoding="utf-8").splitlines() if row.strip()]
    found = [item for item in every_text_check(texts) if item.code not in {"W801", "W809"}]  # paragraphs are cut
    assert [item.code for item in found] == ["W814"]
