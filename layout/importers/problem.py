"""What importers have to complain about: remarks on a page's text as values, files that cannot be read as an error."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProblem:
    """Something an editor should look at. `line` and `column` count from 1; 0 means the whole file."""

    line: int
    column: int
    message: str
    hint: str = ""


class UnreadableError(ValueError):
    """A file that is not what its name says, or that is refused; the reason is there in both languages."""

    def __init__(self, words: tuple[str, str], **values: object) -> None:
        """Keep the reason in English and Chinese, `values` filled in."""
        texts = {name: str(value) for name, value in values.items()}
        self.problem, self.problem_zh = (text.format_map(texts) for text in words)
        super().__init__(self.problem)
