"""The release: from an issue to the files that the plant gets, or to the reasons why it gets none.

The issue is built anew, apart from the output folder; its press files are checked; a pure judgement (`gate`) decides.
Only then is anything written: each file whole, under a name that was never used, the manifest last.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from layout.build import BuildOptions, build, default_folder
from layout.build.folder import OutputFolder
from layout.build.remarks import revision_of
from layout.build.tasks import silent
from layout.diagnostics import collate
from layout.pdf.impose import LEAVES, sections
from layout.reading.comments import read_comments, read_signatures
from layout.reading.issue import read_issue
from layout.release.gate import judge, remark_findings, section_findings, signature_findings
from layout.release.names import naming

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.build import Progress
    from layout.condition import PrintCondition
    from layout.diagnostics import Diagnostic
    from layout.model import Issue
    from layout.reading.issue import Reading
    from layout.release.gate import Verdict
    from layout.release.names import Naming

FOLDER: Final = "press"
"""Where released files lie, in an issue's output folder."""

MANIFEST: Final = "manifest.json"
MANIFEST_VERSION: Final = 1

_PREFLIGHT: Final = ("E7", "W7")
"""Codes of preflight; what the build found in its own files is found again in those that leave the house."""


class Inspected(Protocol):
    """What preflight says of one file."""

    @property
    def pages(self) -> int:
        """How many pages it has."""

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What it found."""

    @property
    def ink(self) -> Mapping[str, Mapping[str, float]]:
        """Page of the file → ink → mean coverage in per cent, and `largest` → the largest average over 15 mm²."""


class Inspect(Protocol):
    """Preflight of one file."""

    def __call__(self, path: Path, condition: PrintCondition) -> Inspected:
        """Return what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One file for the plant: the name it has in patterns, its pages, its bytes, what preflight says of it."""

    name: str
    pages: tuple[str, ...]
    data: bytes
    report: Inspected

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseResult:
    """What a release did: the folder, the files written, those that the plant has already, and the judgement."""

    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]
    verdict: Verdict
    sources: Mapping[str, str]

    @property
    def released(self) -> bool:
        """Whether the plant gets its files."""
        return not self.verdict.stopping


def release(
    path: Path,
    inspect: Inspect,
    out: Path | None = None,
    options: BuildOptions | None = None,
    progress: Progress = silent,
) -> ReleaseResult:
    """Release an issue.

    Args:
        path: the issue file.
        inspect: preflight.
        out: the issue's output folder; by default as for a build. Released files lie in its folder `press`.
        options: as for a build; previews and paper proofs are not made.
        progress: told of stages.

    Raises:
        InputError, StyleError, FontError: the input cannot be used.
        OutputError: E501 a file cannot be written; E623, E624 names.
        UnknownPageError: as for a build.
    """
    reading = read_issue(path)
    issue = reading.issue
    wanted = replace(options or BuildOptions(), previews=False, paper=None)
    folder = (out or default_folder(path, issue)) / FOLDER
    ledger = _ledger(folder)
    names = naming(_pattern(reading), issue, _known(folder, ledger))
    with tempfile.TemporaryDirectory(prefix="layout-") as scratch:
        built = build(path, Path(scratch), wanted, progress)
        units = list(_units(Path(scratch), reading, wanted, inspect))
        revisions = {page: _revision(Path(scratch) / "dumps" / f"{page}.txt") for unit in units for page in unit.pages}
    findings = [
        *(item for item in built.findings if not item.code.startswith(_PREFLIGHT)),
        *(item for unit in units for item in _named(unit)),
        *remark_findings(read_comments(Path(issue.folder))),
        *signature_findings(_required(reading, revisions), read_signatures(Path(issue.folder)), revisions),
        *section_findings(_counts(issue), LEAVES),
    ]
    levels = {**dict(next(iter(reading.styles.values())).levels), **dict(issue.levels)}
    verdict = judge(collate(findings, levels), issue.waivers)
    written, kept = ((), ()) if verdict.stopping else _write(folder, issue, units, names, ledger, verdict, wanted)
    return ReleaseResult(folder=folder, written=written, kept=kept, verdict=verdict, sources=built.sources)


def _pattern(reading: Reading) -> str:
    return reading.issue.file_name or reading.styles[reading.issue.pages[0].id].release.file_name


def _required(reading: Reading, pages: Mapping[str, str]) -> dict[str, Sequence[str]]:
    return {page: reading.styles[page].release.signatures for page in pages}


def _counts(issue: Issue) -> dict[str, int]:
    return {name: len(slots) for name, slots in sections([page.spread or (page.id,) for page in issue.pages]).items()}


def _units(scratch: Path, reading: Reading, options: BuildOptions, inspect: Inspect) -> Iterator[Unit]:
    """Yield the files for the plant: one a page, or one a section where they are imposed."""
    pages = [page.id for page in reading.issue.pages]
    if options.impose:
        found = sections([page.spread or (page.id,) for page in reading.issue.pages])
        named = [
            (
                f"spreads/{name or 'spreads'}",
                name or "spreads",
                tuple(dict.fromkeys(pages[slot.index] for slot in slots)),
            )
            for name, slots in found.items()
        ]
    else:
        named = [(f"pages/{page}", page, (page,)) for page in pages]
    for stem, name, ids in named:
        file = next((one for end in (".pdf", ".draft.pdf") if (one := scratch / f"{stem}{end}").is_file()), None)
        if file is not None:
            condition = reading.conditions.get(ids[0], reading.condition)
            yield Unit(name=name, pages=ids, data=file.read_bytes(), report=inspect(file, condition))


def _named(unit: Unit) -> Iterator[Diagnostic]:
    """Yield preflight's findings of a file, without its scratch place."""
    for item in unit.report.findings:
        yield replace(item, span=None, page=item.page or unit.name)


