"""From stories to the files of an issue folder: `issue.yaml`, `stories/*.md`, `photos/*`, `import.json`.

Pure: nothing is written here. Every guess stands as a comment beside the field it made, and `import.json` lists all
that was dropped, guessed and cleaned, with its place.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from layout.diagnostics.render import record
from layout.importers.manuscript import REASONS, Guess, Picture
from layout.importers.placeholder import placeholder_png
from layout.importers.storyfile import markup, plain_markup, story_file
from layout.reading.emit import to_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.diagnostics import Diagnostic, Span
    from layout.importers.cleaning import Change
    from layout.importers.manuscript import Dropped, Manuscript

PAPER: Final = "样报"
PAGE_ID: Final = "A02"
STYLE: Final = "tabloid"
REGION: Final = "zh-Hans"
NUMBER: Final = "1"
REPORT: Final = "import.json"
REPORT_VERSION: Final = 1

LEAD, SECOND, USUAL, BRIEF = 1, 2, 3, 4
LONGEST_BRIEF: Final = 150

PAGE_HOLDS: Final = 3600
"""Characters that a tabloid page takes beside its heads: 6 × 11 × 81 less a third for heads, captions and air."""

HEAD_TAKES: Final = 200
PICTURE_TAKES: Final = 450
"""What a head and a picture take of it, in characters."""

LONGEST_ID: Final = 48
_NOT_IN_IDS: Final = re.compile(r"[\s/\\:*?\"<>|+#%]+")
_PAGE_NUMBER: Final = re.compile(r"(\d+)(?!.*\d)")
_SIGNATURES: Final = (
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"GIF8", ".gif"),
    (b"BM", ".bmp"),
    (b"%PDF-", ".pdf"),
)
"""How the pictures that can be printed begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What an issue needs beside its stories; `banner` is a line across the first page."""

    paper: str = PAPER
    date: str
    page_id: str = PAGE_ID
    region: str = REGION
    banner: str = ""
    guesses: tuple[Guess, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All that an import has to answer for."""

    kind: str
    files: tuple[str, ...]
    dropped: tuple[Dropped, ...] = ()
    changes: tuple[tuple[Change, Span], ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def numbered(stories: Sequence[Manuscript]) -> tuple[Manuscript, ...]:
    """Return stories with names that can be ids, each once, whatever the case of its letters."""
    taken: set[str] = set()
    made = []
    for story in stories:
        base = _NOT_IN_IDS.sub("-", story.name).strip("-.")[:LONGEST_ID].strip("-.") or "s"
        name, number = base, 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name.casefold())
        made.append(replace(story, name=name))
    return tuple(made)


def ranked(stories: Sequence[Manuscript]) -> tuple[Manuscript, ...]:
    """Return the stories of one page with ranks: those stated, or guessed from the length of the texts."""
    free = [at for at, story in enumerate(stories) if "rank" not in dict(story.fields)]
    lengths = [None if _is_photo_story(stories[at]) else stories[at].length for at in free]
    made = list(stories)
    for at, rank in zip(free, ranks_by_length(lengths), strict=True):
        story = stories[at]
        assert story.span is not None
        guess = Guess(field="rank", text=str(rank), why="length", span=story.span)
        made[at] = replace(story, fields=(("rank", rank), *story.fields), guesses=(*story.guesses, guess))
    return tuple(made)


def _is_photo_story(story: Manuscript) -> bool:
    return bool(story.pictures) and len(story.body) <= 1 and not story.dateline


def ranks_by_length(lengths: Sequence[int | None]) -> tuple[int, ...]:
    """Return a rank for every story: the longest text leads, the next is second, short ones are briefs.

    `lengths` are the characters of the bodies, None where a picture carries the story. Of equals the earlier goes
    first; where all are picture stories, the first leads.
    """
    texts = [at for at, length in enumerate(lengths) if length is not None]
    order = sorted(texts or range(len(lengths)), key=lambda at: (-(lengths[at] or 0), at))
    ranks = [USUAL] * len(lengths)
    for place, at in enumerate(order):
        if place == 0:
            ranks[at] = LEAD
        elif (lengths[at] or 0) < LONGEST_BRIEF:
            ranks[at] = BRIEF
        elif place == 1:
            ranks[at] = SECOND
    return tuple(ranks)


def on_pages(stories: Sequence[Manuscript]) -> tuple[tuple[Manuscript, ...], ...]:
    """Return the stories page by page, in order: each page takes what it can hold."""
    pages: list[list[Manuscript]] = []
    filled = PAGE_HOLDS
    for story in stories:
        takes = story.length + HEAD_TAKES + PICTURE_TAKES * len(story.pictures)
        if filled + takes > PAGE_HOLDS:
            pages.append([])
            filled = 0
        pages[-1].append(story)
        filled += takes
    return tuple(ranked(page) for page in pages)


def suffix_of(data: bytes) -> str:
    """Return how the name of a picture's file ends, or nothing where it is no picture that can be printed."""
    found = next((suffix for signature, suffix in _SIGNATURES if data.startswith(signature)), "")
    if not found and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    return found or (".svg" if b"<svg" in data[:1024] else "")


