"""YAML as a frozen tree that keeps the place of every value.

PyYAML's C loader composes the nodes; nothing is constructed from them, so every scalar stays the text that was
written: `12:30`, `NO` and `007` are what they look like. Aliases and tags are refused: an issue has no use for
them, and they hide where a value comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from layout.diagnostics import Span
from layout.diagnostics.hints import hint
from layout.reading.source import unwanted

if TYPE_CHECKING:
    import yaml

    from layout.diagnostics.hints import Hint
    from layout.reading.source import Sources

_DEPTH_MOST: Final = 40
"""Deeper nesting than any file here needs; it bounds recursion."""

_TAGS: Final = "tag:yaml.org,2002:"

_USUAL_TAGS: Final = {
    "ScalarNode": f"{_TAGS}str",
    "SequenceNode": f"{_TAGS}seq",
    "MappingNode": f"{_TAGS}map",
}
"""The tags that nodes without one have (YAML 1.1, failsafe schema)."""

_SWALLOWED: Final = re.compile(r"[ \t]+#[^\s#]")
"""A comment without a blank after its sign, right behind a value: text that was rather meant to be printed."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as text.

    `style` is YAML's sign of how it was written (empty, `'`, `"`, `|`, `>`), `raw` the source between the marks of
    the span where the text is not simply a stretch of it.
    """

    text: str
    span: Span
    style: str = ""
    raw: str = ""

    def __str__(self) -> str:
        """Return the text."""
        return self.text


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of values."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and their values, in the order written."""

    items: tuple[tuple[Scalar, Node], ...]
    span: Span

    def key(self, name: str) -> Scalar | None:
        """Return the key `name` itself."""
        return next((key for key, _ in self.items if key.text == name), None)

    def get(self, name: str) -> Node | None:
        """Return the value of the key `name`."""
        return next((value for key, value in self.items if key.text == name), None)


Node: TypeAlias = Scalar | Sequence | Mapping


def is_empty(node: Node) -> bool:
    """Return whether nothing was written: such a key counts as absent."""
    return isinstance(node, Scalar) and not node.text


def read_tree(text: str, file: str, sources: Sources) -> Mapping | None:
    """Return the mapping that a YAML text holds, or report why it holds none.

    Args:
        text: the YAML text; leading empty lines shift nothing.
        file: the name for spans.
        sources: where findings go.
    """
    import yaml  # noqa: PLC0415 - slow to import

    try:
        root = yaml.compose(text, Loader=_loader())
    except yaml.YAMLError as error:
        _explain(error, text, file, sources)
        return None
    if root is None:
        return Mapping((), Span(file, 1, 1))
    planter = _Planter(text, file, sources)
    node = planter.plant(root, 0)
    if isinstance(node, Mapping):
        return node
    if not planter.refused:
        _explain(None, text, file, sources)
    return None


@cache
def _loader() -> type[yaml.CSafeLoader]:
    """Return PyYAML's C loader without the rules that would give plain text a type."""
    import yaml  # noqa: PLC0415

    class Untyped(yaml.CSafeLoader):
        yaml_implicit_resolvers: dict[str, object] = {}  # noqa: RUF012 - as PyYAML declares it

        def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:
            """Return the tag of a node without one; PyYAML would look through tables that are empty here."""
            del value, implicit
            return _USUAL_TAGS[kind.__name__]

    return Untyped


def _explain(error: yaml.YAMLError | None, text: str, file: str, sources: Sources) -> None:
    from layout.reading.trouble import report_yaml  # noqa: PLC0415 - needed once something is wrong

    report_yaml(error, text, file, sources)


class _Planter:
    """Turns composed nodes into our own."""

    def __init__(self, text: str, file: str, sources: Sources) -> None:
        self.text = text
        self.file = file
        self.sources = sources
        self.seen: set[int] = set()
        self.refused = False

    def plant(self, node: Any, depth: int) -> Node:  # noqa: ANN401 - PyYAML's stubs lack `id`
        start, end = node.start_mark, node.end_mark
        span = Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        if id(node) in self.seen:
            return self._refuse(span, "an alias (`*name`) repeats this value", "用别名（`*name`）重复了这个值")
        self.seen.add(id(node))
        if depth > _DEPTH_MOST:
            return self._refuse(span, "nested too deeply", "嵌套层次过多")
        if not (node.tag or _TAGS).startswith(_TAGS):
            problem, problem_zh = f"`{node.tag}` is a YAML tag", f"`{node.tag}` 是 YAML 标签"
            return self._refuse(span, problem, problem_zh, hint("quote-tag"))
        if node.id == "scalar":
            return self._scalar(node, span)
        if node.id == "sequence":
            return Sequence(tuple(self.plant(item, depth + 1) for item in node.value), span)
        return self._mapping(node, span, depth)

    def _refuse(self, span: Span, problem: str, problem_zh: str, cure: Hint | None = None) -> Scalar:
        """Report a node, and return what stands in for it so that its key does not count as missing."""
        self.refused = True
        self.sources.report("E102", span=span, problem=problem, problem_zh=problem_zh, hint=cure)
        return Scalar("?", span)

    def _scalar(self, node: yaml.ScalarNode, span: Span) -> Scalar:
        value: str = node.value
        start, end = node.start_mark.index, node.end_mark.index
        style = node.style or ""
        if style:
            if style == '"' and (char := unwanted(value)):
                self.sources.report("E121", span=span, codepoint=f"{ord(char):04X}")
                value = value.replace(char, " ")
            raw = "" if self.text[start + 1 : end - 1] == value else self.text[start:end]
            return Scalar(value, span, style, raw)
        raw = self.text[start:end]
        if _SWALLOWED.match(self.text, end) and value:
            rest = self.text[end:].split("\n", 1)[0]
            line, column = span.end_line, span.end_column
            place = Span(self.file, line, column + len(rest) - len(rest.lstrip()), line, column + len(rest))
            self.sources.report("W133", span=place, hint=hint("quote-to-print"))
        return Scalar(value, span, "", "" if raw == value else raw)

    def _mapping(self, node: yaml.MappingNode, span: Span, depth: int) -> Mapping:
        items: list[tuple[Scalar, Node]] = []
        met: dict[str, Scalar] = {}
        for key_node, value_node in node.value:
            key = self.plant(key_node, depth + 1)
            value = self.plant(value_node, depth + 1)
            if not isinstance(key, Scalar):
                self._refuse(key.span, "a key must be a plain word", "键必须是一个词", hint("quote-text"))
            elif key.text in met:
                former = met[key.text].span
                first = hint("first-place", line=former.line, column=former.column)
                self.sources.report("E103", span=key.span, name=key.text, hint=first)
            else:
                met[key.text] = key
                items.append((key, value))
        return Mapping(tuple(items), span)
