"""Files that mean harm: bounded memory and time, and a clear finding."""

from __future__ import annotations

import time
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from layout.diagnostics import Severity
from layout.preflight import apart, check, examine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from layout.condition import PrintCondition

PATIENCE = 60
"""Seconds after which a file has taken too long, on a busy machine."""


def built(change: Callable[[pikepdf.Pdf, pikepdf.Page], None]) -> bytes:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 200))
        change(pdf, page)
        out = BytesIO()
        pdf.save(out, static_id=True)
    return out.getvalue()


def bomb(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Nine hundred megabytes of content in one."""
    packer = zlib.compressobj(1)
    data = b"".join([*(packer.compress(b"0 0 m " * 200_000) for _ in range(750)), packer.flush()])
    page.obj.Contents = pdf.make_indirect(Stream(pdf, data, Filter=Name.FlateDecode))


def laughs(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Ten forms, each of which shows the next one ten times."""
    entries = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 100, 100])}
    inner = pdf.make_indirect(Stream(pdf, b"0 0 5 5 re f " * 50, **entries))
    for _ in range(9):
        form = pdf.make_indirect(Stream(pdf, b"/F Do " * 10, **entries))
        form.Resources = Dictionary(XObject=Dictionary(F=inner))
        inner = form
    page.obj.Resources = Dictionary(XObject=Dictionary(F=inner))
    page.obj.Contents = pdf.make_stream(b"/F Do")


def many_objects(pdf: pikepdf.Pdf, _: pikepdf.Page) -> None:
    pdf.Root.Many = Array([pdf.make_indirect(Dictionary(A=number)) for number in range(100_001)])


def huge_picture(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    entries = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": 60_000,
        "Height": 60_000,
        "BitsPerComponent": 8,
        "ColorSpace": Name.DeviceCMYK,
        "Filter": Name.FlateDecode,
    }
    image = pdf.make_indirect(Stream(pdf, zlib.compress(bytes(1 << 20)), **entries))
    page.obj.Resources = Dictionary(XObject=Dictionary(I=image))
    page.obj.Contents = pdf.make_stream(b"200 0 0 200 0 0 cm /I Do")


def states_without_end(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.obj.Contents = pdf.make_stream(b"q " * 200_000)


def cyclic_spaces(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    space = pdf.make_indirect(Array([Name.Indexed, Name.DeviceRGB, 1, pikepdf.String(b"123456")]))
    space[1] = space
    page.obj.Resources = Dictionary(ColorSpace=Dictionary(C=space))
    page.obj.Contents = pdf.make_stream(b"/C cs 1 scn 0 0 9 9 re f")


def deep_arrays(pdf: pikepdf.Pdf, _: pikepdf.Page) -> None:
    deep: pikepdf.Object = Array([])
    for _index in range(400):
        deep = Array([deep])
    pdf.Root.Deep = deep


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (bomb, {"E709"}),
        (laughs, {"E709"}),
        (many_objects, {"E709"}),
        (huge_picture, {"W793"}),
        (states_without_end, {"E709"}),
        (cyclic_spaces, {"E751"}),
        (deep_arrays, set()),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_hostile_files_end_in_a_finding(
    change: Callable[[pikepdf.Pdf, pikepdf.Page], None],
    codes: set[str],
    tmp_path: Path,
    condition: PrintCondition,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "MOST_SECONDS", 20)
    monkeypatch.setattr(apart, "MOST_MEMORY", 1 << 30)
    path = tmp_path / "file.pdf"
    path.write_bytes(built(change))
    start = time.monotonic()
    findings = check(path, condition)
    assert time.monotonic() - start < PATIENCE
    assert codes <= {item.code for item in findings}
    assert any(item.severity is Severity.ERROR for item in findings)
    assert all(item.span is not None and item.span.file == str(path) for item in findings)


CYCLE = b"""%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 2 0 R >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R >>
endobj
trailer
<< /Root 1 0 R /Size 4 >>
"""


@pytest.mark.parametrize("data", [CYCLE, b"", b"%PDF-1.4\n", b"%PDF-1.4\ntrailer << /Root 5 0 R >>", b"\0" * 10_000])
def test_damaged_files_are_refused(data: bytes, tmp_path: Path, condition: PrintCondition) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    codes = {item.code for item in check(path, condition)}
    assert codes & {"E700", "E708"}


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95, 0.999])
def test_truncated_files_are_damaged(
    share: float, good: Mapping[str, bytes], tmp_path: Path, condition: PrintCondition
) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(good["x1a"][: round(len(good["x1a"]) * share)])
    assert {item.code for item in check(path, condition)} & {"E700", "E708"}


def test_a_file_that_is_not_there(tmp_path: Path, condition: PrintCondition) -> None:
    assert [item.code for item in check(tmp_path / "none.pdf", condition)] == ["E700"]


def test_endless_checking_is_ended(tmp_path: Path, condition: PrintCondition, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(built(lambda *_: None))
    monkeypatch.setattr(apart, "MOST_SECONDS", 1)
    monkeypatch.setattr(apart, "_CHILD", "while True: pass")
    report = examine(tmp_path / "a.pdf", condition)
    assert [(item.code, dict(item.values)["problem"]) for item in report.findings] == [("E709", "more than 1 s")]


def test_the_process_s_death_is_a_finding(
    tmp_path: Path, condition: PrintCondition, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(built(lambda *_: None))
    monkeypatch.setattr(apart, "_CHILD", "raise MemoryError('no room')")
    assert [item.code for item in check(tmp_path / "a.pdf", condition)] == ["E709"]
