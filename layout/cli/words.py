"""What the command line itself says, in both languages; findings have tables of their own.

One row a sentence; placeholders are the same in both texts (a test compares them).
"""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    # --- stages of a build
    "read": {"en": "reading the issue", "zh": "读取本期稿件"},
    "pages": {"en": "making pages", "zh": "排版"},
    "write": {"en": "writing PDF", "zh": "写 PDF"},
    "previews": {"en": "drawing previews", "zh": "生成小样"},
    # --- results
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
