"""Plans by themselves: every page solved and composed, nothing drawn or written.

Composing gives the figures that every plan is judged by, the same as those in a build's report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layout.build.assignment import assigned
from layout.build.pagework import PageTask, issue_fonts
from layout.build.pool import each
from layout.build.tasks import page_tasks
from layout.diagnostics import collate
from layout.fontbook import load_fontbook
from layout.page.compose import compose
from layout.page.planning import plan_page
from layout.reading.issue import read_issue
from layout.reading.plan import plan_yaml
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from layout.build.tasks import BuildOptions, Progress
    from layout.diagnostics import Diagnostic
    from layout.plan import PagePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A page's plan with its figures; `findings` are those of planning and composing it."""

    plan: PagePlan
    score: Mapping[str, object]
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTask:
    """A page to plan, and in how many ways."""

    page: PageTask
    alternatives: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanResult:
    """Plan files, the best first; the findings of the best; what excerpts in messages are cut from."""

    texts: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    sources: Mapping[str, str]


def plan_issue(path: Path, options: BuildOptions, alternatives: int, progress: Progress) -> PlanResult:
    """Return an issue's plans as files.

    Args:
        path: the issue file.
        options: pages, plan, former plan, processes.
        alternatives: how many files at most; where a page has no other way, its best stands in them all.
        progress: told of stages and pages.

    Raises:
        InputError, StyleError, FontError: the input cannot be used.
        UnknownPageError: the issue has no page of an id in `options.pages`.
    """
    progress("read", 0, 1)
    reading = read_issue(path, options.plan, options.former)
    dealt = assigned(reading, load_fontbook(fonts_folder(), issue_fonts(reading.issue)))
    reading = dealt.reading
    tasks = [PlanTask(page=task, alternatives=alternatives) for task in page_tasks(reading, options)]
    pages: list[tuple[Scored, ...]] = []
    for made in each(make_plans, tasks, options.jobs):
        pages.append(made)
        progress("pages", len(pages), len(tasks))
    count = max((len(made) for made in pages), default=1)
    texts = []
    for number in range(count):
        chosen = [made[number] if number < len(made) else made[0] for made in pages]
        scores = {one.plan.page: one.score for one in chosen}
        texts.append(plan_yaml(tuple(one.plan for one in chosen), reading.styles, scores))
    findings = [*reading.findings, *dealt.findings, *(item for made in pages for item in made[0].findings)]
    return PlanResult(
        texts=tuple(texts), findings=collate(findings, dict(reading.issue.levels)), sources=reading.sources
    )


def make_plans(task: PlanTask) -> tuple[Scored, ...]:
    """Return a page's plans, best first."""
    page = task.page
    book = load_fontbook(fonts_folder(), issue_fonts(page.issue))
    planned = plan_page(
        page.issue,
        page.page,
        page.style,
        book,
        page.story_styles,
        alternatives=task.alternatives,
        given=page.given,
        former=page.former,
    )
    made = []
    for plan in (planned.plan, *planned.alternatives):
        composed = compose(page.issue, page.page, page.style, book, plan, planned.copies)
        findings = (*planned.findings, *composed.findings)
        made.append(Scored(plan=plan, score=composed.metrics, findings=findings))
    return tuple(made)


def file_names(name: str, count: int) -> Sequence[str]:
    """Return the names of so many plan files: plan.yaml, plan.2.yaml, plan.3.yaml."""
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    return [name, *(f"{stem}.{number}{dot}{suffix}" for number in range(2, count + 1))]
