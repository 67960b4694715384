"""Remarks and their pages: drawn into proofs, read from annotated files, checked against what was mended."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.annotate import annotated, annotations_of
from layout.build.assignment import assigned
from layout.build.memo import Memo
from layout.build.pagework import PageTask, issue_fonts
from layout.build.rounds import make_pages
from layout.comment import Signature, State
from layout.diagnostics import InputError, OutputError, finding
from layout.diff.dumped import read_dump
from layout.diff.texts import told
from layout.fontbook import load_fontbook
from layout.remarks.corrections import corrections, strays
from layout.remarks.listing import asked
from layout.remarks.mending import mended
from layout.remarks.notes import finding_notes, notes, remarks
from layout.remarks.store import Store
from layout.resources import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.comment import Comment
    from layout.diagnostics import Diagnostic
    from layout.diff.dumped import Dumped
    from layout.model import Issue, Story
    from layout.proof.pagemap import PageMap
    from layout.reading.issue import Reading
    from layout.remarks.corrections import Texts
    from layout.remarks.mending import Mending

REVISION: Final = 12
"""Characters of a page's hash that name its revision in files that people read."""

_PAGE_FILE: Final = re.compile(r"([^/\\]+?)(?:\.annotated|\.draft)?\.pdf\Z", re.IGNORECASE)


def revision_of(dump: str) -> str:
    """Return the name of a page as it is: the head of its display dump's hash."""
    return sha256(dump.encode()).hexdigest()[:REVISION]


def stories_of(issue: Issue) -> dict[str, Story]:
    """Return the stories of an issue by id, those of its bank too."""
    waiting = {one.story.id: one.story for one in issue.bank}
    return {**waiting, **{story.id: story for page in issue.pages for story in page.stories}}


def annotated_page(pdf: bytes, page: PageMap, comments: Sequence[Comment], findings: Sequence[Diagnostic]) -> bytes:
    """Return a page's file with its open remarks and its findings as annotations."""
    open_ones = [item for item in comments if item.page == page.page and item.state is State.OPEN]
    own = [item for item in findings if item.page == page.page]
    return annotated(pdf, (*notes(page, open_ones), *finding_notes(page, own)))


def page_maps(reading: Reading, names: Sequence[str], cache: Path | None) -> tuple[PageMap, ...]:
    """Return the maps of pages, made anew from the issue; all pages where no names are given."""
    dealt = assigned(reading, load_fontbook(fonts_folder(), issue_fonts(reading.issue)))
    reading = dealt.reading
    tasks = [
        PageTask(
            issue=reading.issue,
            page=page,
            style=reading.styles[page.id],
            story_styles=reading.story_styles,
            condition=reading.conditions.get(page.id, reading.condition),
            variant="x1a",
            cache=cache,
        )
        for page in reading.issue.pages
    ]
    wanted = [page.id for page in reading.issue.pages if not names or page.id in names]
    made = make_pages(reading.issue, tasks, wanted, {}, 0, lambda _done, _total: None, Memo(), dealt.loose)
    return tuple(result.map for result in made.results)


def import_notes(
    reading: Reading, path: Path, cache: Path | None
) -> tuple[tuple[Comment, ...], tuple[Diagnostic, ...]]:
    """Keep the annotations of a file as remarks, and return those that are new with what could not be placed.

    A file named after a page (`A01.annotated.pdf`) is that page; any other holds the issue's pages in order.

    Raises:
        InputError: the file is not there or no PDF.
        OutputError: the remarks cannot be written.
    """
    try:
        found = annotations_of(path.read_bytes())
    except FileNotFoundError as problem:
        raise InputError([finding("E101", file=path)]) from problem
    except OSError as problem:
        raise InputError([finding("E122", file=path, problem=problem)]) from problem
    match = _PAGE_FILE.search(path.name)
    known = {page.id for page in reading.issue.pages}
    own = [match[1]] if match and match[1] in known else []
    store = Store(Path(reading.issue.folder))
    made, said = remarks(found, list(page_maps(reading, own, cache)), store.comments())
    return tuple(store.add(comment) for comment in made), said


