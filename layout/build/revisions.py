"""Revisions: the number of a page's version, which rises whenever the page differs from the one made before it.

The numbers go on from the reports in the output folder; nothing else of a former build is read. In a new folder every
page is revision 1, and a page built again without a change keeps its number and its bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from layout.build.pagework import PageResult


@dataclass(frozen=True, slots=True)
class Revision:
    """A page's number and the digest of what it shows."""

    number: int
    digest: str


def revisions(folder: Path, results: Sequence[PageResult]) -> dict[str, Revision]:
    """Return the pages' revisions: the former number for a page that shows the same, the next one for others."""
    former = dict(sorted(_former(folder), key=lambda item: item[1].number))
    made = {}
    for result in results:
        digest, known = result.digest, former.get(result.page)
        if known is None:
            made[result.page] = Revision(1, digest)
        else:
            made[result.page] = known if known.digest == digest else Revision(known.number + 1, digest)
    return made


def page_digest(dump: str, pictures: Iterable[str], artwork: Iterable[str]) -> str:
    """Return a digest of all that a page shows: what is drawn, the keys of its pictures, the hashes of its artwork."""
    shown = [dump, *sorted(pictures), *sorted(artwork)]
    return hashlib.sha256("\0".join(shown).encode()).hexdigest()


def _former(folder: Path) -> Iterator[tuple[str, Revision]]:
    for path in sorted(folder.glob("report*.json")):
        try:
            pages = json.loads(path.read_text(encoding="utf-8"))["pages"]
            yield from ((page["page"], Revision(int(page["revision"]), str(page["digest"]))) for page in pages)
        except (OSError, ValueError, KeyError, TypeError):
            continue  # half a build, or somebody else's file: its numbers are not known
