"""Pictures in the press's inks, at the press's resolution, the same from the cache as fresh."""

from __future__ import annotations

import io
import random
import struct
import zlib
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from PIL import Image, ImageCms, ImageDraw

from layout.display import Glyphs, Key, Picture
from layout.geometry import Rect, mm
from layout.pictures import Prepared, prepare
from layout.pictures import pixels as pixels_room

if TYPE_CHECKING:
    from collections.abc import Callable

    from layout.condition import PrintCondition
    from tests.pdf.conftest import Desk

WHOLE = (0.0, 0.0, 1.0, 1.0)
SIZE = (mm(40), mm(30))
JPEG_TOLERANCE = 8.0
"""How far ringing may carry single pixels over the ink limit, in per cent."""


def painted(width: int = 480, height: int = 360) -> Image.Image:
    """Return a picture of many saturated and dark colours."""
    bands = [
        Image.linear_gradient("L").resize((width, height)),
        Image.linear_gradient("L").rotate(90).resize((width, height)),
        Image.radial_gradient("L").resize((width, height)),
    ]
    return Image.merge("RGB", bands)


def cube() -> Image.Image:
    """Return a picture of 13³ colours over the whole of sRGB, in squares of 8 pixels, 48 squares across."""
    steps = [round(step * 255 / 12) for step in range(13)]
    colors = [(red, green, blue) for red in steps for green in steps for blue in steps]
    colors += [(0, 0, 0)] * (-len(colors) % 48)
    small = Image.frombytes("RGB", (48, len(colors) // 48), bytes(value for color in colors for value in color))
    return small.resize((small.width * 8, small.height * 8), Image.Resampling.NEAREST)


def saved(image: Image.Image, path: Path, **options: Any) -> str:  # noqa: ANN401
    image.save(path, **options)
    return str(path)


def inks(made: Prepared) -> Image.Image:
    """Return the pixels as a PDF reader decodes them: CMYK, 255 full ink, or L, 255 paper."""
    if made.filter == "FlateDecode":
        mode = "CMYK" if made.color_space == "DeviceCMYK" else "1" if made.bits == 1 else "L"
        return Image.frombytes(mode, (made.width, made.height), zlib.decompress(made.data))
    # Pillow turns Adobe's inverted values over by itself, as Decode [1 0 …] makes a PDF reader do.
    return Image.open(BytesIO(made.data))


def most_ink(made: Prepared) -> float:
    return max(sum(pixel) for pixel in pixels(inks(made))) / 2.55


def at(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """Return a pixel's values."""
    return pixels(image.crop((x, y, x + 1, y + 1)))[0]


def pixels(image: Image.Image) -> list[tuple[int, ...]]:
    raw, width = image.tobytes(), len(image.getbands())
    return [tuple(raw[at : at + width]) for at in range(0, len(raw), width)]


def test_rgb_becomes_cmyk_within_the_ink_limit(condition: PrintCondition, tmp_path: Path) -> None:
    made = prepare(saved(cube(), tmp_path / "a.png"), WHOLE, SIZE, condition)
    assert (made.color_space, made.filter, made.bits, made.inverted) == ("DeviceCMYK", "DCTDecode", 8, True)
    assert made.findings == ()
    assert 200 < most_ink(made) <= condition.ink_limit + JPEG_TOLERANCE


def test_colours_are_the_profiles(condition: PrintCondition, tmp_path: Path) -> None:
    image = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 99, 199), fill=(200, 30, 40))
    made = inks(prepare(saved(image, tmp_path / "a.png"), WHOLE, SIZE, condition))
    assert at(made, 150, 100) == (0, 0, 0, 0)
    profile = ImageCms.getOpenProfile(condition.profile)
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), profile, "RGB", "CMYK", ImageCms.Intent.PERCEPTUAL
    )
    assert at(made, 50, 100) == at(transform.apply(image), 50, 100)


def test_ink_limit_of_separated_pictures_is_held(condition: PrintCondition, tmp_path: Path) -> None:
    image = Image.new("CMYK", (200, 200), (255, 230, 200, 255))
    ImageDraw.Draw(image).rectangle((0, 0, 99, 199), fill=(100, 50, 0, 20))
    made = inks(prepare(saved(image, tmp_path / "a.tif"), WHOLE, SIZE, condition))
    assert at(made, 50, 100) == (100, 50, 0, 20)
    cyan, magenta, yellow, black = at(made, 150, 100)
    assert black == 255
    assert 230 <= (cyan + magenta + yellow + black) / 2.55 <= 240
    assert cyan / magenta == pytest.approx(255 / 230, rel=0.03)


