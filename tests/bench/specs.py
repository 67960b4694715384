"""Pages made from specifications: stories cut from our own prose, headlines from its clauses, pictures as wanted.

A specification says how much of the page every story takes (`../shared/pages/README.md`); this turns it into an issue
with one page that the engine sets like any other. The same specification gives the same page.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from layout.model import Advert, Block, BlockKind, Entry, Issue, Masthead, Page, Photo, RichText, Story
from layout.reading.styles import read_style
from layout.text.headline import band_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.style import Style

REPOSITORY: Final = Path(__file__).resolve().parents[2]
SPECS: Final = REPOSITORY.parent / "shared" / "pages" / "specs.json"
CORPUS: Final = REPOSITORY / "seeds" / "corpus"

KINDS: Final = {"1/3": "1/3版"}
"""Kinds of adverts in specifications that styles call otherwise."""

WIDTHS: Final = {1: 4, 2: 3, 3: 2, 4: 1}
"""Columns that a story of a rank takes by nature."""

SPANS: Final = {1: (4, 3, 2, 1), 2: (2, 1), 3: (2, 1), 4: (1,)}
"""Columns that a picture takes by nature: the first at which it leaves its story's text enough room."""

PICTURE_MOST: Final = 0.72
"""The share of a story that its picture takes at most by nature; of a picture story it may take any."""

LINE_LOSS: Final = 0.45
"""What a paragraph's last line leaves empty, in lines."""

TRIES: Final = 12
"""Places in the prose that are tried for one story."""

LEAST_TEXT: Final = 3
"""Lines of text of the shortest story."""

SENTENCE: Final = re.compile(r"[^。！？…]*(?:[。！？]|……)[”’）》」]*")
CLAUSE: Final = re.compile(r"[^，。；：、！？…—“”‘’（）［］《》\s]+")
PIXELS: Final = 3600
"""Pixels across a picture: enough for every width."""


@dataclass(frozen=True)
class Spec:
    """One page to make: its id, the style it is set in, and the issue that has it."""

    id: str
    style: Style
    issue: Issue
    count: int

    @property
    def page(self) -> Page:
        """The page."""
        return self.issue.pages[0]


def read_specs(path: Path = SPECS, pictures: Path = Path("pictures")) -> tuple[Spec, ...]:
    """Return the pages of a file of specifications; `pictures` is the folder that its pictures will lie in."""
    return tuple(make_spec(data, pictures) for data in json.loads(path.read_text(encoding="utf-8")))


def make_spec(data: Mapping[str, Any], pictures: Path) -> Spec:
    """Return the page of one specification."""
    style = _style(data["style"])
    adverts = tuple(_advert(number, one, style) for number, one in enumerate(data["adverts"], 1))
    banner = RichText(_words(f"{data['id']} banner", 15)) if data["banner"] else None
    volume = data["fill"] * _free(data, style)
    stories = tuple(
        _story(f"{data['id']}-{number}", one, one["share"] * volume, style, pictures, front=data["front"])
        for number, one in enumerate(data["stories"], 1)
    )
    page = Page(
        id="A01",
        section="要闻",
        style=data["style"],
        front=data["front"],
        banner=banner,
        entries=tuple(Entry(stories=(story,)) for story in stories),
        adverts=adverts,
        credits=(("责编", "宋词"),),
    )
    fillers = tuple(_filler(f"{data['id']}-f{number}") for number in range(1, data["fillers"] + 1))
    issue = Issue(
        paper="清渡晚报",
        date="2026-11-22",
        number="6318",
        region="zh-Hans",
        masthead=Masthead(),
        pages=(page,),
        fillers=fillers,
    )
    return Spec(data["id"], style, issue, len(stories))


@lru_cache
def _style(name: str) -> Style:
    return read_style(name, None, None, "zh-Hans")


def _advert(number: int, data: Mapping[str, Any], style: Style) -> Advert:
    kind = KINDS.get(data["kind"], data["kind"])
    widths = {name: width for name, width, _ in style.advert.kinds}
    width = widths["通栏" if data["columns"] == "all" else "半通栏"]
    return Advert(id=f"advert-{number}", kind=kind, width=width, height=float(data["height_mm"]))


def _free(data: Mapping[str, Any], style: Style) -> float:
    """Return the column lines that furniture and adverts leave."""
    grid = style.grid
    lines = float(grid.columns * grid.lines)
    lines -= style.nameplate.lines * grid.columns if data["front"] else 0
    lines -= style.banner.lines * grid.columns if data["banner"] else 0
    for advert in data["adverts"]:
        columns = grid.columns if advert["columns"] == "all" else grid.columns / 2
        lines -= columns * (advert["height_mm"] * 72 / 25.4 * 1000 / grid.pitch)
    return lines


def _story(name: str, data: Mapping[str, Any], volume: float, style: Style, pictures: Path, *, front: bool) -> Story:
    """Return a story whose head, picture and text take about `volume` column lines."""
    rank = data["rank"]
    head = _head_lines(rank, style, front=front)
    alone = data.get("photo_story", False)
    photo, taken = None, 0.0
    if "photo" in data:
        photo, taken = _photo(
            name, data["photo"], volume if alone else (volume - head) * PICTURE_MOST, style, pictures, rank
        )
    blocks: tuple[Block, ...] = ()
    if not alone:
        lines = max(LEAST_TEXT, volume - head - taken)
        blocks = tuple(_paragraphs(name, data["paragraphs"], lines, style))
    return Story(
        id=name,
        rank=rank,
        headline=RichText(_words(f"{name} head", data["head_chars"])),
        kicker=_optional(name, "kicker", data),
        deck=_optional(name, "deck", data),
        dateline=None if alone or rank == 4 else RichText("本报讯"),
        body=blocks,
        photos=(photo,) if photo else (),
        locked=data.get("locked", False),
    )


