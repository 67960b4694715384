"""The work on one page, as a task for a process: plan, compose, convert pictures, write content."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.build.foreign import Foreign
from layout.build.memory import keep, remember
from layout.build.revisions import page_digest
from layout.diagnostics import finding
from layout.diagnostics.hints import hint
from layout.display import Key, Outline, Picture, Sheet, dump
from layout.fontbook import advance, load_fontbook
from layout.page.advice import advised
from layout.page.compose import compose
from layout.page.copyfit import excess, fit_page, placed_trims, shortage, turns_of
from layout.page.furniture.adverts import ARTWORK
from layout.plan import PagePlan
from layout.proof.pagemap import page_map
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.build.locks import Lock
    from layout.condition import PrintCondition
    from layout.diagnostics import Diagnostic
    from layout.display import Op
    from layout.model import Issue, Page, Story
    from layout.page.trim import Trim
    from layout.pdf.artwork import Artwork
    from layout.pdf.content import PageContent
    from layout.pdf.variants import VariantName
    from layout.pictures import Prepared
    from layout.plan import Cut
    from layout.proof.pagemap import PageMap
    from layout.style import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTask:
    """One page to make; `mapped` asks for the map that its pictures are pointed at with."""

    issue: Issue
    page: Page
    style: Style
    story_styles: Mapping[str, Style]
    condition: PrintCondition
    variant: VariantName
    cache: Path | None
    targets: Mapping[str, str] = field(default_factory=dict)
    fillers: tuple[Story, ...] = ()
    listed: tuple[str, ...] = ()
    trim: bool = False
    given: PagePlan | None = None
    former: PagePlan | None = None
    mapped: bool = True
    outlines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """A page made: its content and all that binding it into a file needs, and what is to be reported of it.

    `trims` are cuts, made or only proposed (`trimmed`); `turns` the places where stories go on elsewhere, by story, and
    `targets` the pages where; `fillers` the stories that filled the page. `shortage` are the column lines it lacks
    nevertheless, `excess` says that it has too much copy.
    `moved` are the modules that stand elsewhere than in the former plan, `anew` those set anew; None without one.
    `digest` stands for all that it shows. `finished` are the press files of a locked page, whose content is empty.
    """

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
    digest: str
    seconds: Mapping[str, float]
    map: PageMap
    trims: tuple[Trim, ...] = ()
    trimmed: bool = False
    turns: Mapping[str, Cut] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    fillers: tuple[str, ...] = ()
    shortage: int = 0
    excess: bool = False
    moved: tuple[str, ...] | None = None
    anew: tuple[str, ...] | None = None
    finished: Mapping[VariantName, bytes] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewTask:
    """A page's PDF file to be rasterised."""

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
    if task.cache is not None:
        remember(task.cache)
    marks = [time.perf_counter()]
    fitted = fit_page(
        task.issue,
        task.page,
        task.style,
        book,
        task.story_styles,
        trim=task.trim,
        fillers=task.fillers,
        given=task.given,
        former=task.former,
    )
    page, planned = fitted.page, fitted.planned
    marks.append(time.perf_counter())
    composed = compose(task.issue, page, task.style, book, planned.plan, planned.copies, task.targets)
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
    mapped = _empty_map(task.page, task.style, sheet.trim, sheet.bleed)
    if task.mapped:
        mapped = page_map(page, planned.plan, sheet, task.style, lambda face, gid: advance(book.faces[face], gid))
    stages = ("plan", "compose", "pictures", "content")
    shown = dump(sheet)
    if task.cache is not None:
        keep(task.cache)
    return PageResult(
        page=task.page.id,
        condition=task.condition,
        content=content,
        pictures=pictures,
        artwork=foreign.artwork,
        plan=planned.plan,
        dump=shown,
        digest=page_digest(shown, pictures, (art.sha256 for art in foreign.artwork.values())),
        findings=(
            *planned.findings,
            *advised(composed.findings, fitted, task.style, elsewhere=len(task.issue.pages) > 1),
            *foreign.findings,
            *(_changed(task, changed) if changed and not task.issue.grey else ()),
        ),
        metrics=composed.metrics,
        overset=composed.overset,
        trims=placed_trims(fitted, composed.sheet),
        trimmed=fitted.made,
        turns=turns_of(page, planned.plan),
        targets=task.targets,
        fillers=(*task.listed, *fitted.fillers),
        shortage=shortage(planned.plan),
        excess=any(excess(planned.plan)),
        moved=planned.moved,
        anew=planned.anew,
        seconds={stage: marks[index + 1] - marks[index] for index, stage in enumerate(stages)},
        map=mapped,
    )


def locked_page(lock: Lock, changed: Sequence[str], task: PageTask) -> PageResult:
    """Return a locked page as it was finished; `changed` are the names of sources that have changed since.

    Its map is that of an empty page: what its words are now is not what was printed.
    """
    from layout.pdf.content import PageContent  # noqa: PLC0415 - loaded where it runs

    said = (
        [
            finding(
                "W464",
                page=lock.page,
                name=lock.page,
                files=", ".join(changed),
                hint=hint("unlock", page=lock.page),
            )
        ]
        if changed
        else []
    )
    return PageResult(
        page=lock.page,
        condition=task.condition,
        content=PageContent(
            page=lock.page,
            trim=lock.trim,
            bleed=lock.bleed,
            content=lock.digest.encode(),
            glyphs={},
            pictures=(),
            forms=(),
        ),
        pictures={},
        artwork={},
        plan=lock.plan,
        dump=lock.dump,
        findings=tuple(said),
        metrics=lock.metrics,
        overset={},
        digest=lock.digest,
        seconds={},
        map=_empty_map(task.page, task.style, lock.trim, lock.bleed),
        finished=lock.files,
        turns=dict(lock.turns),
        targets=dict(lock.targets),
        fillers=lock.fillers,
    )


def _empty_map(page: Page, style: Style, trim: tuple[int, int], bleed: int) -> PageMap:
    """Return the map of a page with nothing to point at."""
    bare = replace(page, entries=(), adverts=())
    sheet = Sheet(page=page.id, trim=trim, bleed=bleed, ops=())
    return page_map(bare, PagePlan(page=page.id, modules=()), sheet, style, lambda _face, _gid: 0)


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
