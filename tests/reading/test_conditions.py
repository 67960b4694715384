"""Print conditions: packaged ones, a plant's own by path, what its press has at each page."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.diagnostics import LayoutError
from layout.reading.issue import Reading, read_issue
from layout.resources import styles_folder

PROFILES = styles_folder() / "print"

PLANT = """\
profile: {profile}
identifier: OUR PRESS
registry: http://www.color.org
info: the press in Our Town
ink_limit: 220
picture: {{error_ppi: 100, warn_ppi: 150, max_ppi: 250}}
text_min: {{k: 5pt, single_tint: 8pt, multi: 9pt, reversed: 7pt}}
line_min: {{k: 0.25pt, multi: 0.5pt, reversed: 0.5pt}}
bleed: 0mm
marks: none
sharpen: 80
positions: {{A01: cmyk, A02: k+m, default: k}}
"""


def make(folder: Path, *, top: str = "", ink: str = "", plant: str = PLANT, profile: str = "own.icc") -> Path:
    (folder / "plants").mkdir()
    (folder / "plants" / "own.icc").write_bytes((PROFILES / "newsprint-220.icc").read_bytes())
    (folder / "plants" / "text.icc").write_text("no profile at all, but long enough to have a header " * 9)
    (folder / "plants" / "town.yaml").write_text(plant.format(profile=profile), encoding="utf-8")
    (folder / "a.md").write_text("---\nheadline: 题\n---\n正文。\n", encoding="utf-8")
    rows = "".join(
        f"  - page: {page}\n    stories: [{{story: {page}.md}}]\n{ink if page == 'A02' else ''}"
        for page in ("A01", "A02", "A03")
    )
    for page in ("A01", "A02", "A03"):
        (folder / f"{page}.md").write_text("---\nheadline: 题\n---\n正文。\n", encoding="utf-8")
    issue = folder / "issue.yaml"
    issue.write_text(f"paper: 报\ndate: 2026-11-22\nnumber: '1'\n{top}pages:\n{rows}", encoding="utf-8")
    return issue


def inks(reading: Reading) -> list[str]:
    return [page.ink for page in reading.issue.pages]


def failed(issue: Path) -> list[str]:
    with pytest.raises(LayoutError) as caught:
        read_issue(issue)
    return [item.code for item in caught.value.diagnostics]


def test_a_plant_s_own_condition_and_profile_by_path(tmp_path: Path) -> None:
    reading = read_issue(make(tmp_path, top="print: plants/town.yaml\n"))
    condition = reading.conditions["A02"]
    assert Path(condition.profile) == tmp_path / "plants" / "own.icc"
    assert (condition.identifier, condition.ink_limit, condition.sharpen) == ("OUR PRESS", 220, 80)
    assert condition.picture.max_ppi == 250
    assert reading.condition == condition


def test_positions_are_the_plant_s(tmp_path: Path) -> None:
    assert inks(read_issue(make(tmp_path, top="print: plants/town.yaml\n"))) == ["cmyk", "k+m", "k"]


def test_a_page_may_ask_for_less_than_its_position_has(tmp_path: Path) -> None:
    assert inks(read_issue(make(tmp_path, top="print: plants/town.yaml\n", ink="    ink: k\n")))[1] == "k"


@pytest.mark.parametrize("ink", ["k+m+y", "cmyk"])
def test_but_not_for_more(tmp_path: Path, ink: str) -> None:
    assert failed(make(tmp_path, top="print: plants/town.yaml\n", ink=f"    ink: {ink}\n")) == ["E520"]


def test_without_a_table_all_pages_have_four_inks(tmp_path: Path) -> None:
    assert inks(read_issue(make(tmp_path))) == ["cmyk"] * 3


def test_days_of_mourning_are_grey(tmp_path: Path) -> None:
    reading = read_issue(make(tmp_path, top="grey: yes\n", ink="    ink: cmyk\n"))
    assert inks(reading) == ["k"] * 3
    assert reading.issue.grey


@pytest.mark.parametrize(
    ("profile", "code"), [("gone.icc", "E209"), ("text.icc", "E531"), ("own.icc\nsha256: '00'", "E209")]
)
def test_profiles_that_cannot_be_used(tmp_path: Path, profile: str, code: str) -> None:
    assert failed(make(tmp_path, top="print: plants/town.yaml\n", profile=profile)) == [code]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("default: k}", "default: rgb}", "E204"),
        ("ink_limit: 220", "ink_limit: 1000", "E204"),
        ("sharpen: 80", "sharpened: 80", "E203"),
        ("ink_limit: 220\n", "", "E205"),
    ],
)
def test_values_that_cannot_be_used(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert code in failed(make(tmp_path, top="print: plants/town.yaml\n", plant=PLANT.replace(old, new)))


def test_conditions_that_are_not_there(tmp_path: Path) -> None:
    assert failed(make(tmp_path, top="print: plants/city.yaml\n")) == ["E101"]


def test_paths_out_of_the_issue_are_refused(tmp_path: Path) -> None:
    assert failed(make(tmp_path, top="print: ../town.yaml\n")) == ["E108"]


def test_style_colours_keep_to_the_ink_limit(tmp_path: Path) -> None:
    issue = make(tmp_path, top="style: heavy.yaml\n")
    heavy = "extends: tabloid\ncolors: {red: [80, 90, 80, 0]}\n"
    (tmp_path / "heavy.yaml").write_text(heavy, encoding="utf-8")
    assert failed(issue) == ["E532"]
    (tmp_path / "heavy.yaml").write_text(heavy.replace("80, 0]", "60, 0]"), encoding="utf-8")
    assert read_issue(issue).issue.pages
