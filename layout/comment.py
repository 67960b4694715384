"""What proofreaders leave: remarks with their anchors, answers, and signatures.

An anchor says where a remark stands by the words themselves (W3C Web Annotation Data Model, TextQuoteSelector and
TextPositionSelector), so that it survives edits of the story and changes of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from layout.diagnostics import Span

CONTEXT: Final = 32
"""Characters kept before and after a quoted passage."""


class Kind(StrEnum):
    """The proofreader's mark (GB/T 14706-1993 names the first nine), or what else a remark is about."""

    TYPO = "typo"  # 改正
    DELETE = "delete"  # 删除
    INSERT = "insert"  # 增补
    REPLACE = "replace"  # 换用
    TRANSPOSE = "transpose"  # 对调
    MOVE = "move"  # 转移
    JOIN = "join"  # 接排
    SPLIT = "split"  # 另起段
    SPACE = "space"  # 加大或减小空距
    QUERY = "query"
    PICTURE = "picture"
    LAYOUT = "layout"


CORRECTIONS: Final = frozenset({Kind.TYPO, Kind.DELETE, Kind.INSERT, Kind.REPLACE, Kind.TRANSPOSE})
"""Kinds that ask for other words: they carry what is wanted and can be seen to be done."""


class State(StrEnum):
    """Whether a remark still asks for something."""

    OPEN = "open"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A passage of a story: part (`headline`, `body`, `caption` …), number of the paragraph, offset, words, context.

    `number` counts as on the page: a story's blocks from 1, pictures from 0, heads 0. An insertion quotes nothing: it
    stands between `before` and `after`.
    """

    story: str
    part: str
    number: int
    start: int
    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer to a remark."""

    by: str
    at: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A remark.

    `at` is ISO 8601 text; `wanted` the words that a correction asks for; `spot` a place on the page in mm from the
    head-left corner of the trim box, for remarks about no text; `revision` names the page as it was read (hash of its
    display dump); `version` counts the blocks that make up this remark, for those who change it at the same time.
    """

    id: str
    page: str
    by: str
    at: str
    kind: Kind
    remark: str = ""
    wanted: str = ""
    must: bool = False
    anchor: Anchor | None = None
    spot: tuple[float, float] | None = None
    revision: str = ""
    state: State = State.OPEN
    replies: tuple[Reply, ...] = ()
    version: int = 1
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Somebody's word for a stage of a page (一审 … 终审, 一校 … 三校), bound to the page as it was: its revision."""

    page: str
    stage: str
    by: str
    at: str = ""
    revision: str = ""
    span: Span | None = field(default=None, compare=False)
