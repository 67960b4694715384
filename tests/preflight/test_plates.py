"""Plates: as Ghostscript makes them, overprint honoured, black type on the black plate alone, ink over areas."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from layout.plates import MAP_DPI, PROCESS, Plates, SeparationError, separate
from layout.plates.ink import heavy_areas, largest_ink, window
from layout.plates.single import single_page
from layout.plates.softproof import soft_proof
from layout.preflight.inspect import weigh_ink
from tests.preflight.mutations import DO, Obj, icc, image, own_profile, page, paint, separation, sharp, spoiled, srgb

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from layout.condition import PrintCondition
    from tests.conftest import Built

AGREEMENT = 0.5
"""Per cent of mean coverage that a plate may differ from Ghostscript's."""


def drawing(operators: str, size: tuple[int, int] = (200, 200), **resources: Obj) -> bytes:
    """Return a file of one page with these operators; graphics states GSo and GSk as our own files have them."""
    with pikepdf.new() as pdf:
        made = pdf.add_blank_page(page_size=size)
        made.obj.Resources = pikepdf.Dictionary(
            ExtGState=pikepdf.Dictionary(
                GSo=pikepdf.Dictionary(OP=True, op=True, OPM=1), GSk=pikepdf.Dictionary(OP=False, op=False)
            )
        )
        made.obj.Contents = pdf.make_stream(b"")
        paint(operators, **resources)(pdf)
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def means(plates: Plates, box: tuple[int, int, int, int]) -> list[int]:
    """Return the mean of each process plate within a box of pixels, in whole per cent."""
    found = []
    for name in PROCESS:
        part = plates.inks[name].crop(box)
        found.append(round(100 * sum(part.tobytes()) / 255 / (part.width * part.height)))
    return found


@pytest.mark.parametrize(
    ("operators", "inks"),
    [
        ("1 0 0 0 k 0 0 200 200 re f /GSo gs 0 1 0 0 k 50 50 100 100 re f", [100, 100, 0, 0]),
        ("1 0 0 0 k 0 0 200 200 re f /GSk gs 0 1 0 0 k 50 50 100 100 re f", [0, 100, 0, 0]),
        ("1 .2 0 0 k 0 0 200 200 re f /GSo gs 0 0 0 1 k 50 50 100 100 re f", [100, 20, 0, 100]),
        ("1 .2 0 0 k 0 0 200 200 re f /GSk gs 0 0 0 1 k 50 50 100 100 re f", [0, 0, 0, 100]),
        ("0 0 0 .5 k 0 0 200 200 re f /GSo gs .4 0 0 0 k 50 50 100 100 re f", [40, 0, 0, 50]),
        ("0 0 0 .5 k 0 0 200 200 re f /GSo gs 0 0 0 0 k 50 50 100 100 re f", [0, 0, 0, 50]),
        ("0 0 0 .5 k 0 0 200 200 re f .3 g 50 50 100 100 re f", [0, 0, 0, 70]),
        ("0 1 0 0 k 0 0 200 200 re f /GSo gs 0 0 0 1 K 100 w 50 100 m 150 100 l S", [0, 100, 0, 100]),
    ],
)
def test_overprint(operators: str, inks: list[int]) -> None:
    plates = separate(drawing(operators), 0, 72)
    assert means(plates, (80, 80, 120, 120)) == pytest.approx(inks, abs=1)


def test_filling_and_stroking_overprint_apart() -> None:
    plates = separate(drawing("0 1 0 0 k 0 0 200 200 re f /GSo gs 0 0 0 1 k 1 0 0 0 K 40 w 50 50 100 100 re B"), 0, 72)
    assert means(plates, (90, 90, 110, 110)) == [0, 100, 0, 100]
    assert means(plates, (40, 90, 60, 110)) == [100, 100, 0, pytest.approx(50, abs=3)]