def _optional(name: str, part: str, data: Mapping[str, Any]) -> RichText | None:
    count = data.get(f"{part}_chars")
    return RichText(_words(f"{name} {part}", count)) if count else None


def _head_lines(rank: int, style: Style, *, front: bool) -> float:
    """Return the column lines of a head in the middle of its band, the blank line that closes the module included."""
    columns = WIDTHS[rank]
    band = band_for(style.heads, rank, columns, front=front)
    assert band is not None
    return (sum(band.slot) / 2 + 1) * columns


def _photo(
    name: str, data: Mapping[str, Any], most: float, style: Style, pictures: Path, rank: int
) -> tuple[Photo, float]:
    """Return a picture and the column lines that it takes by nature with its caption."""
    aspect = data["aspect"]
    taken = 0.0
    for span in SPANS[rank]:
        rows = min(2, -(-data["caption_chars"] * style.caption.size // style.span_width(span)))
        caption = style.photo.caption_gap + rows * style.caption.pitch + style.photo.clear
        taken = span * (style.span_width(span) / aspect + caption) / style.grid.pitch
        if taken <= most:
            break
    photo = Photo(
        file=str(pictures / f"{aspect}.png"),
        pixels=(PIXELS, round(PIXELS / aspect)),
        caption=RichText(_prose(f"{name} caption", data["caption_chars"])),
        crop=data["croppable"],
    )
    return photo, taken


def _paragraphs(name: str, count: int, lines: float, style: Style) -> Iterator[Block]:
    """Yield paragraphs that take about so many lines of one column."""
    characters = style.grid.characters
    wanted = max(count * characters * 0.6, (lines - LINE_LOSS * count) * characters - 2 * count)
    for text in _cut(name, count, round(wanted)):
        yield Block(BlockKind.PARAGRAPH, RichText(text))


def _filler(name: str) -> Story:
    """Return a brief of 60 to 120 characters."""
    size = 60 + _number(name) % 61
    (text,) = _cut(name, 1, size)
    head = RichText(_words(f"{name} head", 8 + _number(name) % 5))
    return Story(id=name, rank=4, headline=head, body=(Block(BlockKind.PARAGRAPH, RichText(text)),))


# --- words -----------------------------------------------------------------------------------------


def _number(name: str) -> int:
    """Return a number that a name stands for, the same on every machine."""
    state = 2_166_136_261
    for char in name:
        state = (state ^ ord(char)) * 16_777_619 & 0xFFFF_FFFF
    return state


@lru_cache
def _sentences() -> tuple[str, ...]:
    """Return all sentences of the prose at hand, in order."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    found = []
    for text in texts:
        for line in text.splitlines():
            found += [sentence for sentence in SENTENCE.findall(line.strip()) if sentence.strip("。！？”")]
    return tuple(found)


def _cut(name: str, count: int, size: int) -> list[str]:
    """Return `count` paragraphs of about `size` characters in all, cut at sentence ends.

    Of a few places in the prose the one is taken that comes nearest.
    """
    tries = (_cut_at(_number(f"{name} {number}"), count, size) for number in range(TRIES))
    return min(tries, key=lambda found: abs(sum(map(len, found)) - size))


def _cut_at(start: int, count: int, size: int) -> list[str]:
    sentences = _sentences()
    place = start % len(sentences)
    made: list[str] = []
    total = 0
    for number in range(1, count + 1):
        paragraph = ""
        goal = size * number // count
        while True:
            sentence = sentences[place % len(sentences)]
            after = total + len(paragraph) + len(sentence)
            if paragraph and abs(after - goal) >= abs(total + len(paragraph) - goal):
                break
            paragraph += sentence
            place += 1
        total += len(paragraph)
        made.append(paragraph)
    return made


@lru_cache
def _clauses() -> tuple[str, ...]:
    found = {clause for sentence in _sentences() for clause in CLAUSE.findall(sentence)}
    return tuple(sorted(clause for clause in found if 2 <= len(clause) <= 16 and not clause.isascii()))


def _words(name: str, size: int) -> str:
    """Return a headline of exactly `size` characters: one clause, or two or three with spaces between."""
    clauses = _clauses()
    state = _number(name)
    for parts in (1, 2, 3, 4):
        if size > 11 * parts:
            continue
        room = size - (parts - 1)
        lengths = [room // parts + (number < room % parts) for number in range(parts)]
        chosen = []
        for number, length in enumerate(lengths):
            fitting = [clause for clause in clauses if len(clause) == length]
            if fitting:
                chosen.append(fitting[(state >> (4 * number)) % len(fitting)])
        if len(chosen) == parts:
            return "\u3000".join(chosen)
    message = f"no headline of {size} characters"
    raise ValueError(message)


def _prose(name: str, size: int) -> str:
    """Return a caption of `size` characters: clauses and a stop."""
    clauses, state = _clauses(), _number(name)
    text = ""
    while len(text) < size - 3:
        room = size - 1 - len(text)
        fitting = [clause for clause in clauses if len(clause) == room or len(clause) <= min(room - 3, 12)]
        whole = [clause for clause in fitting if len(clause) == room]
        text += f"{(whole or fitting)[state % len(whole or fitting)]}，"
        state = state * 7 + 1
    return f"{text[:-1]}。"


def picture_files(specs: Sequence[Spec]) -> dict[str, tuple[int, int]]:
    """Return the picture files that pages ask for with their sizes in pixels."""
    return {photo.file: photo.pixels for spec in specs for story in spec.page.stories for photo in story.photos}
