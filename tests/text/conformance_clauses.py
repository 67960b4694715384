"""The clauses of Chinese composition, each as texts and what must be seen where they are printed.

Sources, by the words that the ids use: CLReq (numbers of the draft of March 2024), JLReq, GB/T 15834-2011, UAX #14.
"house" marks decisions of this project within what the sources leave open. All numbers are written out here, from the
sources; nothing is taken from the engine's tables.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from tests.text.conformance import Case, Glyph, Setting, blanks, body, is_han, near, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from layout.model import Region
    from tests.text.conformance import Line, Lines

    Rules = tuple[tuple[str, Any], ...]

STYLES: Final = ("full", "half", "kaiming", "line-end-half", "elastic")
FULL: Final[Rules] = (("punctuation", "full"),)


def style(name: str, *more: tuple[str, Any]) -> Rules:
    return (("punctuation", name), *more)


def only(lines: Lines) -> Line:
    assert len(lines) == 1, [text_of(line) for line in lines]
    return lines[0]


def gaps_are(wanted: Sequence[float], region: str = "zh-Hans") -> Callable[[Lines], None]:
    """Assert the distances between neighbouring bodies of one line."""

    def check(lines: Lines) -> None:
        found = blanks(only(lines), region)
        assert len(found) == len(wanted), found
        for place, (seen, due) in enumerate(zip(found, wanted, strict=True)):
            assert near(seen, due), (place, seen, due)

    return check


def gap_is(place: int, wanted: float, region: str = "zh-Hans") -> Callable[[Lines], None]:
    """Assert one distance between neighbouring bodies of one line."""

    def check(lines: Lines) -> None:
        seen = blanks(only(lines), region)[place]
        assert near(seen, wanted), (seen, wanted)

    return check


def spans(wanted: float) -> Callable[[Lines], None]:
    """Assert how far apart the first and the last character of a line stand, both ideographs."""

    def check(lines: Lines) -> None:
        line = only(lines)
        seen = line[-1].x - line[0].x - line[0].advance
        assert near(seen, wanted), (seen, wanted)

    return check


def each(check: Callable[[Lines], None]) -> Callable[..., None]:
    """Assert the same of every setting."""

    def every(*settings: Lines) -> None:
        for lines in settings:
            check(lines)

    return every


def one(name: str, setting: Setting, check: Callable[[Lines], None]) -> Case:
    return Case(id=name, settings=(setting,), check=check)


# --- bodies and blanks ---------------------------------------------------------------------------------------------


def blanks_by_side() -> Iterator[Case]:
    """Each mark's blank: there in full width, gone in half width."""
    for mark in "“‘《〈（「『【〖〔［｛":
        yield sided(f"CLReq 3.1.6.1 blank before {mark}", mark, (0.5, 0))
    for mark in "”’》〉）」』】〗〕］｝，、；：。．？！":
        yield sided(f"CLReq 3.1.6.1 blank after {mark}", mark, (0, 0.5))
    regions: tuple[Region, ...] = ("zh-TW", "zh-HK")
    for region in regions:
        for mark in "，。、：；":
            yield sided(f"CLReq 3.1.6.1 {region} blanks around {mark}", mark, (0.25, 0.25), region)
        yield sided(f"CLReq 3.1.6.1 {region} blank before 「", "「", (0.5, 0), region)
        yield sided(f"CLReq 3.1.6.1 {region} blank after 」", "」", (0, 0.5), region)
        for mark in "？！":
            setting = Setting(text=f"中{mark}文", region=region, rules=style("half"))
            yield one(f"CLReq 3.1.6.1 {region} {mark} keeps its em", setting, spans(1))
    for mark in "・：；":
        yield sided(f"JLReq 3.1.2 ja blanks around {mark}", mark, (0.25, 0.25), "ja")
    for mark in "，。、":
        yield sided(f"JLReq 3.1.2 ja blank after {mark}", mark, (0, 0.5), "ja")
    for mark in "？！":
        setting = Setting(text=f"中{mark}文", region="ja", rules=style("half"))
        yield one(f"JLReq 3.1.2 ja {mark} keeps its em", setting, spans(1))


def sided(name: str, mark: str, wanted: tuple[float, float], region: Region = "zh-Hans", role: str = "song") -> Case:
    settings = (Setting(text=f"中{mark}文", region=region, role=role, rules=style(kind)) for kind in ("full", "half"))
    return Case(
        id=name,
        settings=tuple(settings),
        check=in_turn([whole_cell(mark, wanted, region), whole_cell(mark, (0, 0), region)]),
    )


def whole_cell(mark: str, wanted: Sequence[float], region: str) -> Callable[[Lines], None]:
    """Assert the blanks on both sides of the middle glyph, whose own advance in the file is one em."""

    def check(lines: Lines) -> None:
        line = only(lines)
        assert text_of(line)[1] == mark
        assert near(line[1].advance, 1), line[1]
        gaps_are(wanted, region)(lines)

    return check


