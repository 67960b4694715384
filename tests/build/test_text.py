"""Not a character is lost: source, display list and finished file hold the same text, or report what is left over."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest

from layout.model import Emphasis, Entry, RichText
from layout.page.jump import continuation, onward
from layout.plan import Cut
from layout.reading.issue import read_issue

if TYPE_CHECKING:
    from pathlib import Path

    from layout.model import Issue, Page, Story
    from layout.style import JumpStyle
    from tests.build.conftest import ReadDump, Run, Squeeze, WriteIssue
    from tests.conftest import Built, CommandLine

FLOW = ("byline", "body", "subhead", "tail", "jump")


def plain(text: RichText | None) -> str:
    """Return a head's text without the author's break marks."""
    return "".join(text.text.split(" / ")) if text else ""


def with_readings(text: RichText) -> str:
    """Return a text with its ruby in brackets after the base, as it is set."""
    made, done = "", 0
    for mark in sorted(text.marks, key=lambda mark: mark.end):
        if mark.emphasis is Emphasis.RUBY:
            made += text.text[done : mark.end] + f"（{mark.value}）"
            done = mark.end
    return made + text.text[done:]


def sources(story: Story) -> dict[str, str]:
    """Return what must stand on the page for a story, by part; pictures' parts carry their number.

    What the engine adds: nothing but the brackets round a run-in byline and a ruby's reading.
    """
    parts = {name: plain(getattr(story, name)) for name in ("kicker", "headline", "deck")}
    flow = [with_readings(block.text) for block in story.body if not block.optional]
    if story.carried:
        flow.insert(0, story.carried.text)
    elif story.dateline:
        first = next(index for index, block in enumerate(story.body) if block.kind.value == "paragraph")
        flow[first] = story.dateline.text + (f"（{story.byline.text}）" if story.byline else "") + flow[first]
    elif story.byline:
        flow.insert(0, story.byline.text)
    if story.tail:
        flow.append(story.tail.text)
    parts["flow"] = "".join(flow)
    for number, photo in enumerate(story.photos):
        parts[f"caption {number}"] = photo.caption.text if photo.caption else ""
        parts[f"credit {number}"] = photo.credit.text if photo.credit else ""
    return {name: text for name, text in parts.items() if text}


def drawn(runs: list[Run]) -> dict[str, dict[str, str]]:
    """Return the text of every story by part, in drawing order."""
    found: dict[str, dict[str, str]] = defaultdict(lambda: defaultdict(str))
    for run in runs:
        part = "flow" if run.part in FLOW else run.part
        name = f"{part} {run.paragraph}" if part in {"caption", "credit"} else part
        found[run.story][name] += run.text
    return found


@pytest.fixture(scope="module")
def issue(sample: Built) -> Issue:
    """The issue as printed: stories that go on elsewhere in two parts, the first with its line in place of a tail."""
    reading = read_issue(sample.issue)
    report = json.loads((sample.out / "report.json").read_text(encoding="utf-8"))
    turns = {jump["story"]: jump for page in report["pages"] for jump in page["jumps"]}
    assert turns, "the sample shows a jump"
    more: dict[str, list[Entry]] = defaultdict(list)
    made = []
    for page in reading.issue.pages:
        rules = reading.styles[page.id].jump
        entries = []
        for entry in page.entries:
            stories = []
            for story in entry.stories:
                turn = turns.get(story.id)
                stories.append(story if turn is None else first_part(story, turn, page.id, rules))
                if turn is not None:
                    rest = continuation(story, Cut(turn["block"], turn["offset"]), page.id, turn["to"], rules)
                    more[turn["to"]].append(Entry(stories=(rest,)))
            entries.append(replace(entry, stories=tuple(stories)))
        made.append(replace(page, entries=tuple(entries)))
    pages = tuple(replace(page, entries=(*page.entries, *more[page.id])) for page in made)
    return replace(reading.issue, pages=pages)


def first_part(story: Story, turn: dict[str, Any], page: str, rules: JumpStyle) -> Story:
    whole = story.body[: turn["block"]]
    last = replace(whole[-1], text=whole[-1].text.part(0, turn["offset"]))
    return replace(story, body=(*whole[:-1], last), tail=RichText(onward(turn["to"], page, rules)))


@pytest.fixture(scope="module")
def pages(sample: Built, read_dump: ReadDump) -> dict[str, list[Run]]:
    dumps = sorted((sample.out / "dumps").iterdir())
    return {path.stem: read_dump(path.read_text(encoding="utf-8")) for path in dumps}


def test_the_display_list_holds_every_story_in_order(
    issue: Issue, pages: dict[str, list[Run]], squeezed: Squeeze
) -> None:
    assert {page.id for page in issue.pages} == set(pages)
    for page in issue.pages:
        found = drawn(pages[page.id])
        for story in page.stories:
            wanted = {name: squeezed(text) for name, text in sources(story).items()}
            got = {name: squeezed(text) for name, text in found[story.id].items()}
            assert got == wanted, story.id


def test_nothing_of_the_sample_is_overset(sample: Built) -> None:
    report = json.loads((sample.out / "report.json").read_text(encoding="utf-8"))
    assert len(report["pages"]) == 5
    for page in report["pages"]:
        assert page["overset"] == {}
        assert page["metrics"]["overset_characters"] == 0
        assert page["plan"]["unplaced"] == []
    assert not report["draft"]


def pdftotext(path: Path) -> list[str]:
    """Return the text of every page in the order of its content."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    words = ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(words, check=True, capture_output=True).stdout.decode().split("\f")[:-1]


