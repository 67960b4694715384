"""Tell the lines of a head apart: page banner, kicker, headline, deck.

An extracted page has lost sizes and faces, so only words, lengths and order are left. Order is fixed (banner,
kicker, headline, deck); every arrangement that keeps it is scored and the best taken.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from layout.importers import cues, patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

LABEL_LENGTH = 8
SHORT_HEADLINE = 5
LONGER = 1.15
PARTS_OF_A_PAIR = 2
LEAST_BANNER_CLAUSE = 5
LONG_BANNER = 12


class Role(StrEnum):
    """What a line of a head is."""

    BANNER = "banner"
    KICKER = "kicker"
    HEADLINE = "headline"
    TURN = "second line of the headline"
    DECK = "deck"


# Of two neighbouring lines: log odds that they are kicker and headline (+), not headline and deck (-). Fitted by
# logistic regression (ridge 1.0) to `tests/importers/head_pairs.txt` and the sample paper, rounded; dash, colon,
# label, serial number and kind of report are set by hand, since they decide.
PAIR_WEIGHTS = MappingProxyType(
    {
        "base": 0.3,
        "upper names the kind of report": 2.6,
        "upper ends as an announcement": 1.5,
        "upper is a label": 0.4,
        "upper ends in a colon": 1.5,
        "upper has a serial number": 2.0,
        "upper says who did what": 0.5,
        "upper is longer": 0.6,
        "upper has figures and a comma": 0.5,
        "upper has quotes": -0.3,
        "upper begins with a dash": -9.0,
        "lower is longer": -1.4,
        "lower is very short": 1.4,
        "lower has figures": -0.9,
        "lower asks": 0.8,
        "lower has quotes": 0.8,
        "lower begins as a detail": -0.7,
        "lower leaves the doer to the upper": 0.5,
        "lower says who did what": -0.5,
        "lower has a word of time": 0.3,
        "lower is two matched clauses": 0.3,
        "lower begins with a dash": -9.0,
        "upper echoed more below": 0.3,
    }
)

WEIGHTS = MappingProxyType(
    {
        "kicker and deck": 0.3,
        "headline: begins with a dash": -9.0,
        "headline: label": -1.0,
        # a headline of two lines, a deck of two
        "second line: base": -2.2,
        "second line: quote runs over": 6.0,
        "second line: last word hangs": 1.5,
        "second deck line": -1.5,
        # over the whole page
        "banner: base": -1.6,
        "banner: matched clauses": 1.8,
        "banner: each slogan word": 0.6,
        "banner: long": 0.3,
        "banner: foreign to the story": 1.2,
        "banner: figures": -0.8,
        "banner: commas": -0.8,
        "banner: begins with a dash": -9.0,
        "banner: wider gap below": 0.8,
        "banner: kind of report": 0.8,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The roles of a head's lines, the reasons, and how sure the choice is (0.5 … 1)."""

    roles: tuple[Role, ...]
    why: tuple[str, ...]
    confidence: float


def arrange(lines: Sequence[str], lead: str, *, first: bool, gaps: Sequence[int] = ()) -> Arrangement:
    """Return the roles of the `lines` of one head above the paragraph `lead`.

    `first` says that the head is the page's first, where a banner may stand; `gaps` are the blank lines below
    each line. A head of any number of lines gets roles; lines beyond the known patterns are decks.
    """
    scored = sorted(
        (_score(pattern, lines, lead, gaps) for pattern in _patterns(len(lines), first=first)),
        key=lambda entry: -entry[0],
    )
    best = scored[0]
    margin = best[0] - scored[1][0] if len(scored) > 1 else math.inf
    return Arrangement(roles=best[1], why=best[2], confidence=round(1 / (1 + math.exp(-margin)), 2))


def _patterns(count: int, *, first: bool) -> list[tuple[Role, ...]]:
    """Return every order of roles that a head of `count` lines can have."""
    found: list[tuple[Role, ...]] = []
    for banner in range(min(1, count - 1) + 1 if first else 1):
        for kickers in range(min(1, count - banner - 1) + 1):
            for turns in range(min(1, count - banner - kickers - 1) + 1):
                decks = count - banner - kickers - turns - 1
                found.append(
                    (Role.BANNER,) * banner
                    + (Role.KICKER,) * kickers
                    + (Role.HEADLINE,)
                    + (Role.TURN,) * turns
                    + (Role.DECK,) * decks,
                )
    return found


