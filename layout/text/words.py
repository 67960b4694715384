"""The words of a headline and their kinds.

rjieba cuts the text (without guessing: what its dictionary lacks falls into single characters, which says more than
a wrong guess) and names kinds; the lists of `layout.text.lexicon` are taught to it, and say the kinds of single
characters. Names of people and numbers are put together here, marks are words of their own.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from layout.text import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS: Final = {
    **dict.fromkeys(("n", "nz", "nt", "s", "j", "ng", "nr", "nrt", "nrfg", "z", "h", "an", "g", "zg"), "n"),
    **dict.fromkeys(("ns",), "s"),
    **dict.fromkeys(("t", "tg"), "t"),
    **dict.fromkeys(("v", "vg", "vd", "vi", "vq"), "v"),
    "vn": "y",
    **dict.fromkeys(("a", "ag", "b"), "a"),
    **dict.fromkeys(("d", "df", "dg", "ad"), "d"),
    **dict.fromkeys(("i", "l"), "i"),
    **dict.fromkeys(("r", "rr", "rz", "rg"), "r"),
    **dict.fromkeys(("m", "mq"), "m"),
    **dict.fromkeys(("u", "uj", "ul", "uv", "uz", "ud", "ug", "y", "e", "o", "k"), "u"),
    "p": "p",
    "c": "c",
    "q": "q",
    "f": "f",
    "eng": "e",
    "x": "x",
}
"""Kinds by the segmenter's tags: noun, s place, time, verb, attribute, d adverb, idiom, r pronoun, m number,
q measure, u particle, preposition, conjunction, f locality, e Latin, x mark."""

_MARK: Final = re.compile(r"[^\w%％℃.·]")
_NUMBER: Final = re.compile(r"[0-9０-９]+(?:[.,:：比/~—-][0-9０-９]+)*[%％℃]?")


class Word(NamedTuple):
    """A word, its kind (one letter of `KINDS`; `k` a quantity, `N` a person's name, `1` a lone character)."""

    text: str
    kind: str
    start: int

    @property
    def end(self) -> int:
        """Offset after the word."""
        return self.start + len(self.text)


@cache
def _segmenter() -> Any:  # noqa: ANN401 - rjieba has no stubs
    import rjieba  # noqa: PLC0415 - its dictionary takes a fifth of a second to load

    made = rjieba.Jieba()
    for tag, words in (("n", lexicon.NOUNS), ("b", lexicon.ATTRIBUTES), ("v", lexicon.VERBS), ("i", lexicon.CLAUSES),
                       ("t", lexicon.TIMES)):
        for word in sorted(words):
            made.add_word(word, None, tag)
    return made


@lru_cache(maxsize=4096)
def words(text: str, names: tuple[str, ...] = ()) -> tuple[Word, ...]:
    """Return the words of a headline; `names` are people and places that are one word each."""
    made: list[Word] = []
    for piece, start, kind in _pieces(text, names):
        if kind:
            made.append(Word(piece, kind, start))
            continue
        offset = start
        for word, tag in _segmenter().tag(piece, False):  # noqa: FBT003 - its own parameter has no name
            made.append(Word(word, _kind(word, tag), offset))
            offset += len(word)
    return tuple(_quantities(_people(made)))


def _pieces(text: str, names: tuple[str, ...]) -> Iterator[tuple[str, int, str]]:
    """Yield stretches of text with a kind where it is clear: names, numbers, marks."""
    known = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)) if name)
    pattern = re.compile(f"({known or '(?!)'})|({_NUMBER.pattern})(?![A-Za-z])|({_MARK.pattern})")
    done = 0
    for found in pattern.finditer(text):
        if found[2] and found.start() and text[found.start() - 1].isascii() and text[found.start() - 1].isalpha():
            continue
        if found.start() > done:
            yield text[done : found.start()], done, ""
        yield found[0], found.start(), "N" if found[1] else "m" if found[2] else "x"
        done = found.end()
    if done < len(text):
        yield text[done:], done, ""


def _kind(word: str, tag: str) -> str:
    for kind, listed in _LISTED:
        if word in listed:
            return kind
    if len(word) > 1:
        kind = KINDS.get(tag, "n")
        if kind == "m" and word[-1] not in lexicon.NUMERALS:
            return "k"
        return kind
    for kind, chars in _SINGLES:
        if word in chars:
            return kind
    return KINDS.get(tag, "1") if tag in {"m", "x", "eng"} else "1"


