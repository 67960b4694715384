"""The committed JSON Schemas: made from the models, draft-07, and true to the bundled files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from layout.reading.generate import json_schemas
from layout.resources import schemas_folder, styles_folder

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


def schemas(node: Any, *, names: bool = False) -> list[dict[str, Any]]:
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
            assert field.get("description"), "every field explains itself"


def accepts(schema: dict[str, Any], value: Any, document: dict[str, Any]) -> bool:
    """Validate by the few keywords that the schemas use."""
    types = {"string": str, "number": (int, float), "integer": int, "boolean": bool, "array": list, "object": dict}
    if "$ref" in schema:
        return accepts(document["definitions"][schema["$ref"].removeprefix("#/definitions/")], value, document)
    named = schema.get("type", [])
    wanted = [named] if isinstance(named, str) else named
    if wanted and not any(isinstance(value, types[item]) for item in wanted):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if any(not accepts(part, value, document) for part in schema.get("allOf", [])):
        return False
    if "anyOf" in schema and not any(accepts(part, value, document) for part in schema["anyOf"]):
        return False
    if isinstance(value, list):
        fits = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        return fits and all(accepts(schema.get("items", {}), item, document) for item in value)
    if isinstance(value, dict):
        fields, more = schema.get("properties", {}), schema.get("additionalProperties", True)
        if not set(schema.get("required", [])) <= set(value):
            return False
        return all(
            accepts(fields[key], item, document)
            if key in fields
            else bool(more) and (more is True or accepts(more, item, document))
            for key, item in value.items()
        )
    return True


class CoreLoader(yaml.SafeLoader):
    """Reads as YAML language servers do: dates stay text, yes and no are words."""


CoreLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool", ":int:base60"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path: Path) -> Any:
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
    for wrong in ({}, {"headine": "甲"}, {"headline": "甲", "rank": 5}, {"headline": "甲", "photos": [{"focus": [0, 1]}]}):
        assert not accepts(document, wrong, document)