def _revision(dump: Path) -> str:
    """Return the name of a page as it is, which signatures are bound to."""
    return revision_of(dump.read_text(encoding="utf-8"))


# --- names and manifest


def _ledger(folder: Path) -> dict[str, dict[str, object]]:
    """Return what was released before: file name → its row, all that ever were."""
    try:
        rows = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["released"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {str(row["file"]): row for row in rows if isinstance(row, dict) and "file" in row}


def _known(folder: Path, ledger: Mapping[str, object]) -> set[str]:
    """Return every name that was used: those of the ledger, and whatever lies there besides."""
    return {*ledger, *(item.name for item in folder.glob("*.pdf"))} if folder.is_dir() else set(ledger)


def _write(
    folder: Path,
    issue: Issue,
    units: Sequence[Unit],
    names: Naming,
    ledger: dict[str, dict[str, object]],
    verdict: Verdict,
    options: BuildOptions,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the files that the plant has not yet, then the manifest; return the names of new and old ones."""
    fresh: list[tuple[str, Unit]] = []
    kept: list[str] = []
    rows: list[dict[str, object]] = []
    for unit in units:
        last = next((row for row in ledger.values() if _is_last(row, unit, names)), None)
        if last is not None:
            kept.append(str(last["file"]))
            rows.append(last)
            continue
        name, revision = names.next(unit.name)
        fresh.append((name, unit))
        rows.append(_row(unit, name, revision))
    output = OutputFolder(folder)
    for name, unit in fresh:
        output.write(name, unit.data)
    if options.pages:
        here = {unit.name for unit in units}
        rows = [*(row for page, row in _latest(ledger).items() if page not in here), *rows]
    released = [*ledger.values(), *(row for row in rows if str(row["file"]) not in ledger)]
    manifest = {
        "version": MANIFEST_VERSION,
        "issue": {"paper": issue.paper, "date": issue.date, "number": issue.number, "edition": issue.edition},
        "variant": options.variant,
        "sections": _counts(issue),
        "files": sorted(rows, key=lambda row: str(row["page"])),
        "waivers": [
            {
                "rule": item.code,
                "object": waiver.object,
                "by": waiver.by,
                "reason": waiver.reason,
                "finding": item.message(),
                "page": item.page,
            }
            for item, waiver in verdict.waived
        ],
        "released": released,
    }
    data = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    output.write(MANIFEST, data.encode())
    return tuple(name for name, _ in fresh), tuple(kept)


def _latest(ledger: Mapping[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    """Return the last revision of every page that was ever released."""
    ordered = sorted(ledger.values(), key=lambda row: int(str(row["revision"])))
    return {str(row["page"]): row for row in ordered}


def _is_last(row: Mapping[str, object], unit: Unit, names: Naming) -> bool:
    """Return whether the plant's latest file of a unit has the same bytes."""
    return (
        row.get("page") == unit.name
        and row.get("sha256") == unit.sha256
        and row.get("revision") == names.last(unit.name)
    )


def _row(unit: Unit, name: str, revision: int) -> dict[str, object]:
    return {
        "file": name,
        "page": unit.name,
        "pages": list(unit.pages),
        "page_count": unit.report.pages,
        "revision": revision,
        "bytes": len(unit.data),
        "sha256": unit.sha256,
        "ink": {page: dict(shares) for page, shares in unit.report.ink.items()},
    }
