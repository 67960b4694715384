"""The live proof: who may talk to it, remarks of several people at once, pages that renew themselves."""

from __future__ import annotations

import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn

from layout.build import BuildOptions
from layout.serve.app import make_app
from layout.serve.guard import COOKIE, SIZE_MOST, Guard
from layout.serve.live import Live

if TYPE_CHECKING:
    from collections.abc import Iterator

SUITE = Path(__file__).parents[1] / "suite" / "inside"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
TOKEN = "a-secret-of-this-run"  # noqa: S105 - of a server that lives for one test
HOST = "127.0.0.1:8000"


@pytest.mark.parametrize(
    ("method", "query", "headers", "status"),
    [
        ("GET", "", {"host": HOST}, 401),
        ("GET", f"token={TOKEN}", {"host": HOST}, 0),
        ("GET", "token=wrong", {"host": HOST}, 401),
        ("GET", "", {"host": HOST, "cookie": f"{COOKIE}={TOKEN}"}, 0),
        ("GET", "", {"host": "evil.example", "cookie": f"{COOKIE}={TOKEN}"}, 403),
        ("GET", "", {"host": HOST, "cookie": f"{COOKIE}={TOKEN}", "origin": "http://evil.example"}, 403),
        ("POST", "", {"host": HOST, "cookie": f"{COOKIE}={TOKEN}", "x-layout": "1", "content-length": "2"}, 403),
        (
            "POST",
            "",
            {"host": HOST, "cookie": f"{COOKIE}={TOKEN}", "origin": f"http://{HOST}", "content-length": "2"},
            403,
        ),
        (
            "POST",
            "",
            {
                "host": HOST,
                "cookie": f"{COOKIE}={TOKEN}",
                "origin": f"http://{HOST}",
                "x-layout": "1",
                "content-length": str(SIZE_MOST + 1),
            },
            413,
        ),
        (
            "POST",
            "",
            {
                "host": HOST,
                "cookie": f"{COOKIE}={TOKEN}",
                "origin": f"http://{HOST}",
                "x-layout": "1",
                "content-length": "20",
            },
            0,
        ),
    ],
)
def test_the_guard(method: str, query: str, headers: dict[str, str], status: int) -> None:
    assert Guard(TOKEN, frozenset({HOST})).refusal(method, query, headers) == status