def fixed_widths() -> Iterator[Case]:
    widths = {
        "GB 5.1 interpunct half an em": ("·", 0.5),
        "GB 5.1 katakana interpunct half an em": ("・", 0.5),
        "GB 5.1 short dash half an em": ("–", 0.5),
        "GB 5.1 hyphen half an em": ("-", 0.5),
        "GB 5.1 solidus half an em": ("/", 0.5),
        "CLReq 3.1.5.1 dash pair two em": ("——", 2),
        "CLReq 3.1.5.1 two-em dash": ("⸺", 2),
        "CLReq 3.1.5.1 ellipsis two em": ("……", 2),
        "CLReq 3.1.5.1 midline ellipsis two em": ("⋯⋯", 2),
        "GB 5.1.5 two ellipses four em": ("…………", 4),
        "CLReq 3.1.3.3 ‼ one em": ("‼", 1),
        "CLReq 3.1.3.3 ⁉ one em": ("⁉", 1),
        "CLReq 3.1.3.3 ？！ one em": ("？！", 1),
        "CLReq 3.1.3.3 ！！ one em": ("！！", 1),
        "CLReq 3.1.3.3 ！！！ two em": ("！！！", 2),
        "CLReq 3.1.6 connector one em": ("～", 1),
        "CLReq 3.1.6 single dash one em": ("—", 1),
    }
    for name, (unit, width) in widths.items():
        yield one(name, Setting(text=f"中{unit}文", rules=FULL), spans(width))
    yield one("GB 5.1 interpunct half an em, hei", Setting(text="中·文", role="hei", rules=FULL), spans(0.5))
    yield one("GB 5.1 interpunct half an em, centred", Setting(text="中·文", rules=FULL), gaps_are([0, 0]))
    yield one("house typed space between Han", Setting(text="中共中央 国务院"), gap_is(3, 0.5))
    yield one("house ideographic space one em", Setting(text="电\u3000文"), gap_is(0, 1))
    worked = {
        "。」": 1.5,
        "」「": 1.5,
        "，《": 1.5,
        "））": 1.5,
        "（（": 1.5,
        "》《": 1.5,
        "。」「": 2,
        "（？）": 2.5,
        "。》”": 2,
    }
    for marks, width in worked.items():
        yield one(f"CLReq 3.1.6.2 {marks} {width} em", Setting(text=f"中{marks}文", rules=FULL), spans(width))
    for role in ("kai", "hei"):
        text = "中「文」，文《字》。文“字”"
        due = [0.5, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0.5, 0.5, 0, 0]
        yield one(f"OpenType halt {role}", Setting(text=text, role=role, rules=FULL), gaps_are(due))
    yield sided("class table where halt is missing", "‧", (0.25, 0.25), "zh-TW", "kai")


# --- the pair matrix -----------------------------------------------------------------------------------------------

MEMBERS: Final = {"OP": "（《“", "CL": "）》”", "CM": "，、；", "FS": "。？", "Han": "中", "Latin": "A"}
AFTER: Final = ("OP", "CL", "CM", "FS", "Han", "Latin")

# Blanks between neighbours in em: CLReq 3.1.6.2 and JLReq 3.1.4, the width of Han–Latin gaps a house choice.
MATRIX: Final[dict[str, dict[str, tuple[float | None, ...]]]] = {
    "full": {
        "OP": (0, 0, 0, 0, 0, 0),
        "CL": (0.5, 0, 0, 0, 0.5, 0.5),
        "CM": (0.5, 0, 0, 0, 0.5, 0.5),
        "FS": (0.5, 0, 0, 0, 0.5, 0.5),
        "Han": (0.5, 0, 0, 0, 0, 0.125),
        "Latin": (0.5, 0, 0, 0, 0.125, None),
    },
    "half": {
        "OP": (0, 0, 0, 0, 0, 0),
        "CL": (0, 0, 0, 0, 0, 0),
        "CM": (0, 0, 0, 0, 0, 0),
        "FS": (0, 0, 0, 0, 0, 0),
        "Han": (0, 0, 0, 0, 0, 0.125),
        "Latin": (0, 0, 0, 0, 0.125, None),
    },
    "kaiming": {
        "OP": (0, 0, 0, 0, 0, 0),
        "CL": (0, 0, 0, 0, 0, 0),
        "CM": (0, 0, 0, 0, 0, 0),
        "FS": (0.5, 0, 0, 0, 0.5, 0.5),
        "Han": (0, 0, 0, 0, 0, 0.125),
        "Latin": (0, 0, 0, 0, 0.125, None),
    },
    "elastic": {
        "OP": (0, 0, 0, 0, 0, 0),
        "CL": (0, 0, 0, 0, 0, 0),
        "CM": (0.5, 0, 0, 0, 0.5, 0.5),
        "FS": (0.5, 0, 0, 0, 0.5, 0.5),
        "Han": (0, 0, 0, 0, 0, 0.125),
        "Latin": (0, 0, 0, 0, 0.125, None),
    },
}

