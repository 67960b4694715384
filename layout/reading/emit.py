"""YAML writing for plans and imported issues: the same value gives the same bytes, and text stays text.

Keys keep the order they are given in. A text is quoted whenever YAML, of whatever version, would take it for
anything else; numbers and truth values are written bare and read back as the text they were written as.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WIDTH: Final = 100
"""A list or block of plain values that fits into so many characters stands on one line."""

_TYPED: Final = re.compile(
    r"(?:~|null|true|false|yes|no|on|off|y|n|[-+]?\.(?:inf|nan)"  # YAML 1.1 and 1.2 words
    r"|[-+.]?[0-9][-+0-9.,:_exobtz a-f]*"  # numbers, dates, times and whatever looks like them
    r"|<<|=)\Z",
    re.IGNORECASE,
)
_FIRST: Final = frozenset("-?:,[]{}#&*!|>'\"%@`=<~. \u3000\u00a0")
"""A bare text starts with none of these."""

_INNER: Final = re.compile(r": |:\Z| #|[\[\]{},?]|\s\Z")
_WIDE_BLANKS: Final = frozenset("\u3000\u00a0")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def to_yaml(value: object) -> str:
    """Return a value as YAML text with a line feed at its end.

    Args:
        value: mappings with text or number keys, lists and tuples, texts, whole and decimal numbers, truth values
            and None, nested at will.

    Raises:
        TypeError: something else is in it.
    """
    return "".join(f"{line}\n" for line in _lines(value))


def _lines(value: object) -> Iterator[str]:
    flow = _flow(value)
    if flow is not None:
        yield flow
    elif isinstance(value, dict):
        yield from _block(value)
    elif isinstance(value, list | tuple):
        yield from _items(value)


def _block(block: Mapping[object, object]) -> Iterator[str]:
    for key, value in block.items():
        name = _scalar(key)
        flow = _flow(value, len(name) + 2)
        if flow is not None:
            yield f"{name}: {flow}"
        else:
            yield f"{name}:"
            yield from (f"  {line}" for line in _lines(value))


def _items(items: Sequence[object]) -> Iterator[str]:
    for item in items:
        first, *rest = _lines(item)
        yield f"- {first}"
        yield from (f"  {line}" for line in rest)


def _flow(value: object, taken: int = 0) -> str | None:
    """Return a value on one line, or None where it is better spread over several."""
    if isinstance(value, dict):
        parts = [(_scalar(key), item) for key, item in value.items()]
        if not parts:
            return "{}"
        if any(isinstance(item, dict | list | tuple) and item for _, item in parts):
            return None
        text = "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in parts) + "}"
    elif isinstance(value, list | tuple):
        if any(isinstance(item, dict | list | tuple) and item for item in value):
            return None
        text = "[" + ", ".join(str(_flow(item)) for item in value) + "]"
    else:
        return _scalar(value)
    return text if len(text) + taken <= _WIDTH else None


def _scalar(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return repr(value)
    if isinstance(value, float):
        return _decimal(value)
    if isinstance(value, str):
        return _text(value)
    message = f"no YAML for {type(value).__name__}"
    raise TypeError(message)


def _decimal(value: float) -> str:
    """Return a number so that YAML 1.1, which asks for a point, reads it as one."""
    if not math.isfinite(value):
        return {"inf": ".inf", "-inf": "-.inf"}.get(repr(value), ".nan")
    mantissa, exponent, power = repr(value).partition("e")
    return mantissa + (".0" if exponent and "." not in mantissa else "") + exponent + power


def _is_shown(char: str) -> bool:
    return char.isprintable() or char in _WIDE_BLANKS


def _text(text: str) -> str:
    bare = text[:1] not in _FIRST and not _INNER.search(text) and not _TYPED.match(text)
    if text and bare and all(map(_is_shown, text)):
        return text
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if _is_shown(char):
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
