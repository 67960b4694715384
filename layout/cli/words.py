"""What the command line itself says, in both languages; findings have tables of their own.

One row a sentence; placeholders are the same in both texts (a test compares them).
"""

from __future__ import annotations

from typing import Final

COMMANDS_ZH: Final[dict[str, str]] = {
    "build": "排出一期报纸：印刷版 PDF、小样与报告。",
    "check": "通读一期稿件，指出问题，不写任何文件。",
    "comments": "列出、导出、执行、导入校对意见。",
    "diff": "说明两次生成结果或两份 PDF 之间的改动。",
    "doctor": "检查排报所需是否齐备。",
    "explain": "说明某条提示的含义与改法。",
    "export": "把一期稿件写成其他格式。",
    "fonts": "列出字体，检查一期的用字，添加字体，输出字样。",
    "import": "把外来文件转成稿件。",
    "init": "新办一份报纸：建一个马上能排的文件夹。",
    "lock": "锁定已完成的版面，稿件再改也不动。",
    "plan": "安排版面并写出版面方案，可修改后用于 `build --plan`。",
    "preflight": "检查 PDF 能否付印，无论由谁制作。",
    "proof": "打开在线小样，随改随排，收集校对意见。",
    "release": "全部无误、意见了结、签字齐全后，写出付印文件。",
    "schema": "输出各类文件的 JSON Schema。",
    "sign": "为排好的版面签字。",
    "styles": "列出样式，显示完整样式，输出样式样张。",
    "watch": "文件一改就重新生成。",
}
"""The commands' lines in `layout --help` in Chinese; the English ones stand in the table of commands."""

WORDS: Final[dict[str, dict[str, str]]] = {
    "about": {
        "en": "Make newspapers: Chinese composition, page making, print-ready PDF.",
        "zh": "排报：中文排版、自动拼版、可直接付印的 PDF。",
    },
    # --- stages of a build
    "read": {"en": "reading the issue", "zh": "读取本期稿件"},
    "pages": {"en": "making pages", "zh": "排版"},
    "write": {"en": "writing PDF", "zh": "写 PDF"},
    "preflight": {"en": "checking and drawing", "zh": "印前检查与小样"},
    "previews": {"en": "drawing previews", "zh": "生成小样"},
    # --- doctor
    "well": {"en": "All is well: papers can be made.", "zh": "一切正常，可以排报。"},
    "unwell": {"en": "Papers cannot be made: see the lines marked !!", "zh": "还不能排报：请看标有 !! 的各行"},
    # --- explain
    "mend": {"en": "How to mend it: ", "zh": "改法："},
    "example": {"en": "For example:", "zh": "例如："},
    "no-code": {"en": "there is no finding '{code}'", "zh": "没有代码“{code}”"},
    "no-code-near": {
        "en": "there is no finding '{code}'; did you mean {near}?",
        "zh": "没有代码“{code}”；是不是 {near}？",
    },
    # --- fonts
    "characters": {"en": "{count} characters", "zh": "{count} 个字符"},
    "embeds": {"en": "may be embedded (fsType {bits})", "zh": "可以嵌入（fsType {bits}）"},
    "embeds-not": {"en": "may not be embedded (fsType {bits})", "zh": "不许嵌入（fsType {bits}）"},
    "roles": {"en": "first for {names}", "zh": "首选于 {names}"},
    "missing": {"en": "in no face: {chars}", "zh": "所有字体都缺：{chars}"},
    "from-fallback": {"en": "from `{face}`: {chars}", "zh": "取自 `{face}`：{chars}"},
    "complete": {"en": "complete", "zh": "齐全"},
    # --- watch
    "waiting": {"en": "cannot be built; waiting for the next change", "zh": "无法生成，等待下一次改动"},
    "watching": {"en": "watching {folder}; Ctrl-C ends", "zh": "正在监看 {folder}；按 Ctrl-C 结束"},
    # --- results
    "comma": {"en": ", ", "zh": "，"},
    "held-to": {"en": "no PDF/X, held to {flavour}", "zh": "不是 PDF/X，按 {flavour} 检查"},
    "page": {"en": "1 page", "zh": "1 个版"},
    "page-count": {"en": "{count} pages", "zh": "{count} 个版"},
    "largest-ink": {"en": "largest ink {ink} %", "zh": "最大墨量 {ink}%"},
    "tally": {"en": "{errors}, {warnings}", "zh": "{errors}，{warnings}"},
    "error": {"en": "1 error", "zh": "1 个错误"},
    "errors": {"en": "{count} errors", "zh": "{count} 个错误"},
    "warning": {"en": "1 warning", "zh": "1 个警告"},
    "warnings": {"en": "{count} warnings", "zh": "{count} 个警告"},
    "built-one": {"en": "1 page in {seconds} s", "zh": "1 个版，用时 {seconds} 秒"},
    "built": {"en": "{count} pages in {seconds} s", "zh": "{count} 个版，用时 {seconds} 秒"},
}


def word(key: str, lang: str, /, **values: object) -> str:
    """Return the sentence `key` in "en" or "zh", its placeholders filled in."""
    return WORDS[key][lang].format_map({name: str(value) for name, value in values.items()})