# Regions with centred stops: every blank stays. JLReq: a centred mark keeps its quarters, its neighbour gives way.
REGIONAL: Final[dict[tuple[Region, str], dict[str, float]]] = {
    ("zh-TW", "CL"): {"」「": 1, "」，": 0.75, "」。": 0.75, "」中": 0.5, "」』": 0.5},
    ("zh-TW", "CM"): {"，「": 0.75, "，」": 0.25, "，中": 0.25, "，A": 0.25},
    ("zh-TW", "FS"): {"。「": 0.75, "。」": 0.25, "。中": 0.25, "。A": 0.25},
    ("zh-TW", "Han"): {"中，": 0.25, "中。": 0.25, "中「": 0.5, "中」": 0},
    ("zh-TW", "Latin"): {"A，": 0.25, "A。": 0.25, "A「": 0.5},
    ("zh-HK", "CL"): {"」「": 1, "」，": 0.75},
    ("zh-HK", "FS"): {"。「": 0.75, "。」": 0.25},
    ("ja", "CL"): {"」「": 0.5, "」・": 0.25, "」、": 0, "」中": 0.5},
    ("ja", "MD"): {"・「": 0.25, "・中": 0.25, "：「": 0.25},
    ("ja", "FS"): {"。「": 0.5, "。」": 0, "？「": 0.5, "？中": 0},
    ("ja", "Han"): {"中・": 0.25, "中「": 0.5, "中、": 0},
}


def pair_matrix() -> Iterator[Case]:
    rows = {**MATRIX, "line-end-half": MATRIX["full"]}
    for name, row, column, wanted in (
        (name, row, column, wanted)
        for name, matrix in rows.items()
        for row, values in matrix.items()
        for column, wanted in zip(AFTER, values, strict=True)
        if wanted is not None
    ):
        pairs = [before + after for before in MEMBERS[row] for after in MEMBERS[column]]
        pairs = [pair for pair in pairs if pair != "？。"][:4] if "Latin" not in (row, column) else pairs[:3]
        yield Case(
            id=f"CLReq 3.1.6.2 {name} {row}|{column}",
            settings=tuple(Setting(text=f"文{pair}文", rules=style(name)) for pair in pairs),
            check=each(gap_is(1, wanted)),
        )
    for (region, row), values in REGIONAL.items():
        yield Case(
            id=f"{'JLReq 3.1.4' if region == 'ja' else 'CLReq 3.1.6.2'} {region} {row}|…",
            settings=tuple(Setting(text=f"文{pair}文", region=region, rules=FULL) for pair in values),
            check=in_turn([gap_is(1, wanted, region) for wanted in values.values()]),
        )


def in_turn(checks: Sequence[Callable[[Lines], None]]) -> Callable[..., None]:
    def every(*settings: Lines) -> None:
        for lines, check in zip(settings, checks, strict=True):
            check(lines)

    return every


# --- line edges ----------------------------------------------------------------------------------------------------


def line_edges() -> Iterator[Case]:
    for name in STYLES:
        yield Case(
            id=f"CLReq 3.1.6.3 {name} line start OP",
            settings=tuple(Setting(text=f"{'中' * 6}{mark}{'文' * 9}", measure=6, rules=style(name)) for mark in "（“"),
            check=each(starts_flush),
        )
        yield Case(
            id=f"CLReq 3.1.6.3 {name} paragraph start OP",
            settings=(Setting(text=f"（{'文' * 9}", measure=8, indented=True, rules=style(name)),),
            check=visible_indent,
        )
        for kind, marks in (("CL", "）”"), ("CM", "，；"), ("FS", "。？")):
            at = 5.5 if name == "full" else 6
            yield Case(
                id=f"{'CLReq 3.1.6.3' if name == 'full' else 'GB 5.1.10'} {name} line end {kind}",
                settings=tuple(
                    Setting(text=f"{'中' * 5}{mark}{'文' * 8}", measure=6, rules=style(name)) for mark in marks
                ),
                check=each(ends_at(at)),
            )
    yield Case(
        id="CLReq 3.5.3 full gives the line's end first",
        settings=tuple(Setting(text=f"{'中' * 5}{mark}{'文' * 8}", measure=5.5, rules=FULL) for mark in "），。"),
        check=each(ends_at(5.5)),
    )
    yield Case(
        id="GB 5.1.10 zh-TW line end",
        settings=tuple(
            Setting(text=f"{'中' * 5}{mark}{'文' * 8}", measure=5.75, region="zh-TW", rules=style("kaiming"))
            for mark in "，。"
        ),
        check=each(ends_at(5.75, "zh-TW")),
    )
    yield Case(
        id="CLReq 3.2.4 no gap at line edges",
        settings=tuple(Setting(text=f"{'中' * k}ABC{'文' * 12}", measure=9, rules=()) for k in range(6, 12)),
        check=latin_edges,
    )
    yield one("house typed space dropped at line edges", Setting(text="中国人民 中国人民 中国", measure=4), flush_lines)
    yield one(
        "CLReq 3.4.1 indent two em", Setting(text="中" * 17 + "，" + "文" * 9, measure=8, indented=True), indented
    )


def starts_flush(lines: Lines) -> None:
    first = lines[1][0]
    assert first.text in {"（", "“"}
    assert near(body(first)[0], 0), first


def visible_indent(lines: Lines) -> None:
    first = lines[0][0]
    assert near(body(first)[0], 2), first
    assert near(first.x, 1.5), first


def ends_at(wanted: float, region: str = "zh-Hans") -> Callable[[Lines], None]:
    """Assert that the body of the last mark of the first line ends there."""

    def check(lines: Lines) -> None:
        last = lines[0][-1]
        assert not is_han(last.text)
        assert near(body(last, region)[1], wanted), last

    return check


