"""`comments.yaml` and `signatures.yaml` beside an issue: read with places, written block by block at the end.

A file is one list under one key. Blocks of comments are of three sorts: a remark (`id: …`), an answer (`reply: c3`), a
change of state (`state: resolved`, `of: c3`). Nothing already written is ever changed, so a file is its own history;
what people write by hand between the blocks stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from layout.comment import Anchor, Comment, Kind, Reply, Signature, State
from layout.diagnostics import InputError
from layout.reading.emit import to_yaml
from layout.reading.source import Sources
from layout.reading.tree import Mapping, Sequence, is_empty, read_tree

if TYPE_CHECKING:
    from pathlib import Path

    from layout.reading.schema import CommentFields, ReplyFields, SignatureFields, StateFields

COMMENTS: Final = "comments.yaml"
SIGNATURES: Final = "signatures.yaml"

_HEADS: Final = {
    COMMENTS: "# 校对意见：每条意见、答复和处理各占一块，新的接在最后。\ncomments:\n",
    SIGNATURES: "# 签字：每次签字占一块，新的接在最后。\nsignatures:\n",
}
"""What a new file begins with."""

_ITEM: Final = re.compile(r"^( *)- ", re.MULTILINE)


def read_comments(folder: Path) -> tuple[Comment, ...]:
    """Return the remarks beside an issue, each with its answers and its state, in the order written.

    Raises:
        InputError: the file is there and cannot be read; it carries all findings.
    """
    sources = Sources(folder)
    made: dict[str, Comment] = {}
    for block in _blocks(folder, COMMENTS, sources):
        fields = _checked(block, sources)
        if fields is not None:
            _take(fields, block, made, sources)
    if sources.failed:
        raise InputError(sources.findings, sources.texts)
    return tuple(made.values())


def read_signatures(folder: Path) -> tuple[Signature, ...]:
    """Return the signatures beside an issue, in the order written.

    Raises:
        InputError: the file is there and cannot be read.
    """
    from layout.reading.boundary import INPUT, check  # noqa: PLC0415 - it brings pydantic
    from layout.reading.schema import SignatureFields  # noqa: PLC0415

    sources = Sources(folder)
    made = []
    for block in _blocks(folder, SIGNATURES, sources):
        fields = check(SignatureFields, block, INPUT, sources)
        if fields is not None:
            made.append(_signature(fields, block))
    if sources.failed:
        raise InputError(sources.findings, sources.texts)
    return tuple(made)


def appended(text: str, name: str, blocks: list[dict[str, Any]]) -> str:
    """Return a file's text with blocks added at its end, every former character kept.

    Args:
        text: the file as it is, empty for a new one.
        name: `COMMENTS` or `SIGNATURES`.
        blocks: plain values; those that are None or empty are left out.
    """
    head = "" if text.strip() else _HEADS[name]
    found = _ITEM.findall(text)
    indent = found[-1] if found else ""
    made = []
    for block in blocks:
        kept = {key: value for key, value in block.items() if value not in (None, "", [], ())}
        made.append("".join(f"{indent}{line}\n" for line in to_yaml([kept]).splitlines()))
    joint = "" if not text or text.endswith("\n") else "\n"
    return text + joint + head + "".join(made)


def comment_block(comment: Comment) -> dict[str, Any]:
    """Return a remark as plain values in the order in which they are written."""
    anchor = comment.anchor
    return {
        "id": comment.id,
        "page": comment.page,
        "by": comment.by,
        "at": comment.at,
        "kind": str(comment.kind),
        "must": "yes" if comment.must else None,
        "story": anchor.story if anchor else None,
        "part": anchor.part if anchor else None,
        "number": str(anchor.number) if anchor else None,
        "start": str(anchor.start) if anchor else None,
        "quote": anchor.quote if anchor else None,
        "before": anchor.before if anchor else None,
        "after": anchor.after if anchor else None,
        "spot": [f"{value:g}" for value in comment.spot] if comment.spot else None,
        "wanted": comment.wanted,
        "remark": comment.remark,
        "revision": comment.revision,
    }


# --- reading blocks ----------------------------------------------------------------------------------


def _blocks(folder: Path, name: str, sources: Sources) -> tuple[Mapping, ...]:
    path = folder / name
    if not path.is_file():
        return ()
    text = sources.read(path)
    tree = read_tree(text, sources.name(path), sources) if text and text.strip() else None
    key = name.partition(".")[0]
    listed = tree.get(key) if tree is not None else None
    if tree is not None and (listed is None or not (is_empty(listed) or isinstance(listed, Sequence))):
        sources.report("E650", span=tree.span, file=name, name=key)
    items = listed.items if isinstance(listed, Sequence) else ()
    for item in items:
        if not isinstance(item, Mapping):
            sources.report("E650", span=item.span, file=name, name=key)
    return tuple(item for item in items if isinstance(item, Mapping))


def _checked(block: Mapping, sources: Sources) -> CommentFields | ReplyFields | StateFields | None:
    """Return a block's fields; what sort of block it is shows in the key that only that sort has."""
    from layout.reading.boundary import INPUT, check  # noqa: PLC0415 - it brings pydantic
    from layout.reading.schema import CommentFields, ReplyFields, StateFields  # noqa: PLC0415

    if block.get("reply") is not None:
        return check(ReplyFields, block, INPUT, sources)
    if block.get("of") is not None:
        return check(StateFields, block, INPUT, sources)
    return check(CommentFields, block, INPUT, sources)


def _take(
    fields: CommentFields | ReplyFields | StateFields, block: Mapping, made: dict[str, Comment], sources: Sources
) -> None:
    from layout.reading.schema import CommentFields, ReplyFields  # noqa: PLC0415

    if isinstance(fields, CommentFields):
        name = fields.id.text
        if name in made:
            sources.report("E651", span=fields.id.span, name=name)
        else:
            made[name] = _comment(fields, block)
        return
    about = fields.reply if isinstance(fields, ReplyFields) else fields.of
    former = made.get(about.text)
    if former is None:
        sources.report("W652", span=about.span, name=about.text)
    elif isinstance(fields, ReplyFields):
        reply = Reply(by=fields.by.text, at=fields.at.text, text=fields.text.text)
        made[former.id] = replace(former, replies=(*former.replies, reply), version=former.version + 1)
    else:
        made[former.id] = replace(former, state=State(fields.state), version=former.version + 1)


def _comment(fields: CommentFields, block: Mapping) -> Comment:
    anchor = None
    if fields.story is not None and fields.part is not None:
        anchor = Anchor(
            story=fields.story.text,
            part=fields.part.text,
            number=fields.number,
            start=fields.start,
            quote=fields.quote.text if fields.quote else "",
            before=fields.before.text if fields.before else "",
            after=fields.after.text if fields.after else "",
        )
    return Comment(
        id=fields.id.text,
        page=fields.page.text,
        by=fields.by.text,
        at=fields.at.text if fields.at else "",
        kind=Kind(fields.kind),
        remark=fields.remark.text if fields.remark else "",
        wanted=fields.wanted.text if fields.wanted else "",
        must=fields.must,
        anchor=anchor,
        spot=(fields.spot[0], fields.spot[1]) if fields.spot else None,
        revision=fields.revision.text if fields.revision else "",
        state=State(fields.state),
        span=block.span,
    )


def _signature(fields: SignatureFields, block: Mapping) -> Signature:
    return Signature(
        page=fields.page.text,
        stage=fields.stage.text,
        by=fields.by.text,
        at=fields.at.text if fields.at else "",
        revision=fields.revision.text if fields.revision else "",
        span=block.span,
    )
