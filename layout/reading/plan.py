"""`plan.yaml`: page plans as text that editors can change, and back again.

What `plan_yaml` writes, `read_plans` returns equal. In a file that is given to a build, every entry is the editor's
word: a whole place with its setting is kept to the last detail, a place alone is kept and filled anew, anything less
fixes what it names. Entries that a page does not list are placed around the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.diagnostics.hints import hint, listed
from layout.geometry import Cells, points
from layout.model import SECOND
from layout.plan import Cut, Edition, HeadChoice, Module, PagePlan, PhotoPlace, QuotePlace, Variant, Wanted
from layout.reading.emit import to_yaml
from layout.reading.pins import Pinned, check_pins, check_wishes, pin_of
from layout.reading.source import did_you_mean
from layout.reading.tree import Mapping, Sequence, read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Dictionary
    from pathlib import Path

    from layout.diagnostics import Span
    from layout.model import Advert, Entry, Issue, Page, Pin
    from layout.reading.plansheet import CutFields, ModuleFields, PlanFields, PlanPageFields, SettingFields
    from layout.reading.schema import PinFields
    from layout.reading.source import Sources
    from layout.reading.tree import Node
    from layout.style import Style

PLAN_NAME: Final = "plan.yaml"
"""The file beside the issue that a build takes as its editor's word."""

_INTRODUCTION: Final = """\
# yaml-language-server: $schema=plan.schema.json
# Laid beside issue.yaml under the name plan.yaml, or given with --plan, this file is kept exactly as it stands.
# To change a page: delete an entry, or its `setting`, or sides of its `pin`; what is missing is found around the
# rest. `frozen: true` on some entries keeps those and finds all others of their page anew. A pin also takes
# `head: 32pt`, `above: id` and `beside: id`. `cost`, `score`, `blocks`, `unplaced` and `holes` only inform.
# The schema is printed by `layout schema plan`.
"""


# --- writing ----------------------------------------------------------------------------------------


def plan_yaml(
    plans: tuple[PagePlan, ...], styles: Dictionary[str, Style], scores: Dictionary[str, Dictionary[str, object]]
) -> str:
    """Return plans as YAML, columns and lines counted from 1.

    Args:
        plans: the pages, in order.
        styles: their styles by page id.
        scores: their figures by page id, where they are known.
    """
    pages = [_page_data(plan, styles[plan.page].grid.lines, scores.get(plan.page)) for plan in plans]
    return _INTRODUCTION + to_yaml({"pages": pages})


def _page_data(plan: PagePlan, lines: int, score: Dictionary[str, object] | None) -> dict[str, object]:
    made: dict[str, object] = {"page": plan.page, "cost": plan.cost}
    if score:
        made["score"] = {name: value for name, value in score.items() if value is not None}
    made["modules"] = [
        *({"id": one.id, "pin": _place(one.cells, lines), "cost": one.cost, "setting": _setting(one.variant, None)}
          for one in plan.modules),
        *({"id": one.id, "pin": _pin_data(one.pin)} for one in plan.wanted),
    ]  # fmt: skip
    made["blocks"] = [{"id": name, "pin": _place(cells, None)} for name, cells in plan.blocks]
    if plan.unplaced:
        made["unplaced"] = list(plan.unplaced)
    if plan.holes:
        made["holes"] = [_place(cells, None) for cells in plan.holes]
    return made


def _place(cells: Cells, foot: int | None) -> dict[str, object]:
    """Return cells counted from 1; the blank line under the type area, of `foot` lines, goes without saying."""
    lines = cells.lines - (foot is not None and cells.bottom == foot + 1)
    return {"column": cells.column + 1, "columns": cells.columns, "line": cells.line + 1, "lines": lines}


def _pin_data(pin: Pin) -> dict[str, object]:
    sides = {name: value for name in _SIDES if (value := getattr(pin, name)) is not None}
    head = {"head": _length(pin.head)} if pin.head is not None else {}
    near = {name: list(ids) for name in ("above", "beside") if (ids := getattr(pin, name))}
    return {**sides, **head, **near}


_SIDES: Final = ("column", "columns", "line", "lines")


