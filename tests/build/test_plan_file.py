"""plan.yaml: what is written is read back equal, and what is wrong in a file is said with its place."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.diagnostics import InputError
from layout.geometry import Cells
from layout.model import Entry, Issue, Masthead, Page, Pin, RichText, Story
from layout.plan import HeadChoice, Module, PagePlan, PhotoPlace, Variant, Wanted
from layout.reading.issue import read_issue
from layout.reading.plan import plan_yaml, read_former, read_plans
from layout.reading.plansheet import HeadFields, PlaceFields, SettingFields
from layout.reading.source import Sources
from layout.resources import schemas_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from layout.style import Style
    from tests.build.conftest import WriteIssue

NAMES = ("bridge", "kites", "tea", "年货", "a+b")
small = st.integers(1, 40)
lengths = st.integers(1, 400_000)
heads = st.builds(
    HeadChoice,
    role=st.sampled_from(["song-black", "hei"]),
    size=lengths,
    lines=st.integers(1, 4),
    depth=st.integers(0, 12),
    fill=st.integers(0, 12_000).map(lambda value: value / 10_000),
    beside=st.none() | lengths,
)
photos = st.builds(
    PhotoPlace,
    photo=st.integers(0, 5),
    leg=st.integers(0, 5),
    legs=st.integers(1, 6),
    depth=small,
    height=lengths,
    offset=st.integers(0, 40),
)
counts = st.integers(0, 30)


def variants(
    columns: st.SearchStrategy[int], lines: st.SearchStrategy[int], *, deep: bool
) -> st.SearchStrategy[Variant]:
    return st.builds(
        Variant,
        style=st.sampled_from(["over", "photo", "plain", "stack", "side", "vertical-left", "vertical-right"]),
        columns=columns,
        lines=lines,
        legs=st.integers(1, 6),
        characters=st.integers(0, 40),
        body=st.integers(0, 80),
        head=st.none() | heads,
        photos=st.lists(photos, max_size=2).map(tuple),
        air=counts,
        blank=counts,
        over=counts,
        parts=st.lists(variants(small, small, deep=False), max_size=2).map(tuple) if deep else st.just(()),
    )


@st.composite
def plans(draw: st.DrawFn) -> PagePlan:
    """A plan whose places lie in the tabloid's six columns of 81 lines, each in a column of its own."""
    names = draw(st.permutations(NAMES))
    count = draw(st.integers(0, 5))
    modules = []
    for column, name in enumerate(names[:count]):
        line = draw(st.integers(0, 70))
        lines = draw(st.integers(1, 82 - line))
        lines += line + lines == 81  # a module at the foot takes the blank line below
        cells = Cells(column, line, 1, lines)
        variant = draw(variants(st.just(1), st.just(lines), deep=True))
        modules.append(Module(id=name, cells=cells, variant=variant, cost=draw(st.integers(0, 9000))))
    wanted = [
        Wanted(id=name, pin=draw(pins(names[name == names[0]], grouped="+" in name)))
        for name in names[count:]
        if draw(st.booleans())
    ]
    return PagePlan(
        page="A02",
        modules=tuple(modules),
        blocks=(("advert:bank", Cells(3, 60, 3, 21)),) if draw(st.booleans()) else (),
        unplaced=("kites",) if draw(st.booleans()) else (),
        holes=(Cells(5, 2, 1, 3),) if draw(st.booleans()) else (),
        cost=draw(st.integers(0, 100_000)),
        wanted=tuple(wanted),
    )


def pins(other: str, *, grouped: bool) -> st.SearchStrategy[Pin]:
    made = st.builds(
        Pin,
        columns=st.none() | st.integers(1, 3),
        line=st.none() | st.integers(1, 40),
        head=st.none() if grouped else st.none() | st.integers(8_000, 80_000),
        above=st.sampled_from([(), (other,)]),
        beside=st.sampled_from([(), (other,)]),
    )
    return made.filter(lambda pin: pin != Pin())


