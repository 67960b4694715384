"""The proof site in a browser: opened from disk, zoomed, pointed at, searched, in both languages."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from layout.build import BuildOptions, build
from layout.proof.sitedata import script

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(__file__).parents[2] / "seeds" / "qingdu"
PAGE = "A02"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOSTILE = "</script><script>window.broken=1</script>“&<b>\u2028"


def test_no_text_ends_its_script() -> None:
    made = script("call", {"text": HOSTILE}).decode()
    assert made.count("<") == 0
    assert "\u2028" not in made
    assert json.loads(made.removeprefix("call(").removesuffix(");\n")) == {"text": HOSTILE}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built page, one of its headlines hostile; built twice with a change, so that an earlier version is kept."""
    root = tmp_path_factory.mktemp("site")
    shutil.copytree(SAMPLE, root / "issue")
    options = BuildOptions(pages=(PAGE,), cache=root / "cache")
    build(root / "issue" / "issue.yaml", root / "out", options)
    story = root / "issue" / "stories" / "parking.md"
    text = story.read_text(encoding="utf-8")
    head = next(row for row in text.splitlines() if row.startswith("headline: "))
    story.write_text(text.replace(head, "headline: 又一桥</script><b>通车", 1), encoding="utf-8")
    build(root / "issue" / "issue.yaml", root / "out", options)
    return root / "out"


def test_cuts_that_were_made_are_marked_and_proposed_ones_are_not(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "issue")
    issue = tmp_path / "issue" / "issue.yaml"
    listed = "      - stories/parking.md\n"
    text = issue.read_text(encoding="utf-8")
    assert listed in text
    more = "".join(f"      - stories/{name}.md\n" for name in ("heating", "talent", "metro-line", "school-meals"))
    for name in ("heating", "talent", "metro-line", "school-meals"):
        text = text.replace(f"      - stories/{name}.md\n", "", 1)
    issue.write_text(text.replace(listed, listed + more, 1), encoding="utf-8")
    for trim in (False, True):
        build(issue, tmp_path / "out", BuildOptions(pages=(PAGE,), cache=tmp_path / "cache", trim=trim))
        report = json.loads((tmp_path / "out" / f"report.{PAGE}.json").read_text(encoding="utf-8"))
        [page] = report["pages"]
        assert page["trims"]
        data = (tmp_path / "out" / "proof" / "data" / f"{PAGE}.js").read_text(encoding="utf-8")
        marks = json.loads(data.split(",", 1)[1].rstrip().removesuffix(");"))["trims"]
        assert [(mark["story"], mark["at"]) for mark in marks] == (
            [(cut["story"], cut["at"]) for cut in page["trims"]] if trim else []
        )


def test_the_site_is_whole_and_listed(folder: Path) -> None:
    report = json.loads((folder / f"report.{PAGE}.json").read_text(encoding="utf-8"))
    listed = {name for name in report["files"] if name.startswith("proof/")}
    kinds = {f"proof/pages/{PAGE}.{kind}.webp" for kind in ("thumb", "screen", "reading")}
    heads = {f"proof/data/{PAGE}.js", f"proof/data/{PAGE}.head.js", "proof/data/issue.js"}
    assert {"proof/index.html", "proof/site.js", *heads, *kinds} <= listed
    assert not any("former" in name for name in listed)
    assert (folder / "proof" / "former" / f"{PAGE}.webp").is_file()


def test_a_build_is_the_same_whatever_was_there_before(folder: Path, tmp_path: Path) -> None:
    options = BuildOptions(pages=(PAGE,), cache=folder.parent / "cache")
    build(folder.parent / "issue" / "issue.yaml", tmp_path / "fresh", options)
    first, again = (
        json.loads((path / f"report.{PAGE}.json").read_text(encoding="utf-8"))["files"]
        for path in (folder, tmp_path / "fresh")
    )
    # The press file tells its revision, which goes on from the folder; all that it shows is in the others.
    press = f"pages/{PAGE}.pdf"
    assert {name: value for name, value in again.items() if name != press} == {
        name: value for name, value in first.items() if name != press
    }


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture
def page(browser: Any, folder: Path) -> Iterator[Any]:  # noqa: ANN401 - Playwright's page
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("request", lambda request: problems.append(request.url) if not request.url.startswith("file:") else None)
    opened.goto((folder / "proof" / "index.html").as_uri() + f"#{PAGE}")
    opened.wait_for_selector("g.text text")
    yield opened
    context.close()
    assert not problems


def test_it_opens_from_disk(page: Any) -> None:  # noqa: ANN401
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.locator(".screen").evaluate("image => image.naturalWidth") > 800
    assert page.evaluate("window.broken") is None
    page.click("#language")
    assert page.locator("#fit-width").text_content() == "Fit width"


