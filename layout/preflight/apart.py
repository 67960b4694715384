"""Preflight of a file in a process of its own, with bounded time and memory: the file may be anybody's.

The process is handed the print condition and answers in JSON; nothing that it says is executed.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from layout.diagnostics import Diagnostic, Severity, Span
from layout.preflight.report import Findings
from layout.preflight.rules import FLAVOURS

if TYPE_CHECKING:
    from layout.condition import PrintCondition
    from layout.preflight.inspect import Report
    from layout.preflight.rules import FlavourName

MOST_SECONDS: Final = 120
MOST_MEMORY: Final = 3 << 30
MOST_BYTES: Final = 1 << 30
"""What one file may take: seconds of the clock and of the processor, bytes of address space, bytes of the file."""

MOST_WEIGHED: Final = 64
"""Pages whose plates are made; of longer files only the first are."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked-up copy that is asked for: its path, and the language of its notes, "en" or "zh"."""

    path: Path
    language: str = "en"


def check(path: Path, condition: PrintCondition) -> tuple[Diagnostic, ...]:
    """Return what preflight finds in a file, read in a bounded process. The findings' spans name the file."""
    return examine(path, condition).findings


def examine(
    path: Path,
    condition: PrintCondition,
    flavour: FlavourName | None = None,
    marked: Marked | None = None,
) -> Report:
    """Return all that preflight says of a file, read in a bounded process.

    Args:
        path: the file.
        condition: the press it is for.
        flavour: what it is held to; by default what it says it is, else PDF/X-1a.
        marked: where a copy with the findings marked in it is to be written, and the language of its notes; a file
            that cannot be read is not marked.
    """
    command = [sys.executable, "-P", "-c", _CHILD, str(Path(__file__).resolve().parents[2])]
    asked = pickle.dumps((str(path), condition, flavour, marked, (MOST_SECONDS, MOST_MEMORY)))
    try:
        if path.stat().st_size > MOST_BYTES:
            return _refused(path, flavour, "E709", f"{path.stat().st_size} bytes")
        done = subprocess.run(  # noqa: S603 - ourselves
            command, input=asked, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except OSError as problem:
        return _refused(path, flavour, "E700", problem.strerror or str(problem))
    except subprocess.TimeoutExpired:
        return _refused(path, flavour, "E709", f"more than {MOST_SECONDS} s")
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        return _refused(path, flavour, "E709", last or f"checking ended with {done.returncode}")
    return _unpacked(path, json.loads(done.stdout))


_CHILD: Final = """
import sys
sys.path.insert(0, sys.argv[1])
from layout.preflight.apart import answer
answer()
"""


def answer() -> None:
    """Write to standard output, as JSON, what preflight says of the file that standard input names."""
    from layout.preflight.inspect import inspect, weigh_ink  # noqa: PLC0415 - within the bounds set here
    from layout.preflight.marked import mark  # noqa: PLC0415 - likewise

    asked = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - our own parent's
    name, condition, flavour, marked, bounds = asked
    _bound(*bounds)
    data = Path(name).read_bytes()
    report = inspect(data, condition, flavour)
    weighed = {page + 1: weigh_ink(data, page, condition) for page in range(min(report.pages, MOST_WEIGHED))}
    findings = [*report.findings, *(item for page in weighed.values() for item in page.findings)]
    if marked is not None and report.pages:
        _write(marked.path, mark(data, findings, marked.language))
    told = {
        "flavour": report.flavour,
        "title": report.title,
        "pages": report.pages,
        "ink": {str(page): {**said.coverage, "largest": said.largest} for page, said in weighed.items()},
        "findings": [_packed(item) for item in findings],
    }
    sys.stdout.buffer.write(json.dumps(told).encode())


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(data)
    beside.replace(path)


def _bound(seconds: int, memory: int) -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on every platform

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _packed(item: Diagnostic) -> dict[str, object]:
    return {
        "code": item.code,
        "values": item.values,
        "page": item.page,
        "area": item.area,
        "hint": item.hint,
        "hint_zh": item.hint_zh,
    }


def _unpacked(path: Path, told: dict[str, Any]) -> Report:
    from layout.preflight.inspect import Report  # noqa: PLC0415 - libraries load with the work

    findings = [
        Diagnostic(
            code=item["code"],
            values=tuple((name, value) for name, value in item["values"]),
            span=Span(str(path)),
            page=item["page"],
            area=tuple(item["area"]) if item["area"] else None,
            hint=item["hint"],
            hint_zh=item["hint_zh"],
            severity=Severity.WARNING if item["code"].startswith("W") else Severity.ERROR,
        )
        for item in told["findings"]
    ]
    return Report(
        flavour=told["flavour"],
        title=told["title"],
        pages=told["pages"],
        findings=tuple(findings),
        ink=told["ink"],
    )


def _refused(path: Path, flavour: FlavourName | None, code: str, problem: str) -> Report:
    from layout.preflight.inspect import DEFAULT, Report  # noqa: PLC0415 - libraries load with the work

    findings = Findings(flavour or DEFAULT)
    findings.add(code, problem=problem)
    named = tuple(replace(item, span=Span(str(path))) for item in findings.all())
    assert (flavour or DEFAULT) in FLAVOURS
    return Report(flavour=flavour or DEFAULT, title="", pages=0, findings=named, ink={})
