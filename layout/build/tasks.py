"""What is asked of a build, and the pages it comes to as tasks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from layout.build.pagework import PageTask

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from layout.build.sheets import Imposition, PaperProof
    from layout.model import Issue, Page
    from layout.pdf.variants import VariantName
    from layout.reading.issue import Reading

PREVIEW_DPI: Final = 110
"""Resolution of the previews: body type reads comfortably, a broadsheet page stays under two megabytes."""


class UnknownPageError(LookupError):
    """A page was asked for that the issue has not."""


class Progress(Protocol):
    """Told what is being done: the stage, and how many of its parts are finished."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note."""


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody of progress."""
    del stage, done, total


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What a build is asked for. `pages` empty means all; `cache` None keeps nothing between builds.

    `plan` is the editor's plan in place of the one beside the issue, `former` that of an earlier build; `unlock` names
    locked pages that are to be made again. `trim` makes the cuts that are otherwise proposed where a page has too much
    copy. `outlines` turns type into curves, `impose` makes printer's spreads, `paper` makes proofs on paper.
    """

    variant: VariantName = "x1a"
    pages: tuple[str, ...] = ()
    previews: bool = True
    preview_dpi: int = PREVIEW_DPI
    annotated: bool = False
    soft_proof: bool = False
    jobs: int = 0
    cache: Path | None = None
    plan: Path | None = None
    former: Path | None = None
    unlock: tuple[str, ...] = ()
    trim: bool = False
    outlines: bool = False
    impose: Imposition = ""
    paper: PaperProof | None = None


def page_tasks(reading: Reading, options: BuildOptions) -> list[PageTask]:
    """Return all pages of an issue as tasks: those that are asked for may depend on others.

    A task goes to another process: it takes the copy of its own page along, and of the others that they are there.
    """
    bare = tuple(replace(page, entries=(), adverts=()) for page in reading.issue.pages)
    issue = replace(reading.issue, pages=bare, fillers=())
    return [
        PageTask(
            issue=issue,
            page=page,
            style=reading.styles[page.id],
            story_styles={
                story.id: reading.story_styles[story.id] for story in page.stories if story.id in reading.story_styles
            },
            condition=reading.conditions.get(page.id, reading.condition),
            variant=options.variant,
            outlines=options.outlines,
            cache=options.cache,
            given=reading.plans.get(page.id),
            former=reading.formers.get(page.id),
            mapped=options.previews or options.annotated,
            trim=options.trim,
        )
        for page in reading.issue.pages
    ]


def wanted_pages(issue: Issue, names: Sequence[str]) -> list[Page]:
    """Return the pages with these ids, a spread by either of its own; all where none are named.

    Raises:
        UnknownPageError: the issue has none of that id.
    """
    known = {page.id: {page.id, *page.spread} for page in issue.pages}
    for name in names:
        if not any(name in ids for ids in known.values()):
            message = f"there is no page '{name}' among {', '.join(known)}"
            raise UnknownPageError(message)
    return [page for page in issue.pages if not names or known[page.id] & set(names)]
