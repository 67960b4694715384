"""`layout lock`: a finished page stays as it is."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads annotations
from typing import Annotated

import typer

from layout.cli.build import cache_folder
from layout.cli.main import EXIT_FINDINGS
from layout.cli.terminal import Form, explained, note, progress_bar, say, show_findings


def command(
    issue: Annotated[Path, typer.Argument(help="The issue file.")],
    page: Annotated[list[str], typer.Argument(help="The pages to lock.")],
    out: Annotated[Path | None, typer.Option(help="Output folder [output/<issue folder>/<date>].")] = None,
    plan: Annotated[Path | None, typer.Option(help="The editor's plan [plan.yaml beside the issue].")] = None,
    former: Annotated[
        Path | None, typer.Option(help="plan.yaml of an earlier build: what can stay where it was stays.")
    ] = None,
    diagnostics: Annotated[Form, typer.Option(help="Form of findings.")] = "full",
    cache: Annotated[bool, typer.Option(help="Keep converted pictures between builds.")] = True,
) -> None:
    """Keep finished pages as they are, whatever becomes of their sources.

    The pages are made as a build makes them and laid into `locks` beside the issue; every build takes them from there
    until `layout build --unlock PAGE`. A page with errors is not finished, and is not locked.
    """
    from layout.build.locking import lock_pages  # noqa: PLC0415 - after --help
    from layout.build.tasks import BuildOptions, UnknownPageError  # noqa: PLC0415

    options = BuildOptions(pages=tuple(page), plan=plan, former=former, cache=cache_folder() if cache else None)
    try:
        with explained(diagnostics), progress_bar() as progress:
            result = lock_pages(issue, out, options, progress)
    except UnknownPageError as problem:
        raise typer.BadParameter(str(problem), param_hint="PAGE") from problem
    show_findings(result.findings, result.sources, diagnostics)
    tell = note if diagnostics == "json" else say
    for folder in result.folders:
        tell(str(folder))
    if result.refused:
        note(f"not locked, as they have errors: {', '.join(result.refused)}")
        raise typer.Exit(EXIT_FINDINGS)
