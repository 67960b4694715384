"""Signatures of a page: three reviews and three proofs (三审三校), each bound to the page as it was read.

A stage may be signed on an earlier revision when a later one of its chain was signed since: 一校 finds the errors,
二校 reads what was mended. The last stage that a style requires must be for the page as it is; a change voids it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layout.comment import Signature

CHAINS: Final = (("一审", "二审", "三审", "终审"), ("一校", "二校", "三校"))
"""The stages of review and of proof, in order."""


def missing(required: Sequence[str], signed: Iterable[Signature], page: str, revision: str) -> tuple[str, ...]:
    """Return the stages that a page still lacks.

    Args:
        required: stages that the style asks for.
        signed: all signatures of the issue.
        page: the page's id.
        revision: names the page as it is now.
    """
    own = [item for item in signed if item.page == page]
    lacking = []
    for stage in required:
        found = [item for item in own if item.stage == stage]
        fresh = any(item.revision in {revision, ""} for item in found)
        if not found or (not fresh and stage == _last(stage, required)):
            lacking.append(stage)
    return tuple(lacking)


def _last(stage: str, required: Sequence[str]) -> str:
    """Return the last stage of the same chain that is required; a stage of no chain is its own last."""
    chain = next((chain for chain in CHAINS if stage in chain), (stage,))
    return [item for item in chain if item in required][-1]
