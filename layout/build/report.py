"""What a build says of itself: `report.json`, `timings.json`, `plan.yaml`."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

from layout.checks.tolerance import allowed
from layout.diagnostics.render import record
from layout.reading.plan import plan_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layout.build.assignment import Placing
    from layout.build.pagework import PageResult
    from layout.build.presscheck import Checked
    from layout.build.revisions import Revision
    from layout.diagnostics import Diagnostic
    from layout.geometry import Cells
    from layout.model import Issue
    from layout.page.trim import Trim
    from layout.plan import PagePlan
    from layout.style import Style

REPORT_VERSION: Final = 1
"""Version of the report's schema (`layout/schemas/report.schema.json`)."""

LIBRARIES: Final = (
    "layout-newspaper",
    "fonttools",
    "pikepdf",
    "pillow",
    "pypdfium2",
    "reportlab",
    "rjieba",
    "uharfbuzz",
)
"""Packages whose versions the bytes of the output depend on."""


def report_file(
    issue: Issue,
    results: Sequence[PageResult],
    checked: Sequence[Checked],
    findings: Sequence[Diagnostic],
    hashes: Mapping[str, str],
    variant: str,
    revised: Mapping[str, Revision],
    placings: Sequence[Placing] = (),
    *,
    draft: bool,
) -> bytes:
    """Return `report.json`: findings, plans, figures, versions, hashes; the same bytes for the same build."""
    errors = {page.id: allowed(page) for page in issue.pages}
    ink = {file.page: dict(file.ink) for file in checked}
    report = {
        "version": REPORT_VERSION,
        "issue": {"paper": issue.paper, "date": issue.date, "number": issue.number},
        "variant": variant,
        "draft": draft,
        "pages": [
            {
                "page": result.page,
                "revision": revised[result.page].number,
                "digest": revised[result.page].digest,
                "locked": result.finished is not None,
                "metrics": dict(result.metrics),
                "errors_allowed": errors[result.page],
                "plan": plan_data(result.plan),
                "overset": dict(result.overset),
                "ink": ink.get(result.page, {}),
                "trims": [_trim(trim, issue, made=result.trimmed) for trim in result.trims],
                "jumps": [
                    {"story": story, "to": result.targets[story], "block": cut.block, "offset": cut.offset}
                    for story, cut in sorted(result.turns.items())
                ],
                "fillers": list(result.fillers),
                **({} if result.moved is None else {"moved": list(result.moved)}),
                **({} if result.anew is None else {"anew": list(result.anew)}),
            }
            for result in results
        ],
        **({"assigned": [_plain(placing) for placing in placings]} if placings else {}),
        "findings": [_finding(item, issue) for item in findings],
        "versions": {name: _version(name) for name in LIBRARIES},
        "files": dict(sorted(hashes.items())),
    }
    return _json(report)


def _finding(item: Diagnostic, issue: Issue) -> dict[str, object]:
    """Return a finding as plain data, its file named from the issue's folder, wherever the build was called."""
    made = record(item)
    if item.span is not None:
        made["file"] = issue.relative(item.span.file)
    return made


def _trim(trim: Trim, issue: Issue, *, made: bool) -> dict[str, object]:
    """Return a cut as plain data: whether it was made, the exact text, and where that stands in the story's file."""
    told: dict[str, object] = {
        "story": trim.story,
        "made": made,
        "paragraph": trim.paragraph,
        "lines": trim.lines,
        "characters": trim.characters,
        "text": trim.text,
    }
    if trim.span is not None:
        span = trim.span
        told["file"] = issue.relative(span.file)
        told |= {"from": [span.line, span.column], "to": [span.end_line, span.end_column]}
    if trim.at is not None:
        told["at"] = list(trim.at)
    return told


def timings_file(laps: Mapping[str, float], results: Sequence[PageResult], checked: Sequence[Checked]) -> bytes:
    """Return `timings.json`: seconds by stage and page, the only output that differs between equal builds."""
    told = [
        *((result.page, result.seconds) for result in results),
        *((file.page, file.seconds) for file in checked if file.page),
    ]
    pages: dict[str, dict[str, float]] = {}
    for page, seconds in told:
        pages.setdefault(page, {}).update((stage, round(value, 4)) for stage, value in seconds.items())
    return _json({"stages": {stage: round(value, 4) for stage, value in laps.items()}, "pages": pages})


def plan_file(results: Sequence[PageResult], styles: Mapping[str, Style]) -> bytes:
    """Return `plan.yaml`: where everything stands and how it is set, ready to be given to another build."""
    scores = {result.page: result.metrics for result in results}
    return plan_yaml(tuple(result.plan for result in results), styles, scores).encode()


def plan_data(plan: PagePlan) -> dict[str, Any]:
    """Return a page plan as plain data, cells counted from 1."""
    return {
        "page": plan.page,
        "cost": plan.cost,
        "modules": [
            {"id": module.id, "pin": _cells(module.cells), "cost": module.cost, "variant": _plain(module.variant)}
            for module in plan.modules
        ],
        "blocks": [{"id": name, "pin": _cells(cells)} for name, cells in plan.blocks],
        "unplaced": list(plan.unplaced),
        "holes": [_cells(cells) for cells in plan.holes],
    }


def _cells(cells: Cells) -> dict[str, int]:
    return {
        "column": cells.column + 1,
        "columns": cells.columns,
        "line": cells.line + 1,
        "lines": cells.lines,
    }


def _plain(value: object) -> Any:  # noqa: ANN401 - plain data of any shape
    if is_dataclass(value) and not isinstance(value, type):
        made = {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
        return {name: part for name, part in made.items() if part not in ((), [], None)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
