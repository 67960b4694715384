"""Write the READMEs' reference from commands, schemas and the table of findings, so that it cannot drift.

Run `python tests/tools/build_reference.py`; a test compares both READMEs with what this makes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from layout.cli.main import COMMANDS
from layout.cli.words import COMMANDS_ZH
from layout.diagnostics.codes import CODES
from layout.resources import schemas_folder

_REPOSITORY = Path(__file__).resolve().parents[2]
READMES = {"en": _REPOSITORY / "README.md", "zh": _REPOSITORY / "README.zh.md"}
WORDS = {
    "en": {
        "commands": "### Commands",
        "command": "| command | what it does |",
        "story": "### Story files",
        "field": "| field | meaning |",
        "findings": "### Findings",
        "finding": "| code | text |",
    },
    "zh": {
        "commands": "### 命令",
        "command": "| 命令 | 用途 |",
        "story": "### 稿件文件",
        "field": "| 字段 | 说明（与 JSON Schema 相同，英文） |",
        "findings": "### 提示",
        "finding": "| 代码 | 内容 |",
    },
}
BEGIN = "<!-- reference: begin, made by tests/tools/build_reference.py -->"
END = "<!-- reference: end -->"


def reference(lang: str) -> str:
    """Return the generated part of a README."""
    words = WORDS[lang]
    lines = {name: COMMANDS_ZH[name] if lang == "zh" else line for name, (_, line) in COMMANDS.items()}
    parts = [BEGIN, "", words["commands"], "", words["command"], "|---|---|"]
    parts += [f"| `layout {name}` | {_cell(line)} |" for name, line in lines.items()]
    parts.append("")
    for name, title in (("issue", "### `issue.yaml`"), ("story", words["story"])):
        schema = json.loads((schemas_folder() / f"{name}.schema.json").read_text(encoding="utf-8"))
        parts += [title, "", words["field"], "|---|---|", *_rows(schema, schema, ""), ""]
    parts += [words["findings"], "", words["finding"], "|---|---|"]
    parts += [f"| {code} | {_cell(texts[lang])} |" for code, texts in sorted(CODES.items())]
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


def renewed(text: str, lang: str) -> str:
    """Return a README's text with its reference made anew."""
    head, rest = text.split(BEGIN, 1)
    return head + reference(lang) + rest.split(END, 1)[1]


if __name__ == "__main__":
    for _lang, _readme in READMES.items():
        _readme.write_text(renewed(_readme.read_text(encoding="utf-8"), _lang), encoding="utf-8")
