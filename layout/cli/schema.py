"""`layout schema`: the JSON Schemas that editors complete and check with."""

from __future__ import annotations

from typing import Annotated

import typer

from layout.cli.terminal import say


def command(
    name: Annotated[str, typer.Argument(help="issue, story, style, plan, print or report.")] = "issue",
) -> None:
    """Print the JSON Schema of issue, story, style or plan files."""
    from layout.resources import schemas_folder  # noqa: PLC0415 - after --help

    known = {path.name.removesuffix(".schema.json"): path for path in sorted(schemas_folder().glob("*.schema.json"))}
    if name not in known:
        message = f"'{name}' is none of {', '.join(known)}"
        raise typer.BadParameter(message, param_hint="NAME")
    say(known[name].read_text(encoding="utf-8").rstrip("\n"))
