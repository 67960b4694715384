"""From an issue to other people's formats: ninjs, the JSON of news agencies."""

from __future__ import annotations

from layout.exporters.desk import Exported, export_issue

__all__ = ["Exported", "export_issue"]
