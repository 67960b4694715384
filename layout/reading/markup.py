r"""Inline markup of stories and headlines, with the place of every character.

    **…**          Hei, beside any mark              {…}            Kai
    |base(ruby)    ruby over the base                [text](url)    link
    ==…==          emphasis dots (着重号)            __…__          line of names (专名号), underline
    ^…^  ~…~       superior and inferior             \*             the character itself

A sign that forms none of these is printed as it stands (`3~5`, `深度|长江`, `138****1234`, `姓名____`). A mark ends
with its paragraph at the latest. A soft line break is nothing beside Han and a space between Latin words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span
from layout.diagnostics.hints import hint
from layout.model import Emphasis, Mark, Origin, RichText

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from layout.reading.source import Sources
    from layout.reading.tree import Scalar

Piece = tuple[int, int, int]
"""Offset in a text, line, column: from there on characters and source run side by side."""

_SIGNS: Final = re.compile(r"\*+|==+|__+|[\\{}|\[\]^~\n\t]|  +")
_ESCAPED: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_RUBY: Final = re.compile(r"\|([^\W_]{1,16})\(([^()\n]{1,48})\)")
_RUBY_OPEN: Final = re.compile(r"\|[^\W_]{1,16}\(")
_SUPERIOR: Final = re.compile(r"\^((?:[^\W_]|[+\-−–.()′*†‡/]){1,12})\^")
_INFERIOR: Final = re.compile(r"~([A-Za-z0-9+\-−()]{1,8})~")
_PAIRS: Final = {
    "=": (Emphasis.DOTS, re.compile(r"(?<![=\s])==(?!=)")),
    "_": (Emphasis.NAME, re.compile(r"(?<![_\s])__(?!_)")),
}
"""Marks of two equal signs, and what closes them; without that the signs are printed."""

_HAN: Final = (
    (0x2E80, 0x303F),
    (0x3041, 0x31FF),
    (0x3200, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFF60),
    (0xFFE0, 0xFFE6),
    (0x20000, 0x3FFFF),
)
"""Ideographs, kana and the marks of Chinese and Japanese: no line end beside them means a space."""

_SHARED_MARKS: Final = frozenset("“”‘’—…·")
"""Marks that Chinese shares with Latin: they count as Han where the paragraph has any."""

_DOUBLE_ESCAPES: Final = {"n": "\n", "t": " ", "_": "\u00a0", '"': '"', "\\": "\\", "/": "/", " ": " "}
_HEX_ESCAPES: Final = {"x": 2, "u": 4, "U": 8}


@dataclass(frozen=True, slots=True)
class _Opener:
    emphasis: Emphasis
    sign: str
    at: int
    start: int
    value: str = ""
    closes: int = -1
    resumes: int = -1


def inline(raw: str, pieces: Sequence[Piece], file: str, sources: Sources) -> RichText:
    """Return the text of one paragraph without its markup.

    Args:
        raw: the paragraph as written, its lines trimmed and joined by line feeds.
        pieces: where its characters stand in the file.
        file: the name for spans.
        sources: where findings go.
    """
    if _SIGNS.search(raw) is None:
        return RichText(raw, (), Origin(file, tuple(pieces)))
    return _Scanner(raw, pieces, file, sources).scan()


class _Scanner:
    """Reads one paragraph from left to right."""

    def __init__(self, raw: str, pieces: Sequence[Piece], file: str, sources: Sources) -> None:
        self.raw = raw
        self.pieces = pieces
        self.offsets = [piece[0] for piece in pieces]
        self.file = file
        self.sources = sources
        self.out: list[str] = []
        self.length = 0
        self.origin: list[Piece] = []
        self.marks: list[Mark] = []
        self.stack: list[_Opener] = []
        self.readers: dict[str, Callable[[int], int]] = {
            "\\": self._escape,
            "{": self._open_kai,
            "}": self._close_kai,
            "|": self._ruby,
            "[": self._open_link,
            "]": self._close_link,
            "^": self._superior,
            "~": self._inferior,
            "\n": self._soft_break,
            "\t": self._blank,
            " ": self._blank,
            "*": self._stars,
            "=": self._pair,
            "_": self._pair,
        }

    def scan(self) -> RichText:
        at = 0
        while match := _SIGNS.search(self.raw, at):
            self._emit(at, match.start())
            at = self.readers[match[0][0]](match.start())
        self._emit(at, len(self.raw))
        while self.stack:
            self._unclosed(self.stack.pop())
        marks = tuple(sorted(self.marks, key=lambda mark: (mark.start, -mark.end, mark.emphasis)))
        return RichText("".join(self.out), marks, Origin(self.file, tuple(self.origin)))

    # --- places and pieces

    def _locate(self, at: int) -> tuple[int, int]:
        start, line, column = self.pieces[max(bisect_right(self.offsets, at) - 1, 0)]
        return line, column + at - start

    def _emit(self, start: int, end: int, text: str | None = None) -> None:
        """Take over the characters from `start` to `end`, or `text` in place of the one at `start`."""
        if start >= end:
            return
        self._anchor(start)
        if text is None:
            first = bisect_right(self.offsets, start)
            for offset, line, column in self.pieces[first : bisect_right(self.offsets, end - 1)]:
                self._join(self.length + offset - start, line, column)
            text = self.raw[start:end]
        self.out.append(text)
        self.length += len(text)

    def _anchor(self, at: int) -> None:
        self._join(self.length, *self._locate(at))

    def _join(self, offset: int, line: int, column: int) -> None:
        if self.origin:
            last, last_line, last_column = self.origin[-1]
            if line == last_line and column - last_column == offset - last:
                return
        self.origin.append((offset, line, column))

    def _span(self, at: int, length: int) -> Span:
        line, column = self._locate(at)
        return Span(self.file, line, column, line, column + length)

    # --- marks

    def _open(self, opener: _Opener) -> None:
        self.stack.append(opener)

    def _close(self, position: int) -> _Opener:
        """Close the opener at `position` of the stack; those opened inside it were never closed."""
        while len(self.stack) > position + 1:
            self._unclosed(self.stack.pop())
        opener = self.stack.pop()
        self._mark(opener.start, opener.emphasis, opener.value)
        return opener

    def _mark(self, start: int, emphasis: Emphasis, value: str = "") -> None:
        if start < self.length:
            self.marks.append(Mark(start, self.length, emphasis, value))

    def _unclosed(self, opener: _Opener) -> None:
        self._report_unclosed(opener.at, opener.sign)

    def _report_unclosed(self, at: int, sign: str) -> None:
        plain = "".join(f"\\{char}" for char in sign)
        span = self._span(at, len(sign))
        self.sources.report("E111", span=span, name=sign, hint=hint("escape-sign", sign=plain))

    def _position(self, emphasis: Emphasis) -> int:
        return next((at for at, opener in enumerate(self.stack) if opener.emphasis is emphasis), -1)

    # --- one reader a sign; each returns where to go on

    def _escape(self, at: int) -> int:
        escaped = self.raw[at + 1 : at + 2] in _ESCAPED if at + 1 < len(self.raw) else False
        self._emit(at + escaped, at + escaped + 1)
        return at + escaped + 1

    def _open_kai(self, at: int) -> int:
        self._open(_Opener(Emphasis.KAI, "{", at, self.length))
        return at + 1

    def _close_kai(self, at: int) -> int:
        position = max((at for at, opener in enumerate(self.stack) if opener.emphasis is Emphasis.KAI), default=-1)
        if position < 0:
            self.sources.report("E123", span=self._span(at, 1), name="}", hint=hint("escape-sign", sign="\\}"))
        else:
            self._close(position)
        return at + 1

    def _stars(self, at: int) -> int:
        end = at
        while self.raw[end : end + 1] == "*":
            end += 1
        count, position = end - at, self._position(Emphasis.HEI)
        opened = position >= 0
        if count == 4 and opened:  # one mark ends where the next begins
            return end
        if count not in (2, 3):
            self._emit(at, end)
        elif opened:
            self._emit(at, end - 2)
            self._close(position)
        else:
            self._open(_Opener(Emphasis.HEI, "**", at, self.length))
            self._emit(at + 2, end)
        return end

    def _pair(self, at: int) -> int:
        sign = self.raw[at]
        end = at
        while self.raw[end : end + 1] == sign:
            end += 1
        emphasis, closing = _PAIRS[sign]
        count, position = end - at, self._position(emphasis)
        opens = not self.raw[end : end + 1].isspace() and closing.search(self.raw, end + 1) is not None
        if position >= 0 and (count == 2 or (count == 4 and opens)):
            self._close(position)
            if count == 4:  # one mark ends where the next begins
                self._open(_Opener(emphasis, 2 * sign, at + 2, self.length))
        elif count == 2 and opens:
            self._open(_Opener(emphasis, 2 * sign, at, self.length))
        else:
            self._emit(at, end)
        return end

    def _ruby(self, at: int) -> int:
        match = _RUBY.match(self.raw, at)
        if match is None:
            if _RUBY_OPEN.match(self.raw, at):
                self._report_unclosed(at, "|")
            self._emit(at, at + 1)
            return at + 1
        start = self.length
        self._emit(match.start(1), match.end(1))
        self._mark(start, Emphasis.RUBY, match[2])
        return match.end()

    def _open_link(self, at: int) -> int:
        close = self._closing_bracket(at)
        if close < 0 or self.raw[close + 1 : close + 2] != "(":
            self._emit(at, at + 1)
            return at + 1
        depth, end = 1, close + 2
        while end < len(self.raw) and depth and not self.raw[end].isspace():
            depth += {"(": 1, ")": -1}.get(self.raw[end], 0)
            end += 1
        if depth:
            self._report_unclosed(at, "[")
            self._emit(at, at + 1)
            return at + 1
        url = self.raw[close + 2 : end - 1]
        self._open(_Opener(Emphasis.LINK, "[", at, self.length, value=url, closes=close, resumes=end))
        return at + 1

    def _closing_bracket(self, at: int) -> int:
        depth, end = 0, at
        while end < len(self.raw):
            char = self.raw[end]
            if char == "\\":
                end += 1
            depth += {"[": 1, "]": -1}.get(char, 0)
            if not depth:
                return end
            end += 1
        return -1

    def _close_link(self, at: int) -> int:
        position = next((place for place, opener in enumerate(self.stack) if opener.closes == at), -1)
        if position < 0:
            self._emit(at, at + 1)
            return at + 1
        return self._close(position).resumes

    def _superior(self, at: int) -> int:
        match = _SUPERIOR.match(self.raw, at)
        if match is None and self.raw[at + 1 : at + 2].isalnum():
            self._report_unclosed(at, "^")
        return self._shifted(at, match, Emphasis.SUPERIOR)

    def _inferior(self, at: int) -> int:
        before, after = self.raw[at - 1 : at] if at else "", self.raw[at + 1 : at + 2]
        formula = (before.isascii() and before.isalpha()) or before in (")", "]", "^")
        match = _INFERIOR.match(self.raw, at) if formula else None
        if match is None and formula and before != "^" and after.isascii() and after.isdigit():
            self._report_unclosed(at, "~")
        return self._shifted(at, match, Emphasis.INFERIOR)

    def _shifted(self, at: int, match: re.Match[str] | None, emphasis: Emphasis) -> int:
        if match is None:
            self._emit(at, at + 1)
            return at + 1
        start = self.length
        self._emit(match.start(1), match.end(1))
        self._mark(start, emphasis)
        return match.end()

    def _blank(self, at: int) -> int:
        end = at
        while self.raw[end : end + 1] in (" ", "\t"):
            end += 1
        self._emit(at, at + 1, " ")
        return end

    def _soft_break(self, at: int) -> int:
        before = self.out[-1][-1] if self.out else ""
        after = self.raw[at + 1 :].lstrip("*{}|[]^~=_\\")[:1]
        if before and after and not (self._is_han(before) or self._is_han(after)):
            self._emit(at, at + 1, " ")
        return at + 1

    def _is_han(self, char: str) -> bool:
        return _in_han(char) or (char in _SHARED_MARKS and any(map(_in_han, self.raw)))


def _in_han(char: str) -> bool:
    code = ord(char)
    return any(first <= code <= last for first, last in _HAN)


def prose(scalar: Scalar, sources: Sources) -> RichText:
    """Return a YAML value as text with inline markup."""
    raw, pieces = written(scalar)
    return inline(raw, pieces, scalar.span.file, sources)


def written(scalar: Scalar) -> tuple[str, list[Piece]]:
    """Return a value's text with its line ends as line feeds, and where its characters stand."""
    line, column = scalar.span.line, scalar.span.column
    quoted = scalar.style in ("'", '"') and scalar.style != ""
    if not scalar.raw:
        return _trimmed([(line, column + quoted, scalar.text)])
    if quoted:
        return _unquote(scalar)
    rows = scalar.raw.split("\n")
    first = 1 if scalar.style else 0
    return _trimmed(
        [(line + at, column if at == 0 else 1, row) for at, row in enumerate(rows) if at >= first and row.strip()]
    )


