"""From page contents to a press file: fonts subset once, pictures shared, boxes, output intents, metadata.

The same function makes the file of one page for the plant and the issue's file for the desk. pikepdf builds the
objects and saves; nothing of the clock, the machine or the order of a set gets into the bytes.
"""

from __future__ import annotations

import zlib
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.geometry import points
from layout.pdf.artwork import light_as, place
from layout.pdf.content import KNOCKOUT, OVERPRINT, font_name, form_name, picture_name
from layout.pdf.fonts import DEFAULT_WIDTH, cid_set, font_program, to_unicode, width_array
from layout.pdf.marks import marks, slug
from layout.pdf.metadata import xmp
from layout.pdf.variants import VARIANTS
from layout.pictures.inks import srgb_profile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pikepdf

    from layout.condition import PrintCondition
    from layout.display import Form
    from layout.fontbook import Face
    from layout.pdf.artwork import Artwork
    from layout.pdf.content import PageContent
    from layout.pdf.fonts import FontProgram
    from layout.pdf.metadata import DocumentInfo
    from layout.pdf.variants import Variant, VariantName
    from layout.pictures import Prepared

LEVEL: Final = 6
"""Deflate level: higher ones take thrice the time for one per cent."""

INTENTS: Final = {"pdfx": "GTS_PDFX", "pdfa": "GTS_PDFA1"}
"""Subtypes of output intents (ISO 15930-1, ISO 19005-1)."""

COMPONENTS: Final = {"DeviceCMYK": 4, "DeviceGray": 1}


