"""The rule table: what a press file is held to, and by which clause.

Letters and numbers are those of print.md 1 (PDF/X-1a:2003, ISO 15930-4; PDF/X-4, ISO 15930-7) and 2 (what newspapers
ask for beside the standards). The texts are in `layout.diagnostics.codes`; thresholds come from the print condition
and from `LIMITS`. A rule's severity is its code's letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

FlavourName = Literal["x1a", "x4"]

BOTH: Final[frozenset[FlavourName]] = frozenset({"x1a", "x4"})
X1A: Final[frozenset[FlavourName]] = frozenset({"x1a"})
X4: Final[frozenset[FlavourName]] = frozenset({"x4"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, the clause of print.md, the flavours it holds for, what it asks, and how to mend it."""

    code: str
    clause: str
    flavours: frozenset[FlavourName]
    asks: str
    mend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavour:
    """What one flavour of press file asks of a file, where the flavours differ in more than whether a rule holds.

    Attributes:
        name: as the command line knows it.
        title: the standard's name.
        identifications: values of GTS_PDFXVersion that claim it.
        version: the highest PDF version; `exact` means no lower one either.
        filters: stream filters that are forbidden.
        spaces: families of colour spaces that are allowed.
        needs_profile: the output intent must carry its profile, whatever its identifier.
        icc_versions: major versions of ICC profiles that an output intent may carry.
        in_xmp: the identification must be in XMP.
    """

    name: FlavourName
    title: str
    identifications: frozenset[str]
    version: tuple[int, int]
    exact: bool
    filters: frozenset[str]
    spaces: frozenset[str]
    needs_profile: bool
    icc_versions: frozenset[int]
    in_xmp: bool


_PROCESS: Final = frozenset({"DeviceGray", "DeviceCMYK", "Separation", "DeviceN", "Indexed", "Pattern"})

