"""Ways of spoiling a good press file, each for one rule: on its objects or its bytes, never through our writer.

`MUTATIONS` is the table; `spoiled` applies one. A mutation may state further rules that must notice it as well.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

Obj = Any
"""An object of a PDF, or a function that makes one for a file."""

Flavour = Literal["x1a", "x4"]
Change = Callable[[Obj], None]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One way: the rule that must notice, the file it is done to, what is done, and which rules notice too."""

    code: str
    flavour: Flavour
    what: str
    change: Change | None = None
    raw: Callable[[bytes], bytes] | None = None
    also: frozenset[str] = frozenset()
    save: tuple[tuple[str, object], ...] = ()


def spoiled(good: bytes, mutation: Mutation) -> bytes:
    """Return a good file with one thing wrong."""
    if mutation.change is not None:
        with pikepdf.open(BytesIO(good)) as pdf:
            mutation.change(pdf)
            out = BytesIO()
            options: dict[str, Obj] = {
                "object_stream_mode": pikepdf.ObjectStreamMode.disable,
                "fix_metadata_version": False,
                **dict(mutation.save),
            }
            if "encryption" not in options:
                options |= {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
            pdf.save(out, **options)
            good = out.getvalue()
    return mutation.raw(good) if mutation.raw is not None else good


# --- helpers --------------------------------------------------------------------------------------------------


def page(pdf: Pdf) -> Obj:
    return pdf.pages[0].obj


def paint(operators: str, **resources: dict[str, Obj]) -> Change:
    """Return a change that paints more on the first page, with these resources."""

    def change(pdf: Pdf) -> None:
        obj = page(pdf)
        for category, named in resources.items():
            key = f"/{category}"
            if key not in obj.Resources:
                obj.Resources[key] = Dictionary()
            for name, made in named.items():
                obj.Resources[key][f"/{name}"] = made(pdf) if callable(made) else made
        old = obj.Contents
        parts = list(old) if isinstance(old, Array) else [old]
        content = f"q {operators} Q\n".encode("latin-1")
        obj.Contents = Array([*parts, pdf.make_stream(content)])

    return change


def image(width: int = 100, height: int = 100, space: str = "DeviceCMYK", bits: int = 8, **more: Obj) -> Obj:
    """Return a maker of a picture."""

    def make(pdf: Pdf) -> Obj:
        count = {"DeviceCMYK": 4, "DeviceRGB": 3, "DeviceGray": 1}[space]
        data = zlib.compress(bytes((width * count * bits + 7) // 8 * height))
        entries = {key: value(pdf) if callable(value) else value for key, value in more.items()}
        stream = {
            "Type": Name.XObject,
            "Subtype": Name.Image,
            "Width": width,
            "Height": height,
            "BitsPerComponent": bits,
            "ColorSpace": Name(f"/{space}"),
            "Filter": Name.FlateDecode,
            **entries,
        }
        return pdf.make_indirect(Stream(pdf, data, **stream))

    return make


def form(operators: bytes, **more: Obj) -> Obj:
    """Return a maker of a form."""

    def make(pdf: Pdf) -> Obj:
        entries = {key: value(pdf) if callable(value) else value for key, value in more.items()}
        kept = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 500, 500])}
        return pdf.make_indirect(Stream(pdf, operators, **(kept | entries)))

    return make


def root(**entries: Obj) -> Change:
    def change(pdf: Pdf) -> None:
        for name, value in entries.items():
            pdf.Root[f"/{name}"] = value(pdf) if callable(value) else value

    return change


def on_page(**entries: Obj) -> Change:
    def change(pdf: Pdf) -> None:
        for name, value in entries.items():
            if value is None:
                del page(pdf)[f"/{name}"]
            else:
                page(pdf)[f"/{name}"] = value(pdf) if callable(value) else value

    return change


def info(**entries: Obj) -> Change:
    def change(pdf: Pdf) -> None:
        for name, value in entries.items():
            if value is None:
                del pdf.docinfo[f"/{name}"]
            else:
                pdf.docinfo[f"/{name}"] = value

    return change


