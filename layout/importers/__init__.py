"""From other people's files to an issue folder: the text of extracted pages."""

from __future__ import annotations

from layout.importers.folder import ImportOutcome, import_text_page

__all__ = ["ImportOutcome", "import_text_page"]
