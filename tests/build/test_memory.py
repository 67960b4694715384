"""What the segmenter said is kept between builds, and only ever its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layout.build import memory
from layout.text import segmented

if TYPE_CHECKING:
    from pathlib import Path

HEADLINE = "夜航船靠岸三十里"


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing known at first, nothing left behind."""
    monkeypatch.setattr(segmented, "_KNOWN", {})
    monkeypatch.setattr(segmented, "_NEW", set())
    memory.remember.cache_clear()


def ask(text: str, guess: bool) -> list[tuple[str, str]]:  # noqa: FBT001 - the segmenter's own way
    return [(text[:2], "n" if guess else "v"), (text[2:], "x")]


def refuse(text: str, guess: bool) -> list[tuple[str, str]]:  # noqa: FBT001 - likewise
    pytest.fail(f"asked again: {text} {guess}")


def test_an_answer_is_asked_for_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = segmented.segmented(HEADLINE, ask, guess=False)
    other = segmented.segmented(HEADLINE, ask, guess=True)
    assert first != other
    memory.keep(tmp_path)
    [file] = tmp_path.iterdir()
    before = file.read_bytes()
    memory.keep(tmp_path)
    assert file.read_bytes() == before
    monkeypatch.setattr(segmented, "_KNOWN", {})
    monkeypatch.setattr(segmented, "_NEW", set())
    memory.remember(tmp_path)
    assert segmented.segmented(HEADLINE, refuse, guess=False) == first
    assert segmented.segmented(HEADLINE, refuse, guess=True) == other
    assert segmented.learnt() == {}


def test_new_answers_join_those_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("早市添了灯", "渡口换新牌"):
        monkeypatch.setattr(segmented, "_KNOWN", {})
        monkeypatch.setattr(segmented, "_NEW", set())
        segmented.segmented(text, ask, guess=False)
        memory.keep(tmp_path)
    monkeypatch.setattr(segmented, "_KNOWN", {})
    memory.remember(tmp_path)
    for text in ("早市添了灯", "渡口换新牌"):
        segmented.segmented(text, refuse, guess=False)


@pytest.mark.parametrize("damage", ["", "{", "[1]", '[["a", false, 3]]'])
def test_a_damaged_file_is_no_fault(damage: str, tmp_path: Path) -> None:
    segmented.segmented(HEADLINE, ask, guess=False)
    memory.keep(tmp_path)
    [file] = tmp_path.iterdir()
    file.write_text(damage, encoding="utf-8")
    memory.remember(tmp_path)
    memory.keep(tmp_path)
    assert HEADLINE in file.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    segmented.segmented(HEADLINE, ask, guess=False)
    memory.keep(tmp_path / "file")