def test_zoom_keeps_the_point_under_the_pointer(page: Any) -> None:  # noqa: ANN401
    paper = page.locator(".paper")
    before = paper.bounding_box()
    page.mouse.move(700, 500)
    share = (700 - before["x"]) / before["width"], (500 - before["y"]) / before["height"]
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    page.wait_for_function("layoutProof.state.fit === ''")
    after = paper.bounding_box()
    assert after["width"] > before["width"] * 1.5
    assert abs(after["x"] + share[0] * after["width"] - 700) < 3
    assert abs(after["y"] + share[1] * after["height"] - 500) < 3
    page.wait_for_function("document.querySelector('.screen').src.includes('reading')")
    page.keyboard.press("0")
    assert abs(paper.bounding_box()["width"] - before["width"]) < 1


def centre(page: Any, story: str) -> tuple[float, float]:  # noqa: ANN401
    x, y = page.evaluate(
        """story => {
            const id = layoutProof.state.page, box = layoutProof.around(layoutProof.loaded(id), story);
            const area = document.querySelector('.paper').getBoundingClientRect();
            const scale = area.width / layoutProof.loaded(id).width;
            return [area.left + (box[0] + box[2] / 2) * scale, area.top + (box[1] + box[3] / 2) * scale];
        }""",
        story,
    )
    return x, y


def test_pointing_at_a_story(page: Any) -> None:  # noqa: ANN401
    stories = page.evaluate("layoutProof.loaded(layoutProof.state.page).stories")
    page.click("#fit-page")
    for story in stories[:3]:
        x, y = centre(page, story["id"])
        page.mouse.move(x, y)
        assert page.locator(".hovered").get_attribute("data-story") == story["id"]
        page.mouse.click(x, y)
        panel = page.locator("#panel-story")
        assert panel.locator("h2").text_content() == story["headline"]
        assert f"{story['file']}:{story['line']}" in panel.text_content()
        if story["body"]:
            assert story["body"][-1]["text"] in panel.text_content()


def test_text_is_found_across_lines(page: Any) -> None:  # noqa: ANN401
    lines = page.evaluate("layoutProof.loaded(layoutProof.state.page).lines")
    first, second = next(
        (one, other)
        for one, other in pairwise(lines)
        if one[:3] == other[:3] and one[1] == "body" and len(one[4]) > 4 and len(other[4]) > 4
    )
    page.fill("#query", first[4][-2:] + second[4][:2])
    page.press("#query", "Enter")
    page.wait_for_selector("g.marks .now")
    assert page.locator("g.marks .now").count() == 2
    assert page.locator("#hits").text_content().startswith("1 / ")


def test_text_can_be_selected(page: Any) -> None:  # noqa: ANN401
    chosen = page.evaluate(
        """() => {
            const node = [...document.querySelectorAll('g.text text')].find(text => text.textContent.length > 6);
            const range = document.createRange();
            range.setStart(node.firstChild, 1); range.setEnd(node.firstChild, 4);
            const selection = getSelection(); selection.removeAllRanges(); selection.addRange(range);
            return [selection.toString(), node.textContent.slice(1, 4)];
        }"""
    )
    assert chosen[0] == chosen[1]


def test_overlays_can_be_switched(page: Any) -> None:  # noqa: ANN401
    page.click("#overlays summary")
    for name in ("grid", "columns", "outlines", "loose", "findingsLayer"):
        layer = page.locator(f"g.layer.{name}")
        assert not layer.evaluate("group => group.classList.contains('on')")
        page.check(f"#overlays input[data-layer={name}]")
        assert layer.evaluate("group => group.classList.contains('on')")
    assert page.locator("g.grid line").count() > 50


def test_the_earlier_version_lies_over_this_one(page: Any) -> None:  # noqa: ANN401
    page.click("#compare")
    page.wait_for_function("document.querySelector('.former').naturalWidth > 0")
    page.click("#tab-changes")
    assert page.locator("#panel-changes li").count() >= 1
    assert "又一桥</script><b>通车" in page.locator("#panel-changes").text_content()


def test_keys_alone_are_enough(page: Any) -> None:  # noqa: ANN401
    page.focus("#tab-story")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-findings"
    assert page.locator("#panel-findings").is_visible()
    page.focus("#stage")
    page.keyboard.press("+")
    assert page.evaluate("layoutProof.state.fit") == ""
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "query"
    unnamed = page.evaluate(
        """[...document.querySelectorAll('button, input, a, summary')]
            .filter(node => !(node.textContent.trim() || node.getAttribute('aria-label') || node.closest('label')))
            .map(node => node.outerHTML)"""
    )
    assert not unnamed
