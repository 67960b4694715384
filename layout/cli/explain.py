"""`layout explain`: what a finding means and how to mend it."""

from __future__ import annotations

from typing import Annotated

import typer

from layout.cli.language import language
from layout.cli.terminal import say
from layout.cli.words import word


def command(
    code: Annotated[str, typer.Argument(help="Code of the finding, e.g. E104; without it, all codes.")] = "",
) -> None:
    """Tell what a finding means, why it is said and how to mend it."""
    from layout.desk.explain import pages  # noqa: PLC0415 - after --help
    from layout.diagnostics.codes import CODES  # noqa: PLC0415
    from layout.reading.source import nearest  # noqa: PLC0415

    lang = language()
    if not code:
        for name, texts in sorted(CODES.items()):
            say(f"{name}  {texts[lang]}")
        return
    wanted = code.upper()
    page = pages(lang).get(wanted)
    if page is None:
        near = nearest(wanted, CODES)
        raise typer.BadParameter(word("no-code-near" if near else "no-code", lang, code=code, near=near))
    say(f"{page.code}: {page.what}\n\n{page.why}\n\n{word('mend', lang)}{page.mend}")
    if page.example:
        say(f"\n{word('example', lang)}\n" + "\n".join(f"    {row}".rstrip() for row in page.example.split("\n")))
