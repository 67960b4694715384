"""`layout proof`: the proof site, live."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads annotations
from typing import Annotated

import typer

from layout.cli.main import EXIT_ENVIRONMENT
from layout.cli.terminal import explained, moment, note, say


def command(
    issue: Annotated[Path, typer.Argument(help="The issue file.")],
    out: Annotated[Path | None, typer.Option(help="Output folder [output/<issue folder>/<date>].")] = None,
    host: Annotated[
        str, typer.Option(help="Address to listen at; any but loopback lets the network in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.")] = 0,
    name: Annotated[list[str] | None, typer.Option(help="Another name by which this machine is reached.")] = None,
) -> None:
    """Serve the proof site, build again when files change, keep the proofreaders' remarks."""
    from layout.build import BuildOptions, default_folder  # noqa: PLC0415 - after --help
    from layout.cli.build import cache_folder  # noqa: PLC0415
    from layout.reading.issue import read_issue  # noqa: PLC0415
    from layout.serve.live import Live  # noqa: PLC0415

    try:
        from layout.serve.run import serve  # noqa: PLC0415
    except ModuleNotFoundError as problem:
        note(f"`layout proof` needs {problem.name}: pip install 'layout-newspaper[proof]'")
        raise typer.Exit(EXIT_ENVIRONMENT) from problem
    with explained("full"):
        reading = read_issue(issue)
        live = Live(issue, out or default_folder(issue, reading.issue), BuildOptions(cache=cache_folder()))
    note("…")
    live.rebuild()
    serve(live, host, port, moment, say, tuple(name or ()))
