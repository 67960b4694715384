"""What stands between a finished issue and the press: a pure judgement of findings, remarks, signatures, waivers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.comment import State
from layout.diagnostics import Severity, finding
from layout.diagnostics.hints import hint
from layout.remarks.signatures import missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from layout.comment import Comment, Signature
    from layout.diagnostics import Diagnostic
    from layout.model import Waiver

STAND_INS: Final = frozenset({"W515", "W516"})
"""Findings that say that something stands in for what has not come: placeholders never leave the house."""

_SHOWN: Final = 24
"""So many characters of a remark are quoted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stops the release, what somebody answers for, and what else is to be said."""

    stopping: tuple[Diagnostic, ...]
    waived: tuple[tuple[Diagnostic, Waiver], ...]
    noted: tuple[Diagnostic, ...]


def judge(findings: Iterable[Diagnostic], waivers: Sequence[Waiver]) -> Verdict:
    """Return what of the findings stops a release.

    Errors stop, and so do stand-ins; a waiver that names the code, and the page, story or advert, lets one pass.
    """
    stopping: list[Diagnostic] = []
    waived: list[tuple[Diagnostic, Waiver]] = []
    noted: list[Diagnostic] = []
    used: set[int] = set()
    for item in findings:
        if item.severity is not Severity.ERROR and item.code not in STAND_INS:
            noted.append(item)
            continue
        index = next((at for at, waiver in enumerate(waivers) if covers(waiver, item)), None)
        if index is not None:
            used.add(index)
            waived.append((item, waivers[index]))
        elif item.code in STAND_INS:
            stopping.append(finding("E620", span=item.span, page=item.page, story=item.story, what=item.message()))
        else:
            stopping.append(item)
    for index, waiver in enumerate(waivers):
        if index not in used:
            noted.append(finding("W621", span=waiver.span, rule=waiver.rule, object=waiver.object or "*"))
    noted.extend(
        finding(
            "W622",
            span=waiver.span,
            page=item.page,
            story=item.story,
            rule=item.code,
            by=waiver.by,
            reason=waiver.reason,
        )
        for item, waiver in waived
    )
    return Verdict(tuple(stopping), tuple(waived), tuple(noted))


def covers(waiver: Waiver, item: Diagnostic) -> bool:
    """Return whether a waiver is about a finding: its code, and its page, story, or a value that it names."""
    about = {item.page, item.story, *(value for _, value in item.values)}
    return waiver.rule == item.code and (not waiver.object or waiver.object in about)


def remark_findings(comments: Iterable[Comment]) -> Iterator[Diagnostic]:
    """Yield E621 for every open remark that must be mended."""
    for comment in comments:
        if comment.must and comment.state is State.OPEN:
            said = comment.remark or comment.wanted
            text = said if len(said) <= _SHOWN else said[:_SHOWN] + "…"
            story = comment.anchor.story if comment.anchor else ""
            yield finding("E621", span=comment.span, page=comment.page, story=story, id=comment.id, text=text)


def signature_findings(
    required: Mapping[str, Sequence[str]], signatures: Sequence[Signature], revisions: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Yield E622 for every signature that a page lacks.

    Args:
        required: stages by page id.
        signatures: what was signed.
        revisions: the name of every page as it is; the last stage of a chain must be signed for it.
    """
    for page, stages in required.items():
        for stage in missing(stages, signatures, page, revisions.get(page, "")):
            before = [item.by for item in signatures if (item.page, item.stage) == (page, stage)]
            voided = hint("signed-before", by=before[-1]) if before else None
            yield finding("E622", page=page, stage=stage, hint=voided)


def section_findings(counts: Mapping[str, int], leaves: int) -> Iterator[Diagnostic]:
    """Yield W620 for every section whose pages do not fill whole sheets of `leaves` pages."""
    for name, count in counts.items():
        if count % leaves:
            yield finding("W620", section=name or "—", count=count, leaves=leaves)
