"""From checked style values to the frozen `Style` and `PrintCondition`.

Fields of a boundary model go into the fields of the same name; what differs stands in `_SHAPES`. Colours are looked
up by name here, and what several values together get wrong is found here.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

from layout import condition, style
from layout.color import Ink
from layout.diagnostics.codes import CODES
from layout.diagnostics.hints import hint
from layout.geometry import MM, parse_length
from layout.model import Pin
from layout.reading import stylesheet
from layout.reading.boundary import STYLE, Boundary, check
from layout.reading.source import did_you_mean
from layout.reading.tree import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from layout.diagnostics import Span
    from layout.diagnostics.hints import Hint
    from layout.reading.source import Sources
    from layout.reading.tree import Node

_TARGETS: Final[dict[type[Boundary], type]] = {
    stylesheet.TextFields: style.TextStyle,
    stylesheet.SheetFields: style.Sheet,
    stylesheet.GridFields: style.Grid,
    stylesheet.BandFields: style.HeadBand,
    stylesheet.HeadFields: style.HeadStyle,
    stylesheet.LegFields: style.LegStyle,
    stylesheet.BoxFields: style.BoxStyle,
    stylesheet.GroupFields: style.GroupStyle,
    stylesheet.PhotoStyleFields: style.PhotoStyle,
    stylesheet.QuoteFields: style.QuoteStyle,
    stylesheet.TableFields: style.TableStyle,
    stylesheet.ListFields: style.ListStyle,
    stylesheet.FormFields: style.FormStyle,
    stylesheet.FormsFields: style.FormStyles,
    stylesheet.JumpFields: style.JumpStyle,
    stylesheet.TrimFields: style.TrimStyle,
    stylesheet.OrnamentFields: style.OrnamentStyle,
    stylesheet.RuleFields: style.RuleStyle,
    stylesheet.FolioFields: style.FolioStyle,
    stylesheet.NameplateFields: style.NameplateStyle,
    stylesheet.BannerFields: style.BannerStyle,
    stylesheet.IndexStyleFields: style.IndexStyle,
    stylesheet.CreditFields: style.CreditStyle,
    stylesheet.AdvertStyleFields: style.AdvertStyle,
    stylesheet.CompositionFields: style.Composition,
    stylesheet.ReleaseFields: style.ReleaseStyle,
    stylesheet.LimitFields: style.Limits,
    stylesheet.StyleFields: style.Style,
    stylesheet.PictureLimitFields: condition.PictureLimits,
    stylesheet.TextMinimumFields: condition.TextMinima,
    stylesheet.LineMinimumFields: condition.LineMinima,
    stylesheet.ConditionFields: condition.PrintCondition,
}
"""Which frozen value each boundary model becomes."""


def _slot(slot: stylesheet.SlotFields) -> style.Slot:
    pin = Pin(column=slot.column, columns=slot.columns, line=slot.line, lines=slot.lines, head=slot.head)
    return style.Slot(pin=pin, rank=slot.rank)


_SHAPES: Final[dict[type[Boundary], Callable[[Any], dict[str, Any]]]] = {
    stylesheet.TextFields: lambda text: {"pitch": parse_length(text.pitch, text.size)},
    stylesheet.HeadFields: lambda heads: {
        "bands": list(heads.bands.values()),
        "fill_least": heads.fill[0],
        "fill_most": heads.fill[1],
        "spread": [(spread.upto, spread.most_em) for spread in heads.spread],
    },
    stylesheet.LegFields: lambda legs: {"gutters": [(gutter.upto, gutter.gutter_em) for gutter in legs.gutters]},
    stylesheet.AdvertStyleFields: lambda advert: {
        "kinds": [(kind.name.text, kind.width, kind.height) for kind in advert.kinds]
    },
    stylesheet.StyleFields: lambda sheet: {
        **{name: getattr(sheet.text, name) for name in stylesheet.TextsFields.model_fields},
        "widths": {int(rank): tuple(columns) for rank, columns in sheet.widths.items()},
        "weights": dict(sheet.weights),
        "levels": dict(sheet.levels),
        "templates": {name: tuple(map(_slot, slots)) for name, slots in sheet.templates.items()},
        "score": {
            name: style.Limits(good=(one.good[0], one.good[1]), acceptable=(one.acceptable[0], one.acceptable[1]))
            for name, one in sorted(sheet.score.items())
        },
    },
}
"""Fields that are written otherwise than they are kept."""

_RANKS: Final = ("1", "2", "3", "4")
_PAIR: Final = 2

Target = TypeVar("Target")


def freeze_style(name: str, tree: Mapping, weights: frozenset[str], sources: Sources) -> style.Style | None:
    """Return a merged tree as a style, or report what is wrong with it.

    Args:
        name: the style's name.
        tree: the merged values.
        weights: the names of all weights.
        sources: where findings go.
    """
    before = len(sources.findings)
    checked = check(stylesheet.StyleFields, tree, STYLE, sources)
    if checked is None:
        return None
    freezer = _Freezer(tree, sources, checked.colors)
    made = freezer.freeze(style.Style, checked, name=name)
    freezer.check_ranges(checked)
    freezer.check_names("weights", checked.weights, weights)
    freezer.check_names("widths", checked.widths, _RANKS, all_needed=True)
    freezer.check_names("levels", checked.levels, CODES)
    freezer.check_geometry(made)
    return made if len(sources.findings) == before else None


def freeze_condition(name: str, tree: Mapping, folder: Path, sources: Sources) -> condition.PrintCondition | None:
    """Return a tree as a print condition, or report what is wrong with it; `folder` is where its file lies."""
    checked = check(stylesheet.ConditionFields, tree, STYLE, sources)
    if checked is None:
        return None
    freezer = _Freezer(tree, sources, {})
    return freezer.freeze(
        condition.PrintCondition,
        checked,
        name=name,
        profile=str(folder / checked.profile.text),
        sha256=checked.sha256.text if checked.sha256 else "",
        positions=tuple(checked.positions.items()),
    )


class _Freezer:
    """Turns the parts of one checked style into frozen ones."""

    def __init__(self, tree: Mapping, sources: Sources, colors: dict[str, Any]) -> None:
        self.tree = tree
        self.sources = sources
        self.colors = {name: value for name, value in colors.items() if not isinstance(value, Scalar)}
        for name, value in colors.items():
            if isinstance(value, Scalar):
                problem, problem_zh = "four ink percentages are needed", "应为四个油墨百分比"
                self._report(value.span, f"colors.{name}", problem, problem_zh, hint("inks-list"))

    def freeze(self, target: type[Target], model: Boundary, **given: object) -> Target:
        """Return a boundary model as `target`, with `given` fields in place of its own."""
        shaped = _SHAPES[type(model)](model) if type(model) in _SHAPES else {}
        made: dict[str, Any] = dict(given)
        for field in fields(target):  # type: ignore[arg-type]
            if field.name not in made:
                value = shaped[field.name] if field.name in shaped else getattr(model, field.name)
                made[field.name] = self._ink(value) if field.type == "Ink" else self._value(value)
        return target(**made)

    def _value(self, value: object) -> object:
        if isinstance(value, Boundary):
            return self.freeze(_TARGETS[type(value)], value)
        if isinstance(value, Scalar):
            return value.text
        if isinstance(value, list):
            return tuple(self._value(item) for item in value)
        return value

    def _ink(self, value: Scalar | tuple[float, ...]) -> Ink:
        found = self.colors.get(value.text) if isinstance(value, Scalar) else value
        if found is None and isinstance(value, Scalar):
            meant = did_you_mean(value.text, self.colors) or hint("name-color")
            problem, problem_zh = f"there is no colour `{value.text}`", f"没有名为 `{value.text}` 的颜色"
            self._report(value.span, "ink", problem, problem_zh, meant)
        return Ink(*(found or (0.0, 0.0, 0.0, 0.0)))

    # --- what several values together get wrong

    def check_ranges(self, model: Boundary, path: tuple[str, ...] = ()) -> None:
        """Report pairs of least and most that are the wrong way round."""
        for name, value in _entries(model):
            place = (*path, name)
            if isinstance(value, Boundary | dict):
                self.check_ranges(value, place)  # type: ignore[arg-type]
            elif _is_pair(value) and value[0] > value[1]:
                self._wrong(place, "the least stands before the most", "应先写最小值，再写最大值")
            elif name == "gutters" and [item.upto for item in value] != sorted({item.upto for item in value}):
                self._wrong(place, "`upto` must rise from item to item", "`upto` 应逐项递增")

    def check_names(
        self, block: str, found: dict[str, Any], known: Collection[str], *, all_needed: bool = False
    ) -> None:
        """Report unknown names of a block, and, where all are needed, missing ones."""
        for name in found:
            if name not in known:
                self.sources.report(
                    "E203",
                    span=self._place((block, name), key=True),
                    name=f"{block}.{name}",
                    hint=did_you_mean(name, known),
                )
        for name in known if all_needed else ():
            if name not in found:
                self.sources.report("E205", span=self._place((block,), key=True), name=f"{block}.{name}")

    def check_geometry(self, made: style.Style) -> None:
        """Report a type area that the sheet cannot hold, and parts that the grid cannot hold."""
        sheet, grid = made.sheet, made.grid
        for name, offset, area, trim in (
            ("width", sheet.left, made.area_width, sheet.width),
            ("height", sheet.top, made.area_height, sheet.height),
        ):
            if offset < 0 or offset + area > trim:
                needs, has = (offset + area) / MM, trim / MM
                problem = f"{name}: {needs:.1f} mm are needed, the sheet has {has:.1f} mm"
                side = {"width": "宽", "height": "高"}[name]
                problem_zh = f"{side}需 {needs:.1f} 毫米，成品为 {has:.1f} 毫米"
                span = self._place(("sheet", name))
                self.sources.report("E206", span=span, problem=problem, problem_zh=problem_zh)
        if made.body.pitch != grid.pitch:
            self._wrong(("text", "body", "pitch"), "it must be the grid's pitch", "应与网格行距相同")
        if made.nameplate.columns > grid.columns:
            self._wrong(("nameplate", "columns"), "the grid has fewer columns", "超过了网格的栏数")
        if made.nameplate.lines >= grid.lines:
            self._wrong(("nameplate", "lines"), "the grid has fewer lines", "超过了网格的行数")
        self._check_templates(made)
        for rank, columns in made.widths.items():
            if not columns or max(columns) > grid.columns:
                self._wrong(("widths", str(rank)), "the grid has fewer columns", "超过了网格的栏数")

    def _check_templates(self, made: style.Style) -> None:
        for name, slots in made.templates.items():
            for slot in slots:
                if _end(slot.pin.column, slot.pin.columns) > made.grid.columns:
                    self._wrong(("templates", name), "the grid has fewer columns", "超过了网格的栏数")
                if _end(slot.pin.line, slot.pin.lines) > made.grid.lines:
                    self._wrong(("templates", name), "the grid has fewer lines", "超过了网格的行数")

    def _wrong(self, path: tuple[str, ...], problem: str, problem_zh: str) -> None:
        self._report(self._place(path), ".".join(path), problem, problem_zh, None)

    def _report(self, span: Span, name: str, problem: str, problem_zh: str, cure: Hint | None) -> None:
        self.sources.report("E204", span=span, name=name, problem=problem, problem_zh=problem_zh, hint=cure)

    def _place(self, path: tuple[str, ...], *, key: bool = False) -> Span:
        """Return where the value (or the key) at a path was written."""
        node: Node = self.tree
        span = node.span
        for name in path:
            if not isinstance(node, Mapping):
                break
            found, value = node.key(name), node.get(name)
            if found is None or value is None:
                break
            node, span = value, (found.span if key else value.span)
        return span


def _end(start: int | None, extent: int | None) -> int:
    return (start or 1) + (extent or 1) - 1


def _entries(model: Boundary | dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if isinstance(model, dict):
        yield from model.items()
    else:
        for name in type(model).model_fields:
            yield name, getattr(model, name)


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == _PAIR and all(isinstance(item, int | float) for item in value)
