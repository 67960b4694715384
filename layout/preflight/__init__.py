"""Preflight: what a press file must be, read from the finished file alone.

Nothing here knows how our own files are written; any PDF can be checked. `layout.preflight.inspect` looks at
bytes in this process; `check` and `examine` look at a file in a process of its own with bounded time and memory:
foreign files come from strangers.
"""

from __future__ import annotations

from layout.preflight.apart import Marked, check, examine

__all__ = ["Marked", "check", "examine"]
