"""Pictures made ready for the press: upright, cropped, reduced to the press's resolution, in its inks.

Colour goes through the print condition's ICC profile with the perceptual intent, whose table holds the ink limit;
a picture's own profile is honoured, one without is taken as sRGB, or as already separated for this press if it is
CMYK. A picture whose *mode* is grey stays in black ink alone (a neutral picture stored as RGB does not: its author
chose colour); grey values are mapped so that tones come out right on the paper the profile describes.

What comes out depends only on the file's bytes and the parameters: it can be kept in a cache and shared.
"""

from __future__ import annotations

import hashlib
import json
import struct
import tempfile
import warnings
import zlib
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from layout.diagnostics import finding
from layout.pictures.inks import profile_bytes, separated
from layout.pictures.pixels import cropped, decoded, sharpened

if TYPE_CHECKING:
    from PIL import Image

    from layout.color import InkCount
    from layout.condition import PrintCondition
    from layout.diagnostics import Diagnostic
    from layout.pictures.pixels import Crop

ColorSpace = Literal["DeviceCMYK", "DeviceGray"]
Filter = Literal["DCTDecode", "FlateDecode"]

VERSION: Final = 3
"""Raised with every change to what comes out, so that older cache entries are not found."""

QUALITY: Final = 92
"""JPEG quality: below 90, ringing breaks the ink limit (print.md 5)."""

FEW_COLORS: Final = 256
"""Pictures of at most this many colours are drawings: kept exact, without JPEG."""

PLACEHOLDER_GREY: Final = 200

_DAMAGE: Final = (OSError, EOFError, SyntaxError, ValueError, LookupError, TypeError, ArithmeticError, MemoryError)
_DAMAGE_BELOW: Final = (struct.error, zlib.error)
"""What Pillow's readers raise on damaged files, a SyntaxError for PNG among them; and what they let through."""

