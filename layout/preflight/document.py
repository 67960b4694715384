"""Rules about the file as a whole: header, trailer, information, metadata, output intents."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from layout.preflight.rules import FLAVOURS

if TYPE_CHECKING:
    from layout.condition import PrintCondition
    from layout.preflight.report import Findings
    from layout.preflight.rules import Flavour, FlavourName

HEADER: Final = re.compile(rb"%PDF-(\d)\.(\d)")
HEADER_REACH: Final = 1024
"""Readers look for the header in so many bytes (ISO 32000-1, annex H)."""

PDFX_NAMESPACE: Final = "http://www.npes.org/pdfx/ns/id/"

XMP_PROPERTIES: Final = (
    "dc:title",
    "xmp:CreateDate",
    "xmp:ModifyDate",
    "xmp:MetadataDate",
    "xmp:CreatorTool",
    "pdf:Producer",
    "pdf:Trapped",
    "xmpMM:DocumentID",
    "xmpMM:VersionID",
    "xmpMM:RenditionClass",
)
"""What PDF/X-4 wants in the XMP packet (print.md 1, M4)."""

MIRRORED: Final = (
    ("/Title", "dc:title"),
    ("/CreationDate", "xmp:CreateDate"),
    ("/ModDate", "xmp:ModifyDate"),
    ("/Creator", "xmp:CreatorTool"),
    ("/Producer", "pdf:Producer"),
)
"""Entries of the document information and the XMP properties that say the same."""

REGISTERED: Final = frozenset({"http://www.color.org", "https://www.color.org", "www.color.org"})
PROFILE_SPACES: Final = {b"CMYK": 4, b"GRAY": 1}
PROFILE_HEAD: Final = 128
"""Bytes of an ICC profile's header (ICC.1:2022, 7.2)."""


def claimed(pdf: pikepdf.Pdf) -> tuple[FlavourName | None, str]:
    """Return the flavour that a file says it is, and its own word for it."""
    stated = str(information(pdf).get("/GTS_PDFXVersion", ""))
    words = [stated, _pdfx_in_xmp(pdf)]
    for word in words:
        for name, flavour in FLAVOURS.items():
            if word in flavour.identifications:
                return name, word
    return None, " ".join(filter(None, words))


