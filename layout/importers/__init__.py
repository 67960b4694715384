"""From other people's files to an issue folder: plain text, Word, Markdown, web pages, ninjs, NewsML-G2."""

from __future__ import annotations

from layout.importers.desk import Imported, ImportOptions, import_files

__all__ = ["ImportOptions", "Imported", "import_files"]
