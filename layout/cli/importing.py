"""`layout import`: other people's files into an issue folder."""

from __future__ import annotations

import codecs
from datetime import date as day
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from layout.cli.terminal import Form, explained, note, say, show_findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from layout.importers.desk import Form as TextForm
    from layout.importers.desk import Kind
    from layout.model import Region

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)

REGIONS: Final = ("zh-Hans", "zh-TW", "zh-HK", "ja", "en")
FORMS: Final = ("auto", "page", "article")

Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders or zip archives.")]
Out = Annotated[Path, typer.Option(help="Folder for the issue; must be empty or absent.")]
Paper = Annotated[str, typer.Option(help="The paper's name.")]
IssueDate = Annotated[str, typer.Option("--date", help="Date of the issue, YYYY-MM-DD.")]
PageId = Annotated[str, typer.Option(help="Id of the first page.")]
RegionName = Annotated[str, typer.Option("--region", help=f"Typographic habits: {', '.join(REGIONS)}.")]
Keep = Annotated[
    list[str] | None,
    typer.Option(
        help="A cleaning rule that is not to run (may be given again): zero-width, soft-hyphens, digits, punctuation, "
        "quotes, spaces, blank-lines, or all."
    ),
]
Convert = Annotated[
    str, typer.Option(help="Convert the script, by OpenCC's name: s2t, t2s, s2tw, s2twp, tw2s, tw2sp, s2hk, hk2s.")
]
Encoding = Annotated[str, typer.Option(help="Encoding of the texts, where it is in doubt: gb18030, big5, utf-16, …")]
TextForms = Annotated[str, typer.Option("--form", help=f"How a text is read: {', '.join(FORMS)}.")]
Diagnostics = Annotated[Form, typer.Option(help="Form of findings.")]


@app.callback()
def main() -> None:
    """Turn other people's files into an issue folder that builds; what is dropped, guessed or cleaned is listed."""


HELP: Final[dict[Kind, str]] = {
    "text": "Plain text: one article, or the text of a whole page as an extractor left it.\n\n"
    "An article begins with its headline; empty lines or line ends separate paragraphs. A text with several datelines "
    "or bylines is read as a page: stories, heads and cut paragraphs are found by their form (--form decides).",
    "docx": "Word files (.docx) of Word, WPS and LibreOffice.\n\n"
    "Styles become fields: Title or 标题 the headline, 肩题 and 副题 (Subtitle) kicker and deck, headings subheads, "
    "题注 captions. Pictures are taken out. Tracked insertions are taken over, deletions and comments left out, and "
    "each is listed with its paragraph; tables become paragraphs, notes stand at the end.",
    "markdown": "Markdown: the first heading is the headline, the others are subheads.\n\n"
    "Front matter (title, subtitle, author) becomes fields; ** beside Chinese marks is understood.",
    "html": "Web pages: the article, its headline, pictures and captions.\n\n"
    "Navigation, sidebars and what else surrounds the article are left out, and listed. Nothing is fetched from the "
    "net: pictures are taken from the files around the page.",
    "ninjs": "News items in JSON (IPTC ninjs 2.x; 1.x is understood): urgency becomes rank, associations pictures.\n\n"
    "What `layout export ninjs` wrote comes back as it was.",
    "newsml": "NewsML-G2 text items with NITF, XHTML or plain text in them, and the pictures of a news message.",
}
"""What each kind of file is and what becomes of it."""


def _command(kind: Kind) -> Callable[..., None]:
    """Return the command that imports files of one kind."""

    def plain(
        paths: Paths,
        out: Out,
        paper: Paper = "样报",
        date: IssueDate = "2026-01-01",
        page_id: PageId = "A02",
        region: RegionName = "zh-Hans",
        keep: Keep = None,
        convert: Convert = "",
        encoding: Encoding = "",
        diagnostics: Diagnostics = "full",
    ) -> None:
        run(kind, paths, out, paper, date, page_id, region, keep or [], convert, encoding, "auto", diagnostics)

    def text(
        paths: Paths,
        out: Out,
        paper: Paper = "样报",
        date: IssueDate = "2026-01-01",
        page_id: PageId = "A02",
        region: RegionName = "zh-Hans",
        keep: Keep = None,
        convert: Convert = "",
        encoding: Encoding = "",
        form: TextForms = "auto",
        diagnostics: Diagnostics = "full",
    ) -> None:
        run(kind, paths, out, paper, date, page_id, region, keep or [], convert, encoding, form, diagnostics)

    return text if kind == "text" else plain


for _kind, _help in HELP.items():
    app.command(_kind, help=_help)(_command(_kind))


def run(
    kind: Kind,
    paths: list[Path],
    out: Path,
    paper: str,
    date: str,
    page_id: str,
    region: str,
    keep: list[str],
    convert: str,
    encoding: str,
    form: str,
    diagnostics: Form,
) -> None:
    """Import files and say what was made of them."""
    from layout.importers import ImportOptions, import_files  # noqa: PLC0415 - after --help
    from layout.importers.cleaning import NAMES  # noqa: PLC0415
    from layout.importers.conversion import CONVERSIONS  # noqa: PLC0415

    rules = NAMES if "all" in keep else tuple(keep)
    for name in rules:
        _one_of(name, (*NAMES, "all"), "--keep")
    _one_of(convert or "s2t", CONVERSIONS, "--convert")
    options = ImportOptions(
        paper=paper,
        date=_iso(date),
        page_id=page_id,
        region=_region(region),
        keep=rules,
        convert=convert,
        encoding=_encoding(encoding),
        form=_form(form),
    )
    with explained(diagnostics):
        made = import_files(kind, paths, out, options)
    show_findings(made.findings, made.sources, diagnostics)
    tell = note if diagnostics == "json" else say  # JSON lines are the result then, and stand alone
    tell(str(out / "issue.yaml"))
    tell(str(out / "import.json"))


def _one_of(value: str, known: tuple[str, ...] | dict[str, str], option: str) -> None:
    if value not in known:
        message = f"'{value}' is none of {', '.join(known)}"
        raise typer.BadParameter(message, param_hint=option)


def _region(value: str) -> Region:
    _one_of(value, REGIONS, "--region")
    return next(region for region in _REGIONS if region == value)


def _form(value: str) -> TextForm:
    _one_of(value, FORMS, "--form")
    return next(form for form in _FORMS if form == value)


_REGIONS: Final[tuple[Region, ...]] = ("zh-Hans", "zh-TW", "zh-HK", "ja", "en")
_FORMS: Final[tuple[TextForm, ...]] = ("auto", "page", "article")


def _iso(value: str) -> str:
    try:
        return day.fromisoformat(value).isoformat()
    except ValueError as error:
        message = f"'{value}' is no date (YYYY-MM-DD)"
        raise typer.BadParameter(message, param_hint="--date") from error


def _encoding(value: str) -> str:
    try:
        return codecs.lookup(value).name if value else ""
    except LookupError as error:
        message = f"'{value}' is no known encoding"
        raise typer.BadParameter(message, param_hint="--encoding") from error
