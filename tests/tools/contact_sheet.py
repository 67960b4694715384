"""Make `seeds/pages/contact.png`: twenty pages that the engine laid out by itself, side by side.

Run `python tests/tools/contact_sheet.py` with the page specifications beside the repository (`../shared/pages`).
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

from tests.bench.pages import render_pages
from tests.bench.specs import REPOSITORY, read_specs

TARGET: Final = REPOSITORY / "seeds" / "pages" / "contact.png"
ACROSS, DOWN = 5, 4
CELL: Final = (236, 336)
"""A page's size on the sheet in pixels, the space around it included."""

SPACE: Final = 10
COLOURS: Final = 96
PAPER: Final = (214, 214, 210)


def main() -> None:
    """Render the pages and write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TARGET)
    out = parser.parse_args().out
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        specs = read_specs(pictures=folder / "pictures")
        chosen = specs[:: len(specs) // (ACROSS * DOWN)][: ACROSS * DOWN]
        render_pages(chosen, folder)
        sheet = Image.new("RGB", (ACROSS * CELL[0], DOWN * CELL[1]), PAPER)
        for number, spec in enumerate(chosen):
            page = Image.open(folder / f"{spec.id}.png").convert("RGB")
            page.thumbnail((CELL[0] - SPACE, CELL[1] - SPACE), Image.Resampling.LANCZOS)
            row, column = divmod(number, ACROSS)
            left = column * CELL[0] + (CELL[0] - page.width) // 2
            sheet.paste(page, (left, row * CELL[1] + (CELL[1] - page.height) // 2))
        sheet.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(out, optimize=True)
    print(f"{out.name}: {out.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
