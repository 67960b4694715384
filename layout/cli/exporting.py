"""`layout export`: an issue into other people's formats."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads annotations
from typing import Annotated

import typer

from layout.cli.terminal import Form, explained, note, say, show_findings

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)


@app.callback()
def main() -> None:
    """Write an issue's stories in other people's formats."""


@app.command("ninjs")
def ninjs(
    issue: Annotated[Path, typer.Argument(help="The issue file.")],
    out: Annotated[Path, typer.Option(help="Folder for the items; must be empty or absent.")],
    diagnostics: Annotated[Form, typer.Option(help="Form of findings.")] = "full",
) -> None:
    """News items in JSON (IPTC ninjs 2.1), one a story, pictures beside them; `import ninjs` is the way back."""
    from layout.exporters import export_issue  # noqa: PLC0415 - after --help

    with explained(diagnostics):
        made = export_issue(issue, out)
    show_findings(made.findings, made.sources, diagnostics)
    tell = note if diagnostics == "json" else say  # JSON lines are the result then, and stand alone
    for name in made.files:
        if name.endswith(".json"):
            tell(str(out / name))
