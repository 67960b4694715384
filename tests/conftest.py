"""What many tests share: the bundled faces and styles, the command line, and the sample paper built once."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings

from layout.fontbook import load_fontbook
from layout.reading.styles import read_style
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.style import Style

# Ordinary tests assert nothing about time, and failures come back from one run to the next.
settings.register_profile("layout", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("layout")

REPOSITORY = Path(__file__).resolve().parent.parent

PROGRAM = "from layout.cli.main import run; run()"
"""What the console script `layout` runs."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are to be written, not compared."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture(scope="session")
def book() -> Fontbook:
    """The bundled faces."""
    return load_fontbook(fonts_folder())


@pytest.fixture(scope="session")
def tabloid() -> Style:
    """The bundled tabloid style."""
    return read_style("tabloid", None, None, "zh-Hans")


@pytest.fixture(scope="session")
def seed_page() -> str:
    """A real extracted page, kept beside the repository, never in it."""
    path = REPOSITORY.parent / "shared" / "seed" / "page.txt"
    if not path.is_file():
        pytest.skip("../shared/seed/page.txt is not here")
    return path.read_text(encoding="utf-8")


class CommandLine(Protocol):
    """Runs `layout` in a process of its own."""

    def __call__(
        self, *words: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Return what it answered."""


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A temporary folder of this run of the tests, the same in all its processes."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


Surroundings = Callable[[Mapping[str, str]], dict[str, str]]
"""What the fixture `surroundings` hands out."""


@pytest.fixture(scope="session")
def surroundings(shared_folder: Path) -> Surroundings:
    """An environment in which `layout` can be imported, with a cache of pictures that all calls share."""
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "LAYOUT_DEBUG"}}
    path = os.pathsep.join([str(REPOSITORY), *filter(None, [kept.get("PYTHONPATH")])])
    own = {"PYTHONPATH": path, "LAYOUT_CACHE": str(shared_folder / "cache"), "LC_ALL": "C.UTF-8"}
    return lambda more: {**kept, **own, **more}


@pytest.fixture(scope="session")
def program() -> list[str]:
    """The words that start what the console script `layout` starts."""
    return [sys.executable, "-c", PROGRAM]


@pytest.fixture(scope="session")
def layout(program: list[str], surroundings: Surroundings) -> CommandLine:
    """The command line, in a process of its own."""

    def call(
        *words: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*program, *map(str, words)],
            cwd=cwd or REPOSITORY,
            env=surroundings(env or {}),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return call


@dataclass(frozen=True)
class Built:
    """An issue and what `layout build` made of it."""

    issue: Path
    out: Path
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def sample(shared_folder: Path, layout: CommandLine) -> Built:
    """The sample paper, built once for all tests of a run, whatever process they are in."""
    issue, out = REPOSITORY / "seeds" / "qingdu" / "issue.yaml", shared_folder / "sample"
    said, heard = shared_folder / "sample.stdout", shared_folder / "sample.stderr"
    with (shared_folder / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if heard.exists():
            words = (said.read_text(encoding="utf-8"), heard.read_text(encoding="utf-8"))
            return Built(issue, out, subprocess.CompletedProcess([], 0, *words))
        done = layout("build", issue, "--out", out, env={"PYTHONHASHSEED": "1"})
        assert done.returncode == 0, done.stderr
        said.write_text(done.stdout, encoding="utf-8")
        heard.write_text(done.stderr, encoding="utf-8")
    return Built(issue, out, done)
