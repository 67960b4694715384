from __future__ import annotations

import fcntl
from typing import TYPE_CHECKING

import pytest

from layout.reading.styles import read_condition

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layout.condition import PrintCondition
    from tests.conftest import Built, CommandLine


@pytest.fixture(scope="session")
def condition() -> PrintCondition:
    return read_condition("newsprint-240")


@pytest.fixture(scope="session")
def sample_x4(shared_folder: Path, sample: Built, layout: CommandLine) -> Path:
    """The sample's press files in PDF/X-4, made once for all tests of a run."""
    out = shared_folder / "sample-x4"
    with (shared_folder / "sample-x4.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / "report.json").exists():
            done = layout("build", sample.issue, "--print", "x4", "--no-previews", "--out", out)
            assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def good(sample: Built, sample_x4: Path) -> Mapping[str, bytes]:
    """A good press file of either flavour: a page of the sample with pictures and six fonts."""
    return {
        "x1a": (sample.out / "pages" / "A03.pdf").read_bytes(),
        "x4": (sample_x4 / "pages" / "A03.pdf").read_bytes(),
    }
