"""In which language the command line talks: what `--lang` asks for, wherever it stands, else the locale."""

from __future__ import annotations

import os
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence

LanguageName = Literal["zh", "en"]
"""The languages in which everything is told."""

OPTION: Final = "--lang"

_chosen: ContextVar[str] = ContextVar("language", default="")


def speak(lang: str) -> None:
    """Tell everything in this language from here on; an empty text leaves it to the locale."""
    _chosen.set(lang)


def language() -> str:
    """Return "zh" or "en": what was asked for, else "zh" where the locale asks for Chinese."""
    if _chosen.get():
        return _chosen.get()
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def fronted(words: Sequence[str]) -> list[str]:
    """Return the words with `--lang` and its value in front, so that it may stand anywhere."""
    front: list[str] = []
    rest: list[str] = []
    for at, word in enumerate(words):
        if word == "--":
            return front + rest + list(words[at:])
        if front[-1:] == [OPTION] or word == OPTION or word.startswith(f"{OPTION}="):
            front.append(word)
        else:
            rest.append(word)
    return front + rest


def asked(words: Sequence[str]) -> str:
    """Return the language that fronted words ask for, empty where they ask for none that there is."""
    name, _, value = words[0].partition("=") if words else ("", "", "")
    wanted = value or "".join(words[1:2])
    return wanted if name == OPTION and wanted in get_args(LanguageName) else ""


def called(words: Sequence[str]) -> str:
    """Return the command that fronted words call, empty where they call none."""
    start = 2 if words[:1] == [OPTION] else 0
    return next((word for word in words[start:] if not word.startswith("-")), "")
