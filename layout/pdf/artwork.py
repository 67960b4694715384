"""Artwork from foreign PDF files (nameplates, adverts): one page, taken out of its file, to be placed as a form.

Foreign files are read once, in this module alone; what the rest sees is a small file with a single form that has
only the page's content and resources: no annotations, actions, layers, names or attachments. `read_artwork` reads
in a process of its own, whose time and memory are bounded: files come from strangers.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from layout import bounded
from layout.diagnostics import OutputError, finding
from layout.pdf.facts import Facts

if TYPE_CHECKING:
    import pikepdf

    from layout.geometry import Rect

AGREES: Final = 1_000
"""Artwork whose sides differ from its place by at most this (mpt) is not scaled."""

MOST_OBJECTS: Final = 50_000
"""Objects of a file; more make every reader slow, the plate setter's too."""

MOST_CONTENT: Final = 96 << 20
"""Bytes of one page's operators."""

CONVERTED_PPI: Final = 300
"""Resolution at which artwork is turned into a picture: what newsprint can show (print.md 2.2)."""


TRIED_PPI: Final = 36
"""Resolution at which every foreign page is drawn once, to see whether it can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artwork:
    """One foreign page.

    Attributes:
        file: where it came from.
        page: its number, counted from 0.
        data: a PDF file whose catalog's `/Artwork` is the page as a form XObject.
        sha256: the hash of `data`.
        width: trim width in mpt as the page is looked at.
        height: trim height in mpt.
        facts: what it holds.
        picture: the page as an RGB picture (PNG) where one was asked for, else empty.
    """

    file: str
    page: int
    data: bytes
    sha256: str
    width: int
    height: int
    facts: Facts
    picture: bytes = b""


def read_artwork(file: str, page: int = 0, *, picture: bool = False) -> Artwork:
    """Return a page of a foreign PDF file, read in a bounded process; pages are counted from 0.

    Args:
        file: its path.
        page: its number.
        picture: rasterise it as well, at `CONVERTED_PPI`.

    Raises:
        OutputError: E514, as for `open_artwork`, or reading took too much time or memory.
    """
    try:
        answered = bounded.call(__name__, "answer", file, str(page), "picture" if picture else "")
    except bounded.BoundsError as problem:
        raise _refusal(file, str(problem)) from None
    head, _, data = answered.partition(b"\n")
    told = json.loads(head)
    if "problem" in told:
        raise _refusal(file, told["problem"])
    cut = told["bytes"]
    made = _artwork(file, page, data[:cut], told["width"], told["height"], Facts(**told["facts"]))
    return replace(made, picture=data[cut:])


def answer(file: str, page: str, picture: str) -> None:
    """Write to standard output what the bounded process tells: a line of JSON, the form's file, the picture."""
    told: dict[str, object]
    data = b""
    try:
        made = open_artwork(file, int(page))
        drawn = _rasterised(made, CONVERTED_PPI if picture else TRIED_PPI)
    except OutputError as refusal:
        told = {"problem": dict(refusal.diagnostics[0].values)["problem"]}
    else:
        told = {"width": made.width, "height": made.height, "bytes": len(made.data), "facts": asdict(made.facts)}
        data = made.data + (drawn if picture else b"")
        if len(data) > bounded.MOST_ANSWER:
            told, data = {"problem": f"its page has {len(data) >> 20} MB, at most {bounded.MOST_ANSWER >> 20}"}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + data)


def open_artwork(file: str, page: int = 0) -> Artwork:
    """Return a page of a foreign PDF file, read in this process.

    Raises:
        OutputError: E514, the file cannot be read, is encrypted, has no such page, or is too much to look at.
    """
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    from layout.pdf.survey import SurveyError, survey  # noqa: PLC0415 - with it

    try:
        with pikepdf.open(Path(file)) as source, pikepdf.new() as target:
            if source.is_encrypted:
                raise _refusal(file, "it is encrypted")
            if len(source.objects) > MOST_OBJECTS:
                raise _refusal(file, f"it has {len(source.objects)} objects, at most {MOST_OBJECTS} are taken")
            if not 0 <= page < len(source.pages):
                raise _refusal(file, f"it has no page {page + 1}")
            form = _form(source.pages[page], target)
            facts = survey(form)
            facts.odd.extend([*_without_layers(form, source), *_drawn_apart(source.pages[page])])
            width, height = _extent(form)
            if warned := source.get_warnings():
                raise _refusal(file, f"it is damaged: {_plainly(str(warned[0]))}")
            target.Root.Artwork = form
            del target.pages[:]
            out = BytesIO()
            target.save(out, deterministic_id=True, fix_metadata_version=False)
    except pikepdf.PasswordError:
        raise _refusal(file, "it is encrypted") from None
    except MemoryError:
        raise _refusal(file, "reading it takes too much memory") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, SurveyError, pikepdf.PdfError) as problem:
        raise _refusal(file, str(problem) or type(problem).__name__) from problem
    return _artwork(file, page, out.getvalue(), round(width * 1000), round(height * 1000), facts)


