"""What a finding means and how to mend it: the pages behind `layout explain`, one a code in both languages.

The pages are Markdown, `pages/en.md` and `pages/zh.md`: under a heading with the code stand why it is said, how it
is mended, and an example. The example is the files' own language and stands in `en.md` alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from layout.diagnostics.codes import CODES

_HEADING: Final = re.compile(r"(?m)^## ([EWI]\d{3})\n")
_FENCE: Final = "```"
LANGUAGES: Final = ("en", "zh")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainPage:
    """One finding: its text with placeholders, why it is said, how to mend it, and an example."""

    code: str
    what: str
    why: str
    mend: str
    example: str


@cache
def pages(lang: str) -> dict[str, ExplainPage]:
    """Return the pages of all codes in "en" or "zh", by code."""
    examples = {code: example for code, (_, example) in _parts("en").items()}
    made = {}
    for code, (paragraphs, _) in _parts(lang).items():
        why, mend = paragraphs
        example = examples.get(code, "")
        made[code] = ExplainPage(code=code, what=CODES[code][lang], why=why, mend=mend, example=example)
    return made


def _parts(lang: str) -> dict[str, tuple[list[str], str]]:
    """Return paragraphs and example by code."""
    text = (Path(__file__).parent / "pages" / f"{lang}.md").read_text(encoding="utf-8")
    _, *rest = _HEADING.split(text)
    found = {}
    for code, body in zip(rest[::2], rest[1::2], strict=True):
        prose, _, example = body.partition(_FENCE + "\n")
        paragraphs = [" ".join(part.split("\n")) for part in prose.strip().split("\n\n")]
        found[code] = (paragraphs, example.partition(_FENCE)[0].rstrip("\n"))
    return found
