"""Names of released files: by the pattern, counting on, never the same twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.diagnostics import OutputError
from layout.model import Issue, Masthead
from layout.release.names import naming

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layout.release.names import Naming

USUAL = "{paper}_{date}_{page}_{edition}_v{rev}.pdf"


def named(pattern: str = USUAL, known: Iterable[str] = (), edition: str = "") -> Naming:
    issue = Issue(
        paper="清渡晚报",
        date="2026-11-22",
        number="6318",
        region="zh-Hans",
        masthead=Masthead(),
        pages=(),
        edition=edition,
    )
    return naming(pattern, issue, known)


def test_words_that_an_issue_has_not_leave_no_gap() -> None:
    assert named().next("A01") == ("清渡晚报_2026-11-22_A01_v1.pdf", 1)
    assert named(edition="早版").next("A01") == ("清渡晚报_2026-11-22_A01_早版_v1.pdf", 1)
    assert named("{page}_{edition}.pdf").next("A01") == ("A01.pdf", 1)


def test_revisions_count_on_for_each_page() -> None:
    known = ["清渡晚报_2026-11-22_A01_v1.pdf", "清渡晚报_2026-11-22_A01_v3.pdf", "清渡晚报_2026-11-21_A02_v9.pdf"]
    assert named(known=known).next("A01")[1] == 4
    assert named(known=known).next("A02")[1] == 1
    assert named(known=known, edition="早版").next("A01")[1] == 1


def test_a_name_without_revision_is_not_used_again() -> None:
    assert named("{paper}-{page}.pdf").next("A01") == ("清渡晚报-A01.pdf", 1)
    with pytest.raises(OutputError) as caught:
        named("{paper}-{page}.pdf", ["清渡晚报-A01.pdf"]).next("A01")
    assert [item.code for item in caught.value.diagnostics] == ["E624"]


@pytest.mark.parametrize(
    "pattern", ["{paper}.pdf", "{page}", "{page}/{rev}.pdf", "{page}{colour}.pdf", "{page.pdf", "{}{page}.pdf"]
)
def test_patterns_that_cannot_be_used(pattern: str) -> None:
    with pytest.raises(OutputError) as caught:
        named(pattern)
    assert [item.code for item in caught.value.diagnostics] == ["E623"]


@given(st.lists(st.sampled_from(["A01", "A02", "B 01", "甲1"]), max_size=30), st.text("早晚版 /\\:a", max_size=4))
def test_no_name_is_ever_used_twice(pages: list[str], edition: str) -> None:
    used: list[str] = []
    for page in pages:
        name, _ = named(known=used, edition=edition).next(page)
        assert name not in used
        assert not set(name) & set(' /\\:*?"<>|')
        used.append(name)
