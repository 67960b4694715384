"""What composing one page gathers: operations, findings, and what the page's figures are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from layout.diagnostics import Span, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layout.diagnostics import Diagnostic
    from layout.display import Op
    from layout.fontbook import Fontbook
    from layout.model import Issue, Page, RichText, Story
    from layout.page.copy import Copy
    from layout.style import Style


@dataclass(slots=True, kw_only=True)
class Easel:
    """One page while it is drawn.

    `heads` are (text, size in mpt) of main headlines and `fills` their shares of the width; `gaps` the inter-Han
    openings of justified lines in em; `pictures` areas in mpt²; `overset` the text that did not fit, by story;
    `loosened` stories with lines added. `targets` are the pages where stories go on, by story.
    """

    issue: Issue
    page: Page
    style: Style
    book: Fontbook
    copies: Mapping[str, Copy]
    targets: Mapping[str, str] = field(default_factory=dict)
    ops: list[Op] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    heads: list[tuple[str, int]] = field(default_factory=list)
    fills: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    overset: dict[str, str] = field(default_factory=dict)
    widows: int = 0
    loosened: int = 0

    def draw(self, ops: Iterable[Op]) -> None:
        """Add operations, in drawing order."""
        self.ops.extend(ops)

    def say(self, code: str, story: Story | None = None, span: Span | None = None, **values: object) -> None:
        """Add a finding about this page, or about a story on it."""
        name = story.id if story is not None else ""
        made = {key: str(value) for key, value in values.items()}
        self.findings.append(finding(code, span=span, page=self.page.id, story=name, **made))

    def say_missing(self, story: Story, missing: Iterable[tuple[int, str, RichText]]) -> None:
        """Report characters that no face has, each at its place in the source."""
        for offset, char, text in missing:
            span = None
            if text.origin is not None:
                line, column = text.origin.locate(offset)
                span = Span(text.origin.file, line, column, line, column + 1)
            self.say("E303", story, span, char=char, codepoint=f"{ord(char):04X}")
