"""The paper's own lists: words it does not print or writes its own way, people with their titles in their order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word that the house rules out (`banned`) or warns of.

    `wanted` is what to write, empty where nothing replaces it; `unless` are longer words in which it is right;
    `why` is told with the finding.
    """

    text: str
    wanted: str = ""
    why: str = ""
    banned: bool = False
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whose title must be right; the first of `titles` is the one to print."""

    name: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """All lists; the order of `people` is the order in which the paper names them."""

    words: tuple[Word, ...] = ()
    people: tuple[Person, ...] = ()