class Running:
    """A server on a free port with one small issue behind it."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(SUITE, folder / "issue")
        self.issue = folder / "issue"
        self.live = Live(self.issue / "issue.yaml", folder / "out", BuildOptions(jobs=1, preview_dpi=30))
        assert self.live.rebuild()
        import socket

        self.socket = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.guard = Guard(TOKEN, frozenset({self.host}))
        times = iter(range(100_000))
        app = make_app(self.live, self.guard, lambda: f"2026-11-22T20:00:{next(times):02d}")
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)
        self.thread.start()
        self.watcher = threading.Thread(target=self.live.watch, daemon=True)
        self.watcher.start()
        while not self.server.started:
            time.sleep(0.02)

    @property
    def page(self) -> str:
        return self.live.maps[0].page

    def client(self) -> httpx.Client:
        return httpx.Client(
            base_url=f"http://{self.host}",
            cookies={COOKIE: TOKEN},
            headers={"Origin": f"http://{self.host}", "X-Layout": "1"},
            timeout=30,
            trust_env=False,
        )

    def stop(self) -> None:
        self.live.stop()
        self.server.should_exit = True
        self.thread.join(timeout=10)
        self.watcher.join(timeout=10)
        self.socket.close()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    made = Running(tmp_path)
    yield made
    made.stop()


def box(running: Running) -> list[list[float]]:
    line = next(item for item in running.live.maps[0].lines if item.part == "body" and len(item.text) > 6)
    boxes = [line.box(at) for at in range(2, 5)]
    return [[item.x / 1000, item.y / 1000, item.width / 1000, item.height / 1000] for item in boxes]


def test_only_the_site_is_served(running: Running) -> None:
    (running.live.out / "secret.html").write_text("secret", encoding="utf-8")
    with running.client() as client:
        assert client.get("/index.html").status_code == 200
        assert client.get("/data/issue.js").headers["content-type"].startswith("text/javascript")
        for path in (
            "/../secret.html",
            "/%2e%2e/secret.html",
            "/..%2fsecret.html",
            "/data/..%5c..%5csecret.html",
            "//etc/passwd",
            "/report.json",
            "/%00.html",
        ):
            assert client.get(path).status_code in {400, 404}, path
    assert httpx.get(f"http://{running.host}/index.html", trust_env=False).status_code == 401
    first = httpx.get(f"http://{running.host}/?token={TOKEN}", trust_env=False)
    assert first.status_code == 303
    assert "httponly" in first.headers["set-cookie"].lower()
    assert "samesite=strict" in first.headers["set-cookie"].lower()


def test_a_remark_is_kept_answered_closed_and_carried_out(running: Running) -> None:
    with running.client() as client:
        asked = {"page": running.page, "boxes": box(running), "kind": "replace", "wanted": "甲乙丙", "by": "贾实"}
        made = client.post("/api/comments", json=asked).json()["comments"][0]
        assert made["id"] == "c1"
        assert len(made["anchor"]["quote"]) == 3
        assert made["boxes"]
        answered = client.post("/api/comments/c1/reply", json={"version": 1, "by": "编辑", "text": "同意"})
        assert answered.json()["comments"][0]["version"] == 2
        late = client.post("/api/comments/c1/state", json={"version": 1, "by": "主任", "state": "resolved"})
        assert late.status_code == 409
        assert "同意" in late.json()["error"]
        assert "+" in client.get("/api/comments/c1/diff").json()["diff"]
        applied = client.post("/api/comments/c1/apply", json={"by": "编辑"})
        assert applied.json()["comments"][0]["state"] == "resolved"
        stories = "".join(path.read_text(encoding="utf-8") for path in (running.issue / "stories").glob("*.md"))
        assert "甲乙丙" in stories
        assert client.post("/api/comments/c9/state", json={"version": 1, "by": "a", "state": "open"}).status_code == 404
        for wrong in (
            {},
            {"page": "Z99", "by": "a"},
            {"page": running.page, "by": ""},
            {"page": running.page, "by": 3},
        ):
            assert client.post("/api/comments", json=wrong).status_code == 400


def test_two_hundred_interleaved_writes_of_several_browsers(running: Running) -> None:
    """No remark is lost; of two who close the same one, one is told that the other was faster."""

    def write(number: int) -> int:
        with running.client() as client:
            asked = {
                "page": running.page,
                "point": [10, number],
                "kind": "layout",
                "remark": f"第{number}条",
                "by": "校对",
            }
            return client.post("/api/comments", json=asked).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(write, range(150))) == {200}
    with running.client() as client:
        kept = client.get("/api/comments").json()["comments"]
    assert sorted(item["remark"] for item in kept) == sorted(f"第{number}条" for number in range(150))

    def close(name: str) -> int:
        with running.client() as client:
            return client.post(
                f"/api/comments/{name}/state", json={"version": 1, "by": "编辑", "state": "resolved"}
            ).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(close, [f"c{number}" for number in range(1, 26)] * 2))
    assert answers.count(200) == 25
    assert answers.count(409) == 25


def test_an_error_is_told_and_the_last_good_page_stays(running: Running) -> None:
    story = min((running.issue / "stories").glob("*.md"))
    good = story.read_text(encoding="utf-8")
    with running.client() as client, client.stream("GET", "/api/events") as events:
        lines = events.iter_lines()
        assert next(lines) == ": hello"
        before = client.get(f"/pages/{running.page}.screen.webp").content
        story.write_text(good.replace("headline:", "headlime:", 1), encoding="utf-8")
        told = next(line for line in lines if "error" in line)
        assert "E104" in told
        assert "headlime" in told
        assert client.get(f"/pages/{running.page}.screen.webp").content == before
        story.write_text(good.replace("headline: ", "headline: 又", 1), encoding="utf-8")
        assert "pages" in next(line for line in lines if line.startswith("data:"))
        assert client.get(f"/pages/{running.page}.screen.webp").content != before


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        launched = play.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield launched
        launched.close()


def opened(browser: Any, running: Running, name: str) -> Any:  # noqa: ANN401 - Playwright's page
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", bypass_csp=True)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(f"http://{running.host}/?token={TOKEN}")
    page.wait_for_selector("g.text text")
    page.evaluate("name => layoutProof.remember('name', name)", name)
    return page


def select(page: Any) -> str:  # noqa: ANN401
    """Select three characters with the mouse, as a proofreader does, and return them."""
    return str(
        page.evaluate(
            """() => {
                const text = [...document.querySelectorAll('g.text text')].find(node =>
                    node.textContent.length > 8 && layoutProof.loaded(layoutProof.state.page).lines
                        .some(line => line[1] === 'body' && line[4] === node.textContent));
                const range = document.createRange();
                range.setStart(text.firstChild, 2); range.setEnd(text.firstChild, 5);
                getSelection().removeAllRanges(); getSelection().addRange(range);
                document.getElementById('stage').dispatchEvent(new PointerEvent('pointerup', {bubbles: true}));
                return text.textContent.slice(2, 5);
            }"""
        )
    )


def test_two_browsers_remark_at_once(browser: Any, running: Running) -> None:  # noqa: ANN401
    first, second = opened(browser, running, "贾实"), opened(browser, running, "季青")
    hostile = "<img src=x onerror=alert(1)></script>"
    for page, remark in ((first, hostile), (second, "第二条")):
        quote = select(page)
        page.wait_for_selector("form.write")
        assert page.locator("form.write q").text_content() == quote
        page.fill("form.write [name=wanted]", "新字")
        page.fill("form.write [name=remark]", remark)
        page.locator("form.write button", has_text="保存").click()
    for page in (first, second):
        page.wait_for_function("document.querySelectorAll('.remarks > li').length === 2")
        assert page.locator(".remarks img").count() == 0
        assert hostile in page.locator(".remarks").text_content()
        assert page.locator("g.marks .remark").count() >= 2
    first.locator(".remarks > li").nth(1).locator("button").first.click()
    first.locator(".actions button", has_text="解决").click()
    second.wait_for_function("document.querySelectorAll('.remarks > li').length === 1")


def test_the_page_renews_itself_and_keeps_its_place(browser: Any, running: Running) -> None:  # noqa: ANN401
    page = opened(browser, running, "贾实")
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.evaluate("document.getElementById('stage').scrollTop = 120")
    zoom = page.evaluate("layoutProof.state.zoom")
    story = min((running.issue / "stories").glob("*.md"))
    good = story.read_text(encoding="utf-8")
    story.write_text(good.replace("headline: ", "headline: 又", 1), encoding="utf-8")
    page.wait_for_function(
        "[...document.querySelectorAll('g.text text')].some(node => node.textContent.startsWith('又'))", timeout=30_000
    )
    assert page.evaluate("layoutProof.state.zoom") == zoom
    assert page.evaluate("document.getElementById('stage').scrollTop") == 120
    story.write_text(good.replace("headline:", "headlime:", 1), encoding="utf-8")
    page.wait_for_selector("#trouble pre")
    assert "headlime" in page.locator("#trouble").text_content()
    story.write_text(good, encoding="utf-8")
    page.wait_for_selector("#trouble", state="detached", timeout=30_000)
