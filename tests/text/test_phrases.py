"""Where headlines may break: the joints, one habit of the language at a time, and all marked headlines at once."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.text.joints import PRICE_MOST
from layout.text.phrases import WEAK, phrases
from layout.text.words import words

if TYPE_CHECKING:
    from layout.model import Region

REPOSITORY: Final = Path(__file__).resolve().parents[2]
OWN: Final = Path(__file__).with_name("headlines.txt")
SHARED: Final = REPOSITORY.parent / "shared" / "headlines" / "headlines.txt"


def joints(text: str, region: Region = "zh-Hans", names: tuple[str, ...] = ()) -> dict[int, int]:
    return dict(phrases(text, region, names).joints)


def pieces(text: str, region: Region = "zh-Hans", names: tuple[str, ...] = ()) -> list[str]:
    """Return the stretches between all joints, sound ones and weak ones."""
    found = phrases(text, region, names)
    ends = [0, *sorted(dict((*found.joints, *found.weak))), len(found.text)]
    return [found.text[start:end].strip("\u3000 ") for start, end in pairwise(ends)]


def marked(path: Path) -> list[tuple[str, set[int]]]:
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    made = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            parts = line.split("|")
            made.append(("".join(parts), {sum(map(len, parts[:number])) for number in range(1, len(parts))}))
    return made


# --- what stays whole ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("新桥通车首月累计通行车辆230万辆次", "230万辆次"),
        ("跑图三个月后接受安全评估", "三个月后"),
        ("11月28日起三条公交线路调整", "11月28日起"),
        ("渔政部门查扣非法渔船12艘", "12艘"),
        ("全年降水偏多0.8个百分点", "0.8个百分点"),
        ("气温骤降12℃，局地有霜冻", "骤降12℃"),
        ("国足客场1比1战平对手", "1比1战平"),
        ("居民呼吁“还我一片安静的夜空”引发热议", "“还我一片安静的夜空”"),
        ("小说《河湾里的灯》获文学大奖", "《河湾里的灯》"),
        ("民警苏长青三十年守护一条街", "民警苏长青"),
        ("古籍修复师欧阳静宜捐出毕生笔记", "欧阳静宜"),
        ("歌手买买提江·艾山回乡开唱", "买买提江·艾山"),
        ("老树的新芽和孩子的笑声", "老树的"),
        ("他们在河底发现宋代石碑", "在河底发现"),
        ("渔民把网收起来了", "收起来了"),
        ("全市小学不再布置书面作业", "不再布置"),
        ("暴雨中的守夜人", "暴雨中的"),
        ("清渡市第二人民医院搬迁", "第二人民医院"),
        ("国民经济和社会发展规划公布", "国民经济和社会发展"),
    ],
)
def test_what_stays_whole(text: str, whole: str) -> None:
    start = text.index(whole)
    found = phrases(text, "zh-Hans")
    inside = {offset for offset, _ in (*found.joints, *found.weak)} & set(range(start + 1, start + len(whole)))
    assert not inside


@pytest.mark.parametrize("char", "的了着和与们吗")
def test_no_line_starts_with_a_word_that_leans_back(char: str) -> None:
    text = f"江边早市{char}渡口晚风吹过{char}老城"
    found = phrases(text, "zh-Hans")
    assert all(text[offset] != char for offset, _ in (*found.joints, *found.weak))


@pytest.mark.parametrize("char", ["在", "把", "被", "不", "又", "和"])
def test_no_line_ends_with_a_word_that_leads(char: str) -> None:
    text = f"早市商户{char}渡口集中摆摊"
    found = phrases(text, "zh-Hans")
    assert all(text[offset - 1] != char for offset, _ in (*found.joints, *found.weak))


def test_names_given_stay_whole() -> None:
    text = "镜湖云栖客栈昨夜复业"
    assert "云栖客栈" in "|".join(pieces(text, names=("云栖客栈",)))
    assert pieces(text, names=("镜湖云栖客栈",))[0].startswith("镜湖云栖客栈")


# --- where lines may break -------------------------------------------------------------------------


def test_spaces_and_stops_are_free_and_are_pauses() -> None:
    found = phrases("汛期将至　十万人上堤，三处险段除险完成", "zh-Hans")
    assert dict(found.joints)[5] == 0
    assert dict(found.joints)[11] == 0
    assert found.pauses == (5, 11)


def test_list_marks_of_short_items_are_no_pauses() -> None:
    found = phrases("园丁、护士、骑手登上领奖台", "zh-Hans")
    assert found.pauses == ()
    assert 0 < dict(found.joints)[3] < WEAK


def test_a_break_stands_before_a_dash_and_never_after() -> None:
    text = "把荒坡种成果园——老周和他的三千棵梨树"
    found = joints(text)
    assert found[text.index("——")] == 0
    assert text.index("老周") not in found


def test_subject_and_predicate_part_better_than_a_compound() -> None:
    text = "清渡海关查获走私香烟"
    found = joints(text)
    assert found[4] < 20
    assert 2 not in found or found[2] > found[4]


def test_an_author_s_break_is_forced_and_leaves_the_text() -> None:
    found = phrases("老船坞 / 涨了“文艺潮”", "zh-Hans")
    assert found.text == "老船坞涨了“文艺潮”"
    assert found.forced == (3,)


# --- other scripts ---------------------------------------------------------------------------------


def test_latin_breaks_at_its_spaces() -> None:
    text = "New bridge opens to traffic"
    assert set(joints(text, "en")) == {4, 11, 17, 20}
    assert set(joints(text)) == {4, 11, 17, 20}


def test_latin_in_chinese_stays_together() -> None:
    assert "Live House" in "|".join(pieces("老厂房变身Live House驻场乐队每周换"))


def test_japanese_breaks_after_kana() -> None:
    text = "新しい橋が今日から通れる"
    assert set(joints(text, "ja")) <= {3, 5, 9}
    assert joints(text, "ja")


def test_traditional_chinese_has_joints() -> None:
    found = joints("臨江市發布高溫紅色預警", "zh-TW")
    assert 3 in found
    assert 5 in found


# --- words -----------------------------------------------------------------------------------------


def test_the_segmenter_is_loaded_with_the_first_headline_only() -> None:
    code = "import sys, layout.text.headline; sys.exit('rjieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=False).returncode == 0


@given(st.text(alphabet="的了在和三第12.%%年个新老江大会“”《》，　 /·AIa山王"))
def test_words_cover_the_text(text: str) -> None:
    found = words(text)
    assert "".join(word.text for word in found) == text
    assert [word.start for word in found] == [sum(len(w.text) for w in found[:n]) for n in range(len(found))]


@given(st.text(alphabet="的了在和三第12.%%年个新老江大会“”《》，　 /·AIa山王——。、！"))
def test_joints_lie_inside_the_text_in_order(text: str) -> None:
    found = phrases(text, "zh-Hans")
    for offset, price in found.joints:
        assert 0 < offset < len(found.text)
        assert 0 <= price < WEAK
        assert found.text[offset] not in "，。、！”》"
    for offset, price in found.weak:
        assert 0 < offset < len(found.text)
        assert WEAK <= price <= PRICE_MOST
    assert list(found.joints) == sorted(found.joints)
    assert not {offset for offset, _ in found.joints} & {offset for offset, _ in found.weak}


# --- all marked headlines --------------------------------------------------------------------------


@pytest.mark.parametrize("path", [OWN, SHARED], ids=["own", "shared"])
def test_cheap_joints_are_true_and_most_true_joints_are_offered(path: Path) -> None:
    cheap = right = offered = found_true = true = 0
    for text, allowed in marked(path):
        found = joints(text)
        sure = {offset for offset, price in found.items() if price <= 15}
        cheap += len(sure)
        right += len(sure & allowed)
        offered += len(found)
        found_true += len(found.keys() & allowed)
        true += len(allowed)
    assert right / cheap > 0.97
    assert found_true / offered > 0.87
    assert found_true / true > 0.82


def test_points_are_fitted_to_the_headlines_of_this_repository_alone() -> None:
    script = REPOSITORY / "tests" / "bench" / "joints.py"
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run([sys.executable, script, "--check"], check=False, capture_output=True, text=True, env=known)
    assert done.returncode == 0, done.stdout + done.stderr
