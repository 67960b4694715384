"""The `layout` command: a table of commands, each loaded when it is called, and one place for errors."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click
import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: Final = {
    "build": ("layout.cli.build", "Build an issue: press pages, previews, report."),
    "check": ("layout.cli.check", "Read an issue and say what is wrong, writing nothing."),
    "import": ("layout.cli.importing", "Turn other people's text into story files."),
    "schema": ("layout.cli.schema", "Print the JSON Schema of issue, story or style files."),
}
"""Name → module with an `app` and the line shown by `layout --help`; nothing is imported before it is called."""

EXIT_FINDINGS: Final = 1
EXIT_USAGE: Final = 2
EXIT_INPUT: Final = 3
EXIT_ENVIRONMENT: Final = 4
EXIT_BUG: Final = 70
"""Exit codes (style.md B1): findings at the failing level, wrong usage, invalid input, environment, our own bug."""


class _LazyGroup(TyperGroup):
    """A group that knows its commands' names and one-line helps, and imports a command only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the table's order."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now; for the help of the whole group a name and a line are enough."""
        if cmd_name not in COMMANDS:
            return None
        module, line = COMMANDS[cmd_name]
        if ctx.resilient_parsing or _asks_for_help(ctx):
            return click.Command(cmd_name, help=line, short_help=line)
        loaded: Any = typer.main.get_command(import_module(module).app)
        loaded.name = cmd_name
        loaded.help = loaded.help or line
        return loaded  # type: ignore[no-any-return]


def _asks_for_help(ctx: click.Context) -> bool:
    rest: Sequence[str] = ctx.protected_args if hasattr(ctx, "protected_args") else ()
    return not rest and not ctx.args and ctx.invoked_subcommand is None


app = typer.Typer(
    cls=_LazyGroup,
    name="layout",
    help="Make newspapers: Chinese composition, page making, print-ready PDF.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def main() -> None:
    """Make newspapers: Chinese composition, page making, print-ready PDF."""


def run() -> None:
    """Run the command line; every way out has its exit code, and no traceback reaches an editor."""
    from layout.diagnostics import FontError, LayoutError, OutputError  # noqa: PLC0415 - after --help

    try:
        app()
    except LayoutError as problem:
        from layout.cli.terminal import show_findings  # noqa: PLC0415 - only for errors

        show_findings(problem.diagnostics, problem.sources)
        sys.exit(EXIT_ENVIRONMENT if isinstance(problem, (FontError, OutputError)) else EXIT_INPUT)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as problem:  # noqa: BLE001 - the last resort: our own bug, said in one line
        from layout.cli.terminal import show_bug  # noqa: PLC0415 - only for errors

        show_bug(problem)
        sys.exit(EXIT_BUG)
