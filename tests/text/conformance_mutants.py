"""Wrong tables and wrong rules, each with the cases that must notice.

A mutant changes one row of a table, one constant or one rule of the engine while pages are printed; `notices` are
patterns (regular expressions) of the ids of cases that must fail. Every case is named by at least one mutant, so that
no check of the suite passes vacuously.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from layout.text import address, cells, classes, gaps, justify, linebreak, punctuation, setting, shaping
from layout.text.gaps import Blank, Widths
from layout.text.justify import Fit
from layout.text.punctuation import CharClass
from layout.text.setting import Line, set_line

if TYPE_CHECKING:
    import pytest

    from layout.style import Style
    from layout.text.justify import Material

Change = Callable[["pytest.MonkeyPatch"], None]


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One thing wrong: `change` makes it so, or `rules` and `indent_em` do in the style."""

    id: str
    notices: tuple[str, ...]
    change: Change = field(default=lambda _: None, repr=False)
    rules: Mapping[str, Any] = field(default_factory=dict)
    indent_em: float | None = None

    def house(self, style: Style) -> Style:
        """Return the style with what the mutant changes in it."""
        body = style.body if self.indent_em is None else replace(style.body, indent_em=self.indent_em)
        return replace(style, body=body, composition=replace(style.composition, **self.rules))


def forget() -> None:
    """Empty what the engine keeps of its tables."""
    for kept in (
        classes._classes_of,
        classes._tailoring,
        cells.case_of,
        cells.half_width,
        shaping._contexts_of,
        gaps.gap_table,
        justify.opened,
        justify.squeezed,
    ):
        kept.cache_clear()


# --- ways to change ------------------------------------------------------------------------------------------------


def put(name: str, value: object, *modules: object) -> Change:
    """Return a change of one name in all modules that know it."""

    def change(patch: pytest.MonkeyPatch) -> None:
        for module in modules:
            patch.setattr(module, name, value)

    return change


def both(*changes: Change) -> Change:
    def change(patch: pytest.MonkeyPatch) -> None:
        for one in changes:
            one(patch)

    return change


def blanks(kind: CharClass, sides: tuple[int, int]) -> Change:
    """Give a class other blanks, in all regions."""
    return put("BLANKS", {region: {**row, kind: sides} for region, row in punctuation.BLANKS.items()}, classes)


def fixed(region: str, marks: frozenset[str]) -> Change:
    return put("FIXED_EM", {**punctuation.FIXED_EM, region: marks}, classes, cells)


def half(region: str, marks: frozenset[str]) -> Change:
    return put("HALF_EM", {**punctuation.HALF_EM, region: marks}, cells, shaping)


def widths(name: str, made: Widths) -> Change:
    return put("STYLES", MappingProxyType({**gaps.STYLES, name: made}), gaps, justify)


def starts(level: str, marks: frozenset[str]) -> Change:
    return put("NOT_AT_START", {**punctuation.NOT_AT_START, level: marks}, classes)


def ends(level: str, marks: frozenset[str]) -> Change:
    return put("NOT_AT_END", {**punctuation.NOT_AT_END, level: marks}, classes)


def free(*names: str) -> Change:
    """Take penalties away."""
    return put("PENALTIES", {**punctuation.PENALTIES, **dict.fromkeys(names, 0)}, classes, address)


def priced(**prices: int) -> Change:
    """Change demerits."""
    return put("DEMERITS", justify.DEMERITS._replace(**prices), justify, linebreak)


def kept_as(rule: Callable[[gaps.Side, gaps.Side], tuple[int, int]]) -> Change:
    """Put another pair matrix."""
    return put("kept", lambda before, after, _region: rule(before, after), gaps)


def wrapped(module: Any, name: str, make: Callable[..., Any]) -> Change:  # noqa: ANN401 - any module
    """Wrap a function: `make` gets it, and its arguments."""
    inner = getattr(module, name)
    return put(name, lambda *words, **named: make(inner, *words, **named), module)


NONE: Final[frozenset[str]] = frozenset()


# --- mutants -------------------------------------------------------------------------------------------------------


