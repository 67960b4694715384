"""From an extracted page to the files of an issue folder: `issue.yaml`, `stories/*.md`, placeholder pictures.

Pure: nothing is written here. Every guess stands as a comment beside the field it made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layout.importers.placeholder import placeholder_png
from layout.reading.emit import to_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.importers.pagecopy import Copy, ExtractedPage, ExtractedStory, Guess

PAPER = "样报"
PAGE_ID = "A02"
STYLE = "tabloid"
REGION = "zh-Hans"
NUMBER = "1"
STEM = "s"
LEAD, SECOND, USUAL, BRIEF = 1, 2, 3, 4
LONGEST_BRIEF = 150
# Signs that the story grammar would take for markup; a backslash makes them plain.
_MARKUP = re.compile(r"[\\*{}|\[\]^~]|=(?==)|_(?=_)")
_MARKUP_AT_START = re.compile(r"(?=#{1,6}|```|:::|>\s|[-+]\s|---)")


def issue_files(
    page: ExtractedPage,
    *,
    paper: str = PAPER,
    date: str,
    page_id: str = PAGE_ID,
    stem: str = STEM,
) -> dict[str, str]:
    """Return the text files of an issue with this one page: relative path → text.

    Args:
        page: what was read.
        paper: the paper's name.
        date: the day of publication, year-month-day.
        page_id: the page's id; an inside page needs no nameplate.
        stem: what story ids begin with; a number in reading order follows.
    """
    ranks = guess_ranks(page)
    ids = [f"{stem}{number}" for number in range(1, len(page.stories) + 1)]
    files = {"issue.yaml": _issue(page, ids, paper=paper, date=date, page_id=page_id)}
    for story, story_id, rank in zip(page.stories, ids, ranks, strict=True):
        files[f"stories/{story_id}.md"] = _story(story, story_id, rank, page.guesses)
    return files


def picture_files(page: ExtractedPage, *, stem: str = STEM) -> dict[str, bytes]:
    """Return the placeholder pictures that the stories of `issue_files` name: relative path → PNG."""
    return {
        f"photos/{name}.png": placeholder_png(name)
        for number, story in enumerate(page.stories, start=1)
        for name in _pictures(story, f"{stem}{number}")
    }


def guess_ranks(page: ExtractedPage) -> tuple[int, ...]:
    """Return a rank for every story: the longest text leads, the next is second, short ones are briefs.

    Sizes of heads are lost in extraction, so length is all there is; of equals the earlier goes first.
    """
    texts = [at for at, story in enumerate(page.stories) if not story.photo]
    order = sorted(texts or range(len(page.stories)), key=lambda at: (-page.stories[at].length, at))
    ranks = [USUAL] * len(page.stories)
    for place, at in enumerate(order):
        if place == 0:
            ranks[at] = LEAD
        elif page.stories[at].length < LONGEST_BRIEF:
            ranks[at] = BRIEF
        elif place == 1:
            ranks[at] = SECOND
    return tuple(ranks)


def plain_markup(text: str) -> str:
    """Return `text` so that the story grammar prints every character of it."""
    return _MARKUP_AT_START.sub(r"\\", _MARKUP.sub(r"\\\g<0>", text), count=1) if text else text


def guess_lines(page: ExtractedPage) -> tuple[str, ...]:
    """Return the page's guesses, one line of words each, in the order of the file."""
    return tuple(
        f"line {guess.line}: {guess.kind} ({guess.confidence:.2f}): {guess.assumed} [{guess.why}]"
        for guess in page.guesses
    )


def _issue(page: ExtractedPage, ids: Sequence[str], *, paper: str, date: str, page_id: str) -> str:
    lines = [
        "# Made from extracted text. Every `guess` says what was assumed and how sure that is (0.5 is a coin).",
        "# guess: paper, date, number, style and page id are not in the text",
        *_field("paper", paper),
        *_field("date", date),
        *_field("number", NUMBER),
        *_field("style", STYLE),
        *_field("region", REGION),
        "pages:",
        f"  - {_field('page', page_id)[0]}",
    ]
    if page.banner:
        guesses = _about(page.guesses, page.banner.lines, "banner")
        lines += [f"    {line}" for line in (*guesses, *_field("banner", plain_markup(page.banner.text)))]
    lines.append("    stories:" if ids else "    stories: []")
    lines += [f"      - stories/{story_id}.md" for story_id in ids]
    lines += [f"# dropped, line {item.line}, {item.why}: {_visible(item.text)}" for item in page.dropped]
    return "\n".join(lines) + "\n"


def _story(story: ExtractedStory, story_id: str, rank: int, guesses: Sequence[Guess]) -> str:
    lines = ["---"]
    lines += _field("rank", rank, "guess: rank from the length of the text")
    lines += _copied("kicker", story.kicker, guesses)
    lines += _copied("headline", story.headline, guesses)
    lines += _copied("deck", story.deck, guesses)
    lines += _copied("dateline", story.dateline, guesses)
    lines += _copied("byline", story.byline, guesses)
    lines += _copied("tail", story.tail, guesses)
    lines += _photos(story, story_id, guesses)
    for paragraph in story.paragraphs:
        for before, after in paragraph.joins:
            lines += _about(guesses, (after,), "join", f"line {after} goes on where line {before} was cut")
        if paragraph.subhead:
            lines += _about(guesses, paragraph.lines, "subhead")
    for paragraph in story.paragraphs:
        lines += _about(guesses, paragraph.lines[-1:], "unfinished", f"line {paragraph.lines[-1]} may be cut")
    lines.append("---")
    parts = [("## " if part.subhead else "") + plain_markup(part.text) for part in story.paragraphs]
    return "\n".join(lines) + "\n" + "\n\n".join(parts) + "\n"


def _photos(story: ExtractedStory, story_id: str, guesses: Sequence[Guess]) -> list[str]:
    names = _pictures(story, story_id)
    if not names:
        return []
    photos: list[dict[str, object]] = []
    for at, name in enumerate(names):
        photo: dict[str, object] = {"file": f"../photos/{name}.png"}
        if at < len(story.captions):
            photo["caption"] = plain_markup(story.captions[at].text.text)
            if story.captions[at].credit:
                photo["credit"] = plain_markup(story.captions[at].credit)
        photos.append({**photo, "placeholder": True})
    lines = ["# guess: a picture belongs here; the file is a placeholder"]
    for caption in story.captions:
        lines += _about(guesses, caption.text.lines, "caption")
    return [*lines, "photos:", *(f"  {line}" for line in to_yaml(photos).splitlines())]


def _pictures(story: ExtractedStory, story_id: str) -> tuple[str, ...]:
    count = max(len(story.captions), int(story.photo))
    return tuple(story_id if at == 0 else f"{story_id}-{at + 1}" for at in range(count))


def _copied(name: str, copy: Copy | None, guesses: Sequence[Guess]) -> list[str]:
    if copy is None:
        return []
    return [*_about(guesses, copy.lines, name), *_field(name, plain_markup(copy.text))]


def _field(name: str, value: object, comment: str = "") -> list[str]:
    return ([f"# {comment}"] if comment else []) + [f"{name}: {to_yaml(value).rstrip()}"]


def _about(guesses: Sequence[Guess], lines: Sequence[int], kind: str, assumed: str = "") -> list[str]:
    """Return the comments for the guesses of one kind about these source lines."""
    return [
        f"# guess: {assumed or kind} ({guess.confidence:.2f}): {_visible(guess.why)}"
        for guess in guesses
        if guess.kind == kind and (guess.line in lines or not lines)
    ]


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)
