"""Make the Traditional and Japanese faces of the specimen: only the characters that its stories use.

Run by maintainers, never while a paper is built:

    apt-get install fonts-noto-cjk
    python seeds/specimen/fonts/build.py             # builds and compares with the hashes in fonts.yaml
    python seeds/specimen/fonts/build.py --accept    # the same, then writes the new hashes into fonts.yaml

Sources, tools and the way to reduce a face are those of the packaged fonts (`fonts/build.py`). A story's characters
count for the faces of its `region:`; headlines, kickers and decks for the bold face, everything for the regular one.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

HERE: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "fonts"))

import build as packaged  # noqa: E402 - lies in the folder of the packaged fonts
from kai import NAMING  # noqa: E402 - likewise

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

MARKS: Final = "，。、；：？！“”‘’「」『』（）《》〈〉—…·・－～％"
LATIN: Final = "".join(map(chr, range(0x20, 0x7F)))
"""Set in every face, whatever the stories need."""

HEADS: Final = re.compile(r"^(?:headline|kicker|deck): (.*)$", re.MULTILINE)
MATTER: Final = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)

PLACES: Final = {"tc": ("zh-TW", 3, "TC", "tc"), "ja": ("ja", 0, "JP", "jp")}
"""Suffix of the face -> region, number in the collection, what its names say, what its PostScript name says."""


def text_of(region: str, *, heads: bool) -> str:
    """Return the headlines of a region's stories, or all that they hold."""
    found = []
    for path in sorted((HERE.parent / "stories").glob("*.md")):
        story = path.read_text(encoding="utf-8")
        matter = MATTER.match(story)
        if matter and f"region: {region}\n" in matter[1] + "\n":
            parts = HEADS.findall(matter[1]) if heads else [story]
            found.extend(parts)
    return "".join(found)


def rename(font: TTFont, place: str, postscript: str) -> None:
    """Name a reduced face apart from the whole one, then finish it as the packaged ones."""
    for record in font["name"].names:
        if record.nameID in NAMING:
            name = record.toUnicode()
            name = name.replace(f" CJK {place}", f" {place} Specimen")
            record.string = name.replace(f"CJK{postscript}-", f"{place}Specimen-")
    packaged.finish_noto(font)


def faces() -> dict[str, tuple[packaged.Recipe, set[int]]]:
    """Return how each face is made, and of which characters."""
    made = {}
    for source in packaged.RECIPES[:2]:
        for suffix, (region, number, place, postscript) in PLACES.items():
            key = f"{source.key}-{suffix}"
            heads = source.key.endswith("bold")
            recipe = replace(
                source,
                key=key,
                file=f"Specimen-{key}.otf",
                subfont=number,
                finish=partial(rename, place=place, postscript=postscript),
            )
            made[key] = recipe, set(map(ord, text_of(region, heads=heads) + MARKS + LATIN))
    return made


def main(arguments: list[str] | None = None) -> int:
    """Build all faces; return 0 if the hashes in `fonts.yaml` hold (or were accepted), else 1."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--root", type=Path, default=Path("/"), help="where the package is unpacked")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    parser.add_argument("--accept", action="store_true", help="write the new hashes into fonts.yaml")
    options = parser.parse_args(arguments)
    catalogue = (HERE / "fonts.yaml").read_text(encoding="utf-8")
    accepted = catalogue
    for key, (recipe, codes) in faces().items():
        data = packaged.make(recipe, options.root, codes)
        sha256 = hashlib.sha256(data).hexdigest()
        (options.out / recipe.file).write_bytes(data)
        accepted = packaged.with_hash(accepted, key, sha256)
        sys.stdout.write(f"{sha256}  {len(data):>9,}  {recipe.file}\n")
    if options.accept:
        (HERE / "fonts.yaml").write_text(accepted, encoding="utf-8", newline="\n")
        return 0
    return int(accepted != catalogue)


if __name__ == "__main__":
    sys.exit(main())
