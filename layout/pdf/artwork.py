"""Artwork from foreign PDF files (nameplates, adverts): one page, taken out of its file, to be placed as a form.

Foreign files are read once, in this module alone; what the rest sees is a small file with a single page that has
only its content and resources: no annotations, actions, names or attachments. `read_artwork` reads in a process of
its own, whose time and memory are bounded: files come from strangers.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.diagnostics import OutputError, finding

if TYPE_CHECKING:
    import pikepdf

    from layout.geometry import Rect

AGREES: Final = 1_000
"""Artwork whose sides differ from its place by at most this (mpt) is not scaled."""


MOST_SECONDS: Final = 30
MOST_MEMORY: Final = 2 << 30
"""What reading one file may take: seconds of the clock and of the processor, and bytes of address space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artwork:
    """One foreign page: a file of that page alone, its hash, and the trim size in mpt as it is looked at."""

    file: str
    page: int
    data: bytes
    sha256: str
    width: int
    height: int


def read_artwork(file: str, page: int = 0) -> Artwork:
    """Return a page of a foreign PDF file, read in a bounded process; pages are counted from 0.

    Raises:
        OutputError: E514, as for `open_artwork`, or reading took too much time or memory.
    """
    command = [sys.executable, "-P", "-c", _CHILD, str(Path(__file__).resolve().parents[2]), file, str(page)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, check=False)  # noqa: S603 - ourselves
    except subprocess.TimeoutExpired:
        raise _refusal(file, f"reading took more than {MOST_SECONDS} s") from None
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise _refusal(file, last or f"reading ended with {done.returncode}")
    head, _, data = done.stdout.partition(b"\n")
    told = json.loads(head)
    if "problem" in told:
        raise _refusal(file, told["problem"])
    return _artwork(file, page, data, told["width"], told["height"])


_CHILD: Final = """
import sys
sys.path.insert(0, sys.argv[1])
from layout.pdf.artwork import answer
answer(sys.argv[2], int(sys.argv[3]))
"""


def answer(file: str, page: int) -> None:
    """Write to standard output what the reading process tells its parent: a line of JSON, and the page's file."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on every platform

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    told: dict[str, object]
    try:
        made = open_artwork(file, page)
    except OutputError as refusal:
        told, data = {"problem": dict(refusal.diagnostics[0].values)["problem"]}, b""
    else:
        told, data = {"width": made.width, "height": made.height}, made.data
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + data)


def open_artwork(file: str, page: int = 0) -> Artwork:
    """Return a page of a foreign PDF file, read in this process.

    Raises:
        OutputError: E514, the file cannot be read, is encrypted, or has no such page.
    """
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    try:
        with pikepdf.open(Path(file)) as source, pikepdf.new() as target:
            if source.is_encrypted:
                raise _refusal(file, "it is encrypted")
            if not 0 <= page < len(source.pages):
                raise _refusal(file, f"it has no page {page + 1}")
            made = _single(source.pages[page], target)
            width, height = _extent(made.as_form_xobject())
            out = BytesIO()
            target.save(out, deterministic_id=True, fix_metadata_version=False)
    except pikepdf.PasswordError:
        raise _refusal(file, "it is encrypted") from None
    except (OSError, ValueError, pikepdf.PdfError) as problem:
        raise _refusal(file, str(problem)) from problem
    return _artwork(file, page, out.getvalue(), round(width * 1000), round(height * 1000))


def place(artwork: Artwork, rect: Rect, target: pikepdf.Pdf, *, transparency: bool) -> pikepdf.Object:
    """Return a form XObject that shows the artwork's trim box in a rectangle of `rect`'s size at the origin.

    Sizes that agree are not scaled; else the artwork is scaled evenly to fit. It is centred either way.

    Args:
        artwork: the page.
        rect: the place, in mpt.
        target: the file the form is made in.
        transparency: keep the page's transparency group.
    """
    import pikepdf  # noqa: PLC0415 - 80 ms to import

    with pikepdf.open(BytesIO(artwork.data)) as source:
        form = target.copy_foreign(source.make_indirect(source.pages[0].as_form_xobject()))
    if not transparency and "/Group" in form:
        del form["/Group"]
    own = _matrix(form)
    left, bottom, right, top = _bounds(form)
    agrees = abs(rect.width - artwork.width) <= AGREES and abs(rect.height - artwork.height) <= AGREES
    scale = 1.0 if agrees else min(rect.width / artwork.width, rect.height / artwork.height)
    x = rect.width / 2000 - scale * (left + right) / 2
    y = rect.height / 2000 - scale * (bottom + top) / 2
    placed = own @ pikepdf.Matrix(scale, 0, 0, scale, x, y)
    form["/Matrix"] = pikepdf.Array([round(value, 5) for value in placed.shorthand])
    return form


def _artwork(file: str, page: int, data: bytes, width: int, height: int) -> Artwork:
    digest = hashlib.sha256(data).hexdigest()
    return Artwork(file=file, page=page, data=data, sha256=digest, width=width, height=height)


def _single(page: pikepdf.Page, target: pikepdf.Pdf) -> pikepdf.Page:
    """Copy a page's content, resources and boxes into `target` as its only page."""
    target.pages.append(page)
    copy = target.pages[0]
    kept = {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/TrimBox", "/Rotate", "/Group"}
    for key in [str(key) for key in copy.obj.keys() if key not in kept]:  # noqa: SIM118 - an Object is no dict
        del copy.obj[key]
    return copy


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
