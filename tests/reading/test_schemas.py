"""The committed JSON Schemas: made from the models, draft-07, and true to the bundled files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
import yaml

from layout.reading.generate import json_schemas
from layout.resources import schemas_folder, styles_folder

if TYPE_CHECKING:
    from collections.abc import Callable

Json: TypeAlias = dict[str, Any]

KEYWORDS = {
    "$schema", "$ref", "definitions", "type", "enum", "pattern", "minimum", "maximum", "minItems", "maxItems", "items",
    "anyOf", "allOf", "properties", "additionalProperties", "required", "description",
}  # fmt: skip
"""What the schemas may use; all of it is draft-07, with lists for `type` and one schema for `items`."""


@pytest.mark.parametrize("name", sorted(json_schemas()))
def test_committed_schemas_are_those_the_models_make(name: str) -> None:
    assert (schemas_folder() / name).read_text(encoding="utf-8") == json_schemas()[name], (
        "run `python -m layout.reading.generate`"
    )


def schemas(node: object, *, names: bool = False) -> list[dict[str, Any]]:
    """Return every schema in a document."""
    if isinstance(node, list):
        return [found for item in node for found in schemas(item)]
    if not isinstance(node, dict):
        return []
    own = [] if names else [node]
    below = [
        schemas(value, names=not names and key in {"properties", "definitions"})
        for key, value in node.items()
        if names or key not in {"enum", "required", "type"}
    ]
    return own + [found for part in below for found in part]


@pytest.mark.parametrize("name", sorted(json_schemas()))
def test_schemas_are_draft_07(name: str) -> None:
    document = json.loads(json_schemas()[name])
    assert document["$schema"] == "http://json-schema.org/draft-07/schema#"
    for schema in schemas(document):
        assert set(schema) <= KEYWORDS
        assert isinstance(schema.get("items", {}), dict)
        if "$ref" in schema:
            assert len(schema) == 1
            assert schema["$ref"].removeprefix("#/definitions/") in document["definitions"]
    for schema in schemas(document):
        for field in schema.get("properties", {}).values():
            target = document["definitions"].get(str(field.get("$ref")).removeprefix("#/definitions/"), field)
            assert target.get("description"), "every field explains itself"


TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def accepts(schema: Json, value: object, document: Json) -> bool:
    """Validate by the few keywords that the schemas use."""
    if "$ref" in schema:
        return accepts(document["definitions"][schema["$ref"].removeprefix("#/definitions/")], value, document)
    parts: tuple[Callable[[Json, Any, Json], bool], ...] = (has_type, has_value, fits_parts, has_items, has_fields)
    return all(part(schema, value, document) for part in parts)


def has_type(schema: Json, value: object, _: Json) -> bool:
    named = schema.get("type", [])
    wanted = [named] if isinstance(named, str) else named
    return not wanted or any(isinstance(value, TYPES[item]) for item in wanted)


def has_value(schema: Json, value: object, _: Json) -> bool:
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return False
    if isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        return False
    return "enum" not in schema or value in schema["enum"]


def fits_parts(schema: Json, value: object, document: Json) -> bool:
    every = all(accepts(part, value, document) for part in schema.get("allOf", []))
    choices = schema.get("anyOf", [])
    return every and (not choices or any(accepts(part, value, document) for part in choices))


def has_items(schema: Json, value: object, document: Json) -> bool:
    if not isinstance(value, list):
        return True
    fits = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
    return fits and all(accepts(schema.get("items", {}), item, document) for item in value)


def has_fields(schema: Json, value: object, document: Json) -> bool:
    if not isinstance(value, dict):
        return True
    fields, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    others = {} if more is True else more
    return set(schema.get("required", [])) <= set(value) and all(
        accepts(fields[key], item, document)
        if key in fields
        else others is not False and accepts(others, item, document)
        for key, item in value.items()
    )


class CoreLoader(yaml.SafeLoader):
    """Reads as YAML 1.2 language servers do: dates and times stay text, yes and no are words."""


CoreLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


def load(path: Path) -> object:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        text = text.split("---\n")[1]
    return yaml.load(text, Loader=CoreLoader)  # noqa: S506 - a SafeLoader


SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("style", sorted(styles_folder().glob("*.yaml"))),
        ("print", sorted((styles_folder() / "print").glob("*.yaml"))),
        ("issue", [SEEDS / "qingdu" / "issue.yaml"]),
        ("story", sorted((SEEDS / "qingdu").glob("*/*.md"))),
    ],
)
def test_schemas_accept_the_bundled_files(name: str, files: list[Path]) -> None:
    document = json.loads(json_schemas()[f"{name}.schema.json"])
    assert files
    for path in files:
        assert accepts(document, load(path), document), path


def test_schemas_refuse_what_the_engine_refuses() -> None:
    document = json.loads(json_schemas()["story.schema.json"])
    assert accepts(document, {"headline": "甲", "rank": 4, "photos": [{"file": "a", "focus": [0, 1]}]}, document)
    for wrong in (
        {},
        {"headine": "甲"},
        {"headline": "甲", "rank": 5},
        {"headline": "甲", "photos": [{"focus": [0, 1]}]},
    ):
        assert not accepts(document, wrong, document)
