"""Words: written twice, in a variant form, against the house's list, in the wrong script; people and their titles."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from layout.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.checks.passage import Passage
    from layout.diagnostics import Diagnostic
    from layout.house import House, Person

_DOUBLED: Final = re.compile(r"([的了在是和与及把被从向将而为以就都也])\1")
_RIGHTLY: Final = {"的的": ("的的确确",), "了了": ("不了了之", "一了百了"), "是是": ("是是非非",), "就就": ("迁就就",)}
"""Doubles that the language has."""

_TWICE: Final = re.compile(r"([\u4e00-\u9fff]{3,8})\1")
_ECHOES: Final = re.compile(r"(.)\1\1|(..)\2\2")
"""哈哈哈, 加油加油加油: said again on purpose."""

_AROUND: Final = 12
"""Characters beside a hit that the segmenter is shown."""

_BESIDE: Final = 14
"""Characters before and after a name in which its title is looked for."""


@lru_cache(maxsize=1)
def _variants() -> tuple[re.Pattern[str], dict[str, str]]:
    from layout.checks.variants import VARIANTS  # noqa: PLC0415 - tables load when texts are checked

    table = {form: usual for usual, forms in VARIANTS.items() for form in forms}
    return re.compile("|".join(sorted(table, key=lambda form: (-len(form), form)))), table


@lru_cache(maxsize=1)
def _scripts() -> dict[bool, tuple[re.Pattern[str], dict[str, str]]]:
    """Return, by whether a text is Traditional, the characters that do not belong there and their partners."""
    from layout.checks import scripts  # noqa: PLC0415

    tables = {
        False: dict(zip(scripts.TRADITIONAL, scripts.THEIR_SIMPLIFIED, strict=True)),
        True: dict(zip(scripts.SIMPLIFIED, scripts.THEIR_TRADITIONAL, strict=True)),
    }
    return {key: (re.compile(f"[{''.join(table)}]"), table) for key, table in tables.items()}


def check_doubles(texts: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Yield characters and words written twice by a slip: 的的, 在在, 召开大会召开大会."""
    for passage in texts:
        for match in _DOUBLED.finditer(passage.text):
            if not _meant(passage.text, match):
                yield passage.report("W813", *match.span(), text=match[0])
        for match in _TWICE.finditer(passage.text):
            if not _ECHOES.search(match[0]):
                yield passage.report("W813", *match.span(), text=match[0])


def _meant(text: str, match: re.Match[str]) -> bool:
    """Tell whether a doubled character belongs to two words: 目的|的确, 为|为了, 走了|了解."""
    start, end = match.span()
    if any(form in text[max(start - len(form), 0) : end + len(form)] for form in _RIGHTLY.get(match[0], ())):
        return True
    low = max(start - _AROUND, 0)
    cut = words(text[low : end + _AROUND])
    return any(word.end - word.start > 1 and word.start < end - low and word.end > start - low for word in cut)


def check_variants(texts: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Yield variant forms that the standard sets aside for another (GF 1001-2001): 想像力 for 想象力."""
    pattern, table = _variants()
    for passage in texts:
        if passage.region != "zh-Hans":
            continue
        for match in pattern.finditer(passage.text):
            if _stands_alone(passage.text, *match.span()):
                yield passage.report("W814", *match.span(), text=match[0], wanted=table[match[0]])


def check_scripts(texts: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Yield Traditional characters in Simplified text, and the other way round."""
    for passage in texts:
        if passage.region not in {"zh-Hans", "zh-TW", "zh-HK"}:
            continue
        pattern, table = _scripts()[passage.region != "zh-Hans"]
        for match in pattern.finditer(passage.text):
            yield passage.report("W815", *match.span(), text=match[0], wanted=table[match[0]])


def check_house_words(texts: Sequence[Passage], house: House) -> Iterator[Diagnostic]:
    """Yield words that the house's list rules out or warns of."""
    if not house.words:
        return
    table = {word.text: word for word in house.words}
    pattern = re.compile("|".join(re.escape(text) for text in sorted(table, key=lambda text: (-len(text), text))))
    for passage in texts:
        for match in pattern.finditer(passage.text):
            word = table[match[0]]
            if any(
                kept in passage.text[max(match.start() - _AROUND, 0) : match.end() + _AROUND] for kept in word.unless
            ):
                continue
            code = "E816" if word.banned else "W817"
            yield passage.report(code, *match.span(), hint=word.why, text=match[0], wanted=word.wanted or "—")


def check_people(texts: Sequence[Passage], house: House) -> Iterator[Diagnostic]:
    """Yield people given another's title, and lists of people out of their order."""
    people = {person.name: person for person in house.people}
    if not people:
        return
    titles = sorted({title for person in house.people for title in person.titles}, key=lambda text: (-len(text), text))
    names = re.compile("|".join(re.escape(name) for name in sorted(people, key=lambda name: (-len(name), name))))
    order = {person.name: place for place, person in enumerate(house.people)}
    for passage in texts:
        for match in names.finditer(passage.text):
            yield from _title(passage, match, people[match[0]], titles)
        listed = re.compile(rf"(?:{names.pattern})(?:、(?:{names.pattern}))+")
        for match in listed.finditer(passage.text):
            places = [order[name] for name in match[0].split("、")]
            if places != sorted(places):
                wanted = "、".join(sorted(match[0].split("、"), key=order.__getitem__))
                yield passage.report("W819", *match.span(), text=match[0], wanted=wanted)


def _title(passage: Passage, match: re.Match[str], person: Person, titles: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield a finding where the title right before the name is one of the list's, but not this person's."""
    before = passage.text[max(match.start() - _BESIDE, 0) : match.start()]
    written = next((title for title in titles if before.endswith(title)), "")
    if written and person.titles and written not in person.titles:
        yield passage.report(
            "W818", match.start() - len(written), match.end(), text=written + match[0], wanted=person.titles[0]
        )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a hit begins and ends where words do: 子细 in 电子细胞 does not."""
    low = max(start - _AROUND, 0)
    edges = {edge + low for word in words(text[low : end + _AROUND]) for edge in (word.start, word.end)}
    return {start, end} <= edges
