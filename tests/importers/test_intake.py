"""Files, folders and archives: in order, within limits, nothing outside them; bytes to text without a guess too far."""

from __future__ import annotations

import stat
import struct
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.diagnostics import InputError
from layout.importers import ImportOptions, import_files, intake
from layout.importers.encodings import ENCODINGS, Decoded, Doubt, decoded
from layout.importers.intake import Beside, take_in, unpacked
from layout.importers.problem import UnreadableError
from tests.importers.ledger import UNTOUCHED, bring, stories

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "渡口早班船提前开出\n\n昨天上午，第一班船准时开出，船上坐着三十多位去对岸赶集的老人。\n"
TRADITIONAL = "渡口早班船提前開出\n\n昨天上午，第一班船準時開出，船上坐著三十多位去對岸趕集的老人。\n"


def packed(files: dict[str, bytes], **changes: int) -> bytes:
    """Return a zip archive; `changes` are set on every entry."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            for field, value in changes.items():
                setattr(entry, field, value)
            archive.writestr(entry, data)
    return made.getvalue()


# --- archives


@pytest.mark.parametrize("name", ["../up.txt", "a/../../up.txt", "/root.txt", "C:\\up.txt", "a\\..\\..\\up.txt"])
def test_paths_out_of_an_archive_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(packed({"a.txt": ARTICLE.encode(), name: b"x"}))
    with pytest.raises(InputError) as caught:
        import_files("text", [tmp_path / "bad.zip"], tmp_path / "out", UNTOUCHED)
    assert [item.code for item in caught.value.diagnostics] == ["E154"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.zip"]


def test_bombs_are_refused_whatever_their_header_says() -> None:
    bomb = packed({"a.txt": b"0" * 30_000_000})
    with pytest.raises(UnreadableError, match="bomb"):
        unpacked(bomb)
    at = bomb.index(b"PK\x01\x02") + 24
    liar = bomb[:at] + struct.pack("<I", 10) + bomb[at + 4 :]
    with pytest.raises(UnreadableError):
        unpacked(liar)


def test_archives_beyond_the_limits_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "FILES_MOST", 3)
    monkeypatch.setattr(intake, "TOTAL_BYTES_MOST", 100)
    assert len(unpacked(packed({str(number): b"x" for number in range(3)}))) == 3
    with pytest.raises(UnreadableError, match="more than 3 files"):
        unpacked(packed({str(number): b"x" for number in range(4)}))
    with pytest.raises(UnreadableError, match="more bytes"):
        unpacked(packed({"a": b"x" * 60, "b": b"y" * 60}))


def test_links_passwords_and_damage_are_refused() -> None:
    with pytest.raises(UnreadableError, match="link"):
        unpacked(packed({"a": b"/etc/passwd"}, external_attr=(stat.S_IFLNK | 0o777) << 16))
    data = bytearray(packed({"a": b"x"}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    with pytest.raises(UnreadableError, match="password"):
        unpacked(bytes(data))
    for broken in (b"", b"no archive", packed({"a": b"xyz" * 99})[:-30]):
        with pytest.raises(UnreadableError, match="damaged"):
            unpacked(broken)


def test_names_packed_in_chinese_windows_are_read(tmp_path: Path) -> None:
    made = packed({"XXXX.txt": ARTICLE.encode("gb18030")}).replace(b"XXXX", "稿件".encode("gb18030"))
    (tmp_path / "a.zip").write_bytes(made)
    imported, _ = bring("text", tmp_path / "a.zip", tmp_path / "out")
    assert imported.stories == ("稿件",)


def test_a_folder_and_an_archive_of_it_give_the_same_stories(tmp_path: Path) -> None:
    files = {"b/二.txt": ARTICLE, "a.txt": ARTICLE, "notes.log": "x", ".hidden.txt": "x", "__MACOSX/a.txt": "x"}
    for name, text in files.items():
        if "__MACOSX" not in name:
            (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    (tmp_path / "in.zip").write_bytes(packed({name: text.encode() for name, text in files.items()}))
    one, first = bring("text", tmp_path / "in", tmp_path / "one")
    two, second = bring("text", tmp_path / "in.zip", tmp_path / "two")
    assert one.stories == two.stories == ("a", "二")
    assert [story.headline.text for story in stories(first)] == [story.headline.text for story in stories(second)]
    assert [item.code for item in one.findings if item.code == "W163"] == ["W163"]


def test_a_folder_without_such_files_says_so(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    _, findings = take_in([tmp_path / "in", tmp_path / "none"], (".docx",), "docx")
    assert [item.code for item in findings] == ["E155", "W163", "E101"]


def test_pictures_are_looked_up_inside_the_root_only(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "in" / "photos").mkdir(parents=True)
    (tmp_path / "in" / "photos" / "a.png").write_bytes(b"a")
    (tmp_path / "in" / "link.png").symlink_to(tmp_path / "secret.png")
    (tmp_path / "in" / "a.txt").write_bytes(b"a")
    beside = Beside({}, root=tmp_path / "in")
    assert beside.read("photos/a.png") == beside.read("./photos/../photos/a.png") == b"a"
    for path in ("../secret.png", "link.png", "a.txt", "photos", "", "/etc/passwd", "photos/../../secret.png"):
        assert beside.read(path) is None
    inside = Beside({"x/a.png": b"1", "b.png": b"2"}).within("x")
    assert (inside.read("a.png"), inside.read("../b.png"), inside.read("../../b.png")) == (b"1", b"2", None)


# --- encodings


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312"]
)
@pytest.mark.parametrize("length", [4, 9, 30])
def test_encodings_are_told_apart(encoding: str, length: int) -> None:
    text = ARTICLE.replace("\n", "")[:length]
    found = decoded(text.encode(encoding))
    assert isinstance(found, Decoded)
    assert found.text == text


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "utf-16-le", "gb18030"])
def test_traditional_texts_are_told_apart(encoding: str) -> None:
    found = decoded(TRADITIONAL.encode(encoding))
    assert isinstance(found, Decoded)
    assert found.text == TRADITIONAL


def test_a_doubtful_text_shows_both_readings(tmp_path: Path) -> None:
    data = next(
        data
        for data in (bytes([first, second]) * 2 for first in range(0xB0, 0xF8) for second in range(0xA1, 0xFF))
        if isinstance(decoded(data), Doubt)
    )
    doubt = decoded(data)
    assert isinstance(doubt, Doubt)
    assert doubt.first is not None
    assert doubt.second is not None
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(InputError) as caught:
        import_files("text", [tmp_path / "a.txt"], tmp_path / "out", UNTOUCHED)
    [item] = caught.value.diagnostics
    assert item.code == "E152"
    assert doubt.first.text in item.message()
    assert doubt.second.text in item.message()
    assert item.hint
    made = import_files("text", [tmp_path / "a.txt"], tmp_path / "out", ImportOptions(encoding=doubt.second.encoding))
    assert made.stories


def test_a_declared_encoding_that_does_not_fit_is_not_believed() -> None:
    found = decoded(ARTICLE.encode("gb18030"), "utf-8")
    assert isinstance(found, Decoded)
    assert found.text == ARTICLE


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_doubted_never_mended(data: bytes) -> None:
    found = decoded(data)
    if isinstance(found, Decoded):
        marks = (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
        assert found.encoding in ENCODINGS
        assert any(mark + found.text.encode(found.encoding) == data for mark in marks)
