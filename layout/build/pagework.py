"""The work on one page, as a task for a process: plan, compose, convert pictures, write content."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.build.foreign import Foreign
from layout.diagnostics import finding
from layout.display import Key, Outline, Picture, dump
from layout.fontbook import advance, load_fontbook
from layout.page.compose import compose
from layout.page.furniture.adverts import ARTWORK
from layout.page.planning import plan_page
from layout.proof.pagemap import page_map
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.condition import PrintCondition
    from layout.diagnostics import Diagnostic
    from layout.display import Op, Sheet
    from layout.model import Issue, Page
    from layout.pdf.artwork import Artwork
    from layout.pdf.content import PageContent
    from layout.pdf.variants import VariantName
    from layout.pictures import Prepared
    from layout.plan import PagePlan
    from layout.proof.pagemap import PageMap
    from layout.style import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTask:
    """One page to make."""

    issue: Issue
    page: Page
    style: Style
    story_styles: Mapping[str, Style]
    condition: PrintCondition
    variant: VariantName
    cache: Path | None
    outlines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """A page made: its content and all that binding it into a file needs, and what is to be reported of it."""

    page: str
    condition: PrintCondition
    content: PageContent
    pictures: Mapping[str, Prepared]
    artwork: Mapping[tuple[str, int], Artwork]
    plan: PagePlan
    dump: str
    findings: tuple[Diagnostic, ...]
    metrics: Mapping[str, object]
    overset: Mapping[str, str]
    seconds: Mapping[str, float]
    map: PageMap


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewTask:
    """A page's PDF to be rasterised."""

    pdf: bytes
    dpi: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A page's pictures: the PNG, and the proof site's by kind."""

    png: bytes
    site: Mapping[str, bytes]


def issue_fonts(issue: Issue) -> Path:
    """Return the folder of an issue's own faces, beside its stories; it need not exist."""
    return Path(issue.folder) / "fonts"


def make_page(task: PageTask) -> PageResult:
    """Make a page.

    Raises:
        FontError: a face cannot be used.
    """
    from layout.pdf.content import page_content  # noqa: PLC0415 - loaded where it runs
    from layout.pdf.position import at_position  # noqa: PLC0415 - likewise

    book = load_fontbook(fonts_folder(), issue_fonts(task.issue))
    marks = [time.perf_counter()]
    planned = plan_page(task.issue, task.page, task.style, book, task.story_styles)
    marks.append(time.perf_counter())
    composed = compose(task.issue, task.page, task.style, book, planned.plan, planned.copies)
    marks.append(time.perf_counter())
    foreign = Foreign(page=task.page, style=task.style, book=book, variant=task.variant, condition=task.condition)
    sheet = foreign.take_in(composed.sheet)
    sheet, pictures, keys = _pictures(sheet, task, foreign)
    marks.append(time.perf_counter())
    sheet = _with_keylines(sheet, keys, pictures, task.style)
    sheet, changed = at_position(sheet, task.page.ink)
    content = page_content(
        sheet,
        lambda face, gid: advance(book.faces[face], gid),
        lambda op: keys[op],
        book.faces if task.outlines else None,
    )
    marks.append(time.perf_counter())
    mapped = page_map(task.page, planned.plan, sheet, task.style, lambda face, gid: advance(book.faces[face], gid))
    stages = ("plan", "compose", "pictures", "content")
    return PageResult(
        page=task.page.id,
        condition=task.condition,
        content=content,
        pictures=pictures,
        artwork=foreign.artwork,
        plan=planned.plan,
        dump=dump(sheet),
        findings=(
            *composed.findings,
            *foreign.findings,
            *(_changed(task, changed) if changed and not task.issue.grey else ()),
        ),
        metrics=composed.metrics,
        overset=composed.overset,
        seconds={stage: marks[index + 1] - marks[index] for index, stage in enumerate(stages)},
        map=mapped,
    )


_NAMED: Final = 6
"""So many changed items are named in a finding."""


def _changed(task: PageTask, names: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield W530 for flat colours that a position has not."""
    told = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    yield finding("W530", page=task.page.id, ink=task.page.ink, count=len(names), names=told)


def _pictures(sheet: Sheet, task: PageTask, foreign: Foreign) -> tuple[Sheet, dict[str, Prepared], dict[Picture, str]]:
    """Return the sheet's pictures made ready, with the sheet as it is then: adverts that failed leave a hole."""
    made: dict[str, Prepared] = {}
    keys: dict[Picture, str] = {}
    ops: list[Op] = []
    for op in sheet.ops:
        if not isinstance(op, Picture):
            ops.append(op)
            continue
        from layout.pictures import prepare  # noqa: PLC0415 - not on every page

        picture = prepare(
            op.file,
            op.crop,
            (op.rect.width, op.rect.height),
            task.condition,
            task.page.ink,
            task.cache,
            foreign.rasters.get(op.file),
        )
        kept = list(foreign.check_picture(op, picture))
        ops.extend(kept)
        if op in kept:
            made[picture.key] = picture
            keys[op] = picture.key
    return replace(sheet, ops=tuple(ops)), made, keys


def _with_keylines(sheet: Sheet, keys: Mapping[Picture, str], pictures: Mapping[str, Prepared], style: Style) -> Sheet:
    """Return the sheet with a thin outline round every picture that would fade into the paper (newsroom.md 3).

    Adverts are left as their makers drew them.
    """
    photo = style.photo
    ops: list[Op] = []
    for op in sheet.ops:
        ops.append(op)
        if not isinstance(op, Picture) or op.key.part == ARTWORK:
            continue
        if photo.keyline and pictures[keys[op]].edge < photo.light_edge:
            key = Key(op.key.story, "keyline", op.key.paragraph)
            ops.append(Outline(key, op.rect, photo.keyline, photo.keyline_ink))
    return replace(sheet, ops=tuple(ops))


def make_preview(task: PreviewTask) -> Preview:
    """Return a page's pictures."""
    from layout.raster import render, site_pictures  # noqa: PLC0415 - not in every process

    return Preview(png=render(task.pdf, 0, task.dpi), site=site_pictures(task.pdf))
