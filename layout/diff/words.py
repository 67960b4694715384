"""What changed between two versions, in words: from the dumps, or from the characters of two PDFs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layout.diagnostics import finding
from layout.diff.texts import edits, paired, shortened, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from layout.diagnostics import Diagnostic
    from layout.diff.dumped import Dumped, Place, Shown
    from layout.diff.version import PageVersion, Rectangle, Version

_FURNITURE: Final = "page"
"""The story name of what belongs to the page itself."""

_BODY: Final = "body"
_PARTS: Final = {
    "kicker": "肩题",
    "headline": "主题",
    "deck": "副题",
    "byline": "署名",
    "dateline": "电头",
    "caption": "图片说明",
    "credit": "图片署名",
    "label": "组稿栏题",
    "subhead": "小标题",
    "logo": "栏题",
    "tail": "文末署名",
    "folio": "报眉",
    "banner": "通栏横题",
    "index": "导读",
    "index-page": "导读版次",
    "nameplate": "报头",
    "imprint": "版权信息",
    "credits": "本版署名",
}
"""The parts by their names in Chinese; others are named as the dump names them."""


def page_changes(old: Version, new: Version) -> Iterator[Diagnostic]:
    """Yield pages that came and went, and stories that changed pages."""
    before, after = {page.name: page for page in old.pages}, {page.name: page for page in new.pages}
    for name in sorted(after.keys() - before.keys()):
        yield finding("I670", page=name, name=name)
    for name in sorted(before.keys() - after.keys()):
        yield finding("I671", page=name, name=name)
    homes, new_homes = _homes(old), _homes(new)
    for story, home in homes.items():
        there = new_homes.get(story)
        if there is None:
            yield finding("I673", page=home, story=story, name=story)
        elif there != home:
            yield finding("I674", page=there, story=story, name=story, old=home, new=there)
    for story, home in new_homes.items():
        if story not in homes:
            yield finding("I672", page=home, story=story, name=story)


def _homes(version: Version) -> dict[str, str]:
    """Return the page of each story."""
    return {
        story: page.name
        for page in version.pages
        if page.dump is not None
        for story, _, _ in page.dump.runs
        if story != _FURNITURE
    }


def changes(old: PageVersion, new: PageVersion) -> Iterator[Diagnostic]:
    """Yield what changed on a page that both versions have as dumps."""
    if old.dump is None or new.dump is None or old.dump_text == new.dump_text:
        return
    found = [
        *_texts(new.name, old.dump, new.dump),
        *_moved(new.name, old.modules, new.modules),
        *_broken(new.name, _same_shape(old, new), old.dump, new.dump),
        *_pictures(new.name, old.dump, new.dump),
    ]
    yield from found
    if not found:
        yield finding("I690", page=new.name, name=new.name)


def text_changes(name: str, old: str, new: str) -> Iterator[Diagnostic]:
    """Yield the changes between two texts of a page, as PDFs give them."""
    before, after = "".join(old.split()), "".join(new.split())
    for edit in edits(before, after):
        yield finding("I688", page=name, count=edit.count, text=told(before, edit))


# --- modules -----------------------------------------------------------------------------------------


def _moved(page: str, old: Mapping[str, Rectangle], new: Mapping[str, Rectangle]) -> Iterator[Diagnostic]:
    for name in sorted(old.keys() & new.keys()):
        column, line, columns, lines = old[name]
        to_column, to_line, to_columns, to_lines = new[name]
        ways = [
            _way(to_line - line, "line", "行", "down", "up"),
            _way(to_column - column, "column", "栏", "right", "left"),
        ]
        said = [way for way in ways if way]
        if said:
            yield finding(
                "I679",
                page=page,
                story=name,
                name=name,
                way=" and ".join(english for english, _ in said),
                way_zh="，".join(chinese for _, chinese in said),
            )
        if (columns, lines) != (to_columns, to_lines):
            yield finding(
                "I680", page=page, story=name, name=name, old=f"{columns} × {lines}", new=f"{to_columns} × {to_lines}"
            )


_WAYS: Final = {"down": "下移", "up": "上移", "right": "右移", "left": "左移"}


def _way(steps: int, unit: str, unit_zh: str, onward: str, back: str) -> tuple[str, str] | None:
    if not steps:
        return None
    way, count = (onward if steps > 0 else back), abs(steps)
    return f"{count} {unit}{'s' if count > 1 else ''} {way}", f"{_WAYS[way]} {count} {unit_zh}"


# --- texts -------------------------------------------------------------------------------------------


def _texts(page: str, old: Dumped, new: Dumped) -> Iterator[Diagnostic]:
    parts = {(story, part) for story, part, _ in (*old.runs, *new.runs)}
    stories = {story for story, _, _ in old.runs} & {story for story, _, _ in new.runs}
    for story, part in sorted(parts):
        if story not in stories:
            continue  # told as a story that came or went
        before, after = _places(old, story, part), _places(new, story, part)
        if part == _BODY:
            yield from _body(page, story, [old.text(place) for place in before], [new.text(place) for place in after])
        else:
            yield from _part(page, story, part, old, new, before, after)
        yield from _sizes(page, story, part, old, new)


def _places(page: Dumped, story: str, part: str) -> list[Place]:
    return sorted(place for place in page.runs if place[:2] == (story, part))


def _part(
    page: str, story: str, part: str, old: Dumped, new: Dumped, before: Sequence[Place], after: Sequence[Place]
) -> Iterator[Diagnostic]:
    was = "　".join(old.text(place) for place in before)
    now = "　".join(new.text(place) for place in after)
    if was != now:
        code = "I687" if story == _FURNITURE else "I675"
        yield finding(
            code,
            page=page,
            story="" if story == _FURNITURE else story,
            part=part,
            part_zh=_PARTS.get(part, part),
            name=story,
            old=shortened(was) or "∅",
            new=shortened(now) or "∅",
        )


def _body(page: str, story: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Diagnostic]:
    for before, after in paired(old, new):
        if after is None and before is not None:
            yield finding("I678", page=page, story=story, name=story, paragraph=before + 1, text=shortened(old[before]))
        elif before is None and after is not None:
            yield finding("I677", page=page, story=story, name=story, paragraph=after + 1, text=shortened(new[after]))
        elif before is not None and after is not None and old[before] != new[after]:
            found = edits(old[before], new[after])
            yield finding(
                "I676",
                page=page,
                story=story,
                name=story,
                count=sum(edit.count for edit in found),
                paragraph=after + 1,
                text="；".join(told(old[before], edit) for edit in found),
            )


def _sizes(page: str, story: str, part: str, old: Dumped, new: Dumped) -> Iterator[Diagnostic]:
    """Yield a size of type that changed."""
    before, after = _places(old, story, part), _places(new, story, part)
    if not before or not after or story == _FURNITURE:
        return
    was, now = old.size(before[0]), new.size(after[0])
    if was != now:
        part_zh = _PARTS.get(part, "正文")
        old_size, new_size = f"{was:g}", f"{now:g}"
        yield finding(
            "I681", page=page, story=story, name=story, part=part, part_zh=part_zh, old=old_size, new=new_size
        )


def _same_shape(old: PageVersion, new: PageVersion) -> Iterator[str]:
    """Yield the stories whose modules kept their columns and lines: only there a line that moved tells something."""
    for name in sorted(old.modules.keys() & new.modules.keys()):
        if old.modules[name][2:] == new.modules[name][2:]:
            yield from name.split("+")


def _broken(page: str, stories: Iterable[str], old: Dumped, new: Dumped) -> Iterator[Diagnostic]:
    """Yield how many lines of a story break elsewhere though the words of their paragraph are the same."""
    for story in stories:
        before = [place for place in old.runs if place[0] == story and place in new.runs]
        same = [place for place in before if old.text(place) == new.text(place)]
        count = sum(len(set(new.lines(place)) - set(old.lines(place))) for place in same)
        if count:
            yield finding("I686", page=page, story=story, name=story, count=count)


# --- pictures ----------------------------------------------------------------------------------------


def _pictures(page: str, old: Dumped, new: Dumped) -> Iterator[Diagnostic]:
    there = {place[0] for place in (*old.runs, *old.pictures)} & {place[0] for place in (*new.runs, *new.pictures)}
    for place in sorted(old.pictures.keys() | new.pictures.keys()):
        name = place[0]
        story = "" if name == _FURNITURE else name
        before, after = old.pictures.get(place), new.pictures.get(place)
        if before is not None and after is not None:
            yield from _picture(page, story, name, before, after)
        elif name in there and after is not None:
            yield finding("I684", page=page, story=story, name=name, file=after.file)
        elif name in there and before is not None:
            yield finding("I685", page=page, story=story, name=name, file=before.file)


def _picture(page: str, story: str, name: str, old: Shown, new: Shown) -> Iterator[Diagnostic]:
    if old.file != new.file:
        yield finding("I682", page=page, story=story, name=name, old=old.file, new=new.file)
    if old.crop != new.crop:
        yield finding("I683", page=page, story=story, name=name, file=new.file)
    if old.size != new.size:
        yield finding("I689", page=page, story=story, name=name, file=new.file, old=old.size, new=new.size)
