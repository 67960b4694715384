"""From a plan to a display list: draw the modules, the rules between them and the furniture around them.

Every setting is made again by the function that priced it (`fill`, `fit_heads`, `set_caption`), with the same
arguments, so what was measured is what is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from layout.display import Sheet
from layout.page.easel import Easel
from layout.page.figures import page_figures, report_page
from layout.page.furniture import (
    check_adverts,
    check_nameplate_rank,
    draw_advert,
    draw_banner,
    draw_credits,
    draw_folio,
    draw_index,
    draw_nameplate,
)
from layout.page.module import draw_module
from layout.page.rules import draw_rules
from layout.page.score import score_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layout.diagnostics import Diagnostic
    from layout.fontbook import Fontbook
    from layout.model import Issue, Page
    from layout.page.copy import Copy
    from layout.plan import PagePlan
    from layout.style import Style


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Composed:
    """A finished page: its display list, what is to be said of it, its figures, the text that did not fit."""

    sheet: Sheet
    findings: tuple[Diagnostic, ...]
    metrics: Mapping[str, Any]
    overset: Mapping[str, str]


def compose(
    issue: Issue,
    page: Page,
    style: Style,
    book: Fontbook,
    plan: PagePlan,
    copies: Mapping[str, Copy],
    targets: Mapping[str, str] | None = None,
) -> Composed:
    """Return the page that a plan describes.

    Args:
        issue: the issue.
        page: the page, with all that stands on it.
        style: its style.
        book: the faces.
        plan: where everything stands.
        copies: the stories' shaped text.
        targets: the pages where stories go on, by story; by default the ones they name.
    """
    named = {story.id: story.jump for story in page.stories if story.jump}
    easel = Easel(issue=issue, page=page, style=style, book=book, copies=copies, targets={**named, **(targets or {})})
    entries = {entry.id: entry for entry in page.entries}
    for module in plan.modules:
        draw_module(easel, entries[module.id], module.cells, module.variant)
    easel.draw(draw_rules(page, plan, style))
    _furniture(easel, plan)
    report_page(easel, plan)
    sheet = Sheet(
        page=page.id,
        trim=(style.sheet.width, style.sheet.height),
        bleed=style.sheet.bleed,
        ops=tuple(easel.ops),
    )
    score = score_page(sheet, page, plan, style, book, easel.overset)
    return Composed(
        sheet=sheet,
        findings=tuple(easel.findings),
        metrics={**page_figures(easel, plan), "score": {name: one._asdict() for name, one in score.items()}},
        overset=dict(easel.overset),
    )


def _furniture(easel: Easel, plan: PagePlan) -> None:
    issue, page, style, book = easel.issue, easel.page, easel.style, easel.book
    blocks = dict(plan.blocks)
    drawn = [draw_nameplate(issue, page, style, book) if page.front else draw_folio(issue, page, style, book)]
    if "banner" in blocks:
        drawn.append(draw_banner(page, style, book, blocks["banner"]))
    if "index" in blocks:
        drawn.append(draw_index(page, style, book, blocks["index"]))
    elif page.index is not None:
        easel.say("E402", None, page.index.span, name="index")
    drawn.extend(
        draw_advert(advert, blocks[f"advert:{advert.id}"], style, book)
        for advert in page.adverts
        if f"advert:{advert.id}" in blocks
    )
    drawn.append(draw_credits(page, style, book))
    easel.findings.extend(check_adverts(page, style))
    for piece in drawn:
        easel.draw(piece.ops)
    findings = [item for piece in drawn for item in piece.findings]
    findings.extend(check_adverts(page, style))
    if page.front:
        findings.extend(check_nameplate_rank(easel.heads, issue, style))
    easel.findings.extend(replace(item, page=page.id) for item in findings)
