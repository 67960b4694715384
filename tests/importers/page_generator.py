"""Cut pages from sample stories the way a PDF extractor leaves them, with the truth written down.

Everything comes from one seed. A cut page has lines of text with blank lines between; paragraphs are cut where a
column would have ended, mostly inside a sentence, and the truth says at which lines they belong together.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE_END = re.compile(r"[。！？…][”’」』）》]*$")
NO_LINE_START = "，。、；：？！”’》〉）】」』…—％%℃"
BANNERS = (
    "深入学习贯彻全会精神 奋力谱写清渡发展新篇章",
    "凝心聚力开新局 砥砺奋进启新程",
    "聚焦“十五五”开局之年 共绘两岸美好图景",
    "弘扬劳动精神 建设幸福清渡",
    "关注冬季民生 温暖千家万户",
    "坚持生态优先 守护一河清水",
    "以更大力度优化营商环境 以更实举措服务民营企业",
    "喜迎清渡撤县设市四十周年特别报道",
    "岁末年终看项目 清渡两会特别报道",
    "学先进 赶先进 争当新时代奋斗者",
    "扎实推进乡村全面振兴 加快建设农业强市",
    "新春走基层 文明过大年",
)
PHOTOGRAPHERS = ("邵川", "罗霁", "沈知夏", "陆骁", "何以宁")
CREDITS = ("本报记者 {} 摄影报道", "记者 {} 摄影报道", "本报记者 {} 摄", "{} 摄影报道", "本报通讯员 {} 摄影报道")
FOLIO = ("A03 城事", "2026年11月22日 星期日", "责编：宋词 美编：温棠 校对：贾实", "第3版")


@dataclass(frozen=True)
class SampleStory:
    """A story as written, markup gone. `body` is (text, whether it is a subhead)."""

    headline: str
    body: tuple[tuple[str, bool], ...]
    kicker: str = ""
    deck: str = ""
    dateline: str = ""
    byline: str = ""
    tail: str = ""
    caption: str = ""
    photo: bool = False


@dataclass
class Truth:
    """What a cut page holds, by line number from 1."""

    joins: set[tuple[int, int]] = field(default_factory=set)
    heads: dict[int, str] = field(default_factory=dict)
    subheads: set[int] = field(default_factory=set)
    headlines: list[str] = field(default_factory=list)
    photo_headlines: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CutPage:
    """A page of text and what is true of it."""

    text: str
    truth: Truth


@dataclass
class _Piece:
    text: str
    role: str = ""
    joins: _Piece | None = None
    line: int = 0
    indent: bool = False


def plain(text: str) -> str:
    """Return a story's text without its inline markup."""
    text = re.sub(r"\|([^|()]*)\([^()]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\*\*|[{}^]", "", text).strip()


