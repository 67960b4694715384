"""`layout release`: the plant's files, or the reasons why there are none."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads annotations
from typing import Annotated

import typer

from layout.cli.build import Impose, Variant, cache_folder
from layout.cli.main import EXIT_FINDINGS
from layout.cli.terminal import Form, explained, note, progress_bar, say, show_findings


def command(
    issue: Annotated[Path, typer.Argument(help="The issue file.")],
    out: Annotated[Path | None, typer.Option(help="Output folder [output/<issue folder>/<date>].")] = None,
    variant: Annotated[Variant, typer.Option("--print", help="Press file: PDF/X-1a or PDF/X-4.")] = "x1a",
    page: Annotated[list[str] | None, typer.Option(help="Release only this page (may be given again).")] = None,
    outlines: Annotated[bool, typer.Option("--outlines", help="Turn type into curves, for old plate setters.")] = False,
    impose: Annotated[Impose | None, typer.Option(help="Release printer's spreads instead of pages.")] = None,
    jobs: Annotated[int, typer.Option(help="Processes; 0 is one a processor.")] = 0,
    diagnostics: Annotated[Form, typer.Option(help="Form of findings.")] = "full",
    cache: Annotated[bool, typer.Option(help="Keep converted pictures between builds.")] = True,
) -> None:
    """Write the plant's files, once all is clean, closed and signed."""
    if page and impose:
        message = "a single page cannot be imposed"
        raise typer.BadParameter(message, param_hint="--impose")
    from layout.build import BuildOptions, UnknownPageError  # noqa: PLC0415 - after --help
    from layout.preflight import examine  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415
    from layout.release import release  # noqa: PLC0415

    options = BuildOptions(
        variant=variant,
        pages=tuple(page or ()),
        jobs=jobs,
        cache=cache_folder() if cache else None,
        outlines=outlines,
        impose=impose or "",
    )
    try:
        with explained(diagnostics), progress_bar() as progress:
            result = release(issue, examine, out, options, progress)
    except UnknownPageError as problem:
        raise typer.BadParameter(str(problem), param_hint="--page") from problem
    verdict = result.verdict
    show_findings((*verdict.stopping, *verdict.noted), result.sources, diagnostics)
    tell = note if diagnostics == "json" else say
    for name in result.written:
        tell(str(result.folder / name))
    if not result.released:
        note("nothing was released")
        raise typer.Exit(EXIT_FINDINGS)
    note(f"{len(result.written)} released, {len(result.kept)} unchanged since their last revision")