_STORED: Final = ("key", "width", "height", "color_space", "filter", "bits", "inverted", "ppi", "edge")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A picture as it goes into the PDF.

    Attributes:
        key: the same for the same bytes and parameters, different otherwise.
        width: pixels across.
        height: pixels down.
        color_space: "DeviceCMYK" or "DeviceGray".
        filter: how `data` is encoded.
        bits: bits a component, 8 or 1.
        inverted: 0 stands for full ink in a CMYK picture (as Adobe's JPEGs have it): Decode must turn it over.
        data: the encoded pixels.
        ppi: resolution of the file at the set size, before reduction; 0 when the file cannot be decoded.
        edge: the least ink along any of the four sides, in per cent (the average of the side): a picture that prints
            next to nothing along a side wants a keyline.
        findings: E512, W511 (resolution), E513 (cannot be decoded: a grey area stands in).
    """

    key: str
    width: int
    height: int
    color_space: ColorSpace
    filter: Filter
    bits: int
    inverted: bool
    data: bytes
    ppi: int
    edge: int = 100
    findings: tuple[Diagnostic, ...] = ()


def prepare(
    file: str,
    crop: Crop,
    size: tuple[int, int],
    condition: PrintCondition,
    ink: InkCount = "cmyk",
    cache: Path | None = None,
    source: bytes | None = None,
) -> Prepared:
    """Return a picture file made ready for its place.

    Args:
        file: path of a JPEG, PNG, TIFF, WebP, or anything else Pillow reads.
        crop: the part shown, (x0, y0, x1, y1) as fractions of the upright picture.
        size: width and height of its place, in mpt.
        condition: profile, ink limit and resolutions.
        ink: the page's inks; with anything less than "cmyk" the picture becomes grey.
        cache: folder to keep results in, made where absent; safe to delete.
        source: the file's bytes, where there is no file.
    """
    name = Path(file).name
    try:
        source = Path(file).read_bytes() if source is None else source
    except OSError as problem:
        return _refused(name, hashlib.sha256(file.encode()).hexdigest(), problem.strerror or str(problem))
    key = _key(source, crop, size, condition, ink)
    entry = cache / "pictures" / key[:2] / key if cache is not None else None
    made = _load(entry, key) if entry is not None else None
    if made is None:
        try:
            made = _convert(source, key, crop, size, condition, ink)
        except _UndecodableError as problem:
            return _refused(name, key, str(problem))
        if entry is not None:
            _store(entry, made)
    return _with_findings(made, name, condition)


class _UndecodableError(Exception):
    """The picture cannot be decoded; the message says why."""


def _key(source: bytes, crop: Crop, size: tuple[int, int], condition: PrintCondition, ink: InkCount) -> str:
    """Return the hash of everything a result depends on."""
    from PIL import __version__, features  # noqa: PLC0415 - 20 ms to import

    parts = (
        VERSION,
        __version__,
        features.version("jpg"),
        features.version("littlecms2"),
        features.version("zlib"),
        hashlib.sha256(source).hexdigest(),
        hashlib.sha256(profile_bytes(condition.profile)).hexdigest(),
        *(f"{value:.6f}" for value in crop),
        *size,
        condition.picture.max_ppi,
        condition.ink_limit,
        condition.sharpen,
        ink == "cmyk",
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _with_findings(made: Prepared, name: str, condition: PrintCondition) -> Prepared:
    limits = condition.picture
    if made.ppi < limits.error_ppi:
        return replace(made, findings=(finding("E512", file=name, ppi=made.ppi, limit=limits.error_ppi),))
    if made.ppi < limits.warn_ppi:
        return replace(made, findings=(finding("W511", file=name, ppi=made.ppi, limit=limits.warn_ppi),))
    return made


def _refused(name: str, key: str, problem: str) -> Prepared:
    return Prepared(
        key=key,
        width=1,
        height=1,
        color_space="DeviceGray",
        filter="FlateDecode",
        bits=8,
        inverted=False,
        data=zlib.compress(bytes([PLACEHOLDER_GREY])),
        ppi=0,
        findings=(finding("E513", file=name, problem=problem),),
    )


def _convert(
    source: bytes, key: str, crop: Crop, size: tuple[int, int], condition: PrintCondition, ink: InkCount
) -> Prepared:
    """Return the picture converted.

    Raises:
        _UndecodableError: what Pillow or littleCMS says.
    """
    from PIL import Image, ImageCms  # noqa: PLC0415 - 20 ms to import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = decoded(source)
            shown, ppi = cropped(image, crop, size, condition.picture.max_ppi)
            shown = sharpened(shown, condition.sharpen)
            inks = shown if shown.mode == "1" else separated(shown, image.info.get("icc_profile"), condition, ink)
    except (*_DAMAGE, *_DAMAGE_BELOW, Image.DecompressionBombError, ImageCms.PyCMSError) as problem:
        raise _UndecodableError(str(problem) or type(problem).__name__) from problem
    return _encoded(inks, key, ppi)


def _encoded(image: Image.Image, key: str, ppi: int) -> Prepared:
    """Return the picture encoded: drawings exactly, photographs as JPEG without colour subsampling."""
    exact = image.mode == "1" or image.getcolors(FEW_COLORS) is not None
    if exact:
        data = zlib.compress(image.tobytes(), 6)
    else:
        out = BytesIO()
        image.save(out, "JPEG", quality=QUALITY, subsampling=0)
        data = out.getvalue()
    cmyk = image.mode == "CMYK"
    return Prepared(
        key=key,
        width=image.width,
        height=image.height,
        color_space="DeviceCMYK" if cmyk else "DeviceGray",
        filter="FlateDecode" if exact else "DCTDecode",
        bits=1 if image.mode == "1" else 8,
        inverted=cmyk and not exact,
        data=data,
        ppi=ppi,
        edge=_edge(image),
    )


def _edge(image: Image.Image) -> int:
    """Return the average ink, in per cent of one solid, along the side that has least."""
    from PIL import ImageStat  # noqa: PLC0415 - with Pillow

    wide, high = image.size
    sides = ((0, 0, wide, 1), (0, high - 1, wide, high), (0, 0, 1, high), (wide - 1, 0, wide, high))
    full = 255
    inks = []
    for side in sides:
        strip = image.crop(side)
        means = ImageStat.Stat(strip if strip.mode in ("CMYK", "L") else strip.convert("L")).mean
        inks.append(sum(means) if strip.mode == "CMYK" else full - means[0])
    return round(100 * min(inks) / full)


def _store(entry: Path, made: Prepared) -> None:
    """Write a cache entry, whole or not at all: a line of JSON, then the data."""
    fields = {name: getattr(made, name) for name in _STORED}
    head = json.dumps(fields | {"sha256": hashlib.sha256(made.data).hexdigest()}, sort_keys=True)
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=entry.parent, delete=False) as file:
            file.write(head.encode() + b"\n" + made.data)
        Path(file.name).replace(entry)
    except OSError:
        return  # a cache that cannot be written is none


def _load(entry: Path, key: str) -> Prepared | None:
    """Return a cache entry, or None where there is none or it is damaged."""
    try:
        head, _, data = entry.read_bytes().partition(b"\n")
        fields = json.loads(head)
        if fields.pop("sha256") != hashlib.sha256(data).hexdigest() or fields["key"] != key:
            return None
        return Prepared(data=data, **fields)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
