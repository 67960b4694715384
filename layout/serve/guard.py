"""Who may talk to the server: this machine's browser, opened with the address that was printed.

A page elsewhere on the web can make a browser send requests to the loopback address; it cannot know the token, is not
the origin, and cannot name the host (DNS rebinding). All three are asked of every request, loopback or not.
"""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

COOKIE: Final = "layout_token"
SIZE_MOST: Final = 64 * 1024
"""Bytes that a request may bring: the longest remark is a paragraph."""

_SAFE: Final = frozenset({"GET", "HEAD"})


class Guard:
    """Judges requests by their method, address and headers."""

    def __init__(self, token: str, hosts: frozenset[str]) -> None:
        """Take the secret of this run and the `host:port` names it is reached by."""
        self.token = token
        self.hosts = hosts

    def refusal(self, method: str, query: str, headers: Mapping[str, str]) -> int:
        """Return 0 where a request may pass, else the status that refuses it: 400, 401, 403 or 413.

        Args:
            method: of the request.
            query: of its address, for the first visit.
            headers: lower-case names.
        """
        if headers.get("host", "") not in self.hosts:
            return 403
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc not in self.hosts:
            return 403
        if method not in _SAFE:
            if origin is None or headers.get("x-layout") != "1":
                return 403
            length = headers.get("content-length", "")
            if not length.isdecimal():
                return 400
            if int(length) > SIZE_MOST:
                return 413
        return 0 if self._knows(query, headers) else 401

    def first_visit(self, query: str) -> bool:
        """Return whether an address brings the token, which a cookie carries from then on."""
        return any(self._is_token(value) for value in parse_qs(query).get("token", []))

    def _knows(self, query: str, headers: Mapping[str, str]) -> bool:
        cookies = SimpleCookie()
        try:
            cookies.load(headers.get("cookie", ""))
        except CookieError:
            return self.first_visit(query)
        kept = cookies.get(COOKIE)
        return (kept is not None and self._is_token(kept.value)) or self.first_visit(query)

    def _is_token(self, text: str) -> bool:
        return hmac.compare_digest(text.encode(), self.token.encode())
