r"""Write stories down in our own grammar: the inverse of `layout.reading.story` and `layout.reading.markup`.

Every character of the copy that the grammar would take for a sign gets a backslash. Marks are written properly
nested: one that runs over another's end is closed and opened again; one that the grammar cannot write (a ruby of a
whole sentence, an inferior behind a Chinese character) loses its form, never its words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from layout.model import BlockKind, Emphasis, Mark, RichText
from layout.reading.emit import to_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layout.importers.manuscript import Manuscript
    from layout.model import Block

_SIGNS: Final = re.compile(r"[\\*{}|\[\]^~]|=(?==)|_(?=_)")
_SIGNS_ALL: Final = re.compile(r"[\\*{}|\[\]^~=_]")
_AT_START: Final = re.compile(r"(?=#{1,6}|```|:::|!\[|!\\\[|>|[-+]\s|---)")

_PAIRS: Final = {
    Emphasis.LINK: ("[", "]({value})"),
    Emphasis.KAI: ("{", "}"),
    Emphasis.NAME: ("__", "__"),
    Emphasis.DOTS: ("==", "=="),
    Emphasis.HEI: ("**", "**"),
}
"""Marks written around their text, the outermost first where several cover the same characters."""

_ONCE: Final = frozenset({Emphasis.HEI, Emphasis.DOTS, Emphasis.NAME})
"""Marks that cannot stand inside themselves, nor end where the next begins."""

_NOT_LAST: Final = {Emphasis.DOTS: "=", Emphasis.NAME: "_"}
"""Characters that cannot end a mark: the sign that closes it would run together with them."""

_ATOMS: Final = {
    Emphasis.RUBY: re.compile(r"[^\W_]{1,16}"),
    Emphasis.SUPERIOR: re.compile(r"(?:[^\W_]|[+\-−–.()′*†‡/]){1,12}"),
    Emphasis.INFERIOR: re.compile(r"[A-Za-z0-9+\-−()]{1,8}"),
}
"""Marks written in one piece, and what they may hold."""

_RUBY: Final = re.compile(r"[^()\n]{1,48}")
_BEFORE_INFERIOR: Final = re.compile(r"[A-Za-z)\]^]\Z")
_RANK: Final = {emphasis: place for place, emphasis in enumerate(_PAIRS)}

COPY: Final = ("kicker", "headline", "deck", "dateline", "byline", "tail")
"""The fields of a story that are copy, in the order of the file."""


def plain_markup(text: str) -> str:
    """Return `text` so that the story grammar prints every character of it."""
    return _guarded(_SIGNS.sub(r"\\\g<0>", text))


def markup(rich: RichText) -> str:
    """Return a text in our own grammar, marks and all."""
    marks = _canonical(rich)
    if not marks:
        return plain_markup(rich.text)
    return _guarded(_Writer(rich.text, marks).written())


def story_file(story: Manuscript, photos: Sequence[Mapping[str, object]], comments: Mapping[str, Sequence[str]]) -> str:
    """Return a story's file.

    Args:
        story: the story.
        photos: the details of its pictures, as front matter has them.
        comments: lines to stand as comments above a field, by the field's name.
    """
    lines = ["---"]
    for name, value in story.fields:
        lines += [*_commented(comments, name), f"{name}: {to_yaml(value).rstrip()}"]
    for name in COPY:
        rich: RichText = getattr(story, name)
        if rich:
            lines += [*_commented(comments, name), f"{name}: {to_yaml(markup(rich)).rstrip()}"]
    if photos:
        lines += [*_commented(comments, "photos"), "photos:"]
        lines += [f"  {line}" for line in to_yaml(list(photos)).splitlines()]
    lines += [*_commented(comments, "body"), "---"]
    verse = dict(story.fields).get("setting") == "vertical"
    return "\n".join(lines) + "\n" + _body(story.body, dict.fromkeys(story.blanks), verse=verse)


def _commented(comments: Mapping[str, Sequence[str]], name: str) -> list[str]:
    return [f"# {_visible(line)}" for line in comments.get(name, ())]


def _visible(text: str) -> str:
    return "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in text)


def _body(blocks: Iterable[Block], blanks: Mapping[int, None], *, verse: bool) -> str:
    """Return the blocks; `blanks` are the numbers of those before which the author left more than one empty line."""
    parts: list[str] = []
    for number, block in enumerate(blocks):
        head = "## " if block.kind is BlockKind.SUBHEAD else ""
        if parts:
            parts.append("\n" if not verse or block.gap else "")
        parts.append("\n" if number in blanks and not verse else "")
        parts.append(head + markup(block.text) + "\n")
    return "".join(parts)


def _guarded(text: str) -> str:
    """Return a line that starts with no sign of a foreign grammar."""
    return "\\" + text if _AT_START.match(text) else text


def _canonical(rich: RichText) -> list[Mark]:
    """Return the marks that the grammar can write: within the text, merged where one would swallow the other."""
    kept: list[Mark] = []
    for mark in rich.marks:
        start, end = max(mark.start, 0), min(mark.end, len(rich.text))
        while mark.emphasis in _ONCE and start < end and rich.text[start].isspace():
            start += 1
        sign = _NOT_LAST.get(mark.emphasis, "")
        while mark.emphasis in _ONCE and start < end and (rich.text[end - 1].isspace() or rich.text[end - 1] == sign):
            end -= 1
        if start < end and _writable(rich.text, start, end, mark):
            kept.append(replace(mark, start=start, end=end))
    for emphasis in _ONCE:
        kept = [*(mark for mark in kept if mark.emphasis is not emphasis), *_merged(kept, emphasis)]
    return kept


def _merged(marks: Iterable[Mark], emphasis: Emphasis) -> list[Mark]:
    merged: list[Mark] = []
    for mark in sorted((mark for mark in marks if mark.emphasis is emphasis), key=lambda mark: mark.start):
        if merged and mark.start < merged[-1].end:
            merged[-1] = replace(merged[-1], end=max(merged[-1].end, mark.end))
        else:
            merged.append(mark)
    return merged


def _writable(text: str, start: int, end: int, mark: Mark) -> bool:
    held = _ATOMS.get(mark.emphasis)
    if held is None:
        return True
    if not held.fullmatch(text[start:end]):
        return False
    if mark.emphasis is Emphasis.RUBY:
        return bool(_RUBY.fullmatch(mark.value))
    return mark.emphasis is not Emphasis.INFERIOR or bool(_BEFORE_INFERIOR.search(text[:start]))


class _Writer:
    """Writes one text from left to right, keeping the stack of open marks."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self.text = text
        self.out: list[str] = []
        self.stack: list[Mark] = []
        self.signs = _SIGNS_ALL if any(mark.emphasis in _ONCE for mark in marks) else _SIGNS
        self.atoms = self._atoms(marks)
        self.spans = [mark for mark in marks if mark.emphasis in _PAIRS]

    def written(self) -> str:
        places = {0, len(self.text)}
        places |= {place for mark in (*self.spans, *self.atoms) for place in (mark.start, mark.end)}
        stops = sorted(places)
        atoms = {mark.start: mark for mark in self.atoms}
        for at, stop in enumerate(stops):
            self._close(stop)
            self._open(stop)
            if at + 1 == len(stops):
                break
            piece = self.text[stop : stops[at + 1]]
            atom = atoms.get(stop)
            self.out.append(self._atom(atom, piece) if atom else self.signs.sub(r"\\\g<0>", piece))
        return "".join(self.out)

    def _atoms(self, marks: Sequence[Mark]) -> list[Mark]:
        """Return the marks written in one piece, without those that another mark's edge or atom cuts."""
        kept: list[Mark] = []
        edges = {place for mark in marks if mark.emphasis in _PAIRS for place in (mark.start, mark.end)}
        for mark in sorted((mark for mark in marks if mark.emphasis in _ATOMS), key=lambda mark: mark.start):
            free = not any(mark.start < edge < mark.end for edge in edges)
            if free and (not kept or kept[-1].end <= mark.start):
                kept.append(mark)
        return kept

    def _atom(self, mark: Mark, piece: str) -> str:
        if mark.emphasis is Emphasis.RUBY:
            return f"|{piece}({mark.value})"
        if mark.emphasis is Emphasis.SUPERIOR:
            return f"^{piece}^"
        # The sign must follow its letter, whatever mark ended between the two.
        return f"~{piece}~" if _BEFORE_INFERIOR.search("".join(self.out[-2:])) else piece

    def _close(self, place: int) -> None:
        """Close what ends here; marks opened inside it are closed with it and opened again."""
        deepest = next((at for at, mark in enumerate(self.stack) if mark.end <= place), None)
        if deepest is None:
            return
        again = [mark for mark in self.stack[deepest:] if mark.end > place]
        for mark in reversed(self.stack[deepest:]):
            self.out.append(_PAIRS[mark.emphasis][1].replace("{value}", _address(mark.value)))
        del self.stack[deepest:]
        for mark in again:
            self._push(mark)

    def _open(self, place: int) -> None:
        here = [mark for mark in self.spans if mark.start == place]
        for mark in sorted(here, key=lambda mark: (-mark.end, _RANK[mark.emphasis])):
            self._push(mark)

    def _push(self, mark: Mark) -> None:
        self.out.append(_PAIRS[mark.emphasis][0])
        self.stack.append(mark)


def _address(url: str) -> str:
    """Return a link's target without blanks and brackets that the grammar would stumble over."""
    depth = 0
    for char in url:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth < 0:
            break
    made = re.sub(r"\s", "%20", url)
    return made if depth == 0 else made.replace("(", "%28").replace(")", "%29")
