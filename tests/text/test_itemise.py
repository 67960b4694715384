"""Which face and context every character of a mixed text gets: the golden table of itemisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape

if TYPE_CHECKING:
    from layout.fontbook import Fontbook

SIZE = 10_000

GOLDEN = {
    "“5G+AI”——他说……": """\
“ song full 0.5em
5G+AI song latin
” song full 0.5em
—— song full 2em
他 song full 1em
说 song full 1em
…… song full 2em
""",
    "约翰·史密斯《书》，好。": """\
约 song full 1em
翰 song full 1em
· song full 0.5em
史 song full 1em
密 song full 1em
斯 song full 1em
《 song full 0.5em
书 song full 1em
》 song full 0.5em
， song full 0.5em
好 song full 1em
。 song full 0.5em
""",
    "He said “hello” to me.": """\
He song latin
said song latin
“hello” song latin
to song latin
me. song latin
""",
    "零下18℃到36.5℃，涨12.6%": """\
零 song full 1em
下 song full 1em
18℃ song latin
到 song full 1em
36.5℃ song latin
， song full 0.5em
涨 song full 1em
12.6% song latin
""",
    "2024—2026年don’t停": """\
2024 song latin
— song full 1em
2026 song latin
年 song full 1em
don’t song latin
停 song full 1em
""",
}


def table(text: str, role: str, book: Fontbook) -> str:
    shaped = shape(text, ShapeStyle(role, SIZE, "zh-Hans", "gb"), book)
    rows = []
    for index in range(len(shaped)):
        width = f"full {shaped.body[index] / SIZE:g}em" if shaped.han[index] else "latin"
        rows.append(f"{''.join(shaped.texts[index])} {shaped.faces[index]} {width}\n")
    return "".join(rows)


@pytest.mark.parametrize("text", GOLDEN)
def test_faces_and_widths_of_marks(text: str, book: Fontbook) -> None:
    assert table(text, "song", book) == GOLDEN[text]


def test_a_missing_character_falls_back_along_its_chain_and_then_is_named(book: Fontbook) -> None:
    shaped = shape("Dvořák听𪚥", ShapeStyle("song", SIZE, "zh-Hans", "gb"), book)
    assert set(shaped.faces) <= set(book.chain("song"))
    assert shaped.missing == ((7, "𪚥"),)


def test_emphasis_changes_the_face_and_nothing_else(book: Fontbook) -> None:
    plain = shape("他说好。", ShapeStyle("song", SIZE, "zh-Hans", "gb"), book)
    strong = shape("他说好。", ShapeStyle("song", SIZE, "zh-Hans", "gb"), book, ((2, 3, "hei"),))
    assert strong.faces == ("song", "song", "hei", "song")
    assert strong.body == plain.body