def _squeeze_in_turn(*order: str) -> Change:
    """Squeeze the classes in another order, at the price of the right one."""
    inner = justify.squeezing

    def squeezing(material: Material, first: int, end: int, need: int) -> Fit:
        price = inner(material, first, end, need).demerits
        taken = {}
        for name in order:
            sums = getattr(material, f"{name}_shrink")
            taken[name] = -min(need, sums[end] - sums[first])
            need += taken[name]
        return Fit(price, **taken)

    return put("squeezing", squeezing, justify)


def _open_in_turn(*order: str) -> Change:
    """Open the classes in another order, at the price of the right one; `han` takes all that is left."""
    inner = justify.opening

    def opening(material: Material, first: int, end: int, slack: int) -> Fit:
        price = inner(material, first, end, slack).demerits
        given = {}
        for name in order:
            sums = material.han_gaps if name == "han" else getattr(material, f"{name}_open")
            given[name] = min(slack, sums[end] - sums[first]) if name != "han" else slack
            slack -= given[name]
        return Fit(price, **given)

    return put("opening", opening, justify)


def _nine_tenths(inner: Callable[..., Any], *words: Any, **named: Any) -> Any:  # noqa: ANN401 - passes on
    """Understate every advance."""
    gids, offsets, advance = inner(*words, **named)
    return gids, offsets, advance * 9 // 10


def _open_after_open(inner: Callable[..., Any], one: gaps.Side, two: gaps.Side, region: str) -> Any:  # noqa: ANN401 - passes on
    return (0, two.blank) if one.kind is CharClass.OPEN else inner(one, two, region)


def _gap_first(material: Material, start: int, end: int, width: int, **named: Any) -> Line:  # noqa: ANN401 - passes on
    """Leave the gap before a line's first atom where it stands."""
    line = set_line(material, start, end, width, **named)
    gap = material.natural[start + 1] - material.natural[start] + material.shaped.left[start]
    return replace(line, xs=tuple(x + gap for x in line.xs))


def _spread_letters(inner: Callable[..., Any], *words: Any, **named: Any) -> Any:  # noqa: ANN401 - passes on
    """Set letters a tenth of an em apart."""
    gids, offsets, advance = inner(*words, **named)
    return gids, tuple(offset + (0 if named["han"] else 1000 * at) for at, offset in enumerate(offsets)), advance


def _glued_spaces(inner: Callable[..., Any], text: str, *words: Any) -> Any:  # noqa: ANN401 - passes on
    """Forbid breaks after spaces."""
    return tuple(None if at and text[at - 1] == " " else slot for at, slot in enumerate(inner(text, *words)))


def _always_out(inner: Callable[..., Any], *words: Any) -> Any:  # noqa: ANN401 - passes on
    edge, spare = inner(*words)
    out = tuple(one - other for one, other in zip(edge or (0,) * len(spare), spare, strict=True))
    return out, out


def _names_whole(
    inner: Callable[..., Any], text: str, region: str, level: str, names: tuple[tuple[int, int], ...]
) -> Any:  # noqa: ANN401 - passes on
    """Forbid breaks inside names."""
    slots = list(inner(text, region, level, names))
    for start, end in names:
        slots[start + 1 : end] = [None] * (end - start - 1)
    return tuple(slots)


def _no_order(inner: Callable[..., Any], amount: int, part: int, whole: int) -> int:
    """Give all to the last gap."""
    del inner
    return amount if part == whole else 0


STRICT_START, STRICT_END = punctuation.NOT_AT_START["strict"], punctuation.NOT_AT_END["strict"]
ALL_FREE = wrapped(shaping, "tailored", lambda _inner, text, *_: (0,) * (len(text) + 1))

