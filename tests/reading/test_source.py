"""Bytes, encodings, and paths that may not leave the issue's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.reading.source import Sources, nearest


def read(folder: Path, data: bytes) -> tuple[str | None, Sources]:
    (folder / "a.md").write_bytes(data)
    sources = Sources(folder)
    return sources.read(folder / "a.md"), sources


def test_line_ends_become_line_feeds(tmp_path: Path) -> None:
    assert read(tmp_path, "甲\r\n乙\r丙\n".encode())[0] == "甲\n乙\n丙\n"


def test_a_byte_order_mark_is_dropped_with_a_warning(tmp_path: Path) -> None:
    text, sources = read(tmp_path, "\ufeff甲".encode())
    assert text == "甲"
    assert [item.code for item in sources.findings] == ["W131"]
    assert not sources.failed


@pytest.mark.parametrize(
    ("data", "byte", "offset", "place", "hint"),
    [
        ("甲\na: 乙".encode("gb18030"), "0xBC", "0", "1:1", "GB 18030"),
        ("abc\nde新".encode("gbk"), "0xD0", "6", "2:3", "GB 18030"),
        ("甲乙".encode() + b"\xff\xff\xff", "0xFF", "6", "1:3", "UTF-8"),
        ("\ufeffab".encode() + b"\x80\xff", "0x80", "5", "1:3", "UTF-8"),
        ("甲乙".encode("utf-16"), "0xFF", "0", "1:1", "UTF-16"),
    ],
)
def test_wrong_bytes_are_named(tmp_path: Path, data: bytes, byte: str, offset: str, place: str, hint: str) -> None:
    text, sources = read(tmp_path, data)
    assert text is None
    [found] = [item for item in sources.findings if item.code == "E107"]
    assert dict(found.values) == {"byte": byte, "offset": offset}
    assert str(found.span).endswith(f"a.md:{place}")
    assert hint in found.hint


def test_control_characters_are_named_and_shift_nothing(tmp_path: Path) -> None:
    text, sources = read(tmp_path, "甲\x07乙\n丙\u2028丁\x85\n".encode())
    assert [(item.code, item.values[0][1], str(item.span)[-3:]) for item in sources.findings] == [
        ("E121", "0007", "1:2"),
        ("E121", "2028", "2:2"),
        ("E121", "0085", "2:4"),
    ]
    assert text is not None
    assert [len(row) for row in text.splitlines()] == [3, 4]


def test_many_control_characters_are_counted(tmp_path: Path) -> None:
    _, sources = read(tmp_path, b"\x01" * 100)
    assert len(sources.findings) == 8
    assert "92 more" in sources.findings[-1].hint


def test_paths(tmp_path: Path) -> None:
    issue = tmp_path / "issue"
    (issue / "stories").mkdir(parents=True)
    (issue / "stories" / "bridge.md").write_text("x")
    (tmp_path / "outside.md").write_text("x")
    (issue / "link.md").symlink_to(tmp_path / "outside.md")
    (issue / "loop").symlink_to(issue / "loop")
    sources = Sources(issue)
    assert sources.resolve("stories/bridge.md", issue, None) == (issue / "stories" / "bridge.md").resolve()
    assert sources.resolve("../stories/bridge.md", issue / "stories", None) is not None
    refused = {
        "../outside.md": ("E108", ""),
        "/etc/hostname": ("E108", ""),
        "link.md": ("E108", ""),
        "stories/brigde.md": ("E101", "did you mean `stories/bridge.md`?"),
        "storys/bridge.md": ("E101", "did you mean `stories/bridge.md`?"),
        "Stories/Bridge.md": ("E101", "did you mean `stories/Bridge.md`?"),
        "stories\\bridge.md": ("E101", "did you mean `stories/bridge.md`?"),
        "stories": ("E101", "it is a folder"),
        "nothing-like-it": ("E101", ""),
        "loop": ("E101", ""),
        "a" * 5000: ("E101", ""),
        "a\0b": ("E101", ""),
    }
    for written, (code, hint) in refused.items():
        sources.findings.clear()
        assert sources.resolve(written, issue, None) is None
        [found] = sources.findings
        assert found.code == code, written
        if code == "E101":
            assert found.hint == hint, written


def test_names_never_show_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issue = tmp_path / "paper"
    (issue / "stories").mkdir(parents=True)
    outer = Sources(issue)
    assert outer.name(issue.resolve() / "issue.yaml") == "paper/issue.yaml"
    monkeypatch.chdir(issue)
    inner = Sources(Path())
    assert inner.name(issue.resolve() / "stories" / "a.md") == "stories/a.md"
    assert inner.name(Path("/elsewhere/b.md")) == "b.md"


def test_nearest() -> None:
    assert nearest("headine", ["headline", "deck"]) == "headline"
    assert nearest("HEADLINE", ["headline", "deck"]) == "headline"
    assert nearest("xyz", ["headline", "deck"]) == ""
