"""An issue that is built again whenever its files change, for those who look at the files themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layout.build import OUTPUT, BuildOptions, BuildResult, build
from layout.build.memo import Memo
from layout.diagnostics import LayoutError
from layout.serve.files import PAUSE, look

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from threading import Event


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one build came to: a result, or what stopped it."""

    result: BuildResult | None
    problem: LayoutError | None


def watch(
    issue: Path, out: Path | None, options: BuildOptions, told: Callable[[Outcome], None], stopped: Event
) -> None:
    """Build an issue now and whenever a file of its folder changes; pages that did not change are not made again.

    Args:
        issue: the issue file; it may come later.
        out: the output folder, by default where `build` puts it.
        options: what each build is asked for.
        told: handed the outcome of each build.
        stopped: ends it.
    """
    memo = Memo()
    folder, written = issue.parent, (OUTPUT, *([out] if out else []))
    seen = look(folder, written)
    told(_attempt(issue, out, options, memo))
    while not stopped.wait(PAUSE):
        now = look(folder, written)
        if now != seen:
            seen = now
            told(_attempt(issue, out, options, memo))


def _attempt(issue: Path, out: Path | None, options: BuildOptions, memo: Memo) -> Outcome:
    try:
        return Outcome(build(issue, out, options, memo=memo), None)
    except LayoutError as problem:
        return Outcome(None, problem)
