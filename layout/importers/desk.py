"""The importers' desk: paths in, an issue folder out, and a list of all that was dropped, guessed and cleaned.

Each kind of file has a row in `KINDS`. What is wrong with any file is said for all of them at once, and then nothing
is written.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from layout.diagnostics import Diagnostic, InputError, OutputError, Severity, Span, collate, finding
from layout.diagnostics.hints import hint
from layout.importers.article import is_page, read_article, stories_of_page
from layout.importers.assembly import MISSING_HEADLINE, assemble
from layout.importers.cleaning import BLANK_LINES, Change, clean_items, cleaned
from layout.importers.encodings import Decoded, decoded
from layout.importers.folder import FolderOccupiedError, write_folder
from layout.importers.intake import take_in
from layout.importers.issuefolder import (
    PAGE_ID,
    PAPER,
    Frame,
    Ledger,
    issue_files,
    numbered,
    on_pages,
    suffix_of,
)
from layout.importers.manuscript import DROPPED, REASONS, Dropped, Guess, ItemKind, Manuscript, Picture, Reading
from layout.importers.markdown import read_markdown
from layout.importers.newsml import read_newsml
from layout.importers.ninjs import read_ninjs
from layout.importers.problem import UnreadableError
from layout.importers.richtext import Edit, edited
from layout.importers.webpage import declared_encoding, read_webpage
from layout.importers.worddocument import read_word
from layout.model import RichText
from layout.reading.artwork import measure
from layout.reading.source import unwanted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from layout.importers.intake import ForeignFile
    from layout.model import Region

Kind = Literal["text", "docx", "markdown", "html", "ninjs", "newsml"]
Form = Literal["auto", "page", "article"]
"""How a text is read: as the page of several stories, or as one article."""

SUFFIXES: Final = MappingProxyType(
    {
        "text": (".txt",),
        "docx": (".docx", ".doc", ".wps", ".rtf", ".odt"),
        "markdown": (".md", ".markdown", ".mdown"),
        "html": (".html", ".htm", ".xhtml"),
        "ninjs": (".json",),
        "newsml": (".xml",),
    }
)
"""How the files of each kind end; the Word importer takes its neighbours too, to say why they cannot be read."""

_EXCERPT: Final = 24
_LOST: Final = "\ufffd"
_LINE_ENDS: Final = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
_CODES: Final = MappingProxyType({"deletion": "W153", "comment": "W154"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What an editor can ask for.

    Attributes:
        paper: the paper's name.
        date: the day of publication, year-month-day.
        page_id: the first page's id.
        region: language and typographic habits.
        keep: names of cleaning rules that do not run (`layout.importers.cleaning.NAMES`).
        convert: OpenCC's name of a conversion, or nothing.
        encoding: the encoding of the texts, where the editor knows it.
        form: whether a text is a page or an article.
    """

    paper: str = PAPER
    date: str = "2026-01-01"
    page_id: str = PAGE_ID
    region: Region = "zh-Hans"
    keep: tuple[str, ...] = ()
    convert: str = ""
    encoding: str = ""
    form: Form = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import made: the stories' ids, the files, what there is to say, and the texts that it speaks of."""

    stories: tuple[str, ...]
    files: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    sources: dict[str, str]


@dataclass(slots=True)
class _Desk:
    """What has come together so far."""

    options: ImportOptions
    kind: Kind
    stories: list[Manuscript]
    dropped: list[Dropped]
    guesses: list[Guess]
    findings: list[Diagnostic]
    changes: list[tuple[Change, Span]]
    sources: dict[str, str]
    banner: str = ""


def import_files(kind: Kind, paths: Sequence[Path], out: Path, options: ImportOptions | None = None) -> Imported:
    """Turn foreign files into an issue folder that builds.

    Args:
        kind: what the files are.
        paths: files, folders and zip archives.
        out: the folder to make; it must be absent or empty.
        options: what is asked for.

    Returns:
        What was made; its findings are warnings.

    Raises:
        InputError: a file cannot be read, or nothing is in it; all such findings at once, and nothing is written.
        OutputError: the folder cannot be written.
    """
    desk = _Desk(options or ImportOptions(), kind, [], [], [], [], [], {})
    files, findings = take_in(paths, SUFFIXES[kind], kind)
    desk.findings += findings
    for file in files:
        _take(file, desk, alone=len(files) == 1)
    _stop_on_errors(desk)
    pages = on_pages(numbered([_with_pictures(story, desk) for story in desk.stories]))
    if not pages:
        raise InputError([finding("E158", span=Span(path.name), file=path.name) for path in paths], desk.sources)
    for story in desk.stories:
        if story.headline.text == MISSING_HEADLINE:
            desk.findings.append(finding("W160", span=story.span, text=MISSING_HEADLINE))
    frame = Frame(
        paper=desk.options.paper,
        date=desk.options.date,
        page_id=desk.options.page_id,
        region=desk.options.region,
        banner=desk.banner,
        guesses=tuple(desk.guesses),
    )
    desk.findings += _said(desk, pages)
    said = collate(desk.findings)
    names = tuple(file.name for file in files)
    ledger = Ledger(kind=kind, files=names, dropped=tuple(desk.dropped), changes=tuple(desk.changes), findings=said)
    made = issue_files(pages, frame, ledger)
    _write(made, out)
    stories = tuple(story.name for page in pages for story in page)
    return Imported(stories=stories, files=tuple(sorted(made)), findings=said, sources=desk.sources)


