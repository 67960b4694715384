"""`layout build`: an issue to press pages, previews and a report."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from layout.cli.language import language
from layout.cli.terminal import Form, explained, leave_if_failed, note, progress_bar, say, show_findings
from layout.cli.words import word

Variant = Literal["x1a", "x4"]
"""The press files that can be asked for."""

Impose = Literal["spreads"]
"""How pages can be imposed."""


def command(
    issue: Annotated[Path, typer.Argument(help="The issue file.")],
    out: Annotated[Path | None, typer.Option(help="Output folder [output/<issue folder>/<date>].")] = None,
    variant: Annotated[Variant, typer.Option("--print", help="Press file: PDF/X-1a or PDF/X-4.")] = "x1a",
    page: Annotated[list[str] | None, typer.Option(help="Build only this page (may be given again).")] = None,
    trim: Annotated[bool, typer.Option("--trim", help="Make the cuts proposed for copy that does not fit.")] = False,
    plan: Annotated[Path | None, typer.Option(help="The editor's plan [plan.yaml beside the issue].")] = None,
    former: Annotated[
        Path | None, typer.Option(help="plan.yaml of an earlier build: what can stay where it was stays.")
    ] = None,
    unlock: Annotated[list[str] | None, typer.Option(help="Unlock this page and make it again.")] = None,
    previews: Annotated[bool, typer.Option(help="Write page previews.")] = True,
    annotated: Annotated[bool, typer.Option("--annotated", help="Write remarks and findings into proof PDFs.")] = False,
    soft_proof: Annotated[
        bool, typer.Option("--soft-proof", help="Write press soft proofs too: inks, overprint, newsprint's grey.")
    ] = False,
    jobs: Annotated[int, typer.Option(help="Processes; 0 is one a processor.")] = 0,
    diagnostics: Annotated[Form, typer.Option(help="Form of findings.")] = "full",
    strict: Annotated[bool, typer.Option(help="Warnings fail as well.")] = False,
    cache: Annotated[bool, typer.Option(help="Keep converted pictures between builds.")] = True,
    outlines: Annotated[bool, typer.Option("--outlines", help="Turn type into curves, for old plate setters.")] = False,
    impose: Annotated[Impose | None, typer.Option(help="Write printer's spreads (4-1, 2-3 …) as well.")] = None,
    proof_paper: Annotated[bool, typer.Option("--proof-paper", help="Write proofs on A3 paper at 100 %.")] = False,
    stage: Annotated[str, typer.Option(help="Stage that paper proofs name, e.g. 一校.")] = "",
    revision: Annotated[str, typer.Option(help="Revision that paper proofs name.")] = "",
) -> None:
    """Build an issue: press pages, previews, report."""
    from layout.build import BuildOptions, UnknownPageError  # noqa: PLC0415 - after --help
    from layout.build import build as build_issue  # noqa: PLC0415
    from layout.build.sheets import PaperProof  # noqa: PLC0415

    options = BuildOptions(
        variant=variant,
        pages=tuple(page or ()),
        previews=previews,
        annotated=annotated,
        soft_proof=soft_proof,
        trim=trim,
        jobs=jobs,
        cache=cache_folder() if cache else None,
        plan=plan,
        former=former,
        unlock=tuple(unlock or ()),
        outlines=outlines,
        impose=impose or "",
        paper=PaperProof(time=now(), stage=stage, revision=revision) if proof_paper else None,
    )
    try:
        with explained(diagnostics), progress_bar() as progress:
            result = build_issue(issue, out, options, progress)
    except UnknownPageError as problem:
        raise typer.BadParameter(str(problem), param_hint="--page") from problem
    show_findings(result.findings, result.sources, diagnostics)
    tell = note if diagnostics == "json" else say  # JSON lines are the result then, and stand alone
    for name in result.files:
        if name.endswith(".pdf"):
            tell(str(result.folder / name))
    note(summary(result.metrics, result.seconds))
    leave_if_failed(result.findings, strict=strict)


def now() -> str:
    """Return the time of day as slugs of paper proofs have it."""
    return f"{dt.datetime.now().astimezone():%m-%d %H:%M}"


def summary(metrics: object, seconds: object) -> str:
    """Return the closing line of a build."""
    pages = len(metrics) if isinstance(metrics, dict) else 0
    total = sum(seconds.values()) if isinstance(seconds, dict) else 0.0
    return word("built-one" if pages == 1 else "built", language(), count=pages, seconds=f"{total:.1f}")


def cache_folder() -> Path:
    """Return where converted pictures are kept: LAYOUT_CACHE, or the user's cache folder."""
    named = os.environ.get("LAYOUT_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "layout-newspaper"