def issue_files(pages: Sequence[Sequence[Manuscript]], frame: Frame, ledger: Ledger) -> dict[str, str | bytes]:
    """Return the files of an issue: relative path → content.

    Args:
        pages: the stories, page by page, with names that are ids.
        frame: the paper, its date, the first page's id.
        ledger: what the report says; of dropped matter, guesses and cleaning it says everything.
    """
    files: dict[str, str | bytes] = {"issue.yaml": _issue(pages, frame)}
    for story in (story for page in pages for story in page):
        photos = []
        for number, picture in enumerate(story.pictures, 1):
            stem = story.name if number == 1 else f"{story.name}-{number}"
            name, data = _picture_file(stem, picture)
            files[f"photos/{name}"] = data
            photos.append(_photo(f"../photos/{name}", picture))
        fields: list[tuple[str, object]] = []
        for name, value in story.fields:
            if isinstance(value, Picture):
                art, data = _picture_file(f"{story.name}-{name}", value)
                files[f"photos/{art}"] = data
                fields.append((name, f"../photos/{art}"))
            else:
                fields.append((name, value))
        written = replace(story, fields=tuple(fields))
        files[f"stories/{story.name}.md"] = story_file(written, photos, _comments(story.guesses))
    files[REPORT] = _report(pages, frame, ledger)
    return files


def _picture_file(stem: str, picture: Picture) -> tuple[str, bytes]:
    suffix = suffix_of(picture.data) if picture.data else ""
    if suffix and picture.data:
        return f"{stem}{suffix}", picture.data
    return f"{stem}.png", placeholder_png(stem)


def _photo(file: str, picture: Picture) -> dict[str, object]:
    photo: dict[str, object] = {"file": file}
    for name in ("caption", "credit"):
        rich = getattr(picture, name)
        if rich:
            photo[name] = markup(rich)
    photo.update(picture.settings)
    if not picture.data:
        photo["placeholder"] = True
    return photo


def _comments(guesses: Sequence[Guess]) -> dict[str, list[str]]:
    """Return the comments of a story's guesses by the field that they stand above."""
    made: dict[str, list[str]] = {}
    for guess in guesses:
        above = _ABOVE.get(guess.field, guess.field)
        said = REASONS.get(guess.why, (guess.why, ""))[0]
        what = guess.field if above == guess.field else f"{guess.field} “{guess.text}”"
        made.setdefault(above, []).append(f"guess: {what}, {guess.span}: {said}")
    return made


_ABOVE: Final = {
    "caption": "photos",
    "photo story": "photos",
    "subhead": "body",
    "join": "body",
    "unfinished": "body",
    "story": "body",
    "form": "body",
}
"""Guesses that have no field of their own, and the place that their comment takes."""


def _issue(pages: Sequence[Sequence[Manuscript]], frame: Frame) -> str:
    lines = [
        "# Made by `layout import`. Every `guess` says what was assumed; `import.json` lists all of it.",
        "# guess: paper, date, number, style and pages are not in what was imported",
        *(f"{name}: {to_yaml(value).rstrip()}" for name, value in _head(frame).items()),
        "pages:",
    ]
    page_id = frame.page_id
    for number, page in enumerate(pages):
        page_id = page_id if number == 0 else _following(page_id)
        lines.append(f"  - page: {to_yaml(page_id).rstrip()}")
        if frame.banner and number == 0:
            lines += [f"    # {line}" for line in _comments(frame.guesses).get("banner", ())]
            lines.append(f"    banner: {to_yaml(plain_markup(frame.banner)).rstrip()}")
        lines.append("    stories:")
        lines += [f"      - {to_yaml(f'stories/{story.name}.md').rstrip()}" for story in page]
    return "\n".join(lines) + "\n"


def _head(frame: Frame) -> dict[str, str]:
    return {"paper": frame.paper, "date": frame.date, "number": NUMBER, "style": STYLE, "region": frame.region}


def _following(page_id: str) -> str:
    """Return the id of the next page: A02 → A03."""
    found = _PAGE_NUMBER.search(page_id)
    if not found:
        return f"{page_id}2"
    number = str(int(found[1]) + 1).zfill(len(found[1]))
    return page_id[: found.start()] + number + page_id[found.end() :]


def _report(pages: Sequence[Sequence[Manuscript]], frame: Frame, ledger: Ledger) -> str:
    stories = [story for page in pages for story in page]
    guesses = [*frame.guesses, *(guess for story in stories for guess in story.guesses)]
    report = {
        "version": REPORT_VERSION,
        "kind": ledger.kind,
        "files": list(ledger.files),
        "stories": [{"id": story.name, **_place(story.span)} for story in stories],
        "dropped": [
            {"what": item.kind, "text": item.text, **({"by": item.by} if item.by else {}), **_place(item.span)}
            for item in ledger.dropped
        ],
        "guesses": [
            {"field": guess.field, "text": guess.text, "why": guess.why, **_place(guess.span)} for guess in guesses
        ],
        "cleaned": [
            {
                "rule": change.rule,
                "before": change.before,
                "after": change.after,
                "context": change.context,
                **_place(span),
            }
            for change, span in ledger.changes
        ],
        "findings": [record(item) for item in ledger.findings],
    }
    return json.dumps(report, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _place(span: Span | None) -> dict[str, object]:
    return {"file": span.file, "line": span.line} if span else {}
