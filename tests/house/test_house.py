"""The house: types, lint, the order of imports, and no trace of the machine it was built on."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest

from layout.diagnostics.codes import CODES

REPOSITORY = Path(__file__).resolve().parents[2]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *words], cwd=REPOSITORY, capture_output=True, text=True, check=False)


def test_types() -> None:
    done = run("mypy")
    assert done.returncode == 0, done.stdout + done.stderr


def test_lint() -> None:
    done = run("ruff", "check")
    assert done.returncode == 0, done.stdout


def test_floors_import_only_from_below() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("code", sorted(CODES))
def test_both_languages_of_a_finding_have_the_same_placeholders(code: str) -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert names(CODES[code]["en"]) == names(CODES[code]["zh"])


def test_every_code_that_is_used_is_in_the_table() -> None:
    used = set()
    for path in (REPOSITORY / "layout").rglob("*.py"):
        if path.name not in {"codes.py", "presscodes.py"}:
            used |= set(re.findall(r'"([EWI]\d{3})"', path.read_text(encoding="utf-8")))
    assert used <= set(CODES)


def test_rooms_are_not_crowded() -> None:
    crowded = {
        str(path.relative_to(REPOSITORY)): lines
        for path in (REPOSITORY / "layout").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 600 and not path.name.startswith("_")
    }
    assert not crowded
