"""Prepare the real photographs of the sample paper from the packages that ship them.

Run with the folder that holds the unpacked scikit-image wheel (`skimage/data/…`). Nothing is enlarged.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from paint import PHOTOS, save
from PIL import Image


def first(folder: Path, name: str) -> Path:
    """Return the only file under `folder` whose path ends in `name`."""
    return next(path for path in sorted(folder.rglob(Path(name).name)) if path.as_posix().endswith(name))


def prepare(folder: Path) -> None:
    """Write all real photographs into the sample paper's folder."""
    science = first(folder, "skimage/data/coffee.png").parent
    save(Image.open(science / "coffee.png").convert("RGB"), PHOTOS / "coffee.jpg")
    save(Image.open(science / "rocket.jpg").convert("RGB"), PHOTOS / "rocket.jpg")
    save(Image.open(science / "hubble_deep_field.jpg").convert("RGB").crop((0, 26, 1000, 846)), PHOTOS / "hubble.jpg")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with the unpacked packages")
    prepare(parser.parse_args().folder)


if __name__ == "__main__":
    main()
