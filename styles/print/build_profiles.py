"""Make the newsprint ICC profiles of this folder from the CGATS TR 002 data.

Run by maintainers, never while a paper is built:

    apt-get install argyll icc-profiles-free
    python styles/print/build_profiles.py             # builds and compares with the hashes in the conditions
    python styles/print/build_profiles.py --accept    # the same, then writes the new hashes

Argyll's colprof makes the tables; this script then adds the `targ` tag that ties the profile to the
registered characterisation data, and fixes the creation time, the only part of colprof's output that changes.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ARGYLL: Final = "2.3.1"
DATA: Final = ("TR002.ti3", "bcb14f76be42ebaa53cebdea3ae532af4c7717e7429d279323f7db8ad4a0b9d0")
SCREEN: Final = ("sRGB.icc", "2a92d4bae450b76d8b0aa42193df974d75f62738ecebf74f01c5e75b12a95796")
"""Files of Debian's icc-profiles-free 2.0.1+dfsg-1.1: patches as printed, and the space of pictures."""

BLACK: Final = ("-kp", "0", "0.10", "0.95", "1.0", "0.65")
"""Black from a tenth of the tone range on, strong: newsprint takes grey from black, not from three inks."""

TARGET: Final = b"ICCHDAT CGATS TR 002"
"""ICC registry rule: a profile made from registered data names them so in its `targ` tag."""

CREATED: Final = (2026, 1, 1, 0, 0, 0)
COPYRIGHT: Final = (
    "No copyright, use freely. Built from the characterization data of ANSI CGATS/SNAP TR 002-2007, "
    "Graphic Technology - Color Characterization Data for Coldset Printing on Newsprint."
)

HEADER, ENTRY, DATE_AT = 128, 12, 24


class RecipeError(Exception):
    """A source, a tool or a result is not the one the recipe names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One profile: its file stem, the ink limit it keeps, and the one colprof is asked for (percent).

    Rounding and interpolation take the perceptual table some percent away from what colprof is asked for.
    """

    stem: str
    ink_limit: int
    asked: int


RECIPES: Final = (
    Recipe(stem="newsprint-240", ink_limit=240, asked=240),
    Recipe(stem="newsprint-220", ink_limit=220, asked=220),
)


def source(folder: Path, name: str, sha256: str) -> Path:
    """Return the path of a source file.

    Raises:
        RecipeError: the file is absent, or not the one meant.
    """
    path = folder / name
    if not path.is_file():
        message = f"{path} is absent: install icc-profiles-free"
        raise RecipeError(message)
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        message = f"{path} is not the file the recipe names"
        raise RecipeError(message)
    return path


def colprof() -> str:
    """Return the path of Argyll's colprof.

    Raises:
        RecipeError: it is absent or of another version.
    """
    tool = shutil.which("colprof")
    if tool is None:
        message = "colprof is absent: install argyll"
        raise RecipeError(message)
    usage = subprocess.run([tool, "-?"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r"Version (\S+)", usage.stdout + usage.stderr)
    if found is None or found[1] != ARGYLL:
        message = f"the recipe needs Argyll {ARGYLL}, found {found and found[1]}"
        raise RecipeError(message)
    return tool


def measure(recipe: Recipe, tool: str, data: Path, screen: Path) -> bytes:
    """Return the profile as colprof makes it."""
    description = f"Newsprint coldset {recipe.ink_limit}% based on CGATS TR 002"
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(data, Path(folder) / "news.ti3")
        options = ["-qm", f"-l{recipe.asked}", *BLACK, "-s", str(screen), "-nc"]
        texts = ["-M", "newsprint coldset", "-D", description, "-C", COPYRIGHT]
        subprocess.run(  # noqa: S603
            [tool, *options, *texts, "-O", "news.icc", "news"], cwd=folder, check=True, capture_output=True
        )
        return (Path(folder) / "news.icc").read_bytes()


def finish(profile: bytes, target: bytes) -> bytes:
    """Return the profile with a `targ` tag and the fixed creation time.

    The tag table grows by one entry, so the tag data move up; data that tags share stay shared.
    """
    (count,) = struct.unpack_from(">I", profile, HEADER)
    entries = [struct.unpack_from(">4sII", profile, HEADER + 4 + ENTRY * at) for at in range(count)]
    text = b"text" + bytes(4) + target + b"\0"
    spans = sorted({(start, size) for _, start, size in entries})
    blocks = [(start, profile[start : start + size]) for start, size in spans]
    blocks.append((len(profile), text))
    entries.append((b"targ", len(profile), len(text)))
    moved: dict[int, int] = {}
    body = b""
    base = HEADER + 4 + ENTRY * len(entries)
    for start, block in blocks:
        moved[start] = base + len(body)
        body += block + bytes(-len(block) % 4)
    table = b"".join(struct.pack(">4sII", tag, moved[start], size) for tag, start, size in entries)
    header = bytearray(profile[:HEADER])
    struct.pack_into(">I", header, 0, base + len(body))
    struct.pack_into(">6H", header, DATE_AT, *CREATED)
    return bytes(header) + struct.pack(">I", len(entries)) + table + body


def main(arguments: list[str] | None = None) -> int:
    """Build the profiles; return 0 if the hashes in the conditions hold (or were accepted), else 1."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description="Make the newsprint ICC profiles of this folder.")
    parser.add_argument("--sources", type=Path, default=Path("/usr/share/color/icc"), help="source folder")
    parser.add_argument("--out", type=Path, default=here, help="folder to write to")
    parser.add_argument("--accept", action="store_true", help="write the new hashes into the conditions")
    options = parser.parse_args(arguments)
    tool = colprof()
    data, screen = source(options.sources, *DATA), source(options.sources, *SCREEN)
    options.out.mkdir(parents=True, exist_ok=True)
    same = True
    for recipe in RECIPES:
        profile = finish(measure(recipe, tool, data, screen), TARGET)
        sha256 = hashlib.sha256(profile).hexdigest()
        (options.out / f"{recipe.stem}.icc").write_bytes(profile)
        condition = here / f"{recipe.stem}.yaml"
        text = condition.read_text(encoding="utf-8")
        new = re.sub(r'^sha256: "[0-9a-f]*"', f'sha256: "{sha256}"', text, flags=re.MULTILINE)
        same = same and new == text
        if options.accept:
            condition.write_text(new, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{sha256}  {len(profile):>7,}  {recipe.stem}.icc\n")
    return 0 if same or options.accept else 1


if __name__ == "__main__":
    sys.exit(main())
