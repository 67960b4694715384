"""What only the whole issue shows: names spelled two ways, references to pages, repeats, numbering, credits."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span, finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from layout.checks.passage import Passage
    from layout.diagnostics import Diagnostic
    from layout.model import Issue, Photo, Story

_ROLES: Final = re.compile(
    r"本报|首席|特约|见习|实习|驻|记者|通讯员|摄影|摄|报道|文并摄|文|图|制图|绘|编辑|通讯|供图|整理|撰稿|主任|本刊|新华社|供稿"
)
_NAME: Final = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:\s?[\u4e00-\u9fff]){1,3}(?![\u4e00-\u9fff])")
_LEAST_NAME: Final = 3
"""Two names of two characters that differ in one have only the surname in common: they are two people."""

_REFERENCE: Final = re.compile(r"(?:下转|上接|详见|转|见|（)(?:第)?\s?([A-Z]?\d{1,2})\s?版(?!面|块|本)")
_PAGES_TODAY: Final = re.compile(r"今日\s?(\d{1,3}|[一二三四五六七八九十]{1,3})\s?版")
_SHINGLE: Final = 10
_SAME: Final = 0.5
"""Two stories are one when they share half of the shorter one's runs of ten characters."""

_PAGE_ID: Final = re.compile(r"([A-Za-z]*)(\d+)\Z")


def check_names(texts: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Yield names in bylines and credits of one page that differ in one character, the surname apart."""
    by_page: dict[str, dict[str, Passage]] = defaultdict(dict)
    for passage in texts:
        if passage.part in {"byline", "credit", "tail"}:
            for name in _people(passage.text):
                by_page[passage.page].setdefault(name, passage)
    for found in by_page.values():
        for first, second in combinations(sorted(found, key=lambda name: (_place(found[name]), name)), 2):
            if len(first) == len(second) >= _LEAST_NAME and first[0] == second[0]:
                differing = sum(left != right for left, right in zip(first, second, strict=True))
                if differing == 1:
                    at = max(found[second].text.find(second), 0)
                    yield found[second].report("W820", at, at + len(second), first=first, second=second)


def _place(passage: Passage) -> tuple[str, int]:
    span = passage.span(0, 1)
    return (span.file, span.line) if span else ("", 0)


def _people(text: str) -> Iterator[str]:
    for match in _NAME.finditer(_ROLES.sub(" ", text)):
        yield re.sub(r"\s", "", match[0])


def check_references(issue: Issue, texts: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Yield references to pages that the issue has not, and a 今日 N 版 that does not count them."""
    names = {name for page in issue.pages for name in (page.id, *page.spread)}
    numbers = {match[2].lstrip("0") for name in names if (match := _PAGE_ID.match(name))}
    count = sum(len(page.spread) or 1 for page in issue.pages)
    for passage in texts:
        for match in _REFERENCE.finditer(passage.text):
            if match[1] not in names and match[1].lstrip("0") not in numbers:
                yield passage.report("W821", match.start(1), match.end(1), name=match[1])
        for match in _PAGES_TODAY.finditer(passage.text):
            if match[1].isdigit() and int(match[1]) != count:
                yield passage.report("W822", *match.span(), text=match[0], count=count)
    for label, value in issue.masthead.imprint:
        for match in _PAGES_TODAY.finditer(f"{label}{value}"):
            if match[1].isdigit() and int(match[1]) != count:
                yield finding("W822", span=Span(issue.file), text=match[0], count=count)


def check_numbering(issue: Issue) -> Iterator[Diagnostic]:
    """Yield a running number that does not follow the former issue's, and gaps in the pages' ids."""
    if issue.previous is not None:
        wanted = issue.previous.number + 1
        if issue.number.isdecimal() and int(issue.number) != wanted:
            yield finding("W823", span=issue.previous.span, number=issue.number, wanted=wanted)
        if issue.previous.date >= issue.date:
            yield finding("W824", span=issue.previous.span, date=issue.date, former=issue.previous.date)
    ids = [(page, name) for page in issue.pages for name in (page.spread or (page.id,))]
    for (_, first), (page, second) in pairwise(ids):
        before, after = _PAGE_ID.match(first), _PAGE_ID.match(second)
        if before and after and before[1] == after[1] and int(after[2]) != int(before[2]) + 1:
            yield finding("W825", span=page.span, page=page.id, first=first, second=second)


def check_repeats(issue: Issue, digest: Callable[[str], str]) -> Iterator[Diagnostic]:
    """Yield headlines, stories and pictures that stand in the issue twice.

    Args:
        issue: the issue.
        digest: names a picture file's content.
    """
    stories = [(page.id, story) for page in issue.pages for story in page.stories]
    heads: dict[str, str] = {}
    for page, story in stories:
        head = re.sub(r"[\s/]", "", story.headline.text)
        if head in heads:
            yield finding("W826", span=_head_span(story), page=page, story=story.id, text=head, first=heads[head])
        heads.setdefault(head, story.id)
    for first, second in _alike([_shingles(story) for _, story in stories]):
        page, story = stories[second]
        known = stories[first][1].id
        yield finding("W827", span=_head_span(story), page=page, story=story.id, name=story.id, first=known)
    pictures: dict[str, str] = {}
    for page, story in stories:
        for photo in story.photos:
            if photo.placeholder:
                continue
            key = digest(photo.file)
            if key in pictures:
                yield finding("W828", span=photo.span, page=page, story=story.id, file=photo.file, first=pictures[key])
            pictures.setdefault(key, story.id)


def _alike(shingled: Sequence[set[str]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of texts that share most of the shorter one; only texts with anything in common are compared."""
    where: dict[str, list[int]] = {}
    for second, shingles in enumerate(shingled):
        shared = Counter(first for shingle in shingles for first in where.get(shingle, ()))
        for first, count in sorted(shared.items()):
            if count >= _SAME * min(len(shingled[first]), len(shingles)):
                yield first, second
        for shingle in shingles:
            where.setdefault(shingle, []).append(second)


def _shingles(story: Story) -> set[str]:
    text = "".join(block.text.text for block in story.body)
    return {text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1)}


def _head_span(story: Story) -> Span | None:
    origin = story.headline.origin
    if origin is None:
        return story.span
    line, column = origin.locate(0)
    return Span(origin.file, line, column, line, column + len(story.headline.text))


def check_credits(issue: Issue) -> Iterator[Diagnostic]:
    """Yield pictures with a caption that nobody signs."""
    for page in issue.pages:
        for story in page.stories:
            for photo in story.photos:
                if photo.caption and not photo.credit and not _signed(photo):
                    yield finding("W829", span=photo.span, page=page.id, story=story.id, file=photo.file)


def _signed(photo: Photo) -> bool:
    """Tell whether the caption itself ends in a credit: `张三摄`, `新华社发`, `资料图片`."""
    text = photo.caption.text.rstrip("。）)") if photo.caption else ""
    return text.endswith(("摄", "供图", "绘", "制图", "发", "资料图片", "资料图", "图"))
