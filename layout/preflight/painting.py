"""Rules about what pages paint: colour spaces, ink, overprint, resolution, small text, thin lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, Literal

from layout.plates.colours import ALL, NONE, PROCESS, Colour, Space
from layout.preflight.boxes import overlap
from layout.preflight.rules import LIMITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from layout.condition import PrintCondition
    from layout.plates.colours import Inks
    from layout.preflight.content import Paint
    from layout.preflight.report import Box, Findings, Sheet
    from layout.preflight.rules import Flavour

WORDS: Final = {
    "fill": ("a filled area", "色块"),
    "stroke": ("a line", "线条"),
    "text": ("text", "文字"),
    "picture": ("a picture", "图片"),
    "mask": ("a picture mask", "图片蒙版"),
    "shading": ("a shading", "渐变"),
}
"""What is painted, in both languages."""

KINDS: Final = {
    "k": ("black", "黑色"),
    "single_tint": ("one-ink", "单色"),
    "multi": ("several-ink", "多色"),
    "reversed": ("reversed", "反白"),
}
"""How text and lines are printed, in both languages; the keys are those of the print condition's minima."""

FULL: Final = 0.995
"""A share of ink that prints solid: what is written as 1 to two decimals."""

TRACE: Final = 0.005
"""A share of ink below this does not print."""

PER_MILLE: Final = 1000