def _setting(variant: Variant, within: Variant | None) -> dict[str, object]:
    made: dict[str, object] = {"style": variant.style}
    if within is not None:
        made |= {"columns": variant.columns, "lines": variant.lines}
    made |= {"legs": variant.legs, "characters": variant.characters, "body": variant.body}
    if variant.head is not None:
        head = variant.head
        made["head"] = {
            "role": head.role,
            "size": _length(head.size),
            "lines": head.lines,
            "depth": head.depth,
            "fill": head.fill,
            **({} if head.beside is None else {"beside": _length(head.beside)}),
        }
    if variant.photos:
        made["photos"] = [
            {
                "photo": one.photo + 1,
                "leg": one.leg + 1,
                "legs": one.legs,
                "depth": one.depth,
                "height": _length(one.height),
                **({"offset": one.offset} if one.offset else {}),
            }
            for one in variant.photos
        ]
    if variant.quote is not None:
        quote = variant.quote
        made["quote"] = {
            "quote": quote.quote + 1,
            "leg": quote.leg + 1,
            "depth": quote.depth,
            "offset": quote.offset,
        }
    if variant.edition is not None:
        made["edition"] = _edition(variant.edition)
    made |= {name: value for name in ("air", "blank", "over", "raised") if (value := getattr(variant, name))}
    if variant.parts:
        made["parts"] = [_setting(part, variant) for part in variant.parts]
    return made


def _edition(edition: Edition) -> dict[str, object]:
    lists = ("dropped", "subheads")
    made: dict[str, object] = {name: list(value) for name in lists if (value := getattr(edition, name))}
    for name in ("trim", "turn"):
        cut: Cut | None = getattr(edition, name)
        if cut is not None:
            made[name] = {"block": cut.block, "offset": cut.offset}
    return made


def _length(length: int) -> str:
    return f"{points(length)}pt"


# --- reading ----------------------------------------------------------------------------------------


def read_plans(path: Path, issue: Issue, styles: Dictionary[str, Style], sources: Sources) -> dict[str, PagePlan]:
    """Return the plans in a file by page id, its errors reported.

    Args:
        path: the plan file.
        issue: the issue that it must fit.
        styles: the pages' styles by page id.
        sources: where texts and findings go.
    """
    found = _parse(path, sources)
    if found is None:
        return {}
    fields, places = found
    made: dict[str, PagePlan] = {}
    pages = {page.id: page for page in issue.pages}
    # Second parts of stories, fillers and stories of the bank stand on pages that do not list them.
    waiting = tuple(one.story for one in issue.bank)
    stories = (*(story for page in issue.pages for story in page.stories), *waiting)
    visitors = tuple(f"{story.id}{SECOND}" for story in stories if story.jump)
    visitors += tuple(story.id for story in (*issue.fillers, *waiting))
    for item in fields.pages:
        name = item.page.text
        if name not in pages:
            meant = did_you_mean(name, pages) or hint("known-are", **listed(pages))
            sources.report("E126", span=item.page.span, name=name, hint=meant)
        elif name in made:
            sources.report("E127", span=item.page.span, name=name)
        elif name in styles:
            made[name] = _PlanReader(pages[name], styles[name], sources, places, visitors).read(item)
    return made


def read_former(path: Path, styles: Dictionary[str, Style], sources: Sources) -> dict[str, PagePlan]:
    """Return the plans in a file as they were made, whatever the issue has become since; entries in part are left out.

    Args:
        path: the former plan file.
        styles: the pages' styles by page id.
        sources: where texts and findings go.
    """
    found = _parse(path, sources)
    if found is None:
        return {}
    made: dict[str, PagePlan] = {}
    for item in found[0].pages:
        name = item.page.text
        if name in styles:
            lines = styles[name].grid.lines
            modules = tuple(module for one in item.modules if (module := _module(one, lines)) is not None)
            made[name] = _plan(item, modules, ())
    return made


def _parse(path: Path, sources: Sources) -> tuple[PlanFields, dict[Span, Span]] | None:
    """Return a plan file's fields and the places of its pins by the places of the names they belong to."""
    text = sources.read(path)
    tree = read_tree(text, sources.name(path), sources) if text is not None else None
    if tree is None:
        return None
    from layout.reading.boundary import INPUT, check  # noqa: PLC0415 - it brings pydantic
    from layout.reading.plansheet import PlanFields  # noqa: PLC0415

    fields = check(PlanFields, tree, INPUT, sources, {})
    return None if fields is None else (fields, dict(_pin_places(tree)))