def information(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    """Return the document information dictionary, an empty one where there is none."""
    info = pdf.trailer.get("/Info")
    return info if isinstance(info, pikepdf.Dictionary) else pikepdf.Dictionary()


def check_document(
    data: bytes, pdf: pikepdf.Pdf, flavour: Flavour, condition: PrintCondition, findings: Findings
) -> None:
    """Hold header, trailer, information, metadata and output intents to their rules."""
    _header(data, pdf, flavour, findings)
    _trailer(pdf, findings)
    _information(pdf, flavour, findings)
    _metadata(pdf, findings)
    _intents(pdf, flavour, condition, findings)
    _preferences(pdf, findings)


# --- header and trailer ---------------------------------------------------------------------------------------


def _header(data: bytes, pdf: pikepdf.Pdf, flavour: Flavour, findings: Findings) -> None:
    match = HEADER.search(data[:HEADER_REACH])
    stated = (int(match[1]), int(match[2])) if match else (0, 0)
    version = str(pdf.Root.get("/Version", "")).lstrip("/")
    later = tuple(int(part) for part in version.split(".")) if re.fullmatch(r"\d\.\d", version) else (0, 0)
    limit = f"{'' if flavour.exact else '≤ '}{flavour.version[0]}.{flavour.version[1]}"
    for found in {stated, max(stated, later)}:
        if found > flavour.version or (flavour.exact and found != flavour.version):
            findings.add("E701", version=f"{found[0]}.{found[1]}", flavour=flavour.title, limit=limit)
    rest = data[match.end() :] if match else b""
    comment = re.match(rb"[ \t]*(?:\r\n|\r|\n)%([^\r\n]{4})", rest)
    if comment is None or min(comment[1]) < 0x80:
        findings.add("E702")


def _trailer(pdf: pikepdf.Pdf, findings: Findings) -> None:
    identifiers = pdf.trailer.get("/ID")
    parts = list(identifiers) if isinstance(identifiers, pikepdf.Array) else []
    if len(parts) != 2 or not all(isinstance(part, pikepdf.String) and bytes(part) for part in parts):
        findings.add("E703")
    if pdf.is_encrypted or "/Encrypt" in pdf.trailer:
        findings.add("E704")


def packed(data: bytes, findings: Findings) -> None:
    """Look for object and cross-reference streams, which opening the file takes apart."""
    for mark, what in ((rb"/Type\s*/ObjStm", "an object stream"), (rb"/Type\s*/XRef", "a cross-reference stream")):
        if re.search(mark, data):
            findings.add("E705", what=what)


# --- information and metadata ---------------------------------------------------------------------------------


def _information(pdf: pikepdf.Pdf, flavour: Flavour, findings: Findings) -> None:
    info = information(pdf)
    for key in ("/Title", "/CreationDate", "/ModDate"):
        if not str(info.get(key, "")).strip():
            findings.add("E711", name=key[1:])
    trapped = str(info.get("/Trapped", "absent"))
    if trapped not in {"/True", "/False"}:
        findings.add("E712", value=trapped.lstrip("/"))
    stated = _pdfx_in_xmp(pdf) if flavour.in_xmp else str(info.get("/GTS_PDFXVersion", ""))
    if stated not in flavour.identifications:
        findings.add("E713", value=stated or "nothing", value_zh=stated or "无")


def _metadata(pdf: pikepdf.Pdf, findings: Findings) -> None:
    packet = pdf.Root.get("/Metadata")
    if not isinstance(packet, pikepdf.Stream):
        findings.add("E714", problem="there is no packet", problem_zh="没有数据包")
        return
    if "/Filter" in packet:
        findings.add("E714", problem="the packet is packed", problem_zh="数据包被压缩")
    values = _xmp(pdf, (*XMP_PROPERTIES, *(name for _, name in MIRRORED)))
    if values is None:
        findings.add("E714", problem="the packet cannot be read", problem_zh="数据包无法读取")
        return
    for name in XMP_PROPERTIES:
        if not values[name]:
            findings.add("E714", problem=f"{name} is missing", problem_zh=f"缺少 {name}")
    info = information(pdf)
    for key, name in MIRRORED:
        stated, mirrored = str(info.get(key, "")), values[name]
        if stated and mirrored and _same(stated, mirrored) is False:
            findings.add("E715", name=key[1:])


def _same(stated: str, mirrored: str) -> bool:
    """Return whether two values agree; dates by what both of them state."""
    if stated.startswith("D:"):
        digits, others = (re.sub(r"[^0-9]", "", text)[:14] for text in (stated, mirrored))
        shorter = min(len(digits), len(others))
        return digits[:shorter] == others[:shorter]
    return stated.strip() == mirrored.strip()


def _xmp(pdf: pikepdf.Pdf, names: tuple[str, ...]) -> dict[str, str] | None:
    """Return XMP properties, "" for absent ones; None where the packet is none."""
    try:
        # Not as a context: leaving it would write the packet anew into the file that is being looked at.
        packet = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False, strict=True)
        return {name: _text(packet.get(name, "")) for name in names}
    except (ValueError, KeyError, TypeError, SyntaxError, RuntimeError):
        return None


def _text(value: Any) -> str:  # noqa: ANN401 - what the XMP reader returns: text, a list, None
    return " ".join(map(str, value)) if isinstance(value, (list, set, tuple)) else str(value or "")


def _pdfx_in_xmp(pdf: pikepdf.Pdf) -> str:
    if not isinstance(pdf.Root.get("/Metadata"), pikepdf.Stream):
        return ""
    name = f"{{{PDFX_NAMESPACE}}}GTS_PDFXVersion"
    return (_xmp(pdf, (name,)) or {}).get(name, "")


