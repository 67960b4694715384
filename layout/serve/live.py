"""An issue that is built again whenever its files change; those who look at it are told."""

from __future__ import annotations

import threading
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from layout.build import BuildOptions, build
from layout.build.folder import OutputFolder
from layout.build.memo import Memo
from layout.build.refresh import refresh
from layout.diagnostics import LayoutError
from layout.diagnostics.render import full
from layout.reading.comments import COMMENTS, SIGNATURES
from layout.reading.issue import read_issue
from layout.remarks.store import Store
from layout.serve.files import PAUSE, look

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layout.proof.pagemap import PageMap
    from layout.reading.issue import Reading

QUIET: Final = 1.2
"""Seconds without a change after which the issue's files are written: long enough for one who saves twice."""

_OWN: Final = frozenset({COMMENTS, SIGNATURES})
"""Files that change what is said of the pages, not the pages."""

Event = dict[str, Any]


class Live:
    """One issue, its last good build, and those who listen."""

    def __init__(self, issue: Path, out: Path, options: BuildOptions) -> None:
        """Take the issue file and where its builds go."""
        self.issue = issue
        self.out = out
        self.options = options
        self.reading: Reading | None = None
        self.maps: tuple[PageMap, ...] = ()
        self.error = ""
        self.memo = Memo()
        self._shown: dict[str, str] = {}
        self._listeners: list[SimpleQueue[Event]] = []
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._seen: Mapping[str, tuple[int, int]] = {}

    def rebuild(self) -> bool:
        """Show the issue as it is and write all its files. Return whether that could be done."""
        return self.refresh() and self.finish()

    def refresh(self) -> bool:
        """Show the pages that changed; what is wrong is kept as `error` and told. Return whether nothing was."""
        try:
            reading = read_issue(self.issue)
            comments = Store(Path(reading.issue.folder)).comments()
            maps = refresh(reading, OutputFolder(self.out), self.options, comments, self.memo, self._shown)
        except LayoutError as problem:
            return self._failed(problem)
        self.reading, self.maps, self.error = reading, maps, ""
        self.tell({"type": "pages"})
        return True

    def finish(self) -> bool:
        """Write all files of the issue: press files, checks, report. Return whether that could be done."""
        try:
            build(self.issue, self.out, self.options, memo=self.memo)
        except LayoutError as problem:
            return self._failed(problem)
        self.tell({"type": "built"})
        return True

    def _failed(self, problem: LayoutError) -> bool:
        self.error = "\n\n".join(full(item, problem.sources, "zh") for item in problem.diagnostics)
        self.tell({"type": "error", "text": self.error})
        return False

    def watch(self) -> None:
        """Look at the files until `stop`: show what changed at once, write all files when nothing does for a while."""
        self._seen = self._look()
        quiet = 0.0
        due = False
        while not self._stopped.wait(PAUSE):
            now = self._look()
            if now == self._seen:
                quiet += PAUSE
                if due and quiet >= QUIET:
                    due = False
                    self.finish()
                continue
            changed = {name for name in now.keys() | self._seen.keys() if now.get(name) != self._seen.get(name)}
            self._seen, quiet = now, 0.0
            if any(Path(name).name not in _OWN for name in changed):
                due = self.refresh()
            else:
                self.tell({"type": "comments"})

    def stop(self) -> None:
        """End `watch`, and let every listener go."""
        self._stopped.set()
        self.tell({"type": "end"})

    def tell(self, event: Event) -> None:
        """Hand an event to everyone who listens."""
        with self._lock:
            for queue in self._listeners:
                queue.put(event)

    def listen(self, patience: float) -> Iterator[Event | None]:
        """Yield events as they come, None whenever nothing came for `patience` seconds."""
        queue: SimpleQueue[Event] = SimpleQueue()
        with self._lock:
            self._listeners.append(queue)
        try:
            if self.error:
                yield {"type": "error", "text": self.error}
            while not self._stopped.is_set():
                try:
                    event = queue.get(timeout=patience)
                except Empty:
                    yield None
                    continue
                yield event
        finally:
            with self._lock:
                self._listeners.remove(queue)

    def _look(self) -> dict[str, tuple[int, int]]:
        return look(self.issue.parent, (self.out,))
