"""The `layout` command: a table of commands, each loaded when it is called, and one place for errors."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Final

import typer

from layout.cli.language import LanguageName, asked, called, fronted, language, speak
from layout.cli.words import COMMANDS_ZH, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.diagnostics import LayoutError

COMMANDS: Final = {
    "build": ("layout.cli.build", "Build an issue: press pages, previews, report."),
    "check": ("layout.cli.check", "Read an issue and say what is wrong, writing nothing."),
    "comments": ("layout.cli.comments", "List, export, apply and import the proofreaders' remarks."),
    "diff": ("layout.cli.diff", "Say what changed between two builds, or between two PDFs."),
    "doctor": ("layout.cli.doctor", "Say whether everything is in place to make a paper."),
    "explain": ("layout.cli.explain", "Tell what a finding means and how to mend it."),
    "export": ("layout.cli.exporting", "Write an issue's stories in other people's formats."),
    "fonts": ("layout.cli.fonts", "List faces, check an issue's characters, add faces, show specimens."),
    "import": ("layout.cli.importing", "Turn other people's files into story files."),
    "init": ("layout.cli.init", "Start a paper: a folder that builds at once."),
    "lock": ("layout.cli.lock", "Keep finished pages as they are, whatever becomes of their sources."),
    "plan": ("layout.cli.plan", "Lay out an issue's pages and write the plan, for editing and for `build --plan`."),
    "preflight": ("layout.cli.preflight", "Say whether a press can take PDF files, ours or anybody's."),
    "proof": ("layout.cli.proof", "Serve the proof site, live, with remarks."),
    "release": ("layout.cli.release", "Write the plant's files, once all is clean, closed and signed."),
    "schema": ("layout.cli.schema", "Print the JSON Schema of issue, story, style or plan files."),
    "sign": ("layout.cli.sign", "Sign a page as it was built."),
    "styles": ("layout.cli.styles", "List styles, show one resolved, show its specimen page."),
    "watch": ("layout.cli.watch", "Build again whenever a file of the issue changes."),
}
"""Name → module with a `command` (or an `app` of several) and the line shown by `layout --help`.

Nothing is imported before it is called."""

EXIT_FINDINGS: Final = 1
EXIT_USAGE: Final = 2
EXIT_INPUT: Final = 3
EXIT_ENVIRONMENT: Final = 4
EXIT_BUG: Final = 70
"""Exit codes (style.md B1): findings at the failing level, wrong usage, invalid input, environment, our own bug."""


def make_app(words: Sequence[str]) -> typer.Typer:
    """Return the command line for these words: the command they call in full, the others by name and help line."""
    app = typer.Typer(
        name="layout",
        help=word("about", language()),
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_main)
    completing = any(name.endswith("_COMPLETE") for name in os.environ)
    wanted = called(words)
    lines = COMMANDS_ZH if language() == "zh" else {}
    for name, (module, english) in COMMANDS.items():
        line = lines.get(name, english)
        if name != wanted and not completing:
            app.command(name, help=line)(_unloaded)
            continue
        loaded = import_module(module)
        if hasattr(loaded, "app"):
            app.add_typer(loaded.app, name=name, help=line)
        else:
            app.command(name, help=line)(loaded.command)
    return app


def _main(
    lang: Annotated[LanguageName | None, typer.Option(help="Language of messages [the locale's].")] = None,
) -> None:
    speak(lang or "")


def _unloaded() -> None:
    message = "a command that was not called ran"
    raise RuntimeError(message)


def exit_code(problem: LayoutError) -> int:
    """Return the exit code of what stopped a command: the environment's fault, or the input's."""
    from layout.diagnostics import FontError, OutputError  # noqa: PLC0415 - after --help

    return EXIT_ENVIRONMENT if isinstance(problem, (FontError, OutputError)) else EXIT_INPUT


def run() -> None:
    """Run the command line; every way out has its exit code, and no traceback reaches an editor."""
    from layout.diagnostics import LayoutError  # noqa: PLC0415 - after --help

    try:
        words = fronted(sys.argv[1:])
        speak(asked(words))
        make_app(words)(words, prog_name="layout")
    except LayoutError as problem:
        from layout.cli.terminal import show_findings  # noqa: PLC0415 - only for errors

        show_findings(problem.diagnostics, problem.sources)
        sys.exit(exit_code(problem))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as problem:  # noqa: BLE001 - the last resort: our own bug, said in one line
        from layout.cli.terminal import show_bug  # noqa: PLC0415 - only for errors

        show_bug(problem)
        sys.exit(EXIT_BUG)
