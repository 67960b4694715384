"""`layout import`: other people's text into an issue folder."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads annotations
from typing import Annotated

import typer

from layout.cli.main import EXIT_INPUT
from layout.cli.terminal import note, say

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.callback()
def main() -> None:
    """Turn other people's text into story files."""


@app.command("text")
def text(
    page: Annotated[Path, typer.Argument(help="The text of a page as an extractor left it.")],
    out: Annotated[Path, typer.Option(help="Folder for the issue; must be empty or absent.")],
    paper: Annotated[str, typer.Option(help="The paper's name.")] = "样报",
    date: Annotated[str, typer.Option(help="Date of the issue, YYYY-MM-DD.")] = "2026-01-01",
    page_id: Annotated[str, typer.Option(help="The page's id.")] = "A02",
) -> None:
    """Turn a page's extracted text into an issue folder that builds; every guess is marked and listed."""
    from layout.importers import import_text_page  # noqa: PLC0415 - after --help

    outcome = import_text_page(page, out, paper=paper, date=date, page_id=page_id)
    for problem in outcome.problems:
        note(f"{page}:{problem.line}:{problem.column}: {problem.message} ({problem.hint})")
    if outcome.problems:
        raise typer.Exit(EXIT_INPUT)
    for line in outcome.guesses:
        note(line)
    say(str(out / "issue.yaml"))