def xmp(old: bytes, new: bytes) -> Change:
    def change(pdf: Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        assert old in packet
        pdf.Root.Metadata.write(packet.replace(old, new))

    return change


def intent(**entries: Obj) -> Change:
    def change(pdf: Pdf) -> None:
        made = pdf.Root.OutputIntents[0]
        for name, value in entries.items():
            if value is None:
                del made[f"/{name}"]
            else:
                made[f"/{name}"] = value(pdf) if callable(value) else value

    return change


def profile(edit: Callable[[bytearray], object], components: int = 4) -> Change:
    """Return a change of the profile that both output intents share."""

    def change(pdf: Pdf) -> None:
        data = bytearray(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())
        edit(data)
        made = pdf.make_indirect(Stream(pdf, bytes(data), N=components))
        for item in pdf.Root.OutputIntents:
            item.DestOutputProfile = made

    return change


def put(at: int, data: bytes) -> Callable[[bytearray], object]:
    def edit(whole: bytearray) -> None:
        whole[at : at + len(data)] = data

    return edit


def state(**entries: Obj) -> Change:
    """Return a change that sets a graphics state, written directly in the resources."""
    return paint("/Bad gs", ExtGState={"Bad": Dictionary(Type=Name.ExtGState, **entries)})


def each_font(subtype: str, change: Callable[[Pdf, Obj, Obj], object]) -> Change:
    """Return a change of every composite font whose descendant is of a kind: (file, font, descendant)."""

    def apply(pdf: Pdf) -> None:
        found = [font for font in page(pdf).Resources.Font.values() if font.DescendantFonts[0].Subtype == subtype]
        assert found
        for font in found[:1]:
            change(pdf, font, font.DescendantFonts[0])

    return apply


def separation(name: str, alternate: str = "DeviceCMYK", count: int = 4) -> Obj:
    def make(pdf: Pdf) -> Obj:
        tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * count, C1=[1] * count, N=1)
        return pdf.make_indirect(Array([Name.Separation, Name(f"/{name}"), Name(f"/{alternate}"), tint]))

    return make


def icc(source: Callable[[Pdf], bytes], count: int) -> Obj:
    def make(pdf: Pdf) -> Obj:
        return pdf.make_indirect(Array([Name.ICCBased, pdf.make_indirect(Stream(pdf, source(pdf), N=count))]))

    return make


def own_profile(pdf: Pdf) -> bytes:
    data: bytes = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    return data


def other_profile(pdf: Pdf) -> bytes:
    return own_profile(pdf) + b"\0"


def srgb(_: Pdf) -> bytes:
    from PIL import ImageCms

    data: bytes = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return data


def second_page(pdf: Pdf) -> None:
    pdf.pages.append(pdf.pages[0])
    obj = pdf.pages[1].obj
    for name in ("MediaBox", "TrimBox", "BleedBox"):
        obj[f"/{name}"] = Array([0, 0, 400, 500])
    del pdf.Root.PageLabels


def optional(**config: Obj) -> Change:
    def change(pdf: Pdf) -> None:
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("layer")))
        made = Dictionary(**{"Name": String("all"), "Order": Array([group]), **config})
        pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=made)

    return change


def annotation(subtype: str, **more: Obj) -> Change:
    def change(pdf: Pdf) -> None:
        made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([100, 100, 200, 200]), **more)
        page(pdf).Annots = Array([pdf.make_indirect(made)])

    return change


def restricted_os2(pdf: Pdf, _: Obj, descendant: Obj) -> None:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
    builder = FontBuilder(font=font)
    builder.setupCharacterMap({})
    builder.setupOS2(fsType=2)
    out = BytesIO()
    font.save(out)
    descendant.FontDescriptor.FontFile2 = pdf.make_stream(out.getvalue())


def wrong_widths(_: Pdf, __: Obj, descendant: Obj) -> None:
    descendant.DW = 700