def an_issue(plan: PagePlan) -> Issue:
    """An issue whose page has the stories of a plan."""
    entries = tuple(
        Entry(stories=tuple(Story(id=part, rank=3, headline=RichText("题")) for part in name.split("+")))
        for name in NAMES
    )
    page = Page(id=plan.page, section="", style="tabloid", entries=entries)
    return Issue(
        paper="清渡晚报", date="2026-11-22", number="1", region="zh-Hans", masthead=Masthead(), pages=(page,)
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(plan=plans())
def test_a_plan_comes_back_equal(plan: PagePlan, tabloid: Style, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("plan")
    text = plan_yaml((plan,), {"A02": tabloid}, {"A02": {"lines": 12}})
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    issue = an_issue(plan)
    sources = Sources(folder)
    read = read_plans(folder / "plan.yaml", issue, {"A02": tabloid}, sources)
    assert sources.findings == []
    assert read == {"A02": plan}
    assert plan_yaml((read["A02"],), {"A02": tabloid}, {}) == plan_yaml((plan,), {"A02": tabloid}, {})
    schema = json.loads((schemas_folder() / "plan.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(yaml.safe_load(text), schema)
    former = read_former(folder / "plan.yaml", {"A02": tabloid}, Sources(folder))
    assert former["A02"].modules == plan.modules


def test_every_field_of_a_setting_is_written_and_read() -> None:
    """A field that page making adds has to go through the file as well."""
    pairs = ((Variant, SettingFields), (HeadChoice, HeadFields), (PhotoPlace, PlaceFields))
    for value, model in pairs:
        assert {field.name for field in fields(value)} == set(model.model_fields)


def story(name: str) -> str:
    return f"---\nid: {name}\nheadline: 夜航船靠岸\n---\n渡口的灯亮到后半夜，船篷上落了一层薄霜。\n"


PLACE = "column: 1, columns: 3, line: 1, lines: 20"


@pytest.fixture
def found(tmp_path: Path, write_issue: WriteIssue) -> Callable[[str], list[str]]:
    def read(modules: str) -> list[str]:
        """Return the codes and places of what is wrong in a plan of a page with the stories a, b and the group c+d."""
        page = (
            "    stories:\n      - stories/a.md\n      - stories/b.md\n"
            "      - {group: 组, stories: [stories/c.md, stories/d.md]}\n"
        )
        issue = write_issue(tmp_path, {name: story(name) for name in "abcd"}, page)
        text = modules if modules.startswith("pages") else f"pages:\n  - page: A02\n    modules:\n{modules}"
        (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
        try:
            read_issue(issue)
        except InputError as problem:
            return [f"{item.code} {item.span.line}:{item.span.column}" for item in problem.diagnostics if item.span]
        return []

    return read


@pytest.mark.parametrize(
    ("modules", "codes"),
    [
        (f"      - {{id: x, pin: {{{PLACE}}}}}\n", ["E125 4:14"]),
        ("pages:\n  - page: A09\n", ["E126 2:11"]),
        ("pages:\n  - page: A02\n  - page: A02\n", ["E127 3:11"]),
        ("      - {id: a, pin: {column: 1}}\n      - {id: a, pin: {line: 3}}\n", ["E127 5:14"]),
        ("      - {id: a, frozen: yes, pin: {column: 1}}\n", ["E128 4:14"]),
        ("      - {id: a, pin: {column: 5, columns: 3}}\n", ["E116 4:22"]),
        ("      - {id: a, pin: {line: 70, lines: 20}}\n", ["E116 4:22"]),
        (f"      - {{id: a, pin: {{{PLACE}}}}}\n      - {{id: b, pin: {{{PLACE}}}}}\n", ["E117 5:22"]),
        ("      - {id: a, pin: {above: z}}\n", ["E125 4:22"]),
        ("      - {id: a, pin: {beside: [b, a]}}\n", ["E129 4:22"]),
        ("      - {id: c+d, pin: {head: 20pt}}\n", ["E129 4:24"]),
        ("      - {id: a, pin: {head: gross}}\n", ["E106 4:29"]),
        ("      - {id: a, setting: {style: over}}\n", ["E105 4:17"] * 3),
        ("      - {id: a, pin: {column: 1}, shape: big}\n", ["E104 4:35"]),
        ("      - {id: a, pin: {column: 1, head: 30pt, above: b, beside: c}}\n", []),
        ("      - {id: a, pin: {column: 9}}\n      - {id: q, pin: {lines: 99}}\n", ["E116 4:22", "E125 5:14"]),
    ],
)
def test_wrong_plans_are_told_with_their_place(
    modules: str, codes: list[str], found: Callable[[str], list[str]]
) -> None:
    assert found(modules) == codes


def test_the_plan_beside_the_issue_is_read_and_another_takes_its_place(tmp_path: Path, write_issue: WriteIssue) -> None:
    issue = write_issue(tmp_path, {"a": story("a")})
    assert read_issue(issue).plans == {}
    (tmp_path / "plan.yaml").write_text("pages:\n  - {page: A02, modules: [{id: a, pin: {column: 2}}]}\n", "utf-8")
    assert read_issue(issue).plans["A02"].wanted == (Wanted(id="a", pin=Pin(column=2)),)
    (tmp_path / "other.yaml").write_text("pages:\n  - {page: A02, modules: [{id: a, pin: {line: 9}}]}\n", "utf-8")
    assert read_issue(issue, tmp_path / "other.yaml").plans["A02"].wanted == (Wanted(id="a", pin=Pin(line=9)),)


def test_frozen_entries_free_the_others(tmp_path: Path, write_issue: WriteIssue) -> None:
    issue = write_issue(tmp_path, {name: story(name) for name in "abc"})
    setting = "{style: over, legs: 1, characters: 11, body: 5, head: {role: hei, size: 20pt, lines: 1, depth: 3}}"
    whole = "column: {}, columns: 1, line: 1, lines: 9"
    (tmp_path / "plan.yaml").write_text(
        "pages:\n  - page: A02\n    modules:\n"
        f"      - {{id: a, frozen: yes, pin: {{{whole.format(1)}}}, setting: {setting}}}\n"
        f"      - {{id: b, pin: {{{whole.format(2)}}}, setting: {setting}}}\n"
        "      - {id: c, pin: {above: b}}\n",
        encoding="utf-8",
    )
    plan = read_issue(issue).plans["A02"]
    assert [module.id for module in plan.modules] == ["a"]
    assert [wanted.id for wanted in plan.wanted] == ["c"]
