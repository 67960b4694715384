"""Validation at the edge: a tree goes through a pydantic model, and what is wrong comes back with its place.

pydantic sees plain dictionaries and lists with our scalars as leaves; its error paths lead back into the tree,
where every node knows its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from layout.diagnostics import Span
from layout.diagnostics.hints import hint, listed
from layout.reading.source import FULL_COLON, did_you_mean, nearest
from layout.reading.tree import Mapping, Scalar, Sequence, is_empty

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pydantic_core import ErrorDetails

    from layout.diagnostics.hints import Hint
    from layout.reading.source import Sources
    from layout.reading.tree import Node

_ATTEMPTS: Final = 8
"""Rounds of leaving out; each goes one block further up."""

_SHAPES: Final = {
    "model_type": ("a block of `key: value` lines is needed", "应为“键: 值”组成的块"),
    "model_attributes_type": ("a block of `key: value` lines is needed", "应为“键: 值”组成的块"),
    "dict_type": ("a block of `key: value` lines is needed", "应为“键: 值”组成的块"),
    "list_type": ("a list is needed", "应为列表"),
}
"""pydantic's names for a value of the wrong shape, and how editors are told."""


_FREE: Final = frozenset({"bands", "templates"})
"""Fields whose keys are free names."""

OVERRIDES: Final = "overrides"
"""The field that holds a piece of style."""


