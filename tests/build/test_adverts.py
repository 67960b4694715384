"""Adverts from file to page: at 100 % or not at all, held to what the press takes, each under its own name."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from PIL import Image

from layout.build import BuildOptions, BuildResult, build
from layout.geometry import MM
from layout.raster import bitmap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from layout.diagnostics import Diagnostic
    from tests.build.conftest import WriteIssue

SIZE = (36, 25)
"""A 报花, mm."""

POINT = 72 / 25.4

BLACK = b"0 0 0 1 k 0 0 2000 2000 re f"


def save(path: Path, *contents: bytes, size: tuple[float, float] = SIZE, resources: Any = None, **options: Any) -> Path:  # noqa: ANN401
    """Write a PDF whose pages have a trim box of `size` mm, 3 mm inside their sheet."""
    with pikepdf.new() as pdf:
        for content in contents:
            width, height = (side * POINT for side in size)
            page = pdf.add_blank_page(page_size=(width + 17, height + 17))
            page.obj.TrimBox = pikepdf.Array([8.5, 8.5, 8.5 + width, 8.5 + height])
            page.obj.Contents = pdf.make_stream(content)
            if resources is not None:
                page.obj.Resources = resources(pdf)
        pdf.save(path, **options)
    return path


def image(pdf: pikepdf.Pdf, pixels: bytes, across: int, down: int, space: Any) -> pikepdf.Object:  # noqa: ANN401
    return pdf.make_stream(
        zlib.compress(pixels),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=across,
        Height=down,
        ColorSpace=space,
        BitsPerComponent=8,
        Filter=pikepdf.Name.FlateDecode,
    )


def shown(across: int, pixel: bytes, space: Any) -> Callable[[pikepdf.Pdf], pikepdf.Dictionary]:  # noqa: ANN401
    """Return resources with a picture `I` of square pixels over an advert of `SIZE`."""
    down = across * SIZE[1] // SIZE[0]
    return lambda pdf: pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(I=image(pdf, pixel * across * down, across, down, space))
    )


SHOW = f"q {SIZE[0] * POINT:.3f} 0 0 {SIZE[1] * POINT:.3f} 8.5 8.5 cm /I Do Q".encode()


def spot(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    tint = pdf.make_stream(b"{0 exch 0 0}", FunctionType=4, Domain=[0, 1], Range=[0, 1] * 4)
    space = pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name("/PANTONE 485 C"), pikepdf.Name.DeviceCMYK, tint])
    return pikepdf.Dictionary(ColorSpace=pikepdf.Dictionary(S=space))


def helvetica(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    return pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))


def opacity(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    del pdf
    return pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(G=pikepdf.Dictionary(ca=0.5)))


def adverts(folder: Path) -> None:
    """Write one file for each thing that can be right or wrong with an advert."""
    cmyk, rgb, grey = pikepdf.Name.DeviceCMYK, pikepdf.Name.DeviceRGB, pikepdf.Name.DeviceGray
    save(folder / "good.pdf", BLACK)
    save(folder / "small.pdf", BLACK, size=(20, 15))
    save(folder / "large.pdf", BLACK, size=(40, 25))
    save(folder / "within.pdf", BLACK, size=(36.8, 25.8))
    save(folder / "second.pdf", b"0 0 0 .2 k 0 0 999 999 re f", BLACK)
    save(folder / "light.pdf", b"1 0 0 rg 0 0 999 999 re f")
    save(folder / "picture.pdf", SHOW, resources=shown(360, b"\xff\x80\x00", rgb))
    save(folder / "opaque.pdf", b"/G gs " + BLACK, resources=opacity)
    save(folder / "font.pdf", b"BT /F 9 Tf 20 20 Td (x) Tj ET", resources=helvetica)
    save(folder / "spot.pdf", b"/S cs 1 scn 0 0 999 999 re f", resources=spot)
    save(folder / "ink.pdf", b".9 .8 .7 .6 k 20 20 30 30 re f")
    save(folder / "inkpic.pdf", SHOW, resources=shown(360, b"\xe0\xe0\xe0\x40", cmyk))
    save(folder / "coarse.pdf", SHOW, resources=shown(100, b"\x80", grey))
    save(folder / "middling.pdf", SHOW, resources=shown(200, b"\x80", grey))
    save(folder / "marks.pdf", b"1 1 1 1 k 0 0 6 6 re f " + BLACK.replace(b"1 k 0 0 2000", b".5 k 9 9 20"))
    save(folder / "secret.pdf", BLACK, encryption=pikepdf.Encryption(owner="owner", user="user"))
    (folder / "cut.pdf").write_bytes((folder / "good.pdf").read_bytes()[:200])
    (folder / "text.pdf").write_text("not a PDF", encoding="utf-8")
    (folder / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing more")
    Image.new("L", (425, 295), 0).save(folder / "stated.png", dpi=(300, 300))
    Image.new("L", (600, 295), 0).save(folder / "wide.png", dpi=(300, 300))
    Image.new("L", (80, 55), 0).save(folder / "rough.jpg")


CONVERTED = ("light", "opaque", "font", "spot", "ink")
"""Those that are booked a second time, to be converted."""


@dataclass(frozen=True)
class Made:
    """What a build of a page full of adverts says and makes."""

    folder: Path
    result: BuildResult

    def of(self, name: str) -> list[Diagnostic]:
        """Return what is said under an advert's name, but for loose lines and the like."""
        return [item for item in self.result.findings if item.story == name]

    def codes(self, name: str) -> list[str]:
        return [item.code for item in self.of(name)]

    def dump(self, name: str) -> list[str]:
        rows = (self.result.folder / "dumps" / "A02.txt").read_text(encoding="utf-8").splitlines()
        return [row for row in rows if row.split(" ")[1].split("/")[0] == name]