def own_artwork(name: str, pdf: bytes) -> Artwork:
    """Return the first page of a file of ours, by its trim box, under a name of its own."""
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    with pikepdf.open(BytesIO(pdf)) as source, pikepdf.new() as target:
        form = _form(source.pages[0], target)
        width, height = _extent(form)
        target.Root.Artwork = form
        del target.pages[:]
        out = BytesIO()
        target.save(out, deterministic_id=True, fix_metadata_version=False)
    return _artwork(name, 0, out.getvalue(), round(width * 1000), round(height * 1000), Facts())


def place(artwork: Artwork, rect: Rect, target: pikepdf.Pdf, *, transparency: bool, fit: bool = True) -> pikepdf.Object:
    """Return a form XObject that shows the artwork's trim box in a rectangle of `rect`'s size at the origin.

    It is centred there. Sizes that agree are not scaled; else the artwork is scaled evenly, where it is to fit.

    Args:
        artwork: the page.
        rect: the place, in mpt.
        target: the file the form is made in.
        transparency: keep transparency groups; without them, a page that has nothing transparent looks the same.
        fit: scale what has another size than its place; adverts stand at 100 %.
    """
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    with pikepdf.open(BytesIO(artwork.data)) as source:
        form = target.copy_foreign(source.Root.Artwork)
    if not transparency:
        _ungroup(form, set())
    own = _matrix(form)
    left, bottom, right, top = _bounds(form)
    agrees = abs(rect.width - artwork.width) <= AGREES and abs(rect.height - artwork.height) <= AGREES
    scale = min(rect.width / artwork.width, rect.height / artwork.height) if fit and not agrees else 1.0
    x = rect.width / 2000 - scale * (left + right) / 2
    y = rect.height / 2000 - scale * (bottom + top) / 2
    placed = own @ pikepdf.Matrix(scale, 0, 0, scale, x, y)
    form["/Matrix"] = pikepdf.Array([round(value, 5) for value in placed.shorthand])
    return form


def _artwork(file: str, page: int, data: bytes, width: int, height: int, facts: Facts) -> Artwork:
    digest = hashlib.sha256(data).hexdigest()
    return Artwork(file=file, page=page, data=data, sha256=digest, width=width, height=height, facts=facts)


