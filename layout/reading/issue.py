"""From `issue.yaml` to the frozen issue and its pages' styles: everything checked, all errors at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from layout.color import PLATES
from layout.diagnostics import InputError, Span, StyleError, collate
from layout.diagnostics.codes import CODES
from layout.diagnostics.hints import hint, listed
from layout.geometry import points
from layout.house import House
from layout.model import Advert, Entry, Issue, Masthead, Page, Waiver
from layout.reading.artwork import is_artwork, measure, measure_advert
from layout.reading.bank import banked, with_planned
from layout.reading.copy import art_path, check_name, read_copy
from layout.reading.house import former_issue, read_house
from layout.reading.index import check_index, read_index, referred
from layout.reading.markup import prose
from layout.reading.pins import Pinned, check_pins, check_wishes, pin_of
from layout.reading.plan import PLAN_NAME, read_former, read_plans
from layout.reading.source import FULL_COLON, Sources, did_you_mean
from layout.reading.styles import STORY_KEYS, STYLE_USUAL, Stylist
from layout.reading.templates import fill_template
from layout.reading.tree import Mapping, Scalar, Sequence, read_tree
from layout.style import inks_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from layout.color import InkCount
    from layout.condition import PrintCondition
    from layout.diagnostics import Diagnostic
    from layout.model import Banked, Story
    from layout.plan import PagePlan
    from layout.reading.copy import Copy
    from layout.reading.schema import (
        AdvertFields,
        BankedFields,
        EntryFields,
        IssueFields,
        MastheadFields,
        PageFields,
    )
    from layout.reading.tree import Node
    from layout.style import Style

_STAND_INS: Final = {"paper": "?", "date": "1970-01-01", "number": "?"}
"""What a broken issue is read on with; it never leaves the reading."""

_ENTRY_NAMES: Final = ("story", "group")
_JUMP_USUAL: Final = "auto"
_STYLE_CODES: Final = "E2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read for an issue.

    `styles` and `conditions` are the pages' by page id; `condition` is the issue's, or that of one of its pages;
    `story_styles` those of stories that change their page's style, by story id; `house` are the paper's lists of
    words and people; `plans` are what the editor fixes of pages, `formers` what pages were before, both by page id;
    `findings` are warnings and information; `sources` the texts by the names that spans use.
    """

    issue: Issue
    styles: dict[str, Style]
    condition: PrintCondition
    conditions: dict[str, PrintCondition] = field(default_factory=dict)
    story_styles: dict[str, Style] = field(default_factory=dict)
    house: House = field(default_factory=House)
    plans: dict[str, PagePlan] = field(default_factory=dict)
    formers: dict[str, PagePlan] = field(default_factory=dict)
    findings: tuple[Diagnostic, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)


def read_issue(path: Path, plan: Path | None = None, former: Path | None = None) -> Reading:
    """Return the issue in a file, with its stories, styles, plans and print condition.

    Args:
        path: the file `issue.yaml`; all files of the issue lie in its folder.
        plan: the editor's plan; by default `plan.yaml` beside the issue, where there is one.
        former: the plan of an earlier build.

    Raises:
        InputError: files are missing or wrong; it carries all findings of all files.
        StyleError: only styles are wrong.
    """
    sources = Sources(path.parent)
    reader = _Reader(path, sources, plan, former)
    reading = reader.read()
    if reading is None or sources.failed:
        only_style = all(item.code.startswith(_STYLE_CODES) or item.code[0] != "E" for item in sources.findings)
        raise (StyleError if only_style else InputError)(sources.findings, sources.texts)
    return reading