def test_separated_jpeg_is_not_turned_over(condition: PrintCondition, tmp_path: Path) -> None:
    path = saved(Image.new("CMYK", (200, 200), (0, 200, 180, 0)), tmp_path / "a.jpg", quality=95)
    made = inks(prepare(path, WHOLE, SIZE, condition))
    assert at(made, 9, 9) == pytest.approx((0, 200, 180, 0), abs=3)


def test_reader_shows_the_picture_the_right_way_up_and_round(
    desk: Desk, condition: PrintCondition, tmp_path: Path
) -> None:
    from layout.raster import render

    image = painted()
    ImageDraw.Draw(image).rectangle((0, 0, 240, 180), fill="white")
    made = prepare(saved(image, tmp_path / "a.png"), WHOLE, SIZE, condition)
    rect = Rect(mm(20), mm(30), *SIZE)
    content = desk.content(Picture(Key("s", "photo"), rect, "a.png", WHOLE), key=lambda _: made.key)
    pdf = desk.file([content], pictures={made.key: made})
    page = Image.open(BytesIO(render(pdf, 0, 254)))
    shown = page.crop((200, 300, 600, 600)).convert("L")
    assert at(shown, 50, 50)[0] > 250
    assert at(shown, 390, 150)[0] < at(shown, 50, 50)[0] - 40
    assert at(page, 190, 290) == at(page, 610, 610) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "LA", "I;16"])
def test_grey_stays_black_ink(condition: PrintCondition, tmp_path: Path, mode: str) -> None:
    grey = Image.linear_gradient("L").resize((300, 300))
    if mode == "LA":
        grey = Image.merge("LA", (grey, Image.new("L", grey.size, 255)))
    elif mode == "I;16":
        wide = [value * 257 for value in grey.tobytes()]
        grey = Image.frombytes("I;16", grey.size, b"".join(value.to_bytes(2, "little") for value in wide))
    made = prepare(saved(grey, tmp_path / "a.png"), WHOLE, SIZE, condition)
    assert made.color_space == "DeviceGray"
    row = list(inks(made).crop((10, 0, 11, 300)).tobytes())
    assert row[0] <= 2
    assert row[-1] >= 253
    assert all(lower >= upper - 2 for upper, lower in pairwise(row))


def test_neutral_rgb_is_colour_by_its_authors_word(condition: PrintCondition, tmp_path: Path) -> None:
    path = saved(Image.new("RGB", (200, 200), (128, 128, 128)), tmp_path / "a.png")
    assert prepare(path, WHOLE, SIZE, condition).color_space == "DeviceCMYK"
    assert prepare(path, WHOLE, SIZE, condition, "k").color_space == "DeviceGray"
    assert prepare(path, WHOLE, SIZE, condition, "k+m").color_space == "DeviceGray"