def latin_edges(*settings: Lines) -> None:
    met = set()
    for lines in settings:
        for line in lines:
            if line[0].text == "A":
                assert near(line[0].x, 0)
                met.add("start")
        for line in lines[:-1]:
            if line[-1].text == "C":
                assert near(body(line[-1])[1], 9)
                met.add("end")
    assert met == {"start", "end"}


def flush_lines(lines: Lines) -> None:
    assert [text_of(line) for line in lines] == ["中国人民", "中国人民", "中国"]
    for line in lines:
        assert near(line[0].x, 0)
        assert near(line[-1].x, len(line) - 1)


def indented(lines: Lines) -> None:
    assert near(lines[0][0].x, 2)
    assert all(near(body(line[0])[0], 0) for line in lines[1:])
    assert all(near(body(line[-1])[1], 8) for line in lines[:-1])


HANG: Final = ("hang", True)


def hanging() -> Iterator[Case]:
    def settings(marks: str, *rules: tuple[str, Any], region: Region = "zh-Hans", k: int = 6) -> tuple[Setting, ...]:
        return tuple(
            Setting(text=f"{'中' * k}{mark}{'文' * 9}", measure=6, region=region, rules=rules) for mark in marks.split()
        )

    for mark in "。，、":
        yield Case(id=f"CLReq 3.1.7 hang {mark}", settings=settings(mark, HANG), check=each(hangs))
    yield Case(id="CLReq 3.1.7 off by default", settings=settings("。 ， 、"), check=each(inside))
    yield Case(
        id="CLReq 3.1.7 other marks stay inside", settings=settings("； ： ？ ！ ） ”", HANG), check=each(inside)
    )
    yield Case(id="CLReq 3.1.7 never a run of marks", settings=settings("。」 ，《 」，", HANG), check=each(inside))
    yield Case(
        id="CLReq 3.1.7 zh-TW does not hang", settings=settings("。 ，", HANG, region="zh-TW"), check=each(inside_tw)
    )
    yield Case(id="JLReq 3.8.2 ja hangs", settings=settings("。 、", HANG, region="ja"), check=each(hangs))
    yield Case(
        id="CLReq 3.1.7 not where it fits inside",
        settings=(Setting(text="中中中，中中，" + "文" * 9, measure=6.5, rules=(HANG,)),),
        check=fits_inside,
    )
    yield Case(
        id="CLReq 3.1.7 full hangs whole", settings=settings("。 ，", HANG, ("punctuation", "full")), check=each(hangs)
    )


def hangs(lines: Lines) -> None:
    last = lines[0][-1]
    assert last.text in "。，、"
    assert near(body(last)[0], 6), last
    assert near(lines[0][-2].x, 5)


def inside(lines: Lines) -> None:
    assert all(body(line[-1])[1] <= 6.003 for line in lines)


def inside_tw(lines: Lines) -> None:
    assert all(body(line[-1], "zh-TW")[1] <= 6.003 for line in lines)


def fits_inside(lines: Lines) -> None:
    assert text_of(lines[0]) == "中中中，中中，"
    assert near(body(lines[0][-1])[1], 6.5)


# --- what a line gives and takes -----------------------------------------------------------------------------------


def forced(text: str, stretch: float, *rules: tuple[str, Any]) -> Setting:
    return Setting(text=text, stretch=stretch, rules=rules)


def squeezing() -> Iterator[Case]:
    # CLReq lets stops give last; here each gives a quarter before any gives the rest, so that neighbouring lines differ
    # by no more in their blanks than newsrooms bear.
    elastic = {
        -0.2: (0.3, 0.5), -0.25: (0.25, 0.5), -0.4: (0.25, 0.35), -0.5: (0.25, 0.25), -0.75: (0, 0.25), -1: (0, 0)
    }
    for stretch, (comma, stop) in elastic.items():
        yield one(
            f"house elastic squeezes {-stretch} em: commas, then stops, a quarter of each before the rest",
            forced("中，文。字", stretch),
            gaps_are([0, comma, 0, stop]),
        )
    full = {-0.3: (0.2, 0.5, 0.5), -0.5: (0, 0.5, 0.5), -0.8: (0, 0.2, 0.5), -1: (0, 0, 0.5), -1.2: (0, 0, 0.3)}
    for stretch, (bracket, comma, stop) in full.items():
        yield one(
            f"CLReq 3.5.3 full squeezes {-stretch} em: brackets, commas, stops",
            forced("中）文，字。体", stretch, *FULL),
            gaps_are([0, bracket, 0, comma, 0, stop]),
        )
    yield one(
        "CLReq 3.5.3 kaiming squeezes stops alone",
        forced("中）文，字。体", -0.3, ("punctuation", "kaiming")),
        gaps_are([0, 0, 0, 0, 0, 0.2]),
    )
    yield one(
        "CLReq 3.1.6 line-end-half squeezes nothing",
        forced("中）文，字。体", -0.3, ("punctuation", "line-end-half")),
        gaps_are([0, 0.5, 0, 0.5, 0, 0.5]),
    )
    yield one("CLReq 3.5.3 word spaces squeeze first", forced("中，A B文", -0.05), gaps_are([0, 0.5, 0.2, 0.125]))
    yield one("house least word space", forced("中，A B文", -0.25), gaps_are([0, 0.3, 0.2, 0.125]))
    yield one("house typed spaces give a quarter", forced("中，文 字", -0.3), gaps_are([0, 0.45, 0.25]))
    yield one("CLReq 3.5.2 squeeze in first", Setting(text=f"中中，中中中。{'文' * 8}", measure=6), squeezed_in)
    yield one("CLReq 3.5.2 then push out", Setting(text=f"中中中中中中。{'文' * 8}", measure=6), pushed_out)