class _Reader:
    """Reads one issue, collecting findings as it goes."""

    def __init__(self, path: Path, sources: Sources, plan: Path | None, former: Path | None) -> None:
        self.path = path.resolve()
        self.plan, self.former = plan, former
        self.sources = sources
        self.folder = sources.folder
        self.stylist = Stylist(sources)
        self.stories: dict[str, Span] = {}
        self.adverts: dict[str, Span] = {}
        self.copies: list[Copy] = []
        self.styles: dict[str, Style] = {}
        self.conditions: dict[str, PrintCondition] = {}
        self.story_styles: dict[str, Style] = {}
        self.style_name = Scalar(STYLE_USUAL, Span(""))
        self.laid_over: list[Mapping] = []

    def read(self) -> Reading | None:
        if not self.path.is_file():
            self.sources.report("E101", file=self.path.name)
            return None
        text = self.sources.read(self.path)
        tree = read_tree(text, self.sources.name(self.path), self.sources) if text is not None else None
        if tree is None:
            return None
        from layout.reading.boundary import INPUT, check  # noqa: PLC0415 - it brings pydantic
        from layout.reading.schema import IssueFields  # noqa: PLC0415

        fields = check(IssueFields, tree, INPUT, self.sources, _STAND_INS)
        if fields is None:
            return None
        return self._issue(fields, tree)

    def _issue(self, fields: IssueFields, tree: Mapping) -> Reading | None:
        self.region = fields.region
        self.grey = fields.grey
        self.condition_span = fields.print_condition.span if fields.print_condition else Span(self.style_name.text)
        self.style_name = fields.style or self.style_name
        if fields.print_condition is not None:
            key = Scalar("print", fields.print_condition.span)
            self.laid_over = [Mapping(((key, fields.print_condition),), key.span)]
        if fields.style is not None:
            self.stylist.style(fields.style, self.folder, self.laid_over, self.region)
        self.pin_places = dict(_pin_places(tree))
        pages = tuple(self._page(page) for page in fields.pages)
        self._check_choices(tree)
        self._check_page_ids(fields)
        self._check_levels(tree)
        fillers = tuple(story for item in fields.fillers if (story := self._story(item, None)) is not None)
        bank = tuple(one for item in fields.stories if (one := self._banked(item, pages)) is not None)
        own = (story for page in pages for story in page.stories)
        check_index(pages, (*own, *(one.story for one in bank)), self.sources)
        self._check_jumps({name for page in pages for name in (page.id, *page.spread)})
        issue = Issue(
            paper=fields.paper.text,
            date=fields.date,
            number=fields.number.text,
            region=fields.region,
            masthead=self._masthead(fields.masthead),
            pages=pages,
            fillers=fillers,
            bank=bank,
            levels=tuple(fields.levels.items()),
            names=tuple(name.text for name in fields.names),
            previous=former_issue(fields.previous, fields.number),
            grey=fields.grey,
            edition=fields.edition.text if fields.edition else "",
            file_name=fields.file_name.text if fields.file_name else "",
            waivers=tuple(
                Waiver(
                    rule=item.rule.text,
                    object=item.object.text if item.object else "",
                    by=item.by.text,
                    reason=item.reason.text,
                    span=item.rule.span,
                )
                for item in fields.waivers
            ),
            file=self.sources.name(self.path),
            folder=str(self.folder),
        )
        house = read_house(fields.house, self.folder, self.sources)
        plans = self._plans(issue)
        issue = with_planned(issue, plans, self.sources)
        issue = replace(issue, pages=referred(issue.pages))
        formers = read_former(self.former, self.styles, self.sources) if self.former else {}
        condition = self._condition(fields)
        if condition is None:
            return None
        return Reading(
            issue=issue,
            styles=self.styles,
            condition=condition,
            conditions=self.conditions,
            story_styles=self.story_styles,
            house=house,
            plans=plans,
            formers=formers,
            findings=collate(self.sources.findings),
            sources=dict(self.sources.texts),
        )

    def _plans(self, issue: Issue) -> dict[str, PagePlan]:
        beside = self.folder / PLAN_NAME
        plan = self.plan or (beside if beside.is_file() else None)
        return read_plans(plan, issue, self.styles, self.sources) if plan else {}

    # --- pages

    def _page(self, fields: PageFields) -> Page:
        spread = tuple(check_name("pages", item, self.sources) for item in fields.pages or ())
        name = check_name("page", fields.page, self.sources) if fields.page else "-".join(spread)
        style = self._style(fields)
        entries = tuple(entry for item in fields.stories if (entry := self._entry(item, style)) is not None)
        adverts = tuple(advert for item in fields.adverts if (advert := self._advert(item, style)) is not None)
        if fields.template is not None and style is not None:
            entries = fill_template(entries, fields.template, style, self.sources)
        index = read_index(fields.index, self.sources)
        listed: list[Entry | Advert] = [*entries, *adverts]
        usual = fields.template.span if fields.template else None
        pinned = [
            Pinned(item.id, item.pin, self.pin_places.get(item.span, usual) if item.span else usual)
            for item in listed
            if item.pin is not None
        ]
        if index is not None and index.pin is not None:
            pinned.append(Pinned("index", index.pin, index.span))
        if style is not None:
            self.styles[name] = style
            check_pins(pinned, style, max(len(spread), 1), self.sources, front=fields.front)
        page = Page(
            id=name,
            section=fields.section.text if fields.section else "",
            style=(fields.style or self.style_name).text,
            front=fields.front,
            banner=prose(fields.banner, self.sources) if fields.banner else None,
            ink=self._inks(fields, name, style),
            entries=entries,
            adverts=adverts,
            index=index,
            credits=tuple((role, person.text) for role, person in fields.credits.items()),
            spread=spread,
            span=fields.page.span if fields.page else None,
        )
        if style is not None:
            check_wishes(pinned, page, self.sources)
        return page

    def _inks(self, fields: PageFields, name: str, style: Style | None) -> InkCount:
        """Return what a page prints in, and keep its print condition; more than its position has is reported."""
        condition = self.stylist.condition(Scalar(style.print_condition, self.condition_span)) if style else None
        if condition is None:
            return fields.ink or "cmyk"
        self.conditions[name] = condition
        for ink in sorted({item for item in inks_of(style) if item.total > condition.ink_limit}, key=str):
            self.sources.report(
                "E532",
                span=self.page_style.span,
                name=self.page_style.text,
                total=f"{ink.total:g}",
                limit=f"{condition.ink_limit:g}",
                ink=str(ink),
            )
        if style is not None and style.sheet.bleed < condition.bleed:
            self.sources.report(
                "W534",
                span=self.page_style.span,
                name=self.page_style.text,
                wanted=points(condition.bleed),
                bleed=points(style.sheet.bleed),
            )
        there = condition.inks_at(name)
        if self.grey:
            return "k"
        if fields.ink is not None and not set(PLATES[fields.ink]) <= set(PLATES[there]):
            span = fields.page.span if fields.page else None
            cure = hint("write-ink", ink=there)
            self.sources.report("E520", span=span, ink=fields.ink, limit=there, hint=cure)
        return fields.ink or there

    def _style(self, fields: PageFields) -> Style | None:
        self.page_style = fields.style or self.style_name
        self.page_laid = [*self.laid_over, *([fields.overrides] if fields.overrides else [])]
        return self.stylist.style(self.page_style, self.folder, self.page_laid, self.region)

    def _entry(self, fields: EntryFields, style: Style | None) -> Entry | None:
        listed = [fields.story] if fields.story else fields.stories or []
        stories = tuple(story for item in listed if (story := self._story(item, style)) is not None)
        if not stories:
            return None
        label = prose(fields.group, self.sources) if fields.group else None
        place = fields.story or fields.group
        return Entry(stories=stories, label=label, pin=pin_of(fields.pin), span=place.span if place else None)

    def _story(self, file: Scalar, style: Style | None) -> Story | None:
        if self.sources.report_colon(file.text, file.span, _ENTRY_NAMES):
            return None
        path = self.sources.resolve(file.text, self.folder, file.span)
        copy = read_copy(path, file.span, self.region, self.sources) if path else None
        if copy is None:
            return None
        story, place = copy.story, copy.named or file.span
        if story.id in self.stories:
            first = self.stories[story.id]
            self.sources.report("E109", span=place, name=story.id, hint=hint("another-id", place=first))
        self.stories.setdefault(story.id, place)
        self.copies.append(copy)
        if copy.overrides is not None and style is not None:
            self._story_style(story.id, copy.overrides)
        return story

    def _banked(self, fields: BankedFields, pages: tuple[Page, ...]) -> Banked | None:
        before = len(self.copies)
        if self._story(fields.story, None) is None:
            return None
        return banked(fields, self.copies[before], pages, self.sources)

    def _story_style(self, name: str, overrides: Mapping) -> None:
        foreign = [key for key, _ in overrides.items if key.text not in STORY_KEYS]
        for key in foreign:
            self.sources.report("E207", span=key.span, name=key.text, hint=did_you_mean(key.text, STORY_KEYS))
        if foreign:
            return
        made = self.stylist.style(self.page_style, self.folder, [*self.page_laid, overrides], self.region)
        if made is not None:
            self.story_styles[name] = made

    def _advert(self, fields: AdvertFields, style: Style | None) -> Advert | None:
        name = check_name("id", fields.id, self.sources)
        if name in self.adverts:
            first = hint("first-at", place=self.adverts[name])
            self.sources.report("E124", span=fields.id.span, name=name, hint=first)
        self.adverts.setdefault(name, fields.id.span)
        path = self.sources.resolve(fields.file.text, self.folder, fields.file.span) if fields.file else None
        art = measure_advert(path) if path else None
        if path and art is None and fields.file and not is_artwork(path):
            self.sources.report("E113", span=fields.file.span, file=fields.file.text)
        booked = self._booked(fields, style) if style else None
        if booked is None or style is None:
            return None
        return Advert(
            id=name,
            kind=fields.kind.text,
            width=booked[0],
            height=booked[1],
            file=str(path) if path else None,
            at=fields.at,
            side=fields.side,
            pin=pin_of(fields.pin),
            page=fields.page - 1,
            convert=fields.convert,
            pixels=art.pixels if art and not art.vector else None,
            size=art.mm if art else None,
            span=fields.id.span,
        )

    def _booked(self, fields: AdvertFields, style: Style) -> tuple[float, float] | None:
        kinds = {kind: (width, height) for kind, width, height in style.advert.kinds}
        if fields.kind.text not in kinds:
            meant = did_you_mean(fields.kind.text, kinds) or hint("known-are", **listed(kinds))
            self.sources.report("E119", span=fields.kind.span, name=fields.kind.text, hint=meant)
            return None
        width, height = kinds[fields.kind.text]
        return fields.width or width, fields.height or height

    # --- the issue as a whole

    def _masthead(self, fields: MastheadFields | None) -> Masthead:
        if fields is None:
            return Masthead()
        nameplate = art_path(fields.nameplate, self.folder, self.sources)
        size = (fields.nameplate_size[0], fields.nameplate_size[1]) if fields.nameplate_size else None
        if nameplate and size is None:
            art = measure(self.folder / nameplate)
            size = (art.mm or (float(art.pixels[0]), float(art.pixels[1]))) if art else None
        return Masthead(
            nameplate=nameplate,
            nameplate_size=size,
            logo=art_path(fields.logo, self.folder, self.sources),
            imprint=tuple((name, value.text) for name, value in fields.imprint.items()),
            ear=prose(fields.ear, self.sources) if fields.ear else None,
        )

    def _condition(self, fields: IssueFields) -> PrintCondition | None:
        names = {style.print_condition for style in self.styles.values()}
        if fields.print_condition is not None:
            return self.stylist.condition(fields.print_condition)
        found = [self.stylist.condition(Scalar(name, Span(self.style_name.text))) for name in sorted(names)]
        return next(iter(found), None)

    def _check_choices(self, tree: Mapping) -> None:
        """Report pages and entries that lack what names them, or have it twice."""
        for page in _blocks(tree.get("pages")):
            self._check_choice(page, "page", "pages")
            for entry in _blocks(page.get("stories")):
                self._check_choice(entry, "story", "group")
                if (group := entry.key("group")) and not entry.key("stories"):
                    self.sources.report("E105", span=group.span, name="stories")

    def _check_choice(self, block: Mapping, one: str, other: str) -> None:
        if any(FULL_COLON in key.text for key, _ in block.items):
            return
        if not block.key(one) and not block.key(other):
            self.sources.report("E105", span=_head(block.span), name=one)
        elif (key := block.key(one)) and block.key(other):
            problem, problem_zh = (
                f"`{one}` and `{other}` exclude each other",
                f"`{one}` 与 `{other}` 只能写一个",
            )
            self.sources.report("E106", span=key.span, name=one, problem=problem, problem_zh=problem_zh)

    def _check_page_ids(self, fields: IssueFields) -> None:
        met: dict[str, Span] = {}
        for page in fields.pages:
            for item in [page.page, *(page.pages or [])]:
                if item is not None and item.text in met:
                    first = hint("first-line", line=met[item.text].line)
                    self.sources.report("E110", span=item.span, name=item.text, hint=first)
                elif item is not None:
                    met[item.text] = item.span

    def _check_levels(self, tree: Mapping) -> None:
        levels = tree.get("levels")
        for key, _ in levels.items if isinstance(levels, Mapping) else ():
            if key.text not in CODES:
                problem, problem_zh = f"there is no finding `{key.text}`", f"没有代码 `{key.text}`"
                self.sources.report(
                    "E106",
                    span=key.span,
                    name="levels",
                    problem=problem,
                    problem_zh=problem_zh,
                    hint=did_you_mean(key.text, CODES),
                )

    def _check_jumps(self, pages: set[str]) -> None:
        for copy in self.copies:
            if copy.jump is not None and copy.jump.text not in {_JUMP_USUAL, *pages}:
                problem, problem_zh = f"there is no page `{copy.jump.text}`", f"没有 `{copy.jump.text}` 版"
                meant = did_you_mean(copy.jump.text, pages)
                self.sources.report(
                    "E106",
                    span=copy.jump.span,
                    name="jump",
                    problem=problem,
                    problem_zh=problem_zh,
                    hint=meant,
                )


def _blocks(node: Node | None) -> Iterator[Mapping]:
    """Return the blocks in a list."""
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Mapping):
            yield item


def _pin_places(tree: Mapping) -> Iterator[tuple[Span, Span]]:
    """Return where each pin is written, by the place of the name of what it pins."""
    for page in _blocks(tree.get("pages")):
        for block in (*_blocks(page.get("stories")), *_blocks(page.get("adverts"))):
            pin = block.get("pin")
            for name in ("story", "group", "id"):
                if pin is not None and (found := block.get(name)) is not None:
                    yield found.span, pin.span


def _head(span: Span) -> Span:
    return Span(span.file, span.line, span.column)
