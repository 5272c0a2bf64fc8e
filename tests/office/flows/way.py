"""What everybody on a way has: windows at the width of a phone and of a desk, the database beside them, the day."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from unittest.mock import patch

from django.utils import timezone
from playwright.sync_api import Browser

from tests.office.browsing import Seen, opened
from tests.office.flows.measures import Grant

KEPT = Path(__file__).parents[3] / "build" / "screens"
PHONE, DESK = (390, 844), (1440, 960)


@dataclass
class Way:
    """Where the service answers, who has signed in, what is granted to which row, and how far it has come.

    `looked` are the kinds of pages that were looked at before.
    """

    site: str
    browser: Browser
    sessions: Mapping[str, str]
    folder: Path
    grant: Grant
    row: int = 0
    about: tuple[str, int] = ("", 0)
    number: str = ""
    looked: set[str] = field(default_factory=set)
    shot: int = 0
    clock: ExitStack = field(default_factory=ExitStack)

    def at(self, name: str, address: str, do: Callable[[Seen], None], size: tuple[int, int] = DESK) -> None:
        """Somebody of the staff opens a page of the desk and does something."""
        with opened(self.browser, self.site, self.sessions[name], size) as seen:
            seen.page.goto(self.site + address)
            do(seen)
            assert seen.complaints == []

    def look(self, seen: Seen, name: str, *, is_seen_on_both: bool = False) -> None:
        """The page is as it should be, at the other width as well where it is asked; pictures of it are kept.

        Barriers are looked for once on each kind of page, whatever the measure.
        """
        self._keep(seen, name)
        kind = name.partition("-")[0]
        assert kind in self.looked or seen.barriers() == []
        self.looked.add(kind)
        if is_seen_on_both:
            size = seen.page.viewport_size or {"width": 0, "height": 0}
            other = DESK if size["width"] == PHONE[0] else PHONE
            seen.page.set_viewport_size({"width": other[0], "height": other[1]})
            self._keep(seen, name)
            seen.page.set_viewport_size(size)

    def wait_until(self, day: date) -> None:
        """From now on it is this day, for pages and for the worker, until the clock is closed."""
        self.clock.enter_context(patch.object(timezone, "localdate", lambda value=None, timezone=None: day))

    def _keep(self, seen: Seen, name: str) -> None:
        self.shot += 1
        wide = (seen.page.viewport_size or {"width": 0})["width"]
        picture = KEPT / f"way-{self.grant.measure}-{self.shot:02}-{name}-{wide}.png"
        seen.page.evaluate("window.scrollTo(0, 0)")
        seen.page.screenshot(path=picture, full_page=True)
        assert not seen.is_too_wide(), f"{picture.name}: one has to scroll sideways"


def press(seen: Seen, name: str, *, exact: bool = False) -> None:
    """A button is pressed, and the page that follows is there."""
    with seen.page.expect_navigation():
        seen.page.get_by_role("button", name=name, exact=exact).first.click()


def fill(seen: Seen, **words: str) -> None:
    """Fields are filled in, by their labels."""
    for label, text in words.items():
        seen.page.get_by_label(label).fill(text)
