"""Stories written down read back as they were: every character, every mark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from layout.exporters.ninjs import hypertext
from layout.importers.hypertext import read_hypertext
from layout.importers.richtext import Edit, edited, joined, sliced, tidied
from layout.importers.storyfile import markup
from layout.importers.webpage import parsed
from layout.model import Emphasis, Mark, RichText
from layout.reading.markup import inline
from layout.reading.source import Sources

SIGNS = "中文abc12*{}|[]()^~=_\\#<>&-+!./:。，“”"


def read_back(text: str) -> RichText:
    sources = Sources(Path())
    rich = inline(text, [(0, 1, 1)], "a.md", sources)
    assert sources.findings == []
    return rich


@given(st.text(SIGNS + " ", max_size=40))
def test_plain_text_comes_back(text: str) -> None:
    rich = tidied(RichText(text))
    assert read_back(markup(rich)).text == rich.text


@st.composite
def marked(draw: st.DrawFn) -> RichText:
    """Return a text whose marks nest as the grammar's do: pieces, some marked, some with marked pieces inside."""

    def piece(depth: int, outer: frozenset[Emphasis] = frozenset()) -> RichText:
        parts: list[RichText] = []
        for _ in range(draw(st.integers(1, 3))):
            text = draw(st.text(SIGNS.replace("=", "").replace("_", ""), min_size=1, max_size=5))
            kind = draw(st.sampled_from([None, None, *(kind for kind in Emphasis if kind not in outer)]))
            value = {Emphasis.LINK: "https://a.b/c?d=(e)", Emphasis.RUBY: "hàn zì"}.get(kind, "") if kind else ""
            if kind in (Emphasis.RUBY, Emphasis.SUPERIOR, Emphasis.INFERIOR):
                base = draw(st.text("中文ab12", min_size=1, max_size=4)) if kind is not Emphasis.INFERIOR else "2"
                lead = RichText("H" if kind is Emphasis.INFERIOR else "")
                parts += [lead, RichText(base, (Mark(0, len(base), kind, value),))]
                continue
            inner = piece(depth - 1, outer | {kind}) if depth and kind else RichText(text)
            own = (Mark(0, len(inner.text), kind, value),) if kind else ()
            parts.append(RichText(inner.text, (*own, *inner.marks)))
        return joined(parts)

    return piece(2)


def sets(rich: RichText) -> dict[Emphasis, list[tuple[int, int, str]]]:
    """Return which characters each emphasis covers: what a reader sees."""
    found: dict[Emphasis, list[tuple[int, int, str]]] = {}
    for emphasis in Emphasis:
        covered: dict[int, str] = {}
        for mark in rich.marks:
            if mark.emphasis is emphasis:
                covered |= dict.fromkeys(range(mark.start, mark.end), mark.value)
        found[emphasis] = sorted((at, at + 1, value) for at, value in covered.items())
    return found


@given(marked())
def test_marks_come_back_over_the_same_characters(rich: RichText) -> None:
    found = read_back(markup(rich))
    assert found.text == rich.text
    assert sets(found) == sets(rich)


@given(marked())
def test_hypertext_comes_back_too(rich: RichText) -> None:
    assume(rich.text.strip() == rich.text)
    walk = read_hypertext(parsed(f"<p>{hypertext(rich)}</p>"), "a.html")
    [item] = walk.items
    assert item.text.text == rich.text
    assert sets(item.text) == sets(rich)


MARKS: Any = st.builds(
    lambda start, length, emphasis: Mark(start, start + length, emphasis, "x"),
    st.integers(0, 20),
    st.integers(1, 9),
    st.sampled_from(list(Emphasis)),
)


@given(st.text(SIGNS, max_size=24), st.lists(MARKS, max_size=5))
def test_no_mark_however_it_lies_costs_a_character_or_breaks_the_file(text: str, marks: list[Mark]) -> None:
    rich = RichText(text, tuple(mark for mark in marks if mark.end <= len(text)))
    assert read_back(markup(rich)).text == text


@given(
    st.text("abcdef", max_size=20),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 4), st.text("XYZ", max_size=3)), max_size=4),
    st.lists(MARKS, max_size=4),
)
def test_edits_move_marks_with_their_characters(
    text: str, wanted: list[tuple[int, int, str]], marks: list[Mark]
) -> None:
    edits: list[Edit] = []
    for start, length, new in sorted(wanted):
        if start + length <= len(text) and (not edits or edits[-1].end < start):
            edits.append(Edit(start, start + length, new))
    rich = RichText(text, tuple(mark for mark in marks if mark.end <= len(text)))
    made = edited(rich, edits)
    changed = {at for edit in edits for at in range(edit.start, edit.end)}
    kept = {
        emphasis: "".join(
            char for at, char in enumerate(text)
            if at not in changed and any(m.start <= at < m.end for m in rich.marks if m.emphasis is emphasis)
        )
        for emphasis in Emphasis
    }  # fmt: skip
    for emphasis in Emphasis:
        found = "".join(
            char
            for at, char in enumerate(made.text)
            if char.islower() and any(m.start <= at < m.end for m in made.marks if m.emphasis is emphasis)
        )
        assert found == kept[emphasis]


@given(st.text("ab 中\n", max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_slices_joined_are_the_whole(text: str, first: int, second: int) -> None:
    a, b = sorted((min(first, len(text)), min(second, len(text))))
    rich = RichText(text, (Mark(0, len(text), Emphasis.HEI),) if text else ())
    assert joined([sliced(rich, 0, a), sliced(rich, a, b), sliced(rich, b)]).text == text
