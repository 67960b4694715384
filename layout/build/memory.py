"""What the segmenter has said, kept on disk beside the converted pictures; safe to delete.

The file's name holds the dictionary's version and the words it is taught: another dictionary has another file.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.text import lexicon, words
from layout.text.segmented import learnt, recall

if TYPE_CHECKING:
    from layout.text.segmented import Answer, Question

_NAME: Final = "words-{}.json"


@lru_cache(maxsize=4)
def remember(cache: Path) -> None:
    """Recall what a cache folder holds; once for a folder, and nothing where the file is missing or damaged."""
    recall(_read(_file(cache)))


def keep(cache: Path) -> None:
    """Lay what is new beside what is known; a cache that cannot be written is no fault."""
    new = learnt()
    path = _file(cache)
    known = _read(path) if new else {}
    if not new or new.items() <= known.items():
        return
    rows = [[text, guess, [list(word) for word in answer]] for (text, guess), answer in sorted((known | new).items())]
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        os.replace(beside, path)  # noqa: PTH105 - whole or not at all, other processes may read it


def _file(cache: Path) -> Path:
    try:
        release = version("rjieba")
    except PackageNotFoundError:
        release = "unknown"
    taught = b"\0".join(Path(str(room.__file__)).read_bytes() for room in (lexicon, words))
    return cache / _NAME.format(hashlib.sha256(release.encode() + b"\0" + taught).hexdigest()[:16])


def _read(path: Path) -> dict[Question, Answer]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {
            (str(text), bool(guess)): tuple((str(word), str(tag)) for word, tag in answer)
            for text, guess, answer in rows
        }
    except (OSError, ValueError, TypeError):
        return {}
