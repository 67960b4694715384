"""`layout init`: a new paper that builds at once."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads annotations
from typing import Annotated, Literal

import typer

from layout.cli.terminal import explained, moment, say

TemplateName = Literal["tabloid", "broadsheet", "weekly", "school"]
"""The papers to start from."""


def command(
    folder: Annotated[Path, typer.Argument(help="Folder of the new paper; must be empty or absent.")],
    template: Annotated[TemplateName, typer.Option(help="Paper to start from.")] = "tabloid",
    paper: Annotated[str, typer.Option(help="The paper's name [the folder's, where it is Chinese].")] = "",
    date: Annotated[str, typer.Option(help="Date of the first issue, YYYY-MM-DD [today].")] = "",
) -> None:
    """Start a paper: a folder with an issue, stories and pictures that builds at once."""
    from layout.templates import start  # noqa: PLC0415 - after --help

    with explained("full"):
        start(folder, template, date=date or moment()[:10], paper=paper)
    say(str(folder / "issue.yaml"))