def test_forms_take_the_state_they_are_shown_in() -> None:
    def form(pdf: pikepdf.Pdf) -> Obj:
        entries = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Form, "BBox": [0, 0, 100, 100]}
        return pikepdf.Stream(pdf, b"0 0 100 100 re f", **entries)

    shown = "0 1 0 0 k 0 0 200 200 re f {} gs 0 0 0 1 k 1 0 0 1 50 50 cm /F Do"
    for state, magenta in (("/GSo", 100), ("/GSk", 0)):
        plates = separate(drawing(shown.format(state), XObject={"F": form}), 0, 72)
        assert means(plates, (80, 80, 120, 120)) == [0, magenta, 0, 100]


def pixels(mode: str, colour: tuple[int, ...] | int, **entries: Obj) -> Callable[[pikepdf.Pdf], Obj]:
    """Return a maker of a picture of one colour, as JPEG."""

    def make(pdf: pikepdf.Pdf) -> Obj:
        out = BytesIO()
        Image.new(mode, (64, 64), colour).save(out, "JPEG", quality=95)
        kept = {
            "Type": pikepdf.Name.XObject,
            "Subtype": pikepdf.Name.Image,
            "Width": 64,
            "Height": 64,
            "BitsPerComponent": 8,
            "ColorSpace": pikepdf.Name.DeviceCMYK if mode == "CMYK" else pikepdf.Name.DeviceGray,
            "Filter": pikepdf.Name.DCTDecode,
        }
        return pdf.make_indirect(pikepdf.Stream(pdf, out.getvalue(), **(kept | entries)))

    return make


@pytest.mark.parametrize(
    ("make", "inks"),
    [
        (pixels("CMYK", (51, 102, 153, 204), Decode=[1, 0] * 4), [20, 40, 60, 80]),
        (pixels("CMYK", (51, 102, 153, 204)), [80, 60, 40, 20]),
        (pixels("L", 102), [0, 0, 0, 60]),
        (pixels("L", 102, Decode=[1, 0]), [0, 0, 0, 40]),
        (image(64, 64), [0, 0, 0, 0]),
        (image(64, 64, "DeviceGray"), [0, 0, 0, 100]),
    ],
)
def test_pictures_knock_out_with_their_own_inks(make: Callable[[pikepdf.Pdf], Obj], inks: list[int]) -> None:
    plates = separate(drawing(f"/GSo gs 0 1 0 0 k 0 0 200 200 re f {DO}", (400, 400), XObject={"Bad": make}), 0, 72)
    assert means(plates, (150, 150, 250, 250)) == pytest.approx(inks, abs=1)


def test_spot_colours_have_plates_of_their_own() -> None:
    under = "0 1 0 0 k 0 0 200 200 re f /Bad cs .5 scn {} gs 50 50 100 100 re f"
    for state, magenta in (("/GSk", 0), ("/GSo", 100)):
        plates = separate(drawing(under.format(state), ColorSpace={"Bad": separation("Gold")}), 0, 72)
        assert list(plates.inks) == [*PROCESS, "Gold"]
        assert means(plates, (80, 80, 120, 120)) == [0, magenta, 0, 0]
        assert plates.coverage["Gold"] == pytest.approx(12.5, abs=0.5)


def _state(**entries: Obj) -> dict[str, Obj]:
    return {"Bad": pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, **entries)}


def shading(space: str, start: list[float], end: list[float]) -> Obj:
    function = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=start, C1=end, N=1)
    return pikepdf.Dictionary(
        ShadingType=2, ColorSpace=pikepdf.Name(f"/{space}"), Coords=[0, 0, 200, 0], Function=function
    )


