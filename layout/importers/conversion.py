"""Convert between Simplified and Traditional by OpenCC, on request: the extra `convert` of the package."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from layout.diagnostics import InputError, finding
from layout.diagnostics.hints import hint
from layout.importers.richtext import joined, sliced
from layout.model import RichText

if TYPE_CHECKING:
    from layout.importers.manuscript import Item

CONVERSIONS: Final = {
    "s2t": "Simplified to Traditional",
    "t2s": "Traditional to Simplified",
    "s2tw": "Simplified to the forms of Taiwan",
    "s2twp": "Simplified to the forms and words of Taiwan",
    "tw2s": "Taiwan to Simplified",
    "tw2sp": "Taiwan to Simplified, words too",
    "s2hk": "Simplified to the forms of Hong Kong",
    "hk2s": "Hong Kong to Simplified",
}
"""What can be asked for, by OpenCC's names."""


@cache
def _converter(name: str) -> Any:  # noqa: ANN401 - OpenCC ships no types
    try:
        from opencc import OpenCC  # noqa: PLC0415 - an extra
    except ImportError as error:
        cure = hint("install-extra", extra="convert")
        raise InputError([finding("E159", name="opencc", hint=cure)]) from error
    return OpenCC(name)


def converted(rich: RichText, name: str) -> RichText:
    """Return a text in the other script; marks stay over their words.

    Words are converted as wholes. Where that changes the length of a marked text, it is converted stretch by stretch
    between the ends of its marks.
    """
    if not rich:
        return rich
    convert = _converter(name).convert
    text = str(convert(rich.text))
    if len(text) == len(rich.text) or not rich.marks:
        marks = tuple(replace(mark, value=_value(mark.value, convert)) for mark in rich.marks)
        return RichText(text, marks)
    edges = sorted({0, len(rich.text), *(mark.start for mark in rich.marks), *(mark.end for mark in rich.marks)})
    parts: list[RichText] = []
    moved = {0: 0}
    for start, end in pairwise(edges):
        parts.append(RichText(str(convert(sliced(rich, start, end).text))))
        moved[end] = moved[start] + len(parts[-1].text)
    whole = joined(parts)
    marks = tuple(replace(mark, start=moved[mark.start], end=moved[mark.end]) for mark in rich.marks)
    return RichText(whole.text, marks)


def _value(value: str, convert: Any) -> str:  # noqa: ANN401
    return value if "://" in value else str(convert(value))


def convert_items(items: tuple[Item, ...], name: str) -> tuple[Item, ...]:
    """Return items with converted texts."""
    return tuple(replace(item, text=converted(item.text, name)) for item in items)
