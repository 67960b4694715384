"""The suite of Chinese composition: every clause is read from a PDF, and every check is shown that it can fail."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.text import linebreak
from layout.text.gaps import STYLES
from layout.text.justify import DEMERITS, LOOSEST_EM, fit, prepare
from layout.text.punctuation import LEVELS
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape
from tests.text.conformance import SIZE, bind, print_page, read_pages
from tests.text.conformance_clauses import cases
from tests.text.conformance_mutants import MUTANTS, forget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from layout.fontbook import Fontbook
    from layout.model import Region
    from layout.pdf.content import PageContent
    from layout.style import Punctuation, Style
    from layout.text.justify import Material
    from tests.text.conformance import Case, Lines
    from tests.text.conformance_mutants import Mutant

    Printed = Mapping[tuple[str, str], tuple[Lines, ...]]

CASES = {case.id: case for case in cases()}


def noticing(mutant: Mutant) -> list[Case]:
    """Return the cases that must notice a mutant."""
    return [case for case in CASES.values() if any(re.fullmatch(pattern, case.id) for pattern in mutant.notices)]


def print_cases(some: Sequence[Case], book: Fontbook, house: Style) -> Iterator[PageContent]:
    return (print_page(setting, book, house) for case in some for setting in case.settings)


@pytest.fixture(scope="session")
def printed(book: Fontbook, tabloid: Style) -> Printed:
    """What every case shows as the engine is (""), and what those show that must notice a mutant: all one PDF."""
    order = [("", list(CASES.values())), *((mutant.id, noticing(mutant)) for mutant in MUTANTS)]
    pages = list(print_cases(order[0][1], book, tabloid))
    for mutant, (_, some) in zip(MUTANTS, order[1:], strict=True):
        with pytest.MonkeyPatch.context() as patch:
            forget()
            mutant.change(patch)
            pages.extend(print_cases(some, book, mutant.house(tabloid)))
    forget()
    read = read_pages(bind(pages, book))
    return {(name, case.id): tuple(next(read) for _ in case.settings) for name, some in order for case in some}


def test_there_are_clauses_enough() -> None:
    assert len(cases()) == len(CASES) >= 120


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_clause(case: Case, printed: Printed) -> None:
    case.check(*printed["", case.id])


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.id)
def test_a_mutant_is_noticed(mutant: Mutant, printed: Printed) -> None:
    some = noticing(mutant)
    assert some
    for case in some:
        try:
            case.check(*printed[mutant.id, case.id])
        except AssertionError:
            continue
        pytest.fail(f"{case.id} does not notice")


def test_every_clause_is_shown_to_fail() -> None:
    named = {case.id for mutant in MUTANTS for case in noticing(mutant)}
    assert set(CASES) - named == set()


def test_every_pattern_names_a_clause() -> None:
    for mutant in MUTANTS:
        for pattern in mutant.notices:
            assert any(re.fullmatch(pattern, name) for name in CASES), (mutant.id, pattern)


PIECES = [
    *"的一是在不了有和人这中大为上个国我以要他时",
    *("，", "。", "、", "；", "？", "“引用”", "《书名》", "（括注）", "——", "……", "。」", "」「", "？！"),
    *("2026年", "12.6%", "5G", "AI", "i", " ", "·", "～", "/"),
]


@settings(max_examples=120, deadline=None)
@given(
    text=st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join).filter(str.strip),
    kind=st.sampled_from(tuple(STYLES)),
    hang=st.booleans(),
    region=st.sampled_from(("zh-Hans", "zh-TW", "ja")),
    level=st.sampled_from(LEVELS),
    measures=st.sampled_from(((4, 6, 6, 6), (9, 11, 11, 11), (7, 7, 7, 12))),
)
def test_the_search_finds_what_trying_every_start_finds(
    text: str,
    kind: Punctuation,
    hang: bool,  # noqa: FBT001 - drawn by name
    region: Region,
    level: str,
    measures: tuple[int, ...],
    book: Fontbook,
    tabloid: Style,
) -> None:
    rules = replace(tabloid.composition, punctuation=kind, hang=hang)
    material = prepare(shape(text, ShapeStyle("song", SIZE, region, level), book), rules)

    def width(line: int) -> int:
        return measures[min(line, 3)] * SIZE

    found = linebreak._search(material, width, fit, limited=True)
    assert {count: demerits for count, (demerits, _) in found.states[-1].items()} == by_trying_all(material, width)


def by_trying_all(material: Material, width: Callable[[int], int]) -> dict[int, int]:
    """Return line count → least demerits, every start tried for every end, no line looser than the limit."""
    n = len(material)
    penalties = material.shaped.penalties
    loosest = round(LOOSEST_EM * material.size)
    best: list[dict[int, int]] = [{0: 0}, *({} for _ in range(n))]
    for end in range(1, n + 1):
        penalty = 0 if end == n else penalties[end]
        if penalty is None:
            continue
        for start in range(end):
            most = material.open_[end] - material.open_[start + 1]
            most += loosest * (material.han_gaps[end] - material.han_gaps[start + 1])
            for count, demerits in best[start].items():
                target, natural = width(count), material.width(start, end)
                last = linebreak._last_line(material, start, natural) if end == n else 0
                if end < n or natural > target:
                    price = fit(material, start, end, target).demerits
                    if target - natural > most or price + last >= DEMERITS.overfull:
                        continue
                    last += price
                total = demerits + last + penalty * linebreak.PENALTY_UNIT
                best[end][count + 1] = min(total, best[end].get(count + 1, total))
    return best[n]