MUTANTS: Final = (
    # blanks by class and side
    Mutant(
        id="opening marks have no blank",
        change=blanks(CharClass.OPEN, (0, 0)),
        notices=(r".* blank before .", r".* (line|paragraph) start OP", r"CLReq 3.1.6.2 \S+ (OP|CL|CM|FS)\|OP"),
    ),
    Mutant(
        id="closing marks have no blank",
        change=blanks(CharClass.CLOSE, (0, 0)),
        notices=(
            r".* blank after [”’》〉）」』】〗〕］｝]",
            r"CLReq 3.1.6.2 (half|kaiming|elastic) CL\|.*",
            r"GB 5.1.10 \S+ line end CL",
        ),
    ),
    Mutant(
        id="commas have no blank",
        change=blanks(CharClass.COMMA, (0, 0)),
        notices=(
            r"CLReq 3.1.6.1 .*blanks? (after|around) [，、；：]",
            r"JLReq 3.1.2 ja blank after [，、]",
            r"CLReq 3.1.6.2 (half|kaiming) CM\|.*",
            r"GB 5.1.10 \S+ line end CM",
            r"house elastic squeezes .*",
        ),
    ),
    Mutant(
        id="stops have no blank",
        change=blanks(CharClass.STOP, (0, 0)),
        notices=(
            r".* blanks? (after|around) [。．？！]",
            r"CLReq 3.1.6.2 half FS\|.*",
            r"GB 5.1.10 \S+ line end FS",
            r"CLReq 3.1.3.3 ！！！ two em",
        ),
    ),
    Mutant(
        id="centred marks have no blank",
        change=blanks(CharClass.MIDDLE, (0, 0)),
        notices=(r"JLReq 3.1.2 ja blanks around .", r"class table .*", r"JLReq 3.1.4 ja MD.*"),
    ),
    Mutant(
        id="quotes are never Chinese",
        change=put("chinese_quotes", lambda *_: NONE, classes, shaping),
        notices=(r"CLReq 3.1.6.1 blank (before|after) [“”‘’]", r"OpenType halt .*", r"CLReq 3.1.6.2 full (OP|CL)\|Han"),
    ),
    Mutant(
        id="halt gives openers the blank of closers",
        change=put("half_width", lambda *_: (0, 500), cells),
        notices=(r".* blank before .", r"CLReq 3.1.6.2 \S+ OP\|(CL|CM|FS|Han|Latin)", r"CLReq 3.1.6.1 zh-.. blanks .*"),
    ),
    Mutant(
        id="halt gives closers the blank of openers",
        change=put("half_width", lambda *_: (-500, 500), cells),
        notices=(
            r".* blank after .",
            r"CLReq 3.1.6.2 half (Han|Latin)\|(CL|CM|FS)",
        ),
    ),
    Mutant(
        id="marks without halt have no blank",
        change=wrapped(cells, "half_width", lambda inner, *words: inner(*words) or (0, 1000)),
        notices=(r"class table .*",),
    ),
    Mutant(
        id="halt is on while shaping",
        change=put("_HAN_FEATURES", {**cells._HAN_FEATURES, "halt": True}, cells),
        notices=(r"CLReq 3.1.6.1 .*blanks? .*", r"OpenType halt .*"),
    ),
    Mutant(
        id="proportional forms while shaping",
        change=put("_HAN_FEATURES", {**cells._HAN_FEATURES, "palt": True}, cells),
        notices=(r"CLReq 3.1.6.1 .*blanks? .*", r"OpenType halt hei"),
    ),
    Mutant(
        id="no forms of the region",
        change=put("LANGUAGES", dict.fromkeys(cells.LANGUAGES, "zh-Hans"), cells),
        notices=(
            r"CLReq 3.1.6.1 zh-.. blanks around .",
            r"JLReq 3.1.2 ja blanks around [：；]",
            r"GB 5.1.10 zh-TW line end",
        ),
    ),
    Mutant(id="？！ shrink in zh-TW", change=fixed("zh-TW", NONE), notices=(r"CLReq 3.1.6.1 zh-TW . keeps its em",)),
    Mutant(id="？！ shrink in zh-HK", change=fixed("zh-HK", NONE), notices=(r"CLReq 3.1.6.1 zh-HK . keeps its em",)),
    Mutant(id="！ shrinks in ja", change=fixed("ja", NONE), notices=(r"JLReq 3.1.2 ja ！ keeps its em",)),
    Mutant(id="‼ shrinks", change=fixed("zh-Hans", NONE), notices=(r"CLReq 3.1.3.3 [‼⁉] one em",)),
    Mutant(
        id="two of ？！ take more than an em",
        change=put("DOUBLING", {}, justify),
        notices=(r"CLReq 3.1.3.3 .！ one em",),
    ),
    Mutant(
        id="nothing is set on half an em",
        change=half("zh-Hans", NONE),
        notices=(r"GB 5.1 (katakana interpunct|short dash|hyphen|solidus) half an em", r"GB 5.1 interpunct .*, hei"),
    ),
    Mutant(
        id="connectors are cut to half an em",
        change=both(half("zh-Hans", frozenset("～·・‧-–/")), put("_OVERHANG", 10**6, cells)),
        notices=(r"CLReq 3.1.6 connector one em", r"CLReq 3.5.4 nothing beside connectors"),
    ),
    Mutant(
        id="advances are nine tenths",
        change=wrapped(cells, "_shaped", _nine_tenths),
        notices=(
            r"CLReq 3.1.5.1 .* (two em|dash)",
            r"GB 5.1.5 .*",
            r"GB 5.1 interpunct .*",
            r"CLReq 3.1.6 single dash one em",
            r"CLReq 3.1.6.2 \S+ Han\|(CL|CM|FS|Han)",
            r"JLReq 3.1.2 ja . keeps its em",
        ),
    ),
    # pairs
    Mutant(
        id="pairs keep both blanks",
        change=kept_as(lambda one, two: (one.blank, two.blank)),
        notices=(
            r"CLReq 3.1.6.2 (full|line-end-half) (CL|CM|FS)\|(OP|CL|CM|FS)",
            r"CLReq 3.1.6.2 kaiming FS\|(CL|CM|FS)",
            r"CLReq 3.1.6.2 elastic (CM|FS)\|(CL|CM|FS)",
            r"CLReq 3.1.6.2 \W+ [\d.]+ em",
            r"JLReq 3.1.4 ja (CL|MD|FS).*",
            r"CLReq 3.5.1 last line: pairs .*",
        ),
    ),
    Mutant(
        id="pairs keep no blank",
        change=kept_as(lambda _one, _two: (0, 0)),
        notices=(
            r"CLReq 3.1.6.2 (full|line-end-half) (CL|CM|FS)\|(OP|Han|Latin)",
            r"CLReq 3.1.6.2 (full|line-end-half) (Han|Latin)\|OP",
            r"CLReq 3.1.6.2 kaiming FS\|(OP|Han|Latin)",
            r"CLReq 3.1.6.2 elastic (CM|FS)\|(OP|Han|Latin)",
            r"CLReq 3.1.6.2 zh-TW (Han|Latin).*",
            r"JLReq 3.1.4 ja Han.*",
        ),
    ),
    Mutant(
        id="openers keep their blank after openers",
        change=wrapped(gaps, "kept", _open_after_open),
        notices=(r"CLReq 3.1.6.2 (full|line-end-half) OP\|OP", r"CLReq 3.1.6.2 （（ 1.5 em"),
    ),
    Mutant(
        id="centred regions squeeze pairs",
        change=put("NO_PAIR_SQUEEZE", NONE, gaps),
        notices=(r"CLReq 3.1.6.2 zh-(TW|HK) (CL|CM|FS).*",),
    ),
    Mutant(id="centred marks give way", change=put("MIDDLES", NONE, gaps), notices=(r"JLReq 3.1.4 ja CL.*",)),
    # styles
    Mutant(
        id="full drops",
        change=widths("full", gaps.STYLES["half"]),
        notices=(
            r"CLReq 3.1.6.1 .*blanks? .*",
            r"CLReq 3.1.6.2 full (CL|CM|FS)\|(OP|Han|Latin)",
            r"CLReq 3.1.6.3 full line end .*",
        ),
    ),
    Mutant(
        id="full drops at the end",
        change=widths("full", gaps.STYLES["full"]._replace(end=False)),
        notices=(r"CLReq 3.1.6.3 full line end .*",),
    ),
    Mutant(
        id="full keeps the end at any price",
        change=wrapped(justify, "_ends", lambda inner, *words: (inner(*words)[0], ())),
        notices=(r"CLReq 3.5.3 full gives the line's end first",),
    ),
    Mutant(
        id="full is rigid",
        change=widths("full", gaps.STYLES["line-end-half"]._replace(end=True)),
        notices=(r"CLReq 3.5.3 full squeezes .*",),
    ),
    Mutant(
        id="full gives commas first",
        change=widths("full", Widths(Blank.LAST, Blank.EASY, Blank.HARD, end=True)),
        notices=(r"CLReq 3.5.3 full squeezes 0.[358] em: .*",),
    ),
    Mutant(
        id="half keeps stops",
        change=widths("half", gaps.STYLES["kaiming"]),
        notices=(r"CLReq 3.1.6.2 half FS\|(OP|Han|Latin)",),
    ),
    Mutant(
        id="half is full",
        change=widths("half", gaps.STYLES["full"]),
        notices=(r"CLReq 3.1.6.1 blank .*", r"CLReq 3.1.6.2 half (CL|CM|FS|Han)\|OP", r"GB 5.1.10 half line end .*"),
    ),
    Mutant(
        id="kaiming is half",
        change=widths("kaiming", gaps.STYLES["half"]),
        notices=(r"CLReq 3.1.6.2 kaiming FS\|(OP|Han|Latin)", r"CLReq 3.5.3 kaiming squeezes stops alone"),
    ),
    Mutant(
        id="kaiming is full",
        change=widths("kaiming", gaps.STYLES["full"]),
        notices=(r"CLReq 3.1.6.2 kaiming (CL|CM|Han)\|OP", r"GB 5.1.10 kaiming line end .*"),
    ),
    Mutant(
        id="line-end-half is full",
        change=widths("line-end-half", gaps.STYLES["full"]),
        notices=(r"GB 5.1.10 line-end-half line end .*", r"CLReq 3.1.6 line-end-half squeezes nothing"),
    ),
    Mutant(
        id="line-end-half is half",
        change=widths("line-end-half", gaps.STYLES["half"]),
        notices=(r"CLReq 3.1.6.2 line-end-half (CL|CM|FS)\|(OP|Han|Latin)",),
    ),
    Mutant(
        id="elastic is full",
        change=widths("elastic", gaps.STYLES["full"]),
        notices=(r"CLReq 3.1.6.2 elastic (CL|Han)\|OP", r"GB 5.1.10 elastic line end .*", r"house brackets .*"),
    ),
    Mutant(
        id="elastic is half",
        change=widths("elastic", gaps.STYLES["half"]),
        notices=(
            r"CLReq 3.1.6.2 elastic (CM|FS)\|(OP|Han|Latin)",
            r"house comma gap .*",
            r"CLReq 3.5.1 last line solid",
        ),
    ),
    Mutant(
        id="elastic is rigid",
        change=widths("elastic", gaps.STYLES["line-end-half"]),
        notices=(r"house elastic squeezes .*", r"CLReq 3.5.2 squeeze in first"),
    ),
    # hanging
    Mutant(id="marks hang unasked", rules={"hang": True}, notices=(r"CLReq 3.1.7 off by default",)),
    Mutant(
        id="nothing hangs",
        change=put("HANGING", NONE, justify),
        notices=(r"CLReq 3.1.7 hang .", r"CLReq 3.1.7 full hangs whole", r"JLReq 3.8.2 ja hangs"),
    ),
    Mutant(
        id="all marks hang",
        change=put("HANGING", frozenset("。，、；：？！）”"), justify),
        notices=(r"CLReq 3.1.7 other marks stay inside",),
    ),
    Mutant(id="marks hang in runs", change=put("MARKS", NONE, justify), notices=(r"CLReq 3.1.7 never a run of marks",)),
    Mutant(
        id="marks hang everywhere",
        change=put("HANGING_REGIONS", frozenset(punctuation.REGIONS), justify),
        notices=(r"CLReq 3.1.7 zh-TW does not hang",),
    ),
    Mutant(
        id="marks hang in zh-Hans alone",
        change=put("HANGING_REGIONS", frozenset({"zh-Hans"}), justify),
        notices=(r"JLReq 3.8.2 ja hangs",),
    ),
    Mutant(
        id="marks always hang",
        change=wrapped(justify, "_ends", _always_out),
        notices=(r"CLReq 3.1.7 not where it fits inside",),
    ),
    # gaps
    Mutant(
        id="no gap between Han and Latin",
        rules={"han_latin_em": 0.0},
        notices=(r"CLReq 3.2.2 .*", r"CLReq 3.1.6.2 \S+ (Han\|Latin|Latin\|Han)"),
    ),
    Mutant(id="a wide gap between Han and Latin", rules={"han_latin_em": 0.3}, notices=(r"CLReq 3.2.2 .*",)),
    Mutant(
        id="Han–Latin gaps open to an em",
        rules={"han_latin_most_em": 1.0},
        notices=(r"CLReq 3.5.4 Han–Latin gaps at most a quarter, then all", r"CLReq 3.2.2 Han–Latin gaps between .*"),
    ),
    Mutant(id="word spaces are a third", rules={"word_space_em": 1 / 3}, notices=(r"house word space",)),
    Mutant(
        id="word spaces shrink to nothing", rules={"word_space_least_em": 0.0}, notices=(r"house least word space",)
    ),
    Mutant(
        id="word spaces do not shrink",
        rules={"word_space_least_em": 0.25},
        notices=(r"CLReq 3.5.3 word spaces squeeze first", r"house least word space"),
    ),
    Mutant(
        id="word spaces open to an em",
        rules={"word_space_most_em": 1.0},
        notices=(r"CLReq 3.5.4 word space at most half an em, then Han–Latin",),
    ),
    Mutant(id="word spaces do not open", rules={"word_space_most_em": 0.25}, notices=(r"CLReq 3.5.4 word spaces? .*",)),
    Mutant(
        id="typed spaces are a quarter", rules={"typed_space_em": 0.25}, notices=(r"house typed space between Han",)
    ),
    Mutant(
        id="typed spaces are rigid", rules={"typed_space_give_em": 0.0}, notices=(r"house typed spaces (give|open) .*",)
    ),
    Mutant(
        id="marks stay close to Latin",
        change=put("_TIGHT", gaps._BARE, gaps),
        notices=(r"house the dash of a range .*", r"house marks open beside Latin .*"),
    ),
    Mutant(
        id="a plus stays close to what it follows",
        change=put("_SIGNS", NONE, gaps),
        notices=(r"house both sides of a plus .*",),
    ),
    Mutant(
        id="commas give all before stops",
        rules={"comma_give_em": 0.0},
        notices=(r"house elastic squeezes 0.(4|5) em: .*",),
    ),
    Mutant(
        id="Latin gaps beside marks",
        change=put("_BARE", NONE, gaps),
        notices=(
            r"CLReq 3.1.6.2 \S+ (OP|CL|CM|FS)\|Latin",
            r"CLReq 3.1.6.2 \S+ Latin\|(OP|CL|CM|FS)",
            r"CLReq 3.2.4 none beside Chinese marks",
        ),
    ),
    Mutant(id="connectors open", change=put("RIGID_BESIDE", NONE, gaps), notices=(r"CLReq 3.5.4 nothing beside .*",)),
    Mutant(
        id="spaces are characters",
        change=put("_SPACES", frozenset("\u3000"), shaping),
        notices=(r"house typed space .*", r"CLReq 3.2.2 Han–Latin gap, typed spaces dropped"),
    ),
    Mutant(
        id="wide spaces are narrow",
        change=put("_SPACES", frozenset(" "), shaping),
        notices=(r"house ideographic space one em",),
    ),
    Mutant(
        id="lines begin with a gap",
        change=put("set_line", _gap_first, setting),
        notices=(r"CLReq 3.2.4 no gap at line edges", r".* line start OP"),
    ),
    # giving and taking
    Mutant(
        id="stops squeeze first",
        change=_squeeze_in_turn("stop", "stop_hard", "word", "comma", "comma_hard"),
        notices=(r"house elastic squeezes 0.\S+ em: .*", r"CLReq 3.5.3 full squeezes .*"),
    ),
    Mutant(
        id="commas squeeze before words",
        change=_squeeze_in_turn("comma", "comma_hard", "word", "stop", "stop_hard"),
        notices=(r"CLReq 3.5.3 word spaces squeeze first", r"house least word space"),
    ),
    Mutant(
        id="nothing squeezes",
        change=_squeeze_in_turn(),
        notices=(
            r"(CLReq 3.5.3|house) (elastic|full|kaiming) squeezes .*",
            r"house typed spaces give a quarter",
            r"CLReq 3.5.2 squeeze in first",
        ),
    ),
    Mutant(
        id="Han gaps open first",
        change=_open_in_turn("han"),
        notices=(r"house brackets .*", r"CLReq 3.5.4 (word|Han–Latin) .*"),
    ),
    Mutant(
        id="brackets open first",
        change=_open_in_turn("mark", "latin", "word", "han"),
        notices=(r"CLReq 3.5.4 word spaces open first", r"CLReq 3.5.4 Han–Latin before brackets"),
    ),
    Mutant(
        id="the last gap takes all",
        change=wrapped(setting, "_share", _no_order),
        notices=(
            r"CLReq 3.5.4 Han gaps equal",
            r"CLReq 3.5.4 nothing inside .*(pair|ellipsis)",
            r"CLReq 3.5.2 then push out",
        ),
    ),
    Mutant(
        id="letters open",
        change=wrapped(cells, "_shaped", _spread_letters),
        notices=(r"CLReq 3.2.4 nothing inside .*",),
    ),
    Mutant(
        id="squeezing is dear", change=priced(comma=10**6), notices=(r"CLReq 3.5.2 squeeze in first",)
    ),
    # breaks
    Mutant(
        id="breaks everywhere",
        change=ALL_FREE,
        notices=(
            r"CLReq 3.1.4 (gb|strict): .* never .*",
            r"CLReq 3.1.5.2 .* whole",
            r"CLReq 3.1.5.3 .* whole",
            r"CLReq 3.2.4 Western word .* whole",
            r"UAX14 .* whole",
            r"house (short range|km/h) .*whole",
        ),
    ),
    Mutant(
        id="breaks inside pairs",
        change=both(put("_LONGER", re.compile("(?!)"), shaping), ALL_FREE),
        notices=(r"CLReq 3.1.5.1 .* whole", r"CLReq 3.5.4 nothing inside (a dash pair|an ellipsis)"),
    ),
    Mutant(
        id="basic: any mark starts a line",
        change=starts("basic", NONE),
        notices=(r"CLReq 3.1.4 basic: .* never start .*",),
    ),
    Mutant(
        id="gb: any mark starts a line",
        change=starts("gb", NONE),
        notices=(
            r"CLReq 3.1.4 gb: (stops|other stops|closing|connectors|interpuncts) never .*",
            r"CLReq 3.5.2 then push out",
        ),
    ),
    Mutant(
        id="strict is gb at line starts",
        change=starts("strict", punctuation.NOT_AT_START["gb"]),
        notices=(r"CLReq 3.1.4 strict: (dashes|ellipses) never start .*",),
    ),
    Mutant(
        id="newspaper: any mark starts a line",
        change=starts("newspaper", NONE),
        notices=(r"JLReq C newspaper: .* never start .*",),
    ),
    Mutant(
        id="basic: any mark ends a line", change=ends("basic", NONE), notices=(r"CLReq 3.1.4 basic: .* never end .*",)
    ),
    Mutant(id="gb: any mark ends a line", change=ends("gb", NONE), notices=(r"CLReq 3.1.4 gb: .* never end .*",)),
    Mutant(
        id="newspaper: any mark ends a line",
        change=ends("newspaper", NONE),
        notices=(r"JLReq C newspaper: .* never end .*",),
    ),
    Mutant(
        id="none is strict at line starts",
        change=starts("none", STRICT_START),
        notices=(r"CLReq 3.1.4 none: .* may start .*",),
    ),
    Mutant(
        id="basic is strict at line starts",
        change=starts("basic", STRICT_START),
        notices=(r"CLReq 3.1.4 basic: .* may start .*", r"CLReq 3.1.5.1 ———— .*"),
    ),
    Mutant(
        id="gb is strict at line starts",
        change=starts("gb", STRICT_START),
        notices=(r"CLReq 3.1.4 gb: .* may start .*", r"CLReq 3.1.5.1 ………… .*"),
    ),
    Mutant(
        id="newspaper is strict at line starts",
        change=starts("newspaper", STRICT_START),
        notices=(r"JLReq C newspaper: .* may start .*",),
    ),
    Mutant(
        id="none is strict at line ends", change=ends("none", STRICT_END), notices=(r"CLReq 3.1.4 none: .* may end .*",)
    ),
    Mutant(
        id="basic is gb at line ends", change=ends("basic", STRICT_END), notices=(r"CLReq 3.1.4 basic: .* may end .*",)
    ),
    Mutant(
        id="newspaper is gb at line ends",
        change=ends("newspaper", STRICT_END),
        notices=(r"JLReq C newspaper: .* may end .*",),
    ),
    Mutant(
        id="breaks nowhere near spaces",
        change=wrapped(shaping, "tailored", _glued_spaces),
        notices=(r"JLReq C number and Western unit may part",),
    ),
    Mutant(id="no penalty between a number and its unit", change=free("unit"), notices=(r"house Han units .*",)),
    Mutant(id="no penalty inside names", change=free("name"), notices=(r"house a protected name .*",)),
    Mutant(id="no penalty after interpuncts", change=free("interpunct"), notices=(r"house a foreign name .*",)),
    Mutant(
        id="no penalty after connectors", change=free("connector"), notices=(r"house a line ends after a connector .*",)
    ),
    Mutant(id="no penalty before an ellipsis", change=free("ellipsis"), notices=(r"house an ellipsis starts .*",)),
    Mutant(
        id="names are never broken",
        change=wrapped(shaping, "tailored", _names_whole),
        notices=(r"house a name gives way .*",),
    ),
    Mutant(id="long ranges are whole", change=put("RANGE_DIGITS", 99, punctuation), notices=(r"house long range .*",)),
    Mutant(
        id="short ranges may break",
        change=put("RANGE_DIGITS", 0, punctuation),
        notices=(r"house short range 24—26 whole",),
    ),
    Mutant(
        id="addresses break before their signs",
        change=put("_kind_of_break", lambda _one, two: "" if two.isalnum() else "address", address),
        notices=(r"house web address breaks .*",),
    ),
    Mutant(
        id="addresses break in ://",
        change=put("_SCHEME", re.compile("(?!)"), address),
        notices=(r"house web address keeps .*",),
    ),
    Mutant(
        id="addresses break nowhere",
        change=both(
            put("_kind_of_break", lambda *_: "", address),
            put("LONG_PIECE", 10**6, address),
            put("FORCED_EM", 10**6, shaping),
        ),
        notices=(r"house long piece .*",),
    ),
    # last lines and indents
    Mutant(
        id="a lone character may end a paragraph",
        change=put("RUNT", 0, linebreak),
        notices=(r"CLReq 3.4.4 .*", r"house no lone .*"),
    ),
    Mutant(
        id="a short last line costs nothing",
        change=put("SHORT_LAST", 0, linebreak),
        notices=(r"house a last line of two em .*",),
    ),
    Mutant(
        id="last lines are justified",
        change=put("line_fit", lambda made, start, end, width, **_: justify.fit(made, start, end, width), setting),
        notices=(r"CLReq 3.5.1 .*", r"house word space"),
    ),
    Mutant(id="indent of one em", indent_em=1.0, notices=(r"CLReq 3.4.1 .*", r".* paragraph start OP")),
)
