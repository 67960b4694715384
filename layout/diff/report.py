"""A comparison as a page for the browser: every change in words, the pages side by side with boxes."""

from __future__ import annotations

from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

    from layout.diff import Comparison, PageComparison

_STYLE: Final = """
:root { --ink: #1d1b18; --paper: #fbfaf7; --line: #d9d4c9; --mark: #b3261e; --quiet: #6d675c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ece8df; --paper: #191816; --line: #3a3732; --mark: #ff8a7a; --quiet: #a09a8d; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 2.5rem clamp(1rem, 4vw, 4rem); color: var(--ink); background: var(--paper);
  font: 1rem/1.65 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font: 600 1.6rem/1.3 "Noto Serif SC", "Songti SC", SimSun, serif; margin: 0 0 .25rem; }
h2 { font: 600 1.2rem/1.3 "Noto Serif SC", "Songti SC", SimSun, serif; margin: 3rem 0 .75rem;
  padding-top: .75rem; border-top: 1px solid var(--line); }
p, li { max-width: 70ch; } .quiet { color: var(--quiet); }
ol { padding-left: 1.5rem; } li { margin: .2rem 0; } li code { color: var(--quiet); font-size: .85em; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1.25rem; margin-top: 1rem; }
figure { margin: 0; } figcaption { color: var(--quiet); font-size: .85rem; margin-bottom: .35rem; }
.page { position: relative; border: 1px solid var(--line); background: #fff; }
.page img { display: block; width: 100%; height: auto; }
.page i { position: absolute; border: 2px solid var(--mark); background: rgb(179 38 30 / 8%); }
@media (max-width: 700px) { .pair { grid-template-columns: 1fr; } }
"""

_WORDS: Final = {
    "en": {
        "title": "What changed",
        "none": "Nothing differs.",
        "old": "before",
        "new": "after",
        "count": "{count} changes",
        "lang": "en",
    },
    "zh": {
        "title": "版面变动",
        "none": "没有差别。",
        "old": "改前",
        "new": "改后",
        "count": "共 {count} 处变动",
        "lang": "zh-Hans",
    },
}


def report_files(comparison: Comparison, lang: str = "zh") -> Iterator[tuple[str, bytes]]:
    """Yield the files of the report: pictures first, `index.html` last.

    Args:
        comparison: what differs.
        lang: "zh" or "en".
    """
    for page in comparison.pages:
        if page.pictures is not None:
            yield f"{_slug(page)}.old.png", _png(page.pictures.old)
            yield f"{_slug(page)}.new.png", _png(page.pictures.new)
    yield "index.html", _html(comparison, lang).encode()


def _html(comparison: Comparison, lang: str) -> str:
    words = _WORDS[lang]
    count = words["count"].format(count=len(comparison.changes)) if comparison.changes else words["none"]
    whole = [item for item in comparison.changes if not any(item in page.changes for page in comparison.pages)]
    rows = "".join(f"<li>{escape(item.message(lang))} <code>{escape(item.page)}</code></li>" for item in whole)
    sections = "".join(_section(page, lang) for page in comparison.pages if page.changes or page.pictures)
    return (
        f'<!doctype html>\n<html lang="{words["lang"]}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{words['title']}</title>\n<style>{_STYLE}</style>\n"
        f"<h1>{words['title']}</h1>\n"
        f'<p class="quiet">{escape(comparison.old.name)} → {escape(comparison.new.name)} · {count}</p>\n'
        f"{f'<ol>{rows}</ol>' if rows else ''}{sections}\n</html>\n"
    )


def _section(page: PageComparison, lang: str) -> str:
    rows = "".join(f"<li>{escape(item.message(lang))}</li>" for item in page.changes)
    listed = f"<ol>{rows}</ol>" if rows else ""
    return f"<section><h2>{escape(page.name)}</h2>{listed}{_pair(page, lang)}</section>\n"


def _pair(page: PageComparison, lang: str) -> str:
    if page.pictures is None:
        return ""
    marks = "".join(
        f'<i style="left:{left:.2%};top:{top:.2%};width:{width:.2%};height:{height:.2%}"></i>'
        for left, top, width, height in page.pictures.boxes
    )
    figures = "".join(
        f"<figure><figcaption>{escape(page.name)} {_WORDS[lang][which]}</figcaption>"
        f'<div class="page"><img src="{_slug(page)}.{which}.png" alt="{escape(page.name)} {_WORDS[lang][which]}">'
        f"{marks}</div></figure>"
        for which in ("old", "new")
    )
    return f'<div class="pair">{figures}</div>'


def _slug(page: PageComparison) -> str:
    return "".join(char if char.isalnum() else "-" for char in page.name)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()
