"""Checking a press file before it is named, as a task for a process: preflight, ink, preview, press soft proof."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.build.pagework import Preview, PreviewTask, make_preview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layout.condition import PrintCondition
    from layout.diagnostics import Diagnostic


SIZES: Final = "W736"
"""Pages of different sizes: sections of one issue may be tabloid and broadsheet, and the plant gets page by page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressFile:
    """A press file to be checked: a page's, or the issue's (`page` is empty), of which only the rules are asked.

    `preview_dpi` 0 makes no preview.
    """

    page: str
    pdf: bytes
    condition: PrintCondition
    preview_dpi: int
    soft_proof: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of it: findings, ink by plate in per cent with the `largest` average over 15 mm², pictures."""

    page: str
    findings: tuple[Diagnostic, ...]
    ink: Mapping[str, float]
    preview: Preview | None
    soft_proof: bytes | None
    seconds: Mapping[str, float] = field(compare=False)


def check_file(task: PressFile) -> Checked:
    """Hold a press file to the rules, weigh its ink, draw it."""
    from layout.preflight.inspect import inspect, weigh_ink  # noqa: PLC0415 - libraries load where they run

    start = time.perf_counter()
    findings = list(inspect(task.pdf, task.condition).findings)
    ink: dict[str, float] = {}
    if not task.page:
        findings = [item for item in findings if item.code != SIZES]
    else:
        weighed = weigh_ink(task.pdf, 0, task.condition)
        findings += weighed.findings
        ink = {**weighed.coverage, "largest": weighed.largest}
    checked = time.perf_counter()
    preview, soft_proof = _preview(task), _soft_proof(task)
    return Checked(
        page=task.page,
        findings=tuple(replace(item, page=item.page or task.page) for item in findings),
        ink=ink,
        preview=preview,
        soft_proof=soft_proof,
        seconds={"preflight": checked - start, "preview": time.perf_counter() - checked},
    )


def _preview(task: PressFile) -> Preview | None:
    if not task.preview_dpi or not task.page:
        return None
    return make_preview(PreviewTask(pdf=task.pdf, dpi=task.preview_dpi))


def _soft_proof(task: PressFile) -> bytes | None:
    """Return the press soft proof; a page that cannot be separated has a finding that says so, and none."""
    if not task.soft_proof or not task.page:
        return None
    from layout.plates import SeparationError  # noqa: PLC0415 - not in every build
    from layout.plates.softproof import soft_proof_png  # noqa: PLC0415

    try:
        return soft_proof_png(task.pdf, 0, Path(task.condition.profile))
    except SeparationError:
        return None