def _stop_on_errors(desk: _Desk) -> None:
    if any(item.severity is Severity.ERROR for item in desk.findings):
        raise InputError(desk.findings, desk.sources)


def _write(files: dict[str, str | bytes], out: Path) -> None:
    try:
        write_folder(files, out)
    except FolderOccupiedError as error:
        cure = hint("new-folder")
        raise InputError([finding("E156", span=Span(str(out)), file=str(out), hint=cure)]) from error
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise OutputError([finding("E501", file=str(out), problem=problem)]) from error


# --- one file


def _take(file: ForeignFile, desk: _Desk, *, alone: bool) -> None:
    """Read one file and put its stories on the desk."""
    name = PurePosixPath(file.name).stem
    try:
        if desk.kind == "docx":
            made = read_word(file.data, file.name)
            if isinstance(made, Diagnostic):
                desk.findings.append(made)
            else:
                _put([made], name, desk)
            return
        text = _text(file, desk)
        if text is None:
            return
        desk.sources[file.name] = text
        if desk.kind == "text" and _is_page(text, desk, alone=alone):
            _put_page(text, file.name, desk)
        elif desk.kind == "newsml":
            _put(read_newsml(file.data, text, file.name, file.beside), name, desk)
        elif desk.kind == "ninjs":
            _put(read_ninjs(text, file.name, file.beside), name, desk)
        else:
            _put([_READERS[desk.kind](text, file)], name, desk)
    except UnreadableError as error:
        values = {"problem": error.problem, "problem_zh": error.problem_zh}
        desk.findings.append(finding("E157", span=Span(file.name), file=file.name, kind=desk.kind, **values))


_READERS: Final[MappingProxyType[str, Callable[[str, ForeignFile], Reading]]] = MappingProxyType(
    {
        "text": lambda text, file: read_article(text, file.name),
        "markdown": lambda text, file: read_markdown(text, file.name, file.beside),
        "html": lambda text, file: read_webpage(text, file.name, file.beside),
    }
)


def _text(file: ForeignFile, desk: _Desk) -> str | None:
    """Return a file's text with line feeds for line ends, or report that its encoding is in doubt."""
    declared = desk.options.encoding or (declared_encoding(file.data) if desk.kind in ("html", "newsml") else "")
    found = decoded(file.data, declared)
    if not isinstance(found, Decoded):
        cure = hint("say-encoding")
        if found.first is None or found.second is None:
            desk.findings.append(finding("E153", span=Span(file.name), file=file.name, hint=cure))
        else:
            first, second = found.first, found.second
            values = {
                "first": first.encoding,
                "first_text": _start(first.text),
                "second": second.encoding,
                "second_text": _start(second.text),
            }
            desk.findings.append(finding("E152", span=Span(file.name), file=file.name, hint=cure, **values))
        return None
    if not found.certain:
        desk.findings.append(finding("W159", span=Span(file.name), file=file.name, encoding=found.encoding))
    text = found.text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)
    for number, line in enumerate(text.split("\n"), 1):
        if _LOST in line:
            desk.findings.append(finding("W161", span=Span(file.name, number, line.index(_LOST) + 1)))
    return text


def _start(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * _EXCERPT]).split())[:_EXCERPT]


def _is_page(text: str, desk: _Desk, *, alone: bool) -> bool:
    form = desk.options.form
    return form == "page" or (form == "auto" and alone and is_page(text))