def checked(reading: Reading, out: Path, comments: Sequence[Comment]) -> Iterator[Diagnostic]:
    """Yield what became of every requested correction, and the changes since the earlier version that none covers.

    Args:
        reading: the issue as it is.
        out: the folder of its build, where the earlier version is kept.
        comments: the remarks.
    """
    for item in corrections(comments, stories_of(reading.issue)):
        text = f"{asked(item.comment)} ⇒ {'?' if item.now is None else item.now or '∅'}"
        code = "I660" if item.done else "W661"
        anchor = item.comment.anchor
        story = anchor.story if anchor else ""
        yield finding(
            code, span=item.comment.span, page=item.comment.page, story=story, name=item.comment.id, text=text
        )
    for page in reading.issue.pages:
        before, after = _dump(out / "former" / f"{page.id}.txt"), _dump(out / "dumps" / f"{page.id}.txt")
        if before is None or after is None:
            continue
        own = [item for item in comments if item.page == page.id]
        for stray in strays(_texts(before), _texts(after), own):
            old = before.text((stray.story, stray.part, stray.number))
            yield finding("W659", page=page.id, story=stray.story, text=told(old, stray.edit))


def _dump(path: Path) -> Dumped | None:
    return read_dump(path.read_text(encoding="utf-8")) if path.is_file() else None


def _texts(page: Dumped) -> tuple[Texts, ...]:
    return tuple((*place, page.text(place)) for place in page.runs)


def mending_of(reading: Reading, name: str) -> tuple[Comment, Mending]:
    """Return a correction and what it does to its story's file.

    Raises:
        InputError: there is no such remark, or it cannot be carried out.
    """
    comment = next((item for item in Store(Path(reading.issue.folder)).comments() if item.id == name), None)
    story = stories_of(reading.issue).get(comment.anchor.story) if comment and comment.anchor else None
    if comment is None:
        raise InputError([finding("E658", name=name)])
    if story is None:
        problem, problem_zh = "its story is not in the issue", "稿件不在本期"
        raise InputError([finding("E657", span=comment.span, name=name, problem=problem, problem_zh=problem_zh)])
    return comment, mended(comment, story, reading.sources[story.file])


def apply_correction(reading: Reading, comment: Comment, mending: Mending, *, by: str, at: str) -> None:
    """Write a mended story file whole or not at all, and close the remark.

    Raises:
        InputError: the file is not what was read any more.
        OutputError: it cannot be written.
    """
    path = _story_path(reading, mending.file)
    if path.read_text(encoding="utf-8") != mending.before:
        problem, problem_zh = "the story file was changed meanwhile", "稿件文件已被改动"
        raise InputError([finding("E657", span=comment.span, name=comment.id, problem=problem, problem_zh=problem_zh)])
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(mending.after.encode())
        os.replace(beside, path)  # noqa: PTH105 - atomic on every platform
    except OSError as problem:
        beside.unlink(missing_ok=True)
        raise OutputError([finding("E501", file=mending.file, problem=problem.strerror or problem)]) from problem
    Store(Path(reading.issue.folder)).close(comment.id, comment.version, by, at, State.RESOLVED)


def _story_path(reading: Reading, file: str) -> Path:
    """Return the path of a file that spans name: they name it from where the command ran."""
    return Path(reading.issue.folder) / reading.issue.relative(file)


def sign_page(reading: Reading, out: Path, page: str, stage: str, by: str, at: str) -> Signature:
    """Sign a page as it lies in a build's folder.

    Raises:
        InputError: the issue has no such page, or it is not built.
        OutputError: the signature cannot be written.
    """
    if page not in {item.id for item in reading.issue.pages}:
        problem, problem_zh = "the issue has no such page", "本期没有这个版"
        raise InputError([finding("E662", page=page, name=page, problem=problem, problem_zh=problem_zh)])
    dump = out / "dumps" / f"{page}.txt"
    if not dump.is_file():
        problem, problem_zh = "build it before it is signed", "请先生成版面再签字"
        raise InputError([finding("E662", page=page, name=page, problem=problem, problem_zh=problem_zh)])
    revision = revision_of(dump.read_text(encoding="utf-8"))
    signature = Signature(page=page, stage=stage, by=by, at=at, revision=revision)
    Store(Path(reading.issue.folder)).sign(signature)
    return signature
