"""What is found in foreign pages, wherever it hides."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from layout.diagnostics import OutputError
from layout.geometry import Rect
from layout.pdf.artwork import open_artwork, place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from layout.pdf.facts import Facts

BOX = Array([0, 0, 100, 70])


def write(path: Path, content: bytes, resources: Callable[[pikepdf.Pdf], Dictionary] | None = None, **page: Any) -> str:  # noqa: ANN401
    with pikepdf.new() as pdf:
        made = pdf.add_blank_page(page_size=(100, 70))
        made.obj.Contents = pdf.make_stream(content)
        if resources is not None:
            made.obj.Resources = resources(pdf)
        for key, value in page.items():
            made.obj[f"/{key}"] = value
        pdf.save(path)
    return str(path)


def facts(path: Path, content: bytes, resources: Callable[[pikepdf.Pdf], Dictionary] | None = None) -> Facts:
    return open_artwork(write(path / "a.pdf", content, resources)).facts


def form(pdf: pikepdf.Pdf, content: bytes, **entries: Any) -> pikepdf.Object:  # noqa: ANN401
    return pdf.make_indirect(pikepdf.Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=BOX, **entries))


def image(pdf: pikepdf.Pdf, pixel: bytes, space: Any, side: int = 200, **entries: Any) -> pikepdf.Object:  # noqa: ANN401
    return pdf.make_indirect(
        pikepdf.Stream(
            pdf,
            zlib.compress(pixel * side * side),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=side,
            Height=side,
            ColorSpace=space,
            BitsPerComponent=8,
            Filter=Name.FlateDecode,
            **entries,
        )
    )


def profiled(pdf: pikepdf.Pdf, components: int) -> Array:
    return Array([Name.ICCBased, pdf.make_stream(b"profile", N=components)])


def tint(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_stream(b"{0 0 0}", FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1] * 4))


WITHIN = b"/X Do"
RECT = b" 10 10 20 20 re f"

LIGHT: dict[str, tuple[bytes, Callable[[pikepdf.Pdf], Dictionary] | None]] = {
    "operator": (b"1 0 0 rg" + RECT, None),
    "stroke": (b"1 0 0 RG 0 0 m 50 50 l S", None),
    "named space": (b"/DeviceRGB cs 1 0 0 sc" + RECT, None),
    "form": (WITHIN, lambda pdf: Dictionary(XObject=Dictionary(X=form(pdf, b"1 0 0 rg" + RECT)))),
    "form in form": (
        WITHIN,
        lambda pdf: Dictionary(
            XObject=Dictionary(
                X=form(pdf, WITHIN, Resources=Dictionary(XObject=Dictionary(X=form(pdf, b"1 0 0 rg" + RECT))))
            )
        ),
    ),
    "picture": (
        b"q 100 0 0 70 0 0 cm /X Do Q",
        lambda pdf: Dictionary(XObject=Dictionary(X=image(pdf, b"\1\2\3", Name.DeviceRGB))),
    ),
    "palette": (
        b"q 100 0 0 70 0 0 cm /X Do Q",
        lambda pdf: Dictionary(
            XObject=Dictionary(X=image(pdf, b"\0", Array([Name.Indexed, Name.DeviceRGB, 0, b"\1\2\3"])))
        ),
    ),
    "inline picture": (b"BI /W 1 /H 1 /CS /RGB /BPC 8 ID \1\2\3 EI", None),
    "pattern": (
        b"/Pattern cs /P scn" + RECT,
        lambda pdf: Dictionary(
            Pattern=Dictionary(
                P=pdf.make_indirect(
                    pikepdf.Stream(
                        pdf, b"1 0 0 rg" + RECT, PatternType=1, PaintType=1, TilingType=1, BBox=BOX, XStep=9, YStep=9
                    )
                )
            )
        ),
    ),
    "shading": (
        b"/S sh",
        lambda pdf: Dictionary(
            Shading=Dictionary(
                S=Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 9, 9]), Function=tint(pdf))
            )
        ),
    ),
    "alternate of a spot": (
        b"/S cs 1 scn" + RECT,
        lambda pdf: Dictionary(
            ColorSpace=Dictionary(S=Array([Name.Separation, Name("/All"), Name.DeviceRGB, tint(pdf)]))
        ),
    ),
    "glyphs of a Type 3 font": (
        b"BT /F 9 Tf 20 20 Td (a) Tj ET",
        lambda pdf: Dictionary(
            Font=Dictionary(
                F=pdf.make_indirect(
                    Dictionary(
                        Type=Name.Font,
                        Subtype=Name.Type3,
                        FontBBox=BOX,
                        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
                        CharProcs=Dictionary(a=pdf.make_stream(b"9 0 d0 1 0 0 rg" + RECT)),
                    )
                )
            )
        ),
    ),
}


@pytest.mark.parametrize("place", list(LIGHT))
def test_light_is_found_wherever_it_is(tmp_path: Path, place: str) -> None:
    assert facts(tmp_path, *LIGHT[place]).rgb == ["DeviceRGB"]


@pytest.mark.parametrize(
    ("components", "rgb", "calibrated"),
    [(1, [], ["ICCBased grey"]), (3, ["ICCBased RGB"], ["ICCBased RGB"]), (4, [], ["ICCBased CMYK"])],
)
def test_profiles_of_its_own(tmp_path: Path, components: int, rgb: list[str], calibrated: list[str]) -> None:
    found = facts(tmp_path, b"/S cs" + RECT, lambda pdf: Dictionary(ColorSpace=Dictionary(S=profiled(pdf, components))))
    assert (found.rgb, found.calibrated) == (rgb, calibrated)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"SMask": Dictionary(S=Name.Luminosity)}, ["soft mask"]),
        ({"BM": Name.Multiply}, ["blend mode Multiply"]),
        ({"BM": Array([Name.Normal, Name.Multiply])}, []),
        ({"ca": 0.99}, ["opacity"]),
        ({"CA": 1, "ca": 1, "BM": Name.Compatible, "SMask": Name("/None")}, []),
    ],
)
def test_transparency(tmp_path: Path, state: dict[str, Any], said: list[str]) -> None:
    found = facts(tmp_path, b"/G gs" + RECT, lambda _: Dictionary(ExtGState=Dictionary(G=Dictionary(**state))))
    assert found.transparency == said


def test_soft_masks_of_pictures(tmp_path: Path) -> None:
    found = facts(
        tmp_path,
        b"q 100 0 0 70 0 0 cm /X Do Q",
        lambda pdf: Dictionary(
            XObject=Dictionary(X=image(pdf, b"\1\2\3\4", Name.DeviceCMYK, SMask=image(pdf, b"\x80", Name.DeviceGray)))
        ),
    )
    assert found.transparency == ["soft mask of a picture"]


@pytest.mark.parametrize(
    ("content", "inks"),
    [
        (b".1 .2 .3 .4 k" + RECT, [10, 20, 30, 40]),
        (b"0.25 g" + RECT, [0, 0, 0, 75]),
        (RECT, [0, 0, 0, 100]),
        (b"q .5 0 0 0 k Q" + RECT, [0, 0, 0, 100]),
        (b"1 0 0 0 k 0 1 0 0 K 10 10 20 20 re B", [100, 100, 0, 0]),
        (b"1 0 0 0 k 10 10 20 20 re n", [0, 0, 0, 0]),
        (b"1 0 0 0 k 200 10 20 20 re f", [0, 0, 0, 0]),
        (b"q 1 0 0 1 150 0 cm 1 0 0 0 k -140 10 20 20 re f Q", [100, 0, 0, 0]),
        (b"/DeviceCMYK cs 0 0 1 0 sc" + RECT, [0, 0, 100, 0]),
    ],
)
def test_inks_of_what_is_painted_and_seen(tmp_path: Path, content: bytes, inks: list[int]) -> None:
    assert facts(tmp_path, content).inks == inks


@pytest.mark.parametrize(("scale", "ppi"), [(b"100 0 0 70", 144), (b"0 48 -48 0", 300), (b"24 0 0 24", 600)])
def test_resolution_as_it_stands(tmp_path: Path, scale: bytes, ppi: int) -> None:
    content = b"q " + scale + b" 50 10 cm /X Do Q"
    found = facts(tmp_path, content, lambda pdf: Dictionary(XObject=Dictionary(X=image(pdf, b"\x80", Name.DeviceGray))))
    assert found.ppi == ppi


def test_ink_of_pictures_is_averaged(tmp_path: Path) -> None:
    def dots(pdf: pikepdf.Pdf) -> Dictionary:
        made = image(pdf, b"\0\0\0\0", Name.DeviceCMYK)
        made.write(zlib.compress((b"\xff\xff\xff\xff" + b"\0\0\0\0" * 3) * 10_000), filter=Name.FlateDecode)
        return Dictionary(XObject=Dictionary(X=made))

    found = facts(tmp_path, b"q 100 0 0 70 0 0 cm /X Do Q", dots)
    assert found.ink == pytest.approx(100, abs=12)  # areas hold no whole number of dots


def test_annotations_that_show_something_are_said(tmp_path: Path) -> None:
    stamp = Array([Dictionary(Subtype=Name.Stamp, Rect=BOX, AP=Dictionary()), Dictionary(Subtype=Name.Link, Rect=BOX)])
    path = write(tmp_path / "a.pdf", RECT, Annots=stamp)
    assert open_artwork(path).facts.odd == ["annotation Stamp"]


@pytest.mark.parametrize(("off", "odd"), [(True, ["hidden layers"]), (False, [])])
def test_layers_are_taken_out_unless_something_is_hidden(tmp_path: Path, off: bool, odd: list[str]) -> None:  # noqa: FBT001
    with pikepdf.new() as pdf:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("notes")))
        page = pdf.add_blank_page(page_size=(100, 70))
        page.obj.Contents = pdf.make_stream(b"/OC /L BDC" + RECT + b" EMC")
        page.obj.Resources = Dictionary(Properties=Dictionary(L=layer))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer] if off else [])))
        pdf.save(tmp_path / "a.pdf")
    art = open_artwork(str(tmp_path / "a.pdf"))
    assert art.facts.odd == odd
    assert b"/OCG" not in art.data


def test_user_units_are_millimetres_too(tmp_path: Path) -> None:
    art = open_artwork(write(tmp_path / "a.pdf", RECT, UserUnit=2))
    assert (art.width, art.height) == (200_000, 140_000)


def test_groups_without_transparency_are_taken_out_all_the_way_down(tmp_path: Path) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    path = write(
        tmp_path / "a.pdf",
        WITHIN,
        lambda pdf: Dictionary(XObject=Dictionary(X=form(pdf, RECT, Group=group))),
        Group=group,
    )
    art = open_artwork(path)
    assert art.facts.transparency == []
    for kept in (True, False):
        with pikepdf.new() as target:
            made = place(art, Rect(0, 0, art.width, art.height), target, transparency=kept)
            assert ("/Group" in made) is kept
            assert ("/Group" in made.Resources.XObject.X) is kept


def test_content_that_cannot_be_parsed_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", b"1 0 0 rg (((((" + bytes(range(256)))
    with pytest.raises(OutputError) as caught:
        open_artwork(path)
    assert "damaged" in dict(caught.value.diagnostics[0].values)["problem"]
