"""What the reader of extracted pages has to complain about, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProblem:
    """Something an editor should look at. `line` and `column` count from 1; 0 means the whole file."""

    line: int
    column: int
    message: str
    hint: str = ""
