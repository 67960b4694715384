"""The kinds of value that YAML files may hold, read from text by our own strict rules.

Each kind is one annotation for a boundary model: what it makes of a tree node, and what the JSON Schema says about
it. Nothing is guessed: a number is ASCII digits, a date is a day that exists.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn, TypeAlias

from pydantic_core import PydanticCustomError, core_schema

from layout.color import PLATES, InkCount
from layout.diagnostics.hints import hint
from layout.geometry import MM, parse_length
from layout.reading.source import did_you_mean
from layout.reading.tree import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

    from layout.diagnostics.hints import Hint

Json: TypeAlias = dict[str, Any]

_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,9}\Z")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?\Z")
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_FLAGS: Final = {"true": True, "yes": True, "false": False, "no": False}
_LENGTH_PATTERN: Final = r"^[+-]?\d+(\.\d+)?\s*(pt|mm|cm|in)$"
_EM_LENGTH_PATTERN: Final = r"^[+-]?\d+(\.\d+)?\s*(pt|mm|cm|in|em)$"
_EM_PROBE: Final = 1000
_WRONG: Final = "wrong"
"""pydantic's name for our own errors."""

_INKS_MOST: Final = 100


def refuse(problem: str, problem_zh: str, cure: Hint | None = None) -> NoReturn:
    """Raise that a value cannot be read, told in both languages."""
    context = {"problem": problem, "problem_zh": problem_zh, "hint": cure}
    raise PydanticCustomError(_WRONG, "{problem}", context)


class Kind:
    """An annotation: read a value by `read`, describe it by `json`."""

    def __init__(self, read: Callable[[Any], object], json: Json) -> None:
        """Keep the reader, which refuses what it cannot read, and the JSON Schema."""
        self.read = read
        self.json = json

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Return a schema that calls the reader."""
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        """Return a copy of the JSON Schema."""
        return dict(self.json)


class Shorthand:
    """An annotation: a model whose one field `key` may be written alone, without the block around it."""

    def __init__(self, key: str) -> None:
        """Keep the name of the field that a bare value stands for."""
        self.key = key

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Return the model's schema behind a step that puts the block around a bare value."""
        key = self.key

        def widen(value: object) -> object:
            return {key: value} if isinstance(value, Scalar) else value

        return core_schema.no_info_before_validator_function(widen, handler(source))

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        """Return the choice between the bare value and the block."""
        return {"anyOf": [{"type": "string"}, handler(schema)]}


def scalar(value: object) -> Scalar:
    """Return a single value, or raise that it is a list or a block."""
    if isinstance(value, Scalar):
        return value
    found, found_zh = ("a list", "列表") if isinstance(value, list) else ("a block", "键值块")
    refuse(f"a single value is needed, not {found}", f"应为单个值，而不是{found_zh}", hint("quote-bracket"))


def _choices(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def one_of(*names: str) -> Kind:
    """Return the kind of a word from a list."""

    def read(value: object) -> str:
        text = scalar(value).text
        if text not in names:
            problem = f"`{text}` is none of {_choices(names)}"
            refuse(problem, f"`{text}` 不在 {_choices(names)} 之中", did_you_mean(text, names))
        return text

    return Kind(read, {"enum": list(names)})


def integer(least: int, most: int) -> Kind:
    """Return the kind of a whole number within bounds."""

    def read(value: object) -> int:
        text = scalar(value).text
        if not _INTEGER.match(text):
            refuse(f"`{text}` is no whole number", f"`{text}` 不是整数")
        if not least <= int(text) <= most:
            refuse(f"{text} is not between {least} and {most}", f"{text} 不在 {least} 与 {most} 之间")
        return int(text)

    return Kind(read, {"type": "integer", "minimum": least, "maximum": most})


def number(least: float, most: float) -> Kind:
    """Return the kind of a decimal number within bounds."""

    def read(value: object) -> float:
        text = scalar(value).text
        if not _NUMBER.match(text):
            refuse(f"`{text}` is no number", f"`{text}` 不是数字")
        if not least <= float(text) <= most:
            refuse(f"{text} is not between {least:g} and {most:g}", f"{text} 不在 {least:g} 与 {most:g} 之间")
        return float(text)

    return Kind(read, {"type": "number", "minimum": least, "maximum": most})


def flag(value: object) -> bool:
    """Return yes or no, or raise that a value is neither."""
    text = scalar(value).text
    if text.lower() not in _FLAGS:
        refuse(f"`{text}` is neither yes nor no", f"`{text}` 既不是 yes 也不是 no")
    return _FLAGS[text.lower()]


def _date(value: object) -> str:
    text = scalar(value).text
    if not _ISO_DATE.match(text):
        problem = f"`{text}` is not written as year-month-day"
        refuse(problem, f"`{text}` 没有写成“年-月-日”", hint("date-like"))
    try:
        date.fromisoformat(text)
    except ValueError:
        refuse(f"there is no day {text}", f"没有 {text} 这一天")
    return text


def _length(value: object) -> int:
    text = scalar(value).text
    try:
        return parse_length(text)
    except ValueError:
        refuse(f"`{text}` is no length", f"`{text}` 不是长度", hint("length"))


def _millimetres(value: object) -> float:
    return round(_length(value) / MM, 3)


def _em_length(value: object) -> str:
    text = scalar(value).text
    try:
        parse_length(text, _EM_PROBE)
    except ValueError:
        refuse(f"`{text}` is no length", f"`{text}` 不是长度", hint("length-em"))
    return text


def _ink(value: object) -> Scalar | tuple[float, ...]:
    if isinstance(value, Scalar):
        return value
    if not isinstance(value, list) or len(value) != 4:  # cyan, magenta, yellow, black
        refuse("four ink percentages are needed", "应为四个油墨百分比", hint("four-inks"))
    read = number(0, _INKS_MOST).read
    return tuple(float(str(read(part))) for part in value)


def _several(value: object) -> list[Scalar]:
    return [scalar(item) for item in value] if isinstance(value, list) else [scalar(value)]


TEXT_JSON: Final[Json] = {"type": ["string", "number", "boolean"]}
_INK_JSON: Final[Json] = {
    "anyOf": [
        {"type": "string"},
        {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
    ]
}

Text = Annotated[Scalar, Kind(scalar, TEXT_JSON)]
"""Any single value, kept with its place."""

Texts = Annotated[
    list[Scalar],
    Kind(_several, {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One value or a list of them, each kept with its place."""

FilePath = Annotated[Scalar, Kind(scalar, {"type": "string"})]
"""A path relative to the file that names it."""

FLAG_JSON: Final[Json] = {"enum": [True, False, "yes", "no"]}

Flag = Annotated[bool, Kind(flag, FLAG_JSON)]
IsoDate = Annotated[str, Kind(_date, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})]
Length = Annotated[int, Kind(_length, {"type": "string", "pattern": _LENGTH_PATTERN})]
EmLength = Annotated[str, Kind(_em_length, {"type": "string", "pattern": _EM_LENGTH_PATTERN})]
Share = Annotated[float, number(0, 1)]
Em = Annotated[float, number(0, 100)]
Count = Annotated[int, integer(1, 1000)]
Whole = Annotated[int, integer(0, 1_000_000_000)]
Millimetres = Annotated[float, Kind(_millimetres, {"type": "string", "pattern": _LENGTH_PATTERN})]
Inks = Annotated[InkCount, one_of(*PLATES)]
InkValue = Annotated[Scalar | tuple[float, ...], Kind(_ink, _INK_JSON)]