def _put(readings: Sequence[Reading], name: str, desk: _Desk) -> None:
    """Clean and convert what was read, make stories of it and put them on the desk."""
    options = desk.options
    for at, reading in enumerate(readings, 1):
        items = reading.items
        if not reading.exact:
            items, changes = clean_items(items, options.region, options.keep)
            desk.changes += ((change, reading.items[change.item].span) for change in changes)
        if BLANK_LINES not in options.keep and not reading.exact:
            blanks = [item for item in items if item.kind is ItemKind.BLANK]
            desk.changes += (
                (Change(rule=BLANK_LINES, before="¶¶¶", after="¶¶", context="¶¶¶"), item.span) for item in blanks
            )
            items = tuple(item for item in items if item.kind is not ItemKind.BLANK)
        if options.convert:
            from layout.importers.conversion import convert_items  # noqa: PLC0415 - an extra

            items = convert_items(items, options.convert)
        allowed = []
        for item in items:
            text, gone = _without_controls(item.text)
            if gone:
                desk.dropped.append(Dropped(text=gone, kind="control", span=item.span))
            allowed.append(replace(item, text=text))
        stated = dict(reading.fields)
        own = str(stated.pop("id", "") or "") or (name if len(readings) == 1 else f"{name}-{at}")
        read = replace(reading, items=tuple(allowed), fields=tuple(stated.items()))
        if not any(item.text or item.kind is ItemKind.PICTURE for item in read.items):
            continue
        stories, dropped = assemble(read, own)
        desk.stories += (replace(story, guesses=(*reading.guesses, *story.guesses)) for story in stories[:1])
        desk.stories += stories[1:]
        desk.dropped += (*reading.dropped, *dropped)
        desk.findings += reading.findings
        if reading.source:
            desk.sources[reading.name] = reading.source


def _put_page(text: str, file: str, desk: _Desk) -> None:
    """Put the stories of a page's text on the desk, its lines cleaned one by one."""
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        rich, changes = cleaned(RichText(line), desk.options.region, desk.options.keep)
        desk.changes += ((change, Span(file, number, 1)) for change in changes)
        lines.append(rich.text)
    stories, dropped, banner, guesses = stories_of_page("\n".join(lines), file)
    desk.stories += stories
    desk.dropped += dropped
    desk.banner = banner.text if banner else ""
    desk.guesses += guesses


def _without_controls(rich: RichText) -> tuple[RichText, str]:
    """Return a text without the characters that no story may contain, and those characters."""
    gone = [at for at, char in enumerate(rich.text) if unwanted(char)] if unwanted(rich.text) else []
    return edited(rich, [Edit(at, at + 1, "") for at in gone]), "".join(rich.text[at] for at in gone)


# --- pictures


def _with_pictures(story: Manuscript, desk: _Desk) -> Manuscript:
    """Return a story whose pictures can be printed; a placeholder stands in for each that is missing or cannot."""
    pictures = [_usable(picture, story, desk) for picture in story.pictures]
    fields = [
        (name, _usable(value, story, desk) if isinstance(value, Picture) else value) for name, value in story.fields
    ]
    kept = [(name, value) for name, value in fields if not isinstance(value, Picture) or value.data]
    return replace(story, pictures=tuple(pictures), fields=tuple(kept))


def _usable(picture: Picture, story: Manuscript, desk: _Desk) -> Picture:
    if picture.data is None:
        if picture.source:
            desk.findings.append(finding("W156", span=story.span, file=_shown(picture.source)))
        return picture
    suffix = suffix_of(picture.data)
    if suffix and _can_be_measured(picture.data, suffix):
        return picture
    found = suffix or picture.data[:4].hex(" ")
    desk.findings.append(finding("W157", span=story.span, file=_shown(picture.source), found=found))
    return replace(picture, data=None)


def _can_be_measured(data: bytes, suffix: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"picture{suffix}"
        path.write_bytes(data)
        return measure(path) is not None


def _shown(source: str) -> str:
    """Return a picture's name without the bytes that a `data:` address carries."""
    return source.partition(",")[0] if source.startswith("data:") else source.rpartition(" ")[2]


# --- what there is to say


def _said(desk: _Desk, pages: Sequence[Sequence[Manuscript]]) -> list[Diagnostic]:
    """Return the findings of all that was dropped, guessed and cleaned."""
    made = [_dropped(item) for item in desk.dropped]
    guesses = [*desk.guesses, *(guess for page in pages for story in page for guess in story.guesses)]
    for guess in guesses:
        if guess.field == "rank":
            continue  # it is in the report and beside the field; one for every story would bury the rest
        why, why_zh = REASONS.get(guess.why, (guess.why, guess.why))
        values = {"field": guess.field, "text": guess.text, "why": why, "why_zh": why_zh}
        made.append(finding("W151", span=guess.span, **values))
    groups: dict[tuple[str, str], list[tuple[Change, Span]]] = {}
    for change, span in desk.changes:
        groups.setdefault((span.file, change.rule), []).append((change, span))
    for (_, rule), changes in groups.items():
        change, span = changes[0]
        shown = {"before": _visible(change.before), "after": _visible(change.after), "context": change.context.strip()}
        made.append(finding("W158", span=span, rule=rule, count=len(changes), **shown))
    return made


def _dropped(item: Dropped) -> Diagnostic:
    code = _CODES.get(item.kind, "W150")
    text = _visible(item.text)
    if code != "W150":
        return finding(code, span=item.span, by=item.by, text=text)
    what, what_zh = DROPPED[item.kind]
    return finding(code, span=item.span, what=what, what_zh=what_zh, text=text)


def _visible(text: str) -> str:
    return "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in text)