def squeezed_in(lines: Lines) -> None:
    assert text_of(lines[0]) == "中中，中中中。"
    assert near(blanks(lines[0])[2], 0)
    assert near(body(lines[0][-1])[1], 6)


def pushed_out(lines: Lines) -> None:
    assert text_of(lines[0]) == "中" * 5
    assert all(near(gap, 0.25) for gap in blanks(lines[0]))
    assert text_of(lines[1]).startswith("中。")


def spreading() -> Iterator[Case]:
    yield one("CLReq 3.5.4 Han gaps equal", forced("中文字体排版", 1), gaps_are([0.2] * 5))
    yield one("house brackets open before Han gaps", forced("字（中文）体", 0.6), gaps_are([0.3, 0, 0, 0, 0.3]))
    yield one(
        "house brackets open to half an em, then all", forced("字（中文）体", 1.5), gaps_are([0.6, 0.1, 0.1, 0.1, 0.6])
    )
    yield one("CLReq 3.5.4 word spaces open first", forced("中A B文字", 0.2), gaps_are([0.125, 0.45, 0.125, 0]))
    yield one(
        "CLReq 3.5.4 word space at most half an em, then Han–Latin",
        forced("中A B文字", 0.35),
        gaps_are([0.175, 0.5, 0.175, 0]),
    )
    yield one(
        "CLReq 3.5.4 Han–Latin gaps at most a quarter, then all",
        forced("中A B文字", 0.8),
        gaps_are([0.25 + 0.1, 0.5, 0.25 + 0.1, 0.1]),
    )
    yield one("CLReq 3.5.4 Han–Latin before brackets", forced("中A文（字", 0.2), gaps_are([0.225, 0.225, 0, 0]))
    yield one("house typed spaces open by a quarter first", forced("中文 字", 0.55), gaps_are([0.15, 0.9]))
    yield one("CLReq 3.5.4 nothing beside connectors", forced("中～文字体", 0.4), gaps_are([0, 0, 0.2, 0.2]))
    yield one("house the dash of a range opens with all", forced("中1—2字", 0.65), gaps_are([0.35, 0.1, 0.1, 0.35]))
    yield one("house both sides of a plus open alike", forced("中文+字体", 0.65), gaps_are([0.1, 0.35, 0.35, 0.1]))
    yield one("house marks open beside Latin as beside Han", forced("中（A）文", 1.4), gaps_are([0.6, 0.1, 0.1, 0.6]))
    yield one("CLReq 3.5.4 nothing beside solidi", forced("中/文字体", 0.4), gaps_are([0, 0, 0.2, 0.2]))
    yield one("CLReq 3.5.4 nothing inside a dash pair", forced("中——文", 0.6), rigid_pair("—"))
    yield one("CLReq 3.5.4 nothing inside an ellipsis", forced("中……文", 0.6), rigid_pair("…"))
    yield one("CLReq 3.2.4 nothing inside a word", forced("中WORD文字", 1), rigid_word)
    yield one("CLReq 3.2.4 nothing inside a number", forced("中1234文字", 1), rigid_word)
    yield one("house comma gap stays whole when a line opens", forced("中，文字", 0.3), gaps_are([0.1, 0.6, 0.1]))


def rigid_pair(mark: str) -> Callable[[Lines], None]:
    def check(lines: Lines) -> None:
        line = only(lines)
        assert mark in text_of(line)
        pair = line[1:-1]
        assert near(pair[-1].x + pair[-1].advance - pair[0].x, 2)
        assert near(pair[0].x - 1, 0.3)
        assert near(line[-1].x - 1 - 0.3 - 2, 0.3)

    return check


def rigid_word(lines: Lines) -> None:
    line = only(lines)
    inner = [
        gap for (left, right), gap in zip(pairwise(line), blanks(line), strict=True) if latin(left) and latin(right)
    ]
    assert len(inner) == 3
    assert all(abs(gap) < 0.06 for gap in inner), inner  # kerning at most
    assert blanks(line)[-1] > 0.2


def latin(glyph: Glyph) -> bool:
    return glyph.text.isascii()


def mixed_text() -> Iterator[Case]:
    for name, text in (("letters", "中A文"), ("digits", "中7文"), ("typed spaces dropped", "中 A 文")):
        yield one(f"CLReq 3.2.2 Han–Latin gap, {name}", Setting(text=text), gaps_are([0.125, 0.125]))
    yield Case(
        id="CLReq 3.2.2 Han–Latin gaps between an eighth and a quarter",
        settings=tuple(Setting(text=MIXED, measure=measure) for measure in (11, 13, 17, 20)),
        check=latin_gaps,
    )
    yield one(
        "CLReq 3.2.4 none beside Chinese marks", Setting(text="文，A，（B）。7！", rules=style("kaiming")), bare_marks
    )
    yield one("house word space", Setting(text="He said so"), gap_of_words(0.25))


