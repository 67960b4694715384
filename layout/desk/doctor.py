"""Whether everything is in place to make a paper: each thing tried, not only looked for.

Every check is a row of `CHECKS`: a function that returns a `Finding` of its own kind. What must be there makes the
verdict; what only adds something (the proof server, other programs) is told and does not.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.diagnostics import LayoutError
from layout.resources import fonts_folder, sample_folder, schemas_folder, styles_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DISTRIBUTION: Final = "layout-newspaper"

DISK_LEAST: Final = 500 * 1024 * 1024
"""Bytes that a build of a large issue with previews, its former version and the cache may need."""

EXTRAS: Final = {"proof": ("starlette", "uvicorn"), "convert": ("opencc",)}
"""Optional dependencies by the extra that brings them."""

PROGRAMS: Final = ("chromium", "gs", "qpdf", "pdftoppm")
"""Programs that only the tests and second opinions use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was tried: whether it is well, whether a paper can be made without it, and what was seen."""

    name: str
    ok: bool
    needed: bool
    en: str
    zh: str

    def text(self, lang: str) -> str:
        """Return what was seen in "en" or "zh"."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All checks, and what they come to."""

    checks: tuple[Check, ...]

    @property
    def well(self) -> bool:
        """Whether everything that is needed is in place."""
        return all(check.ok for check in self.checks if check.needed)

    def record(self) -> dict[str, object]:
        """Return the verdict as plain data for reports of faults."""
        rows = [
            {"name": check.name, "ok": check.ok, "needed": check.needed, "en": check.en, "zh": check.zh}
            for check in self.checks
        ]
        return {"version": 1, "well": self.well, "checks": rows}


def examine(cache: Path, out: Path) -> Verdict:
    """Return whether everything is in place.

    Args:
        cache: where converted pictures are kept.
        out: where papers are going to be built.
    """
    found: list[Check] = []
    for check in CHECKS:
        found += check(cache, out)
    return Verdict(checks=tuple(found))


def _versions(cache: Path, out: Path) -> Iterator[Check]:
    del cache, out
    python = platform.python_version()
    text = f"Python {python}, {platform.system()} {platform.machine()}"
    yield Check(name="python", ok=sys.version_info >= (3, 11), needed=True, en=text, zh=text)
    try:
        text = f"{DISTRIBUTION} {metadata.version(DISTRIBUTION)}"
        required = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        yield Check(name="package", ok=True, needed=False, en="not installed, run in place", zh="未安装，就地运行")
        return
    yield Check(name="package", ok=True, needed=True, en=text, zh=text)
    for line in required:
        if "extra ==" in line:
            continue
        name = _distribution(line)
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield Check(name=name, ok=False, needed=True, en=f"{name} is missing", zh=f"缺少 {name}")
        else:
            yield Check(name=name, ok=True, needed=True, en=f"{name} {version}", zh=f"{name} {version}")


def _distribution(requirement: str) -> str:
    """Return the name at the start of a requirement."""
    end = next((at for at, char in enumerate(requirement) if not (char.isalnum() or char in "-_.")), len(requirement))
    return requirement[:end]


def _fonts(cache: Path, out: Path) -> Iterator[Check]:
    del cache, out
    from layout.fontbook import coverage, file_hash, load_fontbook  # noqa: PLC0415 - brings HarfBuzz

    try:
        book = load_fontbook(fonts_folder())
        bad = [face.id for face in book.faces.values() if face.sha256 and file_hash(face.path) != face.sha256]
        bad += [face.id for face in book.faces.values() if not coverage(face)]
    except LayoutError as problem:
        yield Check(name="fonts", ok=False, needed=True, en=str(problem), zh=_chinese(problem))
        return
    if bad:
        names = ", ".join(bad)
        en, zh = f"faces that are not the ones packaged: {names}", f"与随附字体不一致：{names}"
        yield Check(name="fonts", ok=False, needed=True, en=en, zh=zh)
        return
    count = len(book.faces)
    yield Check(name="fonts", ok=True, needed=True, en=f"{count} faces", zh=f"{count} 款字体")