def test_grey_and_colour_of_one_tone_look_alike(condition: PrintCondition, tmp_path: Path) -> None:
    """What black ink alone prints for a grey is as light as what all inks print for it, above the deep shadows."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    back = ImageCms.buildTransform(
        ImageCms.getOpenProfile(condition.profile), lab, "CMYK", "LAB", ImageCms.Intent.RELATIVE_COLORIMETRIC
    )
    for value in (255, 220, 180, 140):
        color = prepare(saved(Image.new("RGB", (99, 99), (value,) * 3), tmp_path / "c.png"), WHOLE, SIZE, condition)
        grey = prepare(saved(Image.new("L", (99, 99), value), tmp_path / "g.png"), WHOLE, SIZE, condition)
        black = 255 - at(inks(grey), 5, 5)[0]
        one = at(back.apply(Image.new("CMYK", (1, 1), (0, 0, 0, black))), 0, 0)[0]
        all_inks = at(back.apply(inks(color)), 5, 5)[0]
        assert abs(one - all_inks) / 2.55 < 8


def test_transparency_lies_on_white(condition: PrintCondition, tmp_path: Path) -> None:
    image = Image.new("RGBA", (200, 200), (200, 30, 40, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 99, 199), fill=(200, 30, 40, 255))
    made = inks(prepare(saved(image, tmp_path / "a.png"), WHOLE, SIZE, condition))
    assert at(made, 150, 100) == (0, 0, 0, 0)
    assert at(made, 50, 100)[1] > 150
    palette = image.convert("P")
    palette.info["transparency"] = at(palette, 150, 100)[0]
    made = inks(prepare(saved(palette, tmp_path / "p.png"), WHOLE, SIZE, condition))
    assert at(made, 150, 100) == (0, 0, 0, 0)


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "tif"])
def test_formats_agree(condition: PrintCondition, tmp_path: Path, suffix: str) -> None:
    options: dict[str, Any] = {"quality": 98} if suffix in {"jpg", "webp"} else {}
    path = saved(Image.new("RGB", (200, 200), (30, 90, 160)), tmp_path / f"a.{suffix}", **options)
    made = inks(prepare(path, WHOLE, SIZE, condition))
    plain = inks(
        prepare(saved(Image.new("RGB", (200, 200), (30, 90, 160)), tmp_path / "b.png"), WHOLE, SIZE, condition)
    )
    assert at(made, 9, 9) == pytest.approx(plain.getpixel((9, 9)), abs=6)


def sixteen_bits(path: Path, color: tuple[int, ...], side: int = 200) -> str:
    """Write a PNG of 16 bits a component (Pillow writes none in colour)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    kind = {1: 0, 2: 4, 3: 2, 4: 6}[len(color)]
    row = b"\0" + b"".join(struct.pack(">H", value * 257) for value in color) * side
    head = struct.pack(">IIBBBBB", side, side, 16, kind, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(row * side)), chunk(b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
    return str(path)


INPUTS: dict[str, Callable[[Path], str]] = {
    "16-bit RGB": lambda path: sixteen_bits(path / "a.png", (30, 90, 160)),
    "16-bit RGB with alpha": lambda path: sixteen_bits(path / "a.png", (30, 90, 160, 255)),
    "palette": lambda path: saved(flat().convert("P", palette=Image.Palette.ADAPTIVE), path / "a.png"),
    "palette GIF": lambda path: saved(flat(), path / "a.gif"),
    "progressive JPEG": lambda path: saved(flat(), path / "a.jpg", quality=98, progressive=True),
    "RGB with alpha": lambda path: saved(flat().convert("RGBA"), path / "a.png"),
    "WebP with alpha": lambda path: saved(flat().convert("RGBA"), path / "a.webp", lossless=True),
    "TIFF in LZW": lambda path: saved(flat(), path / "a.tif", compression="tiff_lzw"),
    "TIFF in YCbCr": lambda path: saved(flat().convert("YCbCr"), path / "a.tif"),
    "BMP": lambda path: saved(flat(), path / "a.bmp"),
}


def flat() -> Image.Image:
    return Image.new("RGB", (200, 200), (30, 90, 160))


@pytest.mark.parametrize("kind", list(INPUTS))
def test_kinds_of_colour_files_agree(condition: PrintCondition, tmp_path: Path, kind: str) -> None:
    made = prepare(INPUTS[kind](tmp_path), WHOLE, SIZE, condition)
    plain = prepare(saved(flat(), tmp_path / "plain.png"), WHOLE, SIZE, condition)
    assert made.color_space == "DeviceCMYK"
    assert at(inks(made), 9, 9) == pytest.approx(at(inks(plain), 9, 9), abs=6)


@pytest.mark.parametrize("color", [(90,), (90, 255)])
def test_sixteen_bit_greys_stay_black_ink(condition: PrintCondition, tmp_path: Path, color: tuple[int, ...]) -> None:
    made = prepare(sixteen_bits(tmp_path / "a.png", color), WHOLE, SIZE, condition)
    plain = prepare(saved(Image.new("L", (200, 200), 90), tmp_path / "b.png"), WHOLE, SIZE, condition)
    assert made.color_space == "DeviceGray"
    assert at(inks(made), 9, 9)[0] == pytest.approx(at(inks(plain), 9, 9)[0], abs=2)


def test_jpegs_are_of_quality_90_and_4_4_4(condition: PrintCondition, tmp_path: Path) -> None:
    made = prepare(saved(painted(), tmp_path / "a.png"), WHOLE, SIZE, condition)
    assert made.filter == "DCTDecode"
    image = Image.open(BytesIO(made.data))
    assert {tuple(part[1:3]) for part in image.layer} == {(1, 1)}  # type: ignore[attr-defined]
    reference = BytesIO()
    Image.new("CMYK", (16, 16)).save(reference, "JPEG", quality=90)
    wanted = Image.open(BytesIO(reference.getvalue())).quantization  # type: ignore[attr-defined]
    own = image.quantization  # type: ignore[attr-defined]
    assert sum(own[0]) <= sum(wanted[0])


def test_sharpening_is_a_switch(condition: PrintCondition, tmp_path: Path) -> None:
    image = Image.new("L", (600, 450), 96)
    ImageDraw.Draw(image).rectangle((300, 0, 599, 449), fill=160)
    path = saved(image.resize((1200, 900), Image.Resampling.BICUBIC), tmp_path / "edge.png")
    plain = prepare(path, WHOLE, SIZE, condition)
    crisp = prepare(path, WHOLE, SIZE, replace(condition, sharpen=120))
    assert plain.key != crisp.key
    row = inks(crisp).crop((0, 100, crisp.width, 101)).tobytes()
    before = inks(plain).crop((0, 100, plain.width, 101)).tobytes()
    assert max(row) > max(before) + 5
    assert min(row) < min(before) - 5
    assert row[5] == pytest.approx(before[5], abs=3)


def test_camera_orientation_is_followed(condition: PrintCondition, tmp_path: Path) -> None:
    image = Image.new("L", (300, 200), 255)
    ImageDraw.Draw(image).rectangle((0, 0, 99, 199), fill=0)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned 90° clockwise
    made = prepare(saved(image, tmp_path / "a.jpg", exif=exif, quality=95), WHOLE, SIZE, condition)
    assert (made.width, made.height) == (200, 300)
    assert at(inks(made), 100, 20)[0] < 20
    assert at(inks(made), 100, 280)[0] > 235
    upper = prepare(str(tmp_path / "a.jpg"), (0, 0, 1, 0.3), (mm(20), mm(10)), condition)
    assert (upper.width, upper.height) == (200, 90)
    assert max(inks(upper).tobytes()) < 40


def test_own_profile_is_honoured(condition: PrintCondition, tmp_path: Path) -> None:
    image = Image.new("RGB", (200, 200), (30, 200, 40))
    plain = prepare(saved(image, tmp_path / "a.png"), WHOLE, SIZE, condition)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tagged = prepare(saved(image, tmp_path / "b.png", icc_profile=srgb), WHOLE, SIZE, condition)
    swapped = prepare(saved(image, tmp_path / "c.png", icc_profile=swapped_primaries(srgb)), WHOLE, SIZE, condition)
    broken = prepare(saved(image, tmp_path / "d.png", icc_profile=b"\0" * 200), WHOLE, SIZE, condition)
    assert at(inks(tagged), 9, 9) == at(inks(plain), 9, 9) == at(inks(broken), 9, 9)
    cyan, magenta, *_ = at(inks(plain), 9, 9)
    other_cyan, other_magenta, *_ = at(inks(swapped), 9, 9)
    assert cyan > magenta
    assert other_magenta > other_cyan


def swapped_primaries(profile: bytes) -> bytes:
    """Return an sRGB profile whose red and green are exchanged."""
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    made = bytearray(profile)
    made[red : red + 4], made[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(made)


def test_separations_for_another_press_are_converted(condition: PrintCondition, tmp_path: Path) -> None:
    profile = Path(condition.profile.replace("240", "220")).read_bytes()
    image = Image.new("CMYK", (200, 200), (120, 90, 80, 60))
    same = prepare(
        saved(image, tmp_path / "a.tif", icc_profile=Path(condition.profile).read_bytes()), WHOLE, SIZE, condition
    )
    made = prepare(saved(image, tmp_path / "b.tif", icc_profile=profile), WHOLE, SIZE, condition)
    assert at(inks(same), 5, 5) == (120, 90, 80, 60)
    assert at(inks(made), 5, 5) != (120, 90, 80, 60)


def test_resolution_is_measured_and_reduced(condition: PrintCondition, tmp_path: Path) -> None:
    path = saved(painted(1600, 1200), tmp_path / "a.png")
    fine = prepare(path, WHOLE, (mm(40), mm(30)), condition)
    assert fine.ppi == 1016
    assert (fine.width, fine.height) == (472, 354)
    half = prepare(path, (0.5, 0.5, 1, 1), (mm(80), mm(60)), condition)
    assert (half.ppi, half.width, half.height) == (254, 800, 600)
    codes = {}
    for width in (120, 240, 250, 350):
        made = prepare(path, WHOLE, (mm(width), mm(width * 0.75)), condition)
        codes[width] = [(item.code, dict(item.values)["ppi"]) for item in made.findings]
    assert codes == {120: [], 240: [("W511", "169")], 250: [("W511", "163")], 350: [("E512", "116")]}


def test_drawings_are_kept_exact(condition: PrintCondition, tmp_path: Path) -> None:
    drawing = Image.new("1", (400, 400), 1)
    ImageDraw.Draw(drawing).rectangle((100, 100, 299, 299), fill=0)
    made = prepare(saved(drawing, tmp_path / "a.png"), WHOLE, (mm(20), mm(20)), condition)
    assert (made.color_space, made.filter, made.bits, made.width) == ("DeviceGray", "FlateDecode", 1, 400)
    assert inks(made).tobytes() == drawing.tobytes()
    flat = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(flat).rectangle((100, 100, 299, 299), fill="blue")
    made = prepare(saved(flat, tmp_path / "b.png"), WHOLE, (mm(40), mm(40)), condition)
    assert (made.filter, made.inverted) == ("FlateDecode", False)
    assert len(inks(made).getcolors() or ()) == 2


def test_line_art_too_fine_is_reduced_to_its_own_limit(condition: PrintCondition, tmp_path: Path) -> None:
    path = saved(Image.new("1", (2000, 2000), 1), tmp_path / "a.png")
    assert prepare(path, WHOLE, (72_000, 72_000), condition).width == pixels_room.LINE_ART_PPI


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("text.jpg", b"this is no picture"),
        ("empty.png", b""),
        ("cut.png", None),
        ("float.tif", None),
    ],
)
def test_undecodable_files_are_findings(
    condition: PrintCondition, tmp_path: Path, name: str, data: bytes | None
) -> None:
    if name == "cut.png":
        out = io.BytesIO()
        painted().save(out, "PNG")
        data = out.getvalue()[:2000]
    elif name == "float.tif":
        out = io.BytesIO()
        Image.new("F", (9, 9)).save(out, "TIFF")
        data = out.getvalue()
    (tmp_path / name).write_bytes(data or b"")
    made = prepare(str(tmp_path / name), WHOLE, SIZE, condition)
    assert [item.code for item in made.findings] == ["E513"]
    assert name in made.findings[0].message()
    assert (made.width, made.height, made.color_space) == (1, 1, "DeviceGray")
    assert at(inks(made), 0, 0) == (200,)