@pytest.mark.parametrize(
    ("operators", "resources", "inks"),
    [
        ("1 0 0 rg 0 0 200 200 re f", {}, [0, 100, 100, 0]),
        ("/Bad cs 1 1 1 scn 0 0 200 200 re f", {"ColorSpace": {"Bad": icc(srgb, 3)}}, [0, 0, 0, 0]),
        ("/Bad cs .2 scn 0 0 200 200 re f", {"ColorSpace": {"Bad": icc(srgb, 1)}}, [0, 0, 0, 80]),
        ("/Bad cs .5 scn 0 0 200 200 re f", {"ColorSpace": {"Bad": separation("Black")}}, [0, 0, 0, 50]),
        ("/Bad cs .5 scn 0 0 200 200 re f", {"ColorSpace": {"Bad": separation("All")}}, [50, 50, 50, 50]),
        ("0 1 0 0 k /Bad gs 0 0 200 200 re f", {"ExtGState": _state(ca=0.5)}, [0, 50, 0, 0]),
        (
            "0 .5 0 0 k 0 0 200 200 re f /Bad gs .2 .5 0 0 k 0 0 200 200 re f",
            {"ExtGState": _state(BM=pikepdf.Name.Multiply)},
            [20, 75, 0, 0],
        ),
        (
            "/Bad sh",
            {"Shading": {"Bad": shading("DeviceCMYK", [0.2, 0.4, 0.6, 0.8], [0.2, 0.4, 0.6, 0.8])}},
            [20, 40, 60, 80],
        ),
        ("/Bad sh", {"Shading": {"Bad": shading("DeviceGray", [0.3], [0.3])}}, [0, 0, 0, 70]),
        (
            "200 0 0 200 0 0 cm BI /W 4 /H 4 /CS /CMYK /BPC 8 ID " + "\x33\x66\x99\xcc" * 16 + " EI",
            {},
            [20, 40, 60, 80],
        ),
        ("200 0 0 200 0 0 cm /Bad Do", {"XObject": {"Bad": image(8, 8, "DeviceGray", 1)}}, [0, 0, 0, 100]),
    ],
)
def test_other_people_s_colours(operators: str, resources: dict[str, Obj], inks: list[int]) -> None:
    assert means(separate(drawing(operators, **resources), 0, 72), (80, 80, 120, 120)) == pytest.approx(inks, abs=1)


def test_shadings_run_as_they_should() -> None:
    plates = separate(drawing("/Bad sh", Shading={"Bad": shading("DeviceCMYK", [0, 0, 0, 1], [1, 0, 0, 0])}), 0, 72)
    assert means(plates, (148, 80, 152, 120)) == pytest.approx([75, 0, 0, 25], abs=2)


def test_rgb_goes_through_the_press_s_profile(condition: PrintCondition) -> None:
    grey = drawing(f"{DO}", (400, 400), XObject={"Bad": image(8, 8, "DeviceRGB")})
    inks = means(separate(grey, 0, 72, condition.profile), (150, 150, 250, 250))
    assert inks[3] > 60
    assert sum(inks) <= condition.ink_limit


def test_what_cannot_be_separated_is_said() -> None:
    pattern = pikepdf.Dictionary(PatternType=2, Shading=shading("DeviceRGB", [0, 0, 0], [1, 1, 1]))
    spoilt = drawing("/Pattern cs /Bad scn 0 0 200 200 re f", Pattern={"Bad": pattern})
    with pytest.raises(SeparationError, match="shading in DeviceRGB"):
        separate(spoilt, 0, 72)


def test_plates_show_what_is_printed(good: Mapping[str, bytes]) -> None:
    with pikepdf.open(BytesIO(good["x1a"])) as pdf:
        obj = page(pdf)
        width, height = (float(edge) for edge in list(obj.MediaBox)[2:])
        obj.MediaBox = pikepdf.Array([-50, -50, width + 50, height + 50])
        out = BytesIO()
        pdf.save(out)
    wide, plain = (separate(data, 0, 72) for data in (out.getvalue(), good["x1a"]))
    assert wide.box == plain.box
    assert wide.coverage == pytest.approx(plain.coverage, abs=0.05)


def test_a_page_that_is_not_there(good: Mapping[str, bytes]) -> None:
    with pytest.raises(SeparationError):
        separate(good["x1a"], 3, 72)
    with pytest.raises(SeparationError):
        separate(b"no file", 0, 72)