@dataclass(slots=True)
class _PlanReader:
    """Reads one page's plan, checked against the page."""

    page: Page
    style: Style
    sources: Sources
    places: dict[Span, Span]
    visitors: tuple[str, ...]

    def read(self, fields: PlanPageFields) -> PagePlan:
        known = self._known(fields)
        frozen = any(item.frozen for item in known)
        modules: list[Module] = []
        wanted: list[Wanted] = []
        pinned: list[Pinned] = []
        for item in known:
            span = item.id.span
            pin = pin_of(item.pin)
            if item.frozen and (pin is None or not pin.whole):
                self.sources.report("E128", span=span, name=item.id.text)
            module = _module(item, self.style.grid.lines)
            asked = pin is not None and (pin.head, pin.above, pin.beside) != (None, (), ())
            if frozen and not item.frozen and module is not None and not asked:
                continue
            if pin is not None:
                pinned.append(Pinned(item.id.text, pin, self.places.get(span, span)))
            if module is not None and not asked:
                modules.append(module)
            elif pin is not None:
                wanted.append(Wanted(id=item.id.text, pin=pin, span=self.places.get(span, span)))
        listed = {item.name for item in pinned}
        others: list[Entry | Advert] = [*self.page.adverts, *self.page.entries]
        pinned += [
            Pinned(item.id, item.pin, item.span) for item in others if item.pin is not None and item.id not in listed
        ]
        sheets = max(len(self.page.spread), 1)
        check_pins(pinned, self.style, sheets, self.sources, front=self.page.front)
        check_wishes(pinned, self.page, self.sources)
        return _plan(fields, tuple(modules), tuple(wanted))

    def _known(self, fields: PlanPageFields) -> list[ModuleFields]:
        """Return the entries that the page has, each once; others are reported."""
        ids = [*(entry.id for entry in self.page.entries), *self.visitors]
        met: dict[str, Span] = {}
        for item in fields.modules:
            name = item.id.text
            if name not in ids:
                meant = did_you_mean(name, ids) or hint("out-of-plan")
                self.sources.report("E125", span=item.id.span, name=name, where=self.page.id, hint=meant)
            elif name in met:
                first = hint("first-line", line=met[name].line)
                self.sources.report("E127", span=item.id.span, name=name, hint=first)
            else:
                met[name] = item.id.span
        return [item for item in fields.modules if met.get(item.id.text) == item.id.span]


def _plan(fields: PlanPageFields, modules: tuple[Module, ...], wanted: tuple[Wanted, ...]) -> PagePlan:
    return PagePlan(
        page=fields.page.text,
        modules=modules,
        blocks=tuple((item.id.text, cells) for item in fields.blocks if (cells := _cells(item.pin, None)) is not None),
        unplaced=tuple(item.text for item in fields.unplaced),
        holes=tuple(cells for item in fields.holes if (cells := _cells(item, None)) is not None),
        cost=fields.cost,
        wanted=wanted,
    )


def _module(fields: ModuleFields, foot: int) -> Module | None:
    """Return an entry with a whole place and a setting, else None; `foot` are the lines of the type area."""
    cells = _cells(fields.pin, foot) if fields.pin else None
    if cells is None or fields.setting is None:
        return None
    variant = _variant(fields.setting, cells.columns, cells.lines)
    return Module(id=fields.id.text, cells=cells, variant=variant, cost=fields.cost, span=fields.id.span)


def _cells(pin: PinFields, foot: int | None) -> Cells | None:
    if pin.column is None or pin.columns is None or pin.line is None or pin.lines is None:
        return None
    below = foot is not None and pin.line - 1 + pin.lines == foot
    return Cells(pin.column - 1, pin.line - 1, pin.columns, pin.lines + below)


def _variant(fields: SettingFields, columns: int, lines: int) -> Variant:
    head = fields.head
    return Variant(
        style=fields.style,
        columns=fields.columns or columns,
        lines=fields.lines or lines,
        legs=fields.legs,
        characters=fields.characters,
        body=fields.body,
        head=HeadChoice(
            role=head.role.text,
            size=head.size,
            lines=head.lines,
            depth=head.depth,
            fill=head.fill,
            beside=head.beside,
        )
        if head
        else None,
        photos=tuple(
            PhotoPlace(
                photo=one.photo - 1,
                leg=one.leg - 1,
                legs=one.legs,
                depth=one.depth,
                height=one.height,
                offset=one.offset,
            )
            for one in fields.photos
        ),
        quote=QuotePlace(
            quote=fields.quote.quote - 1,
            leg=fields.quote.leg - 1,
            depth=fields.quote.depth,
            offset=fields.quote.offset,
        )
        if fields.quote
        else None,
        edition=Edition(
            dropped=tuple(fields.edition.dropped),
            subheads=tuple(fields.edition.subheads),
            trim=_cut(fields.edition.trim),
            turn=_cut(fields.edition.turn),
        )
        if fields.edition
        else None,
        air=fields.air,
        raised=fields.raised,
        blank=fields.blank,
        over=fields.over,
        parts=tuple(_variant(part, columns, lines) for part in fields.parts),
    )


def _cut(fields: CutFields | None) -> Cut | None:
    return Cut(fields.block, fields.offset) if fields else None


def _pin_places(tree: Mapping) -> Iterator[tuple[Span, Span]]:
    for page in _blocks(tree.get("pages")):
        for module in _blocks(page.get("modules")):
            name, pin = module.get("id"), module.get("pin")
            if name is not None and pin is not None:
                yield name.span, pin.span


def _blocks(node: Node | None) -> Iterator[Mapping]:
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Mapping):
            yield item