def _profiles(cache: Path, out: Path) -> Iterator[Check]:
    del cache, out
    from layout.reading.styles import read_condition  # noqa: PLC0415 - brings YAML

    for path in sorted((styles_folder() / "print").glob("*.yaml")):
        try:
            condition = read_condition(path.stem)
        except LayoutError as problem:
            yield Check(name=f"print {path.stem}", ok=False, needed=True, en=str(problem), zh=_chinese(problem))
            continue
        text = condition.info or condition.identifier
        yield Check(name=f"print {path.stem}", ok=True, needed=True, en=text, zh=text)


def _styles(cache: Path, out: Path) -> Iterator[Check]:
    del cache, out
    from layout.desk.styles import style_names  # noqa: PLC0415 - brings YAML

    names = ", ".join(style_names())
    there = schemas_folder().is_dir() and sample_folder().is_dir()
    en = names if there else "the schemas or the sample paper are missing"
    zh = names if there else "缺少 JSON Schema 或样报"
    yield Check(name="styles", ok=there and bool(names), needed=True, en=en, zh=zh)


def _writable(cache: Path, out: Path) -> Iterator[Check]:
    for name, folder in (("cache", cache), ("output", out)):
        here = _existing(folder)
        try:
            with tempfile.TemporaryFile(dir=here) as file:
                file.write(b"0")
        except OSError as problem:
            why = problem.strerror or type(problem).__name__
            yield Check(
                name=name, ok=False, needed=True, en=f"{here} cannot be written: {why}", zh=f"无法写入 {here}：{why}"
            )
            continue
        free = shutil.disk_usage(here).free
        ok, size = free >= DISK_LEAST, f"{free / 1024**3:.1f} GB"
        en = f"{here}, {size} free" + ("" if ok else f", {DISK_LEAST // 1024**2} MB are needed")
        zh = f"{here}，可用 {size}" + ("" if ok else f"，至少需要 {DISK_LEAST // 1024**2} MB")
        yield Check(name=name, ok=ok, needed=True, en=en, zh=zh)


def _existing(folder: Path) -> Path:
    """Return the nearest folder above that is there."""
    folder = folder.absolute()
    return next(path for path in (folder, *folder.parents) if path.is_dir())


def _page(cache: Path, out: Path) -> Iterator[Check]:
    """Make a page: the end is tried, not only the means."""
    del cache, out
    from layout.build import BuildOptions, build  # noqa: PLC0415 - brings everything
    from layout.templates import template_files  # noqa: PLC0415 - with it

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in template_files("school", date="2026-11-22", paper="样报").items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        try:
            result = build(folder / "issue.yaml", folder / "out", BuildOptions(previews=False))
        except LayoutError as problem:
            yield Check(name="page", ok=False, needed=True, en=str(problem), zh=_chinese(problem))
            return
    size = sum(1 for file in result.files if file.endswith(".pdf"))
    en, zh = f"a page was made ({size} PDF files)", f"试排一个版成功（{size} 个 PDF）"
    yield Check(name="page", ok=not result.failed, needed=True, en=en, zh=zh)


def _optional(cache: Path, out: Path) -> Iterator[Check]:
    del cache, out
    for extra, modules in EXTRAS.items():
        missing = [module for module in modules if find_spec(module) is None]
        how = f"pip install '{DISTRIBUTION}[{extra}]'"
        en, zh = ("there", "已安装") if not missing else (f"not there: {how}", f"未安装：{how}")
        yield Check(name=f"extra {extra}", ok=not missing, needed=False, en=en, zh=zh)
    for program in PROGRAMS:
        path = shutil.which(program)
        en, zh = (path, path) if path else ("not there", "未安装")
        yield Check(name=f"program {program}", ok=bool(path), needed=False, en=en, zh=zh)
    count = os.cpu_count() or 1
    yield Check(name="processors", ok=True, needed=False, en=f"{count}", zh=f"{count}")


def _chinese(problem: LayoutError) -> str:
    return "；".join(f"{item.code} {item.message('zh')}" for item in problem.diagnostics)


CHECKS: Final[tuple[Callable[[Path, Path], Iterator[Check]], ...]] = (
    _versions,
    _fonts,
    _profiles,
    _styles,
    _writable,
    _page,
    _optional,
)