# --- output intents -------------------------------------------------------------------------------------------


def _intents(pdf: pikepdf.Pdf, flavour: Flavour, condition: PrintCondition, findings: Findings) -> None:
    listed = pdf.Root.get("/OutputIntents")
    intents = [item for item in listed or () if isinstance(item, pikepdf.Dictionary)]
    own = [item for item in intents if item.get("/S") == "/GTS_PDFX"]
    if len(own) != 1:
        findings.add("E721", count=len(own))
    for intent in own:
        identifier = str(intent.get("/OutputConditionIdentifier", "")).strip()
        if not identifier:
            findings.add("E722")
        profile = intent.get("/DestOutputProfile")
        if isinstance(profile, pikepdf.Stream):
            _profile(profile, flavour, condition, findings)
        elif flavour.needs_profile:
            findings.add("E723", problem=f"{flavour.title} wants it", problem_zh=f"{flavour.title} 必须内含")
        elif str(intent.get("/RegistryName", "")).rstrip("/") not in REGISTERED:
            problem = "the condition is in no registry that is named"
            findings.add("E723", problem=problem, problem_zh="条件未注明登记处")
    profiles = {
        item.DestOutputProfile.objgen
        for item in intents
        if item.get("/S") in {"/GTS_PDFX", "/GTS_PDFA1"} and isinstance(item.get("/DestOutputProfile"), pikepdf.Stream)
    }
    if len(profiles) > 1:
        findings.add("E725")


def _profile(profile: pikepdf.Stream, flavour: Flavour, condition: PrintCondition, findings: Findings) -> None:
    try:
        data = profile.read_bytes()
    except pikepdf.PdfError:
        data = b""
    head = data[:PROFILE_HEAD]
    if len(head) < PROFILE_HEAD or head[36:40] != b"acsp":
        findings.add("E724", problem="it is no ICC profile", problem_zh="不是 ICC 特性文件")
        return
    if head[12:16] != b"prtr":
        kind = head[12:16].decode("latin-1")
        findings.add("E724", problem=f"class {kind}, not an output profile", problem_zh=f"类别 {kind}，不是输出设备")
    count = PROFILE_SPACES.get(head[16:20])
    if count is None:
        space = head[16:20].decode("latin-1").strip()
        findings.add("E724", problem=f"its space is {space}", problem_zh=f"颜色空间为 {space}")
    elif profile.get("/N") != count:
        problem = f"N is {profile.get('/N')}, its space has {count} components"
        findings.add("E724", problem=problem, problem_zh=f"N 为 {profile.get('/N')}，而颜色空间有 {count} 个分量")
    if head[8] not in flavour.icc_versions:
        findings.add("E724", problem=f"ICC version {head[8]}", problem_zh=f"ICC 版本 {head[8]}")
    if condition.sha256 and hashlib.sha256(data).hexdigest() != condition.sha256:
        findings.add("W726", found=profile_name(data), wanted=condition.name)


def profile_name(data: bytes) -> str:
    """Return an ICC profile's description, or its hash where it has none that can be read."""
    from io import BytesIO  # noqa: PLC0415 - only for profiles of other presses

    from PIL import ImageCms  # noqa: PLC0415 - 25 ms to import

    try:
        return str(ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(data)))).strip()
    except (OSError, ImageCms.PyCMSError):
        return hashlib.sha256(data).hexdigest()[:12]


def _preferences(pdf: pikepdf.Pdf, findings: Findings) -> None:
    preferences = pdf.Root.get("/ViewerPreferences")
    if not isinstance(preferences, pikepdf.Dictionary):
        return
    for name in ("ViewArea", "ViewClip", "PrintArea", "PrintClip"):
        value = preferences.get(f"/{name}", pikepdf.Name("/MediaBox"))
        if value not in {"/MediaBox", "/BleedBox"}:
            findings.add("E733", name=name, value=str(value).lstrip("/"))
