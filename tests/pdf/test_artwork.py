"""Foreign PDF pages: placed by their trim box, unscaled when sizes agree, refused when they cannot be."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from PIL import Image

from layout.diagnostics import OutputError
from layout.display import Form, Key
from layout.geometry import Rect
from layout.pdf.artwork import Artwork, open_artwork, read_artwork

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pdf.conftest import Desk

# A 100 × 60 pt trim box within a sheet of 140 × 100 pt: black all over the sheet's edge, then a white field with
# a black square of 20 pt in the lower left corner of the trim box.
DRAWING = b"0 0 0 1 k 0 0 140 100 re f 0 0 0 0 k 20 20 100 60 re f 0 0 0 1 k 20 20 20 20 re f"


def foreign(path: Path, *, rotate: int = 0, group: bool = False, drawing: bytes = DRAWING, **options: Any) -> str:  # noqa: ANN401
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(140, 100))
        page.obj.TrimBox = pikepdf.Array([20, 20, 120, 80])
        page.obj.Contents = pdf.make_stream(drawing)
        page.obj.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])])
        if rotate:
            page.obj.Rotate = rotate
        if group:
            page.obj.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceCMYK)
        pdf.save(path, **options)
    return str(path)


def shown(desk: Desk, made: Artwork, rect: Rect, variant: str = "x1a") -> tuple[bytes, Image.Image]:
    from layout.raster import render

    content = desk.content(Form(Key("bank", "advert"), rect, made.file, made.page))
    pdf: bytes = desk.file([content], artwork={(made.file, made.page): made}, variant=variant)
    return pdf, Image.open(BytesIO(render(pdf, 0, 72))).convert("L").point(lambda value: 255 * (value < 128))


def test_form_is_placed_by_its_trim_box(desk: Desk, tmp_path: Path) -> None:
    made = read_artwork(foreign(tmp_path / "a.pdf"))
    assert (made.width, made.height) == (100_000, 60_000)
    pdf, page = shown(desk, made, Rect(50_000, 80_000, 100_000, 60_000))
    left, top, right, bottom = page.getbbox() or (0, 0, 0, 0)
    # Only the square shows, in the lower left corner of the place; the sheet's black edge is cut off.
    assert (left, right) == pytest.approx((50, 70), abs=1)
    assert (top, bottom) == pytest.approx((120, 140), abs=1)
    assert b"/Annots" not in pdf
    with pikepdf.open(BytesIO(pdf)) as file:
        form = file.pages[0].Resources.XObject.Fm0
        assert [float(value) for value in form.Matrix] == [1, 0, 0, 1, -20, -20]
        assert form.Subtype == "/Form"


def test_slight_differences_are_centred_not_scaled(desk: Desk, tmp_path: Path) -> None:
    made = read_artwork(foreign(tmp_path / "a.pdf"))
    pdf, _ = shown(desk, made, Rect(50_000, 80_000, 100_800, 59_600))
    with pikepdf.open(BytesIO(pdf)) as file:
        matrix = [float(value) for value in file.pages[0].Resources.XObject.Fm0.Matrix]
    assert matrix == pytest.approx([1, 0, 0, 1, -20 + 0.4, -20 - 0.2])


def test_other_sizes_are_fitted_evenly_and_centred(desk: Desk, tmp_path: Path) -> None:
    made = read_artwork(foreign(tmp_path / "a.pdf"))
    _, page = shown(desk, made, Rect(50_000, 80_000, 200_000, 200_000))
    left, top, right, bottom = page.getbbox() or (0, 0, 0, 0)
    assert (left, right) == pytest.approx((50, 90), abs=1)
    assert (top, bottom) == pytest.approx((200, 240), abs=1)


@pytest.mark.parametrize(
    ("turn", "box"), [(90, (50, 80, 70, 100)), (180, (130, 80, 150, 100)), (270, (90, 160, 110, 180))]
)
def test_turned_pages_stand_as_they_are_looked_at(
    desk: Desk, tmp_path: Path, turn: int, box: tuple[int, int, int, int]
) -> None:
    made = read_artwork(foreign(tmp_path / "a.pdf", rotate=turn))
    sizes = (100_000, 60_000) if turn == 180 else (60_000, 100_000)
    assert (made.width, made.height) == sizes
    _, page = shown(desk, made, Rect(50_000, 80_000, *sizes))
    assert page.getbbox() == pytest.approx(box, abs=1)


@pytest.mark.parametrize(("variant", "kept"), [("x1a", False), ("x4", True)])
def test_transparency_groups_stay_only_where_allowed(desk: Desk, tmp_path: Path, variant: str, *, kept: bool) -> None:
    made = read_artwork(foreign(tmp_path / "a.pdf", group=True))
    pdf, _ = shown(desk, made, Rect(0, 0, 100_000, 60_000), variant)
    assert (b"/Transparency" in pdf) is kept


def test_same_artwork_twice_is_one_form(desk: Desk, tmp_path: Path) -> None:
    made = read_artwork(foreign(tmp_path / "a.pdf"))
    ops = [Form(Key("bank", "advert"), Rect(x, 0, 100_000, 60_000), made.file) for x in (0, 200_000)]
    pdf = desk.file([desk.content(*ops), desk.content(ops[0], page="A02")], artwork={(made.file, 0): made})
    assert pdf.count(b"/Subtype /Form") == 1


def test_reading_apart_and_here_agree(tmp_path: Path) -> None:
    path = foreign(tmp_path / "a.pdf")
    assert read_artwork(path) == open_artwork(path) == open_artwork(path)


def problem(error: OutputError) -> str:
    assert [item.code for item in error.diagnostics] == ["E514"]
    return error.diagnostics[0].message()


def test_unreadable_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text.pdf").write_bytes(b"no PDF")
    with pytest.raises(OutputError) as caught:
        read_artwork(str(tmp_path / "text.pdf"))
    assert "text.pdf" in problem(caught.value)
    with pytest.raises(OutputError) as caught:
        read_artwork(str(tmp_path / "missing.pdf"))
    assert "missing.pdf" in problem(caught.value)


def test_absent_pages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        read_artwork(foreign(tmp_path / "a.pdf"), page=3)
    assert "no page 4" in problem(caught.value)


@pytest.mark.parametrize("user", ["", "secret"])
def test_encrypted_files_are_refused(tmp_path: Path, user: str) -> None:
    encryption = pikepdf.Encryption(owner="owner", user=user)
    with pytest.raises(OutputError) as caught:
        read_artwork(foreign(tmp_path / "a.pdf", encryption=encryption))
    assert "encrypted" in problem(caught.value)
