"""Styles: YAML under `styles/`, resolved through `extends` and overrides into one frozen `Style`.

One mechanism does it all. What a style extends, the style itself, its part for the region, the issue's print
condition, the page's overrides and the story's are merged in this order: blocks merge key by key, anything else
replaces, and a key without a value takes the former one out. Every value keeps the place it came from.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

from layout.diagnostics import Span, StyleError
from layout.diagnostics.hints import hint, listed
from layout.model import Region
from layout.reading.source import Sources, did_you_mean
from layout.reading.tree import Mapping, Scalar, Sequence, is_empty, read_tree
from layout.resources import styles_folder

if TYPE_CHECKING:
    from layout.condition import PrintCondition
    from layout.reading.tree import Node
    from layout.style import Style

STYLE_USUAL: Final = "tabloid"
"""The style of an issue that states none."""

STORY_KEYS: Final = frozenset(
    {
        "colors", "text", "heads", "legs", "box", "group", "photo", "quote", "table", "listing", "forms", "trim",
        "composition", "widths",
    }
)
"""Parts of a style that one story may change; the rest belongs to the page."""

_SUFFIX: Final = ".yaml"
_WEIGHTS: Final = "weights"
_NONE: Final = Mapping((), Span(""))


def read_style(
    name: str, folder: Path | None = None, overrides: Mapping | None = None, region: Region = "zh-Hans"
) -> Style:
    """Return a resolved style.

    Args:
        name: the name of a packaged style, or a path relative to `folder`.
        folder: the issue's folder; None allows packaged styles only.
        overrides: a piece of style laid over it, from `layout.reading.tree.read_tree`.
        region: picks the style's part for a region.

    Raises:
        StyleError: with all that is wrong.
    """
    sources = Sources(folder or styles_folder())
    style = Stylist(sources).style(Scalar(name, Span(name)), sources.folder, [overrides or _NONE], region)
    if style is None or sources.failed:
        raise StyleError(sources.findings, sources.texts)
    return style


def resolved_style(name: str, folder: Path | None = None) -> dict[str, Any]:
    """Return the values of a style as written, with all that it extends merged in: blocks, lists and texts.

    Args:
        name: the name of a packaged style, or a path relative to `folder`.
        folder: the issue's folder; None allows packaged styles only.

    Raises:
        StyleError: with all that is wrong.
    """
    read_style(name, folder)
    sources = Sources(folder or styles_folder())
    tree = Stylist(sources).tree(Scalar(name, Span(name)), sources.folder)
    if tree is None:
        raise StyleError(sources.findings, sources.texts)
    return {key.text: _plain(value) for key, value in tree.items}


def _plain(node: Node) -> Any:  # noqa: ANN401 - any depth of blocks and lists
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.items}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return _number(node.text)


def _number(text: str) -> str | int | float:
    for kind in (int, float):
        try:
            if str(kind(text)) == text:
                return kind(text)
        except ValueError:
            continue
    return text


def read_condition(name: str) -> PrintCondition:
    """Return the print condition `name` of the packaged ones.

    Raises:
        StyleError: there is none, its values are wrong, or its profile is not the one it states.
    """
    sources = Sources(styles_folder())
    made = Stylist(sources).condition(Scalar(name, Span(name)))
    if made is None or sources.failed:
        raise StyleError(sources.findings, sources.texts)
    return made


def merge(under: Node, over: Node) -> Node:
    """Return `over` laid on `under`: blocks merge key by key, anything else replaces."""
    if not isinstance(under, Mapping) or not isinstance(over, Mapping):
        return over
    items = {key.text: (key, value) for key, value in under.items}
    for key, value in over.items:
        former = items.get(key.text)
        items[key.text] = (key, merge(former[1], value) if former else value)
    return Mapping(tuple(items.values()), over.span if over.items else under.span)


class Stylist:
    """Reads style files once each and resolves styles from them, reporting to one reading's sources."""

    def __init__(self, sources: Sources) -> None:
        """Start with nothing read."""
        self.sources = sources
        self.trees: dict[Path, Mapping | None] = {}
        self.merged: dict[Path, Mapping | None] = {}
        self.made: dict[tuple[object, ...], Style | None] = {}
        self.conditions: dict[str, PrintCondition | None] = {}

    def style(self, name: Scalar, beside: Path, overrides: list[Mapping], region: Region) -> Style | None:
        """Return the style `name` with `overrides` laid over it in turn, or None where that fails."""
        key = (name.text, beside, tuple(overrides), region)
        if key not in self.made:
            self.made[key] = self._make(name, beside, overrides, region)
        return self.made[key]

    def tree(self, name: Scalar, beside: Path) -> Mapping | None:
        """Return the values of the style `name` with all that it extends merged in, or None where that fails."""
        path = self._path(name, beside)
        return self._merged(path, ()) if path else None

    def _make(self, name: Scalar, beside: Path, overrides: list[Mapping], region: Region) -> Style | None:
        tree = self.tree(name, beside)
        if tree is None:
            return None
        from layout.reading.frozen import freeze_style  # noqa: PLC0415 - it brings pydantic

        tree = self._regional(tree, region)
        for over in overrides:
            laid = merge(tree, over)
            tree = laid if isinstance(laid, Mapping) else tree
        return freeze_style(name.text, tree, self._weight_names(), self.sources)

    def condition(self, name: Scalar) -> PrintCondition | None:
        """Return the print condition `name`, packaged or at a path from the issue's folder, or None."""
        if name.text not in self.conditions:
            self.conditions[name.text] = self._condition(name)
        return self.conditions[name.text]

    def _condition(self, name: Scalar) -> PrintCondition | None:
        path = self._condition_path(name)
        tree = self._tree(path, name.span) if path else None
        if path is None or tree is None:
            return None
        from layout.reading.frozen import freeze_condition  # noqa: PLC0415 - it brings pydantic

        made = freeze_condition(name.text, tree, path.parent, self.sources)
        if made is not None and (code := _profile_fault(Path(made.profile), made.sha256)):
            place = tree.get("profile")
            span = place.span if place else tree.span
            self.sources.report(code, span=span, file=Path(made.profile).name)
        return made

    def _condition_path(self, name: Scalar) -> Path | None:
        if "/" in name.text or name.text.endswith(_SUFFIX):
            return self.sources.resolve(name.text, self.sources.folder, name.span)
        folder = styles_folder() / "print"
        names = sorted(item.stem for item in folder.glob(f"*{_SUFFIX}"))
        if name.text in names:
            return folder / f"{name.text}{_SUFFIX}"
        meant = did_you_mean(name.text, names) or hint("known-are", **listed(names))
        self.sources.report("E208", span=name.span, name=name.text, hint=meant)
        return None

    def _path(self, name: Scalar, beside: Path) -> Path | None:
        """Return the file of a style named in a file of the folder `beside`."""
        folder = styles_folder()
        if "/" in name.text or name.text.endswith(_SUFFIX):
            written = name.text if name.text.endswith(_SUFFIX) else name.text + _SUFFIX
            return self.sources.resolve(written, beside, name.span)
        names = sorted(item.stem for item in folder.glob(f"*{_SUFFIX}"))
        if name.text in names:
            return folder / f"{name.text}{_SUFFIX}"
        meant = did_you_mean(name.text, names) or hint("known-are", **listed(names))
        self.sources.report("E201", span=name.span, name=name.text, hint=meant)
        return None

    def _tree(self, path: Path, span: Span) -> Mapping | None:
        if path not in self.trees:
            text = self.sources.read(path, span)
            file = self.sources.name(path)
            self.trees[path] = None if text is None else read_tree(text, file, self.sources)
        return self.trees[path]

    def _merged(self, path: Path, trail: tuple[Path, ...]) -> Mapping | None:
        """Return a style file's values laid over those it extends."""
        if path in self.merged:
            return self.merged[path]
        tree = self._tree(path, Span(self.sources.name(path)))
        if tree is None:
            return None
        parents = self._parents(tree)
        if parents is None:
            return None
        base: Node = _NONE
        for parent in parents:
            above = self._path(parent, path.parent)
            chain = (*trail, path)
            if above in chain:
                names = [*(item.stem for item in chain[chain.index(above) :]), above.stem]
                self.sources.report("E202", span=parent.span, chain=" → ".join(names))
                return None
            found = self._merged(above, chain) if above else None
            if found is None:
                return None
            base = merge(base, found)
        own = Mapping(tuple(item for item in tree.items if item[0].text != "extends"), tree.span)
        merged = merge(base, own)
        self.merged[path] = Mapping(merged.items, tree.span) if isinstance(merged, Mapping) else None
        return self.merged[path]

    def _parents(self, tree: Mapping) -> list[Scalar] | None:
        """Return the names of the styles that a style extends, or None where they are no names."""
        node = tree.get("extends")
        if node is None or is_empty(node):
            return []
        listed = node.items if isinstance(node, Sequence) else (node,)
        parents = [item for item in listed if isinstance(item, Scalar)]
        if len(parents) < len(listed):
            problem, problem_zh = "names of styles are needed", "应为样式名"
            self.sources.report("E204", span=node.span, name="extends", problem=problem, problem_zh=problem_zh)
            return None
        return parents

    def _regional(self, tree: Mapping, region: Region) -> Mapping:
        """Return a tree with its part for the region merged in."""
        parts = tree.get("regions")
        own = Mapping(tuple(item for item in tree.items if item[0].text != "regions"), tree.span)
        if not isinstance(parts, Mapping):
            return tree
        regions = get_args(Region)
        for key, _ in parts.items:
            if key.text not in regions:
                meant = did_you_mean(key.text, regions)
                self.sources.report("E203", span=key.span, name=f"regions.{key.text}", hint=meant)
        merged = merge(own, parts.get(region) or _NONE)
        return merged if isinstance(merged, Mapping) else own

    def _weight_names(self) -> frozenset[str]:
        """Return the weights that there are: those of the packaged file, which all styles extend."""
        path = styles_folder() / f"{_WEIGHTS}{_SUFFIX}"
        tree = self._tree(path, Span(self.sources.name(path)))
        weights = tree.get(_WEIGHTS) if tree else None
        return frozenset(key.text for key, _ in weights.items) if isinstance(weights, Mapping) else frozenset()


_PRINTER: Final = b"prtrCMYK"
"""Device class and colour space in the header of a profile that an output intent takes (ICC.1, 7.2)."""


def _profile_fault(path: Path, sha256: str) -> str:
    """Return the code of what is wrong with a profile, or an empty text."""
    import hashlib  # noqa: PLC0415 - brings OpenSSL

    try:
        data = path.read_bytes()
    except OSError:
        return "E209"
    if sha256 and hashlib.sha256(data).hexdigest() != sha256:
        return "E209"
    return "" if data[12:20] == _PRINTER and data[36:40] == b"acsp" else "E531"
