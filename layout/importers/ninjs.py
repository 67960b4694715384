"""Read ninjs, the JSON of news agencies (IPTC ninjs 2.0 and 2.1; the older 1.x names are taken too).

Headlines, bodies and descriptions are lists of values with roles; the tables here say which role is which field, and
`layout.exporters.ninjs` writes by the same tables. A value's place is its JSON pointer behind the file's name. What
`layout export` wrote states every detail in a description of its own, and nothing is guessed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from layout.diagnostics import Span
from layout.importers.hypertext import read_hypertext
from layout.importers.manuscript import Dropped, Guess, Item, ItemKind, Picture, Reading
from layout.importers.problem import UnreadableError
from layout.importers.richtext import tidied
from layout.importers.webpage import parsed, pictures_of
from layout.model import RichText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.importers.intake import Beside

SETTINGS_ROLE: Final = "layout:settings"
"""The role of the description in which an export keeps the details that ninjs has no field for."""

PROFILE: Final = "layout-story"
ID_ROLE: Final = "layout:id"
HTML: Final = "text/html"
PLAIN: Final = "text/plain"
JSON: Final = "application/json"

HEADLINE_ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "main": "headline",
        "headline": "headline",
        "": "headline",
        "kicker": "kicker",
        "overline": "kicker",
        "deck": "deck",
        "subtitle": "deck",
        "sub": "deck",
    }
)
BODY_ROLES: Final[Mapping[str, str]] = MappingProxyType({"dateline": "dateline", "tail": "tail", "byline": "byline"})
"""Roles of `headlines` and `bodies` by the fields of a story; the first role of a field is the one written."""

URGENCIES: Final = (5, 1, 3, 5, 8)
"""The urgency written for each rank; rank 0 does not occur."""

LANGUAGES: Final[Mapping[str, str]] = MappingProxyType(
    {"zh-Hans": "zh-Hans", "zh-TW": "zh-Hant-TW", "zh-HK": "zh-Hant-HK", "ja": "ja", "en": "en"}
)

STORY_SETTINGS: Final = (
    "region",
    "box",
    "head",
    "setting",
    "logo",
    "locked",
    "deck_optional",
    "pull_quotes",
    "jump",
    "jump_head",
    "names",
)
PICTURE_SETTINGS: Final = ("focus", "keep", "quiet", "crop", "placeholder")
"""Details of stories and pictures that ninjs has no field for, by their names in story files."""

_RANKS: Final = ((2, 1), (3, 2), (6, 3), (9, 4))
"""The highest urgency of each rank (IPTC: 1 is most urgent, 5 is usual, 9 least)."""

_UNPRINTED: Final = frozenset(
    (
        "uri",
        "type",
        "representationtype",
        "profile",
        "version",
        "firstcreated",
        "versioncreated",
        "contentcreated",
        "embargoed",
        "pubstatus",
        "urgency",
        "language",
        "standard",
        "altids",
        "mimetype",
        "expires",
        "role",
        "contenttype",
        "charcount",
        "wordcount",
        "href",
        "renditions",
        "width",
        "height",
        "sizeinbytes",
        "duration",
        "format",
        "rel",
        "literal",
        "schema",
        "ticker",
        "exchange",
        "symbol",
        "symboltype",
        "langid",
    )
)
"""Keys whose values steer machines: they are no text and are not listed as dropped."""

_NOT_JSON: Final = ("JSON: {error}", "JSON 有误：{error}")
_NO_ITEM: Final = ("there is no news item in it", "其中没有新闻条目")

_PICTURE_TYPES: Final = frozenset({"picture", "graphic"})
_TITLE: Final = "title"


def rank_of(urgency: float) -> int:
    """Return the rank of an urgency from 1 to 9."""
    return next((rank for highest, rank in _RANKS if urgency <= highest), _RANKS[-1][1])


def read_ninjs(text: str, file: str, beside: Beside) -> tuple[Reading, ...]:
    """Return what the items of a JSON text hold: one item, or a list of them.

    Args:
        text: the file's text.
        file: its name for spans.
        beside: the files around it, for its pictures.

    Raises:
        UnreadableError: the text is not JSON, or holds no news item.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(_NOT_JSON, error=error) from error
    nested = value.get("items") if isinstance(value, dict) else None
    found = nested if isinstance(nested, list) else value if isinstance(value, list) else [value]
    items = [item for item in found if isinstance(item, dict)]
    if not items:
        raise UnreadableError(_NO_ITEM)
    single = len(items) == 1 and items[0] is value
    return tuple(
        _Reader(item, file, "" if single else f"/{at}", beside).read()
        for at, item in enumerate(items)
        if item.get("type") not in _PICTURE_TYPES
    )


@dataclass(slots=True)
class _Found:
    items: list[Item] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    fields: dict[str, object] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)


