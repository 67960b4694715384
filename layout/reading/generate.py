"""JSON Schemas of issue, story, style and plan files, for editors' programs to complete and check by.

Made from the boundary models, so that what a program offers and what the engine accepts cannot differ. Draft-07 is
the newest that common YAML language servers know. Run as a module, it rewrites the files under `layout/schemas`; a
test compares them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import GenerateJsonSchema

from layout.reading.plansheet import PlanFields
from layout.reading.schema import HouseFields, IssueFields, StoryFields
from layout.reading.stylesheet import ConditionFields, StyleFields
from layout.resources import schemas_folder

if TYPE_CHECKING:
    from pydantic_core import core_schema

    from layout.reading.boundary import Boundary

_DRAFT: Final = "http://json-schema.org/draft-07/schema#"

_ROOTS: Final[dict[str, tuple[type[Boundary], bool]]] = {
    "issue": (IssueFields, True),
    "story": (StoryFields, True),
    "house": (HouseFields, True),
    "style": (StyleFields, False),
    "print": (ConditionFields, True),
    "plan": (PlanFields, True),
}
"""The schemas by name: their models, and whether a file must be complete (a style only changes another)."""


class _Draft07(GenerateJsonSchema):
    """pydantic's generator without its remarks on our own kinds and without defaults that are no JSON."""

    schema_dialect = _DRAFT

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        """Return the schema of a field without its default: descriptions tell defaults in the file's own terms."""
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> dict[str, Any]:
        """Return the schema of a field that may be left out: a key without a value counts as absent."""
        return self.generate_inner(schema["schema"])


def json_schemas() -> dict[str, str]:
    """Return the text of each schema file by its name."""
    return {f"{name}.schema.json": _text(model, complete=complete) for name, (model, complete) in _ROOTS.items()}


def _text(model: type[Boundary], *, complete: bool) -> str:
    made = model.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_Draft07)
    made["definitions"] = made.pop("$defs", {})
    tidy = _tidy(made, complete=complete)
    return json.dumps({"$schema": _DRAFT, **tidy}, ensure_ascii=False, indent=2) + "\n"


def _tidy(node: Any, *, complete: bool, fields: bool = False) -> Any:  # noqa: ANN401 - any depth of JSON
    """Return JSON without the titles that pydantic makes of names, and without demands on partial files.

    Draft-07 ignores what stands beside a reference; therefore such references go one level down.
    """
    if isinstance(node, list):
        return [_tidy(item, complete=complete) for item in node]
    if not isinstance(node, dict):
        return node
    if not fields and "$ref" in node and len(node) > 1:
        node = {"allOf": [{"$ref": node["$ref"]}], **{key: value for key, value in node.items() if key != "$ref"}}
    dropped = set() if fields else {"title"} if complete else {"title", "required"}
    return {
        key: _tidy(value, complete=complete, fields=not fields and key in ("properties", "definitions"))
        for key, value in node.items()
        if key not in dropped
    }


def write_schemas() -> None:
    """Write the schema files."""
    schemas_folder().mkdir(exist_ok=True)
    for name, text in json_schemas().items():
        (schemas_folder() / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_schemas()
