"""Every main screen in a real browser, on a phone and at a desk: no complaint, nothing cut, nobody kept out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect

from tests.office.browsing import Seen, browsing, opened, serving, session_of
from tests.office.desk.screens import CADRE, COORDINATOR, SCREENS, Screen
from tests.office.exchange.giving import give, titles, workbook
from tests.office.runs.city import with_run
from tests.office.worklists.place import CITY, followed_city

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("apart_together")]
ROOT = Path(__file__).parents[3]
KEPT = ROOT / "build" / "screens"
PHONE, DESK = (390, 844), (1440, 900)
TALLEST = 2600
ENGLISH = tuple(screen for screen in SCREENS if screen.in_english)

UNNAMED_TABLES = """() => [...document.querySelectorAll("table")].filter((table) =>
  !table.caption && !table.closest("[aria-label], [aria-labelledby]")
  && !table.closest("section, details")?.querySelector("h2, h3, summary")
).map((table) => table.outerHTML.slice(0, 200))"""
HEADS_WITHOUT_SCOPE = "() => document.querySelectorAll('th:not([scope])').length"


@dataclass(frozen=True)
class Site:
    """Where the service answers, the sessions of those who work with it, and the browser they use."""

    address: str
    sessions: Mapping[str | None, str | None]
    browser: Browser
    pages: Mapping[str, str]

    def page_of(self, screen: Screen) -> str:
        """Where a screen is found."""
        return self.address + self.pages[screen.address]


@pytest.fixture(scope="module")
def site(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    followed_city(tmp_path_factory.mktemp("city") / "data")
    _imports()
    sessions = {screen.role: screen.role and session_of(screen.role, _place(screen.role)) for screen in _one_each()}
    pages = {screen.address: with_run(screen.address) for screen in SCREENS}
    KEPT.mkdir(parents=True, exist_ok=True)
    with serving() as address, browsing() as browser:
        yield Site(address, sessions, browser, pages)


def _one_each() -> list[Screen]:
    return list({screen.role: screen for screen in SCREENS}.values())


def _place(role: str | None) -> str:
    return CITY if role in {COORDINATOR, CADRE} else ""


def _imports() -> None:
    """An import that waits for a decision, and one that is full of faults."""
    columns = titles("household", "register_number", "area", "income_year")
    number = "HH-331122-1"
    give(
        "household", workbook(columns, [["样例-1", "331122", 9000], ["样例-2", "331122", None], [number, "331122", 7]])
    )
    give("household", workbook(columns, [["样例-3", "火星村", "很多"], ["", "331122", -5]]))


def _look(seen: Seen, name: str) -> None:
    """Nothing is wider than the window, and tables say what they are; a picture is kept."""
    page = seen.page
    tall = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    shown: FloatRect = {"x": 0, "y": 0, "width": _wide(seen), "height": tall}
    page.screenshot(path=KEPT / f"{name}.png", full_page=True, clip=shown)
    assert not seen.is_too_wide()
    assert page.evaluate(UNNAMED_TABLES) == []
    assert page.evaluate(HEADS_WITHOUT_SCOPE) == 0
    assert page.locator("h1").count() == 1


def _wide(seen: Seen) -> int:
    size = seen.page.viewport_size
    assert size is not None
    return size["width"]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_is_whole(site: Site, screen: Screen) -> None:
    with opened(site.browser, site.address, site.sessions[screen.role], DESK) as seen:
        seen.page.goto(site.page_of(screen))
        screen.go(seen.page)
        assert seen.page.evaluate("document.documentElement.lang") == "zh-CN"
        _look(seen, f"{screen.name}-{DESK[0]}")
        assert seen.barriers() == []
        seen.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        _look(seen, f"{screen.name}-{PHONE[0]}")
    assert [said for said in seen.complaints if screen.name != "not-found"] == []


@pytest.mark.parametrize("screen", ENGLISH, ids=lambda screen: screen.name)
def test_a_screen_reads_english(site: Site, screen: Screen) -> None:
    with opened(site.browser, site.address, site.sessions[screen.role], PHONE, "en") as seen:
        seen.page.goto(site.page_of(screen))
        screen.go(seen.page)
        assert seen.page.evaluate("document.documentElement.lang") == "en"
        _look(seen, f"{screen.name}-en-{PHONE[0]}")
        assert seen.barriers() == []
    assert seen.complaints == []
