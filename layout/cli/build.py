"""`layout build`: an issue to press pages, previews and a report."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from layout.cli.main import EXIT_FINDINGS
from layout.cli.terminal import progress_bar, say, show_findings


def command(
    issue: Annotated[Path, typer.Argument(help="The issue file.")],
    out: Annotated[Path | None, typer.Option(help="Output folder [output/<issue folder>/<date>].")] = None,
    variant: Annotated[str, typer.Option("--print", help="Press file: x1a or x4.")] = "x1a",
    page: Annotated[list[str] | None, typer.Option(help="Build only this page (may be given again).")] = None,
    previews: Annotated[bool, typer.Option(help="Write page previews.")] = True,
    jobs: Annotated[int, typer.Option(help="Processes; 0 is one a processor.")] = 0,
    diagnostics: Annotated[str, typer.Option(help="Form of findings: full, short or json.")] = "full",
    cache: Annotated[bool, typer.Option(help="Keep converted pictures between builds.")] = True,
) -> None:
    """Build an issue: press pages, previews, report."""
    from layout.build import BuildOptions  # noqa: PLC0415 - after --help
    from layout.build import build as build_issue  # noqa: PLC0415

    if variant not in ("x1a", "x4"):
        message = f"'{variant}' is neither x1a nor x4"
        raise typer.BadParameter(message, param_hint="--print")
    options = BuildOptions(
        variant=variant,  # type: ignore[arg-type]
        pages=tuple(page or ()),
        previews=previews,
        jobs=jobs,
        cache=cache_folder() if cache else None,
    )
    with progress_bar() as progress:
        result = build_issue(issue, out, options, progress)
    show_findings(result.findings, result.sources, diagnostics)
    for name in result.files:
        if name.endswith(".pdf"):
            say(str(result.folder / name))
    say(summary(result.metrics, result.seconds))
    if result.failed:
        raise typer.Exit(EXIT_FINDINGS)


def summary(metrics: object, seconds: object) -> str:
    """Return the closing line of a build."""
    pages = len(metrics) if isinstance(metrics, dict) else 0
    total = sum(seconds.values()) if isinstance(seconds, dict) else 0.0
    return f"{pages} page{'s' * (pages != 1)} in {total:.1f} s"


def cache_folder() -> Path:
    """Return where converted pictures are kept: LAYOUT_CACHE, or the user's cache folder."""
    named = os.environ.get("LAYOUT_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "layout-newspaper"