def read_story(path: Path) -> SampleStory:
    """Return one sample story of `path`: front matter, paragraphs, subheads."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = yaml.safe_load(front)
    body = re.sub(r"(?ms)^(```|:::).*?^\1\s*$", "", body)
    parts = [part.strip() for part in re.split(r"\n\s*\n", body) if part.strip()]
    blocks = tuple((plain(part.removeprefix("## ").replace("\n", "")), part.startswith("## ")) for part in parts)
    tail = str(fields.get("tail") or "")
    caption = ""
    for photo in fields.get("photos") or []:
        caption = f"{photo.get('caption', '')} {photo.get('credit', '')}".strip()
    return SampleStory(
        headline=plain(str(fields["headline"])),
        kicker=plain(str(fields.get("kicker") or "")),
        deck=plain(str(fields.get("deck") or "")),
        dateline=str(fields.get("dateline") or ""),
        byline=str(fields.get("byline") or ""),
        tail=tail,
        caption=caption,
        photo="摄影报道" in tail,
        body=blocks,
    )


def read_corpus(path: Path) -> SampleStory:
    """Return a plain text file as a story: its first line is the headline."""
    parts = [part.strip().replace("\n", "") for part in re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))]
    parts = [part for part in parts if part]
    return SampleStory(headline=parts[0], body=tuple((part, False) for part in parts[1:]), dateline="本报讯")


def sample_stories(seeds: Path) -> list[SampleStory]:
    """Return all stories under the `seeds` folder, in the order of their names."""
    stories = [read_story(path) for path in sorted((seeds / "qingdu" / "stories").glob("*.md"))]
    return stories + [read_corpus(path) for path in sorted((seeds / "corpus").glob("*.txt"))]


def cut_page(stories: list[SampleStory], seed: int) -> CutPage:
    """Return the page that `seed` cuts from `stories`."""
    return _Cutter(random.Random(seed)).page(stories)  # noqa: S311 - samples, not secrets


class _Cutter:
    """Draws every choice from one generator."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.cut_rate = chance.choice((0.2, 0.35, 0.5))
        self.keep_kicker = chance.random() < 0.8
        self.keep_deck = chance.random() < 0.8
        self.indent = chance.random() < 0.15
        self.gaps = chance.choice(((1,), (1, 1, 2), (1, 2)))
        self.headless_rows = chance.random() < 0.1

    def page(self, stories: list[SampleStory]) -> CutPage:
        truth = Truth()
        pieces: list[_Piece] = []
        if self.chance.random() < 0.3:
            pieces.append(_Piece(self.chance.choice(FOLIO)))
        if self.chance.random() < 0.5:
            pieces.append(_Piece(self.chance.choice(BANNERS), "banner"))
        headed = [story for story in stories if story.kicker or story.deck]
        chosen = self.chance.sample(stories, self.chance.randint(4, 7))
        for extra in self.chance.sample(headed, min(2, len(headed))):
            if extra not in chosen:
                chosen.append(extra)
        self.chance.shuffle(chosen)
        held: list[_Piece] = []
        for story in chosen:
            made = self.story(story, truth)
            if held:
                heads = sum(1 for piece in made if piece.role in ("kicker", "headline", "deck"))
                made[heads:heads] = held
                held = []
            last = max((i for i, piece in enumerate(made) if piece.joins is not None), default=0)
            if last and last == len(made) - 1 and story is not chosen[-1] and self.chance.random() < 0.15:
                held = [made.pop()]
            pieces += made
        pieces += held
        if self.chance.random() < 0.2:
            pieces.append(_Piece(self.chance.choice(FOLIO)))
        return CutPage(text=self.write(pieces, truth), truth=truth)

    def write(self, pieces: list[_Piece], truth: Truth) -> str:
        """Put the pieces on lines and note their numbers in the truth."""
        lines: list[str] = [""] * self.chance.choice((0, 0, 2))
        for piece in pieces:
            piece.line = len(lines) + 1
            lines.append(("\u3000\u3000" if piece.indent else "") + piece.text)
            lines += [""] * (0 if self.headless_rows else self.chance.choice(self.gaps))
            if piece.role == "subhead":
                truth.subheads.add(piece.line)
            elif piece.role:
                truth.heads[piece.line] = piece.role
        for piece in pieces:
            if piece.joins is not None:
                truth.joins.add((piece.joins.line, piece.line))
        return "\n".join(lines) + "\n"

    def story(self, story: SampleStory, truth: Truth) -> list[_Piece]:
        """Return a story's lines in order, its paragraphs cut."""
        photo = story.photo or (not story.kicker and not story.deck and self.chance.random() < 0.2)
        pieces: list[_Piece] = []
        if story.kicker and self.keep_kicker:
            pieces.append(_Piece(story.kicker, "kicker"))
        turns = story.headline.split(" / ")
        if len(turns) > 1 and self.chance.random() < 0.75:
            turns = [" ".join(turns)]
        pieces += [_Piece(turn, "headline") for turn in turns]
        if story.deck and self.keep_deck:
            pieces.append(_Piece(self.chance.choice(("", "", "", "——")) + story.deck, "deck"))
        truth.headlines.append(" / ".join(turns))
        body = list(story.body)
        if photo:
            truth.photo_headlines.append(" / ".join(turns))
            body = [part for part in body if not part[1]][:1]
            credit = self.chance.choice(CREDITS[:2] if not story.photo else CREDITS).format(
                self.chance.choice(PHOTOGRAPHERS),
            )
            credit = story.tail if story.tail and self.chance.random() < 0.3 else credit
            return pieces + self.paragraph(*body[0]) + [_Piece(credit)]
        if story.byline and not story.dateline:
            form = self.chance.choice(("本报{}", "{}", "□{}")) if story.byline.startswith("记者") else "□ {}"
            pieces.append(_Piece(form.format(story.byline)))
            truth.bylines.append(story.byline)
        opening = story.dateline
        if opening:
            name = story.byline or f"记者 {self.chance.choice(PHOTOGRAPHERS)}"
            opening = self.chance.choice(("本报讯", "本报讯", "本报讯", "本报清渡11月21日电", "清渡晚报讯"))
            opening += self.chance.choice(("", " ", "\u3000")) + f"（{name}）"
            truth.bylines.append(name)
        caption_after = self.chance.randrange(len(body)) if story.caption and self.chance.random() < 0.4 else -1
        for number, (text, subhead) in enumerate(body):
            made = self.paragraph((opening if number == 0 else "") + text, subhead=subhead)
            if number == caption_after:
                made.insert(self.chance.randint(1, len(made)), _Piece(story.caption))
            pieces += made
        if story.tail:
            pieces.append(_Piece(story.tail))
        return pieces

    def paragraph(self, text: str, subhead: bool) -> list[_Piece]:  # noqa: FBT001
        """Return a paragraph whole or cut once or twice; a cut at a sentence's end leaves no trace."""
        if subhead:
            return [_Piece(text, "subhead")]
        pieces = [_Piece(text, indent=self.indent)]
        while self.chance.random() < self.cut_rate and len(pieces) < 3:
            whole = pieces.pop()
            if len(whole.text) < 24:
                pieces.append(whole)
                break
            place = self.chance.randint(10, len(whole.text) - 4)
            while place < len(whole.text) - 4 and whole.text[place] in NO_LINE_START and self.chance.random() < 0.9:
                place += 1
            before, after = whole.text[:place].rstrip(), whole.text[place:].lstrip()
            first = _Piece(before, joins=whole.joins, indent=whole.indent)
            seen = not SENTENCE_END.search(before) or before.count("“") > before.count("”")
            pieces += [first, _Piece(after, joins=first if seen else None)]
        return pieces
