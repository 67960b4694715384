"""The texts of all hints, in both languages: one sentence on how to mend what a finding found.

One row a hint, by a name that says what it advises. Placeholders are the same in both texts (a test compares them);
a value whose name ends in `_zh` stands for the value of that name in the Chinese text, as in findings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

HINTS: Final[dict[str, dict[str, str]]] = {
    # --- names and places
    "did-you-mean": {"en": "did you mean `{name}`?", "zh": "是不是 `{name}`？"},
    "known-are": {"en": "known are {names}", "zh": "可用的有 {names}"},
    "known-here": {"en": "known here: {names}", "zh": "这里可用的有：{names}"},
    "belongs-under": {"en": "`{name}` belongs under `{block}`", "zh": "`{name}` 应写在 `{block}` 之下"},
    "first-line": {"en": "first in line {line}", "zh": "首次出现在第 {line} 行"},
    "first-place": {"en": "first in line {line}, column {column}", "zh": "首次出现在第 {line} 行第 {column} 列"},
    "first-at": {"en": "first at {place}", "zh": "首次出现在 {place}"},
    "another-id": {
        "en": "first at {place}; give one of them another `id`",
        "zh": "首次出现在 {place}；请给其中一篇另写 `id`",
    },
    "close-insert": {"en": "write a line `{fence}` where the insert ends", "zh": "请在插件结束处写一行 `{fence}`"},
    "both-take": {"en": "both take {cells}", "zh": "两者都占{cells}"},
    "pin-apart": {
        "en": "pin `{name}` to other lines, or take another plan (`layout plan --alternatives 3`)",
        "zh": "请把 `{name}` 固定到其他行，或另选版面方案（`layout plan --alternatives 3`）",
    },
    # --- files
    "inside-folder": {
        "en": "keep all files of an issue beside its `issue.yaml`",
        "zh": "一期的文件都要放在 `issue.yaml` 所在的文件夹里",
    },
    "is-a-folder": {"en": "it is a folder", "zh": "这是一个文件夹"},
    "save-utf8": {"en": "save the file as UTF-8", "zh": "请把文件另存为 UTF-8"},
    "was-utf16": {"en": "the file is UTF-16: save it as UTF-8", "zh": "文件是 UTF-16 编码：请另存为 UTF-8"},
    "was-gbk": {
        "en": "it reads as GB 18030 (GBK): save the file as UTF-8",
        "zh": "文件是 GB 18030（GBK）编码：请另存为 UTF-8",
    },
    "delete": {"en": "delete it", "zh": "请删去"},
    "delete-more": {"en": "delete it, and {count} more in this file", "zh": "请删去；本文件中另有 {count} 处"},
    "build-folder": {
        "en": "name the folder of a build: the one with report.json in it",
        "zh": "请给出生成结果的文件夹，即 report.json 所在之处",
    },
    "save-docx": {
        "en": "open it in Word, WPS or LibreOffice and save it as .docx",
        "zh": "请用 Word、WPS 或 LibreOffice 打开并另存为 .docx",
    },
    "install-extra": {
        "en": "pip install 'layout-newspaper[{extra}]'",
        "zh": "请执行 pip install 'layout-newspaper[{extra}]'",
    },
    "new-folder": {
        "en": "name a new folder; nothing is overwritten",
        "zh": "请另给一个新文件夹；已有的文件不会被覆盖",
    },
    "say-encoding": {"en": "say which one with --encoding", "zh": "请用 --encoding 指明编码"},
    # --- YAML and story text
    "write-key": {"en": "write `{name}: `", "zh": "请写作 `{name}: `"},
    "write-key-blank": {"en": "write `{name}: ` with a space", "zh": "请写作 `{name}: `，冒号后加空格"},
    "indent-spaces": {"en": "indent with spaces", "zh": "请用空格缩进"},
    "same-column": {"en": "keys of one block start in the same column", "zh": "同一层的键要从同一列开始"},
    "quote-value": {"en": "put the whole value in quotes: '…'", "zh": "请把整个值放进引号：'…'"},
    "quote-other": {
        "en": "put the whole value in the other kind of quotes: '\"…\"…'",
        "zh": "请把整个值放进另一种引号：'\"…\"…'",
    },
    "quote-tag": {"en": "put the value in quotes: '!…'", "zh": "请把值放进引号：'!…'"},
    "quote-text": {"en": "put the text in quotes", "zh": "请把文字放进引号"},
    "quote-to-print": {"en": "put the whole value in quotes to print it", "zh": "要印出来，请把整个值放进引号"},
    "quote-bracket": {
        "en": "put the text in quotes if it starts with a bracket",
        "zh": "文字以括号开头时，请放进引号",
    },
    "close-with": {"en": "close it with `{sign}`", "zh": "请用 `{sign}` 收尾"},
    "close-quotes": {"en": "close the quotation", "zh": "请补上收尾的引号"},
    "single-quotes": {"en": "use single quotes", "zh": "请改用单引号"},
    "delete-fence": {"en": "delete the line `---`", "zh": "请删去 `---` 这一行"},
    "three-hyphens": {"en": "write three hyphens: `---`", "zh": "请写三个半角连字符：`---`"},
    "start-fence": {"en": "start the file with a line `---`", "zh": "文件第一行应为 `---`"},
    "end-fence": {
        "en": "end the story's details with a second line `---`",
        "zh": "稿件信息之后要有第二行 `---`",
    },
    "escape-sign": {"en": "write `{sign}` to print the sign itself", "zh": "要印出符号本身，请写 `{sign}`"},
    # --- pages, plans, press
    "advert-size": {
        "en": "adverts are not scaled: ask for a new file, or book the size that it has",
        "zh": "广告不缩放：请索取新文件，或按文件的尺寸预订",
    },
    "write-ink": {"en": "write `ink: {ink}`, or book another position", "zh": "请写 `ink: {ink}`，或另订版位"},
    "out-of-plan": {"en": "take its entry out of the plan", "zh": "请把它从版面方案中删去"},
    "unlock": {"en": "`--unlock {page}` makes it again", "zh": "`--unlock {page}` 可重新排版"},
    "signed-before": {"en": "{by} signed before the page changed", "zh": "{by}签字之后版面有改动"},
    "pattern-rev": {"en": "put {{rev}} into the pattern", "zh": "请在文件名格式中加入 {{rev}}"},
    "more-of-kind": {"en": "{count} more of this kind on the page", "zh": "本页另有同类问题 {count} 处"},
    "cut": {
        "en": "cut {lines} lines ({chars} characters) of `{name}` from paragraph {paragraph} on",
        "zh": "将 `{name}` 自第 {paragraph} 段起删去 {lines} 行（{chars} 字）",
    },
    "lose-deck": {
        "en": "let `{name}` lose its deck: `deck_optional: yes`",
        "zh": "让 `{name}` 可略去副题：`deck_optional: yes`",
    },
    "or-jump": {
        "en": "let `{name}` go on on another page: `jump: auto`; or {cuts}: `--trim` does it",
        "zh": "让 `{name}` 转至他版：`jump: auto`；或{cuts}：用 `--trim` 即可",
    },
    "trim-does": {"en": "{cuts}; `--trim` does it", "zh": "{cuts}；用 `--trim` 即可"},
    "move-story": {
        "en": "no cut that is allowed helps; move `{name}` (rank {rank}) to another page",
        "zh": "允许的删节都不够；请把 `{name}`（等级 {rank}）移至他版",
    },
    "allow-quote": {
        "en": "allow a pull quote in `{name}`: `pull_quotes: yes`",
        "zh": "允许从 `{name}` 中提要引语：`pull_quotes: yes`",
    },
    "add-copy": {
        "en": "add about {count} characters of copy, or a filler of that size under `fillers`",
        "zh": "请补约 {count} 字，或在 `fillers` 下加一篇这么长的补白",
    },
    # --- values
    "date-like": {"en": "write it like `2026-11-22`", "zh": "请写成 `2026-11-22` 这样"},
    "length": {
        "en": "write a number and pt, mm, cm or in",
        "zh": "请写数字加单位 pt、mm、cm 或 in",
    },
    "length-em": {
        "en": "write a number and pt, mm, cm, in or em",
        "zh": "请写数字加单位 pt、mm、cm、in 或 em",
    },
    "four-inks": {
        "en": "write a colour's name or [cyan, magenta, yellow, black] in per cent",
        "zh": "请写颜色名，或 [青, 品红, 黄, 黑] 的百分比",
    },
    "inks-list": {"en": "write [cyan, magenta, yellow, black]", "zh": "请写 [青, 品红, 黄, 黑]"},
    "name-color": {"en": "name it under `colors`", "zh": "请在 `colors` 下定义它"},
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One sentence on how to mend something, complete, in English and in Chinese."""

    en: str
    zh: str


def hint(key: str, /, **values: object) -> Hint:
    """Return the hint `key` of the table, its placeholders filled in.

    Raises:
        KeyError: the key is not in the table, or a placeholder is missing.
    """
    texts = {name: str(value) for name, value in values.items()}
    chinese = texts | {name.removesuffix("_zh"): text for name, text in texts.items() if name.endswith("_zh")}
    row = HINTS[key]
    return Hint(row["en"].format_map(texts), row["zh"].format_map(chinese))


def together(hints: Iterable[Hint]) -> Hint:
    """Return several hints as one."""
    kept = list(hints)
    return Hint(", ".join(item.en for item in kept), "，".join(item.zh for item in kept))


def listed(names: Iterable[str]) -> dict[str, str]:
    """Return names in back quotes as the values `names` and `names_zh` of a hint that lists them."""
    quoted = [f"`{name}`" for name in names]
    return {"names": ", ".join(quoted), "names_zh": "、".join(quoted)}
