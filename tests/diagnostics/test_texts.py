"""The tables of texts: both languages, the same placeholders, a page for every finding."""

from __future__ import annotations

import json
import re
from string import Formatter

import jsonschema
import pytest

from layout.cli.main import COMMANDS
from layout.cli.words import COMMANDS_ZH, WORDS
from layout.desk.explain import LANGUAGES, pages
from layout.diagnostics import Span, finding
from layout.diagnostics.codes import CODES
from layout.diagnostics.hints import HINTS, hint
from layout.diagnostics.render import full, json_lines, short
from layout.preflight.rules import RULES, mend_zh
from layout.resources import schemas_folder

HAN = re.compile(r"[一-鿿]")
TABLES = {"CODES": CODES, "HINTS": HINTS, "WORDS": WORDS}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_both_languages_have_the_same_placeholders(table: str) -> None:
    for name, texts in TABLES[table].items():
        assert set(texts) == {"en", "zh"}, name
        chinese = {one.removesuffix("_zh") for one in placeholders(texts["zh"])}
        assert placeholders(texts["en"]) == chinese, name


@pytest.mark.parametrize("table", ["CODES", "HINTS"])
def test_chinese_texts_are_chinese(table: str) -> None:
    bare = [name for name, texts in TABLES[table].items() if not HAN.search(re.sub(r"\{.*?\}", "", texts["zh"]))]
    assert set(bare) <= {"I654", "I679"}, "these are all placeholders"


def test_no_placeholder_is_a_field_of_findings() -> None:
    """Such a value would go into the field and leave the text without it."""
    for code, texts in CODES.items():
        assert not placeholders(texts["en"]) & {"page", "story", "span", "hint", "code"}, code


def test_every_finding_has_a_page_in_both_languages() -> None:
    for lang in LANGUAGES:
        made = pages(lang)
        assert sorted(made) == sorted(CODES), lang
        for code, page in made.items():
            assert len(page.why) > 4, code
            assert len(page.mend) > 2, code
            assert bool(HAN.search(page.why)) is (lang == "zh"), code


def test_every_command_has_a_line_in_both_languages() -> None:
    assert set(COMMANDS) <= set(COMMANDS_ZH)
    assert all(HAN.search(line) for line in COMMANDS_ZH.values())


def test_every_rule_says_in_both_languages_how_to_mend_it() -> None:
    for rule in RULES.values():
        assert bool(mend_zh(rule)) is bool(rule.mend), rule.code


def test_hints_come_with_their_finding_in_both_languages() -> None:
    item = finding("E101", file="甲.md", span=Span("issue.yaml", 3, 5), hint=hint("did-you-mean", name="乙.md"))
    assert "= hint: did you mean `乙.md`?" in full(item, {}, "en")
    assert "= 建议: 是不是 `乙.md`？" in full(item, {}, "zh")
    assert full(item, {}, "zh").startswith("错误[E101]: 找不到文件")
    assert short(item, "zh") == "issue.yaml:3:5: error[E101]: 找不到文件：`甲.md`"
    own = finding("E816", text="甲", wanted="乙", hint="社里规定")
    assert (own.advice("en"), own.advice("zh")) == ("社里规定", "社里规定")


def test_hints_refuse_missing_values() -> None:
    with pytest.raises(KeyError):
        hint("did-you-mean")
    with pytest.raises(KeyError):
        hint("nonsense")


def test_json_lines_keep_their_schema() -> None:
    schema = json.loads((schemas_folder() / "finding.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    items = [
        finding("E101", file="甲.md", span=Span("issue.yaml", 3, 5), hint=hint("is-a-folder")),
        finding("W404", lines=3, page="A02"),
        finding("I670", name="A02"),
    ]
    for line in json_lines(items).splitlines():
        jsonschema.validate(json.loads(line), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**json.loads(json_lines(items[:1])), "version": 2}, schema)


def test_a_finding_alone_and_in_a_report_have_one_schema() -> None:
    report = json.loads((schemas_folder() / "report.schema.json").read_text(encoding="utf-8"))
    alone = json.loads((schemas_folder() / "finding.schema.json").read_text(encoding="utf-8"))
    assert {**alone, "$schema": ""} == {"$schema": "", **report["definitions"]["Finding"]}
