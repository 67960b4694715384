"""The server's addresses: the site's files, the remarks, and a stream of what happens."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

import anyio.to_thread
from starlette.applications import Starlette
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from layout.build.folder import OutputFolder
from layout.build.proof import former_pages
from layout.build.remarks import apply_correction, mending_of, sign_page, stories_of
from layout.comment import Comment, Kind, State
from layout.diagnostics import InputError, LayoutError
from layout.diagnostics.render import short
from layout.geometry import PT, Rect
from layout.remarks.sheet import anchor_at, comments_data, spot_at
from layout.remarks.store import ConflictError, Store
from layout.serve.guard import COOKIE, Guard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from layout.serve.live import Live

SITE: Final = "proof"
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".webp": "image/webp",
}
"""What the site consists of; nothing else is served."""

_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
_PATIENCE: Final = 10.0
"""Seconds after which a silent stream sends a sign of life."""

_LONGEST: Final = 4000
"""Characters of a remark or an answer."""

_NAME_LONGEST: Final = 40
_LISTENERS: Final = 64
"""Browsers that may listen at once, each with a thread that waits."""


def make_app(live: Live, guard: Guard, clock: Callable[[], str]) -> ASGIApp:
    """Return the application.

    Args:
        live: the issue.
        guard: judges every request.
        clock: tells the time for remarks, ISO 8601.
    """
    desk = _Desk(live, clock)
    routes = [
        Route("/", desk.home),
        Route("/api/events", desk.events),
        Route("/api/comments", desk.comments, methods=["GET"]),
        Route("/api/comments", desk.add, methods=["POST"]),
        Route("/api/comments/{name}/reply", desk.reply, methods=["POST"]),
        Route("/api/comments/{name}/state", desk.state, methods=["POST"]),
        Route("/api/comments/{name}/diff", desk.diff, methods=["GET"]),
        Route("/api/comments/{name}/apply", desk.apply, methods=["POST"]),
        Route("/api/sign", desk.sign, methods=["POST"]),
        Route("/{path:path}", desk.file),
    ]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _LISTENERS
        yield

    return _Guarded(Starlette(routes=routes, lifespan=lifespan), guard)


class _Guarded:
    """Lets a request through to the application, or answers with the refusal."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self.app = app
        self.guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        query = scope["query_string"].decode("latin-1")
        status = self.guard.refusal(scope["method"], query, headers)
        if status:
            await PlainTextResponse(f"{status}\n", status, _HEADERS)(scope, receive, send)
        elif scope["path"] == "/" and self.guard.first_visit(query):
            response = RedirectResponse("/", 303, _HEADERS)
            response.set_cookie(COOKIE, self.guard.token, httponly=True, samesite="strict")
            await response(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class _Desk:
    """What is behind the addresses."""

    def __init__(self, live: Live, clock: Callable[[], str]) -> None:
        self.live = live
        self.clock = clock
        self.store = Store(live.issue.resolve().parent)

    # --- the site

    async def home(self, _: Request) -> Response:
        return RedirectResponse("/index.html", 302, _HEADERS)

    async def file(self, request: Request) -> Response:
        """Answer with a file of the site; whatever leads out of its folder is not there."""
        root = (self.live.out / SITE).resolve()
        try:
            path = (root / request.path_params["path"]).resolve()
            kind = TYPES.get(path.suffix) if path.is_relative_to(root) else None
            data = await run_in_threadpool(path.read_bytes) if kind else b""
        except (OSError, ValueError):  # not there, or no name that a file can have
            kind = None
        if kind is None:
            return PlainTextResponse("404\n", 404, _HEADERS)
        return Response(data, 200, _HEADERS, kind)

    async def events(self, _: Request) -> Response:
        async def stream() -> AsyncIterator[str]:
            async for event in iterate_in_threadpool(self._events()):
                yield event

        return StreamingResponse(stream(), 200, _HEADERS, "text/event-stream")

    def _events(self) -> Iterator[str]:
        yield ": hello\n\n"
        for event in self.live.listen(_PATIENCE):
            yield ": still here\n\n" if event is None else f"data: {json.dumps(event, ensure_ascii=False)}\n\n"

    # --- remarks

    async def comments(self, _: Request) -> Response:
        return await self._answer(self._all)

    def _all(self) -> dict[str, Any]:
        reading = self.live.reading
        stories = stories_of(reading.issue) if reading else {}
        former = former_pages(OutputFolder(self.live.out), reading.issue) if reading else {}
        return comments_data(self.store.comments(), self.live.maps, stories, former)

    async def add(self, request: Request) -> Response:
        asked = await _body(request)

        def work() -> dict[str, Any]:
            self.store.add(self._comment(asked))
            return self._told()

        return await self._answer(work)

    def _comment(self, asked: dict[str, Any]) -> Comment:
        page = next((item for item in self.live.maps if item.page == asked.get("page")), None)
        if page is None:
            message = "page"
            raise ValueError(message)
        boxes = [_rect(box) for box in _list(asked, "boxes")]
        point = [float(value) for value in _list(asked, "point")]
        anchor = anchor_at(page, boxes) if boxes else None
        return Comment(
            id="",
            page=page.page,
            by=_text(asked, "by", _NAME_LONGEST, needed=True),
            at=self.clock(),
            kind=Kind(asked.get("kind", "query")),
            remark=_text(asked, "remark", _LONGEST),
            wanted=_text(asked, "wanted", _LONGEST),
            must=asked.get("must") is True,
            anchor=anchor,
            spot=spot_at(point[0], point[1]) if anchor is None and len(point) > 1 else None,
            revision=_text(asked, "revision", _NAME_LONGEST),
        )

    async def reply(self, request: Request) -> Response:
        asked, name = await _body(request), request.path_params["name"]

        def work() -> dict[str, Any]:
            text = _text(asked, "text", _LONGEST, needed=True)
            by = _text(asked, "by", _NAME_LONGEST, needed=True)
            self.store.answer(name, int(asked["version"]), by, self.clock(), text)
            return self._told()

        return await self._answer(work)

    async def state(self, request: Request) -> Response:
        asked, name = await _body(request), request.path_params["name"]

        def work() -> dict[str, Any]:
            by = _text(asked, "by", _NAME_LONGEST, needed=True)
            self.store.close(name, int(asked["version"]), by, self.clock(), State(asked["state"]))
            return self._told()

        return await self._answer(work)

    async def diff(self, request: Request) -> Response:
        name = request.path_params["name"]

        def work() -> dict[str, Any]:
            _, mending = mending_of(self._reading(), name)
            return {"diff": mending.diff}

        return await self._answer(work)

    async def apply(self, request: Request) -> Response:
        asked, name = await _body(request), request.path_params["name"]

        def work() -> dict[str, Any]:
            by = _text(asked, "by", _NAME_LONGEST, needed=True)
            reading = self._reading()
            comment, mending = mending_of(reading, name)
            apply_correction(reading, comment, mending, by=by, at=self.clock())
            return self._told()

        return await self._answer(work)

    async def sign(self, request: Request) -> Response:
        asked = await _body(request)

        def work() -> dict[str, Any]:
            by = _text(asked, "by", _NAME_LONGEST, needed=True)
            stage = _text(asked, "stage", _NAME_LONGEST, needed=True)
            page = _text(asked, "page", _NAME_LONGEST, needed=True)
            sign_page(self._reading(), self.live.out, page, stage, by, self.clock())
            return self._told()

        return await self._answer(work)

    def _reading(self) -> Any:  # noqa: ANN401 - the reading's type, or the refusal below
        if self.live.reading is None:
            message = "the issue has not been built"
            raise ValueError(message)
        return self.live.reading

    def _told(self) -> dict[str, Any]:
        self.live.tell({"type": "comments"})
        return self._all()

    async def _answer(self, work: Callable[[], dict[str, Any]]) -> Response:
        """Do the work in a thread; what is wrong with the request is 400, a conflict 409, what cannot be 422."""
        try:
            made = await run_in_threadpool(work)
        except ConflictError as problem:
            return JSONResponse({"error": _said(problem), "now": self._all()}, 409, _HEADERS)
        except LayoutError as problem:
            status = 404 if isinstance(problem, InputError) and problem.diagnostics[0].code == "E658" else 422
            return JSONResponse({"error": _said(problem)}, status, _HEADERS)
        except (ValueError, KeyError, TypeError) as problem:
            return JSONResponse({"error": f"bad request: {problem}"}, 400, _HEADERS)
        return JSONResponse(made, 200, _HEADERS)


async def _body(request: Request) -> dict[str, Any]:
    """Return a request's JSON object, an empty one where it brings none; its length was judged before."""
    try:
        made = json.loads(await request.body())
    except ValueError:
        return {}
    return made if isinstance(made, dict) else {}


def _text(asked: dict[str, Any], key: str, most: int, *, needed: bool = False) -> str:
    value = asked.get(key, "")
    if not isinstance(value, str) or len(value) > most or (needed and not value.strip()):
        raise ValueError(key)
    return value.strip()


def _list(asked: dict[str, Any], key: str) -> list[Any]:
    value = asked.get(key, [])
    if not isinstance(value, list):
        raise TypeError(key)
    return value


def _rect(box: Any) -> Rect:  # noqa: ANN401 - checked here
    x, y, width, height = (round(float(value) * PT) for value in box)
    return Rect(x, y, width, height)


def _said(problem: LayoutError) -> str:
    return "\n".join(short(item, "zh") for item in problem.diagnostics)
