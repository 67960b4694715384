"""Write stories as ninjs 2.1 items, by the tables that `layout.importers.ninjs` reads by.

Copy goes into headlines, bodies and captions as HTML, so that any reader of ninjs can print it. What ninjs has no
field for (box, head, verse, a picture's focus) is kept in a description with a role of our own, from which an import
restores it: import of export is the identity.
"""

from __future__ import annotations

import json
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from layout.importers.hypertext import LINK_CLASS
from layout.importers.ninjs import (
    HTML,
    ID_ROLE,
    JSON,
    LANGUAGES,
    PROFILE,
    SETTINGS_ROLE,
    STORY_SETTINGS,
    URGENCIES,
)
from layout.importers.storyfile import markup
from layout.model import Block, BlockKind, Emphasis, Mark, RichText

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from layout.model import Issue, Photo, Story

VERSION: Final = "2.1"
SCHEMA: Final = "http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json"
_HEADLINES: Final = (("main", "headline"), ("kicker", "kicker"), ("deck", "deck"))
_BODIES: Final = ("dateline", "tail")
_USUAL: Final[Mapping[str, object]] = MappingProxyType(
    {"head": "over", "setting": "horizontal", "locked": False, "deck_optional": False, "names": ()}
)
"""What a story has that states nothing; None for all others."""

_TAGS: Final = {
    Emphasis.LINK: (f'<a class="{LINK_CLASS}" href="{{value}}">', "</a>"),
    Emphasis.KAI: ('<em class="kai">', "</em>"),
    Emphasis.NAME: ("<u>", "</u>"),
    Emphasis.DOTS: ('<em class="dots">', "</em>"),
    Emphasis.HEI: ("<strong>", "</strong>"),
    Emphasis.SUPERIOR: ("<sup>", "</sup>"),
    Emphasis.INFERIOR: ("<sub>", "</sub>"),
    Emphasis.RUBY: ("<ruby>", "<rt>{value}</rt></ruby>"),
}
"""The element of each mark, the outermost first where several cover the same characters."""

_ORDER: Final = {emphasis: place for place, emphasis in enumerate(_TAGS)}


def news_item(story: Story, issue: Issue, photos: Sequence[str], logo: str = "") -> str:
    """Return a story as a ninjs item.

    Args:
        story: the story.
        issue: the issue that it stands in; its name and date make the item's address.
        photos: the paths of the story's pictures from the item's file.
        logo: the path of its column's logo, if it has one.
    """
    uri = "urn:layout:" + ":".join(quote(part, safe="") for part in (issue.paper, issue.date, story.id))
    item: dict[str, object] = {
        "uri": uri,
        "type": "text",
        "representationtype": "full",
        "profile": PROFILE,
        "urgency": URGENCIES[story.rank],
        "language": LANGUAGES[story.region],
        "headlines": _values(story, _HEADLINES),
        "bodies": [*_values(story, [(name, name) for name in _BODIES]), _body(story.body)],
    }
    if story.byline:
        item["by"] = hypertext(story.byline)
    settings = {"id": story.id, **_settings(story, issue), **({"logo": logo} if logo else {})}
    item["descriptions"] = [_description(settings)]
    if story.photos:
        item["associations"] = [
            _picture(photo, photos[at], f"{uri}:{at + 1}", at) for at, photo in enumerate(story.photos)
        ]
    item["altids"] = [{"role": ID_ROLE, "value": story.id}]
    item["standard"] = {"name": "ninjs", "version": VERSION, "schema": SCHEMA}
    return json.dumps(item, ensure_ascii=False, indent=2) + "\n"


def _values(story: Story, roles: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for role, name in roles:
        rich = getattr(story, name)
        if rich:
            rows.append({"role": role, "contenttype": HTML, "value": hypertext(rich)})
    return rows


def _body(blocks: Sequence[Block]) -> dict[str, object]:
    parts = []
    for block in blocks:
        tag = "h2" if block.kind is BlockKind.SUBHEAD else "p"
        offered = "? " if block.optional else ""  # as story files mark it
        parts.append(("<hr>\n" if block.gap else "") + f"<{tag}>{offered}{hypertext(block.text)}</{tag}>")
    count = sum(len(block.text.text) for block in blocks)
    return {"role": "main", "contenttype": HTML, "charcount": count, "value": "\n".join(parts)}


def _description(settings: Mapping[str, object]) -> dict[str, object]:
    value = json.dumps(settings, ensure_ascii=False, sort_keys=True)
    return {"role": SETTINGS_ROLE, "contenttype": JSON, "value": value}


_WRITTEN: Final[Mapping[str, Callable[[Story], object]]] = {
    "jump_head": lambda story: markup(story.jump_head) if story.jump_head else None,
    "pull_quotes": lambda story: story.quotes_found or [markup(text) for text in story.quotes] or None,
}
"""Details that story files write otherwise than the story keeps them."""


def _settings(story: Story, issue: Issue) -> dict[str, object]:
    """Return the details that differ from what a story has that states none."""
    made: dict[str, object] = {"region": story.region} if story.region != issue.region else {}
    for name in STORY_SETTINGS:
        value = _WRITTEN[name](story) if name in _WRITTEN else getattr(story, name)
        if name not in ("region", "logo") and value != _USUAL.get(name):
            made[name] = list(value) if isinstance(value, tuple) else value
    return made


def _picture(photo: Photo, href: str, uri: str, number: int) -> dict[str, object]:
    width, height = photo.pixels
    descriptions: list[dict[str, object]] = []
    if photo.caption:
        descriptions.append({"role": "caption", "contenttype": HTML, "value": hypertext(photo.caption)})
    settings: dict[str, object] = {}
    if photo.focus != (0.5, 0.5):
        settings["focus"] = list(photo.focus)
    if photo.keep:
        settings["keep"] = list(photo.keep)
    if photo.quiet:
        settings["quiet"] = list(photo.quiet)
    if not photo.crop:
        settings["crop"] = False
    if photo.placeholder:
        settings["placeholder"] = True
    descriptions.append(_description(settings))
    made: dict[str, object] = {
        "name": f"picture{number + 1}",
        "uri": uri,
        "type": "picture",
        "profile": PROFILE,
        "descriptions": descriptions,
        "renditions": [{"name": "main", "href": quote(href), "width": width, "height": height}],
    }
    if photo.credit:
        made["by"] = hypertext(photo.credit)
    return made


def hypertext(rich: RichText) -> str:
    """Return a text as HTML, its marks as properly nested elements."""
    out: list[str] = []
    stack: list[Mark] = []
    marks = [mark for mark in rich.marks if mark.start < mark.end]
    stops = sorted({0, len(rich.text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    for at, stop in enumerate(stops):
        deepest = next((place for place, mark in enumerate(stack) if mark.end <= stop), len(stack))
        again = [mark for mark in stack[deepest:] if mark.end > stop]
        out += (_tag(mark, 1) for mark in reversed(stack[deepest:]))
        del stack[deepest:]
        here = sorted(
            (mark for mark in marks if mark.start == stop), key=lambda mark: (-mark.end, _ORDER[mark.emphasis])
        )
        for mark in (*again, *here):
            out.append(_tag(mark, 0))
            stack.append(mark)
        if at + 1 < len(stops):
            out.append(escape(rich.text[stop : stops[at + 1]], quote=False))
    return "".join(out)


def _tag(mark: Mark, side: int) -> str:
    return _TAGS[mark.emphasis][side].replace("{value}", escape(mark.value))