MIXED: Final = (
    "第5代5G网络在2026年覆盖全市，AI助手App上线后下载量达3万次，比2025年增长12.6%，其中iPhone用户占48%，"
    "Android用户占52%，PM2.5平均浓度为每立方米31微克，GDP同比增长5.8%，CPI上涨0.2%，市民可拨打12345热线，"
    "也可登录Wi-Fi网络查询A座B座的3D地图，K1路和T2线每10分钟一班，VIP窗口设在2楼。"
)


def latin_gaps(*settings: Lines) -> None:
    met = 0
    for lines in settings:
        for line in lines:
            found = list(zip(pairwise(line), blanks(line), strict=True))
            opened = [gap for (left, right), gap in found if is_han(left.text) and is_han(right.text)]
            for (left, right), gap in found:
                if latin(left) != latin(right) and (is_han(left.text) or is_han(right.text)):
                    own = gap - (min(opened) if opened else 0)
                    assert gap >= 0.125 - 0.003, (left, right, gap)
                    assert own <= 0.25 + 0.003 or not opened, (left, right, gap, opened)
                    met += 1
    assert met > 80


def bare_marks(lines: Lines) -> None:
    line = only(lines)
    for (left, right), gap in zip(pairwise(line), blanks(line), strict=True):
        if latin(left) or latin(right):
            assert near(gap, 0.5 if left.text in "。？！" else 0), (left, right, gap)


def gap_of_words(wanted: float) -> Callable[[Lines], None]:
    def check(lines: Lines) -> None:
        line = only(lines)
        text = text_of(line)
        for word in ("said", "so"):
            place = text.rindex(word)
            assert near(line[place].x - line[place - 1].x - line[place - 1].advance, wanted)

    return check


# --- where lines may break -----------------------------------------------------------------------------------------

STARTS: Final = {
    "stops": "。，、",
    "other stops": "；：！？‼",
    "closing": "”’」』）》〉】〗〕］｝",
    "connectors": "～–—",
    "interpuncts": "·・‧",
    "solidi": "/／",
    "dashes": ("——", "⸺"),
    "ellipses": ("……", "⋯⋯"),
}
ENDS: Final = {"opening": "“‘「『（《〈【〖〔［｛", "solidus": "/"}

# CLReq 3.1.4; "newspaper" is the level of JLReq, appendix C, addendum "very loose (newspapers)".
_BASIC: Final = {"stops", "other stops", "closing", "connectors", "interpuncts", "solidi"}
BARRED: Final = {
    "none": (set[str](), set[str]()),
    "basic": (_BASIC, {"opening"}),
    "gb": (_BASIC, {"opening", "solidus"}),
    "strict": (_BASIC | {"dashes", "ellipses"}, {"opening", "solidus"}),
    "newspaper": ({"stops", "closing"}, {"opening"}),
}


def prohibitions() -> Iterator[Case]:
    """Phase scans: one character more at a time before the mark, so that it meets the line's edge."""
    for level, (starts, ends) in BARRED.items():
        for group, marks in STARTS.items():
            barred = group in starts
            yield Case(
                id=f"{clause_of(level)} {level}: {group} {'never' if barred else 'may'} start a line",
                settings=tuple(scan(mark, level) for mark in marks),
                check=starting(marks, barred=barred),
            )
        for group, marks in ENDS.items():
            barred = group in ends
            yield Case(
                id=f"{clause_of(level)} {level}: {group} {'never' if barred else 'may'} end a line",
                settings=tuple(
                    Setting(text="文" * k + mark + "文" * 4, measure=5.5, level=level, rules=style("kaiming"))
                    for mark in marks
                    for k in EDGE
                ),
                check=ending(marks, barred=barred),
            )


def clause_of(level: str) -> str:
    return "JLReq C" if level == "newspaper" else "CLReq 3.1.4"


EDGE: Final = range(3, 8)


def scan(mark: str, level: str) -> Setting:
    """Return one paragraph in which a mark comes after 3, 4, 5 … characters."""
    parts = ("文" * k + mark for k in range(3, 12))
    return Setting(text="".join(parts) + "文" * 7, measure=6, level=level, rules=style("kaiming"))


def starting(marks: Sequence[str], *, barred: bool) -> Callable[..., None]:
    def check(*settings: Lines) -> None:
        for mark, lines in zip(marks, settings, strict=True):
            found = [text_of(line) for line in lines[1:] if begins(text_of(line), mark)]
            assert bool(found) != barred, (mark, [text_of(line) for line in lines])

    return check


def begins(text: str, mark: str) -> bool:
    """Tell whether a line begins with a mark: one — alone is not the pair."""
    return text.startswith(mark) and not (mark == "—" and text.startswith("——"))


def ending(marks: Sequence[str], *, barred: bool) -> Callable[..., None]:
    def check(*settings: Lines) -> None:
        for number, mark in enumerate(marks):
            scanned = settings[number * len(EDGE) : (number + 1) * len(EDGE)]
            rows = [text_of(line) for lines in scanned for line in lines[:-1]]
            assert rows
            assert any(row.endswith(mark) for row in rows) != barred, (mark, rows)

    return check


