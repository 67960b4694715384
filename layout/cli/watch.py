"""`layout watch`: an issue built again whenever a file of it changes."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads annotations
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from layout.cli.build import cache_folder, summary
from layout.cli.language import language
from layout.cli.terminal import Form, moment, note, show_findings
from layout.cli.words import word

if TYPE_CHECKING:
    from layout.serve.watching import Outcome


def command(
    issue: Annotated[Path, typer.Argument(help="The issue file; it may come later.")],
    out: Annotated[Path | None, typer.Option(help="Output folder [output/<issue folder>/<date>].")] = None,
    previews: Annotated[bool, typer.Option(help="Write page previews.")] = True,
    diagnostics: Annotated[Form, typer.Option(help="Form of findings.")] = "short",
) -> None:
    """Build an issue, and again whenever a file of its folder changes; each time a line says when and how it went."""
    from layout.build import BuildOptions  # noqa: PLC0415 - after --help
    from layout.serve.watching import watch  # noqa: PLC0415

    note(word("watching", language(), folder=issue.parent))

    def told(outcome: Outcome) -> None:
        show(outcome, diagnostics)

    try:
        watch(issue, out, BuildOptions(previews=previews, cache=cache_folder()), told, Event())
    except KeyboardInterrupt:
        return


def show(outcome: Outcome, form: Form) -> None:
    """Show the findings of a build, and a line with the time and the result."""
    if outcome.problem is not None:
        show_findings(outcome.problem.diagnostics, outcome.problem.sources, form)
        note(f"[{moment()[11:19]}] {word('waiting', language())}")
    elif outcome.result is not None:
        show_findings(outcome.result.findings, outcome.result.sources, form)
        note(f"[{moment()[11:19]}] {summary(outcome.result.metrics, outcome.result.seconds)}")
