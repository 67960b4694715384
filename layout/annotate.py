"""Remarks as real PDF annotations, and annotations read back (ISO 32000-1, 12.5).

They are written into a copy of the page's file, apart from the press file, which may hold none. Any viewer that knows
annotations shows, answers and adds to them; what comes back is found on the page by its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from layout.comment import Kind
from layout.geometry import PT, Rect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUBTYPES: Final = {
    Kind.TYPO: "/StrikeOut",
    Kind.DELETE: "/StrikeOut",
    Kind.REPLACE: "/StrikeOut",
    Kind.TRANSPOSE: "/StrikeOut",
    Kind.INSERT: "/Caret",
    Kind.MOVE: "/Highlight",
    Kind.JOIN: "/Highlight",
    Kind.SPLIT: "/Highlight",
    Kind.SPACE: "/Highlight",
    Kind.QUERY: "/Highlight",
    Kind.PICTURE: "/Text",
    Kind.LAYOUT: "/Text",
}
"""How each kind of remark is drawn; one that covers no text is a note (`/Text`)."""

_KINDS: Final = {
    "/StrikeOut": Kind.DELETE,
    "/Caret": Kind.INSERT,
    "/Highlight": Kind.QUERY,
    "/Underline": Kind.QUERY,
    "/Squiggly": Kind.TYPO,
    "/Text": Kind.LAYOUT,
    "/FreeText": Kind.LAYOUT,
    "/Square": Kind.LAYOUT,
    "/Circle": Kind.LAYOUT,
}
"""What annotations of other makers are taken for."""

_COLORS: Final = {
    "/StrikeOut": (0.8, 0.1, 0.1),
    "/Caret": (0.1, 0.3, 0.8),
    "/Highlight": (1.0, 0.85, 0.2),
    "/Text": (1.0, 0.6, 0.1),
}
_OURS: Final = "layout:"
"""Begins the name (`/NM`) of annotations that we wrote: the kind and the remark's name follow."""

_NOTE: Final = 18.0
"""Side of a note's icon in points."""

_PRINTED: Final = 4
"""The flag that lets an annotation print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One annotation: boxes in mpt from the head-left corner of the trim box, one a line of text.

    `name` is the remark's, empty for those of other makers; `text` what it says; `at` ISO 8601.
    """

    page: int
    kind: Kind
    boxes: tuple[Rect, ...]
    text: str
    by: str
    at: str = ""
    name: str = ""


def annotated(pdf: bytes, annotations: Sequence[Annotation]) -> bytes:
    """Return a copy of a file with annotations."""
    import pikepdf  # noqa: PLC0415 - 60 ms to import

    document = pikepdf.open(BytesIO(pdf))
    for item in annotations:
        page = document.pages[item.page]
        made = document.make_indirect(pikepdf.Dictionary(_dictionary(item, page)))
        if "/Annots" not in page:
            page.Annots = pikepdf.Array()
        page.Annots.append(made)
    out = BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def annotations_of(pdf: bytes) -> tuple[Annotation, ...]:
    """Return the annotations of a file that say something, page by page; links, forms and pop-ups are none.

    Raises:
        OSError: the file cannot be read.
    """
    import pikepdf  # noqa: PLC0415 - 60 ms to import

    try:
        document = pikepdf.open(BytesIO(pdf))
    except pikepdf.PdfError as problem:
        message = f"cannot be read: {problem}"
        raise OSError(message) from problem
    return tuple(
        made
        for number, page in enumerate(document.pages)
        for item in page.get("/Annots", ())
        if (made := _annotation(number, item, page)) is not None
    )


# --- coordinates ---------------------------------------------------------------------------------------


def _corner(page: Any) -> tuple[float, float]:  # noqa: ANN401 - pikepdf's page
    """Return the head-left corner of the trim box in the page's space."""
    left, foot, right, head = (float(value) for value in page.get("/TrimBox", page.mediabox))
    return min(left, right), max(foot, head)


def _edges(rect: Rect, corner: tuple[float, float]) -> tuple[float, float, float, float]:
    """Return (left, foot, right, head) in points of the page's space."""
    left, head = corner[0] + rect.x / PT, corner[1] - rect.y / PT
    return left, head - rect.height / PT, left + rect.width / PT, head


