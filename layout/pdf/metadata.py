"""What a file says about itself: document information and XMP, the same things twice (print.md 1, M1 to M4)."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from layout.pdf.variants import Variant

PACKET_ID: Final = "W5M0MpCehiHzreSzNTczkc9d"
"""The fixed id of every XMP packet (XMP Specification, part 1, 7.3.2)."""

PDFX_NAMESPACE: Final = "http://www.npes.org/pdfx/ns/id/"
PDF_NAMESPACE: Final = "http://ns.adobe.com/pdf/1.3/"

_SCHEMAS: Final = f"""\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/X identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{PDFX_NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfxid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>GTS_PDFXVersion</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Version of PDF/X</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>
<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Adobe PDF</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{PDF_NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdf</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>Trapped</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Whether the file is trapped</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>
</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInfo:
    """Title, the issue's date (ISO, "2026-11-22"), the page's revision, and the programs that made the file."""

    title: str
    date: str
    revision: int = 1
    producer: str = "layout"
    creator: str = "layout"
    language: str = "zh-CN"

    @property
    def day(self) -> dt.date:
        """The date.

        Raises:
            ValueError: it is not an ISO date.
        """
        return dt.date.fromisoformat(self.date)

    @property
    def pdf_date(self) -> str:
        """The date as document information writes it: midnight of the issue's date."""
        return f"D:{self.day:%Y%m%d}000000Z"

    @property
    def xmp_date(self) -> str:
        """The same moment as XMP writes it."""
        return f"{self.day:%Y-%m-%d}T00:00:00Z"


def xmp(info: DocumentInfo, variant: Variant, *, fingerprint: bytes, pdfa: bool, pdfx: bool) -> bytes:
    """Return the XMP packet.

    Args:
        info: what the document information dictionary says too.
        variant: the flavour.
        fingerprint: bytes that tell this document from others; its ids are made from them.
        pdfa: state the PDF/A level.
        pdfx: state the PDF/X version, where the flavour does so in XMP.
    """
    part, conformance = variant.pdfa
    states_pdfx = pdfx and variant.pdfx_in_xmp
    identity = uuid.uuid5(uuid.NAMESPACE_OID, hashlib.sha256(fingerprint).hexdigest())
    rows = [
        f'<?xpacket begin="\ufeff" id="{PACKET_ID}"?>',
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">',
        "<dc:format>application/pdf</dc:format>",
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(info.title)}</rdf:li></rdf:Alt></dc:title>',
        "</rdf:Description>",
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">',
        f"<xmp:CreatorTool>{escape(info.creator)}</xmp:CreatorTool>",
        *(f"<xmp:{name}>{info.xmp_date}</xmp:{name}>" for name in ("CreateDate", "ModifyDate", "MetadataDate")),
        "</rdf:Description>",
        f'<rdf:Description rdf:about="" xmlns:pdf="{PDF_NAMESPACE}">',
        f"<pdf:Producer>{escape(info.producer)}</pdf:Producer>",
        *(["<pdf:Trapped>False</pdf:Trapped>"] if states_pdfx else []),
        "</rdf:Description>",
        '<rdf:Description rdf:about="" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">',
        f"<xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID>",
        f"<xmpMM:VersionID>{info.revision}</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
        "</rdf:Description>",
    ]
    if pdfa:
        rows += [
            '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">',
            f"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{conformance}</pdfaid:conformance>",
            "</rdf:Description>",
        ]
    if states_pdfx:
        rows += [
            f'<rdf:Description rdf:about="" xmlns:pdfxid="{PDFX_NAMESPACE}">',
            f"<pdfxid:GTS_PDFXVersion>{variant.pdfx}</pdfxid:GTS_PDFXVersion>",
            "</rdf:Description>",
            _SCHEMAS.rstrip("\n"),
        ]
    rows += ["</rdf:RDF></x:xmpmeta>", '<?xpacket end="w"?>']
    return "\n".join(rows).encode()
