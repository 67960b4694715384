"""Locked pages: finished, kept beside the issue, and put into every build as they are until they are unlocked.

A lock is a folder `locks/<page>` with the page's press files, its plan, its display list and digests of everything it
was made from. What has changed since is reported and changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from layout.diagnostics import InputError, OutputError, finding
from layout.plan import Cut
from layout.reading.plan import plan_yaml, read_former
from layout.reading.source import Sources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layout.build.pagework import PageResult
    from layout.model import Issue, Page
    from layout.pdf.variants import VariantName
    from layout.plan import PagePlan
    from layout.style import Style

LOCKS: Final = "locks"
"""The folder of locks, beside the issue."""

_FACTS: Final = "lock.json"
_PLAN: Final = "plan.yaml"
_DUMP: Final = "dump.txt"

_UNTOLD: Final = frozenset({"span", "origin", "folder"})
"""Fields that say where something is written, not what is printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """A locked page: its press files by variant, and what a report says of it."""

    page: str
    files: Mapping[VariantName, bytes]
    plan: PagePlan
    dump: str
    metrics: Mapping[str, object]
    digest: str
    condition: str
    trim: tuple[int, int]
    bleed: int
    sources: Mapping[str, str]
    turns: Mapping[str, Cut] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    fillers: tuple[str, ...] = ()


def lock_folder(issue: Issue, page: str) -> Path:
    """Return where a page's lock lies, or would lie."""
    return Path(issue.folder) / LOCKS / page


def write_lock(issue: Issue, result: PageResult, files: Mapping[VariantName, bytes], page: Page, style: Style) -> Path:
    """Lock a page; return the folder.

    Args:
        issue: the issue.
        result: the page as it was made.
        files: its press files by variant.
        page: the page as it was read.
        style: the page's style.

    Raises:
        OutputError: E501.
    """
    folder = lock_folder(issue, result.page)
    facts = {
        "page": result.page,
        "digest": result.digest,
        "condition": result.condition.name,
        "trim": list(result.content.trim),
        "bleed": result.content.bleed,
        "metrics": dict(result.metrics),
        "turns": {story: [cut.block, cut.offset] for story, cut in result.turns.items()},
        "targets": dict(result.targets),
        "fillers": list(result.fillers),
        "sources": page_sources(issue, page, style),
    }
    parts = {
        **{f"{variant}.pdf": data for variant, data in files.items()},
        _PLAN: plan_yaml((result.plan,), {result.page: style}, {result.page: result.metrics}).encode(),
        _DUMP: result.dump.encode(),
        # last: a folder without it is no lock
        _FACTS: (json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in parts.items():
            beside = folder / f".{name}.part"
            beside.write_bytes(data)
            os.replace(beside, folder / name)  # noqa: PTH105 - whole or not at all
    except OSError as problem:
        raise OutputError(
            [finding("E501", file=f"{LOCKS}/{result.page}", problem=problem.strerror or str(problem))]
        ) from problem
    return folder


def read_lock(issue: Issue, page: str, styles: Mapping[str, Style]) -> Lock | None:
    """Return a page's lock, or None where it has none.

    Raises:
        InputError: E122, the lock is damaged.
    """
    folder = lock_folder(issue, page)
    if not (folder / _FACTS).is_file():
        return None
    try:
        facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
        names: tuple[VariantName, ...] = ("x1a", "x4")
        files: dict[VariantName, bytes] = {name: (folder / f"{name}.pdf").read_bytes() for name in names}
        plans = read_former(folder / _PLAN, styles, Sources(folder))
        return Lock(
            page=page,
            files=files,
            plan=plans[page],
            dump=(folder / _DUMP).read_text(encoding="utf-8"),
            metrics=facts["metrics"],
            digest=facts["digest"],
            condition=facts["condition"],
            trim=(facts["trim"][0], facts["trim"][1]),
            bleed=facts["bleed"],
            sources=facts["sources"],
            turns={story: Cut(block, offset) for story, (block, offset) in facts["turns"].items()},
            targets=facts["targets"],
            fillers=tuple(facts["fillers"]),
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError) as problem:
        name = f"{LOCKS}/{page}"
        raise InputError([finding("E122", page=page, file=name, problem=f"{type(problem).__name__}")]) from problem


def remove_lock(issue: Issue, page: str) -> bool:
    """Unlock a page; return whether it was locked.

    Raises:
        OutputError: E501.
    """
    folder = lock_folder(issue, page)
    if not folder.is_dir():
        return False
    try:
        shutil.rmtree(folder)
    except OSError as problem:
        name = f"{LOCKS}/{page}"
        raise OutputError([finding("E501", file=name, problem=problem.strerror or str(problem))]) from problem
    return True


def changed_sources(lock: Lock, issue: Issue, page: Page, style: Style) -> tuple[str, ...]:
    """Return the names of what a locked page was made from and is no longer the same, new, or gone."""
    now = page_sources(issue, page, style)
    return tuple(sorted(name for name in {*now, *lock.sources} if now.get(name) != lock.sources.get(name)))


def page_sources(issue: Issue, page: Page, style: Style) -> dict[str, str]:
    """Return digests of everything a page is made from, by names that an editor knows."""
    stories = {f"story {story.id}": _digest(_facts(story)) for story in page.stories}
    entries = [(entry.id, _facts(entry.label), _facts(entry.pin)) for entry in page.entries]
    about = [page.id, page.section, page.front, _facts(page.banner), page.ink, page.credits, entries]
    about += [[_facts(advert) for advert in page.adverts]]
    about += [_facts(page.index)] if page.index else []
    paper = [issue.paper, issue.date, issue.number, _facts(issue.masthead)]
    made = {"issue.yaml": _digest([about, paper]), "style": _digest(_facts(style)), **stories}
    root = Path(issue.folder)
    for name in sorted(_files(page, issue)):
        path = root / name
        shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        made[shown] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return made


def _files(page: Page, issue: Issue) -> set[str]:
    """Return the picture and artwork files of a page."""
    found = {photo.file for story in page.stories for photo in story.photos}
    found |= {advert.file for advert in page.adverts if advert.file}
    found |= {story.logo for story in page.stories if story.logo}
    plates = (issue.masthead.nameplate, issue.masthead.logo)
    return {name for name in (*found, *plates) if name and Path(issue.folder, name).is_file()}


def _facts(value: object) -> Any:  # noqa: ANN401 - plain data of any shape
    """Return a frozen value as plain data, without where it was written; files by their names alone."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = [field.name for field in fields(value) if field.name not in _UNTOLD]
        return {
            name: Path(str(part)).name if name == "file" and part else _facts(part)
            for name in kept
            if (part := getattr(value, name)) is not None
        }
    if isinstance(value, (list, tuple)):
        return [_facts(part) for part in value]
    if isinstance(value, dict):
        return {str(name): _facts(part) for name, part in value.items()}
    return str(value)


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
