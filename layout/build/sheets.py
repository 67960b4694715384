"""What is made of finished pages besides the pages: printer's spreads for the plant, proofs on paper for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.build.pagework import PageResult
    from layout.fontbook import Fontbook
    from layout.model import Issue
    from layout.pdf.variants import VariantName
    from layout.style import Style

Imposition = Literal["", "spreads"]
"""How pages lie on the plate: by themselves (plants impose them), or as printer's spreads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperProof:
    """What the slug of a paper proof says that no file knows: time, stage (一校 …), revision."""

    time: str
    stage: str = ""
    revision: str = ""


def imposed(issue: Issue, whole: bytes, variant: VariantName) -> Iterator[tuple[str, tuple[str, ...], bytes]]:
    """Yield each section's printer's spreads: its name, the ids of its pages, the file."""
    from layout.pdf.impose import impose, sections, spreads  # noqa: PLC0415 - rarely

    for name, slots in sections([page.spread or (page.id,) for page in issue.pages]).items():
        ids = tuple(dict.fromkeys(issue.pages[slot.index].id for slot in slots))
        yield name or "spreads", ids, impose(whole, spreads(slots), variant)


def paper_proofs(
    issue: Issue,
    results: Sequence[PageResult],
    pdfs: Mapping[str, bytes],
    styles: Mapping[str, Style],
    book: Fontbook,
    proof: PaperProof,
    variant: VariantName,
) -> Iterator[tuple[str, bytes]]:
    """Yield every page's proof on A3 paper, by page id."""
    from layout.build.proofpaper import Slug, proof_paper  # noqa: PLC0415 - rarely

    for result in results:
        slug = Slug(
            paper=issue.paper,
            date=issue.date,
            page=result.page,
            edition=issue.edition,
            revision=proof.revision,
            time=proof.time,
            stage=proof.stage,
        )
        style = styles[result.page]
        yield result.page, proof_paper(pdfs[result.page], slug, style, book, result.condition, variant)
