"""Work on files from strangers, in a process of its own whose time and memory are bounded.

A function is called by name and writes its answer to standard output; whatever it does beyond its bounds ends that
process, never ours.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

MOST_SECONDS: Final = 30
"""Seconds of the clock and of the processor that one call may take."""

MOST_MEMORY: Final = 1 << 30
"""Bytes of address space of the process."""

MOST_ANSWER: Final = 256 << 20
"""Bytes of an answer; the called function keeps to it, since its answer has to be held here."""

_CHILD: Final = """
import sys
sys.path.insert(0, sys.argv[1])
from importlib import import_module
from layout.bounded import limit
limit(int(sys.argv[2]), int(sys.argv[3]))
getattr(import_module(sys.argv[4]), sys.argv[5])(*sys.argv[6:])
"""


class BoundsError(Exception):
    """The process did not answer; the message says why, as the end of a sentence about the file."""


def call(room: str, function: str, *words: str) -> bytes:
    """Return what a function writes to standard output when called with `words` in a bounded process.

    Args:
        room: the module's name.
        function: its function, which takes texts.
        words: the arguments.

    Raises:
        BoundsError: it took too much time or memory, or ended in an error.
    """
    root = str(Path(__file__).resolve().parents[1])
    command = [sys.executable, "-P", "-c", _CHILD, root, str(MOST_SECONDS), str(MOST_MEMORY), room, function, *words]
    try:
        done = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, check=False)  # noqa: S603 - ourselves
    except subprocess.TimeoutExpired:
        raise BoundsError(_too_long()) from None
    if done.returncode == 0:
        return done.stdout
    if -done.returncode == getattr(signal, "SIGXCPU", None):
        raise BoundsError(_too_long())
    last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    if done.returncode < 0 or "MemoryError" in last or "bad_alloc" in last:
        message = f"reading it takes more than {MOST_MEMORY >> 20} MB of memory, or crashes the reader"
        raise BoundsError(message)
    raise BoundsError(last or f"reading ended with {done.returncode}")


def limit(seconds: int, memory: int) -> None:
    """Bound this process: processor seconds and bytes of address space, where the platform can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on every platform

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _too_long() -> str:
    return f"reading it takes more than {MOST_SECONDS} s"
