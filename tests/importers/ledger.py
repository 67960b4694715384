"""What every importer must prove: the characters of the output and of the dropped list are those of the input."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from layout.importers import ImportOptions, import_files
from layout.importers.cleaning import NAMES
from layout.reading.issue import read_issue

if TYPE_CHECKING:
    from pathlib import Path

    from layout.importers import Imported
    from layout.importers.desk import Kind
    from layout.model import Issue, RichText, Story

UNTOUCHED = ImportOptions(date="2026-11-22", keep=NAMES)
"""No cleaning: what comes out is what went in."""


def bring(kind: Kind, source: Path, out: Path, options: ImportOptions = UNTOUCHED) -> tuple[Imported, Issue]:
    """Import one path and read the folder back, as a build would."""
    made = import_files(kind, [source], out, options)
    reading = read_issue(out / "issue.yaml")
    assert [item for item in reading.findings if item.code[0] == "E"] == []
    return made, reading.issue


def stories(issue: Issue) -> list[Story]:
    return [story for page in issue.pages for story in page.stories]


def printed(issue: Issue) -> str:
    """Return every character of copy that the engine would print."""
    texts: list[RichText | None] = [page.banner for page in issue.pages]
    for story in stories(issue):
        texts += [story.kicker, story.headline, story.deck, story.dateline, story.byline, story.tail]
        texts += [block.text for block in story.body]
        for photo in story.photos:
            texts += [photo.caption, photo.credit]
    return "".join(text.text for text in texts if text)


def report(out: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((out / "import.json").read_text(encoding="utf-8"))
    return loaded


def characters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def assert_nothing_lost(source: str, out: Path, *, added: str = "") -> None:
    """Assert that output and dropped list together are `source`.

    Args:
        source: the text that a reader of the file would see, comments and deletions too.
        out: the folder made.
        added: what the importer is known to add: numbers of lists, the headline that stands in.
    """
    issue = read_issue(out / "issue.yaml").issue
    found = characters(printed(issue)) + characters("".join(item["text"] for item in report(out)["dropped"]))
    if "/" not in source:
        found["/"] = 0  # forced line breaks of heads
    for story in stories(issue) if "/" in source else ():
        for rich in (story.headline, story.deck):
            found["/"] -= rich.text.count(" / ") if rich else 0
    found.subtract(characters(added))
    assert +found == characters(source), (+found - characters(source), characters(source) - found)