_FORM_KEYS: Final = frozenset(
    {"/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group", "/Length", "/Filter"}
)
_PAGE_KEYS: Final = frozenset(
    {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/TrimBox", "/Rotate", "/Group"}
)


def _form(page: pikepdf.Page, target: pikepdf.Pdf) -> pikepdf.Object:
    """Copy a page into `target` as a form XObject of its trim box, its content in one stream.

    Raises:
        ValueError: its content is too long.
    """
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    unit = float(page.obj.get("/UserUnit", 1))
    _check_length(page)
    target.pages.append(page)
    copy = target.pages[0]
    for key in [str(key) for key in copy.obj.keys() if key not in _PAGE_KEYS]:  # noqa: SIM118 - an Object is no dict
        del copy.obj[key]
    target.remove_unreferenced_resources()
    drawn = copy.as_form_xobject()
    content = drawn.read_bytes()
    kept = {key: drawn[key] for key in drawn.stream_dict.keys() if key in _FORM_KEYS}  # noqa: SIM118 - likewise
    kept["/Filter"] = pikepdf.Name.FlateDecode
    kept.pop("/Length", None)
    form = target.make_indirect(pikepdf.Stream(target, zlib.compress(content, 6), kept))
    if unit != 1:
        form["/Matrix"] = pikepdf.Array((_matrix(form) @ pikepdf.Matrix(unit, 0, 0, unit, 0, 0)).shorthand)
    return form


def _plainly(warning: str) -> str:
    """Return what qpdf says, without the file's path."""
    return warning.rpartition("): ")[2] or warning


def _check_length(page: pikepdf.Page) -> None:
    """Unpack a page's content, each stream once, before anything looks into it.

    Raises:
        ValueError: it is too long, repeats counted.
    """
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    contents: Any = page.obj.get("/Contents", [])
    streams = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
    lengths: dict[tuple[int, int], int] = {}
    total = 0
    for stream in streams:
        if stream.objgen not in lengths:
            lengths[stream.objgen] = len(stream.read_bytes())
        total += lengths[stream.objgen]
        if total > MOST_CONTENT:
            message = f"its page has more than {MOST_CONTENT >> 20} MB of operators"
            raise ValueError(message)


_UNSEEN: Final = frozenset({"/Link", "/Popup"})
"""Annotations that print nothing."""


def _drawn_apart(page: pikepdf.Page) -> list[str]:
    """Return the kinds of annotations that show something on a page, which a form of it does not."""
    kinds = {str(item.get("/Subtype")) for item in page.obj.get("/Annots", []) if "/AP" in item}
    return [f"annotation {kind[1:]}" for kind in sorted(kinds - _UNSEEN)]


def _without_layers(form: pikepdf.Object, source: pikepdf.Pdf) -> list[str]:
    """Take optional content out of a form; return what would show that the file hides."""
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    properties = source.Root.get("/OCProperties")
    default = properties.get("/D") if properties is not None else None
    hidden = default is not None and (len(default.get("/OFF", [])) > 0 or default.get("/BaseState") == "/OFF")
    found = False
    for holder in _holders(form, set()):
        if "/OC" in holder:
            del holder["/OC"]
            found = True
        lists: Any = (holder.get("/Resources") or {}).get("/Properties", pikepdf.Dictionary())
        for name in list(lists.keys()):
            if str(lists[name].get("/Type", "")) in ("/OCG", "/OCMD"):
                lists[name] = pikepdf.Dictionary()
                found = True
    return ["hidden layers"] if found and hidden else []


def _holders(form: Any, seen: set[tuple[int, int]]) -> list[Any]:  # noqa: ANN401 - pikepdf objects
    """Return a form and every form and picture that it shows, each once."""
    found, waiting = [], [form]
    while waiting:
        holder = waiting.pop()
        if holder.objgen in seen:
            continue
        seen.add(holder.objgen)
        found.append(holder)
        shown = (holder.get("/Resources") or {}).get("/XObject")
        if shown is not None:
            waiting.extend(shown[name] for name in shown.keys())  # noqa: SIM118 - an Object is no dict
    return found


def _ungroup(form: pikepdf.Object, seen: set[tuple[int, int]]) -> None:
    for holder in _holders(form, seen):
        if "/Group" in holder:
            del holder["/Group"]


def light_as(form: pikepdf.Object, space: pikepdf.Object) -> None:
    """Let DeviceRGB in a form, and in the forms it shows, mean `space` (ISO 32000-1, 8.6.5.6)."""
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    for holder in _holders(form, set()):
        if holder.get("/Subtype") != "/Form":
            continue
        resources: Any = holder["/Resources"] if "/Resources" in holder else pikepdf.Dictionary()
        spaces: Any = resources["/ColorSpace"] if "/ColorSpace" in resources else pikepdf.Dictionary()
        if "/DefaultRGB" not in spaces:
            spaces["/DefaultRGB"] = space
        resources["/ColorSpace"] = spaces
        holder["/Resources"] = resources


def _rasterised(artwork: Artwork, ppi: int) -> bytes:
    """Return a page as PNG.

    Previews are drawn outside these bounds: what crashes the renderer, or takes it too long, shows itself here.
    """
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    from layout.geometry import Rect  # noqa: PLC0415 - in the bounded process alone
    from layout.raster import render  # noqa: PLC0415

    with pikepdf.new() as made:
        size = (artwork.width / 1000, artwork.height / 1000)
        page = made.add_blank_page(page_size=size)
        shown = place(artwork, Rect(0, 0, artwork.width, artwork.height), made, transparency=True)
        page.add_resource(shown, pikepdf.Name.XObject, pikepdf.Name.Artwork)
        page.contents_add(b"/Artwork Do")
        out = BytesIO()
        made.save(out)
    return render(out.getvalue(), 0, ppi)


def _bounds(form: pikepdf.Object) -> tuple[float, float, float, float]:
    """Return where a form's box comes to lie: left, bottom, right, top in points."""
    own = _matrix(form)
    x0, y0, x1, y1 = (float(value) for value in form["/BBox"])
    corners = [own.transform(corner) for corner in ((x0, y0), (x1, y0), (x0, y1), (x1, y1))]
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(form: pikepdf.Object) -> pikepdf.Matrix:
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    return pikepdf.Matrix(form["/Matrix"]) if "/Matrix" in form else pikepdf.Matrix()


def _extent(form: pikepdf.Object) -> tuple[float, float]:
    left, bottom, right, top = _bounds(form)
    if right <= left or top <= bottom:
        message = "its page has no extent"
        raise ValueError(message)
    return right - left, top - bottom


def _refusal(file: str, problem: str) -> OutputError:
    return OutputError([finding("E514", file=Path(file).name, problem=problem)])
