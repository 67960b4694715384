"""The words of a headline and their kinds.

rjieba cuts the text, without guessing: what its dictionary lacks falls into single characters, which says more than
a wrong guess. The lists of `layout.text.lexicon` are taught to it and say kinds where its own are those of running
text. Names of people, numbers with their measures and verbs with their complements are put together here; marks
are words of their own.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from layout.text import lexicon
from layout.text.segmented import segmented

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KINDS: Final = {
    **dict.fromkeys(("n", "nz", "nt", "s", "j", "ng", "nr", "nrt", "nrfg", "z", "h", "an", "g", "zg"), "n"),
    **dict.fromkeys(("t", "tg"), "t"),
    **dict.fromkeys(("v", "vg", "vd", "vi", "vq"), "z"),
    **dict.fromkeys(("a", "ag", "b"), "a"),
    **dict.fromkeys(("d", "df", "dg", "ad"), "d"),
    **dict.fromkeys(("i", "l"), "i"),
    **dict.fromkeys(("r", "rr", "rz", "rg"), "r"),
    **dict.fromkeys(("m", "mq"), "m"),
    **dict.fromkeys(("u", "uj", "ul", "uv", "uz", "ud", "ug", "y", "e", "o", "k"), "u"),
    "ns": "s", "vn": "y", "p": "p", "c": "c", "q": "q", "f": "f", "eng": "e", "x": "x",
}
"""Kinds by the segmenter's tags."""

_MARK: Final = re.compile(r"[^\w%％℃.]")
_LATIN: Final = re.compile(r"[0-9]*[A-Za-z][A-Za-z0-9.+-]*")
_NUMBER: Final = re.compile(r"[0-9０-９]+(?:[.,:：比/~—–-][0-9０-９]+)*[%％℃]?")
_ORDINAL: Final = "第"


TAUGHT: Final = 2000
"""How often a word that the dictionary lacks is said to occur: about as often as its common words."""


class Word(NamedTuple):
    """A word, its kind and its offset.

    Kinds are letters. n noun, s place, N name of a person, e Latin; t time, w qualifier of a whole phrase, a
    attribute, d adverb, p preposition, r pronoun; v verb of headlines, z other verb, y verb or noun, i set phrase;
    m number, k quantity, q measure; f locality, u particle, c conjunction, x mark. Single characters: l leads,
    V verb, P begins a compound, S ends one, 1 any other.
    """

    text: str
    kind: str
    start: int

    @property
    def end(self) -> int:
        """Offset after the word."""
        return self.start + len(self.text)


@lru_cache(maxsize=4096)
def words(text: str, names: tuple[str, ...] = (), *, guess: bool = False) -> tuple[Word, ...]:
    """Return the words of a headline.

    Args:
        text: the headline without marks of its own.
        names: people and places that are one word each.
        guess: whether the segmenter guesses at what its dictionary lacks; for Traditional Chinese, of which it
            knows little.
    """
    cut: list[Word] = []
    for piece, start, kind in _pieces(text, names):
        if kind:
            cut.append(Word(piece, kind, start))
            continue
        offset = start
        for word, tag in segmented(piece, _ask, guess=guess):
            cut.append(Word(word, _kind(word, tag), offset))
            offset += len(word)
    return tuple(_quantities(_complements(_people(_passing(cut)))))


def _ask(text: str, guess: bool) -> Iterable[tuple[str, str]]:  # noqa: FBT001 - the segmenter's own way
    answer: Iterable[tuple[str, str]] = _segmenter().tag(text, guess)
    return answer


@cache
def _segmenter() -> Any:  # noqa: ANN401 - rjieba has no stubs
    import rjieba  # noqa: PLC0415 - its dictionary takes a fifth of a second to load

    made = rjieba.Jieba()
    for listed in (*(known for _, known in _LISTED), lexicon.LONG_MEASURES, lexicon.ORGANS):
        for word in sorted(listed):
            made.add_word(word, None if made.has_word(word) else TAUGHT, "n")
    return made


