"""`layout diff`: what changed between two builds or two PDFs."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads annotations
from typing import Annotated

import typer

from layout.cli.language import language
from layout.cli.main import EXIT_FINDINGS
from layout.cli.terminal import Form, explained, say, show_findings


def command(
    old: Annotated[Path, typer.Argument(help="Folder of the former build, or a PDF.")],
    new: Annotated[Path, typer.Argument(help="Folder of the later build, or a PDF.")],
    out: Annotated[Path | None, typer.Option(help="Folder for a report with pictures (index.html).")] = None,
    diagnostics: Annotated[Form, typer.Option(help="Form of what is told.")] = "full",
) -> None:
    """Say what changed between two versions, first in words, then in pictures; exit code 1 when they differ."""
    from layout.build.folder import OutputFolder  # noqa: PLC0415 - after --help
    from layout.diff import compare  # noqa: PLC0415
    from layout.diff.report import report_files  # noqa: PLC0415

    with explained(diagnostics):
        comparison = compare(old, new)
        if out is not None:
            folder = OutputFolder(out)
            for name, data in report_files(comparison):
                folder.write(name, data)
    if diagnostics == "json":
        show_findings(comparison.changes, {}, diagnostics)
    else:
        lang = language()
        for item in comparison.changes:
            say(f"{item.page}: {item.message(lang)}" if item.page else item.message(lang))
    if not comparison.equal:
        raise typer.Exit(EXIT_FINDINGS)