def make(folder: Path, write_issue: WriteIssue, variant: Any, more: str = "") -> Made:  # noqa: ANN401
    adverts(folder)
    names = sorted(item.name for item in folder.glob("*.*") if item.suffix in {".pdf", ".jpg", ".png"})
    rows = [
        f"      - {{id: {name.split('.')[0]}{'-jpg' if name == 'cut.jpg' else ''}, kind: 报花, file: {name}"
        f"{', page: 2' if name == 'second.pdf' else ''}}}\n"
        for name in names
    ]
    rows += [f"      - {{id: {name}-converted, kind: 报花, file: {name}.pdf, convert: yes}}\n" for name in CONVERTED]
    story = "---\nrank: 3\nheadline: 短讯一则\n---\n今天阴转小雨，气温三至九度。\n"
    page = "    stories: [stories/a.md]\n    adverts:\n" + "".join(rows) + more
    issue = write_issue(folder, {"a": story}, page)
    options = BuildOptions(variant=variant, previews=False, jobs=1)
    return Made(folder, build(issue, folder / "out", options))


@pytest.fixture(scope="module")
def x1a(tmp_path_factory: pytest.TempPathFactory, write_issue: WriteIssue) -> Made:
    return make(tmp_path_factory.mktemp("x1a"), write_issue, "x1a")


@pytest.fixture(scope="module")
def x4(tmp_path_factory: pytest.TempPathFactory, write_issue: WriteIssue) -> Made:
    return make(tmp_path_factory.mktemp("x4"), write_issue, "x4")


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("good", []),
        ("within", []),
        ("second", []),
        ("marks", []),
        ("stated", []),
        ("small", ["W528"]),
        ("large", ["E120"]),
        ("wide", ["E120"]),
        ("light", ["E522"]),
        ("picture", ["E522"]),
        ("opaque", ["E522"]),
        ("font", ["E523"]),
        ("spot", ["E526"]),
        ("ink", ["E525"]),
        ("inkpic", ["E525"]),
        ("coarse", ["E524"]),
        ("middling", ["W524"]),
        ("rough", ["E524"]),
        ("secret", ["E521"]),
        ("cut", ["E521"]),
        ("cut-jpg", ["E521"]),
        ("text", ["E521"]),
        ("light-converted", ["W529"]),
        ("opaque-converted", ["W529"]),
        ("spot-converted", ["W529"]),
        ("ink-converted", ["W529"]),
    ],
)
def test_what_is_said_of_an_advert(x1a: Made, name: str, codes: list[str]) -> None:
    assert x1a.codes(name) == codes
    assert all(item.page == "A02" for item in x1a.of(name))


