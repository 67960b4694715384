"""The report: true to its schema, to the files beside it and to the plan."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import jsonschema
import pytest
import yaml

from layout.build import BuildOptions, build
from layout.build.report import REPORT_VERSION, plan_data
from layout.reading.issue import read_issue
from layout.resources import schemas_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.build.conftest import WriteIssue
    from tests.conftest import Built

Json: TypeAlias = dict[str, Any]

SAMPLE = Path(__file__).resolve().parents[2] / "seeds" / "qingdu" / "issue.yaml"


@pytest.fixture(scope="module")
def schema() -> Json:
    made = json.loads((schemas_folder() / "report.schema.json").read_text(encoding="utf-8"))
    assert isinstance(made, dict)
    return made


@pytest.fixture(scope="module")
def report(sample: Built) -> Json:
    made = json.loads((sample.out / "report.json").read_text(encoding="utf-8"))
    assert isinstance(made, dict)
    return made


def faults(report: Json, schema: Json) -> list[str]:
    return [f"{list(fault.path)}: {fault.message}" for fault in jsonschema.Draft7Validator(schema).iter_errors(report)]


def parts(node: object) -> Iterator[Json]:
    """Yield every schema that describes a named thing."""
    if isinstance(node, list):
        for item in node:
            yield from parts(item)
    elif isinstance(node, dict):
        for name in ("properties", "definitions"):
            yield from (value for value in node.get(name, {}).values() if isinstance(value, dict))
        for value in node.values():
            yield from parts(value)


def test_the_schema_is_draft_07_and_explains_every_field(schema: Json) -> None:
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["properties"]["version"]["const"] == REPORT_VERSION
    for part in parts(schema):
        target = schema["definitions"][part["$ref"].rsplit("/", 1)[-1]] if "$ref" in part else part
        assert target["description"].endswith((".", "colon."))
    for part in [schema, *parts(schema)]:
        if "properties" in part:
            assert part["additionalProperties"] is False
            assert set(part["required"]) <= set(part["properties"])


def test_the_sample_s_report_is_as_the_schema_says(schema: Json, report: Json) -> None:
    assert faults(report, schema) == []


def drop(*path: object) -> Callable[[Any], None]:
    def change(report: Any) -> None:  # noqa: ANN401 - any JSON
        for step in path[:-1]:
            report = report[step]
        del report[path[-1]]

    return change


def put(value: object, *path: object) -> Callable[[Any], None]:
    def change(report: Any) -> None:  # noqa: ANN401 - any JSON
        for step in path[:-1]:
            report = report[step]
        report[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        drop("files"),
        drop("pages", 0, "metrics", "blank_lines"),
        drop("pages", 4, "plan", "modules", 0, "pin", "column"),
        put(2, "version"),
        put("x3", "variant"),
        put("no", "draft"),
        put(-1, "pages", 0, "metrics", "overset_characters"),
        put("", "pages", 0, "overset", "bridge"),
        put(0, "pages", 0, "plan", "modules", 0, "pin", "line"),
        put("beside", "pages", 0, "plan", "modules", 0, "variant", "style"),
        put("abc", "files", "issue.pdf"),
        put("X1", "findings", 0, "code"),
        put("stories/a.md", "findings", 0, "file"),
        put(1, "novelty"),
    ],
)
def test_the_schema_refuses_what_no_build_says(change: Callable[[Any], None], schema: Json, report: Json) -> None:
    changed = copy.deepcopy(report)
    change(changed)
    assert faults(changed, schema)


def test_a_draft_s_report_is_as_the_schema_says(tmp_path: Path, write_issue: WriteIssue, schema: Json) -> None:
    """With overset, an unplaced story, holes, and findings with and without places."""
    text = "渡口的石阶有四十七级，涨水时只剩十一级。" * 3
    stories = {
        "long": f"---\nheadline: 渡口三十年\n---\n{chr(10).join([text + chr(10)] * 60)}",
        "rare": f"---\nheadline: 石阶记水位\n---\n{text}𪚥\n",
    }
    page = (
        "    stories:\n      - {story: stories/long.md, pin: {column: 1, columns: 6, line: 1, lines: 30}}\n"
        "      - {story: stories/rare.md, pin: {column: 1, columns: 2, line: 20}}\n"
    )
    result = build(write_issue(tmp_path, stories, page), tmp_path / "out", BuildOptions(jobs=1, previews=False))
    report = json.loads((result.folder / "report.json").read_text(encoding="utf-8"))
    assert faults(report, schema) == []
    assert report["draft"]
    assert report["pages"][0]["plan"]["unplaced"] == ["rare"]
    assert report["pages"][0]["plan"]["holes"]
    assert set(report["pages"][0]["overset"]) == {"long", "rare"}
    assert {"E303", "E401", "E402", "W403"} <= {item["code"] for item in report["findings"]}


def test_every_other_file_is_listed_with_its_hash(sample: Built, report: Json) -> None:
    found = {
        path.relative_to(sample.out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sample.out.rglob("*")
        if path.is_file() and path.name not in {"report.json", "timings.json"} and "former" not in path.parts
    }
    assert found == report["files"]
    assert len([name for name in found if not name.startswith("proof/")]) == 5 * 3 + 3


def test_the_plan_beside_it_says_the_same(sample: Built, report: Json) -> None:
    reading = read_issue(SAMPLE, sample.out / "plan.yaml")
    assert [plan_data(reading.plans[page["page"]]) for page in report["pages"]] == [
        page["plan"] for page in report["pages"]
    ]
    text = (sample.out / "plan.yaml").read_text(encoding="utf-8")
    assert [page["score"]["plan_cost"] for page in yaml.safe_load(text)["pages"]] == [
        page["metrics"]["plan_cost"] for page in report["pages"]
    ]


def test_modules_and_blocks_fill_the_page_and_share_nothing(report: Json) -> None:
    """Every cell of every page belongs to one module or block; a module at the foot has its blank line under it."""
    grids = {"A": (6, 81), "B": (6, 106)}
    for page in report["pages"]:
        columns, lines = grids[page["page"][0]]
        taken: dict[tuple[int, int], str] = {}
        for item in (*page["plan"]["modules"], *page["plan"]["blocks"]):
            pin = item["pin"]
            for column in range(pin["column"], pin["column"] + pin["columns"]):
                for line in range(pin["line"], pin["line"] + pin["lines"]):
                    assert (column, line) not in taken, (page["page"], item["id"], taken[column, line])
                    taken[column, line] = item["id"]
        area = {(column, line) for column in range(1, columns + 1) for line in range(1, lines + 1)}
        assert area <= set(taken), page["page"]


def test_timings_are_kept_apart(sample: Built) -> None:
    timings = json.loads((sample.out / "timings.json").read_text(encoding="utf-8"))
    assert set(timings["stages"]) >= {"read", "pages", "write", "checks"}
    assert set(timings["pages"]) == {"A01", "A02", "A03", "A04", "B01"}
    assert all(value >= 0 for page in timings["pages"].values() for value in page.values())
