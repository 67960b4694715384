"""Prepare the real photographs of the sample paper from the packages that ship them.

Run with the folder that holds the unpacked packages: the scikit-image wheel (`skimage/data/…`), the
Debian packages lomiri-wallpapers-16.04 and gcompris-qt-data (`usr/share/…`). Nothing is enlarged.
"""

from __future__ import annotations

import argparse
import struct
from io import BytesIO
from pathlib import Path

from paint import PHOTOS, save
from PIL import Image, ImageOps

LONG_SIDE = 2000
DANDELION = "usr/share/backgrounds/seeding_by_Clements_Engelhardt.jpg"
ANIMALS = "usr/share/gcompris-qt/rcc/erase.rcc"


def resource(archive: bytes, name: str) -> bytes:
    """Return the stored bytes of the file `name` in a Qt resource file.

    Raises:
        KeyError: when no such file is in the archive.

    The layout is Qt's: a header with the places of tree, data and names, then a tree of 14- or
    22-byte nodes (name, flags, then children or language and data).
    """
    _, version, tree, data, names = struct.unpack(">4sIIII", archive[:20])
    step = 22 if version >= 2 else 14
    pending = [0]
    while pending:
        at = tree + pending.pop() * step
        label, flags = struct.unpack(">IH", archive[at : at + 6])
        if flags & 2:
            count, first = struct.unpack(">II", archive[at + 6 : at + 14])
            pending.extend(range(first, first + count))
            continue
        long = struct.unpack(">H", archive[names + label : names + label + 2])[0]
        text = archive[names + label + 6 : names + label + 6 + 2 * long].decode("utf-16-be")
        if text == name:
            start = data + struct.unpack(">I", archive[at + 10 : at + 14])[0]
            size = struct.unpack(">I", archive[start : start + 4])[0]
            return archive[start + 4 : start + 4 + size]
    raise KeyError(name)


def within(image: Image.Image, side: int) -> Image.Image:
    """Return the image with its long side at most `side` pixels."""
    share = side / max(image.size)
    if share >= 1:
        return image
    return image.resize((round(image.width * share), round(image.height * share)), Image.Resampling.LANCZOS)


def first(folder: Path, name: str) -> Path:
    """Return the only file under `folder` whose path ends in `name`."""
    return next(path for path in sorted(folder.rglob(Path(name).name)) if path.as_posix().endswith(name))


def prepare(folder: Path) -> None:
    """Write all real photographs into the sample paper's folder."""
    science = first(folder, "skimage/data/coffee.png").parent
    save(Image.open(science / "coffee.png").convert("RGB"), PHOTOS / "coffee.jpg")
    save(Image.open(science / "rocket.jpg").convert("RGB"), PHOTOS / "rocket.jpg")
    save(Image.open(science / "hubble_deep_field.jpg").convert("RGB").crop((0, 26, 1000, 846)), PHOTOS / "hubble.jpg")
    # The plate is very flat; a newspaper needs its blacks and whites.
    save(ImageOps.autocontrast(Image.open(science / "moon.png").convert("L"), cutoff=0.3), PHOTOS / "moon.jpg")
    save(Image.open(science / "camera.png").convert("L"), PHOTOS / "camera.jpg")
    save(within(Image.open(first(folder, DANDELION)).convert("RGB"), LONG_SIDE), PHOTOS / "dandelion.jpg")
    archive = first(folder, ANIMALS).read_bytes()
    for name, stem in (("kingfisher.webp", "kingfisher"), ("red_panda.webp", "red-panda")):
        save(Image.open(BytesIO(resource(archive, name))).convert("RGB"), PHOTOS / f"{stem}.jpg")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with the unpacked packages")
    prepare(parser.parse_args().folder)


if __name__ == "__main__":
    main()