def pdfium(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def mupdf(path: Path) -> list[str]:
    """Return the text of every page as MuPDF reads it, characters for what ActualText says included."""
    if shutil.which("mutool") is None:
        pytest.skip("mutool (mupdf-tools) is not installed")
    words = ["mutool", "draw", "-q", "-F", "txt", str(path)]
    return subprocess.run(words, check=True, capture_output=True).stdout.decode().split("\f")[:-1]


def foreign(page: Page, squeezed: Squeeze, read: object) -> Counter[str]:
    """Return the characters of the artwork on a page: adverts bring their own text."""
    assert callable(read)
    files = [advert.file for advert in page.adverts] + [photo.file for story in page.stories for photo in story.photos]
    return Counter(squeezed("".join(text for file in files if file and file.endswith(".pdf") for text in read(file))))


@pytest.mark.parametrize("read", [pdftotext, pdfium, mupdf])
def test_the_file_holds_the_display_list(
    read: object, sample: Built, issue: Issue, pages: dict[str, list[Run]], squeezed: Squeeze
) -> None:
    assert callable(read)
    texts = read(sample.out / "issue.pdf")
    assert len(texts) == len(issue.pages)
    for page, text in zip(issue.pages, texts, strict=True):
        wanted = Counter(squeezed("".join(run.text for run in pages[page.id])))
        got = Counter(squeezed(text))
        got.subtract(foreign(page, squeezed, read))
        assert +got == wanted, page.id


@pytest.mark.parametrize("read", [pdftotext, pdfium, mupdf])
def test_the_file_holds_every_story(read: object, sample: Built, issue: Issue, squeezed: Squeeze) -> None:
    """The sources themselves, not what the display list made of them, and each part in one piece and in order."""
    assert callable(read)
    for page in issue.pages:
        [text] = read(sample.out / "pages" / f"{page.id}.pdf")
        whole = squeezed(text)
        for story in page.stories:
            for name, source in sources(story).items():
                assert in_order(squeezed(source), whole), (story.id, name)


def in_order(wanted: str, text: str) -> bool:
    """Return whether a text occurs whole; extractors may put what stands beside its lines in between."""
    if wanted in text:
        return True
    # Leg by leg: the longest start that occurs, then the rest after it.
    place, done = 0, 0
    while done < len(wanted):
        size = next((n for n in range(len(wanted) - done, 4, -1) if text.find(wanted[done : done + n], place) >= 0), 0)
        if not size:
            return False
        place = text.find(wanted[done : done + size], place) + size
        done += size
    return True


def test_the_issue_and_the_pages_hold_the_same_text(sample: Built) -> None:
    names = sorted(path.name for path in (sample.out / "pages").iterdir())
    assert [pdfium(sample.out / "pages" / name)[0] for name in names] == pdfium(sample.out / "issue.pdf")


LONG = "渡口的石阶有四十七级，涨水时只剩十一级。摆渡人老周数了三十年，每年汛期都记在船篷的木板上，一笔一画，从不间断。"


def story(headline: str, paragraphs: int, more: str = "") -> str:
    return f"---\nheadline: {headline}\n{more}---\n" + "\n\n".join([LONG] * paragraphs) + "\n"


def account(out: Path, read_dump: ReadDump, page: str = "A02") -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Return what is drawn and what is overset, by story."""
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    [entry] = [item for item in report["pages"] if item["page"] == page]
    runs = read_dump((out / "dumps" / f"{page}.txt").read_text(encoding="utf-8"))
    return drawn(runs), entry["overset"]


def test_what_does_not_fit_is_reported_to_the_last_character(
    tmp_path: Path, layout: CommandLine, write_issue: WriteIssue, read_dump: ReadDump, squeezed: Squeeze
) -> None:
    """Far too much copy: drawn and overset together are the source of every story, its tail and captions included."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 200))
        (tmp_path / "art").mkdir()
        pdf.save(tmp_path / "art" / "map.pdf")
    pictures = "photos: [{file: ../art/map.pdf, caption: 渡口水位图, credit: 制图 温棠}, "
    pictures += "{file: ../art/map.pdf, caption: 第二张图也有话说}]\n"
    stories = {
        "lead": story("渡口三十年", 40, f"rank: 1\nbyline: 记者 何以宁\ntail: （据清渡轮船公司）\n{pictures}"),
        "second": story("石阶 / 记水位", 60, "rank: 2\ndateline: 本报讯\nbyline: 记者 许牧\ntail: （姜蓉）\n"),
        "third": story("老船坞", 30, "kicker: 肩题也算数\ndeck: 副题同样算数\n"),
    }
    issue = write_issue(tmp_path, stories)
    done = layout("build", issue, "--out", tmp_path / "out", "--no-previews", "--diagnostics", "json")
    assert done.returncode == 1, done.stderr
    codes = {json.loads(row)["code"] for row in done.stdout.splitlines()}
    assert codes & {"E401", "E402"}
    placed, over = account(tmp_path / "out", read_dump)
    assert over
    for item in read_issue(issue).issue.pages[0].stories:
        wanted = Counter(squeezed("".join(sources(item).values())))
        got = Counter(squeezed("".join(placed[item.id].values()) + plain_breaks(over.get(item.id, ""))))
        assert got == wanted, item.id
    assert (tmp_path / "out" / "pages" / "A02.draft.pdf").is_file()


def plain_breaks(text: str) -> str:
    return text.replace(" / ", "")


def test_the_seed_page_loses_nothing(
    seed_page: str, tmp_path: Path, layout: CommandLine, read_dump: ReadDump, squeezed: Squeeze
) -> None:
    """A real page, imported and built: every story in the display list and the file, nothing overset."""
    (tmp_path / "page.txt").write_text(seed_page, encoding="utf-8")
    done = layout("import", "text", tmp_path / "page.txt", "--out", tmp_path / "in")
    assert done.returncode == 0, done.stderr
    done = layout("build", tmp_path / "in" / "issue.yaml", "--out", tmp_path / "out", "--no-previews")
    assert done.returncode == 0, done.stderr
    placed, over = account(tmp_path / "out", read_dump)
    assert over == {}
    [page] = read_issue(tmp_path / "in" / "issue.yaml").issue.pages
    assert len(page.stories) >= 6
    [text] = pdftotext(tmp_path / "out" / "issue.pdf")
    for item in page.stories:
        wanted = {name: squeezed(part) for name, part in sources(item).items()}
        assert {name: squeezed(part) for name, part in placed[item.id].items()} == wanted
        assert all(in_order(part, squeezed(text)) for part in wanted.values())


def test_a_tail_does_not_stand_in_the_line_of_a_cut_paragraph(
    tmp_path: Path, layout: CommandLine, write_issue: WriteIssue, read_dump: ReadDump
) -> None:
    # The last paragraph is so short that the tail shares its line wherever it stands.
    stories = {"cut": story("老船坞的石阶", 12, "rank: 2\ntail: （姜蓉）\n") + "\n说完。\n"}
    pin = "    stories:\n      - {story: stories/cut.md, pin: {column: 1, columns: 2, line: 1, lines: 20}}\n"
    layout("build", write_issue(tmp_path, stories, pin), "--out", tmp_path / "out", "--no-previews")
    placed, over = account(tmp_path / "out", read_dump)
    assert over["cut"].endswith("说完。（姜蓉）")
    assert "姜蓉" not in placed["cut"]["flow"]
