"""Same input, same bytes: in another process and folder, at another time, with other hashes, locale and cache."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from layout.build import BuildOptions, build

if TYPE_CHECKING:
    import pytest

    from tests.build.conftest import WriteIssue
    from tests.conftest import Built, CommandLine

CLOCK = '''
"""Every clock that tells the time of day says it is 1999; loaded by Python before anything else."""
import datetime, os, time

PAST = 929_000_000.0
real = time.time
start = real()
time.time = lambda: PAST + real() - start
time.time_ns = lambda: int(time.time() * 1e9)
for name in ("localtime", "gmtime"):
    setattr(time, name, lambda at=None, told=getattr(time, name): told(time.time() if at is None else at))
time.ctime = lambda at=None, told=time.ctime: told(time.time() if at is None else at)
time.strftime = lambda form, at=None, told=time.strftime: told(form, time.localtime() if at is None else at)


class Past(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls(*time.gmtime()[:6])

    @classmethod
    def today(cls):
        return cls.now()


class PastDay(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


datetime.datetime, datetime.date = Past, PastDay
with open(os.environ["CLOCK_SEEN"], "a") as seen:
    seen.write(f"{time.strftime('%Y')} {datetime.datetime.now().year}\\n")
'''

DIFFERENT = {"timings.json"}

OPTIONS = BuildOptions(jobs=1, preview_dpi=30)


def contents(folder: Path) -> dict[str, str]:
    """Return the hash of every file under a folder, by relative name, without the earlier version that is kept."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "former" not in path.parts)
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name not in DIFFERENT
    }


def elsewhere(tmp_path: Path) -> dict[str, str]:
    """Return an environment with another clock, hash seed, time zone and language."""
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock" / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    repository = str(Path(__file__).resolve().parents[2])
    return {
        "PYTHONPATH": f"{tmp_path / 'clock'}:{repository}",
        "CLOCK_SEEN": str(tmp_path / "seen"),
        "PYTHONHASHSEED": "4242",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "zh_CN.UTF-8",
    }


def test_the_sample_gives_the_same_bytes_in_another_world(sample: Built, tmp_path: Path, layout: CommandLine) -> None:
    """One process after the other instead of a pool, pictures from the cache, everything of `elsewhere`."""
    copied = tmp_path / "another" / "place"
    shutil.copytree(sample.issue.parent, copied)
    done = layout("build", "place/issue.yaml", "--jobs", "1", cwd=copied.parent, env=elsewhere(tmp_path))
    assert done.returncode == 0, done.stderr
    assert set((tmp_path / "seen").read_text(encoding="utf-8").splitlines()) == {"1999 1999"}
    ours = contents(copied.parent / "output" / "place" / "2026-11-22")
    assert ours == contents(sample.out)
    assert {"issue.pdf", "plan.yaml", "report.json", "preview/B01.png", "dumps/A01.txt", "pages/A04.pdf"} <= set(ours)
    assert (sample.out / "timings.json").is_file()


def test_a_report_names_files_from_the_issue_whatever_folder_the_build_ran_in(
    tmp_path: Path, write_issue: WriteIssue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Findings with places in files: their names are the same from inside the folder and from far away."""
    stories = {"late": "---\nheadline: 夜航船靠岸\nbyline: 记者 𪚥𪚥\n---\n渡口的灯亮到后半夜，船篷上落了一层薄霜。\n"}
    issue = write_issue(tmp_path / "in" / "paper", stories, page="    adverts: [{id: bank, kind: 报花}]\n")
    reports = []
    for cwd, word in [(issue.parent, "issue.yaml"), (tmp_path, "in/paper/issue.yaml"), (Path("/"), str(issue))]:
        monkeypatch.chdir(cwd)
        build(Path(word), tmp_path / "out", OPTIONS)
        reports.append(json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8")))
    assert reports[0] == reports[1] == reports[2]
    places = {(item["code"], item.get("file"), item.get("line")) for item in reports[0]["findings"]}
    assert ("E303", "stories/late.md", 3) in places
    assert ("W516", "issue.yaml", 10) in places


def test_the_build_reads_nothing_of_a_former_one(tmp_path: Path, write_issue: WriteIssue) -> None:
    stories = {"late": "---\nheadline: 夜航船靠岸\n---\n渡口的灯亮到后半夜，船篷上落了一层薄霜。\n"}
    issue, out = write_issue(tmp_path, stories), tmp_path / "out"
    build(issue, out, OPTIONS)
    first = contents(out)
    (out / "plan.yaml").write_text("pages: []\n", encoding="utf-8")
    (out / "dumps" / "A02.txt").write_text("page A02\n", encoding="utf-8")
    build(issue, out, OPTIONS)
    assert contents(out) == first