class Boundary(BaseModel):
    """A block of fields; unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, protected_namespaces=(), defer_build=True)


Path: TypeAlias = tuple[int | str, ...]
"""Keys and list places that lead into a tree, as pydantic gives them."""

Model = TypeVar("Model", bound=Boundary)


class Codes:
    """The codes that one kind of file uses for unknown, missing and wrong values, and how it names them."""

    def __init__(self, unknown: str, missing: str, wrong: str, *, dotted: bool) -> None:
        """Keep the codes; `dotted` names fields by their whole path."""
        self.unknown = unknown
        self.missing = missing
        self.wrong = wrong
        self.dotted = dotted


INPUT: Final = Codes("E104", "E105", "E106", dotted=False)
STYLE: Final = Codes("E203", "E205", "E204", dotted=True)


def plain(node: Node) -> object:
    """Return a tree as dictionaries and lists with scalars as leaves.

    Keys without a value are left out; pieces of style stay trees, for they are merged as such.
    """
    if isinstance(node, Mapping):
        return {
            key.text: value if key.text == OVERRIDES else plain(value)
            for key, value in node.items
            if not is_empty(value)
        }
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node


def check(
    model: type[Model], tree: Mapping, codes: Codes, sources: Sources, stand_ins: dict[str, str] | None = None
) -> Model | None:
    """Return the tree's values as `model`; everything wrong with them is reported.

    Where something is wrong, the values that can be read still come back, so that later checks find their errors in
    the same run: wrong values are left out, with the block around them where it cannot do without.

    Args:
        model: the boundary model.
        tree: what was read.
        codes: the codes for this kind of file.
        sources: where findings go.
        stand_ins: values for fields of the whole file that cannot be missing; without them None comes back.
    """
    values = plain(tree)
    for path, key in _valueless(tree, model, ()):
        _report_unknown((*path, key.text), key.span, model, codes, sources)
    for attempt in range(_ATTEMPTS):
        try:
            return model.model_validate(values)
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=False)
            if attempt == 0:
                meant = set(_meant(details, model))
                for detail in details:
                    if not (detail["type"] == "missing" and detail["loc"] in meant):
                        _report(detail, model, tree, codes, sources)
            if stand_ins is None:
                return None
            for detail in reversed(details):
                _prune(values, detail["loc"], stand_ins)
    return None


def _prune(
    values: Any,  # noqa: ANN401 - any depth of plain values
    path: Path,
    stand_ins: dict[str, str],
) -> None:
    """Take out of plain values what an error path leads to, or else the block that lacks it."""
    if len(path) == 1 and path[0] in stand_ins and path[0] not in values:
        values[path[0]] = Scalar(stand_ins[str(path[0])], Span(""))
        return
    holder, step = values, path[0]
    for following in path[1:]:
        inner = holder[step] if _has(holder, step) else None
        if not _has(inner, following):
            break
        holder, step = inner, following
    if _has(holder, step):
        del holder[step]


def _has(holder: object, step: int | str) -> bool:
    if isinstance(holder, list):
        return isinstance(step, int) and step < len(holder)
    return isinstance(holder, dict) and step in holder


def _meant(details: Iterable[ErrorDetails], model: type[Boundary]) -> Iterator[Path]:
    """Return the paths of the fields that unknown ones seem to mean: they are not reported missing as well."""
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *above, last = detail["loc"]
            before = str(last).partition(FULL_COLON)[0].strip()
            yield (*above, nearest(before, _known(model, tuple(above))))


def _report(detail: ErrorDetails, model: type[Boundary], tree: Mapping, codes: Codes, sources: Sources) -> None:
    path, kind = detail["loc"], detail["type"]
    node, key = _walk(tree, path)
    name = _name(path, dotted=codes.dotted)
    if kind == "extra_forbidden":
        _report_unknown(path, key.span if key else node.span, model, codes, sources)
    elif kind == "missing":
        parent, parent_key = _walk(tree, path[:-1])
        sources.report(codes.missing, span=_head(parent_key.span if parent_key else parent.span), name=name)
    elif not (kind in _SHAPES and isinstance(node, Scalar) and sources.report_colon(node.text, node.span)):
        context: dict[str, Any] = detail.get("ctx") or {}
        problem, problem_zh = _SHAPES.get(kind) or _told(kind, detail, context)
        span = _head(node.span)
        cure: Hint | None = context.get("hint")
        sources.report(codes.wrong, span=span, name=name, problem=problem, problem_zh=problem_zh, hint=cure)


def _report_unknown(path: Path, span: Span, model: type[Boundary], codes: Codes, sources: Sources) -> None:
    last = str(path[-1])
    known = list(_known(model, path[:-1]))
    if not sources.report_colon(last, span, known):
        name = _name(path, dotted=codes.dotted)
        sources.report(codes.unknown, span=span, name=name, hint=_where(model, last, known))


def _valueless(node: Node, model: type[Boundary], path: Path) -> Iterator[tuple[Path, Scalar]]:
    """Return unknown keys without a value: they never reach the model."""
    if isinstance(node, Sequence):
        for place, item in enumerate(node.items):
            yield from _valueless(item, model, (*path, place))
    elif isinstance(node, Mapping):
        blocks = dict(_fields(model))
        for key, value in node.items:
            if is_empty(value) and key.text not in blocks:
                yield path, key
            elif (below := blocks.get(key.text)) is not None and key.text not in _FREE:
                yield from _valueless(value, below, (*path, key.text))


def _where(model: type[Boundary], name: str, known: Collection[str]) -> Hint:
    """Return a hint at the field that may be meant, or at the block where it belongs."""
    if near := did_you_mean(name, known):
        return near
    if elsewhere := sorted(set(_places(model, name))):
        return hint("belongs-under", name=name, block=elsewhere[0])
    return hint("known-here", **listed(known))


def _told(kind: str, detail: ErrorDetails, context: dict[str, Any]) -> tuple[str, str]:
    if kind in ("too_short", "too_long"):
        bound = context["min_length"] if kind == "too_short" else context["max_length"]
        least = kind == "too_short"
        return (
            f"the list has {context['actual_length']} items, at {'least' if least else 'most'} {bound} are needed",
            f"列表有 {context['actual_length']} 项，{'至少' if least else '至多'}应有 {bound} 项",
        )
    return str(context.get("problem") or detail["msg"]), str(context.get("problem_zh") or detail["msg"])


def _walk(tree: Node, path: Iterable[int | str]) -> tuple[Node, Scalar | None]:
    """Return the node that an error path leads to as far as it goes, and the key it stands under."""
    node, key = tree, None
    for step in path:
        if isinstance(node, Mapping) and (found := node.key(str(step))) is not None:
            node, key = node.get(str(step)) or node, found
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node, key = node.items[step], None
    return node, key


def _name(path: Path, *, dotted: bool) -> str:
    if dotted:
        return ".".join(str(step) for step in path)
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _head(span: Span) -> Span:
    """Return the part of a span on its first line."""
    if span.end_line == span.line:
        return span
    return Span(span.file, span.line, span.column)


def _models(annotation: object) -> Iterator[type[Boundary]]:
    if isinstance(annotation, type) and issubclass(annotation, Boundary):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _fields(model: type[Boundary]) -> Iterator[tuple[str, type[Boundary] | None]]:
    """Return a model's field names as written, each with the model of its block."""
    for name, field in model.model_fields.items():
        yield field.alias or name, next(_models(field.annotation), None)


def _known(model: type[Boundary], path: Path) -> Iterator[str]:
    """Return the fields that are known where a path leads."""
    here: type[Boundary] = model
    for step in path:
        here = dict(_fields(here)).get(str(step)) or here
    return (name for name, _ in _fields(here))


def _places(model: type[Boundary], name: str, seen: frozenset[type[Boundary]] = frozenset()) -> Iterator[str]:
    """Return the blocks below a model that have a field `name`."""
    for block, below in _fields(model):
        if below is not None and below not in seen:
            if name in dict(_fields(below)):
                yield block
            yield from _places(below, name, seen | {below})
