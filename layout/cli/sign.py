"""`layout sign`: somebody's word for a stage of a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from layout.cli.terminal import explained, moment, note


def command(
    page: Annotated[str, typer.Argument(help="Page id.")],
    stage: Annotated[str, typer.Argument(help="Stage: 一审 二审 终审, 一校 二校 三校 …")],
    by: Annotated[str, typer.Option(help="Who signs.")],
    issue: Annotated[Path, typer.Option("--issue", help="The issue file.")] = Path("issue.yaml"),
    out: Annotated[Path | None, typer.Option(help="Folder of the build that was read.")] = None,
) -> None:
    """Sign a page as it was built; a later change of the page voids its last signatures."""
    from layout.build import default_folder  # noqa: PLC0415 - after --help
    from layout.build.remarks import sign_page  # noqa: PLC0415
    from layout.reading.issue import read_issue  # noqa: PLC0415

    with explained("short"):
        reading = read_issue(issue)
        signature = sign_page(reading, out or default_folder(issue, reading.issue), page, stage, by, moment())
    note(f"{signature.page} {signature.stage} {signature.by} {signature.revision}")