def _pieces(text: str, names: tuple[str, ...]) -> Iterator[tuple[str, int, str]]:
    """Yield stretches of text with a kind where it is clear: names, numbers, marks."""
    known = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)) if name)
    pattern = re.compile(f"({known or '(?!)'})|({_LATIN.pattern})|({_NUMBER.pattern})|({_MARK.pattern})")
    done = 0
    for found in pattern.finditer(text):
        if found.start() > done:
            yield text[done : found.start()], done, ""
        kind = "N" if found[1] else "e" if found[2] else "x" if found[4] else "k" if found[0][-1] in "%％℃" else "m"
        yield found[0], found.start(), kind
        done = found.end()
    if done < len(text):
        yield text[done:], done, ""


_LISTED: Final = (
    ("w", lexicon.WIDE),
    ("d", lexicon.ADVERBS),
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
"""Kinds of single characters, by the first list that has them."""


def _kind(word: str, tag: str) -> str:
    if len(word) > 1:
        listed = next((kind for kind, known in _LISTED if word in known), None)
        kind = listed or KINDS.get(tag, "n")
        return "k" if kind == "m" and word[-1] not in lexicon.NUMERALS else kind
    listed = next((kind for kind, known in _SINGLES if word in known), None)
    return listed or (KINDS[tag] if tag in {"m", "x", "eng"} else "1")


# --- people ----------------------------------------------------------------------------------------


def _people(cut: list[Word]) -> list[Word]:
    """Put the characters of people's names together."""
    done: list[Word] = []
    at = 0
    while at < len(cut):
        taken = _foreign(cut, at) or _person(cut, at, done[-1] if done else None)
        done.append(_join(cut[at : at + taken], "N") if taken else cut[at])
        at += taken or 1
    return done


def _join(parts: list[Word], kind: str) -> Word:
    return Word("".join(part.text for part in parts), kind, parts[0].start)


def _person(cut: list[Word], at: int, before: Word | None) -> int:
    """Return how many words from `at` on are a Chinese name, 0 for none.

    A name stands after a title or trade, or opens a clause and is followed by what a name is followed by.
    """
    first = cut[at]
    titled = before is not None and before.kind in "nvzya1SN" and before.text[-1] in lexicon.PEOPLE
    opening = before is None or before.kind == "x"
    if not (titled or opening):
        return 0
    room = 4 if first.text in lexicon.LONG_SURNAMES else 3
    swallowed = titled and len(first.text) == 2 and first.text[0] in lexicon.SURNAMES and first.kind in "nzasN"
    if first.text not in lexicon.LONG_SURNAMES and first.text not in lexicon.SURNAMES and not swallowed:
        return 0
    taken, length = 1, len(first.text)
    while length < room and at + taken < len(cut) and _given(cut, at + taken, room - length, length > 1, titled):
        length += len(cut[at + taken].text)
        taken += 1
    follower = cut[at + taken] if at + taken < len(cut) else None
    if taken == 1 or not (titled or (length == room and follower is not None and _follows_name(follower))):
        return 0
    return taken


def _follows_name(word: Word) -> bool:
    return word.kind in "xvzyulVdt" or word.text[-1] in lexicon.PEOPLE


def _given(cut: list[Word], at: int, room: int, second: bool, titled: bool) -> bool:  # noqa: FBT001 - two states
    """Return whether a word can go on a given name of at most `room` more characters."""
    word = cut[at]
    if word.kind == "l" and titled and not second:
        return True
    if len(word.text) > room or word.kind in "xukcql" or (word.kind in "vy" and len(word.text) > 1):
        return False
    if not second:
        return True
    if word.text in lexicon.AFTER_NAMES:
        return False
    follower = cut[at + 1] if at + 1 < len(cut) else None
    if len(word.text) > 1 or follower is None or len(follower.text) > 1:
        return word.kind != "m"
    return not (word.kind == "V" and follower.text in lexicon.COMPLEMENTS)


def _foreign(cut: list[Word], at: int) -> int:
    """Return how many words from `at` on are a name with ·, 0 for none."""
    dot = next((place for place in range(at, min(at + 6, len(cut))) if cut[place].text == "·"), at)
    if dot == at or any(set(word.text) - lexicon.FOREIGN for word in cut[at:dot]):
        return 0
    end, length = dot + 1, 0
    while end < len(cut) and length < 5 and not set(cut[end].text) - lexicon.FOREIGN:
        if length > 1 and len(cut[end].text) > 1:
            break
        length += len(cut[end].text)
        end += 1
    return end - at


# --- verbs and numbers -----------------------------------------------------------------------------


def _passing(cut: list[Word]) -> list[Word]:
    """Make 过 a verb where none stands before it: 在临江过端午."""
    return [
        word._replace(kind="V")
        if word.text == "过" and (not place or cut[place - 1].kind not in "vzyV") and place + 1 < len(cut)
        else word
        for place, word in enumerate(cut)
    ]


def _complements(cut: list[Word]) -> list[Word]:
    """Put a verb and its complement together: 捡到, 锁进, 观测到, 坐得住."""
    done: list[Word] = []
    for place, word in enumerate(cut):
        last = done[-1] if done else None
        follower = cut[place + 1] if place + 1 < len(cut) else None
        if last is not None and _completes(last, word, follower):
            done[-1] = _join([last, word], "v")
        else:
            done.append(word)
    return done


def _completes(last: Word, word: Word, follower: Word | None) -> bool:
    if last.kind == "V" and word.text == "得" and follower is not None and len(follower.text) == 1:
        return True
    if last.kind == "v" and last.text[-1] == "得" and word.text in lexicon.COMPLEMENTS:
        return True
    if last.kind in "vz" and len(last.text) == 2 and word.text == "到":
        return follower is None or follower.kind not in "skmtf"
    if last.kind != "V" or word.text not in lexicon.COMPLEMENTS or last.text == word.text:
        return False
    return word.kind != "V" or word.text in "出进" or follower is None or follower.kind not in "V1uS"


def _quantities(cut: list[Word]) -> list[Word]:
    """Put numbers and their measures together: 22名, 0.5个百分点, 11月22日起."""
    done: list[Word] = []
    for word in cut:
        last = done[-1] if done else None
        kind = _goes_on(last, word) if last is not None else ""
        if last is not None and kind:
            done[-1] = _join([last, word], kind)
        else:
            done.append(word)
    return done


def _goes_on(last: Word, word: Word) -> str:
    """Return the kind of a number with the word after it, empty where the two are no quantity."""
    if last.kind == "m":
        if word.kind == "m" and word.text[0] in lexicon.NUMERALS:
            return "m"
        measured = word.text in lexicon.LONG_MEASURES or word.text in lexicon.MEASURES or word.kind == "k"
        return "k" if measured else ""
    if last.kind != "k":
        return ""
    if word.text in _AFTER_QUANTITY.get(last.text[-1], ()) or word.text in _AFTER_ANY:
        return "k"
    if last.text[-1] not in "年月日时点季" or last.text[0] == _ORDINAL:
        return ""
    return word.kind if word.kind in "mk" else "k" if word.text in {"零时", "凌晨"} else ""


_AFTER_QUANTITY: Final = {
    "个": frozenset({"月", "小时", "百分点", "基点", "星期", "季度", "学时", "工作日"}),
    "头": frozenset({"次"}),
    "人": frozenset({"次"}),
    "架": frozenset({"次"}),
    "万": frozenset({"标箱"}),
}
"""What goes on after a measure."""

_AFTER_ANY: Final = frozenset({"余", "多", "半", "起", "以上", "以下", "以内", "之内", "左右"})
"""What goes on after any quantity."""
