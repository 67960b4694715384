"""`layout preflight`: whether a press can take a PDF file, ours or anybody's."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - Typer reads annotations
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from layout.cli.language import language
from layout.cli.main import EXIT_FINDINGS, EXIT_INPUT
from layout.cli.terminal import explained, finding_text, say, tally
from layout.cli.words import word

if TYPE_CHECKING:
    from layout.preflight.inspect import Report

Flavour = Literal["x1a", "x4"]
"""The standards that a file can be held to."""

UNREADABLE = "E700"
DEFAULT_CONDITION = "newsprint-240"


def command(
    files: Annotated[list[Path], typer.Argument(help="PDF files.")],
    condition: Annotated[str, typer.Option("--print", help="Print condition.")] = DEFAULT_CONDITION,
    flavour: Annotated[
        Flavour | None, typer.Option("--as", help="Standard to hold the files to [what each says it is, else x1a].")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON a file.")] = False,
    as_short: Annotated[bool, typer.Option("--short", help="One line a finding.")] = False,
    marked: Annotated[Path | None, typer.Option(help="Write a copy with the findings marked (one file).")] = None,
) -> None:
    """Hold PDF files to PDF/X and to what newspaper presses ask for."""
    if marked is not None and len(files) > 1:
        message = "a marked copy can be made of one file only"
        raise typer.BadParameter(message, param_hint="--marked")
    if as_json and as_short:
        message = "choose one of --json and --short"
        raise typer.BadParameter(message, param_hint="--json")
    from layout.diagnostics import Severity  # noqa: PLC0415 - after --help
    from layout.preflight import Marked, examine  # noqa: PLC0415
    from layout.reading.styles import read_condition  # noqa: PLC0415

    with explained("short" if as_short else "json" if as_json else "full"):
        press = read_condition(condition)
    wanted = Marked(marked, language()) if marked is not None else None
    reports = {}
    for file in files:
        reports[file] = report = examine(file, press, flavour, wanted)
        if as_json:
            say(json.dumps(plain(file, report), ensure_ascii=False, sort_keys=True))
            continue
        for item in report.findings:
            say(finding_text(item, {}, "short" if as_short else "full"))
        if not as_short:
            say(heading(file, report))
    found = [item for report in reports.values() for item in report.findings]
    if any(item.code == UNREADABLE for item in found):
        raise typer.Exit(EXIT_INPUT)
    if any(item.severity is Severity.ERROR for item in found):
        raise typer.Exit(EXIT_FINDINGS)


def heading(file: Path, report: Report) -> str:
    """Return what is said of a file in one line: what it is, how many pages, findings, ink."""
    lang = language()
    said = report.title or word("held-to", lang, flavour=report.flavour)
    pages = word("page" if report.pages == 1 else "page-count", lang, count=report.pages)
    largest = max((ink["largest"] for ink in report.ink.values()), default=None)
    parts = [said, pages, tally(report.findings, lang)]
    parts += [word("largest-ink", lang, ink=f"{largest:.0f}")] if largest is not None else []
    return f"{file}: " + word("comma", lang).join(parts)


def plain(file: Path, report: Report) -> dict[str, object]:
    """Return a file's report as plain data."""
    from layout.diagnostics import Severity  # noqa: PLC0415 - after --help
    from layout.diagnostics.render import record  # noqa: PLC0415

    return {
        "version": 1,
        "file": str(file),
        "flavour": report.flavour,
        "title": report.title,
        "pages": report.pages,
        "passed": not any(item.severity is Severity.ERROR for item in report.findings),
        "ink": {page: dict(ink) for page, ink in report.ink.items()},
        "findings": [record(item) for item in report.findings],
    }
