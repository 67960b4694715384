"""Validation at the edge: a tree goes through a pydantic model, and what is wrong comes back with its place.

pydantic sees plain dictionaries and lists with our scalars as leaves; its error paths lead back into the tree,
where every node knows its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from layout.diagnostics import Span
from layout.reading.source import did_you_mean
from layout.reading.tree import Mapping, Scalar, Sequence, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

    from layout.reading.source import Sources
    from layout.reading.tree import Node

_FULL_COLON: Final = "："

_SHAPES: Final = {
    "model_type": ("a block of `key: value` lines is needed", "应为“键: 值”组成的块"),
    "model_attributes_type": ("a block of `key: value` lines is needed", "应为“键: 值”组成的块"),
    "dict_type": ("a block of `key: value` lines is needed", "应为“键: 值”组成的块"),
    "list_type": ("a list is needed", "应为列表"),
}
"""pydantic's names for a value of the wrong shape, and how editors are told."""


class Boundary(BaseModel):
    """A block of fields; unknown ones are refused."""

    model_config = ConfigDict(
        extra="forbid", arbitrary_types_allowed=True, protected_namespaces=(), defer_build=True
    )

    title: ClassVar[str] = ""


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
    """Return a tree as dictionaries and lists with scalars as leaves; keys without a value are left out."""
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.items if not is_empty(value)}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node


def check(model: type[Model], tree: Mapping, codes: Codes, sources: Sources) -> Model | None:
    """Return the tree's values as `model`, or None where it has errors; all of them are reported.

    Args:
        model: the boundary model.
        tree: what was read.
        codes: the codes for this kind of file.
        sources: where findings go.
    """
    try:
        return model.model_validate(plain(tree))
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            _report(detail, model, tree, codes, sources)
        return None


def _report(detail: ErrorDetails, model: type[Boundary], tree: Mapping, codes: Codes, sources: Sources) -> None:
    path, kind = detail["loc"], detail["type"]
    node, key = _walk(tree, path)
    name = _name(path, dotted=codes.dotted)
    context: dict[str, Any] = detail.get("ctx") or {}
    if kind == "extra_forbidden":
        _report_unknown(name, path, key.span if key else node.span, model, codes, sources)
    elif kind == "missing":
        parent, parent_key = _walk(tree, path[:-1])
        sources.report(codes.missing, span=_head(parent_key.span if parent_key else parent.span), name=name)
    else:
        problem, problem_zh = _SHAPES.get(kind) or _told(kind, detail, context)
        hint = str(context.get("hint", ""))
        if isinstance(node, Scalar) and _FULL_COLON in node.text and kind in _SHAPES:
            before = node.text.split(_FULL_COLON)[0].strip()
            sources.report("E114", span=node.span, name=before, hint=f"write `{before}: `")
            return
        span = _head(node.span)
        sources.report(codes.wrong, span=span, name=name, problem=problem, problem_zh=problem_zh, hint=hint)


def _told(kind: str, detail: ErrorDetails, context: dict[str, Any]) -> tuple[str, str]:
    if kind in ("too_short", "too_long"):
        bound = context["min_length"] if kind == "too_short" else context["max_length"]
        least = kind == "too_short"
        return (
            f"the list has {context['actual_length']} items, at {'least' if least else 'most'} {bound} are needed",
            f"列表有 {context['actual_length']} 项，{'至少' if least else '至多'}应有 {bound} 项",
        )
    return str(context.get("problem") or detail["msg"]), str(context.get("problem_zh") or detail["msg"])


def _report_unknown(
    name: str, path: tuple[int | str, ...], span: Span, model: type[Boundary], codes: Codes, sources: Sources
) -> None:
    last = str(path[-1])
    known = list(_known(model, path[:-1]))
    before = last.split(_FULL_COLON)[0].strip()
    if _FULL_COLON in last and before in known:
        sources.report("E114", span=span, name=before, hint=f"write `{before}: `")
        return
    hint = did_you_mean(last, known)
    if not hint and (elsewhere := sorted(set(_places(model, last)))):
        hint = f"`{last}` belongs under `{elsewhere[0]}`"
    if not hint and known:
        hint = "known here: " + ", ".join(f"`{item}`" for item in known)
    sources.report(codes.unknown, span=span, name=name, hint=hint)


def _walk(tree: Node, path: Iterable[int | str]) -> tuple[Node, Scalar | None]:
    """Return the node that an error path leads to as far as it goes, and the key it stands under."""
    node, key = tree, None
    for step in path:
        if isinstance(node, Mapping) and (found := node.key(str(step))) is not None:
            node, key = node.get(str(step)) or node, found
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node, key = node.items[step], None
    return node, key


def _name(path: tuple[int | str, ...], *, dotted: bool) -> str:
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


def _known(model: type[Boundary], path: tuple[int | str, ...]) -> Iterator[str]:
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
