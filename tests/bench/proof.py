"""From a changed word to the refreshed picture: a sixteen-page issue, one word changed at a time, split by stage.

Run `python tests/bench/proof.py [changes]`. The issue is the sample's pages over and over, every story under an id of
its own; pages are made in this process.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

import layout.build.refresh as refresh_room
import layout.raster as raster_room
import layout.serve.live as live_room
from layout.build import BuildOptions
from layout.serve.files import PAUSE
from layout.serve.live import Live

SAMPLE = Path(__file__).parents[2] / "seeds" / "qingdu"
PAGES = 16


def sixteen(folder: Path) -> Path:
    """Write an issue of sixteen pages and return its file."""
    shutil.copytree(SAMPLE, folder)
    issue = yaml.safe_load((folder / "issue.yaml").read_text(encoding="utf-8"))
    issue["date"] = str(issue["date"])
    issue.pop("fillers", None)
    kinds = [page for page in issue["pages"] if not page.get("front")]
    issue["pages"] = [_page(folder, kinds[number % len(kinds)], number) for number in range(PAGES)]
    issue.pop("previous", None)
    path = folder / "issue.yaml"
    path.write_text(yaml.safe_dump(issue, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def _page(folder: Path, page: dict[str, Any], number: int) -> dict[str, Any]:
    made = {**json.loads(json.dumps(page)), "page": f"C{number + 1:02}"}
    made["stories"] = [_entry(folder, entry, number) for entry in page["stories"]]
    made["adverts"] = [{**advert, "id": f"{advert['id']}-{number}"} for advert in page.get("adverts", [])]
    return made


def _entry(folder: Path, entry: Any, number: int) -> Any:  # noqa: ANN401 - plain YAML
    if isinstance(entry, str):
        return _copied(folder, entry, number)
    made = dict(entry)
    if "story" in made:
        made["story"] = _copied(folder, made["story"], number)
    if "stories" in made:
        made["stories"] = [_copied(folder, item, number) for item in made["stories"]]
    return made


def _copied(folder: Path, name: str, number: int) -> str:
    path = folder / name
    other = path.with_name(f"{path.stem}-{number}.md")
    rows = [row for row in path.read_text(encoding="utf-8").splitlines() if not row.startswith(("jump", "id:"))]
    other.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return f"stories/{other.name}"


class Stages:
    """Seconds spent inside chosen functions of the way from the change to the picture."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = {}

    def watch(self, room: object, name: str, stage: str) -> None:
        """Time a function where a room calls it."""
        real = getattr(room, name)

        def timed(*words: object, **named: object) -> object:
            start = time.perf_counter()
            try:
                return real(*words, **named)
            finally:
                self.spent.setdefault(stage, []).append(time.perf_counter() - start)

        setattr(room, name, timed)


def main() -> None:
    changes = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    stages = Stages()
    with tempfile.TemporaryDirectory() as folder:
        issue = sixteen(Path(folder) / "issue")
        live = Live(issue, Path(folder) / "out", BuildOptions(jobs=1, cache=Path(folder) / "cache"))
        if not live.rebuild():
            sys.exit(live.error)
        stages.watch(live_room, "read_issue", "  reading")
        stages.watch(refresh_room, "make_pages", "  making the page")
        stages.watch(refresh_room, "bound_pdfs", "  binding its file")
        stages.watch(raster_room, "site_pictures", "  drawing it")
        stages.watch(refresh_room, "write_site", "  writing the site")
        stories = sorted((issue.parent / "stories").glob("*-*.md"))
        shown, whole = [], []
        for number in range(changes):
            path = stories[(number * 7) % len(stories)]
            head, _, body = path.read_text(encoding="utf-8").rpartition("。")
            path.write_text(head.replace("的", "之", 1) + "。" + body, encoding="utf-8")
            start = time.perf_counter()
            if not live.refresh():
                sys.exit(live.error)
            shown.append(time.perf_counter() - start)
            kept = {stage: list(spent) for stage, spent in stages.spent.items()}
            live.finish()
            stages.spent = kept
            whole.append(time.perf_counter() - start)
    print(f"{'seconds':28}median    worst   ({changes} changes, {PAGES} pages)")
    rows = {"picture on the site": shown, **stages.spent, "all files written": whole}
    for name, figures in rows.items():
        print(f"{name:28}{statistics.median(figures):6.2f}   {max(figures):6.2f}")
    print(f"the watcher looks every {PAUSE} s")


if __name__ == "__main__":
    main()
