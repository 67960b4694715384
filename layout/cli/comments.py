"""`layout comments`: the proofreaders' remarks, at their places in the story files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from layout.cli.main import EXIT_FINDINGS
from layout.cli.terminal import Form, explained, moment, note, say, show_findings

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)

_USUAL = Path("issue.yaml")
IssueFile = Annotated[Path, typer.Option("--issue", help="The issue file.")]
FormOption = Annotated[Form, typer.Option(help="Form of findings.")]


@app.callback()
def listed(context: typer.Context, issue: IssueFile = _USUAL, diagnostics: FormOption = "short") -> None:
    """List the open remarks as `file:line` findings; exit code 1 when one must be mended before the press."""
    if context.invoked_subcommand is not None:
        return
    from layout.build.remarks import stories_of  # noqa: PLC0415 - after --help
    from layout.reading.issue import read_issue  # noqa: PLC0415
    from layout.remarks.corrections import open_musts  # noqa: PLC0415
    from layout.remarks.listing import findings  # noqa: PLC0415
    from layout.remarks.store import Store  # noqa: PLC0415

    with explained(diagnostics):
        reading = read_issue(issue)
        comments = Store(Path(reading.issue.folder)).comments()
    show_findings(tuple(findings(comments, stories_of(reading.issue))), reading.sources, diagnostics)
    if open_musts(comments):
        raise typer.Exit(EXIT_FINDINGS)


@app.command()
def export(
    form: Annotated[Literal["md", "json"], typer.Argument(help="Markdown for people, JSON for programs.")] = "md",
    issue: IssueFile = _USUAL,
) -> None:
    """Write all remarks to standard output."""
    from layout.build.remarks import stories_of  # noqa: PLC0415 - after --help
    from layout.reading.issue import read_issue  # noqa: PLC0415
    from layout.remarks.listing import exported, markdown  # noqa: PLC0415
    from layout.remarks.store import Store  # noqa: PLC0415

    with explained("short"):
        reading = read_issue(issue)
        comments = Store(Path(reading.issue.folder)).comments()
    write = {"md": markdown, "json": exported}[form]
    say(write(comments, stories_of(reading.issue)).rstrip("\n"))


@app.command()
def apply(
    name: Annotated[str, typer.Argument(help="The remark, e.g. c3.")],
    issue: IssueFile = _USUAL,
    by: Annotated[str, typer.Option(help="Who closes the remark.")] = "",
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Change the story file without asking.")] = False,
) -> None:
    """Carry a correction into its story file, shown as a diff first."""
    from layout.build.remarks import apply_correction, mending_of  # noqa: PLC0415 - after --help
    from layout.reading.issue import read_issue  # noqa: PLC0415

    with explained("short"):
        reading = read_issue(issue)
        comment, mending = mending_of(reading, name)
    say(mending.diff.rstrip("\n"))
    if not yes and not typer.confirm("change the file?", err=True):
        raise typer.Exit(EXIT_FINDINGS)
    with explained("short"):
        apply_correction(reading, comment, mending, by=by or "—", at=moment())
    note(f"{mending.file}: {comment.id}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="An annotated PDF.")],
    issue: IssueFile = _USUAL,
) -> None:
    """Read the annotations of a PDF (Acrobat, Preview, Foxit …) as remarks on story lines."""
    from layout.build.remarks import import_notes, stories_of  # noqa: PLC0415 - after --help
    from layout.cli.build import cache_folder  # noqa: PLC0415
    from layout.reading.issue import read_issue  # noqa: PLC0415
    from layout.remarks.listing import findings  # noqa: PLC0415

    with explained("short"):
        reading = read_issue(issue)
        made, said = import_notes(reading, file, cache_folder())
    show_findings((*said, *findings(made, stories_of(reading.issue))), reading.sources, "short")


@app.command()
def check(
    issue: IssueFile = _USUAL,
    out: Annotated[Path | None, typer.Option(help="Folder of the build.")] = None,
) -> None:
    """Say of every requested correction whether it is done, and what else was changed (核红)."""
    from layout.build import default_folder  # noqa: PLC0415 - after --help
    from layout.build.remarks import checked  # noqa: PLC0415
    from layout.diagnostics import Severity  # noqa: PLC0415
    from layout.reading.issue import read_issue  # noqa: PLC0415
    from layout.remarks.store import Store  # noqa: PLC0415

    with explained("short"):
        reading = read_issue(issue)
        comments = Store(Path(reading.issue.folder)).comments()
    found = tuple(checked(reading, out or default_folder(issue, reading.issue), comments))
    show_findings(found, reading.sources, "short")
    if any(item.severity is not Severity.INFO for item in found):
        raise typer.Exit(EXIT_FINDINGS)
