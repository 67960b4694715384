"""`layout styles`: the styles there are, one in full, a page set in one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from layout.cli.terminal import explained, say

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)

StyleName = Annotated[str, typer.Argument(help="Name of a style, or path of a style file.")]


@app.callback()
def listed(context: typer.Context) -> None:
    """List the packaged styles with their sheets and grids."""
    if context.invoked_subcommand is not None:
        return
    from layout.desk.styles import style_names  # noqa: PLC0415 - after --help
    from layout.geometry import MM  # noqa: PLC0415
    from layout.reading.styles import read_style  # noqa: PLC0415

    with explained("full"):
        for name in style_names():
            style = read_style(name)
            size = f"{style.sheet.width / MM:.0f} × {style.sheet.height / MM:.0f} mm"
            say(f"{name}: {size}, {style.grid.columns} × {style.grid.characters} × {style.grid.lines}")


@app.command()
def show(name: StyleName) -> None:
    """Print a style with all that it extends merged in."""
    from layout.reading.emit import to_yaml  # noqa: PLC0415 - after --help
    from layout.reading.styles import resolved_style  # noqa: PLC0415

    path = Path(name)
    with explained("full"):
        packaged = path.suffix != ".yaml"
        tree = resolved_style(name) if packaged else resolved_style(path.name, path.parent)
    say(to_yaml(tree).rstrip("\n"))


@app.command()
def specimen(
    name: Annotated[str, typer.Argument(help="Name of a packaged style.")],
    out: Annotated[Path, typer.Option(help="The PDF to write.")] = Path("specimen.pdf"),
) -> None:
    """Write a page of the sample paper set in a style."""
    from layout.build.folder import OutputFolder  # noqa: PLC0415 - after --help
    from layout.cli.build import cache_folder  # noqa: PLC0415
    from layout.desk.styles import specimen_page  # noqa: PLC0415

    with explained("full"):
        OutputFolder(out.parent).write(out.name, specimen_page(name, cache=cache_folder()))
    say(str(out))
