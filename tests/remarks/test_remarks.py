"""Anchors survive edits or are said to be lost; the files of remarks are only ever added to."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.comment import Anchor, Comment, Kind, Signature, State
from layout.diagnostics import InputError
from layout.model import Block, BlockKind, RichText, Story
from layout.proof.places import Text, texts
from layout.reading.comments import COMMENTS, appended, comment_block, read_comments
from layout.reading.issue import read_issue
from layout.remarks.anchor import find, make_anchor
from layout.remarks.corrections import corrections, strays
from layout.remarks.listing import exported, findings, markdown
from layout.remarks.mending import mended
from layout.remarks.signatures import missing
from layout.remarks.store import ConflictError, Store

SAMPLE = Path(__file__).parents[2] / "seeds" / "qingdu" / "issue.yaml"
WORDS = "清渡大桥晨雾江面轮渡开通隧道河岸灯火人家"


def story(*paragraphs: str, head: str = "新桥通车") -> Story:
    body = tuple(Block(BlockKind.PARAGRAPH, RichText(text)) for text in paragraphs)
    return Story(id="bridge", rank=1, headline=RichText(head), body=body)


def body(text: Story, number: int) -> Text:
    return next(item for item in texts(text) if item.part == "body" and item.number == number)


def remark(anchor: Anchor | None = None, **details: object) -> Comment:
    made = Comment(id="c1", page="A01", by="贾实", at="2026-11-22T20:00:00", kind=Kind.QUERY, anchor=anchor)
    return replace(made, **details)  # type: ignore[arg-type]


def test_a_passage_is_found_after_edits_around_it() -> None:
    old = story("清渡大桥今晨通车，两岸居民步行过桥。", "江面上的雾散了，轮渡照常开行，船长说不急。")
    anchor = make_anchor("bridge", body(old, 2), 4, 7)
    assert anchor.quote == "雾散了"
    new = story("又一段。", "清渡大桥今晨通车，两岸居民步行过桥。", "今晨，江面上的雾散了，轮渡照常开行，船长说不急。")
    place = find(anchor, new)
    assert place is not None
    assert (place.text.number, place.text.rich.text[place.start : place.end], place.fate) == (3, "雾散了", "exact")


def test_changed_words_are_found_between_their_neighbours() -> None:
    old = story("桥长1,264米，是连接北关区与柳林区的第一座公路桥。")
    anchor = make_anchor("bridge", body(old, 1), 2, 8)
    place = find(anchor, story("桥长1,246米，是连接北关区与柳林区的第一座公路桥。"))
    assert place is not None
    assert place.fate == "changed"
    assert place.text.rich.text[place.start : place.end] == "1,246米"


def test_what_is_gone_is_lost() -> None:
    old = story("桥长1,264米，是连接北关区与柳林区的第一座公路桥。", "另一段话。")
    anchor = make_anchor("bridge", body(old, 1), 2, 8)
    assert find(anchor, story("另一段话。")) is None
    twice = story("他说好。她说好。", "他说好。她说好。")
    assert find(Anchor(story="bridge", part="body", number=1, start=2, quote="好"), twice) is None


def test_two_hundred_random_edits() -> None:
    """Every edit is known, so where the passage went is known: found there, or said to be lost, never elsewhere."""
    stories = [item for page in read_issue(SAMPLE).issue.pages for item in page.stories if len(item.body) > 1]
    dice = random.Random(7)  # noqa: S311 - a test, not a secret
    kept = lost = 0
    for _ in range(200):
        chosen = dice.choice(stories)
        paragraphs = [block.text.text for block in chosen.body]
        number = dice.randrange(len(paragraphs))
        text = paragraphs[number]
        length = dice.randint(1, 12)
        start = dice.randrange(max(len(text) - length, 1))
        before = story(*paragraphs)
        anchor = make_anchor("bridge", body(before, number + 1), start, start + length)
        # the quote is marked by private-use characters that travel through the edits with it
        paragraphs[number] = text[:start] + "\ue000" + text[start : start + length] + "\ue001" + text[start + length :]
        for _ in range(dice.randint(1, 6)):
            paragraphs = edited(paragraphs, dice)
        marked = [(at, item) for at, item in enumerate(paragraphs) if "\ue000" in item and "\ue001" in item]
        plain = [item.replace("\ue000", "").replace("\ue001", "") for item in paragraphs]
        place = find(anchor, story(*plain))
        if place is None:
            lost += 1
            continue
        kept += 1
        assert marked, "the passage was cut away and yet found"
        at, item = marked[0]
        true_start = item.index("\ue000")
        true_end = item.index("\ue001") - 1
        assert place.text.number == at + 1
        assert (place.start, place.end) == (true_start, true_end)
    assert kept > 150, f"{kept} found, {lost} lost"


def edited(paragraphs: list[str], dice: random.Random) -> list[str]:
    """Return paragraphs with one edit outside the marked passage: words put in, cut out, paragraphs added or moved."""
    made = list(paragraphs)
    at = dice.randrange(len(made))
    text = made[at]
    inside = range(text.find("\ue000"), text.find("\ue001") + 1) if "\ue000" in text else range(0)
    kind = dice.choice(("insert", "cut", "paragraph", "swap"))
    if kind == "insert":
        place = dice.choice([spot for spot in range(len(text) + 1) if spot not in inside or spot == inside.start])
        made[at] = text[:place] + "".join(dice.choices(WORDS, k=dice.randint(1, 9))) + text[place:]
    elif kind == "cut":
        free = [spot for spot in range(len(text)) if spot not in inside]
        if free:
            spot = dice.choice(free)
            made[at] = text[:spot] + text[spot + 1 :]
    elif kind == "paragraph":
        made.insert(at, "".join(dice.choices(WORDS, k=40)) + "。")
    elif len(made) > 1:
        other = (at + 1) % len(made)
        made[at], made[other] = made[other], made[at]
    return made


words = st.text("清渡桥：#-'\"{}[]&*!|>%@`\\\n\t，。 x1", min_size=1, max_size=30)


@given(st.lists(st.tuples(words, words, st.booleans()), min_size=1, max_size=6))
@settings(deadline=None, max_examples=60)
def test_what_is_written_reads_back(
    tmp_path_factory: pytest.TempPathFactory, items: list[tuple[str, str, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("remarks")
    store = Store(folder)
    for quote, text, must in items:
        anchor = Anchor(story="bridge", part="body", number=1, start=3, quote=quote, before=text, after=quote)
        store.add(remark(anchor, remark=text, must=must, spot=(12.5, 30)))
    read = store.comments()
    assert [(item.id, item.anchor.quote, item.remark, item.must) for item in read if item.anchor] == [
        (f"c{number}", quote, text, must) for number, (quote, text, must) in enumerate(items, 1)
    ]


def test_every_byte_of_a_hand_edited_file_stays(tmp_path: Path) -> None:
    text = (
        "# 主任的话：先看头版\n"
        "comments:   # 意见\n\n"
        "  - {id: c7, page: A01, by: 主任, kind: layout, remark: '头条再大些'}\n"
        "  # 完"
    )
    (tmp_path / COMMENTS).write_text(text, encoding="utf-8")
    store = Store(tmp_path)
    store.add(remark(remark="好"))
    store.close("c7", 1, "编辑", "2026-11-22T21:00:00", State.RESOLVED)
    written = (tmp_path / COMMENTS).read_text(encoding="utf-8")
    assert written.startswith(text)
    assert [(item.id, item.state, item.version) for item in store.comments()] == [
        ("c7", State.RESOLVED, 2),
        ("c8", State.OPEN, 1),
    ]


def test_who_comes_late_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.add(remark())
    store.answer("c1", 1, "编辑", "t", "改了")
    with pytest.raises(ConflictError, match="E656"):
        store.close("c1", 1, "主任", "t", State.RESOLVED)
    store.close("c1", 2, "主任", "t", State.RESOLVED)
    with pytest.raises(InputError, match="E658"):
        store.answer("c9", 1, "编辑", "t", "?")


def test_two_hundred_interleaved_writes(tmp_path: Path) -> None:
    """Eight writers at once: every remark and every answer is there, once."""
    store = Store(tmp_path)

    def write(number: int) -> str:
        made = Store(tmp_path).add(remark(remark=f"第{number}条"))
        Store(tmp_path).answer(made.id, 1, "编辑", "t", f"答{number}")
        return made.id

    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(write, range(100)))
    read = store.comments()
    assert len(set(names)) == 100
    assert sorted(item.remark for item in read) == sorted(f"第{number}条" for number in range(100))
    assert all(item.replies[0].text == item.remark.replace("第", "答").removesuffix("条") for item in read)
    assert not list(tmp_path.glob(".*"))


def test_a_file_that_is_no_list_is_said(tmp_path: Path) -> None:
    (tmp_path / COMMENTS).write_text("comments: 好\n", encoding="utf-8")
    with pytest.raises(InputError, match="E650"):
        read_comments(tmp_path)
    (tmp_path / COMMENTS).write_text(appended("", COMMENTS, [comment_block(remark())]) * 1, encoding="utf-8")
    with (tmp_path / COMMENTS).open("a", encoding="utf-8") as file:
        file.write("- {id: c1, page: A01, by: 甲, kindd: query}\n")
    with pytest.raises(InputError, match="E104"):
        read_comments(tmp_path)


def correction(text: Story, start: int, end: int, kind: Kind, wanted: str = "") -> Comment:
    return remark(make_anchor("bridge", body(text, 1), start, end), kind=kind, wanted=wanted)


def test_corrections_are_seen_to_be_done() -> None:
    old = story("桥长1,264米，是连接北关区与柳林区的第一座公路桥，今晨通车。")
    replaced = correction(old, 2, 7, Kind.REPLACE, "1,246")
    deleted = correction(old, 20, 23, Kind.DELETE)
    inserted = correction(old, 29, 29, Kind.INSERT, "八时")
    (first, second, third) = corrections([replaced, deleted, inserted], {"bridge": old})
    assert not first.done
    assert not second.done
    assert not third.done
    new = story("桥长1,246米，是连接北关区与柳林区的公路桥，今晨八时通车。")
    fates = corrections([replaced, deleted, inserted], {"bridge": new})
    assert [item.now for item in fates] == ["1,246", "", "八时"]
    assert all(item.done for item in fates)


def test_changes_that_nobody_asked_for_are_strays() -> None:
    old, new = "桥长1,264米，是第一座公路桥。", "桥长1,246米，是第一座公路大桥。"
    asked = correction(story(old), 2, 7, Kind.REPLACE, "1,246")
    found = list(strays([("bridge", "body", 1, old)], [("bridge", "body", 1, new)], [asked]))
    assert [(item.edit.old, item.edit.new) for item in found] == [("", "大")]


def test_a_correction_is_carried_into_the_story() -> None:
    reading = read_issue(SAMPLE)
    chosen = next(item for page in reading.issue.pages for item in page.stories if item.id == "tunnel")
    text = body(chosen, 1)
    at = text.rich.text.index("412天")
    asked = remark(make_anchor("tunnel", text, at, at + 4), kind=Kind.REPLACE, wanted="421天")
    mending = mended(asked, chosen, reading.sources[chosen.file])
    assert mending.after == mending.before.replace("掘进共412天", "掘进共421天")
    assert "-" in mending.diff
    assert "+" in mending.diff
    with pytest.raises(InputError, match="E657"):
        mended(replace(asked, kind=Kind.QUERY), chosen, reading.sources[chosen.file])


def test_listing() -> None:
    old = story("桥长1,264米，是连接北关区与柳林区的第一座公路桥。")
    asked = correction(old, 2, 7, Kind.REPLACE, "1,246")
    lost = replace(asked, id="c2", anchor=replace(asked.anchor, quote="没有的字") if asked.anchor else None, must=True)
    codes = [
        item.code for item in findings([asked, lost, replace(asked, state=State.RESOLVED)], {"bridge": story("别的。")})
    ]
    assert codes == ["W653", "I654", "W653", "W655"]
    text = markdown([asked, replace(asked, id="c3", state=State.RESOLVED)], {"bridge": old})
    assert "- [ ] 换用 \\[1,264→1,246\\]" in text
    assert "- [x]" in text
    assert '"version": 1' in exported([asked], {"bridge": old})


def test_signatures() -> None:
    def signed(stage: str, revision: str) -> Signature:
        return Signature(page="A01", stage=stage, by="某", revision=revision)

    required = ["一校", "二校", "三校", "终审"]
    done = [signed("一校", "r1"), signed("二校", "r2"), signed("三校", "r3"), signed("终审", "r3")]
    assert missing(required, done, "A01", "r3") == ()
    assert missing(required, done, "A01", "r4") == ("三校", "终审")
    assert missing(required, done[:1], "A01", "r1") == ("二校", "三校", "终审")
    assert missing(required, done, "A02", "r3") == tuple(required)