WHOLE: Final = {
    "CLReq 3.1.5.1 dash pair": "——",
    "CLReq 3.1.5.1 ellipsis": "……",
    "CLReq 3.1.5.2 digits": "1234",
    "CLReq 3.1.5.2 decimal": "12.56",
    "CLReq 3.1.5.2 thousands by comma": "1,234",
    "CLReq 3.1.5.2 thousands by space": "12 000",
    "CLReq 3.1.5.2 number and %": "12%",
    "CLReq 3.1.5.2 number and ‰": "5‰",
    "CLReq 3.1.5.2 number and ％": "5％",
    "CLReq 3.1.5.2 number and ℃": "36℃",
    "CLReq 3.1.5.2 number and °": "90°",
    "CLReq 3.1.5.2 currency and number": "¥500",
    "CLReq 3.1.5.2 ￥ and number": "￥50",
    "CLReq 3.1.5.2 sign and number": "−5",
    "CLReq 3.1.5.2 plus and number": "+8",
    "CLReq 3.1.5.3 superscript and its base": "文²",
    "CLReq 3.2.4 Western word": "Word",
    "UAX14 LB25 time": "9:30",
    "house short range": "24—26",
    "house short range with signs": "5%~8%",
    "house km/h": "km/h",
}


EDGES: Final = (6.25, 6.5, 6.75, 7, 7.25, 7.5, 7.75, 8, 8.25, 8.5)
"""Measures whose end falls on every part of what stands after six characters."""


def unbreakable() -> Iterator[Case]:
    for name, unit in WHOLE.items():
        yield Case(
            id=f"{name} {unit} whole",
            settings=tuple(Setting(text=f"{'中' * 6}{unit}{'中' * 6}", measure=measure) for measure in EDGES),
            check=each(keeps_whole(unit.replace(" ", ""), 1)),
        )
    yield one(
        "JLReq C number and Western unit may part",
        Setting(text="".join("中" * k + "4 km" for k in range(3, 12)), measure=7.5),
        parts("4", "km"),
    )
    yield one("house long range parts after its dash", Setting(text=LONG_RANGE, measure=9), parted_range)
    for mark, level in (("—", "basic"), ("…", "gb")):
        text = "".join("中" * k + mark * 4 for k in range(3, 12))
        yield one(
            f"CLReq 3.1.5.1 {mark * 4} may part between pairs",
            Setting(text=text, measure=8, level=level),
            parts_pairs(mark),
        )
    for name, unit, texts in (
        ("house Han units stay with their number", "50公斤", UNITS),
        ("house a protected name stays whole", "欧阳文山", NAMED),
    ):
        yield Case(
            id=name,
            settings=tuple(Setting(text=text, measure=measure, names=("欧阳文山",)) for text, measure in texts),
            check=each(keeps_whole(unit, 1)),
        )
    yield one(
        "house a name gives way to an empty line",
        Setting(text="欧阳文山欧阳文山欧阳文山", measure=6, names=("欧阳文山欧阳文山欧阳文山",)),
        full_lines(6),
    )
    for name, wrong, texts in (
        ("house a foreign name parts at its dot only in need", "约翰·$", DOTTED),
        ("house a line ends after a connector only in need", "～$", CONNECTED),
        ("house an ellipsis starts a line only in need", "^…", ELLIPTIC),
    ):
        yield Case(
            id=name,
            settings=tuple(Setting(text=text, measure=measure) for text, measure in texts),
            check=each(no_row(wrong)),
        )
    yield Case(
        id="house web address breaks after its signs alone",
        settings=tuple(
            Setting(text=f"{'中' * k}https://news.abcd.cn/bao/zhi{'文' * 9}", measure=9) for k in range(1, 9)
        ),
        check=address_breaks,
    )
    yield Case(
        id="house web address keeps ://",
        settings=tuple(Setting(text=f"{'中' * k}https://abcd.cn{'文' * 9}", measure=7) for k in range(1, 7)),
        check=each(keeps_whole("https://", 1)),
    )
    yield Case(
        id="house long piece of an address may break anywhere",
        settings=(Setting(text=f"中www.{'a' * 40}.cn{'文' * 6}", measure=8),),
        check=each(fits_measure(8)),
    )


LONG_RANGE: Final = "".join("中" * k + "20260101—20261231" for k in range(1, 8)) + "中" * 4
# Texts whose breaks change when the penalty is taken away.
UNITS: Final = (
    ("作而子中，说，这了，种方多50公斤在大，行用为过。面下，所发这种", 13),
    ("生，他能，多，多不作产50公斤人成，来。国工就，为动，于我中可，我人", 11),
)
NAMED: Final = (
    ("说下说成。种工，和定欧阳文山有的作法生，人于，定，中要为能大下。他。中", 13),
    ("定地了，法，所了时而，子欧阳文山中了会是年我作，而后，同作。们。要，成分", 13),
    ("以到和会同定了对定不种欧阳文山也，们也分下经大的种也要工用工经用大", 13),
)
DOTTED: Final = (
    ("要会所年，是，要，动年发约翰·史密斯过，会，以。过法来的有人发们分就法定，以出，下", 13),
    ("这。到，大国也时有，为约翰·史密斯就行行，下，时分子要在", 13),
)
CONNECTED: Final = (
    ("行地出发，来和，过东～西发和我作，工对一会，来方工过，主种可", 11),
    ("和国，而发，发主，动过，东～西就这工，有为工学分，", 13),
)
ELLIPTIC: Final = (
    ("中，法生而发，一行过以们……方我而行出要说了用人定的面，我于多动就。", 13),
    ("为，国出上，在，分面说，面学，……是成可下是多来我，大这以主也一", 13),
)