def wrong_width(_: Pdf, __: Obj, descendant: Obj) -> None:
    first = next(index for index, item in enumerate(descendant.W) if isinstance(item, Array))
    descendant.W[first] = Array([int(item) + 40 for item in descendant.W[first]])


def garbled(pdf: Pdf, _: Obj, descendant: Obj) -> None:
    descriptor = descendant.FontDescriptor
    data = descriptor.FontFile3.read_bytes()
    descriptor.FontFile3 = pdf.make_indirect(Stream(pdf, data[:200] + bytes(300), Subtype=Name.CIDFontType0C))


def set_in(target: Callable[[Obj, Obj], Obj], key: str, value: Obj) -> Callable[[Pdf, Obj, Obj], None]:
    def change(pdf: Pdf, font: Obj, descendant: Obj) -> None:
        obj = target(font, descendant)
        if value is None:
            del obj[key]
        else:
            obj[key] = value(pdf) if callable(value) else value

    return change


def the_font(font: Obj, _: Obj) -> Obj:
    return font


def the_descendant(_: Obj, descendant: Obj) -> Obj:
    return descendant


def the_descriptor(_: Obj, descendant: Obj) -> Obj:
    return descendant.FontDescriptor


def replace_bytes(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return change


def type3(pdf: Pdf) -> Obj:
    glyph = pdf.make_stream(b"1000 0 d0 0 0 0 1 k 0 0 700 700 re f")
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            Name=Name("/Drawn"),
            FontBBox=[0, 0, 1000, 1000],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=65,
            LastChar=65,
            Widths=[1000],
            Encoding=Dictionary(Differences=Array([65, Name("/square")])),
            CharProcs=Dictionary(square=glyph),
            Resources=Dictionary(),
        )
    )


def helvetica(pdf: Pdf) -> Obj:
    return pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )


TEXT: Final = "/GSo gs BT /F0 {size} Tf 1 0 0 1 100 100 Tm {mode} <0041> Tj ET"
"""A glyph of the page's own first font; which one it is does not matter here."""


def first_code(pdf: Pdf) -> str:
    """Return a code that the page's first font shows, in hex."""
    cmap = page(pdf).Resources.Font.F0.ToUnicode.read_bytes().decode()
    code: str = cmap.split("beginbfchar\n", 1)[1].split(">", 1)[0].lstrip("<")
    return code


def text(size: float, colour: str, before: str = "/GSo gs", code: str = "") -> Change:
    """Return a change that sets one glyph of the page's first font."""

    def change(pdf: Pdf) -> None:
        shown = code or first_code(pdf)
        paint(f"{before} {colour} BT /F0 {size} Tf 1 0 0 1 100 100 Tm <{shown}> Tj ET")(pdf)

    return change


def both(*changes: Change) -> Change:
    def change(pdf: Pdf) -> None:
        for one in changes:
            one(pdf)

    return change


def shading(space: str) -> Obj:
    count = 3 if space == "DeviceRGB" else 4
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * count, C1=[1] + [0] * (count - 1), N=1)
    return Dictionary(ShadingType=2, ColorSpace=Name(f"/{space}"), Coords=[0, 0, 10, 10], Function=function)


def rgb_pattern(pdf: Pdf) -> Obj:
    entries = {
        "Type": Name.Pattern,
        "PatternType": 1,
        "PaintType": 1,
        "TilingType": 1,
        "BBox": Array([0, 0, 10, 10]),
        "XStep": 10,
        "YStep": 10,
        "Resources": Dictionary(),
    }
    return pdf.make_indirect(Stream(pdf, b"1 0 0 rg 0 0 5 5 re f", **entries))


def own_form(pdf: Pdf) -> Obj:
    """Return a form that shows itself."""
    made = form(b"/Self Do")(pdf)
    made.Resources = Dictionary(XObject=Dictionary(Self=made))
    return made


