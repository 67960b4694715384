"""The pages of an issue in the order that jumps and fillers ask for.

A page from which a story goes on elsewhere is made before the page where it goes on; all others are made side by
side. Then pages that are short of copy are made again, one after the other, with the fillers that are left: each is
used once in an issue. Before that, pages that fail may change stories with others, if those had no page of their own
(`swaps`). What the rounds do depends on the issue alone, so a page built by itself comes out as it does
among all.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from layout.build.jumps import Jump, refused, resolve, without_jumps
from layout.build.swaps import badness, changes, sisters
from layout.diagnostics import finding
from layout.model import Entry
from layout.page.jump import continuation
from layout.reading.bank import moved
from layout.reading.index import referred

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from layout.build.memo import Memo
    from layout.build.pagework import PageResult, PageTask
    from layout.diagnostics import Diagnostic
    from layout.model import Banked, Issue, Story
    from layout.pictures import Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The pages that were wanted, in the order of the issue, findings on its jumps, the issue as its stories stand."""

    results: tuple[PageResult, ...]
    findings: tuple[Diagnostic, ...]
    issue: Issue


def make_pages(
    issue: Issue,
    tasks: Sequence[PageTask],
    wanted: Collection[str],
    locked: Mapping[str, PageResult],
    jobs: int,
    tell: Callable[[int, int], None],
    memo: Memo,
    loose: Sequence[Banked] = (),
) -> Made:
    """Make the pages `wanted` of an issue, and of the others those that they depend on.

    Args:
        issue: the issue.
        tasks: one for every page of it.
        wanted: ids of pages.
        locked: pages that are finished, and stay as they are.
        jobs: processes; see `pool.each`.
        tell: told of pages made, and of how many there are.
        memo: knows pages that were made before; an empty one makes all.
        loose: stories that may change pages.

    Raises:
        FontError, StyleError: a face or print condition cannot be used.
    """
    jumps, findings = resolve(issue, {task.page.id: task.style for task in tasks})
    rounds = _Rounds(
        jumps=jumps,
        tasks=_bare(issue, tasks, jumps),
        jobs=jobs,
        tell=tell,
        findings=list(findings),
        locked=locked,
        memo=memo,
        results=dict(locked),
        places=dict(_places(jumps, locked)),
        loose=_free(loose, issue, jumps, locked),
        groups=tuple(sisters(loose, issue.pages)),
    )
    rounds.make(rounds.linked(wanted))
    for jump in jumps:
        rounds.settle(jump)
    rounds.swap()
    rounds.fill(issue.fillers, wanted)
    results = tuple(rounds.results[name] for name in rounds.tasks if name in wanted)
    pages = referred(moved(issue.pages, rounds.homes))
    return Made(
        results=results,
        findings=tuple(item for item in rounds.findings if item.page in wanted),
        issue=replace(issue, pages=pages),
    )


def _free(loose: Sequence[Banked], issue: Issue, jumps: Sequence[Jump], locked: Collection[str]) -> dict[str, Banked]:
    """Return the stories that may change pages: those that go on elsewhere, or that finished pages name, stay."""
    held = {jump.story.id for jump in jumps}
    held |= {line.story for page in issue.pages if page.id in locked and page.index for line in page.index.lines}
    return {one.story.id: one for one in loose if one.story.id not in held}


def _bare(issue: Issue, tasks: Sequence[PageTask], jumps: Sequence[Jump]) -> dict[str, PageTask]:
    """Return the tasks with only those stories jumping that can, the pages where they go on, the fillers of plans."""
    made = {}
    fillers = {story.id: story for story in issue.fillers}
    for task in tasks:
        own = {jump.story.id: jump.names[0] for jump in jumps if jump.source == task.page.id}
        listed = [module.id for module in task.given.modules if module.id in fillers] if task.given else []
        page = without_jumps(task.page, tuple(own))
        entries = (*page.entries, *(Entry(stories=(fillers[name],)) for name in listed))
        made[task.page.id] = replace(task, page=replace(page, entries=entries), targets=own, listed=tuple(listed))
    return made


