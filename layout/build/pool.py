"""Pages as tasks: in this process when they are few, in processes of their own when they are many."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FEW: Final = 4
"""Below this many tasks a process's start costs more than it saves."""

Task = TypeVar("Task")
Result = TypeVar("Result")


def each(function: Callable[[Task], Result], tasks: Sequence[Task], jobs: int = 0) -> Iterator[Result]:
    """Yield `function(task)` for every task, in the order of the tasks.

    Args:
        function: importable by name, as it may run in another process.
        tasks: picklable.
        jobs: processes; 0 takes one a processor, 1 stays in this process.
    """
    workers = min(jobs or os.cpu_count() or 1, len(tasks))
    if workers <= 1 or len(tasks) < FEW:
        yield from map(function, tasks)
        return
    # spawn: no locks or file positions are inherited, and it is the same on every platform
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(function, tasks)
