"""The server running: a socket, the watching thread, and the address to open."""

from __future__ import annotations

import secrets
import socket
import threading
from typing import TYPE_CHECKING

import uvicorn

from layout.serve.app import make_app
from layout.serve.guard import Guard

if TYPE_CHECKING:
    from collections.abc import Callable

    from layout.serve.live import Live


def serve(
    live: Live,
    host: str,
    port: int,
    clock: Callable[[], str],
    say: Callable[[str], None],
    others: tuple[str, ...] = (),
) -> None:
    """Serve until interrupted.

    Args:
        live: the issue, built once already.
        host: address to listen at.
        port: 0 takes a free one.
        clock: tells the time for remarks.
        say: told the address to open.
        others: more names by which this machine is reached.
    """
    listening = socket.create_server((host, port))
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    names = {host, "127.0.0.1", "localhost", *others}
    guard = Guard(token, frozenset(f"{name}:{port}" for name in names))
    watcher = threading.Thread(target=live.watch, daemon=True)
    watcher.start()
    say(f"http://{host}:{port}/?token={token}")
    config = uvicorn.Config(make_app(live, guard, clock), log_level="error", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    try:
        server.run(sockets=[listening])
    finally:
        live.stop()
        watcher.join(timeout=2)
