"""What the tests of the whole share: dumps read back, small issues written, text without its white space."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Squeeze = Callable[[str], str]
ReadDump = Callable[[str], "list[Run]"]
"""What the fixtures `squeezed` and `read_dump` hand out."""

_GLYPHS = re.compile(
    r"glyphs (?P<story>\S+)/(?P<part>[a-z-]+)(?:/(?P<paragraph>\d+)\.(?P<line>\d+))? (?P<face>\S+) (?P<size>\S+) [^@]+"
    r" @(?P<x>[-\d.]+),(?P<y>[-\d.]+)(?: scale \d+)?(?: rotated)?(?: knockout)? “(?P<text>.*)” \["
)


@dataclass(frozen=True)
class Run:
    """A run of glyphs as a dump tells it."""

    story: str
    part: str
    paragraph: int
    line: int
    face: str
    size: float
    x: float
    y: float
    text: str


@pytest.fixture(scope="session")
def read_dump() -> ReadDump:
    """Return a reader of the glyph runs of a dump, in drawing order."""

    def read(dump: str) -> list[Run]:
        runs = []
        for row in dump.splitlines():
            if not row.startswith("glyphs "):
                continue
            found = _GLYPHS.match(row)
            assert found is not None, row
            runs.append(
                Run(
                    story=found["story"],
                    part=found["part"],
                    paragraph=int(found["paragraph"] or 0),
                    line=int(found["line"] or 0),
                    face=found["face"],
                    size=float(found["size"]),
                    x=float(found["x"]),
                    y=float(found["y"]),
                    text=found["text"],
                )
            )
        return runs

    return read


@pytest.fixture(scope="session")
def squeezed() -> Squeeze:
    """Return a function that drops white space, and the control characters that PDFium puts for line ends."""
    return lambda text: re.sub(r"[\s\u00a0\u0000-\u001f\ufffe\uffff]+", "", text)


class WriteIssue(Protocol):
    """Writes a small issue."""

    def __call__(self, folder: Path, stories: Mapping[str, str], page: str = "", top: str = "") -> Path:
        """Return the path of an issue with one page A02.

        Args:
            folder: where.
            stories: text of the story files by id.
            page: more lines of the page's entry, in place of its list of stories where it has one.
            top: more lines at the top of the issue.
        """


@pytest.fixture(scope="session")
def write_issue() -> WriteIssue:
    def write(folder: Path, stories: Mapping[str, str], page: str = "", top: str = "") -> Path:
        (folder / "stories").mkdir(parents=True, exist_ok=True)
        for name, text in stories.items():
            (folder / "stories" / f"{name}.md").write_text(text, encoding="utf-8")
        listed = "".join(f"      - stories/{name}.md\n" for name in stories)
        body = page if "stories:" in page else f"    stories:\n{listed}{page}"
        (folder / "issue.yaml").write_text(
            f"paper: 清渡晚报\ndate: 2026-11-22\nnumber: '6318'\n{top}"
            f"pages:\n  - page: A02\n    section: 综合\n    credits: {{责编: 宋词}}\n{body}",
            encoding="utf-8",
        )
        return folder / "issue.yaml"

    return write
