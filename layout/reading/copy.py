"""From a story file to the frozen `Story`: details, text, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.model import Photo, RichText, Story
from layout.reading.artwork import measure
from layout.reading.heads import heading
from layout.reading.markup import prose
from layout.reading.story import read_story_text

if TYPE_CHECKING:
    from pathlib import Path

    from layout.diagnostics import Span
    from layout.model import Block, Region
    from layout.reading.schema import PhotoFields
    from layout.reading.source import Sources
    from layout.reading.tree import Mapping, Scalar

_STAND_INS: Final = {"headline": "?"}
"""What a broken story is read on with; it never leaves the reading."""

_NAME: Final = re.compile(r"[^\s/\\:*?\"<>|+#.][^\s/\\:*?\"<>|+#]*\Z")
"""Names of stories, pages and adverts: they become parts of file names, and `+` and `#` have a meaning in plans."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A story as read, the style keys that it changes, and where its id was written."""

    story: Story
    overrides: Mapping | None
    named: Span | None
    jump: Scalar | None


def read_copy(path: Path, mention: Span, region: Region, sources: Sources) -> Copy | None:
    """Return the story in a file, or None where its details cannot be read.

    Args:
        path: the story's file.
        mention: where the issue names it.
        region: the issue's region.
        sources: where texts and findings go.
    """
    from layout.reading.boundary import INPUT, check  # noqa: PLC0415 - it brings pydantic
    from layout.reading.schema import StoryFields  # noqa: PLC0415

    text = sources.read(path, mention)
    if text is None:
        return None
    file = sources.name(path)
    parts = read_story_text(text, file, sources)
    if parts.matter is None:
        return None
    matter = parts.matter
    fields = check(StoryFields, matter, INPUT, sources, _STAND_INS)
    if fields is None:
        return None
    photos = tuple(photo for item in fields.photos if (photo := _photo(item, path, sources)) is not None)
    if not parts.body and not fields.photos:
        sources.report("E118", span=matter.span if matter.items else mention)
    byline = fields.byline or fields.author
    story = Story(
        id=check_name("id", fields.id, sources) if fields.id else path.stem,
        rank=fields.rank,
        headline=heading(fields.headline, sources) or RichText(""),
        kicker=heading(fields.kicker, sources),
        deck=heading(fields.deck, sources),
        deck_optional=fields.deck_optional,
        dateline=_prose(fields.dateline, sources),
        byline=_prose(byline, sources),
        tail=_prose(fields.tail, sources),
        body=parts.body,
        photos=photos,
        box=fields.box,
        head=fields.head,
        setting=fields.setting,
        logo=art_path(fields.logo, path.parent, sources),
        locked=fields.locked,
        jump=fields.jump.text if fields.jump else None,
        jump_head=_prose(fields.jump_head, sources),
        quotes=_quotes(fields.pull_quotes, parts.body, sources),
        quotes_found=fields.pull_quotes is True,
        names=tuple(name.text for name in fields.names),
        region=fields.region or region,
        file=file,
        span=matter.span,
    )
    return Copy(
        story,
        fields.overrides,
        fields.id.span if fields.id else None,
        fields.jump,
    )


def _quotes(given: bool | list[Scalar], body: tuple[Block, ...], sources: Sources) -> tuple[RichText, ...]:  # noqa: FBT001 - as the file has it
    """Return the pull quotes that a story states; one that is not in its text is reported."""
    if isinstance(given, bool):
        return ()
    for item in given:
        if not any(item.text in block.text.text for block in body):
            sources.report("W428", span=item.span, text=item.text)
    return tuple(prose(item, sources) for item in given)


def _prose(scalar: Scalar | None, sources: Sources) -> RichText | None:
    return prose(scalar, sources) if scalar is not None else None


def check_name(field: str, scalar: Scalar, sources: Sources) -> str:
    """Return a name, reporting one that cannot be part of a file name or a plan."""
    if not _NAME.match(scalar.text):
        sources.report(
            "E106",
            span=scalar.span,
            name=field,
            problem='blanks and the signs / \\ : * ? " < > | + # cannot stand in a name, nor `.` at its start',
            problem_zh='名称中不能有空白和 / \\ : * ? " < > | + # 这些符号，也不能以“.”开头',
        )
    return scalar.text


def art_path(scalar: Scalar | None, beside: Path, sources: Sources) -> str | None:
    """Return the absolute path of artwork that a file in `beside` names, checked to be readable."""
    if scalar is None:
        return None
    path = sources.resolve(scalar.text, beside, scalar.span)
    if path is not None and measure(path) is None:
        sources.report("E113", span=scalar.span, file=scalar.text)
    return str(path) if path else None


def _box(
    name: str, shares: list[float] | None, file: Scalar, sources: Sources
) -> tuple[float, float, float, float] | None:
    """Return a box of a picture, reporting one whose edges are the wrong way round."""
    if shares is None:
        return None
    box = (shares[0], shares[1], shares[2], shares[3])
    if not (box[0] < box[2] and box[1] < box[3]):
        problem, problem_zh = (
            "the right or lower edge does not lie behind the left or upper one",
            "右边或下边不大于左边或上边",
        )
        sources.report("E106", span=file.span, name=name, problem=problem, problem_zh=problem_zh)
    return box


def _photo(fields: PhotoFields, story: Path, sources: Sources) -> Photo | None:
    file = fields.file
    keep = _box("keep", fields.keep, file, sources)
    quiet = _box("quiet", fields.quiet, file, sources)
    caption, credit = _prose(fields.caption, sources), _prose(fields.credit, sources)
    path = sources.resolve(file.text, story.parent, file.span)
    art = measure(path) if path else None
    if path is None:
        return None
    if art is None:
        sources.report("E113", span=file.span, file=file.text)
        return None
    return Photo(
        file=str(path),
        pixels=art.pixels,
        vector=art.vector,
        caption=caption,
        credit=credit,
        focus=(fields.focus[0], fields.focus[1]),
        keep=keep,
        quiet=quiet,
        crop=fields.crop,
        placeholder=fields.placeholder,
        span=file.span,
    )
