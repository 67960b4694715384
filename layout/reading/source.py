"""From bytes to text, and from written paths to files inside the issue's folder.

`Sources` collects what one reading meets: every text by the name its spans use, and every finding. Names are
relative to the current folder where the file lies inside it, else to the parent of the issue's folder, else to the
parent of the packaged styles; a report never names the machine's own folders.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Severity, Span, finding
from layout.diagnostics.hints import Hint, hint
from layout.resources import styles_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from layout.diagnostics import Diagnostic

FULL_COLON: Final = "："

_UTF8_MARK: Final = b"\xef\xbb\xbf"
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")

_UNWANTED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb\ufffe\uffff]")
"""Controls, and the separators and byte-order marks that YAML or a text editor would count as line ends."""

_SHOWN_MOST: Final = 8
"""So many unwanted characters of one file are reported one by one."""

_PICTURES: Final = 0x2400
"""The Unicode block whose characters show the C0 controls."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like `name`, or an empty text where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only needed once something is wrong

    names = sorted(set(known))
    folded = {other.casefold(): other for other in names}
    if name.casefold() in folded:
        return folded[name.casefold()]
    return next(iter(get_close_matches(name, names, n=1, cutoff=0.6)), "")


def did_you_mean(name: str, known: Iterable[str]) -> Hint | None:
    """Return the hint `did you mean …?`, or None where no name is near."""
    near = nearest(name, known)
    return hint("did-you-mean", name=near) if near and near != name else None


class Sources:
    """The texts and findings of one reading, and the folder that its files may not leave."""

    def __init__(self, folder: Path) -> None:
        """Start with no text and no finding.

        Args:
            folder: the issue's folder; files that it names must lie inside.
        """
        self.folder = folder.resolve()
        self.texts: dict[str, str] = {}
        self.findings: list[Diagnostic] = []
        self._bases = (Path.cwd(), self.folder.parent, styles_folder().parent)
        self._names: dict[Path, str] = {}

    def report(
        self, code: str, *, span: Span | None = None, hint: Hint | str | None = None, **values: str | int
    ) -> None:
        """Add a finding of `code`; `values` fill its text."""
        self.findings.append(
            finding(code, span=span, hint=hint, **{name: str(value) for name, value in values.items()})
        )

    def report_colon(self, text: str, span: Span, known: Collection[str] = ()) -> bool:
        """Report a full-width colon after a known name (any, where none are given), or return False."""
        before, colon, _ = text.partition(FULL_COLON)
        name = before.strip()
        if not colon or (known and name not in known):
            return False
        column = span.column + len(before)
        place = Span(span.file, span.line, column, span.line, column + 1)
        self.report("E114", span=place, name=name, hint=hint("write-key", name=name))
        return True

    @property
    def failed(self) -> bool:
        """Whether an error is among the findings."""
        return any(item.severity is Severity.ERROR for item in self.findings)

    def name(self, path: Path) -> str:
        """Return the name that spans use for a file."""
        if path not in self._names:
            bases = (base for base in self._bases if path.is_relative_to(base))
            base = next(bases, path.parent)
            self._names[path] = path.relative_to(base).as_posix()
        return self._names[path]

    def resolve(self, written: str, beside: Path, span: Span | None) -> Path | None:
        """Return the file that `written` names from the folder `beside`, or report why there is none."""
        try:
            path = (beside / written).resolve()
            inside = path.is_relative_to(self.folder)
            found = inside and path.is_file()
        except (OSError, RuntimeError, ValueError):
            inside, found = True, False
        if not inside:
            self.report("E108", span=span, file=written, hint=hint("inside-folder"))
        elif not found:
            self.report("E101", span=span, file=written, hint=_near_file(written, beside))
        return path if found else None

    def read(self, path: Path, span: Span | None = None) -> str | None:
        """Return a file's text, and keep it for excerpts; report why it cannot be read.

        A byte-order mark is dropped, line ends become line feeds, and unwanted characters are shown by others, so
        that lines and columns stay those of the file.

        Args:
            path: the file.
            span: where it is named.
        """
        name = self.name(path)
        try:
            data = path.read_bytes()
        except OSError as error:
            self.report("E122", span=span, file=name, problem=error.strerror or type(error).__name__)
            return None
        if data.startswith(_UTF8_MARK):
            self.report("W131", span=Span(name, 1, 1))
            data = data[len(_UTF8_MARK) :]
            skipped = len(_UTF8_MARK)
        else:
            skipped = 0
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            self._report_bytes(name, data, error, skipped)
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if _UNWANTED.search(text):
            text = self._report_unwanted(name, text)
        self.texts[name] = text
        return text

    def _report_bytes(self, name: str, data: bytes, error: UnicodeDecodeError, skipped: int) -> None:
        before = data[: error.start].decode()
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        saved, guess = _guess(data)
        self.texts[name] = _UNWANTED.sub("\ufffd", guess.replace("\r\n", "\n").replace("\r", "\n"))
        self.report(
            "E107",
            span=Span(name, line, column, line, column + 1),
            byte=" ".join(f"0x{byte:02X}" for byte in data[error.start : max(error.end, error.start + 1)]),
            offset=error.start + skipped,
            hint=saved,
        )

    def _report_unwanted(self, name: str, text: str) -> str:
        met = list(_UNWANTED.finditer(text))
        for count, match in enumerate(met[:_SHOWN_MOST], 1):
            at = match.start()
            line = text.count("\n", 0, at) + 1
            column = at - text.rfind("\n", 0, at)
            more = len(met) - _SHOWN_MOST
            many = more > 0 and count == _SHOWN_MOST
            cure = hint("delete-more", count=more) if many else hint("delete")
            span = Span(name, line, column, line, column + 1)
            self.report("E121", span=span, codepoint=f"{ord(match[0]):04X}", hint=cure)
        return _UNWANTED.sub(lambda match: _picture(match[0]), text)


def unwanted(text: str) -> str:
    """Return the first character of `text` that no story may contain, or an empty text."""
    match = _UNWANTED.search(text)
    return match[0] if match else ""


def _picture(char: str) -> str:
    code = ord(char)
    return chr(_PICTURES + code) if code < 0x20 else "\ufffd"  # the C0 controls


def _guess(data: bytes) -> tuple[Hint, str]:
    """Return a hint at the encoding that a file seems to have, and its text in that encoding."""
    if data.startswith(_UTF16_MARKS):
        return hint("was-utf16"), data.decode("utf-16", errors="replace")
    try:
        return hint("was-gbk"), data.decode("gb18030")
    except UnicodeDecodeError:
        return hint("save-utf8"), data.decode(errors="replace")


def _near_file(written: str, beside: Path) -> Hint | None:
    """Return a hint at the file that may be meant, from the listing of the first folder where the path fails."""
    parts = written.replace("\\", "/").split("/")
    folder = beside
    for index, part in enumerate(parts):
        try:
            if part in ("", ".", "..") or (folder / part).is_dir():
                folder = folder / part
                continue
            last = index == len(parts) - 1
            names = [item.name for item in folder.iterdir() if last or item.is_dir()]
        except (OSError, ValueError):
            return None
        near = part if part in names else nearest(part, names)
        meant = "/".join([*parts[:index], near, *parts[index + 1 :]])
        return hint("did-you-mean", name=meant) if near and meant != written else None
    return hint("is-a-folder") if parts[-1] else None
