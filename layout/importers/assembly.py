"""From the items of a file to stories: heads, byline, dateline, pictures with their captions, source.

What the file says itself (a style, a class, a field) stands; where it says nothing, the forms of Chinese papers and
the look of a line are taken for it, and every such guess is written down. Each item's text reaches one field of one
story: nothing is left out here but the marks around a dateline.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span
from layout.importers import patterns
from layout.importers.manuscript import Dropped, Guess, Item, ItemKind, Manuscript, Picture
from layout.importers.richtext import covered, joined, sliced, trimmed, without
from layout.model import Block, BlockKind, Emphasis, RichText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.importers.manuscript import Reading

MISSING_HEADLINE: Final = "标题待补"

LONGEST_HEAD: Final = 45
"""Characters of a line that may be a headline; the longest of dailies have 40 with kicker and all."""

LONGEST_SUBHEAD: Final = 30
LONGEST_CAPTION: Final = 150
HEAD_ITEMS: Final = 4
"""So many lines from the beginning may belong to the heads."""

_BREAK: Final = " / "
_COPY_KINDS: Final = {
    ItemKind.KICKER: "kicker",
    ItemKind.DECK: "deck",
    ItemKind.BYLINE: "byline",
    ItemKind.DATELINE: "dateline",
    ItemKind.TAIL: "tail",
}
_BESIDE: Final = {"kicker": " ", "deck": _BREAK, "byline": " ", "dateline": " ", "tail": " "}
_DASHES: Final = ("——", "—", "--")


@dataclass(slots=True)
class _Draft:
    """A story while it is put together."""

    name: str
    heads: dict[str, list[RichText]] = field(default_factory=dict)
    body: list[tuple[Block, Span]] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    def put(self, name: str, text: RichText) -> None:
        self.heads.setdefault(name, []).append(text)

    def guess(self, name: str, item: Item, why: str, text: str = "") -> None:
        self.guesses.append(Guess(field=name, text=text or item.text.text, why=why, span=item.span))


def assemble(reading: Reading, name: str) -> tuple[tuple[Manuscript, ...], tuple[Dropped, ...]]:
    """Return the stories of a file and what was dropped on the way to them.

    Args:
        reading: what a reader found.
        name: the id that its story would like; several get numbers behind it.
    """
    groups = _stories(reading.items)
    drafts = []
    for number, group in enumerate(groups, 1):
        draft = _Draft(name=name if len(groups) == 1 else f"{name}-{number}")
        _Assembler(group, draft, dict(reading.fields) if number == 1 else {}, reading).run()
        if number > 1:
            head = draft.heads["headline"][0]
            span = group[0].span
            draft.guesses.insert(0, Guess(field="story", text=head.text, why="several heads", span=span))
        drafts.append((draft, group))
    made = tuple(_manuscript(draft, group, reading, first=at == 0) for at, (draft, group) in enumerate(drafts))
    return made, tuple(item for draft, _ in drafts for item in draft.dropped)


def _manuscript(draft: _Draft, group: Sequence[Item], reading: Reading, *, first: bool) -> Manuscript:
    def copy(name: str) -> RichText:
        return joined(draft.heads.get(name, ()), _BESIDE.get(name, _BREAK))

    span = next((item.span for item in group if item.kind is not ItemKind.BLANK), Span(reading.name, 1, 1))
    return Manuscript(
        name=draft.name,
        headline=copy("headline"),
        kicker=copy("kicker"),
        deck=copy("deck"),
        dateline=copy("dateline"),
        byline=copy("byline"),
        tail=copy("tail"),
        body=tuple(block for block, _ in draft.body),
        blanks=tuple(draft.blanks),
        pictures=tuple(draft.pictures),
        fields=tuple((name, value) for name, value in reading.fields if name not in _STATED) if first else (),
        span=span,
        spans=tuple(place for _, place in draft.body),
        guesses=tuple(draft.guesses),
    )


_STATED: Final = frozenset({"headline", "kicker", "deck", "byline", "dateline", "tail"})


def _stories(items: Sequence[Item]) -> list[Sequence[Item]]:
    """Cut items into stories: where a file has several headlines of its highest level, each with text below it."""
    starts = [at for at, item in enumerate(items) if item.kind is ItemKind.HEADLINE]
    starts = [at for at in starts if at == 0 or items[at - 1].kind is not ItemKind.HEADLINE]
    if not starts:
        starts = [at for at, item in enumerate(items) if item.kind is ItemKind.HEADING and item.level == 1]
    if len(starts) < 2 or any(item.kind is ItemKind.PARAGRAPH for item in items[: starts[0]]):
        return [items]
    bounds = [*starts[1:], len(items)]
    if any(
        not any(item.kind is ItemKind.PARAGRAPH for item in items[start:end])
        for start, end in zip(starts, bounds, strict=True)
    ):
        return [items]
    cuts = [0]
    for start in starts[1:]:
        cut = start
        while items[cut - 1].kind in (ItemKind.KICKER, ItemKind.BLANK):
            cut -= 1
        cuts.append(cut)
    return [items[start:end] for start, end in zip(cuts, [*cuts[1:], len(items)], strict=True)]


class _Assembler:
    """Puts one story together: its heads, then what follows them."""

    def __init__(self, items: Sequence[Item], draft: _Draft, fields: dict[str, object], reading: Reading) -> None:
        self.draft = draft
        self.fields = fields
        self.reading = reading
        self.items: list[Item] = []
        self.empty: set[int] = set()
        for item in items:
            if item.kind is ItemKind.BLANK:
                self.empty.add(len(self.items))
            else:
                self.items.append(item)

    def run(self) -> None:
        for name in _STATED:
            stated = self.fields.get(name)
            if isinstance(stated, RichText) and stated:
                self.draft.put(name, stated)
        rest = self._heads()
        self._body(rest)
        self._opening()
        self._foot()
        if not self.draft.body and not self.draft.pictures:  # heads alone are no story: they are all its text
            span = self.items[0].span if self.items else Span(self.reading.name, 1, 1)
            for name in ("kicker", "headline", "deck", "dateline", "byline", "tail"):
                texts = self.draft.heads.pop(name, [])
                self.draft.body += ((Block(BlockKind.PARAGRAPH, text), span) for text in texts)
            self.draft.guesses.clear()
        if not self.draft.heads.get("headline"):
            self.draft.put("headline", RichText(MISSING_HEADLINE))

    # --- heads

    def _heads(self) -> list[int]:
        """Fill the heads and return the numbers of the items left for the body."""
        heads = self._headline()
        left = list(range(len(self.items)))
        for at in heads:
            self.draft.put("headline", self._head_text(self.items[at]))
            left.remove(at)
        first = heads[0] if heads else 0
        for at in range(0 if self.reading.exact else first):
            item = self.items[at]
            if item.kind is ItemKind.PARAGRAPH and _is_short(item.text.text):
                self.draft.put("kicker", _plain_head(item.text))
                self.draft.guess("kicker", item, "before head")
                left.remove(at)
        if not self.reading.exact and self.draft.heads.get("headline"):
            left = self._below(left, heads[-1] + 1 if heads else 0)
        return left

    def _headline(self) -> list[int]:
        """Return the numbers of the items that make the headline."""
        stated = [at for at, item in enumerate(self.items) if item.kind is ItemKind.HEADLINE]
        if stated:
            run = [stated[0]]
            while run[-1] + 1 in stated:
                run.append(run[-1] + 1)
            return run
        if self.draft.heads.get("headline") or self.reading.exact:
            return []
        headings = [at for at, item in enumerate(self.items) if item.kind is ItemKind.HEADING]
        if headings:
            top = min(headings, key=lambda at: (self.items[at].level, at))
            if not any(self._is_text(at) for at in range(top)):
                self.draft.guess("headline", self.items[top], "top heading")
                return [top]
        lines = [at for at, item in enumerate(self.items) if item.kind is ItemKind.PARAGRAPH][:HEAD_ITEMS]
        lines = lines[: next((place for place, at in enumerate(lines) if self._is_text(at)), len(lines))]
        large = [at for at in lines if self.items[at].look.large]
        looks = large or [at for at in lines if self.items[at].look.centred or self._is_bold(at)]
        if looks:
            self.draft.guess("headline", self.items[looks[0]], "set as head")
            return [looks[0]]
        if lines and any(item.kind is ItemKind.PARAGRAPH for item in self.items[lines[0] + 1 :]):
            self.draft.guess("headline", self.items[lines[0]], "first line")
            return lines[:1]
        return []

    def _head_text(self, item: Item) -> RichText:
        return item.text if self.reading.exact else _plain_head(item.text)

    def _is_text(self, at: int) -> bool:
        """Tell whether an item is running text, not a head."""
        item = self.items[at]
        return item.kind is ItemKind.PARAGRAPH and not _is_short(item.text.text)

    def _is_bold(self, at: int) -> bool:
        item = self.items[at]
        return item.look.bold or covered(item.text, Emphasis.HEI)

    def _below(self, left: list[int], start: int) -> list[int]:
        """Take deck and byline from right below the headline."""
        kept = [at for at in left if at < start]
        following = [at for at in left if at >= start]
        while following and self._belongs_to_head(following[0], following):
            following.pop(0)
        return kept + following

    def _belongs_to_head(self, at: int, following: Sequence[int]) -> bool:
        item = self.items[at]
        text = item.text.text
        if item.kind in (ItemKind.DECK, ItemKind.BYLINE, ItemKind.KICKER, ItemKind.DATELINE):
            self.draft.put(_COPY_KINDS[item.kind], _plain_head(item.text))
            return True
        alone = sum(other.kind is ItemKind.HEADING and other.level == item.level for other in self.items) == 1
        if item.kind is ItemKind.HEADING and alone and len(following) > 1:
            self.draft.put("deck", _plain_head(item.text))
            self.draft.guess("deck", item, "next heading")
            return True
        if item.kind is not ItemKind.PARAGRAPH or not _is_short(text):
            return False
        if patterns.BYLINE_LINE.fullmatch(text) or patterns.MARKED_NAME.fullmatch(text):
            self.draft.put("byline", item.text)
            self.draft.guess("byline", item, "set form")
            return True
        if len(following) > 1 and (text.startswith(_DASHES) or item.look.centred or item.look.large):
            self.draft.put("deck", _plain_head(item.text))
            self.draft.guess("deck", item, "set as head")
            return True
        return False

    # --- body

    def _body(self, numbers: Sequence[int]) -> None:
        captions: list[Item] = []
        after_picture = False
        for at in numbers:
            item = self.items[at]
            if item.kind is ItemKind.PICTURE:
                self._picture(item, captions)
                captions = []
                after_picture = True
                continue
            if item.kind in (ItemKind.CAPTION, ItemKind.CREDIT) and (self.draft.pictures or self._picture_follows(at)):
                if self.draft.pictures and (after_picture or not self._picture_follows(at)):
                    self._caption(item)
                else:
                    captions.append(item)
                continue
            plain = item.kind is ItemKind.PARAGRAPH and not self.reading.exact
            if after_picture and plain and self._reads_like_caption(item.text.text):
                self._caption(item)
                self.draft.guess("caption", item, "below picture")
                after_picture = False
                continue
            after_picture = False
            if item.kind in _COPY_KINDS:
                self.draft.put(_COPY_KINDS[item.kind], item.text)
                continue
            if at in self.empty and self.draft.body:
                self.draft.blanks.append(len(self.draft.body))
            self._block(item, last=at == numbers[-1])
        for item in captions:
            self._block(item, last=True)

    def _picture_follows(self, at: int) -> bool:
        return any(item.kind is ItemKind.PICTURE for item in self.items[at + 1 :][:2])

    @staticmethod
    def _reads_like_caption(text: str) -> bool:
        said = (
            patterns.CAPTION_START.match(text) or patterns.credit_at_end(text) or patterns.CREDIT_LINE.fullmatch(text)
        )
        return len(text) <= LONGEST_CAPTION and bool(said)

    def _picture(self, item: Item, captions: Sequence[Item]) -> None:
        known = self.reading.pictures.get(item.source)
        picture = known or Picture(source=item.source, data=None)
        self.draft.pictures.append(picture)
        for caption in captions:
            self._caption(caption)
        alternative = item.text.text
        if not self.draft.pictures[-1].caption and any("\u3400" <= char <= "\u9fff" for char in alternative):
            self.draft.pictures[-1] = replace(self.draft.pictures[-1], caption=item.text)
            self.draft.guess("caption", item, "alternative text")

    def _caption(self, item: Item) -> None:
        """Add words to the last picture: a caption with its credit at the end, or a credit."""
        picture = self.draft.pictures[-1]
        stand_in = [guess for guess in self.draft.guesses if guess.why == "alternative text"]
        if stand_in and stand_in[-1].text == picture.caption.text:
            self.draft.guesses.remove(stand_in[-1])
            picture = replace(picture, caption=RichText(""))
        caption, credit = item.text, RichText("")
        if self.reading.exact:
            caption, credit = (caption, credit) if item.kind is ItemKind.CAPTION else (credit, caption)
        elif item.kind is ItemKind.CREDIT or patterns.CREDIT_LINE.fullmatch(caption.text):
            caption, credit = RichText(""), caption
        elif found := patterns.credit_at_end(caption.text):
            credit = trimmed(sliced(caption, found.start("credit"), found.end("credit")))
            caption = trimmed(sliced(caption, 0, found.start()))
        self.draft.pictures[-1] = replace(
            picture,
            caption=joined([text for text in (picture.caption, caption) if text], " "),
            credit=joined([text for text in (picture.credit, credit) if text], " "),
        )

    def _block(self, item: Item, *, last: bool) -> None:
        text = item.text
        gap = self.fields.get("setting") == "vertical" and len(self.draft.body) in self.draft.blanks
        if item.kind in (ItemKind.HEADING, ItemKind.HEADLINE):
            self.draft.body.append((Block(BlockKind.SUBHEAD, self._head_text(item), gap), item.span))
            return
        short = not self.reading.exact and len(text.text) <= LONGEST_SUBHEAD and not patterns.closes_sentence(text.text)
        if short and not last and (item.look.bold or covered(text, Emphasis.HEI)):
            self.draft.body.append((Block(BlockKind.SUBHEAD, _plain_head(text)), item.span))
            self.draft.guess("subhead", item, "bold line")
            return
        self.draft.body.append((Block(BlockKind.PARAGRAPH, text, gap), item.span))

    # --- the ends of the body

    def _opening(self) -> None:
        """Take dateline and byline off the first paragraph."""
        if self.draft.heads.get("dateline") or self.reading.exact:
            return
        at = next((at for at, (block, _) in enumerate(self.draft.body) if block.kind is BlockKind.PARAGRAPH), -1)
        if at < 0:
            return
        block, span = self.draft.body[at]
        found = patterns.split_dateline(block.text.text)
        if found is None or not found.rest:
            return
        item = Item(kind=ItemKind.PARAGRAPH, span=span)
        for name, text in (("dateline", found.dateline), ("byline", found.byline)):
            if text:
                self.draft.put(name, RichText(text))
                self.draft.guess(name, item, "set form", text)
        if found.dropped:
            self.draft.dropped.append(Dropped(text=found.dropped, kind="marks", span=span))
        rest = sliced(block.text, len(block.text.text) - len(found.rest))
        self.draft.body[at] = (replace(block, text=rest), span)

    def _foot(self) -> None:
        """Take the source or signature off the last paragraph."""
        if self.draft.heads.get("tail") or not self.draft.body or self.reading.exact:
            return
        block, span = self.draft.body[-1]
        text = block.text.text
        if block.kind is not BlockKind.PARAGRAPH:
            return
        item = Item(kind=ItemKind.PARAGRAPH, span=span)
        if len(self.draft.body) > 1 and patterns.TAIL_LINE.fullmatch(text):
            self.draft.body.pop()
            self.draft.put("tail", block.text)
        elif found := patterns.tail_at_end(text):
            self.draft.body[-1] = (replace(block, text=trimmed(sliced(block.text, 0, found.start()))), span)
            self.draft.put("tail", trimmed(sliced(block.text, found.start(), found.end())))
        else:
            return
        self.draft.guess("tail", item, "set form", self.draft.heads["tail"][0].text)


def _is_short(text: str) -> bool:
    return len(text) <= LONGEST_HEAD and not patterns.closes_sentence(text) and patterns.split_dateline(text) is None


def _plain_head(text: RichText) -> RichText:
    """Return a head without the bold or Kai that covers all of it: heads have faces of their own."""
    for emphasis in (Emphasis.HEI, Emphasis.KAI):
        if covered(text, emphasis):
            text = without(text, emphasis)
    return text
