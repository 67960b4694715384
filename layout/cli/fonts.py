"""`layout fonts`: the faces there are, what an issue lacks, faces of one's own, a sheet of them all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from layout.cli.language import language
from layout.cli.main import EXIT_FINDINGS
from layout.cli.terminal import explained, say
from layout.cli.words import word

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)

IssueFile = Annotated[Path, typer.Option("--issue", help="The issue whose own faces count too.")]
_USUAL = Path("issue.yaml")


@app.callback()
def listed(context: typer.Context, issue: IssueFile = _USUAL) -> None:
    """List all faces: characters, roles, embedding rights."""
    if context.invoked_subcommand is not None:
        return
    from layout.desk.typecase import case_of, face_rows  # noqa: PLC0415 - after --help

    lang = language()
    with explained("full"):
        rows = face_rows(case_of(issue.parent if issue.is_file() else None))
    for row in rows:
        rights = word("embeds" if row.embeds else "embeds-not", lang, bits=row.bits)
        parts = [row.face.family or row.face.path.name, word("characters", lang, count=row.characters), rights]
        parts += [row.face.licence] if row.face.licence else []
        say(f"{row.face.id}: {', '.join(parts)}; {word('roles', lang, names=', '.join(row.roles) or '—')}")


@app.command()
def coverage(issue: Annotated[Path, typer.Argument(help="The issue file.")]) -> None:
    """Say which characters of an issue each role lacks; exit code 1 when one is in no face at all."""
    from layout.desk.typecase import lacks  # noqa: PLC0415 - after --help
    from layout.reading.issue import read_issue  # noqa: PLC0415

    lang = language()
    with explained("full"):
        found = lacks(read_issue(issue).issue)
    for lack in found:
        said = [word("missing", lang, chars=" ".join(lack.missing))] if lack.missing else []
        said += [word("from-fallback", lang, face=face, chars=" ".join(chars)) for face, chars in lack.fallback]
        say(f"{lack.role}: {'; '.join(said) or word('complete', lang)}")
    if any(lack.missing for lack in found):
        raise typer.Exit(EXIT_FINDINGS)


@app.command()
def add(
    path: Annotated[Path, typer.Argument(help="A font file, or a folder of them.")],
    role: Annotated[str, typer.Option(help="The role whose chain they head: song, hei, kai, …")],
    issue: IssueFile = _USUAL,
) -> None:
    """Put faces into the issue's `fonts/` folder and at the head of a role's chain."""
    from layout.desk.typecase import add_faces  # noqa: PLC0415 - after --help

    with explained("full"):
        for name in add_faces(issue.parent, path, role):
            say(name)


@app.command()
def specimen(
    out: Annotated[Path, typer.Option(help="The PDF to write.")] = Path("fonts.pdf"),
    role: Annotated[list[str] | None, typer.Option(help="Only this role (may be given again).")] = None,
    issue: IssueFile = _USUAL,
) -> None:
    """Write a sheet that shows every role."""
    from layout.build.folder import OutputFolder  # noqa: PLC0415 - after --help
    from layout.desk.sheet import set_sheet  # noqa: PLC0415
    from layout.desk.typecase import case_of, specimen_files  # noqa: PLC0415

    folder = issue.parent if issue.is_file() else None
    with explained("full"):
        sheet = set_sheet(specimen_files(case_of(folder), folder, role or ()))
        OutputFolder(out.parent).write(out.name, sheet)
    say(str(out))
