"""`comments.yaml` and `signatures.yaml` beside an issue, as far as a release asks; an absent file is an empty one.

Each holds one list under its own name: `comments: [{id, text, page, story, must: yes, state: open}]`, `signatures:
[{page, stage, by, sha256}]`. What else their blocks say is for others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layout.comment import Remark, Signature
from layout.diagnostics import InputError
from layout.reading.source import Sources
from layout.reading.tree import Mapping, Scalar, Sequence, is_empty, read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMENTS: Final = "comments.yaml"
SIGNATURES: Final = "signatures.yaml"

CLOSED: Final = frozenset({"closed", "done", "resolved"})
"""States of a remark that need no more work."""

_TRUE: Final = frozenset({"yes", "true"})


def read_remarks(folder: Path) -> tuple[Remark, ...]:
    """Return the remarks of an issue: `{id, text, page, story, must: yes, state: open}` each.

    Raises:
        InputError: the file is there and cannot be read.
    """
    return tuple(
        Remark(
            id=_text(block, "id"),
            text=_text(block, "text"),
            page=_text(block, "page"),
            story=_text(block, "story"),
            must=_text(block, "must").lower() in _TRUE,
            closed=_text(block, "state").lower() in CLOSED,
            span=block.span,
        )
        for block in _blocks(folder, COMMENTS)
    )


def read_signatures(folder: Path) -> tuple[Signature, ...]:
    """Return the signatures of an issue: `{page, stage, by, sha256}` each.

    Raises:
        InputError: the file is there and cannot be read.
    """
    return tuple(
        Signature(
            page=_text(block, "page"),
            stage=_text(block, "stage"),
            by=_text(block, "by"),
            sha256=_text(block, "sha256"),
            span=block.span,
        )
        for block in _blocks(folder, SIGNATURES)
    )


def _blocks(folder: Path, name: str) -> Iterator[Mapping]:
    """Yield the blocks of a file's list."""
    path = folder / name
    if not path.is_file():
        return
    sources = Sources(folder)
    text = sources.read(path)
    tree = read_tree(text, sources.name(path), sources) if text and text.strip() else None
    key = name.partition(".")[0]
    listed = tree.get(key) if tree is not None else None
    blocks = listed.items if isinstance(listed, Sequence) else ()
    wrong = [item.span for item in blocks if not isinstance(item, Mapping)]
    if tree is not None and listed is None and tree.items:
        wrong.append(tree.items[0][0].span)
    elif listed is not None and not isinstance(listed, Sequence) and not is_empty(listed):
        wrong.append(listed.span)
    for span in wrong:
        sources.report("E625", span=span, file=name, name=key)
    if sources.failed:
        raise InputError(sources.findings, sources.texts)
    yield from (item for item in blocks if isinstance(item, Mapping))


def _text(block: Mapping, key: str) -> str:
    value = block.get(key)
    return value.text if isinstance(value, Scalar) else ""
