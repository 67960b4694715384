"""Files from strangers: whatever they hold, reading them ends soon, takes bounded memory, and says what is wrong."""

from __future__ import annotations

import struct
import time
import zlib
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from layout import bounded
from layout.diagnostics import OutputError
from layout.geometry import mm
from layout.pdf.artwork import MOST_CONTENT, MOST_OBJECTS, read_artwork
from layout.pictures import prepare
from layout.pictures.pixels import MOST_PIXELS
from layout.reading.artwork import measure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from layout.condition import PrintCondition

SOON = 20
"""Seconds in which the worst of these files is refused, on a machine that does much else."""


def page(pdf: pikepdf.Pdf, content: bytes | pikepdf.Stream, **resources: Any) -> None:  # noqa: ANN401
    """Add a page of a small advert's size."""
    stream = content if isinstance(content, pikepdf.Stream) else pikepdf.Stream(pdf, content)
    pdf.pages.append(
        pikepdf.Page(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=pikepdf.Array([0, 0, 102, 71]),
                Contents=stream,
                Resources=pikepdf.Dictionary(**resources),
            )
        )
    )


def bomb(path: Path) -> None:
    """A page whose content unpacks to three thousand times its size."""
    pdf = pikepdf.new()
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"0 0 m " * 500_000) for _ in range(2 * MOST_CONTENT // 3_000_000)) + packer.flush()
    page(pdf, pikepdf.Stream(pdf, data, Filter=pikepdf.Name.FlateDecode))
    pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert path.stat().st_size < 2_000_000


def repeated(path: Path) -> None:
    """A page that shows one stream of content over and over."""
    pdf = pikepdf.new()
    page(pdf, b"")
    once = pdf.make_indirect(pikepdf.Stream(pdf, b"0 0 m " * 100_000))
    pdf.pages[0].obj.Contents = pikepdf.Array([once] * 5_000)
    pdf.save(path)


def many_objects(path: Path) -> None:
    """A page with more objects than any advert has."""
    pdf = pikepdf.new()
    page(pdf, b"")
    pdf.pages[0].obj.Extra = pikepdf.Array(
        [pdf.make_indirect(pikepdf.Dictionary(N=n)) for n in range(2 * MOST_OBJECTS)]
    )
    pdf.save(path)


def cyclic_tree(path: Path) -> None:
    """A page tree whose node is among its own children."""
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
        b"2 0 obj <</Type /Pages /Count 2 /Kids [3 0 R 2 0 R]>> endobj\n"
        b"3 0 obj <</Type /Pages /Count 1 /Parent 2 0 R /Kids [2 0 R]>> endobj\n"
        b"trailer <</Root 1 0 R /Size 4>>\n"
    )


def cyclic_forms(path: Path) -> None:
    """Two forms that show each other: harmless to us, and to the page."""
    pdf = pikepdf.new()
    box = pikepdf.Array([0, 0, 102, 71])
    forms = [
        pdf.make_indirect(
            pikepdf.Stream(
                pdf, b"/X Do 0 0 0 1 k 0 0 9 9 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=box
            )
        )
        for _ in range(2)
    ]
    for form, other in zip(forms, reversed(forms), strict=True):
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=other))
    page(pdf, b"/X Do", XObject=pikepdf.Dictionary(X=forms[0]))
    pdf.save(path)


def huge_picture(path: Path) -> None:
    """A picture of more pixels than anybody can hold, from a few bytes."""
    pdf = pikepdf.new()
    image = pikepdf.Stream(
        pdf,
        zlib.compress(b"\0" * 1000),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=200_000,
        Height=200_000,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
        Filter=pikepdf.Name.FlateDecode,
    )
    page(pdf, b"q 100 0 0 70 0 0 cm /I Do Q", XObject=pikepdf.Dictionary(I=image))
    pdf.save(path)


def truncated(path: Path) -> None:
    """A file cut off in the middle of its content."""
    pdf = pikepdf.new()
    page(pdf, bytes(range(256)) * 100)
    pdf.save(path, compress_streams=False)
    path.write_bytes(path.read_bytes()[:300])


def deep_arrays(path: Path) -> None:
    """Arrays in arrays, deeper than a parser should follow."""
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
        b"2 0 obj <</Type /Pages /Count 1 /Kids [3 0 R]>> endobj\n"
        b"3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents " + b"[" * 200_000 + b">> endobj\n"
        b"trailer <</Root 1 0 R /Size 4>>\n"
    )


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "MB of operators"),
        (repeated, "MB"),
        (many_objects, "objects"),
        (cyclic_tree, ""),
        (huge_picture, "million pixels"),
        (truncated, "damaged"),
        (deep_arrays, ""),
    ],
)
def test_hostile_files_are_refused_soon(make: Callable[[Path], None], said: str, tmp_path: Path) -> None:
    file = tmp_path / "hostile.pdf"
    make(file)
    start = time.monotonic()
    with pytest.raises(OutputError) as caught:
        read_artwork(str(file))
    assert time.monotonic() - start < SOON
    problem = dict(caught.value.diagnostics[0].values)["problem"]
    assert said in problem
    assert "Traceback" not in problem
    measure(file)  # answers, or says None


def test_forms_that_show_each_other_are_walked_once(tmp_path: Path) -> None:
    file = tmp_path / "cyclic.pdf"
    cyclic_forms(file)
    facts = read_artwork(str(file)).facts
    assert facts.inks == [0, 0, 0, 100]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "_CHILD", bounded._CHILD.rpartition("getattr")[0] + "bytearray(int(sys.argv[3]))")
    with pytest.raises(bounded.BoundsError, match="MB of memory"):
        bounded.call("layout.bounded", "limit")


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "_CHILD", bounded._CHILD.rpartition("getattr")[0] + "while True: pass")
    monkeypatch.setattr(bounded, "MOST_SECONDS", 1)
    with pytest.raises(bounded.BoundsError, match="more than 1 s"):
        bounded.call("layout.bounded", "limit")


def test_errors_are_told_in_one_line() -> None:
    with pytest.raises(bounded.BoundsError, match="TypeError"):
        bounded.call("layout.bounded", "limit")


def png(width: int, height: int) -> bytes:
    """A PNG file that claims a size and has a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(100_000, 100_000), (MOST_PIXELS // 1000 + 1, 1000), (12_000, 9_000)])
def test_pictures_that_claim_too_much_are_refused(
    size: tuple[int, int], condition: PrintCondition, tmp_path: Path
) -> None:
    file = tmp_path / "bomb.png"
    file.write_bytes(png(*size))
    start = time.process_time()
    made = prepare(str(file), (0, 0, 1, 1), (mm(100), mm(80)), condition)
    assert [item.code for item in made.findings] == ["E513"]
    assert time.process_time() - start < SOON