class PaintRules:
    """The rules that one page's paints are held to."""

    def __init__(
        self,
        sheet: Sheet,
        printed: Box,
        flavour: Flavour,
        condition: PrintCondition,
        intent: str,
        findings: Findings,
    ) -> None:
        """Take the page, what of it is printed, and the hash of the output intent's profile."""
        self._sheet = sheet
        self._printed = printed
        self._flavour = flavour
        self._condition = condition
        self._intent = intent
        self._findings = findings
        self._by_kind: dict[str, Callable[[Paint, Inks | None], None]] = {
            "text": self._text,
            "stroke": self._line,
            "fill": self._fill,
            "picture": self._picture,
            "mask": self._picture,
        }

    def check(self, paint: Paint) -> None:
        """Hold a paint to every rule; what stands outside the printed area only to those of the standard."""
        space = paint.space or (paint.colour.space if paint.colour is not None else None)
        if space is not None:
            self._spaces(space, paint)
        if overlap(paint.box, self._printed) is None:
            return
        inks = paint.colour.inks if paint.colour is not None else None
        if paint.colour is not None and inks is not None:
            self._ink(paint, paint.colour, inks)
            self._white(paint, paint.colour, inks)
        check = self._by_kind.get(paint.kind)
        if check is not None:
            check(paint, inks)

    def _add(self, code: str, paint: Paint, **values: object) -> None:
        self._findings.add(code, self._sheet, paint.box, **values)

    # --- colour spaces ----------------------------------------------------------------------------------------

    def _spaces(self, space: Space, paint: Paint) -> None:
        what, what_zh = WORDS[paint.kind]
        for part in space.chain():
            cmyk = part.family == "ICCBased" and part.components == 4
            if cmyk and (self._flavour.name == "x1a" or part.profile == self._intent):
                self._add("E752", paint, what=what, what_zh=what_zh)
            elif part.family not in self._flavour.spaces:
                self._add("E751", paint, space=part.family, what=what, what_zh=what_zh)
            if part.family in {"Separation", "DeviceN"}:
                self._colourants(part, paint)

    def _colourants(self, part: Space, paint: Paint) -> None:
        what, what_zh = WORDS[paint.kind]
        for name in part.names:
            if name == ALL:
                if overlap(paint.box, self._printed) is not None:
                    self._add("E756", paint, what=what, what_zh=what_zh)
            elif name not in {*PROCESS, NONE}:
                self._add("E755", paint, name=name, what=what, what_zh=what_zh)
        under = part.under
        if under is not None and under.family not in {"DeviceCMYK", "DeviceGray"}:
            self._add("E757", paint, name=" ".join(part.names), space=under.family)

    # --- ink and overprint ------------------------------------------------------------------------------------

    def _ink(self, paint: Paint, colour: Colour, inks: Inks) -> None:
        total, limit = 100 * sum(inks), self._condition.ink_limit
        if total > limit + 0.5 and colour.space.names != (ALL,):
            what, what_zh = WORDS[paint.kind]
            values = {"ink": colour, "total": f"{total:.0f}", "limit": f"{limit:g}"}
            self._add("E791", paint, what=what, what_zh=what_zh, **values)

    def _white(self, paint: Paint, colour: Colour, inks: Inks) -> None:
        vanishes = paint.opm == 1 or colour.space.family != "DeviceCMYK"
        if paint.overprints and vanishes and max(inks) < TRACE:
            what, what_zh = WORDS[paint.kind]
            self._add("E789", paint, what=what.removeprefix("a "), what_zh=what_zh)

    # --- text, lines, pictures --------------------------------------------------------------------------------

    def _text(self, paint: Paint, inks: Inks | None) -> None:
        kind = _kind(inks)
        minima = self._condition.text_min
        limit = {
            "k": minima.k,
            "single_tint": minima.single_tint,
            "multi": minima.multi,
            "reversed": minima.reversed,
        }[kind] / PER_MILLE
        if paint.size < limit - 0.005:
            word, word_zh = KINDS[kind]
            self._add("W785", paint, kind=word, kind_zh=word_zh, size=f"{paint.size:.1f}", limit=f"{limit:g}")
        if inks is None or paint.colour is None:
            return
        rich = inks[3] >= LIMITS.rich_black and max(inks[:3]) >= TRACE
        if rich and paint.size < LIMITS.rich_black_size and paint.colour.space.names != (ALL,):
            size = f"{paint.size:.1f}"
            self._add("E787", paint, size=size, ink=paint.colour, limit=f"{LIMITS.rich_black_size:g}")
        if _solid_black(inks) and not _overprints(paint) and paint.size <= LIMITS.black_text_size:
            self._add("W788", paint, size=f"{paint.size:.1f}")

    def _line(self, paint: Paint, inks: Inks | None) -> None:
        if paint.width is None:
            return
        kind = _kind(inks)
        minima = self._condition.line_min
        stated = {"k": minima.k, "single_tint": minima.k, "multi": minima.multi, "reversed": minima.reversed}
        limit = stated[kind] / PER_MILLE
        if paint.width < limit - 0.005:
            word, word_zh = KINDS[kind]
            width = f"{paint.width:.2f}"
            self._add("W786", paint, kind=word, kind_zh=word_zh, width=width, limit=f"{limit:g}")
        thin = paint.width <= LIMITS.black_line_width
        if inks is not None and _solid_black(inks) and thin and not _overprints(paint):
            self._add("W790", paint, width=f"{paint.width:.2f}")

    def _fill(self, paint: Paint, inks: Inks | None) -> None:
        """Hold a thin box to the rules of lines."""
        if paint.width is not None and paint.width <= LIMITS.black_line_width:
            self._line(paint, inks)

    def _picture(self, paint: Paint, _: Inks | None) -> None:
        pixels = paint.pixels
        if pixels is None or pixels.width * pixels.height <= LIMITS.small_picture or not pixels.ppi:
            return
        limits, ppi = self._condition.picture, math.floor(pixels.ppi + 0.5)
        if pixels.bits == 1:
            if ppi < LIMITS.line_art_ppi:
                self._add("W783", paint, ppi=ppi, limit=LIMITS.line_art_ppi)
        elif ppi < limits.error_ppi:
            self._add("E781", paint, ppi=ppi, limit=limits.error_ppi)
        elif ppi < limits.warn_ppi:
            self._add("W782", paint, ppi=ppi, limit=limits.warn_ppi)
        elif ppi > limits.max_ppi * LIMITS.spare_ppi:
            self._add("W784", paint, ppi=ppi, limit=limits.max_ppi)


def _kind(inks: Inks | None) -> Literal["k", "single_tint", "multi", "reversed"]:
    """Return how a colour prints: solid black, one ink, several inks (or unknown ones), none at all."""
    if inks is None:
        return "multi"
    printing = [value for value in inks if value >= TRACE]
    if not printing:
        return "reversed"
    if len(printing) > 1:
        return "multi"
    return "k" if inks[3] >= FULL else "single_tint"


def _solid_black(inks: Inks) -> bool:
    return inks[3] >= FULL and max(inks[:3]) < TRACE


def _overprints(paint: Paint) -> bool:
    """Return whether a black paint leaves the other inks alone: overprint mode 1, or black as a separation."""
    if paint.colour is None or not paint.overprints:
        return False
    space = paint.colour.space
    return space.names == ("Black",) or (space.family == "DeviceCMYK" and paint.opm == 1)