def test_missing_file_is_a_finding(condition: PrintCondition, tmp_path: Path) -> None:
    assert [item.code for item in prepare(str(tmp_path / "no.jpg"), WHOLE, SIZE, condition).findings] == ["E513"]


def test_picture_bombs_are_refused(condition: PrintCondition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(Image.new("1", (20_000, 20_000)), tmp_path / "a.png")
    made = prepare(path, WHOLE, SIZE, condition)
    assert [item.code for item in made.findings] == ["E513"]
    monkeypatch.setattr("layout.pictures.pixels.MOST_PIXELS", 1_000_000)
    made = prepare(saved(Image.new("1", (2_000, 2_000)), tmp_path / "b.png"), WHOLE, SIZE, condition)
    assert "4 million pixels" in made.findings[0].message()


def test_damaged_files_never_raise(condition: PrintCondition, tmp_path: Path) -> None:
    dice = random.Random(20261122)  # noqa: S311
    for suffix in ("png", "jpg", "tif", "webp"):
        out = io.BytesIO()
        painted(64, 48).save(out, {"jpg": "JPEG", "tif": "TIFF"}.get(suffix, suffix.upper()))
        for _ in range(60):
            data = bytearray(out.getvalue())
            for _ in range(6):
                data[dice.randrange(len(data))] = dice.randrange(256)
            path = tmp_path / f"a.{suffix}"
            path.write_bytes(data)
            assert prepare(str(path), WHOLE, SIZE, condition).key


def test_warm_cache_gives_the_cold_bytes(condition: PrintCondition, tmp_path: Path) -> None:
    path, cache = saved(painted(), tmp_path / "a.png"), tmp_path / "cache"
    cold = prepare(path, WHOLE, SIZE, condition, cache=cache)
    assert prepare(path, WHOLE, SIZE, condition) == cold
    entries = [file for file in cache.rglob("*") if file.is_file()]
    assert [file.name for file in entries] == [cold.key]
    assert prepare(path, WHOLE, SIZE, condition, cache=cache) == cold
    entries[0].write_bytes(entries[0].read_bytes()[:-1] + b"?")
    assert prepare(path, WHOLE, SIZE, condition, cache=cache) == cold
    entries[0].write_bytes(b"")
    assert prepare(path, WHOLE, SIZE, condition, cache=cache) == cold


def test_cache_is_read(condition: PrintCondition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, cache = saved(painted(), tmp_path / "a.png"), tmp_path / "cache"
    cold = prepare(path, WHOLE, SIZE, condition, cache=cache)
    monkeypatch.setattr("layout.pictures.decoded", None)
    assert prepare(path, WHOLE, SIZE, condition, cache=cache) == cold


def test_cache_that_cannot_be_written_is_none(condition: PrintCondition, tmp_path: Path) -> None:
    path = saved(painted(), tmp_path / "a.png")
    (tmp_path / "cache").write_bytes(b"a file, not a folder")
    assert prepare(path, WHOLE, SIZE, condition, cache=tmp_path / "cache").color_space == "DeviceCMYK"


def test_keys_tell_parameters_and_contents_apart(condition: PrintCondition, tmp_path: Path) -> None:
    path, same = saved(painted(), tmp_path / "a.png"), saved(painted(), tmp_path / "b.png")
    other = saved(painted().rotate(180), tmp_path / "c.png")
    keys = [
        prepare(path, WHOLE, SIZE, condition).key,
        prepare(path, (0, 0, 1, 0.5), SIZE, condition).key,
        prepare(path, WHOLE, (mm(41), mm(30)), condition).key,
        prepare(path, WHOLE, SIZE, condition, "k").key,
        prepare(path, WHOLE, SIZE, replace(condition, ink_limit=220)).key,
        prepare(path, WHOLE, SIZE, replace(condition, profile=condition.profile.replace("240", "220"))).key,
        prepare(other, WHOLE, SIZE, condition).key,
    ]
    assert len(set(keys)) == len(keys)
    assert prepare(same, WHOLE, SIZE, condition).key == keys[0]


def test_identical_pictures_are_embedded_once(desk: Desk, condition: PrintCondition, tmp_path: Path) -> None:
    paths = [saved(painted(), tmp_path / name) for name in ("a.png", "b.png")]
    made = {path: prepare(path, WHOLE, SIZE, condition) for path in paths}
    grey = prepare(saved(painted().convert("L"), tmp_path / "g.png"), WHOLE, SIZE, condition)
    rect = Rect(0, 0, *SIZE)
    ops = [Picture(Key("s", "photo"), rect, path, WHOLE) for path in (*paths, "g")]

    def key(op: Picture) -> str:
        return grey.key if op.file == "g" else made[op.file].key

    pages = [desk.content(*ops, key=key), desk.content(*ops, page="A02", key=key)]
    pdf = desk.file(pages, pictures={item.key: item for item in (*made.values(), grey)})
    assert pdf.count(b"/Subtype /Image") == 2
    with pikepdf.open(BytesIO(pdf)) as file:
        color, black = (file.pages[1].Resources.XObject[name] for name in ("/Im0", "/Im1"))
        assert [str(item.ColorSpace) for item in (color, black)] == ["/DeviceCMYK", "/DeviceGray"]
        assert [int(value) for value in color.Decode] == [1, 0] * 4
        assert "/Decode" not in black
        assert color.read_raw_bytes() == made[paths[0]].data


def test_sixteen_pages_with_the_same_pictures_stay_small(desk: Desk, condition: PrintCondition, tmp_path: Path) -> None:
    made = prepare(saved(painted(), tmp_path / "a.png"), WHOLE, SIZE, condition)
    picture = Picture(Key("s", "photo"), Rect(0, 0, *SIZE), "a", WHOLE)
    han = [chr(code) for code in range(0x4E00, 0x9FA0) if all(desk.gids("song", chr(code)))]

    def lines(face: str, page: int, first: int) -> list[Glyphs]:
        rows = (han[(page * 40 + row) * 31 % 3_400 :][:60] for row in range(40))
        return [desk.run("".join(text), face=face, y=first + 12_000 * row) for row, text in enumerate(rows)]

    pages = [
        desk.content(
            picture,
            *lines("song", number, 40_000),
            *lines("kai", number, 560_000),
            page=f"A{number:02}",
            key=lambda _: made.key,
        )
        for number in range(1, 17)
    ]
    pdf = desk.file(pages, pictures={made.key: made})
    assert pdf.count(b"/Subtype /Image") == 1
    assert len(pdf) - len(made.data) < 4_000_000