def write_pdf(
    pages: Sequence[PageContent],
    *,
    faces: Mapping[str, Face],
    pictures: Mapping[str, Prepared],
    artwork: Mapping[tuple[str, int], Artwork],
    condition: PrintCondition,
    variant: VariantName,
    info: DocumentInfo,
    intents: Sequence[str] = ("pdfx", "pdfa"),
    finished: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return a press file of these pages.

    Args:
        pages: contents, in the order of pages.
        faces: every face the pages use, by id.
        pictures: every picture the pages use, by key.
        artwork: every foreign page the pages place, by (file, page number).
        condition: gives the output intent's profile and names, and whether marks are drawn.
        variant: "x1a" (PDF/X-1a:2003 and PDF/A-1b) or "x4" (PDF/X-4 and PDF/A-2u).
        info: title and date.
        intents: which standards the file claims. Press files claim both; ("pdfa",) makes the twin that validators
            of PDF/A alone can read, which refuse a second output intent.
        finished: press files of single pages, by page id, whose page is taken over as it is, in place of its content.

    Raises:
        FontError: E304, a face forbids embedding; E305, a face cannot be subset.
        OutputError: E514, artwork cannot be placed.
        KeyError: a face, picture or artwork is not handed in.
    """
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    with pikepdf.new() as pdf:
        _Binder(pdf, VARIANTS[variant], condition).bind(
            pages, faces, pictures, artwork, info, frozenset(intents), finished or {}
        )
        return saved(pdf, variant)


def saved(pdf: pikepdf.Pdf, variant: VariantName) -> bytes:
    """Return a file's bytes as a flavour demands them, the same for the same objects."""
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    out = BytesIO()
    pdf.save(
        out,
        force_version=VARIANTS[variant].pdf_version,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        compress_streams=False,
        preserve_pdfa=True,
        fix_metadata_version=False,
        deterministic_id=True,
    )
    return out.getvalue()


class _Binder:
    """Makes the objects of one file."""

    def __init__(self, pdf: pikepdf.Pdf, variant: Variant, condition: PrintCondition) -> None:
        self._pdf = pdf
        self._variant = variant
        self._condition = condition
        self._srgb: pikepdf.Object | None = None

    def bind(
        self,
        pages: Sequence[PageContent],
        faces: Mapping[str, Face],
        pictures: Mapping[str, Prepared],
        artwork: Mapping[tuple[str, int], Artwork],
        info: DocumentInfo,
        intents: frozenset[str],
        finished: Mapping[str, bytes],
    ) -> None:
        """Fill the file."""
        from pikepdf import Dictionary, Name  # noqa: PLC0415 - 80 ms to import

        fonts = self._fonts(pages, faces)
        keys = dict.fromkeys(key for page in pages for key in page.pictures)
        images = {key: self._image(pictures[key]) for key in keys}
        states = self._states()
        placed: dict[tuple[str, int, int, bool], pikepdf.Object] = {}
        for number, page in enumerate(pages):
            if page.page in finished:
                self._take_over(finished[page.page])
                continue
            resources = Dictionary(ExtGState=states)
            if page.glyphs:
                resources.Font = Dictionary(
                    {f"/{font_name(index)}": fonts[number, face] for index, face in enumerate(page.glyphs)}
                )
            shown = {f"/{picture_name(index)}": images[key] for index, key in enumerate(page.pictures)}
            for index, form in enumerate(page.forms):
                found = artwork[form.file, form.page]
                size = (found.sha256, form.rect.width, form.rect.height, form.fit)
                if size not in placed:
                    placed[size] = self._form(found, form)
                shown[f"/{form_name(index)}"] = placed[size]
            if shown:
                resources.XObject = Dictionary(shown)
            self._page(page, resources)
        self._catalog(pages, info, intents)
        self._pdf.docinfo = self._pdf.make_indirect(self._info(info, intents))
        fingerprint = b"\0".join([info.title.encode(), info.date.encode(), *(page.content for page in pages)])
        packet = xmp(info, self._variant, fingerprint=fingerprint, pdfa="pdfa" in intents, pdfx="pdfx" in intents)
        self._pdf.Root.Metadata = self._plain(packet, Type=Name.Metadata, Subtype=Name.XML)

    def _take_over(self, file: bytes) -> None:
        """Add the page of a finished file as it is."""
        from pikepdf import open as open_pdf  # noqa: PLC0415 - 80 ms to import

        with open_pdf(BytesIO(file)) as other:
            self._pdf.pages.append(other.pages[0])

    def _form(self, artwork: Artwork, form: Form) -> pikepdf.Object:
        """Return a placed foreign page; where light is allowed, light without a profile is given sRGB's."""
        made = place(artwork, form.rect, self._pdf, transparency=self._variant.transparency, fit=form.fit)
        if self._variant.light and "DeviceRGB" in artwork.facts.rgb:
            if self._srgb is None:
                from pikepdf import Array, Name  # noqa: PLC0415 - 80 ms to import

                self._srgb = Array([Name.ICCBased, self._pdf.make_indirect(self._deflated(srgb_profile(), N=3))])
            light_as(made, self._srgb)
        return made

    # --- pages ----------------------------------------------------------------------------------------------

    def _page(self, page: PageContent, resources: pikepdf.Dictionary) -> None:
        from pikepdf import Array, Dictionary, Name, Page  # noqa: PLC0415 - 80 ms to import

        marked = self._condition.marks == "crop"
        around = slug(page.bleed, drawn=marked)
        width, height = page.trim
        content = page.content
        if around:
            moved = f"1 0 0 1 {points(around)} {points(around)} cm\n".encode("ascii")
            drawn = marks(page.trim, page.bleed) if marked else b""
            content = b"q\n" + moved + content + b"Q\n" + (b"q\n" + moved + drawn + b"Q\n" if drawn else b"")

        def box(outside: int) -> pikepdf.Array:
            inner = around - outside
            edges = (inner, inner, around + width + outside, around + height + outside)
            return Array([_real(edge) for edge in edges])

        self._pdf.pages.append(
            Page(
                self._pdf.make_indirect(
                    Dictionary(
                        Type=Name.Page,
                        MediaBox=box(around),
                        BleedBox=box(page.bleed),
                        TrimBox=box(0),
                        Resources=resources,
                        Contents=self._deflated(content),
                    )
                )
            )
        )

    def _states(self) -> pikepdf.Object:
        """Return the two graphics states: overprint of solid black, and knocking out (print.md 2.2)."""
        from pikepdf import Dictionary, Name  # noqa: PLC0415 - 80 ms to import

        return self._pdf.make_indirect(
            Dictionary(
                {
                    f"/{KNOCKOUT}": Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0),
                    f"/{OVERPRINT}": Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1),
                }
            )
        )

    def _image(self, picture: Prepared) -> pikepdf.Object:
        from pikepdf import Array, Name  # noqa: PLC0415 - 80 ms to import

        entries: dict[str, object] = {
            "Type": Name.XObject,
            "Subtype": Name.Image,
            "Width": picture.width,
            "Height": picture.height,
            "ColorSpace": Name(f"/{picture.color_space}"),
            "BitsPerComponent": picture.bits,
            "Filter": Name(f"/{picture.filter}"),
        }
        if picture.inverted:
            entries["Decode"] = Array([1, 0] * COMPONENTS[picture.color_space])
        return self._plain(picture.data, **entries)

    # --- fonts ----------------------------------------------------------------------------------------------

    def _fonts(self, pages: Sequence[PageContent], faces: Mapping[str, Face]) -> dict[tuple[int, str], pikepdf.Object]:
        """Return the font of every (page number, face id); each face's program is made once."""
        made: dict[tuple[int, str], pikepdf.Object] = {}
        for face in dict.fromkeys(face for page in pages for face in page.glyphs):
            groups = _groups({number: page.glyphs[face] for number, page in enumerate(pages) if face in page.glyphs})
            program = _program(faces[face], frozenset(gid for _, texts in groups for gid in texts))
            descendant = self._descendant(program)
            for numbers, texts in groups:
                font = self._composite(program, descendant, texts)
                made |= {(number, face): font for number in numbers}
        return made

    def _composite(self, program: FontProgram, descendant: pikepdf.Object, texts: Mapping[int, str]) -> pikepdf.Object:
        from pikepdf import Array, Dictionary, Name  # noqa: PLC0415 - 80 ms to import

        suffix = "-Identity-H" if program.kind == "cff" else ""
        return self._pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name(f"/{program.name}{suffix}"),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([descendant]),
                ToUnicode=self._deflated(to_unicode(texts)),
            )
        )

    def _descendant(self, program: FontProgram) -> pikepdf.Object:
        from pikepdf import Array, Dictionary, Name, String  # noqa: PLC0415 - 80 ms to import

        figures = program.descriptor
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(f"/{program.name}"),
            Flags=figures.flags,
            FontBBox=Array(list(figures.bbox)),
            ItalicAngle=figures.italic_angle,
            Ascent=figures.ascent,
            Descent=figures.descent,
            CapHeight=figures.cap_height,
            StemV=figures.stem_v,
        )
        if program.kind == "cff":
            descriptor.FontFile3 = self._deflated(program.data, Subtype=Name.CIDFontType0C)
        else:
            descriptor.FontFile2 = self._deflated(program.data, Length1=len(program.data))
        if self._variant.cid_set:
            descriptor.CIDSet = self._deflated(cid_set(program.cids))
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType0 if program.kind == "cff" else Name.CIDFontType2,
            BaseFont=Name(f"/{program.name}"),
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=self._pdf.make_indirect(descriptor),
            DW=DEFAULT_WIDTH,
        )
        if program.widths:
            font.W = Array([Array(item) if isinstance(item, list) else item for item in width_array(program.widths)])
        if program.cid_to_gid is not None:
            font.CIDToGIDMap = self._deflated(program.cid_to_gid)
        return self._pdf.make_indirect(font)

    # --- the file as a whole --------------------------------------------------------------------------------

    def _catalog(self, pages: Sequence[PageContent], info: DocumentInfo, intents: frozenset[str]) -> None:
        from pikepdf import Array, Dictionary, Name, String  # noqa: PLC0415 - 80 ms to import

        root = self._pdf.Root
        root.Lang = String(info.language)
        labels: list[object] = []
        for number, page in enumerate(pages):
            labels += [number, Dictionary(P=String(page.page))]
        root.PageLabels = Dictionary(Nums=Array(labels))
        profile = self._deflated(Path(self._condition.profile).read_bytes(), N=4)
        root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name(f"/{kind}"),
                    OutputConditionIdentifier=String(self._condition.identifier),
                    RegistryName=String(self._condition.registry),
                    Info=String(self._condition.info),
                    DestOutputProfile=profile,
                )
                for name, kind in INTENTS.items()
                if name in intents
            ]
        )

    def _info(self, info: DocumentInfo, intents: frozenset[str]) -> pikepdf.Dictionary:
        from pikepdf import Dictionary, Name, String  # noqa: PLC0415 - 80 ms to import

        made = Dictionary(
            Title=String(info.title),
            Creator=String(info.creator),
            Producer=String(info.producer),
            CreationDate=String(info.pdf_date),
            ModDate=String(info.pdf_date),
            Trapped=Name("/False"),
        )
        if "pdfx" in intents:
            made.GTS_PDFXVersion = String(self._variant.pdfx)
        return made

    def _plain(self, data: bytes, **entries: object) -> pikepdf.Stream:
        from pikepdf import Stream  # noqa: PLC0415 - 80 ms to import

        return Stream(self._pdf, data, **entries)

    def _deflated(self, data: bytes, **entries: object) -> pikepdf.Stream:
        from pikepdf import Name, Stream  # noqa: PLC0415 - 80 ms to import

        return Stream(self._pdf, _compressed(data), Filter=Name.FlateDecode, **entries)


@lru_cache(maxsize=32)
def _program(face: Face, gids: frozenset[int]) -> FontProgram:
    """Return a subset; an issue of one page needs the same as that page's own file."""
    return font_program(face, gids)


@lru_cache(maxsize=64)
def _compressed(data: bytes) -> bytes:
    """Return deflated bytes: the profile is in every file, and a page's content in two."""
    return zlib.compress(data, LEVEL)


def _groups(uses: Mapping[int, Mapping[int, str]]) -> list[tuple[list[int], dict[int, str]]]:
    """Group pages whose glyphs of one face stand for the same texts: (page numbers, glyph id → text).

    Pages are written apart from each other; where two use one glyph for different characters, each needs a
    ToUnicode map of its own.
    """
    groups: list[tuple[list[int], dict[int, str]]] = []
    for number, texts in uses.items():
        for numbers, known in groups:
            if all(known.get(gid, text) == text for gid, text in texts.items()):
                numbers.append(number)
                known.update(texts)
                break
        else:
            groups.append(([number], dict(texts)))
    return groups


def _real(length: int) -> Decimal:
    """Return a length in mpt as an exact number of points."""
    return Decimal(points(length))