def no_row(wrong: str) -> Callable[[Lines], None]:
    def check(lines: Lines) -> None:
        rows = [text_of(line) for line in lines]
        assert len(rows) > 1
        assert not any(re.search(wrong, row) for row in rows), rows

    return check


def keeps_whole(unit: str, times: int) -> Callable[[Lines], None]:
    def check(lines: Lines) -> None:
        rows = [text_of(line) for line in lines]
        assert "".join(rows).count(unit) == times, rows
        assert sum(row.count(unit) for row in rows) == times, rows

    return check


def parts(first: str, second: str) -> Callable[[Lines], None]:
    def check(lines: Lines) -> None:
        rows = [text_of(line) for line in lines]
        assert any(row.endswith(first) and after.startswith(second) for row, after in pairwise(rows)), rows
        assert sum(row.count(second) for row in rows) == 9, rows

    return check


def parted_range(lines: Lines) -> None:
    rows = [text_of(line) for line in lines]
    assert not any(row.startswith("—") for row in rows), rows
    assert any(row.endswith("—") for row in rows), rows
    assert sum(row.count("20260101") + row.count("20261231") for row in rows) == 14, rows


def parts_pairs(mark: str) -> Callable[[Lines], None]:
    def check(lines: Lines) -> None:
        rows = [text_of(line) for line in lines]
        assert all(row.count(mark) % 2 == 0 for row in rows), rows
        assert any(row.startswith(mark * 2) and not row.startswith(mark * 4) for row in rows[1:]), rows

    return check


def full_lines(measure: float) -> Callable[[Lines], None]:
    def check(lines: Lines) -> None:
        assert len(lines) == 2
        assert all(near(body(line[-1])[1], measure) for line in lines)

    return check


def fits_measure(measure: float) -> Callable[[Lines], None]:
    def check(lines: Lines) -> None:
        assert all(body(line[-1])[1] <= measure + 0.003 for line in lines), [text_of(line) for line in lines]

    return check


def address_breaks(*settings: Lines) -> None:
    ends = set()
    for lines in settings:
        rows = [text_of(line) for line in lines]
        for row, after in pairwise(rows):
            if row[-1].isascii() and after[0].isascii():
                ends.add(row[-1])
    assert ends, "no address was broken"
    assert ends <= {"/", "."}, ends


# --- the last line -------------------------------------------------------------------------------------------------


def last_lines() -> Iterator[Case]:
    yield one("CLReq 3.5.1 last line solid", Setting(text="中中中中中中。中，文", measure=6), last_solid)
    yield one(
        "CLReq 3.5.1 last line: pairs squeezed all the same",
        Setting(text=f"{'中' * 6}」「（文）」", measure=6, level="none", rules=FULL),
        last_pairs,
    )
    yield Case(
        id="CLReq 3.4.4 no lone Han in the last line",
        settings=tuple(Setting(text=f"{'文，中' * 4}{'文' * k}。", measure=8) for k in range(3, 19)),
        check=no_runt,
    )
    yield Case(
        id="house no lone digit or letter in the last line",
        settings=tuple(
            Setting(text=f"{'文，中' * 4}{'文' * k}{char}。", measure=8) for k in range(3, 19) for char in "7A"
        ),
        check=no_runt,
    )
    yield Case(
        id="house a last line of two em at least where it costs little",
        settings=tuple(Setting(text=text, measure=measure) for text, measure in SHORT),
        check=two_em,
    )


# Texts that would end on a line of less than two em, were it free.
SHORT: Final = (
    ("要定发成们，在。中我在主种到到，也，在以法，于能在大7%。", 13),
    ("后来的要所生。定，我。也定会时们多，来也我主用5%。", 11),
    ("一也分，分在子，和不过子的地了，我，定个方用成于成而。一国主主是行7%。", 11),
)


def last_solid(lines: Lines) -> None:
    assert [text_of(line) for line in lines] == ["中中中中中", "中。中，文"]
    assert all(near(gap, 0.25) for gap in blanks(lines[0]))
    for gap, wanted in zip(blanks(lines[1]), (0, 0.5, 0, 0.5), strict=True):
        assert near(gap, wanted), blanks(lines[1])


def last_pairs(lines: Lines) -> None:
    assert text_of(lines[-1]) == "」「（文）」"
    for gap, wanted in zip(blanks(lines[-1]), (0.5, 0, 0, 0, 0), strict=True):
        assert near(gap, wanted), blanks(lines[-1])


def no_runt(*settings: Lines) -> None:
    for lines in settings:
        assert len(lines) > 1
        letters = [glyph for glyph in lines[-1] if glyph.text not in "。，"]
        assert len(letters) >= 2, [text_of(line) for line in lines]


def two_em(*settings: Lines) -> None:
    for lines in settings:
        assert body(lines[-1][-1])[1] >= 2, [text_of(line) for line in lines]


def cases() -> tuple[Case, ...]:
    """Return all cases; the ids are unique."""
    makers = (
        blanks_by_side, fixed_widths, pair_matrix, line_edges, hanging, squeezing, spreading, mixed_text, prohibitions,
        unbreakable, last_lines,
    )  # fmt: skip
    return tuple(case for make in makers for case in make())
