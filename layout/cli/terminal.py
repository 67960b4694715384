"""What the command line shows: findings, progress, summaries. The only room that prints."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, TextIO

import typer

from layout.diagnostics import LayoutError, Severity, finding
from layout.diagnostics.render import full, json_lines, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.build import Progress
    from layout.diagnostics import Diagnostic

Form = Literal["full", "short", "json"]
"""How findings are shown: with source lines and carets, one a line, or as JSON lines on standard output."""

_COLORS: Final = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}

STAGES: Final = {
    "read": "reading the issue",
    "pages": "making pages",
    "write": "writing PDF",
    "preflight": "checking and drawing",
}


def say(text: str) -> None:
    """Write a result to standard output."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Write a remark to standard error."""
    sys.stderr.write(text + "\n")


def moment() -> str:
    """Return the time of day with its zone, ISO 8601, for remarks and signatures."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def language() -> str:
    """Return "zh" where the locale asks for Chinese, else "en"."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def _colored(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")


def show_findings(
    items: Sequence[Diagnostic],
    sources: Mapping[str, str],
    form: Form = "full",
    lang: str | None = None,
) -> None:
    """Show findings: "full" and "short" with a tally on standard error, "json" on standard output."""
    lang = lang or language()
    if form == "json":
        sys.stdout.write(json_lines(items))
        return
    for item in items:
        note(finding_text(item, sources, form, lang, colored=_colored(sys.stderr)))
    note(tally(items))


def finding_text(
    item: Diagnostic,
    sources: Mapping[str, str],
    form: Form = "full",
    lang: str | None = None,
    *,
    colored: bool | None = None,
) -> str:
    """Return a finding as it is shown, "full" or "short"; by default in colour where standard output is a terminal."""
    lang = lang or language()
    text = short(item, lang) if form == "short" else full(item, sources, lang)
    if _colored(sys.stdout) if colored is None else colored:
        word = f"{item.severity.word}[{item.code}]"
        text = text.replace(word, f"\x1b[{_COLORS[item.severity]}m{word}\x1b[0m", 1)
    return text


def tally(items: Sequence[Diagnostic]) -> str:
    """Return how many errors and warnings there are, in words."""
    errors = sum(item.severity is Severity.ERROR for item in items)
    warnings = sum(item.severity is Severity.WARNING for item in items)
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"


def show_bug(problem: Exception) -> None:
    """Say in one line that we failed; LAYOUT_DEBUG asks for the traceback as well."""
    if os.environ.get("LAYOUT_DEBUG"):
        traceback.print_exception(problem)
    what = " ".join(f"{type(problem).__name__}: {problem}".split())
    note(short(finding("E901", problem=what), language()))


@contextmanager
def explained(form: Form) -> Iterator[None]:
    """Show the findings that stop a command in the form that was asked for, and leave with their exit code."""
    from layout.cli.main import exit_code  # noqa: PLC0415 - that room loads the commands, which load this one

    try:
        yield
    except LayoutError as problem:
        show_findings(problem.diagnostics, problem.sources, form)
        raise typer.Exit(exit_code(problem)) from problem


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Yield a progress function: a bar on a terminal, one plain line a stage elsewhere."""
    if not sys.stderr.isatty():
        seen: set[str] = set()

        def plain(stage: str, done: int, total: int) -> None:
            if stage not in seen:
                seen.add(stage)
                note(f"{STAGES[stage]} …" if total <= 1 else f"{STAGES[stage]} ({total}) …")
            del done

        yield plain
        return
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import Progress as Bar  # noqa: PLC0415

    with Bar(console=Console(stderr=True), transient=True) as bar:
        tasks = {}

        def moving(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(STAGES[stage], total=total)
            bar.update(tasks[stage], completed=done)

        yield moving
