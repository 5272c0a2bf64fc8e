"""The service as a browser meets it: where it answers, who has signed in, and what every page must keep to."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from socketserver import ThreadingMixIn
from typing import Any, TypeVar
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from luoshi.office.accounts.actions import Post, appoint, open_account
from tests.office.verified import let_in

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ("--disable-gpu", "--no-sandbox", "--lang=zh-CN")
BARRIERS = frozenset({"serious", "critical"})
MOST_LOOKS = 200
FIRST_DAY = date(2018, 1, 1)
Result = TypeVar("Result")


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


class _Closing(WSGIHandler):
    """Each thread of the server ends its connection with its answer."""

    def get_response(self, request: Any) -> Any:
        try:
            return super().get_response(request)
        finally:
            connection.close()


@contextmanager
def serving() -> Iterator[str]:
    """Where the service answers, for as long as it is asked."""
    with make_server("127.0.0.1", 0, StaticFilesHandler(_Closing()), _Server, _Quiet) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def browsing() -> Iterator[Browser]:
    """A real browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def session_of(role: str, area: str, name: str = "样例") -> str:
    """The session of somebody new who has come in; to be asked for before a browser runs."""
    user = open_account(f"{role}-{area or 'all'}", name, "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area), FIRST_DAY, by="tester")
    return let_in(Client(), user).cookies["sessionid"].value


def is_too_wide(page: Page) -> bool:
    """Whether one has to scroll sideways, once the page has come."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def wait_until(page: Page, holds: str) -> None:
    """Wait until an expression holds in the page, which itself may not evaluate texts."""
    for _ in range(MOST_LOOKS):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    raise AssertionError(holds)


def look(page: Page) -> None:
    """The page fits its window, and nothing keeps anybody from using it."""
    assert not is_too_wide(page), page.url
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@dataclass(frozen=True)
class Seen:
    """A page in a browser, and what the browser complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def barriers(self) -> list[str]:
        """What keeps somebody from using the page."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
        return [
            f"{one['id']}: {node['html'][:200]}" for one in found if one["impact"] in BARRIERS for node in one["nodes"]
        ]

    def is_too_wide(self) -> bool:
        """Whether one has to scroll sideways."""
        return is_too_wide(self.page)


@contextmanager
def opened(
    browser: Browser, address: str, session: str | None, size: tuple[int, int], lang: str = "zh-hans"
) -> Iterator[Seen]:
    """A window of somebody who reads `lang`."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    kept: Sequence[tuple[str, str | None]] = (("sessionid", session), ("django_language", lang))
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in kept if value])
    seen = Seen(context.new_page())
    seen.page.on("console", lambda said: seen.complaints.append(said.text) if said.type != "log" else None)
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    yield seen
    context.close()


def aside(act: Callable[[], Result]) -> Result:
    """What is done in the database while a browser is open: on a thread and a connection of its own."""

    def go() -> Result:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(go).result()
