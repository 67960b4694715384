"""Findings and errors as values: where, how bad, what, and how to mend it.

Everything the engine has to say about its input or its pages is a `Diagnostic`: a code from the table in
`layout.diagnostics.codes`, arguments for its text, a place in a source file or on a page. Findings are collected;
only what makes going on senseless is raised, and then with all findings at once:

    LayoutError
    ├── InputError     E1xx  issue and story files
    ├── StyleError     E2xx  styles and print conditions
    ├── FontError      E3xx  faces and coverage
    ├── FitError       E4xx  pages that cannot be made
    └── OutputError    E5xx  files that cannot be written
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from layout.diagnostics.codes import CODES
from layout.diagnostics.hints import Hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a source file: 1-based lines, 1-based columns counted in characters, end exclusive."""

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        """Return `file:line:column`, as compilers and editors write it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


Area = tuple[int, int, int, int]
"""A place on a page: left, top, width, height in mpt (plain numbers: findings are the lowest floor)."""


class Severity(IntEnum):
    """How bad a finding is; the letter of its code says so by default."""

    INFO = 0
    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        """The lower-case name."""
        return self.name.lower()


_LETTERS = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding.

    `values` fill the placeholders of the code's text, in both languages. `page` and `story` name the place when
    there is no source line, or beside it. `area` is the place on the page: left, top, width and height in mpt, from
    the upper left corner of the trim box. `hint` and `hint_zh` are one sentence on how to mend it, already complete.
    """

    code: str
    values: tuple[tuple[str, str], ...] = ()
    span: Span | None = None
    page: str = ""
    story: str = ""
    area: Area | None = None
    hint: str = ""
    hint_zh: str = ""
    severity: Severity = field(default=Severity.ERROR)

    def message(self, lang: str = "en") -> str:
        """Return the finding in English ("en") or Chinese ("zh").

        A value whose name ends in `_zh` stands for the value of that name in the Chinese text.
        """
        values = dict(self.values)
        if lang == "zh":
            values |= {name.removesuffix("_zh"): text for name, text in self.values if name.endswith("_zh")}
        return CODES[self.code][lang].format_map(values)

    def advice(self, lang: str = "en") -> str:
        """Return the hint in English ("en") or Chinese ("zh"); empty where there is none."""
        return (self.hint_zh or self.hint) if lang == "zh" else self.hint

    @property
    def order(self) -> tuple[str, int, int, str, str, str, tuple[tuple[str, str], ...], tuple[int, ...]]:
        """Sort by file, line and column, then page, story, code, and place on the page."""
        span = self.span or Span(file="\uffff")
        return span.file, span.line, span.column, self.page, self.story, self.code, self.values, self.area or ()


def finding(
    code: str,
    *,
    span: Span | None = None,
    page: str = "",
    story: str = "",
    hint: Hint | str | None = None,
    **values: object,
) -> Diagnostic:
    """Return a finding of `code`, its severity from the code's letter.

    A hint comes from the table in `layout.diagnostics.hints`; a plain text is somebody's own words (those of a house's
    list, say) and stands in both languages.

    Raises:
        KeyError: the code is not in the table, or a placeholder of its text is missing.
    """
    made = Diagnostic(
        code=code,
        values=tuple(sorted((name, str(value)) for name, value in values.items())),
        span=span,
        page=page,
        story=story,
        hint=hint.en if isinstance(hint, Hint) else hint or "",
        hint_zh=hint.zh if isinstance(hint, Hint) else "",
        severity=_LETTERS[code[0]],
    )
    made.message()  # a missing placeholder is our fault and shows here, not before an editor
    return made


def collate(findings: Iterable[Diagnostic], levels: Mapping[str, str] | None = None) -> tuple[Diagnostic, ...]:
    """Return findings sorted, once each, with severities changed as `levels` ("W511": "error") says."""
    wanted = {code: Severity[word.upper()] for code, word in (levels or {}).items() if word != "off"}
    silent = {code for code, word in (levels or {}).items() if word == "off"}
    unique = {item.order: item for item in findings if item.code not in silent}
    return tuple(replace(item, severity=wanted.get(item.code, item.severity)) for _, item in sorted(unique.items()))


class LayoutError(Exception):
    """What stops a command: one or more findings, shown all at once."""

    def __init__(self, diagnostics: Iterable[Diagnostic], sources: Mapping[str, str] | None = None) -> None:
        """Keep the findings, sorted and once each, and the source texts that their excerpts are cut from."""
        self.diagnostics = collate(diagnostics)
        self.sources = dict(sources or {})
        super().__init__("; ".join(f"{item.code} {item.message()}" for item in self.diagnostics))


class InputError(LayoutError):
    """Issue or story files that cannot be read or understood."""


class StyleError(LayoutError):
    """A style or print condition that cannot be resolved."""


class FontError(LayoutError):
    """A face that is missing, damaged or may not be embedded; a character that no face has."""


class FitError(LayoutError):
    """A page that cannot be made."""


class OutputError(LayoutError):
    """A file that cannot be written."""