_LISTED: Final = (
    ("w", lexicon.WIDE),
    ("t", lexicon.TIMES),
    ("i", lexicon.CLAUSES),
    ("v", lexicon.VERBS),
    ("n", lexicon.NOUNS),
    ("a", lexicon.ATTRIBUTES),
)
"""Kinds of words, by the first list that has them."""

_SINGLES: Final = (
    ("m", lexicon.NUMERALS),
    ("c", lexicon.LINKING),
    ("u", lexicon.LEANING),
    ("l", lexicon.LEADING),
    ("V", lexicon.VERB_CHARS),
    ("P", lexicon.PREFIXES),
    ("S", lexicon.SUFFIXES),
)
"""Kinds of single characters, by the first list that has them: l leads, V verb, P prefix, S suffix."""


def _people(made: list[Word]) -> list[Word]:
    """Put the characters of people's names together."""
    done: list[Word] = []
    at = 0
    while at < len(made):
        taken = _foreign(made, at) or _person(made, at, done[-1] if done else None)
        if taken > 1:
            done.append(Word("".join(word.text for word in made[at : at + taken]), "N", made[at].start))
        else:
            done.append(made[at])
        at += max(1, taken)
    return done


def _person(made: list[Word], at: int, before: Word | None) -> int:
    """Return how many words from `at` on are a Chinese name, 0 for none."""
    first = made[at].text
    titled = before is not None and before.kind in "nva1SN" and before.text[-1] in lexicon.PEOPLE
    opening = before is None or before.kind == "x"
    if first in lexicon.LONG_SURNAMES:
        room = 4
    elif first in lexicon.SURNAMES or (titled and len(first) == 2 and first[0] in lexicon.SURNAMES):
        room = 3
    else:
        return 0
    taken, length = 1, len(first)
    while length < room and at + taken < len(made):
        word = made[at + taken]
        if word.kind in "xumkcq" or length + len(word.text) > room:
            break
        if word.kind == "l" or (length >= 2 and len(word.text) == 1 and word.kind == "V" and not titled):
            break
        taken += 1
        length += len(word.text)
    follower = made[at + taken] if at + taken < len(made) else None
    if length < 2 or (taken == 1) or not (titled or opening):
        return 0
    if length == 2 and len(first) == 2:
        return 0
    if opening and not titled and (length != room or follower is None or follower.kind not in "xvulVdt"):
        return 0
    return taken


def _foreign(made: list[Word], at: int) -> int:
    """Return how many words from `at` on are a name with ·, 0 for none."""
    dot = next((place for place in range(at, min(at + 6, len(made))) if made[place].text == "·"), None)
    if dot is None or dot == at:
        return 0
    if any(set(word.text) - lexicon.FOREIGN for word in made[at:dot]):
        return 0
    end = dot + 1
    length = 0
    while end < len(made) and length < 5 and not set(made[end].text) - lexicon.FOREIGN:
        if length >= 2 and made[end].kind in "vi":
            break
        length += len(made[end].text)
        end += 1
    return end - at


def _quantities(made: list[Word]) -> list[Word]:
    """Put numbers and their measures together."""
    done: list[Word] = []
    for word in made:
        last = done[-1] if done else None
        if last is not None and last.kind == "m":
            joined = last.text + word.text
            if word.kind == "m" and (word.text[0] in lexicon.NUMERALS or last.text == "第"):
                done[-1] = Word(joined, "m", last.start)
                continue
            if word.text in lexicon.LONG_MEASURES or (len(word.text) == 1 and word.text in lexicon.MEASURES):
                done[-1] = Word(joined, "k", last.start)
                continue
            if word.kind == "k":
                done[-1] = Word(joined, "k", last.start)
                continue
        if last is not None and last.kind == "k" and (
            (last.text[-1] == "个" and word.text in {"月", "小时", "百分点", "基点", "星期", "季度"})
            or word.text in {"月", "日", "起", "时", "分", "余", "多", "半"}
            or (word.kind in "mk" and last.text[-1] in "年月日时点")
        ):
            done[-1] = Word(last.text + word.text, "k", last.start)
            continue
        done.append(word)
    return [Word(word.text, "k", word.start) if word.kind == "m" and word.text[-1] in "%％℃" else word for word in done]
