"""From a changed word to the refreshed picture: a sixteen-page issue, one word changed at a time, split by stage.

Run `python tests/bench/proof.py [changes]`. The issue is the sample's pages over and over, every story under an id of
its own. Process time of this machine; `pool` counts none, for pages are made in this process.
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

from layout.build import BuildOptions
from layout.serve.live import Event, Live

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


def main() -> None:
    changes = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as folder:
        issue = sixteen(Path(folder) / "issue")
        live = Live(issue, Path(folder) / "out", BuildOptions(jobs=1, cache=Path(folder) / "cache"))
        if not live.rebuild():
            sys.exit(live.error)
        stories = sorted((issue.parent / "stories").glob("*-*.md"))
        shown, whole, cpu = [], [], []
        for number in range(changes):
            path = stories[(number * 7) % len(stories)]
            text = path.read_text(encoding="utf-8")
            head, _, body = text.rpartition("。")
            path.write_text(head.replace("的", "之", 1) + "。" + body, encoding="utf-8")
            told: list[float] = []

            def note(_: Event, told: list[float] = told) -> None:
                told.append(time.perf_counter())

            live.tell = note  # type: ignore[method-assign, assignment]
            start, used = time.perf_counter(), time.process_time()
            if not live.rebuild():
                sys.exit(live.error)
            shown.append(told[0] - start)
            whole.append(time.perf_counter() - start)
            cpu.append(time.process_time() - used)
    print(f"{'':28}median    worst   ({changes} changes, {PAGES} pages)")
    for name, figures in (
        ("picture on the site, s", shown),
        ("all files written, s", whole),
        ("of it process time, s", cpu),
    ):
        print(f"{name:28}{statistics.median(figures):6.2f}   {max(figures):6.2f}")


if __name__ == "__main__":
    main()
