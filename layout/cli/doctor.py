"""`layout doctor`: whether everything is in place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from layout.cli.build import cache_folder
from layout.cli.language import language
from layout.cli.main import EXIT_ENVIRONMENT
from layout.cli.terminal import say
from layout.cli.words import word


def command(
    as_json: Annotated[bool, typer.Option("--json", help="The whole examination as JSON, for reports.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Every check, not only what is amiss.")] = False,
) -> None:
    """Say whether everything is in place to make a paper; the verdict stands in the first line."""
    from layout.desk.doctor import examine  # noqa: PLC0415 - after --help

    verdict = examine(cache_folder(), Path("output"))
    lang = language()
    if as_json:
        say(json.dumps(verdict.record(), ensure_ascii=False, indent=2))
    else:
        say(word("well" if verdict.well else "unwell", lang))
        for check in verdict.checks:
            if check.ok and not everything:
                continue
            mark = "ok" if check.ok else ("!!" if check.needed else "--")
            say(f"  {mark}  {check.name}: {check.text(lang)}")
    if not verdict.well:
        raise typer.Exit(EXIT_ENVIRONMENT)
