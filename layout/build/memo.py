"""What a process that builds the same issue again and again keeps: pages, press files and what was found in them.

A page is made again only when what it is made from changed: its task, and the files that the task names. It then
starts from the plan it had, so that a correction moves as little as can be. A build that is asked for by itself keeps
nothing: its memo is empty and goes with it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from layout.build.pagework import PageResult, PageTask, make_page
from layout.build.pool import each
from layout.build.presscheck import Checked, PressFile, check_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Stamps = tuple[tuple[str, int, int], ...]
"""Names, times and sizes of files."""

PAGES_KEPT: Final = 3
"""Versions of a page that are kept: with and without what other pages send it, and the one before."""


@dataclass(slots=True)
class Memo:
    """Pages by id, press files and checks by name, each with what it was made from."""

    _pages: dict[str, list[tuple[PageTask, Stamps, PageResult]]] = field(default_factory=dict)
    _files: dict[str, tuple[tuple[object, ...], bytes]] = field(default_factory=dict)
    _checked: dict[str, tuple[tuple[object, ...], Checked]] = field(default_factory=dict)

    def page(self, task: PageTask) -> PageResult:
        """Return a page, made where it is not known."""
        return next(self.pages([task], 1))

    def pages(self, tasks: Sequence[PageTask], jobs: int) -> Iterator[PageResult]:
        """Yield pages in order; those that are not known are made side by side. Errors as for `make_page`."""
        known = [self._known(task) for task in tasks]
        fresh = [self._from_its_plan(task) for task, page in zip(tasks, known, strict=True) if page is None]
        made = iter(each(make_page, fresh, jobs))
        for task, page in zip(tasks, known, strict=True):
            if page is not None:
                yield page
                continue
            result = next(made)
            kept = self._pages.setdefault(task.page.id, [])
            kept.insert(0, (replace(task, former=None), stamps(task), result))
            del kept[PAGES_KEPT:]
            yield result

    def file(self, name: str, key: tuple[object, ...], bind: Callable[[], bytes]) -> bytes:
        """Return the press file of this name that stands for `key`, bound where the last one stood for another."""
        if name not in self._files or self._files[name][0] != key:
            self._files[name] = (key, bind())
        return self._files[name][1]

    def checked(self, tasks: Sequence[PressFile], jobs: int) -> Iterator[Checked]:
        """Yield what came of checking press files, in order."""
        keys = [(sha256(task.pdf).digest(), task.preview_dpi, task.soft_proof) for task in tasks]
        known = [self._checked.get(task.page, ((), None)) for task in tasks]
        fresh = [task for task, key, (old, _) in zip(tasks, keys, known, strict=True) if old != key]
        made = iter(each(check_file, fresh, jobs))
        for task, key, (old, kept) in zip(tasks, keys, known, strict=True):
            found = kept if kept is not None and old == key else next(made)
            self._checked[task.page] = (key, found)
            yield found

    def _known(self, task: PageTask) -> PageResult | None:
        bare, now = replace(task, former=None), stamps(task)
        for kept, files, result in self._pages.get(task.page.id, ()):
            if files == now and kept == bare:
                return result
        return None

    def _from_its_plan(self, task: PageTask) -> PageTask:
        kept = self._pages.get(task.page.id)
        if not kept or task.given is not None or task.former is not None:
            return task
        return replace(task, former=kept[0][2].plan)


def stamps(task: PageTask) -> Stamps:
    """Return times and sizes of the files that a page's task names: pictures, adverts, logos, nameplate."""
    issue, page = task.issue, task.page
    stories = (*page.stories, *task.fillers)
    names = {
        issue.masthead.nameplate,
        issue.masthead.logo,
        *(story.logo for story in stories),
        *(photo.file for story in stories for photo in story.photos),
        *(advert.file for advert in page.adverts),
    }
    return tuple(_stamp(name) for name in sorted(name for name in names if name))


def _stamp(name: str) -> tuple[str, int, int]:
    try:
        found = os.stat(name)  # noqa: PTH116 - a logo may be mere text and no path
    except (OSError, ValueError):
        return name, 0, 0
    return name, found.st_mtime_ns, found.st_size
