"""What the command line shows: findings, progress, summaries. The only room that prints."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, TextIO

import typer

from layout.cli.language import language
from layout.cli.words import word
from layout.diagnostics import LayoutError, Severity, finding
from layout.diagnostics.render import full, json_lines, label, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.build import Progress
    from layout.diagnostics import Diagnostic

Form = Literal["full", "short", "json"]
"""How findings are shown: with source lines and carets, one a line, or as JSON lines on standard output."""

_COLORS: Final = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}


def say(text: str) -> None:
    """Write a result to standard output."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Write a remark to standard error."""
    sys.stderr.write(text + "\n")


def moment() -> str:
    """Return the time of day with its zone, ISO 8601, for remarks and signatures."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


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
    note(tally(items, lang))


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
        head = label(item, "en" if form == "short" else lang)
        text = text.replace(head, f"\x1b[{_COLORS[item.severity]}m{head}\x1b[0m", 1)
    return text


def tally(items: Sequence[Diagnostic], lang: str | None = None) -> str:
    """Return how many errors and warnings there are, in words."""
    lang = lang or language()
    counts = {
        name: sum(item.severity is severity for item in items)
        for name, severity in (("error", Severity.ERROR), ("warning", Severity.WARNING))
    }
    said = {f"{name}s": word(name if count == 1 else f"{name}s", lang, count=count) for name, count in counts.items()}
    return word("tally", lang, **said)


def leave_if_failed(items: Sequence[Diagnostic], *, strict: bool = False) -> None:
    """Leave with the exit code of findings where one is an error, or, where that is strict, a warning."""
    failing = Severity.WARNING if strict else Severity.ERROR
    if any(item.severity >= failing for item in items):
        from layout.cli.main import EXIT_FINDINGS  # noqa: PLC0415 - that room loads the commands, which load this one

        raise typer.Exit(EXIT_FINDINGS)


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
                said = word(stage, language())
                note(f"{said} …" if total <= 1 else f"{said} ({total}) …")
            del done

        yield plain
        return
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import Progress as Bar  # noqa: PLC0415

    with Bar(console=Console(stderr=True), transient=True) as bar:
        tasks = {}

        def moving(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(word(stage, language()), total=total)
            bar.update(tasks[stage], completed=done)

        yield moving