class _Reader:
    """Reads one news item; every value it does not use ends among the dropped."""

    def __init__(self, item: dict[str, Any], file: str, pointer: str, beside: Beside) -> None:
        self.item = item
        self.file = file
        self.pointer = pointer
        self.beside = beside
        self.used: set[str] = set()
        self.found = _Found()
        self.sources: list[str] = []

    def read(self) -> Reading:
        settings = self._settings(self.item, "", ("id", *STORY_SETTINGS))
        logo = settings.pop("logo", None)
        if isinstance(logo, str):
            settings["logo"] = Picture(source=logo, data=self.beside.read(logo))
        exact = self.item.get("profile") == PROFILE
        self._urgency(exact=exact)
        self.found.fields.update(settings)
        self._headlines()
        self._copy("by" if self._text(self.item, "by") else "byline", ItemKind.BYLINE)
        if not exact:
            self._copy("located", ItemKind.DATELINE)
        for pointer, row in self._bodies():
            self._say(row, pointer, ItemKind(row.get("kind", ItemKind.PARAGRAPH)))
        for pointer, association in self._associations():
            self._association(association, pointer)
        for pointer, text in self._left(self.item, ""):
            self.found.dropped.append(Dropped(text=text, kind="metadata", span=self._span(pointer)))
        return Reading(
            items=tuple(self.found.items),
            dropped=tuple(self.found.dropped),
            guesses=tuple(self.found.guesses),
            fields=tuple(self.found.fields.items()),
            pictures=MappingProxyType(self.found.pictures),
            name=self.file,
            exact=exact,
        )

    def _span(self, pointer: str) -> Span:
        return Span(f"{self.file}#{self.pointer}{pointer}", 1, 1)

    @staticmethod
    def _text(item: Mapping[str, Any], name: str) -> str:
        value = item.get(name)
        return value if isinstance(value, str) else ""

    @staticmethod
    def _rows(item: Mapping[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
        value = item.get(name)
        return [(at, row) for at, row in enumerate(value) if isinstance(row, dict)] if isinstance(value, list) else []

    # --- details

    def _urgency(self, *, exact: bool) -> None:
        urgency = self.item.get("urgency")
        if isinstance(urgency, int | float) and not isinstance(urgency, bool):
            rank = rank_of(urgency)
            self.found.fields["rank"] = rank
            if not exact:
                span = self._span("/urgency")
                self.found.guesses.append(Guess(field="rank", text=str(rank), why="urgency", span=span))

    def _settings(self, item: Mapping[str, Any], pointer: str, known: Sequence[str]) -> dict[str, object]:
        """Return the details that an export of ours kept; whoever else uses the role is not believed."""
        for at, row in self._rows(item, "descriptions"):
            if row.get("role") == SETTINGS_ROLE:
                try:
                    made = json.loads(self._text(row, "value"))
                except ValueError:
                    continue
                if isinstance(made, dict):
                    self.used.add(f"{pointer}/descriptions/{at}/value")
                    return {name: made[name] for name in known if name in made}
        return {}

    # --- copy

    def _headlines(self) -> None:
        seen: set[str] = set()
        for at, row in self._rows(self.item, "headlines"):
            name = HEADLINE_ROLES.get(self._text(row, "role"), "")
            if name and name not in seen:
                seen.add(name)
                self._say(row, f"/headlines/{at}/value", ItemKind(name))
        for name, kind in (("headline", ItemKind.HEADLINE), (_TITLE, ItemKind.HEADLINE)):
            if "headline" not in seen and self._text(self.item, name):
                seen.add("headline")
                self._emit(self._text(self.item, name), PLAIN, f"/{name}", kind)
        order = [ItemKind.KICKER, ItemKind.HEADLINE, ItemKind.DECK]
        self.found.items.sort(key=lambda item: order.index(item.kind))

    def _copy(self, name: str, kind: ItemKind) -> None:
        if self._text(self.item, name):
            markup = HTML if self.item.get("profile") == PROFILE else PLAIN
            self._emit(self._text(self.item, name), markup, f"/{name}", kind)

    def _bodies(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the bodies with their pointers: those with roles of their own, and of the others the richest."""
        rows = self._rows(self.item, "bodies")
        plain = [(at, row) for at, row in rows if self._text(row, "role") not in BODY_ROLES]
        best = max(plain, key=lambda pair: ("html" in self._text(pair[1], "contenttype"), -pair[0]), default=None)
        for at, row in rows:
            if self._text(row, "role") in BODY_ROLES:
                yield f"/bodies/{at}/value", {**row, "kind": BODY_ROLES[self._text(row, "role")]}
            elif best is not None and best[0] == at:
                yield f"/bodies/{at}/value", row
            else:
                self.used.add(f"/bodies/{at}/value")
                text = self._text(row, "value")
                span = self._span(f"/bodies/{at}/value")
                self.found.dropped.append(Dropped(text=text, kind="alternative", span=span))
        for name in ("body_xhtml", "body_html", "body_text") if not rows else ():
            if self._text(self.item, name):
                yield f"/{name}", {"value": self.item[name], "contenttype": PLAIN if name == "body_text" else HTML}
                break

    def _say(self, row: Mapping[str, Any], pointer: str, kind: ItemKind) -> None:
        self._emit(self._text(row, "value"), self._text(row, "contenttype"), pointer, kind)

    def _emit(self, text: str, contenttype: str, pointer: str, kind: ItemKind) -> None:
        """Add a value as items: HTML by its elements, plain text by its lines."""
        self.used.add(pointer)
        if "html" not in contenttype and not (contenttype == "" and text.lstrip().startswith("<")):
            rows = text.split("\n") if kind is ItemKind.PARAGRAPH else [text]
            for number, row in enumerate(rows, 1):
                rich = tidied(RichText(row))
                if rich:
                    span = Span(self._span(pointer).file, number, 1)
                    self.found.items.append(Item(kind=kind, text=rich, span=span))
            return
        walk = read_hypertext(parsed(text), self._span(pointer).file)
        self.found.dropped += walk.dropped
        for item in walk.items:
            whole = kind is not ItemKind.PARAGRAPH and item.kind is ItemKind.PARAGRAPH
            self.found.items.append(item if not whole else _as(item, kind))
        self.found.pictures.update(pictures_of(walk.items, self.beside))

    # --- pictures

    def _associations(self) -> Iterator[tuple[str, dict[str, Any]]]:
        value = self.item.get("associations")
        if isinstance(value, dict):  # ninjs 1.x
            yield from ((f"/associations/{key}", row) for key, row in sorted(value.items()) if isinstance(row, dict))
        for at, row in self._rows(self.item, "associations"):
            self.used.add(f"/associations/{at}/name")
            yield f"/associations/{at}", row

    def _association(self, item: dict[str, Any], pointer: str) -> None:
        if item.get("type", "picture") not in _PICTURE_TYPES:
            return
        source = self._best_rendition(item)
        if not source:
            return
        settings = self._settings(item, pointer, PICTURE_SETTINGS)
        picture = pictures_of([Item(kind=ItemKind.PICTURE, source=source, span=self._span(pointer))], self.beside)
        key = f"{pointer} {source}"
        made = Picture(source=source, data=picture[source].data, settings=tuple(settings.items()))
        self.found.pictures[key] = made
        self.found.items.append(Item(kind=ItemKind.PICTURE, source=key, span=self._span(pointer)))
        for place, text, contenttype in self._captions(item, pointer):
            before = len(self.found.items)
            self._emit(text, contenttype, place, ItemKind.CAPTION)
            del self.found.items[before + 1 :]
        credit = next((name for name in ("by", "byline") if self._text(item, name)), "")
        if credit:
            markup = HTML if self.item.get("profile") == PROFILE else PLAIN
            self._emit(self._text(item, credit), markup, f"{pointer}/{credit}", ItemKind.CREDIT)

    def _captions(self, item: Mapping[str, Any], pointer: str) -> list[tuple[str, str, str]]:
        """Return the one caption of a picture: pointer, text, content type."""
        for at, row in self._rows(item, "descriptions"):
            if row.get("role") != SETTINGS_ROLE and self._text(row, "value"):
                return [(f"{pointer}/descriptions/{at}/value", row["value"], self._text(row, "contenttype"))]
        for name in ("description_html", "description_text", "body_text"):
            if self._text(item, name):
                return [(f"{pointer}/{name}", item[name], HTML if name.endswith("html") else PLAIN)]
        return []

    def _best_rendition(self, item: Mapping[str, Any]) -> str:
        """Return the address of a picture's largest rendition."""
        value = item.get("renditions")
        rows = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        sized = [row for row in rows if isinstance(row, dict) and self._text(row, "href")]
        best = max(sized, key=lambda row: _number(row.get("width")), default=None)
        return self._text(best, "href") if best else ""

    # --- what is left

    def _left(self, value: object, pointer: str, key: str = "") -> Iterator[tuple[str, str]]:
        """Yield the texts that nothing took, with their pointers."""
        if isinstance(value, dict):
            for name, part in value.items():
                if name in _UNPRINTED and not isinstance(part, str):
                    continue
                yield from self._left(part, f"{pointer}/{name}", str(name))
        elif isinstance(value, list):
            for at, part in enumerate(value):
                yield from self._left(part, f"{pointer}/{at}", key)
        elif isinstance(value, str) and value.strip() and key not in _UNPRINTED and pointer not in self.used:
            yield pointer, value


def _as(item: Item, kind: ItemKind) -> Item:
    return Item(kind=kind, text=item.text, span=item.span)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