def device_n(pdf: Pdf) -> Obj:
    names = Array([Name.Cyan, Name("/Gold")])
    tint = Stream(pdf, b"{0 0}", FunctionType=4, Domain=[0, 1, 0, 1], Range=[0, 1] * 4)
    return pdf.make_indirect(Array([Name.DeviceN, names, Name.DeviceCMYK, pdf.make_indirect(tint)]))


DO: Final = "200 0 0 200 100 100 cm /Bad Do"
"""Shows a picture 200 points wide."""


def shown(make: Obj, **more: dict[str, Obj]) -> Change:
    return paint(DO, XObject={"Bad": make}, **more)


SOUND: Final = "300 0 0 300 100 100 cm /Bad Do"


def sharp(**more: Obj) -> Obj:
    """Return a maker of a picture that is sharp enough at 200 points."""
    return image(600, 600, **more)


ROWS: Final[tuple[Mutation, ...]] = (
    # F, the file
    Mutation("E700", "x1a", "the file is a text", raw=lambda _: b"Dear printer, see the attachment.\n"),
    Mutation("E700", "x1a", "the file is empty", raw=lambda _: b""),
    Mutation("E701", "x1a", "the header says 1.7", raw=replace_bytes(b"%PDF-1.4", b"%PDF-1.7")),
    Mutation("E701", "x4", "the header says 1.5", raw=replace_bytes(b"%PDF-1.6", b"%PDF-1.5")),
    Mutation("E701", "x1a", "the catalog says 1.5", root(Version=Name("/1.5"))),
    Mutation("E702", "x1a", "the second line is plain", raw=lambda data: data[:10] + b"abcd" + data[14:]),
    Mutation("E703", "x1a", "the trailer has no ID", raw=replace_bytes(b"/ID [", b"/XX [")),
    Mutation(
        "E704",
        "x1a",
        "encrypted, open to all",
        lambda _: None,
        save=(("encryption", pikepdf.Encryption(owner="o", user="", R=3, aes=False, metadata=False)),),
    ),
    Mutation(
        "E704",
        "x1a",
        "encrypted, with a password",
        lambda _: None,
        save=(("encryption", pikepdf.Encryption(owner="o", user="u", R=3, aes=False, metadata=False)),),
    ),
    Mutation(
        "E705",
        "x1a",
        "object streams",
        lambda _: None,
        save=(("object_stream_mode", pikepdf.ObjectStreamMode.generate),),
        also=frozenset({"E701"}),
    ),
    Mutation("E705", "x1a", "optional content", optional()),
    Mutation("E706", "x1a", "a picture's data is another file", shown(sharp(F=String("other.dat")))),
    Mutation(
        "E707",
        "x4",
        "LZW",
        shown(form(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", Filter=Name.LZWDecode)),
        also=frozenset({"E708", "E779"}),
    ),
    Mutation("E707", "x1a", "a picture in JPEG 2000", root(Bad=sharp(Filter=Name.JPXDecode))),
    Mutation("E707", "x1a", "a picture in JBIG2", root(Bad=sharp(Filter=Array([Name.JBIG2Decode])))),
    Mutation("E708", "x1a", "the last 4000 bytes are cut off", raw=lambda data: data[:-4000], also=frozenset({"*"})),
    Mutation("E708", "x1a", "a form shows itself", paint("/Bad Do", XObject={"Bad": own_form})),
    Mutation("E708", "x1a", "operands are missing", paint("10 10 re f")),
    # M, information and metadata
    Mutation("E711", "x1a", "no title", info(Title=None)),
    Mutation("E711", "x1a", "an empty date", info(ModDate=String(""))),
    Mutation("E712", "x1a", "Trapped is Unknown", info(Trapped=Name.Unknown)),
    Mutation("E712", "x4", "no Trapped", info(Trapped=None)),
    Mutation("E713", "x1a", "no GTS_PDFXVersion", info(GTS_PDFXVersion=None)),
    Mutation("E713", "x4", "the version is not in XMP", xmp(b">PDF/X-4<", b">PDF/X<")),
    Mutation("E714", "x4", "no VersionID", xmp(b"<xmpMM:VersionID>1</xmpMM:VersionID>", b"")),
    Mutation("E714", "x4", "no packet", lambda pdf: pdf.Root.__delitem__("/Metadata"), also=frozenset({"E713"})),
    Mutation(
        "E714",
        "x4",
        "the packet is packed",
        raw=replace_bytes(b"/Type /Metadata", b"/Filter[/Crypt]"),
        also=frozenset({"E707", "E713"}),
    ),
    Mutation(
        "E714", "x4", "the packet is no XML", lambda pdf: pdf.Root.Metadata.write(b"<x"), also=frozenset({"E713"})
    ),
    Mutation("E715", "x1a", "another title in the information", info(Title=String("another"))),
    Mutation("E715", "x4", "another date in the information", info(CreationDate=String("D:20200101000000Z"))),
    # O, output intents
    Mutation("E721", "x1a", "no output intent", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    Mutation(
        "E721",
        "x4",
        "two for PDF/X",
        lambda pdf: pdf.Root.OutputIntents[1].__setitem__("/S", Name.GTS_PDFX),
    ),
    Mutation("E722", "x1a", "no identifier", intent(OutputConditionIdentifier=None)),
    Mutation("E723", "x4", "no profile", intent(DestOutputProfile=None)),
    Mutation("E723", "x1a", "no profile, no registry", intent(DestOutputProfile=None, RegistryName=None)),
    Mutation("E724", "x1a", "a monitor's profile", profile(put(12, b"mntr")), also=frozenset({"W726"})),
    Mutation("E724", "x1a", "an RGB profile", profile(put(16, b"RGB ")), also=frozenset({"W726"})),
    Mutation("E724", "x1a", "N is 3", profile(lambda _: None, 3)),
    Mutation("E724", "x1a", "ICC version 4", profile(put(8, b"\4")), also=frozenset({"W726"})),
    Mutation("E724", "x4", "no profile at all", profile(lambda data: data.clear()), also=frozenset()),
    Mutation(
        "E725",
        "x1a",
        "PDF/A has a profile of its own",
        lambda pdf: pdf.Root.OutputIntents[1].__setitem__(
            "/DestOutputProfile", pdf.make_indirect(Stream(pdf, own_profile(pdf), N=4))
        ),
    ),
    Mutation("W726", "x1a", "another press's profile", profile(lambda data: data.extend(b"\0"))),
    # B, boxes
    Mutation("E731", "x1a", "no TrimBox", on_page(TrimBox=None)),
    Mutation("E731", "x1a", "an ArtBox too", on_page(ArtBox=Array([10, 10, 100, 100]))),
    Mutation("E732", "x1a", "the TrimBox reaches outside", on_page(TrimBox=Array([-20, 0, 700, 1000]))),
    Mutation("E732", "x1a", "the CropBox cuts the page", on_page(CropBox=Array([100, 100, 300, 300]))),
    Mutation("E733", "x1a", "prints the CropBox", root(ViewerPreferences=Dictionary(PrintArea=Name.CropBox))),
    Mutation("E734", "x4", "a UserUnit", on_page(UserUnit=2)),
    Mutation("W735", "x1a", "turned", on_page(Rotate=90)),
    Mutation("W736", "x1a", "a second page of another size", second_page),
    Mutation("W737", "x1a", "an empty page", lambda pdf: page(pdf).__setitem__("/Contents", pdf.make_stream(b"q Q"))),
    # T, fonts
    Mutation(
        "E741", "x1a", "a program is missing", each_font("/CIDFontType0", set_in(the_descriptor, "/FontFile3", None))
    ),
    Mutation(
        "E741", "x1a", "Helvetica", paint("BT /Bad 12 Tf <41> Tj ET", Font={"Bad": helvetica}), also=frozenset({"W788"})
    ),
    Mutation("E742", "x1a", "another default width", each_font("/CIDFontType0", wrong_widths)),
    Mutation("E742", "x4", "a width in TrueType", each_font("/CIDFontType2", wrong_widths)),
    Mutation(
        "E743",
        "x1a",
        "no CIDToGIDMap",
        each_font("/CIDFontType2", set_in(the_descendant, "/CIDToGIDMap", None)),
        also=frozenset({"E742", "E745"}),
    ),
    Mutation(
        "E743",
        "x1a",
        "an encoding that is not in the file",
        each_font("/CIDFontType0", set_in(the_font, "/Encoding", Name("/UniGB-UCS2-H"))),
    ),
    Mutation("W744", "x1a", "Type 3", paint("/GSo gs 0 0 0 1 k BT /Bad 12 Tf <41> Tj ET", Font={"Bad": type3})),
    Mutation("E745", "x1a", "a glyph that is not there", text(12, "0 0 0 1 k", code="fffe"), also=frozenset({"W747"})),
    Mutation(
        "W746",
        "x1a",
        "Courier",
        each_font("/CIDFontType0", set_in(the_font, "/BaseFont", Name("/ABCDEF+Courier-Bold"))),
    ),
    Mutation("W747", "x1a", "no ToUnicode", each_font("/CIDFontType0", set_in(the_font, "/ToUnicode", None))),
    Mutation(
        "W747",
        "x4",
        "an empty ToUnicode",
        each_font("/CIDFontType0", set_in(the_font, "/ToUnicode", lambda pdf: pdf.make_stream(b"begincmap endcmap"))),
    ),
    Mutation("E748", "x1a", "a font that forbids embedding", each_font("/CIDFontType2", restricted_os2)),
    Mutation("E749", "x1a", "a damaged program", each_font("/CIDFontType0", garbled)),
    # C, colour
    Mutation("E751", "x1a", "an RGB fill", paint("1 0 0 rg 100 100 50 50 re f")),
    Mutation("E751", "x4", "an untagged RGB picture", shown(sharp(space="DeviceRGB"))),
    Mutation(
        "E751",
        "x1a",
        "an RGB picture of pixels in the content",
        paint("200 0 0 200 100 100 cm BI /W 2 /H 2 /CS /RGB /BPC 8 ID 123456789012 EI"),
    ),
    Mutation(
        "E751",
        "x1a",
        "RGB in a form in a form",
        paint(
            "/Bad Do",
            XObject={
                "Bad": form(
                    b"/In Do",
                    Resources=lambda pdf: Dictionary(
                        XObject=Dictionary(In=form(b"1 w 0 1 0 RG 100 100 m 200 200 l S")(pdf))
                    ),
                )
            },
        ),
    ),
    Mutation(
        "E751",
        "x1a",
        "RGB in a pattern",
        paint("/Pattern cs /Bad scn 100 100 50 50 re f", Pattern={"Bad": rgb_pattern}),
    ),
    Mutation(
        "E751", "x1a", "an RGB shading", paint("100 100 50 50 re W n /Bad sh", Shading={"Bad": shading("DeviceRGB")})
    ),
    Mutation(
        "E751", "x1a", "tagged RGB", paint("/Bad cs 1 0 0 scn 100 100 50 50 re f", ColorSpace={"Bad": icc(srgb, 3)})
    ),
    Mutation(
        "E751",
        "x1a",
        "RGB under a palette",
        shown(
            image(
                600,
                600,
                "DeviceGray",
                ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\0\0\0\xff\xff\xff")]),
            )
        ),
    ),
    Mutation(
        "E752",
        "x1a",
        "tagged CMYK",
        paint("/Bad cs 0 0 0 1 scn 100 100 50 50 re f", ColorSpace={"Bad": icc(other_profile, 4)}),
    ),
    Mutation(
        "E752",
        "x4",
        "CMYK tagged with the intent's profile",
        paint("/Bad cs 0 0 0 1 scn 100 100 50 50 re f", ColorSpace={"Bad": icc(own_profile, 4)}),
    ),
    Mutation("E753", "x1a", "16 bits", shown(sharp(bits=16))),
    Mutation(
        "E754",
        "x1a",
        "an alternate picture",
        shown(sharp(Alternates=lambda pdf: Array([Dictionary(Image=sharp()(pdf), DefaultForPrinting=True)]))),
    ),
    Mutation(
        "E755",
        "x1a",
        "a spot colour",
        paint("/Bad cs 1 scn 100 100 50 50 re f", ColorSpace={"Bad": separation("Pantone 185")}),
    ),
    Mutation(
        "E755", "x4", "gold in DeviceN", paint("/Bad cs 0 1 scn 100 100 50 50 re f", ColorSpace={"Bad": device_n})
    ),
    Mutation(
        "E756",
        "x1a",
        "registration colour",
        paint("/Bad cs 1 scn 100 100 50 50 re f", ColorSpace={"Bad": separation("All")}),
    ),
    Mutation(
        "E757",
        "x1a",
        "black falls back on RGB",
        paint("/Bad cs 1 scn 100 100 50 50 re f", ColorSpace={"Bad": separation("Black", "DeviceRGB", 3)}),
    ),
    # G, graphics states
    Mutation("E761", "x1a", "TR in a direct dictionary", state(TR=Name.Identity)),
    Mutation("E762", "x4", "TR2", state(TR2=Name.Identity)),
    Mutation("E763", "x1a", "HTP", state(HTP=Array([0, 0]))),
    Mutation("E764", "x1a", "a halftone of type 6", state(HT=Dictionary(HalftoneType=6, Width=1, Height=1))),
    Mutation("E764", "x1a", "a named halftone", state(HT=Dictionary(HalftoneType=1, HalftoneName=String("x")))),
    Mutation(
        "E764",
        "x4",
        "a halftone's transfer function",
        state(HT=Dictionary(HalftoneType=5, Black=Dictionary(HalftoneType=1, TransferFunction=Name.Identity))),
    ),
    Mutation("E765", "x1a", "half transparent", state(ca=0.5)),
    Mutation("E765", "x1a", "multiplied", state(BM=Name.Multiply)),
    Mutation("E765", "x1a", "a soft mask", state(SMask=Dictionary(S=Name.Luminosity))),
    Mutation("E765", "x1a", "a picture's soft mask", shown(sharp(SMask=image(600, 600, "DeviceGray")))),
    Mutation("E765", "x1a", "a page group", on_page(Group=Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK))),
    Mutation("E766", "x4", "an RGB page group", on_page(Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))),
    # X, A, P: what must not be there
    Mutation("E771", "x1a", "a PostScript XObject", paint("", XObject={"Bad": form(b"showpage", Subtype=Name.PS)})),
    Mutation(
        "E771",
        "x1a",
        "a form with PostScript",
        paint("", XObject={"Bad": form(b"", PS=lambda pdf: pdf.make_stream(b"showpage"))}),
    ),
    Mutation("E771", "x4", "the PS operator", paint("(showpage) PS")),
    Mutation("E772", "x1a", "OPI", shown(sharp(OPI=Dictionary()))),
    Mutation(
        "E773",
        "x4",
        "a reference XObject",
        paint("", XObject={"Bad": form(b"", Ref=Dictionary(F=String("x"), Page=0))}),
    ),
    Mutation("E774", "x1a", "a link", annotation("Link")),
    Mutation(
        "E775",
        "x1a",
        "JavaScript at opening",
        root(OpenAction=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))),
    ),
    Mutation("E775", "x4", "a form to fill in", root(AcroForm=Dictionary(Fields=Array([])))),
    Mutation("E775", "x1a", "scripts by name", root(Names=Dictionary(JavaScript=Dictionary(Names=Array([]))))),
    Mutation(
        "E775", "x1a", "an action when the page opens", on_page(AA=Dictionary(O=Dictionary(S=Name.Named, N=Name.Print)))
    ),
    Mutation(
        "E775",
        "x4",
        "a link's action",
        annotation("Link", A=Dictionary(S=Name.URI, URI=String("x"))),
        also=frozenset({"E774"}),
    ),
    Mutation("E776", "x4", "layers without a configuration's name", optional(Name=String(""))),
    Mutation("E776", "x4", "layers that switch by themselves", optional(AS=Array([]))),
    Mutation("E776", "x4", "a layer that the order leaves out", optional(Order=Array([]))),
    Mutation("E777", "x1a", "an embedded file", root(Names=Dictionary(EmbeddedFiles=Dictionary(Names=Array([]))))),
    Mutation("E777", "x4", "a film", annotation("Movie"), also=frozenset({"E774"})),
    Mutation("E778", "x1a", "a separated page", on_page(SeparationInfo=Dictionary(DeviceColorant=Name.Cyan))),
    Mutation("E779", "x1a", "an operator of nobody's", paint("1 2 blend")),
    # 2, what newspapers ask for
    Mutation("E781", "x1a", "a coarse picture", shown(image(100, 100))),
    Mutation("W782", "x1a", "a picture a little coarse", shown(image(420, 420))),
    Mutation("W783", "x1a", "coarse line art", shown(image(600, 600, "DeviceGray", 1))),
    Mutation(
        "W784", "x1a", "a picture far too fine", paint("20 0 0 20 100 100 cm /Bad Do", XObject={"Bad": image(300, 300)})
    ),
    Mutation("W785", "x1a", "black text of 4 pt", text(4, "0 0 0 1 k")),
    Mutation("W785", "x1a", "grey text of 6 pt", text(6, "0 0 0 .5 k")),
    Mutation("W785", "x1a", "red text of 7 pt", text(7, "0 1 1 0 k")),
    Mutation("W785", "x1a", "reversed text of 5 pt", text(5, "0 0 0 0 k", "/GSk gs")),
    Mutation("W786", "x1a", "a hairline", paint("/GSo gs 0 0 0 1 K .1 w 100 100 m 200 100 l S")),
    Mutation("W786", "x1a", "a thin red box", paint("0 1 1 0 k 100 100 200 .3 re f")),
    Mutation("W786", "x1a", "a white hairline", paint("/GSk gs 0 0 0 0 K .3 w 100 100 m 200 100 l S")),
    Mutation(
        "W786",
        "x4",
        "a line thinned by its matrix",
        paint("/GSo gs .1 0 0 .1 0 0 cm 0 0 0 1 K 1 w 1000 1000 m 2000 1000 l S"),
    ),
    Mutation("E787", "x1a", "a head in rich black", text(18, ".3 .2 .2 1 k")),
    Mutation("W788", "x1a", "black text knocks out", text(10, "0 0 0 1 k", "/GSk gs")),
    Mutation("W788", "x1a", "black text in mode 0", text(10, "0 0 0 1 k", "/Bad gs"), also=frozenset()),
    Mutation("E789", "x1a", "white text overprints", text(12, "0 0 0 0 k")),
    Mutation("E789", "x1a", "a white box overprints", paint("/GSo gs 0 0 0 0 k 100 100 50 50 re f")),
    Mutation("W790", "x1a", "a thin black line knocks out", paint("/GSk gs 0 0 0 1 K 1 w 100 100 m 200 100 l S")),
    Mutation("E791", "x1a", "a box of 320 %", paint("1 .7 .7 .8 k 100 100 50 50 re f")),
)
"""Every mutation that the rules about objects and content must notice; those of plates are in test_plates."""


def with_state(mutation: Mutation) -> Mutation:
    """Return a mutation whose graphics state `Bad` overprints in mode 0."""
    assert mutation.change is not None
    bad = Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=0)
    change = both(paint("", ExtGState={"Bad": bad}), mutation.change)
    return Mutation(mutation.code, mutation.flavour, mutation.what, change)


MUTATIONS: Final[tuple[Mutation, ...]] = tuple(
    with_state(row) if row.what == "black text in mode 0" else row for row in ROWS
)
