"""`layout check`: everything but writing."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads annotations
from typing import Annotated

import typer

from layout.cli.terminal import Form, explained, leave_if_failed, show_findings


def command(
    issue: Annotated[Path, typer.Argument(help="The issue file.")],
    diagnostics: Annotated[Form, typer.Option(help="Form of findings.")] = "full",
    strict: Annotated[bool, typer.Option(help="Warnings fail as well.")] = False,
) -> None:
    """Read an issue and say what is wrong, writing nothing."""
    from layout.build.findings import collected  # noqa: PLC0415 - after --help
    from layout.build.jumps import resolve  # noqa: PLC0415
    from layout.build.pagework import issue_fonts  # noqa: PLC0415
    from layout.fontbook import load_fontbook  # noqa: PLC0415
    from layout.reading.issue import read_issue  # noqa: PLC0415
    from layout.resources import fonts_folder  # noqa: PLC0415

    with explained(diagnostics):
        reading = read_issue(issue)
        load_fontbook(fonts_folder(), issue_fonts(reading.issue))
    findings = collected(reading, resolve(reading.issue, reading.styles)[1])
    show_findings(findings, reading.sources, diagnostics)
    leave_if_failed(findings, strict=strict)
