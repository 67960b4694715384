"""Write the README's reference from the schemas and the table of findings, so that it cannot drift.

Run `python tests/tools/build_reference.py`; a test compares the README with what this makes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from layout.diagnostics.codes import CODES
from layout.resources import schemas_folder

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN = "<!-- reference: begin, made by tests/tools/build_reference.py -->"
END = "<!-- reference: end -->"


def reference() -> str:
    """Return the generated part of the README."""
    parts = [BEGIN, ""]
    for name, title in (("issue", "`issue.yaml`"), ("story", "Story files")):
        schema = json.loads((schemas_folder() / f"{name}.schema.json").read_text(encoding="utf-8"))
        parts += [f"### {title}", "", "| field | meaning |", "|---|---|", *_rows(schema, schema, ""), ""]
    parts += ["### Findings", "", "| code | text |", "|---|---|"]
    parts += [f"| {code} | {_cell(texts['en'])} |" for code, texts in sorted(CODES.items())]
    return "\n".join([*parts, "", END])


def _rows(schema: dict[str, Any], node: dict[str, Any], prefix: str) -> list[str]:
    rows = []
    for name, field in node.get("properties", {}).items():
        rows.append(f"| `{prefix}{name}` | {_cell(field.get('description', ''))} |")
        for inner in _objects(schema, field):
            rows += _rows(schema, inner, f"{prefix}{name}.")
    return rows


def _objects(schema: dict[str, Any], field: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for part in [field, *field.get("anyOf", []), *([field["items"]] if isinstance(field.get("items"), dict) else [])]:
        target = part.get("$ref", "")
        if target:
            part = schema[target.split("/")[1]][target.split("/")[2]]  # noqa: PLW2901 - follow the reference
        if part is not field and "properties" in part:
            found.append(part)
        found += _objects(schema, part) if part is not field and "anyOf" in part else []
    return found


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def renewed(text: str) -> str:
    """Return the README's text with its reference made anew."""
    head, rest = text.split(BEGIN, 1)
    return head + reference() + rest.split(END, 1)[1]


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
