"""The judgement before the press: what stops, what is let pass, and in whose name."""

from __future__ import annotations

from typing import Any

from layout.comment import Anchor, Comment, Kind, Signature, State
from layout.diagnostics import finding
from layout.model import Waiver
from layout.release.gate import judge, remark_findings, section_findings, signature_findings

ERROR = finding("E524", page="A02", story="tea", name="tea", ppi=100, limit=120)
OTHER = finding("E524", page="A03", story="bank", name="bank", ppi=100, limit=120)
WARNING = finding("W528", page="A02", story="tea", name="tea", width=1, height=1, booked_width=2, booked_height=2)
HOLE = finding("W516", page="A02", story="bank", name="bank")


def waiver(rule: str, about: str = "") -> Waiver:
    return Waiver(rule=rule, object=about, by="宋词", reason="客户同意")


def test_errors_stop_and_warnings_do_not() -> None:
    verdict = judge([ERROR, WARNING], ())
    assert verdict.stopping == (ERROR,)
    assert verdict.noted == (WARNING,)


def test_stand_ins_never_leave_the_house() -> None:
    verdict = judge([HOLE], ())
    assert [(item.code, item.page, item.story) for item in verdict.stopping] == [("E620", "A02", "bank")]
    assert "bank" in verdict.stopping[0].message()


def test_a_waiver_lets_its_own_finding_pass_and_says_so() -> None:
    verdict = judge([ERROR, OTHER], [waiver("E524", "tea")])
    assert verdict.stopping == (OTHER,)
    assert [(item.story, by.by) for item, by in verdict.waived] == [("tea", "宋词")]
    said = [item for item in verdict.noted if item.code == "W622"]
    assert "客户同意" in said[0].message()


def test_waivers_name_page_story_value_or_nothing() -> None:
    for about in ("A02", "tea", "100", ""):
        assert judge([ERROR], [waiver("E524", about)]).stopping == ()
    for rule, about in (("E525", ""), ("E524", "A09")):
        verdict = judge([ERROR], [waiver(rule, about)])
        assert verdict.stopping == (ERROR,)
        assert [item.code for item in verdict.noted] == ["W621"]


def remark(name: str, text: str, **fields: Any) -> Comment:  # noqa: ANN401
    return Comment(id=name, page="A01", by="贾实", at="2026-11-21T22:40", kind=Kind.TYPO, remark=text, **fields)


def test_open_remarks_that_must_be_mended_stop() -> None:
    where = Anchor(story="tea", part="body", number=1, start=0, quote="茶")
    comments = [
        remark("c1", "错字", must=True),
        remark("c2", "错字", must=True, state=State.RESOLVED),
        remark("c3", "可改可不改"),
        remark("c4", "长" * 40, must=True, anchor=where),
    ]
    found = list(remark_findings(comments))
    assert [(item.code, dict(item.values)["id"], item.page, item.story) for item in found] == [
        ("E621", "c1", "A01", ""),
        ("E621", "c4", "A01", "tea"),
    ]
    assert dict(found[1].values)["text"] == "长" * 24 + "…"


def test_signatures_are_bound_to_the_page_as_it_is() -> None:
    signatures = [
        Signature(page="A01", stage="三审", by="宋词", revision="now"),
        Signature(page="A01", stage="三校", by="贾实", revision="before"),
        Signature(page="A02", stage="三审", by="宋词"),
    ]
    required = {"A01": ("三审", "三校"), "A02": ("三审", "三校"), "A03": ()}
    found = list(signature_findings(required, signatures, {"A01": "now", "A02": "x"}))
    assert [(item.page, dict(item.values)["stage"]) for item in found] == [("A01", "三校"), ("A02", "三校")]
    assert "贾实" in found[0].hint
    assert not found[1].hint


def test_sections_fill_whole_sheets() -> None:
    found = list(section_findings({"A": 8, "B": 6, "": 1}, 4))
    assert [(item.code, dict(item.values)["section"], dict(item.values)["count"]) for item in found] == [
        ("W620", "B", "6"),
        ("W620", "—", "1"),
    ]