def _places(jumps: Sequence[Jump], locked: Mapping[str, PageResult]) -> Iterator[tuple[str, int]]:
    """Yield where stories of locked pages go on, as their pages say in print."""
    for jump in jumps:
        name = locked[jump.source].targets.get(jump.story.id) if jump.source in locked else None
        if name in jump.names:
            yield jump.story.id, jump.names.index(name)


@dataclass(slots=True, kw_only=True)
class _Rounds:
    """The pages while they are made; `places` is which of its targets each story goes on at, by story.

    `loose` are the stories that may change pages, `groups` the pages that are open to the same ones, `homes` where
    stories have gone, `asked` the pages that have been looked at for such changes: each once.
    """

    jumps: tuple[Jump, ...]
    tasks: dict[str, PageTask]
    jobs: int
    tell: Callable[[int, int], None]
    findings: list[Diagnostic]
    locked: Mapping[str, PageResult]
    memo: Memo
    held: dict[str, Prepared] = field(default_factory=dict)
    results: dict[str, PageResult] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    loose: Mapping[str, Banked] = field(default_factory=dict)
    groups: tuple[frozenset[str], ...] = ()
    homes: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def linked(self, names: Collection[str]) -> set[str]:
        """Return pages with all that jumps lead to them or from them, and that may change stories with them."""
        found = set(names)
        bound = [*self.groups, *({jump.source, *jump.targets} for jump in self.jumps)]
        while True:
            more = {page for pages in bound if found & pages for page in pages}
            if more <= found:
                return found
            found |= more

    def make(self, names: Collection[str]) -> None:
        """Make pages, each after those from which stories may go on on it, as many side by side as can be."""
        waiting = [name for name in self.tasks if name in names and name not in self.results]
        total = len(self.results) + len(waiting)
        while waiting:
            before = {
                target: {jump.source for jump in self.jumps if target in jump.targets} - set(self.results)
                for target in waiting
            }
            ready = [name for name in waiting if not before[name]]
            for result in self.memo.pages([self._task(one) for one in ready], self.jobs):
                self._keep(result)
                self.tell(len(self.results), total)
            waiting = [name for name in waiting if name not in self.results]

    def settle(self, jump: Jump) -> None:
        """Find a page with room for a story's second part, where the first one has none and the choice is free."""
        source = self.results.get(jump.source)
        if source is None or jump.story.id not in source.turns:
            if source is not None and not jump.auto and jump.source not in self.locked:
                self.findings.append(refused(jump.story, jump.source, "short"))
            return
        first = jump.targets[self.places.get(jump.story.id, 0)]
        if jump.source in self.locked or not self._crowded(first, jump):
            return
        sources = {one.source for one in self.jumps}
        for place in range(1, len(jump.targets) if first not in sources else 0):
            name = jump.targets[place]
            if name in sources or name in self.locked:
                continue
            self.places[jump.story.id] = place
            tried = self.memo.page(self._task(name))
            if not tried.excess:
                self._keep(tried)
                self._keep(self.memo.page(self._task(first)))
                task = self.tasks[jump.source]
                self.tasks[jump.source] = replace(task, targets={**task.targets, jump.story.id: jump.names[place]})
                self._keep(self.memo.page(self._task(jump.source)))
                return
        self.places.pop(jump.story.id, None)
        self.findings.append(
            finding(
                "W423",
                span=jump.story.span,
                page=jump.source,
                story=jump.story.id,
                name=jump.story.id,
                to=jump.names[0],
            )
        )

    def swap(self) -> None:
        """Let pages that fail change stories with others, in the order of the issue, as long as both gain by it."""
        still = {page for jump in self.jumps for page in (jump.source, *jump.targets)}
        able = [
            name
            for name, task in self.tasks.items()
            if name in self.results and name not in self.locked and name not in still and task.given is None
        ]
        asked = [name for name in able if name not in self.asked] if self.loose else []
        self.asked.update(asked)
        for name in asked:
            if badness(self.results[name]) > (0, 0):
                pages = {one: self.tasks[one].page for one in able}
                styles = {one: self.tasks[one].style for one in able}
                tried = changes(self.results[name], pages, styles, self.loose)
                next((change for change in tried if self._gains(change.homes, name)), None)

    def _gains(self, homes: Mapping[str, str], page: str) -> bool:
        """Make the pages that a change concerns, and keep them, and the change, if they are better for it."""
        was = {story.id: name for name, task in self.tasks.items() for story in task.page.stories}
        touched = list(dict.fromkeys((page, *(was[story] for story in homes), *homes.values())))
        before = dict(self.tasks)
        self._put(homes)
        tried = [self.memo.page(self._task(name)) for name in touched]
        if badness(*tried) >= badness(*(self.results[name] for name in touched)):
            self.tasks = before
            return False
        for result in tried:
            self._keep(result)
        for name, task in self.tasks.items():
            # an index names the pages of the stories that have moved
            if name in self.results and name not in touched and task.page != before[name].page:
                self._keep(self.memo.page(self._task(name)))
        self.homes |= homes
        for story, home in homes.items():
            span = self.loose[story].span
            self.findings.append(
                finding("I471", span=span, page=home, story=story, name=story, old=was[story], new=home)
            )
        return True

    def _put(self, homes: Mapping[str, str]) -> None:
        """Put stories on other pages; indexes follow."""
        pages = referred(moved([task.page for task in self.tasks.values()], homes))
        self.tasks = {page.id: replace(self.tasks[page.id], page=page) for page in pages}

    def fill(self, fillers: Sequence[Story], wanted: Collection[str]) -> None:
        """Fill the pages that are short of copy, in the order of the issue, each filler once."""
        if not fillers or not any(self.results[name].shortage for name in wanted):
            return
        last = max(number for number, name in enumerate(self.tasks) if name in wanted)
        self.make(self.linked(list(self.tasks)[: last + 1]))
        self.swap()
        taken = {name for page in self.results.values() for name in page.fillers}
        left = {story.id: story for story in fillers if story.id not in taken}
        for name in [one for one in self.tasks if one in self.results]:
            result = self.results[name]
            if result.shortage and left and not result.turns and name not in self.locked:
                made = self._keep(self.memo.page(replace(self._task(name), fillers=tuple(left.values()))))
                for used in made.fillers:
                    left.pop(used, None)

    def _keep(self, result: PageResult) -> PageResult:
        """Keep a page; a picture that stands on many pages is held once."""
        shared = {key: self.held.setdefault(key, picture) for key, picture in result.pictures.items()}
        kept = self.results[result.page] = replace(result, pictures=shared)
        return kept

    def _crowded(self, page: str, jump: Jump) -> bool:
        """Return whether a page has too much copy since a story goes on on it."""
        result = self.results[page]
        return result.excess and jump.story.id in {one.story.id for one in self._incoming(page)}

    def _incoming(self, page: str) -> list[Jump]:
        """Return the jumps that lead to a page, of stories whose first parts are made."""
        return [
            jump
            for jump in self.jumps
            if jump.targets[self.places.get(jump.story.id, 0)] == page
            and jump.source in self.results
            and jump.story.id in self.results[jump.source].turns
        ]

    def _task(self, name: str) -> PageTask:
        """Return the task of a page with the second parts of the stories that go on on it."""
        task = self.tasks[name]
        rules = task.style.jump
        parts = []
        for jump in self._incoming(name):
            cut = self.results[jump.source].turns[jump.story.id]
            here = jump.names[self.places.get(jump.story.id, 0)]
            parts.append(Entry(stories=(continuation(jump.story, cut, jump.source, here, rules),)))
        return replace(task, page=replace(task.page, entries=(*task.page.entries, *parts)))