@pytest.mark.parametrize("name", ["light", "picture", "opaque"])
def test_breaking_the_flavour_has_three_ways_out(x1a: Made, x4: Made, name: str) -> None:
    hint = x1a.of(name)[0].hint
    assert all(way in hint for way in ("--print x4", "convert: yes", "new file"))
    assert x4.codes(name) == []


def test_fonts_and_spots_are_no_better_in_x4(x4: Made) -> None:
    assert x4.codes("font") == ["E523"]
    assert x4.codes("spot") == ["E526"]
    assert "x4" not in x4.of("spot")[0].hint


def test_light_is_given_a_profile_in_x4(x4: Made) -> None:
    path = next((x4.result.folder / "pages").glob("A02*.pdf"))
    with pikepdf.open(path) as pdf:
        profiles = {
            bytes(form.Resources.ColorSpace.DefaultRGB[1].read_bytes()[36:40])
            for form in pdf.pages[0].Resources.XObject.values()
            if form.get("/Subtype") == "/Form" and "/DefaultRGB" in form.Resources.get("/ColorSpace", {})
        }
    assert profiles == {b"acsp"}


def box(row: str) -> tuple[float, float, float, float]:
    """Return the rectangle of a row of a dump: left, top, width, height in mm."""
    words = row.split(" ")
    at = next(index for index, word in enumerate(words) if "×" in word)
    left, top = words[at - 1].split(",")
    width, height = words[at].split("×")
    return tuple(float(part) * 1000 / MM for part in (left, top, width, height))  # type: ignore[return-value]


@pytest.mark.parametrize("name", ["large", "secret", "cut", "text", "wide", "cut-jpg"])
def test_what_cannot_be_placed_leaves_a_marked_hole_of_the_booked_size(x1a: Made, name: str) -> None:
    rows = x1a.dump(name)
    frame = next(row for row in rows if row.startswith("outline"))
    assert box(frame)[2:] == pytest.approx(SIZE, abs=0.01)
    assert sum(row.startswith(f"rule {name}/advert-fault") for row in rows) == 2
    assert any("广告文件不能置入" in row for row in rows)
    assert any("“广告”" in row for row in rows)
    assert not any(row.startswith(("form", "picture")) for row in rows)


def black(made: Made, name: str, size: tuple[float, float]) -> tuple[float, float, float, float]:
    """Return the black area in and 0.8 mm around where an advert of `size` should be: left, top, width, height, mm."""
    path = next((made.result.folder / "pages").glob("A02*.pdf"))
    dpi = 254
    page = bitmap(path, 0, dpi).convert("L")
    row = next(row for row in made.dump(name) if row.startswith(("form", "picture")))
    left, top, width, height = box(row)
    middle, half = (left + width / 2, top + height / 2), (size[0] / 2 + 0.8, size[1] / 2 + 0.8)
    edges = (middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1])
    around = tuple(round(edge * 10) for edge in edges)
    found = page.crop(around).point(lambda value: 255 * (value < 60)).getbbox()  # type: ignore[arg-type]
    assert found is not None
    return (
        (around[0] + found[0]) / 10,
        (around[1] + found[1]) / 10,
        (found[2] - found[0]) / 10,
        (found[3] - found[1]) / 10,
    )


@pytest.mark.parametrize(
    ("name", "size"),
    [("good", SIZE), ("small", (20, 15)), ("within", (36.8, 25.8)), ("second", SIZE), ("stated", SIZE)],
)
def test_adverts_stand_at_100_per_cent_in_the_middle(x1a: Made, name: str, size: tuple[float, float]) -> None:
    left, top, width, height = black(x1a, name, size)
    assert (width, height) == pytest.approx(size, abs=0.25)
    row = next(row for row in x1a.dump(name) if row.startswith(("form", "picture")))
    booked = box(row)
    assert left + width / 2 == pytest.approx(booked[0] + booked[2] / 2, abs=0.2)
    assert top + height / 2 == pytest.approx(booked[1] + booked[3] / 2, abs=0.2)


