"""Make newspapers: Chinese composition, page making and print-ready PDF.

What the commands do, as typed calls that print nothing and keep no state:

    import layout

    result = layout.build_issue(Path("issue.yaml"))
    for item in result.findings:
        print(item.span, item.message("zh"), item.advice("zh"))

Calls name what they act on (`build_issue`, not `build`), since `layout.build` is the room that builds. Files that
cannot be used raise a `LayoutError` with all findings at once; what is wrong with pages comes back in the result.
Nothing is loaded before it is asked for. Calls may run side by side in threads and in processes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from layout.build import BuildOptions, BuildResult
    from layout.build import build as build_issue
    from layout.build.plans import PlanResult, plan_issue
    from layout.diagnostics import Diagnostic, LayoutError, Severity, Span
    from layout.exporters.desk import Exported, export_issue
    from layout.importers.desk import Imported, ImportOptions, import_files
    from layout.preflight.inspect import Report
    from layout.preflight.inspect import inspect as inspect_pdf
    from layout.reading.issue import Reading, read_issue
    from layout.reading.styles import read_condition, read_style
    from layout.templates import start as start_paper

_ROOMS: Final[dict[str, tuple[str, str]]] = {
    "BuildOptions": ("layout.build", "BuildOptions"),
    "BuildResult": ("layout.build", "BuildResult"),
    "Diagnostic": ("layout.diagnostics", "Diagnostic"),
    "Exported": ("layout.exporters.desk", "Exported"),
    "ImportOptions": ("layout.importers.desk", "ImportOptions"),
    "Imported": ("layout.importers.desk", "Imported"),
    "LayoutError": ("layout.diagnostics", "LayoutError"),
    "PlanResult": ("layout.build.plans", "PlanResult"),
    "Reading": ("layout.reading.issue", "Reading"),
    "Report": ("layout.preflight.inspect", "Report"),
    "Severity": ("layout.diagnostics", "Severity"),
    "Span": ("layout.diagnostics", "Span"),
    "build_issue": ("layout.build", "build"),
    "export_issue": ("layout.exporters.desk", "export_issue"),
    "import_files": ("layout.importers.desk", "import_files"),
    "inspect_pdf": ("layout.preflight.inspect", "inspect"),
    "plan_issue": ("layout.build.plans", "plan_issue"),
    "read_condition": ("layout.reading.styles", "read_condition"),
    "read_issue": ("layout.reading.issue", "read_issue"),
    "read_style": ("layout.reading.styles", "read_style"),
    "start_paper": ("layout.templates", "start"),
}
"""Name → room, and name there."""

__all__ = [
    "BuildOptions",
    "BuildResult",
    "Diagnostic",
    "Exported",
    "ImportOptions",
    "Imported",
    "LayoutError",
    "PlanResult",
    "Reading",
    "Report",
    "Severity",
    "Span",
    "build_issue",
    "export_issue",
    "import_files",
    "inspect_pdf",
    "plan_issue",
    "read_condition",
    "read_issue",
    "read_style",
    "start_paper",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Load what a name stands for when it is first asked for."""
    if name not in _ROOMS:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    room, own = _ROOMS[name]
    return getattr(import_module(room), own)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