def _score(
    pattern: tuple[Role, ...],
    lines: Sequence[str],
    lead: str,
    gaps: Sequence[int],
) -> tuple[float, tuple[Role, ...], tuple[str, ...]]:
    amounts: dict[str, float] = {}
    pairs = 0.0
    reasons: list[str] = []
    previous: tuple[Role, str] | None = None
    for position, (role, line) in enumerate(zip(pattern, lines, strict=True)):
        if role is Role.BANNER:
            amounts |= _banner(line, lead, gaps[position] if gaps else 1)
            continue
        if role is Role.HEADLINE:
            amounts |= _headline(line)
        elif role is Role.TURN and previous:
            amounts |= _turn(previous[1], line)
        if previous and (previous[0], role) in _SIGNS:
            sign = _SIGNS[previous[0], role]
            evidence = pair_evidence(previous[1], line, lead)
            pairs += sign * sum(PAIR_WEIGHTS[name] * amount for name, amount in evidence.items()) / 2
            reasons += [name for name, amount in evidence.items() if sign * amount * PAIR_WEIGHTS[name] > 0]
        previous = (role, line) if role is not Role.TURN or not previous else (Role.HEADLINE, previous[1])
    decks = pattern.count(Role.DECK)
    amounts["kicker and deck"] = float(Role.KICKER in pattern and decks > 0)
    amounts["second deck line"] = float(max(0, decks - 1))
    reasons += [name for name, amount in amounts.items() if amount * WEIGHTS[name] > 0]
    total = pairs + sum(WEIGHTS[name] * amount for name, amount in amounts.items())
    return total, pattern, tuple(dict.fromkeys(reasons))


# Which pairs of neighbours tell kicker from deck, and in which direction.
_SIGNS = MappingProxyType({(Role.KICKER, Role.HEADLINE): 1.0, (Role.HEADLINE, Role.DECK): -1.0})


def pair_evidence(upper: str, lower: str, lead: str) -> dict[str, float]:
    """Return what two neighbouring head lines show of being kicker and headline, or headline and deck."""
    shares = [len(part) for part in lower.split("，")]
    matched = len(shares) == PARTS_OF_A_PAIR and max(shares) <= PARTS_OF_A_PAIR * min(shares)
    return {
        "base": 1.0,
        "upper names the kind of report": float(cues.has_column_word(upper)),
        "upper ends as an announcement": float(cues.announces(upper)),
        "upper is a label": float(len(upper) <= LABEL_LENGTH and not cues.commas(upper)),
        "upper ends in a colon": float(upper[-1] in "：:"),
        "upper has a serial number": float(cues.is_serial(upper)),
        "upper says who did what": float(cues.has_fact_verb(upper)),
        "upper is longer": float(len(upper) > LONGER * len(lower)),
        "upper has figures and a comma": float(_figures(upper) and cues.commas(upper) > 0),
        "upper has quotes": float("“" in upper),
        "upper begins with a dash": float(upper.startswith("——")),
        "lower is longer": float(len(lower) > LONGER * len(upper)),
        "lower is very short": float(len(lower) <= LABEL_LENGTH + 1),
        "lower has figures": float(_figures(lower)),
        "lower asks": float(cues.asks(lower)),
        "lower has quotes": float("“" in lower),
        "lower begins as a detail": float(cues.begins_as_detail(lower)),
        "lower leaves the doer to the upper": float(cues.lacks_subject(lower)),
        "lower says who did what": float(cues.has_fact_verb(lower)),
        "lower has a word of time": float(cues.has_time_word(lower)),
        "lower is two matched clauses": float(matched and not _figures(lower)),
        "lower begins with a dash": float(lower.startswith(("——", "—", "--"))),
        "upper echoed more below": cues.echo(upper, lead) - cues.echo(lower, lead),
    }


def _figures(line: str) -> bool:
    return any(character.isdigit() for character in line)


def _headline(line: str) -> dict[str, float]:
    return {
        "headline: begins with a dash": float(line.startswith("——")),
        "headline: label": float(len(line) < SHORT_HEADLINE),
    }


def _turn(headline: str, line: str) -> dict[str, float]:
    opened, _ = patterns.unbalanced(headline)
    _, orphans = patterns.unbalanced(line)
    return {
        "second line: base": 1.0,
        "second line: quote runs over": float(bool(opened and orphans)),
        "second line: last word hangs": float(cues.hangs(headline)),
    }


def _banner(line: str, lead: str, gap: int) -> dict[str, float]:
    parts = cues.clauses(line)
    lengths = [len(part) for part in parts]
    matched = len(parts) > 1 and min(lengths) >= LEAST_BANNER_CLAUSE and max(lengths) <= 2 * min(lengths)
    return {
        "banner: base": 1.0,
        "banner: matched clauses": float(matched),
        "banner: each slogan word": float(min(4, cues.slogan_words(line))),
        "banner: kind of report": float(cues.has_column_word(line)),
        "banner: long": float(len(line) >= LONG_BANNER),
        "banner: foreign to the story": 1.0 - min(1.0, 2 * cues.echo(line, lead)),
        "banner: figures": float(_figures(line)),
        "banner: commas": float(cues.commas(line) > 0),
        "banner: begins with a dash": float(line.startswith("——")),
        "banner: wider gap below": float(gap > 1),
    }
