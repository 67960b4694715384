"""Styles: chains, overrides, and what is wrong with them."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from layout.color import Ink
from layout.diagnostics import Diagnostic, StyleError
from layout.geometry import mm
from layout.reading.source import Sources
from layout.reading.styles import merge, read_condition, read_style
from layout.reading.tree import Mapping, read_tree
from layout.resources import fonts_folder, schemas_folder, styles_folder

BUNDLED = sorted(path.stem for path in styles_folder().glob("*.yaml") if path.stem not in {"base", "weights"})


def tree(text: str) -> Mapping:
    made = read_tree(text, "over.yaml", Sources(Path()))
    assert made is not None
    return made


def style_file(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return name


def failure(folder: Path, text: str, overrides: str = "") -> list[tuple[str, str, str]]:
    """Return code, name and place of all that is wrong with a style."""
    style_file(folder, "house.yaml", text)
    with pytest.raises(StyleError) as caught:
        read_style("house.yaml", folder, tree(overrides) if overrides else None)
    assert caught.value.sources
    return sorted((item.code, dict(item.values).get("name", ""), place(item)) for item in caught.value.diagnostics)


def place(item: Diagnostic) -> str:
    """Return where a finding stands, in packaged files without line and column."""
    assert item.span is not None
    assert item.span.line
    shown = str(item.span).rpartition("/")[2]
    return item.span.file if item.span.file.startswith("styles/") else shown


def test_folders_are_there() -> None:
    assert (styles_folder() / "base.yaml").is_file()
    assert fonts_folder().is_dir()
    assert schemas_folder().is_dir()


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_styles_are_whole(name: str) -> None:
    style = read_style(name)
    assert style.name == name
    assert style.sheet.left + style.area_width <= style.sheet.width
    assert style.sheet.top + style.area_height <= style.sheet.height
    assert set(style.widths) == {1, 2, 3, 4}
    assert pickle.loads(pickle.dumps(style)) == style  # noqa: S301 - workers get styles this way


def test_a_chain_keeps_what_it_does_not_change() -> None:
    base, wide = read_style("broadsheet"), read_style("broadsheet-8")
    assert (base.grid.columns, wide.grid.columns) == (6, 8)
    assert (base.sheet.width, base.sheet.left) == (mm(390), mm(23))
    assert (wide.sheet.width, wide.sheet.left) == (mm(390), mm(19))
    assert [band.role for band in wide.heads.bands] == [band.role for band in base.heads.bands]
    assert base.banner.text.size == wide.banner.text.size == 34_000
    assert base.legs.gutters == ((19, 1.0), (28, 1.5), (99, 2.0))


def test_a_house_style_beside_the_issue(tmp_path: Path) -> None:
    style_file(tmp_path, "colours.yaml", "colors: {blue: [100, 60, 0, 10]}\n")
    style_file(
        tmp_path,
        "house.yaml",
        "extends: [tabloid, colours.yaml]\n"
        "text: {caption: {ink: blue, pitch: 1.2em}, credit: {ink: [0, 0, 0, 50]}}\n"
        "heads: {bands: {brief: {role: kai}, third-narrow: }}\n",
    )
    style = read_style("house.yaml", tmp_path)
    assert style.caption.ink == Ink(100, 60, 0, 10)
    assert style.caption.pitch == round(1.2 * style.caption.size)
    assert style.credit.ink == Ink(0, 0, 0, 50)
    assert style.heads.bands[-1].role == "kai"
    assert len(style.heads.bands) == len(read_style("tabloid").heads.bands) - 1


def test_regions_and_overrides_come_in_turn(tmp_path: Path) -> None:
    style_file(
        tmp_path,
        "house.yaml",
        "extends: tabloid\nregions: {zh-TW: {composition: {punctuation: kaiming, spread_names: no}}}\n",
    )
    plain = read_style("house.yaml", tmp_path)
    there = read_style("house.yaml", tmp_path, tree("composition: {spread_names: yes}\n"), "zh-TW")
    assert (plain.composition.punctuation, there.composition.punctuation) == ("elastic", "kaiming")
    assert there.composition.spread_names is True


def test_merging() -> None:
    merged = merge(tree("a: {b: 1, c: [1, 2]}\nd: 1\n"), tree("a: {c: [3], e: 4}\nd: {f: 5}\n"))
    assert isinstance(merged, Mapping)
    assert [key.text for key, _ in merged.items] == ["a", "d"]
    inner = merged.get("a")
    assert isinstance(inner, Mapping)
    assert [key.text for key, _ in inner.items] == ["b", "c", "e"]


def test_values_keep_the_place_they_came_from(tmp_path: Path) -> None:
    style_file(tmp_path, "under.yaml", "extends: tabloid\nheads:\n  above: 6\n")
    found = failure(tmp_path, "extends: under.yaml\nheads:\n  below: 8\n", "heads: {step: much}\n")
    assert found == [
        ("E204", "heads.above", "under.yaml:3:10"),
        ("E204", "heads.below", "house.yaml:3:10"),
        ("E204", "heads.step", "over.yaml:1:15"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("extends: tabliod\n", ("E201", "tabliod", "house.yaml:1:10")),
        ("extends: house.yaml\n", ("E202", "", "house.yaml:1:10")),
        ("extends: {a: b}\n", ("E204", "extends", "house.yaml:1:10")),
        ("extends: tabloid\nhead: {step: 1pt}\n", ("E203", "head", "house.yaml:2:1")),
        ("extends: tabloid\nheads: {steps: 1pt}\n", ("E203", "heads.steps", "house.yaml:2:9")),
        ("extends: tabloid\nheads: {step: 1}\n", ("E204", "heads.step", "house.yaml:2:15")),
        ("extends: tabloid\nheads: {step: }\n", ("E205", "heads.step", "house.yaml:2:1")),
        ("extends: tabloid\nheads: {fill: [0.9]}\n", ("E204", "heads.fill", "house.yaml:2:15")),
        ("extends: tabloid\nheads: {fill: [0.9, 0.8]}\n", ("E204", "heads.fill", "house.yaml:2:15")),
        ("extends: tabloid\nheads: {fill: 0.9}\n", ("E204", "heads.fill", "house.yaml:2:15")),
        ("extends: tabloid\nbox: {ink: pink}\n", ("E204", "ink", "house.yaml:2:12")),
        ("extends: tabloid\nbox: {ink: [0, 0, 0, 101]}\n", ("E204", "box.ink", "house.yaml:2:12")),
        ("extends: tabloid\ncolors: {pink: red}\n", ("E204", "colors.pink", "house.yaml:2:16")),
        ("extends: tabloid\nweights: {crops: 3}\n", ("E203", "weights.crops", "house.yaml:2:11")),
        ("extends: tabloid\nweights: {crop: -3}\n", ("E204", "weights.crop", "house.yaml:2:17")),
        ("extends: tabloid\nwidths: {5: [1]}\n", ("E203", "widths.5", "house.yaml:2:10")),
        ("extends: tabloid\nwidths: {1: [4, 9]}\n", ("E204", "widths.1", "house.yaml:2:13")),
        ("extends: tabloid\nwidths: {1: }\n", ("E205", "widths.1", "house.yaml:2:1")),
        ("extends: tabloid\ngrid: {columns: 9}\n", ("E206", "", "styles/tabloid.yaml")),
        ("extends: tabloid\ngrid: {pitch: 13pt}\n", ("E204", "text.body.pitch", "styles/base.yaml")),
        ("extends: tabloid\nregions: {zh-CN: {}}\n", ("E203", "regions.zh-CN", "house.yaml:2:11")),
        ("extends: tabloid\nnameplate: {columns: 7}\n", ("E204", "nameplate.columns", "house.yaml:2:22")),
        (
            "extends: tabloid\nlegs: {gutters: [{upto: 20, gutter_em: 1}, {upto: 20, gutter_em: 2}]}\n",
            ("E204", "legs.gutters", "house.yaml:2:17"),
        ),
    ],
)
def test_what_is_wrong_is_found_where_it_stands(tmp_path: Path, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in failure(tmp_path, text)


def test_circles_are_told_with_their_members(tmp_path: Path) -> None:
    style_file(tmp_path, "a.yaml", "extends: b.yaml\n")
    style_file(tmp_path, "b.yaml", "extends: a.yaml\n")
    with pytest.raises(StyleError) as caught:
        read_style("a.yaml", tmp_path)
    [found] = caught.value.diagnostics
    assert found.message() == "styles extend each other in a circle: a → b → a"


def test_paths_may_not_leave_the_folder(tmp_path: Path) -> None:
    with pytest.raises(StyleError) as caught:
        read_style("../house.yaml", tmp_path)
    assert [item.code for item in caught.value.diagnostics] == ["E108"]


def test_print_conditions() -> None:
    made = read_condition("newsprint-240")
    assert made.ink_limit == 240
    assert made.text_min.k == 5000
    assert Path(made.profile).is_file()
    with pytest.raises(StyleError) as caught:
        read_condition("newsprint-24")
    [found] = caught.value.diagnostics
    assert (found.code, found.hint) == ("E208", "did you mean `newsprint-240`?")


@pytest.mark.parametrize("name", BUNDLED)
def test_styles_name_conditions_that_exist(name: str) -> None:
    assert read_condition(read_style(name).print_condition).name == read_style(name).print_condition


@pytest.mark.parametrize(
    ("key", "value"),
    [("level", "very-strict"), ("punctuation", "tight"), ("display_punctuation", "loose")],
)
def test_rules_of_composition_are_known_by_name(tmp_path: Path, key: str, value: str) -> None:
    found = failure(tmp_path, f"extends: tabloid\ncomposition: {{{key}: {value}}}\n")
    assert [(code, name) for code, name, _ in found] == [("E204", f"composition.{key}")]