def _trimmed(rows: list[tuple[int, int, str]]) -> tuple[str, list[Piece]]:
    return joined([(line, column + len(row) - len(row.lstrip()), row.strip()) for line, column, row in rows])


def joined(rows: Sequence[tuple[int, int, str]]) -> tuple[str, list[Piece]]:
    """Return trimmed rows (line, column, text) as one text, joined by line feeds, and its pieces."""
    pieces: list[Piece] = []
    offset = 0
    for line, column, row in rows:
        pieces.append((offset, line, column))
        offset += len(row) + 1
    return "\n".join(row for _, _, row in rows), pieces


def _unquote(scalar: Scalar) -> tuple[str, list[Piece]]:
    """Return the text of a quoted value with escapes or line ends in it."""
    chars: list[tuple[str, int, int]] = []
    line, column = scalar.span.line, scalar.span.column + 1
    raw, at = scalar.raw, 1
    while at < len(raw) - 1:
        char, taken, shift = raw[at], 1, 0
        if char == "\n":
            while chars and chars[-1][0] in " \t":
                chars.pop()
            rest = raw[at + 1 : -1]
            skip = len(rest) - len(rest.lstrip(" \t\n"))
            lines = rest[:skip].count("\n") + 1
            chars.append(("\n", line, column))
            at += 1 + skip
            line, column = line + lines, 1 + skip - (rest[:skip].rfind("\n") + 1)
            continue
        if scalar.style == "'" and raw.startswith("''", at):
            taken, shift = 2, 1
        elif scalar.style == '"' and char == "\\":
            char, taken, shift = _double_escape(raw, at)
        if char:
            chars.append((char, line, column + shift))
        at += taken
        column += taken
        if taken > 1 and raw[at - 1] == "\n":
            rest = raw[at:-1]
            skip = len(rest) - len(rest.lstrip(" \t"))
            at, line, column = at + skip, line + 1, 1 + skip
    return _grouped(chars)


def _double_escape(raw: str, at: int) -> tuple[str, int, int]:
    """Return the character that an escape stands for, its length, and where the character itself is in it."""
    sign = raw[at + 1]
    if sign == "\n":
        return "", 2, 0
    if sign in _HEX_ESCAPES:
        digits = _HEX_ESCAPES[sign]
        char = chr(int(raw[at + 2 : at + 2 + digits], 16))
        return (char if char.isprintable() else " "), 2 + digits, 0
    return _DOUBLE_ESCAPES.get(sign, " "), 2, int(sign in '"\\/ ')


def _grouped(chars: list[tuple[str, int, int]]) -> tuple[str, list[Piece]]:
    while chars and chars[-1][0].isspace():
        chars.pop()
    while chars and chars[0][0].isspace():
        chars.pop(0)
    pieces: list[Piece] = []
    for offset, (_, line, column) in enumerate(chars):
        if not pieces or line != pieces[-1][1] or column - pieces[-1][2] != offset - pieces[-1][0]:
            pieces.append((offset, line, column))
    return "".join(char for char, _, _ in chars), pieces or [(0, 1, 1)]