def test_pdf_adverts_stay_forms_with_their_own_colours(x1a: Made) -> None:
    path = next((x1a.result.folder / "pages").glob("A02*.pdf"))
    with pikepdf.open(path) as pdf:
        forms = [item for item in pdf.pages[0].Resources.XObject.values() if item.get("/Subtype") == "/Form"]
        matrices = {tuple(float(value) for value in form.Matrix)[:4] for form in forms}
        drawn = [form.read_bytes() for form in forms]
    assert matrices == {(1, 0, 0, 1)}
    assert any(b".9 .8 .7 .6 k" in content for content in drawn)


def test_converted_adverts_are_pictures_of_300_ppi_within_the_ink_limit(x1a: Made) -> None:
    path = next((x1a.result.folder / "pages").glob("A02*.pdf"))
    rows = [row for row in x1a.dump("ink-converted") if row.startswith("picture")]
    assert len(rows) == 1
    with pikepdf.open(path) as pdf:
        sizes = [
            (int(item.Width), int(item.Height))
            for item in pdf.pages[0].Resources.XObject.values()
            if item.get("/Subtype") == "/Image"
        ]
    wanted = tuple(round(side / 25.4 * 300) for side in SIZE)
    assert any(abs(size[0] - wanted[0]) <= 2 and abs(size[1] - wanted[1]) <= 2 for size in sizes)


def test_the_rest_of_the_page_is_built(x1a: Made) -> None:
    assert any("短讯一则" in row for row in (x1a.result.folder / "dumps" / "A02.txt").read_text("utf-8").splitlines())
    assert x1a.result.failed
    assert (x1a.result.folder / "pages" / "A02.draft.pdf").is_file()
    said = json.loads((x1a.result.folder / "report.json").read_text(encoding="utf-8"))["findings"]
    assert {"E521", "E522"} <= {item["code"] for item in said}


POSITIONS: Mapping[str, tuple[str, list[str]]] = {
    "k": ("colour", ["E527"]),
    "k+m": ("colour", ["E527"]),
    "cmyk": ("colour", []),
}


@pytest.mark.parametrize("ink", list(POSITIONS))
def test_colour_that_a_position_has_not(tmp_path: Path, write_issue: WriteIssue, ink: str) -> None:
    save(tmp_path / "colour.pdf", b"0 1 1 0 k 0 0 999 999 re f")
    save(tmp_path / "plain.pdf", BLACK)
    page = (
        f"    ink: {ink}\n    stories: [stories/a.md]\n    adverts:\n"
        "      - {id: colour, kind: 报花, file: colour.pdf}\n"
        "      - {id: plain, kind: 报花, file: plain.pdf}\n"
        "      - {id: soft, kind: 报花, file: colour.pdf, convert: yes}\n"
    )
    issue = write_issue(tmp_path, {"a": "---\nrank: 3\nheadline: 短讯\n---\n今天阴。\n"}, page)
    made = Made(tmp_path, build(issue, tmp_path / "out", BuildOptions(previews=False, jobs=1)))
    assert made.codes("colour") == POSITIONS[ink][1]
    assert made.codes("plain") == []
    assert made.codes("soft") == (["W529"] if ink == "cmyk" else ["W527", "W529"])


def test_reading_artwork_of_another_page_that_is_not_there(tmp_path: Path, write_issue: WriteIssue) -> None:
    save(tmp_path / "one.pdf", BLACK)
    page = "    stories: [stories/a.md]\n    adverts:\n      - {id: one, kind: 报花, file: one.pdf, page: 3}\n"
    issue = write_issue(tmp_path, {"a": "---\nrank: 3\nheadline: 短讯\n---\n今天阴。\n"}, page)
    made = Made(tmp_path, build(issue, tmp_path / "out", BuildOptions(previews=False, jobs=1)))
    assert made.codes("one") == ["E521"]
    assert "no page 3" in made.of("one")[0].message()