def _rect(edges: Sequence[float], corner: tuple[float, float]) -> Rect:
    left, right = sorted((edges[0], edges[2]))
    foot, head = sorted((edges[1], edges[3]))
    return Rect(
        round((left - corner[0]) * PT),
        round((corner[1] - head) * PT),
        round((right - left) * PT),
        round((head - foot) * PT),
    )


# --- writing -------------------------------------------------------------------------------------------


def _dictionary(item: Annotation, page: Any) -> dict[str, Any]:  # noqa: ANN401 - pikepdf's page
    import pikepdf  # noqa: PLC0415

    corner = _corner(page)
    edges = [_edges(box, corner) for box in item.boxes]
    subtype = SUBTYPES[item.kind]
    left, foot = min(edge[0] for edge in edges), min(edge[1] for edge in edges)
    right, head = max(edge[2] for edge in edges), max(edge[3] for edge in edges)
    if subtype == "/Text":
        right, foot = left + _NOTE, head - _NOTE
    made: dict[str, Any] = {
        "/Type": pikepdf.Name("/Annot"),
        "/Subtype": pikepdf.Name(subtype),
        "/Rect": [round(value, 3) for value in (left, foot, right, head)],
        "/Contents": pikepdf.String(item.text),
        "/T": pikepdf.String(item.by),
        "/NM": pikepdf.String(f"{_OURS}{item.kind}:{item.name}"),
        "/C": list(_COLORS[subtype]),
        "/F": _PRINTED,
    }
    if item.at:
        made["/M"] = pikepdf.String(_pdf_date(item.at))
    if subtype in {"/StrikeOut", "/Highlight"}:
        made["/QuadPoints"] = [round(value, 3) for edge in edges for value in _quad(edge)]
    return made


def _quad(edge: tuple[float, float, float, float]) -> tuple[float, ...]:
    """Return a box as viewers want its corners: head-left, head-right, foot-left, foot-right."""
    left, foot, right, head = edge
    return left, head, right, head, left, foot, right, foot


def _pdf_date(at: str) -> str:
    """Return an ISO 8601 time as a PDF date: D:20261122200000+08'00'."""
    digits = "".join(char for char in at[:19] if char.isdigit())
    zone = at[19:]
    return f"D:{digits}{zone[:3]}'{zone[4:6]}'" if len(zone) == len("+08:00") else f"D:{digits}"


def _iso_date(text: str) -> str:
    digits = "".join(char for char in text[:16] if char.isdigit())
    if len(digits) < len("YYYYMMDDhhmmss"):
        return ""
    zone = text[16:].replace("'", "")
    tail = f"{zone[:3]}:{zone[3:5]}" if zone[:1] in {"+", "-"} and len(zone) >= len("+0800") else ""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:12]}:{digits[12:14]}{tail}"


# --- reading -------------------------------------------------------------------------------------------


def _annotation(number: int, item: Any, page: Any) -> Annotation | None:  # noqa: ANN401 - pikepdf's objects
    subtype = str(item.get("/Subtype", ""))
    name = str(item.get("/NM", ""))
    text = str(item.get("/Contents", ""))
    ours = name.startswith(_OURS)
    if subtype not in _KINDS or "/IRT" in item or "/Rect" not in item:
        return None
    kind, own = _KINDS[subtype], ""
    if ours:
        written, _, own = name.removeprefix(_OURS).partition(":")
        kind = Kind(written) if written in set(Kind) else kind
    corner = _corner(page)
    return Annotation(
        page=number,
        kind=kind,
        boxes=tuple(_boxes(item, corner)),
        text=text,
        by=str(item.get("/T", "")),
        at=_iso_date(str(item.get("/M", ""))),
        name=own,
    )


def _boxes(item: Any, corner: tuple[float, float]) -> Iterator[Rect]:  # noqa: ANN401 - pikepdf's object
    values = [float(value) for value in item.get("/QuadPoints", ())]
    for at in range(0, len(values) - 7, 8):
        xs, ys = values[at : at + 8 : 2], values[at + 1 : at + 8 : 2]
        yield _rect((min(xs), min(ys), max(xs), max(ys)), corner)
    if len(values) < len("corners!"):
        yield _rect([float(value) for value in item.Rect], corner)