FLAVOURS: Final[Mapping[FlavourName, Flavour]] = MappingProxyType(
    {
        "x1a": Flavour(
            name="x1a",
            title="PDF/X-1a",
            identifications=frozenset({"PDF/X-1:2001", "PDF/X-1a:2001", "PDF/X-1a:2003"}),
            version=(1, 4),
            exact=False,
            filters=frozenset({"LZWDecode", "LZW", "JBIG2Decode", "JPXDecode", "Crypt"}),
            spaces=_PROCESS,
            needs_profile=False,
            icc_versions=frozenset({2}),
            in_xmp=False,
        ),
        "x4": Flavour(
            name="x4",
            title="PDF/X-4",
            identifications=frozenset({"PDF/X-4"}),
            version=(1, 6),
            exact=True,
            filters=frozenset({"LZWDecode", "LZW", "Crypt"}),
            spaces=_PROCESS | {"ICCBased", "CalGray", "CalRGB", "Lab"},
            needs_profile=True,
            icc_versions=frozenset({2, 4}),
            in_xmp=True,
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Thresholds that print conditions do not carry. Sizes and widths in points, areas in mm².

    Attributes:
        line_art_ppi: 1-bit pictures below this are ragged on newsprint (Archant, MGB: print.md 2.1).
        spare_ppi: pictures finer than the condition's `max_ppi` times this were not reduced for the press.
        small_picture: pictures of at most so many pixels in all are blocks of colour (GWG 2015).
        rich_black: from this share of black on, with any other ink, a text is a rich black (GWG 2015).
        rich_black_size: below this size text must not be in rich black (print.md 2.2).
        black_text_size: up to this size black text must overprint; larger heads may knock out over pictures.
        black_line_width: up to this width black lines must overprint (GWG 2015: thin black lines).
        line_aspect: a filled box so many times as long as it is wide is a line; shorter ones are parts of drawings.
        ink_area: the area that total ink is averaged over (GWG 2015; print.md 2.2).
        box_tolerance: page boxes may disagree by this.
        width_tolerance: widths may differ from the font program by this, in 1/1000 em (rounding).
    """

    line_art_ppi: int = 600
    spare_ppi: float = 1.5
    small_picture: int = 16
    rich_black: float = 0.8
    rich_black_size: float = 30
    black_text_size: float = 24
    black_line_width: float = 2
    line_aspect: float = 20
    ink_area: float = 15
    box_tolerance: float = 0.01
    width_tolerance: float = 1


LIMITS: Final = Limits()

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        rule.code: rule
        for rule in (
            Rule("E700", "F", BOTH, "a PDF file that can be opened"),
            Rule(
                "E701",
                "F1",
                BOTH,
                "header and catalog name no later PDF version than the flavour's",
                "export the file again as PDF/X-1a or PDF/X-4",
            ),
            Rule("E702", "F2", BOTH, "four bytes of 0x80 and above in a comment after the header"),
            Rule("E703", "F3", BOTH, "two file identifiers in the trailer"),
            Rule("E704", "F4", BOTH, "no encryption", "save the file without a password or restrictions"),
            Rule("E705", "F5, A3", X1A, "nothing of PDF 1.5: object and cross-reference streams, optional content"),
            Rule("E706", "F6", BOTH, "no stream whose data is another file"),
            Rule("E707", "F7", BOTH, "no forbidden compression"),
            Rule("E708", "F", BOTH, "a file that needs no repair"),
            Rule("E709", "F", BOTH, "a file within the bounds of checking"),
            Rule("E711", "M1", X1A, "title and dates in the document information"),
            Rule("E712", "M2", BOTH, "Trapped is True or False"),
            Rule(
                "E713",
                "M3",
                BOTH,
                "the PDF/X version is named where the flavour wants it",
                "export the file as PDF/X-1a:2003 or PDF/X-4",
            ),
            Rule("E714", "M4", X4, "an unfiltered XMP packet with the properties that PDF/X-4 lists"),
            Rule("E715", "M4", BOTH, "document information and XMP say the same"),
            Rule(
                "E721",
                "O1",
                BOTH,
                "exactly one output intent for PDF/X",
                "export the file with the press's profile as its only output intent",
            ),
            Rule("E722", "O2", BOTH, "the output condition is identified"),
            Rule("E723", "O3", BOTH, "the output intent carries its profile or names a registered condition"),
            Rule("E724", "O4", BOTH, "the profile is an output profile for CMYK or grey of the right version"),
            Rule("E725", "O5", BOTH, "PDF/X and PDF/A intents share one profile"),
            Rule(
                "W726",
                "O4",
                BOTH,
                "the profile is the print condition's",
                "convert the colours to the press's profile, or ask the press whether it takes this one",
            ),
            Rule(
                "E731",
                "B1",
                BOTH,
                "a MediaBox, and exactly one of TrimBox and ArtBox",
                "set the TrimBox to the finished size",
            ),
            Rule("E732", "B1", BOTH, "TrimBox within BleedBox within MediaBox"),
            Rule("E733", "B2", BOTH, "viewer preferences show and print the MediaBox or BleedBox"),
            Rule("E734", "B3", BOTH, "no UserUnit"),
            Rule("W735", "B4", BOTH, "pages stand upright"),
            Rule("W736", "B4", BOTH, "all pages have one size"),
            Rule("W737", "GWG", BOTH, "no empty page"),
            Rule(
                "E741",
                "T1",
                BOTH,
                "every font that is used is embedded",
                "embed all fonts, or turn the text into outlines",
            ),
            Rule(
                "E742",
                "T2",
                BOTH,
                "widths are those of the font program",
                "embed the font again from the program that wrote the file",
            ),
            Rule("E743", "T3", BOTH, "composite fonts have a CIDToGIDMap and an encoding of their own"),
            Rule("W744", "T4", BOTH, "no Type 3 fonts"),
            Rule("E745", "T4", BOTH, "no missing glyph is shown"),
            Rule("W746", "T4", BOTH, "no Courier"),
            Rule("W747", "T", BOTH, "text can be read back"),
            Rule(
                "E748",
                "T",
                BOTH,
                "the font's maker allows embedding",
                "ask the font's maker for a licence, or take another font",
            ),
            Rule("E749", "T", BOTH, "font programs can be read"),
            Rule(
                "E751", "C1", BOTH, "only the flavour's colour spaces", "convert it to CMYK; PDF/X-4 takes tagged RGB"
            ),
            Rule(
                "E752",
                "C2",
                BOTH,
                "no ICC-based CMYK in PDF/X-1a, none with the intent's profile in PDF/X-4",
                "use plain CMYK for what is meant for this press",
            ),
            Rule("E753", "C3", X1A, "no pictures of 16 bits"),
            Rule("E754", "C4", BOTH, "no alternate pictures for printing"),
            Rule("E755", "2.1", BOTH, "no spot colours", "convert it to process colours"),
            Rule("E756", "2.2", BOTH, "registration colour only outside the page"),
            Rule("E757", "C1", X1A, "Separation and DeviceN fall back on CMYK or grey"),
            Rule("E761", "G1", BOTH, "no TR"),
            Rule("E762", "G2", BOTH, "no TR2 but Default"),
            Rule("E763", "G3", BOTH, "no HTP"),
            Rule("E764", "G4", BOTH, "halftones of type 1 or 5, unnamed, without transfer function"),
            Rule("E765", "G5", X1A, "no transparency", "flatten transparency, or hand in PDF/X-4"),
            Rule("E766", "G5", X4, "transparency blends in CMYK"),
            Rule("E771", "X1", BOTH, "no PostScript"),
            Rule("E772", "X2", BOTH, "no OPI"),
            Rule("E773", "X3", BOTH, "no reference XObjects"),
            Rule("E774", "A1", BOTH, "no annotation on the page", "take the annotation out, or off the page"),
            Rule("E775", "A2", BOTH, "no actions, scripts, forms", "take actions, scripts and forms out"),
            Rule("E776", "A3", X4, "optional content has named configurations that list every group"),
            Rule("E777", "A4", BOTH, "no embedded files or media"),
            Rule("E778", "P1", BOTH, "no pre-separated pages"),
            Rule("E779", "X1", BOTH, "only operators that the PDF standard defines"),
            Rule(
                "E781",
                "2.2",
                BOTH,
                "pictures have the condition's least resolution",
                "put a larger picture in its place, or set it smaller",
            ),
            Rule(
                "W782",
                "2.2",
                BOTH,
                "pictures have the condition's wanted resolution",
                "put a larger picture in its place, or set it smaller",
            ),
            Rule("W783", "2.1", BOTH, "line art is fine enough"),
            Rule("W784", "2.2", BOTH, "pictures are no finer than newsprint shows"),
            Rule("W785", "2.2", BOTH, "text is no smaller than the condition's minima"),
            Rule("W786", "2.2", BOTH, "lines are no thinner than the condition's minima"),
            Rule("E787", "2.2", BOTH, "no small text in rich black", "set it in 100 % black alone"),
            Rule("W788", "2.2", BOTH, "black text overprints", "let 100 % black text overprint (overprint mode 1)"),
            Rule("E789", "2.1", BOTH, "white never overprints", "let white knock out"),
            Rule("W790", "GWG", BOTH, "thin black lines overprint"),
            Rule(
                "E791",
                "2.2",
                BOTH,
                "no colour over the ink limit",
                "take cyan, magenta and yellow back where black is strong",
            ),
            Rule(
                "E792",
                "2.2",
                BOTH,
                "no area of the plates over the ink limit",
                "convert the picture with a profile of this ink limit",
            ),
            Rule("W793", "2.2", BOTH, "the page can be separated into plates"),
        )
    }
)
"""Every rule by its code."""

_MEND_ZH: Final = MappingProxyType(
    {
        "export the file again as PDF/X-1a or PDF/X-4": "请重新导出为 PDF/X-1a 或 PDF/X-4",
        "save the file without a password or restrictions": "请另存为不带密码和限制的文件",
        "export the file as PDF/X-1a:2003 or PDF/X-4": "请导出为 PDF/X-1a:2003 或 PDF/X-4",
        "export the file with the press's profile as its only output intent": (
            "请以印刷机的特性文件为唯一输出意图重新导出"
        ),
        "convert the colours to the press's profile, or ask the press whether it takes this one": (
            "请转换到印刷机的特性文件，或向印厂确认可否使用现有的"
        ),
        "set the TrimBox to the finished size": "请把 TrimBox 设为成品尺寸",
        "embed all fonts, or turn the text into outlines": "请嵌入全部字体，或把文字转曲",
        "embed the font again from the program that wrote the file": "请在原制作软件中重新嵌入字体",
        "ask the font's maker for a licence, or take another font": "请向字体厂商取得授权，或改用其他字体",
        "convert it to CMYK; PDF/X-4 takes tagged RGB": "请转为 CMYK；PDF/X-4 可用带特性文件的 RGB",
        "use plain CMYK for what is meant for this press": "针对本机印刷的内容请用不带特性文件的 CMYK",
        "convert it to process colours": "请转为四色",
        "flatten transparency, or hand in PDF/X-4": "请拼合透明，或交 PDF/X-4",
        "take the annotation out, or off the page": "请删去注释，或移出版面",
        "take actions, scripts and forms out": "请删去动作、脚本和表单",
        "put a larger picture in its place, or set it smaller": "请换用更大的图片，或缩小使用",
        "set it in 100 % black alone": "请只用 100% 单黑",
        "let 100 % black text overprint (overprint mode 1)": "请让 100% 黑字叠印（叠印模式 1）",
        "let white knock out": "请让白色镂空",
        "take cyan, magenta and yellow back where black is strong": "黑色重的地方请减去青、品红、黄",
        "convert the picture with a profile of this ink limit": "请用此墨量上限的特性文件转换图片",
    }
)
"""How to mend things in Chinese, by the English text."""


def mend_zh(rule: Rule) -> str:
    """Return how to mend what breaks a rule, in Chinese; empty where the rule does not say."""
    return _MEND_ZH[rule.mend] if rule.mend else ""
