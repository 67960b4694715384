"""`layout plan`: where everything would stand, as YAML to be edited and given back."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads annotations
from typing import Annotated

import typer

from layout.cli.main import EXIT_FINDINGS
from layout.cli.terminal import Form, explained, note, progress_bar, say, show_findings


def command(
    issue: Annotated[Path, typer.Argument(help="The issue file.")],
    out: Annotated[Path | None, typer.Option(help="File to write [standard output].")] = None,
    page: Annotated[list[str] | None, typer.Option(help="Plan only this page (may be given again).")] = None,
    alternatives: Annotated[
        int, typer.Option(min=1, max=9, help="Plans in all; the others go to FILE.2.yaml, FILE.3.yaml beside --out.")
    ] = 1,
    plan: Annotated[Path | None, typer.Option(help="The editor's plan [plan.yaml beside the issue].")] = None,
    former: Annotated[
        Path | None, typer.Option(help="plan.yaml of an earlier build: what can stay where it was stays.")
    ] = None,
    jobs: Annotated[int, typer.Option(help="Processes; 0 is one a processor.")] = 0,
    diagnostics: Annotated[Form, typer.Option(help="Form of findings.")] = "full",
) -> None:
    """Lay out an issue's pages and write the plan, for editing and for `build --plan`."""
    from layout.build.plans import file_names, plan_issue  # noqa: PLC0415 - after --help
    from layout.build.tasks import BuildOptions, UnknownPageError  # noqa: PLC0415
    from layout.diagnostics import Severity  # noqa: PLC0415

    if alternatives > 1 and out is None:
        message = "several plans need a file to go to"
        raise typer.BadParameter(message, param_hint="--out")
    options = BuildOptions(pages=tuple(page or ()), jobs=jobs, plan=plan, former=former)
    try:
        with explained(diagnostics), progress_bar() as progress:
            result = plan_issue(issue, options, alternatives, progress)
    except UnknownPageError as problem:
        raise typer.BadParameter(str(problem), param_hint="--page") from problem
    if out is None:
        show_findings(result.findings, result.sources, "full" if diagnostics == "json" else diagnostics)
        say(result.texts[0].rstrip("\n"))
    else:
        show_findings(result.findings, result.sources, diagnostics)
        out.parent.mkdir(parents=True, exist_ok=True)
        for name, text in zip(file_names(out.name, len(result.texts)), result.texts, strict=True):
            out.with_name(name).write_text(text, encoding="utf-8")
            (note if diagnostics == "json" else say)(str(out.with_name(name)))
    if any(item.severity is Severity.ERROR for item in result.findings):
        raise typer.Exit(EXIT_FINDINGS)