@pytest.mark.parametrize("name", ["A01", "A02", "A03", "A04", "B01"])
def test_plates_agree_with_ghostscript(name: str, sample: Built, tmp_path: Path) -> None:
    if shutil.which("gs") is None:
        pytest.skip("gs is not installed")
    data = (sample.out / "pages" / f"{name}.pdf").read_bytes()
    own = separate(data, 0, 150)
    (tmp_path / "page.pdf").write_bytes(single_page(data, 0).data)
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r600", "-dDownScaleFactor=4"]
    done = subprocess.run(
        [*command, "-o", str(tmp_path / "plate.tif"), str(tmp_path / "page.pdf")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "arning" not in done.stdout + done.stderr
    for ink in PROCESS:
        with Image.open(tmp_path / f"plate({ink}).tif") as plate:
            counts = plate.convert("L").histogram()
        theirs = 100 - 100 * sum(value * count for value, count in enumerate(counts)) / 255 / sum(counts)
        assert own.coverage[ink] == pytest.approx(theirs, abs=AGREEMENT), ink


def test_ink_is_averaged_over_fifteen_square_millimetres() -> None:
    across, down = window(15, MAP_DPI)
    assert across * down * (25.4 / MAP_DPI) ** 2 == pytest.approx(15, rel=0.02)
    heavy = "1 1 1 0 k 100 100 {0} {0} re f"
    small, large = (separate(drawing(heavy.format(side)), 0, MAP_DPI) for side in (5, 30))
    assert largest_ink(large, 15) == pytest.approx(300, abs=1)
    assert heavy_areas(large, 15, 240)
    assert largest_ink(small, 15) < 100
    assert not heavy_areas(small, 15, 240)


def test_a_heavy_place_is_found_where_it_is() -> None:
    plates = separate(drawing("1 1 1 0 k 100 100 30 20 re f .9 .9 .9 0 k 20 20 20 20 re f"), 0, MAP_DPI)
    places = heavy_areas(plates, 15, 240)
    assert [round(place.total / 10) for place in places] == [30, 27]
    left, bottom, right, top = places[0].box
    assert (left, bottom, right, top) == pytest.approx((100, 100, 130, 120), abs=6)


@pytest.mark.parametrize("colour", [(255, 255, 255, 255), (255, 200, 200, 60)])
def test_pictures_made_to_break_the_limit_are_caught(
    colour: tuple[int, ...], good: Mapping[str, bytes], condition: PrintCondition
) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        paint(DO, XObject={"Bad": pixels("CMYK", colour, Decode=[1, 0] * 4)})(pdf)

    from tests.preflight.mutations import Mutation

    found = weigh_ink(spoiled(good["x1a"], Mutation("E792", "x1a", "a heavy picture", spoil)), 0, condition)
    assert [item.code for item in found.findings] == ["E792"]
    area = found.findings[0].area
    assert area is not None
    assert (area[2] / 1000, area[3] / 1000) == pytest.approx((200, 200), abs=18)  # windows reach over edges
    assert found.largest == pytest.approx(100 * sum(colour) / 255, abs=2)


def test_the_sample_keeps_the_limit(sample: Built, condition: PrintCondition) -> None:
    for path in sorted((sample.out / "pages").glob("*.pdf")):
        found = weigh_ink(path.read_bytes(), 0, condition)
        assert not found.findings
        assert 0 < found.largest <= condition.ink_limit + 2


def test_a_page_that_cannot_be_separated_is_said(
    good: Mapping[str, bytes], condition: PrintCondition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Plates:
        message = "no"
        raise SeparationError(message)

    monkeypatch.setattr("layout.preflight.inspect.separate", refuse)
    assert [item.code for item in weigh_ink(good["x1a"], 0, condition).findings] == ["W793"]


def test_the_soft_proof_is_as_grey_as_newsprint(condition: PrintCondition) -> None:
    plates = separate(drawing("0 0 0 1 k 0 0 100 200 re f"), 0, 36)
    proof = soft_proof(plates, Path(condition.profile))
    paper, black = (proof.getpixel((x, 50)) for x in (90, 10))
    assert isinstance(paper, tuple)
    assert isinstance(black, tuple)
    # The press's own paper and black by CGATS TR 002 (print.md 6), as sRGB.
    assert paper == pytest.approx((200, 198, 191), abs=4)
    assert black == pytest.approx((92, 86, 80), abs=8)


def test_profile_helpers_agree(good: Mapping[str, bytes], condition: PrintCondition) -> None:
    """The mutations' own profile is the condition's: what they spoil was whole before."""
    with pikepdf.open(BytesIO(good["x1a"])) as pdf:
        assert own_profile(pdf) == Path(condition.profile).read_bytes()
    assert callable(sharp())
